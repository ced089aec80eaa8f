//! Operators and marks, those of other languages included.

use super::{Kind, Lexer, is_invisible};
use crate::code::{self, Code};

/// Signs of other languages, longest first: sign, what to write, code, and whether the replacement may be read in its place.
const FOREIGN: &[(&str, &str, Code)] = &[
    ("===", "==", code::WRONG_EQUALITY),
    ("!==", "!=", code::WRONG_EQUALITY),
    ("=~", "matches", code::SYMBOL_FOR_WORD),
    ("<>", "!=", code::WRONG_EQUALITY),
    ("=<", "<=", code::WRONG_EQUALITY),
    ("=>", ">=", code::WRONG_EQUALITY),
    ("≠", "!=", code::WRONG_EQUALITY),
    ("≤", "<=", code::WRONG_EQUALITY),
    ("≥", ">=", code::WRONG_EQUALITY),
    ("&&", "and", code::SYMBOL_FOR_WORD),
    ("||", "or", code::SYMBOL_FOR_WORD),
    ("&", "and", code::SYMBOL_FOR_WORD),
    ("|", "or", code::SYMBOL_FOR_WORD),
];

/// The signs of this language, longest first.
const SIGNS: &[&str] = &["==", "!=", "<=", ">=", "??", "<", ">", "+", "-", "*", ".", ",", ":", "="];

impl Lexer<'_> {
    /// Reads an operator, or says what to write instead.
    pub(super) fn operator(&mut self, next: char) {
        let (start, rest) = (self.at, self.rest());
        if let Some(&(sign, instead, code)) = FOREIGN.iter().find(|(sign, ..)| rest.starts_with(sign)) {
            self.foreign(sign, instead, code);
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.symbol(start, sign.len(), Kind::Symbol);
        } else if next == '!' {
            self.exclamation();
        } else if next == ';' {
            let message = "lines don't end with `;`".to_owned();
            self.report_fix(
                code::UNKNOWN_CHARACTER,
                (start, start + 1),
                message,
                "remove the semicolon".to_owned(),
                "",
            );
            self.blank(start, 1, "");
            self.at += 1;
        } else if is_invisible(next) {
            self.invisible(start, next, false);
            self.fresh_line |= matches!(next, '\r' | '\u{2028}' | '\u{2029}');
            self.at += next.len_utf8();
        } else if next.is_whitespace() {
            let message = format!("an unusual blank, U+{:04X}, stands here", u32::from(next));
            let help = "write an ordinary blank".to_owned();
            self.report_fix(code::INVISIBLE_CHARACTER, (start, start + next.len_utf8()), message, help, " ");
            self.blank(start, next.len_utf8(), "");
            self.at += next.len_utf8();
        } else {
            self.unknown(next);
        }
    }

    /// A sign of another language.
    fn foreign(&mut self, sign: &'static str, instead: &'static str, code: Code) {
        let start = self.at;
        let word = instead.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let before = self.slice(0, start).ends_with(|letter: char| !letter.is_whitespace());
        let after =
            self.slice(start + sign.len(), self.source.len()).starts_with(|letter: char| !letter.is_whitespace());
        let padded = match (word && before, word && after) {
            (true, true) => format!(" {instead} "),
            (true, false) => format!(" {instead}"),
            (false, true) => format!("{instead} "),
            (false, false) => instead.to_owned(),
        };
        let (message, help) = (format!("`{sign}` is written `{instead}`"), format!("write `{instead}`"));
        self.report_fix(code, (start, start + sign.len()), message, help, &padded);
        if sign.len() >= instead.len() && !word {
            self.blank(start, sign.len(), instead);
            self.symbol(start, sign.len(), Kind::Symbol);
        } else {
            self.token(start, sign.len(), Kind::Symbol, true);
        }
    }

    /// `!` for `not`.
    fn exclamation(&mut self) {
        let (start, length) = (self.at, self.length_while(|letter| letter == '!'));
        let before = self.slice(0, start).ends_with(|letter: char| letter.is_ascii_alphanumeric());
        let replacement = if before { " not " } else { "not " };
        let blanks = self.slice(start + length, self.source.len()).chars().take_while(|letter| *letter == ' ').count();
        let (message, help) = ("`!` is written `not`".to_owned(), "write `not`".to_owned());
        if length == 1 {
            self.report_fix(code::SYMBOL_FOR_WORD, (start, start + 1 + blanks), message, help, replacement);
        } else if let Some(diagnostic) = self.report(code::SYMBOL_FOR_WORD, start, start + length, message, "") {
            diagnostic.help = Some(help);
        }
        self.token(start, length, Kind::Symbol, true);
    }

    /// A character that has no meaning, with its neighbours of the same kind.
    fn unknown(&mut self, next: char) {
        let start = self.at;
        if next.is_alphabetic() {
            let length = self.length_while(|letter| letter.is_alphanumeric() || letter == '_');
            let name = self.slice(start, start + length).chars().take(40).collect::<String>();
            let message = format!("`{name}` is no name: names are made of the letters a to z, digits and `_`");
            let help = "applicants' words belong in quotes";
            if let Some(diagnostic) = self.report(code::UNKNOWN_CHARACTER, start, start + length, message, "") {
                diagnostic.help = Some(help.to_owned());
            }
            self.token(start, length, Kind::Word, true);
        } else {
            let length = self.length_while(|letter| letter == next);
            let message = format!("`{next}` has no meaning here");
            self.report(code::UNKNOWN_CHARACTER, start, start + length, message, "");
            self.token(start, length, Kind::Symbol, true);
        }
    }
}
