//! `truth`: the one function that decides.

use super::{Eval, Got};
use crate::check::types::Ty;
use crate::compile::program::{BinderPlan, Cond, Node, Quantifier, Test, Value};
use crate::domain::date::Date;
use crate::domain::length::{self, Elapsed, Length, Order};
use crate::truth::Truth;
use crate::verdict::Why;
use indicia_dsl::ast::{CompareOp, State};
use std::cell::Cell;

/// `a OP b` for numbers.
#[expect(clippy::float_cmp, reason = "`==` on numbers is exact by definition")]
pub(crate) fn compare_numbers(op: CompareOp, a: f64, b: f64) -> bool {
    match op {
        CompareOp::Eq => a == b,
        CompareOp::Ne => a != b,
        CompareOp::Lt => a < b,
        CompareOp::Le => a <= b,
        CompareOp::Gt => a > b,
        CompareOp::Ge => a >= b,
        _ => false,
    }
}

pub(super) fn known(found: Got<bool>) -> Truth {
    found.map_or(Truth::Unknown, Truth::from)
}

pub(crate) fn compare_dates(op: CompareOp, a: Date, b: Date) -> Truth {
    match op {
        CompareOp::Lt => a.lt(b),
        CompareOp::Le => a.le(b),
        CompareOp::Gt => b.lt(a),
        CompareOp::Ge => b.le(a),
        CompareOp::Ne => a.eq(b).not(),
        _ => a.eq(b),
    }
}

fn compare_instants(op: CompareOp, a: i64, b: i64) -> bool {
    match op {
        CompareOp::Lt => a < b,
        CompareOp::Le => a <= b,
        CompareOp::Gt => a > b,
        CompareOp::Ge => a >= b,
        CompareOp::Ne => a != b,
        _ => a == b,
    }
}

impl Eval<'_, '_> {
    /// Decides a condition over the record and what is bound. Only tells kinds apart: every test of every record passes here.
    pub(super) fn truth(&mut self, cond: &Cond) -> Truth {
        match &cond.test {
            Test::Codes { equal, left, right } => self.codes(*equal, left, right),
            Test::CodeIn { value, codes } => self.code_in(value, codes),
            Test::Numbers { op, left, right } => self.numbers(*op, left, right),
            Test::Dates { op, left, right } => self.dates(*op, left, right),
            Test::Is { value, state } => self.is(value, *state),
            Test::And(parts) => self.and(parts),
            Test::Or(parts) | Test::InValues { equalities: parts, .. } => self.or(parts),
            Test::Not(inner) => self.truth(inner).not(),
            Test::Lengths { op, left, right } => self.lengths(*op, left, right),
            Test::Texts { equal, left, right } => self.texts_equal(left, right, *equal),
            Test::InList { value, list } => self.in_list(value, *list),
            Test::Like { op, left, right } => self.like(*op, left, right),
            Test::Shared(index) => self.shared(*index),
            Test::Quantified { quantifier, binders, body } => self.quantified(*quantifier, binders, body),
            _ => self.truth_of_values(cond),
        }
    }

    #[inline(never)]
    fn and(&mut self, parts: &[Cond]) -> Truth {
        let mut all = Truth::True;
        for part in parts {
            all = all.and(self.truth(part));
            if all.is_false() {
                break;
            }
        }
        all
    }

    #[inline(never)]
    fn or(&mut self, parts: &[Cond]) -> Truth {
        let mut any = Truth::False;
        for part in parts {
            any = any.or(self.truth(part));
            if any.is_true() {
                break;
            }
        }
        any
    }

    #[inline(never)]
    fn codes(&mut self, equal: bool, left: &Value, right: &Value) -> Truth {
        match (self.code(left), self.code(right)) {
            (Ok(left), Ok(right)) => Truth::from((left == right) == equal),
            _ => Truth::Unknown,
        }
    }

    #[inline(never)]
    fn code_in(&mut self, value: &Value, codes: &[u32]) -> Truth {
        known(self.code(value).map(|code| codes.contains(&code)))
    }

    #[inline(never)]
    fn numbers(&mut self, op: CompareOp, left: &Value, right: &Value) -> Truth {
        match (self.number(left), self.number(right)) {
            (Ok(left), Ok(right)) => Truth::from(compare_numbers(op, left, right)),
            _ => Truth::Unknown,
        }
    }

    #[inline(never)]
    fn dates(&mut self, op: CompareOp, left: &Value, right: &Value) -> Truth {
        match (self.date(left), self.date(right)) {
            (Ok(a), Ok(b)) => compare_dates(op, a, b),
            _ => Truth::Unknown,
        }
    }

    #[inline(never)]
    fn quantified(&mut self, quantifier: Quantifier, binders: &[BinderPlan], body: &Cond) -> Truth {
        match quantifier {
            Quantifier::Any => self.at_least(1, binders, body),
            Quantifier::AtLeast(count) => self.at_least(count, binders, body),
            Quantifier::All => self.every(Truth::True, binders, body),
            Quantifier::No => self.every(Truth::False, binders, body),
        }
    }

    /// Conditions on texts, lists and what is parsed.
    #[inline(never)]
    fn truth_of_values(&mut self, cond: &Cond) -> Truth {
        match &cond.test {
            Test::Const(truth) => *truth,
            Test::Known(inner) => Truth::from(self.truth(inner).is_true()),
            Test::AtLeast(count, parts) => self.at_least_of(*count, parts),
            Test::Raised(index) => self.raised(*index),
            Test::Flag(value) => known(self.code(value).map(|code| code != 0)),
            Test::Instants { op, left, right } => match (self.instant(left), self.instant(right)) {
                (Ok(a), Ok(b)) => Truth::from(compare_instants(*op, a, b)),
                _ => Truth::Unknown,
            },
            Test::Canonical { equal, left, right } => match (self.canonical(left), self.canonical(right)) {
                (Ok(left), Ok(right)) => Truth::from((self.str_of(left) == self.str_of(right)) == *equal),
                _ => Truth::Unknown,
            },
            Test::Mentions { exactly, left, right } => self.mentions(*exactly, left, right).unwrap_or(Truth::Unknown),
            Test::Agrees { kind, left, right } => self.agrees(*kind, left, right).unwrap_or(Truth::Unknown),
            Test::Edits { edits, left, right } => self.edits(*edits, left, right).unwrap_or(Truth::Unknown),
            Test::Within { instants, distance, left, right } => {
                self.within(*instants, distance, left, right).unwrap_or(Truth::Unknown)
            }
            Test::Matches { value, regex } => known(self.matches(value, *regex)),
            Test::InElements { plan, equality, .. } => self.in_elements(plan, equality),
            Test::InNetwork { value, network } => match (self.ip(value), self.network(network)) {
                (Ok(ip), Ok(network)) => Truth::from(network.contains(ip)),
                _ => Truth::Unknown,
            },
            Test::InPeriod { value, period } => match (self.date(value), self.period(period)) {
                (Ok(date), Ok(period)) => period.contains(date),
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        }
    }

    /// Presence: of a scalar of the record its cell's state says it.
    #[inline(never)]
    fn is(&mut self, value: &Value, state: State) -> Truth {
        let found = match (&value.node, &value.ty) {
            (Node::Field(field), Ty::Text | Ty::Person | Ty::Organisation | Ty::Number | Ty::Country) => {
                self.value_cell(field).map(drop)
            }
            _ => self.probe(value),
        };
        if matches!(found, Err(Why::Limit)) {
            // Nobody looked there.
            return Truth::Unknown;
        }
        Truth::from(match state {
            State::Missing => matches!(found, Err(Why::Missing | Why::NotListed)),
            State::Unparsable => matches!(found, Err(Why::Unparsable)),
            State::Present => !matches!(found, Err(Why::Missing | Why::NotListed)),
        })
    }

    #[inline(never)]
    fn lengths(&mut self, op: CompareOp, left: &Value, right: &Value) -> Truth {
        if let (Node::Overlap(a, b), Node::Length(Length { months: 0, days, micros: 0 })) = (&left.node, &right.node)
            && let Some(found) = self.exact_overlap(a, b)
        {
            return Truth::from(match op {
                CompareOp::Lt => found < *days,
                CompareOp::Le => found <= *days,
                CompareOp::Gt => found > *days,
                CompareOp::Ge => found >= *days,
                CompareOp::Ne => found != *days,
                _ => found == *days,
            });
        }
        match (self.elapsed(left), self.elapsed(right)) {
            (Ok(a), Ok(b)) => compare_lengths(op, &a, &b),
            _ => Truth::Unknown,
        }
    }

    /// How many days two periods overlap where every end is one certain day.
    fn exact_overlap(&mut self, a: &Value, b: &Value) -> Option<i64> {
        let (Node::Period(a_start, a_end), Node::Period(b_start, b_end)) = (&a.node, &b.node) else { return None };
        let a = (self.exact_day(a_start)?, self.exact_day(a_end)?);
        let b = (self.exact_day(b_start)?, self.exact_day(b_end)?);
        if a.1 < a.0 || b.1 < b.0 {
            return None;
        }
        Some((i64::from(a.1.min(b.1)) - i64::from(a.0.max(b.0))).max(0))
    }

    #[inline]
    fn exact_day(&mut self, value: &Value) -> Option<i32> {
        self.date(value).ok().filter(|date| date.is_exact()).map(|date| date.first)
    }

    fn at_least_of(&mut self, count: u32, parts: &[Cond]) -> Truth {
        let (mut sure, mut open) = (0u32, 0u32);
        for part in parts {
            match self.truth(part) {
                Truth::True => sure += 1,
                Truth::Unknown => open += 1,
                Truth::False => {}
            }
            if sure >= count {
                return Truth::True;
            }
        }
        if sure + open >= count { Truth::Unknown } else { Truth::False }
    }

    /// Another indicator; an active condition reads a shadow indicator as unknown.
    fn raised(&mut self, index: u32) -> Truth {
        if self.p.indicators.get(index as usize).is_some_and(|indicator| indicator.shadow) && !self.w.in_shadow {
            return Truth::Unknown;
        }
        self.w.truths.get(index as usize).copied().unwrap_or(Truth::Unknown)
    }

    #[inline(never)]
    fn shared(&mut self, index: u32) -> Truth {
        let p = self.p;
        // An indicator in the shadow sees other shadows, so it has answers of its own.
        let place = index as usize + if self.w.in_shadow { p.shared.len() } else { 0 };
        match self.w.shared.get(place).map(Cell::get) {
            Some(1) => return Truth::False,
            Some(2) => return Truth::Unknown,
            Some(3) => return Truth::True,
            _ => {}
        }
        let Some(cond) = p.shared.get(index as usize) else { return Truth::Unknown };
        let truth = self.apart(|eval| eval.truth(cond));
        if let Some(slot) = self.w.shared.get(place) {
            slot.set(truth as u8 + 1);
        }
        truth
    }

    /// Evaluates something that stands for itself, whatever is bound around it.
    pub(super) fn apart<T>(&mut self, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let (bound, allowance) = (self.w.bound, self.w.allowance);
        self.w.allowance = self.limits.max_pairs;
        let found = evaluate(self);
        self.w.bound = bound;
        self.w.allowance = allowance;
        found
    }

    fn within(&mut self, instants: bool, distance: &Value, left: &Value, right: &Value) -> Got<Truth> {
        let length = self.length(distance)?;
        if instants {
            let (a, b) = (self.instant(left)?, self.instant(right)?);
            Ok(length::instants_within(a, b, length))
        } else {
            let (a, b) = (self.date(left)?, self.date(right)?);
            Ok(length::dates_within(a, b, length))
        }
    }
}

pub(crate) fn compare_lengths(op: CompareOp, a: &Elapsed, b: &Elapsed) -> Truth {
    match op {
        CompareOp::Lt => length::compare(Order::Lt, a, b),
        CompareOp::Le => length::compare(Order::Le, a, b),
        CompareOp::Gt => length::compare(Order::Lt, b, a),
        CompareOp::Ge => length::compare(Order::Le, b, a),
        CompareOp::Ne => length::compare(Order::Eq, a, b).not(),
        _ => length::compare(Order::Eq, a, b),
    }
}
