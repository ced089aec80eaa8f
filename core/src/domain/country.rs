//! Countries of ISO 3166-1, by their codes and English names.
//!
//! The table is `core/data/countries.csv` (its source and licence stand in its first lines): all 249 entries of the
//! standard, and Kosovo under `XK`, the user-assigned code in common use. Codes are read in either case, names
//! without regard to case, accents, punctuation, a leading "the", "St" for "Saint" and "&" for "and". A name that
//! stands for several countries ("Korea") is ambiguous, not guessed.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::text::fold;

/// A country: its place in the table, so that countries order by alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Country(u16);

/// Why a text is no country.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CountryError {
    /// No code and no English name of a country.
    Unknown,
    /// A name that stands for several countries.
    Ambiguous,
}

struct Row {
    alpha2: &'static str,
    name: &'static str,
}

struct Table {
    rows: Vec<Row>,
    codes: HashMap<&'static str, Country>,
    /// Folded names; `None` where a name stands for several countries.
    names: HashMap<String, Option<Country>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../../data/countries.csv")));

impl Table {
    fn read(data: &'static str) -> Self {
        let mut table = Self { rows: Vec::with_capacity(250), codes: HashMap::new(), names: HashMap::new() };
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split(';');
            let mut cell = || cells.next().unwrap_or_default();
            let (alpha2, alpha3, name, further) = (cell(), cell(), cell(), cell());
            let country = (alpha2 != "?").then(|| Country(u16::try_from(table.rows.len()).unwrap_or(u16::MAX)));
            for name in std::iter::once(name).chain(further.split('|')).filter(|name| !name.is_empty()) {
                table.names.insert(key(name), country);
            }
            if let Some(country) = country {
                table.rows.push(Row { alpha2, name });
                table.codes.insert(alpha2, country);
                table.codes.insert(alpha3, country);
            }
        }
        table
    }
}

/// The form under which names are compared.
fn key(name: &str) -> String {
    let name = name.to_lowercase().replace('&', " and ");
    let mut key = String::with_capacity(name.len());
    for (place, word) in
        name.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).filter(|w| !w.is_empty()).enumerate()
    {
        match word {
            "the" if place == 0 => {}
            "st" => key.push_str("saint"),
            word => key.push_str(&fold(word)),
        }
    }
    key
}

impl Country {
    /// Reads an alpha-2 or alpha-3 code or an English name.
    ///
    /// # Errors
    ///
    /// [`CountryError::Unknown`] or [`CountryError::Ambiguous`].
    pub(crate) fn parse(text: &str) -> Result<Self, CountryError> {
        let text = text.trim();
        if matches!(text.len(), 2 | 3)
            && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            && let Some(country) = Self::from_code(text)
        {
            return Ok(country);
        }
        if text.len() > 200 {
            return Err(CountryError::Unknown);
        }
        match TABLE.names.get(&key(text)) {
            Some(Some(country)) => Ok(*country),
            Some(None) => Err(CountryError::Ambiguous),
            None => Err(CountryError::Unknown),
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        if code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            TABLE.codes.get(code).copied()
        } else {
            TABLE.codes.get(code.to_ascii_uppercase().as_str()).copied()
        }
    }

    /// The country of an alpha-2 code in upper case.
    pub(crate) fn from_alpha2(code: &str) -> Option<Self> {
        if code.len() == 2 { TABLE.codes.get(code).copied() } else { None }
    }

    /// All countries, ordered by alpha-2 code.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..u16::try_from(TABLE.rows.len()).unwrap_or(0)).map(Self)
    }

    /// Its place in the order of alpha-2 codes.
    pub(crate) fn index(self) -> u16 {
        self.0
    }

    /// The country at a place in the order of alpha-2 codes.
    pub(crate) fn from_index(index: u16) -> Option<Self> {
        TABLE.rows.get(usize::from(index)).map(|_| Self(index))
    }

    fn row(self) -> &'static Row {
        const NONE: Row = Row { alpha2: "", name: "" };
        TABLE.rows.get(usize::from(self.0)).unwrap_or(&NONE)
    }

    /// The alpha-2 code, `KR`.
    pub(crate) fn alpha2(self) -> &'static str {
        self.row().alpha2
    }

    /// The usual English name, `South Korea`.
    pub(crate) fn name(self) -> &'static str {
        self.row().name
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alpha2())
    }
}
