//! Conditions: in a line if they fit and no comment stands within, else broken before `and` and `or`.

use super::comments::Unit;
use super::expr::{Place, Writer, quantified};
use super::{Printer, WIDTH};
use crate::ast::{Expr, ExprKind};
use crate::lex::Comment;
use crate::span::Span;

/// A part of a condition that gets a line of its own when the condition is broken.
struct Part {
    text: String,
    span: Span,
}

impl Printer<'_> {
    /// Prints `before`, the condition, and a line end. Comments within the condition are placed among its parts; those before
    /// its first part are printed by the caller (see [`Printer::early_comments`]).
    pub(super) fn condition(&mut self, indent: usize, before: &str, continuation: usize, expr: &Expr, unit: &Unit) {
        let parts = parts(expr, Place { power: 0, last: true });
        let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
        let (units, rest) = self.place(&spans, &unit.inside);
        // Behind the last part but within the unit: parentheses that are not printed. It trails, or precedes the last part.
        let mut trail = unit.trail;
        let mut late: Vec<Comment> = Vec::new();
        for comment in units.last().and_then(|last| last.trail).into_iter().chain(rest) {
            if trail.is_none() { trail = Some(comment) } else { late.push(comment) }
        }
        let last = parts.len().saturating_sub(1);
        let commented = units.iter().enumerate().any(|(index, unit)| {
            index > 0 && !unit.before().is_empty() || index < last && unit.trail.is_some()
        });
        let line = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
        let broken = commented || last > 0 && (!late.is_empty() || indent + before.chars().count() + line.chars().count() > WIDTH);
        self.begin(indent);
        self.out.push_str(before);
        if !broken {
            self.out.push_str(&line);
            return self.end(trail);
        }
        for (index, (part, unit)) in parts.iter().zip(&units).enumerate() {
            if index > 0 {
                self.lead(&unit.before(), continuation, None);
                if index == last {
                    self.lead(&late, continuation, None);
                }
                self.begin(continuation);
            }
            self.out.push_str(&part.text);
            self.end(if index == last { trail } else { unit.trail });
        }
    }

    /// The comments within a unit that stand before its line: those that no later part of its condition takes.
    pub(super) fn early_comments(&self, expr: &Expr, unit: &Unit) -> Vec<Comment> {
        let parts = parts(expr, Place { power: 0, last: true });
        let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
        let (units, rest) = self.place(&spans, &unit.inside);
        let mut early = units.first().map(Unit::before).unwrap_or_default();
        if parts.len() == 1 {
            let trailing = units.last().and_then(|last| last.trail).into_iter().chain(rest);
            early.extend(trailing.skip(usize::from(unit.trail.is_none())));
        }
        early
    }
}

/// The parts of a condition.
fn parts(expr: &Expr, place: Place) -> Vec<Part> {
    let whole = || vec![Part { text: Writer::line(expr, place), span: expr.span }];
    match &expr.kind {
        ExprKind::And(operands) if place.power == 0 => joined(operands, "and", place.last),
        ExprKind::Or(operands) if place.power == 0 => joined(operands, "or", place.last),
        ExprKind::Not(operand) if starts_quantifier(operand) => prefixed("not ", expr.span, parts(operand, Place { power: 2, ..place })),
        ExprKind::Known(operand) if starts_quantifier(operand) => prefixed("known ", expr.span, parts(operand, Place { power: 2, ..place })),
        ExprKind::Quantified { quantifier, binders, body } if place.last => {
            let before = format!("{}{}: ", quantified(quantifier), Writer::binder_line(binders));
            prefixed(&before, expr.span, parts(body, Place { power: 0, last: true }))
        }
        _ => whole(),
    }
}

fn starts_quantifier(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Quantified { .. } => true,
        ExprKind::Not(operand) | ExprKind::Known(operand) => starts_quantifier(operand),
        _ => false,
    }
}

fn joined(operands: &[Expr], word: &str, last: bool) -> Vec<Part> {
    let mut all = Vec::new();
    for (index, operand) in operands.iter().enumerate() {
        let place = Place { power: 2, last: last && index + 1 == operands.len() };
        let inner = parts(operand, place);
        let before = if index == 0 { String::new() } else { format!("{word} ") };
        all.extend(prefixed(&before, operand.span, inner));
    }
    all
}

/// Puts text before the first part, which then starts where `whole` does.
fn prefixed(before: &str, whole: Span, mut parts: Vec<Part>) -> Vec<Part> {
    if let Some(first) = parts.first_mut() {
        first.text.insert_str(0, before);
        first.span = Span::new(whole.start.min(first.span.start), first.span.end);
    }
    parts
}
