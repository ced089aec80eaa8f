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
    folded.chars().any(|c| is_han(c) || is_kana(c) || c.script() == Script::Hangul)
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

/// Compares two folded names.
pub(super) fn compare(a: &str, b: &str, kind: Kind) -> Truth {
    let (mut short, mut long): (Vec<char>, Vec<char>) =
        (a.chars().map(unified).collect(), b.chars().map(unified).collect());
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let mut rest = long.clone();
    let shared = short
        .iter()
        .filter(|c| rest.iter().position(|other| other == *c).map(|place| rest.swap_remove(place)).is_some())
        .count();
    if shared == short.len() && short.len() > 1 {
        return Truth::True;
    }
    let apart = match kind {
        // A character of a person's name is a name of its own.
        Kind::Person => shared == 0,
        // One of a company's is hardly more than a letter: two in a row are a word.
        Kind::Organisation => !short.windows(2).any(|word| long.windows(2).any(|other| other == word)),
    };
    if apart && short.len() > 1 && written_in_one_way(&short, &long) { Truth::False } else { Truth::Unknown }
}

fn written_in_one_way(a: &[char], b: &[char]) -> bool {
    let all = |is: fn(char) -> bool| a.iter().chain(b).all(|c| is(*c));
    // The reading of a name holds the Kana that the name is written with.
    let kana = |name: &[char]| name.iter().filter(|c| is_kana(**c)).count() >= MIN_KANA;
    all(is_han) || all(|c| c.script() == Script::Hangul) || kana(a) && kana(b)
}
