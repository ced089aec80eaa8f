//! *Unknown* is sound: what is true or false stays so whatever the gaps hide; and it is exact: what is unknown can come out
//! either way. Limits only ever add to it.

#![cfg(test)]

mod proof;

use indicia::{Limits, Ruleset, ScreenOptions, Truth, Why};
use indicia_tests::random::complete::{complete, days_of};
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Tape, decide, draw_condition, probe, shape};
use indicia_tests::reference::Rows;
use indicia_tests::screening::{compile, truth_of};
use proof::prove;
use serde_json::{Map, Value as Json, json};

const AS_OF: &str = "2020-03-01";

fn ruleset(condition: &str, rows: &Rows) -> Result<Ruleset, String> {
    compile(&format!("language 1\n{}{}{}", shape::declarations(), probe(condition), decide("")), rows)
}

fn judge(ruleset: &Ruleset, record: &Json, limits: Limits) -> Result<Truth, String> {
    let options = ScreenOptions::default().with_as_of(AS_OF).with_limits(limits);
    let verdict = ruleset.screen_value(record, &options).map_err(|error| error.to_string())?;
    Ok(truth_of(&verdict, "probe"))
}

/// Whether nothing but a period that ends before it starts keeps the probe undecided: no completion of an application.
fn inverted(ruleset: &Ruleset, record: &Json) -> Result<bool, String> {
    let options = ScreenOptions::default().with_as_of(AS_OF);
    let verdict = ruleset.screen_value(record, &options).map_err(|error| error.to_string())?;
    let mut reasons = verdict.unknown.iter().flat_map(|unknown| &unknown.reasons).peekable();
    Ok(reasons.peek().is_some() && reasons.all(|reason| reason.reason == Why::Inverted))
}

#[test]
fn what_is_decided_stays_so_whatever_the_gaps_hide() {
    prove(150, [100, 600], |rules, facts| {
        let condition = draw_condition(&mut Tape::new(rules), Allowed::MONOTONE, 4);
        let rows = record::rows(&mut Tape::new(facts));
        let ruleset = ruleset(&condition, &rows)?;
        let quirks = Quirks { wrong: 1, ..Quirks::USUAL };
        for part in facts.chunks(facts.len().div_ceil(4).max(1)) {
            let mut tape = Tape::new(part);
            let given = record::application(&mut tape, quirks);
            let truth = judge(&ruleset, &given, Limits::default())?;
            if truth == Truth::Unknown {
                continue;
            }
            for _ in 0..6 {
                let whole = complete(&mut tape, &given);
                let then = judge(&ruleset, &whole, Limits::default())?;
                if then != truth && !(then == Truth::Unknown && inverted(&ruleset, &whole)?) {
                    return Err(format!(
                        "{condition}\nis {truth:?} on {given}\nbut {then:?} on {whole}\nrows {rows:?}"
                    ));
                }
            }
        }
        Ok(())
    });
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

/// Conditions on two dates; those that a month's end leaves a gap in stand last.
const ON_DATES: [&str; 17] = [
    "d < e",
    "d <= e",
    "d == e",
    "d != e",
    "d + 1 month < e",
    "d + 1 year >= e",
    "e - d < 30 days",
    "e - d >= 1 month",
    "2 months > d - e",
    "d within 30 days of e",
    "d within 1 month of e",
    "d in period(e, @2020-02-15)",
    "d in period(@2019-02-15, e)",
    "overlap(period(@2019-01-01, d), period(e, @2020-03-01)) > 30 days",
    "overlap(period(@2018-12-01, d), period(@2018-12-15, e)) >= 1 month",
    "d - 1 month <= e - 2 weeks",
    "latest(s in studies: s.end) < d",
];

#[test]
fn a_month_decides_exactly_what_all_its_days_decide() {
    let months = ["2019-02", "2019-05", "2019-06", "2020-02", "2019-12", "2020-01"];
    prove(10, [12, 24], |rules, facts| {
        let mut tape = Tape::new(facts);
        let condition = ON_DATES[Tape::new(rules).below(ON_DATES.len())];
        let ruleset = ruleset(condition, &Rows::new())?;
        let dates = [0; 2].map(|_| tape.word(&months));
        let written = |d: &str, e: &str| json!({"d": d, "e": e, "studies": [{"end": e}, {"end": "2018"}]});
        let truth = judge(&ruleset, &written(&dates[0], &dates[1]), Limits::default())?;
        let (mut yes, mut no) = (false, false);
        for d in days_of(&dates[0]) {
            for e in days_of(&dates[1]) {
                match judge(&ruleset, &written(&d, &e), Limits::default())? {
                    Truth::True => yes = true,
                    Truth::False => no = true,
                    Truth::Unknown if d > e || condition.contains("period") => {}
                    Truth::Unknown => return Err(format!("{condition} is unknown for the days {d} and {e}")),
                }
            }
        }
        let expected = match (yes, no) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        };
        if truth == expected {
            Ok(())
        } else {
            Err(format!("{condition} is {truth:?} for {dates:?}, its days say {expected:?}"))
        }
    });
}

#[test]
fn limits_only_add_to_what_is_unknown() {
    prove(120, [100, 300], |rules, facts| {
        let allowed = Allowed { known: false, ..Allowed::ALL };
        let condition = draw_condition(&mut Tape::new(rules), allowed, 4);
        let mut tape = Tape::new(facts);
        let rows = record::rows(&mut tape);
        let ruleset = ruleset(&condition, &rows)?;
        let given = record::application(&mut tape, Quirks::USUAL);
        let truth = judge(&ruleset, &given, Limits::default())?;
        for (length, pairs) in [(1, 100), (2, 100), (100, 1), (100, 2), (100, 5), (2, 3)] {
            let mut limits = Limits::default();
            (limits.max_list_length, limits.max_pairs) = (length, pairs);
            let limited = judge(&ruleset, &given, limits)?;
            if limited != truth && limited != Truth::Unknown {
                return Err(format!(
                    "{condition}\nis {truth:?}, but {limited:?} with lists of {length} and {pairs} pairs, on {given}\nrows {rows:?}"
                ));
            }
        }
        Ok(())
    });
}
