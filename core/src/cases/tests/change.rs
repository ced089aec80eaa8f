//! Tests of paths and changes.

use super::{Path, fields, only};
use serde_json::{Value, json};

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

fn changed(record: &Value, at: &str, new: &Value) -> Result<Value, String> {
    let mut record = record.clone();
    path(at).apply(&mut record, new).map(|()| record)
}

#[test]
fn paths_are_read_and_printed() {
    for text in ["form", "form.phone", "resume.work[0].end", "a[0][12].b"] {
        assert_eq!(path(text).to_string(), text);
    }
    for text in
        ["", ".", "a.", "a..b", "a[", "a[]", "a[x]", "a[0", "a[0]b", "[0]", "technologies[\"Go\"].released", "a[-1]"]
    {
        assert_eq!(Path::parse(text), None, "{text}");
    }
}

#[test]
fn a_change_sets_adds_and_removes() {
    let record = json!({"a": {"b": 1}, "l": [{"x": 1}, {"x": 2}]});
    assert_eq!(changed(&record, "a.b", &json!("new")).unwrap()["a"]["b"], "new");
    assert_eq!(changed(&record, "a.c.d[0].e", &json!(1)).unwrap()["a"]["c"], json!({"d": [{"e": 1}]}));
    assert_eq!(changed(&record, "l[2]", &json!({"x": 3})).unwrap()["l"][2]["x"], 3);
    assert_eq!(changed(&record, "l[0]", &Value::Null).unwrap()["l"], json!([{"x": 2}]));
    assert_eq!(changed(&record, "a", &Value::Null).unwrap().get("a"), None);
    assert_eq!(changed(&record, "l[3].x", &json!(1)).unwrap_err(), "can't set `l[3].x`: the list has 2 elements");
    assert_eq!(
        changed(&record, "a.b.c", &json!(1)).unwrap_err(),
        "can't set `a.b.c`: `c` is asked of something that is no object"
    );
    assert_eq!(changed(&record, "a.nothing", &Value::Null).unwrap_err(), "nothing to remove at `a.nothing`");
    assert_eq!(changed(&record, "l[2]", &Value::Null).unwrap_err(), "nothing to remove at `l[2]`");
}

#[test]
fn clearing_keeps_the_number_of_elements() {
    let mut record = json!({"a": 1, "l": [1, 2]});
    path("l[0]").clear(&mut record);
    path("a").clear(&mut record);
    path("no.such[1]").clear(&mut record);
    assert_eq!(record, json!({"l": [null, 2]}));
}

#[test]
fn fields_are_keys_at_any_depth() {
    let record = json!({"a": {"b": 1, "n": null}, "l": [{"x": 1}, 2]});
    let found: Vec<_> = fields(&record).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["a", "a.b", "l", "l[0].x"]);
}

#[test]
fn only_the_evidence_is_left_and_lists_keep_their_length() {
    let record = json!({"a": {"b": 1, "c": 2}, "l": [{"x": 1, "y": 2}, {"x": 3}], "t": [1, 2]});
    let left = only(&record, &[path("a.b"), path("l[0].y"), path("t")]);
    assert_eq!(left, json!({"a": {"b": 1}, "l": [{"y": 2}, {}], "t": [1, 2]}));
}

#[test]
fn paths_touch_if_one_lies_in_the_other() {
    assert!(path("a.b").touches(&path("a")));
    assert!(path("a").touches(&path("a.b[0]")));
    assert!(!path("a.b").touches(&path("a.c")));
}
