//! Steps on numbers, dates and periods, lane by lane.

use super::judge::Batch;
use super::lanes::Lanes;
use super::masks::{FAR, Masks, OPEN, found, is};
use super::read::{self, Is};
use crate::domain::date::{Date, year_of_day};
use crate::domain::length::{Elapsed, Length};
use crate::domain::period::Period;
use crate::evaluate::{compare_dates, compare_lengths, compare_numbers};
use crate::quick::{Day, Number, Place, arithmetic, overlap};
use crate::truth::Truth;
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
        match day {
            Day::Field(place) => {
                let read::Day { first, last, .. } = self.written(*place, lanes, lane)?;
                Ok(Date { first, last })
            }
            Day::Const(date) => Ok(*date),
            Day::AsOf => self.as_of.ok_or(FAR),
            Day::Row(_) => Err(FAR),
            Day::Or(place, other) => {
                let (values, at) = self.at(*place, lanes, lane);
                match (values.is(at), values.days.get(at)) {
                    (Is::Present, Some(read::Day { first, last, .. })) => Ok(Date { first: *first, last: *last }),
                    (Is::Missing, _) => match &**other {
                        Day::Const(date) => Ok(*date),
                        other => self.day(other, lanes, lane),
                    },
                    (Is::Unparsable, _) => Err(OPEN),
                    _ => Err(FAR),
                }
            }
        }
    }

    pub(super) fn dates(&self, op: CompareOp, sides: &[Day; 2], lanes: &Lanes) -> Masks {
        let [left, right] = sides;
        Masks::of(lanes.count, |lane| match (self.day(left, lanes, lane), self.day(right, lanes, lane)) {
            (Ok(left), Ok(right)) => found(Some(compare_dates(op, left, right))),
            (left, right) => lack(left, right),
        })
    }

    pub(super) fn between(&self, op: CompareOp, dates: &[Day; 2], length: &Length, lanes: &Lanes) -> Masks {
        let [late, early] = dates;
        Masks::of(lanes.count, |lane| match (self.day(late, lanes, lane), self.day(early, lanes, lane)) {
            (Ok(late), Ok(early)) => {
                let elapsed = Elapsed::Dates { late, early, floor: false };
                found(Some(compare_lengths(op, &elapsed, &Elapsed::Length(*length))))
            }
            (late, early) => lack(late, early),
        })
    }

    pub(super) fn overlaps(&self, op: CompareOp, ends: &[Day; 4], days: i64, lanes: &Lanes) -> Masks {
        let [a_start, a_end, b_start, b_end] = ends;
        Masks::of(lanes.count, |lane| {
            match (self.period(a_start, a_end, lanes, lane), self.period(b_start, b_end, lanes, lane)) {
                (Ok(a), Ok(b)) => found(Some(overlap(op, &a, &b, days))),
                (a, b) => lack(a, b),
            }
        })
    }

    /// A period; one that surely ends before it starts says nothing.
    fn period(&self, start: &Day, end: &Day, lanes: &Lanes, lane: usize) -> Got<Period> {
        let period = Period { start: self.day(start, lanes, lane)?, end: self.day(end, lanes, lane)? };
        if period.is_surely_inverted() { Err(OPEN) } else { Ok(period) }
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
    match compare_dates(op, date(left), date(right)) {
        Truth::True => super::masks::YES,
        Truth::False => super::masks::NO,
        Truth::Unknown => OPEN,
    }
}
