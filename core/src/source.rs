//! A ruleset as it is written: rules, manifest, data files and cases, before anything is checked.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What `ruleset.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Manifest {
    /// The ruleset's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language version; this engine knows 1.
    pub language: u32,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// Its licence.
    #[serde(default)]
    pub licence: String,
    /// Its rule files; all `*.indicia` if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Ids of withdrawn indicators, which can't be used again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
    /// The ruleset it extends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
}

/// Rows that a host gives for a list or a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Rows {
    /// Entries of a list; numbers and bools are taken as they are written.
    List(#[serde(deserialize_with = "texts")] Vec<String>),
    /// Rows of a table: column to value (text, number, bool, or a list of texts).
    Table(Vec<BTreeMap<String, serde_json::Value>>),
}

/// The files of a ruleset, by name relative to its folder.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sources {
    /// The manifest.
    pub manifest: Manifest,
    /// Rule files (`contact.indicia`) and their text.
    pub rules: BTreeMap<String, String>,
    /// Data files (`lists/disposable.txt`) and their text.
    pub data: BTreeMap<String, String>,
    /// Mappings (`mappings/json-resume.yaml`, without folder and ending) as JSON values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub mappings: BTreeMap<String, serde_json::Value>,
    /// Rows given by the host for declared lists and tables, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, Rows>,
    /// The ruleset that this one extends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Box<Sources>>,
}

fn texts<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let values = Vec::<serde_json::Value>::deserialize(deserializer)?;
    values
        .into_iter()
        .map(|value| match value {
            serde_json::Value::String(text) => Ok(text),
            serde_json::Value::Number(number) => Ok(number.to_string()),
            serde_json::Value::Bool(value) => Ok(value.to_string()),
            other => Err(serde::de::Error::custom(format!("an entry of a list is a text, found {other}"))),
        })
        .collect()
}

impl Sources {
    /// The text of a file as diagnostics name it: `rules.indicia`, or `base/rules.indicia` for one of a ruleset that this one extends.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.own_text(file).or_else(|| {
            let mut bases = std::iter::successors(self.base.as_deref(), |sources| sources.base.as_deref());
            bases.find_map(|base| {
                let name = file.strip_prefix(&base.manifest.name)?.strip_prefix('/')?;
                base.own_text(name)
            })
        })
    }

    fn own_text(&self, file: &str) -> Option<&str> {
        self.rules.get(file).or_else(|| self.data.get(file)).map(String::as_str)
    }
}

impl Manifest {
    /// A manifest of language version 1.
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self { name: name.into(), version: version.into(), language: 1, ..Self::default() }
    }
}

impl Sources {
    /// A ruleset of one rule file, for tests and small tools.
    pub fn single(text: impl Into<String>) -> Self {
        let mut sources = Self { manifest: Manifest::new("unnamed", "0.0.0"), ..Self::default() };
        sources.rules.insert("rules.indicia".to_owned(), text.into());
        sources
    }
}
