//! Single characters: what a word is made of, and what must not stand in a source unseen.

use super::Lexer;
use crate::code;

/// Whether a name may hold it.
pub(crate) fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Whether a reader can't see it, or it changes the order in which others are seen: control characters, zero-width
/// characters and bidirectional controls (CVE-2021-42574, "Trojan Source"). Tabs and ends of lines are no such characters.
pub(crate) fn is_invisible(letter: char) -> bool {
    match letter {
        '\t' | '\n' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => letter.is_control(),
    }
}

impl Lexer<'_> {
    /// Reports the invisible characters of a comment (which are blanked) or a text (where an escape may stand for them).
    pub(super) fn check_characters(&mut self, start: usize, end: usize, in_text: bool) {
        let piece = self.slice(start, end);
        if piece.bytes().all(|byte| (b' '..=b'~').contains(&byte) || byte == b'\t') {
            return;
        }
        for (at, letter) in piece.char_indices() {
            if is_invisible(letter) {
                self.invisible(start + at, letter, in_text);
            }
        }
    }

    /// Reports one invisible character and has it read as blanks.
    pub(super) fn invisible(&mut self, start: usize, letter: char, in_text: bool) {
        let (length, number) = (letter.len_utf8(), u32::from(letter));
        let escape = format!("\\u{{{number:x}}}");
        let (help, replacement) = match (in_text, letter) {
            (true, _) => (format!("write `{escape}` if it is meant"), escape.as_str()),
            (false, '\r' | '\u{2028}' | '\u{2029}') => ("end the line with a line feed".to_owned(), "\n"),
            (false, _) => ("remove it".to_owned(), ""),
        };
        let message = format!("an invisible character, U+{number:04X}, stands here");
        self.report_fix(code::INVISIBLE_CHARACTER, (start, start + length), message, help, replacement);
        self.blank(start, length, "");
    }
}
