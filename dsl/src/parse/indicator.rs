//! Indicators and their clauses.

use super::Reader;
use super::piece::Shape;
use super::split::{self, Body};
use crate::ast::{Clause, ClauseKind, ForClause, IndicatorDecl};
use crate::grammar::{Node, Rule};
use std::ops::Range;

impl Reader<'_> {
    /// `indicator ID "Title" { … }`.
    pub(super) fn indicator(&mut self, item: &Range<usize>) -> Option<IndicatorDecl> {
        let parts = split::parts(self, item);
        let head = self.head(Rule::one_indicator_head, &parts, "`indicator NAME \"Title\" {`");
        let mut clauses = Some(Vec::new());
        for piece in split::pieces(self, &parts.body, Body::Clauses) {
            let after = self.place(piece.start);
            let clause = self
                .piece(Rule::one_clause, piece, Shape::Clause, after)
                .and_then(|node| self.build(|reader| reader.clause(&node)));
            clauses = clauses.zip(clause).map(|(mut clauses, clause)| {
                clauses.push(clause);
                clauses
            });
        }
        self.tail(&parts);
        let (head, clauses, span) = (head?, clauses?, self.whole(item));
        if !parts.complete() {
            return None;
        }
        self.build(|reader| {
            let title = Self::text(&reader.need(&head, Rule::text)?);
            Ok(IndicatorDecl { name: reader.name_in(&head)?, title, clauses, span })
        })
    }

    fn clause(&self, node: &Node<'_>) -> super::Read<Clause> {
        let clause = node.children().next().ok_or_else(|| self.unreadable(node))?;
        let keyword = clause.children().next().map(|word| word.span()).unwrap_or_default();
        let name = || self.name_in(&clause);
        let text = || self.need(&clause, Rule::text).map(|text| Self::text(&text));
        let condition = || self.need(&clause, Rule::expr).and_then(|expr| self.expr(&expr)).map(|built| built.expr);
        let kind = match clause.rule() {
            Rule::clause_category => ClauseKind::Category(name()?),
            Rule::clause_severity => ClauseKind::Severity(name()?),
            Rule::clause_status => ClauseKind::Status(name()?),
            Rule::clause_weight => ClauseKind::Weight(self.number(&self.need(&clause, Rule::number)?)?),
            Rule::clause_justified => ClauseKind::Justified(text()?),
            Rule::clause_for => {
                self.prepare(&clause);
                let at_least =
                    if clause.child(Rule::at_least).is_some() { Some(self.at_least(&clause)?) } else { None };
                ClauseKind::For(ForClause { at_least, binders: self.binders(&self.need(&clause, Rule::binders)?)? })
            }
            Rule::clause_when => ClauseKind::When(condition()?),
            Rule::clause_unless => ClauseKind::Unless(condition()?),
            Rule::clause_because => ClauseKind::Because(self.message(&self.need(&clause, Rule::text)?)?),
            Rule::clause_verify => ClauseKind::Verify(text()?),
            Rule::clause_caution => ClauseKind::Caution(text()?),
            _ => {
                let url = clause.children().filter(|child| child.rule() == Rule::text).nth(1);
                ClauseKind::Source { title: text()?, url: url.map(|url| Self::text(&url)) }
            }
        };
        Ok(Clause { kind, span: node.span(), keyword })
    }
}
