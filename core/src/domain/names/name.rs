//! A name prepared for comparing: what is asked of it in every comparison is found once.

use std::cell::OnceCell;

use super::word::Word;
use super::{Kind, MAX_BYTES, MAX_WORDS};
use crate::domain::east_asian::{Characters, is_east_asian, without_legal_form};
use crate::domain::text::{Scripts, fold, without_accents};

/// A name of a person or an organisation.
#[derive(Debug)]
pub(crate) struct Name {
    pub(super) kind: Kind,
    written: Box<str>,
    /// The whole, folded. Empty if nothing is left, or if it is too long to be a name.
    pub(super) whole: String,
    pub(super) scripts: Scripts,
    pub(super) folded_scripts: Scripts,
    pub(super) is_east_asian: bool,
    /// Its words, once they are asked for; none if there are too many.
    words: OnceCell<Option<Vec<Word>>>,
    /// Its characters, once they are asked for.
    characters: OnceCell<Characters>,
}

impl Name {
    /// Prepares a name.
    pub(crate) fn of(text: &str, kind: Kind) -> Self {
        let whole = if text.len() > MAX_BYTES { String::new() } else { fold(text) };
        let (scripts, folded_scripts) = if text.is_ascii() {
            let scripts = Scripts::of(&whole);
            (scripts, scripts)
        } else if whole.is_empty() {
            Default::default()
        } else {
            (Scripts::of(text), Scripts::of_folded(&whole))
        };
        Self {
            kind,
            written: text.into(),
            scripts,
            folded_scripts,
            is_east_asian: is_east_asian(&whole),
            whole,
            words: OnceCell::new(),
            characters: OnceCell::new(),
        }
    }

    /// Its folded words; none if there are too many.
    pub(super) fn words(&self) -> Option<&[Word]> {
        let words = self.words.get_or_init(|| {
            let words = words(&self.written, self.kind);
            (words.len() <= MAX_WORDS).then(|| words.into_iter().map(|word| Word::of(word, self.kind)).collect())
        });
        words.as_deref()
    }

    /// Its characters, of an organisation without its legal form.
    pub(super) fn characters(&self) -> &Characters {
        self.characters.get_or_init(|| match self.kind {
            Kind::Person => Characters::of(&self.whole),
            Kind::Organisation => Characters::of(&fold(&without_legal_form(&self.written))),
        })
    }
}

/// The folded words of a name.
fn words(name: &str, kind: Kind) -> Vec<String> {
    let mut plain = without_accents(name).to_lowercase();
    if plain.contains('.') {
        plain = plain.replace("ph.d", "phd");
    }
    if plain.contains('/') {
        plain = plain.replace("a/s", "as");
    }
    if !plain.is_ascii() {
        plain = plain.replace("בע\"מ", "בעמ").replace("בע״מ", "בעמ");
    }
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = 0;
    for c in plain.chars() {
        match c {
            // The last two, joiners, stand inside words of Indic scripts and of Persian.
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{200c}' | '\u{200d}' => {}
            // "S.A." is one word of an organisation, "J.R." are two initials.
            '.' if kind == Kind::Organisation && letters == 1 => letters = 0,
            c if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                word.push(c);
                letters += 1;
            }
            _ => {
                push_folded(&mut word, &mut words);
                letters = 0;
            }
        }
    }
    push_folded(&mut word, &mut words);
    words
}

/// Ends a word, unless folding leaves nothing of it.
fn push_folded(word: &mut String, words: &mut Vec<String>) {
    let folded = if word.is_ascii() { std::mem::take(word) } else { fold(word) };
    word.clear();
    if !folded.is_empty() {
        words.push(folded);
    }
}
