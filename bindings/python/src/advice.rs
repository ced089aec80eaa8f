//! What to do about a value that does not fit, behind the engine's message that it does not.

use indicia::InputError;

/// The error, with what to do where that is sure.
pub(crate) fn told(error: &InputError) -> String {
    let advice = match error {
        InputError::Value { expected, found, .. } => value(expected, found),
        InputError::NotARecord { found } => record(found),
        _ => None,
    };
    advice.map_or_else(|| error.to_string(), |advice| format!("{error}; {advice}"))
}

/// A column, or an object, that is none of the types which the field takes.
fn value(expected: &str, found: &str) -> Option<&'static str> {
    let wants = |words: &[&str]| words.iter().any(|word| expected.starts_with(word));
    let wants_text = !wants(&["number", "true or false", "object", "list of"]);
    Some(match found {
        "a time without a time zone" => "say which zone it is in, such as UTC",
        "a map" if wants(&["object"]) => "make it a struct",
        "a map" if wants(&["list of"]) => "make it a list of structs",
        "text" if wants(&["object", "list of objects"]) => "if it holds JSON, parse it first",
        "text" if wants(&["number"]) => "cast it to numbers",
        "text" if wants(&["list of"]) => "make it a list, even of one",
        "text" if wants(&["true or false"]) => "cast it to bools",
        "bytes" if wants_text => "decode them to text",
        // In words that fit a phone number, too: a cast brings no `+` back.
        _ if wants_text && found.starts_with("a number (") => "read it as text from the start",
        _ if wants(&["true or false"]) && found.starts_with("a number (") => "cast it to bools",
        _ => return None,
    })
}

/// What stands where an application belongs.
fn record(found: &str) -> Option<&'static str> {
    Some(match found {
        "a list" => "take its elements one by one",
        "a DataFrame" | "a Table" | "a LazyFrame" | "a RecordBatch" => "tables go to `screen_frame`",
        _ => return None,
    })
}
