//! The words of the language, for what stands outside the grammar: cutting a file into pieces, explaining mistakes, printing.

use crate::ast::Unit;

/// Words that begin an item.
pub(crate) const ITEMS: &[&str] =
    &["language", "record", "extend", "list", "table", "let", "setting", "indicator", "decide", "adjust", "track"];

/// Words that begin a clause of an indicator, in canonical order.
pub(crate) const CLAUSES: &[&str] = &[
    "category",
    "severity",
    "weight",
    "status",
    "justified",
    "for",
    "when",
    "unless",
    "because",
    "verify",
    "caution",
    "source",
];

/// Words that begin a clause of `decide`, in canonical order.
pub(crate) const DECIDE: &[&str] = &["categories", "weights", "cap", "outcomes", "outcome"];

/// Words that begin a change of `adjust`.
pub(crate) const CHANGES: &[&str] = &["weight", "severity", "status", "cap", "value", "because"];

/// Words that stand between two values, or after one.
pub(crate) const INFIX: &[&str] =
    &["and", "or", "same", "contains", "starts", "ends", "mentions", "agrees", "within", "matches", "in", "is"];

/// Words that only continue what stands before them.
const CONTINUING: &[&str] = &[
    "as",
    "with",
    "exactly",
    "of",
    "edit",
    "edits",
    "least",
    "missing",
    "present",
    "unparsable",
    "by",
    "from",
    "empty",
    "not",
    "raised",
];

/// Whether something must follow this word, unless it is a name.
pub(crate) fn wants_operand(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "not"
            | "known"
            | "contains"
            | "mentions"
            | "exactly"
            | "with"
            | "as"
            | "in"
            | "of"
            | "within"
            | "matches"
    ) || matches!(
        word,
        "when"
            | "unless"
            | "any"
            | "all"
            | "no"
            | "raised"
            | "least"
            | "at"
            | "is"
            | "same"
            | "starts"
            | "ends"
            | "agrees"
            | "pair"
            | "by"
    )
}

/// Whether this word may stand after a value within an expression.
pub(crate) fn continues(word: &str) -> bool {
    INFIX.contains(&word) || CONTINUING.contains(&word) || unit(word).is_some()
}

/// The unit that a word names.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "year" | "years" => Unit::Years,
        "month" | "months" => Unit::Months,
        "week" | "weeks" => Unit::Weeks,
        "day" | "days" => Unit::Days,
        "hour" | "hours" => Unit::Hours,
        "minute" | "minutes" => Unit::Minutes,
        "second" | "seconds" => Unit::Seconds,
        _ => return None,
    })
}
