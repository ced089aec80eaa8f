//! The ruleset that the crate embeds is the one in `rulesets/applicant-fraud`, and it loads.

#![cfg(test)]

use indicia::{Ruleset, Sources};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
const BUNDLE: &[u8] = include_bytes!("../../core/data/applicant-fraud.bundle");

#[test]
fn the_embedded_bundle_is_that_of_the_folder() {
    let folder = Sources::from_folder(FOLDER).unwrap();
    let bundle = Sources::from_bundle(BUNDLE).unwrap();
    assert!(
        folder == bundle,
        "core/data/applicant-fraud.bundle is stale; build it anew:\n  \
         cargo run -p indicia-cli -- build rulesets/applicant-fraud -o core/data/applicant-fraud.bundle"
    );
}

#[test]
fn the_embedded_ruleset_loads() {
    let ruleset = Ruleset::default_ruleset().unwrap();
    assert_eq!(ruleset.name(), "applicant-fraud");
    assert_eq!(ruleset.sources(), &Sources::from_bundle(BUNDLE).unwrap());
    assert_eq!(ruleset.digest(), Ruleset::from_bundle(BUNDLE).unwrap().digest());
}
