//! A person of a locale and the forms that their name takes on the sources of an application.

use super::data::{Locale, Names, Word};
use super::draw::Draw;

/// Given names that people take for abroad.
const WESTERN: [&str; 6] = ["Kevin", "Amy", "Jason", "Grace", "Eric", "Lily"];

/// Whether two romanised words are one, begin with one another, or have the same letters but for two.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let consonants = |word: &str| word.chars().filter(|c| !"aeiouyjh".contains(*c)).collect::<String>();
    let mut left: Vec<char> = b.chars().collect();
    let lost = a
        .chars()
        .filter(|c| left.iter().position(|other| other == c).map(|place| left.swap_remove(place)).is_none())
        .count();
    a.starts_with(&b) || b.starts_with(&a) || lost.max(left.len()) < 2 || consonants(&a) == consonants(&b)
}

/// Whether a character may stand in a Latin word.
fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c)
}

/// A romanised name in the spelling of another language: "Khrushcheva" is "Chruschtschewa" in German.
fn respelled(name: &str) -> String {
    const PAIRS: [(&str, &str); 11] = [
        ("shch", "schtsch"),
        ("kh", "ch"),
        ("zh", "j"),
        ("sh", "sch"),
        ("ya", "ja"),
        ("yu", "ju"),
        ("v", "w"),
        ("ee", "i"),
        ("oo", "u"),
        ("ts", "z"),
        ("x", "hs"),
    ];
    let mut written = String::new();
    let lower = name.to_lowercase();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let known = PAIRS.iter().find(|(from, _)| rest.starts_with(from));
        let (length, to) =
            known.map_or((first.len_utf8(), first.to_string()), |(from, to)| (from.len(), (*to).to_owned()));
        written.push_str(&to);
        rest = rest.get(length..).unwrap_or_default();
    }
    written
}

/// Who applies: the parts of the name.
#[derive(Debug, Clone)]
pub struct Person {
    names: Names,
    given: Word,
    middle: Option<Word>,
    family: Vec<Word>,
    second_given: Word,
}

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As usual in the locale.
    Usual,
    /// With the middle name, patronymic, second family name or another given name.
    Full,
    /// Family name, comma, given name; where there is a family name.
    Turned,
    /// The given name as an initial.
    Initial,
    /// The beginning of the given name.
    Short,
    /// A given name for abroad, before the romanised name.
    Western,
    /// With a title.
    Title,
    /// The given name and the first letter of the family name.
    Veiled,
    /// In capitals, as on an identity document.
    Capitals,
    /// Romanised as another language spells it; as usual where the script is Latin.
    Respelled,
}

impl Person {
    /// The person of a number; `other` gives other people of the same number.
    pub fn of(locale: &Locale, draw: Draw, other: usize) -> Option<Self> {
        let group = draw.pick(&format!("sex {other}"), &locale.groups)?;
        let word = |kind: &str, list: &[Word]| draw.pick(&format!("{kind} {other}"), list).cloned();
        let first = word("family", &group.family)?;
        let second = word("second family", &group.family)?;
        let single = locale.names == Names::Single && draw.mille(&format!("single {other}"), 333);
        let family = match locale.names {
            Names::Single if single => Vec::new(),
            Names::TwoFamilies if second != first => vec![first, second],
            _ => vec![first],
        };
        let middle = if matches!(locale.names, Names::Patronymic | Names::Middle) {
            word("middle", &group.middle)
        } else {
            None
        };
        let given = word("given", &group.given)?;
        Some(Self { names: locale.names, given, middle, family, second_given: word("second given", &group.given)? })
    }

    /// Somebody else: nobody would take a word of the one name for one of the other. Where words aren't told apart by spaces, the
    /// names have no character in common.
    pub fn stranger(&self, locale: &Locale, draw: Draw) -> Option<Self> {
        let shares = |mine: &Word, theirs: &Word| match locale.country.as_str() {
            "CN" | "TW" | "JP" | "KR" => mine.native.chars().any(|c| theirs.native.contains(c)),
            _ => false,
        };
        let alike = |mine: &Word, theirs: &Word| shares(mine, theirs) || alike(&mine.roman, &theirs.roman);
        let apart = |other: &Self| !other.words().any(|theirs| self.words().any(|mine| alike(mine, theirs)));
        (1..200).filter_map(|other| Self::of(locale, draw, other)).find(apart)
    }

    fn words(&self) -> impl Iterator<Item = &Word> {
        [&self.given].into_iter().chain(&self.middle).chain(&self.family)
    }

    /// The same person under another family name, as before a marriage.
    #[must_use]
    pub fn married(&self, locale: &Locale, draw: Draw) -> Self {
        let mut family = self.family.clone();
        if let Some(first) = family.first_mut()
            && let Some(other) = locale.groups.first().and_then(|group| draw.pick("married", &group.family))
        {
            *first = other.clone();
        }
        Self { family, ..self.clone() }
    }

    /// The name in a form, romanised or in the locale's script.
    pub fn name(&self, form: Form, roman: bool) -> String {
        let family = |all: bool| {
            let count = if all { self.family.len() } else { 1 };
            let words: Vec<&str> = self.family.iter().take(count).map(|word| word.form(roman)).collect();
            words.join(" ")
        };
        let given = self.given.form(roman).to_owned();
        let joined = self.names == Names::Joined && !roman;
        let whole = joined || self.family.is_empty();
        match form {
            // Nobody abbreviates a name of one word, nor one without spaces.
            Form::Turned | Form::Initial | Form::Veiled if whole => self.name(Form::Usual, roman),
            Form::Usual => self.order(&given, "", &family(true), roman),
            Form::Full => {
                let middle = self.middle.as_ref().unwrap_or(&self.second_given).form(roman);
                let middle = if whole || *middle == *given { "" } else { middle };
                match self.names {
                    Names::TwoFamilies => self.order(&given, "", &family(false), roman),
                    _ => self.order(&given, middle, &family(true), roman),
                }
            }
            Form::Turned => format!("{}, {given}", family(true)),
            Form::Initial => format!("{}. {}", given.chars().take(1).collect::<String>(), family(true)),
            Form::Short => {
                let short: String = given.chars().take(if joined { 1 } else { 4 }).collect();
                self.order(&short, "", &family(false), roman)
            }
            Form::Western => {
                let place = given.len() % WESTERN.len();
                format!("{} {}", WESTERN.get(place).unwrap_or(&"Kevin"), self.name(Form::Usual, true))
            }
            Form::Title => format!("Dr. {}", self.name(Form::Usual, roman)),
            Form::Veiled => format!("{given} {}.", family(false).chars().take(1).collect::<String>()),
            Form::Capitals => self.name(Form::Usual, true).to_uppercase(),
            Form::Respelled if self.given.native.chars().all(is_latin) => self.name(Form::Usual, false),
            Form::Respelled => respelled(&self.name(Form::Usual, true)),
        }
    }

    fn order(&self, given: &str, middle: &str, family: &str, roman: bool) -> String {
        let parts = match self.names {
            Names::Joined if !roman => return format!("{family}{given}"),
            Names::FamilyFirst | Names::Middle if !roman => [family, middle, given],
            Names::Patronymic if !middle.is_empty() => [family, given, middle],
            _ => [given, middle, family],
        };
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The romanised name in small letters, for addresses.
    pub fn slug(&self, between: &str) -> String {
        let words = [&self.given].into_iter().chain(self.family.first());
        let plain =
            |word: &Word| word.roman.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        words.map(plain).collect::<Vec<_>>().join(between)
    }
}
