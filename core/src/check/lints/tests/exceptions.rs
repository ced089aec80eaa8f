//! W0704.

use super::{assert_fires, assert_quiet, ruleset, told};
use crate::source::Sources;

const CODE: &str = "W0704";

#[test]
fn an_exception_on_another_fact_is_told() {
    assert_fires(CODE, "", "when n > 1\n unless m > 1", "m > 1");
    assert_fires(CODE, "", "when n > 1\n unless p", "p");
    assert_fires(CODE, "", "when n > 1 or m > 1\n unless m > 3", "m > 3");
    assert_fires(
        CODE,
        "",
        "when (form.phone ?? resume.phone) is present\n unless form.phone.kind == toll_free",
        "form.phone.kind == toll_free",
    );
    assert_fires(
        CODE,
        "",
        "for any w in form.work\n when w.end is missing\n unless w.contract == part",
        "w.contract == part",
    );
    assert_fires(
        CODE,
        "",
        "when n > 1\n unless any w in form.work: w.contract == part",
        "any w in form.work: w.contract == part",
    );
    assert_fires(CODE, "let free = m > 1", "when n > 1\n unless free", "free");
    assert_fires(CODE, "list words: text empty", "when t == \"a\"\n unless t in words", "t in words");
    assert_fires(
        CODE,
        "table firms by name: text { old: bool } empty",
        "for any w in form.work\n when w.name is present\n unless firms[w.name].old",
        "firms[w.name].old",
    );
}

#[test]
fn an_exception_that_is_never_unknown_is_left_alone() {
    assert_quiet("", "when n > 1\n unless known m > 1");
    assert_quiet("", "when n > 1\n unless m is missing");
    assert_quiet("", "when n > 1\n unless known m > 1 or t is present");
    assert_quiet("", "when n > 1\n unless n > 5");
    assert_quiet("", "when n > 1 and m > 1\n unless m > n");
    assert_quiet("", "when form.name is present\n unless form.name same as \"x\"\n justified \"x\"");
    assert_quiet(
        "let contact = form.phone ?? resume.phone",
        "when contact.valid == false\n unless contact.kind == toll_free",
    );
    assert_quiet("", "when form.phone.valid == false\n unless (form.phone ?? resume.phone).kind == toll_free");
    assert_quiet("", "when (n ?? 0) < 1\n unless (n ?? 0) < 0");
    assert_quiet("", "when (any w in form.work: w.end is missing) and n > 1\n unless (m ?? 1) > 2");
}

#[test]
fn the_fix_writes_known_and_silences_the_lint() {
    for exception in [
        "m > 1",
        "m > 1 or p",
        "known p or not m > 1",
        "(any w in form.work: w.contract == part) or m > 1",
        "any w in form.work: w.contract == part",
        "not t contains \"x\" and m is present",
        "at least 2 of (m > 1, p, t is missing)",
        "(m > 1 and p) or t == \"x\"",
    ] {
        let mut text = ruleset("", &format!("when n > 1\n unless {exception}"));
        let found = crate::ruleset::check(&Sources::single(text.clone()));
        let [warning] = found.as_slice() else { panic!("{found:?}") };
        let mut edits = warning.fix.clone().unwrap().edits;
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        for edit in edits {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
        }
        assert_eq!(told(&text), [], "{exception}");
    }
}
