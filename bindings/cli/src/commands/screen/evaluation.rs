//! What every evaluation needs: the ruleset, the mapping, the evaluation date and the keys. `screen` and `explain` share it.

use super::envelope;
use crate::console::Console;
use crate::failure::Failure;
use crate::input::{self, Body, Fault, InputFormat, Reason, Settings};
use crate::ruleset::RulesetArgs;
use indicia::{Dropped, InputError, Mapping, MappingError, Ruleset, ScreenOptions, Screener, Verdict};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Fewest bytes of a key: less could be guessed.
const MIN_KEY_BYTES: usize = 16;

/// Instead of a mapping's name: the one that recognises the document.
const AUTO: &str = "auto";

/// Options of an evaluation.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Evaluation {
    #[command(flatten)]
    ruleset: RulesetArgs,
    /// How foreign documents become records: a mapping of the ruleset (see `indicia mappings`), a YAML file, or `auto` for the
    /// mapping of the ruleset that recognises each document.
    #[arg(long, short, value_name = "NAME|FILE|auto")]
    mapping: Option<String>,
    /// The day of the evaluation, such as 2026-01-31. Default: the day of the record's `submitted`. The clock is never asked.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Replace every value of the application by a hash under the key in this file.
    #[arg(long, value_name = "FILE")]
    redact_key: Option<PathBuf>,
    /// The key of hashed lists (`list denied: hash of phone`), in a file.
    #[arg(long, value_name = "FILE")]
    list_key: Option<PathBuf>,
}

/// An evaluation that is ready to start.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) ruleset: Ruleset,
    pub(crate) options: ScreenOptions,
    pub(crate) mapping: Option<Chosen>,
}

/// How the mapping of a document is found.
#[derive(Debug, Clone)]
pub(crate) enum Chosen {
    /// It was named.
    One(Box<Mapping>),
    /// It is the one that recognises the document.
    Recognising(Vec<Mapping>),
}

impl Chosen {
    /// The mappings that it may be.
    pub(crate) fn all(&self) -> &[Mapping] {
        match self {
            Self::One(mapping) => std::slice::from_ref(mapping),
            Self::Recognising(mappings) => mappings,
        }
    }

    fn of(&self, documents: &BTreeMap<String, Value>) -> Result<&Mapping, MappingError> {
        match self {
            Self::One(mapping) => Ok(mapping),
            Self::Recognising(mappings) => Mapping::recognise(mappings, documents),
        }
    }
}

/// What is screened.
#[derive(Debug)]
pub(crate) enum Record {
    /// JSON text, unread.
    Text(Vec<u8>),
    /// A value.
    Value(Value),
    /// What a mapping made of documents.
    Mapped {
        value: Value,
        documents: BTreeMap<String, Value>,
        /// The mapping's name.
        by: String,
        /// The protected keys that were dropped.
        dropped: Vec<Dropped>,
    },
}

impl Record {
    /// The record as JSON text.
    pub(crate) fn json(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Value(value) | Self::Mapped { value, .. } => Cow::Owned(value.to_string().into_bytes()),
        }
    }
}

impl Evaluation {
    /// Loads everything, so that no record is needed to find a wrong option.
    pub(crate) fn prepare(&self, console: Console) -> Result<Prepared, Failure> {
        let mut options = ScreenOptions::default();
        if let Some(day) = &self.as_of {
            options = options.with_as_of(day);
        }
        if let Some(path) = &self.redact_key {
            options = options.with_redact_key(key(path)?);
        }
        if let Some(path) = &self.list_key {
            options = options.with_list_key(key(path)?);
        }
        let ruleset = self.ruleset.load(console)?;
        // The engine alone says what a date is: an empty record shows whether it takes this one.
        if let Err(error @ InputError::AsOf { .. }) = ruleset.screen(b"{}", &options) {
            return Err(Failure::Usage(error.to_string()));
        }
        let mapping = self.mapping.as_deref().map(|name| chosen(&ruleset, name)).transpose()?;
        Ok(Prepared { ruleset, options, mapping })
    }
}

impl Prepared {
    /// What the readers of the input need to know.
    pub(crate) fn settings(&self, format: InputFormat) -> Settings {
        let types = self.ruleset.inputs().into_iter().map(|input| (input.path, input.ty)).collect();
        let all = self.mapping.as_ref().map_or(&[][..], Chosen::all);
        let named: BTreeSet<String> = all.iter().flat_map(Mapping::documents).cloned().collect();
        let wanted = (!named.is_empty()).then(|| Arc::new(named));
        Settings { format, limits: self.options.limits, wanted, types: Arc::new(types), bytes: Arc::default() }
    }

    /// Whether values of the application are hidden.
    pub(crate) fn redacts(&self) -> bool {
        self.options.redact_key.is_some()
    }

    /// A fault as it may be told: what quotes the input is left out where values are hidden.
    pub(crate) fn told(&self, fault: Fault) -> Fault {
        if self.redacts() { fault.bare() } else { fault }
    }

    /// Screens one record, in the buffers of `screener`.
    pub(crate) fn screen(&self, record: &Record, screener: &mut Screener) -> Result<Verdict, Fault> {
        Ok(match record {
            Record::Text(text) => screener.screen(text, &self.options)?,
            Record::Value(value) | Record::Mapped { value, .. } => screener.screen_value(value, &self.options)?,
        })
    }

    /// The record of an item, through the mapping if there is one.
    pub(crate) fn record(&self, body: Body) -> Result<Record, Fault> {
        let Some(chosen) = &self.mapping else {
            return match body {
                Body::Bad(fault) => Err(fault),
                Body::Text(text) => Ok(Record::Text(text)),
                Body::Value(value) => Ok(Record::Value(value)),
                Body::Documents(_) => {
                    Err(Fault::new(Reason::Mapping, "several documents about an applicant need `--mapping`"))
                }
            };
        };
        // A mapping takes a document without a name for the one that it may be.
        let single = |value| BTreeMap::from([("document".to_owned(), value)]);
        let documents = match body {
            Body::Bad(fault) => return Err(fault),
            Body::Text(text) => single(input::json_value(&text)?),
            Body::Value(value) => single(value),
            Body::Documents(documents) => documents,
        };
        let mapping = chosen.of(&documents).map_err(|error| {
            let listed = documents.values().find_map(|document| envelope::of_unrecognised(document, chosen.all()));
            listed.unwrap_or_else(|| unmapped(&error))
        })?;
        let applied = mapping.apply(&documents).map_err(|error| unmapped(&error))?;
        let by = mapping.name().to_owned();
        Ok(Record::Mapped { value: applied.record, documents, by, dropped: applied.dropped })
    }
}

/// A mapping's fault. The name of a document is a key of the input.
fn unmapped(error: &MappingError) -> Fault {
    match error {
        MappingError::UnknownDocument { known, .. } => Fault::quoting(
            Reason::Mapping,
            error.to_string(),
            format!("mapping does not know one of the documents; it knows: {known}"),
        ),
        other => Fault::new(Reason::Mapping, other.to_string()),
    }
}

/// The mapping that was named, or all of the ruleset's to recognise by.
fn chosen(ruleset: &Ruleset, name: &str) -> Result<Chosen, Failure> {
    if name != AUTO {
        return mapping(ruleset, name).map(|mapping| Chosen::One(Box::new(mapping)));
    }
    let parsed = ruleset.mappings().into_iter().map(|(name, value)| {
        Mapping::parse(value).map_err(|error| Failure::Usage(format!("`--mapping {AUTO}`: mapping `{name}`: {error}")))
    });
    let mappings: Vec<Mapping> = parsed.collect::<Result<_, _>>()?;
    if mappings.iter().all(|mapping| mapping.recognised_by().is_empty()) {
        let none = format!("no mapping of ruleset `{}` says by what it recognises documents", ruleset.name());
        return Err(Failure::Usage(format!("`--mapping {AUTO}`: {none}")));
    }
    Ok(Chosen::Recognising(mappings))
}

/// A mapping of the ruleset by name, or one from a file.
fn mapping(ruleset: &Ruleset, name: &str) -> Result<Mapping, Failure> {
    let wrong = |message: String| Failure::Usage(format!("`--mapping {name}`: {message}"));
    let known = ruleset.mappings();
    let value = if let Some(value) = known.get(name) {
        (*value).clone()
    } else if Path::new(name).is_file() {
        let text = fs::read(name).map_err(|error| wrong(format!("can't read: {error}")))?;
        input::yaml_value(&text).map_err(|fault| {
            let line = fault.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            wrong(format!("{line}{}", fault.message))
        })?
    } else {
        let names = known.keys().copied().collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { "none".to_owned() } else { names };
        return Err(wrong(format!("no such file, and the ruleset's mappings are: {names}")));
    };
    Mapping::parse(&value).map_err(|error| wrong(error.to_string()))
}

/// The bytes of a key file, without the line end behind them.
fn key(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::Usage(format!("key `{}`: {error}", path.display())))?;
    let key = bytes.trim_ascii_end();
    if key.len() < MIN_KEY_BYTES {
        return Err(Failure::Usage(format!(
            "key `{}` has {} bytes, needs at least {MIN_KEY_BYTES}",
            path.display(),
            key.len()
        )));
    }
    Ok(key.to_vec())
}
