//! Tests of the YAML reader.

use super::{from_yaml, place_of};
use crate::source::Manifest;
use serde_json::{Value, json};

fn slice(text: &str, diagnostic: &crate::Diagnostic) -> String {
    let span = diagnostic.labels[0].span;
    text.get(span.start as usize..span.end as usize).unwrap().to_owned()
}

#[test]
fn words_are_no_booleans_and_numbers_keep_their_zeros() {
    let value: Value =
        from_yaml("x.yaml", "on: no\nphone: 0755\nid: 1_000\nday: 2024-06-01\nyes: true\nn: 1.5").unwrap();
    assert_eq!(value, json!({"on": "no", "phone": "0755", "id": "1_000", "day": "2024-06-01", "yes": true, "n": 1.5}));
}

#[test]
fn an_unknown_key_is_pointed_at() {
    let text = "name: a\nversion: 1.0.0\nlanguage: 1\nbogus: é\n";
    let error = from_yaml::<Manifest>("ruleset.yaml", text).unwrap_err();
    assert_eq!(error.code, "E0507");
    assert!(error.message.starts_with("unknown field `bogus`"), "{}", error.message);
    assert!(slice(text, &error).starts_with("bogus"), "{error:?}");
}

#[test]
fn a_wrong_type_is_pointed_at() {
    let text = "name: a\nversion: 1.0.0\nlanguage: one\n";
    let error = from_yaml::<Manifest>("ruleset.yaml", text).unwrap_err();
    assert_eq!(slice(text, &error), "one", "{error:?}");
    assert!(!error.message.contains("line 3"), "{}", error.message);
}

#[test]
fn broken_and_hostile_text_is_one_error_and_never_a_panic() {
    let mut bomb = vec!["a: &a [x,x,x,x,x,x,x,x,x]".to_owned()];
    for (from, to) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        bomb.push(format!("{to}: &{to} [*{from},*{from},*{from},*{from},*{from},*{from},*{from},*{from},*{from}]"));
    }
    let bomb = bomb.join("\n");
    let block = (0..500).map(|level| format!("{}- ", " ".repeat(level))).collect::<Vec<_>>().join("\n");
    for text in [
        "a: [",
        "a: 1\na: 2\n",
        "a: 1\n---\nb: 2\n",
        "\u{0}",
        "a: !!int x",
        "a: .nan",
        &bomb,
        &"[".repeat(20_000),
        &block,
    ] {
        let result = from_yaml::<Value>("x.yaml", text);
        let error = result.unwrap_err();
        assert_eq!(error.code, "E0507");
        let span = error.labels[0].span;
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?} in {} bytes", text.len());
    }
}

#[test]
fn byte_order_mark_and_carriage_returns_are_read() {
    let manifest: Manifest = from_yaml("ruleset.yaml", "\u{feff}name: a\r\nversion: '1'\r\nlanguage: 1\r\n").unwrap();
    assert_eq!(manifest.name, "a");
}

#[test]
fn errors_speak_of_yaml_and_not_of_its_reader() {
    let message = |text: &str| from_yaml::<Manifest>("r", text).unwrap_err().message;
    assert_eq!(message("name: [1]\n"), "expected a text");
    assert_eq!(message("name: a\n"), "missing field `version`");
    assert_eq!(message("- a\n"), "expected keys with values");
    assert_eq!(message(""), "nothing is written here");
    assert_eq!(message("name: a\nname: b\n"), "key `name` stands twice");
    assert_eq!(message("name: a\nversion: 1\nlanguage: x\n"), "expected a number");
    assert_eq!(message("name: a\nversion: 1\nlanguage: 1\n---\nname: b\n"), "more than one YAML document");
}

#[test]
fn a_key_is_found_again() {
    let text = "name: a\nextends:  other\nx: 1";
    let span = place_of(text, "extends");
    assert_eq!(text.get(span.start as usize..span.end as usize).unwrap(), "other");
    assert_eq!(place_of(text, "nothing").end, 0);
}
