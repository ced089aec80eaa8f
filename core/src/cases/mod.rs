//! Cases: the tests that lie beside the rules. `file` reads them, `change` builds their records, `expect` compares, `coverage`
//! counts what they have shown, and `probe` tries by itself whether an indicator rests on what it says it rests on.

mod change;
mod coverage;
mod expect;
mod file;
mod monotone;
mod probe;
mod report;
mod run;
mod support;

pub use file::{Case, CaseFile, Expect};
pub use report::{CaseReport, CaseResult, IndicatorCoverage, LeafCoverage, Probe, ProbeFailure};
