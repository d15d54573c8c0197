//! The core as text: gzip first, base64 second, which is a fifth smaller than base64 alone.

use std::io::Write;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A JavaScript module whose default export is the core, to be unpacked with `DecompressionStream('gzip')`.
pub fn module(core: &[u8]) -> Result<String> {
    Ok(format!("export default \"{}\";\n", STANDARD.encode(gzip(core)?)))
}

/// As small as gzip gets it.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_inlined_unpacks_to_the_same_bytes() -> Result<()> {
        let core: Vec<u8> = (0..=255).cycle().take(5000).collect();
        let module = module(&core)?;
        let text = module.trim_start_matches("export default \"").trim_end_matches("\";\n");
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(STANDARD.decode(text)?.as_slice()).read_to_end(&mut unpacked)?;
        assert_eq!(unpacked, core);
        Ok(())
    }
}
