//! Random expressions read, print and read again alike; random text never does harm.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use indicia_dsl::{format, parse, parse_expr, print_expr};

/// A small generator of numbers (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).unwrap()
    }
}

const NAMES: &[&str] = &[
    "a", "form.b", "known", "not_x", "in", "of", "count", "any", "source", "matches", "is", "within", "exactly",
    "raised",
];
const COMPARISONS: &[&str] =
    &["==", "!=", "<", ">=", "same as", "contains", "mentions", "mentions exactly", "starts with", "agrees with"];

/// A value: what may stand beside a comparison.
fn value(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return random
            .pick(&["1", "0.5", "\"t\"", "@2019-05", "2 years", "true", "[form, resume]", "source of s"])
            .to_owned();
    }
    match random.below(9) {
        0 => format!("{} + {}", value(random, depth - 1), value(random, depth - 1)),
        1 => format!("({} - {})", value(random, depth - 1), value(random, depth - 1)),
        2 => format!("{} * ({})", value(random, depth - 1), value(random, depth - 1)),
        3 => format!("({}) ?? {}", value(random, depth - 1), value(random, depth - 1)),
        4 => format!("-({})", value(random, depth - 1)),
        5 => format!("t[{}].c", value(random, depth - 1)),
        6 => format!("count(w in l: {})", condition(random, depth - 1)),
        7 => format!("overlap(period(a, {}), p)", value(random, depth - 1)),
        _ => format!("form.{}", random.pick(NAMES)),
    }
}

fn condition(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return random.pick(&["a", "b.c", "raised x", "known", "at least 2 raised of (x, y)"]).to_owned();
    }
    match random.below(12) {
        0 => format!("({}) and ({})", condition(random, depth - 1), condition(random, depth - 1)),
        1 => format!("(({}) or ({}))", condition(random, depth - 1), condition(random, depth - 1)),
        2 => format!("not ({})", condition(random, depth - 1)),
        3 => format!("known {}", parens(&condition(random, depth - 1))),
        4 => format!("({}) {} ({})", value(random, depth - 1), random.pick(COMPARISONS), value(random, depth - 1)),
        5 => format!("({}) in ({}, 2)", value(random, depth - 1), value(random, depth - 1)),
        6 => format!("({}) is missing", value(random, depth - 1)),
        7 => format!("({}) matches /x\\/[)\"]/i", value(random, depth - 1)),
        8 => format!("(any w in l, pair a, b in [form, resume]: {})", condition(random, depth - 1)),
        9 => {
            format!("at least 1 of (({}), no w in m.n: {})", condition(random, depth - 1), condition(random, depth - 1))
        }
        10 => format!("({}) within 2 edits of ({})", value(random, depth - 1), value(random, depth - 1)),
        _ => format!("{} == {}", random.pick(NAMES), random.pick(NAMES)),
    }
}

fn parens(text: &str) -> String {
    format!("({text})")
}

/// The tree as text, without places.
fn shape(source: &str) -> String {
    let expr = parse_expr("", source).unwrap_or_else(|errors| panic!("{source}\n{errors:?}"));
    let mut out = String::new();
    let debug = format!("{expr:?}");
    for (index, piece) in debug.split("Span { start: ").enumerate() {
        out.push_str(if index == 0 { piece } else { piece.split_once('}').map_or("", |(_, after)| after) });
    }
    out
}

#[test]
fn printed_expressions_read_as_they_were() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..300 {
        let depth = 1 + random.below(4);
        let source = condition(&mut random, depth);
        if parse_expr("", &source).is_err_and(|errors| errors.iter().all(|error| error.code == "E0123")) {
            continue; // `a is missing` beside a name that reads as an operator
        }
        let printed = print_expr(&parse_expr("", &source).unwrap_or_else(|errors| panic!("{source}\n{errors:?}")));
        assert_eq!(shape(&source), shape(&printed), "{source}\n{printed}");
        assert!(printed.len() <= source.len() + 2, "{source}\n{printed}");

        let file = format!("language 1\nindicator i \"I\" {{\n  when {source}\n}}\nlet x = {source}\n");
        let once = format("", &file).unwrap_or_else(|errors| panic!("{file}\n{errors:?}"));
        assert_eq!(format("", &once).unwrap(), once, "{file}");
    }
}

const SOUP: &[&str] = &[
    "language 1",
    "record",
    "indicator",
    "let",
    "list",
    "table",
    "by",
    "decide",
    "adjust",
    "extend",
    "track",
    "setting",
    "a",
    "b.c",
    "\"t\"",
    "\"{x}\"",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    ",",
    "=",
    "==",
    "and",
    "or",
    "not",
    "known",
    "any",
    "in",
    "of",
    "is",
    "missing",
    "when",
    "because",
    "category",
    "severity",
    "for",
    "at",
    "least",
    "2",
    "days",
    "@2019",
    "/",
    "matches",
    "/x/",
    "//",
    "\n",
    "\n",
    "\n",
    "#",
    "'",
    "\"",
    "\\",
    "&&",
    "source",
    "one",
    "from",
    "empty",
    "??",
    "-",
    ".",
    "\u{202e}",
    "é",
];

#[test]
fn soup_is_refused_without_harm() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..1500 {
        let mut source = String::new();
        for _ in 0..random.below(60) {
            source.push_str(random.pick(SOUP));
            if random.below(4) > 0 {
                source.push(' ');
            }
        }
        let parsed = parse("soup", &source);
        for diagnostic in &parsed.diagnostics {
            for label in &diagnostic.labels {
                let (start, end) = (label.span.start as usize, label.span.end as usize);
                assert!(start <= end && source.get(start..end).is_some(), "{source:?}\n{diagnostic:?}");
            }
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                assert!(
                    source.get(edit.span.start as usize..edit.span.end as usize).is_some(),
                    "{source:?}\n{diagnostic:?}"
                );
            }
        }
        let _ = parse_expr("soup", &source);
        if let Ok(once) = format("soup", &source) {
            assert_eq!(format("soup", &once).unwrap(), once, "{source:?}");
        }
    }
}

#[test]
fn a_damaged_file_is_read_without_harm() {
    let sample = include_str!("sample.indicia");
    let mut random = Random(0xdead_beef_cafe_f00d);
    for _ in 0..150 {
        let mut source = sample.to_owned();
        for _ in 0..=random.below(3) {
            let mut at = random.below(source.len());
            while !source.is_char_boundary(at) {
                at -= 1;
            }
            match random.below(3) {
                0 => drop(source.remove(at.min(source.len() - 1))),
                1 => source.insert_str(at, random.pick(SOUP)),
                _ => source.truncate(at.max(source.len() / 2)),
            }
        }
        if let Ok(once) = format("", &source) {
            assert_eq!(format("", &once).unwrap(), once, "{source}");
        } else {
            assert!(!parse("", &source).diagnostics.is_empty());
        }
    }
}
