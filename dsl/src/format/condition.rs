//! Conditions: in a line if they fit and no comment stands within, else broken before `and` and `or`.

use super::comments::Unit;
use super::expr::{Place, Writer, quantified};
use super::fold::fold;
use super::{Printer, WIDTH};
use crate::ast::{Expr, ExprKind};
use crate::lex::Comment;
use crate::span::Span;

/// A part of a condition that gets a line of its own when the condition is broken.
#[derive(Clone)]
struct Part {
    text: String,
    span: Span,
    /// How much further it is indented: what a quantifier within a chain is about.
    inset: usize,
}

/// A condition cut into parts, with the comments of each.
struct Layout {
    parts: Vec<Part>,
    units: Vec<Unit>,
    /// What stands behind the last part but within the clause: in parentheses that are not printed.
    late: Vec<Comment>,
}

impl Printer<'_> {
    /// Prints `before`, the condition, and a line end. Comments within the condition are placed among its parts; those before
    /// its first part are printed by the caller (see [`Printer::early_comments`]).
    pub(super) fn condition(&mut self, indent: usize, before: &str, continuation: usize, expr: &Expr, unit: &Unit) {
        let Layout { parts, mut units, mut late } = self.layout(continuation, expr, unit);
        let last = parts.len().saturating_sub(1);
        let trail = unit.trail.or_else(|| if late.is_empty() { None } else { Some(late.remove(0)) });
        if let Some(unit) = units.last_mut() {
            unit.trail = trail;
            if last > 0 {
                unit.inside.append(&mut late);
            }
        }
        let commented = units
            .iter()
            .enumerate()
            .any(|(index, unit)| index > 0 && !unit.before().is_empty() || index < last && unit.trail.is_some());
        let line = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
        self.begin(indent);
        self.out.push_str(before);
        if !commented && indent + before.chars().count() + line.chars().count() <= WIDTH {
            self.out.push_str(&line);
            return self.end(trail);
        }
        for (index, (part, unit)) in parts.iter().zip(&units).enumerate() {
            if index > 0 {
                self.lead(&unit.before(), continuation + part.inset, None);
                self.begin(continuation + part.inset);
            }
            let start = if index == 0 { indent + before.chars().count() } else { continuation + part.inset };
            self.folded(&part.text, start, continuation + part.inset + 2);
            self.end(unit.trail);
        }
    }

    /// Prints a part, folded if it is too long for a line.
    fn folded(&mut self, text: &str, start: usize, indent: usize) {
        for (index, line) in fold(text, start, indent).iter().enumerate() {
            if index > 0 {
                self.out.push('\n');
                self.begin(indent);
            }
            self.out.push_str(line);
        }
    }

    /// The comments within a unit that stand before its line: those that no later part of its condition takes.
    pub(super) fn early_comments(&self, continuation: usize, expr: &Expr, unit: &Unit) -> Vec<Comment> {
        let layout = self.layout(continuation, expr, unit);
        let mut early = layout.units.first().map(Unit::before).unwrap_or_default();
        if layout.parts.len() == 1 {
            early.extend(layout.late.iter().skip(usize::from(unit.trail.is_none())));
        }
        early
    }

    /// Cuts a condition. What a quantifier within a chain is about stays in its line, unless that is too long or a comment stands
    /// between its parts.
    fn layout(&self, continuation: usize, expr: &Expr, unit: &Unit) -> Layout {
        let parts = parts(expr, Place { power: 0, last: true });
        let layout = self.place_parts(parts, unit);
        let commented = layout.parts.iter().zip(&layout.units).enumerate().any(|(index, (part, unit))| {
            let behind =
                index.checked_sub(1).and_then(|last| layout.units.get(last)).is_some_and(|last| last.trail.is_some());
            part.inset > 0 && (behind || !unit.before().is_empty())
        });
        let mut coarse: Vec<Part> = Vec::new();
        for part in &layout.parts {
            match coarse.last_mut() {
                Some(last) if part.inset > 0 => {
                    last.text.push(' ');
                    last.text.push_str(&part.text);
                    last.span = last.span.to(part.span);
                }
                _ => coarse.push(part.clone()),
            }
        }
        let long = coarse.iter().any(|part| continuation + part.text.chars().count() > WIDTH);
        if commented || long { layout } else { self.place_parts(coarse, unit) }
    }

    fn place_parts(&self, parts: Vec<Part>, unit: &Unit) -> Layout {
        let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
        let (mut units, rest) = self.place(&spans, &unit.inside);
        let late = units.last_mut().and_then(|last| last.trail.take()).into_iter().chain(rest).collect();
        Layout { parts, units, late }
    }
}

/// The parts of a condition.
fn parts(expr: &Expr, place: Place) -> Vec<Part> {
    let whole = || vec![Part { text: Writer::line(expr, place), span: expr.span, inset: 0 }];
    match &expr.kind {
        ExprKind::And(operands) if place.power == 0 => joined(operands, "and", place.last),
        ExprKind::Or(operands) if place.power == 0 => joined(operands, "or", place.last),
        ExprKind::Not(operand) if starts_quantifier(operand) => {
            prefixed("not ", expr.span, parts(operand, Place { power: 2, ..place }))
        }
        ExprKind::Known(operand) if starts_quantifier(operand) => {
            prefixed("known ", expr.span, parts(operand, Place { power: 2, ..place }))
        }
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
        let mut inner = parts(operand, place);
        // With the chain's own words in line with those of the quantifier's body, it would read as one chain.
        inner.iter_mut().skip(1).for_each(|part| part.inset += 2);
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
