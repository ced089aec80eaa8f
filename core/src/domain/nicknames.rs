//! Short forms of given names: `core/data/nicknames.csv` and `nicknames_further.csv`, whose sources and licences stand in their
//! first lines.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A given name, or a short form of one.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Tells it from others.
    number: u32,
    /// The numbers of its short forms.
    short: Vec<u32>,
    /// Bits by those numbers, some sharing one.
    bits: u64,
}

static KNOWN: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let files = [include_str!("../../data/nicknames.csv"), include_str!("../../data/nicknames_further.csv")];
    let lines = files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'));
    let mut known: FxHashMap<&str, Known> = FxHashMap::default();
    for (name, short) in lines.filter_map(|line| line.split_once(',')) {
        for short in short.split(',') {
            let number = number_of(&mut known, short).number;
            let name = number_of(&mut known, name);
            name.short.push(number);
            name.bits |= 1 << (number % 64);
        }
    }
    known
});

fn number_of<'k>(known: &'k mut FxHashMap<&'static str, Known>, name: &'static str) -> &'k mut Known {
    let number = u32::try_from(known.len()).unwrap_or(u32::MAX);
    known.entry(name).or_insert_with(|| Known { number, ..Known::default() })
}

/// What is known of a folded word.
pub(super) fn known(word: &str) -> Option<&'static Known> {
    KNOWN.get(word)
}

impl Known {
    /// Whether one of two is a short form of the other.
    pub(super) fn are_forms_of_one_name(a: &Self, b: &Self) -> bool {
        a.is_short_for(b) || b.is_short_for(a)
    }

    fn is_short_for(&self, name: &Self) -> bool {
        name.bits >> (self.number % 64) & 1 == 1 && name.short.contains(&self.number)
    }
}
