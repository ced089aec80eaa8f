//! Tests of finding what no record declares.

use crate::cases::CaseFile;
use crate::ruleset::Ruleset;
use crate::source::Sources;

const RULES: &str = r#"language 1

record job { start: date from "startDate", name: text }
record application {
  id: text
  form: { country: country, phone: phone, skills: list of text }
  work: list of job
}

indicator from_us "From the US" {
  category contact
  severity low
  when     form.country == US
}

decide {
  categories contact
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 12
}
"#;

fn ruleset() -> Ruleset {
    Ruleset::from_sources(&Sources::single(RULES)).unwrap()
}

fn found(cases: &str) -> Vec<String> {
    let file = CaseFile::parse("x.cases.yaml", cases).unwrap();
    let found = ruleset().untested(&[file]);
    let errors = found.into_iter().filter(crate::Diagnostic::is_error);
    errors.map(|error| format!("{error} ({})", error.help.clone().unwrap_or_default())).collect()
}

fn of_case(case: &str) -> Vec<String> {
    found(&format!("cases:\n  - name: one\n{case}\n    expect: {{clear: [from_us]}}\n"))
}

#[test]
fn a_misspelt_key_of_a_record_is_pointed_at() {
    assert_eq!(
        of_case("    record: {form: {contry: US}}"),
        ["x.cases.yaml:3:21: error[E0510]: case `one`: unknown field `form.contry` (did you mean `form.country`?)"]
    );
}

#[test]
fn a_misspelt_path_of_a_change_is_pointed_at() {
    assert_eq!(
        of_case("    record: {}\n    changes:\n      form.contry: US\n      \"work[0].nam\": x\n      foo.bar.baz: 3"),
        [
            "x.cases.yaml:5:7: error[E0510]: case `one`: unknown field `form.contry` (did you mean `form.country`?)",
            "x.cases.yaml:6:7: error[E0510]: case `one`: unknown field `work[0].nam` (did you mean `work[0].name`?)",
            "x.cases.yaml:7:7: error[E0510]: case `one`: unknown field `foo` (known are `id`, `form` and `work`)",
        ]
    );
}

#[test]
fn keys_in_a_changes_value_are_looked_at() {
    assert_eq!(
        of_case("    record: {}\n    changes: {work: [{name: a}, {naem: b}]}"),
        ["x.cases.yaml:4:34: error[E0510]: case `one`: unknown field `work[1].naem` (did you mean `work[1].name`?)"]
    );
}

#[test]
fn a_misspelt_key_of_a_base_is_reported_once() {
    let cases = "bases:\n  all: {form: {phon: x}}\ncases:\n  - {name: a, base: all, expect: {clear: [from_us]}}\n  - {name: b, base: all, expect: {clear: [from_us]}}\n";
    assert_eq!(
        found(cases),
        ["x.cases.yaml:2:16: error[E0510]: base `all`: unknown field `form.phon` (did you mean `form.phone`?)"]
    );
}

#[test]
fn records_are_made_of_keys_and_changes_of_names_or_keys() {
    assert_eq!(of_case("    record: {work: [{startDate: 2019}]}\n    changes: {\"work[0].start\": 2018}"), [""; 0]);
    assert_eq!(of_case("    record: {work: [{}]}\n    changes: {\"work[0].startDate\": 2018}"), [""; 0]);
    assert_eq!(
        of_case("    record: {work: [{start: 2019}]}"),
        [
            "x.cases.yaml:3:22: error[E0510]: case `one`: unknown field `work[0].start` (field `start` is read from the key `startDate`)"
        ]
    );
}

#[test]
fn lists_want_an_element_and_plain_values_have_no_fields() {
    let case =
        "    record: {}\n    changes: {work.name: x, \"form[0]\": 1, form.phone.country: US, \"form.skills[0]\": Go}";
    let messages = of_case(case);
    let messages: Vec<_> = messages.iter().filter_map(|message| message.split("one`: ").nth(1)).collect();
    assert_eq!(
        messages,
        [
            "`work` is a list (name an element: `work[0]`)",
            "`form` is no list ()",
            "`form.phone` has no fields that could be given ()"
        ]
    );
}

#[test]
fn a_value_of_the_wrong_type_is_no_mistake_of_a_case() {
    assert_eq!(of_case("    record: {form: 7, work: {a: 1}}"), [""; 0]);
    assert_eq!(of_case("    record: {form: {phone: {a: 1}}, work: [3, null]}"), [""; 0]);
}

#[test]
fn a_case_with_an_unknown_field_fails() {
    let cases = "bases:\n  all: {form: {phon: x}}\ncases:\n  - name: a\n    base: all\n    changes: {form.contry: US}\n    expect: {clear: [from_us]}\n";
    let report = ruleset().run_cases(&[CaseFile::parse("x.cases.yaml", cases).unwrap()]);
    let expected = [
        "line 2: base `all`: unknown field `form.phon` (did you mean `form.phone`?)",
        "line 6: unknown field `form.contry` (did you mean `form.country`?)",
        "expected `from_us` to be clear, but it can't be judged: `form.country` missing",
    ];
    let found = &report.cases[0].differences;
    assert_eq!(found[..2], expected[..2], "{found:?}");
    assert_eq!((found.len(), report.failed()), (3, 1), "{found:?}");
}
