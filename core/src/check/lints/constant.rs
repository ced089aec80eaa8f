//! W0701: conditions that are always true or false, whatever the record holds.
//!
//! The innermost one is told, and nothing around it that is constant for its sake. A condition that is only sometimes
//! unknown is no mistake; one that can never be true is, wherever its truth would count.

use super::Lints;
use super::facts::Facts;
use super::range::{Fixed, Reach, Values, can_be_open};
use super::truths::Truths;
use crate::check::codes;
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
struct Found {
    truths: Truths,
    told: bool,
}

/// Why a condition is constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
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
    lets: FxHashMap<usize, Found>,
    /// Where to tell; silent without.
    told: Option<Vec<(&'a Typed, Truths, Cause)>>,
}

impl Lints<'_> {
    pub(super) fn constants(&mut self) {
        let values = self.values();
        let mut folder = Folder { values, lets: FxHashMap::default(), told: Some(Vec::new()) };
        for (index, found) in self.checked.lets.iter().enumerate() {
            let found = if matches!(found.value.ty, Ty::Truth | Ty::Bool) {
                folder.fold(&found.value, Side::Both)
            } else {
                folder.inside(&found.value);
                Found { truths: Truths::ANY, told: false }
            };
            folder.lets.insert(index, found);
        }
        let mut exceptions = Vec::new();
        for indicator in &self.checked.indicators {
            folder.lists(&indicator.binders);
            let when = folder.fold(&indicator.when, Side::True);
            let Some(unless) = &indicator.unless else { continue };
            let exception = folder.fold(unless, Side::True);
            if when.told || exception.told {
                continue;
            }
            let mut facts = Facts::default();
            facts.assume(&values, &indicator.when, true);
            facts.assume(&values, unless, false);
            if facts.contradict(&values) {
                exceptions.push((unless.at, indicator.name.clone()));
            }
        }
        for (typed, truths, cause) in folder.told.unwrap_or_default() {
            self.tell_constant(typed, truths, cause);
        }
        for (at, name) in exceptions {
            let message = format!("exception of `{name}` holds whenever its condition does");
            self.warn(codes::ALWAYS, at, message, "so it is never raised").help =
                Some("narrow the exception, or leave the indicator out".to_owned());
        }
        self.constant_outcomes();
    }

    /// Outcomes that can't be reached are another lint's business; parts that count for nothing are told here.
    fn constant_outcomes(&mut self) {
        let reach = self.reach();
        for (rule, _) in self.checked.decide.rules.iter().flatten() {
            let mut folder = Folder::silent(Values { reach, ..self.values() });
            if !folder.truths(rule).has(Truths::TRUE) {
                continue;
            }
            folder.told = Some(Vec::new());
            folder.fold(rule, Side::True);
            for (typed, truths, cause) in folder.told.unwrap_or_default() {
                self.tell_constant(typed, truths, cause);
            }
        }
    }

    fn tell_constant(&mut self, typed: &Typed, truths: Truths, cause: Cause) {
        let message = if truths == Truths::TRUE {
            "condition is always true"
        } else if truths == Truths::FALSE {
            "condition is always false"
        } else if truths.has(Truths::TRUE) && truths.is_constant() {
            "condition is true whenever it can be judged"
        } else if truths.has(Truths::TRUE) {
            "condition can never be false"
        } else {
            "condition can never be true"
        };
        let (label, help) = match cause {
            Cause::Plain => ("", "compare with a field of the record, or leave it out"),
            Cause::Itself => ("both sides are the same", "name two different values"),
            Cause::PartialDate => (
                "a date without a day is never surely the same as another",
                "compare with `<` or `>`, or compare `.year`",
            ),
            Cause::Exclusive => ("its parts exclude each other", "did you mean `or`?"),
            Cause::Exhaustive => ("its parts leave nothing out", "did you mean `and`?"),
        };
        self.warn(codes::ALWAYS, typed.at, message, label).help = Some(help.to_owned());
    }
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

    fn fold(&mut self, typed: &'t Typed, side: Side) -> Found {
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
    fn inside(&mut self, typed: &'t Typed) {
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

    fn lists(&mut self, binders: &'t [TBinder]) {
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

/// What outcomes can count up to, if there is anything to count.
impl Lints<'_> {
    pub(super) fn reach(&self) -> Option<Reach> {
        let decide = &self.checked.decide;
        let mut points = vec![0u32; decide.categories.len()];
        let mut counted = vec![false; decide.categories.len()];
        let active: Vec<_> = self.checked.indicators.iter().filter(|indicator| !indicator.shadow).collect();
        for indicator in &active {
            let weight = decide.weights.get(indicator.severity as usize).copied().unwrap_or(0);
            if let Some(slot) = points.get_mut(indicator.category) {
                *slot = slot.saturating_add(indicator.weight.unwrap_or(weight));
            }
            if let Some(slot) = counted.get_mut(indicator.category) {
                *slot |= !indicator.is_composite() && indicator.severity >= crate::check::tree::Grade::Low;
            }
        }
        let score = points
            .iter()
            .zip(&decide.caps)
            .map(|(points, cap)| cap.map_or(*points, |cap| cap.min(*points)))
            .fold(0u32, u32::saturating_add);
        let categories = u32::try_from(counted.iter().filter(|counted| **counted).count()).unwrap_or(u32::MAX);
        (!active.is_empty()).then_some(Reach { score, categories })
    }
}
