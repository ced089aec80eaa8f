//! The JSON Resume samples, through the shipped mapping: honest ones come out `clear`, and one injected fraud raises exactly
//! its indicator.
//!
//! Three of the six samples carry a number reserved for fiction (`555-01xx`), which is a finding of its own. It is replaced by
//! another number of the same area code before anything else, so that the base is a résumé as somebody would send it.

#![cfg(test)]

use indicia::{Mapping, Ruleset, ScreenOptions, Sources, Verdict};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const RULESET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/json-resume");

struct Desk {
    ruleset: Ruleset,
    mapping: Mapping,
}

impl Desk {
    fn new() -> Self {
        let sources = Sources::from_folder(RULESET).unwrap();
        let mapping = Mapping::parse(&sources.mappings["json-resume"]).unwrap();
        Self { ruleset: Ruleset::from_sources(&sources).unwrap(), mapping }
    }

    fn screen(&self, document: &Value) -> Verdict {
        let applied = self.mapping.apply(&BTreeMap::from([("resume".to_owned(), document.clone())])).unwrap();
        let options = ScreenOptions::default().with_as_of("2026-01-15");
        self.ruleset.screen_value(&applied.record, &options).unwrap()
    }

    /// The indicators that a résumé alone can decide: those that read no path but the résumé's own, the date of the
    /// application, and paths of the form for which the résumé stands in.
    fn of_a_resume(&self) -> BTreeSet<String> {
        let mut read: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for input in self.ruleset.inputs() {
            for indicator in input.indicators {
                read.entry(indicator).or_default().push(input.path.clone());
            }
        }
        let stands_in = |path: &str, paths: &[String]| match path.strip_prefix("form.") {
            Some(rest) => !rest.contains("[]") && paths.contains(&format!("resume.{rest}")),
            None => path == "submitted" || path.starts_with("resume."),
        };
        let composite: BTreeSet<_> =
            self.ruleset.indicators().into_iter().filter(|i| i.composite).map(|i| i.id).collect();
        read.retain(|indicator, paths| {
            !composite.contains(indicator)
                && paths.iter().any(|path| path.starts_with("resume."))
                && paths.iter().all(|path| stands_in(path, paths))
        });
        read.into_keys().collect()
    }
}

fn samples() -> Vec<(String, Value)> {
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(Path::new(SAMPLES)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let mut document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let phone = document["basics"]["phone"].as_str().unwrap().replace("555-01", "555-42");
            document["basics"]["phone"] = json!(phone);
            samples.push((path.file_stem().unwrap().to_string_lossy().into_owned(), document));
        }
    }
    samples.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(samples.len(), 6);
    samples
}

fn raised(verdict: &Verdict) -> BTreeSet<String> {
    verdict.raised.iter().map(|raised| raised.indicator.clone()).collect()
}

#[test]
fn honest_people_come_out_clear_and_half_is_judged() {
    let desk = Desk::new();
    let indicators = desk.of_a_resume();
    println!("{} indicators read a résumé alone", indicators.len());
    assert!(indicators.len() >= 15, "{indicators:?}");
    for (name, document) in samples() {
        let verdict = desk.screen(&document);
        assert_eq!(verdict.outcome, "clear", "{name}: {:?}", raised(&verdict));
        assert_eq!(verdict.problems, [], "{name}");
        let severities: BTreeSet<&str> = verdict.raised.iter().map(|raised| raised.severity.as_str()).collect();
        assert!(severities.iter().all(|severity| *severity == "info"), "{name}: {:?}", raised(&verdict));
        let open = |reasons: &[indicia::Reason]| reasons.iter().any(|reason| reason.reason != indicia::Why::NotListed);
        let undecided: BTreeSet<&str> = verdict
            .unknown
            .iter()
            .filter(|unknown| open(&unknown.reasons))
            .map(|unknown| unknown.indicator.as_str())
            .collect();
        let (unjudged, judged): (Vec<&String>, Vec<&String>) =
            indicators.iter().partition(|id| undecided.contains(id.as_str()));
        println!(
            "{name}: score {}, {} of {} judged, raised {:?}, not judged {unjudged:?}",
            verdict.score,
            judged.len(),
            indicators.len(),
            raised(&verdict)
        );
        assert!(judged.len() * 2 >= indicators.len(), "{name}: only {judged:?}");
    }
}

/// A fraud: the indicator that it must raise, and what it changes.
type Injection = (&'static str, fn(&mut Value));

fn list<'a>(document: &'a mut Value, name: &str) -> &'a mut Vec<Value> {
    document[name].as_array_mut().unwrap()
}

fn at_host(document: &mut Value, host: &str) {
    let email = document["basics"]["email"].as_str().unwrap();
    document["basics"]["email"] = json!(format!("{}@{host}", email.split('@').next().unwrap()));
}

fn link(document: &mut Value, url: &str) {
    document["basics"]["profiles"].as_array_mut().unwrap().push(json!({ "network": "LinkedIn", "url": url }));
}

fn job(document: &mut Value, name: &str, start: &str, end: &str, summary: &str) {
    let job = json!({ "name": name, "position": "Engineer", "startDate": start, "endDate": end, "summary": summary });
    list(document, "work").push(job);
}

const INJECTIONS: [Injection; 18] = [
    ("phone_malformed", |d| d["basics"]["phone"] = json!("+1 912 555")),
    ("phone_malformed", |d| d["basics"]["phone"] = json!("+999 912 555 4321")),
    ("phone_fictional", |d| {
        let phone = d["basics"]["phone"].as_str().unwrap();
        d["basics"]["phone"] = json!(format!("{} 555-0143", phone.chars().take(5).collect::<String>()));
    }),
    ("phone_country_mismatch", |d| d["basics"]["phone"] = json!("+44 7400 841972")),
    ("phone_unusual_type", |d| d["basics"]["phone"] = json!("(900) 234-6719")),
    ("email_malformed", |d| d["basics"]["email"] = json!(d["basics"]["email"].as_str().unwrap().replace('@', "@@"))),
    ("email_disposable", |d| at_host(d, "mailinator.com")),
    ("email_provider_lookalike", |d| at_host(d, "gmaill.com")),
    ("profile_host_lookalike", |d| link(d, "https://www.linkedln.com/in/profile")),
    ("profile_link_other_name", |d| link(d, "https://www.linkedin.com/in/quillon-brackwater")),
    ("education_dates_reversed", |d| list(d, "education").last_mut().unwrap()["endDate"] = json!("1999-05")),
    ("education_in_future", |d| {
        list(d, "education").push(json!({ "institution": "Northfield College", "startDate": "2031-09" }));
    }),
    ("degree_too_short", |d| {
        let degree = json!({ "institution": "Northfield College", "studyType": "Bachelor of Arts", "startDate": "2001-09", "endDate": "2002-02" });
        list(d, "education").push(degree);
    }),
    ("work_dates_reversed", |d| list(d, "work").last_mut().unwrap()["endDate"] = json!("2010-12")),
    ("work_in_future", |d| job(d, "Velvet Anchor", "2028-01", "2029-01", "")),
    ("work_overlap", |d| {
        job(d, "Velvet Anchor", "2003-01", "2006-06", "");
        job(d, "Crimson Meridian", "2003-03", "2006-06", "");
    }),
    ("technology_before_release", |d| job(d, "Velvet Anchor", "2003-01", "2005-06", "Ran all services on Kubernetes.")),
    ("stack_redundant", |d| {
        job(d, "Velvet Anchor", "2010-01", "2010-04", "One page in React, Angular, Vue and Svelte.");
    }),
];

#[test]
fn one_injected_fraud_raises_exactly_its_indicator() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for (name, document) in samples() {
        let base = raised(&desk.screen(&document));
        for (number, (expected, inject)) in INJECTIONS.iter().enumerate() {
            let mut changed = document.clone();
            inject(&mut changed);
            let verdict = desk.screen(&changed);
            let added: Vec<String> = raised(&verdict).difference(&base).cloned().collect();
            if added != [*expected] || verdict.outcome != "clear" {
                wrong.push(format!("{name}, injection {number} for {expected}: {added:?}, {}", verdict.outcome));
            }
        }
    }
    let kinds: BTreeSet<_> = INJECTIONS.iter().map(|(indicator, _)| indicator).collect();
    println!("{} injections of {} indicators into each of 6 samples", INJECTIONS.len(), kinds.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(kinds.len() >= 8);
}
