//! The truths that each condition can have, found by walking it: what literals decide, what parts exclude or leave open.

use super::facts::Facts;
use super::range::{Fixed, Values, can_be_open};
use super::truths::Truths;
use crate::check::tree::{Kind, Quant, TBinder, Typed};
use crate::check::types::Ty;
use indicia_dsl::ast::{CompareOp, State};
use rustc_hash::FxHashMap;

/// Whether a condition's truth or its falsehood raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    True,
    False,
    Both,
}

impl Side {
    fn turned(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Both => Self::Both,
        }
    }
}

/// The truths of a condition, and whether a part was told already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub truths: Truths,
    pub told: bool,
}

/// Why a condition is constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Plain,
    Itself,
    PartialDate,
    Exclusive,
    Exhaustive,
}

/// One walk over conditions.
pub(super) struct Folder<'a, 't> {
    pub(super) values: Values<'t>,
    /// What was found out about each `let`.
    pub(super) lets: FxHashMap<usize, Found>,
    /// Where to tell; silent without.
    pub(super) told: Option<Vec<(&'a Typed, Truths, Cause)>>,
}

impl<'t> Folder<'t, 't> {
    /// A folder that tells nothing.
    pub(super) fn silent(values: Values<'t>) -> Self {
        Self { values, lets: FxHashMap::default(), told: None }
    }

    /// The truths that a condition can have.
    pub(super) fn truths(&mut self, typed: &'t Typed) -> Truths {
        self.fold(typed, Side::Both).truths
    }

    pub(super) fn fold(&mut self, typed: &'t Typed, side: Side) -> Found {
        let (found, cause) = self.judge(typed, side);
        let constant = found.truths.is_constant()
            || match side {
                Side::True => !found.truths.has(Truths::TRUE),
                Side::False => !found.truths.has(Truths::FALSE),
                Side::Both => false,
            };
        if !constant || found.told {
            return found;
        }
        if let Some(told) = &mut self.told {
            told.push((typed, found.truths, cause));
        }
        Found { told: true, ..found }
    }

    fn judge(&mut self, typed: &'t Typed, side: Side) -> (Found, Cause) {
        let plain = |truths| (Found { truths, told: false }, Cause::Plain);
        match &typed.kind {
            Kind::Bool(value) => plain(Truths::of(*value)),
            Kind::Let(index) => (self.behind_let(*index, typed), Cause::Plain),
            Kind::Not(inner) => {
                let found = self.fold(inner, side.turned());
                (Found { truths: found.truths.not(), ..found }, Cause::Plain)
            }
            Kind::Known(inner) => {
                let found = self.fold(inner, side);
                (Found { truths: found.truths.known(), ..found }, Cause::Plain)
            }
            Kind::And(parts) => self.joined(parts, side, true),
            Kind::Or(parts) => self.joined(parts, side, false),
            Kind::AtLeastOf { count, conditions } => self.at_least(*count, conditions, side),
            Kind::Quantified { quantifier, binders, body } => {
                self.lists(binders);
                let inner = match quantifier {
                    Quant::No => side.turned(),
                    _ => side,
                };
                let body = self.fold(body, inner);
                (Found { truths: quantified(*quantifier, body.truths), told: body.told }, Cause::Plain)
            }
            Kind::Compare { op, left, right } => {
                self.inside(left);
                self.inside(right);
                let truths = self.values.compare(*op, left, right);
                let cause = if super::key::key(left) == super::key::key(right) {
                    Cause::Itself
                } else if self.is_partial(left) || self.is_partial(right) {
                    Cause::PartialDate
                } else {
                    Cause::Plain
                };
                (Found { truths, told: false }, cause)
            }
            Kind::InValues { value, values } => {
                self.inside(value);
                plain(self.among(value, values))
            }
            Kind::Is { value, state } => {
                self.inside(value);
                let given = self.values.is_given(value);
                plain(match state {
                    State::Missing if given => Truths::FALSE,
                    State::Present if given => Truths::TRUE,
                    State::Unparsable if self.values.fixed(value).is_some() => Truths::FALSE,
                    _ => Truths::TRUE.or_also(Truths::FALSE),
                })
            }
            Kind::Raised(_) | Kind::InPeriod { .. } | Kind::WithinTime { .. } => {
                self.inside(typed);
                plain(Truths::ANY)
            }
            Kind::InElements { value, .. } if can_be_open(&value.ty) => plain(Truths::ANY),
            _ => {
                self.inside(typed);
                plain(Truths::SURE)
            }
        }
    }

    /// A `let` is told where it stands, not where it is used.
    fn behind_let(&mut self, index: usize, typed: &'t Typed) -> Found {
        if let Some(found) = self.lets.get(&index) {
            return Found { told: found.told || found.truths.is_constant(), ..*found };
        }
        let behind = self.values.behind(typed);
        if matches!(behind.kind, Kind::Bool(_)) {
            return Found { truths: Truths::ANY, told: false };
        }
        let telling = self.told.take();
        let found = self.fold(behind, Side::Both);
        self.told = telling;
        found
    }

    /// Conditions inside values: those that are counted.
    pub(super) fn inside(&mut self, typed: &'t Typed) {
        if let Kind::Aggregate { binders, body, .. } = &typed.kind {
            self.lists(binders);
            if matches!(body.ty, Ty::Truth | Ty::Bool) {
                self.fold(body, Side::Both);
            } else {
                self.inside(body);
            }
            return;
        }
        for part in super::parts(typed) {
            self.inside(part);
        }
    }

    pub(super) fn lists(&mut self, binders: &'t [TBinder]) {
        for value in super::binder_values(binders) {
            self.inside(value);
        }
    }

    /// `and` and `or`: all parts together, then what they rule out between them.
    fn joined(&mut self, parts: &'t [Typed], side: Side, all: bool) -> (Found, Cause) {
        let mut told = false;
        let mut truths = Truths::of(all);
        let mut facts = Facts::default();
        for part in parts {
            let found = self.fold(part, side);
            told |= found.told;
            truths = if all { truths.and(found.truths) } else { truths.or(found.truths) };
            facts.assume(&self.values, part, all);
        }
        let ruled_out = Truths::of(all);
        if truths.has(ruled_out) && facts.contradict(&self.values) {
            let cause = if all { Cause::Exclusive } else { Cause::Exhaustive };
            return (Found { truths: truths.without(ruled_out), told }, cause);
        }
        (Found { truths, told }, Cause::Plain)
    }

    fn at_least(&mut self, count: u32, conditions: &'t [Typed], side: Side) -> (Found, Cause) {
        let (mut sure, mut possible, mut told, mut lost) = (0u32, 0u32, false, Truths::NONE);
        for condition in conditions {
            let found = self.fold(condition, side);
            told |= found.told;
            sure += u32::from(found.truths == Truths::TRUE);
            possible += u32::from(found.truths.has(Truths::TRUE));
            lost = lost.or_also(found.truths.without(Truths::TRUE.or_also(Truths::FALSE)));
        }
        let truths = if sure >= count {
            Truths::TRUE
        } else if possible < count {
            lost.or_also(Truths::FALSE)
        } else {
            Truths::ANY
        };
        (Found { truths, told }, Cause::Plain)
    }

    fn among(&self, value: &Typed, items: &[Typed]) -> Truths {
        if self.values.fixed(value).is_some() {
            return items
                .iter()
                .map(|item| self.values.compare(CompareOp::Eq, value, item))
                .fold(Truths::FALSE, Truths::or);
        }
        let Ty::OneOf(words) = &value.ty else {
            return if can_be_open(&value.ty) { Truths::ANY } else { Truths::SURE };
        };
        let named = words.iter().enumerate().all(|(index, _)| {
            items
                .iter()
                .any(|item| matches!(self.values.fixed(item), Some(Fixed::Word(word)) if usize::from(word) == index))
        });
        if named { Truths::TRUE.or_also(Truths::LACKING) } else { Truths::SURE }
    }

    fn is_partial(&self, typed: &Typed) -> bool {
        matches!(self.values.fixed(typed), Some(Fixed::Date(date)) if !date.is_exact())
    }
}

fn quantified(quantifier: Quant, body: Truths) -> Truths {
    let mut truths = Truths::LACKING.or_also(body.without(Truths::TRUE.or_also(Truths::FALSE)));
    match quantifier {
        Quant::Any | Quant::AtLeast(_) => {
            truths = truths.or_also(Truths::FALSE);
            if body.has(Truths::TRUE) {
                truths = truths.or_also(Truths::TRUE);
            }
            truths
        }
        Quant::All => quantified(Quant::Any, body.not()).not(),
        Quant::No => quantified(Quant::Any, body).not(),
    }
}
