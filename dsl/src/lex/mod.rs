//! The scan that comes before the grammar: tokens, comments, and what can be said about single characters and tokens.
//!
//! One pass over the text, without recursion. It finds what pest can't explain (an unclosed quote, a foreign operator, an
//! invisible character) and hands on a copy of the text of equal length in which such mistakes are blanked where that is
//! possible, so that the item around them can still be read.

mod characters;
mod literals;
mod numbers;
mod symbols;

use crate::code::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::grammar::offset;
use crate::span::Span;

pub(crate) use characters::{is_invisible, is_word};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or keyword.
    Word,
    /// A number.
    Number,
    /// A quoted text.
    Text,
    /// A regex between slashes.
    Regex,
    /// A date or instant.
    Moment,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// An operator or mark.
    Symbol,
}

/// A token: anything but blanks and comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it stands.
    pub(crate) span: Span,
    /// Whether it is the first of its line.
    pub(crate) starts_line: bool,
    /// Whether it was already reported, so that what holds it is not read.
    pub(crate) bad: bool,
}

/// A comment, slashes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Where it stands, without the end of the line.
    pub(crate) span: Span,
    /// Whether nothing stands before it on its line.
    pub(crate) own_line: bool,
}

/// What the scan found.
pub(crate) struct Lexed {
    /// The text with mistakes blanked; of the same length as the source.
    pub(crate) text: String,
    /// Tokens in order.
    pub(crate) tokens: Vec<Token>,
    /// Comments in order.
    pub(crate) comments: Vec<Comment>,
    /// Mistakes in order of their place.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Scans a file, or a piece of one that starts at `base`.
pub(crate) fn scan(file: &str, source: &str, base: u32, max_diagnostics: usize) -> Lexed {
    let mut lexer = Lexer {
        file,
        source,
        base,
        at: 0,
        line_end: 0,
        fresh_line: true,
        blanks: Vec::new(),
        tokens: Vec::new(),
        comments: Vec::new(),
        diagnostics: Vec::new(),
        max_diagnostics,
    };
    if source.starts_with('\u{feff}') {
        lexer.blank(0, '\u{feff}'.len_utf8(), "");
        lexer.at = '\u{feff}'.len_utf8();
    }
    while let Some(next) = lexer.peek() {
        lexer.step(next);
    }
    let text = lexer.blanked();
    Lexed { text, tokens: lexer.tokens, comments: lexer.comments, diagnostics: lexer.diagnostics }
}

/// The state of the scan. Offsets are within `source`; spans are offset by `base`.
struct Lexer<'s> {
    file: &'s str,
    source: &'s str,
    base: u32,
    at: usize,
    /// The end of the line that was last asked for.
    line_end: usize,
    fresh_line: bool,
    /// Replacements of equal length: start, length, what stands first in it.
    blanks: Vec<(usize, usize, &'static str)>,
    tokens: Vec<Token>,
    comments: Vec<Comment>,
    diagnostics: Vec<Diagnostic>,
    max_diagnostics: usize,
}

impl<'s> Lexer<'s> {
    fn step(&mut self, next: char) {
        let start = self.at;
        match next {
            '\n' => {
                self.fresh_line = true;
                self.at += 1;
            }
            '\r' if self.rest().starts_with("\r\n") => self.at += 1,
            ' ' | '\t' => self.at += 1,
            '"' => self.quoted_text(),
            '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' => self.foreign_quotes(next),
            '@' => self.moment(),
            '(' | '[' | '{' => self.symbol(start, next.len_utf8(), Kind::Open),
            ')' | ']' | '}' => self.symbol(start, next.len_utf8(), Kind::Close),
            '#' => self.hash_comment(),
            _ if self.rest().starts_with("//") => self.comment(),
            _ if self.rest().starts_with("/*") => self.block_comment(),
            _ if is_word(next) && !next.is_ascii_digit() => {
                let length = self.length_while(is_word);
                self.symbol(start, length, Kind::Word);
            }
            _ if next.is_ascii_digit() => self.number(),
            '/' => self.slash(),
            _ => self.operator(next),
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &'s str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// How many bytes from here on satisfy `test`.
    fn length_while(&self, test: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        rest.find(|letter| !test(letter)).unwrap_or(rest.len())
    }

    /// How many bytes are left of this line, without its end. Remembered, since a line may hold many texts.
    fn line_length(&mut self) -> usize {
        if self.line_end <= self.at {
            self.line_end = self.at + self.length_while(|letter| letter != '\n' && letter != '\r');
        }
        self.line_end - self.at
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base.saturating_add(offset(start)), self.base.saturating_add(offset(end)))
    }

    /// Takes `length` bytes as a token.
    fn symbol(&mut self, start: usize, length: usize, kind: Kind) {
        self.token(start, length, kind, false);
    }

    fn token(&mut self, start: usize, length: usize, kind: Kind, bad: bool) {
        let span = self.span(start, start + length);
        self.tokens.push(Token { kind, span, starts_line: self.fresh_line, bad });
        self.fresh_line = false;
        self.at = start + length;
    }

    /// Has `length` bytes read as `text` and blanks after it.
    fn blank(&mut self, start: usize, length: usize, text: &'static str) {
        self.blanks.push((start, length, text));
    }

    /// The source with its blanks applied.
    fn blanked(&mut self) -> String {
        let blanks = std::mem::take(&mut self.blanks);
        let mut text = String::with_capacity(self.source.len());
        let mut done = 0;
        for (start, length, instead) in blanks {
            if start < done {
                continue;
            }
            text.push_str(self.slice(done, start));
            text.push_str(instead);
            text.extend(std::iter::repeat_n(' ', length.saturating_sub(instead.len())));
            done = start + length;
        }
        text.push_str(self.slice(done, self.source.len()));
        text
    }

    /// Reports a mistake. What lies beyond the limit is dropped here and counted by its absence.
    fn report(
        &mut self,
        code: Code,
        start: usize,
        end: usize,
        message: String,
        label: &str,
    ) -> Option<&mut Diagnostic> {
        if self.diagnostics.len() > self.max_diagnostics {
            return None;
        }
        let span = self.span(start, end);
        self.diagnostics.push(Diagnostic::error(code.id, message, self.file, span, label));
        self.diagnostics.last_mut()
    }

    /// Reports a mistake that one replacement mends. The help up to a semicolon says what the mend does.
    fn report_fix(
        &mut self,
        code: Code,
        (start, end): (usize, usize),
        message: String,
        help: String,
        replacement: &str,
    ) {
        let (file, span) = (self.file.to_owned(), self.span(start, end));
        if let Some(diagnostic) = self.report(code, start, end, message, "") {
            let title = help.split(';').next().unwrap_or_default().to_owned();
            *diagnostic = diagnostic.clone().with_help(help).with_fix(title, &file, span, replacement);
        }
    }

    fn comment(&mut self) {
        let (start, length) = (self.at, self.line_length());
        self.check_characters(start, start + length, false);
        let trimmed = self.slice(start, start + length).trim_end().len();
        self.comments.push(Comment { span: self.span(start, start + trimmed), own_line: self.fresh_line });
        self.at = start + length;
    }

    fn hash_comment(&mut self) {
        let (start, length) = (self.at, self.line_length());
        let what = self.slice(start, start + length).trim_start_matches('#').trim();
        let replacement = format!("// {what}");
        self.report_fix(
            code::WRONG_COMMENT,
            (start, start + length),
            "a comment starts with `//`".to_owned(),
            "write `//` instead of `#`".to_owned(),
            replacement.trim_end(),
        );
        self.blank(start, length, "");
        self.at = start + length;
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
        let inside = rest.get(2..length.saturating_sub(2)).unwrap_or_default().trim();
        let after = rest.get(length..).unwrap_or_default();
        let ends_line = after.trim_start_matches([' ', '\t', '\r']).starts_with('\n') || after.trim().is_empty();
        let message = "a comment starts with `//` and ends with the line".to_owned();
        let help = "write `//` before each line of the comment".to_owned();
        if ends_line && !inside.contains('\n') {
            self.report_fix(
                code::WRONG_COMMENT,
                (start, start + length),
                message,
                help,
                format!("// {inside}").trim_end(),
            );
        } else if let Some(diagnostic) = self.report(code::WRONG_COMMENT, start, start + length, message, "") {
            diagnostic.help = Some(help);
        }
        self.fresh_line |= self.slice(start, start + length).contains('\n');
        self.blank(start, length, "");
        self.at = start + length;
    }
}
