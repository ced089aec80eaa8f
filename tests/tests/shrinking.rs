//! A property that fails is told by a small case: one that can be read, that is valid, and that shows the failure.

#![cfg(test)]

mod proof;

use indicia::{Ruleset, Truth};
use indicia_tests::conformance::load;
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Tape, draw_ruleset};
use indicia_tests::screening::{applications, expected, truth_of};
use indicia_tests::shrink::{Failure, Found};
use proof::{Trials, smallest};
use serde_json::Value as Json;

fn draw(rules: &[u16], facts: &[u16]) -> Vec<Found> {
    let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
    applications(&drawn.text(), &record::rows(&mut Tape::new(facts)), facts, Quirks::USUAL)
}

/// Which is wrong: an indicator that names two of the paths is never raised.
fn nothing_is_raised_by(found: &Found, paths: [&str; 2]) -> Result<(), Failure> {
    let verdict = found.screen(&found.ruleset()?)?;
    for raised in &verdict.raised {
        let cited = raised.findings.iter().flat_map(|finding| &finding.evidence);
        let cited: Vec<&str> = cited.map(|entry| entry.path.as_str()).collect();
        if paths.iter().all(|path| cited.iter().any(|cited| cited.contains(path))) {
            return Err(found.wrong("it is raised", expected([(raised.indicator.as_str(), Truth::False)])));
        }
    }
    Ok(())
}

#[test]
fn a_failure_is_told_by_a_small_and_valid_case() {
    let check = |found: &Found| nothing_is_raised_by(found, ["work[", "form."]);
    let trials = Trials { cases: 2000, lengths: [120, 600] };
    let failure = smallest(trials, &draw, &check).unwrap();
    let found = failure.case.unwrap();
    let told = found.to_string();

    // Small: one indicator of as many clauses as it must have, and no fields that it does not read.
    assert_eq!(found.rules.matches("indicator ").count(), 1, "{told}");
    assert!(found.rules.lines().count() <= 36, "{told}");
    let when = found.rules.lines().find(|line| line.contains("  when ")).unwrap();
    assert!(when.len() < 120, "{told}");
    let fields = found.record.as_object().unwrap();
    assert!(fields.len() <= 3 && fields.contains_key("work") && fields.contains_key("form"), "{told}");
    assert!(!found.record.to_string().contains("null"), "{told}");

    // Valid: a file of cases, whose only case does not hold, since the property is wrong.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("found.yaml"), &told).unwrap();
    let files = load(folder.path()).unwrap();
    let [case] = files[0].1.cases.as_slice() else { panic!("{told}") };
    let ruleset = Ruleset::from_sources(&case.sources("")).unwrap();
    let verdict = ruleset.screen_value(&case.record, &case.options()).unwrap();
    let differences = case.compare_verdict(&serde_json::to_value(&verdict).unwrap());
    assert_eq!(differences.len(), 1, "{differences:?}\n{told}");
    assert!(differences[0].contains("to be false, found true"), "{differences:?}");

    // And it shows the failure, not something else that failed on the way.
    let ids: Vec<&str> = found.expect["clear"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    assert!(ids.iter().all(|id| truth_of(&verdict, id) == Truth::True), "{told}");
}

#[test]
fn a_case_tells_rows_the_day_and_limits() {
    let mut found = draw(&[1; 100], &[3; 100]).remove(0);
    found.rows = record::rows(&mut Tape::new(&[]));
    found.as_of = Some("2020-03-01".to_owned());
    found.limits.insert("pairs".to_owned(), 7);
    found.expect = expected([("i0", Truth::Unknown)]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("found.yaml"), found.to_string()).unwrap();
    let files = load(folder.path()).unwrap();
    let case = &files[0].1.cases[0];
    assert_eq!(case.files["rules.indicia"], found.rules);
    assert_eq!(case.record, found.record);
    assert_eq!(case.as_of, found.as_of);
    assert_eq!(case.options().limits.max_pairs, 7);
    assert_eq!(case.expect.unknown, ["i0"]);
    assert!(!found.rows.is_empty());
    Ruleset::from_sources(&case.sources("")).unwrap();
}
