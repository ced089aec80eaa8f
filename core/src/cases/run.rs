//! Running cases: screens each record, compares, counts, and probes.

use super::coverage::Coverage;
use super::file::{Case, CaseFile};
use super::foreign;
use super::monotone::Syntax;
use super::report::{CaseReport, CaseResult};
use super::{expect, probe};
use crate::error::RulesetError;
use crate::options::ScreenOptions;
use crate::ruleset::{IndicatorInfo, Ruleset, Screener};
use crate::source::{Rows, Sources};
use crate::truth::Truth;
use crate::verdict::{Explanation, Raised, Verdict};
use indicia_dsl::diagnostic::Diagnostic;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is the same for all cases.
pub(super) struct Suite {
    pub(super) indicators: Vec<IndicatorInfo>,
    pub(super) outcomes: Vec<String>,
    pub(super) syntax: Syntax,
}

/// One record, screened in full.
pub(super) struct Screened {
    ruleset: Ruleset,
    screener: RefCell<Screener>,
    /// Of all indicators, in the ruleset's order.
    ids: Vec<String>,
    pub(super) record: Value,
    pub(super) options: ScreenOptions,
    pub(super) verdict: Verdict,
    /// By indicator.
    pub(super) explanations: BTreeMap<String, Explanation>,
}

impl Ruleset {
    /// Runs cases and says what they show: which hold, which indicators and leaves were seen in which truth, and what probes found.
    ///
    /// Probes change the record of each case that raised something, and need no expectations:
    /// - drop a field, and nothing new may be raised;
    /// - drop all evidence of an indicator, and it must fall silent;
    /// - drop everything but its evidence, and it must stay raised;
    /// - break one comparison after every alternative to it, and the indicator must fall silent.
    ///
    /// Presence tests, `known` and `??` hold *because* something is missing: indicators that use them, also through `let`
    /// and `raised`, are left out of all but the third.
    ///
    /// ```
    /// # #[cfg(all(feature = "yaml", feature = "default-ruleset"))] {
    /// let ruleset = indicia::Ruleset::default_ruleset()?;
    /// let report = ruleset.run_cases(&[]);
    /// assert_eq!(report.failed(), 0);
    /// # }
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    pub fn run_cases(&self, files: &[CaseFile]) -> CaseReport {
        let suite =
            Suite { indicators: self.indicators(), outcomes: self.outcomes(), syntax: Syntax::of(self.sources()) };
        let names = &suite.syntax.names;
        let mut coverage = Coverage::new(&suite);
        let mut report = CaseReport::default();
        let mut filled = Filled::new(self, &suite.syntax);
        for file in files {
            for case in &file.cases {
                let screened = screen(&suite, &mut filled, file, case);
                let mut result = CaseResult {
                    file: file.file.clone(),
                    name: case.name.clone(),
                    differences: Vec::new(),
                    outcome: None,
                    score: None,
                };
                let base = case.base.iter().flat_map(|base| foreign::of_base(names, file, base));
                let undeclared = base.chain(foreign::of_case(names, case));
                result.differences.extend(undeclared.map(|found| found.in_words(file)));
                match screened {
                    Err(problem) => result.differences.push(problem),
                    Ok(screened) => {
                        result.outcome = Some(screened.verdict.outcome.clone());
                        result.score = Some(screened.verdict.score);
                        result.differences.extend(expect::differences(&suite, &case.expect, &screened));
                        coverage.count(&screened);
                        probe::run(&suite, &screened, &file.file, &case.name, &mut report);
                    }
                }
                report.cases.push(result);
            }
        }
        report.coverage = coverage.finish();
        report
    }
}

/// `E0510` for whatever the cases of these files write that no record of the ruleset declares.
pub(crate) fn undeclared(sources: &Sources, files: &[CaseFile]) -> Vec<Diagnostic> {
    let syntax = Syntax::of(sources);
    let of_file = |file| foreign::of_file(&syntax.names, file).into_iter().map(move |found| found.diagnostic(file));
    files.iter().flat_map(of_file).collect()
}

/// The ruleset with the rows that cases give, compiled once for each set of rows.
pub(super) struct Filled<'a> {
    ruleset: &'a Ruleset,
    syntax: &'a Syntax,
    compiled: BTreeMap<String, Result<Ruleset, String>>,
}

impl<'a> Filled<'a> {
    pub(super) fn new(ruleset: &'a Ruleset, syntax: &'a Syntax) -> Self {
        Self { ruleset, syntax, compiled: BTreeMap::new() }
    }

    pub(super) fn with(&mut self, lists: &BTreeMap<String, Rows>) -> Result<Ruleset, String> {
        if lists.is_empty() {
            return Ok(self.ruleset.clone());
        }
        let key = serde_json::to_string(lists).map_err(|error| error.to_string())?;
        let compile = || {
            let mut sources = self.ruleset.sources().clone();
            for (name, rows) in lists {
                let empty = matches!(rows, Rows::List(entries) if entries.is_empty());
                let rows = if empty && self.syntax.is_table(name) { Rows::Table(Vec::new()) } else { rows.clone() };
                sources.rows.insert(name.clone(), rows);
            }
            Ruleset::from_sources(&sources).map_err(|error| in_words(&error))
        };
        self.compiled.entry(key).or_insert_with(compile).clone()
    }
}

fn in_words(error: &RulesetError) -> String {
    match error {
        RulesetError::Compile { diagnostics } => {
            let messages: Vec<&str> = diagnostics.iter().filter(|d| d.is_error()).map(|d| d.message.as_str()).collect();
            format!("the case's rows don't fit: {}", messages.join("; "))
        }
        other => other.to_string(),
    }
}

/// The options that a case asks for.
pub(super) fn options(case: &Case) -> ScreenOptions {
    let mut options = ScreenOptions::default();
    options.as_of.clone_from(&case.as_of);
    options.list_key = case.list_key.as_ref().map(|key| key.as_bytes().to_vec());
    options
}

fn screen(suite: &Suite, filled: &mut Filled<'_>, file: &CaseFile, case: &Case) -> Result<Screened, String> {
    let record = case.record(&file.bases, &suite.syntax.names)?;
    let ruleset = filled.with(&case.lists)?;
    let options = options(case);
    let verdict = ruleset.screen_value(&record, &options).map_err(|error| error.to_string())?;
    let all = suite.indicators.iter().map(|indicator| indicator.id.as_str());
    let explanations = explain(&ruleset, all, &record, &options)?;
    let ids = suite.indicators.iter().map(|indicator| indicator.id.clone()).collect();
    Ok(Screened { screener: RefCell::new(ruleset.screener()), ruleset, ids, record, options, verdict, explanations })
}

fn explain<'a>(
    ruleset: &Ruleset,
    indicators: impl Iterator<Item = &'a str>,
    record: &Value,
    options: &ScreenOptions,
) -> Result<BTreeMap<String, Explanation>, String> {
    let json = serde_json::to_vec(record).map_err(|error| error.to_string())?;
    let one = |indicator: &str| {
        let explanation = ruleset.explain(indicator, &json, options).map_err(|error| error.to_string())?;
        Ok((indicator.to_owned(), explanation))
    };
    indicators.map(one).collect()
}

impl Screened {
    /// What the verdict says of an indicator. It does not name clear ones, nor shadow ones that are unknown: of those the explanation is asked.
    pub(super) fn truth(&self, indicator: &IndicatorInfo) -> Truth {
        if self.raised().any(|raised| raised.indicator == indicator.id) {
            Truth::True
        } else if self.verdict.unknown.iter().any(|unknown| unknown.indicator == indicator.id) {
            Truth::Unknown
        } else if indicator.shadow {
            self.explanations.get(&indicator.id).map_or(Truth::False, |explanation| explanation.truth)
        } else {
            Truth::False
        }
    }

    /// All raised indicators, shadow ones too.
    pub(super) fn raised(&self) -> impl Iterator<Item = &Raised> {
        self.verdict.raised.iter().chain(&self.verdict.shadow)
    }

    /// The explanations of an indicator, and of those that it rests on, over another record under the same options.
    pub(super) fn explain(
        &self,
        suite: &Suite,
        indicator: &str,
        record: &Value,
    ) -> Option<BTreeMap<String, Explanation>> {
        let names = suite.syntax.rests_on(indicator);
        let all = suite.indicators.iter().map(|indicator| indicator.id.as_str());
        explain(&self.ruleset, all.filter(|id| names.contains(id)), record, &self.options).ok()
    }

    /// The indicators that another record raises, under the same options.
    pub(super) fn raised_by(&self, record: &Value) -> Option<BTreeSet<String>> {
        let mut screener = self.screener.borrow_mut();
        let mut application = screener.read_value(record, &self.options).ok()?;
        let judgement = application.judge();
        let raised = self.ids.iter().zip(judgement.truths()).filter(|(_, truth)| truth.is_true());
        Some(raised.map(|(id, _)| id.clone()).collect())
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
#[path = "tests/run.rs"]
mod tests;
