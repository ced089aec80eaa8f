//! Many applications at once, from columns, come to what each of them comes to by itself: wherever there is an answer.

#![cfg(test)]

mod proof;

use indicia::{Limits, Ruleset, ScreenOptions};
use indicia_tests::random::record::{self, Quirks};
use indicia_tests::random::{Allowed, Tape, decide, draw_condition, draw_ruleset, probe, shape};
use indicia_tests::screening::{applications, compile};
use indicia_tests::sheet::Sheet;
use proof::prove;
use serde_json::Value as Json;
use std::cell::Cell;
use std::collections::BTreeMap;

/// How many rows had an answer, and how many there were.
#[derive(Default)]
struct Answered {
    some: Cell<usize>,
    of: Cell<usize>,
    indicators: Cell<usize>,
}

impl Answered {
    fn add(to: &Cell<usize>, more: usize) {
        to.set(to.get() + more);
    }
}

fn compare(ruleset: &Ruleset, records: &[Json], options: &ScreenOptions, answered: &Answered) -> Result<(), String> {
    let sheet = Sheet::new(records.iter().map(Some));
    let judged = ruleset.judge_columns(&sheet, 0..records.len(), options).map_err(|error| error.to_string())?;
    assert_eq!(judged.len(), records.len());
    let shadows: Vec<bool> = ruleset.indicators().iter().map(|indicator| indicator.shadow).collect();
    let mut screener = ruleset.screener();
    for (row, record) in records.iter().enumerate() {
        Answered::add(&answered.of, 1);
        let Some(found) = judged.row(row) else { continue };
        Answered::add(&answered.some, 1);
        let mut application = screener.read_value(record, options).map_err(|error| error.to_string())?;
        let mut judgement = application.judge();
        let truths = judgement.truths().iter().zip(&shadows).enumerate();
        let raised: Vec<usize> =
            truths.filter(|(_, (truth, shadow))| truth.is_true() && !**shadow).map(|(index, _)| index).collect();
        Answered::add(&answered.indicators, raised.len());
        let coverage = judgement.coverage();
        let wanted = (judgement.id(), judgement.outcome(), judgement.score(), coverage, raised);
        let given = (found.id(), found.outcome(), found.score(), found.coverage(), found.raised().collect());
        if given != wanted {
            return Err(format!("row {row}: {given:?}, by itself {wanted:?}\n{record:#}"));
        }
    }
    Ok(())
}

fn records(facts: &[u16], quirks: Quirks) -> (Vec<Json>, ScreenOptions) {
    let found = applications("", &BTreeMap::new(), facts, quirks);
    let options = found.first().map(indicia_tests::shrink::Found::options).unwrap_or_default();
    (found.into_iter().map(|found| found.record).collect(), options)
}

const QUIRKS: [Quirks; 3] = [Quirks { wrong: 0, ..Quirks::USUAL }, Quirks::USUAL, Quirks::WHOLE];

#[test]
fn one_condition_over_columns_is_as_true_as_over_each() {
    let answered = Answered::default();
    prove(500, [60, 600], |rules, facts| {
        let condition = draw_condition(&mut Tape::new(rules), Allowed::ALL, 2);
        let rows = record::rows(&mut Tape::new(facts));
        let text = format!(
            "language 1\n{}{}{}",
            shape::declarations(),
            probe(&condition),
            decide("  outcome review when score >= 5\n")
        );
        let ruleset = compile(&text, &rows)?;
        for quirks in QUIRKS {
            let (records, options) = records(facts, quirks);
            compare(&ruleset, &records, &options, &answered).map_err(|error| format!("{condition}\n{error}"))?;
        }
        Ok::<_, String>(())
    });
    let (some, of) = (answered.some.get(), answered.of.get());
    println!("{some} of {of} rows answered, {} indicators raised", answered.indicators.get());
    assert!(some * 4 > of, "{some} of {of} rows");
    assert!(answered.indicators.get() * 10 > some);
}

#[test]
fn rulesets_over_columns_come_to_what_they_come_to_over_each() {
    let answered = Answered::default();
    prove(300, [120, 600], |rules, facts| {
        let drawn = draw_ruleset(&mut Tape::new(rules), Allowed::ALL);
        let rows = record::rows(&mut Tape::new(facts));
        let ruleset = compile(&drawn.text(), &rows)?;
        for quirks in QUIRKS {
            let (records, options) = records(facts, quirks);
            compare(&ruleset, &records, &options, &answered).map_err(|error| format!("{}\n{error}", drawn.text()))?;
        }
        Ok::<_, String>(())
    });
    println!("{} of {} rows answered", answered.some.get(), answered.of.get());
    assert!(answered.some.get() > 0);
}

/// Conditions that have answers for most rows.
const PLAIN: [&str; 12] = [
    "any j in work: j.end < j.start",
    "any pair a, b in work: overlap(period(a.start, a.end), period(b.start, b.end)) > 30 days",
    "at least 2 j in work: j.k == red and j.t in words",
    "all j in work: j.n >= 1 or j.ok",
    "no j in work: any tag in j.tags: tag same as j.t",
    "any pair a, b in work: any s in studies: a.start < s.end and b.n > s.n",
    "t same as u or (t contains \"alpha\" and not u mentions \"beta\")",
    "at least 2 of (n > 1, m > 1, p, q, c in (\"DE\", \"FR\"))",
    "t matches /a.*a/ and c == form.home.country",
    "known (n + m > 2) and d.year - e.year < 1",
    "u in unfilled or work is missing or resume is present",
    "(d ?? @2019-06-01) - (e ?? @2019-01-01) > 30 days and work.length > 1",
];

/// Many rows: batches, masks of several words, rows that are taken apart because of the limits.
#[test]
fn many_rows_and_small_limits_change_nothing() {
    let answered = Answered::default();
    let mut probes = String::new();
    for (number, condition) in PLAIN.iter().enumerate() {
        probes.push_str(&probe(condition).replace("probe", &format!("p{number}")));
    }
    let decision =
        decide("  outcome review when score >= 20\n  outcome escalate when score >= 40 and categories >= 1\n");
    let text = format!("language 1\n{}{probes}{decision}", shape::declarations());
    prove(3, [60, 60_000], |_, facts| {
        let rows = record::rows(&mut Tape::new(facts));
        let ruleset = compile(&text, &rows)?;
        let all: Vec<Json> =
            facts.chunks(40).map(|facts| record::application(&mut Tape::new(facts), QUIRKS[0])).collect();
        let options = ScreenOptions::default().with_as_of("2020-03-01");
        compare(&ruleset, &all, &options, &answered)?;
        let mut limits = Limits::default();
        (limits.max_list_length, limits.max_pairs, limits.max_text_chars) = (2, 1, 6);
        (limits.max_record_bytes, limits.max_record_values) = (40_000, 500);
        compare(&ruleset, &all, &options.with_limits(limits), &answered)
    });
    let (some, of) = (answered.some.get(), answered.of.get());
    println!("{some} of {of} rows answered, {} indicators raised", answered.indicators.get());
    assert!(some * 3 > of && some > 500, "{some} of {of} rows");
}
