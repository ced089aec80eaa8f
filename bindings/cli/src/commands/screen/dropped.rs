//! Which protected keys the mappings of a run dropped: by path and ground, in how many records, never with a value.

use crate::console::Console;
use crate::render::values::{safe, short};
use crate::wrap::{counted, grouped};
use indicia::Dropped;
use std::collections::BTreeMap;

/// Paths that are told one by one.
const TOLD: usize = 12;
/// Distinct paths that are kept to be counted; further ones are counted by their ground alone.
const KEPT: usize = 1_000;

/// The protected keys of a run, each with the number of records that had it.
#[derive(Debug, Default)]
pub(crate) struct DroppedKeys {
    /// Whether keys of the input are not to be named.
    redacts: bool,
    records: u64,
    paths: BTreeMap<Dropped, u64>,
    grounds: BTreeMap<String, u64>,
}

impl DroppedKeys {
    /// Keys that are told by their ground alone if `redacts`.
    pub(crate) fn new(redacts: bool) -> Self {
        Self { redacts, ..Self::default() }
    }

    /// Counts what was dropped from one record.
    pub(crate) fn add(&mut self, dropped: Vec<Dropped>) {
        if dropped.is_empty() {
            return;
        }
        self.records += 1;
        for key in dropped {
            *self.grounds.entry(key.ground.clone()).or_default() += 1;
            if self.paths.len() < KEPT || self.paths.contains_key(&key) {
                *self.paths.entry(key).or_default() += 1;
            }
        }
    }

    /// Tells them in one line; nothing if there are none.
    pub(crate) fn print(&self, console: Console) {
        if let Some(line) = self.text() {
            console.note(&line);
        }
    }

    fn text(&self) -> Option<String> {
        if self.records == 0 {
            return None;
        }
        let told: Vec<String> = if self.redacts {
            self.grounds.iter().map(|(ground, count)| format!("{} {}", safe(ground), grouped(*count))).collect()
        } else {
            let paths = self.paths.iter().take(TOLD);
            paths
                .map(|(key, count)| format!("`{}` ({}) {}", short(&key.path), safe(&key.ground), grouped(*count)))
                .collect()
        };
        let rest = if self.redacts { 0 } else { self.paths.len().saturating_sub(TOLD) };
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        Some(format!("protected keys dropped from {}: {}{more}", counted(self.records, "record"), told.join(", ")))
    }
}
