//! Quoted texts, messages and regexes in canonical spelling.

use super::expr::Writer;
use crate::ast::{Message, MessagePart};
use crate::lex::is_invisible;

/// A text in quotes.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    escape(text, "\\\"", &mut quoted);
    quoted.push('"');
    quoted
}

/// Escapes a text, with what stands for a quote.
pub(super) fn escape(text: &str, quote: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '"' => out.push_str(quote),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_invisible(letter) => out.extend(letter.escape_unicode()),
            _ => out.push(letter),
        }
    }
}

/// A message in quotes.
pub(super) fn message(message: &Message) -> String {
    let mut quoted = "\"".to_owned();
    for part in &message.parts {
        match part {
            MessagePart::Text(text) => {
                let braces = text.replace('{', "{{").replace('}', "}}");
                escape(&braces, "\\\"", &mut quoted);
            }
            MessagePart::Value(value) => {
                quoted.push('{');
                quoted.push_str(&Writer::in_message(value));
                quoted.push('}');
            }
        }
    }
    quoted.push('"');
    quoted
}

/// A regex between slashes.
pub(super) fn regex(pattern: &str, ignore_case: bool) -> String {
    let mut written = "/".to_owned();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '/' => written.push_str("\\/"),
            '\\' => {
                written.push('\\');
                written.extend(letters.next());
            }
            _ => written.push(letter),
        }
    }
    written.push('/');
    if ignore_case {
        written.push('i');
    }
    written
}
