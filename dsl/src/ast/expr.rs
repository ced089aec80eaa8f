//! Expressions: conditions and values.

use super::{Name, PathExpr};
use crate::span::{Span, Spanned};

/// An expression with its place (without surrounding parentheses).
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ExprKind {
    /// `true` or `false`.
    Bool(bool),
    /// `12` or `0.5`; a minus sign is [`ExprKind::Neg`].
    Number(f64),
    /// `"text"`, escapes resolved.
    Text(String),
    /// `@2019`, `@2019-05`, `@2019-05-31`, without the `@`; not yet validated.
    Date(String),
    /// `@2024-01-01T00:00:00Z`, without the `@`; not yet validated.
    Instant(String),
    /// `3 months`.
    Duration {
        /// How many; a whole number.
        count: u32,
        /// Of what.
        unit: Unit,
    },
    /// `form.phone.country`, `score`, `w`, a bare word.
    Path(PathExpr),
    /// `companies[w.name]`, and what follows as [`ExprKind::Property`].
    Lookup {
        /// The table.
        table: Name,
        /// The key.
        key: Box<Expr>,
    },
    /// `.name` after something that is no plain path: `companies[w.name].founded`, `(a ?? b).year`.
    Property {
        /// What has the property.
        base: Box<Expr>,
        /// The property.
        name: Name,
    },
    /// `[form, resume, profile]`.
    Sources(Vec<PathExpr>),
    /// `source of s`.
    SourceOf(Name),
    /// `not C`.
    Not(Box<Expr>),
    /// `known C`.
    Known(Box<Expr>),
    /// `raised id`.
    Raised(Name),
    /// `a and b and c`, flat, at least two.
    And(Vec<Expr>),
    /// `a or b or c`, flat, at least two.
    Or(Vec<Expr>),
    /// `a == b`, `a same as b`, …
    Compare {
        /// The operator.
        op: CompareOp,
        /// Where the operator stands.
        op_span: Span,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `a within 1 edit of b`.
    WithinEdits {
        /// The greatest number of edits.
        edits: Spanned<u32>,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `a within 6 hours of b`; `distance` is a duration expression.
    WithinTime {
        /// The greatest distance.
        distance: Box<Expr>,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `a matches /regex/i`.
    Matches {
        /// What is searched.
        value: Box<Expr>,
        /// The regex between the slashes, `\/` resolved to `/`.
        pattern: Spanned<String>,
        /// Whether `i` follows.
        ignore_case: bool,
    },
    /// `a in ( … )`.
    InValues {
        /// What is sought.
        value: Box<Expr>,
        /// The values, at least one.
        values: Vec<Expr>,
    },
    /// `a in disposable_domains`, `a in resume.skills`, `d in period(a, b)`: what the right side is becomes clear when checked.
    In {
        /// What is sought.
        value: Box<Expr>,
        /// The set: a list, a list-typed path, a network or a period.
        set: Box<Expr>,
    },
    /// `x is missing`.
    Is {
        /// What is tested.
        value: Box<Expr>,
        /// For what.
        state: State,
    },
    /// `x ?? y`.
    Coalesce(Box<Expr>, Box<Expr>),
    /// `a + b` and its like.
    Arith {
        /// The operator.
        op: ArithOp,
        /// Where the operator stands.
        op_span: Span,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `-a`.
    Neg(Box<Expr>),
    /// `any w in L: C` and its like.
    Quantified {
        /// Which quantifier.
        quantifier: Quantifier,
        /// What is bound; at least one.
        binders: Vec<Binder>,
        /// The condition.
        body: Box<Expr>,
    },
    /// `count(w in L: C)`, `latest(w in L: w.end)`, `earliest(…)`.
    Aggregate {
        /// Which.
        function: Aggregate,
        /// What is bound; at least one.
        binders: Vec<Binder>,
        /// A condition for `count`, a date or instant otherwise.
        body: Box<Expr>,
    },
    /// `at least 2 of (a, b, c)`.
    AtLeastOf {
        /// How many.
        count: Spanned<u32>,
        /// The conditions.
        conditions: Vec<Expr>,
    },
    /// `at least 2 raised of (x, y, z)`.
    AtLeastRaised {
        /// How many.
        count: Spanned<u32>,
        /// The indicators.
        indicators: Vec<Name>,
    },
    /// `period(a, b)`.
    Period(Box<Expr>, Box<Expr>),
    /// `overlap(P, Q)`.
    Overlap(Box<Expr>, Box<Expr>),
}

/// Operators between two values that give a truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `same as`
    SameAs,
    /// `contains`
    Contains,
    /// `starts with`
    StartsWith,
    /// `ends with`
    EndsWith,
    /// `mentions`
    Mentions,
    /// `mentions exactly`
    MentionsExactly,
    /// `agrees with`
    AgreesWith,
}

/// `is missing`, `is present`, `is unparsable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// `is missing`
    Missing,
    /// `is present`
    Present,
    /// `is unparsable`
    Unparsable,
}

/// Arithmetic operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
}

/// Units of durations. The formatter writes the singular after `1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `years`
    Years,
    /// `months`
    Months,
    /// `weeks`
    Weeks,
    /// `days`
    Days,
    /// `hours`
    Hours,
    /// `minutes`
    Minutes,
    /// `seconds`
    Seconds,
}

/// Quantifiers.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantifier {
    /// `any`
    Any,
    /// `all`
    All,
    /// `no`
    No,
    /// `at least N`
    AtLeast(Spanned<u32>),
}

/// Functions over the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `count`
    Count,
    /// `latest`
    Latest,
    /// `earliest`
    Earliest,
}

/// `w in resume.work`, or `pair a, b in L`.
#[derive(Debug, Clone, PartialEq)]
pub struct Binder {
    /// The bound name.
    pub name: Name,
    /// The second name of a `pair`.
    pub pair: Option<Name>,
    /// The list: a path, a table or list of sources.
    pub list: Expr,
    /// The whole binder.
    pub span: Span,
}
