//! `decide` and `adjust`.

use super::Printer;
use super::comments::Unit;
use super::expr::print_expr;
use super::item::CONTINUATION;
use super::text::quote;
use crate::ast::{AdjustDecl, ChangeKind, DecideDecl};
use crate::lex::Comment;
use crate::span::Span;

/// How wide a keyword of `decide` is printed at least.
const KEYWORD: usize = 11;

impl Printer<'_> {
    pub(super) fn decide(&mut self, decide: &DecideDecl, unit: &Unit) {
        // Each word is a unit, since the tree joins clauses of a kind. What stands before a clause's keyword precedes its first word.
        let names = decide.categories.iter().chain(&decide.outcomes).map(|name| name.span);
        let weighted = decide.weights.iter().chain(&decide.caps).map(|(name, weight)| name.span.to(weight.span));
        let rules = decide.rules.iter().map(|(name, condition)| name.span.to(condition.span));
        let mut spans: Vec<Span> = names.chain(weighted).chain(rules).collect();
        spans.sort_unstable();
        let (mut units, mut rest) = self.place(&spans, &unit.inside);
        let behind = Self::behind_brace(units.first_mut(), &mut rest);
        if units.is_empty() && rest.is_empty() && behind.is_none() {
            return self.line(0, "decide {}", unit);
        }
        self.out.push_str("decide {");
        self.end(behind);
        let find = |start: u32| units.iter().find(|unit| unit.span.start == start).cloned().unwrap_or_default();
        self.words("categories", decide.categories.iter().map(|name| (name.text.clone(), find(name.span.start))));
        let line = |(name, weight): &(crate::ast::Name, crate::Spanned<f64>)| {
            (format!("{} {}", name.text, weight.node), find(name.span.start))
        };
        self.words("weights", decide.weights.iter().map(line));
        for cap in &decide.caps {
            self.words("cap", std::iter::once(line(cap)));
        }
        self.words("outcomes", decide.outcomes.iter().map(|name| (name.text.clone(), find(name.span.start))));
        let width = decide.rules.iter().map(|(name, _)| name.text.len()).max().unwrap_or_default();
        for (name, condition) in &decide.rules {
            let unit = find(name.span.start);
            self.lead(&unit.lead, 2, None);
            self.lead(&self.early_comments(condition, &unit), 2, None);
            self.condition(2, &format!("outcome {:width$} when ", name.text), CONTINUATION, condition, &unit);
        }
        self.close("}", &rest, 0, unit.trail);
    }

    /// A clause of words. Only the comment behind its last word trails it.
    fn words(&mut self, keyword: &str, words: impl Iterator<Item = (String, Unit)>) {
        let (words, units): (Vec<String>, Vec<Unit>) = words.unzip();
        let Some((last, others)) = units.split_last() else {
            return;
        };
        let mut lead: Vec<Comment> =
            others.iter().flat_map(|unit| unit.before().into_iter().chain(unit.trail)).collect();
        lead.extend(last.before());
        self.lead(&lead, 2, None);
        self.begin(2);
        self.wrapped(2, &format!("{keyword:KEYWORD$}"), &words, "", 2 + KEYWORD);
        self.end(last.trail);
    }

    pub(super) fn adjust(&mut self, adjust: &AdjustDecl, unit: &Unit) {
        let spans: Vec<Span> = adjust.changes.iter().map(|change| change.span).collect();
        let (mut units, mut rest) = self.place(&spans, &unit.inside);
        let behind = Self::behind_brace(units.first_mut(), &mut rest);
        if units.is_empty() && rest.is_empty() && behind.is_none() {
            return self.line(0, &format!("adjust {} {{}}", adjust.name.text), unit);
        }
        let head = format!("adjust {} {{", adjust.name.text);
        self.out.push_str(&head);
        self.end(behind);
        for (change, unit) in adjust.changes.iter().zip(&units) {
            self.lead(&unit.before(), 2, None);
            let (keyword, value) = match &change.kind {
                ChangeKind::Weight(weight) => ("weight", weight.node.to_string()),
                ChangeKind::Cap(cap) => ("cap", cap.node.to_string()),
                ChangeKind::Severity(name) => ("severity", name.text.clone()),
                ChangeKind::Status(name) => ("status", name.text.clone()),
                ChangeKind::Value(value) => ("value", print_expr(value)),
                ChangeKind::Because(text) => ("because", quote(&text.node)),
            };
            self.line(2, &format!("{keyword:9}{value}"), unit);
        }
        self.close("}", &rest, 0, unit.trail);
    }
}
