//! Texts of several kinds, and of no kind.

use whycors::explain::transcript;

use crate::reads;

#[test]
fn a_text_may_hold_several_of_them() {
    reads(&[(
        "It fails:\n\n```\n$ curl -i https://a.example/\nHTTP/2 200\na: b\n\n{}\n```\n\nIn the browser:\n\nvary: Origin\naccess-control-allow-origin: null\n\nand\n\nfetch('https://c.example/')\n",
        "GET https://a.example/ () => 200 a: b\n- - - => - vary: Origin | access-control-allow-origin: null\nGET https://c.example/ -",
    )]);
}

#[test]
fn any_text_is_read_in_time_that_grows_with_its_length() {
    let parts = [
        "curl '",
        "curl \"x\\\"\n",
        "curl it's x\n",
        "fetch(",
        "fetch('\n",
        "fetch({{{",
        "fetch(`${{{{",
        "a:",
        "a:\n",
        "HTTP/1.1 200 OK\n",
        "HTTP/1.1 200 OK\na: b\n c\n",
        "curl -i a.b\nHTTP/1.1 302 x\nLocation: /x\n\n",
        "curl -iL a.b\n",
        "< HTTP/1.1 200 OK\n< a: b\n",
        "> GET / HTTP/1.1\n",
        "* ",
        "curl: (7) x\n",
        "é",
        "\u{1f600}\"",
        "vary: a\n",
        "Request URL: https://a.b/\n",
        "Response Headers\n",
        "GET\nhttps://a.b\n",
        "C:\\> curl ^",
        "PS x> curl `\n",
        "\"name\": \"",
        "--data 'x",
        " ",
        "\t",
        "\r",
        "\n",
        "\\",
        "/*",
        "//",
        "fetch(\"https://a.b\", {headers: {a: ",
        "curl $'\\u",
    ];
    for part in parts {
        for text in
            [part.repeat(400_000 / part.len()), part.repeat(9), format!("curl -iL https://a.b\n{}", part.repeat(99))]
        {
            let began = std::time::Instant::now();
            transcript::read(&text);
            assert!(began.elapsed().as_secs_f32() < 3.0, "{:?} of {part:?}", began.elapsed());
        }
    }
    // A large request with many answers.
    let large = format!("curl -iL -H 'X: {}' https://a.b\n", "x".repeat(200_000));
    let large_verbose = format!("* Trying 1\n{large}");
    for part in [
        "HTTP/1.1 302 x\nLocation: a/\n\n",
        "HTTP/1.1 401 x\na: b\n\n",
        "curl: (47) x\n",
        "curl: (7) x\n",
        "> GET / HTTP/1.1\n",
        "> CONNECT / HTTP/1.1\n",
        "< HTTP/1.1 302 x\n< location: a/\n",
    ] {
        for start in [&large, &large_verbose] {
            let text = format!("{start}{}", part.repeat(400_000 / part.len()));
            let began = std::time::Instant::now();
            let read = transcript::read(&text);
            assert!(began.elapsed().as_secs_f32() < 3.0, "{:?} of {part:?}", began.elapsed());
            let headers = read.exchanges.iter().filter_map(|exchange| exchange.call.headers.as_ref()).flatten();
            let size: usize = headers.map(|(_, value)| value.len()).sum();
            assert!(size < 8 * text.len(), "{size} of {part:?}");
        }
    }
    let many = format!("curl -H 'X: {}' {}\n", "x".repeat(200_000), "a.b ".repeat(50_000));
    let read = transcript::read(&many);
    assert!(read.calls.len() < 20);
    // Cut anywhere.
    let whole = "PS é> curl.exe `\n -H \"X: é\" https://a.é/…\nHTTP/1.1 200 OK\né: é\nfetch(`é${é}`, { é: 'é' })\nRequest URL: é\nvary:\né\n";
    for (at, _) in whole.char_indices() {
        transcript::read(&whole[at..]);
        transcript::read(&whole[..at]);
    }
}
