//! Expressions in a line, with the parentheses that their meaning demands.

use super::spelling::{compare, duration, names, path, quantified};
use super::text;
use crate::ast::{Aggregate, ArithOp, Binder, CompareOp, Expr, ExprKind, ForClause, State};
use crate::words;

/// The canonical spelling of an expression, in one line.
///
/// ```
/// let expr = indicia_dsl::parse_expr("", "not (  a.b  == 1 years )").map_err(|_| "syntax")?;
/// assert_eq!(indicia_dsl::print_expr(&expr), "not a.b == 1 year");
/// # Ok::<(), &str>(())
/// ```
pub fn print_expr(expr: &Expr) -> String {
    Writer::line(expr, Place { power: 0, last: true })
}

/// The canonical spelling of a `for` clause, in one line.
///
/// ```
/// let parsed = indicia_dsl::parse("", "language 1\nindicator a \"A\" { for any w  in form.work\n when true }");
/// let indicia_dsl::ast::Item::Indicator(indicator) = &parsed.file.items[0] else { return };
/// let indicia_dsl::ast::ClauseKind::For(clause) = &indicator.clauses[0].kind else { return };
/// assert_eq!(indicia_dsl::print_for(clause), "for any w in form.work");
/// ```
pub fn print_for(clause: &ForClause) -> String {
    format!("for {}", Writer::for_line(clause))
}

/// What surrounds an expression.
#[derive(Clone, Copy)]
struct Place {
    /// How tightly it must bind to stand without parentheses.
    power: u8,
    /// Whether nothing follows it up to the next closing bracket.
    last: bool,
}

/// Among what `and` or `or` joins, a quantifier is in parentheses even where it stands last: else what it is about would read
/// as a part of the chain.
const JOINED: Place = Place { power: NOT, last: false };

const NOT: u8 = 2;
const COMPARISON: u8 = 3;
const OPERAND: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const MINUS: u8 = 7;
const PRIMARY: u8 = 8;

/// Writes expressions.
pub(super) struct Writer {
    out: String,
    /// What stands for a quote.
    quote: &'static str,
    /// What stands for a quote within quotes.
    inner_quote: &'static str,
}

impl Writer {
    /// An expression in a line.
    fn line(expr: &Expr, place: Place) -> String {
        let mut writer = Self { out: String::new(), quote: "\"", inner_quote: "\\\"" };
        writer.expr(expr, place);
        writer.out
    }

    /// An expression between the braces of a message, whose quotes are escaped.
    pub(super) fn in_message(expr: &Expr) -> String {
        let mut writer = Self { out: String::new(), quote: "\\\"", inner_quote: "\\u{22}" };
        writer.expr(expr, Place { power: 0, last: true });
        writer.out
    }

    /// An expression that `and` or `or` joins to others, in a line.
    pub(super) fn operand_line(expr: &Expr) -> String {
        Self::line(expr, JOINED)
    }

    /// What stands behind `for`, in a line.
    pub(super) fn for_line(clause: &ForClause) -> String {
        let count =
            clause.at_least.as_ref().map_or_else(|| "any".to_owned(), |count| format!("at least {}", count.node));
        format!("{count} {}", Self::binder_line(&clause.binders))
    }

    /// Binders in a line.
    pub(super) fn binder_line(binders: &[Binder]) -> String {
        let mut writer = Self { out: String::new(), quote: "\"", inner_quote: "\\\"" };
        writer.binders(binders);
        writer.out
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn expr(&mut self, expr: &Expr, place: Place) {
        let open_ended = matches!(expr.kind, ExprKind::Quantified { .. });
        let ambiguous = matches!(&expr.kind, ExprKind::Raised(name) if words::INFIX.contains(&name.text.as_str()));
        let bare = power(&expr.kind) >= place.power && !ambiguous && (!open_ended || place.last && place.power <= NOT);
        if bare {
            self.bare(expr, place.last);
        } else {
            self.put("(");
            self.bare(expr, true);
            self.put(")");
        }
    }

    fn bare(&mut self, expr: &Expr, last: bool) {
        let inner = |power: u8| Place { power, last: false };
        let end = |power: u8| Place { power, last };
        match &expr.kind {
            ExprKind::And(parts) => self.joined(parts, " and "),
            ExprKind::Or(parts) => self.joined(parts, " or "),
            ExprKind::Not(operand) => self.prefixed("not ", operand, end(NOT)),
            ExprKind::Known(operand) => self.prefixed("known ", operand, end(NOT)),
            ExprKind::Compare { op: CompareOp::MentionsExactly, left, right, .. } => {
                self.expr(left, inner(OPERAND));
                self.prefixed(" mentions exactly ", right, end(OPERAND));
            }
            ExprKind::Compare { op, left, right, .. } => {
                self.two(left, inner(OPERAND), compare(*op), right, end(OPERAND));
            }
            ExprKind::WithinEdits { edits, left, right } => {
                let noun = if edits.node == 1 { "edit" } else { "edits" };
                self.two(left, inner(OPERAND), &format!("within {} {noun} of", edits.node), right, end(OPERAND));
            }
            ExprKind::WithinTime { distance, left, right } => {
                let distance = Self::line(distance, inner(PRIMARY));
                self.two(left, inner(OPERAND), &format!("within {distance} of"), right, end(OPERAND));
            }
            ExprKind::In { value, set } => self.two(value, inner(OPERAND), "in", set, end(OPERAND)),
            ExprKind::Coalesce(left, right) => {
                self.two(left, inner(SUM), "??", right, end(OPERAND));
            }
            ExprKind::Arith { op, left, right, .. } => {
                let (sign, power) = arith(*op);
                self.two(left, inner(power), sign, right, end(power + 1));
            }
            ExprKind::Neg(operand) => {
                self.put("-");
                self.expr(operand, end(PRIMARY));
            }
            _ => self.primary(expr),
        }
    }

    fn primary(&mut self, expr: &Expr) {
        let inner = Place { power: OPERAND, last: false };
        match &expr.kind {
            ExprKind::Is { value, state } => {
                self.expr(value, inner);
                self.put(match state {
                    State::Missing => " is missing",
                    State::Present => " is present",
                    State::Unparsable => " is unparsable",
                });
            }
            ExprKind::Matches { value, pattern, ignore_case } => {
                self.expr(value, inner);
                self.put(" matches ");
                self.put(&text::regex(&pattern.node, *ignore_case));
            }
            ExprKind::InValues { value, values } => {
                self.expr(value, inner);
                self.put(" in ");
                self.list(values);
            }
            ExprKind::Property { base, name } => self.property(base, &name.text),
            ExprKind::Lookup { table, key } => {
                self.put(&table.text);
                self.put("[");
                self.expr(key, Place { power: 0, last: true });
                self.put("]");
            }
            ExprKind::Quantified { quantifier, binders, body } => {
                self.put(&quantified(quantifier));
                self.binders(binders);
                self.put(": ");
                self.expr(body, Place { power: 0, last: true });
            }
            ExprKind::Aggregate { function, binders, body } => {
                self.put(match function {
                    Aggregate::Count => "count(",
                    Aggregate::Latest => "latest(",
                    Aggregate::Earliest => "earliest(",
                });
                self.binders(binders);
                self.put(": ");
                self.expr(body, Place { power: 0, last: true });
                self.put(")");
            }
            ExprKind::AtLeastOf { count, conditions } => {
                self.put(&format!("at least {} of ", count.node));
                self.list(conditions);
            }
            ExprKind::AtLeastRaised { count, indicators } => {
                self.put(&format!("at least {} raised of ({})", count.node, names(indicators)));
            }
            ExprKind::Period(a, b) => self.call("period(", a, b),
            ExprKind::Overlap(a, b) => self.call("overlap(", a, b),
            _ => self.atom(&expr.kind),
        }
    }

    fn property(&mut self, base: &Expr, name: &str) {
        let tight = matches!(
            base.kind,
            ExprKind::Lookup { .. }
                | ExprKind::Property { .. }
                | ExprKind::Aggregate { .. }
                | ExprKind::Period(..)
                | ExprKind::Overlap(..)
                | ExprKind::Path(_)
        );
        self.expr(base, Place { power: if tight { 0 } else { u8::MAX }, last: false });
        self.put(".");
        self.put(name);
    }

    fn atom(&mut self, kind: &ExprKind) {
        match kind {
            ExprKind::Bool(value) => self.put(if *value { "true" } else { "false" }),
            ExprKind::Number(number) => self.put(&number.to_string()),
            ExprKind::Text(text) => {
                self.put(self.quote);
                text::escape(text, self.inner_quote, &mut self.out);
                self.put(self.quote);
            }
            ExprKind::Date(written) | ExprKind::Instant(written) => {
                self.put("@");
                self.put(written);
            }
            ExprKind::Duration { count, unit } => self.put(&duration(*count, *unit)),
            ExprKind::Path(written) => self.put(&path(written)),
            ExprKind::Sources(paths) => {
                let paths: Vec<String> = paths.iter().map(path).collect();
                self.put(&format!("[{}]", paths.join(", ")));
            }
            ExprKind::SourceOf(name) => self.put(&format!("source of {}", name.text)),
            ExprKind::Raised(name) => self.put(&format!("raised {}", name.text)),
            _ => {}
        }
    }

    /// A word before its operand, which is put in parentheses where the word would else read as a name.
    fn prefixed(&mut self, word: &str, operand: &Expr, place: Place) {
        self.put(word);
        let start = self.out.len();
        self.expr(operand, place);
        let written = self.out.get(start..).unwrap_or_default();
        let first = written.split(|letter: char| !crate::lex::is_word(letter)).next().unwrap_or_default();
        if written.starts_with(['-', '[']) || words::INFIX.contains(&first) {
            self.out.insert(start, '(');
            self.put(")");
        }
    }

    fn two(&mut self, left: &Expr, left_place: Place, sign: &str, right: &Expr, right_place: Place) {
        self.expr(left, left_place);
        self.put(" ");
        self.put(sign);
        self.put(" ");
        self.expr(right, right_place);
    }

    fn joined(&mut self, parts: &[Expr], word: &str) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.put(word);
            }
            self.expr(part, JOINED);
        }
    }

    fn list(&mut self, parts: &[Expr]) {
        self.put("(");
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            self.expr(part, Place { power: 0, last: index + 1 == parts.len() });
        }
        self.put(")");
    }

    fn call(&mut self, name: &str, a: &Expr, b: &Expr) {
        self.put(name);
        self.expr(a, Place { power: 0, last: false });
        self.put(", ");
        self.expr(b, Place { power: 0, last: true });
        self.put(")");
    }

    fn binders(&mut self, binders: &[Binder]) {
        for (index, binder) in binders.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            if let Some(second) = &binder.pair {
                self.put(&format!("pair {}, {} in ", binder.name.text, second.text));
            } else {
                self.put(&format!("{} in ", binder.name.text));
            }
            self.expr(&binder.list, Place { power: PRIMARY, last: false });
        }
    }
}

/// How tightly an expression binds.
fn power(kind: &ExprKind) -> u8 {
    match kind {
        ExprKind::And(_) | ExprKind::Or(_) => 0,
        ExprKind::Not(_) | ExprKind::Known(_) => NOT,
        ExprKind::Compare { .. }
        | ExprKind::WithinEdits { .. }
        | ExprKind::WithinTime { .. }
        | ExprKind::In { .. }
        | ExprKind::Is { .. }
        | ExprKind::Matches { .. }
        | ExprKind::InValues { .. } => COMPARISON,
        ExprKind::Coalesce(..) => OPERAND,
        ExprKind::Arith { op, .. } => arith(*op).1,
        ExprKind::Neg(_) => MINUS,
        _ => PRIMARY,
    }
}

fn arith(op: ArithOp) -> (&'static str, u8) {
    match op {
        ArithOp::Add => ("+", SUM),
        ArithOp::Sub => ("-", SUM),
        ArithOp::Mul => ("*", PRODUCT),
        ArithOp::Div => ("/", PRODUCT),
    }
}
