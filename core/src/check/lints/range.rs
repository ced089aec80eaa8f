//! What a value can be, as far as the rules alone say: a constant, or a range of numbers.

use super::key::key;
use super::truths::Truths;
use crate::check::tree::{Checked, Kind, LetDef, Typed};
use crate::check::types::{Prop, Ty};
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::length::{Length, Order};
use crate::domain::text::{fold, fold_case_only};
use crate::truth::Truth;
use indicia_dsl::ast::{Aggregate, ArithOp, CompareOp};
use std::cell::Cell;

/// A value that the rules fix.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fixed {
    Number(f64),
    Bool(bool),
    Text(String),
    Date(Date),
    Instant(i64),
    Length(Length),
    Word(u16),
    Country(Country),
}

/// The numbers that a value can be, and whether it can be missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub least: f64,
    pub most: f64,
    pub lacking: bool,
}

impl Range {
    const ALL: Self = Self { least: f64::NEG_INFINITY, most: f64::INFINITY, lacking: true };

    fn is_point(self) -> bool {
        self.least >= self.most
    }
}

/// What outcomes can count up to; without it, `score` and `categories` may be anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub score: u32,
    pub categories: u32,
}

/// Values as the rules alone fix them.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub checked: &'a Checked,
    pub reach: Option<Reach>,
    /// How often a `let` may still be opened: one that is used twice in another, 30 deep, is opened a thousand million times.
    pub fuel: &'a Cell<u32>,
}

impl<'a> Values<'a> {
    /// What a `let` stands for, unless too many were opened.
    pub(super) fn open(&self, index: usize) -> Option<&'a LetDef> {
        let left = self.fuel.get().checked_sub(1)?;
        self.fuel.set(left);
        self.checked.lets.get(index)
    }

    /// The expression behind `let` and `setting`.
    pub(super) fn behind<'t>(&self, typed: &'t Typed) -> &'t Typed
    where
        'a: 't,
    {
        let mut typed = typed;
        loop {
            let next = match &typed.kind {
                Kind::Let(index) => self.open(*index).map(|found| &found.value),
                Kind::Setting(index) => self.checked.settings.get(*index).map(|found| &found.value),
                _ => None,
            };
            match next {
                Some(next) => typed = next,
                None => return typed,
            }
        }
    }

    pub(super) fn fixed(&self, typed: &Typed) -> Option<Fixed> {
        // A setting that is a flag is a switch, not a constant.
        if let Kind::Bool(value) = typed.kind {
            return Some(Fixed::Bool(value));
        }
        let typed = self.behind(typed);
        Some(match &typed.kind {
            Kind::Text(text) => Fixed::Text(text.to_string()),
            Kind::Date(date) => Fixed::Date(*date),
            Kind::Instant(instant) => Fixed::Instant(*instant),
            Kind::Length(length) => Fixed::Length(*length),
            Kind::Word(word) => Fixed::Word(*word),
            Kind::Country(country) => Fixed::Country(*country),
            Kind::Number(_) | Kind::Neg(_) | Kind::Arith { .. } if typed.ty == Ty::Number => {
                let range = self.range(typed);
                (range.is_point() && !range.lacking).then_some(Fixed::Number(range.least))?
            }
            Kind::Arith { op: ArithOp::Add, left, right } => match (self.fixed(left)?, self.fixed(right)?) {
                (Fixed::Length(a), Fixed::Length(b)) => Fixed::Length(a.plus(b)),
                (Fixed::Date(a), Fixed::Length(b)) => Fixed::Date(a.plus(b)),
                _ => return None,
            },
            Kind::Arith { op: ArithOp::Sub, left, right } => match (self.fixed(left)?, self.fixed(right)?) {
                (Fixed::Length(a), Fixed::Length(b)) => Fixed::Length(a.minus(b)),
                (Fixed::Date(a), Fixed::Length(b)) => Fixed::Date(a.minus(b)),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Whether a value is never missing, whatever the record holds.
    pub(super) fn is_given(&self, typed: &Typed) -> bool {
        let typed = self.behind(typed);
        match &typed.kind {
            Kind::Coalesce(a, b) => self.is_given(a) || self.is_given(b),
            _ => self.fixed(typed).is_some(),
        }
    }

    pub(super) fn range(&self, typed: &Typed) -> Range {
        let typed = self.behind(typed);
        let counted = Range { least: 0.0, lacking: true, ..Range::ALL };
        match &typed.kind {
            Kind::Number(value) => Range { least: *value, most: *value, lacking: false },
            Kind::Prop { prop: Prop::TextLength | Prop::ListLength, .. }
            | Kind::Aggregate { function: Aggregate::Count, .. } => counted,
            Kind::Score => self.reach.map_or(counted, |reach| up_to(reach.score)),
            Kind::Categories => self.reach.map_or(counted, |reach| up_to(reach.categories)),
            Kind::Neg(inner) => {
                let inner = self.range(inner);
                Range { least: -inner.most, most: -inner.least, lacking: inner.lacking }
            }
            Kind::Coalesce(a, b) => {
                let (a, b) = (self.range(a), self.range(b));
                Range { least: a.least.min(b.least), most: a.most.max(b.most), lacking: true }
            }
            Kind::Arith { op, left, right } if typed.ty == Ty::Number => {
                arith(*op, self.range(left), self.range(right))
            }
            _ => Range::ALL,
        }
    }

    /// The truths that a comparison can have.
    pub(super) fn compare(&self, op: CompareOp, left: &Typed, right: &Typed) -> Truths {
        if let (Some(a), Some(b)) = (self.fixed(left), self.fixed(right))
            && let Some(truths) = compare_fixed(op, &a, &b, left.ty == Ty::Identifier || right.ty == Ty::Identifier)
        {
            return truths;
        }
        if key(left) == key(right)
            && let Some(truths) = compare_itself(op, &left.ty)
        {
            return truths;
        }
        if left.ty == Ty::Number {
            return compare_ranges(op, self.range(left), self.range(right));
        }
        if !can_be_open(&left.ty) {
            return Truths::SURE;
        }
        if let Some(Fixed::Date(date)) = self.fixed(left).or_else(|| self.fixed(right))
            && !date.is_exact()
        {
            match op {
                CompareOp::Eq => return Truths::ANY.without(Truths::TRUE),
                CompareOp::Ne => return Truths::ANY.without(Truths::FALSE),
                _ => {}
            }
        }
        Truths::ANY
    }
}

/// Whether a comparison may stay open although both values are there: dates may be partial.
pub(super) fn can_be_open(ty: &Ty) -> bool {
    matches!(ty, Ty::Date | Ty::Length | Ty::Period)
}

fn up_to(most: u32) -> Range {
    Range { least: 0.0, most: f64::from(most), lacking: false }
}

fn arith(op: ArithOp, a: Range, b: Range) -> Range {
    let lacking = a.lacking || b.lacking;
    let (least, most) = match op {
        ArithOp::Add => (a.least + b.least, a.most + b.most),
        ArithOp::Sub => (a.least - b.most, a.most - b.least),
        ArithOp::Mul if a.is_point() && b.is_point() => (a.least * b.least, a.least * b.least),
        ArithOp::Div if a.is_point() && b.is_point() && b.least != 0.0 => (a.least / b.least, a.least / b.least),
        _ => return Range::ALL,
    };
    if least.is_nan() || most.is_nan() { Range::ALL } else { Range { least, most, lacking } }
}

fn compare_ranges(op: CompareOp, a: Range, b: Range) -> Truths {
    let touch = a.least <= b.most && b.least <= a.most;
    let apart = !(a.is_point() && b.is_point());
    let (can_hold, can_fail) = match op {
        CompareOp::Lt => (a.least < b.most, a.most >= b.least),
        CompareOp::Le => (a.least <= b.most, a.most > b.least),
        CompareOp::Gt => (a.most > b.least, a.least <= b.most),
        CompareOp::Ge => (a.most >= b.least, a.least < b.most),
        CompareOp::Eq => (touch, apart || !touch),
        CompareOp::Ne => (apart || !touch, touch),
        _ => return Truths::SURE,
    };
    let mut truths = if a.lacking || b.lacking { Truths::LACKING } else { Truths::NONE };
    if can_hold {
        truths = truths.or_also(Truths::TRUE);
    }
    if can_fail {
        truths = truths.or_also(Truths::FALSE);
    }
    truths
}

fn compare_fixed(op: CompareOp, a: &Fixed, b: &Fixed, identifier: bool) -> Option<Truths> {
    let truth = match (a, b) {
        (Fixed::Number(a), Fixed::Number(b)) => Truth::from(crate::evaluate::compare_numbers(op, *a, *b)),
        (Fixed::Date(a), Fixed::Date(b)) => match op {
            CompareOp::Lt => a.lt(*b),
            CompareOp::Le => a.le(*b),
            CompareOp::Gt => b.lt(*a),
            CompareOp::Ge => b.le(*a),
            CompareOp::Eq => (*a).eq(*b),
            CompareOp::Ne => (*a).eq(*b).not(),
            _ => return None,
        },
        (Fixed::Length(a), Fixed::Length(b)) => match op {
            CompareOp::Lt => a.compare(Order::Lt, *b),
            CompareOp::Le => a.compare(Order::Le, *b),
            CompareOp::Gt => b.compare(Order::Lt, *a),
            CompareOp::Ge => b.compare(Order::Le, *a),
            CompareOp::Eq => a.compare(Order::Eq, *b),
            CompareOp::Ne => a.compare(Order::Eq, *b).not(),
            _ => return None,
        },
        (Fixed::Instant(a), Fixed::Instant(b)) => Truth::from(match op {
            CompareOp::Lt => a < b,
            CompareOp::Le => a <= b,
            CompareOp::Gt => a > b,
            CompareOp::Ge => a >= b,
            CompareOp::Eq => a == b,
            CompareOp::Ne => a != b,
            _ => return None,
        }),
        (Fixed::Text(a), Fixed::Text(b)) => {
            let same = if identifier { fold_case_only(a) == fold_case_only(b) } else { a == b };
            match op {
                CompareOp::Eq => Truth::from(same),
                CompareOp::Ne => Truth::from(!same),
                _ => return None,
            }
        }
        (a, b) => match op {
            CompareOp::Eq => Truth::from(a == b),
            CompareOp::Ne => Truth::from(a != b),
            _ => return None,
        },
    };
    Some(match truth {
        Truth::True => Truths::TRUE,
        Truth::False => Truths::FALSE,
        Truth::Unknown => Truths::OPEN,
    })
}

/// A value against itself. Dates and what is measured between them may be partial: then nothing is sure.
fn compare_itself(op: CompareOp, ty: &Ty) -> Option<Truths> {
    if can_be_open(ty) {
        return None;
    }
    let same = Truths::TRUE.or_also(Truths::LACKING);
    Some(match op {
        CompareOp::Ne | CompareOp::Lt | CompareOp::Gt => same.not(),
        _ => same,
    })
}

impl Fixed {
    /// What tells it from other values of the type under `==` and `in`, if that is sure. Texts that differ only in what
    /// folding drops have the same.
    pub(super) fn class(&self, ty: &Ty) -> Option<String> {
        match self {
            Self::Text(text) if *ty == Ty::Identifier => Some(fold_case_only(text)),
            Self::Text(text) if ty.is_text() => Some(fold(text)).filter(|folded| !folded.is_empty()),
            Self::Bool(_) | Self::Word(_) | Self::Country(_) => Some(format!("{self:?}")),
            _ => None,
        }
    }
}
