//! Large files: what is kept has bounds, and how long it takes.

use std::time::Instant;

use whycors::explain::har::Reader;

use crate::{CHROMIUM, entry, log, read};

#[test]
fn of_many_entries_those_that_matter_much_are_kept() {
    let passed = entry("", "", r#""status": 200"#);
    let failed = entry("", "", r#""status": 0"#);
    let har = read(log(&[vec![passed; 3000], vec![failed; 1500]].concat().join(", "))).expect("it is a HAR");
    assert_eq!((har.seen, har.entries.len(), har.left_out), (4500, 2000, 2500));
    assert_eq!(har.entries.iter().filter(|entry| entry.number > 3000).count(), 1000);
}

#[test]
fn no_text_is_too_long() {
    let long = "x".repeat(600_000);
    let data = entry("", "", r#""status": 200"#).replace("https://api.example/", &format!("data:{long}"));
    let header = entry("", &format!(r#", "headers": [{{"name": "a", "value": "{long}"}}]"#), r#""status": 200"#);
    let body = entry("", "", &format!(r#""status": 200, "content": {{"text": "{long}"}}"#));
    let har = read(log(&[data, header, body].join(", "))).expect("it is a HAR");
    assert_eq!((har.seen, har.left_out), (3, 1));
    assert_eq!(har.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [3]);
    // Nor is all of it.
    let long = &long[..400_000];
    let large = entry("", &format!(r#", "headers": [{{"name": "a", "value": "{long}"}}]"#), r#""status": 200"#);
    let har = read(log(&vec![large; 60].join(", "))).expect("it is a HAR");
    assert_eq!((har.entries.len(), har.left_out), (41, 19));
}

#[test]
fn pages_without_end_are_not_kept() {
    let pages: Vec<_> =
        (0..1500).map(|id| format!(r#"{{"id": "p{id}", "title": "https://app{id}.example/"}}"#)).collect();
    let of = |page: usize| entry("", "", "").replace("\"p\"", &format!("\"p{page}\""));
    let har =
        read(log(&[of(7), of(1400)].join(",")).replace("\"pages\": [", &format!("\"pages\": [{},", pages.join(","))));
    let origins: Vec<_> =
        har.expect("it is a HAR").entries.into_iter().map(|entry| entry.exchange.call.origin).collect();
    assert_eq!(origins, [Some("https://app7.example".to_string()), None]);
}

/// Where something is looked for anew for each of many, this takes minutes.
#[test]
fn hostile_files_take_no_longer_than_others() {
    let many = |part: &str, count: usize| vec![part; count].join(",");
    let headers = many(r#"{"name": "a"}"#, 7000);
    let hostile = [
        log(&entry("", &format!(r#", {}"#, many(r#""url": "x""#, 500_000)), "")),
        log(&format!(r#"{{"response": {{"headers": [{headers}]}}, {}}}"#, many(r#""request": {}"#, 1_000_000))),
        log(&format!("{{{}}}", many(r#""request": {}"#, 500_000))),
        log(&entry("", &format!(r#", "cookies": [{}]"#, many("{}", 1_000_000)), "")),
        log(&entry("", &format!(r#", "headers": [{}]"#, many("{}", 1_000_000)), "")),
        log(&vec![entry("", &format!(r#", "headers": [{headers}]"#), ""); 20].join(",")),
        format!(r#"{{"log": {{"pages": [{}], "entries": []}}}}"#, many(r#"{"id": "p", "title": "a://b"}"#, 200_000)),
        log(&format!("\"{}\"", "\\ud800".repeat(500_000))),
        log(&entry("", &format!(r#", "url": "{}""#, "\\ud800".repeat(500_000)), "")),
        log(&"1".repeat(3_000_000)),
    ];
    for text in hostile {
        let begin = Instant::now();
        read(&text).expect("it is a HAR");
        let ms = begin.elapsed().as_millis();
        println!("{ms} ms: {} bytes, {}...", text.len(), &text[..120.min(text.len())]);
        assert!(ms < 2000, "{ms} ms: {}...", &text[..120]);
    }
}

/// A measurement: `cargo test --release --test har -- --nocapture fifty_megabytes`
#[test]
fn fifty_megabytes_are_read() {
    let (before, rest) = CHROMIUM.split_once("\"entries\": [").expect("it is there");
    let entries = rest.trim_end().strip_suffix("]\n  }\n}").expect("it is there");
    let size = 50 << 20;
    let body = "<p class=\\\"a\\\">It is 12 o'clock.</p>\\n".repeat(700);
    let bodies = entry("", "", &format!(r#""status": 200, "content": {{"text": "{body}"}}"#));
    for (what, part) in
        [("entries only", entries.to_string()), ("mostly bodies", format!("{entries}, {bodies}, {bodies}"))]
    {
        let entries = vec![part.as_str(); size / part.len()].join(",");
        let text = format!("{before}\"entries\": [{entries}]}}}}");
        let begin = Instant::now();
        let mut reader = Reader::default();
        text.as_bytes().chunks(1 << 20).for_each(|piece| reader.feed(piece));
        let har = reader.finish().expect("it is a HAR");
        println!(
            "{} bytes, {what}: {} ms, {} of {} entries kept",
            text.len(),
            begin.elapsed().as_millis(),
            har.entries.len(),
            har.seen
        );
        assert_eq!(har.entries.len(), 2000);
    }
}
