//! Steps on numbers, dates and periods, lane by lane.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, OPEN, everything, is, ones, truth, word};
use super::read::{self, Values};
use super::states::{Is, States, picked};
use super::steps::joined;
use crate::domain::date::{Date, year_of_day};
use crate::domain::length::{Elapsed, Length};
use crate::domain::period::Period;
use crate::evaluate::{compare_dates, compare_lengths, compare_numbers};
use crate::quick::{Day, Number, Place, arithmetic, overlap};
use crate::truth::Truth;
use indicia_dsl::ast::CompareOp;
use std::borrow::Cow;

/// A value, or what the condition around it is without one.
pub(super) type Got<T> = Result<T, u8>;

/// The one that is without a value: far before unknown.
fn lack<T, U>(left: Got<T>, right: Got<U>) -> u8 {
    left.err().unwrap_or(OPEN) | right.err().unwrap_or(OPEN)
}

impl Batch<'_, '_> {
    pub(super) fn numbers(&self, op: CompareOp, sides: &[Number; 2], lanes: &Lanes) -> Masks {
        let [left, right] = sides;
        Masks::of(lanes.count, |lane| match (self.number(left, lanes, lane), self.number(right, lanes, lane)) {
            (Ok(left), Ok(right)) => is(compare_numbers(op, left, right)),
            (left, right) => lack(left, right),
        })
    }

    fn number(&self, number: &Number, lanes: &Lanes, lane: usize) -> Got<f64> {
        match number {
            Number::Field(place) => self.number_at(*place, lanes, lane),
            Number::Const(number) => Ok(*number),
            Number::Year(place) => match self.written(*place, lanes, lane)?.year {
                0 => Err(FAR),
                year => Ok(f64::from(year)),
            },
            Number::YearOf(day) => {
                let date = self.day(day, lanes, lane)?;
                let year = year_of_day(date.first);
                let whole = date.last != Date::OPEN && year_of_day(date.last) == year;
                if whole { Ok(f64::from(year)) } else { Err(OPEN) }
            }
            Number::Arith(op, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.number(left, lanes, lane)?, self.number(right, lanes, lane)?);
                arithmetic(*op, left, right).ok_or(OPEN)
            }
            Number::Or(place, other) => match self.number_at(*place, lanes, lane) {
                Err(_) if self.is_missing(*place, lanes, lane) => self.number(other, lanes, lane),
                found => found,
            },
            Number::Score => Self::added(&self.scores, lanes, lane),
            Number::Categories => Self::added(&self.categories, lanes, lane),
            Number::Count(place) => {
                let (values, at) = self.at(*place, lanes, lane);
                given(values.is(at))?;
                let (start, end) = values.lists.get(at).copied().ok_or(FAR)?;
                Ok(f64::from(end - start))
            }
        }
    }

    fn added(sums: &[u32], lanes: &Lanes, lane: usize) -> Got<f64> {
        sums.get(lanes.row(lane)).map(|sum| f64::from(*sum)).ok_or(FAR)
    }

    fn number_at(&self, place: Place, lanes: &Lanes, lane: usize) -> Got<f64> {
        let (values, at) = self.at(place, lanes, lane);
        given(values.is(at))?;
        values.numbers.get(at).copied().ok_or(FAR)
    }

    pub(super) fn is_missing(&self, place: Place, lanes: &Lanes, lane: usize) -> bool {
        let (values, at) = self.at(place, lanes, lane);
        values.is(at) == Is::Missing
    }

    fn written(&self, place: Place, lanes: &Lanes, lane: usize) -> Got<read::Day> {
        let (values, at) = self.at(place, lanes, lane);
        given(values.is(at))?;
        values.days.get(at).copied().ok_or(FAR)
    }

    fn day(&self, day: &Day, lanes: &Lanes, lane: usize) -> Got<Date> {
        match day {
            Day::Const(date) => Ok(*date),
            Day::AsOf => self.as_of.ok_or(FAR),
            Day::Or(place, other) if self.is_missing(*place, lanes, lane) => self.day(other, lanes, lane),
            Day::Field(place) | Day::Or(place, _) => {
                self.written(*place, lanes, lane).map(|day| Date { first: day.first, last: day.last })
            }
            Day::Row(_) => Err(FAR),
        }
    }

    /// A date in each lane.
    fn dated<'b>(&'b self, day: &'b Day, lanes: &'b Lanes) -> Dated<'b> {
        let everywhere = || Cow::Owned(everything(lanes.count).collect());
        match day {
            Day::Field(place) => match self.column(*place, lanes) {
                Some((values, index)) => {
                    let (present, far) = Self::given(values, index);
                    Dated { from: From::Column(&values.days, index), present, far }
                }
                None => Dated { from: From::Made(Vec::new()), present: Cow::default(), far: everywhere() },
            },
            Day::Const(date) => Dated { from: From::Const(*date), present: everywhere(), far: Cow::default() },
            Day::Or(place, other) => match (self.column(*place, lanes), &**other) {
                (Some(column), Day::Const(date)) => filled(column, *date, lanes),
                _ => self.days(day, lanes),
            },
            Day::AsOf | Day::Row(_) => self.days(day, lanes),
        }
    }

    /// Lane by lane.
    fn days(&self, day: &Day, lanes: &Lanes) -> Dated<'_> {
        let mut states = States::with_room(lanes.count);
        let dates = (0..lanes.count).map(|lane| {
            let found = self.day(day, lanes, lane);
            states.push(is_given(&found));
            found.unwrap_or(NOTHING)
        });
        let dates = dates.collect();
        Dated { from: From::Made(dates), present: Cow::Owned(states.present), far: Cow::Owned(states.far) }
    }

    pub(super) fn dates(&self, op: CompareOp, sides: [&Day; 2], lanes: &Lanes) -> Masks {
        let [left, right] = sides.map(|side| self.dated(side, lanes));
        match op {
            CompareOp::Lt => Self::pairs(&left, &right, lanes, Date::lt),
            CompareOp::Le => Self::pairs(&left, &right, lanes, Date::le),
            CompareOp::Gt => Self::pairs(&right, &left, lanes, Date::lt),
            CompareOp::Ge => Self::pairs(&right, &left, lanes, Date::le),
            _ => Self::pairs(&left, &right, lanes, |left, right| compare_dates(op, left, right)),
        }
    }

    /// Of two dates in each lane.
    #[inline]
    fn pairs(left: &Dated<'_>, right: &Dated<'_>, lanes: &Lanes, compare: impl Fn(Date, Date) -> Truth) -> Masks {
        let [present, far] = Dated::all([left, right]);
        Masks::of_present(lanes.count, &present, &far, |lane| truth(compare(left.at(lane), right.at(lane))))
    }

    pub(super) fn between(&self, op: CompareOp, dates: &[Day; 2], length: &Length, lanes: &Lanes) -> Masks {
        let [late, early] = dates.each_ref().map(|side| self.dated(side, lanes));
        Self::pairs(&late, &early, lanes, |late, early| {
            let elapsed = Elapsed::Dates { late, early, floor: false };
            compare_lengths(op, &elapsed, &Elapsed::Length(*length))
        })
    }

    pub(super) fn overlaps(&self, op: CompareOp, ends: &[Day; 4], days: i64, lanes: &Lanes) -> Masks {
        let ends = ends.each_ref().map(|end| self.dated(end, lanes));
        let [present, far] = Dated::all(ends.each_ref());
        let [a_start, a_end, b_start, b_end] = ends;
        Masks::of_present(lanes.count, &present, &far, |lane| {
            let a = Period { start: a_start.at(lane), end: a_end.at(lane) };
            let b = Period { start: b_start.at(lane), end: b_end.at(lane) };
            // One that surely ends before it starts says nothing.
            if a.is_surely_inverted() || b.is_surely_inverted() { OPEN } else { truth(overlap(op, &a, &b, days)) }
        })
    }

    /// What is left of a number without a field.
    pub(super) fn left_of(&self, op: CompareOp, [from, number]: [f64; 2], place: Place, lanes: &Lanes) -> Masks {
        let Some((values, index)) = self.column(place, lanes) else { return Masks::all(lanes.count, FAR) };
        let (present, far) = Self::given(values, index);
        Masks::of_present(lanes.count, &present, &far, |lane| {
            let left = values.numbers.get(index.at(lane)).map_or(f64::NAN, |found| from - found);
            if left.is_finite() { is(compare_numbers(op, left, number)) } else { OPEN }
        })
    }

    /// The years of one date less those of another.
    pub(super) fn years(&self, op: CompareOp, [late, early]: [Place; 2], number: f64, lanes: &Lanes) -> Masks {
        let (Some((late, here)), Some((early, there))) = (self.column(late, lanes), self.column(early, lanes)) else {
            return Masks::all(lanes.count, FAR);
        };
        let ((present, far), (also, more)) = (Self::given(late, here), Self::given(early, there));
        let (present, far) = (joined(&present, &also, |a, b| a & b), joined(&far, &more, |a, b| a | b));
        Masks::of_present(lanes.count, &present, &far, |lane| {
            match (late.days.get(here.at(lane)), early.days.get(there.at(lane))) {
                (Some(late), Some(early)) if late.year != 0 && early.year != 0 => {
                    is(compare_numbers(op, f64::from(late.year) - f64::from(early.year), number))
                }
                _ => FAR,
            }
        })
    }
}

/// Stands where there is no date.
const NOTHING: Date = Date { first: 0, last: 0 };

/// The dates of many lanes.
struct Dated<'b> {
    from: From<'b>,
    present: Cow<'b, [u64]>,
    far: Cow<'b, [u64]>,
}

enum From<'b> {
    Const(Date),
    Column(&'b [read::Day], &'b Index),
    /// By place in the column.
    Filled(Vec<read::Day>, &'b Index),
    Made(Vec<Date>),
}

impl Dated<'_> {
    /// Where there is a date.
    #[inline]
    fn at(&self, lane: usize) -> Date {
        let of = |day: &read::Day| Date { first: day.first, last: day.last };
        match &self.from {
            From::Const(date) => *date,
            From::Column(days, Index::Same) => days.get(lane).map_or(NOTHING, of),
            From::Column(days, index) => days.get(index.at(lane)).map_or(NOTHING, of),
            From::Filled(days, index) => days.get(index.at(lane)).map_or(NOTHING, of),
            From::Made(dates) => dates.get(lane).copied().unwrap_or(NOTHING),
        }
    }

    /// Where all of them are present, and where one is far.
    fn all<const COUNT: usize>(dates: [&Self; COUNT]) -> [Vec<u64>; 2] {
        let [mut present, mut far] = [vec![], vec![]];
        for (place, dated) in dates.into_iter().enumerate() {
            present = if place == 0 { dated.present.to_vec() } else { joined(&present, &dated.present, |a, b| a & b) };
            far = joined(&far, &dated.far, |a, b| a | b);
        }
        [present, far]
    }
}

/// The dates of a column, and another one where they are missing.
fn filled<'b>((values, index): (&Values<'_>, &'b Index), date: Date, lanes: &Lanes) -> Dated<'b> {
    let places = index.places();
    let count = places.map_or(lanes.count, |places| places.iter().max().map_or(0, |place| *place as usize + 1));
    let mut days = values.days.clone();
    days.resize(count.max(days.len()), read::Day::default());
    let given = |at| word(&values.is.present, at) | word(&values.is.far, at) | word(&values.is.unparsable, at);
    let missing: Vec<u64> = everything(count).enumerate().map(|(at, all)| all & !given(at)).collect();
    for place in ones(missing.iter().copied()) {
        if let Some(day) = days.get_mut(place) {
            *day = read::Day { first: date.first, last: date.last, year: 0 };
        }
    }
    let present = joined(&values.is.present, &missing, |present, missing| present | missing);
    let (present, far) = (picked(&present, places).into_owned(), picked(&values.is.far, places).into_owned());
    Dated { from: From::Filled(days, index), present: Cow::Owned(present), far: Cow::Owned(far) }
}

/// What there is where something was looked for.
#[inline]
pub(super) fn is_given<T>(found: &Got<T>) -> Is {
    match found {
        Ok(_) => Is::Present,
        Err(FAR) => Is::Far,
        Err(_) => Is::Missing,
    }
}

/// Without a value a condition is unknown.
#[inline]
pub(super) fn given(is: Is) -> Got<()> {
    match is {
        Is::Present => Ok(()),
        Is::Missing | Is::Unparsable => Err(OPEN),
        Is::Far => Err(FAR),
    }
}
