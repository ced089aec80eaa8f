//! The engine and the reference evaluator agree: truth, findings, evidence, score and outcome.

#![cfg(test)]

mod proof;

use indicia_tests::conformance::{folder, load};
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Tape, draw_ruleset};
use indicia_tests::reference::{Finding, Judged, Judgement, Reference, Rows, Truth};
use indicia_tests::screening::{applications, expected, truth_of};
use indicia_tests::shrink::{Failure, Found};
use proof::prove_found;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

fn truth(of: indicia::Truth) -> Truth {
    match of {
        indicia::Truth::True => Truth::True,
        indicia::Truth::Unknown => Truth::Unknown,
        indicia::Truth::False => Truth::False,
    }
}

fn findings(raised: &indicia::Raised) -> Vec<Finding> {
    let set = |finding: &indicia::Finding| {
        Finding::of(finding.evidence.iter().map(|entry| (entry.path.clone(), entry.value.clone())))
    };
    raised.findings.iter().map(set).collect()
}

fn differences(verdict: &indicia::Verdict, judgement: &Judgement) -> Vec<String> {
    let mut found = Vec::new();
    for (id, judged) in &judgement.indicators {
        let engine = truth(truth_of(verdict, id));
        if engine != judged.truth && !(judged.shadow && engine == Truth::False && judged.truth == Truth::Unknown) {
            found.push(format!("{id} is {engine:?} to the engine, {:?} to the reference", judged.truth));
            continue;
        }
        let Some(raised) = verdict.raised.iter().chain(&verdict.shadow).find(|raised| raised.indicator == *id) else {
            continue;
        };
        let kept = judged.findings.len().min(10);
        let ours = findings(raised);
        let theirs = judged.findings[..kept].to_vec();
        if ours != theirs {
            let of = |findings: &[Finding]| -> BTreeSet<String> {
                let each = findings.iter().enumerate().flat_map(|(number, finding)| {
                    finding.evidence.iter().map(move |(path, value)| format!("{number}: {path} = {value}"))
                });
                each.collect()
            };
            let (ours, theirs) = (of(&ours), of(&theirs));
            let more: Vec<_> = ours.difference(&theirs).collect();
            let less: Vec<_> = theirs.difference(&ours).collect();
            found.push(format!("evidence of {id}: the engine has {more:#?}, the reference {less:#?}"));
        }
        let left = (raised.more as usize, raised.undecided as usize);
        let more = if raised.findings.len() == 1 { 0 } else { judged.findings.len() - kept };
        if left != (more, judged.undecided) {
            found.push(format!("{id} leaves {left:?}, the reference {:?}", (more, judged.undecided)));
        }
    }
    if (u64::from(verdict.score), &verdict.outcome) != (judgement.score, &judgement.outcome) {
        found.push(format!("{} {} to the engine, {judgement:?}", verdict.score, verdict.outcome));
    }
    found
}

/// What a case expects by the reference.
fn by_reference(judgement: &Judgement) -> Json {
    let truth = |judged: &Judged| match judged.truth {
        Truth::True => indicia::Truth::True,
        Truth::Unknown => indicia::Truth::Unknown,
        Truth::False => indicia::Truth::False,
    };
    let told = judgement.indicators.iter().filter(|(_, judged)| !judged.shadow || judged.truth == Truth::True);
    let mut expect = expected(told.map(|(id, judged)| (id.as_str(), truth(judged))));
    expect["verdict"] = json!({"score": judgement.score, "outcome": judgement.outcome});
    expect
}

fn agrees(found: &Found) -> Result<(), Failure> {
    let ruleset = found.ruleset()?;
    let reference = Reference::new(&[&found.rules], &found.rows).ok_or("the reference can't read it".to_owned())?;
    let verdict = found.screen(&ruleset)?;
    let judgement = reference.judge(&found.record, found.as_of.as_deref());
    let differences = differences(&verdict, &judgement);
    if differences.is_empty() { Ok(()) } else { Err(found.wrong(differences.join("\n"), by_reference(&judgement))) }
}

#[test]
fn the_engine_agrees_with_the_reference() {
    let draw = |rules: &[u16], facts: &[u16]| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        applications(&drawn.text(), &record::rows(&mut Tape::new(facts)), facts, Quirks::USUAL)
    };
    prove_found(180, [120, 600], draw, agrees);
}

/// Words of what the reference does not read.
const REFUSED: &[&str] = &[
    "phone",
    "email",
    "url",
    "ip",
    "network",
    "person",
    "agrees",
    "mentions",
    "edit",
    "edits",
    "hash",
    "redact",
    "extends",
    "adjust",
    "domain",
    "Korea",
    "list_key",
    "raw",
    "protected",
];

fn is_read(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    text.is_ascii() && !words.any(|word| REFUSED.contains(&word))
}

#[test]
fn the_reference_agrees_on_the_conformance_cases_that_it_reads() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for (name, file) in load(&folder().join("cases")).unwrap() {
        for case in &file.cases {
            let sources = case.sources(&file.prelude);
            let texts: Vec<&str> = sources.rules.values().map(String::as_str).collect();
            let told = format!("{} {}", case.record, texts.join(" "));
            let plain = case.options.limits.is_empty() && sources.base.is_none() && sources.data.is_empty();
            // Thirty names that double are a question of time only; days beyond counting are no days to go through.
            let vast = case.name.starts_with("names-that-double") || case.name.contains("beyond-counting");
            if !plain || vast || !is_read(&told) || !case.lists.is_empty() {
                continue;
            }
            let Ok(ruleset) = indicia::Ruleset::from_sources(&sources) else { continue };
            let Ok(verdict) = ruleset.screen_value(&case.record, &case.options()) else { continue };
            let Some(reference) = Reference::new(&texts, &Rows::new()) else { continue };
            let judgement = reference.judge(&case.record, case.as_of.as_deref());
            compared += 1;
            let differences = differences(&verdict, &judgement);
            if !differences.is_empty() {
                wrong.push(format!("{name}/{}: {}", case.name, differences.join("; ")));
            }
        }
    }
    println!("{compared} cases compared");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 200, "only {compared} cases compared");
}
