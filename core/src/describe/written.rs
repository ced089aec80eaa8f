//! The texts of a ruleset in canonical spelling: what the checked tree, which has no use for them, leaves out.
//!
//! Each file is formatted and read again, so that what is cut out of it has the formatter's lines and comments.

use super::{DescribedAdjustment, DescribedColumn, MessagePiece};
use crate::check::Checked;
use crate::source::Sources;
use indicia_dsl::ast::{
    AdjustDecl, ChangeKind, Clause, ClauseKind, FieldDecl, IndicatorDecl, Item, LetDecl, Message, MessagePart, Origin,
    TypeExpr,
};
use indicia_dsl::print_expr;
use indicia_dsl::span::{Span, Spanned};
use std::collections::BTreeMap;

/// Texts by the name of what they belong to.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) indicators: BTreeMap<String, Clauses>,
    pub(super) lets: BTreeMap<String, String>,
    pub(super) settings: BTreeMap<String, Setting>,
    pub(super) lists: BTreeMap<String, Data>,
    pub(super) adjustments: Vec<DescribedAdjustment>,
}

/// What an indicator says of when it is raised, and then.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    pub(super) elements: Option<String>,
    pub(super) when: String,
    pub(super) unless: Option<String>,
    pub(super) because: Vec<MessagePiece>,
}

/// A setting; `adjusted` is the value that an `adjust` gives to its name.
#[derive(Debug, Default)]
pub(super) struct Setting {
    pub(super) value: String,
    pub(super) adjusted: Option<String>,
    pub(super) meaning: Option<String>,
}

/// A list, or a table with its columns.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) ty: String,
    pub(super) columns: Vec<DescribedColumn>,
    pub(super) description: Option<String>,
    pub(super) origin: Option<String>,
}

/// One file in canonical spelling.
struct Page<'a> {
    name: &'a str,
    text: &'a str,
}

impl Written {
    pub(super) fn of(sources: &Sources, checked: &Checked) -> Self {
        let mut written = Self::default();
        for name in &checked.files {
            let Some(text) = sources.text(name) else { continue };
            // A file can only grow beyond the limit of a file by being formatted; it is then told as it was written.
            let text = indicia_dsl::format(name, text).unwrap_or_else(|_| text.to_owned());
            let page = Page { name, text: &text };
            for item in &indicia_dsl::parse(name, &text).file.items {
                written.item(&page, item);
            }
        }
        for adjustment in &written.adjustments {
            let value = adjustment.changes.iter().find_map(|change| change.strip_prefix("value "));
            if let (Some(value), Some(setting)) = (value, written.settings.get_mut(&adjustment.name)) {
                setting.adjusted = Some(value.to_owned());
            }
        }
        written
    }

    fn item(&mut self, page: &Page<'_>, item: &Item) {
        match item {
            Item::Indicator(decl) => {
                self.indicators.insert(decl.name.text.clone(), page.clauses(decl));
            }
            Item::Let(decl) => {
                self.lets.insert(decl.name.text.clone(), page.value(decl));
            }
            Item::Setting(decl) => {
                let meaning = text(decl.meaning.as_ref());
                let setting = Setting { value: print_expr(&decl.value), adjusted: None, meaning };
                self.settings.insert(decl.name.text.clone(), setting);
            }
            Item::List(decl) => {
                let data = Data {
                    ty: page.ty(&decl.ty),
                    columns: Vec::new(),
                    description: text(decl.description.as_ref()),
                    origin: file_of(&decl.origin),
                };
                self.lists.insert(decl.name.text.clone(), data);
            }
            Item::Table(decl) => {
                let ty = page.ty(&decl.key_ty);
                let key = DescribedColumn { name: decl.key.text.clone(), ty: ty.clone(), description: None };
                let others = decl.columns.iter().map(|column| page.column(column));
                let data = Data {
                    columns: std::iter::once(key).chain(others).collect(),
                    ty,
                    description: text(decl.description.as_ref()),
                    origin: file_of(&decl.origin),
                };
                self.lists.insert(decl.name.text.clone(), data);
            }
            Item::Adjust(decl) => self.adjustments.push(adjustment(page, decl)),
            _ => {}
        }
    }
}

impl Page<'_> {
    fn at(&self, span: Span) -> &str {
        let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        self.text.get(at(span.start)..at(span.end)).unwrap_or_default()
    }

    fn clauses(&self, decl: &IndicatorDecl) -> Clauses {
        let mut found = Clauses::default();
        for clause in &decl.clauses {
            match &clause.kind {
                ClauseKind::For(_) => found.elements = Some(unindented(self.at(clause.span))),
                ClauseKind::When(_) => found.when = self.condition(clause),
                ClauseKind::Unless(_) => found.unless = Some(self.condition(clause)),
                ClauseKind::Because(message) => found.because = pieces(message),
                _ => {}
            }
        }
        found
    }

    /// A clause without its keyword.
    fn condition(&self, clause: &Clause) -> String {
        unindented(self.at(Span::new(clause.keyword.end, clause.span.end)))
    }

    fn value(&self, decl: &LetDecl) -> String {
        let whole = self.at(decl.span);
        unindented(whole.split_once('=').map_or(whole, |(_, value)| value))
    }

    fn ty(&self, ty: &TypeExpr) -> String {
        self.at(ty.span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn column(&self, column: &FieldDecl) -> DescribedColumn {
        DescribedColumn {
            name: column.name.text.clone(),
            ty: self.ty(&column.ty),
            description: text(column.description.as_ref()),
        }
    }
}

/// A text that was cut out of indented lines: the lines behind the first lose the indent that all of them have.
fn unindented(text: &str) -> String {
    let text = text.trim();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let least = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line.get(least..).unwrap_or_default());
    }
    out
}

fn pieces(message: &Message) -> Vec<MessagePiece> {
    let piece = |part: &MessagePart| match part {
        MessagePart::Text(text) => MessagePiece::Text(text.clone()),
        MessagePart::Value(value) => MessagePiece::Value(print_expr(value)),
    };
    message.parts.iter().map(piece).collect()
}

fn text(spanned: Option<&Spanned<String>>) -> Option<String> {
    spanned.map(|text| text.node.clone())
}

fn file_of(origin: &Origin) -> Option<String> {
    match origin {
        Origin::File(path) => Some(path.node.clone()),
        Origin::Empty(_) => None,
    }
}

fn adjustment(page: &Page<'_>, decl: &AdjustDecl) -> DescribedAdjustment {
    let (mut changes, mut because) = (Vec::new(), None);
    for change in &decl.changes {
        changes.push(match &change.kind {
            ChangeKind::Because(text) => {
                because = Some(text.node.clone());
                continue;
            }
            ChangeKind::Weight(weight) => format!("weight {}", weight.node),
            ChangeKind::Cap(cap) => format!("cap {}", cap.node),
            ChangeKind::Severity(name) => format!("severity {}", name.text),
            ChangeKind::Status(name) => format!("status {}", name.text),
            ChangeKind::Value(value) => format!("value {}", print_expr(value)),
        });
    }
    DescribedAdjustment { name: decl.name.text.clone(), changes, because, file: page.name.to_owned() }
}
