//! JSON to values: what is missing, what can't be read, and what a value is.

use super::calendar::{self, Day};
use super::countries;
use super::lengths::Length;
use super::schema::Type;
use serde_json::Value as Json;

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    Missing,
    Unparsable,
    /// Neither, and still not to be had: a division by zero, an evaluation date that nobody gave.
    Undecided,
}

/// A value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Bool(bool),
    Text(String),
    /// A country's code or a word of a `one of`.
    Code(String),
    /// Every day that a date may mean.
    Days(Vec<Day>),
    /// Microseconds since 1970.
    Instant(i64),
    Length(Length),
    Period(Vec<Day>, Vec<Day>),
}

/// What was given, or nothing: `null`, an empty or a blank text is nothing.
pub(crate) fn given(json: Option<&Json>) -> Option<&Json> {
    json.filter(|json| match json {
        Json::Null => false,
        Json::String(text) => !text.trim().is_empty(),
        _ => true,
    })
}

/// Whether the text says that something goes on.
pub(crate) fn is_present(text: &str) -> bool {
    let words = ["present", "current", "currently", "now", "today", "ongoing", "to date", "till date", "until now"];
    let spaced: Vec<&str> = text.split_whitespace().collect();
    words.contains(&spaced.join(" ").to_lowercase().as_str())
}

/// Reads what was given by its declared type; `as_of` is needed for "present".
pub(crate) fn read(ty: &Type, json: &Json, as_of: Option<Day>) -> Result<Value, Lack> {
    match (ty, json) {
        (Type::Number, Json::Number(number)) => {
            let exact = number.as_i64().is_none_or(|whole| whole.unsigned_abs() <= 9_007_199_254_740_991);
            let value = number.as_f64().filter(|_| exact).ok_or(Lack::Unparsable)?;
            Ok(Value::Number(value))
        }
        (Type::Bool, Json::Bool(value)) => Ok(Value::Bool(*value)),
        (_, Json::String(text)) => read_text(ty, text.trim(), as_of),
        _ => Err(Lack::Unparsable),
    }
}

fn read_text(ty: &Type, text: &str, as_of: Option<Day>) -> Result<Value, Lack> {
    match ty {
        Type::Text | Type::Name => Ok(Value::Text(text.to_owned())),
        Type::Date if is_present(text) => {
            let today = as_of.ok_or(Lack::Undecided)?;
            let three_years = today + 3 * 366;
            Ok(Value::Days((today..=three_years).chain([calendar::last_of_all()]).collect()))
        }
        Type::Date => calendar::days_of(text).map(Value::Days).ok_or(Lack::Unparsable),
        Type::Instant => calendar::instant_of(text).map(Value::Instant).ok_or(Lack::Unparsable),
        Type::Country => countries::code(text).map(Value::Code).ok_or(Lack::Unparsable),
        Type::OneOf(words) if words.iter().any(|word| word == text) => Ok(Value::Code(text.to_owned())),
        _ => Err(Lack::Unparsable),
    }
}
