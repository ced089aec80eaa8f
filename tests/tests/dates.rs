//! A partial date decides exactly what all its days decide: comparisons, sums, lengths, ages, periods, over every day that each
//! date may mean. What the days decide is computed here, day by day; the engine is asked about single days, too.

#![cfg(test)]

mod proof;

use indicia::{Ruleset, ScreenOptions, Truth};
use indicia_tests::random::Tape;
use indicia_tests::reference::Rows;
use indicia_tests::reference::calendar::{Day, add_months, civil, days_of, number};
use indicia_tests::screening::{compile, expected, truth_of};
use indicia_tests::shrink::{Failure, Found};
use proof::prove;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// What a condition says of four days and the day of the evaluation; nothing if a period ends before it starts.
type Says = fn([Day; 4], Day) -> Option<bool>;

/// A condition on the dates `a` to `d`: how many of them it reads, its text, what it says.
struct Claim {
    reads: usize,
    text: &'static str,
    says: Says,
}

const fn claim(reads: usize, text: &'static str, says: Says) -> Claim {
    Claim { reads, text, says }
}

/// The days that two periods run side by side, from when; nothing if one of them ends before it starts.
fn side_by_side([a, b, c, d]: [Day; 4]) -> Option<(Day, Day)> {
    (a <= b && c <= d).then(|| (a.max(c), b.min(d).max(a.max(c))))
}

fn inside(day: Day, from: Day, to: Day) -> Option<bool> {
    (from <= to).then_some(from <= day && day <= to)
}

/// Conditions that decide as soon as all days agree.
const EXACT: &[Claim] = &[
    claim(2, "a < b", |[a, b, ..], _| Some(a < b)),
    claim(2, "a <= b", |[a, b, ..], _| Some(a <= b)),
    claim(2, "a == b", |[a, b, ..], _| Some(a == b)),
    claim(2, "a != b", |[a, b, ..], _| Some(a != b)),
    claim(2, "a > b", |[a, b, ..], _| Some(a > b)),
    claim(2, "a >= b", |[a, b, ..], _| Some(a >= b)),
    claim(1, "a == @2020-02-29", |[a, ..], _| Some(a == day(2020, 2, 29))),
    claim(1, "a.year == 2020", |[a, ..], _| Some(civil(a).0 == 2020)),
    claim(1, "a.year < 2020", |[a, ..], _| Some(civil(a).0 < 2020)),
    claim(2, "a + 1 month < b", |[a, b, ..], _| Some(add_months(a, 1) < b)),
    claim(2, "a + 1 year >= b", |[a, b, ..], _| Some(add_months(a, 12) >= b)),
    claim(2, "a - 13 months <= b - 2 weeks", |[a, b, ..], _| Some(add_months(a, -13) <= b - 14)),
    claim(2, "a + 45 days == b", |[a, b, ..], _| Some(a + 45 == b)),
    claim(2, "b - a < 30 days", |[a, b, ..], _| Some(b - a < 30)),
    claim(2, "b - a == 31 days", |[a, b, ..], _| Some(b - a == 31)),
    claim(2, "b - a != 0 days", |[a, b, ..], _| Some(b != a)),
    claim(2, "b - a >= 1 month", |[a, b, ..], _| Some(b >= add_months(a, 1))),
    claim(2, "b - a > 2 years", |[a, b, ..], _| Some(b > add_months(a, 24))),
    claim(2, "2 months > a - b", |[a, b, ..], _| Some(a < add_months(b, 2))),
    claim(2, "13 months <= a - b", |[a, b, ..], _| Some(a >= add_months(b, 13))),
    claim(2, "a - b > 0 days - 40 days", |[a, b, ..], _| Some(a - b > -40)),
    claim(2, "gap < 3 months", |[a, b, ..], _| Some(b < add_months(a, 3))),
    claim(2, "1 year < gap", |[a, b, ..], _| Some(b > add_months(a, 12))),
    claim(4, "b - a < d - c", |[a, b, c, d], _| Some(b - a < d - c)),
    claim(4, "gap + (d - c) > 400 days", |[a, b, c, d], _| Some(b - a + d - c > 400)),
    claim(4, "gap + (d - c) == 30 days", |[a, b, c, d], _| Some(b - a + d - c == 30)),
    claim(4, "gap - (d - c) <= 30 days", |[a, b, c, d], _| Some(b - a - (d - c) <= 30)),
    claim(2, "a within 30 days of b", |[a, b, ..], _| Some((a - b).abs() <= 30)),
    claim(2, "a within 1 month of b", |[a, b, ..], _| Some(a.max(b) <= add_months(a.min(b), 1))),
    claim(2, "a within 2 years of b", |[a, b, ..], _| Some(a.max(b) <= add_months(a.min(b), 24))),
    claim(1, "as_of - a >= 18 months", |[a, ..], as_of| Some(as_of >= add_months(a, 18))),
    claim(1, "as_of - a < 1 year", |[a, ..], as_of| Some(as_of < add_months(a, 12))),
    claim(1, "as_of - a > 60 days", |[a, ..], as_of| Some(as_of - a > 60)),
    claim(1, "a + 6 months > as_of", |[a, ..], as_of| Some(add_months(a, 6) > as_of)),
    claim(1, "a > as_of", |[a, ..], as_of| Some(a > as_of)),
    claim(1, "a within 90 days of as_of", |[a, ..], as_of| Some((a - as_of).abs() <= 90)),
    claim(1, "a in period(@2019-02-15, @2020-02-15)", |[a, ..], _| inside(a, day(2019, 2, 15), day(2020, 2, 15))),
    claim(2, "a in period(b, @2020-02-15)", |[a, b, ..], _| inside(a, b, day(2020, 2, 15))),
    claim(2, "a in period(@2019-02-15, b)", |[a, b, ..], _| inside(a, day(2019, 2, 15), b)),
    claim(2, "as_of in period(a, b)", |[a, b, ..], as_of| inside(as_of, a, b)),
    claim(3, "a in period(b, c)", |[a, b, c, _], _| inside(a, b, c)),
    claim(2, "overlap(period(@2019-01-01, a), period(b, @2020-03-01)) > 30 days", |[a, b, ..], _| {
        side_by_side([day(2019, 1, 1), a, b, day(2020, 3, 1)]).map(|(from, to)| to - from > 30)
    }),
    claim(4, "overlap(period(a, b), period(c, d)) > 0 days", |days, _| side_by_side(days).map(|(from, to)| to > from)),
    claim(4, "overlap(period(a, b), period(c, d)) <= 60 days", |days, _| {
        side_by_side(days).map(|(from, to)| to - from <= 60)
    }),
    claim(4, "overlap(period(a, b), period(c, d)) >= 0 days", |days, _| side_by_side(days).map(|_| true)),
    claim(4, "overlap(period(a, b), period(c, d)) >= 1 month", |days, _| {
        side_by_side(days).map(|(from, to)| to >= add_months(from, 1))
    }),
    claim(4, "1 year < overlap(period(a, b), period(c, d))", |days, _| {
        side_by_side(days).map(|(from, to)| to > add_months(from, 12))
    }),
    claim(2, "latest(x in ends: x) < @2020-03-01", |[a, b, ..], _| Some(a.max(b) < day(2020, 3, 1))),
    claim(2, "earliest(x in ends: x) <= as_of - 1 year", |[a, b, ..], as_of| Some(a.min(b) <= add_months(as_of, -12))),
    claim(2, "@2020-01-31 - latest(x in ends: x) >= 1 month", |[a, b, ..], _| {
        Some(day(2020, 1, 31) >= add_months(a.max(b), 1))
    }),
];

/// Conditions that may stay unknown although all days agree: at a month's end, adding months leaves out days; and a date that
/// is read twice stands for itself each time.
const SOUND: &[Claim] = &[
    claim(2, "a + 1 month == b", |[a, b, ..], _| Some(add_months(a, 1) == b)),
    claim(2, "b - a == 1 month", |[a, b, ..], _| Some(b == add_months(a, 1))),
    claim(2, "b - a != 2 months", |[a, b, ..], _| Some(b != add_months(a, 2))),
    claim(1, "a == a", |_, _| Some(true)),
    claim(2, "a < b or a >= b", |_, _| Some(true)),
    claim(2, "b - a > 1 month and a - b > 1 month", |_, _| Some(false)),
    claim(4, "overlap(period(a, b), period(c, d)) == 1 month", |days, _| {
        side_by_side(days).map(|(from, to)| to == add_months(from, 1))
    }),
    claim(4, "overlap(period(a, b), period(c, d)) == 0 days", |days, _| {
        side_by_side(days).map(|(from, to)| to == from)
    }),
    claim(3, "overlap(period(a, b), period(a, c)) < 10 days", |[a, b, c, _], _| {
        side_by_side([a, b, a, c]).map(|(from, to)| to - from < 10)
    }),
];

fn day(year: i64, month: i64, day: i64) -> Day {
    number(year, month, day).unwrap()
}

/// Years, months, days and an open end, around two leap days.
const WRITTEN: [&str; 24] = [
    "2019",
    "2020",
    "2019-02",
    "2019-05",
    "2019-06",
    "2019-12",
    "2020-01",
    "2020-02",
    "2020-03",
    "2018-12",
    "present",
    "2019-01-01",
    "2019-01-31",
    "2019-02-28",
    "2019-05-31",
    "2019-06-30",
    "2019-12-31",
    "2020-01-31",
    "2020-02-28",
    "2020-02-29",
    "2020-03-01",
    "2020-03-31",
    "2020-12-31",
    "2018-06-15",
];

/// Every day that a written date may mean; of an open end those of three years, and one far away.
fn days(written: &str, as_of: Day) -> Vec<Day> {
    if written == "present" {
        return (as_of..as_of + 3 * 366).chain([day(2900, 1, 1)]).collect();
    }
    days_of(written).unwrap()
}

/// Calls with every combination of days, if there are not too many; else with all ends and many in between. Says whether it
/// was every one.
fn worlds(tape: &mut Tape<'_>, days: &[Vec<Day>], visit: &mut dyn FnMut([Day; 4])) -> bool {
    let all: usize = days.iter().map(Vec::len).product();
    let pick = |mut number: usize| {
        let mut world = [0; 4];
        for (place, days) in world.iter_mut().zip(days) {
            *place = days[number % days.len()];
            number /= days.len();
        }
        world
    };
    if all <= 150_000 {
        (0..all).for_each(|number| visit(pick(number)));
        return true;
    }
    for ends in 0..1_usize << days.len() {
        let mut world = [0; 4];
        for (bit, (place, days)) in world.iter_mut().zip(days).enumerate() {
            *place = if ends >> bit & 1 == 1 { days[days.len() - 1] } else { days[0] };
        }
        visit(world);
    }
    let mut number = tape.below(usize::from(u16::MAX));
    for _ in 0..20_000 {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        visit(pick((number >> 20) % all));
    }
    false
}

const FIELDS: [&str; 4] = ["a", "b", "c", "d"];

fn source(condition: &str) -> String {
    format!(
        r#"language 1
record application {{ submitted: instant, a: date, b: date, c: date, d: date, ends: list of date }}
let gap = b - a
indicator probe "P" {{
  category contact
  severity low
  when {condition}
  because "probe"
}}
decide {{
  categories contact
  weights info 1, low 5, medium 12, high 25
  outcomes clear, review
  outcome review when score >= 5
}}
"#
    )
}

fn record(dates: &[String]) -> Json {
    let mut record = Map::new();
    for (field, date) in FIELDS.iter().zip(dates) {
        record.insert((*field).to_owned(), json!(date));
    }
    record.insert("ends".to_owned(), json!(dates.iter().take(2).collect::<Vec<_>>()));
    Json::Object(record)
}

fn judge(ruleset: &Ruleset, record: &Json, as_of: &str) -> Result<Truth, String> {
    let options = ScreenOptions::default().with_as_of(as_of);
    let verdict = ruleset.screen_value(record, &options).map_err(|error| error.to_string())?;
    Ok(truth_of(&verdict, "probe"))
}

fn written(day: Day) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Compares what the engine says of written dates with what all their days say, and with itself on some of those days.
fn compare(claim: &Claim, exact: bool, tape: &mut Tape<'_>) -> Result<(), Failure> {
    let ruleset = compile(&source(claim.text), &Rows::new())?;
    let as_of = tape.word(&["2020-03-01", "2020-02-29", "2019-12-31"]);
    let today = days_of(&as_of).unwrap()[0];
    let mut dates: Vec<String> = (0..claim.reads).map(|_| tape.word(&WRITTEN)).collect();
    if claim.text.contains(".year") {
        // The year of an open end is none, also where all its days lie after another.
        dates.retain(|date| date != "present");
        dates.resize(claim.reads, "2020".to_owned());
    }
    let possible: Vec<Vec<Day>> = dates.iter().map(|date| days(date, today)).collect();
    let truth = judge(&ruleset, &record(&dates), &as_of)?;
    let (mut yes, mut no, mut neither) = (None, None, None);
    let every = worlds(tape, &possible, &mut |world| {
        let first = match (claim.says)(world, today) {
            Some(true) => &mut yes,
            Some(false) => &mut no,
            None => &mut neither,
        };
        *first = first.or(Some(world));
    });
    let wrong = |truth: Truth, why: String, dates: &[String]| {
        let (rules, record, as_of) = (source(claim.text), record(dates), Some(as_of.clone()));
        let (rows, limits) = (Rows::new(), BTreeMap::new());
        let found = Found { rules, rows, record, as_of, limits, expect: Json::Null };
        found.wrong(format!("{} is not {truth:?} for {dates:?}: {why}", claim.text), expected([("probe", truth)]))
    };
    let expected = match (yes, no) {
        (Some(_), None) => Truth::True,
        (None, Some(_)) => Truth::False,
        _ => Truth::Unknown,
    };
    // That a period does not end before it starts tells nothing of its dates.
    // Between the ends a comparison changes once; what is equal lies somewhere among all days.
    let settled = every || !(claim.text.contains("==") || claim.text.contains("!="));
    let complete = exact && settled && neither.is_none();
    if truth != expected && (complete || truth != Truth::Unknown) {
        let days = |world: Option<[Day; 4]>| world.map(|world| world.map(written));
        let why = format!("the engine says {truth:?}, true for {:?}, false for {:?}", days(yes), days(no));
        return Err(wrong(expected, why, &dates));
    }
    for world in [yes, no, neither].into_iter().flatten() {
        let dates: Vec<String> = world.iter().take(claim.reads).map(|day| written(*day)).collect();
        let expected = (claim.says)(world, today).map_or(Truth::Unknown, Truth::from);
        let truth = judge(&ruleset, &record(&dates), &as_of)?;
        if truth != expected {
            return Err(wrong(expected, format!("single days, the engine says {truth:?}"), &dates));
        }
    }
    Ok(())
}

/// Every claim with so many dates each.
fn claims_hold(claims: &[Claim], exact: bool, dates: u32) {
    prove(dates, [10, 700], |_, dates| {
        let mut parts = dates.chunks(dates.len().div_ceil(claims.len()).max(1)).cycle();
        claims.iter().try_for_each(|claim| compare(claim, exact, &mut Tape::new(parts.next().unwrap_or_default())))
    });
}

#[test]
fn partial_dates_decide_exactly_what_all_their_days_decide() {
    claims_hold(EXACT, true, 12);
}

#[test]
fn partial_dates_decide_nothing_that_one_of_their_days_denies() {
    claims_hold(SOUND, false, 12);
}

#[test]
fn the_calendar_is_the_one_of_the_reference() {
    let sums =
        [("a + 1 month == b", 1), ("a - 1 month == b", -1), ("a + 13 months == b", 13), ("a - 4 years == b", -48)];
    let sums = sums.map(|(condition, months)| (compile(&source(condition), &Rows::new()).unwrap(), condition, months));
    let mut wrong = Vec::new();
    // Through leap days, ends of centuries, and a year of a century that has none.
    let winters = [(1983, 1984), (1999, 2000), (2099, 2100), (2199, 2200), (2399, 2400)];
    let winters = winters.into_iter().flat_map(|(from, to)| day(from, 11, 1)..day(to, 4, 1));
    for today in (day(2019, 1, 1)..day(2021, 1, 2)).chain(winters) {
        for (ruleset, condition, months) in &sums {
            let dates = [written(today), written(add_months(today, *months))];
            let options = ScreenOptions::default().with_as_of(dates[0].as_str());
            let verdict = ruleset.screen_value(&record(&dates), &options).unwrap();
            if truth_of(&verdict, "probe") != Truth::True || verdict.as_of.as_ref() != Some(&dates[0]) {
                wrong.push(format!("{condition} of {dates:?}, on {:?}", verdict.as_of));
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
}
