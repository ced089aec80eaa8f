//! The text of a verdict, whole: what a reviewer sees.

use super::super::Detail;
use super::super::row::Place;
use super::{Grade, error, verdict};
use crate::console::Theme;
use crate::input::{Fault, Reason};
use indicia::Verdict;

/// Compares with the golden file, or writes it anew: `INDICIA_BLESS=1 cargo test -p indicia-cli`.
fn golden(name: &str, actual: &str) {
    let path = format!("{}/src/commands/screen/tests/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("INDICIA_BLESS").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, std::fs::read_to_string(&path).unwrap());
}

fn shown(detail: Detail) -> String {
    let sample: Verdict = serde_json::from_str(include_str!("verdict.json")).unwrap();
    let place = Place { file: "a.jsonl", line: Some(4), one_of_many: true };
    verdict(&sample, Grade { place: 1, of: 3 }, place, detail, Theme::plain())
}

#[test]
fn short_text_is_the_golden() {
    golden("short.txt", &shown(Detail::Short));
}

#[test]
fn full_text_is_the_golden() {
    golden("full.txt", &shown(Detail::Full));
}

#[test]
fn findings_with_more_points_stand_first() {
    let mut sample: Verdict = serde_json::from_str(include_str!("verdict.json")).unwrap();
    let mut heavier = sample.raised[0].clone();
    (heavier.points, heavier.title) = (25, "Heavier".to_owned());
    sample.raised.push(heavier);
    let place = Place { file: "a.json", line: None, one_of_many: false };
    let text = verdict(&sample, Grade { place: 1, of: 3 }, place, Detail::Short, Theme::plain());
    assert!(text.find("  Heavier\n") < text.find("  Phone number can't exist\n"), "{text}");
}

#[test]
fn an_unreadable_record_names_file_line_and_reason() {
    let text = error(
        &Fault::new(Reason::Json, "invalid JSON at column 7: expected value"),
        "a.jsonl",
        Some(4),
        Theme::plain(),
    );
    assert_eq!(text, "not readable  a.jsonl:4: invalid JSON at column 7: expected value\n\n");
}

#[test]
fn elements_of_a_list_are_told_together() {
    assert_eq!(super::general("resume.work[2].end"), "resume.work[].end");
    assert_eq!(super::general("companies[\"4x[\"].founded"), "companies[\"4x[\"].founded");
}

#[test]
fn the_lowest_outcome_says_so_where_little_was_judged() {
    let mut sample: Verdict = serde_json::from_str(include_str!("verdict.json")).unwrap();
    let heading = |sample: &Verdict, grade: usize| {
        let place = Place { file: "a.json", line: None, one_of_many: false };
        let text = verdict(sample, Grade { place: grade, of: 3 }, place, Detail::Short, Theme::plain());
        text.lines().next().unwrap().split_once("  ").unwrap().1.to_owned()
    };
    (sample.outcome, sample.coverage.judged, sample.coverage.of) = ("clear".to_owned(), 14, 141);
    let little = "clear, but only 14 of 141 indicators could be judged (1 more needs lists of your own)  score 34, as of 2026-01-15";
    let usual = "clear  score 34, 14 of 141 indicators judged (1 more needs lists of your own), as of 2026-01-15";
    assert_eq!(heading(&sample, 0), little);
    assert_eq!(heading(&sample, 1), usual);
    sample.coverage.judged = 15;
    assert_eq!(heading(&sample, 0), usual.replace("14 of", "15 of"));
}
