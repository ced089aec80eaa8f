//! Steps on numbers, dates and periods, lane by lane.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, OPEN, found, is};
use super::read::{self, Is};
use crate::domain::date::{Date, year_of_day};
use crate::domain::length::{Elapsed, Length};
use crate::domain::period::Period;
use crate::evaluate::{compare_dates, compare_lengths, compare_numbers};
use crate::quick::{Day, Number, Place, arithmetic, overlap};
use indicia_dsl::ast::CompareOp;

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
        self.dated(day, lanes).at(self, lanes, lane)
    }

    /// A date, prepared for many lanes.
    fn dated<'b>(&'b self, day: &'b Day, lanes: &'b Lanes) -> Dated<'b> {
        match day {
            Day::Field(place) => match self.column(*place, lanes) {
                Some((values, index)) => Dated::Field(&values.is, &values.days, index),
                None => Dated::Other(day),
            },
            Day::Const(date) => Dated::Const(*date),
            Day::Or(place, other) => match (self.column(*place, lanes), &**other) {
                (Some((values, index)), Day::Const(date)) => Dated::Or(&values.is, &values.days, index, *date),
                _ => Dated::Other(day),
            },
            Day::AsOf | Day::Row(_) => Dated::Other(day),
        }
    }

    /// What takes other steps.
    fn far_day(&self, day: &Day, lanes: &Lanes, lane: usize) -> Got<Date> {
        match day {
            Day::AsOf => self.as_of.ok_or(FAR),
            Day::Or(place, other) => {
                let (values, at) = self.at(*place, lanes, lane);
                match values.is(at) {
                    Is::Missing => self.day(other, lanes, lane),
                    _ => date_of(&values.is, &values.days, at),
                }
            }
            _ => Err(FAR),
        }
    }

    pub(super) fn dates(&self, op: CompareOp, sides: &[Day; 2], lanes: &Lanes) -> Masks {
        let [left, right] = sides.each_ref().map(|side| self.dated(side, lanes));
        Masks::of(lanes.count, |lane| match (left.at(self, lanes, lane), right.at(self, lanes, lane)) {
            (Ok(left), Ok(right)) => found(Some(compare_dates(op, left, right))),
            (left, right) => lack(left, right),
        })
    }

    pub(super) fn between(&self, op: CompareOp, dates: &[Day; 2], length: &Length, lanes: &Lanes) -> Masks {
        let [late, early] = dates.each_ref().map(|side| self.dated(side, lanes));
        Masks::of(lanes.count, |lane| match (late.at(self, lanes, lane), early.at(self, lanes, lane)) {
            (Ok(late), Ok(early)) => {
                let elapsed = Elapsed::Dates { late, early, floor: false };
                found(Some(compare_lengths(op, &elapsed, &Elapsed::Length(*length))))
            }
            (late, early) => lack(late, early),
        })
    }

    pub(super) fn overlaps(&self, op: CompareOp, ends: &[Day; 4], days: i64, lanes: &Lanes) -> Masks {
        let [a_start, a_end, b_start, b_end] = ends.each_ref().map(|end| self.dated(end, lanes));
        // One that surely ends before it starts says nothing.
        let period = |start: &Dated<'_>, end: &Dated<'_>, lane| {
            let period = Period { start: start.at(self, lanes, lane)?, end: end.at(self, lanes, lane)? };
            if period.is_surely_inverted() { Err(OPEN) } else { Ok(period) }
        };
        Masks::of(lanes.count, |lane| match (period(&a_start, &a_end, lane), period(&b_start, &b_end, lane)) {
            (Ok(a), Ok(b)) => found(Some(overlap(op, &a, &b, days))),
            (a, b) => lack(a, b),
        })
    }
}

/// Where dates are read from.
enum Dated<'b> {
    Field(&'b [Is], &'b [read::Day], &'b Index),
    Const(Date),
    /// The date where the field is missing.
    Or(&'b [Is], &'b [read::Day], &'b Index, Date),
    Other(&'b Day),
}

impl Dated<'_> {
    #[inline]
    fn at(&self, batch: &Batch<'_, '_>, lanes: &Lanes, lane: usize) -> Got<Date> {
        match self {
            Self::Field(states, days, index) => date_of(states, days, index.at(lane)),
            Self::Const(date) => Ok(*date),
            Self::Or(states, days, index, date) => {
                let at = index.at(lane);
                match states.get(at) {
                    None | Some(Is::Missing) => Ok(*date),
                    _ => date_of(states, days, at),
                }
            }
            Self::Other(day) => batch.far_day(day, lanes, lane),
        }
    }
}

#[inline]
fn date_of(states: &[Is], days: &[read::Day], at: usize) -> Got<Date> {
    match (states.get(at), days.get(at)) {
        (Some(Is::Present), Some(day)) => Ok(Date { first: day.first, last: day.last }),
        (Some(Is::Present | Is::Far), _) => Err(FAR),
        _ => Err(OPEN),
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

/// The truth of two dates as the language compares them.
#[inline]
pub(super) fn compared(op: CompareOp, left: &read::Day, right: &read::Day) -> u8 {
    let date = |day: &read::Day| Date { first: day.first, last: day.last };
    found(Some(compare_dates(op, date(left), date(right))))
}
