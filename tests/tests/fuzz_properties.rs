//! What the fuzz targets claim, over the seeds and small changes of them; `INDICIA_PROOF=N` tries N times as much. libFuzzer tries
//! more: `tests/fuzz/README.md`.

#![cfg(test)]

use indicia::{Ruleset, ScreenOptions};
use indicia_tests::fuzz::{TARGETS, change::change, operators, seeds};

/// Tries a target on every `step`-th seed, and on so many changes of seeds.
fn hold(target: &str, step: usize, changes: u64) {
    let times = std::env::var("INDICIA_PROOF").ok().and_then(|times| times.parse::<u64>().ok()).unwrap_or(1).max(1);
    let (_, claim) = TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let (seeds, words) = (seeds::of(target).unwrap(), seeds::words(target).unwrap());
    assert!(seeds.len() > 20 && words.len() > 100, "{} seeds, {} words", seeds.len(), words.len());
    let mut wrong = Vec::new();
    for (name, bytes) in seeds.iter().step_by(step) {
        wrong.extend(claim(bytes).err().map(|error| format!("{name}: {error}")));
    }
    for number in 0..changes * times {
        let at = |factor: u64| &seeds[usize::try_from(number * factor).unwrap() % seeds.len()].1;
        let bytes = change(at(1), at(7919), &words, number);
        wrong.extend(claim(&bytes).err().map(|error| format!("{error}\nof {:?}", String::from_utf8_lossy(&bytes))));
    }
    let shown = wrong.iter().take(5).map(|error| error.chars().take(3000).collect::<String>()).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{} fail, the first:\n{}", wrong.len(), shown.join("\n=====\n"));
}

#[test]
fn any_text_is_parsed() {
    hold("parse", 5, 800);
}

#[test]
fn what_parses_is_formatted() {
    hold("format", 5, 1200);
}

#[test]
fn any_text_is_checked() {
    hold("compile", 12, 150);
}

#[test]
fn any_record_is_screened() {
    hold("screen", 15, 60);
}

#[test]
fn any_bytes_are_a_bundle_or_an_error() {
    hold("bundle", 12, 150);
}

#[test]
fn the_shipped_bundle_is_found_damaged_wherever_it_is() {
    let bundle = include_bytes!("../../core/data/applicant-fraud.bundle");
    for place in (0..60).chain((60..bundle.len()).step_by(997)) {
        let mut damaged = bundle.to_vec();
        damaged[place] ^= 1;
        assert!(Ruleset::from_bundle(&damaged).is_err(), "byte {place}");
        assert!(Ruleset::from_bundle(&bundle[..place]).is_err(), "{place} bytes");
    }
}

#[test]
fn the_ruleset_with_every_operator_decides_much_of_its_application() {
    let ruleset = operators::ruleset().unwrap();
    let verdict = ruleset.screen(operators::RECORD.as_bytes(), &ScreenOptions::default()).unwrap();
    assert!(verdict.coverage.judged * 2 > verdict.coverage.of, "{:?}", verdict.coverage);
    assert!(verdict.raised.len() > 10 && verdict.unknown.len() > 5 && !verdict.problems.is_empty(), "{verdict:#?}");
}
