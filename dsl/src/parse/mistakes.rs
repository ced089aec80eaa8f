//! Mistakes that the grammar reads so that they can be explained: chains, mixtures and misplaced words, each with its mend.

use super::Reader;
use super::expr::Built;
use crate::Diagnostic;
use crate::ast::{CompareOp, ExprKind};
use crate::code;
use crate::diagnostic::{Edit, Fix};
use crate::grammar::{Node, Rule};
use crate::span::Span;

impl Reader<'_> {
    /// A mend of several edits: what to write where.
    fn fix(&self, title: &str, edits: impl IntoIterator<Item = (Span, String)>) -> Fix {
        let edits = edits.into_iter().map(|(span, replacement)| Edit { file: self.file.to_owned(), span, replacement });
        Fix { title: title.to_owned(), edits: edits.collect() }
    }

    /// A mend that puts parentheses around a place.
    fn parenthesise(&self, title: &str, spans: impl IntoIterator<Item = Span>) -> Fix {
        let edits = spans.into_iter().flat_map(|span| {
            let (start, end) = (Span::new(span.start, span.start), Span::new(span.end, span.end));
            [(start, "(".to_owned()), (end, ")".to_owned())]
        });
        self.fix(title, edits)
    }

    /// `a and b or c`.
    pub(super) fn mixed_logic(
        &self,
        operands: &[Vec<Node<'_>>],
        words: &[Node<'_>],
        other: &Node<'_>,
    ) -> Box<Diagnostic> {
        let mut groups: Vec<Span> = Vec::new();
        let mut joined = false;
        for (index, operand) in operands.iter().enumerate() {
            let whole = operand.iter().map(Node::span).reduce(Span::to).unwrap_or_default();
            let by_and = words.get(index).is_some_and(|word| word.text() == "and");
            match groups.last_mut() {
                Some(group) if joined => *group = group.to(whole),
                _ if by_and => groups.push(whole),
                _ => {}
            }
            joined = by_and;
        }
        let mut diagnostic = self.error(
            code::MIXED_LOGIC,
            "`and` and `or` are mixed without parentheses",
            other.span(),
            "which belongs together?",
        );
        diagnostic.help = Some("put the parts that belong together in parentheses".to_owned());
        diagnostic.fix = Some(self.parenthesise("put what `and` joins in parentheses", groups));
        Box::new(diagnostic)
    }

    /// `a == not b`.
    pub(super) fn not_needs_parentheses(&self, word: &Node<'_>, end: Span) -> Box<Diagnostic> {
        let message = format!("`{}` after an operator needs parentheses", word.text());
        let mut diagnostic = self.error(code::MISPLACED_NOT, message, word.span(), "");
        diagnostic.help = Some(format!("write `({} …)`", word.text()));
        diagnostic.fix = Some(self.parenthesise("put it in parentheses", [word.span().to(end)]));
        Box::new(diagnostic)
    }

    /// `a < b < c`, with the places of the first sign and, if it is as simple as that, of `b`.
    pub(super) fn chained_comparison(
        &self,
        first: Option<Span>,
        second: &Node<'_>,
        middle: Option<Span>,
    ) -> Box<Diagnostic> {
        let (message, place) = ("comparisons can't be chained", second.span());
        let mut diagnostic = self.error(code::CHAINED_COMPARISON, message, place, "a second comparison");
        if let Some(first) = first {
            diagnostic = diagnostic.with_label(self.file, first, "the first comparison");
        }
        let diagnostic = diagnostic.with_help("compare twice and join the comparisons by `and`");
        let Some(middle) = middle else { return Box::new(diagnostic) };
        let repeated = format!(" and {} ", self.at(middle));
        let before = Span::new(middle.end, place.start);
        Box::new(diagnostic.with_fix("join two comparisons by `and`", self.file, before, repeated))
    }

    /// `a not in b`, `a not contains b`.
    pub(super) fn misplaced_not(&self, not: &Node<'_>, operator: Span, left: &Built) -> Box<Diagnostic> {
        let written: Vec<&str> = self.at(operator).split_whitespace().collect();
        let words = written.get(1..written.len().min(3)).unwrap_or_default();
        let words = match words {
            [first, second] if matches!(*second, "as" | "with" | "exactly") => {
                format!("{first} {second}")
            }
            [first, ..] => (*first).to_owned(),
            [] => String::new(),
        };
        let start = Span::new(left.outer.start, left.outer.start);
        let after = self.tokens.partition_point(|token| token.span.start <= not.span().start);
        let removed = Span::new(not.span().start, self.place(after).start);
        let mut diagnostic =
            self.error(code::MISPLACED_NOT, format!("`not` can't stand before `{words}`"), not.span(), "");
        diagnostic.help = Some(format!("write `not … {words} …`"));
        diagnostic.fix =
            Some(self.fix("move `not` to the front", [(start, "not ".to_owned()), (removed, String::new())]));
        Box::new(diagnostic)
    }

    /// `a is not missing`.
    pub(super) fn is_not(&self, state: &Node<'_>, left: Span) -> Box<Diagnostic> {
        let span = state.span();
        let (instead, front) = match state.children().last().map(|word| word.rule()) {
            Some(Rule::kw_missing) => ("is present", false),
            Some(Rule::kw_present) => ("is missing", false),
            _ => ("is unparsable", true),
        };
        let help = if front { "write `not … is unparsable`".to_owned() } else { format!("write `{instead}`") };
        let mut edits = vec![(span, instead.to_owned())];
        if front {
            edits.insert(0, (Span::new(left.start, left.start), "not ".to_owned()));
        }
        let mut diagnostic = self.error(code::MISPLACED_NOT, "`is not` is no test", span, "").with_help(help.clone());
        diagnostic.fix = Some(self.fix(&help, edits));
        Box::new(diagnostic)
    }

    /// `a == null`.
    pub(super) fn check_null(&self, op: CompareOp, left: &Built, right: &Built) -> super::Read<()> {
        let ExprKind::Path(path) = &right.expr.kind else {
            return Ok(());
        };
        let [name] = path.names.as_slice() else {
            return Ok(());
        };
        if !matches!(name.text.as_str(), "null" | "nil" | "undefined") {
            return Ok(());
        }
        let instead = if op == CompareOp::Eq { "is missing" } else { "is present" };
        let span = Span::new(left.outer.end, right.outer.end);
        let diagnostic = self
            .error(
                code::NULL_COMPARED,
                format!("nothing equals `{}`: a value that is not there is tested by words", name.text),
                name.span,
                "",
            )
            .with_help(format!("write `{instead}`"))
            .with_fix(format!("write `{instead}`"), self.file, span, format!(" {instead}"));
        Err(Box::new(diagnostic))
    }

    /// `at least 2 of (any w in L: a, b)`.
    pub(super) fn quantifier_not_last(&self, place: Span) -> Box<Diagnostic> {
        let message = "a quantifier that does not stand last needs parentheses";
        let mut diagnostic = self.error(code::QUANTIFIER_NOT_LAST, message, place, "");
        diagnostic.help = Some("put it in parentheses".to_owned());
        diagnostic.fix = Some(self.parenthesise("put it in parentheses", [place]));
        Box::new(diagnostic)
    }

    /// Two fields in a line without a comma.
    pub(super) fn missing_separator(&self, end: u32, next: u32) -> Box<Diagnostic> {
        let diagnostic = self
            .error(code::MISSING_SEPARATOR, "a comma or a new line is missing before this", Span::new(next, next), "")
            .with_help("write `,` between them")
            .with_fix("write `,` between them", self.file, Span::new(end, end), ",");
        Box::new(diagnostic)
    }
}
