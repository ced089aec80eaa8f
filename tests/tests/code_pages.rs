//! `docs/codes`: every diagnostic code has its page, and the two examples of every page are run.
//!
//! The block `indicia fails` gives the page's code and no other error; `indicia mended` gives neither that code nor an error.
//! Other named blocks are files of the ruleset: those before both blocks belong to both, the others to the block they follow.

#![cfg(test)]

use indicia::{CaseFile, Diagnostic, Ruleset, RulesetError, Severity, Sources};
use indicia_tests::markdown::{Fence, expand, fences};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "name: example\nversion: 1.0.0\nlanguage: 1\n";
/// Codes that stand beside others by their nature.
const NEVER_ALONE: &[&str] = &["E0104"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/codes")
}

fn pages() -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    entries.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// What the files of one example give.
fn diagnostics(files: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let of_folder = Sources::from_folder(folder.path());
    let of_cases = CaseFile::from_folder(folder.path());
    let mut found = match &of_folder {
        Ok(sources) => indicia::check(sources),
        Err(RulesetError::Compile { diagnostics }) => diagnostics.clone(),
        Err(error) => panic!("{error}"),
    };
    match of_cases {
        // A page without cases is not about them.
        Ok(cases) if !cases.is_empty() => {
            let ruleset = of_folder.ok().and_then(|sources| Ruleset::from_sources(&sources).ok());
            found.extend(ruleset.map(|ruleset| ruleset.untested(&cases)).unwrap_or_default());
        }
        Ok(_) => {}
        Err(RulesetError::Compile { diagnostics }) => found.extend(diagnostics),
        Err(error) => panic!("{error}"),
    }
    found
}

/// The two examples of a page: the files that fail, and the mended ones.
fn examples(page: &str) -> Option<[BTreeMap<String, String>; 2]> {
    let mut both = BTreeMap::from([("ruleset.yaml".to_owned(), MANIFEST.to_owned())]);
    let mut kinds: [Option<BTreeMap<String, String>>; 2] = [None, None];
    let mut current = None;
    for Fence { info, body, .. } in fences(page) {
        match info.as_str() {
            "indicia fails" | "indicia mended" => {
                let index = usize::from(info.ends_with("mended"));
                let mut files = both.clone();
                files.insert("rules.indicia".to_owned(), expand(&body));
                if kinds[index].replace(files).is_some() {
                    return None;
                }
                current = Some(index);
            }
            _ => {
                let (_, name) = info.split_once(' ')?;
                match current {
                    None => both.insert(name.to_owned(), body),
                    Some(index) => kinds[index].as_mut()?.insert(name.to_owned(), body),
                };
            }
        }
    }
    let [fails, mended] = kinds;
    Some([fails?, mended?])
}

fn shown(found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(|d| format!("\n    {} {}", d.code, d.message)).collect();
    lines.concat()
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let codes: BTreeSet<String> = indicia::codes().iter().map(|code| code.id.to_owned()).collect();
    let pages: BTreeSet<String> = pages().into_keys().collect();
    assert_eq!(codes.difference(&pages).collect::<Vec<_>>(), Vec::<&String>::new(), "codes without page");
    assert_eq!(pages.difference(&codes).collect::<Vec<_>>(), Vec::<&String>::new(), "pages without code");
}

#[test]
fn the_title_of_a_page_is_the_title_of_its_code() {
    let pages = pages();
    for code in indicia::codes() {
        let first = pages.get(code.id).and_then(|page| page.lines().next());
        assert_eq!(first, Some(format!("# {}: {}", code.id, code.title).as_str()));
    }
}

#[test]
fn examples_that_fail_give_their_code_and_no_other_error() {
    let mut wrong = Vec::new();
    for (code, page) in pages() {
        let Some([fails, _]) = examples(&page) else {
            wrong.push(format!("{code}: not one block that fails and one that is mended"));
            continue;
        };
        let found = diagnostics(&fails);
        let severity = if code.starts_with('W') { Severity::Warning } else { Severity::Error };
        let here = found.iter().filter(|d| d.code == code.as_str() && d.severity == severity).count();
        let others = found.iter().any(|d| (d.is_error() || code.starts_with('W')) && d.code != code.as_str());
        if here == 0 || (others && !NEVER_ALONE.contains(&code.as_str())) {
            wrong.push(format!("{code} gives{}", shown(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mended_examples_have_no_error_and_not_the_page_s_code() {
    let mut wrong = Vec::new();
    for (code, page) in pages() {
        let Some([_, mended]) = examples(&page) else { continue };
        let found = diagnostics(&mended);
        if found.iter().any(|d| d.is_error() || d.code == code.as_str()) {
            wrong.push(format!("{code} mended gives{}", shown(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
