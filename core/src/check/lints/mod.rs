//! Lints: what is allowed but deserves a look. Each family has its file, each code its page.
//!
//! They read the checked tree of a ruleset without errors, and change nothing. What belongs to a base is reported when
//! the base is checked, not in every ruleset that extends it.

mod clauses;
mod constant;
mod exception;
mod facts;
mod fold;
mod guard;
mod key;
mod outcome;
mod pair;
pub(super) mod pattern;
mod proxy;
mod range;
mod shadow;
#[cfg(test)]
mod tests;
mod truths;
mod unused;

use super::Checker;
use super::tree::{At, Checked, Kind, Reads, TBinder, TList, Typed};
use indicia_dsl::diagnostic::Diagnostic;
use rustc_hash::FxHashSet;

pub(crate) use clauses::without_cases;
use range::Values;
use std::cell::Cell;

/// How often the lints open a `let`: for each indicator and `let`, and beyond.
const OPENED_EACH: u32 = 1_000;
const OPENED: u32 = 100_000;

/// The lints at work on one ruleset.
struct Lints<'a> {
    checked: &'a Checked,
    /// What the outcomes read.
    decide_reads: &'a Reads,
    /// Names that the ruleset adjusts of its base.
    adjusted: &'a FxHashSet<String>,
    /// How often a `let` may still be opened, for all lints together.
    fuel: &'a Cell<u32>,
    found: Vec<Diagnostic>,
    /// What concerns only the base.
    elsewhere: Vec<Diagnostic>,
    /// Report in files of the base, too: the ruleset's own adjustments brought it about.
    insist: bool,
}

impl Checker<'_> {
    /// Runs all lints, unless there are errors: then too much is unknown.
    pub(super) fn lint(&mut self) {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return;
        }
        let size = self.out.indicators.len() + self.out.lets.len();
        let fuel =
            Cell::new(u32::try_from(size).unwrap_or(u32::MAX).saturating_mul(OPENED_EACH).saturating_add(OPENED));
        let mut lints = Lints {
            checked: &self.out,
            decide_reads: &self.decide_reads,
            adjusted: &self.adjusted,
            fuel: &fuel,
            found: Vec::new(),
            elsewhere: Vec::new(),
            insist: false,
        };
        lints.clauses();
        lints.constants();
        lints.unused();
        lints.outcomes();
        lints.exceptions();
        lints.pairs();
        lints.proxies();
        lints.guards();
        lints.shadows();
        let found = lints.found;
        self.diagnostics.extend(found);
    }
}

impl<'a> Lints<'a> {
    fn values(&self) -> Values<'a> {
        Values { checked: self.checked, reach: None, fuel: self.fuel }
    }

    fn file(&self, at: At) -> &str {
        self.checked.files.get(usize::from(at.file)).map_or("", String::as_str)
    }

    /// Reports a warning and returns it for help, labels and fixes.
    #[expect(clippy::indexing_slicing, reason = "the element was pushed on the line before")]
    fn warn(
        &mut self,
        code: &'static str,
        at: At,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let diagnostic = Diagnostic::warning(code, message, self.file(at), at.span, label);
        let own = self.insist || at.file >= self.checked.own_from;
        let told = if own { &mut self.found } else { &mut self.elsewhere };
        told.push(diagnostic);
        let last = told.len() - 1;
        &mut told[last]
    }
}

/// The expressions directly inside an expression, those of binders included.
fn parts(typed: &Typed) -> Vec<&Typed> {
    match &typed.kind {
        Kind::Prop { base: inner, .. }
        | Kind::Neg(inner)
        | Kind::Not(inner)
        | Kind::Known(inner)
        | Kind::Matches { value: inner, .. }
        | Kind::InList { value: inner, .. }
        | Kind::Is { value: inner, .. }
        | Kind::Column { row: super::tree::RowRef::Lookup(inner), .. } => vec![inner],
        Kind::Coalesce(a, b)
        | Kind::Arith { left: a, right: b, .. }
        | Kind::Period(a, b)
        | Kind::Overlap(a, b)
        | Kind::Compare { left: a, right: b, .. }
        | Kind::Edits { left: a, right: b, .. }
        | Kind::InElements { value: a, set: b }
        | Kind::InNetwork { value: a, network: b }
        | Kind::InPeriod { value: a, period: b } => vec![a, b],
        Kind::WithinTime { distance, left, right } => vec![distance, left, right],
        Kind::InValues { value, values } => std::iter::once(&**value).chain(values).collect(),
        Kind::And(parts) | Kind::Or(parts) | Kind::AtLeastOf { conditions: parts, .. } => parts.iter().collect(),
        Kind::Aggregate { binders, body, .. } | Kind::Quantified { binders, body, .. } => {
            binder_values(binders).chain(std::iter::once(&**body)).collect()
        }
        _ => Vec::new(),
    }
}

/// The lists of binders that are values: words of a text, cells of a table.
fn binder_values(binders: &[TBinder]) -> impl Iterator<Item = &Typed> {
    binders.iter().filter_map(|binder| match &binder.list {
        TList::Value(value) => Some(&**value),
        _ => None,
    })
}
