//! What a caller may choose per screening.

use crate::limits::Limits;

/// Options of a screening. The same options, ruleset and record give the same verdict, byte for byte.
///
/// ```
/// let options = indicia::ScreenOptions::default().with_as_of("2024-05-31");
/// assert_eq!(options.as_of.as_deref(), Some("2024-05-31"));
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ScreenOptions {
    /// The day of the evaluation, as `2024-05-31`; it wins over the record's `submitted`. The clock is never asked.
    pub as_of: Option<String>,
    /// Replaces every value from the application by a hash under this key.
    pub redact_key: Option<Vec<u8>>,
    /// The key of `hash of` lists.
    pub list_key: Option<Vec<u8>>,
    /// Limits on the record.
    pub limits: Limits,
}

impl ScreenOptions {
    /// Sets the day of the evaluation, as `2024-05-31`.
    #[must_use]
    pub fn with_as_of(mut self, day: impl Into<String>) -> Self {
        self.as_of = Some(day.into());
        self
    }

    /// Replaces every value from the application by a keyed hash.
    #[must_use]
    pub fn with_redact_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.redact_key = Some(key.into());
        self
    }

    /// Sets the key of `hash of` lists.
    #[must_use]
    pub fn with_list_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.list_key = Some(key.into());
        self
    }

    /// Sets the limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}
