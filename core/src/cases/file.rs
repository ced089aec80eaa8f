//! Case files: their shape, and reading them beside the rules.

use super::change::Path;
use super::names::Names;
use crate::source::Rows;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// One `*.cases.yaml`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaseFile {
    /// Its name within the ruleset's folder.
    #[serde(skip)]
    pub file: String,
    /// As it was written, for places; empty if it was not read from YAML.
    #[serde(skip)]
    pub(super) text: String,
    /// What the file is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Records that cases start from, by name.
    #[serde(default)]
    pub bases: BTreeMap<String, Value>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case: a record, and what the ruleset must say about it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Case {
    /// A claim in words, unique in its file.
    pub name: String,
    /// The record that it starts from: one of the file's bases, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// … or one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Value>,
    /// Changes of that record in the order written: path and new value; null removes. A path is made of the names of fields, as in
    /// a verdict, or of their keys in the input.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "read_changes",
        serialize_with = "write_changes"
    )]
    pub changes: Vec<(String, Value)>,
    /// Rows of lists and tables, instead of the ruleset's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "read_lists")]
    pub lists: BTreeMap<String, Rows>,
    /// The day of the evaluation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The key of `hash of` lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_key: Option<String>,
    /// What must hold.
    pub expect: Expect,
}

/// What a case expects. What is not named may be anything.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Expect {
    /// These are raised (shadow indicators as well).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raised: Vec<String>,
    /// These are raised and no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
    /// These are clear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clear: Vec<String>,
    /// These can't be judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// The score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// The outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// By indicator, the paths of its evidence, over all its findings, in any order.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, Vec<String>>,
    /// By indicator, the message of one of its findings.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub because: BTreeMap<String, String>,
}

impl CaseFile {
    /// The indicators that its cases name.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = String> {
        self.cases.iter().flat_map(|case| case.expect.indicators().cloned())
    }
}

impl Expect {
    /// The indicators that it says are raised.
    pub(super) fn raises(&self) -> impl Iterator<Item = &String> {
        self.raised.iter().chain(self.only.iter().flatten()).chain(self.evidence.keys()).chain(self.because.keys())
    }

    fn indicators(&self) -> impl Iterator<Item = &String> {
        let lists = self.raised.iter().chain(self.only.iter().flatten()).chain(&self.clear).chain(&self.unknown);
        lists.chain(self.evidence.keys()).chain(self.because.keys())
    }
}

impl Case {
    /// The record that the case is about.
    ///
    /// # Errors
    /// What is wrong with the case, in words.
    pub(super) fn record(&self, bases: &BTreeMap<String, Value>, names: &Names) -> Result<Value, String> {
        let mut record = self.start(bases)?.clone();
        for (path, value) in self.changes()? {
            names.in_input(&path).apply(&mut record, value)?;
        }
        Ok(record)
    }

    fn start<'a>(&'a self, bases: &'a BTreeMap<String, Value>) -> Result<&'a Value, String> {
        match (&self.base, &self.record) {
            (Some(name), None) => bases.get(name).ok_or_else(|| format!("the file has no base `{name}`")),
            (None, Some(record)) => Ok(record),
            _ => Err("a case has either a `base` or a `record`".to_owned()),
        }
    }

    fn changes(&self) -> Result<Vec<(Path, &Value)>, String> {
        let path = |at: &str| Path::parse(at).ok_or_else(|| format!("`{at}` is no path of a record"));
        self.changes.iter().map(|(at, value)| Ok((path(at)?, value))).collect()
    }
}

#[cfg(feature = "yaml")]
mod reading {
    use super::{Case, CaseFile, Expect, Path as RecordPath};
    use crate::error::RulesetError;
    use crate::package::codes;
    use crate::package::files::Folder;
    use crate::package::yaml::from_yaml;
    use indicia_dsl::diagnostic::Diagnostic;
    use indicia_dsl::span::Span;
    use std::collections::BTreeSet;
    use std::path::Path;

    impl CaseFile {
        /// Reads all `*.cases.yaml` of a ruleset's folder, in the order of their names.
        ///
        /// # Errors
        /// [`RulesetError::Read`] for a file that can't be read, [`RulesetError::Compile`] with `E0507` and `E0510` for all files that are no case files.
        pub fn from_folder(path: impl AsRef<Path>) -> Result<Vec<Self>, RulesetError> {
            let mut folder = Folder::open(path.as_ref())?;
            let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
            for name in folder.list("", &[".cases.yaml"], true)? {
                match Self::parse(&name, &folder.read(&name)?) {
                    Ok(file) => files.push(file),
                    Err(errors) => diagnostics.extend(errors),
                }
            }
            if diagnostics.is_empty() { Ok(files) } else { Err(RulesetError::Compile { diagnostics }) }
        }

        /// Reads one case file. `file` only serves reports.
        ///
        /// ```
        /// let text = "cases: [{name: no phone, record: {form: {}}, expect: {raised: [phone_missing]}}]";
        /// let file = indicia::CaseFile::parse("contact.cases.yaml", text)?;
        /// assert_eq!(file.cases[0].expect.raised, ["phone_missing"]);
        /// # Ok::<(), Vec<indicia::Diagnostic>>(())
        /// ```
        ///
        /// # Errors
        /// `E0507` if it is no YAML of this shape, `E0510` for each case that does not hold together.
        pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
            let mut read: Self = from_yaml(file, text).map_err(|error| vec![explained(*error, text)])?;
            file.clone_into(&mut read.file);
            text.clone_into(&mut read.text);
            let mut names = BTreeSet::new();
            let mut errors = Vec::new();
            for case in &read.cases {
                let twice = !names.insert(case.name.as_str());
                for problem in problems(case, &read, twice) {
                    let message = format!("case `{}`: {problem}", case.name);
                    let span = place(text, &case.name, twice);
                    let mut error = Diagnostic::error(codes::BAD_CASE, message, file, span, "");
                    error.locate(text);
                    errors.push(error);
                }
            }
            if errors.is_empty() { Ok(read) } else { Err(errors) }
        }
    }

    fn problems(case: &Case, file: &CaseFile, twice: bool) -> Vec<String> {
        let mut problems = Vec::new();
        if twice {
            problems.push("another case has the same name".to_owned());
        }
        problems.extend(case.start(&file.bases).err());
        problems.extend(case.changes().err());
        if case.expect == Expect::default() {
            problems.push("nothing is expected".to_owned());
        }
        problems
    }

    /// Adds what an author may not know of YAML: brackets in a key between braces need quotes.
    fn explained(error: Diagnostic, text: &str) -> Diagnostic {
        let start = error.primary().map_or(0, |label| label.span.start as usize);
        let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        match bare_path(line) {
            Some(path) => error.with_help(format!("a path with brackets needs quotes here: `\"{path}\"`")),
            None => error,
        }
    }

    /// The first `a.b[0].c` of a line that stands between braces and without quotes.
    fn bare_path(line: &str) -> Option<&str> {
        let braces = line.find('{')?;
        let mut from = braces;
        while let Some(found) = line.get(from..)?.find('[') {
            let bracket = from + found;
            let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '.' | '[' | ']');
            let start = line.get(..bracket)?.rfind(|c: char| !is_path(c)).map_or(0, |at| at + 1);
            let rest = line.get(start..)?;
            let path = rest.get(..rest.find(|c: char| !is_path(c)).unwrap_or(rest.len()))?;
            let key = rest.get(path.len()..)?.trim_start().starts_with(':');
            if start < bracket && key && RecordPath::parse(path).is_some() {
                return Some(path);
            }
            from = bracket + 1;
        }
        None
    }

    /// Where a case's name stands, the last time if it stands there twice.
    fn place(text: &str, name: &str, last: bool) -> Span {
        let at = |line: &str| {
            let after = line.trim_start().trim_start_matches("- ").trim_start().strip_prefix("name:")?;
            after.trim().trim_matches(['"', '\'']).eq(name).then(|| line.len() - after.trim_start().len())
        };
        let mut offset = 0;
        let mut found = Span::default();
        for line in text.split_inclusive('\n') {
            if let Some(column) = at(line) {
                let (start, end) = (offset + column, offset + line.trim_end().len());
                found = Span::new(u32::try_from(start).unwrap_or_default(), u32::try_from(end).unwrap_or_default());
                if !last {
                    break;
                }
            }
            offset += line.len();
        }
        found
    }
}

fn read_changes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, Value)>, D::Error> {
    struct Changes;
    impl<'de> Visitor<'de> for Changes {
        type Value = Vec<(String, Value)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("paths with their new values")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut changes = Vec::new();
            while let Some(change) = map.next_entry()? {
                changes.push(change);
            }
            Ok(changes)
        }
    }
    deserializer.deserialize_map(Changes)
}

fn write_changes<S: Serializer>(changes: &[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(changes.iter().map(|(path, value)| (path, value)))
}

fn read_lists<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Rows>, D::Error> {
    let lists = BTreeMap::<String, Vec<Value>>::deserialize(deserializer)?;
    lists
        .into_iter()
        .map(|(name, rows)| read_rows(&name, rows).map(|rows| (name, rows)).map_err(D::Error::custom))
        .collect()
}

fn read_rows(name: &str, rows: Vec<Value>) -> Result<Rows, String> {
    if !rows.is_empty() && rows.iter().all(Value::is_object) {
        let rows = rows.into_iter().map(|row| match row {
            Value::Object(cells) => cells.into_iter().collect(),
            _ => BTreeMap::new(),
        });
        return Ok(Rows::Table(rows.collect()));
    }
    let entries = rows.into_iter().map(|entry| match entry {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(format!("rows of `{name}`: expected either texts or objects")),
    });
    entries.collect::<Result<_, _>>().map(Rows::List)
}

#[cfg(test)]
#[cfg(feature = "yaml")]
#[path = "tests/file.rs"]
mod tests;
