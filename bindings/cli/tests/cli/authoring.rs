//! The commands for people who write rules: new, check, fmt, test, build, explain, inputs, schema.

use crate::harness::Place;

#[test]
fn a_new_ruleset_passes_check_test_and_fmt() {
    let place = Place::with_rules();
    let check = place.run(&["check", "rules", "--deny-warnings"]);
    assert_eq!((check.code, check.stdout.as_str()), (0, ""), "{}", check.stderr);
    let test = place.run(&["test", "rules"]);
    assert_eq!(test.code, 0, "{}{}", test.stdout, test.stderr);
    let fmt = place.run(&["fmt", "--check", "--diff", "rules"]);
    assert_eq!((fmt.code, fmt.stdout.as_str()), (0, ""), "{}", fmt.stderr);
}

#[test]
fn new_does_not_touch_a_folder_with_files() {
    let place = Place::with_rules();
    let again = place.run(&["new", "rules"]);
    assert_eq!(again.code, 2);
    assert_eq!(again.stderr, "error: `rules` exists and is not an empty folder\n");
    assert_eq!(place.run(&["new", "Größe"]).code, 2);
}

#[test]
fn check_shows_all_mistakes_at_their_places() {
    let place = Place::with_rules();
    let text = std::fs::read_to_string(place.path("rules/contact.indicia")).unwrap();
    place.file(
        "rules/contact.indicia",
        text.replace("when     form.email.domain", "when     form.emial.domain")
            .replace("category contact", "category contcat"),
    );
    let run = place.run(&["check", "rules", "--format", "json"]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    let lines: Vec<_> =
        run.json().as_array().unwrap().iter().map(|found| (found["file"].clone(), found["line"].as_u64())).collect();
    assert!(lines.contains(&("rules/contact.indicia".into(), Some(7))), "{lines:?}");
    assert!(lines.contains(&("rules/contact.indicia".into(), Some(9))), "{lines:?}");
    let text = place.run(&["check", "rules"]).stdout;
    assert!(text.contains(" --> rules/contact.indicia:9:"), "{text}");
    let sarif = place.run(&["check", "rules", "--format", "sarif"]).json();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["runs"][0]["results"].as_array().unwrap().len() >= 2);
    assert_eq!(place.run(&["screen", "-r", "rules", "rules/README.md"]).code, 4);
}

#[test]
fn check_applies_mends_that_are_certain_and_names_each() {
    let place = Place::with_rules();
    let read = || std::fs::read_to_string(place.path("rules/contact.indicia")).unwrap();
    let good = read().replace(
        "in disposable_domains\n",
        "in disposable_domains and form.email.domain == \"a.example\" and form.name is present\n",
    );
    let wrong = good.replace("and form.email.domain ==", "&& form.email.domain =");
    place.file("rules/contact.indicia", wrong.replace("when     form.email.domain", "when     form.emial.domain"));
    let run = place.run(&["check", "rules", "--fix"]);
    assert_eq!(run.code, 4, "{}{}", run.stdout, run.stderr);
    assert_eq!(read(), good.replace("when     form.email.domain", "when     form.emial.domain"));
    assert!(run.stderr.contains("rules/contact.indicia:9:52: `&&` -> `and` (E0119)\n"), "{}", run.stderr);
    assert!(run.stderr.contains(": `=` -> `==` (E0120)\n"), "{}", run.stderr);
    assert!(run.stderr.contains("applied 2 mends; 1 guess is left, which --fix-guesses applies\n"), "{}", run.stderr);
    let run = place.run(&["check", "rules", "--fix-guesses"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stderr.contains("rules/contact.indicia:9:12: `form.emial` -> `form.email` (E0201)\n"),
        "{}",
        run.stderr
    );
    assert_eq!(read(), good);
}

#[test]
fn fmt_tells_differences_and_then_mends_them() {
    let place = Place::with_rules();
    let good = std::fs::read_to_string(place.path("rules/decide.indicia")).unwrap();
    place.file("rules/decide.indicia", good.replace("  cap        contact 20", " cap contact   20"));
    let diff = place.run(&["fmt", "--diff", "rules"]);
    assert_eq!(diff.code, 1, "{}", diff.stderr);
    assert!(diff.stdout.contains("- cap contact   20\n+  cap        contact 20\n"), "{}", diff.stdout);
    assert_eq!(place.run(&["fmt", "--check", "rules"]).stdout, "rules/decide.indicia\n");
    assert_eq!(place.run(&["fmt", "rules"]).code, 0);
    assert_eq!(std::fs::read_to_string(place.path("rules/decide.indicia")).unwrap(), good);
    let piped = place.run_with_stdin(&["fmt", "-"], good.as_bytes());
    assert_eq!((piped.code, piped.stdout), (0, good));
}

#[test]
fn test_names_the_case_that_fails() {
    let place = Place::with_rules();
    let cases = std::fs::read_to_string(place.path("rules/rules.cases.yaml")).unwrap();
    place.file("rules/rules.cases.yaml", cases.replace("score: 24", "score: 25"));
    let run = place.run(&["test", "rules"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("a throw-away address and another name lead to a review"), "{}", run.stdout);
    assert!(run.stdout.contains("25"), "{}", run.stdout);
    let junit = place.run(&["test", "rules", "--format", "junit"]);
    assert_eq!(junit.code, 1);
    assert!(junit.stdout.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"), "{}", junit.stdout);
    let some = place.run(&["test", "rules", "--filter", "middle name"]);
    assert_eq!(some.code, 0, "{}{}", some.stdout, some.stderr);
    assert!(some.stdout.contains(": 1 of 1 case holds\n"), "{}", some.stdout);
    let none = place.run(&["test", "rules", "--filter", "zzz"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert_eq!(none.stderr, "error: no case in the `*.cases.yaml` of `rules` has `zzz` in its file or name\n");
}

#[test]
fn an_extension_is_covered_by_what_it_shows_of_its_own_indicators() {
    let place = Place::with_rules();
    place.file("own/ruleset.yaml", "name: own\nversion: 0.1.0\nlanguage: 1\nextends: rules\n");
    place.file(
        "own/own.indicia",
        "language 1\n\nindicator no_email \"No address\" {\n  category contact\n  severity low\n  when     form.email is missing\n  because  \"The form gives no address.\"\n  verify   \"Ask for one.\"\n  caution  \"Anybody.\"\n  source   \"Own experience\"\n}\n",
    );
    place.file(
        "own/own.cases.yaml",
        "cases:\n  - name: none\n    record: { id: a }\n    expect: { raised: [no_email] }\n  - name: one\n    record: { form: { email: a@b.example } }\n    expect: { clear: [no_email] }\n",
    );
    let run = place.run(&["test", "own", "--require-coverage"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("\ncoverage: 1 of 1 indicator shown in every truth (those of `rules`: --all)\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("name_differs"), "{}", run.stdout);
    let run = place.run(&["test", "own", "--require-coverage", "--all"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("\n  name_differs: "), "{}", run.stdout);
}

#[test]
fn a_bundle_gives_the_same_verdicts_as_its_folder() {
    let place = Place::with_rules();
    place.file("a.json", "{\"id\": \"1\", \"form\": {\"email\": \"x@throwaway.example\"}}");
    assert_eq!(place.run(&["build", "rules", "-o", "r.bundle"]).code, 0);
    let folder = place.run(&["screen", "-q", "-r", "rules", "-f", "jsonl", "a.json"]);
    let bundle = place.run(&["screen", "-q", "-r", "r.bundle", "-f", "jsonl", "a.json"]);
    assert_eq!((bundle.code, &bundle.stdout), (0, &folder.stdout), "{}", bundle.stderr);
    let bytes = std::fs::read(place.path("r.bundle")).unwrap();
    place.file("cut.bundle", &bytes[..bytes.len() / 2]).file("other.bundle", "nothing of the kind");
    for broken in ["cut.bundle", "other.bundle", "none.bundle"] {
        let run = place.run(&["screen", "-r", broken, "a.json"]);
        assert_eq!((run.code, run.stdout.as_str()), (4, ""), "{broken}: {}", run.stderr);
        assert!(run.stderr.starts_with(&format!("error: can't read `{broken}`: ")), "{}", run.stderr);
    }
}

#[test]
fn explain_shows_the_tree_of_one_indicator() {
    let place = Place::with_rules();
    place.file("a.jsonl", "{}\n{\"form\": {\"email\": \"x@throwaway.example\"}}\n");
    let text = place.run(&["explain", "email_disposable", "a.jsonl", "--record", "2", "-r", "rules"]);
    assert_eq!(text.code, 0, "{}", text.stderr);
    let expected = "email_disposable: raised\nThrow-away email address\n\ntrue     when form.email.domain in disposable_domains\n           found \"throwaway.example\" (form.email)\n";
    assert_eq!(text.stdout, expected);
    let json = place.run(&["explain", "email_disposable", "a.jsonl", "-r", "rules", "--format", "json"]).json();
    assert_eq!(json["truth"], "unknown");
    assert_eq!(place.run(&["explain", "email_disposabel", "a.jsonl", "-r", "rules"]).code, 2);
    assert_eq!(place.run(&["explain", "email_disposable", "a.jsonl", "--record", "3", "-r", "rules"]).code, 3);
}

#[test]
fn inputs_names_paths_types_and_readers() {
    let place = Place::with_rules();
    let json = place.run(&["inputs", "-r", "rules", "--format", "json"]).json();
    let email = json.as_array().unwrap().iter().find(|input| input["path"] == "form.email").unwrap().clone();
    assert_eq!(email["type"], "email");
    assert_eq!(email["indicators"], serde_json::json!(["email_disposable"]));
    assert!(place.run(&["inputs", "-r", "rules"]).stdout.contains("form.email"));
}

#[test]
fn inputs_shows_the_key_in_the_input_where_it_differs() {
    let place = Place::new();
    let run = place.run(&["inputs"]);
    assert!(run.stdout.contains("resume.work[].start: date\n"), "{}", run.stdout);
    assert!(run.stdout.contains("    in the input: resume.work[].startDate\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("in the input: resume.email"), "{}", run.stdout);
    assert!(run.stdout.contains("    read by every verdict\n"), "{}", run.stdout);
}

#[test]
fn explain_keeps_when_unless_and_quoted_texts_whole() {
    let place = Place::new();
    place.file(
        "r.indicia",
        r#"language 1
record application { t: text, work: list of { n: number } }
indicator probe "P" {
  category contact
  severity low
  when     t matches /a long regular expression that has many spaces in it, more than a line can hold, really/ or t == "x  y"
  unless   known t mentions "b"
}
indicator many "M" {
  category contact
  severity low
  for at least 2 w in work
  when     w.n > 1
}
decide {
  categories contact
  weights    info 1, low 5, medium 12, high 25
  outcomes   clear, review
  outcome review when score >= 5
}"#,
    );
    place.file("a.json", r#"{"t": "x  y", "work": [{"n": 2}]}"#);
    let probe = place.run(&["explain", "probe", "a.json", "-r", "r.indicia"]);
    let lines: Vec<&str> = probe.stdout.lines().collect();
    let regex = "/a long regular expression that has many spaces in it, more than a line can hold, really/";
    assert!(
        lines.iter().any(|line| line.ends_with(&format!("{regex} or t == \"x  y\"")) || line.ends_with(regex)),
        "{}",
        probe.stdout
    );
    assert!(lines.iter().any(|line| line.starts_with("true     when t matches")), "{}", probe.stdout);
    assert!(lines.contains(&"false    unless known t mentions \"b\""), "{}", probe.stdout);
    assert!(probe.stdout.contains("t == \"x  y\"\n"), "{}", probe.stdout);
    assert_eq!(probe.stdout.matches("when").count(), 1, "{}", probe.stdout);
    let many = place.run(&["explain", "many", "a.json", "-r", "r.indicia"]);
    let expected = "many: clear\nM\n\nfalse    for at least 2 w in work\ntrue     └ work[0]\ntrue       └ when w.n > 1\n               found 2 against 1 (work[0].n)\n";
    assert_eq!(many.stdout, expected);
    place.file("b.json", "{}");
    let none = place.run(&["explain", "many", "b.json", "-r", "r.indicia"]);
    let expected =
        "many: unknown\nM\n\nunknown  for at least 2 w in work\n           unknown because work is missing\n";
    assert_eq!(none.stdout, expected);
}

#[test]
fn a_ruleset_offers_the_mappings_of_its_base_and_its_own() {
    let place = Place::new();
    place.file("ours/ruleset.yaml", "name: ours\nversion: 0.1.0\nlanguage: 1\nextends: applicant-fraud\n");
    place.file("ours/ours.indicia", "language 1\n");
    place.file("resume.json", r#"{"basics": {"name": "Ann Example", "email": "none"}}"#);
    let screen = ["screen", "-q", "-r", "ours", "-m", "json-resume", "-f", "jsonl", "resume.json"];
    let run = place.run(&screen);
    assert_eq!(run.code, 0, "{}", run.stderr);
    // The mapping of the base brought the address that can't be read.
    let brought = r#"{"path":"resume.email","reason":"unparsable"}"#;
    assert!(run.stdout.contains(brought), "{}", run.stdout);
    assert!(place.run(&["mappings", "-r", "ours"]).stdout.contains("\njson-resume  "));
    // Of one name, the ruleset's own wins.
    place.file(
        "ours/mappings/json-resume.yaml",
        "format: 1\nname: json-resume\ndescription: ours\nrecord: { id: basics.name }\n",
    );
    let own = place.run(&screen);
    assert_eq!((&own.rows()[0]["id"], own.stdout.contains(brought)), (&"Ann Example".into(), false));
    let listed = |ruleset: &str| {
        let listed = place.run(&["mappings", "-r", ruleset]).stdout;
        let ours: Vec<&str> = listed.lines().filter(|line| line.starts_with("json-resume")).collect();
        ours.join("\n")
    };
    assert_eq!(listed("ours"), "json-resume         ours");
    let bundle = place.run(&["build", "ours", "-o", "ours.bundle"]);
    assert_eq!(bundle.code, 0, "{}", bundle.stderr);
    assert_eq!(listed("ours.bundle"), "json-resume         ours");
}

#[test]
fn schema_describes_the_record_and_the_verdict() {
    let place = Place::with_rules();
    assert!(place.run(&["schema", "-r", "rules"]).json()["properties"]["form"].is_object());
    assert!(place.run(&["schema", "--verdict"]).json()["properties"]["outcome"].is_object());
}
