//! The verdict of one record, put together from truths.

use super::binders::Flow;
use super::cite::Cited;
use super::reasons::Reasons;
use super::{Bound, Eval, SLOTS};
use crate::compile::program::Indicator;
use crate::domain::date;
use crate::record::{Address, State};
use crate::truth::Truth;
use crate::verdict::{
    Coverage, EngineId, Finding, ProblemReport, Raised, RulesetId, Source, Undecided, VERDICT_VERSION, Verdict,
};
use serde_json::Value as Json;
use std::sync::Arc;

/// What every verdict of a ruleset repeats.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub ruleset: RulesetId,
    pub engine: EngineId,
}

/// Decides every indicator and writes the verdict.
pub(crate) fn report(eval: &mut Eval<'_, '_>, context: &Context) -> Verdict {
    eval.run();
    let p = eval.p;
    let (mut raised, mut unknown, mut shadow) = (Vec::new(), Vec::new(), Vec::new());
    let mut coverage = Coverage { judged: 0, of: 0 };
    for (index, indicator) in p.indicators.iter().enumerate() {
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let truth = eval.w.truths.get(index).copied().unwrap_or(Truth::Unknown);
        match truth {
            Truth::True if indicator.shadow => shadow.push(eval.raised_report(indicator)),
            Truth::True => raised.push(eval.raised_report(indicator)),
            Truth::Unknown if !indicator.shadow => {
                let mut reasons = Reasons::new(eval.limits.max_reasons);
                eval.indicator_reasons(number, &mut reasons);
                let reasons = reasons.finish();
                if !Eval::only_not_listed(&reasons) {
                    coverage.of += 1;
                }
                unknown.push(Undecided { indicator: indicator.name.to_string(), reasons });
                continue;
            }
            _ => {}
        }
        if !indicator.shadow {
            coverage.judged += 1;
            coverage.of += 1;
        }
    }
    let (score, categories) = eval.scores();
    let outcome = eval.outcome(score, categories);
    let next = eval.next(outcome, score, categories);
    Verdict {
        verdict_version: VERDICT_VERSION,
        id: eval.id(),
        outcome: p.decide.outcomes.get(outcome).map_or_else(String::new, ToString::to_string),
        decided_by: p.decide.rules.get(outcome).and_then(|rule| rule.as_ref()).map(|(_, text)| text.to_string()),
        score,
        categories: eval.category_scores(),
        coverage,
        as_of: eval.as_of().ok().map(|day| date::to_text(day.first)),
        raised,
        unknown,
        shadow,
        next,
        problems: eval.problems(),
        ruleset: context.ruleset.clone(),
        engine: context.engine.clone(),
    }
}

impl Eval<'_, '_> {
    fn id(&self) -> Option<String> {
        let cell = self.w.record.cell(Address { arena: 0, index: self.p.id? });
        (cell.state == State::Present).then(|| self.w.record.text(cell.raw).to_owned())
    }

    fn problems(&self) -> Vec<ProblemReport> {
        self.w
            .record
            .problems
            .iter()
            .map(|problem| ProblemReport {
                path: problem.path.clone(),
                expected: problem.expected.clone(),
                found: if self.w.redact_key.is_some() {
                    Json::String(self.redacted(&problem.found)).to_string()
                } else {
                    problem.found.clone()
                },
            })
            .collect()
    }

    fn raised_report(&mut self, indicator: &Indicator) -> Raised {
        self.w.in_shadow = indicator.shadow;
        self.w.allowance = self.limits.max_pairs;
        let (findings, more, undecided) = self.findings(indicator);
        let owned = |text: &Option<Arc<str>>| text.as_ref().map(ToString::to_string);
        Raised {
            indicator: indicator.name.to_string(),
            title: indicator.title.to_string(),
            category: self.p.decide.categories.get(indicator.category).map_or_else(String::new, ToString::to_string),
            severity: indicator.severity.word().to_owned(),
            points: if indicator.shadow { 0 } else { indicator.weight },
            justified: owned(&indicator.justified),
            findings,
            more,
            undecided,
            verify: owned(&indicator.verify),
            caution: owned(&indicator.caution),
            sources: indicator
                .sources
                .iter()
                .map(|(title, url)| Source { title: title.to_string(), url: owned(url) })
                .collect(),
        }
    }

    /// The findings of an indicator by its position: none if it is not raised.
    pub(crate) fn findings_of(&mut self, index: usize) -> Vec<Finding> {
        let p = self.p;
        match (p.indicators.get(index), self.w.truths.get(index)) {
            (Some(indicator), Some(Truth::True)) => {
                self.w.in_shadow = indicator.shadow;
                self.w.allowance = self.limits.max_pairs;
                self.findings(indicator).0
            }
            _ => Vec::new(),
        }
    }

    /// The findings of a raised indicator, how many were left out, and how many elements could not be judged.
    fn findings(&mut self, indicator: &Indicator) -> (Vec<Finding>, u32, u32) {
        if indicator.binders.is_empty() {
            let bound = self.w.bound;
            let finding = self.finding(indicator, &[bound]);
            return (vec![finding], 0, 0);
        }
        let (mut sure, mut more, mut undecided): (Vec<[Bound; SLOTS]>, u32, u32) = (Vec::new(), 0, 0);
        let keep = if indicator.at_least.is_some() { usize::MAX } else { self.limits.max_findings };
        self.walk(&indicator.binders, &mut |eval| {
            match eval.truth(&indicator.condition) {
                Truth::True if sure.len() < keep => sure.push(eval.w.bound),
                Truth::True => more = more.saturating_add(1),
                Truth::Unknown => undecided = undecided.saturating_add(1),
                Truth::False => {}
            }
            Flow::On
        });
        if indicator.at_least.is_some() {
            return (vec![self.finding(indicator, &sure)], 0, undecided);
        }
        let findings = sure.iter().map(|bound| self.finding(indicator, std::slice::from_ref(bound))).collect();
        (findings, more, undecided)
    }

    fn finding(&mut self, indicator: &Indicator, bindings: &[[Bound; SLOTS]]) -> Finding {
        let mut cited = Cited::default();
        for binding in bindings {
            self.w.bound = *binding;
            self.cite_binding(&indicator.binders, &indicator.condition, &mut cited);
        }
        let because = self.message(indicator, bindings);
        Finding { because, evidence: cited.finish() }
    }
}
