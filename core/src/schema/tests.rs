//! What is read, and how the record is described to others.

use crate::ruleset::{InputPath, Ruleset};
use crate::source::Sources;
use serde_json::json;
use std::fmt::Write as _;

const DECIDE: &str = "decide { categories a
 weights info 1, low 5, medium 12, high 25
 outcomes clear, review
 outcome review when score >= 1 }";

fn ruleset(indicators: &[(&str, &str)]) -> Ruleset {
    let mut text = r#"language 1
record place { country: country "where it is" }
record claim {
  name: person, phone: phone read in location.country, location: place
  references: list of { phone: phone read in location.country } "referees"
  work: list of { start: date from "startDate" "first day", end: date from "endDate" }
  tags: list of text, level: one of (low, high)
}
record application { id: text "the host's id", submitted: instant, form: claim from "theForm", born: date protected "age" }
let late = form.location.country != FR
"#
    .to_owned();
    for (name, clauses) in indicators {
        let _ = writeln!(text, "indicator {name} \"T\" {{ category a\n severity low\n {clauses} }}");
    }
    text.push_str(DECIDE);
    Ruleset::from_sources(&Sources::single(text)).unwrap()
}

fn inputs(indicators: &[(&str, &str)]) -> Vec<InputPath> {
    ruleset(indicators).inputs()
}

/// Path, type and readers.
fn short(indicators: &[(&str, &str)]) -> Vec<String> {
    inputs(indicators).iter().map(|i| format!("{}: {} by {}", i.path, i.ty, i.indicators.join(" "))).collect()
}

#[test]
fn the_key_of_a_path_is_that_of_the_input() {
    let found = inputs(&[("x", "for any w in form.work\n when w.start > @2020")]);
    let start = found.iter().find(|input| input.path == "form.work[].start").unwrap();
    assert_eq!((start.key.as_str(), start.description.as_deref()), ("theForm.work[].startDate", Some("first day")));
    assert_eq!(found.iter().find(|input| input.path == "id").unwrap().key, "id");
}

#[test]
fn a_phone_needs_the_country_that_it_is_read_in() {
    let found = short(&[("x", "for any r in form.references\n when r.phone == form.phone")]);
    assert!(found.contains(&"form.location.country: country by x".to_owned()), "{found:?}");
    assert!(found.contains(&"form.references[].phone: phone by x".to_owned()), "{found:?}");
    assert!(found.contains(&"form.references: list of { … } by x".to_owned()), "{found:?}");
}

#[test]
fn the_event_time_is_needed_by_as_of_and_by_dates_that_may_say_present() {
    let found = short(&[
        ("day", "when form.name is missing and as_of > @2020"),
        ("last", "when form.work.last.end > @2020"),
        ("other", "when form.name is missing"),
    ]);
    assert!(found.contains(&"submitted: instant by day last".to_owned()), "{found:?}");
    assert!(found.contains(&"form.work[].end: date by last".to_owned()), "{found:?}");
    assert_eq!(
        short(&[("other", "when form.name is missing")]),
        ["form.name: person by other", "id: text by ", "submitted: instant by "]
    );
}

#[test]
fn what_a_let_or_another_indicator_reads_is_needed_too() {
    let found = short(&[("x", "when late"), ("y", "when raised x"), ("z", "when raised y and form.level == low")]);
    assert!(found.contains(&"form.location.country: country by x y z".to_owned()), "{found:?}");
    assert!(found.contains(&"form.level: one of (low, high) by z".to_owned()), "{found:?}");
}

#[test]
fn words_of_a_text_are_no_elements_of_the_record() {
    let found = short(&[("x", "when any p in form.name.words: p == \"a\" and any t in form.tags: t == p")]);
    assert_eq!(
        found,
        [
            "form.name: person by x",
            "form.tags: list of text by x",
            "form.tags[]: text by x",
            "id: text by ",
            "submitted: instant by "
        ]
    );
}

#[test]
fn the_schema_says_what_texts_take() {
    let schema = ruleset(&[("x", "when form.name is missing")]).schema();
    assert_eq!(schema["properties"]["submitted"]["anyOf"][0], json!({ "type": "string", "format": "date-time" }));
    let work = &schema["$defs"]["claim"]["properties"]["work"]["items"]["properties"];
    assert_eq!(
        work["startDate"]["description"],
        "first day. A day, month or year (2019-05-31, 2019-05 or 2019), or present."
    );
    assert_eq!(
        schema["properties"]["born"]["description"],
        "A day, month or year (2019-05-31, 2019-05 or 2019), or present. Protected: age."
    );
    assert_eq!(
        schema["$defs"]["place"]["properties"]["country"]["description"],
        "where it is. An ISO 3166-1 code or an English name."
    );
    // Open by intent: what the record does not declare is skipped.
    assert!(schema["additionalProperties"].is_null());
    assert!(schema["description"].as_str().unwrap().contains("skipped"));
}
