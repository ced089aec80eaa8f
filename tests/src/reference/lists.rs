//! Questions about elements: binders, quantifiers, counts, the latest and the earliest.

use super::place::{Found, Judged, Node, Place};
use super::read::{Lack, Value};
use super::values::{Case, Env};
use super::{Evidence, Truth};
use indicia_dsl::ast::{Binder, Expr, ExprKind, Quantifier};
use std::collections::BTreeSet;

/// All combinations of elements, whether some list was not there, and the lists that led to none.
pub(crate) struct Bindings {
    pub(crate) envs: Vec<Env>,
    pub(crate) lack: bool,
    pub(crate) empty: Evidence,
}

impl Case<'_> {
    /// The elements of what a binder names, and the evidence of the list as a whole.
    fn elements(&self, list: &Expr, env: &Env) -> (Result<Vec<Place>, Lack>, Evidence) {
        if let ExprKind::Sources(paths) = &list.kind {
            let place = |names: &[indicia_dsl::ast::Name]| {
                names.iter().try_fold(self.root.clone(), |place, name| place.field(&name.text))
            };
            let places: Option<Vec<Place>> = paths.iter().map(|path| place(&path.names)).collect();
            return (places.ok_or(Lack::Undecided), Evidence::default());
        }
        if let ExprKind::Path(path) = &list.kind
            && let [name] = path.names.as_slice()
            && let Some(shape) = self.row_shape(&name.text)
        {
            return (self.rows(&name.text, &shape), Evidence::default());
        }
        match self.node(list, env) {
            Some(Node::Place(place)) => (place.elements(&self.as_of), place.evidence(&self.as_of)),
            _ => (Err(Lack::Undecided), Evidence::default()),
        }
    }

    /// The rows of a table, or nothing if nobody filled it.
    fn rows(&self, table: &str, shape: &super::schema::Type) -> Result<Vec<Place>, Lack> {
        let rows = self.rules.rows.get(table).ok_or(Lack::Missing)?;
        let key = self.rules.schema.tables.get(table).map_or("", |table| table.key.name.as_str());
        let place = |row: &std::collections::BTreeMap<String, serde_json::Value>| {
            let name = row.get(key).cloned().unwrap_or_default();
            let json = serde_json::Value::Object(row.clone().into_iter().collect());
            Place { path: format!("{table}[{name}]"), in_table: true, ..Place::root(shape, &json) }
        };
        Ok(rows.iter().map(place).collect())
    }

    /// Goes through all combinations, the last binder fastest.
    pub(crate) fn bindings(&self, binders: &[Binder], env: &Env) -> Bindings {
        let Some((binder, rest)) = binders.split_first() else {
            return Bindings { envs: vec![env.clone()], lack: false, empty: Evidence::default() };
        };
        let (elements, whole) = self.elements(&binder.list, env);
        let Ok(elements) = elements else {
            return Bindings { envs: Vec::new(), lack: true, empty: whole };
        };
        let mut firsts = Vec::new();
        for (number, element) in elements.iter().enumerate() {
            let env = env.with(&binder.name.text, element.clone());
            match &binder.pair {
                None => firsts.push(env),
                Some(second) => {
                    let later = elements.iter().skip(number + 1);
                    firsts.extend(later.map(|other| env.with(&second.text, other.clone())));
                }
            }
        }
        let mut all = Bindings { envs: Vec::new(), lack: false, empty: Evidence::default() };
        if firsts.is_empty() {
            all.empty = whole;
            return all;
        }
        for first in firsts {
            let inner = self.bindings(rest, &first);
            all.envs.extend(inner.envs);
            all.lack |= inner.lack;
            all.empty.add(inner.empty);
        }
        // An empty list of another place does not say that this one is there.
        let own: Vec<String> = whole.0.iter().map(|(path, _)| format!("{path}[")).collect();
        let inside = |path: &str| own.iter().any(|own| path.starts_with(own));
        if all.envs.is_empty() && !all.empty.0.iter().any(|(path, _)| inside(path)) {
            all.empty = whole.and(all.empty);
        }
        all
    }

    /// A quantifier.
    pub(crate) fn quantified(&self, quantifier: &Quantifier, binders: &[Binder], body: &Expr, env: &Env) -> Judged {
        let bindings = self.bindings(binders, env);
        let judge = |bound: &Env| self.with_elements(binders, bound, self.truth(body, bound));
        match quantifier {
            Quantifier::Any => at_least(1, &bindings, &judge),
            Quantifier::AtLeast(count) => at_least(count.node as usize, &bindings, &judge),
            Quantifier::All => every(Truth::True, &bindings, &judge),
            Quantifier::No => every(Truth::False, &bindings, &judge),
        }
    }

    /// With the elements that are bound: one of which nothing was cited is evidence as such.
    pub(crate) fn with_elements(&self, binders: &[Binder], env: &Env, mut judged: Judged) -> Judged {
        let names = binders.iter().flat_map(|binder| [Some(&binder.name), binder.pair.as_ref()]).flatten();
        // The inner ones first: they speak for those around them.
        for name in names.rev() {
            let bound = env.bound.iter().rev().find(|(bound, _)| *bound == name.text);
            let Some((_, place)) = bound.filter(|(_, place)| place.element && !place.in_table) else { continue };
            let mine = place.evidence(&self.as_of);
            let about = |path: &str| mine.0.iter().any(|(element, _)| lies_in(path, element));
            if !judged.evidence.0.iter().any(|(path, _)| about(path)) {
                judged.evidence.add(mine);
            }
        }
        judged
    }

    /// `count(…)`: every element is evidence.
    pub(crate) fn count(&self, binders: &[Binder], body: &Expr, env: &Env) -> Found {
        let bindings = self.bindings(binders, env);
        let judged: Vec<Judged> =
            bindings.envs.iter().map(|env| self.with_elements(binders, env, self.truth(body, env))).collect();
        let sure = judged.iter().filter(|judged| judged.truth == Truth::True).count();
        let open = bindings.lack || judged.iter().any(|judged| judged.truth == Truth::Unknown);
        let mut evidence = bindings.empty;
        for judged in judged {
            evidence.add(judged.evidence);
        }
        let number = Value::Number(f64::from(u32::try_from(sure).unwrap_or(u32::MAX)));
        Found::new(if open { Err(Lack::Undecided) } else { Ok(number) }, evidence)
    }

    /// `latest(…)` and `earliest(…)`: of no elements there is none.
    pub(crate) fn extreme(&self, latest: bool, binders: &[Binder], body: &Expr, env: &Env) -> Found {
        let bindings = self.bindings(binders, env);
        let (mut evidence, mut days, mut instants) = (bindings.empty, Vec::new(), Vec::new());
        let mut lack = bindings.lack;
        for env in &bindings.envs {
            let found = self.value(body, env, None);
            evidence.add(found.evidence);
            match found.value {
                Ok(Value::Days(found)) => days.push(found),
                Ok(Value::Instant(found)) => instants.push(found),
                _ => lack = true,
            }
        }
        if lack {
            return Found::new(Err(Lack::Undecided), evidence);
        }
        let instant = if latest { instants.iter().max() } else { instants.iter().min() };
        let pick = if latest { i64::max } else { i64::min };
        let day = days.into_iter().reduce(|one, other| {
            let each = one.iter().flat_map(|a| other.iter().map(move |b| pick(*a, *b)));
            each.collect::<BTreeSet<i64>>().into_iter().collect()
        });
        let value = instant.map(|instant| Value::Instant(*instant)).or_else(|| day.map(Value::Days));
        Found::new(value.ok_or(Lack::Missing), evidence)
    }
}

/// Whether a path is this place or a part of it.
fn lies_in(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Whether so many combinations surely hold. Evidence of a yes: those; of anything else: all.
pub(crate) fn at_least(count: usize, bindings: &Bindings, judge: &dyn Fn(&Env) -> Judged) -> Judged {
    let judged: Vec<Judged> = bindings.envs.iter().map(judge).collect();
    let of = |truth: Truth| judged.iter().filter(|judged| judged.truth == truth).count();
    let (sure, open) = (of(Truth::True), of(Truth::Unknown));
    let truth = if sure >= count {
        Truth::True
    } else if bindings.lack || sure + open >= count {
        Truth::Unknown
    } else {
        Truth::False
    };
    Judged::new(truth, gathered(bindings, judged, (truth == Truth::True).then_some(Truth::True)))
}

/// Whether every combination has this truth. Evidence of a no: those that have not; of anything else: all.
fn every(wanted: Truth, bindings: &Bindings, judge: &dyn Fn(&Env) -> Judged) -> Judged {
    let judged: Vec<Judged> = bindings.envs.iter().map(judge).collect();
    let other = wanted.not();
    let truth = if judged.iter().any(|judged| judged.truth == other) {
        Truth::False
    } else if bindings.lack || judged.iter().any(|judged| judged.truth == Truth::Unknown) {
        Truth::Unknown
    } else {
        Truth::True
    };
    Judged::new(truth, gathered(bindings, judged, (truth == Truth::False).then_some(other)))
}

/// The evidence of the combinations with this truth, or of all and of the lists that were empty.
fn gathered(bindings: &Bindings, judged: Vec<Judged>, only: Option<Truth>) -> Evidence {
    let mut evidence = Evidence::default();
    for judged in judged {
        if only.is_none_or(|truth| judged.truth == truth) {
            evidence.add(judged.evidence);
        }
    }
    if only.is_none() {
        evidence.add(bindings.empty.clone());
    }
    evidence
}
