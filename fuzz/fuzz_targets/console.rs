//! Console lines.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = whycors::explain::console::read(text);
});
