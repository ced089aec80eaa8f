//! Words of a text, for `mentions` and `.words`.
//!
//! A word is a run of letters and numbers. Inside a word a full stop stays ("Node.js", "3.5"), as does a single one
//! before its first letter (".NET"), and a run of `+` or `#` at its end ("C++", "C#", "F#"). Everything else
//! separates: spaces, hyphens, slashes, apostrophes, and the full stop at a sentence's end. So "front-end" is
//! found in "front end", "Go" in "Go's" and in "Go/Rust", but not in "Google", and "NET" not in "ASP.NET". A `+`
//! between two words ("Java+Spring") separates them. Characters of scripts that are written without spaces are words
//! by themselves (Katakana, which is used for foreign words, in runs), so that a phrase is found inside a sentence.

use unicode_script::{Script, UnicodeScript};

use super::text::{Scripts, fold_case, is_kept, without_accents};

/// Stands between words, at the start and at the end: a control character, so never part of a word.
const EDGE: char = '\u{1}';

/// A text prepared for `mentions`: its words, once with case folded and once as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Words {
    folded: String,
    exact: String,
    scripts: Scripts,
}

impl Words {
    /// Prepares a text.
    pub(crate) fn of(text: &str) -> Self {
        let plain = without_accents(text);
        let mut exact = String::with_capacity(plain.len() + 2);
        for word in words_of(&plain) {
            exact.push(EDGE);
            exact.push_str(word);
        }
        if exact.is_empty() {
            return Self::default();
        }
        exact.push(EDGE);
        let folded =
            if exact.is_ascii() { exact.to_ascii_lowercase() } else { exact.chars().flat_map(fold_case).collect() };
        Self { folded, exact, scripts: Scripts::of(text) }
    }

    /// The first word, its case folded; empty if there is none.
    pub(crate) fn first(&self) -> &str {
        self.folded.strip_prefix(EDGE).and_then(|rest| rest.split(EDGE).next()).unwrap_or("")
    }

    /// Whether the text has no word.
    pub(crate) fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// Whether two texts can be compared: some script is in both, or one of them has only common characters.
    pub(crate) fn share_a_script(&self, other: &Self) -> bool {
        self.scripts.share(&other.scripts)
    }

    /// Whether the words of `needle` stand here one after the other. A text without a word mentions nothing and is
    /// mentioned nowhere.
    pub(crate) fn mentions(&self, needle: &Self, exactly: bool) -> bool {
        if needle.is_empty() {
            return false;
        }
        let (text, phrase) = if exactly { (&self.exact, &needle.exact) } else { (&self.folded, &needle.folded) };
        memchr::memmem::find(text.as_bytes(), phrase.as_bytes()).is_some()
    }
}

/// The first word of a text, and where it starts.
pub(crate) fn first_word(text: &str) -> Option<(usize, &str)> {
    if let Some(word) = first_word_ascii(text.as_bytes()) {
        return Some((0, text.get(..word.len())?));
    }
    let mut rest = text;
    let word = next_word(&mut rest)?;
    Some((text.len() - rest.len() - word.len(), word))
}

/// The last word of a text, and where it starts.
pub(crate) fn last_word(text: &str) -> Option<(usize, &str)> {
    if let Some(word) = last_word_ascii(text.as_bytes()) {
        let start = text.len() - word.len();
        return Some((start, text.get(start..)?));
    }
    let mut rest = text;
    let mut last = None;
    while let Some(word) = next_word(&mut rest) {
        last = Some((text.len() - rest.len() - word.len(), word));
    }
    last
}

/// The first word of nearly every name: ASCII letters, then a space or the end.
#[inline]
pub(crate) fn first_word_ascii(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let ends = text.get(length).is_none_or(|next| *next == b' ');
    if length > 0 && ends { text.get(..length) } else { None }
}

/// The last word, where it is ASCII letters behind a space or the start.
#[inline]
pub(crate) fn last_word_ascii(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let start = text.len() - length;
    let begins = start.checked_sub(1).is_none_or(|before| text.get(before) == Some(&b' '));
    if length > 0 && begins { text.get(start..) } else { None }
}

/// The words of a text as written.
pub(crate) fn words_of(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(word) = next_word(&mut rest) {
        words.push(word);
    }
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or number of a script with spaces.
    Letter,
    /// A letter of a run of Katakana.
    Katakana,
    /// A character that is a word with the marks that follow it.
    Single,
    /// A mark, which belongs to what is before it.
    Mark,
    Separator,
}

fn kind(c: char) -> Kind {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() || c == '_' { Kind::Letter } else { Kind::Separator };
    }
    if !is_kept(c) {
        return if unicode_normalization::char::is_combining_mark(c) { Kind::Mark } else { Kind::Separator };
    }
    match c.script() {
        Script::Katakana => Kind::Katakana,
        Script::Han | Script::Hiragana | Script::Bopomofo => Kind::Single,
        Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar | Script::Tibetan => {
            if unicode_normalization::char::is_combining_mark(c) {
                Kind::Mark
            } else {
                Kind::Single
            }
        }
        Script::Common if c == 'ー' => Kind::Katakana,
        _ => Kind::Letter,
    }
}

/// Takes the next word off the front of the text.
fn next_word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let text = *rest;
    let mut previous = None;
    let (start, first) = text.char_indices().find_map(|(at, c)| {
        let found = matches!(kind(c), Kind::Letter | Kind::Katakana | Kind::Single);
        if !found {
            previous = Some((previous.map(|(_, c)| c), c));
        }
        found.then_some((at, kind(c)))
    })?;
    let body = text.get(start..)?;
    let end = start + body_length(body, first);
    let dotted = first == Kind::Letter && matches!(previous, Some((before, '.')) if before != Some('.'));
    let word = text.get(if dotted { start - 1 } else { start }..end)?;
    *rest = text.get(end..)?;
    Some(word)
}

/// The length in bytes of the word that the text starts with.
fn body_length(body: &str, first: Kind) -> usize {
    let mut chars = body.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let inside = match kind(c) {
            Kind::Mark => true,
            found if at == 0 => found == first,
            Kind::Single => false,
            found => first != Kind::Single && found == first,
        };
        if inside {
            end = at + c.len_utf8();
            continue;
        }
        let next = chars.peek().map(|(_, c)| kind(*c));
        if first != Kind::Letter || !(c == '.' && next == Some(Kind::Letter)) {
            break;
        }
    }
    if first != Kind::Letter {
        return end;
    }
    let signs = body.get(end..).unwrap_or_default();
    let run = signs.bytes().take_while(|byte| matches!(byte, b'+' | b'#')).count();
    let joins = signs.get(run..).and_then(|after| after.chars().next()).is_some_and(|c| kind(c) == Kind::Letter);
    if joins && signs.get(..run) == Some("+") { end } else { end + run }
}
