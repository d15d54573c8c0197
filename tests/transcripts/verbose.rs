//! What `curl -v` prints.

use crate::{reads, reads_nothing};

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
