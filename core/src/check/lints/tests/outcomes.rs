//! W0703, and what adjusting a base changes.

use super::{RECORD, TEXTS, extended, told};

fn decided(severity: &str, decide: &str) -> Vec<(String, String)> {
    told(&format!(
        "language 1\n{RECORD}\nindicator probe \"P\" {{\n category contact\n severity {severity}\n when n > 1\n {TEXTS}\n}}\n\
         indicator other \"O\" {{\n category work\n severity info\n when m > 1\n {TEXTS}\n}}\n\
         decide {{ categories contact, work\n weights info 1, low 5, medium 12, high 25\n {decide} }}\n"
    ))
}

fn fires(place: &str) -> [(String, String); 1] {
    [("W0703".to_owned(), place.to_owned())]
}

#[test]
fn a_score_beyond_weights_and_caps_is_told() {
    assert_eq!(decided("low", "outcomes a, b\n outcome b when score >= 7"), fires("score >= 7"));
    assert_eq!(decided("low", "outcomes a, b\n outcome b when score >= 6"), []);
    assert_eq!(decided("high", "cap contact 10\n outcomes a, b\n outcome b when score > 11"), fires("score > 11"));
    assert_eq!(
        decided(
            "high",
            "outcomes a, b\n outcome b when 30 <= score and n_raised".replace("n_raised", "raised probe").as_str()
        ),
        fires("30 <= score")
    );
}

#[test]
fn more_categories_than_can_count_are_told() {
    // An indicator of severity `info` counts no category.
    assert_eq!(decided("low", "outcomes a, b\n outcome b when categories >= 2"), fires("categories >= 2"));
    assert_eq!(decided("low", "outcomes a, b\n outcome b when categories >= 1"), []);
}

#[test]
fn an_outcome_that_a_higher_one_always_covers_is_told() {
    let rules = "outcomes a, b, c\n outcome b when score >= 5 and categories >= 1\n outcome c when score > 4";
    assert_eq!(decided("low", rules), fires("score >= 5 and categories >= 1"));
    let rules = "outcomes a, b, c\n outcome b when score >= 2\n outcome c when score >= 5 or raised other";
    assert_eq!(decided("low", rules), []);
    let rules =
        "outcomes a, b, c\n outcome b when raised probe and score >= 5\n outcome c when score >= 6 or raised probe";
    assert_eq!(decided("low", rules), fires("raised probe and score >= 5"));
}

#[test]
fn an_outcome_that_always_holds_is_a_constant_condition() {
    let found = decided("low", "outcomes a, b\n outcome b when score >= 0");
    assert_eq!(found, [("W0701".to_owned(), "score >= 0".to_owned())]);
}

const BASE: &str = "language 1\nrecord application { n: number, m: number }\nlet unused = n > 1\n\
    indicator one \"O\" { category a\n severity high\n when n > 1 }\n\
    indicator two \"T\" { category a\n severity high\n when raised one\n unless m > 1 }\n\
    decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes x, y\n outcome y when score >= 40 }\n";

#[test]
fn a_base_is_told_of_where_it_is_checked() {
    assert!(extended(BASE, "language 1\n").is_empty());
    let codes: Vec<String> = crate::ruleset::check(&crate::source::Sources::single(BASE))
        .iter()
        .map(|found| found.code.to_string())
        .collect();
    assert!(codes.contains(&"W0702".to_owned()) && codes.contains(&"W0704".to_owned()), "{codes:?}");
}

#[test]
fn what_an_adjustment_breaks_in_a_base_is_told() {
    let found = extended(BASE, "language 1\nadjust one { status shadow, because \"x\" }\n");
    let told: Vec<(&str, &str)> = found.iter().map(|found| (&*found.code, found.labels[0].file.as_str())).collect();
    assert_eq!(told, [("W0710", "base/rules.indicia"), ("W0703", "base/rules.indicia")]);
}
