//! Folding of text, for `same as`, `contains`, `starts with`, `ends with` and the membership of text.
//!
//! Folding takes compatibility forms apart (NFKD, UAX #15), drops accents, folds case in full (upper case and back,
//! so that "ß" is "ss" and a final sigma is a sigma), writes letters with a stroke and ligatures as their base
//! letters, drops everything that is no letter, number or vowel sign, and composes again (NFC). By that rule "C++"
//! and "C#" both fold to "c"; `mentions` keeps them apart (see [`super::words`]).
//!
//! Accents are the combining marks of Latin, Greek, Cyrillic, Arabic and Hebrew. The vowel signs of Indic and
//! Southeast Asian scripts and the voicing marks of Japanese are letters to their readers and stay.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// What each ASCII character folds to; 0 for those that are dropped.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The folded form of a text in ASCII that is no longer than the buffer.
#[inline]
pub(crate) fn fold_short<'b, const SIZE: usize>(text: &str, buffer: &'b mut [u8; SIZE]) -> Option<&'b [u8]> {
    let bytes = text.as_bytes();
    if bytes.len() > SIZE {
        return None;
    }
    let (mut length, mut all) = (0, 0);
    for byte in bytes {
        let folded = FOLDED.get(usize::from(*byte)).copied().unwrap_or(0);
        if let Some(place) = buffer.get_mut(length) {
            *place = folded;
        }
        all |= *byte;
        length += usize::from(folded != 0);
    }
    if all.is_ascii() { buffer.get(..length) } else { None }
}

/// How the entries of a list begin and end, to tell at once that a text is not among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    /// By first and last letter or digit.
    seen: Vec<bool>,
}

impl Ends {
    /// Of folded entries.
    pub(crate) fn of<'e>(entries: impl Iterator<Item = &'e str>) -> Self {
        let mut seen = vec![false; 36 * 36];
        for entry in entries {
            if let Some(place) = Self::place(entry).and_then(|place| seen.get_mut(place)) {
                *place = true;
            }
        }
        Self { seen }
    }

    /// Whether a text surely is not among the entries, folded or not. Says nothing about text that is not ASCII.
    pub(crate) fn exclude(&self, text: &str) -> bool {
        Self::place(text).is_some_and(|place| !self.seen.get(place).copied().unwrap_or(true)) && text.is_ascii()
    }

    fn place(text: &str) -> Option<usize> {
        let code = |byte: u8| match FOLDED.get(usize::from(byte)).copied().unwrap_or(0) {
            digit @ b'0'..=b'9' => Some(usize::from(digit - b'0')),
            0 => None,
            letter => Some(usize::from(letter - b'a') + 10),
        };
        let first = text.bytes().find_map(code)?;
        let last = text.bytes().rev().find_map(code)?;
        Some(first * 36 + last)
    }
}

/// Whether folding leaves the text as it is, as far as that is seen at once: small letters and digits of ASCII.
pub(crate) fn is_folded(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'))
}

/// Appends the folded form of the text.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let mut buffer = [0; 64];
        for part in text.as_bytes().chunks(buffer.len()) {
            let mut length = 0;
            for byte in part {
                let folded = FOLDED.get(usize::from(*byte)).copied().unwrap_or(0);
                if let Some(place) = buffer.get_mut(length) {
                    *place = folded;
                }
                length += usize::from(folded != 0);
            }
            let folded = buffer.get(..length).and_then(|folded| std::str::from_utf8(folded).ok());
            out.push_str(folded.unwrap_or_default());
        }
    } else {
        out.extend(letters(text).flat_map(fold_case).filter(|c| is_kept(*c)).nfc());
    }
}

/// The folded form of the text.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The text with case folded and compatibility forms unified, everything else kept.
pub(crate) fn fold_case_only(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkd().flat_map(upper_and_back).nfc().collect() }
}

/// The text without accents and in compatibility form, case, punctuation and spaces kept.
pub(crate) fn without_accents(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { letters(text).nfc().collect() }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_accent(*c))
}

fn upper_and_back(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// Case folded, with letters whose stroke or ligature Unicode does not decompose written as base letters.
pub(super) fn fold_case(c: char) -> impl Iterator<Item = char> {
    upper_and_back(c).filter(|c| !is_accent(*c)).flat_map(|c| {
        let plain: &'static str = match c {
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'þ' => "th",
            'ħ' => "h",
            'ŧ' => "t",
            'ı' => "i",
            'ŋ' => "n",
            _ => "",
        };
        plain.chars().chain(plain.is_empty().then_some(c))
    })
}

pub(super) fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) && !is_accent(c)
}

/// Marks that readers take as an addition to a letter. The ranges are of the Unicode blocks named beside them.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F // combining diacritics
        | 0x0483..=0x0489 // Cyrillic
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7 // Hebrew points
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x06E7..=0x06E8
        | 0x06EA..=0x06ED // Arabic
        | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF // variation selectors
    )
}

/// Whether two texts can be compared: some script is in both, or one of them has only common characters.
///
/// Digits and marks belong to every script. Han, Hiragana, Katakana and Bopomofo count as one.
pub(crate) fn share_a_script(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return true;
    }
    Scripts::of(a).share(&Scripts::of(b))
}

/// The scripts of a text, but for those that belong to every script.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Scripts(Vec<Script>);

impl Scripts {
    /// The scripts of a text.
    pub(crate) fn of(text: &str) -> Self {
        if text.is_ascii() {
            let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
            return Self(if letters { vec![Script::Latin] } else { Vec::new() });
        }
        Self(scripts(text))
    }

    /// Whether two texts can be compared, as [`share_a_script`] says.
    pub(crate) fn share(&self, other: &Self) -> bool {
        self.0.is_empty() || other.0.is_empty() || self.0.iter().any(|script| other.0.contains(script))
    }
}

fn scripts(text: &str) -> Vec<Script> {
    let mut found = Vec::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        let script = match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => continue,
            Script::Hiragana | Script::Katakana | Script::Bopomofo => Script::Han,
            script => script,
        };
        if !found.contains(&script) {
            found.push(script);
        }
    }
    found
}
