//! Redaction: what of a verdict tells of the application, and the keyed hash that stands for it.
//!
//! Two things stay as they are: the application's `id`, by which the host finds it again, and the day of the evaluation.

use super::Eval;
use crate::compile::program::{List, Node, Row, Value};
use serde_json::Value as Json;

impl Eval<'_, '_> {
    /// Whether a value tells of the application, so that redaction hides it: what was given, what is computed from it, and
    /// the cells of rows that it found, by look-up or by going through a table.
    pub(super) fn tells_of_application(&self, value: &Value) -> bool {
        match &value.node {
            Node::Field(_) | Node::Aggregate { .. } | Node::Column { row: Row::Binder(_), .. } => true,
            Node::Element(slot) => match self.list(self.bound(*slot).list) {
                Some(List::Words(value) | List::Cell(value)) => self.tells_of_application(value),
                _ => true,
            },
            Node::Column { row: Row::Lookup(key), .. } => self.tells_of_application(key),
            Node::Prop(base, _) | Node::Neg(base) => self.tells_of_application(base),
            Node::Coalesce(a, b) | Node::Arith(_, a, b) | Node::Period(a, b) | Node::Overlap(a, b) => {
                self.tells_of_application(a) || self.tells_of_application(b)
            }
            Node::Let(index) => self.p.lets_tell.get(*index as usize).copied().unwrap_or(true),
            _ => false,
        }
    }

    /// The text, or its keyed hash where the verdict is redacted.
    pub(super) fn redacted(&self, text: &str) -> String {
        let Some(key) = &self.w.redact_key else { return text.to_owned() };
        let hash = super::canonical::keyed_hash(key, text).unwrap_or_default();
        format!("hmac:{}", hash.get(..16).unwrap_or(""))
    }

    /// A value of the application, each text, number and bool of it hidden where the verdict is redacted.
    pub(super) fn redacted_json(&self, value: Json) -> Json {
        if self.w.redact_key.is_none() {
            return value;
        }
        match value {
            Json::Null => Json::Null,
            Json::String(text) => Json::String(self.redacted(&text)),
            Json::Array(items) => items.into_iter().map(|item| self.redacted_json(item)).collect(),
            Json::Object(fields) => {
                let entries =
                    fields.into_iter().map(|(name, value)| (self.redacted_name(name), self.redacted_json(value)));
                Json::Object(entries.collect())
            }
            other => Json::String(self.redacted(&other.to_string())),
        }
    }

    /// A value hidden as a whole: not even how many items it has is told.
    pub(super) fn redacted_whole(&self, value: Json) -> Json {
        match value {
            _ if self.w.redact_key.is_none() => value,
            Json::Null => Json::Null,
            Json::String(text) => Json::String(self.redacted(&text)),
            other => Json::String(self.redacted(&other.to_string())),
        }
    }

    /// The name of a field stays; a key that the record does not know is the applicant's text.
    fn redacted_name(&self, name: String) -> String {
        let known = self.p.layout.shapes.iter().flat_map(|shape| &shape.fields).any(|field| *field.name == *name);
        if known { name } else { self.redacted(&name) }
    }
}
