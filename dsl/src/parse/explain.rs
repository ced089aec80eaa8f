//! Why a piece can't be read, in words for the person who wrote it, with a mend where there is a certain one.
//!
//! The grammar says only where it could not go on. What was expected there follows from what stands before; what was meant,
//! from what stands there.

use super::piece::Shape;
use super::{Item, Reader};
use crate::Diagnostic;
use crate::code::{self, Code};
use crate::lex::Kind;
use crate::span::Span;
use crate::suggest::suggest;
use crate::words;
use std::ops::Range;

impl Reader<'_> {
    /// An item whose keyword is unknown.
    pub(super) fn unknown_item(&mut self, item: &Range<usize>) -> Option<Item> {
        if self.has_bad(item) {
            return None;
        }
        let (word, place) = (self.word(item.start), self.place(item.start));
        if self.kind(item.start) == Some(Kind::Close) {
            self.report(self.stray_bracket(item.start));
            return None;
        }
        let diagnostic = if self.kind(item.start) == Some(Kind::Word) {
            let known = words::ITEMS.iter().copied().filter(|item| *item != "track");
            let help =
                "an item starts with `record`, `list`, `table`, `let`, `setting`, `indicator`, `decide` or `adjust`";
            self.misspelt(code::UNKNOWN_ITEM, format!("`{word}` is no kind of item"), place, suggest(word, known), help)
        } else {
            self.error(code::UNEXPECTED, format!("`{}` stands outside of any item", self.shown(item.start)), place, "")
        };
        self.report(diagnostic);
        None
    }

    /// A mistake in a word, with what was probably meant.
    fn misspelt(&self, code: Code, message: String, place: Span, meant: Option<&str>, help: &str) -> Diagnostic {
        let diagnostic = self.error(code, message, place, "");
        match meant {
            Some(meant) => {
                let title = format!("write `{meant}`");
                diagnostic.with_help(format!("did you mean `{meant}`?")).with_fix(title, self.file, place, meant)
            }
            None => diagnostic.with_help(help),
        }
    }

    /// A token as messages show it.
    fn shown(&self, index: usize) -> String {
        let word = self.word(index);
        if word.chars().count() > 40 { word.chars().take(40).chain(['…']).collect() } else { word.to_owned() }
    }

    /// Why the tokens of `range`, a piece of the given shape, can't be read beyond the token `failed`.
    pub(super) fn explain(&self, shape: Shape, range: &Range<usize>, failed: usize, after: Span) -> Diagnostic {
        if let Some(diagnostic) = self.unknown_keyword(shape, range) {
            return diagnostic;
        }
        if let Some(start) = self.expression_start(shape, range)
            && failed >= start
        {
            return self.explain_expression(range, start, failed);
        }
        if let Some(diagnostic) = self.explain_place(shape, range, failed) {
            return diagnostic;
        }
        let expected = self.expected(shape, range, failed);
        if failed >= range.end {
            let end = if range.is_empty() { Span::new(after.end, after.end) } else { self.end_of(range) };
            return self.error(code::UNEXPECTED, format!("expected {expected} here"), end, "");
        }
        let message = format!("expected {expected}, found `{}`", self.shown(failed));
        self.error(code::UNEXPECTED, message, self.place(failed), "")
    }

    /// A clause or change that starts with no known word.
    fn unknown_keyword(&self, shape: Shape, range: &Range<usize>) -> Option<Diagnostic> {
        let (known, what): (&[&str], _) = match shape {
            Shape::Clause => (words::CLAUSES, "clause of an indicator"),
            Shape::Decide => (words::DECIDE, "clause of `decide`"),
            Shape::Change => (words::CHANGES, "change"),
            _ => return None,
        };
        let word = self.word(range.start);
        if range.is_empty() || known.contains(&word) {
            return None;
        }
        let place = self.place(range.start);
        if self.kind(range.start) != Some(Kind::Word) {
            let message = format!("a {what} can't start with `{}`", self.shown(range.start));
            return Some(self.error(code::UNEXPECTED, message, place, ""));
        }
        let listed = known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let also = if shape == Shape::Change { [].as_slice() } else { &["and", "or"] };
        let meant = suggest(word, known.iter().chain(also).copied());
        let help = format!("there are {listed}");
        Some(self.misspelt(code::UNKNOWN_CLAUSE, format!("`{word}` is no {what}"), place, meant, &help))
    }

    /// Where the expression of a piece starts, if it has one.
    fn expression_start(&self, shape: Shape, range: &Range<usize>) -> Option<usize> {
        let start = match (shape, self.word(range.start)) {
            (Shape::Condition, _) => range.start,
            (Shape::Clause, "when" | "unless") => range.start + 1,
            (Shape::Let, _) if self.word(range.start + 2) == "=" => range.start + 3,
            (Shape::Decide, "outcome") if self.word(range.start + 2) == "when" => range.start + 3,
            _ => return None,
        };
        Some(start)
    }

    /// What is known about mistakes outside of expressions.
    fn explain_place(&self, shape: Shape, range: &Range<usize>, failed: usize) -> Option<Diagnostic> {
        let (word, place) = (self.word(failed), self.place(failed));
        if failed >= range.end {
            return None;
        }
        let head = self.word(range.start);
        let line = self.file;
        if shape == Shape::Field && failed == range.start + 1 && matches!(word, "=" | "::") {
            let diagnostic = self.error(code::UNEXPECTED, "a field's name and type are separated by `:`", place, "");
            return Some(diagnostic.with_help("write `:`").with_fix("write `:`", line, place, ":"));
        }
        if shape == Shape::Field && failed == range.start + 1 && self.kind(failed) == Some(Kind::Word) {
            let end = Span::new(self.place(range.start).end, self.place(range.start).end);
            let message = format!("expected `:` after the field's name `{head}`");
            let diagnostic = self.error(code::UNEXPECTED, message, end, "");
            return Some(diagnostic.with_help("write `:`").with_fix("write `:`", line, end, ":"));
        }
        if shape == Shape::Field
            && failed + 1 < range.end
            && self.word(failed + 1) == ":"
            && self.kind(failed) == Some(Kind::Word)
        {
            return Some(*self.missing_separator(self.place(failed - 1).end, place.start));
        }
        if shape == Shape::Field && matches!(word, "read" | "from" | "protected") {
            let help = "the order is type, `read in …`, `from \"…\"`, `protected \"…\"`, description";
            return Some(
                self.error(code::MISPLACED_ATTRIBUTE, format!("`{word}` stands too late"), place, "").with_help(help),
            );
        }
        let clauses: &[&str] = match shape {
            Shape::Clause => words::CLAUSES,
            Shape::Decide => words::DECIDE,
            Shape::Change => words::CHANGES,
            _ => &[],
        };
        let complete = failed > range.start + 1 && self.kind(failed - 1) != Some(Kind::Symbol);
        if clauses.contains(&word) && complete && !self.tokens.get(failed).is_some_and(|token| token.starts_line) {
            let before = Span::new(self.place(failed - 1).end, place.start);
            let message = format!("`{word}` starts another clause, which belongs on a line of its own");
            let diagnostic = self.error(code::MISSING_SEPARATOR, message, place, "");
            return Some(diagnostic.with_help("start a new line").with_fix("start a new line", line, before, "\n  "));
        }
        if word == ":" || word == "=" {
            let keyword = failed == range.start + 1 && !matches!(shape, Shape::Head(_) | Shape::Origin(_));
            if keyword && clauses.contains(&head) {
                let message = format!("no `{word}` stands after `{head}`");
                let diagnostic = self.error(code::UNEXPECTED, message, place, "");
                let removed = Span::new(self.place(range.start).end, place.end);
                return Some(diagnostic.with_help("remove it").with_fix("remove it", line, removed, ""));
            }
        }
        let after_binder =
            head == "for" && failed == range.start + 1 && matches!(word, "all" | "no" | "each" | "every");
        after_binder.then(|| {
            let message = format!("an indicator is not raised for `{word}`");
            self.error(code::UNEXPECTED, message, place, "")
                .with_help("write `for any …` or `for at least 2 …`, or a quantifier in `when`")
        })
    }

    /// What was expected outside of expressions.
    fn expected(&self, shape: Shape, range: &Range<usize>, failed: usize) -> String {
        let position = failed - range.start.min(failed);
        let keyword = self.word(range.start);
        let end = |complete: usize, what: &str, until: &str| {
            if position >= complete { until.to_owned() } else { what.to_owned() }
        };
        match shape {
            Shape::Language => "`language 1` alone".to_owned(),
            Shape::Head(form) | Shape::Origin(form) => form.to_owned(),
            Shape::Field => match position {
                0 => "a field's name".to_owned(),
                1 => "`:` and a type".to_owned(),
                2 => "a type".to_owned(),
                _ => "the end of the field or one of its attributes".to_owned(),
            },
            Shape::Let => "`let NAME = …`".to_owned(),
            Shape::Setting if position <= 2 => "`setting NAME = …`".to_owned(),
            Shape::Setting => end(
                4,
                "a number, text, duration, date, `true` or `false`",
                "a quoted meaning or the end of the setting",
            ),
            Shape::Clause | Shape::Change => match keyword {
                "category" => end(2, "the name of a category", "the end of the clause"),
                "severity" => end(2, "`info`, `low`, `medium` or `high`", "the end of the clause"),
                "status" => end(2, "`active` or `shadow`", "the end of the clause"),
                "weight" | "cap" => end(2, "a number", "the end of the clause"),
                "value" => end(2, "a number, text, duration, date, `true` or `false`", "the end of the change"),
                "for" => end(2, "`any` or `at least N`", "binders such as `w in resume.work`"),
                _ => end(2, "a quoted text", "the end of the clause"),
            },
            Shape::Decide => match keyword {
                "categories" | "outcomes" => "names separated by commas".to_owned(),
                "weights" => "severities and their weights, such as `low 5, high 25`".to_owned(),
                "cap" => "a category and its cap, such as `contact 20`".to_owned(),
                _ => "`outcome NAME when …`".to_owned(),
            },
            Shape::Condition => "a condition".to_owned(),
        }
    }
}
