//! Rows of Arrow columns as values that the engine reads, in place.

use super::plan::{Shape, Wanted};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, GenericStringArray, PrimitiveArray, StringViewArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, TimeUnit};
use indicia::{Fields, InputError, Kind, Node};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// A column of one batch.
pub(super) struct Column<'a> {
    pub(super) values: Values<'a>,
    pub(super) nulls: Option<&'a NullBuffer>,
    /// How many rows an array has; 0 for columns that are put together.
    pub(super) length: usize,
    /// Whether all of it is text that can be read, once that was asked.
    pub(super) is_text: OnceCell<bool>,
}

/// Which columns of a record are read, and as which of its fields.
pub(super) type Places = Vec<(usize, usize)>;

pub(super) enum Values<'a> {
    Null,
    Bool(&'a BooleanArray),
    Integers(Integers<'a>),
    Float32(&'a PrimitiveArray<Float32Type>),
    Float64(&'a PrimitiveArray<Float64Type>),
    Text(&'a GenericStringArray<i32>),
    LargeText(&'a GenericStringArray<i64>),
    TextView(&'a StringViewArray),
    /// Days since 1970.
    Days(&'a PrimitiveArray<Date32Type>),
    /// Microseconds since 1970 and how they are written.
    Times(Times<'a>, Written),
    /// What prints itself as a number.
    Decimal(&'a dyn Array),
    /// Index of the value in another column.
    Dictionary(Integers<'a>, Box<Column<'a>>),
    List(Offsets<'a>, Box<Column<'a>>),
    Struct(Vec<(&'a str, Column<'a>)>, OnceCell<Places>),
    /// A record of columns that are named field by field: missing where all of them are.
    Fields(Vec<(&'a str, Column<'a>)>, OnceCell<Places>),
    /// A list of columns that are named one by one: as long as the last of them that is not missing.
    Elements(Vec<Column<'a>>),
    /// A type that does not fit or that JSON does not have, and its name.
    Other(String),
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Written {
    /// With `Z`.
    Zoned,
    /// A day, unless there is a time.
    Naive,
}

pub(super) enum Integers<'a> {
    I8(&'a PrimitiveArray<Int8Type>),
    I16(&'a PrimitiveArray<Int16Type>),
    I32(&'a PrimitiveArray<Int32Type>),
    I64(&'a PrimitiveArray<Int64Type>),
    U8(&'a PrimitiveArray<UInt8Type>),
    U16(&'a PrimitiveArray<UInt16Type>),
    U32(&'a PrimitiveArray<UInt32Type>),
    U64(&'a PrimitiveArray<UInt64Type>),
}

pub(super) enum Times<'a> {
    Seconds(&'a PrimitiveArray<TimestampSecondType>),
    Millis(&'a PrimitiveArray<TimestampMillisecondType>),
    Micros(&'a PrimitiveArray<TimestampMicrosecondType>),
    Nanos(&'a PrimitiveArray<TimestampNanosecondType>),
    Date64(&'a PrimitiveArray<Date64Type>),
}

pub(super) enum Offsets<'a> {
    Small(&'a [i32]),
    Large(&'a [i64]),
    Fixed(usize),
}

impl Offsets<'_> {
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        let place = |offset: Option<i64>| offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or_default();
        match self {
            Self::Small(offsets) => {
                let at = |index: usize| place(offsets.get(index).map(|offset| i64::from(*offset)));
                at(row)..at(row + 1)
            }
            Self::Large(offsets) => place(offsets.get(row).copied())..place(offsets.get(row + 1).copied()),
            Self::Fixed(size) => row * size..(row + 1) * size,
        }
    }
}

impl Integers<'_> {
    /// The value; an error with what is more than 64 bits with a sign hold.
    pub(super) fn value(&self, row: usize) -> Result<i64, u64> {
        Ok(match self {
            Self::I8(array) => array.value(row).into(),
            Self::I16(array) => array.value(row).into(),
            Self::I32(array) => array.value(row).into(),
            Self::I64(array) => array.value(row),
            Self::U8(array) => array.value(row).into(),
            Self::U16(array) => array.value(row).into(),
            Self::U32(array) => array.value(row).into(),
            Self::U64(array) => return i64::try_from(array.value(row)).map_err(|_| array.value(row)),
        })
    }
}

impl Times<'_> {
    pub(super) fn micros(&self, row: usize) -> Option<i64> {
        match self {
            Self::Seconds(array) => array.value(row).checked_mul(1_000_000),
            Self::Millis(array) => array.value(row).checked_mul(1_000),
            Self::Date64(array) => array.value(row).checked_mul(1_000),
            Self::Micros(array) => Some(array.value(row)),
            Self::Nanos(array) => Some(array.value(row).div_euclid(1_000)),
        }
    }
}

fn integers(array: &dyn Array) -> Option<Integers<'_>> {
    Some(match array.data_type() {
        DataType::Int8 => Integers::I8(array.as_primitive()),
        DataType::Int16 => Integers::I16(array.as_primitive()),
        DataType::Int32 => Integers::I32(array.as_primitive()),
        DataType::Int64 => Integers::I64(array.as_primitive()),
        DataType::UInt8 => Integers::U8(array.as_primitive()),
        DataType::UInt16 => Integers::U16(array.as_primitive()),
        DataType::UInt32 => Integers::U32(array.as_primitive()),
        DataType::UInt64 => Integers::U64(array.as_primitive()),
        _ => return None,
    })
}

fn times(array: &dyn Array) -> Option<(Times<'_>, Written)> {
    Some(match array.data_type() {
        DataType::Date64 => (Times::Date64(array.as_primitive()), Written::Naive),
        DataType::Timestamp(unit, zone) => {
            let written = if zone.is_some() { Written::Zoned } else { Written::Naive };
            let times = match unit {
                TimeUnit::Second => Times::Seconds(array.as_primitive()),
                TimeUnit::Millisecond => Times::Millis(array.as_primitive()),
                TimeUnit::Microsecond => Times::Micros(array.as_primitive()),
                TimeUnit::Nanosecond => Times::Nanos(array.as_primitive()),
            };
            (times, written)
        }
        _ => return None,
    })
}

impl<'a> Column<'a> {
    /// A column of a batch; `wanted` is what the ruleset reads there.
    pub(super) fn new(array: &'a dyn Array, wanted: &'a Wanted) -> Self {
        let values = if wanted.fits(array.data_type()) {
            Values::of(array, wanted).unwrap_or_else(|| Values::Other(described(array.data_type())))
        } else {
            Values::Other(described(array.data_type()))
        };
        Self { values, nulls: array.nulls(), length: array.len(), is_text: OnceCell::new() }
    }

    /// The application whose fields lie in these columns. It is there even where all of them are missing.
    pub(super) fn application(shape: &'a Shape, columns: &'a [ArrayRef], wanted: &'a Wanted) -> Self {
        let mut made = Self::part(shape, columns, wanted);
        if let Values::Fields(fields, places) = made.values {
            made.values = Values::Struct(fields, places);
        }
        made
    }

    fn part(shape: &'a Shape, columns: &'a [ArrayRef], wanted: &'a Wanted) -> Self {
        let values = match shape {
            Shape::Column(index) => match columns.get(*index) {
                Some(array) => return Self::new(array.as_ref(), wanted),
                None => Values::Null,
            },
            Shape::Fields(fields) => {
                let column = |(key, shape): (&'a String, &'a Shape)| {
                    (key.as_str(), Self::part(shape, columns, wanted.field(key)))
                };
                Values::Fields(fields.iter().map(column).collect(), OnceCell::new())
            }
            Shape::Elements(elements) => {
                let of = wanted.element();
                Values::Elements(elements.iter().map(|shape| Self::part(shape, columns, of)).collect())
            }
        };
        Self { values, nulls: None, length: 0, is_text: OnceCell::new() }
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.is_null(row))
    }

    /// Whether there is no value; a number that is none counts as missing too.
    pub(super) fn is_missing(&self, row: usize) -> bool {
        self.is_null(row)
            || match &self.values {
                Values::Null => true,
                Values::Float32(array) => array.value(row).is_nan(),
                Values::Float64(array) => array.value(row).is_nan(),
                Values::Fields(columns, _) => columns.iter().all(|(_, column)| column.is_missing(row)),
                Values::Elements(columns) => columns.iter().all(|column| column.is_missing(row)),
                Values::Dictionary(keys, values) => keys
                    .value(row)
                    .ok()
                    .and_then(|key| usize::try_from(key).ok())
                    .is_none_or(|key| values.is_missing(key)),
                _ => false,
            }
    }

    fn kind(&self, row: usize) -> Kind<'_> {
        if self.is_null(row) {
            return Kind::Null;
        }
        match &self.values {
            Values::Fields(..) | Values::Elements(_) if self.is_missing(row) => Kind::Null,
            Values::Null => Kind::Null,
            Values::Bool(array) => Kind::Bool(array.value(row)),
            Values::Integers(array) => match array.value(row) {
                Ok(value) => Kind::Integer(value),
                Err(large) => Kind::Number(large.to_string().into()),
            },
            Values::Float32(array) => float(widened(array.value(row))),
            Values::Float64(array) => float(array.value(row)),
            Values::Text(array) => text(array.value(row)),
            Values::LargeText(array) => text(array.value(row)),
            Values::TextView(array) => text(array.value(row)),
            Values::Days(array) => written(i64::from(array.value(row)).checked_mul(MICROS_PER_DAY), Written::Naive),
            Values::Times(array, how) => written(array.micros(row), *how),
            Values::Decimal(array) => decimal(*array, row),
            Values::Dictionary(keys, values) => match keys.value(row).ok().and_then(|key| usize::try_from(key).ok()) {
                Some(key) => values.kind(key),
                None => Kind::Null,
            },
            Values::List(..) | Values::Elements(_) => Kind::Array,
            Values::Struct(..) | Values::Fields(..) => Kind::Object,
            Values::Other(found) => Kind::Other(Cow::Borrowed(found)),
        }
    }
}

impl<'a> Values<'a> {
    /// None for types that JSON does not have.
    fn of(array: &'a dyn Array, wanted: &'a Wanted) -> Option<Self> {
        if let Some(integers) = integers(array) {
            return Some(Self::Integers(integers));
        }
        if let Some((times, written)) = times(array) {
            return Some(Self::Times(times, written));
        }
        Some(match array.data_type() {
            DataType::Null => Self::Null,
            DataType::Boolean => Self::Bool(array.as_boolean()),
            DataType::Float32 => Self::Float32(array.as_primitive()),
            DataType::Float64 => Self::Float64(array.as_primitive()),
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::LargeUtf8 => Self::LargeText(array.as_string()),
            DataType::Utf8View => Self::TextView(array.as_string_view()),
            DataType::Date32 => Self::Days(array.as_primitive()),
            DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => {
                Self::Decimal(array)
            }
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                let values = Column::new(dictionary.values().as_ref(), wanted);
                Self::Dictionary(integers(dictionary.keys())?, Box::new(values))
            }
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                Self::List(
                    Offsets::Small(list.value_offsets()),
                    Box::new(Column::new(list.values().as_ref(), wanted.element())),
                )
            }
            DataType::LargeList(_) => {
                let list = array.as_list::<i64>();
                Self::List(
                    Offsets::Large(list.value_offsets()),
                    Box::new(Column::new(list.values().as_ref(), wanted.element())),
                )
            }
            DataType::FixedSizeList(_, size) => {
                let list = array.as_fixed_size_list();
                let size = usize::try_from(*size).ok()?;
                Self::List(Offsets::Fixed(size), Box::new(Column::new(list.values().as_ref(), wanted.element())))
            }
            DataType::Struct(fields) => {
                let columns = array.as_struct().columns().iter();
                let named = fields.iter().zip(columns).map(|(field, column)| {
                    (field.name().as_str(), Column::new(column.as_ref(), wanted.field(field.name())))
                });
                Self::Struct(named.collect(), OnceCell::new())
            }
            _ => return None,
        })
    }
}

/// Nobody has looked whether a text that another library hands over is UTF-8: files of Parquet hold others.
fn text(given: &str) -> Kind<'_> {
    std::str::from_utf8(given.as_bytes())
        .map_or(Kind::Other("a text that is no UTF-8".into()), |text| Kind::Text(text.into()))
}

/// The shortest decimal of a single is what people wrote: 0.1, not 0.10000000149011612.
pub(super) fn widened(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}

fn float<'k>(value: f64) -> Kind<'k> {
    if value.is_nan() {
        Kind::Null
    } else if value.is_infinite() {
        Kind::Other("an infinite number".into())
    } else {
        Kind::Float(value)
    }
}

/// A time as the language reads it: a day, or an instant in UTC.
fn written<'k>(micros: Option<i64>, how: Written) -> Kind<'k> {
    let time = micros.and_then(|micros| jiff::Timestamp::from_microsecond(micros).ok());
    let Some(time) = time else { return Kind::Other("a time out of range".into()) };
    match how {
        Written::Zoned => Kind::Text(time.to_string().into()),
        Written::Naive if time.as_microsecond().rem_euclid(MICROS_PER_DAY) == 0 => {
            Kind::Text(time.strftime("%Y-%m-%d").to_string().into())
        }
        Written::Naive => Kind::Other("a time without a time zone".into()),
    }
}

fn decimal<'k>(array: &dyn Array, row: usize) -> Kind<'k> {
    let text = match array.data_type() {
        DataType::Decimal32(..) => array.as_primitive::<Decimal32Type>().value_as_string(row),
        DataType::Decimal64(..) => array.as_primitive::<Decimal64Type>().value_as_string(row),
        DataType::Decimal128(..) => array.as_primitive::<Decimal128Type>().value_as_string(row),
        _ => array.as_primitive::<Decimal256Type>().value_as_string(row),
    };
    Kind::Number(text.into())
}

/// A type of Arrow, for people.
fn described(ty: &DataType) -> String {
    match ty {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            "bytes".to_owned()
        }
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => "a list".to_owned(),
        DataType::Struct(_) => "a struct".to_owned(),
        DataType::Map(..) => "a map".to_owned(),
        DataType::ListView(_) | DataType::LargeListView(_) => "a list view; cast it to a list".to_owned(),
        DataType::RunEndEncoded(..) => "run-end encoded values; decode them".to_owned(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "text".to_owned(),
        DataType::Boolean => "a bool".to_owned(),
        DataType::Date32 | DataType::Date64 => "a date".to_owned(),
        DataType::Time32(_) | DataType::Time64(_) => "a time of day".to_owned(),
        DataType::Duration(_) | DataType::Interval(_) => "a span of time".to_owned(),
        DataType::Union(..) => "a union of types".to_owned(),
        DataType::Dictionary(_, values) => described(values),
        ty if ty.is_numeric() => format!("a number ({})", ty.to_string().to_lowercase()),
        ty => ty.to_string(),
    }
}

/// A value: a row of a column.
pub(super) struct Cell<'c, 'a> {
    column: &'c Column<'a>,
    row: usize,
}

impl<'c, 'a> Cell<'c, 'a> {
    pub(super) fn new(column: &'c Column<'a>, row: usize) -> Self {
        Self { column, row }
    }
}

impl Node for Cell<'_, '_> {
    fn kind(&self) -> Result<Kind<'_>, InputError> {
        Ok(self.column.kind(self.row))
    }

    fn each_entry(&self, mut visit: impl FnMut(&str, &Self) -> Result<(), InputError>) -> Result<(), InputError> {
        match &self.column.values {
            Values::Struct(columns, _) | Values::Fields(columns, _) => {
                columns.iter().try_for_each(|(key, column)| visit(key, &Self { column, row: self.row }))
            }
            _ => Ok(()),
        }
    }

    fn each_item(&self, mut visit: impl FnMut(&Self) -> Result<(), InputError>) -> Result<(), InputError> {
        match &self.column.values {
            Values::List(offsets, column) => offsets.range(self.row).try_for_each(|row| visit(&Self { column, row })),
            Values::Elements(columns) => {
                let length = columns.iter().rposition(|column| !column.is_missing(self.row)).map_or(0, |last| last + 1);
                columns.iter().take(length).try_for_each(|column| visit(&Self { column, row: self.row }))
            }
            _ => Ok(()),
        }
    }

    fn each_field(
        &self,
        fields: &Fields<'_>,
        mut visit: impl FnMut(Option<usize>, &str, &Self) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let (Values::Struct(columns, places) | Values::Fields(columns, places)) = &self.column.values else {
            return Ok(());
        };
        // The same column is always read as the same type of record.
        let places = places.get_or_init(|| {
            let found = columns.iter().enumerate();
            found.filter_map(|(index, (key, _))| Some((index, fields.find(key, 0)?))).collect()
        });
        places.iter().try_for_each(|(index, place)| match columns.get(*index) {
            // A null is missing: nothing has to be said of it.
            Some((key, column)) if !column.is_null(self.row) => {
                visit(Some(*place), key, &Self { column, row: self.row })
            }
            _ => Ok(()),
        })
    }
}
