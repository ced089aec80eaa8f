//! `indicia-peers verify | count | allocations`; see `../README.md`.

use indicia::{Judgement, Ruleset, ScreenOptions, Truth};
use indicia_peers::hand::{Applicant, Lookups, judge};
use indicia_peers::rules::Rules;
use indicia_peers::{Data, Set, measured_region, scan};
use indicia_tests::generate::Plan;
use indicia_tests::sheet::Sheet;
use serde_json::Value as Json;
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what is asked of the system's allocator.
struct Counting;
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static GLOBAL: Counting = Counting;

fn arg<T: std::str::FromStr>(name: &str, default: T) -> T {
    let args: Vec<String> = std::env::args().collect();
    let at = args.iter().position(|a| a == name);
    at.and_then(|i| args.get(i + 1)).and_then(|v| v.parse().ok()).unwrap_or(default)
}

fn set() -> Set {
    let count = arg("--set", 19);
    *Set::ALL.iter().find(|set| set.count() == count).expect("--set 6, 12, 19 or 20")
}

fn main() {
    let folder: String = arg("--data", "peers-data".into());
    let data: &'static Data = Box::leak(Box::new(Data::read(Path::new(&folder))));
    match std::env::args().nth(1).as_deref() {
        Some("verify") => verify(data),
        Some("count") => count(data),
        Some("allocations") => allocations(data),
        _ => panic!("verify | count | allocations"),
    }
}

/// The findings of everything raised, with sentence and evidence: as JSON text in a buffer that is used again, or as values.
fn materialise(judgement: &mut Judgement<'_>, text: Option<&mut String>) {
    let mut raised: u64 = judgement.truths().iter().rev().fold(0, |bits, truth| bits << 1 | u64::from(truth.is_true()));
    let mut next = || {
        let index = raised.trailing_zeros() as usize;
        raised &= raised.wrapping_sub(1);
        (index < 64).then_some(index)
    };
    if let Some(text) = text {
        text.clear();
        while let Some(index) = next() {
            judgement.write_findings(index, text);
        }
        black_box(&text);
    } else {
        while let Some(index) = next() {
            black_box(judgement.findings(index));
        }
    }
}

fn mask(truths: &[Truth], bits: &[u32]) -> u32 {
    truths.iter().zip(bits).filter(|(truth, _)| **truth == Truth::True).map(|(_, bit)| bit).sum()
}

/// What is raised equals the reference, by hand and by Indicia, for every set and every record.
fn verify(data: &'static Data) {
    let rows = data.lines(arg("--n", usize::MAX));
    let look = Lookups::new(&data.refs);
    let options = ScreenOptions::default();
    let mut failed = false;
    for set in Set::ALL {
        let rules = Rules::new(&data.refs, set);
        let mut screener = rules.ruleset.screener();
        let (mut wrong, mut differ) = (0u32, 0usize);
        for (line, expected) in rows.iter().zip(&data.expected) {
            let expected = expected & set.mask();
            let by_hand = judge(&scan::applicant(line).unwrap(), &look, set);
            let raised = mask(screener.read(line, &options).unwrap().judge().truths(), &rules.bits);
            differ += usize::from(raised != expected || by_hand != expected);
            wrong |= (raised ^ expected) | (by_hand ^ expected);
        }
        let left = verify_table(&rules, &rows, &data.expected, set, &mut wrong, &mut differ);
        let bad: Vec<_> = (0..20).filter(|k| wrong >> k & 1 == 1).map(|k| k + 1).collect();
        println!("{set:?}: {} records, {differ} differ {bad:?}; {left} not judged from columns", rows.len());
        failed |= differ > 0;
    }
    std::process::exit(i32::from(failed));
}

/// The same from columns; gives how many records have no answer there.
fn verify_table(
    rules: &Rules,
    rows: &[&[u8]],
    expected: &[u32],
    set: Set,
    wrong: &mut u32,
    differ: &mut usize,
) -> usize {
    let mut left = 0;
    for (rows, expected) in rows.chunks(5000).zip(expected.chunks(5000)) {
        let records: Vec<Json> = rows.iter().map(|line| serde_json::from_slice(line).unwrap()).collect();
        let sheet = Sheet::new(records.iter().map(Some));
        let judged = rules.ruleset.judge_columns(&sheet, 0..rows.len(), &ScreenOptions::default()).unwrap();
        for (row, expected) in expected.iter().enumerate() {
            let Some(judged) = judged.row(row) else {
                left += 1;
                continue;
            };
            let raised: u32 = judged.raised().filter_map(|index| rules.bits.get(index)).sum();
            *differ += usize::from(raised != expected & set.mask());
            *wrong |= raised ^ expected & set.mask();
        }
    }
    left
}

/// All records as columns, judged at once; what has no answer there is not judged.
fn count_table(ruleset: &Ruleset, rows: &[&[u8]]) {
    let records: Vec<Json> = rows.iter().map(|line| serde_json::from_slice(line).unwrap()).collect();
    let (sheet, options) = (Sheet::new(records.iter().map(Some)), ScreenOptions::default());
    for round in 0..2 {
        let mut judge = || {
            let judged = ruleset.judge_columns(&sheet, 0..rows.len(), &options).unwrap();
            black_box((0..rows.len()).filter_map(|row| Some(judged.row(row)?.score())).sum::<u32>());
        };
        if round == 0 { judge() } else { measured_region(&mut judge) }
    }
}

/// One road over the first records, counted by callgrind; every record is read and judged once before. The set `default5` is
/// the shipped ruleset over generated applications from five countries.
fn count(data: &'static Data) {
    let (road, n): (String, usize) = (arg("--road", "hand".into()), arg("--n", 200));
    let options = ScreenOptions::default();
    let shipped = arg("--set", String::new()).strip_prefix("default").and_then(|count| count.parse().ok());
    let generated: Vec<Vec<u8>> = shipped.map(|countries| applications(countries, n)).unwrap_or_default();
    let (rows, set): (Vec<&[u8]>, Set) = match shipped {
        Some(_) => (generated.iter().map(Vec::as_slice).collect(), Set::Scalar6),
        None => (data.lines(n), set()),
    };
    let look = Lookups::new(&data.refs);
    let ruleset = match shipped {
        Some(_) => Ruleset::default_ruleset().unwrap(),
        None => Rules::new(&data.refs, set).ruleset,
    };
    if road == "table" {
        return count_table(&ruleset, &rows);
    }
    let mut screener = ruleset.screener();
    let (mut sum, mut text) = (0u32, String::new());
    for round in 0..2 {
        for line in &rows {
            let counted = |f: &mut dyn FnMut()| if round == 0 { f() } else { measured_region(f) };
            match road.as_str() {
                "hand" => {
                    let applicant: Applicant<'_> = scan::applicant(line).unwrap();
                    counted(&mut || sum = sum.wrapping_add(judge(&applicant, &look, set)));
                }
                "scan" => {
                    counted(&mut || sum = sum.wrapping_add(judge(&scan::applicant(line).unwrap(), &look, set)));
                }
                "judge" | "findings" | "values" => {
                    let mut application = screener.read(line, &options).unwrap();
                    counted(&mut || {
                        let mut judgement = application.judge();
                        match road.as_str() {
                            "findings" => materialise(&mut judgement, Some(&mut text)),
                            "values" => materialise(&mut judgement, None),
                            _ => {}
                        }
                        sum = sum.wrapping_add(judgement.score());
                    });
                }
                "read" => {
                    counted(&mut || {
                        black_box(screener.read(line, &options).unwrap());
                    });
                }
                "lines" => counted(&mut || {
                    let mut application = screener.read(line, &options).unwrap();
                    let mut judgement = application.judge();
                    materialise(&mut judgement, Some(&mut text));
                    sum = sum.wrapping_add(judgement.score());
                }),
                "verdict" => counted(&mut || {
                    text.clear();
                    screener.read(line, &options).unwrap().write_verdict(&mut text);
                    sum = sum.wrapping_add(text.len() as u32);
                }),
                "screen" => counted(&mut || {
                    let verdict = screener.screen(line, &options).unwrap();
                    sum = sum.wrapping_add(verdict.score);
                }),
                other => panic!("no road {other}"),
            }
        }
    }
    println!("{road} {set:?} {n} records {sum}");
}

/// Generated applications from so many countries, as JSON text.
fn applications(countries: usize, count: usize) -> Vec<Vec<u8>> {
    let plan = Plan { countries, ..Plan::default() };
    (0..count as u64).map(|number| serde_json::to_vec(&plan.application(number)).unwrap()).collect()
}

/// Allocations per record while judging bound records.
fn allocations(data: &'static Data) {
    let rows = data.lines(arg("--n", 2000));
    let set = set();
    let rules = Rules::new(&data.refs, set);
    let options = ScreenOptions::default();
    let mut screener = rules.ruleset.screener();
    let (mut clear, mut of_clear, mut all) = (0u64, 0u64, 0u64);
    for round in 0..2 {
        for line in &rows {
            let mut application = screener.read(line, &options).unwrap();
            let before = ALLOCATIONS.load(Ordering::Relaxed);
            let judgement = application.judge();
            let is_clear = !judgement.truths().contains(&Truth::True);
            let made = ALLOCATIONS.load(Ordering::Relaxed) - before;
            if round == 1 {
                all += made;
                clear += u64::from(is_clear);
                of_clear += if is_clear { made } else { 0 };
            }
        }
    }
    println!("{set:?}: {all} allocations for {} records, {of_clear} for the {clear} with nothing raised", rows.len());
    std::process::exit(i32::from(of_clear > 0));
}
