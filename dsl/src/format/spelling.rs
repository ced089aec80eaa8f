//! How single operators, units and names are spelt.

use crate::ast::{CompareOp, Name, PathExpr, Quantifier, Unit};

/// The spelling of a quantifier, with a blank after it.
pub(super) fn quantified(quantifier: &Quantifier) -> String {
    match quantifier {
        Quantifier::Any => "any ".to_owned(),
        Quantifier::All => "all ".to_owned(),
        Quantifier::No => "no ".to_owned(),
        Quantifier::AtLeast(count) => format!("at least {} ", count.node),
    }
}

/// Names separated by commas.
pub(super) fn names(names: &[Name]) -> String {
    names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// A dotted path.
pub(super) fn path(path: &PathExpr) -> String {
    path.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// The spelling of a comparison.
pub(super) fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "==",
        CompareOp::Ne => "!=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
        CompareOp::SameAs => "same as",
        CompareOp::Contains => "contains",
        CompareOp::StartsWith => "starts with",
        CompareOp::EndsWith => "ends with",
        CompareOp::Mentions => "mentions",
        CompareOp::MentionsExactly => "mentions exactly",
        CompareOp::AgreesWith => "agrees with",
    }
}

/// A duration: the singular after 1.
pub(super) fn duration(count: u32, unit: Unit) -> String {
    let noun = match unit {
        Unit::Years => "year",
        Unit::Months => "month",
        Unit::Weeks => "week",
        Unit::Days => "day",
        Unit::Hours => "hour",
        Unit::Minutes => "minute",
        Unit::Seconds => "second",
    };
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
