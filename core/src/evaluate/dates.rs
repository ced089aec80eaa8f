//! Dates, instants, durations and periods of values.

use super::binders::given;
use super::{Eval, Got, Kept};
use crate::check::types::{Prop, Ty};
use crate::compile::program::{BinderPlan, List, Node, TableValue, Value};
use crate::domain::date::{Date, Precision};
use crate::domain::length::{Elapsed, Length};
use crate::domain::period::Period;
use crate::domain::{instant, period};
use crate::record::{Address, Cell, State};
use crate::verdict::Why;
use indicia_dsl::ast::{Aggregate, ArithOp};

impl Eval<'_, '_> {
    /// The day of the evaluation: what the caller gave, else the UTC day of `submitted`.
    pub(super) fn as_of(&self) -> Got<Date> {
        if let Some(day) = self.w.given_as_of {
            return Ok(Date::day(day));
        }
        let submitted = self.p.submitted.ok_or(Why::Missing)?;
        let cell = self.w.record.cell(Address { arena: 0, index: submitted.offset });
        match cell.state {
            State::Missing => Err(Why::Missing),
            State::Unparsable => Err(Why::Unparsable),
            State::Present if submitted.is_date => {
                let (first, last) = cell.halves();
                if first == last { Ok(Date::day(first.cast_signed())) } else { Err(Why::Imprecise) }
            }
            State::Present => Ok(Date::day(instant::day(cell.bits.cast_signed()))),
        }
    }

    /// The day that an open end goes on from. Without one the date is there all the same, and readable.
    fn open_from(&self) -> Got<Date> {
        self.as_of().map_err(|_| Why::Undecidable)
    }

    #[inline]
    pub(super) fn date_of_cell(&self, cell: &Cell) -> Got<Date> {
        match cell.state {
            State::Missing => Err(Why::Missing),
            State::Unparsable => Err(Why::Unparsable),
            State::Present if usize::from(cell.code) == Precision::Open.index() => Ok(Date::present(self.open_from()?)),
            State::Present => {
                let (first, last) = cell.halves();
                Ok(Date { first: first.cast_signed(), last: last.cast_signed() })
            }
        }
    }

    #[inline]
    pub(super) fn date(&mut self, value: &Value) -> Got<Date> {
        match &value.node {
            Node::Date(date) => Ok(*date),
            Node::Field(field) => {
                let at = self.address(field)?;
                self.date_of_cell(self.w.record.cell(at))
            }
            _ => self.made_date(value),
        }
    }

    /// A date that is neither written nor given.
    #[inline(never)]
    fn made_date(&mut self, value: &Value) -> Got<Date> {
        match &value.node {
            Node::AsOf => self.as_of(),
            Node::Element(slot) => {
                let cell = self.element_cell(*slot)?;
                self.date_of_cell(cell)
            }
            Node::Column { .. } => match self.column(value)? {
                TableValue::Date(date, _) => Ok(*date),
                _ => Err(Why::Missing),
            },
            Node::Prop(base, Prop::InstantDate) => Ok(Date::day(instant::day(self.instant(base)?))),
            Node::Coalesce(left, right) => match self.date(left) {
                Err(Why::Missing | Why::NotListed) => self.date(right),
                found => found,
            },
            Node::Let(index) => kept!(self, *index, Date, date),
            Node::Arith(op, left, right) => {
                let (date, length) = (self.date(left)?, self.length(right)?);
                Ok(if *op == ArithOp::Add { date.plus(length) } else { date.minus(length) })
            }
            Node::Aggregate { function, binders, value: Some(body), .. } => self.extreme_date(*function, binders, body),
            _ => Err(Why::Unparsable),
        }
    }

    pub(super) fn instant(&mut self, value: &Value) -> Got<i64> {
        match &value.node {
            Node::Instant(micros) => Ok(*micros),
            Node::Field(field) => {
                let cell = self.value_cell(field)?;
                Ok(cell.bits.cast_signed())
            }
            Node::Element(slot) => Ok(given(self.element_cell(*slot)?)?.bits.cast_signed()),
            Node::Column { .. } => match self.column(value)? {
                TableValue::Instant(micros, _) => Ok(*micros),
                _ => Err(Why::Missing),
            },
            Node::Coalesce(left, right) => match self.instant(left) {
                Err(Why::Missing | Why::NotListed) => self.instant(right),
                found => found,
            },
            Node::Let(index) => kept!(self, *index, Instant, instant),
            Node::Arith(op, left, right) => {
                let (micros, length) = (self.instant(left)?, self.length(right)?);
                let length = if *op == ArithOp::Add { length } else { length.negated() };
                Ok(instant::plus(micros, length))
            }
            Node::Aggregate { function, binders, value: Some(body), .. } => {
                self.extreme_instant(*function, binders, body)
            }
            _ => Err(Why::Unparsable),
        }
    }

    /// A duration that can be added.
    pub(super) fn length(&mut self, value: &Value) -> Got<Length> {
        // Of measured times only whole known days, and times between instants, can be added to a date.
        self.elapsed(value)?.as_length().ok_or(Why::Imprecise)
    }

    pub(super) fn elapsed(&mut self, value: &Value) -> Got<Elapsed> {
        match &value.node {
            Node::Length(length) => Ok(Elapsed::Length(*length)),
            Node::Let(index) => kept!(self, *index, Elapsed, elapsed),
            Node::Coalesce(left, right) => match self.elapsed(left) {
                Err(Why::Missing | Why::NotListed) => self.elapsed(right),
                found => found,
            },
            Node::Arith(_, left, right) if left.ty == Ty::Date => {
                let (late, early) = (self.date(left)?, self.date(right)?);
                Ok(Elapsed::Dates { late, early, floor: false })
            }
            Node::Arith(_, left, right) if left.ty == Ty::Instant => {
                let (late, early) = (self.instant(left)?, self.instant(right)?);
                Ok(Elapsed::Instants { late, early })
            }
            Node::Arith(op, left, right) => {
                let (left, right) = (self.elapsed(left)?, self.elapsed(right)?);
                Ok(left.sum(*op == ArithOp::Add, &right))
            }
            Node::Overlap(left, right) => {
                let (left, right) = (self.period(left)?, self.period(right)?);
                Ok(period::overlap(&left, &right))
            }
            _ => Err(Why::Unparsable),
        }
    }

    /// A period; one that surely ends before it starts says nothing.
    pub(super) fn period(&mut self, value: &Value) -> Got<Period> {
        match &value.node {
            Node::Period(start, end) => {
                let period = Period { start: self.date(start)?, end: self.date(end)? };
                if period.is_surely_inverted() { Err(Why::Inverted) } else { Ok(period) }
            }
            Node::Let(index) => kept!(self, *index, Period, period),
            _ => Err(Why::Unparsable),
        }
    }

    pub(super) fn element_cell(&self, slot: u8) -> Got<&Cell> {
        let bound = self.bound(slot);
        match self.list(bound.list) {
            Some(List::Field { .. }) => Ok(self.w.record.cell(bound.at)),
            _ => Err(Why::Missing),
        }
    }

    fn extreme_date(&mut self, function: Aggregate, binders: &[BinderPlan], body: &Value) -> Got<Date> {
        let mut found: Option<Date> = None;
        let mut lack = None;
        self.each_value(binders, &mut |eval| match eval.date(body) {
            Ok(date) => {
                found = Some(match found {
                    None => date,
                    Some(best) if function == Aggregate::Latest => {
                        Date { first: best.first.max(date.first), last: best.last.max(date.last) }
                    }
                    Some(best) => Date { first: best.first.min(date.first), last: best.last.min(date.last) },
                });
            }
            Err(why) => lack = lack.or(Some(why)),
        })?;
        match (lack, found) {
            (Some(why), _) => Err(why),
            (None, Some(date)) => Ok(date),
            (None, None) => Err(Why::Missing),
        }
    }

    fn extreme_instant(&mut self, function: Aggregate, binders: &[BinderPlan], body: &Value) -> Got<i64> {
        let mut found: Option<i64> = None;
        let mut lack = None;
        self.each_value(binders, &mut |eval| match eval.instant(body) {
            Ok(at) if function == Aggregate::Latest => found = Some(found.map_or(at, |best| best.max(at))),
            Ok(at) => found = Some(found.map_or(at, |best| best.min(at))),
            Err(why) => lack = lack.or(Some(why)),
        })?;
        match (lack, found) {
            (Some(why), _) => Err(why),
            (None, Some(at)) => Ok(at),
            (None, None) => Err(Why::Missing),
        }
    }
}
