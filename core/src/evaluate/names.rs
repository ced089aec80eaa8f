//! Names prepared for `agrees with`, each once per record, whichever indicators compare it and with how many others.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::domain::names::{Kind, Name, agree};
use crate::truth::Truth;

/// The names of one record that were compared so far.
#[derive(Debug, Default)]
pub(crate) struct Names {
    prepared: Vec<Name>,
    /// Which of them lie at a place of the record's text: its start, with length and kind.
    given: FxHashMap<u64, u32>,
    /// Which of them are of the ruleset, or made of what was given.
    others: BTreeMap<(bool, Box<[u8]>), u32>,
    /// How many were compared.
    compared: usize,
    /// What comparing them has led to, once they are many: in each place the last that belongs there.
    told: Vec<Option<Told>>,
}

/// From so many comparisons on, so many are remembered: an application with so many has long lists, which several indicators
/// compare, and each of them again for its reasons.
const REMEMBERED: [(usize, usize); 2] = [(1 << 10, 1 << 16), (1 << 16, 1 << 20)];

/// Two names by their numbers, and whether they agree.
type Told = (u32, u32, Truth);

impl Names {
    /// Forgets the names of the record before.
    pub(super) fn clear(&mut self) {
        self.prepared.clear();
        self.given.clear();
        self.others.clear();
        self.compared = 0;
        self.told.clear();
    }

    /// Whether two names agree.
    pub(super) fn agree(&mut self, record: &str, kind: Kind, a: &[u8], b: &[u8]) -> Truth {
        let (a, b) = (self.prepare(record, kind, a), self.prepare(record, kind, b));
        let place = place_of(a, b, self.told.len());
        if let Some(Some((first, second, truth))) = self.told.get(place)
            && (*first, *second) == (a, b)
        {
            return *truth;
        }
        let truth = match (self.prepared.get(a as usize), self.prepared.get(b as usize)) {
            (Some(a), Some(b)) => agree(a, b),
            _ => Truth::Unknown,
        };
        self.compared += 1;
        if let Some((_, places)) = REMEMBERED.iter().find(|(many, _)| *many == self.compared) {
            self.told.clear();
            self.told.resize(*places, None);
        } else if let Some(told) = self.told.get_mut(place) {
            *told = Some((a, b, truth));
        }
        truth
    }

    /// How many names were prepared for this record, and how many comparisons of them made.
    #[cfg(test)]
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.prepared.len(), self.compared)
    }

    /// Where the name is kept.
    fn prepare(&mut self, record: &str, kind: Kind, text: &[u8]) -> u32 {
        let next = u32::try_from(self.prepared.len()).unwrap_or(u32::MAX);
        let is_person = kind == Kind::Person;
        let found = match place(record.as_bytes(), text) {
            Some((start, length)) => {
                *self.given.entry(start << 32 | length << 1 | u64::from(is_person)).or_insert(next)
            }
            None => *self.others.entry((is_person, text.into())).or_insert(next),
        };
        if found == next {
            self.prepared.push(Name::of(std::str::from_utf8(text).unwrap_or_default(), kind));
        }
        found
    }
}

/// The place of what two names have led to, among so many (a power of two, or none).
fn place_of(a: u32, b: u32, places: usize) -> usize {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(MIX);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(MIX);
    (mixed >> 40) as usize & places.wrapping_sub(1)
}

/// Start and length of a text that lies in another.
fn place(whole: &[u8], part: &[u8]) -> Option<(u64, u64)> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let lies_in = start.checked_add(part.len()).is_some_and(|end| end <= whole.len());
    lies_in.then_some((start as u64, part.len() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists of names against each other, asked again and again: each name is prepared once, and what is many is not compared
    /// anew each time.
    #[test]
    fn each_name_is_prepared_once_and_many_pairs_are_remembered() {
        let schools: Vec<String> = (0..100).map(|number| format!("School {number} of Mönchengladbach")).collect();
        let record = schools.join("");
        let given = record.split_inclusive("bach").collect::<Vec<_>>();
        let mut names = Names::default();
        let ask = |names: &mut Names| {
            for a in &given {
                for b in &given {
                    names.agree(&record, Kind::Organisation, a.as_bytes(), b.as_bytes());
                }
            }
        };
        ask(&mut names);
        assert_eq!(names.counts(), (100, 10_000));
        for _ in 0..10 {
            ask(&mut names);
        }
        let (prepared, compared) = names.counts();
        assert_eq!(prepared, 100);
        assert!(compared < 30_000, "{compared} of 110,000 comparisons were made");
        names.clear();
        assert_eq!(names.counts(), (0, 0));
    }

    /// A text of the ruleset and an equal one of the record are two names, of one kind or the other.
    #[test]
    fn names_of_the_ruleset_are_kept_by_their_text() {
        let (record, school) = ("Ada Lovelace Lyceum", String::from("Lovelace Ada"));
        let mut names = Names::default();
        for _ in 0..3 {
            for kind in [Kind::Person, Kind::Organisation] {
                names.agree(record, kind, record.get(..12).unwrap_or_default().as_bytes(), school.as_bytes());
            }
        }
        assert_eq!(names.counts().0, 4);
    }
}
