//! The formatter: the one canonical spelling of a file. It keeps every comment and never changes what a file means.
//!
//! The tree is printed anew; `comments` says where the comments of the source go. `item` prints declarations, `condition`
//! breaks long conditions over lines, `expr` prints expressions in a line and `text` quoted texts.

mod comments;
mod condition;
mod decide;
mod expr;
mod field;
mod fold;
mod item;
mod spelling;
mod text;

use crate::ast::{File, Item};
use crate::diagnostic::Diagnostic;
use crate::lex::Comment;
use crate::limits::Limits;
use crate::parse;
use crate::span::Span;
use comments::Unit;

pub use expr::{print_expr, print_for};

/// The width that lines keep to where they can be broken.
const WIDTH: usize = 110;

/// The canonical spelling of a source file.
///
/// Comments stay: on their own line before what they stood before, or behind what they stood behind. One within something that
/// is printed in a line moves before it. Clauses are put in canonical order, each with its comments. A blank line separates
/// items; `let`s, `setting`s and `list`s that follow each other without one stay together.
///
/// # Errors
///
/// The syntax errors of the file; it is only formatted if it has none.
///
/// ```
/// let formatted = indicia_dsl::format("a.indicia", "language 1\nlet a=( form.b==1 )// why\n")?;
/// assert_eq!(formatted, "language 1\n\nlet a = form.b == 1 // why\n");
/// # Ok::<(), Vec<indicia_dsl::Diagnostic>>(())
/// ```
pub fn format(file_name: &str, source: &str) -> Result<String, Vec<Diagnostic>> {
    let limits = Limits::DEFAULT;
    if let Some(diagnostic) = parse::too_large(file_name, source, &limits) {
        return Err(vec![diagnostic]);
    }
    let (parsed, lexed) = parse::read(file_name, source, &limits);
    if !parsed.diagnostics.is_empty() {
        return Err(parsed.diagnostics);
    }
    let mut printer = Printer { source, out: String::with_capacity(source.len()) };
    printer.file(&parsed.file, &lexed.comments);
    Ok(printer.out)
}

/// What is printed so far.
struct Printer<'s> {
    source: &'s str,
    out: String,
}

impl Printer<'_> {
    fn file(&mut self, file: &File, comments: &[Comment]) {
        let language = file.language.map(|(_, span)| span);
        let spans: Vec<Span> = language.into_iter().chain(file.items.iter().map(item::span)).collect();
        let (units, rest) = self.place(&spans, comments);
        let mut items = file.items.iter();
        let mut before: Option<(&Item, &Unit)> = None;
        for (index, unit) in units.iter().enumerate() {
            let next = items.as_slice().first();
            if index > 0 && !before.is_some_and(|before| self.goes_on(before, next, unit)) {
                self.out.push('\n');
            }
            self.lead(&unit.lead, 0, Some(unit.span.start));
            match file.language {
                Some((version, _)) if index == 0 => {
                    // The few comments within `language 1` go before it.
                    self.lead(&unit.inside, 0, None);
                    self.line(0, &format!("language {version}"), unit);
                }
                _ => {
                    if let Some(item) = items.next() {
                        before = Some((item, unit));
                        self.item(item, unit);
                    }
                }
            }
        }
        if !rest.is_empty() && !units.is_empty() {
            self.out.push('\n');
        }
        self.lead(&rest, 0, None);
    }

    /// Whether an item follows one of its kind on the next line: names of one subject may stand as a block.
    fn goes_on(&self, (item, at): (&Item, &Unit), next: Option<&Item>, unit: &Unit) -> bool {
        let alike = matches!(
            (item, next),
            (Item::Let(_), Some(Item::Let(_)))
                | (Item::Setting(_), Some(Item::Setting(_)))
                | (Item::List(_), Some(Item::List(_)))
        );
        let end = at.trail.map_or(at.span.end, |comment| comment.span.end);
        alike && unit.before().is_empty() && !self.blank_between(end, unit.span.start)
    }

    /// A line at an indent, with the comment that trails its unit.
    fn line(&mut self, indent: usize, text: &str, unit: &Unit) {
        self.begin(indent);
        self.out.push_str(text);
        self.end(unit.trail);
    }

    fn begin(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    /// Ends a line, with a comment if there is one.
    fn end(&mut self, trail: Option<Comment>) {
        if let Some(comment) = trail {
            self.out.push(' ');
            let text = self.at(comment.span).to_owned();
            self.out.push_str(&text);
        }
        self.out.push('\n');
    }

    /// Comments on lines of their own. With `before`, single blank lines among them and up to that offset are kept.
    fn lead(&mut self, comments: &[Comment], indent: usize, before: Option<u32>) {
        for (index, comment) in comments.iter().enumerate() {
            self.begin(indent);
            let text = self.at(comment.span).to_owned();
            self.out.push_str(&text);
            self.out.push('\n');
            let next = comments.get(index + 1).map_or(before, |next| before.and(Some(next.span.start)));
            if next.is_some_and(|next| self.blank_between(comment.span.end, next)) {
                self.out.push('\n');
            }
        }
    }

    /// Whether a blank line stands between two offsets of the source.
    fn blank_between(&self, start: u32, end: u32) -> bool {
        let between = self.at(Span::new(start, end.max(start)));
        let lines: Vec<&str> = between.split('\n').collect();
        lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default().iter().any(|line| line.trim().is_empty())
    }

    /// The source text at a place.
    fn at(&self, span: Span) -> &str {
        let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        self.source.get(at(span.start)..at(span.end)).unwrap_or_default()
    }
}
