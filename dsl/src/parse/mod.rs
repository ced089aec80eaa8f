//! Text to syntax tree: the first stage, `source → Ast`.
//!
//! A file is scanned (`lex`), cut into items and their clauses (`split`), and each piece is read by an entry rule of the
//! grammar. A piece that can't be read is explained (`explain`) and its item left out of the tree; the other pieces are
//! read all the same. `decl`, `indicator` and `decide` build items, `expr` and `operand` conditions, `message` what
//! reviewers are told.

mod decide;
mod decl;
mod explain;
mod expr;
mod indicator;
mod language;
mod literal;
mod meant;
mod message;
mod mistakes;
mod operand;
mod piece;
mod split;

use crate::ast::{Expr, File, Item, Name};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::grammar::{Rule, offset};
use crate::lex::{self, Kind, Lexed, Token};
use crate::limits::Limits;
use crate::span::Span;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// What reading a file gave: all of it that could be read, and what is wrong with the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The syntax tree, without the items that have a syntax error.
    pub file: File,
    /// The syntax errors in order of their place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a source file. Always returns what could be read; `file_name` only serves the diagnostics.
///
/// ```
/// let parsed = indicia_dsl::parse("a.indicia", "language 1\n\nlet early = form.start < @2019-05\n");
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.file.items.len(), 1);
/// ```
pub fn parse(file_name: &str, source: &str) -> Parsed {
    parse_with_limits(file_name, source, &Limits::DEFAULT)
}

/// Reads a source file within other limits than the default ones.
///
/// ```
/// let limits = indicia_dsl::Limits::DEFAULT.with_max_source_bytes(8);
/// let parsed = indicia_dsl::parse_with_limits("a.indicia", "language 1\n", &limits);
/// assert_eq!(parsed.diagnostics[0].code, "E0102");
/// ```
pub fn parse_with_limits(file_name: &str, source: &str, limits: &Limits) -> Parsed {
    if let Some(diagnostic) = too_large(file_name, source, limits) {
        return Parsed { file: File::default(), diagnostics: vec![diagnostic] };
    }
    let (parsed, _) = read(file_name, source, limits);
    parsed
}

/// Reads a single expression, such as a condition typed into a tool.
///
/// # Errors
///
/// The syntax errors, if there are any.
///
/// ```
/// let expr = indicia_dsl::parse_expr("", "form.age + 1 > 3 and known form.email")?;
/// assert_eq!(indicia_dsl::print_expr(&expr), "form.age + 1 > 3 and known form.email");
/// # Ok::<(), Vec<indicia_dsl::Diagnostic>>(())
/// ```
pub fn parse_expr(file_name: &str, source: &str) -> Result<Expr, Vec<Diagnostic>> {
    let limits = Limits::DEFAULT;
    if let Some(diagnostic) = too_large(file_name, source, &limits) {
        return Err(vec![diagnostic]);
    }
    let lexed = lex::scan(file_name, source, 0, limits.max_diagnostics);
    let mut reader = Reader::new(file_name, &lexed, &limits);
    let expr = reader
        .piece(Rule::one_expression, 0..lexed.tokens.len(), piece::Shape::Condition, Span::default())
        .and_then(|node| reader.build(|reader| reader.expr(&node)));
    let diagnostics = finish(file_name, reader.diagnostics, &lexed, &limits);
    match expr {
        Some(expr) if diagnostics.is_empty() => Ok(expr.expr),
        _ => Err(diagnostics),
    }
}

/// Reads a file whose size was checked, and gives its comments too.
pub(crate) fn read(file_name: &str, source: &str, limits: &Limits) -> (Parsed, Lexed) {
    let lexed = lex::scan(file_name, source, 0, limits.max_diagnostics);
    let mut reader = Reader::new(file_name, &lexed, limits);
    let items = split::items(&reader);
    if reader.word(0) != "language" {
        reader.missing_language(source);
    }
    for (position, item) in items.into_iter().enumerate() {
        reader.item(position, item);
    }
    let mut file = std::mem::take(&mut reader.tree);
    let diagnostics = finish(file_name, reader.diagnostics, &lexed, limits);
    file.items.shrink_to_fit();
    (Parsed { file, diagnostics }, lexed)
}

/// The error that a source is too large to be read, if it is.
pub(crate) fn too_large(file_name: &str, source: &str, limits: &Limits) -> Option<Diagnostic> {
    let most = limits.max_source_bytes.min(usize::try_from(u32::MAX - 1).unwrap_or(usize::MAX));
    (source.len() > most).then(|| {
        let message = format!("the file has {} bytes, more than the {most} that are read", source.len());
        Diagnostic::error(code::SOURCE_TOO_LARGE.id, message, file_name, Span::default(), "")
            .with_help("split the file, or keep reference data in lists and tables")
    })
}

/// All diagnostics in order of their place, at most as many as the limits allow and one that says so.
fn finish(file: &str, found: Vec<Diagnostic>, lexed: &Lexed, limits: &Limits) -> Vec<Diagnostic> {
    let mut all = lexed.diagnostics.clone();
    all.extend(found);
    all.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    if all.len() > limits.max_diagnostics {
        let place = all.get(limits.max_diagnostics).and_then(|next| next.labels.first()).map(|label| label.span);
        all.truncate(limits.max_diagnostics);
        let message =
            format!("there are more than {} syntax errors; those from here on are not shown", limits.max_diagnostics);
        all.push(Diagnostic::error(code::TOO_MANY_ERRORS.id, message, file, place.unwrap_or_default(), ""));
    }
    all
}

/// What a reading function gives: its part of the tree, or the one mistake that the piece is reported for.
type Read<T> = Result<T, Box<Diagnostic>>;

/// The state of reading one file.
struct Reader<'s> {
    file: &'s str,
    /// The text with what the scan already reported blanked.
    text: &'s str,
    tokens: &'s [Token],
    max_depth: usize,
    /// Expressions that are built but not yet part of the one that holds them, by where they start.
    inner: RefCell<HashMap<u32, Read<expr::Built>>>,
    tree: File,
    diagnostics: Vec<Diagnostic>,
    max_diagnostics: usize,
}

impl<'s> Reader<'s> {
    fn new(file: &'s str, lexed: &'s Lexed, limits: &Limits) -> Self {
        Self {
            file,
            text: &lexed.text,
            tokens: &lexed.tokens,
            max_depth: limits.max_depth.min(Limits::MAX_DEPTH),
            inner: RefCell::default(),
            tree: File::default(),
            diagnostics: Vec::new(),
            max_diagnostics: limits.max_diagnostics,
        }
    }

    /// The text of a token; nothing beyond the last.
    fn word(&self, index: usize) -> &'s str {
        self.tokens.get(index).map_or("", |token| self.at(token.span))
    }

    /// The kind of a token.
    fn kind(&self, index: usize) -> Option<Kind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// The place of a token; the end of the text beyond the last.
    fn place(&self, index: usize) -> Span {
        let end = offset(self.text.len());
        self.tokens.get(index).map_or(Span::new(end, end), |token| token.span)
    }

    /// The place just after the tokens of a range.
    fn end_of(&self, range: &Range<usize>) -> Span {
        let end = range.end.checked_sub(1).map_or(0, |last| self.place(last).end);
        Span::new(end, end)
    }

    /// The place of a whole range of tokens.
    fn whole(&self, range: &Range<usize>) -> Span {
        Span::new(self.place(range.start).start, self.end_of(range).end)
    }

    /// The text at a place.
    fn at(&self, span: Span) -> &'s str {
        let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        self.text.get(at(span.start)..at(span.end)).unwrap_or_default()
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() <= self.max_diagnostics {
            self.diagnostics.push(diagnostic);
        }
    }

    fn error(&self, code: code::Code, message: impl Into<String>, span: Span, label: &str) -> Diagnostic {
        Diagnostic::error(code.id, message, self.file, span, label)
    }

    /// Runs a builder and reports its mistake.
    fn build<T>(&mut self, builder: impl FnOnce(&Self) -> Read<T>) -> Option<T> {
        match builder(self) {
            Ok(built) => Some(built),
            Err(diagnostic) => {
                self.report(*diagnostic);
                None
            }
        }
    }

    /// Reads one item. An item that can't be read leaves its name in the tree.
    fn item(&mut self, position: usize, item: Range<usize>) {
        let first = self.word(item.start);
        let built = match first {
            "language" => return self.language(position, &item),
            "record" | "extend" => self.record(&item).map(Item::Record),
            "list" => self.list(&item).map(Item::List),
            "table" => self.table(&item).map(Item::Table),
            "let" => self.let_item(&item).map(Item::Let),
            "setting" => self.setting(&item).map(Item::Setting),
            "indicator" => self.indicator(&item).map(Item::Indicator),
            "decide" => self.decide(&item).map(Item::Decide),
            "adjust" => self.adjust(&item).map(Item::Adjust),
            "track" => self.track(&item),
            _ => self.unknown_item(&item),
        };
        match built {
            Some(item) => self.tree.items.push(item),
            None => self.broken(&item),
        }
    }

    /// Keeps the name of an item that can't be read.
    fn broken(&mut self, item: &Range<usize>) {
        if matches!(self.word(item.start), "decide" | "adjust" | "extend") {
            return;
        }
        let name = item.start + 1;
        if name < item.end && self.kind(name) == Some(Kind::Word) {
            self.tree.broken.push(Name { text: self.word(name).to_owned(), span: self.place(name) });
        }
    }

    fn track(&mut self, item: &Range<usize>) -> Option<Item> {
        let diagnostic = self
            .error(code::TRACKS_UNSUPPORTED, "tracks are not part of this version", self.place(item.start), "")
            .with_help("leave the track out, and have the host fill a field of the record with the count");
        self.report(diagnostic);
        None
    }
}
