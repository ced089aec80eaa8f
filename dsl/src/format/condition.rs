//! Conditions: in a line if they fit and no comment stands within, else broken before `and` and `or`.

use super::comments::Unit;
use super::expr::{Writer, print_expr};
use super::fold::fold;
use super::spelling::quantified;
use super::{Printer, WIDTH};
use crate::ast::{Expr, ExprKind};
use crate::lex::Comment;
use crate::span::Span;

/// A part of a condition that gets a line of its own when the condition is broken.
struct Part {
    text: String,
    span: Span,
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
        let Layout { parts, mut units, mut late } = self.layout(expr, unit);
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
                self.lead(&unit.before(), continuation, None);
                self.begin(continuation);
            }
            let start = if index == 0 { indent + before.chars().count() } else { continuation };
            self.folded(&part.text, start, continuation + 2);
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
    pub(super) fn early_comments(&self, expr: &Expr, unit: &Unit) -> Vec<Comment> {
        let layout = self.layout(expr, unit);
        let mut early = layout.units.first().map(Unit::before).unwrap_or_default();
        if layout.parts.len() == 1 {
            early.extend(layout.late.iter().skip(usize::from(unit.trail.is_none())));
        }
        early
    }

    fn layout(&self, expr: &Expr, unit: &Unit) -> Layout {
        let parts = parts(expr);
        let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
        let (mut units, rest) = self.place(&spans, &unit.inside);
        let late = units.last_mut().and_then(|last| last.trail.take()).into_iter().chain(rest).collect();
        Layout { parts, units, late }
    }
}

/// The parts of a condition: what `and` or `or` joins, also after a quantifier that is all of the condition.
fn parts(expr: &Expr) -> Vec<Part> {
    match &expr.kind {
        ExprKind::And(operands) => joined(operands, "and"),
        ExprKind::Or(operands) => joined(operands, "or"),
        ExprKind::Not(operand) if starts_quantifier(operand) => prefixed("not ", expr.span, parts(operand)),
        ExprKind::Known(operand) if starts_quantifier(operand) => prefixed("known ", expr.span, parts(operand)),
        ExprKind::Quantified { quantifier, binders, body } => {
            let before = format!("{}{}: ", quantified(quantifier), Writer::binder_line(binders));
            prefixed(&before, expr.span, parts(body))
        }
        _ => vec![Part { text: print_expr(expr), span: expr.span }],
    }
}

fn starts_quantifier(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Quantified { .. } => true,
        ExprKind::Not(operand) | ExprKind::Known(operand) => starts_quantifier(operand),
        _ => false,
    }
}

fn joined(operands: &[Expr], word: &str) -> Vec<Part> {
    let part = |(index, operand): (usize, &Expr)| {
        let text = Writer::operand_line(operand);
        Part { text: if index == 0 { text } else { format!("{word} {text}") }, span: operand.span }
    };
    operands.iter().enumerate().map(part).collect()
}

/// Puts text before the first part, which then starts where `whole` does.
fn prefixed(before: &str, whole: Span, mut parts: Vec<Part>) -> Vec<Part> {
    if let Some(first) = parts.first_mut() {
        first.text.insert_str(0, before);
        first.span = Span::new(whole.start.min(first.span.start), first.span.end);
    }
    parts
}
