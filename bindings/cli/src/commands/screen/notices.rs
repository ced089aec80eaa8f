//! What a run has to say about its documents beside the verdicts: keys that the record does not have, documents in which
//! nothing was recognised. Workers find notices, the writer keeps each once, in the order of the input.

use super::evaluation::{Prepared, Record};
use super::known::Known;
use crate::console::Console;
use crate::input::Header;
use crate::render::values::safe;
use indicia::Mapping;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Notices of unknown keys that are told one by one.
const TOLD: usize = 12;
/// Distinct notices that are kept to be counted.
const KEPT: usize = 1_000;
/// Keys of a document that are named.
const NAMED_KEYS: usize = 3;
/// Longest name of a key that is printed whole, in characters.
const LONGEST: usize = 60;

/// One thing to tell, with the place where it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) file: Arc<str>,
    /// The file, with the line where one is needed.
    pub(super) place: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The record has no such path; perhaps another was meant.
    Unknown { path: String, meant: Option<String> },
    /// Nothing of the document is in the record; in words.
    Nothing(String),
    /// The file has another separator than the comma.
    Separator(String),
}

/// The notices of a run, each once.
#[derive(Debug, Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
    seen: BTreeSet<String>,
    nothing: bool,
    /// Files with another separator: all else about them follows from that.
    separated: BTreeSet<Arc<str>>,
}

impl Notices {
    /// Keeps what was not told before.
    pub(super) fn add(&mut self, notice: Notice) {
        if self.separated.contains(&notice.file) {
            return;
        }
        let fresh = match &notice.kind {
            Kind::Unknown { path, .. } => self.seen.len() < KEPT && self.seen.insert(path.clone()),
            Kind::Nothing(_) => !std::mem::replace(&mut self.nothing, true),
            Kind::Separator(_) => self.separated.insert(Arc::clone(&notice.file)),
        };
        if fresh {
            self.list.push(notice);
        }
    }

    /// Prints all of them; `unrecognised` is the number of documents in which nothing was recognised.
    pub(super) fn print(&self, console: Console, unrecognised: u64) {
        let mut told = 0;
        for Notice { place, kind, .. } in &self.list {
            let text = match kind {
                Kind::Unknown { path, meant } => {
                    told += 1;
                    if told > TOLD {
                        continue;
                    }
                    let meant = meant.as_ref().map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                    format!("`{}` is no field of the record{meant}", name(path))
                }
                Kind::Nothing(text) | Kind::Separator(text) => text.clone(),
            };
            console.warning(&format!("{}: {text}", safe(place)));
        }
        if told > TOLD {
            console.warning(&format!(
                "{} more keys are no fields of the record; `indicia schema` prints what it has",
                told - TOLD
            ));
        }
        if unrecognised > 0 && !self.nothing && self.separated.is_empty() {
            console.warning("some documents have nothing that is in the record");
        }
    }
}

/// A key as it is shown.
fn name(key: &str) -> String {
    let key = safe(key);
    match key.char_indices().nth(LONGEST) {
        None => key.into_owned(),
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or_default()),
    }
}

/// What a header has that the record has not; without a record (a mapping reads the columns) only its separator.
pub(super) fn of_header(header: &Header, known: Option<&Known>) -> Vec<Kind> {
    if let [only] = header.names.as_slice()
        && let Some(separator) = [';', '\t', '|'].into_iter().find(|separator| only.contains(*separator))
    {
        let word = if separator == '\t' { "a tab".to_owned() } else { format!("`{separator}`") };
        return vec![Kind::Separator(format!(
            "the header is a single column `{}`: columns are separated by `,`, not by {word}",
            name(only)
        ))];
    }
    let Some(known) = known else { return Vec::new() };
    let paths: BTreeSet<String> = header.names.iter().map(|name| without_numbers(name)).collect();
    paths.into_iter().filter(|path| !known.has(path)).map(|path| unknown(path, known)).collect()
}

/// What a record has that the ruleset's has not.
pub(super) fn of_record(record: &Value, known: &Known) -> Vec<Kind> {
    known.strange(record).into_iter().map(|path| unknown(path, known)).collect()
}

/// Why nothing in a document is in the record, as far as that can be told.
pub(super) fn of_nothing(record: &Record, prepared: &Prepared, known: &Known) -> Vec<Kind> {
    let (document, mapping) = match record {
        Record::Text(text) => (serde_json::from_slice(text).unwrap_or_default(), None),
        Record::Value(value) => (value.clone(), None),
        Record::Mapped { documents, .. } => {
            (documents.values().next().cloned().unwrap_or_default(), prepared.mapping.as_ref())
        }
    };
    let keys: Vec<String> =
        document.as_object().into_iter().flatten().map(|(key, _)| format!("`{}`", name(key))).collect();
    let more = keys.len().saturating_sub(NAMED_KEYS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let has = match keys.get(..NAMED_KEYS).unwrap_or(&keys) {
        [] => " (it is empty)".to_owned(),
        named => format!(" (it has {}{more})", named.join(", ")),
    };
    let recognised = recognising(prepared, &document).filter(|name| mapping.is_none_or(|used| used.name() != name));
    let hint = match (mapping, recognised) {
        (Some(_), _) if known.recognises(&document) => "; it is a record already: leave `--mapping` out".to_owned(),
        (_, Some(name)) => format!("; did you mean `--mapping {name}`?"),
        _ => String::new(),
    };
    let said = match mapping {
        Some(mapping) => format!("the mapping `{}` takes nothing from this document{has}{hint}", mapping.name()),
        None => format!("nothing in this document is in the record{has}{hint}"),
    };
    let mut kinds = vec![Kind::Nothing(said)];
    if mapping.is_none() && hint.is_empty() {
        let near = |kind: &Kind| matches!(kind, Kind::Unknown { meant: Some(_), .. });
        kinds.extend(of_record(&document, known).into_iter().filter(near));
    }
    kinds
}

/// The mapping of the ruleset that recognises a document.
fn recognising(prepared: &Prepared, document: &Value) -> Option<String> {
    let mappings = &prepared.ruleset.sources().mappings;
    mappings
        .iter()
        .find(|(_, value)| Mapping::parse(value).is_ok_and(|mapping| mapping.recognises(document)))
        .map(|(name, _)| name.clone())
}

fn unknown(path: String, known: &Known) -> Kind {
    let meant = known.near(&path).map(str::to_owned);
    Kind::Unknown { path, meant }
}

/// A path without its numbers: `work[0].name` is `work[].name`.
fn without_numbers(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for char in path.chars() {
        inside = char == '[' || (inside && char.is_ascii_digit());
        if !(inside && char.is_ascii_digit()) {
            out.push(char);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Kind, Notice, Notices, without_numbers};

    #[test]
    fn each_unknown_path_is_kept_once_with_its_first_place() {
        let mut notices = Notices::default();
        for place in ["a:1", "a:2"] {
            let kind = Kind::Unknown { path: "form.fone".to_owned(), meant: None };
            notices.add(Notice { file: "a".into(), place: place.to_owned(), kind });
            let kind = Kind::Nothing("nothing".to_owned());
            notices.add(Notice { file: "a".into(), place: place.to_owned(), kind });
        }
        assert_eq!(notices.list.iter().map(|notice| notice.place.as_str()).collect::<Vec<_>>(), ["a:1", "a:1"]);
    }

    #[test]
    fn columns_of_a_list_are_one_path() {
        assert_eq!(without_numbers("resume.work[12].name2"), "resume.work[].name2");
    }
}
