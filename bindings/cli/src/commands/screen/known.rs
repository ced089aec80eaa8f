//! What the record of a ruleset has: asked which keys of a document are not among its fields. Nothing here judges values.

use indicia::Ruleset;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

/// Levels of records: deeper ones are not looked into.
const DEEPEST: usize = 16;
/// Unknown keys of one document that are told.
pub(super) const MAX_STRANGE: usize = 100;
/// How alike two names must be to be taken for one another, from 0 to 1: `fone` and `phone` are.
const ALIKE: f32 = 0.65;
/// The same where the names don't stand beside one another: `phoen` and `form.phone`.
const MUCH_ALIKE: f32 = 0.8;

/// The fields of a record.
#[derive(Debug)]
pub(crate) struct Known {
    schema: Value,
    /// The keys of the record itself.
    top: BTreeSet<String>,
    /// All paths, `[]` for the elements of a list: `form.work[].name`.
    paths: BTreeSet<String>,
    /// Those that rules read, the ones that most indicators need first.
    read: Vec<String>,
}

impl Known {
    pub(crate) fn of(ruleset: &Ruleset) -> Self {
        let schema = ruleset.schema();
        let mut inputs = ruleset.inputs();
        inputs.sort_by_key(|input| std::cmp::Reverse(input.indicators.len()));
        let read = inputs.into_iter().map(|input| input.key).collect();
        let mut known = Self { top: BTreeSet::new(), paths: BTreeSet::new(), read, schema };
        let mut paths = BTreeSet::new();
        known.collect(&known.schema, "", 0, &mut paths);
        known.top = paths.iter().filter(|path| !path.contains(['.', '['])).cloned().collect();
        known.paths = paths;
        known
    }

    fn collect(&self, shape: &Value, path: &str, depth: usize, paths: &mut BTreeSet<String>) {
        if depth > DEEPEST {
            return;
        }
        let shape = self.resolved(shape);
        for (key, inner) in shape.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let path = below(path, key);
            self.collect(inner, &path, depth + 1, paths);
            paths.insert(path);
        }
        if let Some(items) = shape.get("items") {
            let path = format!("{path}[]");
            self.collect(items, &path, depth + 1, paths);
            paths.insert(path);
        }
    }

    /// The shape that a reference leads to, or the shape itself.
    fn resolved<'s>(&'s self, shape: &'s Value) -> &'s Value {
        let pointer = shape.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.schema.pointer(pointer)).unwrap_or(shape)
    }

    /// Whether the record has a path, `[]` for the elements of a list.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether a document has at least one key of the record.
    pub(super) fn recognises(&self, document: &Value) -> bool {
        document.as_object().is_some_and(|map| map.keys().any(|key| self.top.contains(key)))
    }

    /// Whether it has one beside `id`, which everything has.
    pub(super) fn recognises_more_than_id(&self, document: &Value) -> bool {
        document.as_object().is_some_and(|map| map.keys().any(|key| key != "id" && self.top.contains(key)))
    }

    /// [`Known::recognises`] of JSON text, read no further than to the first such key.
    pub(super) fn recognises_text(&self, json: &[u8]) -> bool {
        let found = Cell::new(false);
        let first = FirstKnown { top: &self.top, found: &found };
        // That the text goes on behind the key is an error to the reader, and none here.
        let _ = serde_json::Deserializer::from_slice(json).deserialize_map(first);
        found.get()
    }

    /// The paths of a document that the record does not have, the outermost ones.
    pub(super) fn strange(&self, document: &Value) -> BTreeSet<String> {
        let mut strange = BTreeSet::new();
        self.walk(document, &self.schema, "", 0, &mut strange);
        strange
    }

    fn walk(&self, value: &Value, shape: &Value, path: &str, depth: usize, strange: &mut BTreeSet<String>) {
        if depth > DEEPEST {
            return;
        }
        let shape = self.resolved(shape);
        match (value, shape.get("properties"), shape.get("items")) {
            (Value::Object(map), Some(Value::Object(fields)), _) => {
                for (key, value) in map {
                    let path = below(path, key);
                    match fields.get(key) {
                        Some(inner) => self.walk(value, inner, &path, depth + 1, strange),
                        None if strange.len() < MAX_STRANGE => {
                            strange.insert(path);
                        }
                        None => {}
                    }
                }
            }
            (Value::Array(values), _, Some(items)) => {
                let path = format!("{path}[]");
                for value in values {
                    self.walk(value, items, &path, depth + 1, strange);
                }
            }
            _ => {}
        }
    }

    /// The path of the record that was probably meant: one beside it with a like name, or for a key of the document
    /// itself one of the same name further in.
    pub(super) fn near(&self, path: &str) -> Option<&str> {
        let (parent, key) = path.rsplit_once('.').map_or(("", path), |(parent, key)| (parent, key));
        let beside = self.paths.iter().filter_map(|known| {
            let (known_parent, name) =
                known.rsplit_once('.').map_or(("", known.as_str()), |(parent, name)| (parent, name));
            (known_parent == parent && !name.ends_with(']')).then_some((known.as_str(), name.to_lowercase()))
        });
        let beside: Vec<(&str, String)> = beside.collect();
        let names: Vec<&str> = beside.iter().map(|(_, name)| name.as_str()).collect();
        let key = key.to_lowercase();
        let alike = similar::get_close_matches(key.as_str(), &names, 1, ALIKE).first().copied();
        let found = beside.iter().find(|(_, name)| Some(name.as_str()) == alike).map(|(known, _)| *known);
        found.or_else(|| if parent.is_empty() { self.further_in(&key) } else { None })
    }

    /// A path that ends in the key, or in one much like it: of several, the one that most indicators need.
    fn further_in(&self, key: &str) -> Option<&str> {
        let last = |path: &'_ str| path.rsplit_once('.').map_or(String::new(), |(_, name)| name.to_owned());
        let names: Vec<String> = self.paths.iter().map(|path| last(path)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let meant = similar::get_close_matches(key, &names, 1, MUCH_ALIKE).first().copied()?;
        self.read.iter().chain(&self.paths).map(String::as_str).find(|path| last(path) == meant)
    }
}

/// A key below a path.
fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Looks for a known key and stops at the first.
struct FirstKnown<'k> {
    top: &'k BTreeSet<String>,
    found: &'k Cell<bool>,
}

impl<'de> Visitor<'de> for FirstKnown<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if self.top.contains(&key) {
                self.found.set(true);
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Known;
    use indicia::Ruleset;
    use serde_json::json;

    fn known() -> Known {
        Known::of(&Ruleset::default_ruleset().unwrap())
    }

    #[test]
    fn keys_are_looked_for_at_their_place_in_the_record() {
        let document = json!({
            "id": "a", "form": { "phoen": "1", "work": [{ "nmae": "x" }, { "name": "y" }], "location": { "zip": 1 } },
            "files": "not a list", "other": { "id": 1 },
        });
        let strange = known().strange(&document);
        assert_eq!(
            strange.into_iter().collect::<Vec<_>>(),
            ["form.location.zip", "form.phoen", "form.work[].nmae", "other"]
        );
    }

    #[test]
    fn a_like_name_beside_it_or_the_same_name_further_in_is_meant() {
        let known = known();
        assert_eq!(known.near("form.phoen"), Some("form.phone"));
        assert_eq!(known.near("form.fone"), Some("form.phone"));
        assert_eq!(known.near("resume.work[].nmae"), Some("resume.work[].name"));
        assert_eq!(known.near("Form"), Some("form"));
        assert_eq!(known.near("phone"), Some("form.phone"));
        assert_eq!(known.near("phoen"), Some("form.phone"));
        assert_eq!(known.near("hobbies"), None);
        assert_eq!(known.near("form.location.zip"), None);
    }

    #[test]
    fn one_known_key_is_enough_to_recognise_a_document() {
        let known = known();
        for (text, recognised) in [
            (r#"{"x": {"id": 1}, "id": "a", "form": }"#, true),
            (r#"{"x": {"id": 1}, "y": []}"#, false),
            ("{}", false),
            ("[1]", false),
        ] {
            assert_eq!(known.recognises_text(text.as_bytes()), recognised, "{text}");
        }
        assert!(known.recognises(&json!({ "form": null })));
        assert!(!known.recognises(&json!({ "basics": {} })));
    }
}
