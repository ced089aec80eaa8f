//! Names in Han, Kana or Hangul, which `agrees with` compares as wholes: their words aren't told apart by spaces.
//!
//! Two such names agree if the characters of one are all in the other. They surely differ if they have nothing in common (people:
//! no character; organisations: no two characters in a row) and are written in one way: both in Hangul, both in Han characters,
//! or both at least in part in Kana. Simplified, traditional and Japanese forms of a character count as one
//! (`core/data/han_variants.txt`), and so do Hiragana and Katakana.
//! Between Han characters and their reading in Kana nothing can be said.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::names::Kind;
use crate::truth::Truth;

/// The fewest Kana that are a word of their own.
const MIN_KANA: usize = 2;
/// What stands before or behind the names of companies, after ISO 20275 in part; the longer forms first.
const LEGAL_FORMS: &[&str] = &[
    "股份有限公司",
    "有限責任公司",
    "有限责任公司",
    "有限公司",
    "株式会社",
    "株式會社",
    "有限会社",
    "合同会社",
    "(株)",
    "(有)",
    "(同)",
    "주식회사",
    "유한회사",
    "유한책임회사",
    "(주)",
    "(유)",
];

static VARIANTS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let rows = include_str!("../../data/han_variants.txt").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| Some((row.chars().next()?, row)))
        .flat_map(|(first, row)| row.chars().map(move |form| (form, first)))
        .collect()
});

/// Whether a folded name is one of these.
pub(super) fn is_east_asian(folded: &str) -> bool {
    !folded.is_ascii() && folded.chars().any(|c| is_han(c) || is_kana(c) || c.script() == Script::Hangul)
}

fn is_han(c: char) -> bool {
    matches!(c.script(), Script::Han | Script::Bopomofo)
}

fn is_kana(c: char) -> bool {
    matches!(c.script(), Script::Hiragana | Script::Katakana) || c == 'ー'
}

/// The name of an organisation without its legal form, if anything is left.
pub(super) fn without_legal_form(name: &str) -> String {
    let mut plain: String = name.nfkc().collect();
    for form in LEGAL_FORMS {
        let left = plain.replace(form, " ");
        if left.chars().any(char::is_alphanumeric) {
            plain = left;
        }
    }
    plain
}

/// One character for all forms of it.
fn unified(c: char) -> char {
    // Each Hiragana stands 0x60 before its Katakana.
    if ('ぁ'..='ゖ').contains(&c) {
        return char::from_u32(u32::from(c) + 0x60).unwrap_or(c);
    }
    VARIANTS.get(&c).copied().unwrap_or(c)
}

/// The characters of a name, prepared.
#[derive(Debug)]
pub(super) struct Characters {
    /// One for all forms of each, sorted.
    sorted: Vec<char>,
    /// Each two in a row, sorted.
    pairs: Vec<(char, char)>,
    han: bool,
    hangul: bool,
    kana: bool,
}

impl Characters {
    /// Of a folded name.
    pub(super) fn of(folded: &str) -> Self {
        let mut sorted: Vec<char> = folded.chars().map(unified).collect();
        let mut pairs: Vec<(char, char)> = sorted.iter().copied().zip(sorted.iter().copied().skip(1)).collect();
        sorted.sort_unstable();
        pairs.sort_unstable();
        Self {
            han: sorted.iter().all(|c| is_han(*c)),
            hangul: sorted.iter().all(|c| c.script() == Script::Hangul),
            // The reading of a name holds the Kana that the name is written with.
            kana: sorted.iter().filter(|c| is_kana(**c)).count() >= MIN_KANA,
            sorted,
            pairs,
        }
    }

    /// Compares two names.
    pub(super) fn compare(&self, other: &Self, kind: Kind) -> Truth {
        let length = self.sorted.len().min(other.sorted.len());
        if length < 2 {
            return Truth::Unknown;
        }
        let shared = in_both(&self.sorted, &other.sorted);
        if shared == length {
            return Truth::True;
        }
        let apart = match kind {
            // A character of a person's name is a name of its own.
            Kind::Person => shared == 0,
            // One of a company's is hardly more than a letter: two in a row are a word.
            Kind::Organisation => in_both(&self.pairs, &other.pairs) == 0,
        };
        let in_one_way = self.han && other.han || self.hangul && other.hangul || self.kana && other.kana;
        if apart && in_one_way { Truth::False } else { Truth::Unknown }
    }
}

/// How many of two sorted rows are the same, each counted once.
fn in_both<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut a, mut b, mut both) = (a, b, 0);
    while let (Some((first, after_a)), Some((other, after_b))) = (a.split_first(), b.split_first()) {
        if first <= other {
            a = after_a;
        }
        if other <= first {
            b = after_b;
        }
        both += usize::from(first == other);
    }
    both
}
