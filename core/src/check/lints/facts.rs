//! What must hold of the record for several conditions to have given truths at once: enough to see that they can't.

use super::key::key;
use super::range::{Fixed, Values};
use crate::check::tree::{Kind, Typed};
use crate::check::types::Ty;
use crate::domain::length::{Length, Order};
use indicia_dsl::ast::{CompareOp, State};
use rustc_hash::{FxHashMap, FxHashSet};

/// How many alternatives of an `or` are followed inside a conjunction.
const MAX_ALTERNATIVES: usize = 16;

/// A bound: the value, and whether the value itself is excluded.
type Bound = (f64, bool);

#[derive(Default, Clone)]
pub(super) struct Facts<'t> {
    /// By condition: may be true, may be false, may be unknown.
    truths: FxHashMap<String, [bool; 3]>,
    /// By number or instant: greatest lower and least upper bound.
    bounds: FxHashMap<String, (Bound, Bound)>,
    /// By date: the earliest `first` and the latest `last` day.
    days: FxHashMap<String, (i64, i64)>,
    /// By measured length: lower and upper bounds.
    lengths: FxHashMap<String, (Vec<Length>, Vec<Length>)>,
    /// By text, word, country or flag: the classes allowed (if limited) and excluded, and how many there are.
    classes: FxHashMap<String, Classes>,
    alternatives: Vec<&'t [Typed]>,
}

#[derive(Default, Clone)]
struct Classes {
    allowed: Option<FxHashSet<String>>,
    excluded: FxHashSet<String>,
    of: Option<usize>,
}

impl<'t> Facts<'t> {
    /// Adds that a condition has this truth.
    pub(super) fn assume(&mut self, values: &Values<'t>, typed: &'t Typed, truth: bool) {
        let typed = match &typed.kind {
            Kind::Let(_) => values.behind(typed),
            _ => typed,
        };
        self.limit(key(typed), [truth, !truth, false]);
        match &typed.kind {
            Kind::Not(inner) => self.assume(values, inner, !truth),
            Kind::And(parts) if truth => parts.iter().for_each(|part| self.assume(values, part, true)),
            Kind::Or(parts) if !truth => parts.iter().for_each(|part| self.assume(values, part, false)),
            Kind::Or(parts) => self.alternatives.push(parts),
            Kind::Known(inner) if truth => self.assume(values, inner, true),
            Kind::Known(inner) => self.limit(key(inner), [false, true, true]),
            Kind::Compare { op, left, right } => {
                self.given(values, left);
                self.given(values, right);
                self.compare(values, *op, left, right, truth);
            }
            Kind::InValues { value, values: items } => {
                self.given(values, value);
                self.among(values, value, items, truth);
            }
            Kind::Matches { value, .. } | Kind::InList { value, .. } => self.given(values, value),
            Kind::Is { value, state: State::Unparsable } if truth => {
                self.limit(format!("missing({})", key(value)), [false, true, false]);
            }
            Kind::Is { value, state: State::Missing } if truth => {
                self.limit(format!("unparsable({})", key(value)), [false, true, false]);
            }
            _ => {}
        }
    }

    /// Whether no record meets them all.
    pub(super) fn contradict(&self, values: &Values<'t>) -> bool {
        self.clash()
            || self.alternatives.iter().take(MAX_ALTERNATIVES).any(|parts| {
                parts.len() <= MAX_ALTERNATIVES
                    && parts.iter().all(|part| {
                        let mut facts = self.clone();
                        facts.alternatives.clear();
                        facts.assume(values, part, true);
                        facts.clash()
                    })
            })
    }

    fn clash(&self) -> bool {
        self.truths.values().any(|left| !left.iter().any(|truth| *truth))
            || self
                .bounds
                .values()
                .any(|((low, low_out), (high, high_out))| low > high || (low >= high && (*low_out || *high_out)))
            || self.days.values().any(|(first, last)| first > last)
            || self.lengths.values().any(|(lower, upper)| {
                lower.iter().any(|low| upper.iter().any(|high| high.compare(Order::Lt, *low).is_true()))
            })
            || self.classes.values().any(Classes::is_empty)
    }

    /// A comparison that is decided needs its values: neither is missing.
    fn given(&mut self, values: &Values<'t>, value: &Typed) {
        let value = values.behind(value);
        if values.fixed(value).is_none() {
            self.limit(format!("missing({})", key(value)), [false, true, false]);
        }
        if let Kind::Prop { base, .. } = &value.kind {
            self.given(values, base);
        }
    }

    fn limit(&mut self, condition: String, allowed: [bool; 3]) {
        // `not C` is kept under C.
        let (condition, allowed) = match condition.strip_prefix("not:") {
            Some(inner) => (inner.to_owned(), {
                let [holds, fails, open] = allowed;
                [fails, holds, open]
            }),
            None => (condition, allowed),
        };
        let entry = self.truths.entry(condition).or_insert([true; 3]);
        for (left, allowed) in entry.iter_mut().zip(allowed) {
            *left &= allowed;
        }
    }

    fn compare(&mut self, values: &Values<'t>, op: CompareOp, left: &'t Typed, right: &'t Typed, truth: bool) {
        let (value, fixed, op) = match (values.fixed(left), values.fixed(right)) {
            (None, Some(fixed)) => (left, fixed, op),
            (Some(fixed), None) => (right, fixed, turned(op)),
            _ => return,
        };
        let op = if truth { op } else { opposite(op) };
        let name = key(values.behind(value));
        match fixed {
            Fixed::Number(number) => self.bound(name, op, number),
            // A double holds instants of the years up to 2255 exactly.
            #[expect(clippy::cast_precision_loss, reason = "the range is tested")]
            Fixed::Instant(instant) if instant.unsigned_abs() < 1 << 53 => self.bound(name, op, instant as f64),
            Fixed::Date(date) => {
                let (first, last) = (i64::from(date.first), i64::from(date.last));
                let entry = self.days.entry(name).or_insert((i64::MIN, i64::MAX));
                // Of a condition that holds: every day that the value may mean is on that side of every literal day.
                // Of one that surely fails: on the other side. Both read the same, since `not a < b` is `b <= a`.
                match op {
                    CompareOp::Lt => entry.1 = entry.1.min(first - 1),
                    CompareOp::Le => entry.1 = entry.1.min(first),
                    CompareOp::Gt => entry.0 = entry.0.max(last + 1),
                    CompareOp::Ge => entry.0 = entry.0.max(last),
                    CompareOp::Eq if first == last && truth => {
                        entry.0 = entry.0.max(first);
                        entry.1 = entry.1.min(last);
                    }
                    _ => {}
                }
            }
            Fixed::Length(length) => {
                let entry = self.lengths.entry(name).or_default();
                match op {
                    CompareOp::Lt | CompareOp::Le => entry.1.push(length),
                    CompareOp::Gt | CompareOp::Ge => entry.0.push(length),
                    _ => {}
                }
            }
            other => {
                let identifier = value.ty == Ty::Identifier;
                let Some(class) = other.class(&value.ty) else { return };
                let entry = self.classes.entry(name).or_insert_with(|| Classes::of(&value.ty));
                match op {
                    CompareOp::Eq => entry.allow([class].into_iter().collect()),
                    CompareOp::SameAs if truth => entry.allow([class].into_iter().collect()),
                    CompareOp::SameAs => drop(entry.excluded.insert(class)),
                    // Two texts that differ may still fold to one class.
                    CompareOp::Ne if identifier || !value.ty.is_text() => drop(entry.excluded.insert(class)),
                    _ => {}
                }
            }
        }
    }

    fn bound(&mut self, name: String, op: CompareOp, value: f64) {
        let entry = self.bounds.entry(name).or_insert(((f64::NEG_INFINITY, false), (f64::INFINITY, false)));
        let (low, high) = match op {
            CompareOp::Lt => (None, Some((value, true))),
            CompareOp::Le => (None, Some((value, false))),
            CompareOp::Gt => (Some((value, true)), None),
            CompareOp::Ge => (Some((value, false)), None),
            CompareOp::Eq => (Some((value, false)), Some((value, false))),
            _ => (None, None),
        };
        if let Some((value, out)) = low
            && (value > entry.0.0 || (value >= entry.0.0 && out))
        {
            entry.0 = (value, out);
        }
        if let Some((value, out)) = high
            && (value < entry.1.0 || (value <= entry.1.0 && out))
        {
            entry.1 = (value, out);
        }
    }

    fn among(&mut self, values: &Values<'t>, value: &'t Typed, items: &'t [Typed], truth: bool) {
        let classes: Option<FxHashSet<String>> =
            items.iter().map(|item| values.fixed(item).and_then(|fixed| fixed.class(&value.ty))).collect();
        let Some(classes) = classes else { return };
        let entry = self.classes.entry(key(values.behind(value))).or_insert_with(|| Classes::of(&value.ty));
        if truth {
            entry.allow(classes);
        } else {
            entry.excluded.extend(classes);
        }
    }
}

impl Classes {
    fn of(ty: &Ty) -> Self {
        let of = match ty {
            Ty::Bool => Some(2),
            Ty::OneOf(words) => Some(words.len()),
            _ => None,
        };
        Self { of, ..Self::default() }
    }

    fn allow(&mut self, classes: FxHashSet<String>) {
        self.allowed = Some(match self.allowed.take() {
            None => classes,
            Some(allowed) => allowed.intersection(&classes).cloned().collect(),
        });
    }

    fn is_empty(&self) -> bool {
        match &self.allowed {
            Some(allowed) => allowed.is_subset(&self.excluded),
            None => self.of.is_some_and(|of| self.excluded.len() >= of),
        }
    }
}

/// The comparison with its sides exchanged.
pub(super) fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Gt,
        CompareOp::Le => CompareOp::Ge,
        CompareOp::Gt => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Le,
        other => other,
    }
}

/// The comparison that holds where this one surely fails.
pub(super) fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Lt => CompareOp::Ge,
        CompareOp::Le => CompareOp::Gt,
        CompareOp::Gt => CompareOp::Le,
        CompareOp::Ge => CompareOp::Lt,
        CompareOp::Eq => CompareOp::Ne,
        CompareOp::Ne => CompareOp::Eq,
        other => other,
    }
}
