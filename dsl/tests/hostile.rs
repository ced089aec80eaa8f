//! Hostile input gives errors: never a stack overflow, even on a small stack, and never much time.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use indicia_dsl::{Limits, format, parse, parse_expr, parse_with_limits, print_expr};
use std::time::{Duration, Instant};

const TIMES: usize = 100_000;

/// Runs on a thread with 512 KiB of stack, and gives the codes of the diagnostics.
fn codes(source: String) -> Vec<String> {
    let run = move || {
        let started = Instant::now();
        let parsed = parse("hostile.indicia", &source);
        let _ = format("hostile.indicia", &source);
        let _ = parse_expr("hostile.indicia", &source);
        // Unoptimised builds take about 2 µs a byte.
        assert!(started.elapsed() < Duration::from_secs(30), "{} bytes took {:?}", source.len(), started.elapsed());
        parsed.diagnostics.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
    };
    std::thread::Builder::new().stack_size(512 * 1024).spawn(run).unwrap().join().unwrap()
}

fn in_let(value: &str) -> String {
    format!("language 1\nlet a = {value}\n")
}

#[test]
fn deep_brackets_are_errors() {
    for bracket in
        ["(", "[", "{", "a[", "any w in x[", "count(w in l: ", "period(", "at least 1 of (", "x in (", "a == ("]
    {
        assert_eq!(codes(in_let(&bracket.repeat(TIMES / bracket.len()))), ["E0103"], "{bracket}");
    }
    assert_eq!(codes(format!("language 1\nrecord a {}", "{ b: ".repeat(TIMES))), ["E0113", "E0103"]);
    assert_eq!(codes(format!("language 1\nrecord a {{ b: {} }}", "list of ".repeat(TIMES))), ["E0103"]);
}

#[test]
fn closed_deep_brackets_are_errors() {
    let (open, close) = ("(".repeat(TIMES), ")".repeat(TIMES));
    assert_eq!(codes(in_let(&format!("{open}a{close}"))), ["E0103"]);
}

#[test]
fn runs_of_prefix_operators_are_errors() {
    for prefix in ["not ", "known ", "- ", "-", "not known "] {
        assert_eq!(codes(in_let(&format!("{}a", prefix.repeat(TIMES)))), ["E0103"], "{prefix}");
    }
}

#[test]
fn chains_that_recurse_are_errors() {
    for chain in ["a + ", "a - ", "a * ", "a ?? ", "any w in l: ", "known no w in l: ", "not any w in l: "] {
        assert_eq!(codes(in_let(&format!("{}a", chain.repeat(TIMES / 20)))), ["E0103"], "{chain}");
    }
    assert_eq!(codes(in_let(&format!("t[a]{}", ".b".repeat(TIMES)))), ["E0103"]);
}

#[test]
fn flat_chains_are_no_errors() {
    assert_eq!(codes(in_let(&format!("{}a", "a and ".repeat(TIMES / 5)))), [""; 0]);
    assert_eq!(codes(in_let(&format!("a{}", ".b".repeat(TIMES / 5)))), [""; 0]);
    assert_eq!(codes(in_let(&format!("a in ({}2)", "1, ".repeat(TIMES / 5)))), [""; 0]);
}

#[test]
fn the_deepest_allowed_fits_the_stack() {
    let mixed = "(x and not y == z ?? a + b * -";
    for nest in [
        "(",
        "not (",
        "a ?? (",
        "1 + (",
        "any w in l: (",
        "count(w in l: ",
        "period(a, ",
        mixed,
        "at least 1 of (a, ",
        "t[",
        "a in (",
    ] {
        let depth = (1..=128)
            .rev()
            .find(|depth| parse_expr("", &nested(nest, *depth)).is_ok())
            .unwrap_or_else(|| panic!("{nest}: {:?}", parse_expr("", &nested(nest, 2))));
        let source = nested(nest, depth);
        let expr = parse_expr("", &source).unwrap();
        let run = move || {
            if let Err(errors) = parse_expr("", &source) {
                // Unoptimised, pest needs more than this stack for some; its guard sees to it.
                assert!(errors.iter().all(|error| error.code == "E0103"), "{errors:?}");
                return;
            }
            let printed = print_expr(&expr);
            assert_eq!(print_expr(&parse_expr("", &printed).unwrap()), printed);
            assert_eq!(expr.clone(), expr);
        };
        std::thread::Builder::new().stack_size(512 * 1024).spawn(run).unwrap().join().unwrap();
        assert!(depth >= 16, "{nest} nests only {depth} deep");
    }
}

fn nested(open: &str, depth: usize) -> String {
    let closing: String = open
        .chars()
        .filter_map(|letter| {
            if letter == '(' {
                Some(')')
            } else if letter == '[' {
                Some(']')
            } else {
                None
            }
        })
        .collect();
    format!("{}b{}", open.repeat(depth), closing.repeat(depth))
}

#[test]
fn unclosed_texts_are_errors() {
    assert_eq!(codes("\"".repeat(TIMES + 1)).len(), 1 + 1);
    assert_eq!(codes(in_let(&format!("b == \"{}", "x".repeat(TIMES)))), ["E0115"]);
    assert_eq!(codes(in_let(&format!("b == \"{}", "\\".repeat(TIMES)))), ["E0115"]);
    assert_eq!(codes(in_let(&format!("b matches /{}", "(".repeat(TIMES)))), ["E0127"]);
    for quote in ["'", "“", "”", "«", "/*", "/", "\\"] {
        assert!(!codes(quote.repeat(TIMES + 1)).is_empty(), "{quote}");
        assert!(!codes(format!("{quote} ").repeat(TIMES)).is_empty(), "{quote}");
    }
}

#[test]
fn odd_characters_are_errors() {
    for odd in [
        "\0", "\r", "\u{202e}", "\u{200b}", "\u{2028}", "\u{a0}", "é", "🙂", "&&", "!", "===", ";", "#", "@", "1e5 ",
        "\"\\d\" ",
    ] {
        let codes = codes(odd.repeat(TIMES / odd.len()));
        assert!(!codes.is_empty() && codes.len() <= Limits::DEFAULT.max_diagnostics + 1, "{odd:?}: {}", codes.len());
    }
}

#[test]
fn many_small_mistakes_take_linear_time() {
    for piece in [
        "}\n",
        "{\n",
        ")\n",
        "let a = \n",
        "record a {\n",
        "indicator a \"\" {\n",
        "x y\n",
        "list a:\n",
        "decide {\nfoo }\n",
        "a: b,\n",
    ] {
        let all = codes(piece.repeat(TIMES / piece.len()));
        assert!(!all.is_empty() && all.len() <= Limits::DEFAULT.max_diagnostics + 1, "{piece:?}");
    }
}

#[test]
fn messages_are_no_way_around_the_limits() {
    let message = |text: String| format!("language 1\nindicator a \"\" {{ because \"{text}\" }}");
    assert_eq!(codes(message(format!("{{{}", "a[".repeat(TIMES)))), ["E0132"]);
    assert_eq!(codes(message(format!("{{{}}}", "a[".repeat(TIMES)))), ["E0131"]);
    assert_eq!(codes(message(format!("{{a[{}b]}}", "not ".repeat(TIMES)))), ["E0103"]);
    assert_eq!(codes(message("{".repeat(TIMES + 1))), ["E0132"]);
}

#[test]
fn a_source_that_is_too_large_is_an_error() {
    let source = " ".repeat((1 << 20) + 1);
    assert_eq!(codes(source), ["E0102"]);
    let limits = Limits::DEFAULT.with_max_source_bytes(19).with_max_depth(3).with_max_diagnostics(1);
    assert_eq!(parse_with_limits("", "language 1\nlet a = b", &limits).diagnostics[0].code, "E0102");
    let limits = Limits::DEFAULT.with_max_depth(3);
    assert_eq!(parse_with_limits("", "language 1\nlet a = ((((b))))", &limits).diagnostics[0].code, "E0103");
    let limits = Limits::DEFAULT.with_max_diagnostics(1);
    let codes: Vec<_> =
        parse_with_limits("", "a\nb\nc", &limits).diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["E0107", "E0104"]);
}
