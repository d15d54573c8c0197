//! What curl says where there is no answer.

use crate::{reads_nothing, shown};

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
