//! The data of a locale, as `tests/tools/locales.py` writes them.

use serde::Deserialize;
use std::path::Path;

/// A word in the locale's script and romanised.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "String")]
pub struct Word {
    /// As people of the locale write it.
    pub native: String,
    /// In letters of ASCII.
    pub roman: String,
}

impl From<String> for Word {
    fn from(cell: String) -> Self {
        match cell.split_once('=') {
            Some((native, roman)) => Self { native: native.to_owned(), roman: roman.to_owned() },
            None => Self { roman: cell.clone(), native: cell },
        }
    }
}

impl Word {
    /// The native form, or the romanised one.
    pub fn form(&self, roman: bool) -> &str {
        if roman { &self.roman } else { &self.native }
    }
}

/// How the parts of a name are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// Given name, family name.
    Plain,
    /// Family name, given name.
    FamilyFirst,
    /// Family name and given name without a space.
    Joined,
    /// Family name, given name and the father's name, which is often left out.
    Patronymic,
    /// Given name and the father's or mother's name; no family name.
    Icelandic,
    /// Given name and two family names, the second often left out.
    TwoFamilies,
    /// Family name, middle name, given name.
    Middle,
    /// Given name and family name, or for a third of the people one name only.
    Single,
}

/// Names that go together.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Given names.
    pub given: Vec<Word>,
    /// Middle names or patronymics.
    pub middle: Vec<Word>,
    /// Family names, or patronymics where they stand in their place.
    pub family: Vec<Word>,
}

/// A town and numbers of people there.
#[derive(Debug, Clone, Deserialize)]
pub struct Town {
    /// Its name.
    pub name: Word,
    /// Its state, province or region.
    pub region: Word,
    /// Its postal codes: `#` is any digit, `A` a letter.
    pub postal: String,
    /// Its time zone.
    pub zone: String,
    /// Valid numbers, as written within the country and abroad.
    pub phones: Vec<(String, String)>,
}

/// One locale.
#[derive(Debug, Clone, Deserialize)]
pub struct Locale {
    /// Language and country, such as `ja-JP`.
    pub locale: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// How names are built.
    pub names: Names,
    /// Names of women and of men.
    pub groups: Vec<Group>,
    /// Invented words.
    pub stems: Vec<Word>,
    /// Forms of company names: two for applicants, one for what fraud puts in their place.
    pub company: Vec<String>,
    /// Forms of school names, without a word in common.
    pub school: Vec<String>,
    /// Towns.
    pub towns: Vec<Town>,
    /// Forms of street lines.
    pub streets: Vec<String>,
    /// What office programs call an author who told them no name.
    pub user: String,
    /// How a title says that the job was not full-time.
    pub part_time: String,
    /// The ten digits of the script.
    pub digits: String,
}

/// All locales, by name.
///
/// # Errors
/// Says which file can't be read.
pub fn all() -> Result<Vec<Locale>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/locales");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut locales = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        let locale = read.and_then(|text| serde_saphyr::from_str::<Locale>(&text).map_err(|error| error.to_string()));
        locales.push(locale.map_err(|error| format!("{}: {error}", path.display()))?);
    }
    locales.sort_by(|a, b| a.locale.cmp(&b.locale));
    Ok(locales)
}
