//! The formatter keeps meaning and comments, and formatting twice changes nothing.

#![expect(clippy::panic, clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

use indicia_dsl::{format, parse};

/// A file with one of everything.
const SAMPLE: &str = include_str!("sample.indicia");

/// The tree as text, without any place: two files that mean the same give the same.
fn shape(source: &str) -> String {
    let parsed = indicia_dsl::parse("test.indicia", source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    without_spans(&format!("{:?}", parsed.file))
}

/// Debug output without spans.
fn without_spans(debug: &str) -> String {
    let mut out = String::with_capacity(debug.len());
    let mut rest = debug;
    while let Some(at) = rest.find("Span { start: ") {
        out.push_str(&rest[..at]);
        out.push('_');
        rest = rest[at..].split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// Canonical clause order is no change of meaning: compare with the clauses sorted.
fn meaning(source: &str) -> String {
    let mut parsed = parse("test.indicia", source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    for item in &mut parsed.file.items {
        if let indicia_dsl::ast::Item::Indicator(indicator) = item {
            indicator.clauses.sort_by_key(|clause| {
                let keyword = &source[clause.keyword.start as usize..clause.keyword.end as usize];
                [
                    "category",
                    "severity",
                    "weight",
                    "status",
                    "justified",
                    "for",
                    "when",
                    "unless",
                    "because",
                    "verify",
                    "caution",
                    "source",
                ]
                .iter()
                .position(|known| *known == keyword)
            });
        }
    }
    without_spans(&format!("{:?}", parsed.file))
}

fn check(source: &str) -> String {
    let once = format("test.indicia", source).unwrap_or_else(|errors| panic!("{errors:?}\n{source}"));
    assert_eq!(meaning(source), meaning(&once), "meaning changed:\n{source}\n--- formatted ---\n{once}");
    let twice = format("test.indicia", &once).unwrap();
    assert_eq!(once, twice, "not stable for:\n{source}");
    once
}

/// The places between tokens, found by a scan that knows only quotes, regexes and comments.
fn gaps(source: &str) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut letters = source.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, letter)) = letters.next() {
        let word = letter.is_ascii_alphanumeric() || letter == '_' || letter == '@';
        let joined = word && (last.is_ascii_alphanumeric() || last == '_' || last == '@')
            || "=!<>?".contains(last) && "=?".contains(letter)
            || last.is_ascii_digit() && letter == '.'
            || last == '.' && letter.is_ascii_digit();
        if !joined && !letter.is_whitespace() {
            gaps.push(at);
        }
        last = letter;
        if letter == '"' {
            while let Some((_, inner)) = letters.next() {
                match inner {
                    '\\' => drop(letters.next()),
                    '"' => break,
                    _ => {}
                }
            }
        } else if letter == '/' && letters.peek().is_some_and(|(_, next)| *next == '/') {
            while letters.next_if(|(_, next)| *next != '\n').is_some() {}
        } else if letter == '/' && source[..at].trim_end().ends_with("matches") {
            while let Some((_, inner)) = letters.next() {
                match inner {
                    '\\' => drop(letters.next()),
                    '/' => break,
                    _ => {}
                }
            }
            while letters.next_if(|(_, next)| *next == 'i').is_some() {}
        } else if letter == '@' {
            while letters.next_if(|(_, next)| next.is_ascii_alphanumeric() || "-:".contains(*next)).is_some() {}
            last = ' ';
        }
    }
    gaps.push(source.len());
    gaps
}

fn comments(source: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        source.lines().filter_map(|line| line.find("//~").map(|at| line[at..].trim_end())).collect();
    found.sort_unstable();
    found
}

const CORPUS: &[&str] = &[
    SAMPLE,
    "language 1\nindicator a \"A\" { }\nindicator b \"B\" {\n unless any w in x: not a and (b or c)\n when (a or b) and not (known c) and no w in [p, q]: (any v in w.l: v.x == 1 and v.y is missing) and w.z == 2\n source \"s\"\n because \"m {x} {t[\\\"k\\\"].v} {source of s}\" }\n",
    "language 1\nrecord a { }\nrecord b { a: one of (x, y), b: list of { c: list of { d: text } }\n\n\n  e: hash of text }\ntable t by k: text {  } empty\ndecide { }\nadjust x { }\n",
    "language 1\nlet a = -(b + c) * (d - (e - f)) / (g ?? h ?? i) == (j == k)\nlet b = at least 2 of ((any w in l: w.a), no v in m: v.b)\nlet c = a matches /x\\/y\\\\/i or b in (1, -2, \"three\", @2019-05, @2024-01-01T00:00:00Z)\nlet d = overlap(period(a, b), period(c, d ?? as_of)) > 30 days\nlet e = count(w in l: w.a within 6 hours of w.b) >= 3\nlet f = a within window of b and at least 2 raised of (x, y)\nlet g = t[a.b].c.d mentions exactly \"Go\" or (a ?? b).year == 2019\n",
];

#[test]
fn a_formatted_file_means_the_same_and_stays() {
    for source in CORPUS {
        check(source);
    }
}

#[test]
fn comments_at_every_gap_are_kept() {
    for source in CORPUS {
        for (number, gap) in
            gaps(source).into_iter().enumerate().filter(|(number, _)| source.len() < 1000 || number % 4 == 0)
        {
            let comment = ["//~ a\n", "\n//~ b\n", " //~ c\n//~ d\n"][number / 4 % 3];
            let commented = format!("{}{comment}{}", &source[..gap], &source[gap..]);
            let formatted = check(&commented);
            assert_eq!(comments(&commented), comments(&formatted), "{commented}\n--- formatted ---\n{formatted}");
        }
    }
}

#[test]
fn comments_at_all_gaps_at_once_are_kept() {
    for source in CORPUS {
        let mut commented = String::new();
        let mut last = 0;
        for (number, gap) in gaps(source).into_iter().enumerate() {
            commented.push_str(&source[last..gap]);
            commented.extend(["//~ ", &number.to_string(), "\n"]);
            last = gap;
        }
        commented.push_str(&source[last..]);
        let formatted = check(&commented);
        assert_eq!(comments(&commented), comments(&formatted), "{commented}\n--- formatted ---\n{formatted}");
    }
}

#[test]
fn a_comment_at_a_gap_changes_no_meaning() {
    for source in CORPUS {
        let shaped = shape(source);
        for gap in gaps(source).into_iter().step_by(3) {
            let commented = format!("{} //~ a\n{}", &source[..gap], &source[gap..]);
            assert_eq!(shaped, shape(&commented));
        }
    }
}

#[test]
fn clauses_come_in_canonical_order_with_their_comments() {
    let source = "language 1\nindicator a \"A\" {\n  because \"b\" // behind\n  // before\n  when x\n  severity low\n  category c\n}\n";
    let expected = "language 1\n\nindicator a \"A\" {\n  category c\n  severity low\n  // before\n  when     x\n  because  \"b\" // behind\n}\n";
    assert_eq!(check(source), expected);
}

#[test]
fn a_long_condition_is_broken_before_its_words() {
    let part = "form.location.country != resume.location.country";
    let in_indicator = |when: &str| format!("language 1\n\nindicator a \"A\" {{\n  when     {when}\n}}\n");
    let chain = in_indicator(&format!("{part} and {part} and any w in resume.work: {part} or {part}"));
    let broken = in_indicator(&format!(
        "{part}\n           and {part}\n           and (any w in resume.work: {part}\n             or {part})"
    ));
    assert_eq!(check(&chain), broken);
    let quantified = in_indicator(&format!("known any w in resume.work: {part} and {part}"));
    assert_eq!(check(&quantified), in_indicator(&format!("known any w in resume.work: {part}\n           and {part}")));
    let names: Vec<String> = (0..20).map(|number| format!("indicator_{number}")).collect();
    let raised = in_indicator(&format!("at least 2 raised of ({})", names.join(", ")));
    assert!(check(&raised).lines().all(|line| line.chars().count() <= 110));
}

#[test]
fn outcomes_are_aligned_and_lists_of_fields_keep_their_blank_lines() {
    let source = "language 1\n\nrecord a {\n  b: text\n\n  // about c\n  c: text\n}\n\ndecide {\n  categories d\n  outcomes   clear, review, escalate\n  outcome review   when score >= 30\n  outcome escalate when score >= 60\n}\n";
    assert_eq!(check(source), source);
}

#[test]
fn names_of_one_subject_stay_a_block() {
    let source = "language 1\n\nlet a = b\nlet c = d // e\nlet f = g\n\nlet h = i\n\nsetting j = 1\nsetting k = 2\n\nlist l: text empty\nlist m: text empty\n";
    assert_eq!(check(source), source);
    let apart = "language 1\nlet a = b\n// about c\nlet c = d\nsetting j = 1\nlet e = ( // f\n  g)\nlet h = i\n";
    let expected = "language 1\n\nlet a = b\n\n// about c\nlet c = d\n\nsetting j = 1\n\n// f\nlet e = g\nlet h = i\n";
    assert_eq!(check(apart), expected);
}

#[test]
fn a_long_description_breaks_nothing() {
    let long = "words ".repeat(30);
    let source = format!(
        "language 1\n\nrecord a {{\n  b: one of (c, d) \"{long}\"\n}}\n\ntable e by f: text {{ g: text }} empty \"{long}\"\n"
    );
    assert_eq!(check(&source), source);
}

#[test]
fn comments_within_a_condition_stay_with_their_part() {
    let source = "language 1\nindicator a \"A\" {\n  when a == 1 // one\n  // two\n  and b == 2 // three\n}\n";
    let expected = "language 1\n\nindicator a \"A\" {\n  when     a == 1 // one\n           // two\n           and b == 2 // three\n}\n";
    assert_eq!(check(source), expected);
}

#[test]
fn long_lists_of_words_are_wrapped() {
    let words: Vec<String> = (0..40).map(|number| format!("word_{number}")).collect();
    let source = format!(
        "language 1\ndecide {{ categories {} }}\nrecord a {{ b: one of ({}) }}\n",
        words.join(", "),
        words.join(", ")
    );
    assert!(check(&source).lines().all(|line| line.chars().count() <= 110));
}

#[test]
fn a_file_with_errors_is_not_formatted() {
    let errors = format("a.indicia", "language 1\nlet a = = 1\n").unwrap_err();
    assert_eq!(errors.len(), 1);
}

#[test]
fn invisible_characters_stay_escaped() {
    let source = "language 1\nlet a = b == \"\\u{202e}x\\u{0}\\u{e9}\"\n";
    assert_eq!(check(source), "language 1\n\nlet a = b == \"\\u{202e}x\\u{0}é\"\n");
}

#[test]
fn line_ends_and_byte_order_marks_are_canonical() {
    let source = "\u{feff}language 1\r\n// c\r\nlet a = b\r\n";
    assert_eq!(check(source), "language 1\n\n// c\nlet a = b\n");
}
