//! The committed catalogue in `docs/indicators`: it is about the shipped ruleset, and its examples come out as they say. That its
//! bytes are those of `indicia docs` is a test of the command line, which can run it.

#![cfg(test)]

use indicia::{CaseFile, Description, Ruleset, ScreenOptions};
use indicia_tests::markdown::{Fence, fences};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const RULESET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rulesets/applicant-fraud");
const STALE: &str = "docs/indicators is stale; write it anew:\n  \
                     cargo run -p indicia-cli -- docs -r rulesets/applicant-fraud -o docs/indicators";

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/indicators")
}

fn ruleset() -> Ruleset {
    Ruleset::from_folder(RULESET).unwrap()
}

fn page(id: &str) -> String {
    fs::read_to_string(pages().join(format!("{id}.md"))).unwrap_or_else(|_| panic!("no page for `{id}`: {STALE}"))
}

/// What a page prints, without the backslashes that keep it from being markup.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars();
    while let Some(char) = chars.next() {
        out.push(if char == '\\' { chars.next().unwrap_or(char) } else { char });
    }
    out
}

/// The block of JSON that starts within a part of the page.
fn json(part: &str) -> Option<Value> {
    let fence = fences(part).into_iter().find(|Fence { info, .. }| info == "json")?;
    Some(serde_json::from_str(&fence.body).unwrap())
}

#[test]
fn every_indicator_has_its_page_and_every_page_its_indicator() {
    let Description { indicators, .. } = ruleset().describe();
    let expected: BTreeSet<String> = indicators.iter().map(|indicator| format!("{}.md", indicator.id)).collect();
    let shared = ["README.md", "all-fields.md", "all-lists.md", "all-names.md", "all-outcomes.md"];
    let found = fs::read_dir(pages()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<String> = found.filter(|name| !shared.contains(&name.as_str())).collect();
    assert_eq!(found, expected, "{STALE}");
    let index = fs::read_to_string(pages().join("README.md")).unwrap();
    for name in expected.iter().map(String::as_str).chain(shared.into_iter().skip(1)) {
        assert!(index.contains(&format!("]({name})")), "{name} is not on the overview: {STALE}");
    }
}

#[test]
fn a_page_says_what_its_indicator_says() {
    for indicator in ruleset().describe().indicators {
        let page = page(&indicator.id);
        let text = plain(&page);
        assert!(text.contains(&format!("\n# {}\n", indicator.title)), "{}: title: {STALE}", indicator.id);
        let rule = &fences(&page)[0].body;
        for clause in
            [Some(&indicator.when), indicator.elements.as_ref(), indicator.unless.as_ref()].into_iter().flatten()
        {
            for line in clause.lines() {
                assert!(rule.contains(line), "{}: `{line}`: {STALE}", indicator.id);
            }
        }
        for sentence in [&indicator.verify, &indicator.caution].into_iter().flatten() {
            assert!(text.contains(sentence.as_str()), "{}: {sentence}: {STALE}", indicator.id);
        }
        for path in &indicator.reads {
            assert!(page.contains(&format!("| `{path}` | ")), "{}: {path}: {STALE}", indicator.id);
        }
        assert!(
            page.contains(&format!(", {} point", indicator.points)) || indicator.status == "shadow",
            "{}",
            indicator.id
        );
    }
}

#[test]
fn every_example_raises_its_indicator_and_yields_its_sentence() {
    let ruleset = ruleset();
    let cases = CaseFile::from_folder(RULESET).unwrap();
    let (mut screened, mut with_rows) = (0, 0);
    for indicator in ruleset.indicators() {
        let page = page(&indicator.id);
        let (_, example) = page.split_once("\n## Example\n").unwrap();
        let (example, _) = example.split_once("\n## What it needs\n").unwrap();
        let record = json(example).unwrap_or_else(|| panic!("{} has no example: {STALE}", indicator.id));
        if example.contains("With these rows") {
            with_rows += 1;
            continue;
        }
        let mut options = ScreenOptions::default();
        if let Some((_, day)) = example.split_once("Judged as of `") {
            options = options.with_as_of(day.split('`').next().unwrap());
        }
        let verdict = ruleset.screen_value(&record, &options).unwrap();
        let raised = verdict.raised.iter().chain(&verdict.shadow).find(|raised| raised.indicator == indicator.id);
        let raised = raised.unwrap_or_else(|| panic!("{}: not raised by {record}: {STALE}", indicator.id));
        let sentence = raised.findings[0].because.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain(example).contains(&format!("\n> {sentence}\n")), "{}: {sentence}: {STALE}", indicator.id);
        screened += 1;
    }
    // Those with rows of their own are held to the cases that the rows come from.
    let examples = ruleset.examples(&cases);
    assert_eq!(with_rows, examples.iter().filter(|example| !example.lists.is_empty()).count(), "{STALE}");
    assert!(screened > 60, "{screened}");
}
