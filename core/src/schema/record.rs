//! The record as JSON Schema (2020-12), and the paths of it that a ruleset reads.

use crate::check::Checked;
use crate::check::tree::{FieldDef, FieldTy, RecordId};
use crate::record::Scalar;
use crate::ruleset::InputPath;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The paths that some indicator reads, sorted.
pub(crate) fn inputs(checked: &Checked) -> Vec<InputPath> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for indicator in &checked.indicators {
        for path in &indicator.reads.paths {
            found.entry(path).or_default().push(indicator.name.clone());
        }
    }
    found
        .into_iter()
        .map(|(path, indicators)| {
            let field = field_at(checked, path);
            let element = path.ends_with("[]");
            InputPath {
                path: path.to_owned(),
                ty: field.map_or_else(String::new, |field| type_name(checked, &field.ty, element)),
                description: field.and_then(|field| field.description.clone()),
                indicators,
            }
        })
        .collect()
}

fn field_at<'c>(checked: &'c Checked, path: &str) -> Option<&'c FieldDef> {
    let mut record = checked.root;
    let mut found = None;
    for name in path.split('.') {
        let name = name.trim_end_matches("[]");
        let field = checked.records.get(record)?.fields.iter().find(|field| field.name == name)?;
        found = Some(field);
        if let Some(inner) = inner_record(&field.ty) {
            record = inner;
        }
    }
    found
}

fn inner_record(ty: &FieldTy) -> Option<RecordId> {
    match ty {
        FieldTy::Record(id) => Some(*id),
        FieldTy::List(element) => inner_record(element),
        _ => None,
    }
}

fn type_name(checked: &Checked, ty: &FieldTy, element: bool) -> String {
    match ty {
        FieldTy::Scalar(scalar) => scalar.name(),
        FieldTy::Record(id) => {
            checked.records.get(*id).map_or_else(|| "record".to_owned(), |record| record.name.clone())
        }
        FieldTy::List(inner) if element => type_name(checked, inner, false),
        FieldTy::List(inner) => format!("list of {}", type_name(checked, inner, false)),
        FieldTy::Poison => String::new(),
    }
}

/// JSON Schema of the application. Named records stand under `$defs`; every field may be missing or null.
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
            let mut text = field.description.clone().unwrap_or_default();
            if let Some(ground) = &field.protected {
                if !text.is_empty() {
                    text.push(' ');
                }
                let _ = write!(text, "Protected: {ground}.");
            }
            if !text.is_empty() {
                fields.insert("description".to_owned(), Value::String(text));
            }
        }
        properties.insert(field.key.clone(), schema);
    }
    json!({ "type": ["object", "null"], "properties": properties })
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
        other => {
            let example = match other {
                Scalar::Date => "2019, 2019-05, 2019-05-31 or present",
                Scalar::Instant => "2024-01-31T08:00:00Z",
                Scalar::Country => "an ISO 3166-1 code or English name",
                Scalar::Network => "192.0.2.0/24",
                _ => "",
            };
            let mut schema = json!({ "type": ["string", "null"], "x-indicia-type": other.name() });
            if let (Value::Object(fields), false) = (&mut schema, example.is_empty()) {
                fields.insert("$comment".to_owned(), Value::String(example.to_owned()));
            }
            schema
        }
    }
}
