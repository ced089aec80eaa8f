//! Folding of text, for `same as`, `contains`, `starts with`, `ends with` and the membership of text.
//!
//! Folding takes compatibility forms apart (NFKD, UAX #15), drops accents, folds case in full (upper case and back,
//! so that "ß" is "ss" and a final sigma is a sigma), writes letters with a stroke and ligatures as their base
//! letters, drops everything that is no letter, number or vowel sign, and composes again (NFC). By that rule "C++"
//! and "C#" both fold to "c"; `mentions` keeps them apart (see [`super::words`]).
//!
//! Accents are the combining marks of Latin, Greek, Cyrillic, Arabic and Hebrew. The vowel signs of Indic and
//! Southeast Asian scripts and the voicing marks of Japanese are letters to their readers and stay.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// What each ASCII character folds to; 0 for those that are dropped.
const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric()
            && let Some(place) = table.split_at_mut(byte as usize).1.first_mut()
        {
            *place = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The first character beyond those whose folded forms are kept: up to here are Latin letters and signs of no script.
const BEYOND_LATIN: char = '\u{250}';

/// What each character from U+0080 to U+024F folds to, where that is ASCII.
static LATIN: LazyLock<Vec<Option<Box<str>>>> = LazyLock::new(|| {
    let all = ('\u{80}'..BEYOND_LATIN).map(|c| {
        let mut folded = String::new();
        fold_any(c.encode_utf8(&mut [0; 4]), &mut folded);
        folded.is_ascii().then(|| folded.into_boxed_str())
    });
    all.collect()
});

/// Whether all characters are Latin letters or of no script, so that the text can be compared with any other such.
pub(crate) fn is_latin(text: &str) -> bool {
    text.chars().all(|c| c < BEYOND_LATIN)
}

/// The folded form of a text in ASCII and Latin letters that is no longer than the buffer.
#[inline]
pub(crate) fn fold_short<'b, const SIZE: usize>(text: &str, buffer: &'b mut [u8; SIZE]) -> Option<&'b [u8]> {
    match ascii_length(text.as_bytes(), buffer)? {
        (length, true) => buffer.get(..length),
        _ => fold_latin(text, buffer),
    }
}

/// The same of the bytes of a text.
#[inline]
pub(crate) fn fold_short_bytes<'b, const SIZE: usize>(text: &[u8], buffer: &'b mut [u8; SIZE]) -> Option<&'b [u8]> {
    match ascii_length(text, buffer)? {
        (length, true) => buffer.get(..length),
        _ => fold_latin(std::str::from_utf8(text).ok()?, buffer),
    }
}

/// The folded form of a text in ASCII that is no longer than the buffer.
#[inline]
pub(crate) fn fold_ascii<'b, const SIZE: usize>(text: &[u8], buffer: &'b mut [u8; SIZE]) -> Option<&'b [u8]> {
    match ascii_length(text, buffer)? {
        (length, true) => buffer.get(..length),
        _ => None,
    }
}

/// Folds as if all were ASCII; gives the length and whether it was.
#[inline]
fn ascii_length<const SIZE: usize>(bytes: &[u8], buffer: &mut [u8; SIZE]) -> Option<(usize, bool)> {
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
    Some((length, all.is_ascii()))
}

/// Folding character by character: none of these forms a unit with its neighbours.
#[inline(never)]
fn fold_latin<'b, const SIZE: usize>(text: &str, buffer: &'b mut [u8; SIZE]) -> Option<&'b [u8]> {
    let mut length = 0;
    for c in text.chars() {
        let ascii;
        let folded: &[u8] = match usize::try_from(u32::from(c)).ok()?.checked_sub(128) {
            None => {
                ascii = [FOLDED.get(c as usize).copied().unwrap_or(0)];
                if ascii == [0] { &[] } else { &ascii }
            }
            Some(place) => LATIN.get(place)?.as_ref()?.as_bytes(),
        };
        buffer.get_mut(length..length + folded.len())?.copy_from_slice(folded);
        length += folded.len();
    }
    buffer.get(..length)
}

/// What an ASCII character folds to, if it is not dropped.
#[inline]
pub(crate) fn folded_byte(byte: u8) -> Option<u8> {
    FOLDED.get(usize::from(byte)).copied().filter(|folded| *folded != 0)
}

/// The first two and last two characters of the entries of a list, to tell at once that a text is not among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    /// Bits, by a mix of the four; none at all if an entry is too short.
    seen: Vec<u64>,
}

impl Ends {
    /// Of folded entries.
    pub(crate) fn of<'e>(entries: impl Iterator<Item = &'e [u8]>) -> Self {
        let mut seen = vec![0; 512];
        for entry in entries {
            match Self::place(entry).and_then(|(word, bit)| Some((seen.get_mut(word)?, bit))) {
                Some((word, bit)) => *word |= bit,
                // Nothing can be told of texts by entries of one character or in other scripts.
                None if entry.is_ascii() => return Self::default(),
                None => {}
            }
        }
        Self { seen }
    }

    /// Whether a text surely is not among the entries. Says nothing about text that is not ASCII, or that begins or ends with
    /// a character that folding drops.
    #[inline]
    pub(crate) fn exclude(&self, text: &[u8]) -> bool {
        match Self::place(text) {
            Some((word, bit)) => self.seen.get(word).is_some_and(|seen| seen & bit == 0) && text.is_ascii(),
            None => false,
        }
    }

    /// The word and bit of a text's ends.
    #[inline]
    fn place(text: &[u8]) -> Option<(usize, u64)> {
        let (Some([first, second]), Some([before, last])) = (text.first_chunk(), text.last_chunk()) else {
            return None;
        };
        let code = |byte: &u8| folded_byte(*byte).map(|folded| usize::from(folded) % 32);
        let place = ((code(first)? << 10 | code(second)? << 5 | code(before)?) + code(last)? * 5449) % (512 * 64);
        Some((place / 64, 1 << (place % 64)))
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
    } else if let Some(folded) = fold_short(text, &mut [0; 256]) {
        out.push_str(std::str::from_utf8(folded).unwrap_or_default());
    } else {
        fold_any(text, out);
    }
}

/// Folding by the tables of Unicode, of any text.
pub(super) fn fold_any(text: &str, out: &mut String) {
    out.extend(letters(text).flat_map(fold_case).filter(|c| is_kept(*c)).nfc());
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
            'ø' | 'ɔ' => "o",
            'ł' => "l",
            'đ' | 'ð' | 'ɗ' => "d",
            'þ' => "th",
            'ħ' => "h",
            'ŧ' => "t",
            'ı' => "i",
            'ŋ' => "n",
            // Azerbaijani, as passports write it (ICAO 9303); Akan and Ewe; Hausa.
            'ə' | 'ɛ' => "e",
            'ɓ' => "b",
            'ƙ' => "k",
            'ƴ' => "y",
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

/// The scripts of a text, but for those that belong to every script: a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Scripts([u64; 4]);

impl Scripts {
    /// The scripts of a text. Han, Hiragana, Katakana and Bopomofo count as one.
    pub(crate) fn of(text: &str) -> Self {
        Self::among(text, |c| match c.script() {
            Script::Common | Script::Inherited | Script::Unknown => None,
            Script::Hiragana | Script::Katakana | Script::Bopomofo => c.is_alphanumeric().then_some(Script::Han),
            script => c.is_alphanumeric().then_some(script),
        })
    }

    /// Every script of a folded text, each by itself.
    pub(super) fn of_folded(folded: &str) -> Self {
        Self::among(folded, |c| Some(c.script()).filter(|script| *script != Script::Common))
    }

    fn among(text: &str, script: impl Fn(char) -> Option<Script>) -> Self {
        let mut found = Self::default();
        if !text.is_ascii() {
            text.chars().filter_map(script).for_each(|script| found.add(script));
        } else if text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            found.add(Script::Latin);
        }
        found
    }

    fn add(&mut self, script: Script) {
        let number = script as u8;
        if let Some(bits) = self.0.get_mut(usize::from(number / 64)) {
            *bits |= 1 << (number % 64);
        }
    }

    /// Whether two texts can be compared, as [`share_a_script`] says.
    pub(crate) fn share(&self, other: &Self) -> bool {
        let none = Self::default();
        *self == none || *other == none || self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}
