//! Messages: total, escaped, of bounded length. A missing value prints as "(not given)" and never changes a verdict.

use super::{Bound, Eval, SLOTS};
use crate::compile::program::{Indicator, Part, Value};
use std::fmt::Write as _;

const NOT_GIVEN: &str = "(not given)";

impl Eval<'_, '_> {
    /// The sentence of a finding. `bindings` are the sure elements; several print joined by commas.
    pub(super) fn message(&mut self, indicator: &Indicator, bindings: &[[Bound; SLOTS]]) -> String {
        let mut text = String::with_capacity(128);
        for part in &indicator.because {
            // What comes behind is cut off anyway.
            if text.len() > self.limits.max_message_chars.saturating_mul(4) {
                break;
            }
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Value(value) => self.interpolate(value, bindings, &mut text),
            }
        }
        shorten(text, self.limits.max_message_chars)
    }

    fn interpolate(&mut self, value: &Value, bindings: &[[Bound; SLOTS]], out: &mut String) {
        if let ([binding], None) = (bindings, &self.w.redact_key) {
            self.w.bound = *binding;
            if let Some(shown) = self.shown_as_it_is(value).map(|text| self.str_of(text))
                && !shown.trim().is_empty()
            {
                push_escaped(shown, out);
                return;
            }
        }
        let shown = self.interpolated(value, bindings);
        push_escaped(&shown, out);
    }

    fn interpolated(&mut self, value: &Value, bindings: &[[Bound; SLOTS]]) -> String {
        let mut shown: Vec<String> = Vec::new();
        for binding in bindings {
            self.w.bound = *binding;
            let mut text = self.shown(value).unwrap_or_default();
            if text.trim().is_empty() {
                NOT_GIVEN.clone_into(&mut text);
            } else if self.w.redact_key.is_some() && self.tells_of_application(value) {
                text = self.redacted(&text);
            }
            if !shown.contains(&text) {
                shown.push(text);
            }
        }
        shown.join(", ")
    }
}

/// Escapes control and bidirectional characters, which could disguise a message.
pub(crate) fn push_escaped(text: &str, out: &mut String) {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        out.push_str(text);
        return;
    }
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            c => out.push(c),
        }
    }
}

/// Format characters that change the order of a text or can't be seen (Unicode Standard Annex 9 and zero-width ones).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn shorten(text: String, max_chars: usize) -> String {
    if text.len() <= max_chars {
        return text;
    }
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => {
            let mut short = text.get(..end).unwrap_or("").to_owned();
            short.push('…');
            short
        }
        None => text,
    }
}
