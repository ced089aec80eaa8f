//! *Unknown* is sound: what is true or false stays so whatever the gaps hide; and it is exact: what is unknown can come out
//! either way. Limits only ever add to it.

#![cfg(test)]

mod proof;

use indicia::{Limits, Ruleset, ScreenOptions, Truth, Why};
use indicia_tests::random::complete::complete;
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Tape, decide, draw_condition, probe, shape};
use indicia_tests::reference::Rows;
use indicia_tests::screening::{applications, compile, expected, truth_of};
use indicia_tests::shrink::{Failure, Found};
use proof::{prove, prove_found};
use serde_json::{Map, Value as Json, json};

const AS_OF: &str = "2020-03-01";

fn source(condition: &str) -> String {
    format!("language 1\n{}{}{}", shape::declarations(), probe(condition), decide(""))
}

fn ruleset(condition: &str, rows: &Rows) -> Result<Ruleset, String> {
    compile(&source(condition), rows)
}

/// Up to four applications before a condition, on one day.
fn before(condition: &str, facts: &[u16], quirks: Quirks) -> Vec<Found> {
    let rows = record::rows(&mut Tape::new(facts));
    let mut found = applications(&source(condition), &rows, facts, quirks);
    for found in &mut found {
        found.as_of = Some(AS_OF.to_owned());
    }
    found
}

fn judge(ruleset: &Ruleset, record: &Json, limits: Limits) -> Result<Truth, String> {
    let options = ScreenOptions::default().with_as_of(AS_OF).with_limits(limits);
    let verdict = ruleset.screen_value(record, &options).map_err(|error| error.to_string())?;
    Ok(truth_of(&verdict, "probe"))
}

/// Whether a period that ends before it starts keeps the probe undecided: no completion of an application.
fn inverted(ruleset: &Ruleset, record: &Json) -> Result<bool, String> {
    let options = ScreenOptions::default().with_as_of(AS_OF);
    let verdict = ruleset.screen_value(record, &options).map_err(|error| error.to_string())?;
    let mut reasons = verdict.unknown.iter().flat_map(|unknown| &unknown.reasons);
    Ok(reasons.any(|reason| reason.reason == Why::Inverted))
}

#[test]
fn what_is_decided_stays_so_whatever_the_gaps_hide() {
    let draw = |rules: &[u16], facts: &[u16]| {
        let condition = draw_condition(&mut Tape::new(rules), Allowed::MONOTONE, 4);
        before(&condition, facts, Quirks { wrong: 1, ..Quirks::USUAL })
    };
    prove_found(150, [100, 600], draw, stays);
}

/// Numbers that follow from a text, to draw completions with.
fn numbers(text: &str) -> Vec<u16> {
    let mut state = text.bytes().fold(7_u64, |state, byte| state.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(state >> 48).unwrap_or_default()
    };
    (0..2000).map(|_| next()).collect()
}

fn stays(found: &Found) -> Result<(), Failure> {
    let ruleset = found.ruleset()?;
    let truth = judge(&ruleset, &found.record, Limits::default())?;
    if truth == Truth::Unknown {
        return Ok(());
    }
    let numbers = numbers(&found.record.to_string());
    let mut tape = Tape::new(&numbers);
    for _ in 0..6 {
        let whole = complete(&mut tape, &found.record);
        let then = judge(&ruleset, &whole, Limits::default())?;
        if then != truth && !(then == Truth::Unknown && inverted(&ruleset, &whole)?) {
            let said = format!("{truth:?}, but {then:?} on {whole}");
            return Err(found.wrong(said, expected([("probe", Truth::Unknown)])));
        }
    }
    Ok(())
}

/// A leaf that reads one field: the condition, the field, a value that makes it true and one that makes it false.
fn leaves() -> Vec<(&'static str, &'static str, Json, Json)> {
    vec![
        ("n > 1", "n", json!(2), json!(0)),
        ("m + 1 == 3", "m", json!(2), json!(0)),
        ("p", "p", json!(true), json!(false)),
        ("q == false", "q", json!(false), json!(true)),
        ("t == \"alpha\"", "t", json!("alpha"), json!("beta")),
        ("u contains \"bet\"", "u", json!("Alphab\u{e9}t"), json!("gamma")),
        ("d < @2019-06-01", "d", json!("2019-05-31"), json!("2019-06-01")),
        ("as_of - e > 3 months", "e", json!("2019-11-30"), json!("2019-12-01")),
        ("at >= @2020-01-01T10:00:00Z", "at", json!("2020-01-01T12:00:00+02:00"), json!("2020-01-01T09:59:59Z")),
        ("c in (DE, FR)", "c", json!("Germany"), json!("US")),
        ("k != red", "k", json!("blue"), json!("red")),
        ("firm same as \"North-Wind\"", "firm", json!("Northwind"), json!("Contoso")),
        ("\"alpha\" in tags", "tags", json!(["beta", "Alpha"]), json!([])),
        ("counts.length > 1", "counts", json!([1, 2]), json!([1])),
        ("(any w in work: w.ok)", "work", json!([{"ok": false}, {"ok": true}]), json!([{"ok": false}])),
        ("(all s in studies: s.n > 1)", "studies", json!([]), json!([{"n": 2}, {"n": 1}])),
    ]
}

/// A condition that reads each leaf at most once, by number.
fn read_once(tape: &mut Tape<'_>, left: &mut Vec<usize>, depth: usize) -> String {
    let leaf = |tape: &mut Tape<'_>, left: &mut Vec<usize>| {
        let at = tape.below(left.len());
        let number = if left.len() > 1 { left.remove(at) } else { left[0] };
        leaves()[number].0.to_owned()
    };
    if depth == 0 || left.len() < 4 {
        return leaf(tape, left);
    }
    let mut part = || format!("({})", read_once(tape, left, depth - 1));
    let parts = [part(), part(), part()];
    match tape.below(6) {
        0 => parts[..2].join(" and "),
        1 => parts[..2].join(" or "),
        2 => parts.join(" and "),
        3 => parts.join(" or "),
        4 => format!("at least 2 of ({})", parts.join(", ")),
        _ => format!("not ({} and {})", parts[0], parts[1]),
    }
}

#[test]
fn what_is_unknown_can_come_out_either_way() {
    prove(60, [60, 60], |rules, facts| {
        let all = leaves();
        let mut left: Vec<usize> = (0..all.len()).collect();
        let condition = read_once(&mut Tape::new(rules), &mut left, 3);
        if (0..all.len()).any(|leaf| condition.matches(all[leaf].0).count() > 1) {
            return Ok(());
        }
        let ruleset = ruleset(&condition, &Rows::new())?;
        let mut tape = Tape::new(facts);
        let (mut given, mut open) = (Map::new(), Vec::new());
        for (number, (text, field, yes, no)) in all.iter().enumerate() {
            let read = condition.contains(text);
            if read && open.len() < 6 && tape.chance(60) {
                open.push(number);
            } else if read {
                given.insert((*field).to_owned(), if tape.below(2) == 1 { yes.clone() } else { no.clone() });
            }
        }
        let truth = judge(&ruleset, &Json::Object(given.clone()), Limits::default())?;
        let mut found = Vec::new();
        for choice in 0..1usize << open.len() {
            let mut whole = given.clone();
            for (bit, number) in open.iter().enumerate() {
                let (_, field, yes, no) = &all[*number];
                whole.insert((*field).to_owned(), if choice >> bit & 1 == 1 { yes.clone() } else { no.clone() });
            }
            found.push(judge(&ruleset, &Json::Object(whole), Limits::default())?);
        }
        let expected = match (found.contains(&Truth::True), found.contains(&Truth::False)) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        };
        if truth == expected && !found.contains(&Truth::Unknown) {
            return Ok(());
        }
        Err(format!("{condition}\nis {truth:?} on {given:?}, its completions {found:?}"))
    });
}

#[test]
fn limits_only_add_to_what_is_unknown() {
    let draw = |rules: &[u16], facts: &[u16]| {
        let allowed = Allowed { known: false, ..Allowed::ALL };
        let mut found = before(&draw_condition(&mut Tape::new(rules), allowed, 4), facts, Quirks::USUAL);
        found.truncate(2);
        found
    };
    prove_found(100, [100, 600], draw, only_unknown);
}

fn only_unknown(found: &Found) -> Result<(), Failure> {
    let ruleset = found.ruleset()?;
    let truth = judge(&ruleset, &found.record, Limits::default())?;
    for (length, pairs) in [(1, 100), (2, 100), (100, 1), (100, 2), (100, 5), (2, 3)] {
        let mut limits = Limits::default();
        (limits.max_list_length, limits.max_pairs) = (length, pairs);
        let limited = judge(&ruleset, &found.record, limits)?;
        if limited != truth && limited != Truth::Unknown {
            let mut found = found.clone();
            found.limits =
                [("list_length", length), ("pairs", pairs)].map(|(name, limit)| (name.to_owned(), limit)).into();
            let said = format!("{truth:?}, but {limited:?} with lists of {length} and {pairs} pairs");
            return Err(found.wrong(said, expected([("probe", Truth::Unknown)])));
        }
    }
    Ok(())
}

/// What stands in a field: absent, given, not readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Given,
    Unparsable,
}

/// Fields of every type: what can stand in them, and as what.
fn given() -> Vec<(&'static str, Json, State)> {
    let mut found = Vec::new();
    let values = [
        ("n", json!(2), json!("many")),
        ("p", json!(true), json!("many")),
        ("t", json!("alpha"), json!(7)),
        ("d", json!("2019"), json!("2019-02-30")),
        ("d", json!("present"), json!("summer")),
        ("at", json!("2020-01-01T10:00:00Z"), json!("2020-01-01T10:00:00")),
        ("c", json!("Germany"), json!("Atlantis")),
        ("k", json!("red"), json!("grey")),
        ("firm", json!("Contoso"), json!(7)),
        ("form", json!({}), json!("many")),
        ("work", json!([]), json!("many")),
        ("tags", json!([null]), json!({})),
    ];
    for (field, good, bad) in values {
        found.push((field, good, State::Given));
        found.push((field, bad, State::Unparsable));
        found.extend([json!(null), json!(""), json!(" \t")].map(|blank| (field, blank, State::Missing)));
    }
    found
}

#[test]
fn presence_tests_by_table() {
    let mut wrong = Vec::new();
    for (test, missing, given_, unparsable) in
        [("missing", true, false, false), ("present", false, true, true), ("unparsable", false, false, true)]
    {
        for (field, json, state) in given() {
            let expected = match state {
                State::Missing => missing,
                State::Given => given_,
                State::Unparsable => unparsable,
            };
            for (negation, expected) in [("", expected), ("not ", !expected)] {
                let condition = format!("{negation}{field} is {test}");
                let ruleset = ruleset(&condition, &Rows::new()).unwrap();
                let truth = judge(&ruleset, &json!({field: json}), Limits::default()).unwrap();
                if truth != Truth::from(expected) {
                    wrong.push(format!("{condition} is {truth:?} where {field} is {json}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn known_by_table() {
    // A condition, and what it is where n is 2, 0 and missing.
    let conditions = [
        ("n > 1", [Truth::True, Truth::False, Truth::Unknown]),
        ("not n > 1", [Truth::False, Truth::True, Truth::Unknown]),
        ("(n > 1 and n < 9)", [Truth::True, Truth::False, Truth::Unknown]),
        ("(n > 1 or n is missing)", [Truth::True, Truth::False, Truth::True]),
        ("(n > 1 and p)", [Truth::Unknown, Truth::False, Truth::Unknown]),
        ("(n > 1 or p)", [Truth::True, Truth::Unknown, Truth::Unknown]),
        ("(any w in work: w.n == n)", [Truth::Unknown; 3]),
        ("known n > 1", [Truth::True, Truth::False, Truth::False]),
    ];
    let mut wrong = Vec::new();
    for (inner, truths) in conditions {
        for (json, truth) in [json!({"n": 2}), json!({"n": 0}), json!({})].into_iter().zip(truths) {
            let known = Truth::from(truth == Truth::True);
            for (condition, expected) in [
                (inner.to_owned(), truth),
                (format!("known {inner}"), known),
                (format!("not known {inner}"), known.not()),
                (format!("known not ({inner})"), Truth::from(truth == Truth::False)),
            ] {
                let found = judge(&ruleset(&condition, &Rows::new()).unwrap(), &json, Limits::default()).unwrap();
                if found != expected {
                    wrong.push(format!("{condition} is {found:?} on {json}, not {expected:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn alternatives_by_table() {
    // Two fields of a type, and a condition that the first value meets and the second does not.
    let types = [
        (["n", "m"], "$ == 2", json!(2), json!(3), json!("many")),
        (["t", "u"], "$ same as \"alpha\"", json!("Alpha"), json!("beta"), json!(7)),
        (["d", "e"], "$ < @2020", json!("2019-05"), json!("2021"), json!("summer")),
        (["p", "q"], "$", json!(true), json!(false), json!("many")),
        (["c", "form.home.country"], "$ == DE", json!("Germany"), json!("FR"), json!("Atlantis")),
        (["k", "form.k"], "$ == red", json!("red"), json!("blue"), json!("grey")),
    ];
    let (yes, no, unknown) = (Truth::True, Truth::False, Truth::Unknown);
    let mut wrong = Vec::new();
    for ([x, y], test, good, other, bad) in types {
        let condition = test.replace('$', &format!("({x} ?? {y})"));
        let ruleset = ruleset(&condition, &Rows::new()).unwrap();
        for (first, second, expected) in [
            (Some(&good), Some(&other), yes),
            (Some(&good), None, yes),
            (Some(&good), Some(&bad), yes),
            (Some(&other), Some(&good), no),
            (None, Some(&good), yes),
            (None, Some(&other), no),
            (None, Some(&bad), unknown),
            (None, None, unknown),
            (Some(&bad), Some(&good), unknown),
            (Some(&bad), None, unknown),
        ] {
            let mut record = json!({});
            for (path, value) in [(x, first), (y, second)] {
                let place = path.replace("form.k", "form.kind");
                let place = place.split('.').fold(&mut record, |json, name| &mut json[name]);
                *place = value.cloned().unwrap_or_default();
            }
            let found = judge(&ruleset, &record, Limits::default()).unwrap();
            if found != expected {
                wrong.push(format!("{condition} is {found:?} on {record}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
