//! What a host's own value has to say of itself, so that it is read without a copy: dicts of Python, columns of Arrow.

use crate::error::InputError;
use crate::record::Shape;
use serde_json::Value;
use std::borrow::Cow;

/// What a value in memory is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// No value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number that is finite. One that is not has no JSON, and is read as [`Kind::Null`].
    Float(f64),
    /// A number as JSON text, for those that fit in neither.
    Number(Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// Keys and values.
    Object,
    /// Values in their order.
    Array,
    /// Nothing that JSON has, and what it is: `a set`. It is an error where a ruleset reads it.
    Other(Cow<'a, str>),
}

/// A value in memory that is no JSON text: read by [`Screener::read_node`](crate::Screener::read_node).
///
/// ```
/// use indicia::{Fields, InputError, Kind, Node, Ruleset, ScreenOptions, Sources};
///
/// /// A row of a spreadsheet, and its cells.
/// enum Row<'a> { Cells(&'a [(&'a str, &'a str)]), Cell(&'a str) }
///
/// impl Node for Row<'_> {
///     fn kind(&self) -> Result<Kind<'_>, InputError> {
///         Ok(match self {
///             Row::Cells(_) => Kind::Object,
///             Row::Cell(text) => Kind::Text((*text).into()),
///         })
///     }
///     fn each_entry(&self, mut visit: impl FnMut(&str, &Self) -> Result<(), InputError>) -> Result<(), InputError> {
///         let Row::Cells(cells) = self else { return Ok(()) };
///         cells.iter().try_for_each(|(name, text)| visit(name, &Row::Cell(text)))
///     }
///     fn each_item(&self, _: impl FnMut(&Self) -> Result<(), InputError>) -> Result<(), InputError> {
///         Ok(())
///     }
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let rules = "language 1\nrecord application { id: text, phone: text }\n\
///   decide { categories a\n weights info 1, low 5, medium 12, high 25\n outcomes clear, review\n outcome review when score >= 1 }";
/// let ruleset = Ruleset::from_sources(&Sources::single(rules))?;
/// let mut screener = ruleset.screener();
/// let options = ScreenOptions::default();
/// let row = Row::Cells(&[("id", "a-1"), ("phone", "+41 44 668 18 00")]);
/// assert_eq!(screener.read_node(&row, &options)?.verdict().id.as_deref(), Some("a-1"));
/// # Ok(())
/// # }
/// ```
pub trait Node: Sized {
    /// What it is.
    ///
    /// # Errors
    /// Whatever kept it from being read.
    fn kind(&self) -> Result<Kind<'_>, InputError>;

    /// Visits the entries of an object, and nothing else.
    ///
    /// # Errors
    /// The visitor's, and whatever kept an entry from being read.
    fn each_entry(&self, visit: impl FnMut(&str, &Self) -> Result<(), InputError>) -> Result<(), InputError>;

    /// Visits the elements of an array, and nothing else.
    ///
    /// # Errors
    /// The visitor's, and whatever kept an element from being read.
    fn each_item(&self, visit: impl FnMut(&Self) -> Result<(), InputError>) -> Result<(), InputError>;

    /// Visits the entries of an object that are read, each with its place among [`Fields::keys`], and may visit others with
    /// none, which then count against the limits on a record's size and depth. A value that finds keys itself, faster than
    /// one after the other, has its own way here.
    ///
    /// # Errors
    /// As [`Node::each_entry`].
    fn each_field(
        &self,
        fields: &Fields<'_>,
        mut visit: impl FnMut(Option<usize>, &str, &Self) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let mut hint = 0;
        self.each_entry(|key, value| {
            let place = fields.find(key, hint);
            hint = place.map_or(hint, |place| place + 1);
            visit(place, key, value)
        })
    }
}

/// The keys of one type of record that a ruleset reads.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    shape: &'a Shape,
    index: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(shape: &'a Shape, index: usize) -> Self {
        Self { shape, index }
    }

    /// Which type of record it is: its place among [`Ruleset::keys`](crate::Ruleset::keys).
    pub fn index(&self) -> usize {
        self.index
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.shape.fields.iter().map(|field| &*field.key)
    }

    /// The place of a key; `hint` is where it is looked for first.
    pub fn find(&self, key: &str, hint: usize) -> Option<usize> {
        self.shape.by_key(key, hint).map(|(place, _)| place)
    }
}

impl Node for Value {
    fn kind(&self) -> Result<Kind<'_>, InputError> {
        Ok(match self {
            Self::Null => Kind::Null,
            Self::Bool(value) => Kind::Bool(*value),
            Self::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Kind::Integer(value),
                (None, Some(value)) if !number.is_u64() => Kind::Float(value),
                _ => Kind::Number(number.to_string().into()),
            },
            Self::String(text) => Kind::Text(text.into()),
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        })
    }

    fn each_entry(&self, mut visit: impl FnMut(&str, &Self) -> Result<(), InputError>) -> Result<(), InputError> {
        self.as_object().into_iter().flatten().try_for_each(|(key, value)| visit(key, value))
    }

    fn each_item(&self, visit: impl FnMut(&Self) -> Result<(), InputError>) -> Result<(), InputError> {
        self.as_array().into_iter().flatten().try_for_each(visit)
    }
}
