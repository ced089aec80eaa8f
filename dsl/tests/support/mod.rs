//! What several tests share: the tree without places, and applying mends.

use indicia_dsl::Diagnostic;

/// A file with one of everything.
pub const SAMPLE: &str = include_str!("sample.indicia");

/// The tree as text, without any place: two files that mean the same give the same.
pub fn shape(source: &str) -> String {
    let parsed = indicia_dsl::parse("test.indicia", source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    without_spans(&format!("{:?}", parsed.file))
}

/// Debug output without spans.
pub fn without_spans(debug: &str) -> String {
    let mut out = String::with_capacity(debug.len());
    let mut rest = debug;
    while let Some(at) = rest.find("Span { start: ") {
        out.push_str(&rest[..at]);
        out.push('_');
        rest = rest[at..].split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// The source after all mends of the diagnostics.
pub fn mended(source: &str, diagnostics: &[Diagnostic]) -> String {
    let mut edits: Vec<_> =
        diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()).flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = source.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    out
}
