//! Rulesets that can't be used: each error once with its lines, and a valid document for who asked for one.

use crate::harness::{Place, Run};

/// A ruleset `own` that extends `rules`.
fn extension() -> Place {
    let place = Place::with_rules();
    place.file("own/ruleset.yaml", "name: own\nversion: 0.1.0\nlanguage: 1\nextends: rules\n");
    place.file("own/own.indicia", "language 1\n");
    place
}

fn spoil(place: &Place, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(place.path(file)).unwrap();
    assert!(text.contains(from), "{text}");
    place.file(file, text.replace(from, to));
}

/// Whether the text is XML as far as its elements close one another.
fn assert_xml(text: &str) {
    let mut open = Vec::new();
    for tag in text.split('<').skip(2).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name.to_owned()), "{text}"),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap_or_default().to_owned()),
        }
    }
    assert!(open.is_empty() && text.starts_with("<?xml "), "{text}");
}

fn assert_unreadable(run: &Run, shown: &str) {
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.starts_with(&format!("error: can't read `{shown}`: invalid UTF-8")), "{}", run.stderr);
}

#[test]
fn each_error_is_told_once_and_then_their_number() {
    let place = Place::with_rules();
    spoil(&place, "rules/contact.indicia", "when     form.email.domain", "when     form.emial.domain");
    spoil(&place, "rules/contact.indicia", "category contact", "category contcat");
    place.file("a.json", "{}");
    let run = place.run(&["screen", "-r", "rules", "a.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (4, ""));
    let expected = "\
error[E0202]: unknown category `contcat`
 --> rules/contact.indicia:7:12
  |
7 |   category contcat
  |            ^^^^^^^
  |
  = help: did you mean `contact`?

error[E0201]: unknown field `form.emial`
 --> rules/contact.indicia:9:12
  |
9 |   when     form.emial.domain in disposable_domains
  |            ^^^^^^^^^^ record `claim` has no such field
  |
  = help: did you mean `form.email`?

error: ruleset has 2 errors
";
    assert_eq!(run.stderr, expected);
}

#[test]
fn an_error_in_an_extended_ruleset_shows_its_line_and_a_path_that_opens() {
    let place = extension();
    spoil(&place, "rules/contact.indicia", "when     form.email.domain", "when     form.emial.domain");
    let expected = "\
error[E0201]: unknown field `form.emial`
 --> rules/contact.indicia:9:12
  |
9 |   when     form.emial.domain in disposable_domains
  |            ^^^^^^^^^^ record `claim` has no such field
  |
  = help: did you mean `form.email`?

";
    assert_eq!(place.run(&["check", "own"]).stdout, expected);
    place.file("a.json", "{}");
    let run = place.run(&["screen", "-r", "own", "a.json"]);
    assert_eq!(run.stderr, format!("{expected}error: ruleset has 1 error\n"));
    let json = place.run(&["check", "own", "-f", "json"]).json();
    assert_eq!((&json[0]["file"], &json[0]["line"]), (&"rules/contact.indicia".into(), &9.into()));
    let inside = place.command(&["check"]).current_dir(place.path("own")).output().unwrap();
    let shown = String::from_utf8_lossy(&inside.stdout).into_owned();
    assert!(shown.contains("\n --> ../rules/contact.indicia:9:12\n"), "{shown}");
}

#[test]
fn check_gives_a_document_for_a_file_that_is_no_text() {
    let place = Place::with_rules();
    place.file("rules/contact.indicia", b"language 1\n\xff").file("one.indicia", b"\xff");
    for path in ["rules", "one.indicia", "none"] {
        let json = place.run(&["check", path, "-f", "json"]);
        assert_eq!(json.code, 4);
        let found = json.json();
        assert_eq!((found.as_array().unwrap().len(), &found[0]["severity"]), (1, &"error".into()), "{found}");
        assert!(found[0]["message"].as_str().unwrap().starts_with("can't read: "), "{found}");
        assert!(found[0]["code"].is_null(), "{found}");
        let sarif = place.run(&["check", path, "-f", "sarif"]).json();
        let result = &sarif["runs"][0]["results"][0];
        assert_eq!((&result["level"], result.get("ruleId")), (&"error".into(), None), "{sarif}");
        assert!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].is_string(), "{sarif}");
    }
    let run = place.run(&["check", "rules", "-f", "json"]);
    assert_unreadable(&run, "rules/contact.indicia");
    assert_eq!(run.json()[0]["file"], "rules/contact.indicia");
    let text = place.run(&["check", "rules"]);
    assert_eq!(text.stdout, "");
    assert_unreadable(&text, "rules/contact.indicia");
}

#[test]
fn test_gives_a_document_for_cases_that_can_not_be_run() {
    let place = Place::with_rules();
    let twice = "cases:\n  - name: a\n    record: {}\n    expect: { outcome: clear }\n  - name: a\n    record: {}\n    expect: { outcome: clear }\n";
    for (cases, code) in [("cases: [", "E0507"), (twice, "E0510")] {
        place.file("rules/rules.cases.yaml", cases);
        let json = place.run(&["test", "rules", "-f", "json"]);
        assert_eq!(json.code, 4, "{}", json.stderr);
        let report = json.json();
        assert_eq!(
            (&report["errors"][0]["code"], &report["cases"]),
            (&code.into(), &serde_json::json!([])),
            "{report}"
        );
        assert_eq!(report["errors"][0]["file"], "rules/rules.cases.yaml");
        assert!(json.stderr.contains(code) && json.stderr.ends_with("error: ruleset has 1 error\n"), "{}", json.stderr);
        let junit = place.run(&["test", "rules", "-f", "junit"]);
        assert_eq!(junit.code, 4);
        assert_xml(&junit.stdout);
        assert!(junit.stdout.contains("tests=\"1\" failures=\"0\" errors=\"1\""), "{}", junit.stdout);
        assert!(junit.stdout.contains(&format!(" {code}\">\n      <error message=\"")), "{}", junit.stdout);
    }
    place.file("rules/rules.cases.yaml", b"\xff");
    assert_unreadable(&place.run(&["test", "rules", "-f", "json"]), "rules/rules.cases.yaml");
    assert_xml(&place.run(&["test", "rules", "-f", "junit"]).stdout);
    assert_eq!(place.run(&["test", "rules"]).stdout, "");
}
