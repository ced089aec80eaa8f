//! Folding a printed condition that is too long for a line: behind commas and before `and` and `or`, nowhere else.

use super::WIDTH;

/// The lines of `text`, the first of which starts at `first`, the others at `indent`. A piece without a place to break stays whole.
pub(super) fn fold(text: &str, first: usize, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut column = first;
    for piece in pieces(text) {
        let width = piece.trim_end().chars().count();
        if !line.is_empty() && column + width > WIDTH {
            lines.push(line.trim_end().to_owned());
            line.clear();
            column = indent;
        }
        line.push_str(piece);
        column += piece.chars().count();
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The text cut where a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        let before = text.get(..at).unwrap_or_default();
        let rest = text.get(at..).unwrap_or_default();
        let end = match letter {
            '"' => Some('"'),
            '/' if before.ends_with(" matches ") => Some('/'),
            _ => None,
        };
        if let Some(end) = end {
            while let Some((_, inner)) = letters.next() {
                match inner {
                    '\\' => drop(letters.next()),
                    _ if inner == end => break,
                    _ => {}
                }
            }
        } else if letter == ' ' && (before.ends_with(',') || rest.starts_with(" and ") || rest.starts_with(" or ")) {
            pieces.extend(text.get(start..=at));
            start = at + 1;
        }
    }
    pieces.extend(text.get(start..));
    pieces
}
