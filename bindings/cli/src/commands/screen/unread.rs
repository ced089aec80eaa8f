//! What folders hold that was not read: other files, documents that no mapping asks for, and those with the name of another.

use super::evaluation::Prepared;
use crate::console::Console;
use crate::input::Unread;
use crate::render::values::short;
use crate::wrap::{counted, grouped};
use std::collections::BTreeMap;

/// Names that are told one by one.
const TOLD: usize = 12;
/// Distinct names that are kept to be counted; further ones are counted together.
const KEPT: usize = 1_000;

/// What was not read in a run.
#[derive(Debug, Default)]
pub(crate) struct UnreadFiles {
    /// Whether files are not to be named.
    redacts: bool,
    folders: u64,
    names: BTreeMap<String, u64>,
    /// Names beyond those that are kept.
    more: u64,
    doubled: BTreeMap<(String, String), u64>,
}

impl UnreadFiles {
    /// Files that are counted and not named if `redacts`.
    pub(crate) fn new(redacts: bool) -> Self {
        Self { redacts, ..Self::default() }
    }

    /// Counts what one folder holds.
    pub(crate) fn add(&mut self, unread: Unread) {
        self.folders += u64::from(!unread.names.is_empty());
        for name in unread.names {
            if self.names.len() < KEPT || self.names.contains_key(&name) {
                *self.names.entry(name).or_default() += 1;
            } else {
                self.more += 1;
            }
        }
        for pair in unread.doubled {
            if self.doubled.len() < KEPT || self.doubled.contains_key(&pair) {
                *self.doubled.entry(pair).or_default() += 1;
            }
        }
    }

    /// Tells them: what may be missed as a warning, the rest in one line; nothing if there are none.
    pub(crate) fn print(&self, console: Console) {
        for warning in self.warnings() {
            console.warning(&warning);
        }
        if let Some(line) = self.text() {
            console.note(&line);
        }
    }

    fn warnings(&self) -> Vec<String> {
        let count: u64 = self.doubled.values().sum();
        if self.redacts && count > 0 {
            let documents = counted(count, "document");
            return vec![format!(
                "{documents} not read: another of the same name stands beside it and is read instead"
            )];
        }
        let told = self.doubled.iter().take(TOLD).map(|((unread, read), count)| {
            let folders = if *count > 1 { format!(" in {} folders", grouped(*count)) } else { String::new() };
            let (unread, read) = (short(unread), short(read));
            format!("`{unread}` was not read{folders}: `{read}` has the same name and was read instead")
        });
        let rest = self.doubled.len().saturating_sub(TOLD) as u64;
        let more = (rest > 0).then(|| format!("{} more stand beside one of the same name", counted(rest, "document")));
        told.chain(more).collect()
    }

    fn text(&self) -> Option<String> {
        if self.folders == 0 {
            return None;
        }
        let head = format!("not read in {}", counted(self.folders, "folder"));
        if self.redacts {
            let count = self.names.values().sum::<u64>() + self.more;
            return Some(format!("{head}: {}", counted(count, "file")));
        }
        let told = self.names.iter().take(TOLD).map(|(name, count)| {
            let times = if self.folders > 1 { format!(" {}", grouped(*count)) } else { String::new() };
            format!("`{}`{times}", short(name))
        });
        let told = told.collect::<Vec<_>>().join(", ");
        let rest = self.names.len().saturating_sub(TOLD) as u64 + self.more;
        let more = if rest > 0 { format!(" and {} more", grouped(rest)) } else { String::new() };
        Some(format!("{head}: {told}{more}"))
    }
}

/// Tells what one folder holds.
pub(crate) fn tell(unread: Unread, prepared: &Prepared, console: Console) {
    let mut files = UnreadFiles::new(prepared.redacts());
    files.add(unread);
    files.print(console);
}

#[cfg(test)]
mod tests {
    use super::UnreadFiles;
    use crate::input::Unread;

    #[test]
    fn names_are_counted_over_folders_and_not_told_where_values_are_hidden() {
        let of =
            |names: &[&str]| Unread { names: names.iter().map(|name| (*name).to_owned()).collect(), doubled: vec![] };
        for (redacts, told) in [
            (false, "not read in 2 folders: `Jobs/` 1, `a\\u{202e}.csv` 1, `b.csv` 2"),
            (true, "not read in 2 folders: 4 files"),
        ] {
            let mut files = UnreadFiles::new(redacts);
            files.add(of(&["Jobs/", "a\u{202e}.csv", "b.csv"]));
            files.add(of(&["b.csv"]));
            files.add(of(&[]));
            assert_eq!(files.text().as_deref(), Some(told));
        }
        assert_eq!(UnreadFiles::new(false).text(), None);
    }
}
