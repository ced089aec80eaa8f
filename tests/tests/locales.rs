//! The fairness bench: the shipped ruleset treats honest people of 66 locales alike, and finds fraud in all of them alike.
#![cfg(test)]

use indicia::{Rows, Ruleset, ScreenOptions, Screener, Truth};
use indicia_tests::locales::data::{self, Locale};
use indicia_tests::locales::draw::Draw;
use indicia_tests::locales::fraud::{FRAUDS, mill};
use indicia_tests::locales::history::{employer, school};
use indicia_tests::locales::honest::{Life, application};
use indicia_tests::locales::rates::{Counts, Table, merge, uneven};
use serde_json::{Value, json};
use std::sync::OnceLock;

const SEED: u64 = 1;
const PER_LOCALE: u64 = 200;
const FRAUDS_PER_LOCALE: u64 = 2;

fn locales() -> &'static [Locale] {
    static ALL: OnceLock<Vec<Locale>> = OnceLock::new();
    ALL.get_or_init(|| data::all().unwrap())
}

fn rows(pairs: impl IntoIterator<Item = Value>) -> Rows {
    Rows::Table(pairs.into_iter().map(|row| row.as_object().unwrap().clone().into_iter().collect()).collect())
}

/// The shipped ruleset, with the lists that users fill in filled in for all locales.
fn ruleset() -> &'static Ruleset {
    static RULESET: OnceLock<Ruleset> = OnceLock::new();
    RULESET.get_or_init(|| {
        let mut ruleset =
            Ruleset::from_folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud")).unwrap();
        let stems = || locales().iter().flat_map(|locale| (0..locale.stems.len()).map(move |stem| (locale, stem)));
        let companies = stems().flat_map(|(locale, stem)| {
            (0..2).filter_map(move |form| employer(locale, stem, form)).flat_map(|((_, name), roman, _)| [name, roman])
        });
        let schools = stems().flat_map(|(locale, stem)| {
            (0..2).filter_map(move |form| school(locale, stem, form)).flat_map(|(name, roman)| [name, roman])
        });
        let mut once = std::collections::BTreeSet::new();
        let companies: Vec<Value> = companies
            .filter(|name| once.insert(name.clone()))
            .map(|name| json!({"name": name, "founded": "1950"}))
            .collect();
        once.clear();
        let schools: Vec<Value> = schools
            .filter(|name| once.insert(name.clone()))
            .map(|name| json!({"name": name, "founded": "1950", "majors": ["Computer Science"]}))
            .collect();
        for (name, filled) in [
            ("companies", rows(companies)),
            ("schools", rows(schools)),
            ("diploma_mills", Rows::List(locales().iter().map(mill).collect())),
            ("denied_phones", Rows::List(vec!["0".repeat(64)])),
            ("denied_emails", Rows::List(vec!["0".repeat(64)])),
        ] {
            ruleset = ruleset.with_rows(name, filled).unwrap();
        }
        ruleset
    })
}

/// What the ruleset says: the outcome, and the truth of each indicator.
fn judge(screener: &mut Screener, application: &Value) -> (String, Vec<Truth>) {
    let options = ScreenOptions::default().with_list_key(*b"the key of the bench");
    let mut read = screener.read(&serde_json::to_vec(application).unwrap(), &options).unwrap();
    let judgement = read.judge();
    (judgement.outcome().to_owned(), judgement.truths().to_vec())
}

/// What was counted over a part of the locales.
#[derive(Default)]
struct Survey {
    raised: Table,
    any: Counts,
    judged: Table,
    coverage: Counts,
    injected: Table,
    above_clear: Vec<String>,
}

fn survey(part: &[Locale]) -> Survey {
    let mut survey = Survey::default();
    let mut screener = ruleset().screener();
    let indicators = ruleset().indicators();
    for locale in part {
        let name = &locale.locale;
        for number in 0..PER_LOCALE {
            let life = Life::of(locale, locales(), Draw::new(SEED, number)).unwrap();
            let record = application(&life);
            let (outcome, truths) = judge(&mut screener, &record);
            let both = || indicators.iter().zip(&truths).filter(|(indicator, _)| !indicator.shadow);
            let raised: Vec<&str> = both()
                .filter(|(_, truth)| **truth == Truth::True)
                .map(|(indicator, _)| indicator.id.as_str())
                .collect();
            if outcome != "clear" {
                survey.above_clear.push(format!("{name} {number}: {raised:?}"));
            }
            for (indicator, truth) in both() {
                survey.raised.entry(indicator.id.clone()).or_default().add(name, *truth == Truth::True);
                survey.judged.entry(indicator.id.clone()).or_default().add(name, *truth != Truth::Unknown);
                survey.coverage.add(name, *truth != Truth::Unknown);
            }
            survey
                .any
                .add(name, both().any(|(indicator, truth)| *truth == Truth::True && indicator.severity != "info"));
            if number < FRAUDS_PER_LOCALE {
                for fraud in FRAUDS {
                    let (_, truths) = judge(&mut screener, &fraud.injected(&life, &record));
                    let place = indicators.iter().position(|indicator| indicator.id == fraud.indicator).unwrap();
                    survey.injected.entry(fraud.name.to_owned()).or_default().add(name, truths[place] == Truth::True);
                }
            }
        }
    }
    survey
}

fn surveyed() -> &'static Survey {
    static SURVEY: OnceLock<Survey> = OnceLock::new();
    SURVEY.get_or_init(|| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
        ruleset();
        let parts: Vec<&[Locale]> = locales().chunks(locales().len().div_ceil(threads)).collect();
        let mut whole = Survey::default();
        std::thread::scope(|scope| {
            let handles: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || survey(part))).collect();
            for handle in handles {
                let part = handle.join().unwrap();
                merge(&mut whole.raised, &part.raised);
                merge(&mut whole.injected, &part.injected);
                whole.any.extend(&part.any);
                whole.coverage.extend(&part.coverage);
                merge(&mut whole.judged, &part.judged);
                whole.above_clear.extend(part.above_clear);
            }
        });
        whole
    })
}

#[test]
fn look() {
    let t = std::time::Instant::now();
    let survey = surveyed();
    println!("{:?}", t.elapsed());
    println!("above {} {:#?}", survey.above_clear.len(), &survey.above_clear[..survey.above_clear.len().min(30)]);
    for (name, counts) in &survey.raised {
        if counts.mean() > 0.0 {
            println!("{name} {:.2} {:?}", counts.mean(), counts.range());
        }
    }
    println!("UNEVEN\n{}", uneven(&survey.raised, 1.0).join("\n"));
    println!("any {} {}", survey.any.mean(), survey.any.extremes());
    println!("coverage {:.1} {}", survey.coverage.mean(), survey.coverage.extremes());
    for (name, counts) in &survey.judged {
        println!("judged {name} {:.0} {:?}", counts.mean(), counts.range());
    }
    println!("INJ");
    for (name, counts) in &survey.injected {
        println!("{name} {:.1} {}", counts.mean(), counts.extremes());
    }
}
