//! One word of a name, with all that comparing it with others asks of it.

use std::cell::OnceCell;

use super::Kind;
use super::passed_over::passed_over;
use crate::domain::nicknames::{Known, known};
use crate::domain::sounds::consonants;

/// From so many letters on, one edit makes no other word.
const MIN_EDITED: u32 = 4;

/// A folded word.
#[derive(Debug)]
pub(super) struct Word {
    pub text: String,
    /// The text with umlauts written as one letter, where that is another.
    plain: Option<String>,
    /// What its letters are, a bit for each, some sharing one.
    letters: u64,
    /// How many.
    count: u32,
    pub first: char,
    /// Whether it is one letter.
    is_initial: bool,
    /// Which lists of words that are passed over it is in, a bit for each.
    pub passed_over: u8,
    /// As a given name with short forms, or a short form of one.
    known: Option<&'static Known>,
    /// Its consonants as they sound, once somebody has asked.
    sounds: OnceCell<Option<String>>,
}

impl Word {
    /// Prepares a folded word, which is not empty.
    pub(super) fn of(text: String, kind: Kind) -> Self {
        let (mut letters, mut count, mut before) = (0u64, 0, ' ');
        let mut has_umlaut = false;
        for c in text.chars() {
            letters |= 1 << (u32::from(c) % 64);
            count += 1;
            has_umlaut |= c == 'e' && is_umlaut(before);
            before = c;
        }
        let first = text.chars().next().unwrap_or(' ');
        Self {
            plain: has_umlaut.then(|| plain_umlauts(&text)),
            letters,
            count,
            first,
            is_initial: count == 1 && first.is_alphabetic(),
            passed_over: passed_over(&text, kind),
            known: if kind == Kind::Person { known(&text) } else { None },
            sounds: OnceCell::new(),
            text,
        }
    }

    /// Whether two words can be the same name: equal, initial, short form, or one edit apart.
    #[inline]
    pub(super) fn matches(&self, other: &Self) -> bool {
        if self.first == other.first && (self.is_initial || other.is_initial || self.text == other.text) {
            return true;
        }
        if let (Some(a), Some(b)) = (self.known, other.known)
            && Known::are_forms_of_one_name(a, b)
        {
            return true;
        }
        if self.plain.is_some() || other.plain.is_some() {
            return self.matches_plainly(other);
        }
        // One edit takes at most one letter out of a word, and at most one into it.
        let differing = self.letters ^ other.letters;
        let but_one = differing & differing.wrapping_sub(1);
        but_one & but_one.wrapping_sub(1) == 0
            && self.is_long(other)
            && self.count.abs_diff(other.count) <= 1
            && one_edit(&self.text, &other.text)
    }

    #[inline(never)]
    fn matches_plainly(&self, other: &Self) -> bool {
        let (a, b) = (self.plain(), other.plain());
        a == b || self.is_long(other) && (one_edit(a, b) || one_edit(&self.text, &other.text))
    }

    fn plain(&self) -> &str {
        self.plain.as_ref().unwrap_or(&self.text)
    }

    fn is_long(&self, other: &Self) -> bool {
        self.count.min(other.count) >= MIN_EDITED
    }

    /// Whether one of two words begins with the other, and they are not the same.
    #[inline]
    pub(super) fn is_part(&self, other: &Self) -> bool {
        self.first == other.first
            && self.text.len() != other.text.len()
            && (self.text.starts_with(&other.text) || other.text.starts_with(&self.text))
    }

    /// Whether one of two words is a beginning of the other, of more than a letter: "Budi" of "Budianto".
    pub(super) fn is_shortened(&self, other: &Self) -> bool {
        self.count.min(other.count) > 1 && (self.text == other.text || self.is_part(other))
    }

    /// Its consonants as they sound; none if it is not written in Latin letters.
    pub(super) fn sounds(&self) -> Option<&str> {
        self.sounds.get_or_init(|| consonants(&self.text)).as_deref()
    }
}

fn is_umlaut(c: char) -> bool {
    matches!(c, 'a' | 'o' | 'u')
}

/// Umlauts as German writes them where it lacks the letter, without the `e`.
fn plain_umlauts(word: &str) -> String {
    let (mut plain, mut before) = (String::with_capacity(word.len()), ' ');
    for c in word.chars() {
        if c != 'e' || !is_umlaut(before) {
            plain.push(c);
        }
        before = c;
    }
    plain
}

/// Whether at most one edit leads from one word to the other: a letter more, less or replaced, or two neighbours exchanged.
fn one_edit(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > char::MAX.len_utf8() {
        return false;
    }
    let start = floor(a, common_start(a.as_bytes(), b.as_bytes()));
    let (Some(a), Some(b)) = (a.get(start..), b.get(start..)) else { return false };
    let (mut a, mut b) = (a.chars(), b.chars());
    let (rest_a, rest_b) = (a.as_str(), b.as_str());
    // What goes on behind two characters has to end alike.
    if rest_a.len().min(rest_b.len()) > 8 && rest_a.as_bytes().last() != rest_b.as_bytes().last() {
        return false;
    }
    match (a.next(), b.next()) {
        (None, None) => true,
        (None, Some(_)) => b.next().is_none(),
        (Some(_), None) => a.next().is_none(),
        (Some(first), Some(other)) => {
            let (after_a, after_b) = (a.as_str(), b.as_str());
            after_a == after_b
                || rest_a == after_b
                || after_a == rest_b
                || (a.next(), b.next()) == (Some(other), Some(first)) && a.as_str() == b.as_str()
        }
    }
}

/// How many bytes are the same at the start.
#[inline]
fn common_start(a: &[u8], b: &[u8]) -> usize {
    let (mut long_a, mut long_b) = (a.chunks_exact(8), b.chunks_exact(8));
    let mut start = 0;
    while let (Some(x), Some(y)) = (long_a.next(), long_b.next()) {
        if x != y {
            break;
        }
        start += 8;
    }
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    start + a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The start of the character at or around a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edits;

    /// Every word of up to five of these letters against every other.
    #[test]
    fn one_edit_is_what_edits_say() {
        let mut words = vec![String::new()];
        let mut last = words.clone();
        for _ in 0..5 {
            last = last.iter().flat_map(|word| ['a', 'b', 'ж'].map(|letter| format!("{word}{letter}"))).collect();
            words.extend_from_slice(&last);
        }
        for a in &words {
            for b in &words {
                assert_eq!(one_edit(a, b), edits::at_most(a, b, 1), "{a} {b}");
                let (long_a, long_b) = (format!("{a}abcdefghij{b}"), format!("{b}abcdefghij{b}"));
                assert_eq!(one_edit(&long_a, &long_b), edits::at_most(&long_a, &long_b, 1), "{long_a} {long_b}");
            }
        }
    }

    /// What is told by letters and lengths alone is what the edits would say.
    #[test]
    fn rejections_reject_nothing_that_matches() {
        for (a, b) in
            [("smith", "smiht"), ("meyer", "meier"), ("mueller", "muller"), ("goethe", "gothe"), ("kaya", "kayak")]
        {
            let [a, b] = [a, b].map(|word| Word::of(word.to_owned(), Kind::Organisation));
            assert!(a.matches(&b) && b.matches(&a), "{a:?} {b:?}");
        }
    }
}
