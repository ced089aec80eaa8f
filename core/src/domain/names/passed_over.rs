//! Words that are passed over as long as a word is left: first those of the first list of a kind, then those of the second.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Kind;
use crate::domain::organisation_words::{LEGAL_FORMS, SMALL_WORDS};

/// Titles, degrees and generations. Left out on purpose: those that are common names too (MA, DO, JD, MD first).
const TITLES: &[&str] = &[
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "sir",
    "dame",
    "rev",
    "hon",
    "ing",
    "dipl",
    "herr",
    "frau",
    "mme",
    "mlle",
    "sr",
    "sra",
    "srta",
    "jr",
    "junior",
    "senior",
    "ii",
    "iii",
    "iv",
    "phd",
    "dphil",
    "mba",
    "bsc",
    "msc",
    "beng",
    "meng",
    "esq",
    "cpa",
    "pmp",
    "cfa",
    "dds",
];
/// Particles of family names.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "dos", "da", "di", "la", "bin", "ibn", "bint", "al", "el", "ter",
    "zu", "y",
];

type Lists = FxHashMap<&'static str, u8>;

/// In which of two lists a word is, a bit for each.
fn lists(lists: [&[&'static str]; 2]) -> Lists {
    let mut found = Lists::default();
    for (bit, list) in [1, 2].into_iter().zip(lists) {
        for word in list {
            *found.entry(word).or_default() |= bit;
        }
    }
    found
}

static OF_PEOPLE: LazyLock<Lists> = LazyLock::new(|| lists([TITLES, PARTICLES]));
static OF_ORGANISATIONS: LazyLock<Lists> = LazyLock::new(|| lists([LEGAL_FORMS, SMALL_WORDS]));

/// In which of the two lists a folded word is, a bit for each.
pub(super) fn passed_over(word: &str, kind: Kind) -> u8 {
    let lists = match kind {
        Kind::Person => &OF_PEOPLE,
        Kind::Organisation => &OF_ORGANISATIONS,
    };
    lists.get(word).copied().unwrap_or_default()
}
