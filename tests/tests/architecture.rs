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
    let strange: Vec<String> =
        users("dsl/src", "pest").into_iter().filter(|name| !name.contains("/grammar/")).collect();
    assert_eq!(strange, Vec::<String>::new());
}

#[test]
fn one_file_knows_each_wrapped_crate() {
    for (krate, home) in [("rlibphonenumber", "domain/phone.rs"), ("serde_saphyr", "package/yaml.rs")] {
        let users: Vec<String> = users("core/src", krate);
        let strange: Vec<&String> =
            users.iter().filter(|name| !name.ends_with(home) && !name.contains("/tests")).collect();
        assert!(strange.is_empty(), "{krate} is named in {strange:?}");
    }
}

/// The names under `[dependencies]` of a crate, those for single targets among them.
fn dependencies(of: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(of).join("Cargo.toml")).unwrap();
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-");
        } else if inside && line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            names.extend(line.split(['.', ' ', '=']).next().map(str::to_owned));
        }
    }
    names
}

#[test]
fn arrows_between_crates_point_one_way() {
    let own = |of: &str| dependencies(of).into_iter().filter(|name| name.starts_with("indicia")).collect::<Vec<_>>();
    assert_eq!(own("dsl"), Vec::<String>::new());
    assert_eq!(own("core"), ["indicia-dsl"]);
    assert_eq!(own("bindings/cli"), ["indicia"]);
    assert_eq!(own("bindings/python"), ["indicia"]);
}

#[test]
fn core_depends_on_no_terminal_and_no_runtime() {
    let foreign = [
        "clap",
        "anstream",
        "anstyle",
        "indicatif",
        "tokio",
        "async-std",
        "futures",
        "pyo3",
        "wasm-bindgen",
        "log",
        "tracing",
    ];
    let strange: Vec<String> =
        dependencies("core").into_iter().filter(|name| foreign.contains(&name.as_str())).collect();
    assert_eq!(strange, Vec::<String>::new());
    assert!(dependencies("core").contains(&"regex".to_owned()));
}

#[test]
fn the_tests_that_the_architecture_names_exist() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let (_, table) = page.split_once("## Invariants").unwrap();
    let quoted = table.split('`').skip(1).step_by(2);
    let names: Vec<&str> =
        quoted.filter(|word| word.matches('_').count() > 2 && !word.contains(['(', ' ', '-'])).collect();
    assert!(names.len() > 8, "{names:?}");
    let all: String = files("tests/tests", &[".rs"]).into_iter().map(|(_, text)| text).collect();
    for name in names {
        assert!(all.contains(&format!("fn {name}(")), "no test is called {name}");
    }
}

#[test]
fn every_limit_stands_in_the_security_page() {
    let page = fs::read_to_string(root().join("docs/SECURITY.md")).unwrap();
    let limits = fs::read_to_string(root().join("core/src/limits.rs")).unwrap();
    let names = limits.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.strip_suffix(": usize,"));
    let missing: Vec<&str> = names.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn core_and_dsl_forbid_unsafe_code() {
    for crate_root in ["core/src/lib.rs", "dsl/src/lib.rs"] {
        let text = fs::read_to_string(root().join(crate_root)).unwrap();
        assert!(text.contains("#![forbid(unsafe_code)]"), "{crate_root}");
    }
}

#[test]
fn unsafe_code_of_the_python_binding_stays_in_the_capsules() {
    let code = |text: &str| text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("unsafe "));
    let found = files("bindings/python/src", &[".rs"]).into_iter().filter(|(_, text)| code(text)).map(|(name, _)| name);
    let found: Vec<String> = found.collect();
    assert!(matches!(found.as_slice(), [only] if only.ends_with("/frame/capsule.rs")), "{found:?}");
    for (name, text) in files("bindings/python/src", &["/lib.rs"]) {
        assert!(text.contains("#![deny(unsafe_code)]"), "{name}");
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
            assert!(
                text.lines().take_while(|line| line.starts_with('#')).any(|line| line.starts_with(key)),
                "{name}: no `{key}`"
            );
        }
    }
}

/// A page without its blocks and spans of code, in which brackets are not links.
fn without_code(page: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if !inside {
            out.extend(line.split('`').step_by(2));
            out.push('\n');
        }
    }
    out
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
        let text = without_code(&text);
        for part in text.split("](").skip(1) {
            let Some(target) = part.split(')').next() else { continue };
            let file = target.split('#').next().unwrap_or("");
            if !target.contains("://")
                && !target.starts_with("mailto:")
                && !file.is_empty()
                && !folder.join(file).exists()
            {
                broken.push(format!("{name}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
