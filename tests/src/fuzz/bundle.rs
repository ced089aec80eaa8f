//! Loading of any bytes as a bundle. The first byte says what the rest is: `f` a whole file; `p` the payload, to which the header
//! is written, so that its digest is right; `c` the content, which is deflated first.

use super::{ruleset, same};
use indicia::{Mapping, Sources};
use miniz_oxide::{deflate, inflate};

/// The letters that a bundle starts with, and the version of its format.
const HEAD: &[u8] = b"INDICIA\0\x01\0\0\0";
/// Bytes before the payload: those, a digest, a length.
const HEADER_BYTES: usize = HEAD.len() + blake3::OUT_LEN + 8;
/// The least of compression: nobody keeps these files.
const LEVEL: u8 = 1;

/// Any bytes are an error or a ruleset as written, which its own bundle repeats, and of which all holds that holds of rulesets.
///
/// # Errors
/// What is wrong.
pub fn load(bytes: &[u8]) -> Result<(), String> {
    let Some((how, rest)) = bytes.split_first() else { return Ok(()) };
    let read = match how {
        b'c' => Sources::from_bundle(&bundle(&deflate::compress_to_vec(rest, LEVEL))),
        b'p' => Sources::from_bundle(&bundle(rest)),
        _ => Sources::from_bundle(rest),
    };
    let Ok(sources) = read else { return Ok(()) };
    let again = Sources::from_bundle(&sources.to_bundle()).map_err(|error| format!("its own bundle: {error}"))?;
    same("sources", &again, &sources)?;
    for mapping in sources.mappings.values() {
        // Whether it is one does not matter; that asking is no panic does.
        let _ = Mapping::parse(mapping);
    }
    ruleset::ruleset(&sources)
}

/// The file of a payload.
fn bundle(payload: &[u8]) -> Vec<u8> {
    let mut file = HEAD.to_vec();
    file.extend_from_slice(blake3::hash(payload).as_bytes());
    file.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    file.extend_from_slice(payload);
    file
}

/// A ruleset in the three forms.
pub(super) fn forms(sources: &Sources) -> Vec<(&'static str, Vec<u8>)> {
    let file = sources.to_bundle();
    let payload = file.get(HEADER_BYTES..).unwrap_or_default().to_vec();
    let content = inflate::decompress_to_vec(&payload).unwrap_or_default();
    let with = |letter: u8, rest: &[u8]| [&[letter], rest].concat();
    vec![("file", with(b'f', &file)), ("payload", with(b'p', &payload)), ("content", with(b'c', &content))]
}
