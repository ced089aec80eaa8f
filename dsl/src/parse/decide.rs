//! `decide` and `adjust`.

use super::Reader;
use super::piece::Shape;
use super::split::{self, Body};
use crate::ast::{AdjustDecl, Change, ChangeKind, DecideDecl, Name};
use crate::grammar::{Node, Rule};
use crate::span::Spanned;
use std::ops::Range;

impl Reader<'_> {
    /// `decide { … }`.
    pub(super) fn decide(&mut self, item: &Range<usize>) -> Option<DecideDecl> {
        let parts = split::parts(self, item);
        let head = self.head(Rule::one_decide_head, &parts, "`decide {`");
        let mut decide = DecideDecl {
            categories: Vec::new(),
            weights: Vec::new(),
            caps: Vec::new(),
            outcomes: Vec::new(),
            rules: Vec::new(),
            span: self.whole(item),
        };
        let mut whole = head.is_some() && parts.complete();
        for piece in split::pieces(self, &parts.body, Body::Decide) {
            let after = self.place(piece.start);
            let clause = self.piece(Rule::one_decide_clause, piece, Shape::Decide, after);
            let built = clause.and_then(|node| self.build(|reader| reader.decide_clause(&node, &mut decide)));
            whole &= built.is_some();
        }
        self.tail(&parts);
        whole.then_some(decide)
    }

    fn decide_clause(&self, node: &Node<'_>, decide: &mut DecideDecl) -> super::Read<()> {
        let clause = node.children().next().ok_or_else(|| self.unreadable(node))?;
        match clause.rule() {
            Rule::decide_categories => decide.categories.extend(Self::names_in(&clause)),
            Rule::decide_outcomes => decide.outcomes.extend(Self::names_in(&clause)),
            Rule::decide_weights => decide.weights.extend(self.weighted(&clause)?),
            Rule::decide_cap => decide.caps.extend(self.weighted(&clause)?),
            _ => {
                let condition = self.expr(&self.need(&clause, Rule::expr)?)?.expr;
                decide.rules.push((self.name_in(&clause)?, condition));
            }
        }
        Ok(())
    }

    fn weighted(&self, node: &Node<'_>) -> super::Read<Vec<(Name, Spanned<f64>)>> {
        node.children()
            .filter(|child| child.rule() == Rule::weighted)
            .map(|pair| Ok((self.name_in(&pair)?, self.number(&self.need(&pair, Rule::number)?)?)))
            .collect()
    }

    /// `adjust NAME { … }`.
    pub(super) fn adjust(&mut self, item: &Range<usize>) -> Option<AdjustDecl> {
        let parts = split::parts(self, item);
        let head = self.head(Rule::one_adjust_head, &parts, "`adjust NAME {`");
        let mut changes = Some(Vec::new());
        for piece in split::pieces(self, &parts.body, Body::Changes) {
            let after = self.end_of(&(piece.start.saturating_sub(1)..piece.start));
            let change = self
                .piece(Rule::one_change, piece, Shape::Change, after)
                .and_then(|node| self.build(|reader| reader.change(&node)));
            changes = changes.zip(change).map(|(mut changes, change)| {
                changes.push(change);
                changes
            });
        }
        self.tail(&parts);
        let (head, changes, span) = (head?, changes?, self.whole(item));
        if !parts.complete() {
            return None;
        }
        self.build(|reader| Ok(AdjustDecl { name: reader.name_in(&head)?, changes, span }))
    }

    fn change(&self, node: &Node<'_>) -> super::Read<Change> {
        let change = node.children().next().ok_or_else(|| self.unreadable(node))?;
        let number = || self.need(&change, Rule::number).and_then(|number| self.number(&number));
        let kind = match change.rule() {
            Rule::change_weight => ChangeKind::Weight(number()?),
            Rule::change_cap => ChangeKind::Cap(number()?),
            Rule::change_severity => ChangeKind::Severity(self.name_in(&change)?),
            Rule::change_status => ChangeKind::Status(self.name_in(&change)?),
            Rule::change_value => ChangeKind::Value(self.literal(&self.need(&change, Rule::literal)?)?),
            _ => ChangeKind::Because(Self::text(&self.need(&change, Rule::text)?)),
        };
        Ok(Change { kind, span: node.span() })
    }
}
