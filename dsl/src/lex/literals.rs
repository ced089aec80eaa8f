//! Texts and regexes, as far as their spelling goes.

use super::{Kind, Lexer, Token, is_word};
use crate::code;

/// The escapes of texts, for help.
const ESCAPES: &str = "`\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}` are the escapes";

impl Lexer<'_> {
    /// A text in straight double quotes.
    pub(super) fn quoted_text(&mut self) {
        let start = self.at;
        let line_end = start + self.line_length();
        let mut letters = self.slice(start + 1, line_end).char_indices();
        let mut end = None;
        let mut escapes = Vec::new();
        while let Some((at, letter)) = letters.next() {
            if letter == '"' {
                end = Some(start + 1 + at + 1);
                break;
            }
            if letter == '\\' {
                escapes.push(start + 1 + at);
                letters.next();
            }
        }
        let Some(end) = end else {
            return self.unterminated(start, line_end);
        };
        let mut bad = false;
        for at in escapes {
            bad |= !self.check_escape(at, end);
        }
        self.check_characters(start, end, true);
        self.token(start, end - start, Kind::Text, bad);
    }

    /// Whether the escape at `at` is one of the language's.
    fn check_escape(&mut self, at: usize, end: usize) -> bool {
        let rest = self.slice(at + 1, end - 1);
        let Some(letter) = rest.chars().next() else {
            return true;
        };
        if matches!(letter, '"' | '\\' | 'n' | 't') {
            return true;
        }
        if let Some(braced) = rest.strip_prefix("u{") {
            let digits = braced.split('}').next().unwrap_or_default();
            let length = (3 + digits.len() + 1).min(end - 1 - at);
            let number = if (1..=6).contains(&digits.len()) { u32::from_str_radix(digits, 16).ok() } else { None };
            if braced.contains('}')
                && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
                && number.and_then(char::from_u32).is_some()
            {
                return true;
            }
            let message = format!(
                "`{}` stands for no character",
                self.slice(at, at + length).chars().take(20).collect::<String>()
            );
            let help = "write the character's number in one to six hexadecimal digits, such as `\\u{e9}`";
            if let Some(diagnostic) = self.report(code::UNKNOWN_ESCAPE, at, at + length, message, "") {
                diagnostic.help = Some(help.to_owned());
            }
            return false;
        }
        let span = (at, at + 1 + letter.len_utf8());
        let message = format!("`\\{letter}` is no escape");
        let help = format!("write `\\\\{letter}` for a backslash; {ESCAPES}");
        self.report_fix(code::UNKNOWN_ESCAPE, span, message, help, &format!("\\\\{letter}"));
        false
    }

    fn unterminated(&mut self, start: usize, line_end: usize) {
        let line = self.slice(start, line_end);
        let end = start + line.trim_end().len();
        let message = "the text that starts here has no closing quote on its line".to_owned();
        let help = "write `\"` where the text ends".to_owned();
        let ends_clause = self.tokens.last().is_some_and(|token| match token.kind {
            Kind::Text => true,
            Kind::Word => matches!(
                self.word(token),
                "because" | "verify" | "caution" | "source" | "justified" | "from" | "protected" | "empty"
            ),
            _ => false,
        });
        let (file, at) = (self.file.to_owned(), self.span(end, end));
        if let Some(diagnostic) = self.report(code::UNTERMINATED_TEXT, start, end, message, "") {
            diagnostic.help = Some(help.clone());
            if ends_clause && !line.trim_end().ends_with('\\') {
                *diagnostic = diagnostic.clone().with_fix(help, &file, at, "\"");
            }
        }
        self.token(start, end - start, Kind::Text, true);
    }

    /// A text in single, curly or angle quotes.
    pub(super) fn foreign_quotes(&mut self, open: char) {
        let start = self.at;
        let line_end = start + self.line_length();
        let inside_start = start + open.len_utf8();
        let inside = self.slice(inside_start, line_end);
        let closes = |letter: char| match open {
            '\'' => letter == '\'',
            '‘' | '’' => matches!(letter, '‘' | '’'),
            '«' | '»' => matches!(letter, '«' | '»'),
            _ => matches!(letter, '“' | '”' | '"'),
        };
        let message = "a text stands in straight double quotes".to_owned();
        let Some((at, close)) = inside.char_indices().find(|(_, letter)| closes(*letter)) else {
            if let Some(diagnostic) = self.report(code::WRONG_QUOTES, start, inside_start, message, "") {
                diagnostic.help = Some("write `\"…\"`".to_owned());
            }
            return self.token(start, line_end - start, Kind::Text, true);
        };
        let (inside, end) = (self.slice(inside_start, inside_start + at), inside_start + at + close.len_utf8());
        let escaped = if open == '\'' { inside.replace("\\'", "'") } else { inside.to_owned() };
        let fixed = format!("\"{}\"", escaped.replace('"', "\\\""));
        self.report_fix(code::WRONG_QUOTES, (start, end), message, "write `\"…\"`".to_owned(), &fixed);
        self.token(start, end - start, Kind::Text, true);
    }

    /// `/`: a regex after `matches`, a division after a value, else a regex out of place.
    pub(super) fn slash(&mut self) {
        let start = self.at;
        let last = self.tokens.last().copied();
        let after_foreign = last.is_some_and(|token| self.word(&token) == "=~");
        let after_matches = after_foreign || self.after_matches();
        if !after_matches && self.ends_operand(0) {
            return self.symbol(start, 1, Kind::Symbol);
        }
        let line_end = start + self.line_length();
        let mut letters = self.slice(start + 1, line_end).char_indices();
        let mut end = None;
        while let Some((at, letter)) = letters.next() {
            match letter {
                '/' => {
                    end = Some(start + 1 + at + 1);
                    break;
                }
                '\\' => drop(letters.next()),
                _ => {}
            }
        }
        match end {
            Some(end) => self.regex(start, end, after_matches, last),
            None if after_matches => self.unterminated_regex(start, line_end),
            None => self.symbol(start, 1, Kind::Symbol),
        }
    }

    /// Whether the last token is the operator `matches`, not a field of that name.
    fn after_matches(&self) -> bool {
        let mut last = self.tokens.iter().rev();
        let is_matches = last.next().is_some_and(|token| self.word(token) == "matches");
        // `known matches /…/` asks whether a field called `known` matches; `and matches / 2` divides one called `matches`.
        let operand = last.next().is_some_and(|token| match token.kind {
            Kind::Word => !matches!(self.word(token), "and" | "or" | "when" | "unless"),
            _ => self.ends_operand(1),
        });
        is_matches && operand
    }

    fn regex(&mut self, start: usize, end: usize, after_matches: bool, last: Option<Token>) {
        let flags = self.slice(end, self.source.len());
        let flags = flags.split(|letter| !is_word(letter)).next().unwrap_or_default();
        let whole = end + flags.len();
        if !after_matches {
            let message = "a regex stands only after `matches`".to_owned();
            let equals = last.filter(|token| matches!(self.word(token), "==" | "="));
            let base = self.base;
            if let Some(sign) = equals {
                let (file, span) = (self.file.to_owned(), sign.span);
                if let Some(diagnostic) = self.report(code::MISPLACED_REGEX, start, whole, message, "") {
                    let help = "write `matches` instead of the sign";
                    *diagnostic = diagnostic.clone().with_help(help).with_fix(help, &file, span, "matches");
                }
                debug_assert!(span.start >= base, "tokens stand after the start of their piece");
            } else if let Some(diagnostic) = self.report(code::MISPLACED_REGEX, start, whole, message, "") {
                diagnostic.help = Some("write `… matches /…/`".to_owned());
            }
            return self.token(start, whole - start, Kind::Regex, true);
        }
        self.check_characters(start, end, true);
        let bad = !matches!(flags, "" | "i");
        if bad {
            let message = format!("`{}` after a regex has no meaning", flags.chars().take(20).collect::<String>());
            let help = "only `i` may follow, which ignores case".to_owned();
            let keep = if flags.contains('i') { "i" } else { "" };
            if flags.bytes().all(|byte| b"gimsux".contains(&byte)) {
                self.report_fix(code::UNKNOWN_REGEX_FLAG, (end, whole), message, help, keep);
            } else if let Some(diagnostic) = self.report(code::UNKNOWN_REGEX_FLAG, end, whole, message, "") {
                diagnostic.help = Some(help);
            }
        }
        self.token(start, whole - start, Kind::Regex, bad);
    }

    fn unterminated_regex(&mut self, start: usize, line_end: usize) {
        let line = self.slice(start, line_end).trim_end();
        let end = start + line.len();
        let (file, at) = (self.file.to_owned(), self.span(end, end));
        let message = "the regex that starts here has no closing slash on its line".to_owned();
        let help = "write `/` where the regex ends, and `\\/` for a slash within it";
        let certain = !line.contains([' ', ')']) && !line.ends_with('\\');
        if let Some(diagnostic) = self.report(code::UNTERMINATED_REGEX, start, end, message, "") {
            diagnostic.help = Some(help.to_owned());
            if certain {
                *diagnostic = diagnostic.clone().with_fix("write `/` at the end", &file, at, "/");
            }
        }
        self.token(start, end - start, Kind::Regex, true);
    }

    /// The text of a token.
    pub(super) fn word(&self, token: &Token) -> &str {
        let at = |place: u32| usize::try_from(place.saturating_sub(self.base)).unwrap_or(usize::MAX);
        self.slice(at(token.span.start), at(token.span.end))
    }

    /// Whether a value may end with the `nth` token from the end, so that an operator may follow.
    fn ends_operand(&self, nth: usize) -> bool {
        let Some(token) = self.tokens.iter().nth_back(nth) else {
            return false;
        };
        match token.kind {
            Kind::Word => {
                let after_dot = self.tokens.iter().nth_back(nth + 1).is_some_and(|dot| self.word(dot) == ".");
                after_dot || !crate::words::wants_operand(self.word(token))
            }
            Kind::Number | Kind::Text | Kind::Regex | Kind::Moment => true,
            Kind::Close => self.word(token) != "}",
            Kind::Open | Kind::Symbol => false,
        }
    }
}
