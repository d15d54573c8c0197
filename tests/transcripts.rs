//! What curl printed, what developer tools copied: every kind of text, and what is read of it.

use whycors::explain::call::{Call, Exchange, Reply};
use whycors::explain::transcript;

/// A transcript on lines: `GET https://a.example/ (Accept: */*) => 200 Vary: a | Vary: b`, a dash for what is not known; a call
/// without an answer ends behind its headers.
fn shown(text: &str) -> String {
    let headers = |headers: &[(String, String)]| {
        headers.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(" | ")
    };
    let dash = |text: &Option<String>| text.clone().unwrap_or("-".into());
    let call = |call: &Call| {
        let sent = call.headers.as_ref().map_or("-".into(), |sent| format!("({})", headers(sent)));
        let mut line = format!("{} {} {sent}", dash(&call.method), dash(&call.url));
        if let Some(origin) = &call.origin {
            line += &format!(" from {origin}");
        }
        if let Some(credentials) = call.credentials {
            line += &format!(" credentials {}", credentials.name());
        }
        if let Some(mode) = call.mode {
            line += &format!(" mode {}", mode.name());
        }
        line
    };
    let read = transcript::read(text);
    let mut lines = Vec::new();
    for Exchange { call: asked, reply } in &read.exchanges {
        let reply = match reply {
            Reply::Answer { status, headers: got } => {
                format!("{} {}", status.map_or("-".into(), |status| status.to_string()), headers(got))
            }
            Reply::Status(status) => format!("{status} only"),
            Reply::TooManyRedirects => "too many redirects".into(),
            Reply::Fails(None) => "fails".into(),
            Reply::Fails(Some(failure)) => format!("{failure:?}"),
        };
        lines.push(format!("{} => {}", call(asked), reply.trim_end()));
    }
    lines.extend(read.calls.iter().map(call));
    lines.join("\n")
}

/// Each text is read so, also with the line ends and the mark in front that Windows writes.
fn reads(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "\n--- of\n{text}");
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(shown(&windows), *expected, "\n--- with CRLF, of\n{text}");
    }
}

fn reads_nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(shown(text), "", "\n--- of\n{text}");
    }
}

const A: &str = "- - - => 200 a: b";

#[test]
fn an_answer_of_curl_i_is_its_status_and_headers() {
    reads(&[
        ("HTTP/1.1 200 OK\na: b\n\n{}", A),
        ("HTTP/1.0 200\na: b", A),
        ("HTTP/2 200 \na: b\n\nbody", A),
        ("HTTP/3 200\na:b\n\n", A),
        ("HTTP/1.1 404 Not Found here\nVary: a\nVary: b\nEmpty:\n\n", "- - - => 404 Vary: a | Vary: b | Empty:"),
        ("HTTP/1.1 200 OK\na: b\n c\n\td\ne: f\n", "- - - => 200 a: b c d | e: f"),
        ("HTTP/1.1 200 OK\na: b\nThis is prose: it is none", A),
        ("I ran it:\n\n```\nHTTP/1.1 200 OK\na: b\n```\n", A),
        ("    HTTP/1.1 200 OK\n    a: b\n\n    {\"x\": 1}", A),
        ("HTTP/1.1 200 OK\nset-cookie: é=…\n", "- - - => 200 set-cookie: é=…"),
    ]);
}

#[test]
fn what_comes_before_the_answer_is_none() {
    reads(&[
        ("HTTP/1.1 200 Connection established\n\nHTTP/1.1 200 OK\na: b\n", A),
        ("HTTP/1.0 200 Connection Established\nProxy-Agent: x\n\nHTTP/2 200\na: b\n", A),
        ("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\na: b\n", A),
        ("HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\na: b\n", A),
    ]);
}

#[test]
fn a_body_is_no_answer() {
    reads(&[
        ("HTTP/1.1 200 OK\na: b\n\nAccess-Control-Allow-Origin: *\nVary: Origin\nContent-Type: x/y\n", A),
        ("HTTP/1.1 200 OK\na: b\n\nlog:\nHTTP/1.1 404 Not Found\nHTTP/1.1 500 Oh\nend", A),
        ("HTTP/1.1 200 OK\na: b\n\nGET / HTTP/1.1\nHost: a.example\n\n", A),
        ("HTTP/1.1 200 OK\na: b\n\n<script>\n  fetch(\"https://a.example/\")\nfetch('/x')\n</script>", A),
        ("HTTP/1.1 200 OK\na: b\n\nHTTP/1.1 404 No\nc: d\n", "- - - => 200 a: b\n- - - => 404 c: d"),
        ("HTTP/1.1 200 OK\na: b\n\n{\"Status\": \"URL: https://a.example/\"}\nStatus: 200\n", A),
    ]);
}

#[test]
fn an_answer_belongs_to_the_command_above_it() {
    reads(&[
        ("$ curl -i https://a.example/x\nHTTP/2 200\na: b\n", "GET https://a.example/x () => 200 a: b"),
        ("curl -i https://a.example/x\n\nHTTP/2 200\na: b\n", "GET https://a.example/x () => 200 a: b"),
        ("me@host:~/curl-x$ curl -I a.example\nHTTP/1.1 200 OK\na: b\n", "HEAD http://a.example () => 200 a: b"),
        (
            "➜  app git:(main) ✗ curl -sI localhost:3000/x\nHTTP/1.1 200 OK\na: b\n",
            "HEAD http://localhost:3000/x () => 200 a: b",
        ),
        (
            "PS C:\\Users\\me> curl.exe -i https://a.example/\nHTTP/2 200\na: b\n",
            "GET https://a.example/ () => 200 a: b",
        ),
        (
            "C:\\> curl -i \"https://a.example/?a=1&b=2\"\nHTTP/2 200\na: b\n",
            "GET https://a.example/?a=1&b=2 () => 200 a: b",
        ),
        (
            "% curl -i 'https://a.example/'\nHTTP/2 200\na: b\n\n{}\n% curl -i b.example\nHTTP/2 404\nc: d\n",
            "GET https://a.example/ () => 200 a: b\nGET http://b.example () => 404 c: d",
        ),
        ("$ curl -i \"$API/x\"\nHTTP/2 200\na: b\n", "GET - () => 200 a: b"),
        (
            "$ curl -sI https://a.example/ | grep -i access\naccess-control-allow-origin: *\n",
            "HEAD https://a.example/ () => - access-control-allow-origin: *",
        ),
        (
            "$ curl -sI https://a.example/ | head -1\nHTTP/1.1 502 Bad Gateway\n",
            "HEAD https://a.example/ () => 502 only",
        ),
        ("$ curl https://a.example/\n{\"a\": \"b\"}\n", "GET https://a.example/ ()"),
        (
            "$ curl -i https://a.example/ b.example\nHTTP/2 200\na: b\n\nx\nHTTP/2 200\nc: d\n",
            "GET https://a.example/ () => 200 a: b\nGET http://b.example () => 200 c: d",
        ),
        (
            "$ curl -i --digest -u me:pw https://a.example/\nHTTP/1.1 401 No\na: b\n\nHTTP/1.1 200 OK\nc: d\n",
            "GET https://a.example/ (Authorization: Basic) => 401 a: b\nGET https://a.example/ (Authorization: Basic) => 200 c: d",
        ),
    ]);
}

#[test]
fn redirects_are_followed_where_the_command_says_so() {
    reads(&[
        (
            "$ curl -siL -d x https://a.example/x/y\nHTTP/1.1 302 Found\nLocation: /z\n\nHTTP/1.1 200 OK\na: b\n",
            "POST https://a.example/x/y () => 302 Location: /z\nGET https://a.example/z () => 200 a: b",
        ),
        (
            "$ curl -iLX POST https://a.example/x/y\nHTTP/1.1 301 x\nLocation: https://b.example/\n\nHTTP/1.1 200 OK\na: b\n",
            "POST https://a.example/x/y () => 301 Location: https://b.example/\nPOST https://b.example/ () => 200 a: b",
        ),
        (
            "$ curl -iL https://a.example/x/y\nHTTP/1.1 307 x\nLocation: z?q\n\nHTTP/1.1 308 OK\nLocation: //c.example\n\nHTTP/1.1 200 OK\na: b\n",
            "GET https://a.example/x/y () => 307 Location: z?q\nGET https://a.example/x/z?q () => 308 Location: //c.example\n\
          GET https://c.example () => 200 a: b",
        ),
        (
            "$ curl -i https://a.example/\nHTTP/1.1 302 Found\nLocation: /z\n\nHTTP/1.1 200 OK\na: b\n",
            "GET https://a.example/ () => 302 Location: /z\n- - - => 200 a: b",
        ),
        (
            "$ curl -iL --max-redirs 1 https://a.example/\nHTTP/1.1 302 Found\nLocation: /\n\nHTTP/1.1 302 Found\nLocation: /\n\ncurl: (47) Maximum (1) redirects followed\n",
            "GET https://a.example/ () => 302 Location: /\nGET https://a.example/ () => 302 Location: /\nGET https://a.example/ () => too many redirects",
        ),
        (
            "$ curl -iL https://a.example/\ncurl: (47) Maximum (50) redirects followed\nHTTP/1.1 302 Found\nLocation: /b\n",
            "GET https://a.example/ () => too many redirects\nGET https://a.example/ () => 302 Location: /b",
        ),
        (
            "$ curl -iL https://a.example/\nHTTP/1.1 302 Found\nLocation: http://b.example/\n\ncurl: (7) Failed to connect to b.example port 80 after 1 ms: Couldn't connect to server\n",
            "GET https://a.example/ () => 302 Location: http://b.example/\nGET http://b.example/ () => Refused",
        ),
    ]);
}

#[test]
fn options_of_curl_say_what_is_asked() {
    let asks = |options: &str, expected: &str| {
        assert_eq!(shown(&format!("curl {options}")), expected, "{options}");
    };
    asks("-X OPTIONS https://a.example/", "OPTIONS https://a.example/ ()");
    asks("-XOPTIONS https://a.example/", "OPTIONS https://a.example/ ()");
    asks("-iX OPTIONS https://a.example/", "OPTIONS https://a.example/ ()");
    asks("-sSi --request patch https://a.example/", "patch https://a.example/ ()");
    asks("--request=PUT --url https://a.example/", "PUT https://a.example/ ()");
    asks("-d a=b -d @c https://a.example/", "POST https://a.example/ ()");
    asks("--data-raw '{\"a\": \"it'\\''s\"}' https://a.example/", "POST https://a.example/ ()");
    asks("-G -d a=b https://a.example/", "GET https://a.example/ ()");
    asks("-F 'f=@x' https://a.example/", "POST https://a.example/ ()");
    asks("-T f https://a.example/", "PUT https://a.example/ ()");
    asks("-I https://a.example/", "HEAD https://a.example/ ()");
    asks("--json '{}' a.example", "POST http://a.example (Content-Type: application/json | Accept: application/json)");
    asks("-HOrigin:https://b.example a.example", "GET http://a.example (Origin: https://b.example)");
    asks("-H 'Origin: null' -H Accept: -H 'X-A;' -H @f a.example", "GET http://a.example (Origin: null | X-A: )");
    asks("-b 'a=b; c=d' -b jar.txt a.example", "GET http://a.example (Cookie: a=b; c=d)");
    asks("--oauth2-bearer tok a.example", "GET http://a.example (Authorization: Bearer tok)");
    asks(
        "-e 'https://b.example/p;auto' a.example",
        "GET http://a.example (Referer: https://b.example/p) from https://b.example",
    );
    asks(
        "-k --resolve a.example:443:127.0.0.1 -o /dev/null -w '%{http_code}' -m 5 https://a.example",
        "GET https://a.example ()",
    );
    asks(
        "-x http://proxy:80 --cacert x.pem -A me -s https://a.example 2>&1 | head",
        "GET https://a.example (User-Agent: me)",
    );
    asks("https://a.example/?a=1&b=2", "GET https://a.example/?a=1 ()");
    asks("'https://a.example/?a=[1]&b=2' # why", "GET https://a.example/?a=[1]&b=2 ()");
    asks("[::1]:8080/x", "GET http://[::1]:8080/x ()");
    asks("-H \"X-A: \\\"b\\\" \\$c\" a.example", "GET http://a.example (X-A: \"b\" $c)");
    asks("-H $'X-A: it\\'s \\u00e9\\x41' a.example", "GET http://a.example (X-A: it's éA)");
}

#[test]
fn a_command_goes_on_behind_an_escaped_line_end_of_each_shell() {
    let expected = "POST https://a.example/?a=1&b=2 (Origin: https://b.example | X-A: \"c\")";
    reads(&[
        (
            "curl 'https://a.example/?a=1&b=2' \\\n  -H 'Origin: https://b.example' \\\n  -H 'X-A: \"c\"' \\\n  --data-raw '{\n\"d\": 1}'\n",
            expected,
        ),
        (
            "$ curl \"https://a.example/?a=1&b=2\" \\\n> -H 'Origin: https://b.example' \\  \n> -H 'X-A: \"c\"' -d x\n",
            expected,
        ),
        (
            "curl ^\"https://a.example/?a=1^&b=2^\" ^\n  -H ^\"Origin: https://b.example^\" ^\n  -H ^\"X-A: ^\\^\"c^\\^\"^\" ^\n  --data-raw ^\"^{^\\^\"d^\\^\":^%^20^}^\"\n",
            expected,
        ),
        (
            "C:\\x> curl \"https://a.example/?a=1&b=2\" ^\n -H \"Origin: https://b.example\" ^\n -H \"X-A: \"\"c\"\"\" -d \"\"\n",
            expected,
        ),
        (
            "PS C:\\> curl.exe 'https://a.example/?a=1&b=2' `\n>> -H \"Origin: https://b.example\" `\n>> -H \"X-A: `\"c`\"\" -d 'it''s'\n",
            expected,
        ),
        (
            "curl.exe \"https://a.example/?a=1&b=2\" `\n -H 'Origin: https://b.example' `\n -H 'X-A: \"c\"' -d x\n",
            expected,
        ),
        (
            "curl 'https://a.example/' \\\n  -H 'Referer: https://b.example/p' ;\ncurl 'https://c.example/' &\n",
            "GET https://a.example/ (Referer: https://b.example/p) from https://b.example\nGET https://c.example/ ()",
        ),
    ]);
}

#[test]
fn curl_in_a_sentence_is_no_command() {
    reads_nothing(&[
        "curl works fine, the browser does not.",
        "curl is at https://curl.se/ for all",
        "With curl https://a.example/ works",
        "curl --version",
        "curl doesn't work:\nwhy?",
        "curl -i",
        "curl",
        "libcurl/7.88 https://a.example",
        "// curl https://a.example/",
    ]);
}

#[test]
fn curl_says_why_there_is_no_answer() {
    let ends = |error: &str, expected: &str| {
        assert_eq!(shown(&format!("curl.exe : curl: {error}\nAt line:1 char:1\n")), format!("- - - => {expected}"));
        assert_eq!(shown(&format!("curl: {error}\n")), format!("- - - => {expected}"));
        let with_command = format!("$ curl -I https://a.example/\ncurl: {error}\n");
        assert_eq!(shown(&with_command), format!("HEAD https://a.example/ () => {expected}"));
    };
    ends("(7) Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server", "Refused");
    ends("(7) Failed to connect to a.example port 443: Connection refused", "Refused");
    ends("(7) Failed to connect to a.example port 443: Connection timed out", "Hang");
    ends("(7) Failed to connect to a.example port 443: No route to host", "fails");
    ends("(6) Could not resolve host: a.example", "Dns");
    ends("(35) error:0A00010B:SSL routines::wrong version number", "Tls");
    ends("(60) SSL certificate problem: self-signed certificate", "Tls");
    ends(
        "(56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
        "ClientCertificate",
    );
    ends("(52) Empty reply from server", "Empty");
    ends("(56) Recv failure: Connection reset by peer", "Reset");
    ends("(56) CONNECT tunnel failed, response 403", "fails");
    ends("(28) Operation timed out after 1001 milliseconds with 0 bytes received", "Hang");
    ends("(1) Received HTTP/0.9 when not allowed", "Garbage");
    ends("(1) Protocol \"htp\" not supported or disabled in libcurl", "fails");
    ends("(92) HTTP/2 stream 1 was not closed cleanly: PROTOCOL_ERROR (err 1)", "Reset");
    ends("(16) Error in the HTTP2 framing layer", "Reset");
    ends("(77) error setting certificate verify locations", "fails");
    ends("(22) The requested URL returned error: 404", "404 only");
    ends("(22) The requested URL returned error: 404 Not Found", "404 only");
    ends("(47) Maximum (50) redirects followed", "too many redirects");
    reads_nothing(&["curl: try 'curl --help' for more information", "it says curl: (7) Failed", "curl: (x) y"]);
}

#[test]
fn an_error_behind_an_answer_does_not_take_it_back() {
    for error in [
        "(18) transfer closed",
        "(56) Recv failure: Connection reset by peer",
        "(28) Operation timed out",
        "(92) HTTP/2 stream 1",
        "(23) Failure writing output",
        "(22) The requested URL returned error: 404",
    ] {
        let text = format!("$ curl -i https://a.example/\nHTTP/1.1 200 OK\na: b\n\nbody\ncurl: {error}\n");
        assert_eq!(shown(&text), "GET https://a.example/ () => 200 a: b");
        let text = format!("> GET / HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 200 OK\n< a: b\n< \ncurl: {error}\n");
        assert_eq!(shown(&text), "GET - (Host: a.example) => 200 a: b");
    }
}

#[test]
fn curl_v_tells_the_request_too() {
    let plain = "*   Trying 127.0.0.1:80...\n* Connected to a.example (127.0.0.1) port 80 (#0)\n> GET /x HTTP/1.1\n> Host: a.example\n> Origin: https://b.example\n> \n< HTTP/1.1 200 OK\n< a: b\n< \n{ [2 bytes data]\n* Connection #0 to host a.example left intact\n";
    let got = "GET http://a.example/x (Host: a.example | Origin: https://b.example) => 200 a: b";
    let secure = plain.replace(
        "port 80 (#0)\n",
        "port 8443\n* ALPN: offers h2,http/1.1\n} [5 bytes data]\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n",
    );
    reads(&[
        (plain, got),
        (&format!("{plain}access-control-allow-origin: *"), got),
        (&secure, &got.replace("http://", "https://")),
        (&plain.replace("port 80 ", "port 443 "), &got.replace("http://", "https://")),
        (
            &format!("$ curl -v https://a.example/x#y\n{plain}"),
            &got.replace("http://a.example/x", "https://a.example/x#y"),
        ),
        (
            &format!("$ curl -v https://a.example/x -H 'Host: c.example'\n{}", plain.replace("Host: a", "Host: c")),
            &got.replace("a.example", "c.example"),
        ),
        (
            "> GET /x HTTP/2\n> Host: a.example\n>\n* [HTTP/2] [1] OPENED stream for https://a.example/x\n",
            "GET - (Host: a.example)",
        ),
        (
            "* Connected to a.example (::1) port 9\n* [HTTP/2] [1] OPENED stream for https://a.example/x\n* [HTTP/2] [1] [:method: GET]\n> GET /x HTTP/2\n> Host: a.example\n> \n< HTTP/2 204 \n< a: b\n< \n",
            "GET https://a.example/x (Host: a.example) => 204 a: b",
        ),
        (
            "> OPTIONS /x HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 204 No Content\n<\n",
            "OPTIONS - (Host: a.example) => 204",
        ),
        (
            "> PUT /x HTTP/1.1\n> Host: a.example\n> Expect: 100-continue\n>\n< HTTP/1.1 100 Continue\n< \n< HTTP/1.1 200 OK\n< a: b\n",
            "PUT - (Host: a.example | Expect: 100-continue) => 200 a: b",
        ),
        (
            "> CONNECT a.example:443 HTTP/1.1\n> Host: a.example:443\n>\n< HTTP/1.1 200 OK\n<\n* SSL connection using TLSv1.3\n> GET / HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 200 OK\n< a: b\n<\n",
            "GET - (Host: a.example) => 200 a: b",
        ),
        (
            "> GET http://a.example/x HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 200 OK\n< a: b\n<\n",
            "GET http://a.example/x (Host: a.example) => 200 a: b",
        ),
        (
            "$ curl -vL https://a.example/\n> GET / HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 302 Found\n< Location: http://b.example/x\n<\n* Issue another request to this URL: 'http://b.example/x'\n> GET /x HTTP/1.1\n> Host: b.example\n>\n< HTTP/1.1 200 OK\n< a: b\n<\n",
            "GET https://a.example/ (Host: a.example) => 302 Location: http://b.example/x\nGET http://b.example/x (Host: b.example) => 200 a: b",
        ),
    ]);
}

#[test]
fn headers_that_v_and_i_both_print_are_one_answer() {
    let request = "$ curl -vi https://a.example/\n> GET / HTTP/1.1\n> Host: a.example\n>\n";
    let got = "GET https://a.example/ (Host: a.example) => 200 a: b | c: d";
    reads(&[
        (&format!("{request}< HTTP/1.1 200 OK\nHTTP/1.1 200 OK\n< a: b\na: b\n< c: d\nc: d\n<\n\nbody"), got),
        (
            &format!(
                "{request}< HTTP/1.1 200 OK\n< a: b\n< c: d\n<\n{{ [2 bytes data]\nHTTP/1.1 200 OK\na: b\nc: d\n\nbody"
            ),
            got,
        ),
        (
            &format!(
                "{request}< HTTP/1.1 200 OK\n< a: b\n< c: d\n<\n* left intact\nHTTP/1.1 200 OK\na: b\nc: e\n\nbody"
            ),
            &format!("{got}\n- - - => 200 a: b | c: e"),
        ),
    ]);
}

#[test]
fn curl_v_says_why_there_is_no_answer() {
    let asked = "> GET / HTTP/1.1\n> Host: a.example\n>\n";
    reads(&[
        (
            "* Trying 127.0.0.1:1...\n* connect to 127.0.0.1 port 1 failed: Connection refused\n* Closing connection 0\n",
            "- - - => Refused",
        ),
        (
            "*   Trying 127.0.0.1:1...\n* connect to 127.0.0.1 port 1 failed: Connection refused\n* Failed to connect\ncurl: (7) Failed to connect to a port 1: Couldn't connect to server\n",
            "- - - => Refused",
        ),
        (
            "* Trying 10.0.0.1:1...\n* connect to 10.0.0.1 port 1 failed: No route to host\ncurl: (7) Failed to connect to a port 1: Couldn't connect to server\n",
            "- - - => fails",
        ),
        (
            &format!(
                "* Trying [::1]:80...\n* connect to ::1 port 80 failed: Connection refused\n* Trying 127.0.0.1:80...\n* Connected to a.example (127.0.0.1) port 80\n{asked}< HTTP/1.1 200 OK\n< a: b\n<\n"
            ),
            "GET http://a.example/ (Host: a.example) => 200 a: b",
        ),
        (
            &format!(
                "* Connected to a.example (127.0.0.1) port 80\n{asked}* Empty reply from server\n* Closing connection 0\ncurl: (52) Empty reply from server\n"
            ),
            "GET http://a.example/ (Host: a.example) => Empty",
        ),
        (
            "$ curl -v https://a.example\n* SSL certificate problem: self-signed certificate\n",
            "GET https://a.example () => Tls",
        ),
        (
            "$ curl -vk https://a.example\n* SSL certificate verify result: self-signed certificate (18), continuing anyway.\n",
            "GET https://a.example ()",
        ),
    ]);
    reads_nothing(&[
        "* Could not resolve host: it says\n* Empty reply from server\n",
        "> quoted\n> text: here\n< more: there",
    ]);
}

#[test]
fn wget_and_httpie_are_read_too() {
    reads(&[
        (
            "--2026-11-21 23:06:40--  http://a.example/x\nConnecting to a.example:80... connected.\nHTTP request sent, awaiting response... \n  HTTP/1.1 302 Found\n  Location: /y\nLocation: /y [following]\n--2026-11-21 23:06:40--  http://a.example/y\nReusing existing connection to a.example:80.\nHTTP request sent, awaiting response... \n  HTTP/1.1 200 OK\n  Vary: a\nLength: 12\nSaving to: x\n",
            "GET http://a.example/x - => 302 Location: /y\nGET http://a.example/y - => 200 Vary: a",
        ),
        (
            "--2026-11-21 23:06:40--  http://a.example/\nConnecting to a.example:80... failed: Connection refused.\n",
            "GET http://a.example/ - => Refused",
        ),
        (
            "--2026-11-21 23:06:40--  http://a.example/\nResolving a.example (a.example)... failed: Name or service not known.\n",
            "GET http://a.example/ - => Dns",
        ),
        (
            "POST /x HTTP/1.1\nHost: a.example\nContent-Type: application/json\n\n{\"a\": 1}\n\n\nHTTP/1.1 200 OK\na: b\n\n{}",
            "POST - (Host: a.example | Content-Type: application/json) => 200 a: b",
        ),
        (
            "GET /x HTTP/2\nHost: a.example\nReferer: https://b.example/\n\n",
            "GET https://a.example/x (Host: a.example | Referer: https://b.example/) from https://b.example",
        ),
    ]);
}

#[test]
fn chromiums_panel_is_read_in_each_of_its_forms() {
    let got = "PUT https://a.example/x (Origin: https://b.example) => 200 access-control-allow-origin: * | content-type: text/plain";
    reads(&[
        (
            "Request URL:\nhttps://a.example/x\nRequest Method:\nPUT\nStatus Code:\n200 OK\nRemote Address:\n127.0.0.1:443\nReferrer Policy:\nstrict-origin-when-cross-origin\nResponse Headers\naccess-control-allow-origin:\n*\ncontent-type:\ntext/plain\nRequest Headers\n:authority:\na.example\n:method:\nPUT\n:path:\n/x\n:scheme:\nhttps\nOrigin:\nhttps://b.example\n",
            got,
        ),
        (
            "General\n\nRequest URL: https://a.example/x\nRequest Method: PUT\nStatus Code: 200 OK\nRemote Address: [::1]:3000\nReferrer Policy: no-referrer\n\nResponse Headers (2)\n\naccess-control-allow-origin: *\ncontent-type: text/plain\n\nRequest Headers\nProvisional headers are shown\nLearn more\nOrigin: https://b.example\n\nForm Data\nx: y\n",
            got,
        ),
        (
            "▼General\nRequest URL:https://a.example/x\nRequest Method:PUT\nStatus Code:200 \n▼Response Headersview source\naccess-control-allow-origin:*\ncontent-type:text/plain\n▼Request Headersview source\nOrigin:https://b.example\n",
            got,
        ),
        (
            "Request URL: https://a.example/x\nRequest Method: PUT\nStatus Code: 200\nResponse Headers\nview parsed\nHTTP/1.1 200 OK\naccess-control-allow-origin: *\ncontent-type: text/plain\n\nRequest Headers\nview parsed\nPUT /x HTTP/1.1\nOrigin: https://b.example\n",
            got,
        ),
        (
            "Request URL: https://a.example/x\nRequest Method: OPTIONS\nStatus Code: 401 Unauthorized\n",
            "OPTIONS https://a.example/x - => 401 only",
        ),
        (
            "Request URL: https://a.example/x\nRequest Method: POST\nStatus Code: (failed) net::ERR_FAILED\nReferrer Policy: no-referrer\n",
            "POST https://a.example/x -",
        ),
        (
            "Request URL: https://a.example/1\nStatus Code: 200\nResponse Headers\nvary: a\nRequest URL: https://a.example/2\nStatus Code: 201\nResponse Headers\nvary: b\n",
            "- https://a.example/1 - => 200 vary: a\n- https://a.example/2 - => 201 vary: b",
        ),
        (
            "Request Headers\n:authority: a.example\n:method: GET\n:path: /x\n:scheme: https\naccept: */*\nResponse Headers\n:status: 200\nvary: a\n",
            "GET https://a.example/x (accept: */*) => 200 vary: a",
        ),
        ("Response Headers\nx-empty:\nvary: a\n", "- - - => - x-empty:  | vary: a"),
    ]);
}

#[test]
fn firefoxs_panel_is_read_in_each_of_its_forms() {
    reads(&[
        (
            "GET\nhttps://a.example/x\nStatus\n200\nOK\nVersionHTTP/2\nTransferred1.21 kB (1.0 kB size)\nReferrer Policystrict-origin-when-cross-origin\n\n\t\naccess-control-allow-origin\n\t*\nx-other\n\ty\ncontent-type\n\ttext/plain\n",
            "GET https://a.example/x - => 200 access-control-allow-origin: * | x-other: y | content-type: text/plain",
        ),
        (
            "GET https://a.example/x\nStatus 404\nVersion HTTP/1.1\nResponse Headers (50 B)\n\nVary: a\n\nRequest Headers (40 B)\n\nHost: a.example\nOrigin: https://b.example\n",
            "GET https://a.example/x (Host: a.example | Origin: https://b.example) => 404 Vary: a",
        ),
        ("HTTP/2 200 OK\nvary: a\nX-Firefox-Spdy: h2\n", "- - - => 200 vary: a | X-Firefox-Spdy: h2"),
        (
            "{\n\t\"Response Headers (1.2 kB)\": {\n\t\t\"headers\": [\n\t\t\t{\n\t\t\t\t\"name\": \"vary\",\n\t\t\t\t\"value\": \"a\"\n\t\t\t},\n\t\t\t{\n\t\t\t\t\"name\": \"etag\",\n\t\t\t\t\"value\": \"\\\"x\\\"\"\n\t\t\t}\n\t\t]\n\t}\n}\n{\n\t\"Request Headers (1 B)\": {\n\t\t\"headers\": [\n\t\t\t{\n\t\t\t\t\"name\": \"Host\",\n\t\t\t\t\"value\": \"a.example\"\n\t\t\t}\n\t\t]\n\t}\n}\n",
            "- - (Host: a.example) => - vary: a | etag: \"x\"",
        ),
    ]);
}

#[test]
fn safaris_panel_is_read() {
    reads(&[
        (
            "Summary\nURL: https://a.example/x\nStatus: 200\nSource: Network\nAddress: 1.2.3.4:443\nInitiator: \napp.js:12\n\nRequest\n:method: GET\n:scheme: https\n:authority: a.example\n:path: /x\nOrigin: https://b.example\n\nResponse\n:status: 200\nVary: a\nStatus: x\n",
            "GET https://a.example/x (Origin: https://b.example) => 200 Vary: a | Status: x",
        ),
        (
            "URL: https://a.example/x\nStatus: 204 No Content\n\nRequest\nOPTIONS /x HTTP/1.1\nOrigin: https://b.example\n\nResponse\nHTTP/1.1 204 No Content\nVary: a\n",
            "OPTIONS https://a.example/x (Origin: https://b.example) => 204 Vary: a",
        ),
    ]);
}

#[test]
fn bare_header_lines_are_an_answer_if_their_names_say_so() {
    reads(&[
        ("Access-Control-Allow-Origin: *", "- - - => - Access-Control-Allow-Origin: *"),
        (
            "access-control-allow-origin:\nhttps://a.example\n",
            "- - - => - access-control-allow-origin: https://a.example",
        ),
        (
            "It answers:\nAccess-Control-Allow-Methods: GET, POST\nX-Own: 1\n\nand fails.",
            "- - - => - Access-Control-Allow-Methods: GET, POST | X-Own: 1",
        ),
        ("Cache-Control: no-store\nServer: nginx\n", "- - - => - Cache-Control: no-store | Server: nginx"),
        (
            "    content-type: text/html\n    x-powered-by: Express\n",
            "- - - => - content-type: text/html | x-powered-by: Express",
        ),
        ("vary\tOrigin\ncontent-length\t12\n", "- - - => - vary: Origin | content-length: 12"),
        (
            "vary: Origin\netag: \"x\"\naccept: */*\norigin: https://b.example\n",
            "- - (accept: */* | origin: https://b.example) => - vary: Origin | etag: \"x\"",
        ),
        (
            "Host: a.example\nAccess-Control-Allow-Origin: *\nContent-Type: application/json\nOrigin: https://b.example\n",
            "- - (Host: a.example | Access-Control-Allow-Origin: * | Content-Type: application/json | Origin: https://b.example)",
        ),
    ]);
}

#[test]
fn prose_configurations_and_code_are_no_headers() {
    reads_nothing(&[
        "",
        "\n\n",
        "Access to fetch at 'https://a.example/' from origin 'https://b.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://a.example/. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.",
        "GET https://a.example/ net::ERR_FAILED 401 (Unauthorized)",
        "TypeError: Failed to fetch\n    at load (app.js:12:3)\nError: x\nNote: y",
        "The server sends Access-Control-Allow-Origin: * I think",
        "Access-Control-Allow-Origin: * is what the server sends",
        "Server: nginx\nDate: yesterday\nVersion: 3",
        "Steps:\nOpen the page\nExpected: it works\nActual: it does not",
        "Status: 200",
        "Content-Type: application/json",
        "URL: https://a.example/\nIt fails.",
        "Request: https://a.example/\nResponse: none",
        "Response headers from the server look fine: see below",
        "add_header Access-Control-Allow-Origin *;",
        "location / {\n    add_header 'Access-Control-Allow-Origin' '*' always;\n    proxy_set_header Host $host;\n}",
        "Header set Access-Control-Allow-Origin \"*\"",
        "res.setHeader(\"Access-Control-Allow-Origin\", \"*\");",
        "header(\"Access-Control-Allow-Origin: *\");",
        "headers: { 'Access-Control-Allow-Origin': '*' }",
        "{\n  \"Access-Control-Allow-Origin\": \"*\",\n  \"Vary\": \"Origin\"\n}",
        "headers:\n  Access-Control-Allow-Origin: '*'\n  Vary: Origin\n",
        "headers:\n  Access-Control-Allow-Origin: *\n  Cache-Control: no-store\n",
        "/*\n  Access-Control-Allow-Origin: *\n",
        "Access-Control-Allow-Origin: \"*\"",
        "nginx.ingress.kubernetes.io/cors-allow-origin: \"*\"",
        "- Access-Control-Allow-Origin: *",
        "127.0.0.1 - - [x] \"GET / HTTP/1.1\" 200 12",
        "HTTP/1.1 404 Not Found",
        "HTTP/1.1 200 OK is what I get",
        "HTTP/1.1 says so: yes",
        "GET / HTTP/1.1",
        "async function fetch(request) {}",
        "x-one\n\ttwo\nx-three\n\tfour",
        "GET https://a.example/\n[HTTP/2 404  123ms]\nNote:\nfoo",
        "responses:\n  '200':\n    headers:\n      Access-Control-Allow-Origin:\n        type: string\n",
        "| Header | Value |\n| Access-Control-Allow-Origin: | * |",
        "w.Header().Set(\"Access-Control-Allow-Origin\", \"*\")",
        "Origin: the header that a browser sends\nHost: the server",
        "app.use(cors({ origin: 'https://b.example' }))",
    ]);
}

#[test]
fn copied_calls_of_fetch_are_read() {
    reads(&[
        (
            "fetch(\"https://a.example/x\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \"sec-ch-ua\": \"\\\"Chromium\\\";v=\\\"1\\\"\"\n  },\n  \"referrer\": \"https://b.example/p\",\n  \"referrerPolicy\": \"no-referrer\",\n  \"body\": \"{\\\"a\\\":1}\",\n  \"method\": \"POST\",\n  \"mode\": \"cors\",\n  \"credentials\": \"include\"\n});",
            "POST https://a.example/x (accept: */* | sec-ch-ua: \"Chromium\";v=\"1\") from https://b.example credentials include mode cors",
        ),
        (
            "await fetch(\"https://a.example/x\", {\n    \"credentials\": \"omit\",\n    \"headers\": { \"Accept\": \"*/*\", },\n    \"method\": \"GET\",\n    \"mode\": \"no-cors\"\n});",
            "GET https://a.example/x (Accept: */*) credentials omit mode no-cors",
        ),
        (
            "fetch(\"https://a.example/\", { \"headers\": { \"cookie\": \"a=b\", \"Referer\": \"https://b.example/\" }, \"body\": null, \"method\": \"GET\" }); ;\nfetch(\"https://c.example/\");",
            "GET https://a.example/ (cookie: a=b | Referer: https://b.example/) from https://b.example\nGET https://c.example/ -",
        ),
        (
            "HTTP/1.1 200 OK\na: b\n\nbody\nfetch(\"https://a.example/x\", { method: \"PUT\" })",
            "- - - => 200 a: b\nPUT https://a.example/x -",
        ),
    ]);
}

#[test]
fn written_calls_of_fetch_are_read_as_far_as_they_are_literal() {
    reads(&[
        ("const r = await fetch('https://a.example/x');", "GET https://a.example/x -"),
        (
            "window.fetch(`https://a.example/${id}`, { method: 'patch' }).then(r => r.json())",
            "patch https://a.example/${id} -",
        ),
        (
            "fetch(\n  'https://a.example/' + id, // the item\n  {\n    /* why */ method: \"DELETE\",\n    headers: new Headers({\n      Authorization: `Bearer ${user.token({})}`,\n      'X-A': a ? 'b' : \"c\",\n    }),\n    credentials: 'include',\n  },\n)",
            "DELETE https://a.example/${...} (Authorization: Bearer ${user.token({})} | X-A: ${...}) credentials include",
        ),
        (
            "fetch(url, { method: 'POST', body: JSON.stringify({ method: 'x', a: [1, { b: 2 }] }), headers: { 'X-N': 1 } })",
            "POST - (X-N: 1)",
        ),
        ("fetch(API + '/x', { ...options, mode: 'cors' })", "- - - mode cors"),
        ("fetch('/api/x', { method, headers })", ""),
        (
            "fetch('https://a.example/', { method, headers: h, signal() { return 1 }, mode: 'same-origin' })",
            "- https://a.example/ - mode same-origin",
        ),
        ("fetch('https://a.example/', options)", "- https://a.example/ -"),
        (
            "fetch('https://a.example/', {headers: {Origin: 'https://b.example'}, referrer: 'https://c.example/'})",
            "GET https://a.example/ (Origin: https://b.example)",
        ),
    ]);
    reads_nothing(&[
        "I call fetch() and it fails",
        "fetch(url)",
        "prefetch('https://a.example/')",
        "this.fetch('https://a.example/')",
        "fetch(it's not closed, 'https://a.example/",
        "fetch('https://a.example/', {",
    ]);
}

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
