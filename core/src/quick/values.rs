//! Steps on numbers, dates and periods.

use super::decide::{Frame, Got, Road, UNKNOWN, is};
use super::{Day, Found, Number, Place};
use crate::compile::program::TableValue;
use crate::domain::date::{Date, Precision, year_of_day};
use crate::domain::length::{Elapsed, Length};
use crate::domain::period::{self, Period};
use crate::evaluate::{compare_dates, compare_lengths, compare_numbers};
use crate::record::State;
use crate::truth::Truth;
use indicia_dsl::ast::{ArithOp, CompareOp};

impl<'r> Road<'r> {
    #[inline(never)]
    pub(super) fn numbers(&self, op: CompareOp, sides: &[Number; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        match (self.number(left, frame), self.number(right, frame)) {
            (Ok(left), Ok(right)) => is(compare_numbers(op, left, right)),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    fn number(&self, number: &Number, frame: &Frame<'r>) -> Got<f64> {
        match number {
            Number::Field(place) => Ok(f64::from_bits(Self::given(*place, frame)?.bits)),
            Number::Const(number) => Ok(*number),
            Number::Year(place) => match Self::given(*place, frame)?.derived {
                0 => Err(None),
                year => Ok(f64::from(year)),
            },
            Number::YearOf(day) => {
                let date = self.day(day, frame)?;
                let year = year_of_day(date.first);
                let whole = date.last != Date::OPEN && year_of_day(date.last) == year;
                if whole { Ok(f64::from(year)) } else { Err(UNKNOWN) }
            }
            Number::Arith(op, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.number(left, frame)?, self.number(right, frame)?);
                arithmetic(*op, left, right).ok_or(UNKNOWN)
            }
            Number::Or(place, other) => match Self::cell(*place, frame).state {
                State::Missing => self.number(other, frame),
                _ => Ok(f64::from_bits(Self::given(*place, frame)?.bits)),
            },
            Number::Score => Ok(f64::from(self.w.score)),
            Number::Categories => Ok(f64::from(self.w.categories)),
            Number::Count(place) => {
                let cell = Self::given(*place, frame)?;
                if cell.code == 1 { Err(UNKNOWN) } else { Ok(f64::from(cell.halves().1)) }
            }
        }
    }

    #[inline]
    fn date(&self, place: Place, frame: &Frame<'r>) -> Got<Date> {
        let cell = Self::given(place, frame)?;
        if usize::from(cell.code) == Precision::Open.index() {
            return self.as_of.map(Date::present).ok_or(None);
        }
        let (first, last) = cell.halves();
        Ok(Date { first: first.cast_signed(), last: last.cast_signed() })
    }

    #[inline]
    fn day(&self, day: &Day, frame: &Frame<'r>) -> Got<Date> {
        match day {
            Day::Field(place) => self.date(*place, frame),
            Day::Const(date) => Ok(*date),
            Day::AsOf => self.as_of.ok_or(None),
            Day::Row(column) => match self.in_row(*column, frame) {
                Some(TableValue::Date(date, _)) => Ok(*date),
                _ => Err(UNKNOWN),
            },
            Day::Or(place, other) => match (Self::cell(*place, frame).state, &**other) {
                (State::Missing, Day::Const(date)) => Ok(*date),
                (State::Missing, other) => self.far_day(other, frame),
                _ => self.date(*place, frame),
            },
        }
    }

    #[inline(never)]
    fn far_day(&self, day: &Day, frame: &Frame<'r>) -> Got<Date> {
        self.day(day, frame)
    }

    #[inline(never)]
    pub(super) fn date_fields(&self, op: CompareOp, left: Place, right: Place, frame: &Frame<'r>) -> Found {
        match (self.date(left, frame), self.date(right, frame)) {
            (Ok(left), Ok(right)) => Some(compare_dates(op, left, right)),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    pub(super) fn dates(&self, op: CompareOp, sides: &[Day; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        match (self.day(left, frame), self.day(right, frame)) {
            (Ok(left), Ok(right)) => Some(compare_dates(op, left, right)),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    pub(super) fn between(&self, op: CompareOp, dates: &[Day; 2], length: &Length, frame: &Frame<'r>) -> Found {
        let [late, early] = dates;
        match (self.day(late, frame), self.day(early, frame)) {
            (Ok(late), Ok(early)) => {
                let elapsed = Elapsed::Dates { late, early, floor: false };
                Some(compare_lengths(op, &elapsed, &Elapsed::Length(*length)))
            }
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    pub(super) fn overlap(&self, op: CompareOp, ends: &[Day; 4], days: i64, frame: &Frame<'r>) -> Found {
        let [a_start, a_end, b_start, b_end] = ends;
        let (a, b) = match (self.period(a_start, a_end, frame), self.period(b_start, b_end, frame)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(None), _) | (_, Err(None)) => return None,
            _ => return UNKNOWN,
        };
        Some(overlap(op, &a, &b, days))
    }

    /// A period; one that surely ends before it starts says nothing.
    #[inline]
    fn period(&self, start: &Day, end: &Day, frame: &Frame<'r>) -> Got<Period> {
        let period = Period { start: self.day(start, frame)?, end: self.day(end, frame)? };
        if period.is_surely_inverted() { Err(UNKNOWN) } else { Ok(period) }
    }
}

/// A finite result, if there is one.
#[inline]
pub(crate) fn arithmetic(op: ArithOp, left: f64, right: f64) -> Option<f64> {
    let result = match op {
        ArithOp::Add => left + right,
        ArithOp::Sub => left - right,
        ArithOp::Mul => left * right,
        ArithOp::Div if right == 0.0 => return None,
        ArithOp::Div => left / right,
    };
    result.is_finite().then_some(result)
}

/// The days that two periods overlap against a number of days.
#[inline]
pub(crate) fn overlap(op: CompareOp, a: &Period, b: &Period, days: i64) -> Truth {
    if !(a.start.is_exact() && a.end.is_exact() && b.start.is_exact() && b.end.is_exact()) {
        let length = Elapsed::Length(Length::days(days));
        return compare_lengths(op, &period::overlap(a, b), &length);
    }
    let found = i64::from(a.end.first.min(b.end.first)) - i64::from(a.start.first.max(b.start.first));
    let found = found.max(0);
    Truth::from(match op {
        CompareOp::Lt => found < days,
        CompareOp::Le => found <= days,
        CompareOp::Gt => found > days,
        CompareOp::Ge => found >= days,
        CompareOp::Ne => found != days,
        _ => found == days,
    })
}
