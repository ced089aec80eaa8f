//! Steps over all lanes of a batch.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, NO, OPEN, YES, bit, everything, ones, word};
use super::read::Values;
use super::states::picked;
use crate::evaluate::compare_numbers;
use crate::quick::{Day, Doubt, Place, Step};
use indicia_dsl::ast::State as Asked;
use std::borrow::Cow;
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
            Step::CodeIs { place, code, equal: true } => self.codes(*place, lanes, |found| found == *code),
            Step::CodeIs { place, code, equal: false } => self.codes(*place, lanes, |found| found != *code),
            Step::CodeIn { place, bits } => self.codes(*place, lanes, |code| bit(bits, usize::from(code))),
            Step::CodesEqual { left, right, equal } => {
                self.two(*left, *right, lanes, |values| &values.codes, |left, right| (left == right) == *equal)
            }
            Step::NumberIs { op, place, number } => {
                self.one(*place, lanes, |values| &values.numbers, |found| compare_numbers(*op, *found, *number))
            }
            Step::LeftOf { op, numbers, place } => self.left_of(*op, **numbers, *place, lanes),
            Step::Years { op, late, early, number } => self.years(*op, [*late, *early], **number, lanes),
            Step::DateFields { op, left, right } => self.dates(*op, [&Day::Field(*left), &Day::Field(*right)], lanes),
            Step::State { place, state, doubt } => self.state(*place, *state, *doubt, lanes),
            Step::CodeInList { place, list } => self.code_in_list(*place, *list, lanes),
            Step::Numbers { op, sides } => self.numbers(*op, sides, lanes),
            Step::Dates { op, sides } => self.dates(*op, sides.each_ref(), lanes),
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

    /// Which lanes have a value in a column, and which are far.
    pub(super) fn given<'v>(values: &'v Values<'_>, index: &'v Index) -> (Cow<'v, [u64]>, Cow<'v, [u64]>) {
        let places = index.places();
        (picked(&values.is.present, places), picked(&values.is.far, places))
    }

    /// Of one field; without a value the condition is unknown.
    #[inline]
    fn one<T>(
        &self,
        place: Place,
        lanes: &Lanes,
        pick: impl for<'v> Fn(&'v Values<'a>) -> &'v [T],
        judge: impl Fn(&T) -> bool,
    ) -> Masks {
        let Some((values, index)) = self.column(place, lanes) else { return Masks::all(lanes.count, FAR) };
        let (present, far) = Self::given(values, index);
        let typed = pick(values);
        match index.places() {
            None => Masks::of_words(lanes.count, &present, &far, |at| {
                let here = typed.get(at * 64..).unwrap_or(&[]);
                here.iter().take(64).enumerate().fold(0, |made, (bit, value)| made | u64::from(judge(value)) << bit)
            }),
            Some(places) => Masks::of_words(lanes.count, &present, &far, |at| {
                let here = places.get(at * 64..).unwrap_or(&[]).iter().take(64);
                let value = |place: &u32| typed.get(*place as usize).is_some_and(&judge);
                here.enumerate().fold(0, |made, (bit, place)| made | u64::from(value(place)) << bit)
            }),
        }
    }

    pub(super) fn codes(&self, place: Place, lanes: &Lanes, judge: impl Fn(u16) -> bool) -> Masks {
        self.one(place, lanes, |values| &values.codes, |code| judge(*code))
    }

    /// Of two fields.
    fn two<T>(
        &self,
        left: Place,
        right: Place,
        lanes: &Lanes,
        pick: impl for<'v> Fn(&'v Values<'a>) -> &'v [T],
        judge: impl Fn(&T, &T) -> bool,
    ) -> Masks {
        let (Some((left, here)), Some((right, there))) = (self.column(left, lanes), self.column(right, lanes)) else {
            return Masks::all(lanes.count, FAR);
        };
        let ((present, far), (also, more)) = (Self::given(left, here), Self::given(right, there));
        let (lefts, rights) = (pick(left), pick(right));
        let value = |lane| Some(judge(lefts.get(here.at(lane))?, rights.get(there.at(lane))?));
        Masks::of_words(lanes.count, &joined(&present, &also, |a, b| a & b), &joined(&far, &more, |a, b| a | b), |at| {
            let lanes = at * 64..lanes.count.min(at * 64 + 64);
            lanes.enumerate().fold(0, |made, (bit, lane)| made | u64::from(value(lane) == Some(true)) << bit)
        })
    }

    fn state(&self, place: Place, asked: Asked, doubt: Doubt, lanes: &Lanes) -> Masks {
        let Some((values, index)) = self.column(place, lanes) else { return Masks::all(lanes.count, FAR) };
        let (present, far) = Self::given(values, index);
        let unparsable = picked(&values.is.unparsable, index.places());
        let mut made = Masks { lanes: lanes.count, ..Masks::default() };
        for (at, all) in everything(lanes.count).enumerate() {
            let (present, unparsable) = (word(&present, at) & all, word(&unparsable, at) & all);
            let mut far = word(&far, at) & all;
            let yes = match asked {
                Asked::Present => present | unparsable,
                Asked::Missing => all & !(present | unparsable | far),
                Asked::Unparsable => unparsable,
            };
            if asked == Asked::Unparsable && doubt == Doubt::Readable {
                far |= present;
            }
            made.yes.push(yes);
            made.no.push(all & !(yes | far));
            made.far.push(far);
        }
        made
    }

    /// In a list that nobody filled.
    fn unfilled(&self, place: Option<Place>, lanes: &Lanes) -> Masks {
        let Some((values, index)) = place.and_then(|place| self.column(place, lanes)) else {
            return Masks::all(lanes.count, FAR);
        };
        let (present, far) = Self::given(values, index);
        let mut made = Masks::of_words(lanes.count, &[], &far, |_| 0);
        made.unlisted = joined(&present, &made.far, |present, far| present & !far);
        made
    }

    fn and(&self, parts: &[Step], lanes: &Lanes) -> Masks {
        let Some((first, others)) = parts.split_first() else { return Masks::all(lanes.count, YES) };
        let mut all = self.step(first, lanes);
        for part in others {
            let open = everything(lanes.count).zip(&all.no).map(|(all, no)| all & !no);
            let Some(found) = self.where_open(part, lanes, open) else { break };
            all = all.and(&found);
        }
        all
    }

    fn or(&self, parts: &[Step], lanes: &Lanes) -> Masks {
        let Some((first, others)) = parts.split_first() else { return Masks::all(lanes.count, NO) };
        let mut any = self.step(first, lanes);
        for part in others {
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
        let places: Rc<Vec<u32>> =
            Rc::new(ones(open.into_iter()).filter_map(|lane| u32::try_from(lane).ok()).collect());
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
        match lanes.level(0) {
            Some((_, Index::Same)) => listed,
            Some((_, Index::Of(rows))) => {
                let of = |words: &[u64]| picked(words, Some(rows)).into_owned();
                let (yes, no, far) = (of(&listed.yes), of(&listed.no), of(&listed.far));
                Masks { lanes: lanes.count, yes, no, far, unlisted: Vec::new() }
            }
            None => Masks::all(lanes.count, FAR),
        }
    }
}

/// Word by word.
pub(super) fn joined(left: &[u64], right: &[u64], join: impl Fn(u64, u64) -> u64) -> Vec<u64> {
    (0..left.len().max(right.len())).map(|at| join(word(left, at), word(right, at))).collect()
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
