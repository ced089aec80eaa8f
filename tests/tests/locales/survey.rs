//! Judges all applications of the bench once, for all of its tests.

use indicia::{Rows, Ruleset, ScreenOptions, Screener, Sources, Truth};
use indicia_tests::locales::data::Locale;
use indicia_tests::locales::fraud::{FRAUDS, mill};
use indicia_tests::locales::history::{employer, school};
use indicia_tests::locales::honest::application;
use indicia_tests::locales::rates::{Counts, Table, merge};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Another seed gives other lives.
pub(super) const SEED: u64 = 1;
/// Honest applications of a locale.
pub(super) const PER_LOCALE: u64 = 200;
/// Into how many of them each fraud is injected.
pub(super) const FRAUDS_PER_LOCALE: u64 = 2;

/// What was counted.
#[derive(Default)]
pub(super) struct Survey {
    /// How often each active indicator is raised among honest people.
    pub(super) raised: Table,
    /// How often any above `info` is, but for those that are known to be uneven.
    pub(super) any: Counts,
    /// How often an indicator is judged at all.
    pub(super) coverage: Counts,
    /// Indicators that no application gives enough for.
    pub(super) never_judged: BTreeSet<String>,
    /// How often each fraud raises its indicator.
    pub(super) injected: Table,
    /// Honest applications that came out above `clear`.
    pub(super) above_clear: Vec<String>,
    /// The severity of each indicator.
    pub(super) severity: BTreeMap<String, String>,
    judged: Table,
}

fn table(names: impl Iterator<Item = String>, more: &Value) -> Rows {
    let names: BTreeSet<String> = names.collect();
    let row = |name: String| {
        let mut row: BTreeMap<String, Value> = more.as_object().unwrap().clone().into_iter().collect();
        row.insert("name".to_owned(), json!(name));
        row
    };
    Rows::Table(names.into_iter().map(row).collect())
}

/// The shipped ruleset, with the lists that users fill in filled in for all locales.
fn ruleset() -> &'static Ruleset {
    static RULESET: OnceLock<Ruleset> = OnceLock::new();
    RULESET.get_or_init(|| {
        let all = || super::locales().iter().flat_map(|locale| (0..locale.stems.len()).map(move |stem| (locale, stem)));
        let companies = all().flat_map(|(locale, stem)| {
            let both = (0..2).filter_map(move |form| employer(locale, stem, form));
            both.flat_map(|((_, name), roman, _)| [name, roman])
        });
        let schools = all().flat_map(|(locale, stem)| {
            (0..2).filter_map(move |form| school(locale, stem, form)).flat_map(|(name, roman)| [name, roman])
        });
        let all_schools: BTreeSet<String> = schools.collect();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
        let mut sources = Sources::from_folder(folder).unwrap();
        for (name, rows) in [
            ("companies", table(companies, &json!({"founded": "1950", "unused": ["Fortran"]}))),
            ("recognised_schools", Rows::List(all_schools.iter().cloned().collect())),
            ("schools", table(all_schools.into_iter(), &json!({"founded": "1950", "majors": ["Computer Science"]}))),
            ("diploma_mills", Rows::List(super::locales().iter().map(mill).collect())),
            ("public_phone_numbers", Rows::List(vec!["+12025550000".to_owned()])),
            ("denied_phones", Rows::List(vec!["0".repeat(64)])),
            ("denied_emails", Rows::List(vec!["0".repeat(64)])),
        ] {
            sources.rows.insert(name.to_owned(), rows);
        }
        Ruleset::from_sources(&sources).unwrap()
    })
}

/// The outcome, and the truth of each indicator.
fn judge(screener: &mut Screener, application: &Value) -> (String, Vec<Truth>) {
    let options = ScreenOptions::default().with_list_key(*b"the key of the bench");
    let mut read = screener.read_value(application, &options).unwrap();
    let judgement = read.judge();
    (judgement.outcome().to_owned(), judgement.truths().to_vec())
}

fn part(locales: &[Locale]) -> Survey {
    let mut survey = Survey::default();
    let mut screener = ruleset().screener();
    let indicators = ruleset().indicators();
    for (locale, number) in locales.iter().flat_map(|locale| (0..PER_LOCALE).map(move |number| (locale, number))) {
        let name = &locale.locale;
        let life = super::life(locale, number);
        let record = application(&life);
        let (outcome, truths) = judge(&mut screener, &record);
        let active = || indicators.iter().zip(&truths).filter(|(indicator, _)| !indicator.shadow);
        let raised = || active().filter(|(_, truth)| **truth == Truth::True).map(|(indicator, _)| indicator);
        if outcome != "clear" {
            let ids: Vec<&str> = raised().map(|indicator| indicator.id.as_str()).collect();
            survey.above_clear.push(format!("{name} {number}: {ids:?}"));
        }
        for (indicator, truth) in active() {
            survey.raised.entry(indicator.id.clone()).or_default().add(name, *truth == Truth::True);
            survey.judged.entry(indicator.id.clone()).or_default().add(name, *truth != Truth::Unknown);
        }
        survey.any.add(name, raised().any(|one| one.severity != "info" && super::known(&one.id).is_none()));
        for fraud in FRAUDS.iter().filter(|_| number < FRAUDS_PER_LOCALE) {
            let (_, truths) = judge(&mut screener, &fraud.injected(&life, &record));
            let place = indicators.iter().position(|indicator| indicator.id == fraud.indicator).unwrap();
            survey.injected.entry(fraud.name.to_owned()).or_default().add(name, truths[place] == Truth::True);
        }
    }
    survey
}

/// What all locales come to.
pub(super) fn surveyed() -> &'static Survey {
    static SURVEY: OnceLock<Survey> = OnceLock::new();
    SURVEY.get_or_init(|| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
        let mut whole = Survey::default();
        whole.severity.extend(ruleset().indicators().into_iter().map(|one| (one.id, one.severity)));
        std::thread::scope(|scope| {
            let parts = super::locales().chunks(super::locales().len().div_ceil(threads));
            let running: Vec<_> = parts.map(|locales| scope.spawn(move || part(locales))).collect();
            for one in running {
                let one = one.join().unwrap();
                merge(&mut whole.raised, &one.raised);
                merge(&mut whole.judged, &one.judged);
                merge(&mut whole.injected, &one.injected);
                whole.any.extend(&one.any);
                whole.above_clear.extend(one.above_clear);
            }
        });
        for (id, counts) in &whole.judged {
            if counts.mean() > 0.0 {
                whole.coverage.extend(counts);
            } else {
                whole.never_judged.insert(id.clone());
            }
        }
        whole
    })
}
