//! Columns of Arrow as the engine takes them when it judges many rows at once.

use super::column::{Column, Times, Values, Written, widened};
use arrow_array::{ArrowPrimitiveType, PrimitiveArray};
use std::ops::Range;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The instants that the engine reads: of the years 1 to 9999.
const INSTANTS: Range<i64> = -62_135_596_800_000_000..253_402_300_800_000_000;

impl<'a> Column<'a> {
    fn each<T>(
        &self,
        rows: Range<usize>,
        value: impl Fn(usize) -> Option<T>,
        mut visit: impl FnMut(Option<T>),
    ) -> bool {
        match self.nulls {
            None => rows.for_each(|row| visit(value(row))),
            Some(nulls) => rows.for_each(|row| visit(if nulls.is_null(row) { None } else { value(row) })),
        }
        true
    }

    fn primitives<T: ArrowPrimitiveType>(
        &self,
        array: &PrimitiveArray<T>,
        rows: Range<usize>,
        number: impl Fn(T::Native) -> f64,
        visit: impl FnMut(Option<f64>),
    ) -> bool {
        let values = array.values();
        self.each(rows, |row| values.get(row).copied().map(&number), visit)
    }

    /// Whether texts of some rows can be read without a look at their bytes: others may hand out what is no UTF-8.
    fn is_text(&self, rows: Range<usize>) -> bool {
        let each = |text: &dyn Fn(usize) -> &'a str| {
            rows.clone().all(|row| self.is_null(row) || std::str::from_utf8(text(row).as_bytes()).is_ok())
        };
        let ascii = |bytes: Option<&[u8]>| bytes.is_some_and(<[u8]>::is_ascii);
        let place = |offset: Option<i64>| offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(usize::MAX);
        match &self.values {
            Values::Text(array) => {
                let at = |row: usize| place(array.value_offsets().get(row).map(|offset| i64::from(*offset)));
                ascii(array.value_data().get(at(rows.start)..at(rows.end))) || each(&|row| array.value(row))
            }
            Values::LargeText(array) => {
                let at = |row: usize| place(array.value_offsets().get(row).copied());
                ascii(array.value_data().get(at(rows.start)..at(rows.end))) || each(&|row| array.value(row))
            }
            Values::TextView(array) => each(&|row| array.value(row)),
            _ => false,
        }
    }

    /// A text by its row.
    fn text(&self, row: usize) -> Option<&'a str> {
        if self.is_null(row) {
            return None;
        }
        match &self.values {
            Values::Text(array) => Some(array.value(row)),
            Values::LargeText(array) => Some(array.value(row)),
            Values::TextView(array) => Some(array.value(row)),
            _ => None,
        }
    }

    /// The days of times that are nothing but days.
    fn whole_days(&self, times: &Times<'_>, rows: Range<usize>) -> Option<Vec<Option<i32>>> {
        let day = |row| {
            let micros = times.micros(row)?;
            i32::try_from(micros / MICROS_PER_DAY).ok().filter(|_| micros % MICROS_PER_DAY == 0)
        };
        rows.map(|row| if self.is_null(row) { Some(None) } else { day(row).map(Some) }).collect()
    }
}

impl<'a> indicia::Column<'a> for Column<'a> {
    fn texts(&self, rows: Range<usize>, visit: impl FnMut(Option<&'a str>)) -> bool {
        let is_text = match &self.values {
            Values::Dictionary(keys, values) => {
                let key = |row| keys.value(row).ok().and_then(|key| usize::try_from(key).ok());
                let known = |row| key(row).is_some_and(|key| key < values.length);
                *values.is_text.get_or_init(|| values.is_text(0..values.length))
                    && rows.clone().all(|row| self.is_null(row) || known(row))
            }
            _ => self.is_text(rows.clone()),
        };
        if !is_text {
            return false;
        }
        match &self.values {
            Values::Text(array) => self.each(rows, |row| Some(array.value(row)), visit),
            Values::LargeText(array) => self.each(rows, |row| Some(array.value(row)), visit),
            Values::TextView(array) => self.each(rows, |row| Some(array.value(row)), visit),
            Values::Dictionary(keys, values) => {
                let key = |row| keys.value(row).ok().and_then(|key| usize::try_from(key).ok());
                self.each(rows, |row| values.text(key(row)?), visit)
            }
            _ => false,
        }
    }

    fn numbers(&self, rows: Range<usize>, visit: impl FnMut(Option<f64>)) -> bool {
        use super::column::Integers;
        #[expect(clippy::cast_precision_loss, reason = "numbers are IEEE doubles, as the language says")]
        let wide = |value: i64| value as f64;
        match &self.values {
            Values::Float64(array) => self.primitives(array, rows, |value| value, visit),
            Values::Float32(array) => self.primitives(array, rows, widened, visit),
            Values::Integers(array) => match array {
                Integers::I8(array) => self.primitives(array, rows, f64::from, visit),
                Integers::I16(array) => self.primitives(array, rows, f64::from, visit),
                Integers::I32(array) => self.primitives(array, rows, f64::from, visit),
                Integers::I64(array) => self.primitives(array, rows, wide, visit),
                Integers::U8(array) => self.primitives(array, rows, f64::from, visit),
                Integers::U16(array) => self.primitives(array, rows, f64::from, visit),
                Integers::U32(array) => self.primitives(array, rows, f64::from, visit),
                Integers::U64(array) => {
                    self.primitives(array, rows, |value| i64::try_from(value).map_or(f64::INFINITY, wide), visit)
                }
            },
            _ => false,
        }
    }

    fn bools(&self, rows: Range<usize>, visit: impl FnMut(Option<bool>)) -> bool {
        match &self.values {
            Values::Bool(array) => self.each(rows, |row| Some(array.value(row)), visit),
            _ => false,
        }
    }

    fn days(&self, rows: Range<usize>, visit: impl FnMut(Option<i32>)) -> bool {
        match &self.values {
            Values::Days(array) => self.each(rows, |row| array.values().get(row).copied(), visit),
            Values::Times(times, Written::Naive) => match self.whole_days(times, rows) {
                Some(days) => {
                    days.into_iter().for_each(visit);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    fn records(&self, rows: Range<usize>, mut visit: impl FnMut(bool)) -> bool {
        match &self.values {
            Values::Struct(columns, _) => {
                // Of two columns of one name the last that is not missing counts, row by row.
                let mut names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
                names.sort_unstable();
                if names.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
                    return false;
                }
                rows.for_each(|row| visit(!self.is_null(row)));
                true
            }
            Values::Fields(..) => {
                rows.for_each(|row| visit(!self.is_missing(row)));
                true
            }
            _ => false,
        }
    }

    fn field(&self, key: &str) -> Option<&Self> {
        let (Values::Struct(columns, _) | Values::Fields(columns, _)) = &self.values else { return None };
        columns.iter().find(|(name, _)| *name == key).map(|(_, column)| column)
    }

    fn lists(&self, rows: Range<usize>, mut visit: impl FnMut(Option<Range<usize>>)) -> Option<&Self> {
        let Values::List(offsets, elements) = &self.values else { return None };
        if rows.clone().any(|row| !self.is_null(row) && offsets.range(row).end > elements.length) {
            return None;
        }
        rows.for_each(|row| visit(if self.is_null(row) { None } else { Some(offsets.range(row)) }));
        Some(elements)
    }

    fn others(&self, rows: Range<usize>, mut visit: impl FnMut(bool)) -> bool {
        let Values::Times(times, Written::Zoned) = &self.values else { return false };
        let there = |row| !self.is_null(row);
        if rows
            .clone()
            .filter(|row| there(*row))
            .any(|row| times.micros(row).is_none_or(|time| !INSTANTS.contains(&time)))
        {
            return false;
        }
        rows.for_each(|row| visit(there(row)));
        true
    }

    fn is_empty(&self) -> bool {
        matches!(self.values, Values::Null) || self.nulls.is_some_and(|nulls| nulls.null_count() == nulls.len())
    }
}
