//! A second reading of docs/language.md: a slow and obvious evaluator on the syntax tree and `serde_json` values.
//!
//! It exists to disagree with the engine. It uses the parser's tree and nothing of the engine: not its evaluator, not its
//! types, not its dates and texts. Dates are lists of days that are tried one after the other. It refuses phones, mail and
//! web addresses, internet addresses, `mentions`, edits and the agreement of names, and knows a handful of countries.
//! It takes a ruleset that the engine accepts; on one that it does not understand it answers `None`.
//!
//! - `schema`: what the record and the tables declare; `read`: JSON to values by declared type.
//! - `calendar`, `lengths`: days and durations; `fold`: texts; `countries`: the handful.
//! - `place`: where a path leads; `values`, `conditions`, `lists`: what expressions are; `verdict`: indicators and decision.

pub mod calendar;
mod compare;
mod conditions;
mod countries;
mod fold;
mod lengths;
mod lists;
mod place;
mod read;
mod schema;
mod values;
mod verdict;

use indicia_dsl::ast::{DecideDecl, Expr, IndicatorDecl, Item};
use schema::{Schema, Type};
use serde_json::Value as Json;
use std::collections::BTreeMap;

pub use verdict::{Finding, Judged, Judgement};

/// Rows that the host gives for lists (one column, its name unused) and tables.
pub type Rows = BTreeMap<String, Vec<BTreeMap<String, Json>>>;

/// True, false, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// Surely false.
    False,
    /// Not decided.
    Unknown,
    /// Surely true.
    True,
}

impl Truth {
    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::Unknown => Self::Unknown,
            Self::False => Self::True,
        }
    }

    /// True if all possibilities are, false if none is, else unknown.
    fn of(possibilities: impl IntoIterator<Item = bool>) -> Self {
        let (mut some, mut none) = (false, false);
        for possible in possibilities {
            some |= possible;
            none |= !possible;
            if some && none {
                return Self::Unknown;
            }
        }
        if some { Self::True } else { Self::False }
    }
}

/// Paths with their values, in the order in which they were read, each once.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Evidence(pub(crate) Vec<(String, Json)>);

impl Evidence {
    fn one(path: impl Into<String>, value: Json) -> Self {
        Self(vec![(path.into(), value)])
    }

    fn add(&mut self, other: Self) {
        for entry in other.0 {
            if !self.0.iter().any(|(path, _)| *path == entry.0) {
                self.0.push(entry);
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.add(other);
        self
    }
}

/// A ruleset as the reference reads it.
pub struct Reference {
    schema: Schema,
    lets: BTreeMap<String, Expr>,
    settings: BTreeMap<String, Expr>,
    lists: BTreeMap<String, Type>,
    indicators: Vec<IndicatorDecl>,
    decide: DecideDecl,
    rows: Rows,
}

impl Reference {
    /// Reads the files of a ruleset. `None` for one that is not whole.
    pub fn new(files: &[&str], rows: &Rows) -> Option<Self> {
        let mut items = Vec::new();
        for (number, text) in files.iter().enumerate() {
            items.extend(indicia_dsl::parse(&format!("{number}.indicia"), text).file.items);
        }
        let schema = Schema::new(&items)?;
        let (mut lets, mut settings, mut lists) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (mut indicators, mut decide) = (Vec::new(), None);
        for item in items {
            match item {
                Item::Let(named) => drop(lets.insert(named.name.text, named.value)),
                Item::Setting(named) => drop(settings.insert(named.name.text, named.value)),
                Item::List(list) => drop(lists.insert(list.name.text, schema.type_of(&list.ty))),
                Item::Indicator(indicator) => indicators.push(indicator),
                Item::Decide(found) => decide = Some(found),
                _ => {}
            }
        }
        Some(Self { schema, lets, settings, lists, indicators, decide: decide?, rows: rows.clone() })
    }
}
