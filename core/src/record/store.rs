//! The cells of one record. One store serves record after record and keeps its buffers.

use super::{Cell, Layout, Raw};
use std::fmt::Write as _;

/// The place of a cell: an arena and an index in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Address {
    /// Arena 0 holds the root record.
    pub arena: u16,
    /// Index of the cell.
    pub index: u32,
}

impl Address {
    /// The cell `offset` further on.
    #[inline]
    pub(crate) fn plus(self, offset: u32) -> Self {
        Self { arena: self.arena, index: self.index.wrapping_add(offset) }
    }
}

/// A field that could not be read as its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Its path, with indexes.
    pub path: String,
    /// What was expected: a type of the language.
    pub expected: String,
    /// What was found, shortened; JSON text.
    pub found: String,
}

/// One bound record.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The cells by arena.
    pub arenas: Vec<Vec<Cell>>,
    /// All text that cells point to.
    pub text: String,
    /// Fields that could not be read.
    pub problems: Vec<Problem>,
    /// How many problems were left out.
    pub more_problems: usize,
}

impl Record {
    /// Empties the store and makes room for a record of this layout: every cell is missing.
    pub(crate) fn clear(&mut self, layout: &Layout) {
        self.text.clear();
        self.problems.clear();
        self.more_problems = 0;
        self.arenas.resize_with(usize::from(layout.arenas).max(1), Vec::new);
        for arena in &mut self.arenas {
            arena.clear();
        }
        if let Some(root) = self.arenas.first_mut() {
            root.resize(layout.shape(0).width as usize, Cell::default());
        }
    }

    /// The cell at an address; a missing one if there is none.
    #[inline]
    pub(crate) fn cell(&self, at: Address) -> &Cell {
        static NOTHING: Cell = Cell::MISSING;
        self.arenas.get(usize::from(at.arena)).and_then(|arena| arena.get(at.index as usize)).unwrap_or(&NOTHING)
    }

    /// The cell at an address, to write to.
    pub(crate) fn cell_mut(&mut self, at: Address) -> Option<&mut Cell> {
        self.arenas.get_mut(usize::from(at.arena))?.get_mut(at.index as usize)
    }

    /// Appends `count` missing cells to an arena and returns the index of the first.
    pub(crate) fn grow(&mut self, arena: u16, count: u32) -> u32 {
        match self.arenas.get_mut(usize::from(arena)) {
            Some(cells) => {
                let first = cells.len();
                cells.resize(first + count as usize, Cell::default());
                u32::try_from(first).unwrap_or(u32::MAX)
            }
            None => 0,
        }
    }

    /// The text of a range.
    #[inline]
    pub(crate) fn text(&self, raw: Raw) -> &str {
        let start = raw.start as usize;
        self.text.get(start..start + raw.len as usize).unwrap_or("")
    }

    /// The text of a cell with the white space around it.
    pub(crate) fn written(&self, cell: &Cell) -> &str {
        let start = cell.raw.start.saturating_sub(u32::from(cell.trimmed_before)) as usize;
        let end = (cell.raw.start as usize) + (cell.raw.len as usize) + usize::from(cell.trimmed_after);
        self.text.get(start..end).unwrap_or_else(|| self.text(cell.raw))
    }

    /// Appends text and returns its range.
    pub(crate) fn push_text(&mut self, text: &str) -> Raw {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        Raw { start, len: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    /// The same of a whole number.
    pub(crate) fn push_integer(&mut self, number: i64) -> Raw {
        // Years, counts and small ids are most of them.
        let Ok(mut left @ 0..=9999) = u16::try_from(number) else { return self.push_display(format_args!("{number}")) };
        let mut digits = [0u8; 4];
        let mut count = 0;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
            count += 1;
            if left == 0 {
                break;
            }
        }
        let start = self.text.len();
        self.text.extend(digits.iter().skip(4 - count).map(|digit| char::from(*digit)));
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Raw { start: place(start), len: place(count) }
    }

    /// The same of anything that prints itself.
    pub(crate) fn push_display(&mut self, written: std::fmt::Arguments<'_>) -> Raw {
        let start = self.text.len();
        let _ = self.text.write_fmt(written);
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Raw { start: place(start), len: place(self.text.len() - start) }
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn whole_numbers_are_written_as_they_print() {
        for number in [0, 7, 10, 99, 100, 2026, 9999, 10_000, -1, i64::MIN, i64::MAX] {
            let mut record = Record { text: "before".to_owned(), ..Record::default() };
            let raw = record.push_integer(number);
            assert_eq!(record.text(raw), number.to_string());
        }
    }
}
