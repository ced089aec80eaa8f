//! `within N edits of`: the distance between two texts in edits.
//!
//! Optimal string alignment: an insertion, a removal, a replacement or an exchange of two neighbours is one edit, and
//! no part is edited twice (Damerau 1964, in the restricted form; the `rapidfuzz` crate). Case and compatibility
//! forms are ignored, accents, punctuation and spaces count.

use rapidfuzz::distance::osa;

use super::text::fold_case_only;

/// What differs between two texts, after a common beginning and end, is compared up to so many characters.
const MAX_CHARACTERS: usize = 1_000;

/// Whether at most `max` edits lead from one text to the other. Where more than 1,000 characters in a row differ, they
/// don't.
pub(crate) fn at_most(a: &str, b: &str, max: usize) -> bool {
    let a: Vec<char> = fold_case_only(a).chars().collect();
    let b: Vec<char> = fold_case_only(b).chars().collect();
    characters_at_most(&a, &b, max)
}

/// The same for texts that are folded already.
fn characters_at_most(a: &[char], b: &[char], max: usize) -> bool {
    if a.len().abs_diff(b.len()) > max {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    if a.len().max(b.len()) > MAX_CHARACTERS {
        return false;
    }
    let arguments = osa::Args::default().score_cutoff(max);
    osa::distance_with_args(a.iter().copied(), b.iter().copied(), &arguments).is_some()
}
