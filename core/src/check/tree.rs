//! The checked tree: every name resolved, every expression typed, every literal read. No offsets yet: those depend on
//! which fields the whole ruleset reads, and are the business of `compile`.

use super::types::{Prop, Ty};
use crate::domain::country::Country;
use crate::domain::date::Date;
use crate::domain::length::Length;
use crate::record::Scalar;
use indicia_dsl::ast::{Aggregate, ArithOp, CompareOp, State};
use indicia_dsl::span::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) type RecordId = usize;
pub(crate) type TableId = usize;
pub(crate) type ListId = usize;
pub(crate) type IndicatorId = usize;
pub(crate) type FileId = u16;
/// A field: its record and its index there.
pub(crate) type FieldId = (RecordId, usize);

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct At {
    pub file: FileId,
    pub span: Span,
}

/// A checked ruleset.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checked {
    /// File names, by [`FileId`]; files of a base are prefixed by its name.
    pub files: Vec<String>,
    /// The first file that is the ruleset's own; those before it belong to its base.
    pub own_from: FileId,
    pub records: Vec<RecordType>,
    pub root: RecordId,
    pub lists: Vec<ListDef>,
    pub tables: Vec<TableDef>,
    pub lets: Vec<LetDef>,
    pub settings: Vec<SettingDef>,
    /// In the ruleset's order: by category as `decide` names them, then by id.
    pub indicators: Vec<IndicatorDef>,
    /// An order in which every indicator comes after those that it reads.
    pub order: Vec<IndicatorId>,
    pub decide: DecideDef,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct RecordType {
    /// The declared name; that of the field for an inline record.
    pub name: String,
    pub fields: Vec<FieldDef>,
    /// For an inline record: the record it is declared in, the field, and whether it is the element of a list.
    pub parent: Option<(FieldId, bool)>,
    pub at: At,
}

#[derive(Debug, Clone)]
pub(crate) struct FieldDef {
    pub name: String,
    pub key: String,
    pub ty: FieldTy,
    /// For phones: the steps from the record `up` levels out.
    pub read_in: Option<ReadInPath>,
    pub protected: Option<String>,
    pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FieldTy {
    Scalar(Scalar),
    Record(RecordId),
    /// Of scalars or records.
    List(Box<FieldTy>),
    Poison,
}

/// Where the country of a phone stands: `up` records out (lexically), then these fields.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReadInPath {
    pub up: usize,
    pub steps: Vec<FieldId>,
}

#[derive(Debug, Clone)]
pub(crate) struct ListDef {
    pub name: String,
    pub ty: Ty,
    pub hashed: bool,
    /// `None` if declared `empty` and not filled.
    pub entries: Option<Vec<String>>,
    pub at: At,
}

#[derive(Debug, Clone)]
pub(crate) struct TableDef {
    pub name: String,
    /// The key column first.
    pub columns: Vec<ColumnDef>,
    /// `None` if declared `empty` and not filled.
    pub rows: Option<Vec<Vec<TableCell>>>,
    pub at: At,
}

#[derive(Debug, Clone)]
pub(crate) struct ColumnDef {
    pub name: String,
    pub ty: Ty,
    pub scalar: Scalar,
    pub list: bool,
}

/// One cell of a table; the text as written for every kind but `Missing`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TableCell {
    Missing,
    Text(Arc<str>),
    List(Vec<Arc<str>>),
}

#[derive(Debug, Clone)]
pub(crate) struct LetDef {
    pub name: String,
    pub value: Typed,
    pub reads: Reads,
    pub at: At,
}

#[derive(Debug, Clone)]
pub(crate) struct SettingDef {
    pub name: String,
    pub value: Typed,
    pub at: At,
}

/// What an expression reads, through `let` too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    pub fields: BTreeSet<FieldId>,
    /// Full paths as the record spells them, with `[]` after lists.
    pub paths: BTreeSet<String>,
    pub lists: BTreeSet<ListId>,
    pub tables: BTreeSet<TableId>,
    pub lets: BTreeSet<usize>,
    pub settings: BTreeSet<usize>,
    pub indicators: BTreeSet<IndicatorId>,
    pub as_of: bool,
    /// Protected fields, with where they are read (a `let`: where it is named).
    pub protected: Vec<(FieldId, At)>,
}

impl Reads {
    /// All that the other reads as well, but for the places of protected fields.
    pub(crate) fn join(&mut self, other: &Self) {
        self.fields.extend(&other.fields);
        self.paths.extend(other.paths.iter().cloned());
        self.lists.extend(&other.lists);
        self.tables.extend(&other.tables);
        self.lets.extend(&other.lets);
        self.settings.extend(&other.settings);
        self.indicators.extend(&other.indicators);
        self.as_of |= other.as_of;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Grade {
    Info,
    Low,
    Medium,
    High,
}

impl Grade {
    pub(crate) const WORDS: [&'static str; 4] = ["info", "low", "medium", "high"];

    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "info" => Some(Self::Info),
            "low" => Some(Self::Low),
            "medium" => Some(Self::Medium),
            "high" => Some(Self::High),
            _ => None,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct IndicatorDef {
    pub name: String,
    pub title: String,
    /// Index in `decide.categories`.
    pub category: usize,
    pub severity: Grade,
    pub weight: Option<u32>,
    pub shadow: bool,
    pub justified: Option<String>,
    pub at_least: Option<u32>,
    pub binders: Vec<TBinder>,
    /// The `for` clause as written, in canonical spelling; empty if there is none.
    pub elements: String,
    pub when: Typed,
    pub unless: Option<Typed>,
    pub because: Vec<Piece>,
    pub verify: Option<String>,
    pub caution: Option<String>,
    pub sources: Vec<(String, Option<String>)>,
    pub reads: Reads,
    /// The paths that the message reads, spelled as those of `reads`, which has them too.
    pub told: BTreeSet<String>,
    pub at: At,
    pub name_at: At,
    pub when_at: At,
    /// The condition as written, in canonical spelling.
    pub condition: String,
}

impl IndicatorDef {
    /// Whether it is made of other indicators: such a one counts no category.
    pub(crate) fn is_composite(&self) -> bool {
        !self.reads.indicators.is_empty()
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(String),
    Value(Typed),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct DecideDef {
    pub categories: Vec<String>,
    /// By [`Grade`].
    pub weights: [u32; 4],
    /// By category.
    pub caps: Vec<Option<u32>>,
    /// From least to most.
    pub outcomes: Vec<String>,
    /// By outcome; none for the least. With the condition as written.
    pub rules: Vec<Option<(Typed, String)>>,
    /// By outcome: the indicators that its condition names.
    pub named: Vec<BTreeSet<IndicatorId>>,
    pub at: At,
}

/// A typed expression.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub kind: Kind,
    pub ty: Ty,
    pub at: At,
    /// The source text in canonical spelling, for conditions only.
    pub text: Option<Arc<str>>,
}

/// A place in the record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub base: PlaceBase,
    pub steps: Vec<FieldId>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PlaceBase {
    Root,
    /// The record bound in this slot.
    Binder(u8),
    /// The first or last element of a list.
    End {
        list: Box<Place>,
        last: bool,
    },
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) enum RowRef {
    Binder(u8),
    Lookup(Box<Typed>),
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Poison,
    Bool(bool),
    Number(f64),
    /// A text literal, also of a domain type (`ty` says which).
    Text(Arc<str>),
    Date(Date),
    Instant(i64),
    Length(Length),
    Word(u16),
    Country(Country),
    Place(Place),
    /// The scalar element bound in this slot: of a list, of the words of a text, of a list cell of a table.
    Element(u8),
    Column {
        table: TableId,
        column: usize,
        row: RowRef,
    },
    Prop {
        base: Box<Typed>,
        prop: Prop,
    },
    SourceName(u8),
    AsOf,
    Score,
    Categories,
    Let(usize),
    Setting(usize),
    Coalesce(Box<Typed>, Box<Typed>),
    Arith {
        op: ArithOp,
        left: Box<Typed>,
        right: Box<Typed>,
    },
    Neg(Box<Typed>),
    Aggregate {
        function: Aggregate,
        binders: Vec<TBinder>,
        body: Box<Typed>,
    },
    Period(Box<Typed>, Box<Typed>),
    Overlap(Box<Typed>, Box<Typed>),

    Not(Box<Typed>),
    Known(Box<Typed>),
    Raised(IndicatorId),
    And(Vec<Typed>),
    Or(Vec<Typed>),
    AtLeastOf {
        count: u32,
        conditions: Vec<Typed>,
    },
    Compare {
        op: CompareOp,
        left: Box<Typed>,
        right: Box<Typed>,
    },
    Edits {
        edits: u32,
        left: Box<Typed>,
        right: Box<Typed>,
    },
    WithinTime {
        distance: Box<Typed>,
        left: Box<Typed>,
        right: Box<Typed>,
    },
    Matches {
        value: Box<Typed>,
        pattern: Arc<str>,
        ignore_case: bool,
    },
    InValues {
        value: Box<Typed>,
        values: Vec<Typed>,
    },
    InList {
        value: Box<Typed>,
        list: ListId,
    },
    /// The set is a list of the record, of a table's cell, or the words of a text.
    InElements {
        value: Box<Typed>,
        set: Box<Typed>,
    },
    InNetwork {
        value: Box<Typed>,
        network: Box<Typed>,
    },
    InPeriod {
        value: Box<Typed>,
        period: Box<Typed>,
    },
    Is {
        value: Box<Typed>,
        state: State,
    },
    Quantified {
        quantifier: Quant,
        binders: Vec<TBinder>,
        body: Box<Typed>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quant {
    Any,
    All,
    No,
    AtLeast(u32),
}

#[derive(Debug, Clone)]
pub(crate) struct TBinder {
    pub name: String,
    pub slot: u8,
    /// The second name of a pair and its slot.
    pub pair: Option<(String, u8)>,
    pub list: TList,
    /// Type of one element.
    pub element: Ty,
}

#[derive(Debug, Clone)]
pub(crate) enum TList {
    Place(Place),
    Table(TableId),
    /// Named sources.
    Sources(Vec<(String, Place)>),
    /// `.words` of a text, or a list cell of a table.
    Value(Box<Typed>),
    Poison,
}
