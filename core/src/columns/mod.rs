//! `columns`: many applications at once, from columns as data frames have them.
//!
//! The steps of the short road (see [`crate::quick`]) are taken one after the other, each over all rows of a batch: what a
//! step costs beside its comparisons is paid once a batch. Values are read into columns of their own, the same types by the
//! same functions as in [`crate::input`], only without cells; lists lie flat, with the rows that own them beside. A truth is
//! a bit of three masks: true, false, or *far*: for the other road. Whatever is unusual is far, and the row with it: it is to be
//! read and judged by itself. So, as on the short road, only answers have to be right.
//!
//! `read` makes the columns, `states`, `masks` and `lanes` are what steps work on, `steps`, `values`, `texts` and `lists` take them,
//! `judge` adds up.

mod judge;
mod lanes;
mod lists;
mod masks;
mod read;
mod states;
mod steps;
mod texts;
mod values;

pub use judge::{Judged, Judgements};

pub(crate) use judge::judge;

use std::ops::Range;

/// A column of the host's, for [`Ruleset::judge_columns`](crate::Ruleset::judge_columns): values of one type, or records or lists of other
/// columns, by row.
///
/// Each method but [`Column::field`] and [`Column::records`] says whether the column has values of that kind, and visits those of some rows in
/// their order: `None` for those that are missing. Numbers that are none (NaN) are missing as well. `false` means that nothing
/// was visited.
///
/// ```
/// use indicia::{Column, Ruleset, ScreenOptions, Sources};
/// use std::ops::Range;
///
/// /// Columns of text, by name.
/// enum Sheet<'a> { Table(Vec<(&'a str, Sheet<'a>)>), Texts(Vec<Option<&'a str>>) }
///
/// impl<'a> Column<'a> for Sheet<'a> {
///     fn field(&self, key: &str) -> Option<&Self> {
///         let Sheet::Table(columns) = self else { return None };
///         columns.iter().find(|(name, _)| *name == key).map(|(_, column)| column)
///     }
///     fn records(&self, rows: Range<usize>, visit: impl FnMut(bool)) -> bool {
///         matches!(self, Sheet::Table(_)) && { rows.map(|_| true).for_each(visit); true }
///     }
///     fn texts(&self, rows: Range<usize>, visit: impl FnMut(Option<&'a str>)) -> bool {
///         let Sheet::Texts(texts) = self else { return false };
///         texts[rows].iter().copied().for_each(visit);
///         true
///     }
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let rules = r#"language 1
///   record application { id: text, phone: text }
///   indicator no_phone "No phone" { category contact
///     severity low
///     when phone is missing }
///   decide { categories contact
///     weights info 1, low 5, medium 12, high 25
///     outcomes clear, review
///     outcome review when score >= 5 }"#;
/// let ruleset = Ruleset::from_sources(&Sources::single(rules))?;
/// let sheet = Sheet::Table(vec![("phone", Sheet::Texts(vec![Some("+41 44 668 18 00"), None]))]);
/// let judged = ruleset.judge_columns(&sheet, 0..2, &ScreenOptions::default())?;
/// let outcomes: Vec<_> = (0..2).filter_map(|row| Some(judged.row(row)?.outcome())).collect();
/// assert_eq!(outcomes, ["clear", "review"]);
/// # Ok(())
/// # }
/// ```
pub trait Column<'a> {
    /// Texts.
    fn texts(&self, rows: Range<usize>, visit: impl FnMut(Option<&'a str>)) -> bool {
        let _ = (rows, visit);
        false
    }

    /// Numbers. A whole number that a double does not hold is to be visited as an infinite one.
    fn numbers(&self, rows: Range<usize>, visit: impl FnMut(Option<f64>)) -> bool {
        let _ = (rows, visit);
        false
    }

    /// Bools.
    fn bools(&self, rows: Range<usize>, visit: impl FnMut(Option<bool>)) -> bool {
        let _ = (rows, visit);
        false
    }

    /// Days since 1970-01-01.
    fn days(&self, rows: Range<usize>, visit: impl FnMut(Option<i32>)) -> bool {
        let _ = (rows, visit);
        false
    }

    /// Records, and for each whether it is there.
    fn records(&self, rows: Range<usize>, visit: impl FnMut(bool)) -> bool {
        let _ = (rows, visit);
        false
    }

    /// A field of the records: by its key in the input, as in [`Fields::keys`](crate::Fields::keys).
    fn field(&self, key: &str) -> Option<&Self> {
        let _ = key;
        None
    }

    /// Lists: for each the rows that its elements are in the column that comes back.
    fn lists(&self, rows: Range<usize>, visit: impl FnMut(Option<Range<usize>>)) -> Option<&Self> {
        let _ = (rows, visit);
        None
    }

    /// Values that the ruleset's type may have, in a form that nothing here tells of, such as times, and for each whether it is there. Rows
    /// whose indicators look at one are left.
    fn others(&self, rows: Range<usize>, visit: impl FnMut(bool)) -> bool {
        let _ = (rows, visit);
        false
    }

    /// Whether all values are missing, whatever their type.
    fn is_empty(&self) -> bool {
        false
    }
}
