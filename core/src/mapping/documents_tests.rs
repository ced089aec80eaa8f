//! Mappings: which documents they start from and recognise, and what the rules that write a value anew refuse.

use super::{Mapping, MappingError};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn parsed(mapping: Value) -> Result<Mapping, MappingError> {
    let Value::Object(mut map) = mapping else { panic!("no object") };
    map.entry("format").or_insert(json!(1));
    map.entry("name").or_insert(json!("m"));
    map.entry("record").or_insert(json!({}));
    Mapping::parse(&Value::Object(map))
}

fn mapping(mapping: Value) -> Mapping {
    parsed(mapping).unwrap()
}

fn by_name(documents: &Value) -> BTreeMap<String, Value> {
    documents.as_object().unwrap().clone().into_iter().collect()
}

fn one(document: Value) -> BTreeMap<String, Value> {
    BTreeMap::from([("any".to_owned(), document)])
}

#[test]
fn a_document_alone_is_taken_for_the_one_that_may_come_alone() {
    let mapping = mapping(
        json!({"documents": ["person", "client"], "lone": "person", "record": {"id": "person.id", "ip": "client.ip"}}),
    );
    let record = |document: Value| mapping.apply(&one(document)).unwrap().record;
    assert_eq!(record(json!({"id": 1})), json!({"id": 1}));
    assert_eq!(record(json!({"person": {"id": 1}, "client": {"ip": "x"}})), json!({"id": 1, "ip": "x"}));
    // `person` is a key like any other beside one that is no document.
    assert_eq!(record(json!({"person": {"id": 2}, "id": 1})), json!({"id": 1}));
    assert_eq!(record(json!({})), json!({}));
    assert_eq!(record(json!("text")), json!({}));
    let error = mapping.apply(&by_name(&json!({"person": {}, "other": {}}))).unwrap_err();
    assert_eq!(error.to_string(), "mapping has no document `other`; it knows: person, client");
}

#[test]
fn what_stands_beside_an_envelope_is_accounted_for() {
    let mapping = mapping(json!({"documents": ["person", "log"], "lone": "person", "envelope": ["data", "results"],
        "protected": {"person.image": "photo"}, "record": {"id": "person.id", "ips": "log[].ip"}}));
    let applied = mapping.apply(&one(json!({"data": {"id": 1, "image": "i"}, "gender": "f", "ok": true}))).unwrap();
    assert_eq!(applied.record, json!({"id": 1}));
    let dropped: Vec<_> = applied.dropped.iter().map(|dropped| dropped.path.as_str()).collect();
    assert_eq!((dropped, applied.unmapped), (vec!["person.gender", "person.image"], vec!["person.ok".to_owned()]));
    let both = by_name(&json!({"person": {"id": 1}, "log": {"results": [{"ip": "x"}], "more": 5}}));
    let applied = mapping.apply(&both).unwrap();
    assert_eq!((applied.record, applied.unmapped), (json!({"id": 1, "ips": ["x"]}), vec!["log.more".to_owned()]));
}

#[test]
fn further_documents_are_left_where_the_mapping_says_so() {
    let shape = json!({"documents": ["a"], "other_documents": "ignore", "recognise": ["a.x"], "record": {"id": "a.x"}});
    let documents = by_name(&json!({"a": {"x": 1}, "b": {"gender": "f"}}));
    let applied = mapping(shape.clone()).apply(&documents).unwrap();
    assert_eq!((applied.record, applied.unmapped), (json!({"id": 1}), vec!["b".to_owned()]));
    assert!(applied.dropped.is_empty() && mapping(shape).recognises_all(&documents));
    let strict = mapping(json!({"documents": ["a"], "recognise": ["a.x"]}));
    assert!(!strict.recognises_all(&documents) && strict.recognises(&json!({"a": {"x": 1}})));
}

#[test]
fn documents_are_recognised_by_paths_that_may_hold_nothing() {
    let shape = mapping(json!({"recognise": ["a.b", "l[].c"], "envelope": ["data"]}));
    for (document, recognised) in [
        (json!({"a": {"b": null}, "l": [{}, {"c": ""}]}), true),
        (json!({"data": {"a": {"b": 1}, "l": [{"c": 1}]}}), true),
        (json!({"a": {"b": null}, "l": []}), false),
        (json!({"a": 1, "l": [{"c": 1}]}), false),
        (json!([]), false),
        (json!(null), false),
    ] {
        assert_eq!(shape.recognises(&document), recognised, "{document}");
    }
    assert!(!mapping(json!({})).recognises(&json!({})), "it names nothing");
}

#[test]
fn the_mapping_that_asks_for_more_wins_and_no_other() {
    let named = |name: &str, recognise: Value| mapping(json!({"name": name, "recognise": recognise}));
    let (a, ab, ac, abc) = (
        named("a", json!(["a"])),
        named("ab", json!(["b", "a"])),
        named("ac", json!(["a", "c"])),
        named("abc", json!(["a", "b", "c"])),
    );
    let silent = mapping(json!({"name": "silent"}));
    let name = |mappings: &[&Mapping], document: Value| {
        let mappings: Vec<Mapping> = mappings.iter().map(|mapping| (*mapping).clone()).collect();
        Mapping::recognise(&mappings, &one(document)).map(|found| found.name().to_owned()).map_err(|e| e.to_string())
    };
    let all = json!({"a": 1, "b": 1, "c": 1});
    assert_eq!(name(&[&a, &ab], all.clone()).unwrap(), "ab");
    assert_eq!(name(&[&abc, &ab, &ac, &a], all.clone()).unwrap(), "abc");
    assert_eq!(name(&[&a, &ab], json!({"a": 1})).unwrap(), "a");
    let several = "several mappings recognise this document: ab, ac; name one";
    assert_eq!(name(&[&a, &ab, &ac], all.clone()).unwrap_err(), several.replace("ab", "a, ab"));
    let twice = "several mappings recognise this document: a, a; name one";
    assert_eq!(name(&[&a, &a], all).unwrap_err(), twice);
    let none = "no mapping recognises this document; asked were: a, ab";
    assert_eq!(name(&[&a, &silent, &ab], json!({"x": 1})).unwrap_err(), none);
}

#[test]
fn a_folder_is_one_applicant_by_the_names_that_are_asked_for() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let asking = mapping(json!({"documents": ["form", "cv"], "recognise": ["form.id"]}));
    assert!(asking.is_applicant(&names(&["form", "x"])) && !asking.is_applicant(&names(&["cv"])));
    let plain = mapping(json!({"documents": ["form", "cv"]}));
    assert!(plain.is_applicant(&names(&["cv"])) && !plain.is_applicant(&names(&["x"])));
    assert!(!mapping(json!({"recognise": ["form"]})).is_applicant(&names(&["form"])));
}

#[test]
fn a_list_of_rules_keeps_what_has_a_value() {
    let link = |network: &str, path: &str| json!({"fields": {"network": {"constant": network}, "url": path}});
    let shape = mapping(json!({"record": {"profiles": {"list": [link("A", "web.a"), link("B", "web.b"), "web.c"]}}}));
    let record = |document: Value| shape.apply(&one(document)).unwrap();
    assert_eq!(
        record(json!({"web": {"b": "u", "c": 5, "d": 1}})).record,
        json!({"profiles": [{"network": "B", "url": "u"}, 5]})
    );
    assert_eq!(record(json!({"web": {"d": 1}})).unmapped, ["web.d"]);
    assert_eq!(record(json!({"web": []})).record, json!({}));
}

#[test]
fn an_element_that_is_a_text_can_become_a_record() {
    let shape =
        mapping(json!({"record": {"profiles": {"each": "links", "fields": {"url": ".", "kind": {"constant": "k"}}}}}));
    let applied = shape.apply(&one(json!({"links": ["u", {"v": 1}, null, ""]}))).unwrap();
    assert_eq!(
        applied.record,
        json!({"profiles": [{"url": "u", "kind": "k"}, {"url": {"v": 1}, "kind": "k"}, null, ""]})
    );
    assert!(applied.unmapped.is_empty());
    let error = parsed(json!({"record": {"a": "."}})).unwrap_err().to_string();
    assert_eq!(error, "`record.a`: `.` is no path: `.` is the element of a list, and belongs below `each`");
}

#[test]
fn values_are_written_anew() {
    let shape = mapping(json!({"record": {
        "at": {"from": "ms", "time": "milliseconds"},
        "outcome": {"from": "status", "words": {"NotFraudulent": "not_fraudulent"}},
        "days": {"each": "d", "from": "on", "date": "month", "month_first": true},
    }}));
    let document =
        json!({"ms": 0, "status": "notfraudulent", "d": [{"on": "09/15/2007"}, {"on": "soon"}, {"on": {"year": []}}]});
    assert_eq!(
        shape.apply(&one(document)).unwrap().record,
        json!({"at": "1970-01-01T00:00:00.000Z", "outcome": "not_fraudulent", "days": ["2007-09", "soon", {"year": []}]})
    );
}

#[test]
fn errors_of_these_keys_name_their_place() {
    let error = |shape: Value| parsed(shape).unwrap_err().to_string();
    let rule = |rule: Value| error(json!({"record": {"a": rule}}));
    assert_eq!(rule(json!({"from": "b", "date": "week"})), "`record.a.date`: expected `day` or `month`, found `week`");
    assert_eq!(rule(json!({"from": "b", "time": 5})), "`record.a.time`: expected a text, found a number");
    assert_eq!(rule(json!({"from": "b", "time": "s"})), "`record.a.time`: expected `milliseconds` or `utc`, found `s`");
    assert_eq!(rule(json!({"from": "b", "words": {"X": 1}})), "`record.a.words.X`: expected a text, found a number");
    assert_eq!(
        rule(json!({"from": "b", "date": "day", "words": {}})),
        "`record.a`: `words` and `date` don't go together"
    );
    assert_eq!(
        rule(json!({"from": "b", "time": "utc", "month_first": true})),
        "`record.a`: `time` and `month_first` don't go together"
    );
    assert_eq!(rule(json!({"from": "b", "month_first": true})), "`record.a`: key `date` is missing");
    assert_eq!(rule(json!({"list": "b"})), "`record.a.list`: expected a list of rules, found a text");
    assert_eq!(
        rule(json!({"list": ["b", 5]})),
        "`record.a.list[1]`: expected a path, a list of paths or a rule, found a number"
    );
    assert_eq!(rule(json!({"list": ["x.gender"]})), "`record.a.list[0]`: `x.gender` reads a protected key (sex)");
    assert_eq!(error(json!({"documents": ["a"], "lone": "b"})), "`lone`: expected one of the documents: a, found `b`");
    assert_eq!(error(json!({"other_documents": true})), "`other_documents`: expected `ignore`, found true or false");
    assert_eq!(error(json!({"recognise": ["a..b"]})), "`recognise`: `a..b` is no path: a key is missing");
    assert_eq!(
        error(json!({"documents": ["a"], "recognise": ["b"]})),
        "`recognise`: `b` is no path: its first step must be one of the documents: a"
    );
    let deep = (0..40).fold(json!("x"), |inner, _| json!({"list": [inner]}));
    assert!(rule(deep).ends_with("nested deeper than 32 levels"));
}
