//! Periods: from one date to another, both included.

use super::date::Date;
use super::length::Elapsed;
use crate::truth::Truth;

/// From `start` to `end`; either may be partial, the end may be open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Period {
    /// The first day.
    pub(crate) start: Date,
    /// The last day.
    pub(crate) end: Date,
}

impl Period {
    /// Whether it surely ends before it starts. Such a period says nothing: the caller treats it as unknown.
    pub(crate) fn is_surely_inverted(&self) -> bool {
        self.end.lt(self.start).is_true()
    }

    /// Whether the date is in the period, both ends included.
    pub(crate) fn contains(&self, date: Date) -> Truth {
        self.start.le(date).and(date.le(self.end))
    }
}

/// The least end minus the greatest start, never below zero: two periods that touch overlap by nothing.
pub(crate) fn overlap(a: &Period, b: &Period) -> Elapsed {
    let late = Date { first: a.end.first.min(b.end.first), last: a.end.last.min(b.end.last) };
    let early = Date { first: a.start.first.max(b.start.first), last: a.start.last.max(b.start.last) };
    Elapsed::Dates { late, early, floor: true }
}
