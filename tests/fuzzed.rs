//! Any bytes in, a sentence out: what people paste, cut up, mixed and damaged by a generator with a pinned seed, through every parser.
//!
//! A landing run tries 200,000; `WHYCORS_INPUTS=10000000 cargo test -p whycors --test fuzzed` as many as one likes, other ones with
//! `WHYCORS_SEED`. `fuzz/` has the same for cargo-fuzz, which finds more, and needs a nightly compiler.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use whycors::causes;
use whycors::explain::{About, Explainer, Verdict, har, json};
use whycors::request::{Credentials, Engine};

/// What must never come out again, wherever it stood.
const SECRETS: [&str; 4] = [
    "Cookie: session=marked-secret-cookie",
    "Authorization: Bearer marked-secret-token",
    "https://api.example.com/items?api_key=marked-secret-key&page=2",
    "https://marked-secret-user:marked-secret-password@api.example.com/",
];

/// Words that the parsers look for, and marks that make them stumble.
const WORDS: [&str; 40] = [
    "Access-Control-Allow-Origin",
    "Access to fetch at '",
    "' from origin '",
    "has been blocked by CORS policy: ",
    "(Reason: ",
    "Status code: ",
    "net::ERR_",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/2 ",
    "\r\n\r\n",
    "< ",
    "> ",
    "* ",
    "$ curl -i ",
    "curl: (7) ",
    "fetch(\"",
    "{\"log\":{\"entries\":[",
    "\"headers\":[",
    "\"name\":",
    "\\u",
    "\\ud800",
    "‘",
    "’",
    "«",
    "“",
    "\u{feff}",
    "\0",
    "\n",
    "`",
    "^",
    "'",
    "\"",
    "\\",
    "…",
    "://",
    "Location: /",
    "Origin: null",
    "Access-Control-Request-Headers: ",
    "(redirected from '",
    "]}}",
];

/// Bytes that end or begin something, and halves of letters.
const MARKS: &[u8] = b"'\"\\\n:{}(), \xE2\x80\xA6\xFF";

fn seeds() -> Vec<Vec<u8>> {
    let table: toml_edit::DocumentMut = include_str!("pastes.toml").parse().unwrap();
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for paste in table["paste"].as_array_of_tables().unwrap() {
        seeds.push(paste["text"].as_str().unwrap().into());
    }
    for text in [
        "$ curl -i https://api.example.com/items -H 'Origin: https://app.example.com'\nHTTP/2 301\r\nlocation: https://u:p@api.example.com/b\r\n\r\nHTTP/2 200\r\naccess-control-allow-origin: *\r\nvary: x\r\nset-cookie: a=b; Secure\r\n\r\n{}",
        "> OPTIONS /items HTTP/1.1\n> Host: api.example.com\n> Origin: https://app.example.com\n> Access-Control-Request-Method: PUT\n> \n< HTTP/1.1 204 No Content\n< Access-Control-Allow-Methods: GET, *\n< Access-Control-Max-Age: 999999\n< \n",
        "fetch(\"https://api.example.com/items\", {\"headers\": {\"x-one\": \"1\", 'content-type': `application/json`}, \"body\": \"{}\", \"method\": \"PATCH\", \"mode\": \"cors\", \"credentials\": \"include\"});",
        "curl 'https://api.example.com/items' \\\n  -X 'PUT' -H 'cookie: a=b' -H $'x: \\'y' --data-raw $'\\u00e9' ; curl: (60) SSL certificate problem",
        "Request URL: https://api.example.com/items\nRequest Method: GET\nStatus Code: 500 \nResponse Headers\naccess-control-allow-origin: null\nserver: nginx",
        r#"{"log":{"version":"1.2","creator":{"name":"WebInspector"},"pages":[{"id":"p","title":"https://app.example.com/"}],"entries":[{"pageref":"p","_resourceType":"fetch","request":{"method":"GET","url":"https://api.example.com/items","headers":[{"name":"Origin","value":"https://app.example.com"}]},"response":{"status":200,"headers":[{"name":"Vary","value":"\u00e9"}],"_error":"net::ERR_FAILED"}}]}}"#,
    ] {
        seeds.push(text.into());
    }
    seeds
}

#[test]
fn whatever_is_pasted_gives_a_sentence() {
    let number = |name: &str, default: u64| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (inputs, seed) = (number("WHYCORS_INPUTS", 200_000), number("WHYCORS_SEED", 1));
    let seeds = seeds();
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let done = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (seeds, done) = (&seeds, &done);
            scope.spawn(move || {
                let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (thread + 1));
                for _ in 0..inputs / threads {
                    let bytes = input(&mut random, seeds);
                    let begun = Instant::now();
                    check(&bytes, &mut random);
                    // Milliseconds; a minute on any machine is a hang.
                    assert!(begun.elapsed() < Duration::from_secs(60), "hangs: {:?}", String::from_utf8_lossy(&bytes));
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("{} inputs of the seed {seed}", done.into_inner());
}

/// A few pieces of seeds, words and secrets, some bytes of them damaged.
fn input(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.below(5) + 1 {
        match random.below(6) {
            0 => bytes.extend(WORDS[random.below(WORDS.len())].bytes().cycle().take(random.below(200))),
            1 => bytes.extend(WORDS[random.below(WORDS.len())].bytes()),
            2 => {
                bytes.extend(b"\n");
                bytes.extend(SECRETS[random.below(SECRETS.len())].bytes());
                bytes.extend(b"\n");
            }
            _ => {
                let seed = &seeds[random.below(seeds.len())];
                let from = if random.below(2) == 0 { 0 } else { random.below(seed.len()) };
                let length = if random.below(2) == 0 { seed.len() } else { random.below(seed.len()) };
                bytes.extend(seed.iter().skip(from).take(length));
            }
        }
    }
    for _ in 0..random.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => bytes[at] = random.below(256) as u8,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, MARKS[random.below(MARKS.len())]),
            _ => {
                let word = WORDS[random.below(WORDS.len())].bytes();
                bytes.splice(at..at, word);
            }
        }
    }
    bytes
}

fn check(bytes: &[u8], random: &mut Random) {
    let about = match random.below(3) {
        0 => About::default(),
        _ => About {
            url: Some("https://api.example.com/items".into()),
            origin: Some("https://app.example.com".into()),
            method: Some("PUT".into()),
            credentials: Some(Credentials::Include),
            engine: Some(Engine::Firefox),
            ..About::default()
        }
        .with_headers(&[("X-One".into(), "marked-secret-value".into())]),
    };
    let mut explainer = Explainer::new(about);
    let cut = random.below(bytes.len() + 1);
    explainer.feed(&bytes[..cut]);
    explainer.feed(&bytes[cut..]);
    let explanation = explainer.finish();
    assert_eq!(explanation.verdict == Verdict::NothingFound, explanation.findings.is_empty());
    assert!(explanation.report.contains("\nSo\n  "), "says nothing: {}", explanation.report);
    for finding in &explanation.findings {
        assert!(causes::all().any(|cause| cause.code == finding.code), "no such cause: {}", finding.code);
        assert!(!finding.title.is_empty());
    }
    let text = json(&explanation);
    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    // A piece that was damaged may be no secret any more; these stand whole.
    // Of quotes and escapes a shell makes one word again.
    let unquoted: Vec<u8> = bytes.iter().filter(|byte| !b"'\"\\^`\n\r".contains(byte)).copied().collect();
    if unquoted.windows(13).filter(|window| window == b"marked-secret").count() == whole_secrets(bytes) {
        assert!(!text.contains("marked-secret"), "{text}\n\nof\n{}", String::from_utf8_lossy(bytes));
    }
    let mut reader = har::Reader::default();
    bytes.chunks(random.below(64) + 1).for_each(|piece| reader.feed(piece));
    let _ = reader.finish();
}

/// How many marks stand within secrets that nothing has cut up: each on a line of its own.
fn whole_secrets(bytes: &[u8]) -> usize {
    bytes
        .split(|byte| *byte == b'\n')
        .filter_map(|line| SECRETS.iter().find(|secret| secret.as_bytes() == line))
        .map(|secret| secret.matches("marked-secret").count())
        .sum()
}

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
