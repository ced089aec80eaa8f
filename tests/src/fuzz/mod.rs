//! What has to hold of arbitrary input: one function a fuzz target, from bytes to what is wrong. `tests/fuzz` calls them under
//! libFuzzer, and an ordinary test over the seeds and small changes of them.
//!
//! - `text`: parsing and formatting. `ruleset`: checking and compiling. `screening`: records, documents and mappings.
//!   `bundle`: files that claim to be bundles.
//! - `places`: what holds of every diagnostic. `operators`: a ruleset with every operator.
//! - `seeds`: what to start from, taken from the repository's own files. `change`: how an ordinary test changes it.

mod bundle;
pub mod change;
pub mod operators;
mod places;
mod ruleset;
mod screening;
pub mod seeds;
mod text;

pub use bundle::load;
pub use ruleset::compile;
pub use screening::screen;
pub use text::{format, parse, round_trip, tree};

/// What is claimed of some bytes: nothing, or what is wrong.
pub type Claim = fn(&[u8]) -> Result<(), String>;

/// The fuzz targets by name.
pub const TARGETS: [(&str, Claim); 5] =
    [("parse", parse), ("format", format), ("compile", compile), ("screen", screen), ("bundle", load)];

/// Nothing, or what is wrong.
fn holds(claim: bool, wrong: impl FnOnce() -> String) -> Result<(), String> {
    if claim { Ok(()) } else { Err(wrong()) }
}

/// Nothing if both are equal, or both of them.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, one: &T, other: &T) -> Result<(), String> {
    holds(one == other, || format!("{what}:\n{one:?}\n{other:?}"))
}
