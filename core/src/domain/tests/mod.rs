//! Tests of the domain values, one file a value.

mod addresses;
mod countries;
mod dates;
mod names;
mod phones;
mod texts;
mod totality;

use super::length::Length;

/// Lengths as a rule writes them.
impl Length {
    pub(crate) fn months(months: i64) -> Self {
        Self { months, ..Self::ZERO }
    }

    pub(crate) fn years(years: i64) -> Self {
        Self::months(years.saturating_mul(12))
    }

    pub(crate) fn hours(hours: i64) -> Self {
        Self { micros: hours.saturating_mul(3_600_000_000), ..Self::ZERO }
    }
}
