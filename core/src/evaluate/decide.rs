//! Scores, categories, outcomes, and what would lead to the next one.

use super::Eval;
use crate::truth::Truth;
use crate::verdict::{CategoryScore, Next};

/// The tally of one verdict.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Points by category before the cap, and whether the category counts.
    by_category: Vec<(u32, bool, bool)>,
}

impl Eval<'_, '_> {
    /// Adds up what is raised; `also` is counted as raised, too.
    pub(super) fn tally(&self, also: Option<usize>) -> Tally {
        let mut by_category = vec![(0u32, false, false); self.p.decide.categories.len()];
        for (index, indicator) in self.p.indicators.iter().enumerate() {
            let raised = self.w.truths.get(index).copied().unwrap_or(Truth::Unknown).is_true() || also == Some(index);
            if !raised || indicator.shadow {
                continue;
            }
            if let Some((points, counted, any)) = by_category.get_mut(indicator.category) {
                *points = points.saturating_add(indicator.weight);
                *any = true;
                *counted |= !indicator.composite && indicator.severity >= crate::check::tree::Grade::Low;
            }
        }
        Tally { by_category }
    }

    /// Points and counted categories after the caps.
    pub(super) fn scores(&self, tally: &Tally) -> (u32, u32) {
        let caps = &self.p.decide.caps;
        let score = tally
            .by_category
            .iter()
            .enumerate()
            .map(|(index, (points, _, _))| caps.get(index).copied().flatten().map_or(*points, |cap| cap.min(*points)))
            .fold(0u32, u32::saturating_add);
        let categories = tally.by_category.iter().filter(|(_, counted, _)| *counted).count();
        (score, u32::try_from(categories).unwrap_or(u32::MAX))
    }

    pub(super) fn category_scores(&self, tally: &Tally) -> Vec<CategoryScore> {
        let decide = &self.p.decide;
        let caps = &decide.caps;
        tally
            .by_category
            .iter()
            .enumerate()
            .filter(|(_, (_, _, any))| *any)
            .map(|(index, (points, counted, _))| CategoryScore {
                name: decide.categories.get(index).map_or_else(String::new, ToString::to_string),
                points: caps.get(index).copied().flatten().map_or(*points, |cap| cap.min(*points)),
                counted: *counted,
            })
            .collect()
    }

    /// The highest outcome whose condition surely holds; the least is the default.
    pub(super) fn outcome(&mut self, score: u32, categories: u32) -> usize {
        let p = self.p;
        let mut highest = 0;
        for (index, rule) in p.decide.rules.iter().enumerate() {
            if rule.is_some() && self.holds(index, score, categories) {
                highest = index;
            }
        }
        highest
    }

    fn holds(&mut self, outcome: usize, score: u32, categories: u32) -> bool {
        let p = self.p;
        let Some(Some((condition, _))) = p.decide.rules.get(outcome) else { return false };
        self.w.score = score;
        self.w.categories = categories;
        self.w.in_shadow = false;
        self.w.allowance = self.limits.max_pairs;
        self.truth(condition).is_true()
    }

    /// What would lead to the outcome above `current`.
    pub(super) fn next(&mut self, current: usize, score: u32, categories: u32) -> Option<Next> {
        let p = self.p;
        let target = current + 1;
        let outcome = p.decide.outcomes.get(target)?.to_string();
        // A higher outcome counts as well: it is above the current one, too.
        let targets: Vec<usize> = (target..p.decide.outcomes.len()).collect();
        let mut points = None;
        for threshold in p.decide.thresholds.iter().filter(|threshold| **threshold > score) {
            if self.holds(target, *threshold, categories) {
                points = Some(threshold - score);
                break;
            }
        }
        let mut any_of = Vec::new();
        for (index, indicator) in p.indicators.iter().enumerate() {
            let truth = self.w.truths.get(index).copied().unwrap_or(Truth::Unknown);
            if indicator.shadow || !truth.is_unknown() {
                continue;
            }
            let tally = self.tally(Some(index));
            let (score, categories) = self.scores(&tally);
            if let Some(slot) = self.w.truths.get_mut(index) {
                *slot = Truth::True;
            }
            if targets.iter().any(|target| self.holds(*target, score, categories)) {
                any_of.push(indicator.name.to_string());
            }
            if let Some(slot) = self.w.truths.get_mut(index) {
                *slot = truth;
            }
        }
        Some(Next { outcome, points, any_of })
    }
}
