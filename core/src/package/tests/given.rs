use crate::{RulesetError, Sources};
use std::collections::BTreeMap;

fn files(these: &[(&str, &str)]) -> Result<Sources, RulesetError> {
    let owned = these.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Sources::from_files(owned.collect::<BTreeMap<_, _>>())
}

#[test]
fn files_come_to_what_their_folder_comes_to() {
    let folder = tempfile::tempdir().unwrap();
    let these = [
        ("ruleset.yaml", "{name: mine, version: 1.0.0, language: 1, files: [b.indicia]}"),
        ("a.indicia", "left out"),
        ("b.indicia", "language 1"),
        ("lists/x.txt", "# a list\nentry\n"),
        ("mappings/m.yaml", "{format: 1, name: m, record: {}}"),
    ];
    for (name, text) in these {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    assert_eq!(files(&these).unwrap(), Sources::from_folder(folder.path()).unwrap());
}

#[test]
fn a_name_outside_of_the_folder_is_refused() {
    for name in ["../a.indicia", "/a.indicia", "sub/a.indicia", "lists/a.json", "readme.md", ""] {
        assert!(matches!(files(&[(name, "")]), Err(RulesetError::Read { path, .. }) if path == name), "{name}");
    }
}

#[test]
fn a_missing_rule_file_and_a_missing_base_are_told() {
    let missing = files(&[("ruleset.yaml", "{name: a, version: 1.0.0, language: 1, files: [b.indicia]}")]).unwrap_err();
    assert!(missing.to_string().contains("E0508"), "{missing}");
    let base = files(&[("ruleset.yaml", "{name: a, version: 1.0.0, language: 1, extends: nothing}")]).unwrap_err();
    assert!(base.to_string().contains("E0509"), "{base}");
}
