//! One piece of a file: checked for what would make reading it recurse too deeply or misreport, then read by the grammar.

use super::Reader;
use crate::code;
use crate::grammar::{self, Failure, Node, Piece, Rule};
use crate::lex::Kind;
use crate::span::Span;
use std::ops::Range;

/// What a piece is, for explaining why it can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `language 1`.
    Language,
    /// What stands before an opening brace, with an example.
    Head(&'static str),
    /// A field or column.
    Field,
    /// A list, or what follows the columns of a table.
    Origin(&'static str),
    /// `let`.
    Let,
    /// `setting`.
    Setting,
    /// A clause of an indicator.
    Clause,
    /// A clause of `decide`.
    Decide,
    /// A change of `adjust`.
    Change,
    /// A bare condition.
    Condition,
}

impl<'s> Reader<'s> {
    /// Reads the tokens of `range` by an entry rule. A mistake is reported; an earlier one of the scan is enough.
    pub(super) fn piece(&mut self, rule: Rule, range: Range<usize>, shape: Shape, after: Span) -> Option<Node<'s>> {
        let tokens = self.tokens.get(range.clone()).unwrap_or_default();
        if tokens.iter().any(|token| token.bad) {
            return None;
        }
        if tokens.is_empty() {
            let place = if after == Span::default() { self.place(range.start) } else { after };
            self.report(self.explain(shape, &range, range.end, place));
            return None;
        }
        if let Err(diagnostic) = self.check_brackets(&range, shape) {
            self.report(*diagnostic);
            return None;
        }
        let span = self.whole(&range);
        let piece = Piece { text: self.at(span), base: span.start, tokens: self.tokens };
        match grammar::read(rule, piece) {
            Ok(node) => Some(node),
            Err(Failure::Stack) => {
                self.report(self.too_deep(span));
                None
            }
            Err(Failure::At(offset)) => {
                let failed = self.tokens.partition_point(|token| token.span.end <= offset);
                let failed = failed.clamp(range.start, range.end);
                self.report(self.explain(shape, &range, failed, after));
                None
            }
        }
    }

    /// Checks that the brackets of a piece pair up, and that neither they nor operators nest too deeply for pest and this parser.
    fn check_brackets(&self, range: &Range<usize>, shape: Shape) -> super::Read<()> {
        let quantifiers = !matches!(shape, Shape::Field | Shape::Head(_) | Shape::Origin(_));
        let mut frames: Vec<(usize, usize)> = Vec::new();
        let (mut colons, mut run, mut depth) = (0, 0, 0);
        for index in range.clone() {
            let word = self.word(index);
            let prefix = matches!(word, "not" | "known" | "-" | "list" | "hash" | "of");
            run = if prefix { run + 1 } else { 0 };
            match self.kind(index) {
                Some(Kind::Open) => {
                    frames.push((index, colons));
                    depth += 1;
                }
                Some(Kind::Close) => {
                    let Some((open, outer)) = frames.pop() else {
                        return Err(Box::new(self.stray_bracket(index)));
                    };
                    if !pairs(self.word(open), word) {
                        return Err(Box::new(self.unclosed_bracket(open)));
                    }
                    depth -= 1 + colons - outer;
                    colons = outer;
                }
                Some(Kind::Symbol) if word == ":" && quantifiers => {
                    colons += 1;
                    depth += 1;
                }
                _ => {}
            }
            if depth + run > self.max_depth {
                return Err(Box::new(self.too_deep(self.place(index))));
            }
        }
        match frames.pop() {
            Some((open, _)) => Err(Box::new(self.unclosed_bracket(open))),
            None => Ok(()),
        }
    }

    /// The mistake that something is nested too deeply.
    pub(super) fn too_deep(&self, place: Span) -> crate::Diagnostic {
        let message = format!("this is nested more than {} deep", self.max_depth);
        self.error(code::NESTED_TOO_DEEPLY, message, place, "").with_help("name a part of it with `let`")
    }

    /// The mistake that an opening bracket is never closed.
    pub(super) fn unclosed_bracket(&self, open: usize) -> crate::Diagnostic {
        let close = match self.word(open) {
            "(" => ")",
            "[" => "]",
            _ => "}",
        };
        self.error(code::UNCLOSED_BRACKET, format!("`{}` is never closed", self.word(open)), self.place(open), "")
            .with_help(format!("write `{close}` where it ends"))
    }

    /// The mistake that a closing bracket has no opening one.
    pub(super) fn stray_bracket(&self, close: usize) -> crate::Diagnostic {
        let word = self.word(close);
        let help = format!("remove the `{word}`");
        self.error(code::STRAY_BRACKET, format!("`{word}` closes nothing"), self.place(close), "")
            .with_help(help.clone())
            .with_fix(help, self.file, self.place(close), "")
    }
}

fn pairs(open: &str, close: &str) -> bool {
    matches!((open, close), ("(", ")") | ("[", "]") | ("{", "}"))
}
