//! The peers' work: the same indicators in hand-written Rust and in Indicia, over the same applicants. See `../README.md`.
//!
//! `hand` and `scan` are the limit that everything is measured against; what they panic on is broken data of our own.

pub mod hand;
pub mod rules;
pub mod scan;

use std::path::Path;

/// Which rules run. A verdict is a bit mask: bit k-1 set = rule k raised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Set {
    /// Rules 1 to 6: comparisons of scalars and one list.
    Scalar6,
    /// Rules 1 to 12: and strings, and "any element of a list".
    Common12,
    /// Rules 1 to 19 without 17: and dates, pairs, names from outside of a list.
    Most19,
    /// Rules 1 to 20 without 17: and a regular expression.
    Full20,
}

impl Set {
    /// All sets.
    pub const ALL: [Set; 4] = [Set::Scalar6, Set::Common12, Set::Most19, Set::Full20];

    /// The number of the last rule.
    pub fn count(self) -> usize {
        match self {
            Set::Scalar6 => 6,
            Set::Common12 => 12,
            Set::Most19 => 19,
            Set::Full20 => 20,
        }
    }

    /// The bits of its rules.
    pub fn mask(self) -> u32 {
        (1 << self.count()) - 1
    }
}

/// The lists, as the generator wrote them.
#[derive(serde::Deserialize)]
pub struct Refs {
    pub disposable: Vec<String>,
    pub mills: Vec<String>,
    pub hashes: Vec<String>,
    pub prefix: std::collections::BTreeMap<String, String>,
}

/// What `gen.py` and `reference.py` wrote.
pub struct Data {
    pub jsonl: Vec<u8>,
    pub expected: Vec<u32>,
    pub refs: Refs,
}

impl Data {
    /// Reads a folder of generated data.
    pub fn read(folder: &Path) -> Data {
        let read = |name: &str| {
            std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e} (run gen.py and reference.py)"))
        };
        Data {
            jsonl: read("applicants.jsonl"),
            expected: read("expected.bin").chunks_exact(4).map(|c| u32::from_le_bytes(c.try_into().unwrap())).collect(),
            refs: serde_json::from_slice(&read("refs.json")).unwrap(),
        }
    }

    /// The first `n` lines.
    pub fn lines(&self, n: usize) -> Vec<&[u8]> {
        let mut at = 0;
        let all = memchr::memchr_iter(b'\n', &self.jsonl).map(move |end| {
            let line = &self.jsonl[at..end];
            at = end + 1;
            line
        });
        all.take(n).collect()
    }
}

/// Everything inside is what callgrind counts (`--toggle-collect=measured_region`).
#[inline(never)]
#[unsafe(no_mangle)]
pub fn measured_region(f: &mut dyn FnMut()) {
    f();
    std::hint::black_box(());
}
