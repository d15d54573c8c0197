//! Calls of `fetch`.

use crate::{reads, reads_nothing};

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
