//! Documents that the record does not fit: what is not understood is told, and changes no exit code.

use crate::harness::{Place, Run};

/// What a run says on stderr before its summary.
fn warnings(run: &Run) -> Vec<&str> {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stderr.lines().filter(|line| line.starts_with("warning: ")).collect()
}

#[test]
fn a_misspelt_key_is_told_once_with_its_first_place_and_what_was_meant() {
    let place = Place::with_rules();
    place.file("a.jsonl", "{\"id\": \"1\"}\n{\"form\": {\"emial\": 1}}\n{\"form\": {\"emial\": 2, \"xyz\": 3}}\n");
    place.file("a.csv", "id,form.emial\n1,\n2,b\n");
    let run = place.run(&["screen", "-r", "rules", "a.jsonl"]);
    let expected = [
        "warning: a.jsonl:2: `form.emial` is no field of the record; did you mean `form.email`?",
        "warning: a.jsonl:3: `form.xyz` is no field of the record",
    ];
    assert_eq!(warnings(&run), expected);
    let run = place.run(&["screen", "-r", "rules", "a.csv"]);
    assert_eq!(
        warnings(&run),
        ["warning: a.csv:1: `form.emial` is no field of the record; did you mean `form.email`?"]
    );
    assert_eq!(place.run(&["screen", "-q", "-r", "rules", "a.jsonl"]).stderr, "");
}

#[test]
fn a_document_of_another_kind_is_told_with_the_mapping_that_reads_it() {
    let place = Place::new();
    place.file("resume.json", "{\"basics\": {\"name\": \"Ada Example\"}, \"skills\": []}");
    place.file("plain.json", "{\"id\": \"1\", \"form\": {\"name\": \"Ada Example\"}}");
    let run = place.run(&["screen", "-f", "jsonl", "resume.json"]);
    let expected = "warning: resume.json: nothing in this document is in the record (it has `basics`, `skills`); did you mean `--mapping json-resume`?";
    assert_eq!(warnings(&run), [expected]);
    assert!(
        run.stderr.contains("\n1 record: 1 clear, 1 with nothing recognised, 1 without an id in "),
        "{}",
        run.stderr
    );
    let run = place.run(&["screen", "-f", "jsonl", "--mapping", "json-resume", "plain.json"]);
    let expected = "warning: plain.json: the mapping `json-resume` takes nothing from this document (it has `form`, `id`); it is a record already: leave `--mapping` out";
    assert_eq!(warnings(&run), [expected]);
    let run = place.run(&["screen", "-f", "jsonl", "--mapping", "json-resume", "resume.json"]);
    assert_eq!(warnings(&run), Vec::<&str>::new());
}

#[test]
fn explain_tells_unknown_keys_as_screen_does() {
    let place = Place::with_rules();
    place.file("a.json", "{\"id\": \"1\", \"form\": {\"emial\": 1}}").file("key", "0123456789abcdef");
    let explain = ["explain", "email_disposable", "a.json", "-r", "rules"];
    let expected = "warning: a.json:1: `form.emial` is no field of the record; did you mean `form.email`?\n";
    let run = place.run(&explain);
    assert_eq!((run.code, run.stderr.as_str()), (0, expected));
    assert_eq!(place.run(&[&explain[..], &["-q"]].concat()).stderr, "");
    let redacted = place.run(&[&explain[..], &["--redact-key", "key"]].concat());
    assert_eq!(redacted.stderr, "warning: a.json:1: a key is no field of the record; did you mean `form.email`?\n");
    place.file("a.json", "{\"basics\": {}}");
    let run = place.run(&explain);
    assert_eq!(run.stderr, "warning: a.json:1: nothing in this document is in the record (it has `basics`)\n");
}

#[test]
fn csv_and_yaml_that_are_read_as_json_get_a_hint() {
    let place = Place::with_rules();
    place.file("a.json", "id: 1\nform: {}\n");
    for (text, format) in [("id,form.name\n1,Ada\n", "csv"), ("id: 1\nform:\n  name: Ada\n", "yaml")] {
        let screen = ["screen", "-q", "-r", "rules", "-f", "jsonl"];
        let run = place.run_with_stdin(&screen, text.as_bytes());
        assert_eq!(run.code, 3);
        let message = run.rows()[0]["error"]["message"].as_str().unwrap().to_owned();
        let hint = format!("; this looks like {}: say `--input-format {format}`", format.to_uppercase());
        assert!(message.starts_with("invalid JSON at column 1: ") && message.ends_with(&hint), "{message}");
        let read = place.run_with_stdin(&[&screen[..], &["--input-format", format]].concat(), text.as_bytes());
        assert_eq!(read.code, 0, "{}", read.stdout);
        let explain = ["explain", "email_disposable", "-", "-r", "rules"];
        let run = place.run_with_stdin(&explain, text.as_bytes());
        assert!(run.code == 3 && run.stderr.trim_end().ends_with(&hint), "{}", run.stderr);
        let read = place.run_with_stdin(&[&explain[..], &["--input-format", format]].concat(), text.as_bytes());
        assert_eq!(read.code, 0, "{}", read.stderr);
    }
    let run = place.run_with_stdin(&["screen", "-q", "-r", "rules", "-f", "jsonl"], b"{\"id\": \n{\"id\": \"2\"}\n");
    assert!(!run.stdout.contains("looks like"), "{}", run.stdout);
}

#[test]
fn an_input_without_records_is_told() {
    let place = Place::with_rules();
    place.file("none.jsonl", "").file("folder/notes.txt", "no document");
    let run = place.run(&["screen", "-r", "rules", "none.jsonl"]);
    assert_eq!(warnings(&run), ["warning: no records in the input"]);
    let run = place.run(&["screen", "-r", "rules", "folder"]);
    assert_eq!(warnings(&run), ["warning: folder: no records: the folder has no documents"]);
}

#[test]
fn rows_name_the_line_of_their_record_and_stdin_by_its_name() {
    let place = Place::with_rules();
    place
        .file("list.yaml", "- id: a\n  form:\n    name: Ada\n- id: b\n")
        .file("bad.yaml", "id: a\nform: {\n---\nid: b\n");
    let rows = place.run(&["screen", "-q", "-r", "rules", "-f", "csv", "list.yaml"]).stdout;
    assert!(rows.contains("list.yaml,1\n") && rows.ends_with("list.yaml,4\n"), "{rows}");
    let rows = place.run_with_stdin(&["screen", "-q", "-r", "rules", "-f", "csv"], b"{\"id\": \"x\"}\n").stdout;
    assert!(rows.ends_with(",<stdin>,1\n"), "{rows}");
    let text = place.run(&["screen", "-q", "-r", "rules", "list.yaml"]).stdout;
    assert!(text.starts_with("a (list.yaml:1)  clear") && text.contains("\nb (list.yaml:4)  clear"), "{text}");
    let error = place.run(&["screen", "-q", "-r", "rules", "-f", "jsonl", "bad.yaml"]);
    let message = error.rows()[0]["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("invalid YAML at column ") && !message.contains("line"), "{message}");
}
