//! Scores, categories, outcomes, and what would lead to the next one.

use super::{Eval, Kept};
use crate::check::tree::Grade;
use crate::compile::program::Indicator;
use crate::truth::Truth;
use crate::verdict::{CategoryScore, Next};
use std::cell::Cell;

/// What one category has come to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// Points before the cap.
    points: u32,
    /// Whether the category counts: an indicator that is no composite and of severity `low` or above is raised.
    counted: bool,
    /// Whether any of its indicators is raised.
    any: bool,
}

impl Tally {
    fn add(&mut self, indicator: &Indicator) {
        self.points = self.points.saturating_add(indicator.weight);
        self.any = true;
        self.counted |= !indicator.composite && indicator.severity >= Grade::Low;
    }
}

impl Eval<'_, '_> {
    /// Adds up what is raised, by category; gives score and counted categories.
    pub(crate) fn scores(&mut self) -> (u32, u32) {
        let p = self.p;
        self.w.tally.clear();
        self.w.tally.resize(p.decide.categories.len(), Tally::default());
        for (indicator, truth) in p.indicators.iter().zip(&self.w.truths) {
            if truth.is_true()
                && !indicator.shadow
                && let Some(tally) = self.w.tally.get_mut(indicator.category)
            {
                tally.add(indicator);
            }
        }
        self.scores_with(None)
    }

    /// Points and counted categories after the caps, with one more indicator raised.
    fn scores_with(&self, also: Option<&Indicator>) -> (u32, u32) {
        let (mut score, mut categories) = (0u32, 0u32);
        for (index, tally) in self.w.tally.iter().enumerate() {
            let also = also.filter(|indicator| indicator.category == index);
            if !tally.any && also.is_none() {
                continue;
            }
            let mut tally = *tally;
            if let Some(indicator) = also {
                tally.add(indicator);
            }
            score = score.saturating_add(self.capped(index, tally.points));
            categories += u32::from(tally.counted);
        }
        (score, categories)
    }

    fn capped(&self, category: usize, points: u32) -> u32 {
        self.p.decide.caps.get(category).copied().flatten().map_or(points, |cap| cap.min(points))
    }

    pub(super) fn category_scores(&self) -> Vec<CategoryScore> {
        let tallies = self.w.tally.iter().zip(&self.p.decide.categories).enumerate();
        tallies
            .filter(|(_, (tally, _))| tally.any)
            .map(|(index, (tally, name))| CategoryScore {
                name: name.to_string(),
                points: self.capped(index, tally.points),
                counted: tally.counted,
            })
            .collect()
    }

    /// The highest outcome whose condition surely holds; the least is the default.
    pub(crate) fn outcome(&mut self, score: u32, categories: u32) -> usize {
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
        let quick = self.outcome_at_once(outcome);
        debug_assert!(quick.is_none_or(|quick| quick == self.truth(condition)), "outcome {outcome}");
        quick.unwrap_or_else(|| self.truth(condition)).is_true()
    }

    /// What would lead to the outcome above `current`.
    pub(super) fn next(&mut self, current: usize, score: u32, categories: u32) -> Option<Next> {
        let p = self.p;
        let (target, points, any_of) = self.next_outcome(current, score, categories)?;
        let outcome = p.decide.outcomes.get(target)?.to_string();
        let any_of =
            any_of.iter().filter_map(|index| p.indicators.get(*index)).map(|indicator| indicator.name.to_string());
        Some(Next { outcome, points, any_of: any_of.collect() })
    }

    /// The same: the outcome, the points, and the indicators by their positions.
    pub(super) fn next_outcome(
        &mut self,
        current: usize,
        score: u32,
        categories: u32,
    ) -> Option<(usize, Option<u32>, Vec<usize>)> {
        let p = self.p;
        let target = current + 1;
        p.decide.outcomes.get(target)?;
        // A higher outcome counts as well: it is above the current one, too.
        let targets = target..p.decide.outcomes.len();
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
            let (score, categories) = self.scores_with(Some(indicator));
            self.suppose(index, Truth::True);
            if targets.clone().any(|target| self.holds(target, score, categories)) {
                any_of.push(index);
            }
            self.suppose(index, truth);
        }
        Some((target, points, any_of))
    }

    /// Takes an indicator for this. What is remembered of `let`s may rest on what it was taken for before.
    fn suppose(&mut self, index: usize, truth: Truth) {
        if let Some(slot) = self.w.truths.get_mut(index) {
            *slot = truth;
        }
        if self.p.decide.remembers {
            self.w.shared.fill(Cell::new(0));
            self.w.lets.fill(Kept::Nothing);
        }
    }
}
