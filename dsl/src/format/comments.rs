//! Where comments go: each belongs to the unit (item, clause, field, part of a condition) that it precedes, trails or is within.

use super::Printer;
use crate::lex::Comment;
use crate::span::Span;

/// A unit with its comments.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    /// Where the unit stands in the source.
    pub(super) span: Span,
    /// Comments before it.
    pub(super) lead: Vec<Comment>,
    /// Comments within it.
    pub(super) inside: Vec<Comment>,
    /// The comment behind it on its last line.
    pub(super) trail: Option<Comment>,
}

impl Unit {
    /// All comments before and within it, in order.
    pub(super) fn before(&self) -> Vec<Comment> {
        self.lead.iter().chain(&self.inside).copied().collect()
    }
}

impl Printer<'_> {
    /// Gives comments to units. Both are in source order. What follows the last unit is given apart.
    pub(super) fn place(&self, spans: &[Span], comments: &[Comment]) -> (Vec<Unit>, Vec<Comment>) {
        let mut units: Vec<Unit> = spans.iter().map(|span| Unit { span: *span, ..Unit::default() }).collect();
        let mut rest = Vec::new();
        for comment in comments {
            // The first unit that ends after the comment starts holds or follows it.
            let next = spans.partition_point(|span| span.end <= comment.span.start);
            let within = spans.get(next).is_some_and(|span| span.start < comment.span.start);
            let last = next.checked_sub(1).and_then(|last| units.get_mut(last));
            let behind = last.filter(|unit| {
                !comment.own_line
                    && unit.trail.is_none()
                    && !self.at(Span::new(unit.span.end, comment.span.start)).contains('\n')
            });
            match (within, behind) {
                (false, Some(unit)) => unit.trail = Some(*comment),
                (within, _) => match units.get_mut(next) {
                    Some(unit) if within => unit.inside.push(*comment),
                    Some(unit) => unit.lead.push(*comment),
                    None => rest.push(*comment),
                },
            }
        }
        (units, rest)
    }

    /// Takes the comment that stands behind an opening brace, if the first of a body does.
    pub(super) fn behind_brace(first: Option<&mut Unit>, rest: &mut Vec<Comment>) -> Option<Comment> {
        let comments = match first {
            Some(unit) => &mut unit.lead,
            None => rest,
        };
        let behind = comments.first().is_some_and(|comment| !comment.own_line);
        if behind { Some(comments.remove(0)) } else { None }
    }
}
