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
fn a_table_with_another_separator_is_told_as_such() {
    let place = Place::with_rules();
    place.file("semicolon.csv", "id;form.email\n1;a@b.example\n").file("tab.csv", "id\tform.email\n1\ta@b.example\n");
    let expected = "warning: semicolon.csv:1: the header is a single column `id;form.email`: columns are separated by `,`, not by `;`";
    assert_eq!(warnings(&place.run(&["screen", "-r", "rules", "semicolon.csv"])), [expected]);
    let run = place.run(&["screen", "-r", "rules", "tab.csv"]);
    assert!(warnings(&run)[0].ends_with("are separated by `,`, not by a tab"), "{}", run.stderr);
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
