//! Tests of choosing and reducing examples.

use crate::cases::{CaseFile, Example};
use crate::ruleset::Ruleset;
use crate::source::Sources;
use serde_json::json;

const RULES: &str = r#"language 1

record application {
  id: text
  submitted: instant
  a: number
  place: text
  name: text from "fullName"
  work: list of { name: text, end: date from "endDate" }
}

list known: text empty
list others: text empty

indicator high "High" {
  category c
  severity low
  when     a > 10
  because  "a is {a}"
}

indicator twice "Two jobs" {
  category c
  severity low
  for at least 2 w in work
  when     w.end > @2020
  because  "{w.name}"
}

indicator recent "Recent" {
  category c
  severity low
  status   shadow
  for any w in work
  when     w.end > as_of - 1 year
  because  "{w.name} ended {w.end}"
}

indicator listed "Listed" {
  category d
  severity low
  when     name in known
  because  "{name}"
}

indicator both "Both" {
  category d
  severity low
  when     raised listed and raised high
  because  "both"
}

indicator short "Few jobs" {
  category d
  severity low
  when     work.length == 3 and work.last.end < @2010
  because  "{work.length}"
}

indicator told "Told" {
  category d
  severity low
  for any w in work
  when     w.end < @2020
  because  "{w.name}, {name}, {place}"
}

indicator never "Never" {
  category d
  severity low
  when     a < 0
  because  "never"
}

decide {
  categories c, d
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 1
}
"#;

const CASES: &str = r#"
bases:
  one:
    id: x
    a: 50
    fullName: Ada
    work:
      - { name: A, endDate: "2019" }
      - { name: B, endDate: "2024-05" }
      - { name: C, endDate: "2023-05" }
cases:
  - { name: by the way, record: { a: 11 }, expect: { outcome: review } }
  - { name: high, base: one, expect: { raised: [high] } }
  - { name: two, base: one, expect: { raised: [twice] } }
  - { name: dated, base: one, as_of: "2024-06-01", expect: { raised: [recent] } }
  - { name: with rows, base: one, lists: { known: [Ada], others: [Eve] }, expect: { only: [listed, both, high, twice] } }
  - { name: few, base: one, changes: { "work[2].end": "2001" }, expect: { raised: [short] } }
  - { name: told, base: one, expect: { raised: [told] } }
  - { name: longer and quoted, base: one, changes: { place: Far away }, expect: { only: [told, high, twice], because: { told: "A, Ada, Far away" } } }
  - { name: broken, base: one, changes: { "work[9].end": "2001" }, expect: { raised: [never] } }
"#;

fn examples() -> Vec<Example> {
    let ruleset = Ruleset::from_sources(&Sources::single(RULES)).unwrap();
    ruleset.examples(&[CaseFile::parse("x.cases.yaml", CASES).unwrap()])
}

fn of(indicator: &str) -> Example {
    examples().into_iter().find(|example| example.indicator == indicator).unwrap()
}

#[test]
fn a_case_that_says_so_comes_before_a_smaller_one_that_happens_to() {
    let high = of("high");
    assert_eq!((high.case.as_str(), high.file.as_str(), high.whole), ("high", "x.cases.yaml", false));
    assert_eq!(high.record, json!({ "a": 50 }));
    assert_eq!(high.raised.findings[0].because, "a is 50");
    assert_eq!(high.raised.findings[0].evidence[0].path, "a");
}

#[test]
fn what_needs_several_findings_keeps_them_and_their_paths_are_those_of_the_reduced_record() {
    let twice = of("twice");
    assert_eq!(twice.record["work"].as_array().unwrap().len(), 2, "{}", twice.record);
    assert_eq!(twice.raised.findings[0].evidence[0].path, "work[0].end");
}

#[test]
fn what_the_sentence_tells_of_the_same_element_is_kept_and_a_case_that_quotes_it_comes_first() {
    let told = of("told");
    let work = json!([{ "name": "A", "endDate": "2019" }]);
    assert_eq!(told.record, json!({ "fullName": "Ada", "place": "Far away", "work": work }));
    assert_eq!(
        (told.case.as_str(), told.raised.findings[0].because.as_str()),
        ("longer and quoted", "A, Ada, Far away")
    );
}

#[test]
fn the_day_is_given_only_where_it_matters() {
    assert_eq!(of("recent").as_of.as_deref(), Some("2024-06-01"));
    assert_eq!(of("high").as_of, None);
}

#[test]
fn rows_are_those_that_the_indicator_uses_also_through_another() {
    for indicator in ["listed", "both"] {
        let example = of(indicator);
        assert_eq!(example.case, "with rows");
        assert_eq!(example.lists.keys().collect::<Vec<_>>(), ["known"], "{indicator}");
    }
    assert_eq!(of("both").record, json!({ "a": 50, "fullName": "Ada" }));
    assert!(of("high").lists.is_empty());
}

#[test]
fn a_record_that_needs_its_empty_elements_keeps_them() {
    let short = of("short");
    assert_eq!(short.record["work"].as_array().unwrap().len(), 3, "{}", short.record);
    assert!(!short.whole);
}

#[test]
fn what_no_case_raises_has_no_example_and_the_order_is_that_of_the_ruleset() {
    let ids: Vec<String> = examples().into_iter().map(|example| example.indicator).collect();
    assert_eq!(ids, ["high", "recent", "twice", "both", "listed", "short", "told"]);
}

#[test]
fn every_example_of_the_rulesets_own_rows_is_what_screening_its_record_gives() {
    let ruleset = Ruleset::from_sources(&Sources::single(RULES)).unwrap();
    for example in examples().into_iter().filter(|example| example.lists.is_empty()) {
        let mut options = crate::options::ScreenOptions::default();
        options.as_of.clone_from(&example.as_of);
        let verdict = ruleset.screen_value(&example.record, &options).unwrap();
        let found = verdict.raised.iter().chain(&verdict.shadow).find(|raised| raised.indicator == example.indicator);
        assert_eq!(found, Some(&example.raised));
    }
}
