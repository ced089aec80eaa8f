//! Links, modes, pipes, and outputs that are inputs: what the program may do to files.

use crate::harness::Place;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};

fn mode(place: &Place, name: &str) -> u32 {
    fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777
}

fn set_mode(place: &Place, name: &str, mode: u32) {
    fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).unwrap();
}

fn pipe(place: &Place, name: &str) {
    assert!(Command::new("mkfifo").arg(place.path(name)).status().unwrap().success());
}

fn entries(place: &Place, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(place.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into()).collect();
    names.sort();
    names
}

#[test]
fn build_follows_a_link_and_keeps_the_mode() {
    let place = Place::with_rules();
    place.file("real/old.bundle", "old");
    set_mode(&place, "real/old.bundle", 0o640);
    symlink("real/old.bundle", place.path("link.bundle")).unwrap();
    symlink("real/new.bundle", place.path("dangling.bundle")).unwrap();
    for name in ["link.bundle", "dangling.bundle"] {
        let run = place.run(&["build", "rules", "-o", name]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(place.path(name).is_symlink());
    }
    assert_eq!(entries(&place, "real"), ["new.bundle", "old.bundle"]);
    assert_eq!(mode(&place, "real/old.bundle"), 0o640);
    assert_eq!(fs::read(place.path("real/old.bundle")).unwrap(), fs::read(place.path("real/new.bundle")).unwrap());
}

#[test]
fn build_writes_into_a_pipe_and_leaves_it_a_pipe() {
    let place = Place::with_rules();
    pipe(&place, "out");
    let reader = Command::new("cat").arg(place.path("out")).stdout(Stdio::piped()).spawn().unwrap();
    let run = place.run(&["build", "rules", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let read = reader.wait_with_output().unwrap().stdout;
    assert!(fs::metadata(place.path("out")).unwrap().file_type().is_fifo());
    assert_eq!(place.run(&["build", "rules", "-o", "plain"]).code, 0);
    assert_eq!(read, fs::read(place.path("plain")).unwrap());
}

#[test]
fn build_onto_a_folder_is_an_error_and_leaves_nothing_behind() {
    let place = Place::with_rules();
    place.file("out/keep", "");
    let run = place.run(&["build", "rules", "-o", "out"]);
    assert_eq!((run.code, run.stderr.as_str()), (3, "error: can't write: `out`: is a folder\n"));
    assert_eq!(entries(&place, "."), ["out", "rules"]);
}

#[test]
fn fmt_formats_the_target_of_a_link_and_keeps_its_mode() {
    let place = Place::with_rules();
    let good = fs::read_to_string(place.path("rules/decide.indicia")).unwrap();
    place.file("shared/decide.indicia", good.replace("  cap        contact 20", " cap contact   20"));
    set_mode(&place, "shared/decide.indicia", 0o664);
    fs::remove_file(place.path("rules/decide.indicia")).unwrap();
    symlink("../shared/decide.indicia", place.path("rules/decide.indicia")).unwrap();
    let run = place.run(&["fmt", "rules"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(place.path("rules/decide.indicia").is_symlink());
    assert_eq!(fs::read_to_string(place.path("shared/decide.indicia")).unwrap(), good);
    assert_eq!(mode(&place, "shared/decide.indicia"), 0o664);
    assert_eq!(entries(&place, "shared"), ["decide.indicia"]);
}

#[test]
fn fmt_skips_a_pipe_in_a_folder_with_a_warning() {
    let place = Place::with_rules();
    pipe(&place, "rules/pipe.indicia");
    let run = place.run(&["fmt", "--check", "rules"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.starts_with("warning: rules/pipe.indicia: skipped: no regular file\n"), "{}", run.stderr);
}

#[test]
fn an_output_that_is_an_input_is_refused_and_keeps_its_content() {
    let place = Place::with_rules();
    place.file("in/a.jsonl", "{\"id\": \"1\"}\n");
    symlink("in/a.jsonl", place.path("link.jsonl")).unwrap();
    fs::hard_link(place.path("in/a.jsonl"), place.path("hard.jsonl")).unwrap();
    for (input, output) in [
        ("in/a.jsonl", "in/a.jsonl"),
        ("in/a.jsonl", "./in/../link.jsonl"),
        ("link.jsonl", "hard.jsonl"),
        ("in", "in/a.jsonl"),
        ("in", "hard.jsonl"),
        ("in", "in/new.jsonl"),
        (".", "in/deep.csv"),
    ] {
        let run = place.run(&["screen", "-r", "rules", input, "-o", output]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{input} {output}");
        assert!(run.stderr.starts_with(&format!("error: `--output {output}` ")), "{}", run.stderr);
        assert!(run.stderr.ends_with("; nothing was written\n"), "{}", run.stderr);
    }
    assert_eq!(fs::read_to_string(place.path("in/a.jsonl")).unwrap(), "{\"id\": \"1\"}\n");
    assert_eq!(entries(&place, "in"), ["a.jsonl"]);
    // What is no document is not read, so it may lie there.
    assert_eq!(place.run(&["screen", "-r", "rules", "in", "-o", "in/report.txt"]).code, 0);
    assert_eq!(place.run(&["screen", "-r", "rules", "in/a.jsonl", "-o", "in/b.jsonl"]).code, 0);
}

#[test]
fn stdin_and_stdout_that_are_the_same_file_are_refused() {
    let place = Place::with_rules();
    let text = "{\"id\": \"1\"}\n";
    place.file("a.jsonl", text);
    let input = fs::File::open(place.path("a.jsonl")).unwrap();
    let run = place.command(&["screen", "-r", "rules", "-o", "a.jsonl"]).stdin(input).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    let append = fs::OpenOptions::new().append(true).open(place.path("a.jsonl")).unwrap();
    let run = place.command(&["screen", "-r", "rules", "a.jsonl"]).stdout(append).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(fs::read_to_string(place.path("a.jsonl")).unwrap(), text);
}

#[test]
fn a_pipe_in_a_folder_gives_an_error_row_and_does_not_hang() {
    let place = Place::with_rules();
    place.file("in/a.json", "{\"id\": \"1\"}").file("elsewhere.json", "{\"id\": \"2\"}");
    pipe(&place, "in/b.json");
    symlink("../elsewhere.json", place.path("in/c.json")).unwrap();
    symlink("nowhere.json", place.path("in/d.json")).unwrap();
    let run = place.run(&["screen", "-r", "rules", "-f", "jsonl", "in"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    let rows = run.rows();
    assert_eq!((&rows[0]["id"], &rows[2]["id"]), (&"1".into(), &"2".into()));
    assert_eq!(rows[1]["error"]["reason"], "read");
    assert_eq!(rows[1]["error"]["message"], "can't read: is no regular file");
    assert_eq!(rows[3]["error"]["reason"], "read");
}

#[test]
fn a_pipe_among_the_documents_of_an_applicant_does_not_hang() {
    let place = Place::new();
    place.file("in/ann/form.json", "{}");
    pipe(&place, "in/ann/resume.json");
    let run = place.run(&["screen", "-m", "json-resume", "-f", "jsonl", "in"]);
    assert_eq!((run.code, &run.rows()[0]["error"]["reason"]), (3, &"read".into()), "{}", run.stderr);
}
