//! The record as JSON Schema (2020-12).

use crate::check::Checked;
use crate::check::tree::{FieldTy, RecordId};
use crate::record::Scalar;
use serde_json::{Map, Value, json};

const ABOUT: &str = "What the ruleset declares of an application. Every field may be missing, null or empty; properties that are not \
    declared are allowed and skipped; a value of another type is reported as a problem and read as unknown.";

/// JSON Schema of the application. Named records stand under `$defs`; every field may be missing or null. Further properties
/// are allowed everywhere: what the record does not declare is skipped.
pub(crate) fn record_schema(checked: &Checked) -> Value {
    let mut definitions = Map::new();
    for (id, record) in checked.records.iter().enumerate() {
        if record.parent.is_none() && id != checked.root {
            definitions.insert(record.name.clone(), object(checked, id));
        }
    }
    let mut schema = object(checked, checked.root);
    if let Value::Object(fields) = &mut schema {
        fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        fields.insert("title".to_owned(), json!("application"));
        fields.insert("description".to_owned(), json!(ABOUT));
        if !definitions.is_empty() {
            fields.insert("$defs".to_owned(), Value::Object(definitions));
        }
    }
    schema
}

fn object(checked: &Checked, id: RecordId) -> Value {
    let mut properties = Map::new();
    for field in checked.records.get(id).iter().flat_map(|record| &record.fields) {
        let mut schema = of_type(checked, &field.ty);
        if let Value::Object(fields) = &mut schema {
            let protected = field.protected.as_ref().map(|ground| format!("Protected: {ground}."));
            let parts = [field.description.clone(), takes(&field.ty).map(str::to_owned), protected];
            let text = sentences(&parts);
            if !text.is_empty() {
                fields.insert("description".to_owned(), Value::String(text));
            }
        }
        properties.insert(field.key.clone(), schema);
    }
    json!({ "type": ["object", "null"], "properties": properties })
}

/// Texts one after the other, each ended by a full stop if another follows.
fn sentences(parts: &[Option<String>]) -> String {
    let mut text = String::new();
    for part in parts.iter().flatten() {
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '!', '?', ':']) { " " } else { ". " });
        }
        text.push_str(part);
    }
    text
}

fn of_type(checked: &Checked, ty: &FieldTy) -> Value {
    match ty {
        FieldTy::Scalar(scalar) => of_scalar(scalar),
        FieldTy::Record(id) => match checked.records.get(*id) {
            Some(record) if record.parent.is_none() && *id != checked.root => {
                json!({ "$ref": format!("#/$defs/{}", record.name) })
            }
            _ => object(checked, *id),
        },
        FieldTy::List(element) => json!({ "type": ["array", "null"], "items": of_type(checked, element) }),
        FieldTy::Poison => json!({}),
    }
}

fn of_scalar(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Number => json!({ "type": ["number", "null"] }),
        Scalar::Bool => json!({ "type": ["boolean", "null"] }),
        Scalar::OneOf(words) => {
            let mut known: Vec<Value> = words.iter().map(|word| Value::String(word.to_string())).collect();
            known.push(Value::String(String::new()));
            known.push(Value::Null);
            json!({ "enum": known })
        }
        // An empty text is a missing value, as null is.
        Scalar::Instant => json!({
            "anyOf": [{ "type": "string", "format": "date-time" }, { "enum": ["", null] }],
            "x-indicia-type": scalar.name(),
        }),
        other => json!({ "type": ["string", "null"], "x-indicia-type": other.name() }),
    }
}

/// What a text of this type may hold, for those who fill it in.
fn takes(ty: &FieldTy) -> Option<&'static str> {
    match ty {
        FieldTy::Scalar(Scalar::Date) => Some("A day, month or year (2019-05-31, 2019-05 or 2019), or present."),
        FieldTy::Scalar(Scalar::Instant) => Some("A time with its offset (RFC 3339), such as 2024-01-31T08:00:00Z."),
        FieldTy::Scalar(Scalar::Country) => Some("An ISO 3166-1 code or an English name."),
        FieldTy::Scalar(Scalar::Network) => Some("A network such as 192.0.2.0/24."),
        FieldTy::List(element) => takes(element),
        _ => None,
    }
}
