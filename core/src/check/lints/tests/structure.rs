//! W0702, W0705, W0706, W0709, W0710 and W0711.

use super::{RECORD, TEXTS, assert_fires, assert_quiet, told};
use crate::cases::CaseFile;
use crate::ruleset::Ruleset;
use crate::source::Sources;
use std::fmt::Write as _;

#[test]
fn what_only_an_unused_let_uses_is_not_told_twice() {
    let items = "setting limit = 3 \"x\"\nlet many = n > limit";
    assert_fires("W0702", items, "when p", "many");
    assert_quiet(items, "when many");
}

#[test]
fn a_pair_in_one_direction_is_told() {
    let pair = "for any pair v, w in form.work\n when";
    assert_fires("W0705", "", &format!("{pair} v.end < w.start"), "v.end < w.start");
    assert_fires("W0705", "", &format!("{pair} v.end == w.end and v.start > w.start"), "v.start > w.start");
    assert_fires("W0705", "", &format!("{pair} v.name contains w.name"), "v.name contains w.name");
    assert_fires("W0705", "", &format!("{pair} v.contract == part"), "v.contract == part");
    assert_fires(
        "W0705",
        "",
        &format!("{pair} v.name == w.name\n unless known v.contract == part"),
        "v.contract == part",
    );
    assert_fires("W0705", "", "for any pair v, w in form.work, h in v.highlights\n when h == t", "h == t");
}

#[test]
fn a_pair_in_both_directions_is_left_alone() {
    for condition in [
        "v.name == w.name",
        "v.end != w.end and v.name agrees with w.name",
        "overlap(period(v.start, v.end), period(w.start, w.end)) > 3 months",
        "v.contract == part and w.contract == part",
        "(v.end < w.start or w.end < v.start) and v.name same as w.name",
        "not (w.start > v.end or v.start > w.end)",
        "v.start within 3 days of w.start",
        "v.name within 1 edit of w.name",
        "(any h in v.highlights, k in w.highlights: h == k)",
        "(any h in v.highlights, k in w.highlights: h contains k and k contains h)",
        "n > 3",
    ] {
        assert_quiet("", &format!("for any pair v, w in form.work\n when {condition}"));
    }
    assert_quiet("", "for any pair v, w in form.work, h in v.highlights, k in w.highlights\n when h == k");
    assert_quiet("", "for any pair s, r in [form, resume]\n when not s.name agrees with r.name");
}

#[test]
fn all_without_an_element_is_told() {
    let all = "all w in form.work: w.end is missing";
    assert_fires("W0709", "", &format!("when {all}"), all);
    assert_fires("W0709", "", &format!("when n > 1 and ({all})"), all);
    assert_fires("W0709", "", &format!("when form.work is present and ({all})"), all);
    assert_fires("W0709", "", &format!("when (any w in resume.work: w.end is missing) and ({all})"), all);
    assert_fires("W0709", "let every = all w in form.work: w.end is missing", "when every and n > 1", all);
}

#[test]
fn all_beside_an_element_is_left_alone() {
    let all = "(all w in form.work: w.end is missing)";
    for beside in [
        "(any v in form.work: v.start is present)",
        "(at least 2 v in form.work: v.start is present)",
        "form.work.length > 0",
        "1 <= form.work.length",
        "form.work.length != 0",
        "form.work.first.start is present",
        "form.work.last.end < as_of",
        "count(v in form.work: v.start is present) >= 1",
        "latest(v in form.work: v.start) < @2020",
        "known (any v in form.work: v.start is present)",
    ] {
        assert_quiet("", &format!("when {beside} and {all}"));
    }
    assert_quiet("", "for any w in form.work\n when all v in form.work: v.end <= w.end");
    assert_quiet("", "when not (all w in form.work: w.end is missing)");
    assert_quiet("", "when no w in form.work: w.end is missing");
}

#[test]
fn every_missing_clause_is_told_by_name() {
    let text = format!(
        "language 1\n{RECORD}\nindicator probe \"P\" {{ category c\n severity low\n when p\n verify \" \" }}\n\
         decide {{ categories c\n weights info 1, low 5, medium 12, high 25\n outcomes a, b\n outcome b when score >= 5 }}"
    );
    let found = crate::ruleset::check(&Sources::single(text));
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    let expected =
        ["because", "verify", "caution", "source"].map(|clause| format!("indicator `probe` has no `{clause}`"));
    assert_eq!(messages, expected);
}

#[test]
fn reading_a_shadow_is_told_of_indicators_and_outcomes() {
    let rules = |reader: &str, outcome: &str| {
        told(&format!(
            "language 1\n{RECORD}\nindicator quiet \"Q\" {{ category c\n severity low\n status shadow\n when p\n {TEXTS} }}\n\
             let silent = raised quiet\n\
             indicator loud \"L\" {{ category c\n severity low\n {reader}\n {TEXTS} }}\n\
             decide {{ categories c\n weights info 1, low 5, medium 12, high 25\n outcomes a, b\n outcome b when {outcome} }}"
        ))
    };
    let fires = |place: &str| [("W0710".to_owned(), place.to_owned())];
    assert_eq!(rules("when n > 1 or silent", "score >= 5"), fires("silent"));
    assert_eq!(rules("when n > 1\n unless raised quiet or silent", "score >= 5")[0], fires("raised quiet")[0]);
    assert_eq!(rules("when silent", "score >= 5")[0], fires("silent")[0]);
    assert_eq!(rules("status shadow\n when silent", "score >= 5"), []);
    let outcome = rules("when n > 1 or not silent", "score >= 5 or raised quiet");
    assert_eq!(outcome.last(), fires("raised quiet").first());
}

#[test]
fn indicators_that_no_case_names_are_told() {
    let rules = "language 1\nrecord application { n: number }\n\
        indicator one \"O\" { category c\n severity low\n when n > 1 }\n\
        indicator two \"T\" { category c\n severity low\n when n > 2 }\n\
        decide { categories c\n weights info 1, low 5, medium 12, high 25\n outcomes a, b\n outcome b when score >= 5 }";
    let ruleset = Ruleset::from_sources(&Sources::single(rules)).unwrap();
    let mut file = CaseFile::default();
    let mut case = crate::cases::Case::default();
    case.expect.clear = vec!["two".to_owned()];
    file.cases.push(case);
    let found = ruleset.untested(&[file]);
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0].code, found[0].message.as_str()), ("W0711", "indicator `one` has no cases"));
}

#[test]
fn lets_that_double_thirty_times_end() {
    let mut items = "let c0 = n > 1 and p\nlet v0 = n ?? m\n".to_owned();
    for level in 1..30 {
        let before = level - 1;
        let _ = writeln!(items, "let c{level} = c{before} and (c{before} or n > {level})");
        let _ = writeln!(items, "let v{level} = (v{before} ?? v{before}) + v{before}");
    }
    let found = told(&super::ruleset(&items, "when c29 and v29 > 3\n unless c28 or v28 > 5"));
    assert!(found.iter().all(|(code, _)| code != "W0702"), "{found:?}");
}
