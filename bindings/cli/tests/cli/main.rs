//! The built program, run as a user runs it: what it prints, and how it ends.

mod authoring;
#[cfg(test)]
mod beside;
#[cfg(test)]
mod broken;
#[cfg(test)]
mod docs;
mod documents;
#[cfg(unix)]
mod endings;
#[cfg(test)]
mod envelopes;
#[cfg(unix)]
#[cfg(test)]
mod files;
#[cfg(test)]
mod harness;
mod hostile;
mod lists;
#[cfg(test)]
mod mappings;
#[cfg(test)]
mod pages;
mod readme;
mod screen;
#[cfg(test)]
mod tables;
mod usage;
