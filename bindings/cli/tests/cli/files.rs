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
