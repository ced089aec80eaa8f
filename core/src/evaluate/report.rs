//! The verdict of one record, put together from truths.

use super::Eval;
use super::binders::Flow;
use super::bindings::Bindings;
use super::evidence::Cited;
use super::reasons::Reasons;
use crate::compile::program::{Indicator, Program};
use crate::domain::date;
use crate::json;
use crate::quick::Pages;
use crate::record::{Address, State};
use crate::truth::Truth;
use crate::verdict::{
    Coverage, EngineId, Finding, ProblemReport, Raised, Reason, RulesetId, Source, Undecided, VERDICT_VERSION, Verdict,
};
use serde_json::Value as Json;
use std::ops::Range;
use std::sync::Arc;

/// What every verdict of a ruleset repeats.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub ruleset: RulesetId,
    pub engine: EngineId,
    /// By indicator: the JSON text of its entry around findings and counts.
    pub pages: Vec<(Box<str>, Box<str>)>,
    /// The JSON text of a verdict from the ruleset on.
    pub tail: Box<str>,
}

impl Context {
    pub(crate) fn new(program: &Program, ruleset: RulesetId, engine: EngineId) -> Self {
        const MADE: &str = "[],\"more\":0,\"undecided\":0";
        let page = |indicator| {
            let text = serde_json::to_string(&entry(program, indicator)).unwrap_or_default();
            text.split_once(MADE).map(|(head, tail)| (head.into(), tail.into())).unwrap_or_default()
        };
        let text = |value: serde_json::Result<String>| value.unwrap_or_default();
        let (of, by) = (text(serde_json::to_string(&ruleset)), text(serde_json::to_string(&engine)));
        Self {
            pages: program.indicators.iter().map(page).collect(),
            tail: format!(",\"ruleset\":{of},\"engine\":{by}}}").into(),
            ruleset,
            engine,
        }
    }
}

/// What the entry of an indicator says whatever was found.
fn entry(program: &Program, indicator: &Indicator) -> Raised {
    let owned = |text: &Option<Arc<str>>| text.as_ref().map(ToString::to_string);
    Raised {
        indicator: indicator.name.to_string(),
        title: indicator.title.to_string(),
        category: program.decide.categories.get(indicator.category).map_or_else(String::new, ToString::to_string),
        severity: indicator.severity.word().to_owned(),
        points: if indicator.shadow { 0 } else { indicator.weight },
        justified: owned(&indicator.justified),
        findings: Vec::new(),
        more: 0,
        undecided: 0,
        verify: owned(&indicator.verify),
        caution: owned(&indicator.caution),
        sources: indicator
            .sources
            .iter()
            .map(|(title, url)| Source { title: title.to_string(), url: owned(url) })
            .collect(),
    }
}

/// What was decided: the outcome by its position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    pub outcome: usize,
    pub score: u32,
    pub categories: u32,
}

impl Eval<'_, '_> {
    /// The verdict of what was decided.
    pub(crate) fn report(&mut self, context: &Context, decision: Decision) -> Verdict {
        let p = self.p;
        let Decision { outcome, score, categories } = decision;
        let (mut raised, mut unknown, mut shadow) = (Vec::new(), Vec::new(), Vec::new());
        let mut coverage = Coverage { judged: 0, of: 0 };
        for (index, indicator) in p.indicators.iter().enumerate() {
            let truth = self.w.truths.get(index).copied().unwrap_or(Truth::Unknown);
            match truth {
                Truth::True if indicator.shadow => shadow.push(self.raised_report(index, indicator)),
                Truth::True => raised.push(self.raised_report(index, indicator)),
                Truth::Unknown if !indicator.shadow => {
                    let reasons = self.reasons_of(index);
                    if !Self::only_not_listed(&reasons) {
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
        let next = self.next(outcome, score, categories);
        Verdict {
            verdict_version: VERDICT_VERSION,
            id: self.id().map(str::to_owned),
            outcome: p.decide.outcomes.get(outcome).map_or_else(String::new, ToString::to_string),
            decided_by: p.decide.rules.get(outcome).and_then(|rule| rule.as_ref()).map(|(_, text)| text.to_string()),
            score,
            categories: self.category_scores(),
            coverage,
            as_of: self.as_of().ok().map(|day| date::to_text(day.first)),
            raised,
            unknown,
            shadow,
            next,
            problems: self.problems(),
            ruleset: context.ruleset.clone(),
            engine: context.engine.clone(),
        }
    }

    /// How many active indicators are judged: what [`Eval::report`] counts.
    pub(crate) fn coverage(&mut self) -> Coverage {
        let p = self.p;
        let mut coverage = Coverage { judged: 0, of: 0 };
        for (index, _) in p.indicators.iter().enumerate().filter(|(_, indicator)| !indicator.shadow) {
            let unknown = self.w.truths.get(index).is_none_or(|truth| truth.is_unknown());
            if !unknown {
                coverage.judged += 1;
            }
            if !unknown || !Self::only_not_listed(&self.reasons_of(index)) {
                coverage.of += 1;
            }
        }
        coverage
    }

    /// The application's own id.
    pub(crate) fn id(&self) -> Option<&str> {
        let cell = self.w.record.cell(Address { arena: 0, index: self.p.id? });
        (cell.state == State::Present).then(|| self.w.record.text(cell.raw))
    }

    pub(super) fn problems(&self) -> Vec<ProblemReport> {
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

    fn raised_report(&mut self, index: usize, indicator: &Indicator) -> Raised {
        self.w.in_shadow = indicator.shadow;
        self.w.allowance = self.limits.max_pairs;
        let (findings, more, undecided) = self.findings(index, indicator);
        Raised { findings, more, undecided, ..entry(self.p, indicator) }
    }

    /// Why an indicator is unknown.
    pub(super) fn reasons_of(&mut self, index: usize) -> Vec<Reason> {
        let mut reasons = Reasons::new(self.limits.max_reasons);
        self.indicator_reasons(u32::try_from(index).unwrap_or(u32::MAX), &mut reasons);
        reasons.finish()
    }

    /// The findings of an indicator by its position: none if it is not raised.
    pub(crate) fn findings_of(&mut self, index: usize) -> Vec<Finding> {
        let p = self.p;
        match (p.indicators.get(index), self.w.truths.get(index)) {
            (Some(indicator), Some(Truth::True)) => {
                self.w.in_shadow = indicator.shadow;
                self.w.allowance = self.limits.max_pairs;
                self.findings(index, indicator).0
            }
            _ => Vec::new(),
        }
    }

    /// The findings of a raised indicator, how many were left out, and how many elements could not be judged.
    fn findings(&mut self, index: usize, indicator: &Indicator) -> (Vec<Finding>, u32, u32) {
        let (sure, undecided) = self.sure(index, indicator);
        let ranges = sure.findings(indicator.is_one_finding(), self.limits.max_findings);
        let more = if indicator.is_one_finding() { 0 } else { sure.count - ranges.len() };
        let findings = ranges.map(|range| self.finding(indicator, &sure, range)).collect();
        (findings, u32::try_from(more).unwrap_or(u32::MAX), undecided)
    }

    /// What surely matches, and how many elements could not be judged.
    fn sure(&mut self, index: usize, indicator: &Indicator) -> (Bindings, u32) {
        let mut sure = Bindings::new(&indicator.binders);
        if indicator.binders.is_empty() {
            sure.push(&self.w.bound);
            return (sure, 0);
        }
        if let Some(undecided) = self.sure_at_once(index, indicator, &mut sure) {
            return (sure, undecided);
        }
        let mut undecided = 0u32;
        self.ask(&indicator.binders, &indicator.condition, |eval, truth| {
            match truth {
                Truth::True => sure.push(&eval.w.bound),
                Truth::Unknown => undecided = undecided.saturating_add(1),
                Truth::False => {}
            }
            Flow::On
        });
        (sure, undecided)
    }

    /// The same on the short road.
    fn sure_at_once(&mut self, index: usize, indicator: &Indicator, sure: &mut Bindings) -> Option<u32> {
        let p = self.p;
        let ([binder], plan) = (indicator.binders.as_slice(), p.quick.of(index)?) else {
            return None;
        };
        let each = plan.each.as_ref()?;
        let as_of = self.as_of().ok();
        let (found, undecided) = self.on_the_short_road(as_of, |road| road.sure(each, &plan.body))?;
        let elements = self.elements(p.binders.get(binder.list as usize)?).ok()?;
        for (first, second) in found {
            self.bind(binder.slot, binder.list, elements, first);
            if let Some(pair) = binder.pair {
                self.bind(pair, binder.list, elements, second);
            }
            sure.push(&self.w.bound);
        }
        Some(undecided)
    }

    fn finding(&mut self, indicator: &Indicator, bindings: &Bindings, range: Range<usize>) -> Finding {
        let mut cited = self.collect(indicator, bindings, range.clone());
        let evidence = cited.evidence(&self.w.record);
        cited.clear();
        self.w.cited = cited;
        let mut because = String::with_capacity(128);
        self.message(indicator, bindings, range, &mut because);
        Finding { because, evidence }
    }

    /// The evidence of bindings, in buffers of the workspace.
    fn collect(&mut self, indicator: &Indicator, bindings: &Bindings, range: Range<usize>) -> Cited {
        let mut cited = std::mem::take(&mut self.w.cited);
        for number in range {
            bindings.bind(number, &mut self.w.bound);
            self.cite_binding(&indicator.binders, &indicator.condition, Truth::True, &mut cited);
        }
        cited
    }

    /// Writes the findings of an indicator by its position as JSON text: an empty list if it is not raised.
    pub(crate) fn write_findings(&mut self, index: usize, out: &mut String) {
        let p = self.p;
        match (p.indicators.get(index), self.w.truths.get(index)) {
            (Some(indicator), Some(Truth::True)) => drop(self.write_findings_of(index, indicator, out)),
            _ => out.push_str("[]"),
        }
    }

    /// Writes the findings of a raised indicator; gives how many were left out, and how many elements could not be judged.
    pub(super) fn write_findings_of(&mut self, index: usize, indicator: &Indicator, out: &mut String) -> (u32, u32) {
        self.w.in_shadow = indicator.shadow;
        self.w.allowance = self.limits.max_pairs;
        out.push('[');
        let counts = self.write_at_once(index, out).unwrap_or_else(|| self.write_one_by_one(index, indicator, out));
        out.push(']');
        counts
    }

    fn write_one_by_one(&mut self, index: usize, indicator: &Indicator, out: &mut String) -> (u32, u32) {
        let (sure, undecided) = self.sure(index, indicator);
        let ranges = sure.findings(indicator.is_one_finding(), self.limits.max_findings);
        let more = if indicator.is_one_finding() { 0 } else { sure.count - ranges.len() };
        for (number, range) in ranges.enumerate() {
            out.push_str(if number > 0 { ",{\"because\":" } else { "{\"because\":" });
            let mut because = std::mem::take(&mut self.w.message);
            self.message(indicator, &sure, range.clone(), &mut because);
            json::push_text(&because, out);
            because.clear();
            self.w.message = because;
            out.push_str(",\"evidence\":");
            let mut cited = self.collect(indicator, &sure, range);
            cited.write(&self.w.record, out);
            cited.clear();
            self.w.cited = cited;
            out.push('}');
        }
        (u32::try_from(more).unwrap_or(u32::MAX), undecided)
    }

    /// The same of plain findings, on the short road.
    fn write_at_once(&mut self, index: usize, out: &mut String) -> Option<(u32, u32)> {
        let plan = self.p.quick.of(index).filter(|_| self.w.redact_key.is_none())?;
        let (start, as_of) = (out.len(), self.as_of().ok());
        let mut message = std::mem::take(&mut self.w.message);
        let (max_message_chars, max_findings) = (self.limits.max_message_chars, self.limits.max_findings);
        let pages = Pages { out, message: &mut message, max_message_chars, max_findings };
        let done = self.on_the_short_road(as_of, |road| road.findings(plan, pages));
        message.clear();
        self.w.message = message;
        if done.is_none() {
            out.truncate(start);
        }
        done
    }
}
