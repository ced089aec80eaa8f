//! Mappings: what rules do, what is refused, and the shipped mapping on real documents' shapes.

use super::{Applied, Mapping, MappingError};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn mapping(record: &Value) -> Result<Mapping, MappingError> {
    Mapping::parse(&json!({"format": 1, "name": "m", "record": record}))
}

fn one(document: Value) -> BTreeMap<String, Value> {
    BTreeMap::from([("any".to_owned(), document)])
}

fn applied(record: &Value, document: Value) -> Applied {
    mapping(record).unwrap().apply(&one(document)).unwrap()
}

fn record(rules: &Value, document: Value) -> Value {
    applied(rules, document).record
}

#[test]
fn first_path_with_a_value_wins() {
    let rules = json!({"name": ["a", "b.c", "d"]});
    assert_eq!(record(&rules, json!({"a": " ", "b": {"c": null}, "d": "x"})), json!({"name": "x"}));
    assert_eq!(record(&rules, json!({"a": 0, "d": "x"})), json!({"name": 0}));
    assert_eq!(record(&rules, json!({})), json!({}));
}

#[test]
fn paths_step_into_lists() {
    let document =
        json!({"p": [{"t": "home", "v": "1"}, {"t": "Mobile", "v": "2"}, {"v": null}], "odd key.x": {"y": 5}});
    let rules = json!({"a": "p[1].v", "b": "p[].v", "c": "p[t=mobile].v", "d": "[\"odd key.x\"].y", "e": "p[7].v"});
    assert_eq!(record(&rules, document), json!({"a": "2", "b": ["1", "2"], "c": "2", "d": 5}));
}

#[test]
fn defaults_constants_and_joined_texts() {
    let rules = json!({
        "kind": {"from": "k", "default": "other"},
        "name": {"join": ["first", "last"]},
        "entry": {"constant": "api"},
        "form": {"fields": {"x": "nowhere", "y": {"constant": 1}}},
    });
    assert_eq!(
        record(&rules, json!({"first": " Ann", "last": "Example "})),
        json!({"kind": "other", "name": "Ann Example", "entry": "api"})
    );
}

#[test]
fn lists_keep_their_elements_and_what_is_wrong_with_them() {
    let rules = json!({"work": {"each": ["jobs", "work"], "fields": {"name": ["name", "company"]}}, "tags": {"each": "t", "from": "v"}});
    assert_eq!(
        record(&rules, json!({"work": [{"company": "A"}, null, "x", {"z": 1}], "t": [{"v": "a"}, {}]})),
        json!({"work": [{"name": "A"}, null, "x", {}], "tags": ["a", null]})
    );
    assert_eq!(record(&rules, json!({"jobs": []})), json!({"work": []}));
    assert_eq!(record(&rules, json!({"jobs": "many"})), json!({"work": "many"}));
}

#[test]
fn an_ongoing_job_is_written_as_present() {
    let rules = json!({"work": {"each": "w", "fields": {"end": {"from": "end", "present_when": "current"}}}});
    let document = json!({"w": [{"current": true}, {"current": false}, {"end": "2020", "current": true}, {"end": "", "current": "2019"}, {}]});
    assert_eq!(
        record(&rules, document),
        json!({"work": [{"end": "present"}, {}, {"end": "2020"}, {"end": "present"}, {}]})
    );
}

#[test]
fn prose_instead_of_a_number_is_left_out_and_named() {
    let rules = json!({"form": {"fields": {"phone": {"from": "tel", "needs_digit": true}}}});
    let applied = applied(&rules, json!({"tel": " Upon request "}));
    assert_eq!(applied.record, json!({}));
    assert_eq!(
        (applied.left_out[0].field.as_str(), applied.left_out[0].value.as_str()),
        ("form.phone", "Upon request")
    );
    assert_eq!(record(&rules, json!({"tel": "٠١٢"})), json!({"form": {"phone": "٠١٢"}}));
}

#[test]
fn protected_keys_are_dropped_wherever_they_stand() {
    let mapping =
        Mapping::parse(&json!({"format": 1, "name": "m", "protected": {"a.image": "photo", "visa": "citizenship"},
        "record": {"all": "a", "list": "l"}}))
        .unwrap();
    let document = json!({"a": {"image": "i.png", "x": 1, "date_of_birth": "1980-01-01"}, "image": "kept", "l": [{"Gender": "f"}, {"Visa": "y", "n": 2}]});
    let applied = mapping.apply(&one(document)).unwrap();
    assert_eq!(applied.record, json!({"all": {"x": 1}, "list": [{}, {"n": 2}]}));
    let dropped: Vec<_> = applied.dropped.iter().map(|d| (d.path.as_str(), d.ground.as_str())).collect();
    assert_eq!(
        dropped,
        [("a.date_of_birth", "age"), ("a.image", "photo"), ("l[].Gender", "sex"), ("l[].Visa", "citizenship")]
    );
    assert_eq!(applied.unmapped, ["image"]);
}

#[test]
fn what_no_rule_reads_is_listed() {
    let rules = json!({"form": {"fields": {"name": "n", "work": {"each": "w", "fields": {"x": "x", "y": "deep"}}}}});
    let document =
        json!({"n": 1, "o": "", "p": {"q": true}, "w": [{"x": 1, "z": 2, "deep": {"er": 1}}, {"z": 3, "v": [4]}]});
    assert_eq!(applied(&rules, document).unmapped, ["p.q", "w[].v[]", "w[].z"]);
}

#[test]
fn several_documents_make_one_record() {
    let mapping = Mapping::parse(&json!({"format": 1, "name": "m", "documents": ["form", "cv"],
        "record": {"form": {"fields": {"name": "form.name"}}, "resume": {"fields": {"work": {"each": "cv.work", "fields": {"name": "company"}}}}}}))
    .unwrap();
    let form = ("form".to_owned(), json!({"name": "A"}));
    let cv = ("cv".to_owned(), json!({"work": [{"company": "B"}]}));
    let both = mapping.apply(&BTreeMap::from([form.clone(), cv])).unwrap();
    assert_eq!(both.record, json!({"form": {"name": "A"}, "resume": {"work": [{"name": "B"}]}}));
    assert_eq!(mapping.apply(&BTreeMap::from([form])).unwrap().record, json!({"form": {"name": "A"}}));
    let held = json!({"form": {"name": "A"}, "cv": {"work": [{"company": "B"}]}});
    assert_eq!(mapping.apply(&one(held)).unwrap().record, both.record);
    let error = |document: Value| mapping.apply(&one(document)).unwrap_err().to_string();
    assert_eq!(error(json!({"any": {}})), "mapping has no document `any`; it knows: form, cv");
    assert_eq!(error(json!({})), "expected an object that holds form, cv");
    assert_eq!(error(json!([1])), "expected an object that holds form, cv");
}

#[test]
fn errors_name_their_place() {
    let error = |record: Value| mapping(&record).unwrap_err().to_string();
    assert_eq!(error(json!({"a": 5})), "`record.a`: expected a path, a list of paths or a rule, found a number");
    assert_eq!(error(json!({"a": "b..c"})), "`record.a`: `b..c` is no path: a key is missing");
    assert_eq!(
        error(json!({"a": "b[x]"})),
        "`record.a`: `b[x]` is no path: between `[` and `]` belongs a number, nothing, or `key=value`"
    );
    assert_eq!(
        error(json!({"a": {"fields": {"b": {"form": "c"}}}})),
        format!(
            "`record.a.fields.b`: key `form` does not belong here; known keys: {}",
            super::parse::RULE_KEYS.join(", ")
        )
    );
    assert!(
        error(json!({"a": {"from": "b", "fields": {}}})).starts_with("`record.a`: key `from` does not belong here")
    );
    assert_eq!(error(json!({"a": {"each": "b"}})), "`record.a`: key `fields` is missing");
    assert_eq!(error(json!({"a": ["b", 1]})), "`record.a[1]`: expected a text, found a number");
    assert_eq!(error(json!({"a": "x.dateOfBirth"})), "`record.a`: `x.dateOfBirth` reads a protected key (age)");
    assert_eq!(
        Mapping::parse(&json!([])).unwrap_err().to_string(),
        "`mapping`: expected keys with values, found a list"
    );
    assert_eq!(
        Mapping::parse(&json!({"format": 2})).unwrap_err().to_string(),
        "`format`: expected 1, the version of mapping files, found a number"
    );
    let none = mapping(&json!({})).unwrap().apply(&BTreeMap::new()).unwrap_err();
    assert_eq!(none.to_string(), "mapping takes one document, 0 were given");
}

#[cfg(feature = "yaml")]
mod shipped {
    use super::{Applied, Mapping, one};
    use serde_json::{Value, json};

    fn json_resume() -> Mapping {
        let text = include_str!("../../../rulesets/applicant-fraud/mappings/json-resume.yaml");
        Mapping::parse(&serde_saphyr::from_str::<Value>(text).unwrap()).unwrap()
    }

    fn resume(document: Value) -> Applied {
        json_resume().apply(&one(document)).unwrap()
    }

    #[test]
    fn samples_of_the_format_map() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/json-resume");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                assert!(json_resume().recognises(&document), "{path:?}");
                let resume = resume(document).record["resume"].clone();
                assert!(
                    resume["name"].is_string() && resume["phone"].is_string() && resume["location"]["country"] == "US",
                    "{path:?}"
                );
                assert!(
                    resume["work"][0]["startDate"].is_string() && resume["work"][0]["endDate"].is_string(),
                    "{path:?}"
                );
                seen += 1;
            }
        }
        assert_eq!(seen, 6);
    }

    #[test]
    fn keys_of_the_first_version_are_read() {
        let document = json!({"basics": {"name": "Ann Example", "website": "https://example.org", "picture": "x.png", "image": "y.png", "phone": "Upon request",
            "location": {"countryCode": "Venezuela"}}, "work": [{"company": "Example Ltd", "website": "https://example.com", "startDate": "2019-01"}, {"company": "Other"}]});
        let applied = resume(document);
        assert_eq!(
            applied.record,
            json!({"resume": {"name": "Ann Example", "phone_entry": "parsed", "url": "https://example.org", "location": {"country": "Venezuela"},
                "work": [{"name": "Example Ltd", "url": "https://example.com", "startDate": "2019-01", "endDate": "present"}, {"name": "Other"}]}})
        );
        assert_eq!(
            applied.dropped.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(),
            ["basics.image", "basics.picture"]
        );
        assert_eq!(applied.left_out[0].field, "resume.phone");
    }
}
