//! The whole way of a paste, in two pieces.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whycors::explain::{About, Explainer, json};

fuzz_target!(|bytes: &[u8]| {
    let (one, two) = bytes.split_at(bytes.len() / 2);
    let about = About {
        url: Some("https://api.example.com/items".into()),
        origin: Some("https://app.example.com".into()),
        ..About::default()
    };
    let mut explainer = Explainer::new(about);
    explainer.feed(one);
    explainer.feed(two);
    let _ = json(&explainer.finish());
});
