//! Values of applicants on a terminal: nothing in them may move the cursor, hide text or turn its direction.

use indicia::Why;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Longest value that is printed whole, in characters.
const LONGEST: usize = 200;
/// Longest name of a key or file that is printed whole, in characters.
const LONGEST_NAME: usize = 60;
/// Items of a list that are printed before the rest is counted.
const MANY_ITEMS: usize = 5;

/// The text with control and direction characters escaped.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        if is_unsafe(char) {
            out.extend(char.escape_default());
        } else {
            out.push(char);
        }
    }
    Cow::Owned(out)
}

/// A name out of the input, made safe, cut when long.
pub(crate) fn short(name: &str) -> String {
    cut(&safe(name), LONGEST_NAME)
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// A value as JSON on one line, made safe.
pub(crate) fn json_line(value: &impl Serialize) -> String {
    // Writing to memory does not fail, and all that is written has only texts as keys.
    safe_json(&serde_json::to_string(value).unwrap_or_default()).into_owned()
}

/// A value as JSON over several lines, made safe.
pub(crate) fn json_lines(value: &impl Serialize) -> String {
    safe_json(&serde_json::to_string_pretty(value).unwrap_or_default()).into_owned()
}

/// JSON with the same characters written as its escapes; line ends between values stay.
pub(crate) fn safe_json(json: &str) -> Cow<'_, str> {
    let is_unsafe = |char: char| char != '\n' && is_unsafe(char);
    // What is ASCII has no such character: JSON escapes those below the space.
    if !json.bytes().any(|byte| byte >= 0x7f) || !json.contains(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for char in json.chars() {
        if is_unsafe(char) {
            // None of them lies beyond the first plane.
            let _ = write!(out, "\\u{:04x}", u32::from(char));
        } else {
            out.push(char);
        }
    }
    Cow::Owned(out)
}

fn is_unsafe(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A value on one line: JSON, made safe, cut when long. A missing value says so.
pub(crate) fn shown(value: &Value) -> String {
    if value.is_null() {
        return "(not given)".to_owned();
    }
    let text = match value {
        Value::Array(items) if items.len() > MANY_ITEMS => {
            let first: Vec<String> = items.iter().take(MANY_ITEMS).map(Value::to_string).collect();
            format!("[{}, … and {} more]", first.join(", "), items.len() - MANY_ITEMS)
        }
        other => other.to_string(),
    };
    cut(&safe(&text), LONGEST)
}

/// A reason for *unknown* in words that follow "is": `resume.phone is missing`.
pub(crate) fn reason(why: Why) -> &'static str {
    match why {
        Why::Missing => "missing",
        Why::Unparsable => "not readable",
        Why::Imprecise => "not precise enough",
        Why::Undecidable => "not comparable for sure",
        Why::NotListed => "not listed",
        Why::Limit => "beyond a limit",
        Why::Shadow => "a shadow indicator",
        Why::DivisionByZero => "divided by zero",
        Why::NoKey => "hashed, and no list key was given",
        Why::Inverted => "a period that ends before it starts",
        _ => "not known",
    }
}

#[cfg(test)]
mod tests {
    use super::{safe, safe_json, shown};

    #[test]
    fn direction_and_control_characters_are_escaped() {
        assert_eq!(safe("a\u{202e}b\u{1b}[2J"), "a\\u{202e}b\\u{1b}[2J");
        assert_eq!(shown(&"tab\there".into()), "\"tab\\there\"");
        assert_eq!(shown(&serde_json::Value::Null), "(not given)");
    }

    #[test]
    fn json_stays_json() {
        let value = serde_json::json!(["a\u{202e}b\u{7f}", "\n"]);
        let text = serde_json::to_string_pretty(&value).unwrap();
        let safe = safe_json(&text);
        assert!(safe.contains("a\\u202eb\\u007f") && !safe.contains('\u{202e}'), "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }

    #[test]
    fn a_long_list_is_counted_and_a_short_one_is_whole() {
        assert_eq!(shown(&serde_json::json!([1, 2, 3, 4, 5])), "[1,2,3,4,5]");
        assert_eq!(shown(&serde_json::json!([1, 2, 3, 4, 5, 6, 7])), "[1, 2, 3, 4, 5, … and 2 more]");
    }
}
