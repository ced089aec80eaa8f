//! Lists in envelopes, documents of which nothing is known, and verdicts that hardly judge: nothing that reads like a verdict and is none.

use crate::harness::{Place, Run};

/// A small ruleset with a mapping that recognises its documents.
fn place() -> Place {
    let place = Place::with_rules();
    let mapping = "format: 1\nname: cv\nrecognise: [basics]\nrecord: { form: { fields: { name: basics.name } } }\n";
    place.file("rules/mappings/cv.yaml", mapping);
    place
}

fn screen(place: &Place, more: &[&str]) -> Run {
    place.run(&[&["screen", "-q", "-r", "rules", "-f", "jsonl"], more].concat())
}

fn message(run: &Run) -> String {
    assert_eq!((run.code, run.rows().len()), (3, 1), "{}{}", run.stdout, run.stderr);
    let error = &run.rows()[0]["error"];
    assert_eq!(error["reason"], "not_a_record");
    error["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_list_in_an_envelope_is_an_error_that_says_what_to_do() {
    let place = place();
    let said = |path: &str, count: usize, with: &str| {
        format!(
            "no application but a list of {count} under `{path}`: give each on a line of its own, as `jq -c '.{path}[]' FILE | indicia screen{with}` does"
        )
    };
    for (text, expected) in [
        (r#"{"data": [{"id": "1", "form": {}}, {"id": "2"}], "meta": {"page": 1}}"#, said("data", 2, "")),
        (r#"{"results": [{"basics": {}}]}"#, said("results", 1, " --mapping cv")),
        (r#"{"ok": true, "people": [{"basics": {}}]}"#, said("people", 1, " --mapping cv")),
        (r#"{"data": {"candidates": [{"x": 1}, {"x": 2}]}}"#, said("data.candidates", 2, "")),
    ] {
        place.file("a.json", text);
        assert_eq!(message(&screen(&place, &["a.json"])), expected);
    }
    place.file("a.json", r#"{"candidates": [{"basics": {"name": "Ann"}}, {"basics": {}}]}"#);
    for name in ["auto", "cv"] {
        let expected = said("candidates", 2, &format!(" --mapping {name}"));
        assert_eq!(message(&screen(&place, &["-m", name, "a.json"])), expected);
    }
    place.file("key", "0123456789abcdef");
    let bare = "no application but a list of 2: give each on a line of its own";
    assert_eq!(message(&screen(&place, &["--redact-key", "key", "a.json"])), bare);
    // A key that a shell would take for more than a name stands in no command.
    place.file("a.json", r#"{"x'; rm -r ~ '": [{"form": {}}]}"#);
    assert_eq!(message(&screen(&place, &["a.json"])), bare.replace('2', "1"));
    let run = place.run(&["explain", "email_disposable", "a.json", "-r", "rules"]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{}", run.stderr);
}

#[test]
fn a_document_with_lists_of_its_own_is_no_envelope() {
    let place = place();
    for text in [
        r#"{"basics": {}, "work": [{"name": "x"}], "items": [{"id": 1}]}"#,
        r#"{"id": "1", "data": [{"form": {}}]}"#,
        r#"{"name": "Ann", "jobs": [{"id": 1, "title": "x"}]}"#,
    ] {
        place.file("a.json", text);
        let run = screen(&place, &["a.json"]);
        assert_eq!(run.code, 0, "{}", run.stdout);
        assert!(run.rows()[0]["outcome"].is_string(), "{}", run.stdout);
    }
}

#[test]
fn an_unrecognised_document_fails_the_run_if_asked_to() {
    let place = Place::with_rules();
    place.file("a.jsonl", "{\"id\": \"1\"}\n{\"nothing\": \"known\"}\n").file("good.jsonl", "{\"id\": \"1\"}\n");
    let code = |args: &[&str]| place.run(&[&["screen", "-q", "-r", "rules"], args].concat()).code;
    assert_eq!(code(&["a.jsonl"]), 0);
    assert_eq!(code(&["--fail-on-unrecognised", "a.jsonl"]), 1);
    assert_eq!(code(&["--fail-on-unrecognised", "good.jsonl"]), 0);
    place.file("bad.jsonl", "{\"nothing\": 1}\noops\n");
    assert_eq!(code(&["--fail-on-unrecognised", "bad.jsonl"]), 3);
}

#[test]
fn a_verdict_that_hardly_judges_says_so() {
    let place = place();
    place.file("a.json", "{\"id\": \"a\"}\n");
    let run = place.run(&["screen", "-r", "rules", "a.json"]);
    let expected = "a  clear, but none of 2 indicators could be judged  score 0, no evaluation date: give `--as-of`\n";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    assert!(run.stderr.starts_with("1 record: 1 clear, 1 hardly judged in "), "{}", run.stderr);
}

#[test]
fn no_row_holds_a_character_that_hides_or_turns_text() {
    let place = Place::with_rules();
    let hostile = "a\u{202e}b\u{2028}c\u{7f}d\u{85}e\u{2066}f";
    let record = serde_json::json!({
        "id": hostile, "submitted": "2026-01-15T09:00:00Z", "form": { "name": hostile, "email": format!("{hostile}@throwaway.example") },
        "resume": { "name": "Boris Sample" },
    });
    place.file("a.jsonl", format!("{record}\n{{\"id\": \"{hostile}\", \n"));
    let is_plain = |text: &str| {
        !text.contains(|char: char| char != '\n' && (char.is_control() || "\u{202e}\u{2028}\u{2066}".contains(char)))
    };
    for format in ["text", "jsonl", "json", "csv"] {
        let run = place.run(&["screen", "-r", "rules", "-f", format, "a.jsonl"]);
        assert!(is_plain(&run.stdout) && is_plain(&run.stderr), "{format}: {}{}", run.stdout, run.stderr);
        if format == "jsonl" {
            assert_eq!(run.rows()[0]["id"], hostile);
        }
        if format == "json" {
            assert_eq!(run.json()[0]["id"], hostile);
        }
    }
    let run = place.run(&["explain", "name_differs", "a.jsonl", "-r", "rules", "-f", "json"]);
    assert!(run.code == 0 && is_plain(&run.stdout), "{}", run.stdout);
    assert!(run.json()["tree"].is_object());
}
