//! `indicia docs`: what its files are called, and that an impossible folder, Ctrl-C or missing cases are told as they should.

use crate::harness::Place;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

const HEAD: &str = "language 1\nrecord application { id: text, name: text }\n";
const DECIDE: &str = "decide {\n  categories a\n  weights info 1, low 5, medium 12, high 25\n  outcomes clear, review\n  outcome review when score >= 10\n}\n";

/// A ruleset with these indicators.
fn rules(place: &Place, ids: &[String]) {
    let mut text = format!("{HEAD}{DECIDE}");
    for id in ids {
        let _ = write!(
            text,
            "indicator {id} \"Title\" {{\n  category a\n  severity low\n  when id == \"1\"\n  because \"x\"\n  verify \"x\"\n  caution \"x\"\n  source \"x\"\n}}\n"
        );
    }
    place.file("rules/rules.indicia", text);
    place.file("rules/ruleset.yaml", "name: many\nversion: 0.1.0\nlanguage: 1\n");
}

fn names(place: &Place, folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(place.path(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn pages_of_alike_and_of_long_ids_have_names_of_their_own_on_every_system() {
    let place = Place::new();
    let long = |end: char| format!("{}{end}", "a".repeat(400));
    let ids =
        ["phone".to_owned(), "Phone".into(), "README".into(), "Index".into(), "plain".into(), long('x'), long('y')];
    rules(&place, &ids);
    for (format, index) in [("markdown", "README.md"), ("html", "index.html")] {
        let run = place.run(&["docs", "-r", "rules", "-o", "out", "-f", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let found = names(&place, "out");
        let lower: BTreeSet<String> = found.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!((found.len(), lower.len()), (ids.len() + 5, ids.len() + 5), "{found:?}");
        assert!(found.iter().all(|name| name.len() < 140), "{found:?}");
        let ending = format.replace("markdown", "md");
        assert!(found.contains(&format!("plain.{ending}")) && found.contains(&format!("README-indicator.{ending}")));
        // Every page is reached from the overview by its name.
        let overview = fs::read_to_string(place.path("out").join(index)).unwrap();
        let linked = found.iter().filter(|name| !name.starts_with("all-") && *name != index);
        for name in linked {
            assert!(overview.contains(name.as_str()), "{name}");
        }
    }
}

#[test]
fn an_impossible_folder_is_told_before_the_ruleset_is_read() {
    let place = Place::new();
    // That the ruleset is broken would be told first otherwise.
    place.file("rules/rules.indicia", "language 9").file("file.md", "x");
    let run = place.run(&["docs", "-r", "rules", "-o", "file.md/a/b"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, "error: `file.md` is no folder\n"));
    let long = format!("new/{}", "a".repeat(300));
    let run = place.run(&["docs", "-r", "rules", "-o", &long]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.starts_with("error: can't write: `new/aaa"), "{}", run.stderr);
    assert_eq!(place.run(&["docs", "-r", "rules", "-o", "new/deep"]).code, 4);
    assert_eq!(names(&place, "."), ["file.md".to_owned(), "rules".to_owned()].into());
}

#[test]
fn who_gets_no_examples_is_told_why() {
    let place = Place::with_rules();
    let note = |args: &[&str]| {
        let run = place.run(&[&["docs", "-o", "out"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stderr.lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(note(&["-r", "rules"]), "");
    assert_eq!(place.run(&["build", "rules", "-o", "rules.bundle"]).code, 0);
    let give = "`--cases FOLDER` says where they are";
    assert_eq!(note(&["-r", "rules.bundle"]), format!("no examples: a bundle carries no cases; {give}"));
    assert_eq!(note(&["-r", "rules.bundle", "--cases", "rules"]), "");
    let embedded = "no examples: the embedded ruleset carries no cases";
    assert_eq!(note(&[]), format!("{embedded}; {give}, and `-r FOLDER` takes a ruleset with its own"));
    let inside = place.command(&["docs", "-o", "../pages"]).current_dir(place.path("rules")).output().unwrap();
    assert!(String::from_utf8_lossy(&inside.stderr).trim_end().ends_with("the one in this folder, `-r .`?"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_no_half_written_page() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let place = Place::new();
    rules(&place, &(0..300).map(|number| format!("number_{number}")).collect::<Vec<_>>());
    let mut child = place
        .command(&["docs", "-r", "rules", "-o", "out"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !place.path("out/all-fields.md").exists() && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_micros(200));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    // It may have been done already.
    assert!(matches!(code, Some(130 | 0)), "{code:?}");
    let left = names(&place, "out");
    assert!(left.iter().all(|name| !name.contains(".part")), "{left:?}");
    assert!(left.len() > 1, "{left:?}");
}
