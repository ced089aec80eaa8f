//! What is formatted means what was written: parsing it again gives the same tree, formatting it again the same text, and no
//! comment is lost, wherever one stands.

#![cfg(test)]

mod proof;

use indicia_tests::conformance::folder;
use indicia_tests::fuzz::{self, tree};
use indicia_tests::random::{Allowed, Tape, draw_ruleset};
use proof::prove;
use std::path::{Path, PathBuf};

/// Formats, and compares trees, texts and comments.
fn round_trip(text: &str, comments: usize) -> Result<(), String> {
    let once = fuzz::round_trip(text)?;
    let kept = (0..comments).filter(|number| !once.contains(&format!("c{number}e"))).collect::<Vec<_>>();
    if kept.is_empty() { Ok(()) } else { Err(format!("comments {kept:?} are lost\n{text}\nformatted\n{once}")) }
}

/// Where a comment may stand: after every token outside of texts and regular expressions.
fn gaps(text: &str) -> Vec<usize> {
    let (mut gaps, mut inside, mut escaped) = (Vec::new(), None, false);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match inside {
            Some(b'\n') if *byte == b'\n' => inside = None,
            Some(b'\n') => {}
            Some(_) if escaped => escaped = false,
            Some(_) if *byte == b'\\' => escaped = true,
            Some(quote) if *byte == quote => inside = None,
            None if *byte == b'"' => inside = Some(b'"'),
            None if *byte == b'/' && bytes.get(at + 1) == Some(&b'/') => inside = Some(b'\n'),
            None if *byte == b'/' && bytes[..at].ends_with(b"matches ") => inside = Some(b'/'),
            None if byte.is_ascii_whitespace() || b"(){}[],".contains(byte) => gaps.push(at),
            // A point or a colon between digits belongs to a number or an instant.
            None if b".:".contains(byte) && !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => gaps.push(at),
            _ => {}
        }
    }
    gaps
}

/// The text with a comment, and a line break behind it, in each of these gaps.
fn commented(text: &str, gaps: &[usize]) -> String {
    let (mut parts, mut rest) = (Vec::new(), text);
    for (number, at) in gaps.iter().enumerate().rev() {
        let (before, after) = rest.split_at(*at);
        parts.push(format!(" // c{number}e\n{after}"));
        rest = before;
    }
    parts.push(rest.to_owned());
    parts.into_iter().rev().collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "target" && !name.to_string_lossy().starts_with('.') {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "indicia") {
            found.push(path);
        }
    }
}

#[test]
fn every_rule_file_of_the_repository_survives_formatting() {
    let mut found = Vec::new();
    files(&folder().join(".."), &mut found);
    assert!(found.len() > 10, "only {} files", found.len());
    let mut wrong = Vec::new();
    for path in &found {
        let text = std::fs::read_to_string(path).unwrap();
        // Files that show a mistake are not whole.
        if tree(&text).is_ok() {
            wrong.extend(round_trip(&text, 0).err().map(|error| format!("{}: {error}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_file_of_the_repository_survives_comments_in_every_gap() {
    let mut found = Vec::new();
    files(&folder().join(".."), &mut found);
    let mut wrong = Vec::new();
    for path in &found {
        let text = std::fs::read_to_string(path).unwrap();
        if tree(&text).is_err() {
            continue;
        }
        let gaps = gaps(&text);
        let every_seventh = |from: usize| gaps.iter().copied().skip(from).step_by(7).collect::<Vec<_>>();
        for from in [0, 3] {
            let some = every_seventh(from);
            let result = round_trip(&commented(&text, &some), some.len());
            wrong.extend(
                result
                    .err()
                    .map(|error| format!("{}: {}", path.display(), error.chars().take(600).collect::<String>())),
            );
        }
    }
    assert!(wrong.is_empty(), "{} fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn random_rulesets_survive_formatting() {
    prove(100, [120, 10], |rules, _| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        round_trip(&drawn.text(), 0)
    });
}

#[test]
fn random_rulesets_survive_comments_in_any_gap() {
    prove(80, [120, 400], |rules, places| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        let text = format!("language 1\n{}", drawn.items.join(""));
        let mut tape = Tape::new(places);
        let of = 1 + tape.below(60);
        let gaps: Vec<usize> = gaps(&text).into_iter().filter(|_| tape.chance(of)).collect();
        round_trip(&commented(&text, &gaps), gaps.len())
    });
}
