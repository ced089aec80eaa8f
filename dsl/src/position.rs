//! Byte offsets as lines and columns.

/// The line and column of a byte offset, both counted from 1; columns count characters.
///
/// An offset within a character counts as the character's; one beyond the end counts as the end. A byte order mark at the
/// start is no column.
///
/// ```
/// assert_eq!(indicia_dsl::line_column("é: text\nb", 3), (1, 3));
/// assert_eq!(indicia_dsl::line_column("é: text\nb", 9), (2, 1));
/// ```
pub fn line_column(source: &str, offset: u32) -> (usize, usize) {
    let mut end = usize::try_from(offset).unwrap_or(usize::MAX).min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let before = source.get(..end).unwrap_or_default();
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
