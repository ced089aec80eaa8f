//! Wraps sentences to a width, in columns of a terminal.

use unicode_width::UnicodeWidthStr;

/// Appends `text` to `out`, wrapped: the first line stands after `first`, the others after `rest`. Ends with a newline.
/// A word that is wider than a line stays whole.
pub(crate) fn paragraph(out: &mut String, text: &str, first: &str, rest: &str, width: usize) {
    words(out, text.split_whitespace(), first, rest, width);
}

/// Appends words to `out` as [`paragraph`] does, each whole whatever it holds.
pub(crate) fn words<'t>(
    out: &mut String,
    words: impl IntoIterator<Item = &'t str>,
    first: &str,
    rest: &str,
    width: usize,
) {
    out.push_str(first);
    let mut column = visible_width(first);
    let mut fresh = true;
    for word in words {
        let wide = word.width();
        if !fresh && column + 1 + wide > width {
            out.push('\n');
            out.push_str(rest);
            column = visible_width(rest);
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += wide;
        fresh = false;
    }
    out.push('\n');
}

/// Width in columns, without escape sequences of styles.
pub(crate) fn visible_width(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

/// `1 record`, `2 records`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(count)) }
}

/// A number with its thousands apart: `12,345`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{grouped, paragraph};

    #[test]
    fn a_long_sentence_continues_under_its_indent() {
        let mut out = String::new();
        paragraph(&mut out, "one two three four", "- ", "  ", 10);
        assert_eq!(out, "- one two\n  three\n  four\n");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
