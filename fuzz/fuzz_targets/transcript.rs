//! What curl prints, headers, copied requests.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = whycors::explain::transcript::read(text);
});
