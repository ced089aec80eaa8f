//! From the sentence and the condition of an indicator to what its findings show.

use super::brief::{Brief, Cite, Path, Says, speaks_for};
use super::lower::Lowering;
use super::{Each, Over, Place};
use crate::check::types::{Prop, Ty};
use crate::compile::program::{Cond, Indicator, List, Node, Part, Row, Test, Value};
use crate::json;
use crate::truth::Truth;
use std::sync::Arc;

impl Lowering<'_> {
    /// The findings of an indicator, if they are plain; its list is bound.
    pub(super) fn brief(&self, indicator: &Indicator, each: Option<&Each>) -> Option<Brief> {
        if indicator.at_least.is_some() || indicator.binders.len() > 1 {
            return None;
        }
        let says = indicator.because.iter().map(|part| self.says(part)).collect::<Option<_>>()?;
        if each.is_some_and(|each| each.pairs && matches!(each.over, Over::Sources(_))) {
            return None;
        }
        let list = indicator.binders.first().and_then(|binder| self.p.binders.get(binder.list as usize));
        let mut cites = Vec::new();
        self.cites(&indicator.condition, Truth::True, list, &mut cites)?;
        (speaks_for(&cites, each) && !may_repeat(&cites, list)).then(|| Brief { says, cites: cites.into() })
    }

    fn says(&self, part: &Part) -> Option<Says> {
        let value = match part {
            Part::Text(text) => return Some(Says::Text(Arc::clone(text))),
            Part::Value(value) => value,
        };
        match (&value.node, &value.ty) {
            (_, Ty::List(_) | Ty::Record(_)) => None,
            (Node::Field(_) | Node::Element(_), Ty::Number) => Some(Says::Number(self.field(value)?)),
            (Node::Field(_) | Node::Element(_), _) => Some(Says::Cell(self.field(value)?)),
            (Node::Prop(base, Prop::Year), _) if base.ty == Ty::Date => Some(Says::Year(self.field(base)?)),
            (Node::Prop(base, Prop::CountryName), _) => Some(Says::CountryName(self.field(base)?)),
            _ => None,
        }
    }

    /// What a condition that is this rests on; `None` if that depends.
    fn cites(&self, cond: &Cond, truth: Truth, list: Option<&List>, out: &mut Vec<Cite>) -> Option<()> {
        match &cond.test {
            Test::Const(_) => Some(()),
            Test::Not(inner) => self.cites(inner, truth.not(), list, out),
            Test::And(parts) if truth.is_true() => self.all(parts, truth, list, out),
            Test::Or(parts) if truth.is_false() => self.all(parts, truth, list, out),
            Test::InValues { value, equalities } => {
                let literal = |equality: &Cond| match &equality.test {
                    Test::Like { right, .. } | Test::Texts { right, .. } => matches!(right.node, Node::Text(_)),
                    Test::Numbers { right, .. } => matches!(right.node, Node::Number(_)),
                    _ => false,
                };
                if equalities.iter().all(literal) { self.cite(value, list, out) } else { None }
            }
            Test::Is { value, .. } => match (&value.node, &value.ty) {
                (Node::Field(_), Ty::Phone) => self.cite_place(self.field(value)?, value, list, out),
                _ => self.cite(value, list, out),
            },
            Test::Flag(value)
            | Test::CodeIn { value, .. }
            | Test::Matches { value, .. }
            | Test::InList { value, .. } => self.cite(value, list, out),
            Test::Codes { left, right, .. }
            | Test::Numbers { left, right, .. }
            | Test::Dates { left, right, .. }
            | Test::Instants { left, right, .. }
            | Test::Lengths { left, right, .. }
            | Test::Texts { left, right, .. }
            | Test::Like { left, right, .. }
            | Test::Mentions { left, right, .. }
            | Test::Agrees { left, right, .. }
            | Test::Edits { left, right, .. } => self.both(left, right, list, out),
            _ => None,
        }
    }

    fn all(&self, parts: &[Cond], truth: Truth, list: Option<&List>, out: &mut Vec<Cite>) -> Option<()> {
        parts.iter().try_for_each(|part| self.cites(part, truth, list, out))
    }

    fn both(&self, left: &Value, right: &Value, list: Option<&List>, out: &mut Vec<Cite>) -> Option<()> {
        self.cite(left, list, out)?;
        self.cite(right, list, out)
    }

    /// The cells that a value comes from.
    fn cite(&self, value: &Value, list: Option<&List>, out: &mut Vec<Cite>) -> Option<()> {
        match &value.node {
            Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Instant(_) | Node::Length(_) | Node::Code(_) => {
                Some(())
            }
            Node::Field(_) | Node::Element(_) => match value.ty {
                Ty::Phone | Ty::List(_) | Ty::Record(_) => None,
                _ => self.cite_place(self.field(value)?, value, list, out),
            },
            Node::Prop(base, prop) => match (&base.node, &base.ty) {
                (Node::Field(_) | Node::Element(_), Ty::Date) if *prop == Prop::Raw => None,
                _ => self.cite(base, list, out),
            },
            Node::Neg(inner) => self.cite(inner, list, out),
            Node::Column { table, column, row: Row::Lookup(key) } if key.ty == Ty::Country => {
                self.cite(key, list, out)?;
                let prepared = self.p.tables.get(*table as usize)?;
                let name = prepared.columns.get(*column as usize)?;
                let mut whole = String::new();
                json::push_text(&format!("{}[\"\"].{name}", prepared.name), &mut whole);
                let (before, behind) = whole.split_once("\\\"\\\"")?;
                let path = Path::Column {
                    before: format!("{{\"path\":{before}\\\"").into(),
                    behind: format!("\\\"{behind},\"value\":").into(),
                    table: *table,
                    column: *column,
                };
                let cite = Cite { place: self.field(key)?, is_date: false, path };
                if !out.contains(&cite) {
                    out.push(cite);
                }
                Some(())
            }
            Node::Coalesce(left, right)
            | Node::Arith(_, left, right)
            | Node::Period(left, right)
            | Node::Overlap(left, right) => self.both(left, right, list, out),
            _ => None,
        }
    }

    fn cite_place(&self, place: Place, value: &Value, list: Option<&List>, out: &mut Vec<Cite>) -> Option<()> {
        if out.iter().any(|cite| cite.place == place && !matches!(cite.path, Path::Column { .. })) {
            return Some(());
        }
        let own = match &value.node {
            Node::Field(field) => &*field.path,
            _ => "",
        };
        let behind = |mark: &str| {
            if own.is_empty() { format!("{mark}\",\"value\":") } else { format!("{mark}.{own}\",\"value\":") }
        };
        let path = match (place.level, list) {
            (0, _) if own.is_empty() => return None,
            (0, _) => Path::Whole(format!("{}\",\"value\":", start(own)).into()),
            (1 | 2, Some(List::Field { field, .. })) if self.place(field).is_some_and(|place| place.level == 0) => {
                Path::Around(format!("{}[", start(&field.path)).into(), behind("]").into())
            }
            (1, Some(List::Sources(sources))) => {
                Path::OfSource(sources.iter().map(|(name, _)| start(name).into()).collect(), behind("").into())
            }
            _ => return None,
        };
        out.push(Cite { place, is_date: value.ty == Ty::Date, path });
        Some(())
    }
}

/// Whether two entries may turn out to be of one place: a source's field is one of the root as well, and two keys may find one
/// row.
fn may_repeat(cites: &[Cite], list: Option<&List>) -> bool {
    let of_root = cites.iter().any(|cite| cite.place.level == 0);
    let column = |cite: &Cite| match cite.path {
        Path::Column { table, column, .. } => Some((table, column)),
        _ => None,
    };
    let mut columns: Vec<_> = cites.iter().filter_map(column).collect();
    columns.sort_unstable();
    of_root && matches!(list, Some(List::Sources(_))) || columns.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// The entry's text up to a part of the path.
fn start(path: &str) -> String {
    let mut text = "{\"path\":".to_owned();
    json::push_text(path, &mut text);
    text.pop();
    text
}
