//! One slot: state, what was written, and the parsed value.

/// Whether a slot holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum State {
    /// Absent, `null` or blank.
    #[default]
    Missing,
    /// Of the wrong type, or text that can't be read as the field's type.
    Unparsable,
    /// A value.
    Present,
}

/// What was written, as a range of bytes of the record's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Raw {
    /// First byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

/// One slot of a record, 32 bytes, without borrowed data.
///
/// `bits` depends on the field's type: a number's IEEE bits; for a date `first` in the low half and `last` in the high half;
/// for an instant its microseconds; for a list the index of the first element's first cell in the low half and the number of
/// elements in the high half (and `code` 1 if elements beyond the limit were left out). `code` holds the index of a country,
/// the word of a `one of`, 0 or 1 of a `bool`, and a date's precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// Whether there is a value.
    pub state: State,
    /// Whether `raw` is JSON text rather than the text of a string (numbers, bools, values of a wrong type).
    pub raw_is_json: bool,
    /// See above.
    pub code: u16,
    /// Index of the derived value (parsed phone, mail or web address) plus one, or 0 while there is none; of a date its year,
    /// 0 for an open end.
    pub derived: u32,
    /// Index of the words of the text plus one, or 0 while there are none.
    pub words: u32,
    /// Index of the folded text plus one, or 0 while there is none.
    pub folded: u32,
    /// What was written, trimmed of white space at both ends.
    pub raw: Raw,
    /// How many bytes trimming took before it (at most 65,535 are known).
    pub trimmed_before: u16,
    /// How many bytes trimming took after it.
    pub trimmed_after: u16,
    /// See above.
    pub bits: u64,
}

impl Cell {
    /// A slot without a value.
    pub(crate) const MISSING: Self = Self {
        state: State::Missing,
        raw_is_json: false,
        code: 0,
        derived: 0,
        words: 0,
        folded: 0,
        raw: Raw { start: 0, len: 0 },
        trimmed_before: 0,
        trimmed_after: 0,
        bits: 0,
    };

    /// Two halves of `bits`.
    #[inline]
    pub(crate) fn halves(&self) -> (u32, u32) {
        ((self.bits & 0xffff_ffff) as u32, (self.bits >> 32) as u32)
    }

    /// `bits` from two halves.
    pub(crate) fn pack(low: u32, high: u32) -> u64 {
        u64::from(low) | (u64::from(high) << 32)
    }
}
