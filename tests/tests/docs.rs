//! Every example of `docs/language.md` and of the other pages, run as the comment at the top of `language.md` says; the rulesets
//! of `rulesets.md`, `cases.md` and `lists.md`; the mappings of `mappings.md`.

#![cfg(test)]

use indicia::{Manifest, Mapping, Rows, Ruleset, RulesetError, Sources};
use indicia_tests::conformance::{Case, Expect, OfManifest, Options};
use indicia_tests::markdown::fences;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A yaml block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    record: Value,
    is: Option<IsWord>,
    #[serde(default)]
    expect: Expect,
    as_of: Option<String>,
    #[serde(default)]
    lists: BTreeMap<String, Rows>,
    #[serde(default)]
    options: Options,
}

/// What a condition is.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum IsWord {
    Known(bool),
    Unknown(String),
}

impl Example {
    fn case(mut self) -> (Case, Option<String>) {
        if let Some(is) = self.is {
            self.expect.truth = Some(match is {
                IsWord::Known(truth) => truth.to_string(),
                IsWord::Unknown(word) => word,
            });
        }
        let because = self.expect.because.take();
        let case = Case {
            name: String::new(),
            when: None,
            source: None,
            base: None,
            files: BTreeMap::new(),
            data: BTreeMap::new(),
            manifest: OfManifest::default(),
            lists: self.lists,
            record: self.record,
            as_of: self.as_of,
            options: self.options,
            expect: self.expect,
        };
        (case, because)
    }
}

/// The page so far: what stands before each fragment, and the ruleset that the next yaml block is about.
#[derive(Default)]
struct Page {
    record: String,
    decide: String,
    base: String,
    data: BTreeMap<String, String>,
    current: Option<Sources>,
}

impl Page {
    fn fragment(&self, body: &str) -> Sources {
        let decide = if body.lines().any(|line| line.starts_with("decide ")) { "" } else { &self.decide };
        self.whole(&format!("{}\n{body}\n{decide}", self.record))
    }

    fn whole(&self, text: &str) -> Sources {
        let mut sources = Sources::single(text);
        sources.data = self.data.clone();
        sources
    }

    fn extension(&self, text: &str) -> Sources {
        let mut base = self.fragment(&self.base);
        base.manifest = Manifest::new("base", "1.0.0");
        let mut sources = Sources::single(text);
        sources.manifest.extends = Some("base".to_owned());
        sources.base = Some(Box::new(base));
        sources
    }

    fn condition(&self, body: &str) -> Sources {
        let condition = body.trim();
        self.fragment(&format!(
            "indicator probe \"The condition\" {{\n  category contact\n  severity low\n  when     {condition}\n  because  \"probe\"\n}}"
        ))
    }

    /// Runs one block; the answer says what is wrong with it.
    fn block(&mut self, info: &str, body: &str) -> Vec<String> {
        let words: Vec<&str> = info.split_whitespace().collect();
        let sources = match words.as_slice() {
            ["indicia", "record"] => {
                body.clone_into(&mut self.record);
                return Vec::new();
            }
            ["indicia", "decide"] => {
                body.clone_into(&mut self.decide);
                return Vec::new();
            }
            ["indicia", "base"] => {
                body.clone_into(&mut self.base);
                self.fragment(body)
            }
            ["indicia"] => self.fragment(body),
            ["indicia", "whole"] => self.whole(body),
            ["indicia", "condition"] => self.condition(body),
            ["indicia", "extension"] => self.extension(body),
            ["indicia", "error", code] => return error(&self.fragment(body), code),
            ["text", file] => {
                self.data.insert((*file).to_owned(), body.to_owned());
                return Vec::new();
            }
            ["yaml"] => {
                return self.current.as_ref().map_or_else(|| vec!["no block above".to_owned()], |s| example(s, body));
            }
            ["ebnf" | "json"] => return Vec::new(),
            _ => return vec![format!("unknown kind of block `{info}`")],
        };
        let found = indicia::check(&sources);
        self.current = Some(sources);
        found.iter().filter(|d| d.is_error()).map(|d| format!("unexpected {}: {}", d.code, d.message)).collect()
    }
}

fn error(sources: &Sources, code: &str) -> Vec<String> {
    let found = indicia::check(sources);
    let errors: Vec<String> =
        found.iter().filter(|d| d.is_error()).map(|d| format!("{} ({})", d.code, d.message)).collect();
    if !errors.is_empty() && errors.iter().all(|error| error.starts_with(code)) {
        Vec::new()
    } else {
        vec![format!("expected {code}, found {errors:?}")]
    }
}

fn example(sources: &Sources, body: &str) -> Vec<String> {
    let example: Example = match serde_saphyr::from_str(body) {
        Ok(example) => example,
        Err(error) => return vec![error.to_string()],
    };
    let (case, because) = example.case();
    let mut sources = sources.clone();
    sources.rows.clone_from(&case.lists);
    let ruleset = match Ruleset::from_sources(&sources) {
        Ok(ruleset) => ruleset,
        Err(RulesetError::Compile { diagnostics }) => {
            return vec![format!("{:?}", diagnostics.iter().find(|d| d.is_error()))];
        }
        Err(error) => return vec![error.to_string()],
    };
    let verdict = match ruleset.screen_value(&case.record, &case.options()) {
        Ok(verdict) => verdict,
        Err(error) => return vec![error.to_string()],
    };
    let mut differences = case.compare_verdict(&serde_json::to_value(&verdict).unwrap());
    let found =
        verdict.raised.first().and_then(|raised| raised.findings.first()).map(|finding| finding.because.as_str());
    if because.is_some() && because.as_deref() != found {
        differences.push(format!("expected because {because:?}, found {found:?}"));
    }
    differences
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

#[test]
fn every_example_of_the_language_holds() {
    let text = fs::read_to_string(docs().join("language.md")).unwrap();
    let (mut page, mut wrong, mut count) = (Page::default(), Vec::new(), 0);
    let all = fences(&text);
    // The standard decision stands late on the page and serves all of it.
    for fence in all.iter().filter(|fence| fence.info == "indicia decide" || fence.info.starts_with("text ")) {
        page.block(&fence.info, &fence.body);
    }
    for fence in &all {
        count += 1;
        for difference in page.block(&fence.info, &fence.body) {
            wrong.push(format!("docs/language.md:{}: {}: {difference}", fence.line, fence.info));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} blocks are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100, "only {count} blocks");
}

/// Blocks with a file name (`indicia my-rules/record.indicia`) are the files of rulesets; all of them load, are written as the
/// formatter writes them, and their cases hold.
fn rulesets_of(page: &str, count: usize) {
    let text = fs::read_to_string(docs().join(page)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut rulesets = Vec::new();
    for fence in fences(&text) {
        let Some((_, name)) = fence.info.split_once(' ') else { continue };
        if name.ends_with(".indicia") {
            assert_eq!(indicia::format(name, &fence.body).as_deref(), Ok(fence.body.as_str()), "{page}: {name}");
        }
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &fence.body).unwrap();
        if name.ends_with("ruleset.yaml") {
            rulesets.push(path.parent().unwrap().to_owned());
        }
    }
    assert_eq!(rulesets.len(), count);
    for path in rulesets {
        let ruleset = match Ruleset::from_folder(&path) {
            Ok(ruleset) => ruleset,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let cases = indicia::CaseFile::from_folder(&path).unwrap();
        assert_eq!(ruleset.untested(&cases), [], "{}", path.display());
        let report = ruleset.run_cases(&cases);
        assert!(report.cases.len() >= 3);
        let failed: Vec<_> = report.cases.iter().filter(|case| !case.differences.is_empty()).collect();
        assert!(
            failed.is_empty() && report.probe_failures.is_empty(),
            "{}: {failed:?} {:?}",
            path.display(),
            report.probe_failures
        );
    }
}

/// A number as the pages write it: `4 MiB`, `100,000`.
fn written(name: &str, value: usize) -> String {
    if name.ends_with("_bytes") && value.is_multiple_of(1024 * 1024) {
        return format!("{} MiB", value / 1024 / 1024);
    }
    let digits = value.to_string();
    let parts: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    String::from_utf8(parts.join(&b',')).unwrap()
}

#[test]
fn every_limit_stands_in_the_security_page_with_unit_and_default() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/SECURITY.md")).unwrap();
    let code = fs::read_to_string(root.join("core/src/limits.rs")).unwrap();
    // `Limits { max_source_bytes: 1048576, … }`
    let shown = format!("{:?}", indicia::Limits::default());
    let limits = shown.trim_start_matches("Limits {").trim_end_matches('}').split(',');
    let limits = limits.filter_map(|limit| limit.trim().split_once(": "));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (name, value) in limits {
        let value = written(name, value.parse().unwrap());
        let comment =
            code.lines().zip(code.lines().skip(1)).find(|(_, field)| field.trim() == format!("pub {name}: usize,"));
        let comment = comment.unwrap().0.trim().trim_start_matches("/// ");
        let unit = comment.split_whitespace().next().unwrap().to_lowercase();
        if !comment.ends_with(&format!(" Default {value}.")) {
            wrong.push(format!("`{name}` is {value}, its comment says: {comment}"));
        }
        let row = page.lines().find(|line| line.contains(&format!("(`{name}`)")));
        let cells: Vec<&str> = row.unwrap_or_default().split('|').map(str::trim).collect();
        let [_, what, default, ..] = cells.as_slice() else {
            wrong.push(format!("`{name}` has no row"));
            continue;
        };
        if !(what.contains(&unit) || default.contains(&unit)) || default.trim_end_matches(&unit).trim() != value {
            wrong.push(format!("`{name}` is {value} {unit}, its row says: {what}: {default}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 14, "only {count} limits");
}

#[test]
fn the_rulesets_of_the_tutorial_pass_their_cases() {
    rulesets_of("rulesets.md", 2);
}

#[test]
fn the_ruleset_of_the_reference_of_cases_passes_them() {
    rulesets_of("cases.md", 1);
}

#[test]
fn the_ruleset_of_the_page_on_lists_passes_its_cases() {
    rulesets_of("lists.md", 1);
}

/// `yaml mapping`, the documents below it (`json document NAME`), then `json record` and perhaps `json account`.
#[test]
fn the_mappings_of_their_reference_give_the_records_shown() {
    let text = fs::read_to_string(docs().join("mappings.md")).unwrap();
    let (mut mapping, mut documents, mut applied, mut records) = (None, BTreeMap::new(), None, 0);
    for fence in fences(&text) {
        let words: Vec<&str> = fence.info.split_whitespace().collect();
        let json = || serde_json::from_str::<Value>(&fence.body).unwrap();
        match words.as_slice() {
            ["yaml", "mapping"] => {
                let value: Value = serde_saphyr::from_str(&fence.body).unwrap();
                mapping = Some(Mapping::parse(&value).unwrap_or_else(|error| panic!("line {}: {error}", fence.line)));
                documents.clear();
            }
            ["json", "document", name @ ..] => {
                documents.insert(name.first().unwrap_or(&"document").to_string(), json());
            }
            ["json", "record"] => {
                let found = mapping.as_ref().unwrap().apply(&documents).unwrap();
                assert_eq!(found.record, json(), "line {}", fence.line);
                applied = Some(found);
                records += 1;
            }
            ["json", "account"] => {
                let mut found = serde_json::to_value(applied.take().unwrap()).unwrap();
                found.as_object_mut().unwrap().remove("record");
                assert_eq!(found, json(), "line {}", fence.line);
            }
            ["sh"] => {}
            other => panic!("line {}: unknown kind of block {other:?}", fence.line),
        }
    }
    assert_eq!(records, 5);
}
