//! The built program, run as a user runs it: what it prints, and how it ends.

mod authoring;
mod documents;
#[cfg(unix)]
mod endings;
#[cfg(test)]
mod harness;
mod hostile;
mod lists;
mod readme;
mod screen;
mod usage;
