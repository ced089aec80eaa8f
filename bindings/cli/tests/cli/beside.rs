//! Folders and what lies in them beside the documents: endings in upper case, two documents of one name, files that are not read.

use crate::harness::{Place, Run};

const MAPPING: &str = "format: 1\nname: files\ndocuments: [form, jobs]\nother_documents: ignore\nrecord:\n  id: form.id\n  form: { fields: { name: form.name, email: \"jobs[0].Email\" } }\n";

fn place() -> Place {
    let place = Place::with_rules();
    place.file("rules/mappings/files.yaml", MAPPING);
    place.file("in/ann/form.json", r#"{"id": "ann", "name": "Ann Example"}"#);
    place.file("in/ann/jobs.csv", "Email\na@throwaway.example\n");
    place
}

fn screen(place: &Place, more: &[&str]) -> Run {
    place.run(&[&["screen", "-r", "rules", "-m", "files", "-f", "jsonl", "in"], more].concat())
}

/// All of stderr but the summary.
fn told(run: &Run) -> Vec<&str> {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stderr.lines().filter(|line| !line.starts_with("1 record") && !line.starts_with("2 records")).collect()
}

#[test]
fn endings_may_be_in_upper_case() {
    let place = place();
    let lower = screen(&place, &[]);
    assert_eq!(told(&lower), Vec::<&str>::new());
    for (old, new) in [("form.json", "form.JSON"), ("jobs.csv", "jobs.CSV")] {
        std::fs::rename(place.path("in/ann").join(old), place.path("in/ann").join(new)).unwrap();
    }
    let upper = screen(&place, &[]);
    assert_eq!((told(&upper), &upper.stdout), (Vec::new(), &lower.stdout));
    assert!(upper.stdout.contains("email_disposable"), "{}", upper.stdout);
    place.file("plain/A.JSONL", "{\"id\": \"1\"}\n").file("plain/B.CSV", "id\n2\n").file("own.TXT", "a.example\n");
    place.file("own.JSON", "[\"b.example\", \"c.example\"]");
    let lists = ["--list", "disposable_domains=own.TXT", "--list", "disposable_domains=own.JSON"];
    let run = place.run(&[&["screen", "-r", "rules", "-f", "jsonl", "plain"], &lists[..]].concat());
    assert_eq!((run.code, run.rows().len()), (0, 2), "{}", run.stderr);
    assert!(run.stderr.contains("your 2 rows replace 1 shipped one\n"), "{}", run.stderr);
}

#[test]
fn of_two_documents_of_one_name_the_one_that_is_not_read_is_told() {
    let place = place();
    place.file("in/ann/jobs.json", r#"[{"Email": "a@mail.example"}]"#);
    let run = screen(&place, &[]);
    assert_eq!(told(&run), ["warning: `jobs.csv` was not read: `jobs.json` has the same name and was read instead"]);
    assert!(!run.stdout.contains("email_disposable"), "{}", run.stdout);
    // The other one is not even opened.
    place.file("in/ann/jobs.csv", "\"");
    assert_eq!(told(&screen(&place, &[])).len(), 1);
    place.file("key", "0123456789abcdef");
    let run = screen(&place, &["--redact-key", "key"]);
    let expected = "warning: 1 document not read: another of the same name stands beside it and is read instead";
    assert_eq!(told(&run), [expected]);
    let explain = ["explain", "email_disposable", "in/ann", "-r", "rules", "-m", "files"];
    assert!(place.run(&explain).stderr.starts_with("warning: `jobs.csv` was not read"));
}

#[test]
fn what_is_not_read_in_a_folder_is_named() {
    let place = place();
    place.file("in/ann/notes.csv", "\"").file("in/ann/photo.png", "").file("in/ann/more/a.json", "{}");
    place.file("in/ann/.hidden", "").file("in/readme.txt", "").file("in/bob/form.json", "{\"id\": \"bob\"}");
    place.file("in/bob/notes.csv", "");
    let run = screen(&place, &[]);
    let expected = "not read in 3 folders: `more/` 1, `notes.csv` 2, `photo.png` 1, `readme.txt` 1";
    assert_eq!(told(&run), [expected]);
    assert_eq!(screen(&place, &["-q"]).stderr, "");
    place.file("plain/a.json", "{\"id\": \"1\"}").file("plain/deep/b.xlsx", "");
    let run = place.run(&["screen", "-r", "rules", "plain"]);
    assert_eq!(told(&run), ["not read in 1 folder: `b.xlsx`"]);
}
