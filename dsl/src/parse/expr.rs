//! Expressions: from pest's flat sequence of operands and operators to the tree.
//!
//! Loosest first: `or` and `and` (not mixed), `not` and `known`, comparisons (one), `??` (from the right), `+ -`, `* /`, unary
//! minus. Operators are ordered on explicit stacks, so only brackets recurse; the depth of the tree is limited all the same,
//! since what reads it recurses.

use super::Reader;
use crate::ast::{ArithOp, CompareOp, Expr, ExprKind, State};
use crate::grammar::{Node, Rule};
use crate::span::{Span, Spanned};

/// An expression with what its builder must know.
pub(super) struct Built {
    /// The expression.
    pub(super) expr: Expr,
    /// Its place with surrounding parentheses.
    pub(super) outer: Span,
    /// How deep its tree is.
    pub(super) depth: usize,
    /// Whether it is, or ends with, a quantifier without parentheses.
    pub(super) open_ended: bool,
}

/// An operator on the stack.
enum Operator<'n> {
    Prefix(Rule, Span),
    Infix(Node<'n>, Span),
}

impl Operator<'_> {
    /// How tightly it binds.
    fn power(&self) -> u8 {
        match self {
            Self::Prefix(Rule::neg, _) => 7,
            Self::Prefix(..) => 2,
            Self::Infix(node, _) => power(node),
        }
    }
}

fn power(node: &Node<'_>) -> u8 {
    match node.rule() {
        Rule::coalesce => 4,
        Rule::arithmetic if matches!(node.text(), "+" | "-") => 5,
        Rule::arithmetic => 6,
        _ => COMPARISON,
    }
}

const COMPARISON: u8 = 3;

impl Reader<'_> {
    /// Builds an `expr` node and all within it.
    pub(super) fn expr(&self, node: &Node<'_>) -> super::Read<Built> {
        self.prepare(node);
        self.flat(node)
    }

    /// Builds every expression within a node, the innermost first, so that building does not recurse.
    pub(super) fn prepare(&self, node: &Node<'_>) {
        let inner: Vec<Node<'_>> = node.descendants(Rule::expr);
        for node in inner.iter().rev() {
            let built = self.flat(node);
            self.inner.borrow_mut().insert(node.start(), built);
        }
    }

    /// An expression within the one that is being built.
    pub(super) fn inner(&self, node: &Node<'_>) -> super::Read<Built> {
        let built = self.inner.borrow_mut().remove(&node.start());
        built.unwrap_or_else(|| Err(self.unreadable(node)))
    }

    /// Builds an expression whose inner expressions are built.
    fn flat(&self, node: &Node<'_>) -> super::Read<Built> {
        let mut operands: Vec<Vec<Node<'_>>> = vec![Vec::new()];
        let mut words: Vec<Node<'_>> = Vec::new();
        for part in node.children() {
            if part.rule() == Rule::logic {
                words.push(part);
                operands.push(Vec::new());
            } else if let Some(operand) = operands.last_mut() {
                operand.push(part);
            }
        }
        let first = words.first().map(|word| word.text().to_owned());
        if let Some(other) = words.iter().find(|word| Some(word.text()) != first.as_deref()) {
            return Err(self.mixed_logic(&operands, &words, other));
        }
        let mut built = Vec::with_capacity(operands.len());
        for operand in operands {
            built.push(self.operand_sequence(node, operand)?);
        }
        let (Some(first), true) = (first, built.len() > 1) else {
            return built.pop().ok_or_else(|| self.unreadable(node));
        };
        let span = built.iter().map(|part| part.outer).reduce(Span::to).unwrap_or_default();
        let depth = built.iter().map(|part| part.depth).max().unwrap_or_default() + 1;
        let open_ended = built.last().is_some_and(|part| part.open_ended);
        let parts = built.into_iter().map(|part| part.expr);
        // `(a and b) and c` says what `a and b and c` says.
        let kind = if first == "and" {
            ExprKind::And(
                parts.flat_map(|part| if let ExprKind::And(inner) = part.kind { inner } else { vec![part] }).collect(),
            )
        } else {
            ExprKind::Or(
                parts.flat_map(|part| if let ExprKind::Or(inner) = part.kind { inner } else { vec![part] }).collect(),
            )
        };
        self.sized(Expr { kind, span }, span, depth, open_ended)
    }

    /// Builds what stands between two logic words.
    fn operand_sequence(&self, whole: &Node<'_>, parts: Vec<Node<'_>>) -> super::Read<Built> {
        let end = parts.last().map_or_else(|| whole.span(), Node::span);
        let mut values: Vec<Built> = Vec::new();
        let mut operators: Vec<Operator<'_>> = Vec::new();
        for part in parts {
            match part.rule() {
                Rule::not | Rule::known => {
                    if operators.last().is_some_and(|operator| operator.power() > 2) {
                        return Err(self.not_needs_parentheses(&part, end));
                    }
                    operators.push(Operator::Prefix(part.rule(), part.span()));
                }
                Rule::neg => operators.push(Operator::Prefix(Rule::neg, part.span())),
                Rule::compare | Rule::coalesce | Rule::arithmetic | Rule::ending => {
                    let incoming = power(&part);
                    while let Some(top) = operators.last().map(Operator::power) {
                        if incoming == COMPARISON && top == COMPARISON {
                            return Err(self.chained(&operators, &values, &part));
                        }
                        let stays = top < incoming || top == 4 && incoming == 4;
                        if stays {
                            break;
                        }
                        self.reduce(whole, &mut values, &mut operators)?;
                    }
                    if part.rule() == Rule::ending {
                        let value = values.pop().ok_or_else(|| self.unreadable(&part))?;
                        if is_comparison(&value) {
                            return Err(self.chained(&operators, &values, &part));
                        }
                        values.push(self.ending(&part, value)?);
                    } else {
                        if incoming == COMPARISON && values.last().is_some_and(is_comparison) {
                            return Err(self.chained(&operators, &values, &part));
                        }
                        let span = part.span();
                        operators.push(Operator::Infix(part, span));
                    }
                }
                rule => {
                    let mut before = values.pop_if(|_| rule == Rule::property);
                    values.push(self.operand(&part, &mut before)?);
                }
            }
        }
        while !operators.is_empty() {
            self.reduce(whole, &mut values, &mut operators)?;
        }
        values.pop().ok_or_else(|| self.unreadable(whole))
    }

    /// Applies the last operator to the last values.
    fn reduce(&self, whole: &Node<'_>, values: &mut Vec<Built>, operators: &mut Vec<Operator<'_>>) -> super::Read<()> {
        let (Some(operator), Some(right)) = (operators.pop(), values.pop()) else {
            return Err(self.unreadable(whole));
        };
        let built = match operator {
            Operator::Prefix(rule, start) => {
                let span = start.to(right.outer);
                let operand = Box::new(right.expr);
                let kind = match rule {
                    Rule::not => ExprKind::Not(operand),
                    Rule::known => ExprKind::Known(operand),
                    _ => ExprKind::Neg(operand),
                };
                self.sized(Expr { kind, span }, span, right.depth + 1, right.open_ended)?
            }
            Operator::Infix(node, op_span) => {
                let left = values.pop().ok_or_else(|| self.unreadable(whole))?;
                self.infix(&node, op_span, left, right)?
            }
        };
        values.push(built);
        Ok(())
    }

    fn infix(&self, node: &Node<'_>, op_span: Span, left: Built, right: Built) -> super::Read<Built> {
        let span = left.outer.to(right.outer);
        let depth = left.depth.max(right.depth) + 1;
        let open_ended = right.open_ended;
        let kind = match node.rule() {
            Rule::coalesce => ExprKind::Coalesce(Box::new(left.expr), Box::new(right.expr)),
            Rule::arithmetic => {
                let op = match node.text() {
                    "+" => ArithOp::Add,
                    "-" => ArithOp::Sub,
                    "*" => ArithOp::Mul,
                    _ => ArithOp::Div,
                };
                ExprKind::Arith { op, op_span, left: Box::new(left.expr), right: Box::new(right.expr) }
            }
            _ => self.comparison(node, op_span, left, right)?,
        };
        self.sized(Expr { kind, span }, span, depth, open_ended)
    }

    fn comparison(&self, node: &Node<'_>, op_span: Span, left: Built, right: Built) -> super::Read<ExprKind> {
        if let Some(not) = node.child(Rule::misplaced_not) {
            return Err(self.misplaced_not(&not, op_span, &left));
        }
        let sign = node.children().next().ok_or_else(|| self.unreadable(node))?;
        let op = match sign.rule() {
            Rule::symbol => match sign.text() {
                "==" => CompareOp::Eq,
                "!=" => CompareOp::Ne,
                "<" => CompareOp::Lt,
                "<=" => CompareOp::Le,
                ">" => CompareOp::Gt,
                _ => CompareOp::Ge,
            },
            Rule::same_as => CompareOp::SameAs,
            Rule::starts_with => CompareOp::StartsWith,
            Rule::ends_with => CompareOp::EndsWith,
            Rule::agrees_with => CompareOp::AgreesWith,
            Rule::mentions_exactly => CompareOp::MentionsExactly,
            Rule::mentions => CompareOp::Mentions,
            Rule::contains => CompareOp::Contains,
            Rule::within_edits => {
                let edits = self.integer(&self.need(&sign, Rule::integer)?)?;
                return Ok(ExprKind::WithinEdits { edits, left: Box::new(left.expr), right: Box::new(right.expr) });
            }
            Rule::within_time => {
                let distance = sign.children().find(|child| matches!(child.rule(), Rule::duration | Rule::path));
                let distance =
                    Box::new(self.operand(&distance.ok_or_else(|| self.unreadable(&sign))?, &mut None)?.expr);
                return Ok(ExprKind::WithinTime { distance, left: Box::new(left.expr), right: Box::new(right.expr) });
            }
            _ => {
                return Ok(ExprKind::In { value: Box::new(left.expr), set: Box::new(right.expr) });
            }
        };
        if matches!(op, CompareOp::Eq | CompareOp::Ne) {
            self.check_null(op, &left, &right)?;
        }
        Ok(ExprKind::Compare { op, op_span, left: Box::new(left.expr), right: Box::new(right.expr) })
    }

    /// `is missing`, `in (…)` and `matches /…/`.
    fn ending(&self, node: &Node<'_>, value: Built) -> super::Read<Built> {
        if let Some(not) = node.child(Rule::misplaced_not) {
            return Err(self.misplaced_not(&not, node.span(), &value));
        }
        let span = value.outer.to(node.span());
        let mut depth = value.depth;
        let ending = node.children().next().ok_or_else(|| self.unreadable(node))?;
        let expr = Box::new(value.expr);
        let kind = match ending.rule() {
            Rule::is_state => {
                if ending.child(Rule::misplaced_not).is_some() {
                    return Err(self.is_not(&ending, value.outer));
                }
                let state = match ending.children().nth(1).map(|word| word.rule()) {
                    Some(Rule::kw_missing) => State::Missing,
                    Some(Rule::kw_present) => State::Present,
                    _ => State::Unparsable,
                };
                ExprKind::Is { value: expr, state }
            }
            Rule::matching => {
                let regex = self.need(&ending, Rule::regex)?;
                let (pattern, flags) = regex.text().rsplit_once('/').unwrap_or_default();
                let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
                let pattern = Spanned { node: plain_slashes(pattern), span: regex.span() };
                ExprKind::Matches { value: expr, pattern, ignore_case: flags == "i" }
            }
            _ => {
                let list = self.need(&ending, Rule::value_list)?;
                let values = self.expr_list(&list)?;
                depth = depth.max(values.iter().map(|value| value.depth).max().unwrap_or_default());
                ExprKind::InValues { value: expr, values: values.into_iter().map(|value| value.expr).collect() }
            }
        };
        self.sized(Expr { kind, span }, span, depth + 1, false)
    }

    /// An expression, if it is not too deep.
    pub(super) fn sized(&self, expr: Expr, outer: Span, depth: usize, open_ended: bool) -> super::Read<Built> {
        if depth > self.max_depth {
            return Err(Box::new(self.too_deep(expr.span)));
        }
        Ok(Built { expr, outer, depth, open_ended })
    }

    /// A mistake about a whole chain: see `mistakes`.
    fn chained(&self, operators: &[Operator<'_>], values: &[Built], second: &Node<'_>) -> Box<crate::Diagnostic> {
        let first = operators.iter().rev().find_map(|operator| match operator {
            Operator::Infix(node, span) if power(node) == COMPARISON => Some((node, *span)),
            _ => None,
        });
        let signs =
            second.child(Rule::symbol).is_some() && first.is_some_and(|(node, _)| node.child(Rule::symbol).is_some());
        let simple = operators.len() == 1 && values.len() == 2 && signs;
        let middle = values.last().filter(|_| simple).map(|middle| middle.outer);
        self.chained_comparison(first.map(|(_, span)| span), second, middle)
    }
}

/// Whether it is a comparison that stands without parentheses.
fn is_comparison(built: &Built) -> bool {
    built.outer == built.expr.span
        && matches!(built.expr.kind, ExprKind::Is { .. } | ExprKind::Matches { .. } | ExprKind::InValues { .. })
}

/// A regex with `\/` as `/`.
fn plain_slashes(pattern: &str) -> String {
    let mut plain = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('/') => plain.push('/'),
                Some(next) => plain.extend(['\\', next]),
                None => plain.push('\\'),
            },
            _ => plain.push(letter),
        }
    }
    plain
}
