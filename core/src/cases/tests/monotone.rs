//! Tests of finding the indicators that hold because something is missing.

use super::Syntax;
use crate::source::Sources;

fn syntax(rules: &str) -> Syntax {
    Syntax::of(&Sources::single(format!("language 1\n{rules}")))
}

fn indicator(id: &str, when: &str) -> String {
    format!("indicator {id} \"T\" {{\n  category contact\n  severity low\n  when {when}\n}}\n")
}

#[test]
fn presence_is_found_through_lets_and_other_indicators() {
    let rules = [
        "let early = form.start ?? @2020 < @2019\n".to_owned(),
        indicator("plain", "form.a == 1 and (any w in resume.work: w.end < @2019)"),
        indicator("test", "form.a is missing"),
        indicator("deep", "(any w in resume.work: not (w.end is present and w.name == \"x\"))"),
        indicator("by_let", "early and form.b == 1"),
        indicator("by_raised", "raised by_let and form.c == 1"),
        indicator("by_count", "at least 1 raised of (plain, by_raised)"),
        indicator("sure", "not known form.a == 1"),
        indicator("bare", "raised plain"),
    ];
    let syntax = syntax(&rules.concat());
    for (id, presence, unknown) in [
        ("plain", false, true),
        ("test", true, false),
        ("deep", true, true),
        ("by_let", true, true),
        ("by_raised", true, true),
        ("by_count", true, true),
        ("sure", true, false),
        ("bare", false, true),
    ] {
        assert_eq!((syntax.tests_presence(id), syntax.can_be_unknown(id)), (presence, unknown), "{id}");
    }
}

#[test]
fn tables_are_known() {
    let syntax = syntax("table t by name: text { x: date } empty\nlist l: text empty\n");
    assert!(syntax.is_table("t") && !syntax.is_table("l"));
}
