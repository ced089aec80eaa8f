//! Redaction by the default ruleset: nothing of an application stands in the verdict but its `id` and the day of the evaluation.

#![cfg(test)]

use indicia::{Explained, Ruleset, ScreenOptions};
use indicia_tests::generate::{KINDS, Plan};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const RULESET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
const KEY: &[u8] = b"a key for the tests of redaction";

/// The committed samples and their names.
fn samples() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/applications");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path.display().to_string(), serde_json::from_str(&text).unwrap()));
        }
    }
    found
}

/// The samples, and each kind of fraud that the generator knows.
fn applications() -> Vec<(String, Value)> {
    let mut found = samples();
    for kind in KINDS {
        for number in 0..12 {
            let countries = if number % 2 == 0 { 5 } else { 40 };
            let application = Plan { seed: 23, countries, fraud_per_mille: 1000 }.with_fraud(number, kind);
            found.push((format!("{} {number}", kind.name), serde_json::to_value(&application).unwrap()));
        }
    }
    found
}

/// Texts of at least four characters, without those under keys that no record declares.
fn texts(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.chars().count() >= 4 => {
            out.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(fields) => {
            fields.iter().filter(|(key, _)| !key.starts_with('_')).for_each(|(_, value)| texts(value, out));
        }
        _ => {}
    }
}

/// Words in small letters that the rules use: those of a `one of` name fields, too, and stand in ids and messages.
fn own_words(ruleset: &Ruleset) -> BTreeSet<String> {
    let rules: Vec<&str> = ruleset.sources().rules.values().map(String::as_str).collect();
    let words = rules.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    words.filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).map(str::to_owned).collect()
}

/// The verdict as text, without what stays by design and what the ruleset says of every applicant.
fn told(verdict: &Value) -> String {
    let mut verdict = verdict.clone();
    for key in ["id", "as_of", "ruleset", "engine", "decided_by"] {
        verdict[key].take();
    }
    for list in ["raised", "shadow"] {
        for raised in verdict[list].as_array_mut().unwrap() {
            for key in ["title", "verify", "caution", "sources"] {
                raised[key].take();
            }
        }
    }
    verdict.to_string()
}

/// The text between hashes, whose digits may be anything.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split("hmac:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "#" + part.get(16..).unwrap_or_default())
}

/// Leaves of evidence that are neither null nor a hash.
fn clear(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.starts_with("hmac:") => Vec::new(),
        Value::Array(items) => items.iter().flat_map(clear).collect(),
        Value::Object(fields) => fields.values().flat_map(clear).collect(),
        other => vec![other.to_string()],
    }
}

fn evidence(verdict: &Value) -> Vec<&Value> {
    let raised = ["raised", "shadow"].into_iter().flat_map(|list| verdict[list].as_array().unwrap());
    let findings = raised.flat_map(|raised| raised["findings"].as_array().unwrap());
    findings.flat_map(|finding| finding["evidence"].as_array().unwrap()).collect()
}

/// A tree as text, without the conditions as the ruleset writes them.
fn tree(node: &Explained) -> String {
    let own = if node.operator == "element" { node.text.as_str() } else { "" };
    let said = serde_json::json!([own, node.actual, node.expected, node.paths, node.reasons]).to_string();
    node.children.iter().fold(said, |said, child| said + &tree(child))
}

#[test]
fn no_text_of_an_application_stands_in_its_redacted_explanations() {
    let ruleset = Ruleset::from_folder(RULESET).unwrap();
    let redacted = ScreenOptions::default().with_redact_key(KEY);
    let own = own_words(&ruleset);
    let (mut count, mut wrong) = (0, Vec::new());
    for (name, application) in samples() {
        let mut given = BTreeSet::new();
        texts(&application, &mut given);
        let json = serde_json::to_vec(&application).unwrap();
        for indicator in ruleset.indicators() {
            let explained = ruleset.explain(&indicator.id, &json, &redacted).unwrap();
            let text = without_hashes(&tree(&explained.tree));
            for value in given.iter().filter(|value| !own.contains(*value) && text.contains(value.as_str())) {
                wrong.push(format!("{name}, {}: {value:?}", indicator.id));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 400, "only {count} explanations");
}

#[test]
fn no_text_of_an_application_stands_in_its_redacted_verdict() {
    let ruleset = Ruleset::from_folder(RULESET).unwrap();
    let own = own_words(&ruleset);
    let plain = ScreenOptions::default();
    let redacted = ScreenOptions::default().with_redact_key(KEY);
    let (mut raised, mut wrong) = (BTreeSet::new(), Vec::new());
    for (name, application) in applications() {
        let open = serde_json::to_value(ruleset.screen_value(&application, &plain).unwrap()).unwrap();
        let verdict = serde_json::to_value(ruleset.screen_value(&application, &redacted).unwrap()).unwrap();
        assert_eq!((&verdict["id"], &verdict["as_of"]), (&application["id"], &open["as_of"]));
        assert_eq!((&verdict["outcome"], &verdict["score"]), (&open["outcome"], &open["score"]));
        let mut given = BTreeSet::new();
        texts(&application, &mut given);
        given.remove(application["id"].as_str().unwrap());
        // What tables say of a value identifies it as the value does.
        for entry in evidence(&open) {
            texts(&entry["value"], &mut given);
        }
        let text = without_hashes(&told(&verdict));
        for value in given.iter().filter(|value| !own.contains(*value) && text.contains(value.as_str())) {
            wrong.push(format!("{name}: {value:?}"));
        }
        for entry in evidence(&verdict) {
            wrong
                .extend(clear(&entry["value"]).into_iter().map(|value| format!("{name}: {} = {value}", entry["path"])));
        }
        raised.extend(open["raised"].as_array().unwrap().iter().map(|raised| raised["indicator"].to_string()));
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
    assert!(raised.len() >= 40, "only {} indicators are raised", raised.len());
}
