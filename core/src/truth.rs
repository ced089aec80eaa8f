//! Three-valued truth (Kleene's strong logic): the only logic the evaluator has.

use serde::{Deserialize, Serialize};

/// True, false, or not to be known from what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// Surely false.
    False,
    /// Not decided by what is given.
    Unknown,
    /// Surely true.
    True,
}

impl Truth {
    /// The weaker of the two: Kleene's `and`.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// The stronger of the two: Kleene's `or`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Kleene's `not`: unknown stays unknown.
    #[expect(clippy::should_implement_trait, reason = "`!` on a three-valued truth would read as two-valued")]
    #[must_use]
    pub fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Whether it is surely true.
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Whether it is surely false.
    pub fn is_false(self) -> bool {
        self == Self::False
    }

    /// Whether it is undecided.
    pub fn is_unknown(self) -> bool {
        self == Self::Unknown
    }

    /// `true`, `false` or `unknown`.
    pub fn word(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}
