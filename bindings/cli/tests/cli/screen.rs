//! `indicia screen` over all formats, good records and bad ones.

use crate::harness::{Place, Run};
use flate2::{Compression, write::GzEncoder};
use std::fmt::Write as _;
use std::io::Write as _;

const HONEST: &str = r#"{"id": "a-1", "submitted": "2026-01-15T09:00:00Z", "form": {"name": "Ada Example", "email": "ada@mail.example"}, "resume": {"name": "Ada Example"}}"#;
const FRAUD: &str = r#"{"id": "a-2", "submitted": "2026-01-15T09:00:00Z", "form": {"name": "Ada Example", "email": "ada@throwaway.example"}, "resume": {"name": "Boris Sample"}}"#;

fn ids(run: &Run) -> Vec<String> {
    run.rows().iter().map(|row| row["id"].as_str().unwrap_or("error").to_owned()).collect()
}

#[test]
fn text_tells_outcome_reason_evidence_and_what_to_verify() {
    let place = Place::with_rules();
    place.file("a.json", FRAUD);
    let run = place.run(&["screen", "-r", "rules", "a.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let expected = r#"a-2  review  score 24, 2 of 2 indicators judged, as of 2026-01-15
  because score >= 20 and categories >= 2

  Throw-away email address
  email_disposable · contact · medium · 12 points
  • The form gives ada@throwaway.example; mailboxes at throwaway.example last for minutes.
      form.email = "ada@throwaway.example"
    verify    Ask for an address at which the applicant can be reached for months.
    caution   People who guard their privacy give such addresses everywhere.

  Form and résumé give different names
  name_differs · identity · medium · 12 points
  • The form says Ada Example, the résumé says Boris Sample.
      form.name = "Ada Example"
      resume.name = "Boris Sample"
    verify    Ask which name stands in the applicant's papers, and since when.
    caution   People change their names, and spell them differently in other scripts.

"#;
    assert_eq!(run.stdout, expected);
    assert!(run.stderr.starts_with("1 record: 1 review in "), "{}", run.stderr);
}

#[test]
fn every_bad_record_gives_one_row_in_its_place() {
    let place = Place::with_rules();
    let mut lines: Vec<Vec<u8>> = Vec::new();
    lines.push(HONEST.into());
    lines.push(b"{\"id\": \"cut off\", \"form\": {".to_vec());
    lines.push(Vec::new());
    lines.push(b"[1, 2]".to_vec());
    lines.push(format!("{{\"id\": \"{}\"}}", "x".repeat(20 * 1024 * 1024)).into());
    lines.push(b"{\"id\": \"\xff\"}".to_vec());
    lines.push(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)).into());
    lines.push(format!("{{\"id\": {}1{}}}", "[".repeat(80), "]".repeat(80)).into());
    lines.push(FRAUD.into());
    place.file("a.jsonl", lines.join(&b'\n'));
    let run = place.run(&["screen", "-r", "rules", "--format", "jsonl", "a.jsonl"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    let rows = run.rows();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row["error"]["line"].as_u64(), row["error"]["reason"].as_str().unwrap_or("-")))
        .collect();
    let expected = [
        (None, "-"),
        (Some(2), "json"),
        (Some(4), "not_a_record"),
        (Some(5), "too_large"),
        (Some(6), "utf8"),
        (Some(7), "too_deep"),
        (Some(8), "too_deep"),
        (None, "-"),
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[1]["error"]["file"], "a.jsonl");
    assert!(
        run.stderr.starts_with("8 records: 1 clear, 1 review, 6 not readable, 1 blank line skipped in "),
        "{}",
        run.stderr
    );
}

#[test]
fn rows_stand_in_the_order_of_the_input() {
    let place = Place::with_rules();
    let mut text = String::new();
    for number in 0..5000 {
        let _ = writeln!(text, "{{\"id\": \"{number}\"}}");
    }
    let run = place.run_with_stdin(&["screen", "-r", "rules", "-f", "jsonl", "-"], text.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(ids(&run), (0..5000).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn all_formats_of_input_give_the_same_verdicts() {
    let place = Place::with_rules();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(format!("{HONEST}\n{FRAUD}\n").as_bytes()).unwrap();
    place.file("list.json", format!("[\n{HONEST},\n{FRAUD}\n]\n"));
    place.file("lines.jsonl.gz", packed.finish().unwrap());
    place.file("row.csv", "\u{feff}id,submitted,form.name,form.email,resume.name\na-1,2026-01-15T09:00:00Z,Ada Example,ada@mail.example,Ada Example\na-2,2026-01-15T09:00:00Z,Ada Example,ada@throwaway.example,Boris Sample\n");
    place.file("documents.yaml", "id: a-1\nsubmitted: 2026-01-15T09:00:00Z\nform: {name: Ada Example, email: ada@mail.example}\nresume: {name: Ada Example}\n---\nid: a-2\nsubmitted: 2026-01-15T09:00:00Z\nform: {name: Ada Example, email: ada@throwaway.example}\nresume: {name: Boris Sample}\n");
    place.file("folder/1.json", HONEST).file("folder/2.json", FRAUD).file("folder/notes.txt", "no document");
    let whole = |input: &str| place.run(&["screen", "-q", "-r", "rules", "-f", "jsonl", input]);
    let first = whole("list.json");
    assert_eq!((first.code, first.stderr.as_str()), (0, ""));
    assert_eq!(ids(&first), ["a-1", "a-2"]);
    for input in ["lines.jsonl.gz", "row.csv", "documents.yaml", "folder"] {
        assert_eq!(whole(input).stdout, first.stdout, "{input}");
    }
}

#[test]
fn json_is_one_list_and_csv_one_row_a_record() {
    let place = Place::with_rules();
    place.file("a.jsonl", format!("{HONEST}\nnot json\n{FRAUD}\n")).file("none.jsonl", "");
    let list = place.run(&["screen", "-q", "-r", "rules", "-f", "json", "a.jsonl"]).json();
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!(list[1]["error"]["reason"], "json");
    assert_eq!(place.run(&["screen", "-q", "-r", "rules", "-f", "json", "none.jsonl"]).stdout, "[]\n");
    let rows = place.run(&["screen", "-q", "-r", "rules", "-f", "csv", "a.jsonl"]).stdout;
    let rows: Vec<_> = rows.lines().collect();
    assert_eq!(rows[0], "id,outcome,score,judged,of,indicators,error,file,line");
    assert_eq!(rows[1], "a-1,clear,0,2,2,,,a.jsonl,1");
    assert!(rows[2].starts_with(",,,,,,invalid JSON") && rows[2].ends_with(",a.jsonl,2"), "{}", rows[2]);
    assert_eq!(rows[3], "a-2,review,24,2,2,email_disposable name_differs,,a.jsonl,3");
}

#[test]
fn the_exit_code_follows_the_gravest_event() {
    let place = Place::with_rules();
    place.file("good.json", HONEST).file("fraud.json", FRAUD).file("bad.jsonl", "oops\n");
    let code = |args: &[&str]| place.run(&[&["screen", "-q", "-r", "rules"], args].concat()).code;
    assert_eq!(code(&["good.json", "--fail-on", "review"]), 0);
    assert_eq!(code(&["fraud.json", "--fail-on", "review"]), 1);
    assert_eq!(code(&["good.json", "--fail-on", "clear"]), 1);
    assert_eq!(code(&["fraud.json", "bad.jsonl", "--fail-on", "review"]), 3);
    assert_eq!(code(&["missing.json"]), 3);
    assert_eq!(code(&["bad.jsonl", "--fail-on", "rejected"]), 2);
    assert_eq!(code(&["bad.jsonl", "--as-of", "yesterday"]), 2);
    assert_eq!(code(&["good.json", "--list", "nobody=good.json"]), 2);
    assert_eq!(code(&["good.json", "-o", "no/such/folder"]), 3);
    assert_eq!(place.run(&["screen", "-r", "nowhere", "bad.jsonl"]).code, 4);
}

#[test]
fn the_caller_fills_lists_and_redacts() {
    let place = Place::with_rules();
    place
        .file("a.json", HONEST)
        .file("own.txt", "# my list\nmail.example\n")
        .file("key", "0123456789abcdef\n")
        .file("short", "k");
    let run = place.run(&[
        "screen",
        "-r",
        "rules",
        "-f",
        "jsonl",
        "--list",
        "disposable_domains=own.txt",
        "--redact-key",
        "key",
        "a.json",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.rows()[0]["raised"][0]["indicator"], "email_disposable");
    assert!(!run.stdout.contains("mail.example"), "{}", run.stdout);
    assert_eq!(place.run(&["screen", "-r", "rules", "--redact-key", "short", "a.json"]).code, 2);
}

#[test]
fn the_default_ruleset_is_embedded() {
    let place = Place::new();
    place.file("a.json", "{}");
    let run = place.run(&["screen", "-q", "-f", "jsonl", "a.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.rows()[0]["ruleset"]["name"], "applicant-fraud");
}
