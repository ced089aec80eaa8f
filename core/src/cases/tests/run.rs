//! Tests of running cases, with the engine.

use crate::cases::{CaseFile, CaseReport, IndicatorCoverage, Probe};
use crate::ruleset::Ruleset;
use crate::source::Sources;

const RULES: &str = r#"language 1

record application {
  id: text
  submitted: instant
  form: { a: number, b: number, name: text }
  work: list of { name: text, end: date }
}

list known_names: text empty
table makers by name: text { founded: date } empty

let big = form.a > 10

indicator a_is_one "A is one" {
  category contact
  severity low
  when     form.a == 1 or form.b == 1
  because  "a is {form.a}"
}

indicator listed "Name is listed" {
  category contact
  severity medium
  when     form.name in known_names
  because  "{form.name} is listed"
}

indicator no_name "No name" {
  category identity
  severity low
  status   shadow
  when     form.name is missing
  because  "no name"
}

indicator early "Ended before it was founded" {
  category identity
  severity low
  for any  w in work
  when     w.end < makers[w.name].founded and not big
  because  "{w.name} in {w.end}"
}

indicator both "Both" {
  category identity
  severity info
  when     raised a_is_one and raised early
  because  "both"
}

decide {
  categories contact, identity
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 12
}
"#;

const CASES: &str = r#"
bases:
  plain: { submitted: "2026-01-01T00:00:00Z", form: { a: 2, b: 2, name: Ann } }
cases:
  - name: nothing is wrong
    base: plain
    lists: { known_names: [], makers: [] }
    expect: { only: [], clear: [ a_is_one, listed, no_name ], score: 0, outcome: clear }
  - name: a is one
    base: plain
    changes: { form.a: 1 }
    expect: { raised: [ a_is_one ], unknown: [ listed ], evidence: { a_is_one: [ form.a ] }, because: { a_is_one: "a is 1" } }
  - name: a and b are one
    base: plain
    changes: { form.a: 1, form.b: 1 }
    expect: { only: [ a_is_one ], evidence: { a_is_one: [ form.b, form.a ] }, score: 5 }
  - name: a listed name
    base: plain
    lists: { known_names: [ ANN ] }
    expect: { only: [ listed ], score: 12, outcome: review }
  - name: no name
    base: plain
    changes: { form.name: null }
    expect: { only: [ no_name ], unknown: [ listed ], score: 0 }
  - name: two jobs ended early
    base: plain
    changes:
      form.a: 1
      work: [ { name: Acme, end: "1980" }, { name: Other, end: "1980" }, { name: ACME, end: 1970-05 } ]
    lists: { makers: [ { name: acme, founded: "1990" } ] }
    expect: { only: [ a_is_one, early, both ], score: 11 }
"#;

fn ruleset() -> Ruleset {
    match Ruleset::from_sources(&Sources::single(RULES)) {
        Ok(ruleset) => ruleset,
        Err(crate::RulesetError::Compile { diagnostics }) => panic!("{diagnostics:#?}"),
        Err(other) => panic!("{other}"),
    }
}

fn run(cases: &str) -> CaseReport {
    ruleset().run_cases(&[CaseFile::parse("x.cases.yaml", cases).unwrap()])
}

fn coverage<'a>(report: &'a CaseReport, id: &str) -> &'a IndicatorCoverage {
    report.coverage.iter().find(|coverage| coverage.indicator == id).unwrap()
}

#[test]
fn cases_that_hold_pass_and_the_probes_find_nothing() {
    let report = run(CASES);
    for case in &report.cases {
        assert_eq!(case.differences, Vec::<String>::new(), "{}", case.name);
    }
    assert_eq!(report.probe_failures, Vec::new());
    assert_eq!(report.failed(), 0);
    assert!(report.probes > 50, "{} probes", report.probes);
}

#[test]
fn coverage_counts_cases_and_leaves() {
    let report = run(CASES);
    let one = coverage(&report, "a_is_one");
    assert_eq!((one.raised, one.clear, one.unknown, one.can_be_unknown), (3, 3, 0, true));
    let leaves: Vec<_> = one
        .leaves
        .iter()
        .map(|leaf| (leaf.text.as_str(), leaf.seen_true, leaf.seen_false, leaf.seen_unknown))
        .collect();
    assert_eq!(leaves, [("form.a == 1", 3, 3, 0), ("form.b == 1", 1, 5, 0)]);
    assert_eq!(one.gaps(), ["never unknown", "`form.a == 1` never unknown", "`form.b == 1` never unknown"]);
    let missing = coverage(&report, "no_name");
    assert_eq!((missing.raised, missing.clear, missing.can_be_unknown), (1, 5, false));
    assert_eq!(missing.gaps(), Vec::<String>::new());
    assert_eq!(coverage(&report, "listed").gaps(), Vec::<String>::new());
    assert!(!report.is_covered());
}

#[test]
fn differences_are_said_in_words() {
    let report = run(r#"
cases:
  - name: all wrong
    record: { form: { a: 1, name: Ann } }
    lists: { known_names: [ Ann ] }
    expect:
      raised: [ no_name, early, a_is_on ]
      only: [ a_is_one ]
      clear: [ a_is_one ]
      unknown: [ listed ]
      score: 3
      outcome: clear
      evidence: { a_is_one: [ form.b ], no_name: [ form.name ] }
      because: { a_is_one: "a is 2" }
  - name: no such outcome
    record: {}
    expect: { outcome: revew }
  - name: rows that do not fit
    record: {}
    lists: { no_such_list: [ a ] }
    expect: { score: 0 }
"#);
    assert_eq!(
        report.cases[0].differences,
        [
            "no indicator is called `a_is_on` (did you mean `a_is_one`?)",
            "expected `no_name` to be raised, but it is clear",
            "expected `early` to be raised, but it is unknown: `work` is missing",
            "expected `a_is_one` to be clear, but it is raised: \"a is 1\"",
            "expected `listed` to be unknown, but it is raised: \"Ann is listed\"",
            "expected nothing else to be raised, but `listed` is raised: \"Ann is listed\"",
            "expected the score 3, found 17 (contact 17)",
            "expected the outcome `clear`, found `review` (score >= 12)",
            "expected the evidence of `a_is_one` to be `form.b`, found `form.a`",
            "expected evidence of `no_name`, but it is not raised",
            "expected `a_is_one` to say \"a is 2\", found \"a is 1\"",
        ]
    );
    assert!(
        report.cases[1].differences[0].starts_with("no outcome is called `revew`"),
        "{:?}",
        report.cases[1].differences
    );
    assert!(
        report.cases[2].differences[0].starts_with("the case's rows don't fit: "),
        "{:?}",
        report.cases[2].differences
    );
    assert_eq!(report.failed(), 3);
}

#[test]
fn the_report_is_data() {
    let report = run(CASES);
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<CaseReport>(&text).unwrap(), report);
    assert_eq!(serde_json::to_value(Probe::EvidenceAlone).unwrap(), "evidence_alone");
}
