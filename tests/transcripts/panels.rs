//! Headers as developer tools copy them, and what is none.

use crate::{reads, reads_nothing};

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
