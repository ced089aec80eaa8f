//! Which truths a condition can have at all, over every record.

/// A set of truths. Unknown comes in two kinds: because something is missing, or because what is there does not decide
/// (a partial date). Only the first lets a condition count as constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Truths(u8);

const TRUE: u8 = 0b0001;
const FALSE: u8 = 0b0010;
const UNKNOWN: u8 = 0b1100;
const MEMBERS: [u8; 4] = [TRUE, FALSE, 0b0100, 0b1000];

impl Truths {
    pub(super) const NONE: Self = Self(0);
    pub(super) const TRUE: Self = Self(TRUE);
    pub(super) const FALSE: Self = Self(FALSE);
    /// Unknown, since something is missing or can't be read.
    pub(super) const LACKING: Self = Self(0b0100);
    /// Unknown, though everything is there.
    pub(super) const OPEN: Self = Self(0b1000);
    /// Anything, for a condition that is only unknown for want of something.
    pub(super) const SURE: Self = Self(0b0111);
    pub(super) const ANY: Self = Self(0b1111);

    pub(super) fn of(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }

    pub(super) fn or_also(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether it is true, or false, whatever the record holds and says enough.
    pub(super) fn is_constant(self) -> bool {
        let decided = self.without(Self::LACKING);
        decided == Self::TRUE || decided == Self::FALSE
    }

    pub(super) fn not(self) -> Self {
        let swapped = ((self.0 & TRUE) << 1) | ((self.0 & FALSE) >> 1);
        Self((self.0 & UNKNOWN) | swapped)
    }

    pub(super) fn and(self, other: Self) -> Self {
        self.pairs(other, |a, b| match (a, b) {
            (FALSE, _) | (_, FALSE) => FALSE,
            (TRUE, other) | (other, TRUE) => other,
            (a, b) => a | b,
        })
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    pub(super) fn known(self) -> Self {
        let mut out = Self(0);
        if self.has(Self::TRUE) {
            out = out.or_also(Self::TRUE);
        }
        if !self.within(Self::TRUE) {
            out = out.or_also(Self::FALSE);
        }
        out
    }

    fn pairs(self, other: Self, combine: impl Fn(u8, u8) -> u8) -> Self {
        let mut out = 0;
        for a in MEMBERS.into_iter().filter(|a| self.0 & a != 0) {
            for b in MEMBERS.into_iter().filter(|b| other.0 & b != 0) {
                out |= combine(a, b);
            }
        }
        Self(out)
    }
}
