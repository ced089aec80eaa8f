//! Tests of case files.

use super::{CaseFile, Names};
use crate::source::Rows;
use serde_json::json;

const TEXT: &str = r#"
bases:
  honest: { form: { phone: 0755, work: [ { end: present }, { end: 2019 } ] } }
cases:
  - name: a phone that is too short
    base: honest
    changes: { "form.work[0]": null, "form.work[0].end": null, form.phone: "+1", form.new.x: 1 }
    lists: { mills: [ a, 12 ], companies: [ { name: A, founded: 1999 } ], none: [] }
    as_of: 2026-01-01
    expect: { raised: [ a ], only: [], score: 5, evidence: { a: [ form.phone ] } }
  - name: own record
    record: { form: {} }
    expect: { clear: [ a ] }
"#;

#[test]
fn a_case_file_is_read() {
    let file = CaseFile::parse("contact.cases.yaml", TEXT).unwrap();
    assert_eq!(file.file, "contact.cases.yaml");
    let case = &file.cases[0];
    let order: Vec<_> = case.changes.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(order, ["form.work[0]", "form.work[0].end", "form.phone", "form.new.x"]);
    assert_eq!(
        case.record(&file.bases, &Names::default()).unwrap(),
        json!({"form": {"phone": "+1", "work": [{}], "new": {"x": 1}}})
    );
    assert_eq!(case.as_of.as_deref(), Some("2026-01-01"));
    assert_eq!(case.lists["mills"], Rows::List(vec!["a".to_owned(), "12".to_owned()]));
    assert!(matches!(&case.lists["companies"], Rows::Table(rows) if rows[0]["founded"] == 1999));
    assert_eq!(case.lists["none"], Rows::List(Vec::new()));
    assert_eq!(case.expect.only, Some(Vec::new()));
    assert_eq!(file.cases[1].expect.only, None);
    assert_eq!(serde_json::from_str::<CaseFile>(&serde_json::to_string(&file).unwrap()).unwrap().cases, file.cases);
}

#[test]
fn a_case_that_does_not_hold_together_is_pointed_at() {
    let text = "bases: {}\ncases:\n  - name: one\n    base: nowhere\n    expect: {score: 1}\n  - name: \"two\"\n    record: {}\n    expect: {}\n  - name: two\n    record: {}\n    base: x\n    changes: {}\n    expect: {score: 1}\n  - {name: four, record: {}, changes: {\"a b\": 1}, expect: {score: 0}}\n";
    let errors = CaseFile::parse("x.cases.yaml", text).unwrap_err();
    let found: Vec<_> = errors
        .iter()
        .map(|e| {
            let span = e.labels[0].span;
            (e.code.as_ref(), e.message.as_str(), text.get(span.start as usize..span.end as usize).unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("E0510", "case `one`: the file has no base `nowhere`", "one"),
            ("E0510", "case `two`: nothing is expected", "\"two\""),
            ("E0510", "case `two`: another case has the same name", "two"),
            ("E0510", "case `two`: a case has either a `base` or a `record`", "two"),
            ("E0510", "case `four`: `a b` is no path of a record", ""),
        ]
    );
}

#[test]
fn an_unknown_key_is_an_error() {
    let text = "cases:\n  - name: a\n    record: {}\n    expect: {rased: [x]}\n";
    let errors = CaseFile::parse("x.cases.yaml", text).unwrap_err();
    assert_eq!(errors[0].code, "E0507");
    assert!(errors[0].message.contains("`rased`"), "{}", errors[0].message);
    let text = "cases:\n  - {name: a, record: {}, lists: {x: [[1]]}, expect: {score: 1}}\n";
    let errors = CaseFile::parse("x.cases.yaml", text).unwrap_err();
    assert_eq!(errors[0].message, "rows of `x`: expected either texts or objects");
}

#[test]
fn a_path_with_brackets_that_lacks_quotes_is_named() {
    let text = "cases:\n  - name: a\n    record: {}\n    changes: { form.x: 1, resume.work[2].end: 2019 }\n    expect: {score: 1}\n";
    let errors = CaseFile::parse("x.cases.yaml", text).unwrap_err();
    assert_eq!((errors[0].code.as_ref(), errors[0].position.unwrap().line), ("E0507", 4), "{errors:?}");
    assert_eq!(errors[0].help.as_deref(), Some("a path with brackets needs quotes here: `\"resume.work[2].end\"`"));
    let text = "cases:\n  - name: a\n    record: {a: [1, 2}\n";
    assert_eq!(CaseFile::parse("x.cases.yaml", text).unwrap_err()[0].help, None);
}
