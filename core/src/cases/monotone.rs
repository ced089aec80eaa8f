//! Which indicators hold because something is missing. All others are monotone: taking facts away never raises them.

use super::names::Names;
use crate::source::Sources;
use indicia_dsl::ast::{Clause, ClauseKind, Expr, ExprKind, Item};
use std::collections::{BTreeMap, BTreeSet};

/// What the probes need to know of the rules' text.
#[derive(Debug, Default)]
pub(super) struct Syntax {
    pub(super) names: Names,
    tables: BTreeSet<String>,
    /// How many elements a `for at least` needs, by indicator.
    needed: BTreeMap<String, u32>,
    /// By name of a `let` or an indicator.
    uses: BTreeMap<String, Uses>,
}

/// What an expression uses.
#[derive(Debug, Default, Clone)]
struct Uses {
    presence: bool,
    /// Something that missing data leaves undecided.
    undecided: bool,
    /// Names that may be those of a `let` or an indicator.
    names: BTreeSet<String>,
}

impl Syntax {
    pub(super) fn of(sources: &Sources) -> Self {
        let mut syntax = Self::default();
        let mut current = Some(sources);
        while let Some(sources) = current {
            for (file, text) in &sources.rules {
                for item in &indicia_dsl::parse(file, text).file.items {
                    syntax.item(item);
                }
            }
            current = sources.base.as_deref();
        }
        syntax
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Record(record) => self.names.declare(record),
            Item::Table(table) => {
                self.tables.insert(table.name.text.clone());
            }
            Item::Let(value) => {
                let mut uses = Uses::default();
                uses.expr(&value.value);
                self.uses.insert(value.name.text.clone(), uses);
            }
            Item::Indicator(indicator) => {
                let mut uses = Uses::default();
                for Clause { kind, .. } in &indicator.clauses {
                    match kind {
                        ClauseKind::When(condition) | ClauseKind::Unless(condition) => uses.expr(condition),
                        ClauseKind::For(binders) => {
                            uses.undecided = true;
                            if let Some(count) = &binders.at_least {
                                self.needed.insert(indicator.name.text.clone(), count.node);
                            }
                            for binder in &binders.binders {
                                uses.expr(&binder.list);
                            }
                        }
                        _ => {}
                    }
                }
                self.uses.insert(indicator.name.text.clone(), uses);
            }
            _ => {}
        }
    }

    /// Whether rows of this name belong to a table.
    pub(super) fn is_table(&self, name: &str) -> bool {
        self.tables.contains(name)
    }

    /// How many elements an indicator's `for` needs.
    pub(super) fn elements_needed(&self, indicator: &str) -> usize {
        self.needed.get(indicator).map_or(1, |count| *count as usize)
    }

    /// Whether taking facts away may raise an indicator: it tests presence, uses `known` or `??`, or rests on something that does.
    pub(super) fn tests_presence(&self, indicator: &str) -> bool {
        self.reaches(indicator, |uses| uses.presence)
    }

    /// Whether some record leaves an indicator unknown.
    pub(super) fn can_be_unknown(&self, indicator: &str) -> bool {
        self.reaches(indicator, |uses| uses.undecided)
    }

    fn reaches(&self, name: &str, holds: impl Fn(&Uses) -> bool) -> bool {
        self.rests_on(name).into_iter().filter_map(|name| self.uses.get(name)).any(holds)
    }

    /// The `let`s and indicators that an indicator rests on, itself among them.
    pub(super) fn rests_on<'a>(&'a self, indicator: &'a str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut left = vec![indicator];
        while let Some(name) = left.pop() {
            if let Some(uses) = self.uses.get(name).filter(|_| found.insert(name)) {
                left.extend(uses.names.iter().map(String::as_str));
            }
        }
        found
    }
}

impl Uses {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Known(_) | ExprKind::Is { .. } => {
                // Decided whatever is within.
                let mut inner = Self::default();
                for part in parts(expr) {
                    inner.expr(part);
                }
                self.presence = true;
                self.names.extend(inner.names);
                return;
            }
            ExprKind::Coalesce(..) => {
                self.presence = true;
                self.undecided = true;
            }
            ExprKind::Path(path) => {
                let alone = path.names.len() == 1;
                let name = path.names.first().map(|name| name.text.clone());
                self.undecided |= !alone;
                self.names.extend(name);
            }
            ExprKind::Raised(name) => {
                self.names.insert(name.text.clone());
            }
            ExprKind::AtLeastRaised { indicators, .. } => {
                self.names.extend(indicators.iter().map(|name| name.text.clone()));
            }
            ExprKind::Compare { .. }
            | ExprKind::WithinEdits { .. }
            | ExprKind::WithinTime { .. }
            | ExprKind::Matches { .. }
            | ExprKind::InValues { .. }
            | ExprKind::In { .. }
            | ExprKind::Quantified { .. } => self.undecided = true,
            _ => {}
        }
        for part in parts(expr) {
            self.expr(part);
        }
    }
}

/// The expressions directly within an expression.
fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Lookup { key: inner, .. }
        | ExprKind::Property { base: inner, .. }
        | ExprKind::Not(inner)
        | ExprKind::Known(inner)
        | ExprKind::Neg(inner)
        | ExprKind::Matches { value: inner, .. }
        | ExprKind::Is { value: inner, .. } => vec![inner],
        ExprKind::And(all) | ExprKind::Or(all) | ExprKind::AtLeastOf { conditions: all, .. } => all.iter().collect(),
        ExprKind::Compare { left, right, .. }
        | ExprKind::WithinEdits { left, right, .. }
        | ExprKind::Arith { left, right, .. }
        | ExprKind::Coalesce(left, right)
        | ExprKind::Period(left, right)
        | ExprKind::Overlap(left, right)
        | ExprKind::In { value: left, set: right } => vec![left, right],
        ExprKind::WithinTime { distance, left, right } => vec![distance, left, right],
        ExprKind::InValues { value, values } => std::iter::once(&**value).chain(values).collect(),
        ExprKind::Quantified { binders, body, .. } | ExprKind::Aggregate { binders, body, .. } => {
            binders.iter().map(|binder| &binder.list).chain(std::iter::once(&**body)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the text of a leaf is a presence test.
pub(super) fn tests_presence(text: &str) -> bool {
    [" is missing", " is present", " is unparsable"].iter().any(|test| text.ends_with(test))
}

#[cfg(test)]
#[path = "tests/monotone.rs"]
mod tests;
