//! What stands in a mapping file, as the type that belongs there, or the error that says what belongs there instead.

use super::MappingError;
use serde_json::{Map, Value};

pub(super) fn flag(map: &Map<String, Value>, place: &str, key: &str) -> Result<bool, MappingError> {
    match map.get(key) {
        None => Ok(false),
        Some(Value::Bool(value)) => Ok(*value),
        Some(other) => Err(wrong(&format!("{place}.{key}"), "true or false", other)),
    }
}

pub(super) fn object<'v>(value: &'v Value, place: &str) -> Result<&'v Map<String, Value>, MappingError> {
    value.as_object().ok_or_else(|| wrong(place, "keys with values", value))
}

pub(super) fn text<'v>(value: &'v Value, place: &str) -> Result<&'v str, MappingError> {
    value.as_str().ok_or_else(|| wrong(place, "a text", value))
}

pub(super) fn texts(map: &Map<String, Value>, key: &str) -> Result<Vec<String>, MappingError> {
    match map.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(|item| Ok(text(item, key)?.to_owned())).collect(),
        Some(other) => Err(wrong(key, "a list of texts", other)),
    }
}

pub(super) fn required<'v>(map: &'v Map<String, Value>, place: &str, key: &str) -> Result<&'v Value, MappingError> {
    map.get(key).ok_or_else(|| missing(place, key))
}

pub(super) fn only(map: &Map<String, Value>, place: &str, known: &[&str]) -> Result<(), MappingError> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => {
            Err(MappingError::UnknownKey { path: place.to_owned(), key: key.clone(), known: known.join(", ") })
        }
    }
}

pub(super) fn missing(place: &str, key: &str) -> MappingError {
    MappingError::MissingKey { path: place.to_owned(), key: key.to_owned() }
}

pub(super) fn wrong_word(place: &str, expected: &str, found: &str) -> MappingError {
    MappingError::Type { path: place.to_owned(), expected: expected.to_owned(), found: format!("`{found}`") }
}

pub(super) fn wrong(place: &str, expected: &str, found: &Value) -> MappingError {
    let found = match found {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "keys with values",
    };
    MappingError::Type { path: place.to_owned(), expected: expected.to_owned(), found: found.to_owned() }
}
