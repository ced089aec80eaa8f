//! Documents that are no application but hold a list of them, as interfaces answer: `{"data": [...]}`. A verdict on such a
//! document would mean nothing, so it is one that can't be read, and its error says what to do.

use super::evaluation::{Chosen, Prepared, Record};
use super::known::Known;
use super::notices;
use crate::input::{Fault, Reason};
use indicia::Mapping;
use serde_json::{Map, Value};

/// Keys under which lists are sent, in lower case; with others it takes elements that are known.
const NAMES: [&str; 10] =
    ["data", "results", "items", "records", "rows", "content", "values", "hits", "candidates", "applicants"];
/// Objects within objects that are looked into: `{"data": {"candidates": [...]}}`.
const DEEPEST: usize = 2;

/// Whether anything in a record's document is in the record.
///
/// # Errors
/// If nothing is, since it is a list of documents in an envelope.
pub(crate) fn recognised(record: &Record, prepared: &Prepared, known: &Known) -> Result<bool, Fault> {
    if notices::recognises(record, known) {
        return Ok(true);
    }
    let fault = match record {
        Record::Mapped { documents, by, .. } => {
            let used = prepared.mapping.as_ref().map_or(&[][..], Chosen::all);
            let is_one = |element: &Value| used.iter().any(|mapping| mapping.recognises(element));
            documents.values().find_map(|document| Some(list_in(document, &is_one)?.fault(Some(by))))
        }
        Record::Value(value) => of_plain(value, prepared, known),
        Record::Text(text) => serde_json::from_slice(text).ok().and_then(|value| of_plain(&value, prepared, known)),
    };
    fault.map_or(Ok(false), Err)
}

/// What is said of a document that no mapping was asked for, if it is a list.
fn of_plain(document: &Value, prepared: &Prepared, known: &Known) -> Option<Fault> {
    // Mappings are read for what may be a list, not for every document that is not known.
    list_in(document, &|_| true)?;
    let mappings = notices::mappings(prepared);
    let reads = |element: &Value| mappings.iter().find(|mapping| mapping.recognises(element));
    // A document that is known as a whole is no envelope, whatever lists it has.
    if reads(document).is_some() {
        return None;
    }
    let listed = list_in(document, &|element| known.recognises_more_than_id(element) || reads(element).is_some())?;
    let by = if known.recognises_more_than_id(listed.first) { None } else { reads(listed.first) };
    Some(listed.fault(by.map(Mapping::name)))
}

/// What is said of documents that no mapping recognises, if they are lists.
pub(super) fn of_unrecognised(document: &Value, mappings: &[Mapping]) -> Option<Fault> {
    let is_one = |element: &Value| mappings.iter().any(|mapping| mapping.recognises(element));
    list_in(document, &is_one).map(|listed| listed.fault(Some("auto")))
}

/// A list of documents.
struct Listed<'d> {
    /// The keys that lead to it.
    path: Vec<&'d str>,
    first: &'d Value,
    count: usize,
}

fn list_in<'d>(document: &'d Value, is_one: &dyn Fn(&Value) -> bool) -> Option<Listed<'d>> {
    let mut map = document.as_object()?;
    let mut path = Vec::new();
    for _ in 0..=DEEPEST {
        if let Some((key, first, count)) = map.iter().find_map(|(key, value)| list_under(key, value, is_one)) {
            path.push(key);
            return Some(Listed { path, first, count });
        }
        let (key, inner) = only_object(map)?;
        path.push(key);
        map = inner;
    }
    None
}

fn list_under<'d>(
    key: &'d str,
    value: &'d Value,
    is_one: &dyn Fn(&Value) -> bool,
) -> Option<(&'d str, &'d Value, usize)> {
    let list = value.as_array().filter(|list| list.iter().all(Value::is_object))?;
    let first = list.first()?;
    let is_list = NAMES.contains(&key.to_lowercase().as_str()) || is_one(first);
    is_list.then_some((key, first, list.len()))
}

/// The object under one of the names, or the only one there is.
fn only_object(map: &Map<String, Value>) -> Option<(&str, &Map<String, Value>)> {
    let mut objects = map.iter().filter_map(|(key, value)| Some((key.as_str(), value.as_object()?)));
    let named = objects.clone().find(|(key, _)| NAMES.contains(&key.to_lowercase().as_str()));
    named.or_else(|| objects.next().filter(|_| objects.next().is_none()))
}

impl Listed<'_> {
    fn fault(&self, mapping: Option<&str>) -> Fault {
        let count = self.count;
        let plain =
            |key: &&str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let with = mapping.map(|name| format!(" --mapping {name}")).unwrap_or_default();
        let bare = format!("no application but a list of {count}: give each on a line of its own");
        // A command is there to be copied: nothing of the input that a shell could take for more than a name.
        if !self.path.iter().all(plain) {
            return Fault::new(Reason::NotARecord, bare);
        }
        let path = self.path.join(".");
        let message = format!(
            "no application but a list of {count} under `{path}`: give each on a line of its own, as \
             `jq -c '.{path}[]' FILE | indicia screen{with}` does"
        );
        Fault::quoting(Reason::NotARecord, message, bare)
    }
}

#[cfg(test)]
mod tests {
    use super::list_in;
    use serde_json::{Value, json};

    fn path(document: &Value) -> Option<String> {
        let is_one = |element: &Value| element.get("form").is_some();
        list_in(document, &is_one).map(|listed| format!("{} {}", listed.path.join("."), listed.count))
    }

    #[test]
    fn lists_of_documents_are_found_and_lists_of_a_document_are_not() {
        for (document, found) in [
            (json!({ "data": [{ "x": 1 }, { "x": 2 }], "meta": { "page": 1 } }), Some("data 2")),
            (json!({ "Results": [{ "x": 1 }] }), Some("Results 1")),
            (json!({ "data": { "candidates": [{ "x": 1 }] } }), Some("data.candidates 1")),
            (json!({ "people": [{ "form": {} }] }), Some("people 1")),
            (json!({ "d": { "people": [{ "form": {} }] } }), Some("d.people 1")),
            (json!({ "people": [{ "x": 1 }] }), None),
            (json!({ "data": [] }), None),
            (json!({ "data": [1, 2] }), None),
            (json!({ "data": { "id": 1 } }), None),
            (json!([{ "form": {} }]), None),
        ] {
            assert_eq!(path(&document).as_deref(), found, "{document}");
        }
    }
}
