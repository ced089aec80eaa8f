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

mod name;
mod pairs;
mod passed_over;
mod word;

use std::borrow::Borrow;

pub(crate) use name::Name;

use self::pairs::{Bits, Partners, essential, joined};
use self::word::Word;
use super::sounds::may_be_one_name;
use super::text::folded_byte;
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

/// Whether two names agree, where that is seen without preparing them: they are too long, or the same but for case and signs.
pub(crate) fn agree_at_once(a: &[u8], b: &[u8]) -> Option<Truth> {
    if a.len() > MAX_BYTES || b.len() > MAX_BYTES {
        return Some(Truth::Unknown);
    }
    let folded = |byte: &u8| folded_byte(*byte);
    let mut some = false;
    let (mut rest_a, mut rest_b) = (a.iter().filter_map(folded), b.iter().filter_map(folded));
    loop {
        match (rest_a.next(), rest_b.next()) {
            (Some(a), Some(b)) if a == b => some = true,
            (None, None) if a.is_ascii() && b.is_ascii() => {
                return Some(if some { Truth::True } else { Truth::Unknown });
            }
            _ => return None,
        }
    }
}

/// Whether two names agree.
pub(crate) fn agree(a: &Name, b: &Name) -> Truth {
    if a.whole.is_empty() || b.whole.is_empty() || !a.scripts.share(&b.scripts) {
        return Truth::Unknown;
    }
    if a.whole == b.whole {
        return Truth::True;
    }
    if a.is_east_asian || b.is_east_asian {
        return a.characters().compare(b.characters(), a.kind);
    }
    let in_other_scripts = a.folded_scripts != b.folded_scripts;
    match (a.words(), b.words()) {
        (Some(a_words), Some(b_words)) => agree_by_words(a_words, b_words, a.kind, in_other_scripts),
        _ => Truth::Unknown,
    }
}

fn agree_by_words(a: &[Word], b: &[Word], kind: Kind, in_other_scripts: bool) -> Truth {
    let partners = Partners::of(a, b);
    if !partners.may_join {
        return judge(a, b, &partners, kind, in_other_scripts);
    }
    let (a, b): (Vec<&Word>, Vec<&Word>) = (a.iter().collect(), b.iter().collect());
    let a = joined(&a, &b);
    let b = joined(&b, &a);
    judge(&a, &b, &Partners::of(&a, &b), kind, in_other_scripts)
}

fn judge<W: Borrow<Word>>(a: &[W], b: &[W], partners: &Partners, kind: Kind, in_other_scripts: bool) -> Truth {
    let (of_a, of_b) = (essential(a), essential(b));
    let matched = partners.most(of_a, of_b);
    if matched == of_a.count_ones().min(of_b.count_ones()) {
        return Truth::True;
    }
    if matched > 0 || in_other_scripts {
        return Truth::Unknown;
    }
    if kind == Kind::Organisation && of_a.count_ones() > 1 && of_b.count_ones() > 1 {
        return Truth::False;
    }
    let (a, b) = (chosen(a, of_a), chosen(b, of_b));
    let undecided = match kind {
        Kind::Person => sound_alike(&a, &b) || a.iter().any(|a| b.iter().any(|b| a.is_shortened(b))),
        Kind::Organisation => is_acronym(&a, &b) || is_acronym(&b, &a),
    };
    if undecided { Truth::Unknown } else { Truth::False }
}

fn chosen<W: Borrow<Word>>(words: &[W], chosen: Bits) -> Vec<&Word> {
    let words = words.iter().enumerate();
    words.filter(|(place, _)| chosen >> place & 1 == 1).map(|(_, word)| word.borrow()).collect()
}

fn sound_alike(a: &[&Word], b: &[&Word]) -> bool {
    matches!((sounds(a), sounds(b)), (Some(a), Some(b)) if may_be_one_name(&a, &b))
}

fn sounds<'w>(name: &[&'w Word]) -> Option<Vec<&'w str>> {
    name.iter().map(|word| word.sounds()).collect()
}

/// Whether one organisation's only word is made of the first letters of the other's: "IBM".
fn is_acronym(short: &[&Word], long: &[&Word]) -> bool {
    let [word] = short else { return false };
    long.len() > 1 && long.iter().map(|word| word.first).eq(word.text.chars())
}

/// Whether two names agree that nobody has prepared.
#[cfg(test)]
pub(crate) fn agrees(a: &str, b: &str, kind: Kind) -> Truth {
    agree_at_once(a.as_bytes(), b.as_bytes()).unwrap_or_else(|| agree(&Name::of(a, kind), &Name::of(b, kind)))
}
