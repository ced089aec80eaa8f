//! What becomes of values: types, blanks, limits, errors and their places.

use super::sample::{by_text, by_value, layout};
use crate::error::InputError;
use crate::input::{bind_json, raw_value};
use crate::limits::Limits;
use crate::record::{Address, Record, State};
use serde_json::{Value, json};

fn bound(value: &Value) -> Value {
    let (layout, limits) = (layout(), Limits::default());
    let by_text = by_text(&layout, &limits, value.to_string().as_bytes()).unwrap();
    assert_eq!(by_text, by_value(&layout, &limits, value).unwrap());
    by_text
}

fn problems(value: &Value) -> Value {
    bound(value)["problems"].clone()
}

#[test]
fn blank_text_and_null_are_missing() {
    let all = bound(
        &json!({"id": " \t", "submitted": null, "form": {"name": "", "tags": ["", null, "x"], "work": [null, {}]}}),
    );
    assert_eq!(all["dump"], json!({"form": {"tags": [null, null, "x"], "work": [null, {}]}}));
    assert_eq!(all["problems"], json!([]));
}

#[test]
fn evidence_is_as_written() {
    let all =
        bound(&json!({"id": " a ", "form": {"age": 5.0, "ok": false, "phone": "Upon request"}, "resume": {"age": 5}}));
    assert_eq!(
        all["dump"],
        json!({"id": " a ", "form": {"age": 5.0, "ok": false, "phone": "Upon request"}, "resume": {"age": 5}})
    );
}

#[test]
fn problems_name_path_expected_and_found() {
    let record = json!({"submitted": "yesterday", "form": {"age": "12", "ok": 1, "ip": "300.1.1.1", "status": "closed", "name": 5,
        "location": {"countryCode": "Korea"}, "work": [{"startDate": 2019, "place": "x"}, 7], "tags": {"a": 1}, "days": ["x"]}});
    assert_eq!(
        problems(&record),
        json!([
            ["submitted", "instant such as 2026-01-15T09:30:00Z", "\"yesterday\""],
            ["form.name", "text (a name)", "5"],
            ["form.age", "number", "\"12\""],
            ["form.ok", "true or false", "1"],
            ["form.ip", "IP address such as 203.0.113.7", "\"300.1.1.1\""],
            ["form.status", "one of (open, toll_free, Half Time)", "\"closed\""],
            ["form.location.country", "country such as DE, DEU or Germany", "\"Korea\""],
            ["form.work[0].start", "date such as 2019, 2019-05 or 2019-05-31", "2019"],
            ["form.work[0].place", "object", "\"x\""],
            ["form.work[1]", "object", "7"],
            ["form.tags", "list of text", "an object"],
            ["form.days[0]", "date such as 2019, 2019-05 or 2019-05-31", "\"x\""],
        ])
    );
}

#[test]
fn wrong_phones_and_mail_addresses_are_no_problems() {
    assert_eq!(problems(&json!({"form": {"phone": "Upon request", "email": "x", "site": "%%"}})), json!([]));
}

#[test]
fn problems_beyond_the_limit_are_counted() {
    let days: Vec<_> = (0..250).map(|_| json!("x")).collect();
    let all = bound(&json!({"form": {"days": days}}));
    assert_eq!(all["problems"].as_array().unwrap().len(), 100);
    assert_eq!(all["more"], json!(150));
}

#[test]
fn a_long_value_is_shortened_in_its_problem() {
    let found = problems(&json!({"submitted": "é".repeat(200)}))[0][2].as_str().unwrap().to_owned();
    assert_eq!(found.chars().count(), 81);
    assert!(found.ends_with('…'));
}

#[test]
fn text_beyond_the_limit_is_unparsable() {
    let (layout, limits) = (layout(), Limits { max_text_chars: 4, ..Limits::default() });
    let all = by_text(&layout, &limits, r#"{"id":"  éééé  ","form":{"phone":"12345"}}"#.as_bytes()).unwrap();
    assert_eq!(all["problems"], json!([["form.phone", "text of at most 4 characters", "\"12345\""]]));
}

#[test]
fn elements_beyond_the_limit_are_left_out_and_marked() {
    let (layout, limits) = (layout(), Limits { max_list_length: 2, ..Limits::default() });
    let value = json!({"form": {"tags": ["a", "b", "c"], "days": ["2019", "2020"]}});
    let all = by_value(&layout, &limits, &value).unwrap();
    assert_eq!(all, by_text(&layout, &limits, value.to_string().as_bytes()).unwrap());
    assert_eq!(all["dump"]["form"]["tags"], json!(["a", "b"]));
    let mut record = Record::default();
    bind_json(&layout, &limits, value.to_string().as_bytes(), &mut record).unwrap();
    let form = layout.shape(0).fields[2].offset;
    let crate::record::FieldKind::Record(claim) = layout.shape(0).fields[2].kind else { panic!() };
    let list = |name: &str| layout.shape(claim).fields.iter().find(|f| &*f.name == name).unwrap().offset;
    let cell = |offset: u32| record.cell(Address::default().plus(form + offset));
    assert_eq!((cell(list("tags")).code, cell(list("days")).code), (super::super::bind::LEFT_OUT, 0));
    assert_eq!(cell(list("tags")).halves().1, 2);
}

#[test]
fn too_many_values_are_an_error() {
    let (layout, limits) = (layout(), Limits { max_record_values: 20, ..Limits::default() });
    let value = json!({"form": {"work": [{}, {}, {}, {}]}});
    let error = Err(InputError::TooManyValues { limit: 20 });
    assert_eq!(by_text(&layout, &limits, value.to_string().as_bytes()), error);
    assert_eq!(by_value(&layout, &limits, &value), error);
}

#[test]
fn elements_know_the_record_that_owns_their_list() {
    let layout = layout();
    let mut record = Record::default();
    let json = br#"{"resume":{"work":[{"place":{}}]}}"#;
    bind_json(&layout, &Limits::default(), json, &mut record).unwrap();
    let resume = layout.shape(0).fields[3].offset;
    let element = Address { arena: 2, index: 0 };
    for offset in [0, layout.shape(2).fields[4].offset] {
        let presence = record.cell(element.plus(offset));
        assert_eq!((presence.state, presence.code, presence.bits), (State::Present, 0, u64::from(resume)));
    }
}

#[test]
fn errors_say_where() {
    let (layout, limits) = (layout(), Limits::default());
    let at = |json: &[u8]| match by_text(&layout, &limits, json) {
        Err(InputError::Json { line, column, message }) => format!("{line}:{column} {message}"),
        other => panic!("{other:?}"),
    };
    assert_eq!(at(b"{\n \"a\": tru}"), "2:7 expected a value");
    assert_eq!(at(b"{\"a\":1,}"), "1:8 comma without a value after it");
    assert_eq!(at(b"\xef\xbb\xbf{\"a\" 1}"), "1:6 expected `:` after a key");
    assert_eq!(at(b"{} x"), "1:4 text after the record");
    assert_eq!(at(b"{"), "1:2 unexpected end of the text");
    assert_eq!(at(b"{\"a\":\"\x01\"}"), "1:7 control character in a string");
    assert_eq!(at(b"{\"a\":1e999}"), "1:11 number out of range");
    assert_eq!(by_text(&layout, &limits, b"{\"a\":\"\xff\"}"), Err(InputError::Utf8 { offset: 6 }));
    assert_eq!(by_text(&layout, &limits, b"[]"), Err(InputError::NotARecord { found: "a list".into() }));
}

#[test]
fn limits_on_size_and_nesting() {
    let (layout, limits) = (layout(), Limits { max_record_bytes: 30, max_record_nesting: 3, ..Limits::default() });
    assert_eq!(by_text(&layout, &limits, &[b' '; 31]), Err(InputError::TooLarge { limit: 30 }));
    assert!(by_text(&layout, &limits, br#"{"x":[[1]]}"#).is_ok());
    assert_eq!(
        by_text(&layout, &limits, br#"{"x":[[[]]]}"#),
        Err(InputError::TooDeep { limit: 3, line: 1, column: 8 })
    );
    assert_eq!(
        by_value(&layout, &limits, &json!({"x": [[[]]]})),
        Err(InputError::TooDeep { limit: 3, line: 0, column: 0 })
    );
    assert_eq!(
        by_value(&layout, &limits, &json!({"x": "123456789012345678901234567890"})),
        Err(InputError::TooLarge { limit: 30 })
    );
}

#[test]
fn a_store_serves_record_after_record() {
    let (layout, limits) = (layout(), Limits::default());
    let mut record = Record::default();
    bind_json(&layout, &limits, br#"{"id":"a","form":{"age":"x","tags":["t"]}}"#, &mut record).unwrap();
    assert_eq!(record.problems.len(), 1);
    assert!(bind_json(&layout, &limits, b"{\"id\":", &mut record).is_err());
    bind_json(&layout, &limits, b"{}", &mut record).unwrap();
    assert!(record.problems.is_empty());
    assert_eq!(raw_value(&record, Address::default().plus(1)), Value::Null);
}
