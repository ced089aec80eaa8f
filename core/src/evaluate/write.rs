//! The verdict as JSON text, without the values of a [`crate::Verdict`] in between; they serialize to the same text.

use super::report::{Context, Decision};
use super::{Eval, push_number};
use crate::domain::date;
use crate::json;
use crate::truth::Truth;
use crate::verdict::{Coverage, VERDICT_VERSION};

impl Eval<'_, '_> {
    /// Appends the verdict of what was decided.
    pub(crate) fn write_verdict(&mut self, context: &Context, decision: Decision, out: &mut String) {
        let p = self.p;
        let Decision { outcome, score, categories } = decision;
        let mut unknown = std::mem::take(&mut self.w.page);
        let coverage = self.write_unknown(&mut unknown);
        out.push_str("{\"verdict_version\":");
        push_number(VERDICT_VERSION, out);
        out.push_str(",\"id\":");
        push_option(self.id(), out);
        out.push_str(",\"outcome\":");
        json::push_text(p.decide.outcomes.get(outcome).map_or("", |name| name), out);
        out.push_str(",\"decided_by\":");
        let rule = p.decide.rules.get(outcome).and_then(Option::as_ref);
        push_option(rule.map(|(_, text)| &**text), out);
        out.push_str(",\"score\":");
        push_number(score, out);
        out.push_str(",\"categories\":[");
        for (number, category) in self.category_scores().iter().enumerate() {
            out.push_str(if number > 0 { ",{\"name\":" } else { "{\"name\":" });
            json::push_text(&category.name, out);
            out.push_str(",\"points\":");
            push_number(category.points, out);
            out.push_str(if category.counted { ",\"counted\":true}" } else { ",\"counted\":false}" });
        }
        out.push_str("],\"coverage\":{\"judged\":");
        push_number(coverage.judged, out);
        out.push_str(",\"of\":");
        push_number(coverage.of, out);
        out.push_str("},\"as_of\":");
        push_option(self.as_of().ok().map(|day| date::to_text(day.first)).as_deref(), out);
        out.push_str(",\"raised\":[");
        self.write_raised(false, context, out);
        out.push_str("],\"unknown\":[");
        out.push_str(&unknown);
        unknown.clear();
        self.w.page = unknown;
        out.push_str("],\"shadow\":[");
        self.write_raised(true, context, out);
        out.push_str("],\"next\":");
        self.write_next(outcome, score, categories, out);
        out.push_str(",\"problems\":");
        let problems = if self.w.record.problems.is_empty() { Vec::new() } else { self.problems() };
        out.push_str(&serde_json::to_string(&problems).unwrap_or_default());
        out.push_str(&context.tail);
    }

    /// The undecided indicators, separated by commas, and how many could be judged.
    fn write_unknown(&mut self, out: &mut String) -> Coverage {
        let p = self.p;
        let mut coverage = Coverage { judged: 0, of: 0 };
        for (index, indicator) in p.indicators.iter().enumerate().filter(|(_, indicator)| !indicator.shadow) {
            if self.w.truths.get(index) != Some(&Truth::Unknown) {
                coverage.judged += 1;
                coverage.of += 1;
                continue;
            }
            let reasons = self.reasons_of(index);
            coverage.of += u32::from(!Eval::only_not_listed(&reasons));
            out.push_str(if out.is_empty() { "{\"indicator\":" } else { ",{\"indicator\":" });
            json::push_text(&indicator.name, out);
            out.push_str(",\"reasons\":[");
            for (number, reason) in reasons.iter().enumerate() {
                out.push_str(if number > 0 { ",{\"path\":" } else { "{\"path\":" });
                json::push_text(&reason.path, out);
                out.push_str(",\"reason\":");
                json::push_text(reason.reason.word(), out);
                out.push('}');
            }
            out.push_str("]}");
        }
        coverage
    }

    /// The raised indicators, or those in the shadow, separated by commas.
    fn write_raised(&mut self, shadow: bool, context: &Context, out: &mut String) {
        let p = self.p;
        let mut first = true;
        for (index, indicator) in p.indicators.iter().enumerate() {
            if indicator.shadow != shadow || self.w.truths.get(index) != Some(&Truth::True) {
                continue;
            }
            let Some((head, tail)) = context.pages.get(index) else { continue };
            if !std::mem::take(&mut first) {
                out.push(',');
            }
            out.push_str(head);
            let (more, undecided) = self.write_findings_of(index, indicator, out);
            out.push_str(",\"more\":");
            push_number(more, out);
            out.push_str(",\"undecided\":");
            push_number(undecided, out);
            out.push_str(tail);
        }
    }

    fn write_next(&mut self, outcome: usize, score: u32, categories: u32, out: &mut String) {
        let p = self.p;
        let Some((target, points, any_of)) = self.next_outcome(outcome, score, categories) else {
            out.push_str("null");
            return;
        };
        out.push_str("{\"outcome\":");
        json::push_text(p.decide.outcomes.get(target).map_or("", |name| name), out);
        out.push_str(",\"points\":");
        match points {
            Some(points) => push_number(points, out),
            None => out.push_str("null"),
        }
        out.push_str(",\"any_of\":[");
        for (number, indicator) in any_of.iter().filter_map(|index| p.indicators.get(*index)).enumerate() {
            if number > 0 {
                out.push(',');
            }
            json::push_text(&indicator.name, out);
        }
        out.push_str("]}");
    }
}

fn push_option(text: Option<&str>, out: &mut String) {
    match text {
        Some(text) => json::push_text(text, out),
        None => out.push_str("null"),
    }
}
