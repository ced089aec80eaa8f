//! Diagnostics as text for people, with the lines that they point at: for hosts that have no renderer of their own.
//!
//! Owns the layout. Refuses colours, widths and files that are not in the sources.

use crate::source::Sources;
use indicia_dsl::diagnostic::{Diagnostic, Label};
use std::fmt::Write;

/// Prints diagnostics as a compiler does: message, place, the line with what is wrong in it underlined, and help.
///
/// A file that the sources don't have (`ruleset.yaml`, a case file) is named without its text.
///
/// ```
/// use indicia::{Ruleset, RulesetError, Sources};
/// let rules = r#"language 1
/// record application { phone: phone }
/// indicator phone_missing "No phone number" {
///   category contact
///   severity low
///   when     phnoe is missing
/// }
/// decide {
///   categories contact
///   weights    info 1, low 5, medium 12, high 25
///   outcomes   clear, review
///   outcome review when score >= 30
/// }
/// "#;
/// let sources = Sources::single(rules);
/// let Err(error) = Ruleset::from_sources(&sources) else { panic!("no error") };
/// assert_eq!(error.to_string(), "rules.indicia:6:12: error[E0201]: unknown field `phnoe`");
///
/// let RulesetError::Compile { diagnostics } = &error else { panic!("another error") };
/// assert_eq!(indicia::render(&sources, diagnostics), "\
/// error[E0201]: unknown field `phnoe`
///  --> rules.indicia:6:12
///   |
/// 6 |   when     phnoe is missing
///   |            ^^^^^
///   = help: did you mean `phone`?
/// ");
/// ```
pub fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let blocks: Vec<String> = diagnostics.iter().map(|diagnostic| block(sources, diagnostic)).collect();
    blocks.join("\n")
}

fn block(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let mut out = format!("{}[{}]: {}\n", diagnostic.severity, diagnostic.code, diagnostic.message);
    let (primary, others): (Vec<&Label>, Vec<&Label>) = diagnostic.labels.iter().partition(|label| label.primary);
    let places: Vec<Place<'_>> = primary.into_iter().chain(others).filter_map(|l| Place::of(sources, l)).collect();
    let widest = places.iter().map(|place| place.line).max().unwrap_or_default().to_string().len();
    for place in &places {
        place.write(widest, &mut out);
    }
    if let (true, Some(label)) = (places.is_empty(), diagnostic.primary().filter(|label| !label.file.is_empty())) {
        let at = diagnostic.position.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        let _ = writeln!(out, " --> {}{at}", label.file);
    }
    let help = diagnostic.help.as_ref().or_else(|| diagnostic.fix.as_ref().map(|fix| &fix.title));
    if let Some(help) = help {
        let _ = writeln!(out, "{:widest$} = help: {help}", "");
    }
    // Control characters would move the cursor, and a tab is as wide as the terminal pleases. Names of files have some, too.
    out.replace(|c: char| c.is_control() && c != '\n', " ")
}

/// A label with the line that it stands in.
struct Place<'a> {
    label: &'a Label,
    text: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Place<'a> {
    fn of(sources: &'a Sources, label: &'a Label) -> Option<Self> {
        let source = sources.text(&label.file)?;
        let (line, column) = indicia_dsl::line_column(source, label.span.start);
        let text = source.trim_start_matches('\u{feff}').lines().nth(line.checked_sub(1)?).unwrap_or_default();
        Some(Self { label, text, line, column })
    }

    fn write(&self, widest: usize, out: &mut String) {
        let Self { label, text, line, column } = self;
        let arrow = if label.primary { "-->" } else { ":::" };
        let _ = writeln!(out, "{:widest$}{arrow} {}:{line}:{column}", "", label.file);
        let _ = writeln!(out, "{:widest$} |", "");
        let _ = writeln!(out, "{line:widest$} | {text}");
        let before = column.saturating_sub(1);
        let rest = text.chars().count().saturating_sub(before);
        let marked = self.width().clamp(1, rest.max(1));
        let mark = if label.primary { "^" } else { "-" }.repeat(marked);
        let _ = writeln!(out, "{}", format!("{:widest$} | {:before$}{mark} {}", "", "", label.text).trim_end());
    }

    /// Characters of the label on its line: what goes on below is not marked.
    fn width(&self) -> usize {
        let bytes = self.label.span.end.saturating_sub(self.label.span.start) as usize;
        let start = self.text.char_indices().nth(self.column.saturating_sub(1)).map_or(self.text.len(), |(at, _)| at);
        let rest = self.text.get(start..).unwrap_or_default();
        rest.char_indices().take_while(|(at, _)| *at < bytes).count()
    }
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::source::Sources;
    use crate::{Diagnostic, Span};

    #[test]
    fn labels_without_words_and_labels_elsewhere_are_shown() {
        let text = "language 1\nlet ä = 1\n\n\n\n\n\n\n\nlet ä = 2\n";
        let found = Diagnostic::error("E0203", "`ä` is declared twice", "rules.indicia", Span::new(34, 36), "again")
            .with_label("rules.indicia", Span::new(15, 17), "first here");
        let expected = "\
error[E0203]: `ä` is declared twice
  --> rules.indicia:10:5
   |
10 | let ä = 2
   |     ^ again
  ::: rules.indicia:2:5
   |
 2 | let ä = 1
   |     - first here
";
        assert_eq!(render(&Sources::single(text), &[found]), expected);
    }

    #[test]
    fn control_characters_of_text_and_file_name_are_blanks() {
        let mut sources = Sources::default();
        sources.rules.insert("a\u{1b}[2J.indicia".to_owned(), "let\ta = \u{7}b\n".to_owned());
        let found = Diagnostic::error("E0201", "unknown field `\u{7}b`", "a\u{1b}[2J.indicia", Span::new(8, 10), "");
        let expected = "\
error[E0201]: unknown field ` b`
 --> a [2J.indicia:1:9
  |
1 | let a =  b
  |         ^^
";
        assert_eq!(render(&sources, std::slice::from_ref(&found)), expected);
        assert_eq!(found.to_string(), "a [2J.indicia: error[E0201]: unknown field ` b`");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let mut found =
            Diagnostic::warning("W0711", "no cases", "a.cases.yaml", Span::new(3, 9), "").with_help("add one");
        assert_eq!(
            render(&Sources::default(), &[found.clone()]),
            "warning[W0711]: no cases\n --> a.cases.yaml\n  = help: add one\n"
        );
        found.locate("a\nbc\n");
        assert_eq!(found.to_string(), "a.cases.yaml:2:2: warning[W0711]: no cases");
    }
}
