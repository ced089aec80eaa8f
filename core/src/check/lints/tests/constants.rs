//! W0701 and W0707.

use super::{assert_fires, assert_quiet};

#[test]
fn what_literals_decide_is_constant() {
    for (condition, place) in [
        ("1 < 2", "1 < 2"),
        ("n > 1 and 2 > 3", "2 > 3"),
        ("n > 1 or not 2 > 3", "2 > 3"),
        ("\"a\" == \"b\"", "\"a\" == \"b\""),
        ("@2019 < @2020", "@2019 < @2020"),
        ("2 + 2 == 4", "2 + 2 == 4"),
        ("true", "true"),
        ("n > 1 and false", "false"),
        ("limit > 3", "limit > 3"),
        ("3 in (1, 2)", "3 in (1, 2)"),
        ("(n ?? 0) is missing", "(n ?? 0) is missing"),
        ("form.work.length < 0", "form.work.length < 0"),
        ("count(w in form.work: w.end is missing) >= 0", "count(w in form.work: w.end is missing) >= 0"),
        ("any w in form.work: w.end is missing and 1 > 2", "1 > 2"),
        ("color in (red, green, blue)", "color in (red, green, blue)"),
    ] {
        let setting = if condition.contains("limit") { "setting limit = 9 \"x\"" } else { "" };
        assert_fires("W0701", setting, &format!("when {condition}"), place);
    }
}

#[test]
fn a_value_against_itself_is_constant_unless_it_may_be_a_partial_date() {
    assert_fires("W0701", "", "when n == n", "n == n");
    assert_fires("W0701", "", "when form.name same as form.name", "form.name same as form.name");
    assert_fires("W0701", "", "when n < n or p", "n < n");
    assert_quiet("", "when d == d");
    assert_quiet("", "when any w in form.work: w.start == w.start");
    assert_quiet("", "when any pair v, w in form.work: v.start == w.start");
}

#[test]
fn a_date_without_a_day_never_surely_equals_another() {
    assert_fires("W0701", "", "when d == @2019", "d == @2019");
    assert_fires("W0701", "", "when not d != @2019", "d != @2019");
    assert_quiet("", "when d != @2019");
    assert_quiet("", "when not d == @2019");
    assert_quiet("", "when d == @2019-05-31");
}

#[test]
fn parts_that_exclude_each_other_are_never_true() {
    for condition in [
        "n < 3 and n > 5",
        "n >= 3 and n < 3",
        "n == 3 and n == 4",
        "n > low and n < 2",
        "color == red and color == blue",
        "color in (red, green) and color == blue",
        "p == true and p == false",
        "t == \"a\" and t same as \"b\"",
        "d < @2019 and d > @2020",
        "d > @2019 and d < @2019-12-31",
        "d == @2019-05-31 and d > @2019-06",
        "i < @2020-01-01T00:00:00Z and i > @2021-01-01T00:00:00Z",
        "later - d > 3 months and later - d < 1 month",
        "n > m and not m < n",
        "t is missing and t == \"a\"",
        "form.phone is missing and form.phone.valid == false",
        "t is missing and t is present",
        "n > 5 and (n < 2 or n == 3)",
        "form.location.country == DE and form.location.country == FR",
    ] {
        // A justification keeps the fairness lints out.
        let setting = if condition.contains("low") { "setting low = 5 \"x\"" } else { "" };
        let clauses = format!("justified \"x\"\n when {condition}");
        assert_fires("W0701", setting, &clauses, condition);
    }
}

#[test]
fn parts_that_leave_nothing_out_are_always_true() {
    assert_fires("W0701", "", "when t is missing or t is present", "t is missing or t is present");
    assert_fires("W0701", "", "when n < 3 or n >= 3", "n < 3 or n >= 3");
    assert_fires("W0701", "", "when n != 3 or n != 4", "n != 3 or n != 4");
    assert_fires("W0701", "", "when p == true or p == false", "p == true or p == false");
    assert_quiet("", "when t is missing or t is unparsable");
    assert_quiet("", "when d < @2019 or d >= @2019");
}

#[test]
fn what_can_hold_is_left_alone() {
    for condition in [
        "n < 3 or n > 5",
        "n > 3 and n < 5",
        "n >= 3 and n <= 3",
        "n > 3 and m < 3",
        "n > 5 and (n < 2 or p)",
        "color != red and color != blue",
        "not color in (red, green)",
        "t == \"A\" and t same as \"a\"",
        "t contains \"a\" and t contains \"b\"",
        "d > @2019 and d < @2021",
        "d >= @2019-01-01 and d < @2019-12-31",
        "d >= @2019 and d <= @2020",
        "later - d > 1 month and later - d < 3 months",
        "form.email.domain == \"a-b.test\" and t == \"ab.test\"",
        "(any w in form.work: w.end is missing) and (any v in form.work: v.end is present)",
        "known n > 5 or n is missing",
        "at least 1 of (n > 5, n < 3)",
        "form.name agrees with resume.name or not form.name agrees with resume.name or p",
        "n / 2 > 1",
        "n > 3 or known n > 3",
    ] {
        if condition.starts_with("form.name agrees") {
            // Of a fact and its opposite one holds, whenever it is known.
            assert_fires("W0701", "", &format!("when {condition}"), condition);
        } else {
            assert_quiet("", &format!("when {condition}"));
        }
    }
    // A flag among the settings is a switch.
    assert_quiet("setting strict = false \"x\"", "when strict and n > 3");
}

#[test]
fn an_exception_that_covers_everything_is_told() {
    assert_fires("W0701", "", "when n > 5\n unless n > 3", "n > 3");
    assert_fires("W0701", "", "when n > 5\n unless known n > 5", "known n > 5");
    assert_quiet("", "when n > 3\n unless n > 5");
}

#[test]
fn a_constant_let_is_told_where_it_stands() {
    assert_fires("W0701", "let never = n < 3 and n > 5", "when never or p", "n < 3 and n > 5");
}

#[test]
fn patterns_that_match_everything_are_told() {
    for pattern in [".*", "x*", ".+", ".", "^", "$", "", "\\S", "[^\\s]", "a|", "(?s)^.*$", "\\w|\\W", "^\\s*"] {
        if !pattern.is_empty() {
            assert_fires("W0707", "", &format!("when t matches /{pattern}/"), &format!("/{pattern}/"));
        }
    }
    for pattern in ["^x*$", "\\d", "[^q]", "..", "^.{1,40}$", "\\b", "a|b", "[ -~]", "^.*x"] {
        assert_quiet("", &format!("when t matches /{pattern}/"));
    }
}
