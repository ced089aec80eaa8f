//! The input side: records as bytes or values, read straight into the slots of a program.
//!
//! Every front end ends in the same cells. `scan`, `strings`, `numbers` and `skip` know JSON's tokens, `json` puts them
//! into slots in one pass, `value` does the same for values that are already in memory (`node` says what those are), and `bind` is the one place where
//! a scalar becomes a cell. `report` lists what could not be read, `dump` gives back what was written, `lines` takes files
//! of JSON Lines apart. Nothing here knows a rule.

mod bind;
mod dump;
mod json;
mod lines;
mod node;
mod numbers;
mod report;
mod scan;
mod skip;
mod strings;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use bind::{declared_code, is_plain_text};
#[cfg(test)]
pub(crate) use dump::dump_record;
pub(crate) use dump::{cell_value, dump_element, raw_value};
pub(crate) use json::bind_json;
pub use lines::{JsonLines, Line};
pub use node::{Fields, Kind, Node};
pub(crate) use value::bind_value;

use crate::limits::Limits;
use crate::record::{Cell, Raw, Scalar};

/// The cell that a string becomes, without a place for its text.
#[inline]
pub(crate) fn cell_of_text(scalar: &Scalar, text: &str, limits: &Limits) -> Cell {
    bind::text(scalar, text, Raw::default(), limits)
}

/// The cell that a number becomes, without a place for its text.
#[inline]
pub(crate) fn cell_of_number(value: f64) -> Cell {
    bind::number(value, Raw::default())
}
