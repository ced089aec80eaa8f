//! From documents to a record, and an account of what stayed behind.

use super::documents::Source;
use super::path::{Path, has_value, push_key};
use super::{Mapping, MappingError, Rule, Take};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Documents nested deeper than this are not looked into for the account.
const DEEPEST: usize = 256;

/// A record made of documents.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Applied {
    /// The record.
    pub record: Value,
    /// Protected keys that the documents have, in their order. Their values are nowhere in the record.
    pub dropped: Vec<Dropped>,
    /// Values that the mapping reads and leaves out, such as "Upon request" for a phone number.
    pub left_out: Vec<LeftOut>,
    /// Paths of values that no rule of the mapping reads, sorted, `[]` for the elements of a list.
    pub unmapped: Vec<String>,
}

/// A protected key that a document has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Dropped {
    /// Its path, `[]` for the elements of a list.
    pub path: String,
    /// The ground on which it is protected.
    pub ground: String,
}

/// A value that was read and left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The field of the record that stays missing.
    pub field: String,
    /// The value.
    pub value: String,
}

impl Mapping {
    /// Makes a record of documents, by their names. Where the mapping names no documents, one document of any name is taken;
    /// where it names several, one of another name may be an object that holds them, or the one that may come alone. A
    /// document that is not given leaves its fields missing.
    ///
    /// # Errors
    /// [`MappingError::UnknownDocument`], [`MappingError::NoDocuments`] and [`MappingError::Documents`].
    pub fn apply(&self, documents: &BTreeMap<String, Value>) -> Result<Applied, MappingError> {
        let mut applied = Applied::default();
        let Source { value: source, beside, others } = self.source(documents)?;
        let mut dropped = BTreeSet::new();
        let source = self.without_protected(source, "", &mut dropped, 0);
        let mut read = BTreeSet::new();
        patterns(&self.record, &[String::new()], &mut read);
        let mut unmapped: BTreeSet<String> = others.into_iter().collect();
        leaves(&source, "", &read, &mut unmapped, 0);
        for (path, map) in beside {
            let left = self.without_protected(Value::Object(map), &path, &mut dropped, 0);
            leaves(&left, &path, &BTreeSet::new(), &mut unmapped, 0);
        }
        applied.dropped = dropped.into_iter().collect();
        applied.unmapped = unmapped.into_iter().collect();
        let record = fill(&self.record, &source, "", &mut applied.left_out);
        applied.record = record.unwrap_or_else(|| Value::Object(Map::new()));
        Ok(applied)
    }

    /// A copy without protected keys, wherever they stand.
    fn without_protected(&self, value: Value, path: &str, dropped: &mut BTreeSet<Dropped>, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        match value {
            Value::Object(map) => {
                let mut kept = Map::new();
                for (key, value) in map {
                    let mut path = path.to_owned();
                    push_key(&mut path, &key);
                    match self.protected.ground(&key, &path) {
                        Some(ground) if has_value(&value) => {
                            dropped.insert(Dropped { path, ground: ground.to_owned() });
                        }
                        Some(_) => {}
                        None => {
                            let value = self.without_protected(value, &path, dropped, depth + 1);
                            kept.insert(key, value);
                        }
                    }
                }
                Value::Object(kept)
            }
            Value::Array(items) => {
                let path = format!("{path}[]");
                let items = items.into_iter().map(|item| self.without_protected(item, &path, dropped, depth + 1));
                Value::Array(items.collect())
            }
            other => other,
        }
    }
}

/// A record of rules; nothing if there is nothing but constants to write.
fn fill(rules: &BTreeMap<String, Rule>, source: &Value, field: &str, left_out: &mut Vec<LeftOut>) -> Option<Value> {
    let mut map = Map::new();
    let mut constants = Map::new();
    for (key, rule) in rules {
        let mut field = field.to_owned();
        push_key(&mut field, key);
        if let Rule::Constant(value) = rule {
            constants.insert(key.clone(), value.clone());
        } else if let Some(value) = apply(rule, source, &field, left_out) {
            map.insert(key.clone(), value);
        }
    }
    if map.is_empty() {
        return None;
    }
    map.append(&mut constants);
    Some(Value::Object(map))
}

fn apply(rule: &Rule, source: &Value, field: &str, left_out: &mut Vec<LeftOut>) -> Option<Value> {
    match rule {
        Rule::Take(take) => take_value(take, source, field, left_out),
        Rule::Join { paths, with } => {
            let parts = paths.iter().filter_map(|path| path.find(source)).filter(has_value);
            let parts: Vec<String> =
                parts.map(|part| part.as_str().map_or_else(|| part.to_string(), |t| t.trim().to_owned())).collect();
            (!parts.is_empty()).then(|| Value::String(parts.join(with)))
        }
        Rule::Constant(value) => Some(value.clone()),
        Rule::Fields(rules) => fill(rules, source, field, left_out),
        Rule::List(rules) => {
            let mut items = Vec::new();
            for rule in rules {
                items.extend(apply(rule, source, &format!("{field}[{}]", items.len()), left_out));
            }
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Rule::Each { list, element } => {
            let list = first(list, source)?;
            let Value::Array(items) = list else { return Some(list) };
            let takes_itself = reads_itself(element);
            let elements = (0..).zip(&items).map(|(number, item): (usize, _)| {
                let field = format!("{field}[{number}]");
                // What is no object where one belongs is kept, so that the record's problems show it.
                match (&**element, item) {
                    (Rule::Fields(_), Value::Object(_)) => {
                        apply(element, item, &field, left_out).unwrap_or_else(|| Value::Object(Map::new()))
                    }
                    (Rule::Fields(_), item) if !takes_itself || !has_value(item) => item.clone(),
                    (_, item) => apply(element, item, &field, left_out).unwrap_or_default(),
                }
            });
            Some(Value::Array(elements.collect()))
        }
    }
}

fn take_value(take: &Take, source: &Value, field: &str, left_out: &mut Vec<LeftOut>) -> Option<Value> {
    if let Some(value) = first(&take.from, source) {
        let prose = value.as_str().filter(|text| take.needs_digit && !text.chars().any(char::is_numeric));
        match prose {
            None => return Some(take.convert.as_ref().map_or_else(|| value.clone(), |how| how.apply(value.clone()))),
            Some(text) => left_out.push(LeftOut { field: field.to_owned(), value: text.trim().to_owned() }),
        }
    }
    let goes_on = |path: &Path| path.find(source).is_some_and(|value| has_value(&value) && value != Value::Bool(false));
    if take.present_when.as_ref().is_some_and(goes_on) {
        return Some(Value::String("present".to_owned()));
    }
    take.default.clone()
}

/// The first value; an empty list, if there is one, where there is no value: it says that there is nothing.
fn first(paths: &[Path], source: &Value) -> Option<Value> {
    let mut empty = None;
    for found in paths.iter().filter_map(|path| path.find(source)) {
        if has_value(&found) {
            return Some(found);
        }
        if found.is_array() {
            empty = Some(found);
        }
    }
    empty
}

/// Whether a record is made of the element itself (`.`), so that it needs to be no object.
fn reads_itself(rule: &Rule) -> bool {
    match rule {
        Rule::Take(take) => take.from.iter().any(Path::is_itself),
        Rule::Join { paths, .. } => paths.iter().any(Path::is_itself),
        Rule::Fields(rules) => rules.values().any(reads_itself),
        Rule::List(rules) => rules.iter().any(reads_itself),
        Rule::Constant(_) | Rule::Each { .. } => false,
    }
}

/// The patterns of all paths that rules read, from each of the places where they may start.
fn patterns(rules: &BTreeMap<String, Rule>, bases: &[String], read: &mut BTreeSet<String>) {
    for rule in rules.values() {
        rule_patterns(rule, bases, read);
    }
}

fn rule_patterns(rule: &Rule, bases: &[String], read: &mut BTreeSet<String>) {
    let mut add = |paths: &[Path]| {
        for base in bases {
            read.extend(paths.iter().map(|path| path.pattern(base)));
        }
    };
    match rule {
        Rule::Take(take) => {
            add(&take.from);
            add(take.present_when.as_slice());
        }
        Rule::Join { paths, .. } => add(paths),
        Rule::Constant(_) => {}
        Rule::List(rules) => rules.iter().for_each(|rule| rule_patterns(rule, bases, read)),
        Rule::Fields(rules) => patterns(rules, bases, read),
        Rule::Each { list, element } => {
            let bases: Vec<_> = bases
                .iter()
                .flat_map(|base| list.iter().map(move |path| format!("{}[]", path.pattern(base))))
                .collect();
            rule_patterns(element, &bases, read);
        }
    }
}

/// Paths of values that no pattern reads.
fn leaves(value: &Value, path: &str, read: &BTreeSet<String>, unmapped: &mut BTreeSet<String>, depth: usize) {
    if depth > DEEPEST || (read.contains(path) && !path.is_empty()) {
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let mut path = path.to_owned();
                push_key(&mut path, key);
                leaves(value, &path, read, unmapped, depth + 1);
            }
        }
        Value::Array(items) => {
            let path = format!("{path}[]");
            for item in items {
                leaves(item, &path, read, unmapped, depth + 1);
            }
        }
        scalar if has_value(scalar) => {
            unmapped.insert(path.to_owned());
        }
        _ => {}
    }
}
