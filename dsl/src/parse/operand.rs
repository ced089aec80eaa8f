//! Operands: what stands between operators.

use super::Reader;
use super::expr::Built;
use super::literal::unquote;
use crate::ast::{Aggregate, Binder, Expr, ExprKind, PathExpr, Quantifier, Unit};
use crate::grammar::{Node, Rule};
use crate::span::{Span, Spanned};

impl Reader<'_> {
    /// Builds an operand. A property takes `before` as what it is a property of.
    pub(super) fn operand(&self, node: &Node<'_>, before: &mut Option<Built>) -> super::Read<Built> {
        let span = node.span();
        let kind = match node.rule() {
            Rule::path => ExprKind::Path(Self::path(node)),
            Rule::number => ExprKind::Number(self.number(node)?.node),
            Rule::text => ExprKind::Text(unquote(node.text())),
            Rule::boolean => ExprKind::Bool(node.text() == "true"),
            Rule::duration => self.duration(node)?,
            Rule::moment => moment(node.text()),
            Rule::source_of => ExprKind::SourceOf(self.name_in(node)?),
            Rule::raised => ExprKind::Raised(self.name_in(node)?),
            Rule::sources => ExprKind::Sources(
                node.children().filter(|child| child.rule() == Rule::path).map(|path| Self::path(&path)).collect(),
            ),
            Rule::at_least_raised => {
                let list = self.need(node, Rule::name_list)?;
                ExprKind::AtLeastRaised { count: self.at_least(node)?, indicators: Self::names_in(&list) }
            }
            Rule::parens => {
                let inner = self.inner(&self.need(node, Rule::expr)?)?;
                return Ok(Built { outer: span, open_ended: false, ..inner });
            }
            Rule::property => {
                let base = before.take().ok_or_else(|| self.unreadable(node))?;
                return self.property(node, base);
            }
            _ => return self.compound(node),
        };
        self.sized(Expr { kind, span }, span, 1, false)
    }

    /// An operand that holds expressions.
    fn compound(&self, node: &Node<'_>) -> super::Read<Built> {
        let span = node.span();
        let mut open_ended = false;
        let (kind, depth) = match node.rule() {
            Rule::lookup => {
                let key = self.inner(&self.need(node, Rule::expr)?)?;
                (ExprKind::Lookup { table: self.name_in(node)?, key: Box::new(key.expr) }, key.depth)
            }
            Rule::quantified => {
                open_ended = true;
                let quantifier = match node.children().next() {
                    Some(word) if word.rule() == Rule::kw_any => Quantifier::Any,
                    Some(word) if word.rule() == Rule::kw_all => Quantifier::All,
                    Some(word) if word.rule() == Rule::kw_no => Quantifier::No,
                    _ => Quantifier::AtLeast(self.at_least(node)?),
                };
                let (binders, body) = self.bound(node)?;
                (ExprKind::Quantified { quantifier, binders, body: Box::new(body.expr) }, body.depth)
            }
            Rule::aggregate => {
                let function = match node.children().next().map(|word| word.rule()) {
                    Some(Rule::kw_count) => Aggregate::Count,
                    Some(Rule::kw_latest) => Aggregate::Latest,
                    _ => Aggregate::Earliest,
                };
                let (binders, body) = self.bound(node)?;
                (ExprKind::Aggregate { function, binders, body: Box::new(body.expr) }, body.depth)
            }
            Rule::at_least_of => {
                let conditions = self.expr_list(&self.need(node, Rule::value_list)?)?;
                let depth = conditions.iter().map(|condition| condition.depth).max().unwrap_or_default();
                let conditions = conditions.into_iter().map(|condition| condition.expr).collect();
                (ExprKind::AtLeastOf { count: self.at_least(node)?, conditions }, depth)
            }
            Rule::period | Rule::overlap => {
                let mut both = self.expr_list(node)?.into_iter();
                let (Some(first), Some(second)) = (both.next(), both.next()) else {
                    return Err(self.unreadable(node));
                };
                let depth = first.depth.max(second.depth);
                let (first, second) = (Box::new(first.expr), Box::new(second.expr));
                let kind = if node.rule() == Rule::period {
                    ExprKind::Period(first, second)
                } else {
                    ExprKind::Overlap(first, second)
                };
                (kind, depth)
            }
            _ => return Err(self.unreadable(node)),
        };
        self.sized(Expr { kind, span }, span, depth + 1, open_ended)
    }

    /// `.name` after something that is no plain path. After a path in parentheses it lengthens the path.
    fn property(&self, node: &Node<'_>, base: Built) -> super::Read<Built> {
        let name = self.name_in(node)?;
        let span = base.outer.to(node.span());
        let kind = match base.expr.kind {
            ExprKind::Path(mut path) => {
                path.names.push(name);
                path.span = span;
                ExprKind::Path(path)
            }
            _ => ExprKind::Property { base: Box::new(base.expr), name },
        };
        self.sized(Expr { kind, span }, span, base.depth + 1, false)
    }

    /// The expressions directly within a node. Only the last may end with a quantifier without parentheses.
    pub(super) fn expr_list(&self, node: &Node<'_>) -> super::Read<Vec<Built>> {
        let mut built = Vec::new();
        for child in node.children().filter(|child| child.rule() == Rule::expr) {
            if let Some(last) = built.last().filter(|last: &&Built| last.open_ended) {
                return Err(self.quantifier_not_last(last.outer));
            }
            built.push(self.inner(&child)?);
        }
        Ok(built)
    }

    /// Binders and what stands after their colon.
    fn bound(&self, node: &Node<'_>) -> super::Read<(Vec<Binder>, Built)> {
        let binders = self.binders(&self.need(node, Rule::binders)?)?;
        Ok((binders, self.inner(&self.need(node, Rule::expr)?)?))
    }

    /// `w in resume.work, pair a, b in L`.
    pub(super) fn binders(&self, node: &Node<'_>) -> super::Read<Vec<Binder>> {
        let mut binders = Vec::new();
        for binder in node.children().filter(|child| matches!(child.rule(), Rule::pair | Rule::single)) {
            let mut names = Self::names_in(&binder).into_iter();
            let name = names.next().ok_or_else(|| self.unreadable(&binder))?;
            let list = self.value(&self.need(&binder, Rule::binder_list)?)?;
            binders.push(Binder { name, pair: names.next(), list, span: binder.span() });
        }
        Ok(binders)
    }

    /// A value made of one operand and properties.
    pub(super) fn value(&self, node: &Node<'_>) -> super::Read<Expr> {
        let mut built = None;
        for child in node.children() {
            let next = self.operand(&child, &mut built)?;
            built = Some(next);
        }
        built.map(|built| built.expr).ok_or_else(|| self.unreadable(node))
    }

    /// A dotted path.
    pub(super) fn path(node: &Node<'_>) -> PathExpr {
        PathExpr { names: Self::names_in(node), span: node.span() }
    }

    /// The number of an `at least N` within a node.
    pub(super) fn at_least(&self, node: &Node<'_>) -> super::Read<Spanned<u32>> {
        let at_least = self.need(node, Rule::at_least)?;
        self.integer(&self.need(&at_least, Rule::integer)?)
    }

    /// A duration.
    fn duration(&self, node: &Node<'_>) -> super::Read<ExprKind> {
        let count = self.integer(&self.need(node, Rule::integer)?)?.node;
        let unit = node.child(Rule::unit).and_then(|unit| crate::words::unit(unit.text()));
        Ok(ExprKind::Duration { count, unit: unit.unwrap_or(Unit::Days) })
    }

    /// A literal, as settings have it.
    pub(super) fn literal(&self, node: &Node<'_>) -> super::Read<Expr> {
        let mut minus: Option<Span> = None;
        for child in node.children() {
            if child.rule() == Rule::neg {
                minus = Some(child.span());
                continue;
            }
            let value = self.operand(&child, &mut None)?.expr;
            return Ok(match minus {
                Some(start) => Expr { span: start.to(value.span), kind: ExprKind::Neg(Box::new(value)) },
                None => value,
            });
        }
        Err(self.unreadable(node))
    }
}

/// A date or instant, told apart by its time.
fn moment(written: &str) -> ExprKind {
    let written = written.trim_start_matches('@').to_owned();
    if written.contains(['T', 't']) { ExprKind::Instant(written) } else { ExprKind::Date(written) }
}
