//! The invariants of `docs/architecture.md` that no compiler keeps.

#![cfg(test)]

use indicia::Ruleset;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files below a folder with one of the endings, with their text.
fn files(below: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn collect(folder: &Path, endings: &[&str], out: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                collect(&path, endings, out);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                out.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    collect(&root().join(below), endings, &mut out);
    out.sort();
    out
}

/// The files below a folder whose code names a crate.
fn users(below: &str, path: &str) -> Vec<String> {
    let names = |text: &str| {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.into_iter().any(|line| line.contains(&format!("{path}::")) || line.contains(&format!("use {path}")))
    };
    files(below, &[".rs"]).into_iter().filter(|(_, text)| names(text)).map(|(name, _)| name).collect()
}

#[test]
fn pest_stays_in_the_grammar() {
    let strange: Vec<String> = users("dsl/src", "pest").into_iter().filter(|name| !name.contains("/grammar/")).collect();
    assert_eq!(strange, Vec::<String>::new());
}

#[test]
fn one_file_knows_each_wrapped_crate() {
    for (krate, home) in [("rlibphonenumber", "domain/phone.rs"), ("serde_saphyr", "package/yaml.rs")] {
        let users: Vec<String> = users("core/src", krate);
        let strange: Vec<&String> = users.iter().filter(|name| !name.ends_with(home) && !name.contains("/tests")).collect();
        assert!(strange.is_empty(), "{krate} is named in {strange:?}");
    }
}

#[test]
fn core_and_dsl_forbid_unsafe_code() {
    for crate_root in ["core/src/lib.rs", "dsl/src/lib.rs"] {
        let text = fs::read_to_string(root().join(crate_root)).unwrap();
        assert!(text.contains("#![forbid(unsafe_code)]"), "{crate_root}");
    }
}

#[test]
fn the_shipped_outcomes_reject_nobody() {
    let ruleset = Ruleset::from_folder(root().join("rulesets/applicant-fraud")).unwrap();
    assert_eq!(ruleset.outcomes(), ["clear", "review", "escalate"]);
}

#[test]
fn the_shipped_record_has_no_protected_field() {
    for (name, text) in files("rulesets/applicant-fraud", &[".indicia"]) {
        let code = text.lines().map(|line| line.split("//").next().unwrap_or(""));
        assert!(!code.into_iter().any(|line| line.contains(" protected \"")), "{name}");
    }
}

#[test]
fn every_data_file_names_its_source_and_licence() {
    let mut data = files("rulesets", &[".csv", ".txt"]);
    data.extend(files("core/data", &[".csv", ".txt"]));
    assert!(data.len() > 5);
    for (name, text) in data {
        for key in ["# source: ", "# licence: ", "# rows: "] {
            assert!(text.lines().take_while(|line| line.starts_with('#')).any(|line| line.starts_with(key)), "{name}: no `{key}`");
        }
    }
}

#[test]
fn every_relative_link_of_the_documentation_leads_somewhere() {
    let mut pages = files("docs", &[".md"]);
    for name in ["README.md", "CHANGELOG.md", "LICENSE-THIRD-PARTY.md"] {
        pages.push((root().join(name).to_string_lossy().into_owned(), fs::read_to_string(root().join(name)).unwrap()));
    }
    let mut broken = Vec::new();
    for (name, text) in pages {
        let folder = Path::new(&name).parent().unwrap().to_owned();
        for part in text.split("](").skip(1) {
            let Some(target) = part.split(')').next() else { continue };
            let file = target.split('#').next().unwrap_or("");
            if !target.contains("://") && !target.starts_with("mailto:") && !file.is_empty() && !folder.join(file).exists() {
                broken.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
