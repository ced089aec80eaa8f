//! Expressions: dispatch over the syntax tree, arithmetic, logic.

use super::scope::Scope;
use super::tree::{At, FileId, Kind, Typed};
use super::types::Ty;
use super::{Checker, codes, literal};
use indicia_dsl::ast::{ArithOp, Expr, ExprKind, Name, State};
use std::sync::Arc;

impl Checker<'_> {
    /// Checks an expression. `expect` is the type opposite, from which literals and bare words take theirs.
    pub(super) fn expr(&mut self, expr: &Expr, file: FileId, scope: &mut Scope, expect: Option<&Ty>) -> Typed {
        let at = At { file, span: expr.span };
        if let Some(word) = self.bare_word(expr, at, scope, expect) {
            return word;
        }
        let mut typed = self.expr_inner(expr, at, scope, expect);
        if typed.ty == Ty::Truth {
            typed.text = Some(Arc::from(indicia_dsl::print_expr(expr)));
        }
        typed
    }

    fn expr_inner(&mut self, expr: &Expr, at: At, scope: &mut Scope, expect: Option<&Ty>) -> Typed {
        match &expr.kind {
            ExprKind::Bool(value) => Self::typed(Kind::Bool(*value), Ty::Bool, at),
            ExprKind::Number(value) => Self::typed(Kind::Number(*value), Ty::Number, at),
            ExprKind::Text(text) => self.text_literal(text, at, expect),
            ExprKind::Date(text) => self.date_literal(text, at),
            ExprKind::Instant(text) => self.instant_literal(text, at),
            ExprKind::Duration { count, unit } => {
                Self::typed(Kind::Length(literal::length(*count, *unit)), Ty::Length, at)
            }
            ExprKind::Path(path) => self.path(path, at.file, scope),
            ExprKind::Lookup { table, key } => self.lookup(table, key, at, scope),
            ExprKind::Property { base, name } => self.property_expr(base, name, at, scope),
            ExprKind::Sources(_) => {
                self.error(codes::WRONG_KIND, at, "a list of sources stands only after `in` of a quantifier", "");
                Self::poison(at)
            }
            ExprKind::SourceOf(name) => self.source_of(name, at, scope),
            ExprKind::Not(inner) => {
                let inner = self.condition(inner, at.file, scope);
                Self::typed(Kind::Not(Box::new(inner)), Ty::Truth, at)
            }
            ExprKind::Known(inner) => {
                let inner = self.condition(inner, at.file, scope);
                Self::typed(Kind::Known(Box::new(inner)), Ty::Truth, at)
            }
            ExprKind::Raised(name) => self.raised(name, at, scope),
            ExprKind::And(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, at.file, scope)).collect();
                Self::typed(Kind::And(parts), Ty::Truth, at)
            }
            ExprKind::Or(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, at.file, scope)).collect();
                Self::typed(Kind::Or(parts), Ty::Truth, at)
            }
            ExprKind::AtLeastOf { count, conditions } => {
                let conditions: Vec<Typed> = conditions.iter().map(|c| self.condition(c, at.file, scope)).collect();
                self.count_in_range(count.node, conditions.len(), At { file: at.file, span: count.span });
                Self::typed(Kind::AtLeastOf { count: count.node, conditions }, Ty::Truth, at)
            }
            ExprKind::AtLeastRaised { count, indicators } => {
                let conditions: Vec<Typed> = indicators
                    .iter()
                    .map(|name| {
                        let mut raised = self.raised(name, At { file: at.file, span: name.span }, scope);
                        raised.text = Some(Arc::from(format!("raised {}", name.text)));
                        raised
                    })
                    .collect();
                self.count_in_range(count.node, conditions.len(), At { file: at.file, span: count.span });
                Self::typed(Kind::AtLeastOf { count: count.node, conditions }, Ty::Truth, at)
            }
            ExprKind::Compare { op, op_span, left, right } => self.compare(*op, *op_span, left, right, at, scope),
            ExprKind::WithinEdits { edits, left, right } => self.within_edits(edits.node, left, right, at, scope),
            ExprKind::WithinTime { distance, left, right } => self.within_time(distance, left, right, at, scope),
            ExprKind::Matches { value, pattern, ignore_case } => self.matches(value, pattern, *ignore_case, at, scope),
            ExprKind::InValues { value, values } => self.in_values(value, values, at, scope),
            ExprKind::In { value, set } => self.in_set(value, set, at, scope),
            ExprKind::Is { value, state } => self.is_state(value, *state, at, scope),
            ExprKind::Coalesce(left, right) => self.coalesce(left, right, at, scope, expect),
            ExprKind::Arith { op, left, right, .. } => self.arith(*op, left, right, at, scope),
            ExprKind::Neg(inner) => {
                let inner = self.expr(inner, at.file, scope, None);
                if !matches!(inner.ty, Ty::Number | Ty::Poison) {
                    let message =
                        format!("a minus sign stands before a number, not before {}", inner.ty.with_article());
                    self.error(codes::TYPE_MISMATCH, at, message, "");
                    return Self::poison(at);
                }
                Self::typed(Kind::Neg(Box::new(inner)), Ty::Number, at)
            }
            ExprKind::Quantified { quantifier, binders, body } => self.quantified(quantifier, binders, body, at, scope),
            ExprKind::Aggregate { function, binders, body } => self.aggregate(*function, binders, body, at, scope),
            ExprKind::Period(start, end) => {
                let start = self.date_operand(start, at.file, scope);
                let end = self.date_operand(end, at.file, scope);
                Self::typed(Kind::Period(Box::new(start), Box::new(end)), Ty::Period, at)
            }
            ExprKind::Overlap(left, right) => {
                let left = self.period_operand(left, at.file, scope);
                let right = self.period_operand(right, at.file, scope);
                Self::typed(Kind::Overlap(Box::new(left), Box::new(right)), Ty::Length, at)
            }
            _ => {
                self.error(codes::WRONG_KIND, at, "this expression is not part of language version 1", "");
                Self::poison(at)
            }
        }
    }

    /// An expression that must be a condition.
    pub(super) fn condition(&mut self, expr: &Expr, file: FileId, scope: &mut Scope) -> Typed {
        let mut typed = self.expr(expr, file, scope, None);
        match typed.ty {
            Ty::Truth | Ty::Poison => typed,
            Ty::Bool => {
                typed.text = Some(Arc::from(indicia_dsl::print_expr(expr)));
                typed
            }
            ref other => {
                let message = format!("expected a condition, found {}", other.with_article());
                let help = match other {
                    Ty::Record(_) | Ty::List(_) | Ty::Row(_) | Ty::Table(_) => "ask `is present`, or about its fields",
                    _ => "compare it with something, or ask `is present`",
                };
                self.error(codes::WRONG_KIND, typed.at, message, "").help = Some(help.to_owned());
                Self::poison(typed.at)
            }
        }
    }

    fn count_in_range(&mut self, count: u32, of: usize, at: At) {
        if count == 0 || count as usize > of {
            let message = format!("`at least {count}` of {of} is always {}", count == 0);
            self.error(codes::WRONG_KIND, at, message, "").help = Some(format!("write a number from 1 to {of}"));
        }
    }

    fn source_of(&mut self, name: &Name, at: At, scope: &mut Scope) -> Typed {
        if let Some(bound) = scope.find(&name.text) {
            if !matches!(bound.bound, super::scope::Bound::Record { source: true, .. } | super::scope::Bound::Poison) {
                let message = format!("`{}` is not bound to a list of sources", name.text);
                self.error(codes::WRONG_KIND, At { file: at.file, span: name.span }, message, "").help =
                    Some("write `for any s in [form, resume]`".to_owned());
                return Self::poison(at);
            }
            Self::typed(Kind::SourceName(bound.slot), Ty::Text, at)
        } else {
            let known: Vec<String> = scope.binders.iter().map(|b| b.name.clone()).collect();
            let place = At { file: at.file, span: name.span };
            self.unknown(codes::UNKNOWN_NAME, "bound name", &name.text, place, &known);
            Self::poison(at)
        }
    }

    pub(super) fn raised(&mut self, name: &Name, at: At, scope: &mut Scope) -> Typed {
        if let Some(index) = self.indicators.get(&name.text).copied() {
            scope.reads.indicators.insert(index);
            return Self::typed(Kind::Raised(index), Ty::Truth, at);
        }
        if !self.broken.contains(&name.text) {
            let mut known: Vec<String> = self.indicators.keys().cloned().collect();
            known.sort();
            self.unknown(codes::UNKNOWN_NAME, "indicator", &name.text, At { file: at.file, span: name.span }, &known);
        }
        Self::poison(at)
    }

    fn is_state(&mut self, value: &Expr, state: State, at: At, scope: &mut Scope) -> Typed {
        let value = self.expr(value, at.file, scope, None);
        match value.ty {
            Ty::Truth | Ty::Table(_) => {
                let message = format!("{} is neither missing nor present", value.ty.with_article());
                self.error(codes::WRONG_KIND, value.at, message, "");
                Self::poison(at)
            }
            _ => Self::typed(Kind::Is { value: Box::new(value), state }, Ty::Truth, at),
        }
    }

    fn coalesce(&mut self, left: &Expr, right: &Expr, at: At, scope: &mut Scope, expect: Option<&Ty>) -> Typed {
        let left = self.expr(left, at.file, scope, expect);
        let right = self.expr(right, at.file, scope, Some(&left.ty).filter(|ty| **ty != Ty::Poison).or(expect));
        if left.ty == Ty::Poison || right.ty == Ty::Poison {
            return Self::poison(at);
        }
        let ty = if left.ty == right.ty {
            left.ty.clone()
        } else if left.ty.is_text() && right.ty.is_text() {
            Ty::Text
        } else {
            Ty::Poison
        };
        if ty == Ty::Poison || ty.is_compound() || ty == Ty::Truth {
            let message =
                format!("`??` needs two values of one type, found {} and {}", left.ty.name(), right.ty.name());
            self.error(codes::TYPE_MISMATCH, at, message, "");
            return Self::poison(at);
        }
        Self::typed(Kind::Coalesce(Box::new(left), Box::new(right)), ty, at)
    }

    fn arith(&mut self, op: ArithOp, left: &Expr, right: &Expr, at: At, scope: &mut Scope) -> Typed {
        let left = self.expr(left, at.file, scope, None);
        let right = self.expr(right, at.file, scope, None);
        if left.ty == Ty::Poison || right.ty == Ty::Poison {
            return Self::poison(at);
        }
        let ty = match (op, &left.ty, &right.ty) {
            (_, Ty::Number, Ty::Number) => Some(Ty::Number),
            (ArithOp::Add | ArithOp::Sub, Ty::Date, Ty::Length) => Some(Ty::Date),
            (ArithOp::Add | ArithOp::Sub, Ty::Instant, Ty::Length) => Some(Ty::Instant),
            (ArithOp::Sub, Ty::Date, Ty::Date)
            | (ArithOp::Sub, Ty::Instant, Ty::Instant)
            | (ArithOp::Add | ArithOp::Sub, Ty::Length, Ty::Length) => Some(Ty::Length),
            _ => None,
        };
        let Some(ty) = ty else {
            let sign = match op {
                ArithOp::Add => "+",
                ArithOp::Sub => "-",
                ArithOp::Mul => "*",
                ArithOp::Div => "/",
            };
            let message = format!("can't compute {} {sign} {}", left.ty.name(), right.ty.name());
            let help = match (&left.ty, &right.ty) {
                (Ty::Date, Ty::Instant) | (Ty::Instant, Ty::Date) => Some("take the day of the instant: `.date`"),
                _ => None,
            };
            self.error(codes::TYPE_MISMATCH, at, message, "").help = help.map(str::to_owned);
            return Self::poison(at);
        };
        Self::typed(Kind::Arith { op, left: Box::new(left), right: Box::new(right) }, ty, at)
    }

    fn date_operand(&mut self, expr: &Expr, file: FileId, scope: &mut Scope) -> Typed {
        let typed = self.expr(expr, file, scope, None);
        if !matches!(typed.ty, Ty::Date | Ty::Poison) {
            let message = format!("a period runs from a date to a date, found {}", typed.ty.with_article());
            self.error(codes::TYPE_MISMATCH, typed.at, message, "");
            return Self::poison(typed.at);
        }
        typed
    }

    pub(super) fn period_operand(&mut self, expr: &Expr, file: FileId, scope: &mut Scope) -> Typed {
        let typed = self.expr(expr, file, scope, None);
        if !matches!(typed.ty, Ty::Period | Ty::Poison) {
            let message = format!("expected a period, found {}", typed.ty.with_article());
            self.error(codes::TYPE_MISMATCH, typed.at, message, "").help =
                Some("write `period(start, end)`".to_owned());
            return Self::poison(typed.at);
        }
        typed
    }
}
