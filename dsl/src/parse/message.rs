//! Messages: texts with places for values.

use super::literal::escape;
use super::{Read, Reader};
use crate::ast::{Expr, Message, MessagePart};
use crate::code;
use crate::grammar::{self, Node, Piece, Rule, offset};
use crate::lex;
use crate::span::Span;

impl Reader<'_> {
    /// The parts of a quoted message. `{{` and `}}` are braces.
    pub(super) fn message(&self, node: &Node<'_>) -> Read<Message> {
        let (quoted, span) = (node.text(), node.span());
        let inside = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
        let start = span.start + 1;
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut at = 0;
        while let Some(rest) = inside.get(at..).filter(|rest| !rest.is_empty()) {
            let place = |from: usize, to: usize| Span::new(start + offset(from), start + offset(to));
            let next = rest.chars().next().unwrap_or_default();
            match next {
                '\\' => {
                    let (letter, length) = escape(rest);
                    text.push(letter);
                    at += length;
                }
                '{' | '}' if rest.chars().nth(1) == Some(next) => {
                    text.push(next);
                    at += 2;
                }
                '}' => return Err(self.lonely_brace("}", place(at, at + 1))),
                '{' => {
                    let Some(length) = closing(rest) else {
                        return Err(self.lonely_brace("{", place(at, at + 1)));
                    };
                    if !text.is_empty() {
                        parts.push(MessagePart::Text(std::mem::take(&mut text)));
                    }
                    let value = rest.get(1..length).unwrap_or_default();
                    parts.push(MessagePart::Value(self.interpolated(value, place(at + 1, at + length))?));
                    at += length + 1;
                }
                _ => {
                    text.push(next);
                    at += next.len_utf8();
                }
            }
        }
        if !text.is_empty() {
            parts.push(MessagePart::Text(text));
        }
        Ok(Message { parts, span })
    }

    fn lonely_brace(&self, brace: &str, span: Span) -> Box<crate::Diagnostic> {
        let help = format!("write `{brace}{brace}` for a brace that is meant as such");
        let diagnostic = self.error(code::LONELY_BRACE, format!("`{brace}` has no partner in this message"), span, "");
        Box::new(diagnostic.with_help(help.clone()).with_fix(help, self.file, span, format!("{brace}{brace}")))
    }

    /// What stands between braces: a path, a look-up, a name or `source of s`.
    fn interpolated(&self, written: &str, span: Span) -> Read<Expr> {
        let plain = plain_quotes(written);
        let scanned = lex::scan(self.file, &plain, span.start, 0);
        let wrong = || {
            let shown =
                if written.trim().is_empty() { "{}".to_owned() } else { written.trim().chars().take(60).collect() };
            let message = format!("`{shown}` can't stand in a message");
            let help =
                "write a path, a look-up, a `let` or `setting` name, or `source of s`; name anything else with `let`";
            Box::new(self.error(code::WRONG_INTERPOLATION, message, span, "").with_help(help))
        };
        let tokens = scanned.tokens.as_slice();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return Err(wrong());
        };
        if !scanned.diagnostics.is_empty() || tokens.iter().any(|token| token.bad) || brackets(tokens) > self.max_depth
        {
            return Err(wrong());
        }
        let whole = first.span.to(last.span);
        let relative = |place: u32| usize::try_from(place - span.start).unwrap_or(usize::MAX);
        let text = scanned.text.get(relative(whole.start)..relative(whole.end)).unwrap_or_default();
        let piece = Piece { text, base: whole.start, tokens };
        let node = grammar::read_all(Rule::one_value, piece).map_err(|_| wrong())?;
        self.prepare(&node);
        self.value(&node)
    }
}

/// The text with `\"` as `"`: quotes are escaped within a message. A blank outside of the quotes keeps every offset.
fn plain_quotes(written: &str) -> String {
    let mut plain = String::with_capacity(written.len());
    for (index, part) in written.split("\\\"").enumerate() {
        match index {
            0 => {}
            _ if index % 2 == 1 => plain.push_str(" \""),
            _ => plain.push_str("\" "),
        }
        plain.push_str(part);
    }
    plain
}

/// How many brackets and operators could nest at most.
fn brackets(tokens: &[lex::Token]) -> usize {
    tokens.iter().filter(|token| matches!(token.kind, lex::Kind::Open | lex::Kind::Symbol)).count()
}

/// The offset of the brace that closes the one at the start of `rest`; texts within may hold braces.
fn closing(rest: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '"' if escaped => quoted = !quoted,
            '{' if !quoted => return None,
            '}' if !quoted => return Some(at),
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    None
}
