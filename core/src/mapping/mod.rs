//! Mappings: how a foreign document (a résumé, an ATS payload) becomes the record that rules read.
//!
//! A mapping is data, usually a file `mappings/NAME.yaml` of a ruleset. It names what it takes; anything else stays behind,
//! and [`Applied`] says what did. The file has these keys:
//!
//! ```yaml
//! format: 1                      # of mapping files
//! name: example
//! description: what it reads
//! recognise: [basics]            # optional: paths that a document of this kind has
//! documents: [form, resume]      # optional: several sources; the first step of a path then names one
//! lone: form                     # optional: the one that a document alone is taken for
//! other_documents: ignore        # optional: further documents are no error
//! envelope: [data]               # optional: keys under which an interface sends the document itself
//! protected:                     # optional: keys or paths that are never taken, and the ground
//!   marital: marital status
//! record:                        # the record, by its keys in the input
//!   id: meta.id                  # a path
//!   resume:
//!     fields:                    # a record within the record
//!       url: [basics.url, basics.website]           # the first path that has a value
//!       phone: { from: basics.phone, needs_digit: true }
//!       phone_entry: { constant: parsed }
//!       work:
//!         each: work             # a list: the paths below start at its elements
//!         fields:
//!           name: [name, company]
//!           endDate: { from: endDate, present_when: startDate }
//! ```
//!
//! A rule is a path, a list of paths, or one of
//! - `from: PATH or [PATHS]`, with `default: VALUE` where none has a value, `needs_digit: true` (a text without a digit, such
//!   as "Upon request", is left out), `present_when: PATH` (no value, but a value other than `false` there: written as `present`),
//!   and one of `words: {THEIRS: ours}`, `as_text: true` (a number as text), `date: day` or `month` (with `month_first: true` for `09/15/2007`), `time: milliseconds`
//!   or `utc`, which write it anew;
//! - `join: [PATHS]`, the texts with a space between them, or `with: ", "`;
//! - `constant: VALUE`, written where anything else of its record is;
//! - `fields: {…}`, a record;
//! - `list: [RULES]`, a list of what each rule gives;
//! - `each: PATH`, with `fields: {…}` or `from: PATH`, a list.
//!
//! A path is keys with dots (`basics.location.city`), `["odd key"]`, `[0]` for one element, `[]` for all, and
//! `[type=mobile]` for the first element whose `type` is `mobile`. A value is anything but `null`, blank text, and empty
//! lists and objects.

mod apply;
mod convert;
mod documents;
mod error;
mod parse;
mod path;
mod protected;
mod values;

#[cfg(test)]
mod documents_tests;
#[cfg(test)]
mod tests;

pub use apply::{Applied, Dropped, LeftOut};
pub use error::MappingError;

use convert::Convert;
use path::Path;
use protected::Protected;
use serde_json::Value;
use std::collections::BTreeMap;

/// A mapping, checked and ready to be applied.
///
/// ```
/// use std::collections::BTreeMap;
/// let mapping = indicia::Mapping::parse(&serde_json::json!({
///     "format": 1,
///     "name": "example",
///     "record": { "form": { "fields": { "name": ["name", "full_name"], "phone_entry": { "constant": "api" } } } },
/// }))?;
/// let document = serde_json::json!({ "full_name": "Ann Example", "gender": "female" });
/// let applied = mapping.apply(&BTreeMap::from([("document".to_owned(), document)]))?;
/// assert_eq!(applied.record, serde_json::json!({ "form": { "name": "Ann Example", "phone_entry": "api" } }));
/// assert_eq!(applied.dropped[0].path, "gender");
/// # Ok::<(), indicia::MappingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Mapping {
    name: String,
    description: String,
    recognise: Vec<Path>,
    documents: Vec<String>,
    /// The document that one alone is taken for.
    lone: Option<String>,
    /// Whether documents without a name in `documents` are left where they are.
    leaves_others: bool,
    /// Keys under which an interface sends the document itself.
    envelope: Vec<String>,
    protected: Protected,
    record: BTreeMap<String, Rule>,
}

/// How one field is filled.
#[derive(Debug, Clone)]
enum Rule {
    Take(Take),
    Join { paths: Vec<Path>, with: String },
    Constant(Value),
    Fields(BTreeMap<String, Rule>),
    List(Vec<Rule>),
    Each { list: Vec<Path>, element: Box<Rule> },
}

/// A value from the first path that has one.
#[derive(Debug, Clone, Default)]
struct Take {
    from: Vec<Path>,
    default: Option<Value>,
    needs_digit: bool,
    present_when: Option<Path>,
    convert: Option<Convert>,
}

impl Mapping {
    /// The mapping's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it reads.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The names of its documents; none if it takes a single one, whatever its name.
    pub fn documents(&self) -> &[String] {
        &self.documents
    }

    /// The paths of a document by which it is recognised.
    pub fn recognised_by(&self) -> Vec<String> {
        self.recognise.iter().map(Path::to_string).collect()
    }
}
