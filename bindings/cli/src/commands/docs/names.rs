//! What the pages are called: no two alike, whatever file system they come to, and none longer than any of them takes.

use super::document::Place;
use std::collections::BTreeMap;

/// Longest name without its ending, in bytes: most systems take 255, and some count the folders before it.
const LONGEST: usize = 120;
/// Letters of the mark behind names that had to be changed: `-` and a number.
const MARK: usize = 17;

/// The names of the files of a catalogue.
#[derive(Debug)]
pub(super) struct Names {
    /// The overview, as the format calls it.
    index: &'static str,
    ending: &'static str,
    /// How many indicators have an id, but for case.
    alike: BTreeMap<String, usize>,
}

impl Names {
    /// The names of pages on these indicators.
    pub(super) fn of<'i>(ids: impl Iterator<Item = &'i str>, index: &'static str, ending: &'static str) -> Self {
        let mut alike = BTreeMap::new();
        for id in ids {
            *alike.entry(id.to_ascii_lowercase()).or_default() += 1;
        }
        Self { index, ending, alike }
    }

    /// The file of a page.
    pub(super) fn file(&self, place: Place<'_>) -> String {
        // Ids have no hyphen, so that nothing here is called as an indicator is.
        let stem = match place {
            Place::Index => self.index.to_owned(),
            Place::Outcomes => "all-outcomes".to_owned(),
            Place::Lists => "all-lists".to_owned(),
            Place::Names => "all-names".to_owned(),
            Place::Fields => "all-fields".to_owned(),
            Place::Indicator(id) => self.stem(id),
        };
        format!("{stem}.{}", self.ending)
    }

    fn stem(&self, id: &str) -> String {
        let lower = id.to_ascii_lowercase();
        let stem = if is_taken(&lower) { format!("{id}-indicator") } else { id.to_owned() };
        let alone = self.alike.get(&lower).is_none_or(|count| *count < 2);
        if alone && stem.len() <= LONGEST {
            return stem;
        }
        // Ids are ASCII.
        format!("{}-{:016x}", stem.get(..LONGEST - MARK).unwrap_or(&stem), mark(id))
    }
}

/// Whether a file can't be called so: it is the overview's name, or one that Windows keeps for devices.
fn is_taken(lower: &str) -> bool {
    let numbered = |name: &str| lower.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest != "0");
    matches!(lower, "readme" | "index" | "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// A number made of an id (FNV-1a): the same on every system and in every version.
fn mark(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{Names, Place};
    use std::collections::BTreeSet;

    fn file(id: &str, ids: &[&str]) -> String {
        Names::of(ids.iter().copied(), "README", "md").file(Place::Indicator(id))
    }

    #[test]
    fn no_indicator_takes_the_name_of_another_page() {
        for id in ["index", "readme", "README", "Index", "com1", "Nul"] {
            assert_eq!(file(id, &[id]), format!("{id}-indicator.md"));
        }
        assert_eq!(file("company", &["company"]), "company.md");
        assert_eq!(Names::of([].into_iter(), "index", "html").file(Place::Index), "index.html");
    }

    #[test]
    fn ids_that_differ_in_case_alone_have_names_that_differ_in_more() {
        let ids = ["phone", "Phone", "PHONE", "readme", "Readme", "other"];
        let files: BTreeSet<String> = ids.iter().map(|id| file(id, &ids).to_lowercase()).collect();
        assert_eq!(files.len(), ids.len(), "{files:?}");
        assert_eq!(file("other", &ids), "other.md");
    }

    #[test]
    fn long_ids_are_cut_and_stay_apart() {
        let (one, two) = ("a".repeat(300), format!("{}b", "a".repeat(299)));
        let (first, second) = (file(&one, &[]), file(&two, &[]));
        assert!(first != second && first.len() == 123 && second.len() == 123, "{first} {second}");
        let longest = "a".repeat(120);
        assert_eq!(file(&longest, &[]), format!("{longest}.md"));
    }
}
