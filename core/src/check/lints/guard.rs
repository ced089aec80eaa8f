//! W0709: `all` without a companion that asks for an element. Over an empty list `all` is true, which would raise an
//! indicator for somebody who gave nothing.

use super::Lints;
use super::key::{key, list_key, place_key};
use super::range::Values;
use crate::check::codes;
use crate::check::tree::{Kind, Place, PlaceBase, Quant, TBinder, TList, Typed};
use crate::check::types::Prop;
use indicia_dsl::ast::{Aggregate, CompareOp, State};

impl<'a> Lints<'a> {
    pub(super) fn guards(&mut self) {
        let checked = self.checked;
        for indicator in &checked.indicators {
            let mut given: Vec<String> = indicator.binders.iter().map(|binder| list_key(&binder.list)).collect();
            self.guarded(&indicator.when, &mut given, &[]);
        }
    }

    /// `given` are lists that have an element here, `beside` what must be true at the same time.
    fn guarded(&mut self, typed: &'a Typed, given: &mut Vec<String>, beside: &[&'a Typed]) {
        match &typed.kind {
            Kind::And(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let others = parts.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, part)| part);
                    let beside: Vec<&Typed> = beside.iter().copied().chain(others).collect();
                    self.guarded(part, given, &beside);
                }
            }
            Kind::Or(parts) | Kind::AtLeastOf { conditions: parts, .. } => {
                for part in parts {
                    self.guarded(part, given, beside);
                }
            }
            Kind::Known(inner) => self.guarded(inner, given, beside),
            Kind::Let(index) => {
                if let Some(found) = self.values().open(*index) {
                    self.guarded(&found.value, given, beside);
                }
            }
            Kind::Quantified { quantifier, binders, body } if *quantifier != Quant::No => {
                if *quantifier == Quant::All {
                    self.unguarded(typed, binders, given, beside);
                }
                let before = given.len();
                given.extend(binders.iter().map(|binder| list_key(&binder.list)));
                self.guarded(body, given, beside);
                given.truncate(before);
            }
            _ => {}
        }
    }

    fn unguarded(&mut self, all: &Typed, binders: &[TBinder], given: &[String], beside: &[&Typed]) {
        let values = self.values();
        let open = binders.iter().find(|binder| {
            let key = list_key(&binder.list);
            may_be_empty(binder) && !given.contains(&key) && !beside.iter().any(|other| needs(&values, other, &key))
        });
        let Some(open) = open else { return };
        let message = "`all` is true when the list is empty";
        let help = format!("ask for an element as well: `(any {0} in …: …) and (all {0} in …: …)`", open.name);
        self.warn(codes::EMPTY_ALL, all.at, message, "nothing beside it asks for an element").help = Some(help);
    }
}

/// Tables have rows, sources are named, and a cell without items is missing: only lists of the record, and the words of a
/// text, can be empty.
fn may_be_empty(binder: &TBinder) -> bool {
    match &binder.list {
        TList::Place(_) => true,
        TList::Value(value) => matches!(value.kind, Kind::Prop { prop: Prop::Words, .. }),
        TList::Table(_) | TList::Sources(_) | TList::Poison => false,
    }
}

/// Whether a condition can only be true if the list has an element.
fn needs(values: &Values<'_>, typed: &Typed, list: &str) -> bool {
    let typed = values.behind(typed);
    match &typed.kind {
        Kind::And(parts) => parts.iter().any(|part| needs(values, part, list)),
        Kind::Or(parts) => parts.iter().all(|part| needs(values, part, list)),
        Kind::Known(inner) => needs(values, inner, list),
        Kind::Quantified { quantifier: Quant::Any | Quant::AtLeast(_), binders, body } => {
            // A list of what is bound inside is another one than the list of that name outside.
            let bound = |binder: &TBinder| list.starts_with(&format!("b{}", binder.slot));
            binders.iter().any(|binder| list_key(&binder.list) == list)
                || (!binders.iter().any(bound) && needs(values, body, list))
        }
        Kind::Compare { op, left, right } => {
            counts(values, *op, left, right, list)
                || counts(values, super::facts::turned(*op), right, left, list)
                || reads_element(values, left, list)
                || reads_element(values, right, list)
        }
        Kind::InElements { value, set } => key(set) == list || reads_element(values, value, list),
        Kind::Is { value, state: State::Present | State::Unparsable } | Kind::InValues { value, .. } => {
            reads_element(values, value, list)
        }
        Kind::InList { value, .. } | Kind::Matches { value, .. } => reads_element(values, value, list),
        Kind::Edits { left, right, .. } | Kind::WithinTime { left, right, .. } => {
            reads_element(values, left, list) || reads_element(values, right, list)
        }
        _ => false,
    }
}

/// Whether the first side counts elements, and none would be too few.
fn counts(values: &Values<'_>, op: CompareOp, counted: &Typed, bound: &Typed, list: &str) -> bool {
    let counted = values.behind(counted);
    let of_list = match &counted.kind {
        Kind::Prop { base, prop: Prop::ListLength } => key(values.behind(base)) == list,
        Kind::Aggregate { function: Aggregate::Count, binders, .. } => {
            binders.iter().any(|binder| list_key(&binder.list) == list)
        }
        _ => false,
    };
    let bound = values.range(bound).least;
    of_list
        && match op {
            CompareOp::Gt => bound >= 0.0,
            CompareOp::Ne => bound == 0.0,
            CompareOp::Ge | CompareOp::Eq => bound > 0.0,
            _ => false,
        }
}

/// Whether a value is missing when the list has no element.
fn reads_element(values: &Values<'_>, typed: &Typed, list: &str) -> bool {
    let typed = values.behind(typed);
    match &typed.kind {
        Kind::Place(place) => ends_of(place, list),
        Kind::Aggregate { function: Aggregate::Latest | Aggregate::Earliest, binders, .. } => {
            binders.iter().any(|binder| list_key(&binder.list) == list)
        }
        Kind::Coalesce(a, b) => reads_element(values, a, list) && reads_element(values, b, list),
        Kind::Prop { base, .. } => reads_element(values, base, list),
        Kind::Arith { left, right, .. } => reads_element(values, left, list) || reads_element(values, right, list),
        _ => false,
    }
}

fn ends_of(place: &Place, list: &str) -> bool {
    match &place.base {
        PlaceBase::End { list: of, .. } => place_key(of) == list || ends_of(of, list),
        _ => false,
    }
}
