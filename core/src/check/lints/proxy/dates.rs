//! Proxies that are computed: gaps between jobs, and an age out of years of study.

use super::subject::{Names, Subject};
use crate::check::lints::facts::{opposite, turned};
use crate::check::lints::range::Values;
use crate::check::tree::{Kind, Typed};
use crate::check::types::{Prop, Ty};
use indicia_dsl::ast::{Aggregate, ArithOp, CompareOp};

/// One summand: whether it is added or subtracted, and what it is.
struct Term {
    plus: bool,
    what: What,
}

enum What {
    /// The day of the evaluation, or the time of the application.
    Now,
    Fields(Vec<Subject>),
    /// A length or number that the rules fix, other than nothing.
    Fixed,
    Other,
}

/// The summands of `left - right`.
fn terms(names: &Names, values: &Values<'_>, left: &Typed, right: &Typed) -> Vec<Term> {
    let mut out = Vec::new();
    add(names, values, left, true, &mut out);
    add(names, values, right, false, &mut out);
    out
}

fn add(names: &Names, values: &Values<'_>, typed: &Typed, plus: bool, out: &mut Vec<Term>) {
    match &typed.kind {
        Kind::Arith { op: ArithOp::Add, left, right } => {
            add(names, values, left, plus, out);
            add(names, values, right, plus, out);
        }
        Kind::Arith { op: ArithOp::Sub, left, right } => {
            add(names, values, left, plus, out);
            add(names, values, right, !plus, out);
        }
        Kind::Let(index) if names.subjects(values, typed).is_empty() => {
            if let Some(found) = values.open(*index) {
                add(&Names::default(), values, &found.value, plus, out);
            }
        }
        _ => out.push(Term { plus, what: what(names, values, typed) }),
    }
}

fn what(names: &Names, values: &Values<'_>, typed: &Typed) -> What {
    match &typed.kind {
        Kind::AsOf => return What::Now,
        Kind::Prop { base, prop: Prop::Year | Prop::InstantDate } => {
            if let What::Now = what(names, values, base) {
                return What::Now;
            }
        }
        Kind::Aggregate { function: Aggregate::Latest | Aggregate::Earliest, binders, body } => {
            let mut names = names.clone();
            names.bind(values, binders);
            return What::Fields(names.subjects(values, body));
        }
        _ => {}
    }
    let subjects = names.subjects(values, typed);
    if subjects.iter().any(|subject| subject.path == ["submitted"]) {
        What::Now
    } else if !subjects.is_empty() {
        What::Fields(subjects)
    } else if values.fixed(typed).is_some() {
        What::Fixed
    } else {
        What::Other
    }
}

/// Whether a comparison, where it holds (or fails), says that somebody had no job for long.
pub(super) fn is_gap(
    names: &Names,
    values: &Values<'_>,
    op: CompareOp,
    left: &Typed,
    right: &Typed,
    holds: bool,
) -> bool {
    let op = if holds { op } else { opposite(op) };
    let (late, early) = match op {
        CompareOp::Gt | CompareOp::Ge => (left, right),
        _ if matches!(turned(op), CompareOp::Gt | CompareOp::Ge) => (right, left),
        _ => return false,
    };
    let terms = terms(names, values, late, early);
    let field = |plus: bool, fits: &dyn Fn(&Subject) -> bool| {
        terms
            .iter()
            .any(|term| term.plus == plus && matches!(&term.what, What::Fields(subjects) if subjects.iter().any(fits)))
    };
    let ended = field(false, &|subject| subject.is_end() && (subject.is_work() || subject.is_education()));
    let begun = field(true, &|subject| subject.is_start() && (subject.is_work() || subject.is_education()));
    let out_of_work = field(false, &|subject| subject.is_end() && subject.is_work())
        && terms.iter().any(|term| term.plus && matches!(term.what, What::Now));
    let by_more = terms.iter().any(|term| !term.plus && matches!(term.what, What::Fixed));
    by_more && ((ended && begun) || out_of_work)
}

/// The field out of which a comparison tells an age: a year of study against now or against a written year.
pub(super) fn age_out_of(
    names: &Names,
    values: &Values<'_>,
    op: CompareOp,
    left: &Typed,
    right: &Typed,
) -> Option<Subject> {
    if !matches!(op, CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge) {
        return None;
    }
    let terms = terms(names, values, left, right);
    let (plus, subject) = terms.iter().find_map(|term| match &term.what {
        What::Fields(subjects) => subjects
            .iter()
            .find(|subject| subject.is_graduation() || subject.traits() == Some(super::subject::Trait::Age))
            .map(|subject| (term.plus, subject)),
        _ => None,
    })?;
    if subject.traits() == Some(super::subject::Trait::Age) {
        // Two sources may be compared; an age is told against now, or against what is written.
        let told = terms.iter().any(|term| matches!(term.what, What::Now | What::Fixed));
        return told.then(|| subject.clone());
    }
    let now = terms.iter().any(|term| term.plus != plus && matches!(term.what, What::Now));
    // The years since: they stand on the side of the year of study, those until then on the other.
    let since = terms.iter().any(|term| term.plus == plus && matches!(term.what, What::Fixed));
    let written = terms.len() == 2 && terms.iter().any(|term| matches!(term.what, What::Fixed));
    let measured = matches!(left.ty, Ty::Date | Ty::Length | Ty::Number);
    (measured && (written || (now && since))).then(|| subject.clone())
}
