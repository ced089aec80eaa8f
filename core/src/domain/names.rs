//! `agrees with`: whether two names can be one person's or one organisation's.
//!
//! True where every word of the shorter name has a partner of its own in the other: an equal word, its initial, a
//! known short form, or a word one edit away (both of at least four letters). False where no two words match.
//! Everything between is unknown: order, middle names, married names and transliterations are no contradiction. So
//! are names in different scripts, and names of which folding leaves nothing.
//!
//! Titles, degrees and generations (`Dr`, `PhD`, `Jr`) and the particles of family names (`van der`, `de la`, `bin`)
//! are passed over, of organisations legal forms (`GmbH`, `Ltd`) and the small words (`the`, `of`, `&`), as long as
//! a word is left. Apostrophes join (`O'Brien` is `OBrien`), hyphens and full stops separate, and words that one name
//! writes together and the other apart are put together (`Anna-Maria`, `Annamaria`; `van der Berg`, `Vanderberg`).
//! The German spelling of umlauts ("Mueller") counts as the letter ("Müller", "Muller").
//!
//! Two romanisations of one name ("Yuliya", "Julija") and a shortened name ("Budi" for "Budianto") are no contradiction either. Names in Han, Kana or Hangul are
//! compared as wholes, in `east_asian`.

use unicode_script::{Script, UnicodeScript};

use super::east_asian;
use super::edits::characters_at_most;
use super::nicknames::are_forms_of_one_name;
use super::organisation_words::{LEGAL_FORMS, SMALL_WORDS};
use super::sounds::may_be_one_name;
use super::text::{fold, share_a_script, without_accents};
use crate::truth::Truth;

/// Whose names are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// People.
    Person,
    /// Companies, schools and other organisations.
    Organisation,
}

/// Names of more words are not judged.
const MAX_WORDS: usize = 24;
/// Longer texts are no names.
const MAX_BYTES: usize = 1_000;
/// The most words that are put together to one.
const MAX_JOINED: usize = 4;
/// From so many letters on, one edit makes no other word.
const MIN_EDITED: usize = 4;

/// Titles, degrees and generations. Left out on purpose: those that are common names too (MA, DO, JD, MD first).
const TITLES: &[&str] = &[
    "dr",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "prof",
    "professor",
    "sir",
    "dame",
    "rev",
    "hon",
    "ing",
    "dipl",
    "herr",
    "frau",
    "mme",
    "mlle",
    "sr",
    "sra",
    "srta",
    "jr",
    "junior",
    "senior",
    "ii",
    "iii",
    "iv",
    "phd",
    "dphil",
    "mba",
    "bsc",
    "msc",
    "beng",
    "meng",
    "esq",
    "cpa",
    "pmp",
    "cfa",
    "dds",
];
/// Particles of family names.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "dos", "da", "di", "la", "bin", "ibn", "bint", "al", "el", "ter",
    "zu", "y",
];
/// Whether two names agree.
pub(crate) fn agrees(a: &str, b: &str, kind: Kind) -> Truth {
    if a.len() > MAX_BYTES || b.len() > MAX_BYTES {
        return Truth::Unknown;
    }
    let (whole_a, whole_b) = (fold(a), fold(b));
    if whole_a.is_empty() || whole_b.is_empty() || !share_a_script(a, b) {
        return Truth::Unknown;
    }
    if whole_a == whole_b {
        return Truth::True;
    }
    if east_asian::is_east_asian(&whole_a) || east_asian::is_east_asian(&whole_b) {
        return match kind {
            Kind::Person => east_asian::compare(&whole_a, &whole_b, kind),
            Kind::Organisation => {
                let plain = |name| fold(&east_asian::without_legal_form(name));
                east_asian::compare(&plain(a), &plain(b), kind)
            }
        };
    }
    let (mut a, mut b) = (words(a, kind), words(b, kind));
    if a.len() > MAX_WORDS || b.len() > MAX_WORDS {
        return Truth::Unknown;
    }
    join_like(&mut a, &b);
    join_like(&mut b, &a);
    let (a, b) = (essential(a, kind), essential(b, kind));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let matched = most_pairs(short, long, kind);
    if matched == short.len() {
        Truth::True
    } else if matched > 0
        || !same_scripts(&whole_a, &whole_b)
        || is_acronym(short, long, kind)
        || kind == Kind::Person && (may_be_one_name(short, long) || is_shortened(short, long))
    {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// The folded words of a name.
fn words(name: &str, kind: Kind) -> Vec<String> {
    let plain = without_accents(name)
        .to_lowercase()
        .replace("ph.d", "phd")
        .replace("a/s", "as")
        .replace("בע\"מ", "בעמ")
        .replace("בע״מ", "בעמ");
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
                words.push(fold(&word));
                word.clear();
                letters = 0;
            }
        }
    }
    words.push(fold(&word));
    words.retain(|word| !word.is_empty());
    words
}

/// Puts together what `like` writes as one word.
fn join_like(words: &mut Vec<String>, like: &[String]) {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let run = (2..=MAX_JOINED.min(rest.len())).rev().find_map(|count| {
            let (run, after) = rest.split_at_checked(count)?;
            let whole = run.concat();
            like.contains(&whole).then_some((whole, after))
        });
        let (word, after) = run.unwrap_or_else(|| (first.clone(), after));
        joined.push(word);
        rest = after;
    }
    *words = joined;
}

/// The words that tell one name from another, at least one.
fn essential(words: Vec<String>, kind: Kind) -> Vec<String> {
    let lists: [&[&str]; 2] = match kind {
        Kind::Person => [TITLES, PARTICLES],
        Kind::Organisation => [LEGAL_FORMS, SMALL_WORDS],
    };
    let mut kept = words;
    for list in lists {
        let left: Vec<String> = kept.iter().filter(|word| !list.contains(&word.as_str())).cloned().collect();
        if !left.is_empty() {
            kept = left;
        }
    }
    kept
}

fn matches(a: &str, b: &str, kind: Kind) -> bool {
    if a == b || is_initial(a, b) || is_initial(b, a) {
        return true;
    }
    if kind == Kind::Person && are_forms_of_one_name(a, b) {
        return true;
    }
    let (plain_a, plain_b) = (plain_umlauts(a), plain_umlauts(b));
    let (letters_a, letters_b): (Vec<char>, Vec<char>) = (plain_a.chars().collect(), plain_b.chars().collect());
    let long = a.chars().count().min(b.chars().count()) >= MIN_EDITED;
    plain_a == plain_b || long && (characters_at_most(&letters_a, &letters_b, 1) || one_edit(a, b))
}

fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    characters_at_most(&a, &b, 1)
}

/// Whether `a` is the one letter that `b` begins with.
fn is_initial(a: &str, b: &str) -> bool {
    let mut letters = a.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_alphabetic() && b.starts_with(letter))
}

fn plain_umlauts(word: &str) -> String {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// The most pairs of matching words, each used once (Kuhn's algorithm).
fn most_pairs(short: &[String], long: &[String], kind: Kind) -> usize {
    let partners: Vec<Vec<usize>> = short
        .iter()
        .map(|a| long.iter().enumerate().filter(|(_, b)| matches(a, b, kind)).map(|(place, _)| place).collect())
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; long.len()];
    (0..short.len()).filter(|word| seat(*word, &partners, &mut taken, &mut vec![false; long.len()])).count()
}

fn seat(word: usize, partners: &[Vec<usize>], taken: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &place in partners.get(word).map(Vec::as_slice).unwrap_or_default() {
        match tried.get_mut(place) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let free = match taken.get(place).copied().flatten() {
            None => true,
            Some(other) => seat(other, partners, taken, tried),
        };
        if free {
            if let Some(slot) = taken.get_mut(place) {
                *slot = Some(word);
            }
            return true;
        }
    }
    false
}

/// Whether a word of one name begins a word of the other: "Budi" for "Budianto".
fn is_shortened(a: &[String], b: &[String]) -> bool {
    let begins = |a: &str, b: &str| a.chars().nth(1).is_some() && b.starts_with(a);
    a.iter().any(|a| b.iter().any(|b| begins(a, b) || begins(b, a)))
}

/// Whether one organisation's only word is made of the first letters of the other's: "IBM".
fn is_acronym(short: &[String], long: &[String], kind: Kind) -> bool {
    let [word] = short else { return false };
    kind == Kind::Organisation && long.len() > 1 && long.iter().filter_map(|word| word.chars().next()).eq(word.chars())
}

fn scripts(folded: &str) -> Vec<Script> {
    let mut scripts: Vec<Script> = folded.chars().map(|c| c.script()).filter(|s| *s != Script::Common).collect();
    scripts.sort_unstable_by_key(|script| *script as u8);
    scripts.dedup();
    scripts
}

fn same_scripts(a: &str, b: &str) -> bool {
    scripts(a) == scripts(b)
}
