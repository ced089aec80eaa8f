//! Tests of bundles.

use super::{MAGIC, VERSION, codec, open};
use crate::error::BundleError;
use crate::source::{Manifest, Rows, Sources};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use serde_json::json;

fn sample() -> Sources {
    let mut base = Sources::single("language 1\n// é\n");
    base.manifest = Manifest::new("base", "1.0.0");
    base.manifest.withdrawn = vec!["old".to_owned()];
    base.data.insert("lists/a.txt".to_owned(), "a.test\n".repeat(1000));
    base.mappings
        .insert("m".to_owned(), json!({"b": [1, -2, 0.1, 1e300, null, true, false, "x"], "a": {"z": u64::MAX}}));
    let mut sources = Sources::single("language 1\n");
    sources.manifest.extends = Some("base".to_owned());
    sources.manifest.description = "what\nfor".to_owned();
    sources.rows.insert("own".to_owned(), Rows::List(vec!["b".to_owned(), "a".to_owned()]));
    let row = [("name".to_owned(), json!("Go")), ("year".to_owned(), json!(2012.5))].into();
    sources.rows.insert("table".to_owned(), Rows::Table(vec![row]));
    sources.base = Some(Box::new(base));
    sources
}

fn envelope(payload: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(blake3::hash(payload).as_bytes());
    out.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    out.extend_from_slice(payload);
    out
}

#[test]
fn what_is_written_is_read_again() {
    let bundle = sample().to_bundle();
    let read = Sources::from_bundle(&bundle).unwrap();
    assert_eq!(read, sample());
    assert_eq!(read.to_bundle(), bundle);
    assert!(bundle.len() < 1000, "{} bytes", bundle.len());
}

#[test]
fn another_file_is_no_bundle() {
    for bytes in [&b""[..], b"INDICIA", b"PK\x03\x04 and more of it", b"INDICIA\x01"] {
        assert_eq!(Sources::from_bundle(bytes), Err(BundleError::NotABundle));
    }
}

#[test]
fn another_version_is_named() {
    let mut bundle = sample().to_bundle();
    bundle[8] = 7;
    assert_eq!(Sources::from_bundle(&bundle), Err(BundleError::Version { found: 7, supported: 1 }));
}

#[test]
fn every_truncation_and_every_byte_left_over_is_found() {
    let bundle = sample().to_bundle();
    for end in 0..bundle.len() {
        let error = Sources::from_bundle(&bundle[..end]).unwrap_err();
        assert!(matches!(error, BundleError::NotABundle | BundleError::Damaged { .. }), "{end}: {error}");
    }
    let mut longer = bundle;
    longer.push(0);
    assert!(matches!(Sources::from_bundle(&longer), Err(BundleError::Damaged { .. })));
}

#[test]
fn every_changed_byte_is_found() {
    let bundle = sample().to_bundle();
    for at in 0..bundle.len() {
        let mut changed = bundle.clone();
        changed[at] ^= 0x20;
        assert!(Sources::from_bundle(&changed).is_err(), "byte {at}");
    }
    let mut changed = bundle;
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(Sources::from_bundle(&changed), Err(BundleError::Digest));
}

#[test]
fn a_bomb_is_stopped() {
    let bundle = envelope(&compress_to_vec(&vec![0; 1_000_001], 9));
    assert!(bundle.len() < 2_000);
    let error = open(&bundle, 1_000_000).unwrap_err();
    assert!(error.to_string().contains("larger than"), "{error}");
}

#[test]
fn nesting_is_bounded() {
    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    let mut sources = Sources::single("");
    sources.mappings.insert("m".to_owned(), deep);
    assert!(Sources::from_bundle(&sources.to_bundle()).unwrap_err().to_string().contains("nested too deep"));
    let mut sources = Sources::single("");
    for _ in 0..20 {
        let mut next = Sources::single("");
        next.base = Some(Box::new(sources));
        sources = next;
    }
    assert!(Sources::from_bundle(&sources.to_bundle()).unwrap_err().to_string().contains("extend one another"));
}

#[test]
fn the_format_does_not_change_unnoticed() {
    // The content of the smallest ruleset. If this fails, the format has changed and needs another version.
    let content = codec::write(&Sources { manifest: Manifest::new("n", "1"), ..Sources::default() });
    let mut expected = vec![1, 0, 0, 0, 0, 0, 0, 0, b'n', 1, 0, 0, 0, 0, 0, 0, 0, b'1', 1, 0, 0, 0];
    expected.extend_from_slice(&[0; 4 * 8 + 1 + 4 * 8 + 1]);
    assert_eq!(content, expected);
}

proptest! {
    #[test]
    fn arbitrary_content_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Sources::from_bundle(&bytes);
        let _ = Sources::from_bundle(&envelope(&bytes));
        let _ = Sources::from_bundle(&envelope(&compress_to_vec(&bytes, 1)));
    }

    #[test]
    fn damaged_content_never_panics(at in 0_usize..2000, byte in any::<u8>()) {
        let mut content = codec::write(&sample());
        let at = at % content.len();
        content[at] = byte;
        let _ = Sources::from_bundle(&envelope(&compress_to_vec(&content, 1)));
    }
}
