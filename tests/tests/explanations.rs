//! An explanation is the computation: over every conformance case it says what the verdict says.

#![cfg(test)]

use indicia::{Ruleset, Truth};
use indicia_tests::conformance::{folder, load};

#[test]
fn explanations_agree_with_verdicts() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, file) in load(&folder().join("cases")).unwrap() {
        for case in &file.cases {
            let Ok(ruleset) = Ruleset::from_sources(&case.sources(&file.prelude)) else { continue };
            let (options, text) = (case.options(), serde_json::to_vec(&case.record).unwrap());
            let Ok(verdict) = ruleset.screen(&text, &options) else { continue };
            for indicator in ruleset.indicators() {
                let said = |list: &[indicia::Raised]| list.iter().any(|raised| raised.indicator == indicator.id);
                let truth = if said(&verdict.raised) || said(&verdict.shadow) {
                    Truth::True
                } else if verdict.unknown.iter().any(|unknown| unknown.indicator == indicator.id) {
                    Truth::Unknown
                } else {
                    Truth::False
                };
                let explained = ruleset.explain(&indicator.id, &text, &options).unwrap().truth;
                // The verdict does not tell a clear indicator in the shadow from an unknown one.
                if explained != truth && !(indicator.shadow && truth == Truth::False && explained == Truth::Unknown) {
                    wrong.push(format!(
                        "{name}/{}: {} is {truth:?}, explained as {explained:?}",
                        case.name, indicator.id
                    ));
                }
                compared += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 250, "only {compared} indicators compared");
}
