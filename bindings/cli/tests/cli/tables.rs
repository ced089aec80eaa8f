//! CSV and YAML that can't be read as meant: nothing is lost in silence, and with a redaction key nothing is quoted.

use crate::harness::{Place, Run};
use std::fmt::Write as _;

const HEADER: &str = "id,form.name,form.email";

fn screened(place: &Place, file: &str) -> Run {
    place.run(&["screen", "-r", "rules", "-f", "jsonl", file])
}

/// Reason and message of the only row, which is an error.
fn only_error(run: &Run) -> (String, String) {
    let rows = run.rows();
    assert_eq!((run.code, rows.len()), (3, 1), "{}{}", run.stdout, run.stderr);
    let text = |key: &str| rows[0]["error"][key].as_str().unwrap_or_default().to_owned();
    (text("reason"), text("message"))
}

#[test]
fn all_line_ends_of_csv_give_the_same_rows() {
    let place = Place::with_rules();
    let mut outputs = Vec::new();
    for (name, end) in [("lf.csv", "\n"), ("crlf.csv", "\r\n"), ("cr.csv", "\r")] {
        let rows = ["1,Ada,a@b.example", "2,\"Bo\nB\",", "", "3,6\" tall,x@y.example", "4,7\" tall,"];
        place.file(name, format!("{HEADER}{end}{}{end}", rows.join(end)));
        let run = place.run(&["screen", "-q", "-r", "rules", "-f", "csv", name]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert_eq!(run.stdout.lines().count(), 5, "{}", run.stdout);
        outputs.push(run.stdout.replace(name, "file"));
    }
    assert!(outputs.iter().all(|output| *output == outputs[0]), "{outputs:?}");
}

#[test]
fn a_header_of_which_nothing_can_be_read_is_an_error() {
    let place = Place::with_rules();
    for (header, said) in [
        ("id;form.email", "the header is a single column with `;` in it: columns are separated by `,`"),
        ("id\tform.email", "the header is a single column with a tab in it: columns are separated by `,`"),
        ("id,id", "columns 1 and 2 of the header are both `id`"),
        ("form,form.name", "columns 1 and 2 of the header, `form` and `form.name`, take the same place"),
        (
            "7,Ann Lee,ann@mail.example",
            "column 1 of the header looks like a value: the first row has to name the columns (`form.phone`)",
        ),
    ] {
        place.file("a.csv", format!("{header}\n1,2\n3,4\n"));
        assert_eq!(only_error(&screened(&place, "a.csv")), ("csv".to_owned(), said.to_owned()));
    }
    let deep = |levels: usize| format!("id,{}\n1,2\n", vec!["a"; levels].join("."));
    place.file("a.csv", deep(65)).file("b.csv", deep(64));
    let said = "column 2 of the header is nested deeper than the limit of 64 levels";
    assert_eq!(only_error(&screened(&place, "a.csv")), ("too_deep".to_owned(), said.to_owned()));
    assert_eq!(screened(&place, "b.csv").code, 0);
}

#[test]
fn a_list_of_too_many_records_in_yaml_says_what_to_do() {
    let place = Place::with_rules();
    let mut list = String::new();
    for number in 0..90_000 {
        let _ = writeln!(list, "- id: {number}");
    }
    place
        .file("values.yaml", &list)
        .file("bytes.yaml", list.replace("id: ", "id:                                           "));
    for (file, kind, limit) in [("values.yaml", "yaml", "250000 values"), ("bytes.yaml", "too_large", "4194304 bytes")]
    {
        let (reason, message) = only_error(&screened(&place, file));
        assert_eq!(reason, kind);
        assert!(message.contains(limit) && message.contains("give many records as JSON Lines"), "{message}");
    }
}

#[test]
fn with_a_redaction_key_nothing_of_an_unreadable_input_is_quoted() {
    let place = Place::with_rules();
    place.file("key", "0123456789abcdef");
    for (file, text) in [
        ("tag.yaml", "form: !Secret 1\n"),
        ("key.yaml", "Secret: 1\nSecret: 2\n"),
        ("char.yaml", "form: {name: Secret\n"),
        ("number.yaml", "Secret: 1e999\n"),
        ("no-path.csv", "id,Secret[\n1,2\n"),
        ("twice.csv", "Secret,Secret\n1,2\n"),
        ("place.csv", "Secret,Secret.x\n1,2\n"),
        ("headless.csv", "1,Secret Secret,Secret@mail.example\n2,b,c\n"),
        ("names.csv", "Secret,id\n1,2\n"),
        ("a.json", "{\"Secret\": Secret}"),
        ("b.json", "\"Secret\""),
        ("c.json", "{\"Secret\": 1}"),
        ("d.json", "{\"id\": 1, \"form\": {\"Secret\": 1}}"),
    ] {
        place.file(file, text);
        for format in ["jsonl", "csv", "text"] {
            let run = place.run(&["screen", "-r", "rules", "--redact-key", "key", "-f", format, file]);
            assert!(!run.stdout.contains("Secret") && !run.stderr.contains("Secret"), "{}{}", run.stdout, run.stderr);
        }
        let run = place.run(&["explain", "email_disposable", file, "-r", "rules", "--redact-key", "key"]);
        assert!(!run.stderr.contains("Secret"), "{}", run.stderr);
    }
    place.file("ann.json", "{\"Secret\": {}}");
    place.file("m.yaml", "format: 1\nname: m\ndocuments: [cv]\nrecord: { id: cv.id }\n");
    let run = place.run(&["screen", "-r", "rules", "-f", "jsonl", "-m", "m.yaml", "--redact-key", "key", "ann.json"]);
    let (reason, message) = only_error(&run);
    assert_eq!((reason.as_str(), message.contains("Secret")), ("mapping", false), "{message}");
}
