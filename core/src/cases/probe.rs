//! Probes: changes of a case's record after which the verdict must or must not change, whatever the case expects.
//!
//! Logic is three-valued, so making a field missing can only take truths away. A probe breaks by making fields missing; it
//! can't make a comparison false from outside, and does not need to.

use super::change::{self, Path};
use super::report::{CaseReport, Probe, ProbeFailure};
use super::run::{Screened, Suite};
use super::support::{Around, Support, supports};
use crate::verdict::{Explained, Raised};
use serde_json::Value;

/// Fields of one record that are dropped one by one.
const MAX_FIELDS: usize = 1_000;
/// Leaves of one indicator that are broken one by one.
const MAX_LEAVES: usize = 100;

pub(super) fn run(suite: &Suite, screened: &Screened, file: &str, case: &str, report: &mut CaseReport) {
    let mut prober = Prober { suite, screened, file, case, report };
    if screened.raised().next().is_none() {
        return;
    }
    prober.drop_fields();
    for raised in screened.raised() {
        let evidence: Vec<Path> =
            raised.findings.iter().flat_map(|f| &f.evidence).filter_map(|e| suite.syntax.names.read(&e.path)).collect();
        prober.keep_evidence(raised, &evidence);
        if !suite.syntax.tests_presence(&raised.indicator) {
            prober.drop_evidence(raised, &evidence);
            prober.break_leaves(raised);
        }
    }
}

struct Prober<'a> {
    suite: &'a Suite,
    screened: &'a Screened,
    file: &'a str,
    case: &'a str,
    report: &'a mut CaseReport,
}

impl Prober<'_> {
    fn drop_fields(&mut self) {
        for path in change::fields(&self.screened.record).iter().take(MAX_FIELDS) {
            let Some(raised) = self.screened.raised_by(&self.without(std::slice::from_ref(path))) else { continue };
            self.report.probes += 1;
            for indicator in raised {
                let before = self.screened.raised().any(|raised| raised.indicator == indicator);
                if !before && !self.suite.syntax.tests_presence(&indicator) {
                    let message = format!("`{indicator}` is raised once `{path}` is missing");
                    self.fail(Probe::FieldDropped, &indicator, std::slice::from_ref(path), message);
                }
            }
        }
    }

    fn drop_evidence(&mut self, raised: &Raised, evidence: &[Path]) {
        // Findings beyond the first ones rest on evidence that the verdict does not list.
        if raised.more > 0 || !self.can_clear(evidence) {
            self.report.probes_skipped += 1;
            return;
        }
        if self.is_raised(&raised.indicator, &self.without(evidence)) {
            let message = format!("`{}` is still raised without all of its evidence", raised.indicator);
            self.fail(Probe::EvidenceDropped, &raised.indicator, evidence, message);
        }
    }

    fn keep_evidence(&mut self, raised: &Raised, evidence: &[Path]) {
        if !self.is_raised(&raised.indicator, &change::only(&self.screened.record, evidence)) {
            let message = format!("`{}` is not raised by its evidence alone", raised.indicator);
            self.fail(Probe::EvidenceAlone, &raised.indicator, evidence, message);
        }
    }

    fn break_leaves(&mut self, raised: &Raised) {
        let Some(explanation) = self.screened.explanations.get(&raised.indicator) else { return };
        let needed = self.suite.syntax.elements_needed(&raised.indicator);
        let around = Around { explanations: &self.screened.explanations, names: &self.suite.syntax.names, needed };
        for Support { leaf, paths, alternatives, .. } in
            supports(&explanation.tree, around).into_iter().take(MAX_LEAVES)
        {
            let isolated = alternatives.map(|alternatives| self.without(&alternatives));
            let isolated = isolated
                .filter(|record| self.can_clear(&paths) && self.is_alone(&raised.indicator, leaf, record, needed));
            let Some(mut record) = isolated else {
                self.report.probes_skipped += 1;
                continue;
            };
            for path in &paths {
                path.clear(&mut record);
            }
            if self.is_raised(&raised.indicator, &record) {
                let message = format!("`{}` is still raised after `{}` is broken", raised.indicator, leaf.text);
                self.fail(Probe::LeafBroken, &raised.indicator, &paths, message);
            }
        }
    }

    /// Whether an indicator is still raised over a record, and rests on this leaf with nothing to stand in for it.
    fn is_alone(&self, indicator: &str, leaf: &Explained, record: &Value, needed: usize) -> bool {
        let Some(explanations) = self.screened.explain(self.suite, indicator, record) else { return false };
        let Some(explanation) = explanations.get(indicator).filter(|e| e.truth.is_true() && !e.truncated) else {
            return false;
        };
        let around = Around { explanations: &explanations, names: &self.suite.syntax.names, needed };
        let same = |other: &Explained| (&other.file, other.span, &other.paths) == (&leaf.file, leaf.span, &leaf.paths);
        supports(&explanation.tree, around).iter().any(|support| support.alone && same(support.leaf))
    }

    /// Whether making these fields missing takes something away. A given `as_of` stands for `submitted`.
    fn can_clear(&self, paths: &[Path]) -> bool {
        let day = self.suite.syntax.names.read("submitted").filter(|_| self.screened.options.as_of.is_some());
        let mut there =
            paths.iter().filter(|path| path.get(&self.screened.record).is_some_and(|value| !value.is_null()));
        there.any(|path| Some(path) != day.as_ref())
    }

    fn without(&self, paths: &[Path]) -> Value {
        let mut record = self.screened.record.clone();
        for path in paths {
            path.clear(&mut record);
        }
        record
    }

    fn is_raised(&mut self, indicator: &str, record: &Value) -> bool {
        self.report.probes += 1;
        self.screened.raised_by(record).is_some_and(|raised| raised.contains(indicator))
    }

    fn fail(&mut self, probe: Probe, indicator: &str, paths: &[Path], message: String) {
        self.report.probe_failures.push(ProbeFailure {
            probe,
            file: self.file.to_owned(),
            case: self.case.to_owned(),
            indicator: indicator.to_owned(),
            paths: paths.iter().map(ToString::to_string).collect(),
            message,
        });
    }
}
