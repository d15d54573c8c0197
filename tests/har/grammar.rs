//! JSON: accepted as `serde_json` accepts it, in pieces as in one; where it is wrong, the sentence says where.

use serde::de::IgnoredAny;
use whycors::explain::har::{Reader, is_har};

use crate::{CHROMIUM, Dice, FIREFOX, WEBKIT, log, read, wrong};

#[test]
fn it_is_read_alike_in_pieces_of_any_size() {
    let mut dice = Dice(7);
    for sample in [CHROMIUM, FIREFOX, WEBKIT] {
        let whole = read(sample);
        let mut reader = Reader::default();
        sample.as_bytes().chunks(1).for_each(|piece| reader.feed(piece));
        assert_eq!(reader.finish(), whole);
        for _ in 0..200 {
            let mut reader = Reader::default();
            let mut rest = sample.as_bytes();
            while !rest.is_empty() {
                let (piece, after) = rest.split_at(dice.roll(1 + rest.len().min(3000)));
                reader.feed(piece);
                rest = after;
            }
            assert_eq!(reader.finish(), whole);
        }
    }
}

#[test]
fn wherever_it_is_cut_off_a_sentence_says_so() {
    for sample in [CHROMIUM, FIREFOX, WEBKIT] {
        let end = sample.trim_end().len();
        for cut in 0..end {
            let said = wrong(&sample.as_bytes()[..cut]);
            assert!(said.contains("cut off?") || said == "it is empty", "{cut}: {said}");
        }
    }
    let third = CHROMIUM.find("/items/1").expect("it is there");
    assert_eq!(wrong(&CHROMIUM[..third]), "ends in the middle of entry 4 (cut off?)");
    assert_eq!(wrong(r#"{"log": {"pages": [{"id"#), "ends in the middle (cut off?)");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    assert_eq!(wrong(""), "it is empty");
    assert_eq!(wrong("\u{FEFF} \n"), "it is empty");
    assert_eq!(wrong("curl: (6)"), "not JSON: unexpected \"c\" at byte 0");
    assert_eq!(wrong("{\"log\": {\"entries\": [1 2]}}"), "not JSON: unexpected \"2\" at byte 23");
    assert_eq!(wrong("{\"a\": \"\n\"}"), "not JSON: unexpected byte of value 10 at byte 7");
    assert_eq!(wrong("{\"a\": ü}"), "not JSON: unexpected byte of value 195 at byte 6");
    assert_eq!(wrong("{} Access to fetch"), "not JSON: unexpected \"A\" at byte 3");
    for json in
        ["{}", "[]", "12", "\"log\"", r#"{"log": {}}"#, r#"{"log": {"entries": {}}}"#, r#"[{"log": {"entries": []}}]"#]
    {
        assert_eq!(wrong(json), "this is JSON, but no HAR: it has no log.entries", "{json}");
    }
    let mut reader = Reader::default();
    reader.feed(b"{,");
    assert!(reader.is_wrong());
    reader.feed(b"}");
    assert_eq!(reader.finish(), Err("not JSON: unexpected \",\" at byte 1".to_string()));
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize, open: &str, close: &str| open.repeat(depth) + "1" + &close.repeat(depth);
    assert!(wrong(nested(1000, "[", "]")).starts_with("this is JSON"));
    assert_eq!(wrong(nested(1001, "[", "]")), "nested more than 1000 deep at byte 1000");
    assert_eq!(wrong(nested(1_000_000, "{\"a\":", "}")), "nested more than 1000 deep at byte 5000");
}

#[test]
fn what_begins_as_an_object_does_is_read_as_a_har() {
    for text in ["{\"log\": {", " \r\n{ \"", "\u{FEFF}{\"version\"", "{}"] {
        assert_eq!(is_har(text.as_bytes()), Some(true), "{text}");
    }
    for text in ["[HMR] connected", "Access to fetch at", "{ color: red }", "\u{FFFD}", "\u{FEFF}HTTP/2 200"] {
        assert_eq!(is_har(text.as_bytes()), Some(false), "{text}");
    }
    for text in [&b""[..], b" \n", b"{", b"{ \n", b"\xEF", b"\xEF\xBB", b"\xEF\xBB\xBF "] {
        assert_eq!(is_har(text), None, "{text:?}");
    }
}

#[test]
fn json_is_what_it_is_to_serde() {
    let mut dice = Dice(99);
    let values = [
        "0",
        "-0",
        "1",
        "-12",
        "01",
        "1.5",
        "1.",
        ".5",
        "1e3",
        "1E+3",
        "1e-",
        "1e",
        "-",
        "+1",
        "1e999",
        "true",
        "false",
        "null",
        "nul",
        "True",
        "\"\"",
        "\"a\"",
        "\"\\n\\/\\u00e9\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\t\"",
        "[]",
        "[1,]",
        "[,]",
        "[1,2]",
        "{}",
        "{\"a\":1}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":}",
        "[1}",
        "{\"a\":1]",
        "'a'",
        "NaN",
        "[1] ",
        " [1]",
        "[1]]",
        "1 2",
        "\u{FEFF}",
        "/**/1",
        "\u{0}",
        "\u{7f}",
        "\"\u{7f}\"",
        "é",
        "\"é\"",
        "[[[]]]",
        "",
        " ",
    ];
    let mut tried = [0; 2];
    let mut agree = |text: &[u8]| {
        let is_json = serde_json::from_slice::<IgnoredAny>(text).is_ok();
        let said = read(text).err().unwrap_or_default();
        let is_taken = said.is_empty() || said.starts_with("this is JSON");
        assert_eq!(is_taken, is_json, "{:?}: {said}", String::from_utf8_lossy(text));
        tried[usize::from(is_json)] += 1;
    };
    for value in values.iter().filter(|value| **value != "\u{FEFF}") {
        agree(value.as_bytes());
        agree(format!("[{value}]").as_bytes());
        agree(format!("{{\"log\": {value}}}").as_bytes());
        agree(log(value).as_bytes());
    }
    let seeds: Vec<Vec<u8>> =
        values.iter().map(|value| format!("{{\"a\": [{value}, \"b\"], \"log\": -1.5e3}}").into_bytes()).collect();
    let seeds: Vec<_> =
        seeds.into_iter().chain([FIREFOX.as_bytes()[..900].to_vec(), WEBKIT.as_bytes()[..600].to_vec()]).collect();
    let bytes = b"{}[],:\"\\u/0123456789-+.eEtrufalsn \n\t\x00\x1f\xffab";
    for _ in 0..60_000 {
        let mut text = seeds[dice.roll(seeds.len())].clone();
        for _ in 0..1 + dice.roll(3) {
            let at = dice.roll(text.len() + 1);
            let byte = bytes[dice.roll(bytes.len())];
            match dice.roll(3) {
                0 => text.insert(at, byte),
                1 if at < text.len() => text[at] = byte,
                _ if at < text.len() => drop(text.remove(at)),
                _ => {}
            }
        }
        agree(&text);
    }
    assert!(tried.iter().all(|count| *count > 3000), "{tried:?}");
}
