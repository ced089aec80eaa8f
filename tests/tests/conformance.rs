//! Every conformance case, through the Rust crate: by JSON text and by value, with equal verdicts.

#![cfg(test)]

use indicia::{Ruleset, RulesetError, ScreenOptions, Sources};
use indicia_tests::conformance::{Case, folder, load};
use indicia_tests::screening::written;

fn run(prelude: &str, case: &Case) -> Vec<String> {
    let sources = case.sources(prelude);
    let ruleset = match Ruleset::from_sources(&sources) {
        Ok(ruleset) => ruleset,
        Err(RulesetError::Compile { diagnostics }) => return case.compare_diagnostics(&sources, &diagnostics),
        Err(error) => return vec![error.to_string()],
    };
    let mut differences = case.compare_diagnostics(&sources, ruleset.warnings());
    let options = case.options();
    let text = serde_json::to_vec(&case.record).unwrap();
    match (ruleset.screen(&text, &options), ruleset.screen_value(&case.record, &options)) {
        (Ok(by_text), Ok(by_value)) => {
            let (by_text, by_value) =
                (serde_json::to_value(&by_text).unwrap(), serde_json::to_value(&by_value).unwrap());
            if by_text != by_value {
                differences.push(format!("by text {by_text}, by value {by_value}"));
            }
            differences.extend(case.compare_verdict(&by_text));
            differences.extend(asked_again(&ruleset, &text, &options, &by_text));
        }
        (by_text, by_value) => differences.push(format!("{:?} {:?}", by_text.err(), by_value.err())),
    }
    differences
}

/// An application that is judged and reported twice says the same as one that is screened.
fn asked_again(ruleset: &Ruleset, text: &[u8], options: &ScreenOptions, verdict: &serde_json::Value) -> Vec<String> {
    let mut screener = ruleset.screener();
    let mut application = screener.read(text, options).unwrap();
    let mut differences = Vec::new();
    for _ in 0..2 {
        differences.extend(written(&mut application));
        let judgement = application.judge();
        let judged = (verdict["outcome"] == judgement.outcome(), verdict["score"] == judgement.score());
        if judged != (true, true) {
            differences.push(format!("judged as {judgement:?}, verdict {verdict}"));
        }
        let again = serde_json::to_value(application.verdict()).unwrap();
        if again != *verdict {
            differences.push(format!("asked again {again}, at first {verdict}"));
        }
    }
    differences
}

/// Such a number has no place in a case, whose record was read already.
#[test]
fn a_number_of_too_many_digits_is_evidence_however_it_is_written() {
    let source = r#"language 1
record application { n: number }
indicator probe "P" {
  category contact
  severity low
  when     n is unparsable
  because  "probe"
}
decide {
  categories contact
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 5
}"#;
    let ruleset = Ruleset::from_sources(&Sources::single(source)).unwrap();
    let (mut screener, options) = (ruleset.screener(), ScreenOptions::default());
    let mut application = screener.read(br#"{"n": 1234567890123456789012345}"#, &options).unwrap();
    assert_eq!(written(&mut application), Vec::<String>::new());
    let verdict = serde_json::to_value(application.verdict()).unwrap();
    assert_eq!(verdict["raised"][0]["findings"][0]["evidence"][0]["value"], 1_234_567_890_123_456_789_012_345.0);
}

#[test]
fn every_case_holds() {
    let only = std::env::var("INDICIA_CASE").unwrap_or_default();
    // One failure is enough where only that there is one is asked.
    let first = std::env::var_os("INDICIA_FIRST").is_some();
    let files = load(&folder().join("cases")).unwrap();
    let (mut count, mut failures) = (0, Vec::new());
    for (name, file) in &files {
        for case in &file.cases {
            let id = format!("{name}/{}", case.name);
            if !id.contains(&only) {
                continue;
            }
            count += 1;
            let differences = run(&file.prelude, case);
            if !differences.is_empty() {
                failures.push(format!("{id}\n    {}", differences.join("\n    ")));
                assert!(!first, "{}", failures.join("\n"));
            }
        }
    }
    println!("{count} cases, {} fail", failures.len());
    assert!(failures.is_empty(), "{} of {count} cases fail:\n{}", failures.len(), failures.join("\n"));
    assert!(!only.is_empty() || count >= 250, "only {count} cases");
}
