//! The shipped mappings on documents in each vendor's shape: the record that they make, the account of what stays behind, and
//! which mapping recognises which documents. `INDICIA_BLESS=1` writes the expected files anew.

#![cfg(test)]

use indicia::{Mapping, Ruleset, ScreenOptions, Sources};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const RULESET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/mappings");
const JSON_RESUME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/json-resume");
/// What is wrong in the documents on purpose: the folder and the path of the record.
const DELIBERATE: [(&str, &str); 2] =
    [("linkedin-export+german", "profile.work[0].start"), ("linkedin-export+german", "profile.work[1].end")];

/// Documents in the shape of one mapping.
struct Case {
    folder: PathBuf,
    name: String,
    documents: BTreeMap<String, Value>,
}

impl Case {
    /// The mapping that it is about.
    fn mapping(&self) -> &str {
        self.name.split('+').next().unwrap()
    }
}

fn sources() -> Sources {
    Sources::from_folder(RULESET).unwrap()
}

fn mappings() -> Vec<Mapping> {
    sources().mappings.values().map(|mapping| Mapping::parse(mapping).unwrap()).collect()
}

fn named<'m>(mappings: &'m [Mapping], name: &str) -> &'m Mapping {
    mappings.iter().find(|mapping| mapping.name() == name).unwrap_or_else(|| panic!("no mapping `{name}`"))
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn cases() -> Vec<Case> {
    let folders = sorted(Path::new(CASES)).into_iter().filter(|path| path.is_dir());
    folders
        .map(|folder| {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            let mut documents = BTreeMap::new();
            for path in sorted(&folder) {
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                let file = file.strip_suffix(".json").unwrap();
                if let Some(short) = file.strip_prefix("document") {
                    documents.insert(short.strip_prefix('.').unwrap_or("document").to_owned(), read(&path));
                }
            }
            Case { folder, name, documents }
        })
        .collect()
}

fn expect(case: &Case, file: &str, found: &Value) {
    let path = case.folder.join(file);
    if std::env::var_os("INDICIA_BLESS").is_some() {
        fs::write(&path, format!("{}\n", serde_json::to_string_pretty(found).unwrap())).unwrap();
    } else {
        let expected = read(&path);
        assert_eq!(*found, expected, "{path:?}; if this is right, run with INDICIA_BLESS=1");
    }
}

/// The texts under a key, however deep.
fn texts_under<'v>(value: &'v Value, key: Option<&str>, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                texts_under(inner, key.filter(|key| key != name), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts_under(item, key, found)),
        Value::String(text) if key.is_none() => found.push(text),
        _ => {}
    }
}

/// Keys of a record that its schema does not have.
fn strange(value: &Value, shape: &Value, schema: &Value, path: &str, found: &mut Vec<String>) {
    let reference = shape.get("$ref").and_then(Value::as_str).map(|text| text.trim_start_matches('#'));
    let shape = reference.map_or(shape, |pointer| schema.pointer(pointer).unwrap());
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                match shape["properties"].get(key) {
                    Some(known) => strange(inner, known, schema, &format!("{path}.{key}"), found),
                    None => found.push(format!("{path}.{key}")),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| strange(item, &shape["items"], schema, path, found)),
        _ => {}
    }
}

#[test]
fn every_mapping_has_documents_and_a_name_of_its_own() {
    let files: BTreeSet<String> = sources().mappings.into_keys().collect();
    let names: BTreeSet<String> = mappings().iter().map(|mapping| mapping.name().to_owned()).collect();
    assert_eq!(files, names, "a mapping is called as its file");
    let mut shown: BTreeSet<String> = cases().iter().map(|case| case.mapping().to_owned()).collect();
    // Its documents stand in a folder of their own.
    shown.insert("json-resume".to_owned());
    assert_eq!(names, shown);
}

#[test]
fn documents_become_the_records_and_the_accounts_that_are_shown() {
    let (mappings, ruleset) = (mappings(), Ruleset::from_sources(&sources()).unwrap());
    let schema = ruleset.schema();
    let cases = cases();
    assert!(cases.len() >= 11, "{}", cases.len());
    for case in &cases {
        let applied = named(&mappings, case.mapping()).apply(&case.documents).unwrap();
        let options = ScreenOptions::default().with_as_of("2026-04-01");
        let verdict = ruleset.screen_value(&applied.record, &options).unwrap();
        let problems: Vec<&str> = verdict.problems.iter().map(|problem| problem.path.as_str()).collect();
        let deliberate: Vec<&str> =
            DELIBERATE.iter().filter(|(name, _)| *name == case.name).map(|(_, path)| *path).collect();
        assert_eq!(problems, deliberate, "{}: {:?}", case.name, verdict.problems);
        let mut unknown = Vec::new();
        strange(&applied.record, &schema, &schema, "", &mut unknown);
        assert!(unknown.is_empty(), "{}: {unknown:?}", case.name);
        expect(case, "record.json", &applied.record);
        let (dropped, left_out) = (json!(applied.dropped), json!(applied.left_out));
        let account =
            json!({ "dropped": dropped, "left_out": left_out, "unmapped": applied.unmapped, "problems": problems });
        expect(case, "account.json", &account);
    }
}

/// The vendor's own example of a telephone number is kept as it is, and is found to be that of another country.
#[test]
fn a_number_in_the_vendors_own_example_is_judged() {
    let case = cases().into_iter().find(|case| case.name == "smartrecruiters").unwrap();
    let applied = named(&mappings(), case.mapping()).apply(&case.documents).unwrap();
    assert_eq!(applied.record["form"]["phone"], "00112345698795");
    let ruleset = Ruleset::from_sources(&sources()).unwrap();
    let verdict = ruleset.screen_value(&applied.record, &ScreenOptions::default().with_as_of("2026-04-01")).unwrap();
    let mut evidence = verdict.raised.iter().flat_map(|raised| &raised.findings).flat_map(|finding| &finding.evidence);
    assert!(evidence.any(|evidence| evidence.path == "form.phone"), "{:?}", verdict.raised);
}

#[test]
fn no_protected_value_is_in_a_record() {
    let mappings = mappings();
    let mut checked = 0;
    for case in cases() {
        let applied = named(&mappings, case.mapping()).apply(&case.documents).unwrap();
        let record = applied.record.to_string();
        for dropped in &applied.dropped {
            let key = dropped.path.rsplit('.').next().unwrap().trim_end_matches("[]");
            let mut texts = Vec::new();
            case.documents.values().for_each(|document| texts_under(document, Some(key), &mut texts));
            for text in texts.iter().filter(|text| !text.is_empty()) {
                assert!(!record.contains(*text), "{}: `{}`: {text}", case.name, dropped.path);
                checked += 1;
            }
        }
    }
    assert!(checked >= 15, "{checked}");
}

#[test]
fn exactly_one_mapping_recognises_each_document() {
    let mappings = mappings();
    let recognising = |documents: &BTreeMap<String, Value>| -> Vec<&str> {
        mappings.iter().filter(|mapping| mapping.recognises_all(documents)).map(Mapping::name).collect()
    };
    for case in cases() {
        assert_eq!(recognising(&case.documents), [case.mapping()], "{}", case.name);
        assert_eq!(Mapping::recognise(&mappings, &case.documents).unwrap().name(), case.mapping());
        // Several documents in one object are the same documents.
        let held: serde_json::Map<_, _> = case.documents.clone().into_iter().collect();
        let held = BTreeMap::from([("document".to_owned(), Value::Object(held))]);
        if case.documents.len() > 1 && case.mapping() != "linkedin-export" {
            assert_eq!(recognising(&held), [case.mapping()], "{}", case.name);
            let mapping = named(&mappings, case.mapping());
            assert_eq!(mapping.apply(&held).unwrap().record, mapping.apply(&case.documents).unwrap().record);
        }
    }
    let resumes: Vec<_> =
        sorted(Path::new(JSON_RESUME)).into_iter().filter(|path| path.extension() == Some("json".as_ref())).collect();
    assert_eq!(resumes.len(), 6);
    for path in resumes {
        assert_eq!(recognising(&BTreeMap::from([("resume".to_owned(), read(&path))])), ["json-resume"], "{path:?}");
    }
}

#[test]
fn a_record_is_recognised_by_no_mapping() {
    let mappings = mappings();
    for path in sorted(Path::new(CASES)).into_iter().filter(|path| path.is_dir()) {
        let record = BTreeMap::from([("document".to_owned(), read(&path.join("record.json")))]);
        let error = Mapping::recognise(&mappings, &record).unwrap_err().to_string();
        assert!(error.starts_with("no mapping recognises this document; asked were: ashby, greenhouse, "), "{error}");
    }
}

/// Whatever stands at a place of a document, something comes of it: no mapping fails, and no record is refused.
#[test]
fn any_value_at_any_place_gives_a_record() {
    let (mappings, ruleset) = (mappings(), Ruleset::from_sources(&sources()).unwrap());
    let options = ScreenOptions::default().with_as_of("2026-04-01");
    let odd = [
        json!(null),
        json!([]),
        json!({}),
        json!(-1.5e300),
        json!(i64::MIN),
        json!("\u{130}\u{0} Jan 99999"),
        json!([[{}]]),
        json!({ "year": {} }),
    ];
    let mut tried = 0;
    for case in cases() {
        let whole = Value::Object(case.documents.clone().into_iter().collect());
        let mut places = Vec::new();
        pointers(&whole, String::new(), &mut places);
        for pointer in places {
            for value in &odd {
                let mut changed = whole.clone();
                *changed.pointer_mut(&pointer).unwrap() = value.clone();
                let Value::Object(documents) = changed else { continue };
                let documents: BTreeMap<String, Value> = documents.into_iter().collect();
                let applied = named(&mappings, case.mapping()).apply(&documents).unwrap();
                if tried % 40 == 0 {
                    ruleset.screen_value(&applied.record, &options).unwrap();
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 4000, "{tried}");
}

fn pointers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let step = key.replace('~', "~0").replace('/', "~1");
                pointers(inner, format!("{path}/{step}"), found);
            }
        }
        Value::Array(items) => {
            for (number, inner) in items.iter().enumerate() {
                pointers(inner, format!("{path}/{number}"), found);
            }
        }
        _ => {}
    }
    if !path.is_empty() {
        found.push(path);
    }
}
