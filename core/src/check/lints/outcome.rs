//! W0703: outcomes that can't be reached, because the score or the categories don't suffice, because nothing says when,
//! or because a higher outcome always takes their place.

use super::Lints;
use super::facts::turned;
use super::fold::Folder;
use super::key::key;
use super::range::{Reach, Values};
use super::truths::Truths;
use crate::check::codes;
use crate::check::tree::{Grade, Kind, Typed};
use indicia_dsl::ast::CompareOp;

impl Lints<'_> {
    pub(super) fn outcomes(&mut self) {
        self.insist = !self.adjusted.is_empty();
        let checked = self.checked;
        let decide = &checked.decide;
        let reach = self.reach();
        let values = Values { reach, ..self.values() };
        for (index, (outcome, rule)) in decide.outcomes.iter().zip(&decide.rules).enumerate().skip(1) {
            let message = format!("outcome `{outcome}` can't be reached");
            let Some((rule, _)) = rule else {
                self.warn(codes::UNREACHABLE_OUTCOME, decide.at, message, "nothing says when").help =
                    Some(format!("add a line such as `outcome {outcome} when score >= 30 and categories >= 2`"));
                continue;
            };
            if reach.is_none() {
                continue;
            }
            if let Some(part) = narrowest(&values, rule) {
                let label = match (counts(part), reach) {
                    (Some(Kind::Score), Some(reach)) => format!("the score is at most {}", reach.score),
                    (Some(Kind::Categories), Some(reach)) => {
                        format!("at most {} can count", categories(reach.categories))
                    }
                    _ => "this can never be true".to_owned(),
                };
                self.warn(codes::UNREACHABLE_OUTCOME, part.at, message, label).help =
                    Some("lower the threshold, or raise weights and caps".to_owned());
                continue;
            }
            let higher = decide.outcomes.iter().zip(&decide.rules).skip(index + 1);
            let covering = higher
                .filter_map(|(name, rule)| rule.as_ref().map(|(rule, _)| (name, rule)))
                .find(|(_, higher)| implies(&values, rule, higher));
            if let Some((name, higher)) = covering {
                let file = self.file(higher.at).to_owned();
                let label = format!("then `{name}` holds as well, and is higher");
                let diagnostic = self.warn(codes::UNREACHABLE_OUTCOME, rule.at, message, label);
                *diagnostic = diagnostic
                    .clone()
                    .with_label(&file, higher.at.span, format!("when `{name}` holds"))
                    .with_help(format!("ask more of `{name}` than of `{outcome}`"));
            }
        }
        self.insist = false;
    }

    /// What outcomes can count up to, if there is anything to count.
    pub(super) fn reach(&self) -> Option<Reach> {
        let decide = &self.checked.decide;
        let mut points = vec![0u32; decide.categories.len()];
        let mut counted = vec![false; decide.categories.len()];
        let active: Vec<_> = self.checked.indicators.iter().filter(|indicator| !indicator.shadow).collect();
        for indicator in &active {
            let weight = decide.weights.get(indicator.severity as usize).copied().unwrap_or(0);
            if let Some(slot) = points.get_mut(indicator.category) {
                *slot = slot.saturating_add(indicator.weight.unwrap_or(weight));
            }
            if let Some(slot) = counted.get_mut(indicator.category) {
                *slot |= !indicator.is_composite() && indicator.severity >= Grade::Low;
            }
        }
        let score = points
            .iter()
            .zip(&decide.caps)
            .map(|(points, cap)| cap.map_or(*points, |cap| cap.min(*points)))
            .fold(0u32, u32::saturating_add);
        let categories = u32::try_from(counted.iter().filter(|counted| **counted).count()).unwrap_or(u32::MAX);
        (!active.is_empty()).then_some(Reach { score, categories })
    }
}

fn categories(count: u32) -> String {
    if count == 1 { "1 category".to_owned() } else { format!("{count} categories") }
}

/// The smallest part that keeps a condition from ever being true.
fn narrowest<'t>(values: &Values<'t>, rule: &'t Typed) -> Option<&'t Typed> {
    if Folder::silent(*values).truths(rule).has(Truths::TRUE) {
        return None;
    }
    let part = match &rule.kind {
        Kind::And(parts) => parts.iter().find_map(|part| narrowest(values, part)),
        _ => None,
    };
    Some(part.unwrap_or(rule))
}

/// Whether a condition compares the score or the number of categories.
fn counts(typed: &Typed) -> Option<&Kind> {
    let Kind::Compare { left, right, .. } = &typed.kind else { return None };
    [left, right].into_iter().map(|side| &side.kind).find(|kind| matches!(kind, Kind::Score | Kind::Categories))
}

/// Whether a condition surely brings another one with it.
fn implies(values: &Values<'_>, one: &Typed, other: &Typed) -> bool {
    if key(one) == key(other) {
        return true;
    }
    match (&one.kind, &other.kind) {
        (Kind::Or(parts), _) => parts.iter().all(|part| implies(values, part, other)),
        (_, Kind::And(parts)) => parts.iter().all(|part| implies(values, one, part)),
        (Kind::And(ones), Kind::Or(others)) => {
            others.iter().any(|other| implies(values, one, other)) || ones.iter().any(|one| implies(values, one, other))
        }
        (_, Kind::Or(parts)) => parts.iter().any(|part| implies(values, one, part)),
        (Kind::And(parts), _) => parts.iter().any(|part| implies(values, part, other)),
        _ => match (least(values, one), least(values, other)) {
            (Some((a, low, strict)), Some((b, needed, needed_strict))) => {
                a == b && (low > needed || (low >= needed && (strict || !needed_strict)))
            }
            _ => false,
        },
    }
}

/// `score >= 30` as what is bounded, the bound, and whether it is excluded.
fn least(values: &Values<'_>, typed: &Typed) -> Option<(String, f64, bool)> {
    let Kind::Compare { op, left, right } = &typed.kind else { return None };
    let (value, bound, op) = match (values.range(left), values.range(right)) {
        (_, bound) if !bound.lacking && bound.least >= bound.most => (left, bound.least, *op),
        (bound, _) if !bound.lacking && bound.least >= bound.most => (right, bound.least, turned(*op)),
        _ => return None,
    };
    match op {
        CompareOp::Gt => Some((key(value), bound, true)),
        CompareOp::Ge => Some((key(value), bound, false)),
        _ => None,
    }
}
