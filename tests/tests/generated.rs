//! Generated applications: the honest ones come out `clear`, and each kind of fraud raises what it must.

#![cfg(test)]

use indicia::{Ruleset, ScreenOptions, Sources, Verdict};
use indicia_tests::generate::{KINDS, Plan, ruleset as large};
use std::collections::{BTreeMap, BTreeSet};

fn ruleset() -> Ruleset {
    Ruleset::from_folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud")).unwrap()
}

fn screen(ruleset: &Ruleset, application: &impl serde::Serialize) -> Verdict {
    ruleset.screen(&serde_json::to_vec(application).unwrap(), &ScreenOptions::default()).unwrap()
}

fn raised(verdict: &Verdict) -> BTreeSet<&str> {
    verdict.raised.iter().map(|raised| raised.indicator.as_str()).collect()
}

#[test]
fn honest_applications_come_out_clear() {
    let ruleset = ruleset();
    let (mut rates, mut count, mut above) = (BTreeMap::<String, usize>::new(), 0, Vec::new());
    for countries in [5, 40] {
        let plan = Plan { seed: 7, countries, fraud_per_mille: 0 };
        for number in 0..750 {
            let application = plan.application(number);
            let verdict = screen(&ruleset, &application);
            assert_eq!(verdict.problems, [], "{}", application.id);
            count += 1;
            for id in raised(&verdict) {
                *rates.entry(id.to_owned()).or_default() += 1;
            }
            if verdict.outcome != "clear" {
                above.push(format!("{} {:?}", application.id, raised(&verdict)));
            }
        }
    }
    println!("{count} honest applications, {} above clear; raised: {rates:?}", above.len());
    assert!(above.is_empty(), "{above:#?}");
    for never in
        ["phone_malformed", "phone_not_assigned", "email_malformed", "email_disposable", "sources_disagree_on_name"]
    {
        assert!(!rates.contains_key(never), "{never} is raised on honest applications");
    }
}

#[test]
fn each_kind_of_fraud_raises_its_indicators() {
    let ruleset = ruleset();
    for kind in KINDS {
        let mut outcomes = BTreeMap::<String, usize>::new();
        for (countries, number) in (0..40).map(|number| (if number % 2 == 0 { 5 } else { 40 }, number)) {
            let application = Plan { seed: 11, countries, fraud_per_mille: 1000 }.with_fraud(number, kind);
            let verdict = screen(&ruleset, &application);
            let found = raised(&verdict);
            for id in kind.raises {
                let text = serde_json::to_string(&application).unwrap();
                assert!(found.contains(id), "{} does not raise {id} but {found:?}: {text}", kind.name);
            }
            *outcomes.entry(verdict.outcome.clone()).or_default() += 1;
        }
        println!("{}: {outcomes:?}", kind.name);
    }
}

#[test]
fn the_kinds_are_at_least_ten_and_all_generated() {
    let plan = Plan { seed: 3, countries: 40, fraud_per_mille: 60 };
    let (mut seen, mut injected, mut bytes) = (BTreeSet::new(), 0, 0);
    for number in 0..10_000 {
        let application = plan.application(number);
        bytes += serde_json::to_vec(&application).unwrap().len();
        if !application.injected.is_empty() {
            injected += 1;
            seen.insert(application.injected);
        }
    }
    println!("{injected} of 10000 injected, {} bytes each", bytes / 10_000);
    assert!(KINDS.len() >= 10 && seen.len() == KINDS.len(), "{seen:?}");
    assert!((500..700).contains(&injected), "{injected}");
    assert!((800..1300).contains(&(bytes / 10_000)), "{bytes}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let text = |seed, count| {
        let plan = Plan { seed, ..Plan::default() };
        (0..count).map(|number| serde_json::to_string(&plan.application(number)).unwrap()).collect::<Vec<_>>()
    };
    let first = text(1, 50);
    assert_eq!(first, text(1, 50));
    assert_eq!(first[..20], text(1, 20));
    assert_ne!(first, text(2, 50));
}

#[test]
fn the_large_ruleset_checks_and_much_of_it_can_be_judged() {
    let text = large::ruleset(240);
    assert_eq!(text, large::ruleset(240));
    let ruleset = Ruleset::from_sources(&Sources::single(text)).unwrap();
    assert_eq!(ruleset.indicators().len(), 240);
    let (mut raised, mut judged) = (BTreeSet::new(), 0);
    for number in 0..40 {
        let value = serde_json::to_value(Plan::default().application(number)).unwrap();
        let verdict = ruleset.screen_value(&value, &ScreenOptions::default()).unwrap();
        judged += verdict.coverage.judged;
        raised.extend(verdict.raised.into_iter().map(|raised| raised.indicator));
    }
    assert!(judged > 40 * 80, "{judged} judged");
    assert!(raised.len() > 40, "only {raised:?} are ever raised");
}
