//! Conditions: the truth and the evidence of each, found together.

use super::compare::{compare, member, within};
use super::place::{Judged, Node};
use super::read::{Lack, Value};
use super::schema::Type;
use super::values::{Case, Env, inverted};
use super::{Evidence, Truth, fold};
use indicia_dsl::ast::{CompareOp, Expr, ExprKind, State};
use regex::RegexBuilder;

impl Judged {
    pub(crate) fn new(truth: Truth, evidence: Evidence) -> Self {
        Self { truth, evidence }
    }

    fn not(self) -> Self {
        Self { truth: self.truth.not(), evidence: self.evidence }
    }
}

/// The evidence of those parts that have this truth, or of all. What is unknown stays so only while every part is what it is.
fn cited(parts: Vec<Judged>, truth: Truth, all: bool) -> Evidence {
    let mut evidence = Evidence::default();
    for part in parts {
        if all || part.truth == truth || truth == Truth::Unknown {
            evidence.add(part.evidence);
        }
    }
    evidence
}

/// True if all are.
pub(crate) fn all_of(parts: Vec<Judged>) -> Judged {
    let truth = parts.iter().map(|part| part.truth).min().unwrap_or(Truth::True);
    Judged::new(truth, cited(parts, truth, truth == Truth::True))
}

/// True if one is.
pub(crate) fn one_of(parts: Vec<Judged>) -> Judged {
    let truth = parts.iter().map(|part| part.truth).max().unwrap_or(Truth::False);
    Judged::new(truth, cited(parts, truth, truth == Truth::False))
}

/// True if so many surely are, false if even the unknown ones don't suffice.
fn some_of(count: u32, parts: Vec<Judged>) -> Judged {
    let of = |truth: Truth| parts.iter().filter(|part| part.truth == truth).count();
    let (sure, open, count) = (of(Truth::True), of(Truth::Unknown), count as usize);
    let truth = if sure >= count {
        Truth::True
    } else if sure + open >= count {
        Truth::Unknown
    } else {
        Truth::False
    };
    Judged::new(truth, cited(parts, truth, false))
}

impl Case<'_> {
    /// Whether a condition holds, and why.
    pub(crate) fn truth(&self, expr: &Expr, env: &Env) -> Judged {
        match &expr.kind {
            ExprKind::Not(inner) => self.truth(inner, env).not(),
            ExprKind::Known(inner) => {
                let inner = self.truth(inner, env);
                let truth = if inner.truth == Truth::True { Truth::True } else { Truth::False };
                Judged::new(truth, inner.evidence)
            }
            ExprKind::And(parts) => all_of(parts.iter().map(|part| self.truth(part, env)).collect()),
            ExprKind::Or(parts) => one_of(parts.iter().map(|part| self.truth(part, env)).collect()),
            ExprKind::AtLeastOf { count, conditions } => {
                some_of(count.node, conditions.iter().map(|part| self.truth(part, env)).collect())
            }
            ExprKind::Raised(name) => self.raised(&name.text, env),
            ExprKind::AtLeastRaised { count, indicators } => {
                some_of(count.node, indicators.iter().map(|name| self.raised(&name.text, env)).collect())
            }
            ExprKind::Compare { op, left, right, .. } => self.comparison(*op, left, right, env),
            ExprKind::WithinTime { distance, left, right } => {
                let (left, right) = (self.value(left, env, None), self.value(right, env, None));
                let distance = self.value(distance, env, None);
                let truth = match (left.value, right.value, distance.value) {
                    (Ok(a), Ok(b), Ok(Value::Length(distance))) => within(&a, &b, &distance),
                    _ => Truth::Unknown,
                };
                Judged::new(truth, left.evidence.and(right.evidence).and(distance.evidence))
            }
            ExprKind::Matches { value, pattern, ignore_case } => {
                let found = self.value(value, env, None);
                let regex = RegexBuilder::new(&pattern.node).case_insensitive(*ignore_case).build();
                let truth = match (found.value, regex) {
                    (Ok(Value::Text(text)), Ok(regex)) => Truth::of([regex.is_match(&text)]),
                    _ => Truth::Unknown,
                };
                Judged::new(truth, found.evidence)
            }
            ExprKind::InValues { value, values } => {
                let hint = self.type_of(value, env);
                let sought = self.value(value, env, hint.as_ref());
                let each = values.iter().map(|item| {
                    let item = self.value(item, env, hint.as_ref());
                    Judged::new(member(&sought.value, &item.value), item.evidence)
                });
                let among = one_of(each.collect());
                Judged::new(among.truth, sought.evidence.clone().and(among.evidence))
            }
            ExprKind::In { value, set } => self.in_set(value, set, env),
            ExprKind::Is { value, state } => {
                let (lack, evidence) = self.state(value, env);
                let lack = lack.filter(|lack| *lack != Lack::Undecided);
                let truth = match state {
                    State::Missing => lack == Some(Lack::Missing),
                    State::Present => lack != Some(Lack::Missing),
                    State::Unparsable => lack == Some(Lack::Unparsable),
                };
                Judged::new(Truth::of([truth]), evidence)
            }
            ExprKind::Quantified { quantifier, binders, body } => self.quantified(quantifier, binders, body, env),
            ExprKind::Path(path) => match path.names.as_slice() {
                [name] if !env.bound.iter().any(|(bound, _)| *bound == name.text) => {
                    match self.rules.lets.get(&name.text) {
                        Some(condition) => self.truth(condition, &env.apart()),
                        None => self.flag(expr, env),
                    }
                }
                _ => self.flag(expr, env),
            },
            _ => self.flag(expr, env),
        }
    }

    /// A `bool` as a condition.
    fn flag(&self, expr: &Expr, env: &Env) -> Judged {
        let found = self.value(expr, env, None);
        let truth = match found.value {
            Ok(Value::Bool(value)) => Truth::of([value]),
            _ => Truth::Unknown,
        };
        Judged::new(truth, found.evidence)
    }

    /// Whether a value is there: a list or a record too.
    fn state(&self, expr: &Expr, env: &Env) -> (Option<Lack>, Evidence) {
        if let Some(Node::Place(place)) = self.node(expr, env) {
            return (place.lack(&self.as_of), place.evidence(&self.as_of));
        }
        let found = self.value(expr, env, None);
        (found.value.err(), found.evidence)
    }

    fn comparison(&self, op: CompareOp, left: &Expr, right: &Expr, env: &Env) -> Judged {
        let hint = self.type_of(left, env).or_else(|| self.type_of(right, env));
        let (left, right) = (self.value(left, env, hint.as_ref()), self.value(right, env, hint.as_ref()));
        let truth = match (&left.value, &right.value) {
            (Ok(left), Ok(right)) => compare(op, left, right),
            _ => Truth::Unknown,
        };
        Judged::new(truth, left.evidence.and(right.evidence))
    }

    /// `x in LIST`, `x in a list of the record`, `d in a period`.
    fn in_set(&self, value: &Expr, set: &Expr, env: &Env) -> Judged {
        if let ExprKind::Path(path) = &set.kind
            && let [name] = path.names.as_slice()
            && let Some(ty) = self.rules.lists.get(&name.text)
        {
            let sought = self.value(value, env, Some(ty));
            let Some(rows) = self.rules.rows.get(&name.text) else {
                return Judged::new(Truth::Unknown, sought.evidence);
            };
            let entries = rows.iter().flat_map(|row| row.values());
            let each = entries.map(|entry| {
                let entry = super::read::read(ty, entry, None);
                Judged::new(member(&sought.value, &entry), Evidence::default())
            });
            return Judged::new(one_of(each.collect()).truth, sought.evidence);
        }
        if let Some(Node::Place(list)) = self.node(set, env)
            && let Type::List(element) = &list.ty
        {
            let sought = self.value(value, env, Some(element));
            let whole = list.evidence(&self.as_of);
            let Ok(elements) = list.elements(&self.as_of) else {
                return Judged::new(Truth::Unknown, sought.evidence.and(whole));
            };
            let each = elements.iter().map(|element| {
                let found = element.found(&self.as_of);
                Judged::new(member(&sought.value, &found.value), found.evidence)
            });
            let among = one_of(each.collect());
            let evidence = if among.truth == Truth::True { among.evidence } else { whole };
            return Judged::new(among.truth, sought.evidence.and(evidence));
        }
        let (day, period) = (self.value(value, env, None), self.value(set, env, None));
        let truth = match (day.value, period.value) {
            (Ok(Value::Days(days)), Ok(Value::Period(start, end))) if !inverted(&start, &end) => {
                Truth::of(days.iter().flat_map(|day| {
                    let after = start.iter().map(move |start| start <= day).collect::<Vec<_>>();
                    let before: Vec<bool> = end.iter().map(|end| day <= end).collect();
                    // Both must hold: false where one can be, true where both can be.
                    let can = |list: &[bool], wanted: bool| list.contains(&wanted);
                    let mut found = Vec::new();
                    if can(&after, true) && can(&before, true) {
                        found.push(true);
                    }
                    if can(&after, false) || can(&before, false) {
                        found.push(false);
                    }
                    found
                }))
            }
            _ => Truth::Unknown,
        };
        Judged::new(truth, day.evidence.and(period.evidence))
    }
}

/// Likeness of texts; what folds to nothing decides nothing.
pub(crate) fn alike(op: CompareOp, left: &str, right: &str) -> Truth {
    let (left, right) = (fold::fold(left), fold::fold(right));
    if left.is_empty() || right.is_empty() {
        return Truth::Unknown;
    }
    Truth::of([match op {
        CompareOp::SameAs => left == right,
        CompareOp::Contains => left.contains(&right),
        CompareOp::StartsWith => left.starts_with(&right),
        _ => left.ends_with(&right),
    }])
}
