//! Comparing a verdict with what a case expects, and saying the differences in words.

use super::file::Expect;
use super::run::{Screened, Suite};
use crate::ruleset::IndicatorInfo;
use crate::truth::Truth;
use crate::verdict::{Reason, Verdict, Why};
use std::collections::BTreeSet;

pub(super) fn differences(suite: &Suite, expect: &Expect, screened: &Screened) -> Vec<String> {
    let mut out = Vec::new();
    names(suite, expect, &mut out);
    for (ids, wanted) in
        [(&expect.raised, Truth::True), (&expect.clear, Truth::False), (&expect.unknown, Truth::Unknown)]
    {
        for indicator in ids.iter().filter_map(|id| find(suite, id)) {
            let found = screened.truth(indicator);
            if found != wanted {
                let found = state(indicator, found, screened);
                out.push(format!("expected `{}` to be {}, but it {found}", indicator.id, word(wanted)));
            }
        }
    }
    if let Some(only) = &expect.only {
        exactly(suite, only, screened, &mut out);
    }
    decision(expect, &screened.verdict, &mut out);
    evidence(suite, expect, screened, &mut out);
    messages(suite, expect, screened, &mut out);
    for indicator in &suite.indicators {
        let (said, explained) = (screened.truth(indicator), screened.explanations.get(&indicator.id).map(|e| e.truth));
        if explained.is_some_and(|explained| explained != said) {
            let explained = explained.map_or("", word);
            out.push(format!(
                "the verdict says `{}` is {}, its explanation says {explained}",
                indicator.id,
                word(said)
            ));
        }
    }
    out
}

/// Names that no indicator has: a case about them would show nothing.
fn names(suite: &Suite, expect: &Expect, out: &mut Vec<String>) {
    let lists = [&expect.raised, &expect.clear, &expect.unknown];
    let all = lists.into_iter().flatten().chain(expect.only.iter().flatten());
    let all: BTreeSet<&String> = all.chain(expect.evidence.keys()).chain(expect.because.keys()).collect();
    let indicators = || suite.indicators.iter().map(|indicator| indicator.id.as_str());
    for id in all.into_iter().filter(|id| find(suite, id).is_none()) {
        out.push(format!("no indicator is called `{id}`{}", did_you_mean(id, indicators())));
    }
    if let Some(outcome) = expect.outcome.as_ref().filter(|outcome| !suite.outcomes.contains(outcome)) {
        let outcomes = suite.outcomes.iter().map(String::as_str);
        out.push(format!("no outcome is called `{outcome}`{}", did_you_mean(outcome, outcomes)));
    }
}

fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    indicia_dsl::suggest(name, known).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

fn exactly(suite: &Suite, only: &[String], screened: &Screened, out: &mut Vec<String>) {
    for indicator in &suite.indicators {
        let found = screened.truth(indicator);
        let expected = only.contains(&indicator.id);
        if expected && !found.is_true() {
            out.push(format!("expected `{}` to be raised, but it {}", indicator.id, state(indicator, found, screened)));
        } else if !expected && found.is_true() {
            out.push(format!(
                "expected nothing else to be raised, but `{}` {}",
                indicator.id,
                state(indicator, found, screened)
            ));
        }
    }
}

fn decision(expect: &Expect, verdict: &Verdict, out: &mut Vec<String>) {
    if let Some(score) = expect.score.filter(|score| *score != verdict.score) {
        let parts: Vec<String> = verdict.categories.iter().map(|c| format!("{} {}", c.name, c.points)).collect();
        let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        out.push(format!("expected the score {score}, found {}{parts}", verdict.score));
    }
    if let Some(outcome) = expect.outcome.as_ref().filter(|outcome| **outcome != verdict.outcome) {
        let why = verdict.decided_by.as_ref().map_or_else(String::new, |rule| format!(" ({rule})"));
        out.push(format!("expected the outcome `{outcome}`, found `{}`{why}", verdict.outcome));
    }
}

fn evidence(suite: &Suite, expect: &Expect, screened: &Screened, out: &mut Vec<String>) {
    for (id, paths) in expect.evidence.iter().filter(|(id, _)| find(suite, id).is_some()) {
        let Some(raised) = screened.raised().find(|raised| raised.indicator == *id) else {
            out.push(format!("expected evidence of `{id}`, but it is not raised"));
            continue;
        };
        let found: BTreeSet<&str> = raised.findings.iter().flat_map(|f| &f.evidence).map(|e| e.path.as_str()).collect();
        let wanted: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        if found != wanted {
            out.push(format!("expected the evidence of `{id}` to be {}, found {}", list(&wanted), list(&found)));
        }
    }
}

fn messages(suite: &Suite, expect: &Expect, screened: &Screened, out: &mut Vec<String>) {
    for (id, text) in expect.because.iter().filter(|(id, _)| find(suite, id).is_some()) {
        let Some(raised) = screened.raised().find(|raised| raised.indicator == *id) else {
            out.push(format!("expected a message of `{id}`, but it is not raised"));
            continue;
        };
        if !raised.findings.iter().any(|finding| finding.because == *text) {
            let found: Vec<String> = raised.findings.iter().map(|finding| format!("\"{}\"", finding.because)).collect();
            out.push(format!("expected `{id}` to say \"{text}\", found {}", found.join(", ")));
        }
    }
}

fn list(paths: &BTreeSet<&str>) -> String {
    if paths.is_empty() {
        return "nothing".to_owned();
    }
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}

fn find<'a>(suite: &'a Suite, id: &str) -> Option<&'a IndicatorInfo> {
    suite.indicators.iter().find(|indicator| indicator.id == *id)
}

fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "raised",
        Truth::False => "clear",
        Truth::Unknown => "unknown",
    }
}

/// `is raised: "…"`, `is clear`, `is unknown: …`.
fn state(indicator: &IndicatorInfo, truth: Truth, screened: &Screened) -> String {
    match truth {
        Truth::True => {
            let raised = screened.raised().find(|raised| raised.indicator == indicator.id);
            let message = raised.and_then(|raised| raised.findings.first()).map(|finding| &finding.because);
            message.map_or_else(|| "is raised".to_owned(), |message| format!("is raised: \"{message}\""))
        }
        Truth::False => "is clear".to_owned(),
        Truth::Unknown => {
            let unknown = screened.verdict.unknown.iter().find(|unknown| unknown.indicator == indicator.id);
            let reasons: Vec<String> =
                unknown.map(|unknown| unknown.reasons.iter().map(reason).collect()).unwrap_or_default();
            if reasons.is_empty() { "is unknown".to_owned() } else { format!("is unknown: {}", reasons.join(", ")) }
        }
    }
}

fn reason(reason: &Reason) -> String {
    let words = match reason.reason {
        Why::Missing => "is missing",
        Why::Unparsable => "can't be read",
        Why::Imprecise => "is not precise enough",
        Why::Undecidable => "can't be decided",
        Why::NotListed => "is not listed",
        Why::Limit => "is beyond a limit",
        Why::Shadow => "is a shadow indicator",
        Why::DivisionByZero => "is divided by zero",
        Why::NoKey => "needs the key of hashed lists",
        Why::Inverted => "ends before it starts",
    };
    format!("`{}` {words}", reason.path)
}
