//! Command lines of curl.

use crate::{reads, reads_nothing, shown};

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
