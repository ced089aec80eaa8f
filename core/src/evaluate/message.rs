//! Messages: total, escaped, of bounded length. A missing value prints as "(not given)" and never changes a verdict.

use super::Eval;
use super::bindings::Bindings;
use crate::compile::program::{Indicator, Part, Value};
use std::fmt::Write as _;
use std::ops::Range;

pub(crate) const NOT_GIVEN: &str = "(not given)";

impl Eval<'_, '_> {
    /// Appends the sentence of a finding to an empty text. Of several bindings the values print joined by commas.
    pub(super) fn message(
        &mut self,
        indicator: &Indicator,
        bindings: &Bindings,
        range: Range<usize>,
        text: &mut String,
    ) {
        for part in &indicator.because {
            // What comes behind is cut off anyway.
            if text.len() > self.limits.max_message_chars.saturating_mul(4) {
                break;
            }
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Value(value) => self.interpolate(value, bindings, range.clone(), text),
            }
        }
        shorten(text, self.limits.max_message_chars);
    }

    fn interpolate(&mut self, value: &Value, bindings: &Bindings, range: Range<usize>, out: &mut String) {
        if range.len() == 1 && self.w.redact_key.is_none() {
            bindings.bind(range.start, &mut self.w.bound);
            if let Some(shown) = self.shown_as_it_is(value).map(|text| self.str_of(text))
                && !shown.trim().is_empty()
            {
                push_escaped(shown, out);
                return;
            }
        }
        let shown = self.interpolated(value, bindings, range);
        push_escaped(&shown, out);
    }

    fn interpolated(&mut self, value: &Value, bindings: &Bindings, range: Range<usize>) -> String {
        let mut shown: Vec<String> = Vec::new();
        for number in range {
            bindings.bind(number, &mut self.w.bound);
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
    if is_printable(text) {
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

/// Whether a text is in ASCII characters that print.
#[inline]
pub(crate) fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn shorten(text: &mut String, max_chars: usize) {
    if text.len() > max_chars
        && let Some((end, _)) = text.char_indices().nth(max_chars)
    {
        text.truncate(end);
        text.push('…');
    }
}
