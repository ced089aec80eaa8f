//! Columns of Arrow in, columns of verdicts out, without a copy of what is Arrow already.
//!
//! `plan` finds the fields of the record among the columns, once a table; `column` reads a row of them; `verdicts` are the
//! columns that come out, `rows` puts them together; `place` finds the column of an error; `capsule` is Arrow's interface of capsules,
//! by which tables cross between libraries. `source` gives chunks of tables or lines, `work` screens one, `run` all of them in
//! threads, and `screen` is what Python calls.

mod batch;
mod capsule;
mod column;
mod place;
mod plan;
mod rows;
mod run;
mod screen;
mod source;
mod verdicts;
mod work;

pub(crate) use capsule::Frame;
pub(crate) use screen::Plan;
