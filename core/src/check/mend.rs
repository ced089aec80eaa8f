//! What newcomers write, and what they mean: dates without their sign, `missing` as a value, addresses as texts, a clock.
//!
//! Owns help and edits for comparisons whose sides don't fit. Refuses to decide that they don't: that is `compare`.

use super::scope::Scope;
use super::tree::{At, Kind, Typed};
use super::types::Ty;
use super::{Checker, codes};
use crate::domain::{date, instant};
use indicia_dsl::ast::{CompareOp, Expr, ExprKind};
use indicia_dsl::diagnostic::{Edit, Fix};
use indicia_dsl::span::Span;

/// Words of other languages for the day of the evaluation.
const CLOCKS: [&str; 5] = ["today", "now", "current_date", "current_time", "sysdate"];
/// Words of other languages for how many there are.
const LENGTHS: [&str; 6] = ["count", "size", "len", "number", "total", "amount"];

/// Help, and the edits that do what it says where they are certain: place and new text.
pub(super) struct Mend {
    help: String,
    edits: Vec<(Span, String)>,
}

/// One side of a comparison, as written and as read.
pub(super) type Side<'a> = (&'a Expr, &'a Typed);

impl Checker<'_> {
    /// Reports a comparison whose sides don't fit, with a mend if there is one.
    pub(super) fn misfit_error(&mut self, at: At, message: String, mend: Option<Mend>) {
        let file = self.file_name(at.file).to_owned();
        let diagnostic = self.error(codes::TYPE_MISMATCH, at, message, "");
        let Some(Mend { help, edits }) = mend else { return };
        if !edits.is_empty() {
            let edits = edits.into_iter().map(|(span, replacement)| Edit { file: file.clone(), span, replacement });
            diagnostic.fix = Some(Fix { title: help.clone(), edits: edits.collect() });
        }
        diagnostic.help = Some(help);
    }

    /// `x == missing`: a state stands where a value belongs. `None` if it is a value there.
    pub(super) fn state_compared(
        &mut self,
        op: CompareOp,
        sides: [&Expr; 2],
        at: At,
        scope: &mut Scope,
    ) -> Option<Typed> {
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return None;
        }
        let [left, right] = sides;
        let (state, other) = match (self.state_word(left, scope), self.state_word(right, scope)) {
            (None, Some(word)) => ((word, right.span), left),
            (Some(word), None) => ((word, left.span), right),
            _ => return None,
        };
        let (word, span) = state;
        let before = self.diagnostics.len();
        let value = self.expr(other, at.file, scope, None);
        if value.ty == Ty::Poison || matches!(&value.ty, Ty::OneOf(words) if words.iter().any(|known| **known == *word))
        {
            self.diagnostics.truncate(before);
            return None;
        }
        let written = indicia_dsl::print_expr(other);
        let instead = match (word.as_str(), op) {
            ("missing", CompareOp::Eq) | ("present", CompareOp::Ne) => format!("{written} is missing"),
            ("unparsable", CompareOp::Eq) => format!("{written} is unparsable"),
            ("unparsable", _) => format!("not {written} is unparsable"),
            _ => format!("{written} is present"),
        };
        let file = self.file_name(at.file).to_owned();
        let message = format!("nothing equals `{word}`: whether a value is there is tested by words");
        let code = indicia_dsl::code::NULL_COMPARED.id;
        let diagnostic = self.error(code, At { file: at.file, span }, message, "");
        if word == "present" && value.ty == Ty::Date {
            diagnostic.help = Some(format!(
                "write `{written}.precision == present` for a date that goes on, `{instead}` for one that is given"
            ));
        } else {
            let help = format!("write `{instead}`");
            *diagnostic = diagnostic.clone().with_help(help.clone()).with_fix(help, &file, at.span, instead);
        }
        Some(Self::typed(Kind::Poison, Ty::Truth, at))
    }

    /// The state that a bare word names, if the word means nothing else here.
    fn state_word(&self, expr: &Expr, scope: &Scope) -> Option<String> {
        let ExprKind::Path(path) = &expr.kind else { return None };
        let [name] = path.names.as_slice() else { return None };
        let state = matches!(name.text.as_str(), "missing" | "present" | "unparsable");
        (state && !self.means_something(&name.text, scope)).then(|| name.text.clone())
    }

    /// What was meant by a comparison whose sides don't fit.
    pub(super) fn mend_compare(&self, op: CompareOp, op_at: At, left: Side<'_>, right: Side<'_>) -> Option<Mend> {
        if is_text_op(op) {
            return self.mend_text(op_at, left, right);
        }
        mend_time(left, right).or_else(|| mend_time(right, left))
    }

    /// A text operator beside a mail address, a phone, …
    pub(super) fn mend_text(&self, op_at: At, left: Side<'_>, right: Side<'_>) -> Option<Mend> {
        let sides = [left, right];
        let others: Vec<_> = sides.iter().filter(|(_, typed)| !typed.ty.is_text()).collect();
        let (first, typed) = others.first()?;
        if !others.iter().all(|(_, typed)| typed.ty.property("raw").is_some()) {
            return None;
        }
        let written = indicia_dsl::print_expr(first);
        let op = self.written(op_at).trim();
        let part = match typed.ty {
            Ty::Email | Ty::Url => format!(", or compare a part: `{written}.domain == …`"),
            Ty::Country => format!(", or read its name: `{written}.name {op} …`"),
            Ty::Phone => format!(", or compare a part: `{written}.country == …`"),
            _ => String::new(),
        };
        let help = if first.span == left.0.span {
            format!("write `{written}.raw {op} …`{part}")
        } else {
            format!("`.raw` is the text as written: `{written}.raw`")
        };
        let plain = others.iter().all(|(expr, _)| is_path(expr));
        let edits = others.iter().filter(|_| plain).map(|(expr, _)| (end_of(expr.span), ".raw".to_owned())).collect();
        Some(Mend { help, edits })
    }

    /// The source text of a place.
    pub(super) fn written(&self, at: At) -> &str {
        let text = self.sources.text(self.file_name(at.file)).unwrap_or_default();
        text.get(at.span.start as usize..at.span.end as usize).unwrap_or_default()
    }

    /// A name that stands for the clock in other languages.
    pub(super) fn clock(&mut self, name: &str, at: At) -> bool {
        if !CLOCKS.contains(&name.to_lowercase().as_str()) {
            return false;
        }
        let file = self.file_name(at.file).to_owned();
        let diagnostic = self.error(codes::UNKNOWN_FIELD, at, format!("unknown field `{name}`"), "");
        *diagnostic = diagnostic
            .clone()
            .with_help("write `as_of`, the day of the evaluation: rules read no clock")
            .with_fix("write `as_of`", &file, at.span, "as_of");
        true
    }
}

/// The property that another language's word means.
pub(super) fn meant_property<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    let meant = if LENGTHS.contains(&name) { "length" } else { return None };
    known.iter().find(|known| *known == meant)
}

/// Whether an operator reads texts on both sides.
pub(super) fn is_text_op(op: CompareOp) -> bool {
    !matches!(
        op,
        CompareOp::Eq
            | CompareOp::Ne
            | CompareOp::Lt
            | CompareOp::Le
            | CompareOp::Gt
            | CompareOp::Ge
            | CompareOp::AgreesWith
    )
}

/// A point in time opposite a number or a text, a duration opposite a number.
fn mend_time((expr, typed): Side<'_>, (other, other_typed): Side<'_>) -> Option<Mend> {
    if typed.ty == Ty::Length && other_typed.ty == Ty::Number {
        let count = indicia_dsl::print_expr(other);
        return Some(Mend {
            help: format!("say of what: `{count} days`, `{count} months` or `{count} years`"),
            edits: Vec::new(),
        });
    }
    let text = match &other.kind {
        ExprKind::Number(_) => indicia_dsl::print_expr(other),
        ExprKind::Text(text) => text.clone(),
        _ => return None,
    };
    let literal = format!("@{text}");
    let write = |edits| Some(Mend { help: format!("write `{literal}`"), edits });
    match &typed.ty {
        Ty::Date if is_date(&text) => write(vec![(other.span, literal.clone())]),
        Ty::Date => Some(Mend { help: "write a date as `@2019`, `@2019-05` or `@2019-05-31`".into(), edits: vec![] }),
        Ty::Instant if is_instant(&text) => write(vec![(other.span, literal.clone())]),
        Ty::Instant if is_date(&text) => {
            let day = (end_of(expr.span), ".date".to_owned());
            let edits = if is_path(expr) { vec![day, (other.span, literal.clone())] } else { Vec::new() };
            let help = format!("compare its day: `{}.date` and `{literal}`", indicia_dsl::print_expr(expr));
            Some(Mend { help, edits })
        }
        Ty::Instant => Some(Mend { help: "write an instant as `@2024-01-31T08:00:00Z`".into(), edits: vec![] }),
        _ => None,
    }
}

fn is_path(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Path(_) | ExprKind::Property { .. })
}

fn end_of(span: Span) -> Span {
    Span::new(span.end, span.end)
}

/// Whether `@` makes a date of the text.
fn is_date(text: &str) -> bool {
    let year = text.split('-').next().is_some_and(|year| year.len() == 4);
    year && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && matches!(date::parse(text), Some(date::Written::Date(..)))
}

/// Whether `@` makes an instant of the text.
fn is_instant(text: &str) -> bool {
    text.contains('T') && !text.contains(char::is_whitespace) && instant::parse(text).is_some()
}
