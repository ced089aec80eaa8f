//! The default ruleset on the sample applications of the first page, and promises that its README makes.

#![cfg(test)]

use indicia::{Ruleset, ScreenOptions, Verdict};
use std::collections::BTreeSet;
use std::path::Path;

const RULESET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/applications");

/// File, outcome, raised indicators.
const EXPECTED: [(&str, &str, &[&str]); 9] = [
    ("01-honest-engineer", "clear", &[]),
    (
        "02-honest-mover",
        "clear",
        &["phone_country_mismatch", "session_anonymised", "sources_disagree_on_country", "sources_disagree_on_email"],
    ),
    ("03-honest-graduate", "clear", &[]),
    ("04-malformed-phone", "clear", &["phone_malformed"]),
    ("05-hijacked-profile", "review", &["hijacked_profile", "profile_revived", "sources_disagree_on_name"]),
    (
        "06-remote-computer",
        "escalate",
        &[
            "form_filled_in_seconds",
            "keyboard_video_switch",
            "phone_number_recent",
            "phone_replaced",
            "phone_typed_plus_one",
            "phone_voip",
            "remote_control_software",
            "remotely_operated_computer",
            "session_country_mismatch",
            "session_lasts_days",
            "session_timezone_mismatch",
        ],
    ),
    (
        "07-inconsistent-employment",
        "review",
        &["employers_disagree", "fabricated_history", "phone_voip", "technology_before_release", "work_overlap"],
    ),
    (
        "08-education-mismatch",
        "review",
        &[
            "education_dates_reversed",
            "education_denied",
            "experience_exceeds_history",
            "reference_shares_contact",
            "school_not_on_resume",
        ],
    ),
    (
        "09-work-before-its-time",
        "review",
        &[
            "borrowed_identity",
            "phone_country_mismatch",
            "phone_number_recent",
            "sources_disagree_on_name",
            "technology_before_release",
        ],
    ),
];

fn screen(ruleset: &Ruleset, name: &str) -> Verdict {
    let json = std::fs::read(Path::new(SAMPLES).join(name).with_extension("json")).unwrap();
    ruleset.screen(&json, &ScreenOptions::default()).unwrap()
}

#[test]
fn sample_applications_come_out_as_their_readme_says() {
    let ruleset = Ruleset::from_folder(RULESET).unwrap();
    for (name, outcome, indicators) in EXPECTED {
        let verdict = screen(&ruleset, name);
        let raised: BTreeSet<&str> = verdict.raised.iter().map(|raised| raised.indicator.as_str()).collect();
        assert_eq!((verdict.outcome.as_str(), raised), (outcome, indicators.iter().copied().collect()), "{name}");
        assert_eq!(verdict.problems, [], "{name}");
    }
    let readme = std::fs::read_to_string(Path::new(SAMPLES).join("README.md")).unwrap();
    for (name, outcome, _) in EXPECTED {
        let row = readme.lines().find(|line| line.contains(name)).unwrap();
        assert!(row.ends_with(&format!("| {outcome} |")), "{row}");
    }
    let files = std::fs::read_dir(SAMPLES).unwrap();
    let count = files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|e| e == "json")).count();
    assert_eq!(count, EXPECTED.len());
}

#[test]
fn every_indicator_says_what_to_verify_who_is_wrongly_hit_and_where_it_comes_from() {
    let ruleset = Ruleset::from_folder(RULESET).unwrap();
    assert!(ruleset.indicators().len() >= 30);
    assert_eq!(ruleset.warnings(), []);
    for (name, _, _) in EXPECTED {
        for raised in screen(&ruleset, name).raised {
            assert!(
                raised.verify.is_some() && raised.caution.is_some() && !raised.sources.is_empty(),
                "{}",
                raised.indicator
            );
        }
    }
}

/// One indicator has at most the weight of its severity, and needs a second category: alone it stays `clear`.
#[test]
fn no_indicator_reaches_review_alone_but_the_one_that_the_ruleset_names() {
    let ruleset = Ruleset::from_folder(RULESET).unwrap();
    assert!(ruleset.indicators().iter().all(|indicator| indicator.weight < 30));
    let session = |ip: &str| format!(r#"{{"submitted": "2026-03-02T09:00:00Z", "sessions": [{{"ip": "{ip}"}}]}}"#);
    let outcome = |json: &str| ruleset.screen(json.as_bytes(), &ScreenOptions::default()).unwrap().outcome;
    assert_eq!(outcome(&session("175.45.176.10")), "review");
    assert_eq!(outcome(&session("192.0.2.10")), "clear");
}
