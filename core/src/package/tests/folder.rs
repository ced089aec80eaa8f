//! Tests of reading folders.

use crate::error::RulesetError;
use crate::source::Sources;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn manifest(name: &str, more: &str) -> String {
    format!("name: {name}\nversion: 1.0.0\nlanguage: 1\n{more}")
}

fn codes(result: Result<Sources, RulesetError>) -> Vec<String> {
    match result.unwrap_err() {
        RulesetError::Compile { diagnostics } => {
            diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect()
        }
        other => vec![other.to_string()],
    }
}

#[test]
fn the_files_of_a_ruleset_are_read_and_no_others() {
    let root = folder(&[
        ("r/ruleset.yaml", &manifest("r", "")),
        ("r/b.indicia", "language 1\n"),
        ("r/a.indicia", "language 1\n// a\n"),
        ("r/a.cases.yaml", "cases: []"),
        ("r/.hidden.indicia", "x"),
        ("r/lists/x.txt", "x\n"),
        ("r/lists/sub/y.csv", "a\n1\n"),
        ("r/lists/README.md", "no"),
        ("r/lists/.z.txt", "no"),
        ("r/mappings/json-resume.yaml", "form: {name: basics.name}"),
        ("r/mappings/old/x.yaml", "a: 1"),
    ]);
    let sources = Sources::from_folder(root.path().join("r")).unwrap();
    assert_eq!(sources.rules.keys().collect::<Vec<_>>(), ["a.indicia", "b.indicia"]);
    assert_eq!(sources.data.keys().collect::<Vec<_>>(), ["lists/sub/y.csv", "lists/x.txt"]);
    assert_eq!(sources.mappings["json-resume"]["form"]["name"], "basics.name");
    assert_eq!(sources.mappings.len(), 1);
    assert!(sources.base.is_none());
    assert_eq!(Sources::from_bundle(&sources.to_bundle()).unwrap(), sources);
}

#[test]
fn listed_files_are_the_only_ones_and_have_to_be_there() {
    let root = folder(&[
        ("r/ruleset.yaml", &manifest("r", "files: [b.indicia]\n")),
        ("r/a.indicia", ""),
        ("r/b.indicia", ""),
        ("s/ruleset.yaml", &manifest("s", "files: [../r/a.indicia, no.indicia, /etc/passwd, b.indicia, b.indicia]\n")),
        ("s/b.indicia", ""),
    ]);
    let sources = Sources::from_folder(root.path().join("r")).unwrap();
    assert_eq!(sources.rules.keys().collect::<Vec<_>>(), ["b.indicia"]);
    assert_eq!(
        codes(Sources::from_folder(root.path().join("s"))),
        [
            "E0508 rule file `../r/a.indicia` is no plain name of a file in this folder",
            "E0508 rule file `no.indicia` is not there",
            "E0508 rule file `/etc/passwd` is no plain name of a file in this folder",
            "E0508 rule file `b.indicia` stands twice",
        ]
    );
}

#[test]
fn a_base_lies_beside_as_folder_or_bundle() {
    let root = folder(&[
        ("own/ruleset.yaml", &manifest("own", "extends: middle\n")),
        ("middle/ruleset.yaml", &manifest("middle", "extends: ground\n")),
        ("ground-source/ruleset.yaml", &manifest("ground", "")),
        ("ground-source/a.indicia", "language 1\n"),
    ]);
    let ground = Sources::from_folder(root.path().join("ground-source")).unwrap();
    fs::write(root.path().join("ground.bundle"), ground.to_bundle()).unwrap();
    let own = Sources::from_folder(root.path().join("own")).unwrap();
    let middle = own.base.unwrap();
    assert_eq!(middle.manifest.name, "middle");
    assert_eq!(*middle.base.unwrap(), ground);
}

#[test]
fn a_base_that_is_not_there_or_goes_in_a_circle_is_an_error() {
    let root = folder(&[
        ("a/ruleset.yaml", &manifest("a", "extends: b\n")),
        ("b/ruleset.yaml", &manifest("b", "extends: a\n")),
        ("c/ruleset.yaml", &manifest("c", "extends: nowhere\n")),
        ("d/ruleset.yaml", &manifest("d", "extends: ../a\n")),
        ("e/ruleset.yaml", &manifest("e", "extends: f\n")),
        ("f/ruleset.yaml", &manifest("g", "")),
    ]);
    let read = |name: &str| codes(Sources::from_folder(root.path().join(name)));
    assert_eq!(read("a"), ["E0509 ruleset `a` extends itself"]);
    assert_eq!(read("c"), ["E0509 no ruleset is called `nowhere`"]);
    assert_eq!(read("d"), ["E0509 `../a` is no name of a ruleset"]);
    assert_eq!(read("e"), ["E0509 the ruleset found for `f` is called `g`"]);
}

#[cfg(feature = "default-ruleset")]
#[test]
fn the_embedded_ruleset_can_be_extended() {
    let root = folder(&[("own/ruleset.yaml", &manifest("own", "extends: applicant-fraud\n"))]);
    let own = Sources::from_folder(root.path().join("own")).unwrap();
    assert_eq!(own.base.unwrap().manifest.name, "applicant-fraud");
}

#[test]
fn what_can_not_be_read_is_named() {
    let root =
        folder(&[("r/ruleset.yaml", &manifest("r", "")), ("empty/x", ""), ("bad/ruleset.yaml", &manifest("bad", ""))]);
    fs::write(root.path().join("bad/a.indicia"), b"ab\xff").unwrap();
    let read = |name: &str| codes(Sources::from_folder(root.path().join(name))).remove(0);
    assert!(read("nowhere").contains("nowhere"), "{}", read("nowhere"));
    assert!(read("r/ruleset.yaml").contains("not a folder"));
    assert!(read("empty").contains("no `ruleset.yaml`"));
    assert!(read("bad").contains("invalid UTF-8 at byte 2"));
}

#[cfg(unix)]
#[test]
fn links_stay_within_the_folder_and_pipes_are_not_waited_for() {
    use std::os::unix::fs::symlink;
    let root = folder(&[("secret.txt", "s"), ("r/ruleset.yaml", &manifest("r", "")), ("r/lists/a.txt", "a\n")]);
    symlink(root.path().join("r/lists/a.txt"), root.path().join("r/lists/b.txt")).unwrap();
    assert_eq!(Sources::from_folder(root.path().join("r")).unwrap().data["lists/b.txt"], "a\n");
    symlink(root.path().join("secret.txt"), root.path().join("r/lists/c.txt")).unwrap();
    let message = codes(Sources::from_folder(root.path().join("r"))).remove(0);
    assert!(message.contains("outside of the ruleset's folder"), "{message}");
    fs::remove_file(root.path().join("r/lists/c.txt")).unwrap();
    symlink(root.path(), root.path().join("r/lists/loop")).unwrap();
    symlink(Path::new("/dev/zero"), root.path().join("r/lists/d.txt")).unwrap();
    assert!(Sources::from_folder(root.path().join("r")).is_err());
}
