//! Indicia: a rule engine with its own small language for applicant-fraud indicators.
//!
//! `source → Ast → Checked → Program → Verdict`, by the verbs `parse`, `check`, `compile`, `evaluate`.

mod domain;
mod truth;

pub use truth::Truth;
