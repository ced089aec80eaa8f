//! What a run has to say about its documents beside the verdicts: keys that the record does not have, documents in which
//! nothing was recognised. Workers find notices, the writer keeps each once, in the order of the input.

use super::dropped::DroppedKeys;
use super::evaluation::{Prepared, Record};
use super::known::{Known, MAX_STRANGE};
use crate::console::Console;
use crate::input::Header;
use crate::render::values::{safe, short};
use crate::wrap::counted;
use indicia::Mapping;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Notices of unknown keys that are told one by one.
const TOLD: usize = 12;
/// Distinct notices that are kept to be counted.
const KEPT: usize = 1_000;
/// Keys of a document that are named.
const NAMED_KEYS: usize = 3;

/// One thing to tell, with the place where it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
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
}

/// The notices of a run, each once.
#[derive(Debug, Default)]
pub(super) struct Notices {
    /// Whether keys of the input are not to be named.
    redacts: bool,
    list: Vec<Notice>,
    seen: BTreeSet<String>,
    nothing: bool,
}

impl Notices {
    /// Notices that name no key of the input if `redacts`.
    pub(super) fn new(redacts: bool) -> Self {
        Self { redacts, ..Self::default() }
    }

    /// Keeps what was not told before.
    pub(super) fn add(&mut self, notice: Notice) {
        let fresh = match &notice.kind {
            Kind::Unknown { path, .. } => self.seen.len() < KEPT && self.seen.insert(path.clone()),
            Kind::Nothing(_) => !std::mem::replace(&mut self.nothing, true),
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
                    let key = if self.redacts { "a key".to_owned() } else { format!("`{}`", short(path)) };
                    format!("{key} is no field of the record{meant}")
                }
                Kind::Nothing(text) => text.clone(),
            };
            console.warning(&format!("{}: {text}", safe(place)));
        }
        if told > TOLD {
            console.warning(&format!(
                "{} more keys are no fields of the record; `indicia schema` prints what it has",
                told - TOLD
            ));
        }
        if unrecognised > 0 && !self.nothing {
            console.warning("some documents have nothing that is in the record");
        }
    }
}

/// What a header has that the record has not, as much of it as of one document.
pub(super) fn of_header(header: &Header, known: &Known) -> Vec<Kind> {
    let paths: BTreeSet<String> = header.names.iter().map(|name| without_numbers(name)).collect();
    let strange = paths.into_iter().filter(|path| !known.has(path)).take(MAX_STRANGE);
    strange.map(|path| unknown(path, known)).collect()
}

/// Tells what is strange about one record.
pub(crate) fn warn(
    record: &Record,
    recognised: bool,
    place: &str,
    prepared: &Prepared,
    known: &Known,
    console: Console,
) {
    let mut notices = Notices::new(prepared.redacts());
    for kind in of_any(record, recognised, prepared, known) {
        notices.add(Notice { place: place.to_owned(), kind });
    }
    notices.print(console, u64::from(!recognised));
    if let Record::Mapped { dropped, .. } = record {
        let mut keys = DroppedKeys::new(prepared.redacts());
        keys.add(dropped.clone());
        keys.print(console);
    }
}

/// Whether anything in a document is in the record.
pub(super) fn recognises(record: &Record, known: &Known) -> bool {
    match record {
        Record::Text(text) => known.recognises_text(text),
        Record::Value(value) | Record::Mapped { value, .. } => known.recognises(value),
    }
}

/// What is strange about a record.
pub(super) fn of_any(record: &Record, recognised: bool, prepared: &Prepared, known: &Known) -> Vec<Kind> {
    match record {
        _ if !recognised => of_nothing(record, prepared, known),
        Record::Text(text) => serde_json::from_slice(text).map(|value| of_record(&value, known)).unwrap_or_default(),
        Record::Value(value) | Record::Mapped { value, .. } => of_record(value, known),
    }
}

/// What a record has that the ruleset's has not.
fn of_record(record: &Value, known: &Known) -> Vec<Kind> {
    known.strange(record).into_iter().map(|path| unknown(path, known)).collect()
}

/// Why nothing in a document is in the record, as far as that can be told.
fn of_nothing(record: &Record, prepared: &Prepared, known: &Known) -> Vec<Kind> {
    let (document, used) = match record {
        Record::Text(text) => (serde_json::from_slice(text).unwrap_or_default(), None),
        Record::Value(value) => (value.clone(), None),
        Record::Mapped { documents, by, .. } => {
            (documents.values().next().cloned().unwrap_or_default(), Some(by.as_str()))
        }
    };
    let keys: Vec<String> =
        document.as_object().into_iter().flatten().map(|(key, _)| format!("`{}`", short(key))).collect();
    let more = keys.len().saturating_sub(NAMED_KEYS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let has = match keys.get(..NAMED_KEYS).unwrap_or(&keys) {
        [] => " (it is empty)".to_owned(),
        _ if prepared.redacts() => format!(" (it has {})", counted(keys.len() as u64, "key")),
        named => format!(" (it has {}{more})", named.join(", ")),
    };
    let recognised = recognising(prepared, &document).filter(|name| used != Some(name.as_str()));
    let hint = match (used, recognised) {
        (Some(_), _) if known.recognises(&document) => "; it is a record already: leave `--mapping` out".to_owned(),
        (_, Some(name)) => format!("; did you mean `--mapping {name}`?"),
        _ => String::new(),
    };
    let said = match used {
        Some(name) => format!("the mapping `{name}` takes nothing from this document{has}{hint}"),
        None => format!("nothing in this document is in the record{has}{hint}"),
    };
    let mut kinds = vec![Kind::Nothing(said)];
    if used.is_none() && hint.is_empty() {
        let near = |kind: &Kind| matches!(kind, Kind::Unknown { meant: Some(_), .. });
        kinds.extend(of_record(&document, known).into_iter().filter(near));
    }
    kinds
}

/// The mapping of the ruleset that recognises a document.
fn recognising(prepared: &Prepared, document: &Value) -> Option<String> {
    let mappings = mappings(prepared);
    let documents = BTreeMap::from([("document".to_owned(), document.clone())]);
    Mapping::recognise(&mappings, &documents).ok().map(|mapping| mapping.name().to_owned())
}

/// The mappings of the ruleset, as far as they can be used.
pub(super) fn mappings(prepared: &Prepared) -> Vec<Mapping> {
    prepared.ruleset.mappings().into_values().filter_map(|value| Mapping::parse(value).ok()).collect()
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
            notices.add(Notice { place: place.to_owned(), kind });
            let kind = Kind::Nothing("nothing".to_owned());
            notices.add(Notice { place: place.to_owned(), kind });
        }
        assert_eq!(notices.list.iter().map(|notice| notice.place.as_str()).collect::<Vec<_>>(), ["a:1", "a:1"]);
    }

    #[test]
    fn columns_of_a_list_are_one_path() {
        assert_eq!(without_numbers("resume.work[12].name2"), "resume.work[].name2");
    }
}
