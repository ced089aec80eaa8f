//! Diagnostics as rustc prints them, and as JSON with lines and columns.

use super::values::safe;
use crate::console::Theme;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use indicia::{Diagnostic, Label, Severity, Sources, Span};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// The text of the files that diagnostics point into.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    texts: BTreeMap<String, String>,
    /// Files of the rulesets that are extended, as diagnostics name them: `base/rules.indicia`.
    of_bases: BTreeSet<String>,
    /// The folder as the user wrote it, put before file names.
    folder: String,
}

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Files {
    /// All files of a ruleset and of those it extends, by the names that diagnostics give them (see [`Sources::text`]).
    pub(crate) fn of(sources: &Sources) -> Self {
        let mut files = Self::default();
        let bases = std::iter::successors(sources.base.as_deref(), |sources| sources.base.as_deref());
        for base in bases {
            for (name, _) in base.rules.iter().chain(&base.data) {
                let name = format!("{}/{name}", base.manifest.name);
                if let Some(text) = sources.text(&name) {
                    files.texts.insert(name.clone(), text.to_owned());
                    files.of_bases.insert(name);
                }
            }
        }
        for (name, text) in sources.rules.iter().chain(&sources.data) {
            files.of_bases.remove(name);
            files.texts.insert(name.clone(), text.clone());
        }
        files
    }

    /// Adds what the folder has of the files that diagnostics point into, such as `ruleset.yaml`.
    pub(crate) fn with_files_of(mut self, diagnostics: &[Diagnostic], folder: &Path) -> Self {
        for label in diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
            let path = folder.join(&label.file);
            if let (false, Ok(text)) = (self.texts.contains_key(&label.file), std::fs::read_to_string(path)) {
                self.texts.insert(label.file.clone(), text);
            }
        }
        self
    }

    /// Shows names below a folder.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.folder = folder.display().to_string();
        self
    }

    /// The text of a file.
    pub(crate) fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(String::as_str)
    }

    /// The file's name as the user can open it. What is built in or stands in a bundle keeps its name alone.
    pub(crate) fn path(&self, file: &str) -> String {
        if self.of_bases.contains(file) {
            let folder = Path::new(if self.folder == "." { "" } else { &self.folder });
            // A ruleset to extend lies beside the one that extends it.
            let around = folder.file_name().and(folder.parent()).map_or_else(|| folder.join(".."), Path::to_owned);
            let beside = around.join(file);
            return if beside.is_file() { beside.display().to_string() } else { file.to_owned() };
        }
        if self.folder.is_empty() || self.folder == "." {
            file.to_owned()
        } else {
            format!("{}/{file}", self.folder.trim_end_matches('/'))
        }
    }

    /// Where a span of a file starts and ends.
    pub(crate) fn positions(&self, file: &str, span: Span) -> Option<(Position, Position)> {
        let text = self.text(file)?;
        let range = range(text, span);
        Some((position(text, range.start), position(text, range.end)))
    }
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    Position { line: before.bytes().filter(|byte| *byte == b'\n').count() + 1, column }
}

/// The span as a range that surely lies on character boundaries of the text.
fn range(text: &str, span: Span) -> Range<usize> {
    let boundary =
        |offset: u32| (0..=(offset as usize).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}

/// All diagnostics, with a blank line behind each.
pub(crate) fn render(diagnostics: &[Diagnostic], files: &Files, theme: Theme) -> String {
    let renderer = if theme.colour { Renderer::styled() } else { Renderer::plain() }.term_width(theme.width.max(100));
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, files)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let level = if diagnostic.is_error() { Level::ERROR } else { Level::WARNING };
    let mut group = Group::with_title(level.primary_title(told(&diagnostic.message)).id(diagnostic.code.as_ref()));
    // The file of the mistake comes first, then the others in the order of their labels.
    let mut names: Vec<&str> = Vec::new();
    let (primary, context): (Vec<&Label>, Vec<&Label>) = diagnostic.labels.iter().partition(|label| label.primary);
    for label in primary.into_iter().chain(context) {
        if !names.contains(&label.file.as_str()) {
            names.push(&label.file);
        }
    }
    for name in names {
        let Some(text) = files.text(name) else { continue };
        let labels = diagnostic.labels.iter().filter(|label| label.file == name);
        let annotations = labels.map(|label| {
            let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(range(text, label.span));
            if label.text.is_empty() { annotation } else { annotation.label(told(&label.text)) }
        });
        group =
            group.element(Snippet::source(text).path(told(&files.path(name)).into_owned()).annotations(annotations));
    }
    for label in diagnostic.labels.iter().filter(|label| files.text(&label.file).is_none() && !label.file.is_empty()) {
        let said = if label.text.is_empty() { String::new() } else { format!(": {}", label.text) };
        group =
            group.element(Level::NOTE.message(told(&format!("in `{}`{said}", files.path(&label.file))).into_owned()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(told(help)));
    } else if let Some(fix) = &diagnostic.fix {
        group = group.element(Level::HELP.message(told(&fix.title)));
    }
    group
}

/// A text, of several lines perhaps, that moves no cursor: messages quote rules, and a bundle names its files as it likes.
fn told(text: &str) -> Cow<'_, str> {
    if text.contains('\n') {
        return text.split('\n').map(safe).collect::<Vec<_>>().join("\n").into();
    }
    safe(text)
}

/// One diagnostic as JSON: its data, and where its primary label stands. A file that can't be read is an error without a code.
pub(crate) fn to_json(diagnostic: &Diagnostic, files: &Files) -> Value {
    let code = (!diagnostic.code.is_empty()).then_some(&diagnostic.code);
    let mut value = json!({ "code": code, "severity": diagnostic.severity, "message": diagnostic.message });
    let primary = diagnostic.labels.iter().find(|label| label.primary);
    if let (Some(object), Some(label)) = (value.as_object_mut(), primary) {
        object.insert("file".to_owned(), json!(files.path(&label.file)));
        if let Some((start, end)) = files.positions(&label.file, label.span) {
            object.insert("line".to_owned(), json!(start.line));
            object.insert("column".to_owned(), json!(start.column));
            object.insert("end_line".to_owned(), json!(end.line));
            object.insert("end_column".to_owned(), json!(end.column));
        }
    }
    if let Some(object) = value.as_object_mut() {
        object.insert("labels".to_owned(), json!(diagnostic.labels));
        object.insert("help".to_owned(), json!(diagnostic.help));
        object.insert("fix".to_owned(), json!(diagnostic.fix));
    }
    value
}

/// Counts of errors and warnings.
pub(crate) fn counts(diagnostics: &[Diagnostic]) -> (u64, u64) {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    (errors as u64, (diagnostics.len() - errors) as u64)
}

#[cfg(test)]
mod tests {
    use super::{Files, render};
    use crate::console::Theme;
    use indicia::{Diagnostic, Sources, Span};

    #[test]
    fn nothing_in_a_diagnostic_moves_the_cursor() {
        let diagnostic =
            Diagnostic::error("E0201", "unknown \u{1b}[2J", "a\u{7}.indicia", Span::new(0, 1), "here\u{1b}[1m")
                .with_help("did you mean\n`\u{1b}[3m`?");
        let mut sources = Sources::single("x");
        sources.rules.insert("a\u{7}.indicia".to_owned(), "x".to_owned());
        for files in [Files::of(&sources), Files::default()] {
            let shown = render(std::slice::from_ref(&diagnostic), &files, Theme::plain());
            assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        }
    }

    #[test]
    fn a_diagnostic_points_at_its_place_and_offers_help() {
        let text = "language 1\nindicator a \"A\" {\n  when     resume.phnoe is missing\n}\n";
        let at = u32::try_from(text.find("phnoe").unwrap_or(0)).unwrap_or(0);
        let diagnostic = Diagnostic::error(
            "E0201",
            "unknown field `resume.phnoe`",
            "rules.indicia",
            Span::new(at, at + 5),
            "record `claim` has no such field",
        )
        .with_help("did you mean `resume.phone`?");
        let shown = render(&[diagnostic], &Files::of(&Sources::single(text)), Theme::plain());
        let expected = "\
error[E0201]: unknown field `resume.phnoe`
 --> rules.indicia:3:19
  |
3 |   when     resume.phnoe is missing
  |                   ^^^^^ record `claim` has no such field
  |
  = help: did you mean `resume.phone`?

";
        assert_eq!(shown, expected);
    }
}
