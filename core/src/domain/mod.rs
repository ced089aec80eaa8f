//! Domain values: phones, mail addresses, dates, names. Each total: any text in, a value or a finding out.
//!
//! One value a file; nothing here knows of records, rules or evaluation.

pub(crate) mod country;
pub(crate) mod date;
mod east_asian;
pub(crate) mod edits;
pub(crate) mod email;
pub(crate) mod host;
pub(crate) mod instant;
pub(crate) mod ip;
pub(crate) mod length;
pub(crate) mod names;
pub(crate) mod network;
mod nicknames;
mod organisation_words;
pub(crate) mod period;
pub(crate) mod phone;
mod sounds;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod url;
pub(crate) mod words;
