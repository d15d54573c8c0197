//! Answers as `curl -i`, wget and HTTPie print them, and whose they are.

use crate::{A, reads};

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
