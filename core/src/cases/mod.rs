//! Cases: the tests that lie beside the rules. `file` reads them, `change` builds their records, `expect` compares, `coverage`
//! counts what they have shown, `example` picks what shows an indicator best, `foreign` finds what no record declares, and `probe` tries by itself whether an indicator rests on what it says it rests on, with what
//! `monotone`, `names` and `support` know of its rules, its record and its explanation.

mod change;
mod coverage;
mod example;
mod expect;
mod file;
mod foreign;
mod monotone;
mod names;
mod probe;
mod report;
mod run;
mod support;

pub use example::Example;
pub use file::{Case, CaseFile, Expect};
pub(crate) use run::undeclared;

pub use report::{CaseReport, CaseResult, IndicatorCoverage, LeafCoverage, Probe, ProbeFailure};
