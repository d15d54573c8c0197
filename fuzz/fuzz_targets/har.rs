//! A HAR, in pieces of a size that the first byte says.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whycors::explain::har::Reader;

fuzz_target!(|bytes: &[u8]| {
    let Some((size, rest)) = bytes.split_first() else { return };
    let mut reader = Reader::default();
    for piece in rest.chunks(usize::from(*size).max(1)) {
        reader.feed(piece);
    }
    let _ = reader.finish();
});
