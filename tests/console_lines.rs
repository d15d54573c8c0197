//! What console lines say: pastes of every kind, with the causes and fields that a reader of them would name.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, TableLike, Value};
use whycors::causes::Phase;
use whycors::explain::console::{Fields, Said, Teller, mentions_failure, read};

fn table(name: &str) -> DocumentMut {
    let path = format!("{}/tests/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn text_of(table: &dyn TableLike, key: &str) -> Option<String> {
    table.get(key).and_then(Item::as_str).map(str::to_string)
}

/// `missing-allow-origin/preflight`
fn causes(said: &Said) -> Vec<String> {
    let cause = |(code, phase): &(&str, Option<Phase>)| match phase {
        Some(phase) => format!("{code}/{}", phase.name()),
        None => code.to_string(),
    };
    said.causes.iter().map(cause).collect()
}

fn fields(table: &dyn TableLike) -> Fields {
    Fields {
        url: text_of(table, "url"),
        origin: text_of(table, "origin"),
        method: text_of(table, "method"),
        header: text_of(table, "header"),
        value: text_of(table, "value"),
        status: table.get("status").and_then(Item::as_integer).map(|status| status as u16),
        net_error: text_of(table, "net_error"),
        redirected_from: text_of(table, "redirected_from"),
        address_space: text_of(table, "address_space"),
    }
}

#[test]
fn each_paste_names_its_causes_and_fields() {
    let table = table("console-lines.toml");
    let mut wrong = Vec::new();
    let rows = table["row"].as_array_of_tables().unwrap();
    for row in rows {
        let text = row["text"].as_str().unwrap();
        let expected: Vec<(Vec<String>, Fields)> = row["says"]
            .as_array()
            .unwrap()
            .iter()
            .map(|said| {
                let said = said.as_inline_table().unwrap();
                let causes = said["causes"].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_string);
                (causes.collect(), fields(said))
            })
            .collect();
        let found = read(text);
        let got: Vec<_> = found.iter().map(|said| (causes(said), said.fields.clone())).collect();
        if got != expected {
            wrong.push(format!("--- {text}\nsays     {got:#?}\nexpected {expected:#?}"));
        }
        for said in &found {
            assert!(
                text.contains(&said.quote) && !said.quote.is_empty(),
                "a quote is part of the text: {}",
                said.quote
            );
        }
    }
    assert!(rows.len() >= 150, "{} rows", rows.len());
    assert!(wrong.is_empty(), "{}\n{} of {} are wrong", wrong.join("\n"), wrong.len(), rows.len());
}

#[test]
fn a_text_that_names_no_cause_gets_none() {
    let table = table("console-lines.toml");
    let texts = table["nothing"].as_array().unwrap();
    let mut wrong = Vec::new();
    for text in texts.iter().filter_map(Value::as_str) {
        let found = read(text);
        if !found.is_empty() {
            wrong.push(format!("--- {text}\nsays {:?}", found));
        }
    }
    assert!(texts.len() >= 60, "{}", texts.len());
    assert!(wrong.is_empty(), "{}\n{} of {} are wrong", wrong.join("\n"), wrong.len(), texts.len());
}

/// What a reason of Firefox means, whatever its language.
fn meaning(key: &str) -> (&'static str, &'static [&'static str]) {
    const UNREACHABLE: &[&str] = &[
        "connection-refused",
        "dns-failure",
        "tls-failure",
        "connection-dropped",
        "blocked-by-client",
        "no-response",
        "mixed-content",
        "offline",
        "too-many-redirects",
        "redirect-with-credentials",
    ];
    match key {
        "failed" => ("(null)", UNREACHABLE),
        "old-failed" => ("", UNREACHABLE),
        "redirect" => ("", &["preflight-redirect", "redirect-without-cors", "redirect-with-credentials"]),
        "not-http" => ("", &["unsupported-scheme"]),
        "disabled" | "origin-header" => ("", &[]),
        "missing" => ("404", &["error-response-without-cors"]),
        "old-missing" => ("", &["missing-allow-origin", "error-response-without-cors"]),
        "multiple" => ("", &["multiple-allow-origin"]),
        "mismatch" => ("https://other.example", &["origin-mismatch"]),
        "wildcard" => ("*", &["wildcard-with-credentials"]),
        "method" => ("", &["method-not-allowed"]),
        "credentials" => ("", &["allow-credentials-not-true"]),
        "preflight" => ("405", &["preflight-status"]),
        "old-preflight" => ("", &["preflight-status", "preflight-redirect"]),
        "bad-method" => ("P OST", &["invalid-allow-methods"]),
        "bad-header" => ("x y", &["invalid-allow-headers"]),
        "header" | "old-header" => ("x-tenant", &["header-not-allowed"]),
        _ => panic!("{key} is no reason"),
    }
}

#[test]
fn firefox_means_the_same_in_each_of_its_languages() {
    let table = table("firefox-languages.toml");
    let url = "https://api.example.com/v1/items?page=2";
    let mut wrong = Vec::new();
    let mut read_lines = 0;
    for (language, reasons) in table.iter() {
        let reasons = reasons.as_table().unwrap();
        let line = reasons["line"].as_str().unwrap();
        for (key, reason) in reasons.iter().filter(|(key, _)| *key != "line") {
            let (value, expected) = meaning(key);
            let reason = reason.as_str().unwrap();
            // Some reasons close the parenthesis themselves, for what follows it.
            let line = match reason.contains(")") || reason.contains("）") {
                true if reason.contains("{s}") => line.replace("{r})", "{r}").replace("{r}）", "{r}"),
                _ => line.to_string(),
            };
            let text = line.replace("{r}", reason).replace("{u}", url).replace("{v}", value).replace("{s}", value);
            // Alone, between prose, and twice.
            let prose = format!("Hallo 你好, привет!\n\n{text}\n\nwhat is CORS? Help");
            for text in [text.clone(), prose, format!("{text} app.js:1:2\n{text}")] {
                read_lines += 1;
                let found = read(&text);
                let got: Vec<_> = found.iter().flat_map(causes).collect();
                let status = value.parse().ok();
                let is_header = key.ends_with("header") && value == "x-tenant";
                let is_value = !value.is_empty() && status.is_none() && value != "(null)" && !is_header;
                let fields = Fields {
                    url: Some(url.to_string()),
                    status,
                    header: is_header.then(|| value.to_string()),
                    value: is_value.then(|| value.to_string()),
                    ..Fields::default()
                };
                let fields_right = expected.is_empty() || found.first().is_some_and(|said| said.fields == fields);
                if got != expected || !fields_right {
                    wrong.push(format!(
                        "{language} {key}: {text}\n  says {got:?} {:?}",
                        found.first().map(|said| &said.fields)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {read_lines} are wrong", wrong.join("\n"), wrong.len());
}

#[test]
fn a_failure_without_a_reason_tells_whose_console_has_it() {
    let expected = BTreeMap::from([
        ("Uncaught (in promise) TypeError: Failed to fetch", Some(Teller::Chromium)),
        ("TypeError: NetworkError when attempting to fetch resource.", Some(Teller::Firefox)),
        ("Unhandled Promise Rejection: TypeError: Load failed", Some(Teller::WebKit)),
        ("Fetch API cannot load https://a.example/ due to access control checks.", Some(Teller::WebKit)),
        ("AxiosError: Network Error at XMLHttpRequest.handleError", Some(Teller::Library)),
        ("TypeError: Network request failed", Some(Teller::ReactNative)),
        ("TypeError: fetch failed\n    at node:internal/deps/undici", Some(Teller::Node)),
        ("GET https://a.example/ net::ERR_FAILED", Some(Teller::Chromium)),
        ("It does not work, please help", None),
    ]);
    for (text, teller) in expected {
        assert_eq!(mentions_failure(text), teller, "{text}");
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn any_text_gets_an_answer() {
    // Cut and mixed at every place: what remains has to be read without a panic, in reasonable time.
    let table = table("console-lines.toml");
    let rows = table["row"].as_array_of_tables().unwrap();
    let texts: Vec<&str> = rows.iter().map(|row| row["text"].as_str().unwrap()).collect();
    for (index, text) in texts.iter().enumerate() {
        let other = texts[(index * 7 + 3) % texts.len()];
        for (at, _) in text.char_indices().step_by(5) {
            read(&text[at..]);
            read(&text[..at]);
            let cut = other.char_indices().nth(at % 50).map_or(0, |(cut, _)| cut);
            read(&format!("{}{}", &text[..at], &other[cut..]));
        }
    }
    for piece in [
        "(",
        "http://",
        "access to fetch at ",
        "no '",
        "origin ",
        "reason: CORS ",
        "'",
        "<",
        "&",
        "\\",
        "net::ERR_",
        "原因：",
        "（",
    ] {
        read(&piece.repeat(20_000));
        read(&format!("https://a.example {}", piece.repeat(2_000)));
    }
}
