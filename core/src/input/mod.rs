//! The input side: records as bytes or values, read straight into the slots of a program.
//!
//! Every front end ends in the same cells. `scan` knows JSON's tokens, `json` puts them into slots in one pass, `value`
//! does the same for values that are already in memory, and `bind` is the one place where a scalar becomes a cell.
//! `report` lists what could not be read, `dump` gives back what was written. `lines`, `csv` and `yaml` take files apart.
//! Nothing here knows a rule.

mod bind;
mod dump;
mod json;
mod report;
mod scan;
mod skip;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use dump::{dump_element, dump_field, dump_record, raw_value};
pub(crate) use json::bind_json;
pub(crate) use value::{Kind, Node, bind_value};
