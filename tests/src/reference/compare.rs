//! Comparisons of two values: exact, by order, as members of a set, within a distance.

use super::Truth;
use super::conditions::alike;
use super::lengths::{Length, Written, holds};
use super::read::{Lack, Value};
use indicia_dsl::ast::CompareOp;

/// Compares two values of one type.
pub(crate) fn compare(op: CompareOp, left: &Value, right: &Value) -> Truth {
    if matches!(op, CompareOp::SameAs | CompareOp::Contains | CompareOp::StartsWith | CompareOp::EndsWith) {
        return match (left, right) {
            (Value::Text(left), Value::Text(right)) => alike(op, left, right),
            _ => Truth::Unknown,
        };
    }
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => Truth::of([holds(op, a, b)]),
        (Value::Instant(a), Value::Instant(b)) => Truth::of([holds(op, a, b)]),
        (Value::Days(a), Value::Days(b)) => Truth::of(a.iter().flat_map(|a| b.iter().map(move |b| holds(op, a, b)))),
        (Value::Length(a), Value::Length(b)) => a.compare(op, b),
        (Value::Bool(a), Value::Bool(b)) => Truth::of([holds(op, a, b)]),
        (Value::Text(a), Value::Text(b)) | (Value::Code(a), Value::Code(b)) => Truth::of([holds(op, a, b)]),
        _ => Truth::Unknown,
    }
}

/// Whether a value is this member of a set: texts without case, accents, punctuation and spacing.
pub(crate) fn member(value: &Result<Value, Lack>, of: &Result<Value, Lack>) -> Truth {
    match (value, of) {
        (Ok(Value::Text(a)), Ok(Value::Text(b))) => alike(CompareOp::SameAs, a, b),
        (Ok(a), Ok(b)) => compare(CompareOp::Eq, a, b),
        _ => Truth::Unknown,
    }
}

/// Whether two points in time are at most so far apart, in either order.
pub(crate) fn within(a: &Value, b: &Value, distance: &Length) -> Truth {
    let Length::Written(distance) = distance else { return Truth::Unknown };
    match (a, b) {
        (Value::Days(a), Value::Days(b)) => Truth::of(a.iter().flat_map(|a| {
            b.iter().map(move |b| {
                let (early, late) = (a.min(b), a.max(b));
                *late <= distance.after(*early)
            })
        })),
        (Value::Instant(a), Value::Instant(b)) => within_instants(*a, *b, *distance),
        _ => Truth::Unknown,
    }
}

fn within_instants(a: i64, b: i64, distance: Written) -> Truth {
    Truth::of([a.max(b) <= distance.after_instant(a.min(b))])
}
