//! Limits on source text, checked before anything recurses: hostile input gives an error, never a crash.

/// Limits of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The greatest size of a source file in bytes.
    pub max_source_bytes: usize,
    /// The greatest depth of nested brackets, operators and quantifiers; at most [`Limits::MAX_DEPTH`] has an effect.
    pub max_depth: usize,
    /// How many diagnostics a file gives at most; one more says that there are others.
    pub max_diagnostics: usize,
}

impl Limits {
    /// The depth that a 512 KiB stack is tested to bear in an unoptimised build.
    pub const MAX_DEPTH: usize = 128;

    /// The limits that [`parse`](crate::parse) uses.
    pub const DEFAULT: Self = Self { max_source_bytes: 1 << 20, max_depth: Self::MAX_DEPTH, max_diagnostics: 200 };

    /// The default limits with another greatest source size.
    #[must_use]
    pub const fn with_max_source_bytes(mut self, bytes: usize) -> Self {
        self.max_source_bytes = bytes;
        self
    }

    /// The default limits with another greatest depth.
    #[must_use]
    pub const fn with_max_depth(mut self, depth: usize) -> Self {
        self.max_depth = if depth < Self::MAX_DEPTH { depth } else { Self::MAX_DEPTH };
        self
    }

    /// The default limits with another greatest number of diagnostics.
    #[must_use]
    pub const fn with_max_diagnostics(mut self, diagnostics: usize) -> Self {
        self.max_diagnostics = diagnostics;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
