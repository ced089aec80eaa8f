//! Steps over all lanes of a batch.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, NO, OPEN, UNLISTED, YES, everything, is, ones};
use super::read::{Is, Values};
use super::values::compared;
use crate::evaluate::compare_numbers;
use crate::quick::{Doubt, Place, Step};
use indicia_dsl::ast::State as Asked;
use std::rc::Rc;

/// Below so many lanes nothing is gained by leaving out those that are decided.
const FEW: usize = 16;

impl<'a> Batch<'_, 'a> {
    /// The truth of a condition, lane by lane.
    pub(super) fn step(&self, step: &Step, lanes: &Lanes) -> Masks {
        match step {
            Step::Open => Masks::all(lanes.count, FAR),
            Step::Const(truth) => Masks::all(lanes.count, super::masks::found(Some(*truth))),
            Step::Unfilled(place) => self.unfilled(*place, lanes),
            Step::Not(inner) => self.step(inner, lanes).not(),
            Step::Known(inner) => self.step(inner, lanes).known(),
            Step::And(parts) => self.and(parts, lanes),
            Step::Or(parts) => self.or(parts, lanes),
            Step::AtLeast(count, parts) => self.at_least_of(*count, parts, lanes),
            Step::Raised(index) => self.raised(*index, lanes),
            Step::Shared(index) => self.shared(*index, lanes),
            Step::CodeIs { place, code, equal } => self.codes(*place, lanes, |found| is((found == *code) == *equal)),
            Step::CodeIn { place, bits } => self.codes(*place, lanes, |code| {
                is(bits.get(usize::from(code) / 64).is_some_and(|word| word >> (code % 64) & 1 == 1))
            }),
            Step::CodesEqual { left, right, equal } => {
                self.two(*left, *right, lanes, |values| &values.codes, |left, right| is((left == right) == *equal))
            }
            Step::NumberIs { op, place, number } => {
                self.one(*place, lanes, |values| &values.numbers, |found| is(compare_numbers(*op, *found, *number)))
            }
            Step::LeftOf { op, numbers, place } => {
                let [from, number] = **numbers;
                self.one(
                    *place,
                    lanes,
                    |values| &values.numbers,
                    |found| {
                        let left = from - found;
                        if left.is_finite() { is(compare_numbers(*op, left, number)) } else { OPEN }
                    },
                )
            }
            Step::Years { op, late, early, number } => self.two(
                *late,
                *early,
                lanes,
                |values| &values.days,
                |late, early| {
                    if late.year == 0 || early.year == 0 {
                        return FAR;
                    }
                    is(compare_numbers(*op, f64::from(late.year) - f64::from(early.year), **number))
                },
            ),
            Step::DateFields { op, left, right } => {
                self.two(*left, *right, lanes, |values| &values.days, |left, right| compared(*op, left, right))
            }
            Step::State { place, state, doubt } => self.state(*place, *state, *doubt, lanes),
            Step::CodeInList { place, list } => self.code_in_list(*place, *list, lanes),
            Step::Numbers { op, sides } => self.numbers(*op, sides, lanes),
            Step::Dates { op, sides } => self.dates(*op, sides, lanes),
            Step::Between { op, dates, length } => self.between(*op, dates, length, lanes),
            Step::Overlap { op, ends, days } => self.overlaps(*op, ends, *days, lanes),
            Step::Like { op, sides } => self.like(*op, sides, lanes),
            Step::TextInList { value, identifier, list } => self.in_list(value, *identifier, *list, lanes),
            Step::TextIs { equal, identifier, sides } => self.text_is(*equal, *identifier, sides, lanes),
            Step::TextIn { value, texts } => self.text_in(value, texts, lanes),
            Step::Matches { value, regex } => self.matches(value, *regex, lanes),
            Step::Mentions { exactly, sides } => self.mentions(*exactly, sides, lanes),
            Step::Agrees { sides, .. } => self.agrees(sides, lanes),
            Step::Quantified(inner) => self.quantified(inner, lanes),
        }
    }

    /// The column at a place, and by lane where in it.
    pub(super) fn column<'l>(&self, place: Place, lanes: &'l Lanes) -> Option<(&Values<'a>, &'l Index)> {
        let (arena, index) = lanes.level(place.level)?;
        Some((self.read.columns.get(usize::from(arena))?.cells.get(place.offset as usize)?, index))
    }

    /// The same of one lane.
    #[inline]
    pub(super) fn at(&self, place: Place, lanes: &Lanes, lane: usize) -> (&Values<'a>, usize) {
        match self.column(place, lanes) {
            Some((values, index)) => (values, index.at(lane)),
            None => (&self.nothing, lane),
        }
    }

    /// Of one field; without a value the condition is unknown.
    #[inline]
    fn one<T>(
        &self,
        place: Place,
        lanes: &Lanes,
        pick: impl for<'v> Fn(&'v Values<'a>) -> &'v [T],
        judge: impl Fn(&T) -> u8,
    ) -> Masks {
        let Some((values, index)) = self.column(place, lanes) else { return Masks::all(lanes.count, FAR) };
        let (states, typed) = (values.is.as_slice(), pick(values));
        let judged = |found: Option<(&Is, &T)>| match found {
            Some((Is::Present, value)) => judge(value),
            Some((Is::Far, _)) => FAR,
            _ => OPEN,
        };
        match index {
            // There is a value for every state, or the type is another.
            _ if typed.len() < states.len() => Masks::of(lanes.count, |lane| match states.get(index.at(lane)) {
                Some(Is::Present | Is::Far) => FAR,
                _ => OPEN,
            }),
            Index::Same => {
                let mut values = states.iter().zip(typed);
                Masks::of(lanes.count, |_| judged(values.next()))
            }
            Index::Of(places) => {
                let mut places = places.iter().map(|place| states.get(*place as usize).zip(typed.get(*place as usize)));
                Masks::of(lanes.count, |_| judged(places.next().flatten()))
            }
        }
    }

    pub(super) fn codes(&self, place: Place, lanes: &Lanes, judge: impl Fn(u16) -> u8) -> Masks {
        self.one(place, lanes, |values| &values.codes, |code| judge(*code))
    }

    /// Of two fields.
    fn two<T>(
        &self,
        left: Place,
        right: Place,
        lanes: &Lanes,
        pick: impl for<'v> Fn(&'v Values<'a>) -> &'v [T],
        judge: impl Fn(&T, &T) -> u8,
    ) -> Masks {
        let (Some((left, here)), Some((right, there))) = (self.column(left, lanes), self.column(right, lanes)) else {
            return Masks::all(lanes.count, FAR);
        };
        let (lefts, rights) = (pick(left), pick(right));
        Masks::of(lanes.count, |lane| {
            let (here, there) = (here.at(lane), there.at(lane));
            match (left.is(here), right.is(there)) {
                (Is::Present, Is::Present) => match (lefts.get(here), rights.get(there)) {
                    (Some(left), Some(right)) => judge(left, right),
                    _ => FAR,
                },
                (Is::Far, _) | (_, Is::Far) => FAR,
                _ => OPEN,
            }
        })
    }

    fn state(&self, place: Place, asked: Asked, doubt: Doubt, lanes: &Lanes) -> Masks {
        Masks::of(lanes.count, |lane| {
            let (values, at) = self.at(place, lanes, lane);
            match (asked, values.is(at)) {
                (_, Is::Far) => FAR,
                (Asked::Unparsable, Is::Present) if doubt == Doubt::Readable => FAR,
                (Asked::Missing, state) => is(state == Is::Missing),
                (Asked::Present, state) => is(state != Is::Missing),
                (Asked::Unparsable, state) => is(state == Is::Unparsable),
            }
        })
    }

    /// In a list that nobody filled.
    fn unfilled(&self, place: Option<Place>, lanes: &Lanes) -> Masks {
        let Some(place) = place else { return Masks::all(lanes.count, FAR) };
        Masks::of_listed(lanes.count, |lane| {
            let (values, at) = self.at(place, lanes, lane);
            match values.is(at) {
                Is::Present => UNLISTED,
                Is::Missing | Is::Unparsable => OPEN,
                Is::Far => FAR,
            }
        })
    }

    fn and(&self, parts: &[Step], lanes: &Lanes) -> Masks {
        let mut all = Masks::all(lanes.count, YES);
        for part in parts {
            let open = everything(lanes.count).zip(&all.no).map(|(all, no)| all & !no);
            let Some(found) = self.where_open(part, lanes, open) else { break };
            all = all.and(&found);
        }
        all
    }

    fn or(&self, parts: &[Step], lanes: &Lanes) -> Masks {
        let mut any = Masks::all(lanes.count, NO);
        for part in parts {
            let open = everything(lanes.count).zip(&any.yes).map(|(all, yes)| all & !yes);
            let Some(found) = self.where_open(part, lanes, open) else { break };
            any = any.or(&found);
        }
        any
    }

    /// A part of a condition; only where it still matters, if that is worth it. None if it matters nowhere.
    fn where_open(&self, part: &Step, lanes: &Lanes, open: impl Iterator<Item = u64>) -> Option<Masks> {
        let open: Vec<u64> = open.collect();
        let count: usize = open.iter().map(|word| word.count_ones() as usize).sum();
        if count == 0 {
            return None;
        }
        if lanes.count < FEW || count * 3 > lanes.count || !is_costly(part) {
            return Some(self.step(part, lanes));
        }
        let places: Vec<u32> = ones(open.into_iter()).filter_map(|lane| u32::try_from(lane).ok()).collect();
        Some(self.step(part, &lanes.select(&places)).scatter(lanes.count, &places))
    }

    fn at_least_of(&self, wanted: u32, parts: &[Step], lanes: &Lanes) -> Masks {
        let parts: Vec<Masks> = parts.iter().map(|part| self.step(part, lanes).listed()).collect();
        Masks::of(lanes.count, |lane| {
            let (mut sure, mut far, mut open) = (0u32, 0u32, 0u32);
            for part in &parts {
                match part.at(lane) {
                    YES => sure += 1,
                    NO => {}
                    FAR => far += 1,
                    _ => open += 1,
                }
            }
            if sure >= wanted {
                YES
            } else if sure + far + open < wanted {
                NO
            } else if far > 0 {
                FAR
            } else {
                OPEN
            }
        })
    }

    /// Another indicator; one in the shadow is unknown to active ones.
    fn raised(&self, index: u32, lanes: &Lanes) -> Masks {
        if self.p.indicators.get(index as usize).is_some_and(|indicator| indicator.shadow) {
            return Masks::all(lanes.count, OPEN);
        }
        let truths = self.truths.borrow();
        match truths.get(index as usize).and_then(Option::as_ref) {
            Some(truths) => Self::by_row(truths, lanes),
            None => Masks::all(lanes.count, FAR),
        }
    }

    /// A shared condition: found once a batch. It knows nothing of what is bound around it.
    fn shared(&self, index: u32, lanes: &Lanes) -> Masks {
        let known = self.shared.borrow().get(index as usize).cloned().flatten();
        let found = known.unwrap_or_else(|| {
            let rows = Lanes::rows(self.rows, self.limits.max_pairs);
            let found = match self.p.quick.shared.get(index as usize) {
                Some(step) => self.step(step, &rows),
                None => Masks::all(self.rows, FAR),
            };
            let found = Rc::new(found);
            if let Some(slot) = self.shared.borrow_mut().get_mut(index as usize) {
                *slot = Some(Rc::clone(&found));
            }
            found
        });
        Self::by_row(&found, lanes)
    }

    /// Truths of rows for lanes that belong to them.
    fn by_row(truths: &Masks, lanes: &Lanes) -> Masks {
        let listed = truths.clone().listed();
        if lanes.are_rows() {
            return listed;
        }
        Masks::of(lanes.count, |lane| listed.at(lanes.row(lane)))
    }
}

/// Whether a step costs more than to pick the lanes that it matters to.
fn is_costly(step: &Step) -> bool {
    match step {
        Step::Not(inner) | Step::Known(inner) => is_costly(inner),
        Step::And(parts) | Step::Or(parts) | Step::AtLeast(_, parts) => parts.iter().any(is_costly),
        Step::Overlap { .. }
        | Step::Between { .. }
        | Step::Like { .. }
        | Step::TextInList { .. }
        | Step::TextIn { .. }
        | Step::Matches { .. }
        | Step::Mentions { .. }
        | Step::Agrees { .. }
        | Step::Quantified(_) => true,
        _ => false,
    }
}
