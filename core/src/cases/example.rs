//! Examples: for each indicator the smallest record, out of the cases, that raises it.
//!
//! Owns the choice among the cases and the reduction to the evidence and to what the sentence tells. Every case is screened once; what is shown is then what the
//! engine says about the reduced record, never what a case expects.

use super::change::{self, Path, Step};
use super::file::{Case, CaseFile};
use super::monotone::Syntax;
use super::run::{Filled, options};
use crate::check::Checked;
use crate::options::ScreenOptions;
use crate::ruleset::{Ruleset, Screener};
use crate::source::Rows;
use crate::verdict::{Finding, Raised};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Records that are tried for one indicator, the smallest first.
const MAX_TRIED: usize = 3;

/// What a case says of an indicator that it raises: the first is best.
const QUOTED: u8 = 0;
const NAMED: u8 = 1;
const BY_THE_WAY: u8 = 2;

/// A record that raises an indicator, and what is found in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Example {
    /// The indicator.
    pub indicator: String,
    /// The file of the case that the record is taken from.
    pub file: String,
    /// The case.
    pub case: String,
    /// The record, by the keys of the input; of the case's record only what decides and what the sentence tells, if that alone
    /// raises the indicator.
    pub record: Value,
    /// Whether the record could not be reduced to what decides.
    pub whole: bool,
    /// The day of the evaluation, where the case gives one and it is needed.
    pub as_of: Option<String>,
    /// The rows that the case gives for lists and tables which the indicator uses.
    pub lists: BTreeMap<String, Rows>,
    /// What the engine finds in the record.
    pub raised: Raised,
}

/// A case that raises an indicator.
#[derive(Clone)]
struct Candidate<'c> {
    /// Cases that quote the indicator's sentence come before those that only name it, and these before others that happen to raise
    /// it; those that name few before those that name many, and small records before large ones.
    rank: (u8, usize, usize),
    file: &'c str,
    case: &'c Case,
    ruleset: Ruleset,
    record: Value,
    /// By finding: the fields that decide, and those that its sentence tells.
    shown: Vec<Vec<Path>>,
}

/// What is the same for all cases.
struct Chooser<'a> {
    syntax: &'a Syntax,
    /// The lists and tables that each indicator uses, also through those that it is made of.
    uses: BTreeMap<String, BTreeSet<String>>,
    /// Fields that the sentence of each indicator tells, by their keys, with 0 for every index.
    told: BTreeMap<String, Vec<Path>>,
}

impl Ruleset {
    /// One example for each indicator that some case raises, in the ruleset's order.
    ///
    /// A case that gives rows for lists serves only indicators that no case without rows raises, and only if it says that it
    /// raises them. Cases whose record can't be made or screened are passed over: `run_cases` reports them.
    ///
    /// ```
    /// # #[cfg(feature = "yaml")] {
    /// # let rules = "language 1\nrecord application { a: number, b: number }\n\
    /// #   indicator high \"High\" { category c\n severity low\n when a > 5\n because \"a is {a}.\" }\n\
    /// #   decide { categories c\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
    /// # let ruleset = indicia::Ruleset::from_sources(&indicia::Sources::single(rules))?;
    /// let cases = "cases: [{name: much, record: {a: 9, b: 2}, expect: {raised: [high]}}]";
    /// let cases = indicia::CaseFile::parse("c.cases.yaml", cases).unwrap();
    /// let example = &ruleset.examples(&[cases])[0];
    /// assert_eq!(example.record, serde_json::json!({"a": 9}));
    /// assert_eq!(example.raised.findings[0].because, "a is 9.");
    /// # }
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    pub fn examples(&self, files: &[CaseFile]) -> Vec<Example> {
        let syntax = Syntax::of(self.sources());
        let chooser = Chooser::new(&syntax, self.checked());
        let mut filled = Filled::new(self, &syntax);
        let mut found = Found::new();
        let all = || files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
        let mut screener = self.screener();
        for (file, case) in all().filter(|(_, case)| case.lists.is_empty()) {
            let Ok(record) = case.record(&file.bases, &syntax.names) else { continue };
            chooser.collect(self, &mut screener, (&file.file, case, record), |_| true, &mut found);
        }
        let without: BTreeSet<String> = found.keys().cloned().collect();
        for (file, case) in all().filter(|(_, case)| !case.lists.is_empty()) {
            if case.expect.raises().all(|indicator| without.contains(indicator)) {
                continue;
            }
            let Ok(record) = case.record(&file.bases, &syntax.names) else { continue };
            let Ok(ruleset) = filled.with(&case.lists) else { continue };
            let wanted = |id: &str| !without.contains(id) && case.expect.raises().any(|named| named == id);
            chooser.collect(&ruleset, &mut ruleset.screener(), (&file.file, case, record), wanted, &mut found);
        }
        let mut maker = Maker { chooser: &chooser, screener };
        self.indicators().iter().filter_map(|info| maker.example(&info.id, found.get(&info.id)?)).collect()
    }
}

/// Candidates by indicator, the best first.
type Found<'c> = BTreeMap<String, Vec<Candidate<'c>>>;

impl<'a> Chooser<'a> {
    fn new(syntax: &'a Syntax, checked: &Checked) -> Self {
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (list, table) =
            (|id: &usize| Some(&checked.lists.get(*id)?.name), |id: &usize| Some(&checked.tables.get(*id)?.name));
        for def in checked.order.iter().filter_map(|index| checked.indicators.get(*index)) {
            let own = def.reads.lists.iter().filter_map(list).chain(def.reads.tables.iter().filter_map(table));
            let parts = def.reads.indicators.iter().filter_map(|part| uses.get(&checked.indicators.get(*part)?.name));
            let names = own.cloned().chain(parts.flatten().cloned()).collect();
            uses.insert(def.name.clone(), names);
        }
        let path = |path: &String| syntax.names.read(&path.replace("[]", "[0]"));
        let told = checked.indicators.iter().map(|def| (def.name.clone(), def.told.iter().filter_map(path).collect()));
        Self { syntax, uses, told: told.collect() }
    }

    /// Screens a case, and keeps it as a candidate of every indicator that it raises.
    fn collect<'c>(
        &self,
        ruleset: &Ruleset,
        screener: &mut Screener,
        (file, case, record): (&'c str, &'c Case, Value),
        wanted: impl Fn(&str) -> bool,
        found: &mut Found<'c>,
    ) {
        let Ok(verdict) = screener.screen_value(&record, &options(case)) else { return };
        let named: BTreeSet<&String> = case.expect.raises().collect();
        for raised in verdict.raised.iter().chain(&verdict.shadow).filter(|raised| wanted(&raised.indicator)) {
            let quoted = case.expect.because.contains_key(&raised.indicator);
            let claim = match (quoted, named.contains(&raised.indicator)) {
                (true, _) => QUOTED,
                (false, true) => NAMED,
                (false, false) => BY_THE_WAY,
            };
            let candidates = found.entry(raised.indicator.clone()).or_default();
            let worst = candidates.last().filter(|_| candidates.len() == MAX_TRIED);
            // One case may happen to raise hundreds: of those nobody asked for, the first will do.
            let least = (claim, named.len(), if claim == BY_THE_WAY { usize::MAX } else { 0 });
            if worst.is_some_and(|worst| worst.rank <= least) {
                continue;
            }
            let shown: Vec<Vec<Path>> =
                raised.findings.iter().map(|found| self.shown(&raised.indicator, found)).collect();
            let reduced = shown.first().map_or_else(|| record.clone(), |first| compact(&change::only(&record, first)));
            let rank = (claim, named.len(), reduced.to_string().len());
            let place = candidates.partition_point(|other| other.rank <= rank);
            if place < MAX_TRIED {
                let (ruleset, record) = (ruleset.clone(), record.clone());
                candidates.insert(place, Candidate { rank, file, case, ruleset, record, shown });
                candidates.truncate(MAX_TRIED);
            }
        }
    }

    /// The fields of a finding: its evidence, and what the sentence tells of the same elements.
    fn shown(&self, indicator: &str, finding: &Finding) -> Vec<Path> {
        let evidence: Vec<Path> = finding.evidence.iter().filter_map(|e| self.syntax.names.read(&e.path)).collect();
        let told = self.told.get(indicator).into_iter().flatten();
        let told: Vec<Path> = told.flat_map(|pattern| of_elements(pattern, &evidence)).collect();
        evidence.into_iter().chain(told).collect()
    }
}

/// The places of a pattern, in which every index is 0, within the elements that the evidence is about.
fn of_elements(pattern: &Path, evidence: &[Path]) -> Vec<Path> {
    let mut places = vec![Vec::new()];
    for step in &pattern.0 {
        places = match step {
            Step::Key(_) => places.into_iter().map(|place| with(&place, step)).collect(),
            Step::Index(_) => {
                let next = |place: Vec<Step>| {
                    let there = evidence.iter().filter(|path| path.0.starts_with(&place));
                    let next: Vec<&Step> = there.filter_map(|path| path.0.get(place.len())).collect();
                    let next: BTreeSet<usize> = next.into_iter().filter_map(index).collect();
                    next.into_iter().map(move |index| with(&place, &Step::Index(index))).collect::<Vec<_>>()
                };
                places.into_iter().flat_map(next).collect()
            }
        };
    }
    places.into_iter().map(Path).collect()
}

fn index(step: &Step) -> Option<usize> {
    match step {
        Step::Index(index) => Some(*index),
        Step::Key(_) => None,
    }
}

fn with(place: &[Step], step: &Step) -> Vec<Step> {
    place.iter().chain(std::iter::once(step)).cloned().collect()
}

struct Maker<'a> {
    chooser: &'a Chooser<'a>,
    /// Of the ruleset with its own rows.
    screener: Screener,
}

impl Maker<'_> {
    /// The first candidate that can be reduced; else the first as it is.
    fn example(&mut self, indicator: &str, candidates: &[Candidate<'_>]) -> Option<Example> {
        let reduced = candidates.iter().find_map(|candidate| self.reduced(indicator, candidate));
        reduced.or_else(|| self.attempt(indicator, candidates.first()?, &candidates.first()?.record, true))
    }

    fn reduced(&mut self, indicator: &str, candidate: &Candidate<'_>) -> Option<Example> {
        let all: Vec<Path> = candidate.shown.concat();
        let mut tried: Vec<Value> = Vec::new();
        for fields in [candidate.shown.first()?, &all] {
            let kept = change::only(&candidate.record, fields);
            for record in [compact(&kept), kept] {
                if tried.contains(&record) {
                    continue;
                }
                if let Some(example) = self.attempt(indicator, candidate, &record, false) {
                    return Some(example);
                }
                tried.push(record);
            }
        }
        None
    }

    fn attempt(&mut self, indicator: &str, candidate: &Candidate<'_>, record: &Value, whole: bool) -> Option<Example> {
        let case = candidate.case;
        let options = options(case);
        let raised = self.raised(indicator, candidate, record, &options)?;
        // The day is shown only where it makes a difference.
        let undated = ScreenOptions { as_of: None, ..options };
        let needed =
            case.as_of.is_some() && self.raised(indicator, candidate, record, &undated).as_ref() != Some(&raised);
        let used = self.chooser.uses.get(indicator);
        let lists = case.lists.iter().filter(|(name, _)| used.is_some_and(|used| used.contains(*name)));
        Some(Example {
            indicator: indicator.to_owned(),
            file: candidate.file.to_owned(),
            case: case.name.clone(),
            record: record.clone(),
            whole,
            as_of: case.as_of.clone().filter(|_| needed),
            lists: lists.map(|(name, rows)| (name.clone(), rows.clone())).collect(),
            raised,
        })
    }

    fn raised(
        &mut self,
        indicator: &str,
        candidate: &Candidate<'_>,
        record: &Value,
        options: &ScreenOptions,
    ) -> Option<Raised> {
        let verdict = if candidate.case.lists.is_empty() {
            self.screener.screen_value(record, options)
        } else {
            candidate.ruleset.screen_value(record, options)
        };
        let verdict = verdict.ok()?;
        verdict.raised.into_iter().chain(verdict.shadow).find(|raised| raised.indicator == indicator)
    }
}

/// A record without the empty objects and lists, and without the elements, that are left of what was taken away.
fn compact(value: &Value) -> Value {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| (key.clone(), compact(value)));
            Value::Object(fields.filter(|(_, value)| !empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(compact).filter(|value| !empty(value)).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
#[path = "tests/example.rs"]
mod tests;
