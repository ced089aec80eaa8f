//! A reader that goes away, and Ctrl-C: the program ends quietly. A full disk: it says so.

use crate::harness::Place;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

#[test]
fn a_reader_that_goes_away_ends_the_work_without_a_word() {
    let place = Place::with_rules();
    let text = "{\"id\": \"x\"}\n".repeat(20_000);
    place.file("a.jsonl", text);
    let mut child = place
        .command(&["screen", "-r", "rules", "-f", "jsonl", "a.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn ctrl_c_keeps_what_was_done_and_says_so() {
    let place = Place::with_rules();
    let mut child = place
        .command(&["screen", "-r", "rules", "-f", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"id\": \"first\"}\n").unwrap();
    stdin.flush().unwrap();
    // The row is there although the input goes on.
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    assert!(first.contains("first") || first.contains("error"), "{first}");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("stopped by Ctrl-C after 1 record"));
    drop(stdin);
}

#[test]
fn output_that_can_not_be_written_is_an_error_for_every_command() {
    let place = Place::with_rules();
    place.file("a.json", "{}");
    // Only ever opened for writing, never named to the program.
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    if full.metadata().unwrap().is_file() {
        return;
    }
    for args in [
        &["help", "screen"][..],
        &["--help"],
        &["screen", "-h"],
        &["--version"],
        &["completions", "bash"],
        &["completions", "powershell"],
        &["explain", "E0201"],
        &["schema", "--verdict"],
        &["screen", "-r", "rules", "a.json"],
    ] {
        let output = place.command(args).stdout(full.try_clone().unwrap()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {stderr}");
        assert!(stderr.contains("error: can't write: "), "{args:?}: {stderr}");
    }
}
