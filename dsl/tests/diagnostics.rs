//! Every kind of syntax error: its code, place, words and mend. The cases and what is said about them are in
//! `diagnostics.txt`; `BLESS=1 cargo test -p indicia-dsl --test diagnostics` writes the file anew.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

use indicia_dsl::{Diagnostic, code, line_column, parse};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics.txt");

/// The source after all mends of the diagnostics.
fn mended(source: &str, diagnostics: &[Diagnostic]) -> String {
    let fixes = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = source.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    out
}

struct Case {
    name: String,
    source: String,
    expected: String,
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(PATH).unwrap();
    let (_, cases) = text.split_once("=== ").unwrap();
    cases.split("\n=== ").map(case).collect()
}

fn case(text: &str) -> Case {
    let (name, rest) = text.split_once('\n').unwrap();
    let (source, expected) = rest.split_once("\n---\n").unwrap_or((rest.trim_end(), ""));
    // What can't be seen in the file is written in angle brackets.
    let source = source.replace("<U+202E>", "\u{202e}").replace("<U+200B>", "\u{200b}").replace("<U+A0>", "\u{a0}");
    let source = source.replace("<NUL>", "\0").replace("<CR>", "\r").replace("<BOM>", "\u{feff}");
    Case { name: name.to_owned(), source, expected: expected.trim_end().to_owned() }
}

fn said(source: &str, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        for label in &diagnostic.labels {
            let (line, column) = line_column(source, label.span.start);
            let width = source[label.span.start as usize..label.span.end as usize].chars().count();
            if label.primary {
                writeln!(out, "{} {line}:{column}+{width} {}", diagnostic.code, diagnostic.message).unwrap();
            }
            if !label.text.is_empty() {
                writeln!(out, "  {line}:{column}+{width} {}", label.text).unwrap();
            }
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "  help: {help}").unwrap();
        }
        if let Some(fix) = &diagnostic.fix {
            writeln!(out, "  fix: {}", fix.title).unwrap();
        }
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.fix.is_some()) {
        write!(out, "mended:\n{}", mended(source, diagnostics)).unwrap();
    }
    out.trim_end().to_owned()
}

#[test]
fn every_mistake_is_explained_as_written_down() {
    let mut blessed =
        "Syntax errors and what is said about them. Written by `BLESS=1 cargo test -p indicia-dsl --test diagnostics`.\n".to_owned();
    let bless = std::env::var_os("BLESS").is_some();
    for case in cases() {
        let parsed = parse("test.indicia", &case.source);
        let said = said(&case.source, &parsed.diagnostics);
        if !bless {
            assert_eq!(case.expected, said, "{}:\n{}\n--- now ---\n{said}\n", case.name, case.source);
        }
        let shown =
            case.source.replace('\u{202e}', "<U+202E>").replace('\u{200b}', "<U+200B>").replace('\u{a0}', "<U+A0>");
        let shown = shown.replace('\0', "<NUL>").replace('\r', "<CR>").replace('\u{feff}', "<BOM>");
        let said = said.replace('\u{202e}', "<U+202E>").replace('\u{200b}', "<U+200B>").replace('\u{a0}', "<U+A0>");
        write!(blessed, "\n=== {}\n{shown}\n---\n{said}\n", case.name).unwrap();
    }
    if bless {
        std::fs::write(PATH, blessed).unwrap();
    }
}

#[test]
fn what_is_mended_reads_without_those_mistakes() {
    for case in cases() {
        let diagnostics = parse("test.indicia", &case.source).diagnostics;
        assert!(!diagnostics.is_empty(), "{} has no mistake", case.name);
        let left = diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_none()).count();
        let mended = mended(&case.source, &diagnostics);
        let after = parse("test.indicia", &mended).diagnostics;
        assert_eq!(after.len(), left, "{}: {after:?}\n{mended}", case.name);
    }
}

#[test]
fn every_code_has_a_case() {
    // These need sources too large or too deep to be written down; `hostile.rs` has them.
    let elsewhere =
        [code::SOURCE_TOO_LARGE, code::NESTED_TOO_DEEPLY, code::TOO_MANY_ERRORS].map(|code| code.id.to_owned());
    let mut seen: BTreeSet<String> = elsewhere.into_iter().collect();
    for case in cases() {
        seen.extend(
            parse("test.indicia", &case.source).diagnostics.into_iter().map(|diagnostic| diagnostic.code.into_owned()),
        );
    }
    let all: BTreeSet<String> = code::ALL.iter().map(|code| code.id.to_owned()).collect();
    assert_eq!(seen, all);
}

#[test]
fn messages_keep_to_their_grammar() {
    for case in cases() {
        for diagnostic in parse("test.indicia", &case.source).diagnostics {
            let message = &diagnostic.message;
            assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
            assert!(message.starts_with(|first: char| !first.is_uppercase()), "{message}");
            assert!(!message.contains("kw_") && !message.contains("Rule"), "{message}");
        }
    }
}

#[test]
fn an_item_with_a_mistake_leaves_its_name() {
    let source = "language 1\nlet a = = 1\nlet b = c\nindicator d \"D\" {\n  severty low\n}\nlist e text\n";
    let parsed = parse("test.indicia", source);
    let broken: Vec<_> = parsed.file.broken.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(broken, ["a", "d", "e"]);
    assert_eq!(parsed.file.items.len(), 1);
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let source = "\u{feff}é\r\nab\n";
    assert_eq!(line_column(source, 3), (1, 1));
    assert_eq!(line_column(source, 5), (1, 2));
    assert_eq!(line_column(source, 4), (1, 1));
    assert_eq!(line_column(source, 7), (2, 1));
    assert_eq!(line_column(source, 8), (2, 2));
    assert_eq!(line_column(source, 999), (3, 1));
}

#[test]
fn near_names_are_suggested() {
    use indicia_dsl::suggest;
    let names = ["phone", "email", "ip", "work"];
    assert_eq!(suggest("phnoe", names), Some("phone"));
    assert_eq!(suggest("Phone", names), Some("phone"));
    assert_eq!(suggest("wrok", names), Some("work"));
    assert_eq!(suggest("wo", names), None);
    assert_eq!(suggest("x", names), None);
    assert_eq!(suggest("telephone", names), None);
    assert_eq!(suggest(&"x".repeat(100_000), names), None);
}
