//! Phone numbers, by Google's libphonenumber metadata; the only file that knows the `rlibphonenumber` crate.
//!
//! A number that can't be read is a result, not an error: `finding` says why. What is judged is the text alone: no
//! network, no carrier. Before the library is asked, an own check turns away texts in which fewer than three digits
//! stand together, because the library's two builds (with and without the full regex engine) differ on those.
//!
//! Two kindnesses beyond the library, which make valid only what holds a valid number: `00` means `+` wherever it does
//! not begin a number of the country, and what stands behind a complete number ("(mobile)", "/ +44…", a
//! spreadsheet's ".0") is passed over where the whole is no number.

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    ValidationError,
};

use super::country::Country;

/// The longest text that is read as a number, in characters (libphonenumber's own limit).
const MAX_CHARACTERS: usize = 250;
/// The fewest digits of a text that may be a number (libphonenumber's "viable" number).
const MIN_DIGITS: usize = 3;

/// What became of reading a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Finding {
    /// An assigned number.
    Ok,
    /// Fewer digits than any number of its country.
    TooShort,
    /// More digits than any number of its country.
    TooLong,
    /// A number of digits between the shortest and the longest that no number of its country has.
    InvalidLength,
    /// Complete only inside its town or area.
    LocalOnly,
    /// No number at all.
    NotANumber,
    /// No country has the code behind the `+` or `00`.
    InvalidCountryCode,
    /// A possible length, but in no assigned range.
    NotAssigned,
}

impl Finding {
    /// The words of `.finding`, in the order of the variants.
    pub(crate) const WORDS: &'static [&'static str] = &[
        "ok",
        "too_short",
        "too_long",
        "invalid_length",
        "local_only",
        "not_a_number",
        "invalid_country_code",
        "not_assigned",
    ];

    /// The position in [`Self::WORDS`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// The kind of line, by its range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A mobile phone.
    Mobile,
    /// A landline.
    FixedLine,
    /// Either: the range does not tell, as in North America.
    FixedLineOrMobile,
    /// Free for the caller.
    TollFree,
    /// Dearer for the caller.
    PremiumRate,
    /// Paid by both sides.
    SharedCost,
    /// Internet telephony.
    Voip,
    /// A personal number that follows its owner.
    PersonalNumber,
    /// A pager.
    Pager,
    /// A company's access number.
    Uan,
    /// Access to voice mail.
    Voicemail,
    /// Assigned, but of no known kind.
    Unknown,
}

impl Kind {
    /// The words of `.kind`, in the order of the variants.
    pub(crate) const WORDS: &'static [&'static str] = &[
        "mobile",
        "fixed_line",
        "fixed_line_or_mobile",
        "toll_free",
        "premium_rate",
        "shared_cost",
        "voip",
        "personal_number",
        "pager",
        "uan",
        "voicemail",
        "unknown",
    ];

    /// The position in [`Self::WORDS`].
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// What a text says as a phone number. Where `valid` and `finding` are `None`, the number has no country code and
/// its country is not known: nothing can be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Phone {
    /// Whether it is an assigned number.
    pub(crate) valid: Option<bool>,
    /// Why not, or `Ok`.
    pub(crate) finding: Option<Finding>,
    /// The country of a valid number; none for numbers of no country (`+800`).
    pub(crate) country: Option<Country>,
    /// The kind of line of a valid number.
    pub(crate) kind: Option<Kind>,
    /// The canonical form, of any number that has a country code and is complete.
    pub(crate) e164: Option<String>,
    /// The area code of a valid number, where it has one; in North America the first three digits.
    pub(crate) area_code: Option<String>,
    /// Whether it is written with `+` or `00`.
    pub(crate) international: bool,
}

impl Phone {
    fn failed(finding: Finding, international: bool) -> Self {
        Self { valid: Some(false), finding: Some(finding), ..Self::undecided(international) }
    }

    fn undecided(international: bool) -> Self {
        Self { valid: None, finding: None, country: None, kind: None, e164: None, area_code: None, international }
    }
}

/// Reads a number; one without country code is read as of `region`.
pub(crate) fn parse(raw: &str, region: Option<Country>) -> Phone {
    let text = raw.trim();
    let prefix = Prefix::of(text);
    let international = prefix != Prefix::None;
    if text.len() > MAX_CHARACTERS && text.chars().nth(MAX_CHARACTERS).is_some() {
        return Phone::failed(Finding::TooLong, international);
    }
    if let Some(finding) = not_viable(text) {
        return Phone::failed(finding, international);
    }
    let region = region.and_then(region_of);
    let whole = read_either(text, region, prefix);
    if whole.valid != Some(false) {
        return whole;
    }
    match first_number(text).map(|first| read_either(first, region, prefix)) {
        Some(first) if first.valid == Some(true) => first,
        _ => whole,
    }
}

/// Reads a text as it is or, where it begins with `00`, with `+` for it.
fn read_either(text: &str, region: Option<Region>, prefix: Prefix) -> Phone {
    let international = prefix != Prefix::None;
    let plain = read(text, region, international);
    if prefix != Prefix::Zeros || plain.valid == Some(true) {
        return plain;
    }
    let plus = read(&with_plus(text), None, international);
    if plus.valid == Some(true) || region.is_none() { plus } else { plain }
}

/// The text up to what can't belong to its first number: after so many digits as a number has at least, a letter or a
/// sign that separates, or the decimal that spreadsheets add.
fn first_number(text: &str) -> Option<&str> {
    const COMPLETE: usize = 7;
    let mut digits = 0;
    for (at, c) in text.char_indices() {
        if c.is_numeric() {
            digits += 1;
        } else if digits >= COMPLETE && (c.is_alphabetic() || matches!(c, '/' | '|' | ',' | ';')) {
            return text.get(..at);
        }
    }
    text.strip_suffix(".0")
}

fn read(text: &str, region: Option<Region>, international: bool) -> Phone {
    if has_misplaced_scheme(text) {
        return Phone::failed(Finding::NotANumber, international);
    }
    match PHONE_NUMBER_UTIL.parse(text, region) {
        Ok(number) => judged(&number, international),
        Err(ParseError::InvalidCountryCode) if !international && region.is_none() => Phone::undecided(international),
        Err(error) => Phone::failed(
            match error {
                ParseError::InvalidCountryCode => Finding::InvalidCountryCode,
                ParseError::NotANumber(_) => Finding::NotANumber,
                ParseError::TooShortAfterIdd | ParseError::TooShortNsn => Finding::TooShort,
                ParseError::TooLongNsn => Finding::TooLong,
            },
            international,
        ),
    }
}

/// Whether `tel:` stands behind an RFC 3966 parameter, on which the library (2.2.15) panics.
fn has_misplaced_scheme(text: &str) -> bool {
    match (text.find(";phone-context="), text.find("tel:")) {
        (Some(context), Some(scheme)) => scheme > context,
        _ => false,
    }
}

fn judged(number: &PhoneNumber, international: bool) -> Phone {
    if !number.is_valid() {
        let finding = match number.is_possible_with_reason() {
            Ok(NumberLengthType::IsPossible) => Finding::NotAssigned,
            Ok(NumberLengthType::IsPossibleLocalOnly) => Finding::LocalOnly,
            Err(ValidationError::InvalidCountryCode) => Finding::InvalidCountryCode,
            Err(ValidationError::TooShort) => Finding::TooShort,
            Err(ValidationError::InvalidLength) => Finding::InvalidLength,
            Err(ValidationError::TooLong) => Finding::TooLong,
        };
        let e164 = (finding == Finding::NotAssigned).then(|| e164(number));
        return Phone { e164, ..Phone::failed(finding, international) };
    }
    Phone {
        valid: Some(true),
        finding: Some(Finding::Ok),
        country: number.get_region_code().and_then(country_of),
        kind: Some(kind_of(number.get_type())),
        e164: Some(e164(number)),
        area_code: area_code(number),
        international,
    }
}

fn e164(number: &PhoneNumber) -> String {
    number.format_as(PhoneNumberFormat::E164).into_owned()
}

fn area_code(number: &PhoneNumber) -> Option<String> {
    let national = number.get_national_significant_number();
    let length = if number.country_code == 1 { 3 } else { number.get_length_of_geographical_area_code() };
    if length == 0 { None } else { national.get(..length).map(str::to_owned) }
}

fn kind_of(kind: PhoneNumberType) -> Kind {
    match kind {
        PhoneNumberType::FixedLine => Kind::FixedLine,
        PhoneNumberType::Mobile => Kind::Mobile,
        PhoneNumberType::FixedLineOrMobile => Kind::FixedLineOrMobile,
        PhoneNumberType::TollFree => Kind::TollFree,
        PhoneNumberType::PremiumRate => Kind::PremiumRate,
        PhoneNumberType::SharedCost => Kind::SharedCost,
        PhoneNumberType::VoIP => Kind::Voip,
        PhoneNumberType::PersonalNumber => Kind::PersonalNumber,
        PhoneNumberType::Pager => Kind::Pager,
        PhoneNumberType::UAN => Kind::Uan,
        PhoneNumberType::VoiceMail => Kind::Voicemail,
        PhoneNumberType::Unknown => Kind::Unknown,
    }
}

/// The library's region of a country, if the library has one.
fn region_of(country: Country) -> Option<Region> {
    let region = Region::from_code(country.alpha2()).ok()?;
    PHONE_NUMBER_UTIL.get_country_code_for_region(region).map(|_| region)
}

/// The ISO country of the library's region: Ascension and Tristan da Cunha are parts of Saint Helena there.
fn country_of(region: Region) -> Option<Country> {
    match region.as_region_str().as_str() {
        "AC" | "TA" => Country::from_alpha2("SH"),
        code => Country::from_alpha2(code),
    }
}

/// How a text begins, before its first digit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Plus,
    Zeros,
    None,
}

impl Prefix {
    fn of(text: &str) -> Self {
        let mut significant = text.chars().filter(|c| is_plus(*c) || digit(*c).is_some());
        match significant.next() {
            Some(c) if is_plus(c) => Self::Plus,
            Some(c) if digit(c) == Some(0) && significant.next().and_then(digit) == Some(0) => Self::Zeros,
            _ => Self::None,
        }
    }
}

/// The text from its first digit on, the two zeros there written as a plus sign.
fn with_plus(text: &str) -> String {
    let mut plus = String::with_capacity(text.len());
    plus.push('+');
    let mut zeros = 0;
    for c in text.chars().skip_while(|c| digit(*c).is_none()) {
        if zeros < 2 && digit(c) == Some(0) {
            zeros += 1;
        } else {
            plus.push(c);
        }
    }
    plus
}

fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋')
}

/// The value of a decimal digit in the scripts of which people type numbers.
fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    [0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50]
        .into_iter()
        .find_map(|zero| code.checked_sub(zero).filter(|value| *value < 10))
}

/// Punctuation that may stand between the digits of a number (libphonenumber's list).
fn is_punctuation(c: char) -> bool {
    matches!(c,
        '-' | '.' | '/' | ' ' | '(' | ')' | '[' | ']' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{FF0D}'..='\u{FF0F}'
        | '\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{3000}' | '\u{FF08}' | '\u{FF09}' | '\u{FF3B}' | '\u{FF3D}')
}

/// Why a text can't be a number in any country: fewer than three digits stand together at its start.
fn not_viable(text: &str) -> Option<Finding> {
    let together = text
        .chars()
        .skip_while(|c| !is_plus(*c) && !c.is_numeric())
        .take_while(|c| c.is_numeric() || is_plus(*c) || is_punctuation(*c))
        .filter(|c| c.is_numeric())
        .count();
    if together >= MIN_DIGITS {
        return None;
    }
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let bare = digits > 0 && digits < MIN_DIGITS && !text.chars().any(char::is_alphabetic);
    Some(if bare { Finding::TooShort } else { Finding::NotANumber })
}

/// Version of the phone metadata: that of libphonenumber, which `rlibphonenumber` carries.
pub(crate) const METADATA: &str = "libphonenumber 9.0.42";
