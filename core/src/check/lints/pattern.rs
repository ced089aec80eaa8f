//! W0707: regular expressions that match every text. A blank text is missing, so one that matches all others does.

use regex::Regex;

/// Texts of more than one character that a narrow pattern does not match.
const TEXTS: [&str; 6] = ["ab", "a b", "a\nb", "0 \n\u{e9}", "--", "\u{4e00}\u{4e8c} \u{1f600}"];
/// Longer than any pattern's count that fits its size limit for long.
const LONG: usize = 5000;
/// Of the characters beyond ASCII, every so many is tried: fewer than a script has letters.
const STEP: usize = 19;

/// Whether the regular expression finds something in every text that is not blank: single characters of all scripts, and
/// texts of several words, lines and scripts.
pub(in crate::check) fn matches_everything(regex: &Regex) -> bool {
    let mut buffer = [0; 4];
    let mut found = |c: char| regex.is_match(c.encode_utf8(&mut buffer));
    (' '..='~').filter(|c| *c != ' ').all(&mut found)
        && TEXTS.iter().all(|text| regex.is_match(text))
        && regex.is_match(&"a".repeat(LONG))
        && ('\u{80}'..=char::MAX).step_by(STEP).filter(|c| !c.is_whitespace() && !c.is_control()).all(found)
}
