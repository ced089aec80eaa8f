//! Declarations: records, lists, tables, values, indicators and the decision.

use super::{Binder, Expr, Name};
use crate::span::{Span, Spanned};

/// One top-level item.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Item {
    /// `record claim { … }` or `extend record claim { … }`.
    Record(RecordDecl),
    /// `list disposable_domains: text from "lists/disposable.txt"`.
    List(ListDecl),
    /// `table technologies by name: text { … } from "…"`.
    Table(TableDecl),
    /// `let recent = …`.
    Let(LetDecl),
    /// `setting young = 3 months "what it means"`.
    Setting(SettingDecl),
    /// `indicator id "Title" { … }`.
    Indicator(IndicatorDecl),
    /// `decide { … }`.
    Decide(DecideDecl),
    /// `adjust id { … }`.
    Adjust(AdjustDecl),
}

/// A record declaration, or an extension of one.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDecl {
    /// Whether it reads `extend record`.
    pub extend: bool,
    /// The record's name.
    pub name: Name,
    /// Its fields in source order.
    pub fields: Vec<FieldDecl>,
    /// The whole item.
    pub span: Span,
}

/// A field of a record or a column of a table:
/// `name: type [read in PATH] [from "key"] [protected "ground"] ["description"]`.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDecl {
    /// The field's name.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// `read in location.country`: the field that says in which country a phone number is read.
    pub read_in: Option<PathExpr>,
    /// `from "startDate"`: the key in the input where it differs from the name.
    pub from: Option<Spanned<String>>,
    /// `protected "national origin"`: the protected ground.
    pub protected: Option<Spanned<String>>,
    /// A one-line description.
    pub description: Option<Spanned<String>>,
    /// The whole field.
    pub span: Span,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// What kind of type.
    pub kind: TypeKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of types.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// `text`, `number`, …, or the name of a record: told apart when names are resolved.
    Named(String),
    /// `one of (typed, widget)`.
    OneOf(Vec<Name>),
    /// `list of T`.
    ListOf(Box<TypeExpr>),
    /// `hash of T`, in lists only.
    HashOf(Box<TypeExpr>),
    /// `{ name: text, … }`.
    Record(Vec<FieldDecl>),
}

/// Where the rows of a list or table come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// `from "lists/x.txt"`.
    File(Spanned<String>),
    /// `empty`: the host fills it.
    Empty(Span),
}

/// A list declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct ListDecl {
    /// The list's name.
    pub name: Name,
    /// The type of its entries.
    pub ty: TypeExpr,
    /// Where its entries come from.
    pub origin: Origin,
    /// `"what it holds"`, after the origin.
    pub description: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}

/// A table declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDecl {
    /// The table's name.
    pub name: Name,
    /// The key column.
    pub key: Name,
    /// The key's type.
    pub key_ty: TypeExpr,
    /// The other columns.
    pub columns: Vec<FieldDecl>,
    /// Where its rows come from.
    pub origin: Origin,
    /// `"what it holds"`, after the origin.
    pub description: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}

/// `let NAME = expr`.
#[derive(Debug, Clone, PartialEq)]
pub struct LetDecl {
    /// The name.
    pub name: Name,
    /// What it stands for.
    pub value: Expr,
    /// The whole item.
    pub span: Span,
}

/// `setting NAME = literal "meaning"`.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingDecl {
    /// The name.
    pub name: Name,
    /// The value, a literal.
    pub value: Expr,
    /// What it means, for those who adjust it.
    pub meaning: Option<Spanned<String>>,
    /// The whole item.
    pub span: Span,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorDecl {
    /// Its stable id.
    pub name: Name,
    /// Its title.
    pub title: Spanned<String>,
    /// Its clauses in source order, duplicates included.
    pub clauses: Vec<Clause>,
    /// The whole item.
    pub span: Span,
}

/// One clause of an indicator, with the place of the whole clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The whole clause, keyword included.
    pub span: Span,
    /// The clause's keyword alone.
    pub keyword: Span,
}

/// The kinds of clauses, in the formatter's order.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// `category contact`.
    Category(Name),
    /// `severity low`.
    Severity(Name),
    /// `weight 7`.
    Weight(Spanned<f64>),
    /// `status shadow` or `status active`.
    Status(Name),
    /// `justified "why a protected field may be read"`.
    Justified(Spanned<String>),
    /// `for any w in resume.work, t in technologies`.
    For(ForClause),
    /// `when C`.
    When(Expr),
    /// `unless C`.
    Unless(Expr),
    /// `because "message"`.
    Because(Message),
    /// `verify "what to do next"`.
    Verify(Spanned<String>),
    /// `caution "who is wrongly hit"`.
    Caution(Spanned<String>),
    /// `source "title" "url"`; may repeat.
    Source {
        /// The title of a public source.
        title: Spanned<String>,
        /// Its address.
        url: Option<Spanned<String>>,
    },
}

/// The binders of an indicator: `for any …` or `for at least N …`.
#[derive(Debug, Clone, PartialEq)]
pub struct ForClause {
    /// `None` for `any`, the number for `at least N`.
    pub at_least: Option<Spanned<u32>>,
    /// What is bound.
    pub binders: Vec<Binder>,
}

/// `decide { … }`: categories, weights, caps and outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct DecideDecl {
    /// `categories contact, identity`; one or more clauses, joined.
    pub categories: Vec<Name>,
    /// `weights info 1, low 5`.
    pub weights: Vec<(Name, Spanned<f64>)>,
    /// `cap contact 20`.
    pub caps: Vec<(Name, Spanned<f64>)>,
    /// `outcomes clear, review, escalate`, from least to most.
    pub outcomes: Vec<Name>,
    /// `outcome review when C`.
    pub rules: Vec<(Name, Expr)>,
    /// The whole item.
    pub span: Span,
}

/// `adjust NAME { weight 2, status shadow, because "…" }`: NAME is an indicator, a category (`cap 10`) or a setting (`value 3 months`).
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustDecl {
    /// What is adjusted.
    pub name: Name,
    /// The changes in source order.
    pub changes: Vec<Change>,
    /// The whole item.
    pub span: Span,
}

/// One change of an `adjust`.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What changes.
    pub kind: ChangeKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of changes.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    /// `weight 2`.
    Weight(Spanned<f64>),
    /// `severity low`.
    Severity(Name),
    /// `status shadow`.
    Status(Name),
    /// `cap 10`.
    Cap(Spanned<f64>),
    /// `value 6 months`, of a setting.
    Value(Expr),
    /// `because "why"`.
    Because(Spanned<String>),
}

/// A message: literal text with places for values.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The pieces in order.
    pub parts: Vec<MessagePart>,
    /// The whole literal, quotes included.
    pub span: Span,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum MessagePart {
    /// Text, with escapes and doubled braces resolved.
    Text(String),
    /// `{expr}`.
    Value(Expr),
}

/// A dotted path as written: `location.country`.
#[derive(Debug, Clone, PartialEq)]
pub struct PathExpr {
    /// The names between the dots; at least one.
    pub names: Vec<Name>,
    /// The whole path.
    pub span: Span,
}
