//! Why an expression can't be read: signs and words of other languages, misspelt operators, unknown functions.

use super::Reader;
use crate::Diagnostic;
use crate::code;
use crate::lex::Kind;
use crate::span::Span;
use crate::suggest::suggest;
use crate::words;
use std::ops::Range;

/// Spellings of other languages for operators of this one.
const OTHER_SPELLINGS: &[(&str, &str)] = &[
    ("startswith", "starts with"),
    ("starts_with", "starts with"),
    ("beginswith", "starts with"),
    ("endswith", "ends with"),
    ("ends_with", "ends with"),
    ("equals", "=="),
    ("eq", "=="),
    ("ne", "!="),
    ("lt", "<"),
    ("gt", ">"),
    ("like", "same as"),
    ("same_as", "same as"),
    ("agrees_with", "agrees with"),
    ("includes", "contains"),
    ("has", "contains"),
    ("match", "matches"),
    ("mention", "mentions"),
    ("plus", "+"),
    ("minus", "-"),
];

/// Functions of other languages that ask what day it is.
const CLOCKS: &[&str] = &["today", "now", "current_date", "getdate"];

/// The functions of the language.
const FUNCTIONS: &[&str] = &["count", "latest", "earliest", "period", "overlap"];

impl Reader<'_> {
    /// Why the expression that starts at `start` can't be read beyond `failed`.
    pub(super) fn explain_expression(&self, range: &Range<usize>, start: usize, failed: usize) -> Diagnostic {
        let known = self.explain_sign(range, start, failed).or_else(|| self.explain_word(range, start, failed));
        if let Some(diagnostic) = known {
            return diagnostic;
        }
        if let Some(name) = self.function_around(start, failed) {
            return self.unknown_function(name);
        }
        let complete = failed > start && self.ends_operand(failed - 1);
        let expected = if complete { "an operator, `and`, `or` or the end of the condition" } else { "a value" };
        if failed >= range.end {
            let quantified = (start..failed).any(|index| matches!(self.word(index), "any" | "all" | "no" | "least"));
            if complete && quantified && !(start..failed).any(|index| self.word(index) == ":") {
                let message = "expected `:` and a condition after the binders";
                return self.error(code::UNEXPECTED, message, self.end_of(range), "");
            }
            let message =
                if complete { "the condition is not complete".to_owned() } else { format!("expected {expected} here") };
            let last = failed.checked_sub(1).filter(|last| *last >= range.start);
            let label = last.map_or_else(String::new, |last| format!("after `{}`", self.word(last)));
            return self.error(code::UNEXPECTED, message, self.end_of(range), &label);
        }
        let word = self.word(failed);
        let shown: String = word.chars().take(40).collect();
        self.error(code::UNEXPECTED, format!("expected {expected}, found `{shown}`"), self.place(failed), "")
    }

    /// The function whose arguments end, are separated or go on at `failed`, where that can't be.
    fn function_around(&self, start: usize, failed: usize) -> Option<usize> {
        if !matches!(self.word(failed), ")" | "," | ".") {
            return None;
        }
        let mut depth = 0_usize;
        for index in (start..failed).rev() {
            match self.kind(index) {
                Some(Kind::Close) => depth += 1,
                Some(Kind::Open) if depth > 0 => depth -= 1,
                Some(Kind::Open) => {
                    let name = index.checked_sub(1).filter(|name| *name >= start)?;
                    // Within a path only the whole call can be what is wrong.
                    let whole = self.word(failed) != "." || self.plain_call(name).is_some();
                    return (whole && FUNCTIONS.contains(&self.word(name))).then_some(name);
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a value ends with the token.
    fn ends_operand(&self, index: usize) -> bool {
        match self.kind(index) {
            Some(Kind::Word) => index > 0 && self.word(index - 1) == "." || !words::wants_operand(self.word(index)),
            Some(Kind::Open | Kind::Symbol) | None => false,
            Some(Kind::Close) => self.word(index) != "}",
            _ => true,
        }
    }

    /// Mistakes about signs.
    fn explain_sign(&self, range: &Range<usize>, start: usize, failed: usize) -> Option<Diagnostic> {
        let (word, place) = (self.word(failed), self.place(failed));
        if failed >= range.end {
            return None;
        }
        let before = if failed > start { self.word(failed - 1) } else { "" };
        match word {
            "=" => {
                let diagnostic = self.error(code::WRONG_EQUALITY, "`=` compares nothing", place, "");
                Some(diagnostic.with_help("write `==`").with_fix("write `==`", self.file, place, "=="))
            }
            "[" if failed > start && self.kind(failed - 1) == Some(Kind::Word) => {
                let message = "only a table is looked up by brackets";
                let help = "use `.first` or `.last` for an element of a list, or bind elements: `any x in …: …`";
                Some(self.error(code::INDEXED_PATH, message, place, "").with_help(help))
            }
            "(" if failed > start && self.kind(failed - 1) == Some(Kind::Word) && self.ends_operand(failed - 1) => {
                Some(self.unknown_function(failed - 1))
            }
            _ if before == "matches" => {
                let message = "`matches` is followed by a regex between slashes";
                let diagnostic = self.error(code::MISPLACED_REGEX, message, place, "");
                if self.kind(failed) != Some(Kind::Text) {
                    return Some(diagnostic.with_help("write `matches /…/`, or `matches /…/i` to ignore case"));
                }
                let pattern = super::literal::unquote(word).replace('/', "\\/");
                let usable =
                    !pattern.is_empty() && !pattern.contains('\n') && !pattern.chars().any(crate::lex::is_invisible);
                let help = "write the regex between slashes";
                let fixed = diagnostic.clone().with_help(help).with_fix(help, self.file, place, format!("/{pattern}/"));
                Some(if usable { fixed } else { diagnostic.with_help(help) })
            }
            _ => self.explain_bracketed_values(range, start, failed),
        }
    }

    /// `x in ["a", "b"]`.
    fn explain_bracketed_values(&self, range: &Range<usize>, start: usize, failed: usize) -> Option<Diagnostic> {
        let open = (start..failed).rev().find(|index| self.word(*index) == "[")?;
        let close = (failed..range.end).find(|index| self.word(*index) == "]")?;
        if open == start || self.word(open - 1) != "in" || (open..close).any(|index| self.word(index) == "]") {
            return None;
        }
        let place = self.place(open).to(self.place(close));
        let inside = Span::new(self.place(open).end, self.place(close).start);
        let help = "write the values in parentheses";
        let diagnostic =
            self.error(code::VALUES_IN_BRACKETS, "a list of values stands in parentheses", place, "").with_help(help);
        Some(diagnostic.with_fix(help, self.file, place, format!("({})", self.at(inside))))
    }

    /// A call of a function that does not exist.
    fn unknown_function(&self, index: usize) -> Diagnostic {
        let name = self.word(index);
        let diagnostic =
            self.error(code::UNKNOWN_FUNCTION, format!("there is no function `{name}`"), self.place(index), "");
        let call = self.plain_call(index);
        if CLOCKS.contains(&name) {
            let help = "write `as_of`, the day of the evaluation: rules read no clock";
            let diagnostic = diagnostic.with_help(help);
            let Some((whole, "")) = call else { return diagnostic };
            return diagnostic.with_fix("write `as_of`", self.file, whole, "as_of");
        }
        let argument = call
            .map(|(_, argument)| argument)
            .filter(|argument| !argument.is_empty() && !argument.contains(char::is_control));
        let diagnostic = if FUNCTIONS.contains(&name) {
            let list = argument.unwrap_or("list");
            let form = match name {
                "period" | "overlap" => format!("{name}(a, b)"),
                _ => format!("{name}(x in {list}: …)"),
            };
            let message = format!("`{name}` is written `{form}`");
            self.error(code::UNKNOWN_FUNCTION, message, self.place(index), "")
        } else {
            diagnostic
        };
        let counts = matches!(name, "count" | "len" | "size") || suggest(name, ["length"]).is_some();
        if let (Some((whole, _)), Some(argument), true) = (call, argument, counts) {
            let instead = format!("{argument}.length");
            let help = format!("write `{instead}` for how many there are");
            return diagnostic.with_help(help).with_fix(format!("write `{instead}`"), self.file, whole, instead);
        }
        if FUNCTIONS.contains(&name) {
            return diagnostic;
        }
        match suggest(name, FUNCTIONS.iter().copied()) {
            Some(meant) => diagnostic
                .with_help(format!("did you mean `{meant}`?"))
                .with_fix(format!("write `{meant}`"), self.file, self.place(index), meant),
            None => diagnostic.with_help("the functions are `count`, `latest`, `earliest`, `period` and `overlap`; values have properties such as `.length`"),
        }
    }

    /// A call whose arguments are a path or nothing: its place, and that path.
    fn plain_call(&self, name: usize) -> Option<(Span, &str)> {
        if self.word(name + 1) != "(" {
            return None;
        }
        let mut end = name + 2;
        while self.kind(end) == Some(Kind::Word) || self.word(end) == "." {
            end += 1;
        }
        let inside = Span::new(self.place(name + 1).end, self.place(end).start);
        (self.word(end) == ")").then(|| (self.place(name).to(self.place(end)), self.at(inside).trim()))
    }

    /// Mistakes about words: operators misspelt, capitalised or taken from other languages.
    fn explain_word(&self, range: &Range<usize>, start: usize, failed: usize) -> Option<Diagnostic> {
        // `is mising`, `starts wiht`: the word after a first half is the wrong one.
        let index = if failed < range.end {
            failed
        } else {
            return None;
        };
        let (word, place) = (self.word(index), self.place(index));
        if self.kind(index) != Some(Kind::Word) || index == start {
            return None;
        }
        let before = self.word(index - 1);
        let lower = word.to_lowercase();
        if before == "is" {
            return Some(self.explain_state(index, &lower));
        }
        if !self.ends_operand(index - 1) && !matches!(before, "starts" | "ends" | "agrees" | "same") {
            return None;
        }
        let wrong = |meant: &str| {
            let title = format!("write `{meant}`");
            self.error(code::UNKNOWN_OPERATOR, format!("`{word}` is no operator"), place, "")
                .with_help(format!("did you mean `{meant}`?"))
                .with_fix(title, self.file, place, meant)
        };
        if let Some((_, meant)) = OTHER_SPELLINGS.iter().find(|(other, _)| *other == lower) {
            return Some(wrong(meant));
        }
        if word == "is" {
            return Some(self.explain_state(index + 1, &self.word(index + 1).to_lowercase()));
        }
        if word == "not"
            || words::CLAUSES.contains(&word) && self.tokens.get(index).is_some_and(|token| !token.starts_line)
        {
            return self.explain_keyword(index);
        }
        let halves: &[&str] = match before {
            "starts" | "ends" | "agrees" => &["with"],
            "same" => &["as"],
            _ => words::INFIX,
        };
        suggest(&lower, halves.iter().copied()).filter(|meant| *meant != word).map(wrong)
    }

    /// `is` before something other than `missing`, `present` or `unparsable`.
    fn explain_state(&self, index: usize, lower: &str) -> Diagnostic {
        let (is, place) = (self.place(index - 1), self.place(index));
        let meant = match lower {
            "null" | "none" | "nil" | "empty" | "blank" | "absent" | "unset" | "undefined" => Some("missing"),
            "given" | "set" | "known" | "there" => Some("present"),
            "invalid" | "unparseable" | "malformed" => Some("unparsable"),
            _ => suggest(lower, ["missing", "present", "unparsable"]),
        };
        let message = "`is` is followed by `missing`, `present` or `unparsable`";
        if let Some(meant) = meant {
            return self
                .error(code::UNKNOWN_OPERATOR, message, place, "")
                .with_help(format!("did you mean `is {meant}`?"))
                .with_fix(format!("write `{meant}`"), self.file, place, meant);
        }
        self.error(code::UNKNOWN_OPERATOR, message, is, "").with_help("write `==` to compare values").with_fix(
            "write `==`",
            self.file,
            is,
            "==",
        )
    }

    /// A word that starts a clause, or `not`, after a complete value.
    fn explain_keyword(&self, index: usize) -> Option<Diagnostic> {
        let (word, place) = (self.word(index), self.place(index));
        if word == "not" {
            return None;
        }
        let before = Span::new(self.place(index - 1).end, place.start);
        let message = format!("`{word}` starts another clause, which belongs on a line of its own");
        let diagnostic = self.error(code::MISSING_SEPARATOR, message, place, "");
        Some(diagnostic.with_help("start a new line").with_fix("start a new line", self.file, before, "\n  "))
    }
}
