//! The program: every field a slot, every literal, list and regex prepared. Nothing in it is looked up by name.

use crate::check::tree::Grade;
use crate::check::types::{Prop, Ty};
use crate::domain::date::Date;
use crate::domain::length::Length;
use crate::domain::names;
use crate::domain::network::Network;
use crate::domain::text::Ends;
use crate::domain::words::Words;
use crate::quick::Plans;
use crate::record::{Layout, ReadIn};
use crate::truth::Truth;
use indicia_dsl::ast::{Aggregate, ArithOp, CompareOp, State};
use indicia_dsl::span::Span;
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// A position as it is kept.
pub(crate) fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A compiled ruleset.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub layout: Layout,
    /// The cell of `id`, if the record has one of type text.
    pub id: Option<u32>,
    /// The cell of `submitted`, if the record has one of type instant (or date).
    pub submitted: Option<Submitted>,
    pub indicators: Vec<Indicator>,
    /// An order in which every indicator comes after those that it reads.
    pub order: Vec<u32>,
    pub decide: Decide,
    pub texts: Vec<TextConst>,
    pub regexes: Vec<Regex>,
    pub lists: Vec<PreparedList>,
    pub tables: Vec<PreparedTable>,
    /// Conditions that are evaluated at most once per record: `let`s, and what several indicators share.
    pub shared: Vec<Cond>,
    /// Values named by `let`.
    pub lets: Vec<Value>,
    /// By `let`: whether its value tells of the application.
    pub lets_tell: Vec<bool>,
    pub sites: Vec<Site>,
    pub binders: Vec<List>,
    pub quick: Plans,
    pub files: Vec<Arc<str>>,
}

/// Where the record's event time stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Submitted {
    pub offset: u32,
    /// Whether it is a date rather than an instant.
    pub is_date: bool,
}

/// Where a condition stands and how it reads.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub file: u16,
    pub span: Span,
    pub text: Arc<str>,
}

#[derive(Debug)]
pub(crate) struct Indicator {
    pub name: Arc<str>,
    pub title: Arc<str>,
    pub category: usize,
    pub severity: Grade,
    pub weight: u32,
    pub shadow: bool,
    pub composite: bool,
    pub justified: Option<Arc<str>>,
    pub at_least: Option<u32>,
    pub binders: Vec<BinderPlan>,
    /// The `for` clause as written.
    pub elements: Arc<str>,
    /// `when and not unless`.
    pub condition: Cond,
    /// Whether the condition has an `unless`.
    pub has_exception: bool,
    /// The indicators that it asks about.
    pub reads: Vec<usize>,
    pub because: Vec<Part>,
    pub verify: Option<Arc<str>>,
    pub caution: Option<Arc<str>>,
    pub sources: Vec<(Arc<str>, Option<Arc<str>>)>,
}

impl Indicator {
    /// Whether it has one finding only, however much matches.
    pub(crate) fn is_one_finding(&self) -> bool {
        self.at_least.is_some() || self.binders.is_empty()
    }
}

#[derive(Debug)]
pub(crate) enum Part {
    Text(Arc<str>),
    Value(Value),
}

#[derive(Debug, Default)]
pub(crate) struct Decide {
    pub categories: Vec<Arc<str>>,
    pub caps: Vec<Option<u32>>,
    pub outcomes: Vec<Arc<str>>,
    pub rules: Vec<Option<(Cond, Arc<str>)>>,
    /// Whether the rules ask for something that is remembered: a `let`, or a condition that indicators share.
    pub remembers: bool,
    /// Numbers that `score` is compared with, ascending: candidates for `next.points`.
    pub thresholds: Vec<u32>,
}

/// A text literal with its prepared forms.
#[derive(Debug)]
pub(crate) struct TextConst {
    pub text: Arc<str>,
    pub folded: Arc<str>,
    /// Whether it can be compared with every other text in Latin letters.
    pub is_latin: bool,
    pub words: Words,
}

#[derive(Debug)]
pub(crate) struct PreparedList {
    pub name: Arc<str>,
    pub entries: Entries,
}

/// The entries of a list in the form that membership compares.
#[derive(Debug)]
pub(crate) enum Entries {
    /// Declared `empty` and not filled.
    Unfilled,
    /// Folded texts, and the same lower-cased only, for identifiers.
    Texts {
        folded: FxHashSet<Box<[u8]>>,
        lower: FxHashSet<Box<[u8]>>,
        ends: Ends,
    },
    /// Canonical forms: E.164, mail addresses, hosts and paths, addresses.
    Canonical(FxHashSet<Box<str>>),
    Codes(FxHashSet<u32>),
    Numbers(FxHashSet<u64>),
    Networks(Vec<Network>),
    /// HMAC-SHA-256 in lower-case hexadecimal.
    Hashes(FxHashSet<Box<str>>),
}

impl Entries {
    /// Whether the list was filled, with nothing.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Unfilled => false,
            Self::Texts { folded, lower, .. } => folded.is_empty() && lower.is_empty(),
            Self::Canonical(known) | Self::Hashes(known) => known.is_empty(),
            Self::Codes(known) => known.is_empty(),
            Self::Numbers(known) => known.is_empty(),
            Self::Networks(known) => known.is_empty(),
        }
    }
}

#[derive(Debug)]
pub(crate) struct PreparedTable {
    pub name: Arc<str>,
    pub columns: Vec<Arc<str>>,
    pub filled: bool,
    /// Row-major.
    pub cells: Vec<TableValue>,
    pub rows: u32,
    /// From the folded (or lower-case, or code) key to the row.
    pub by_folded: FxHashMap<Box<str>, u32>,
    pub by_lower: FxHashMap<Box<str>, u32>,
    /// By country: the row and one, or 0.
    pub by_code: Vec<u32>,
}

impl PreparedTable {
    /// The row of a country.
    #[inline]
    pub(crate) fn row_of(&self, code: u32) -> Option<u32> {
        self.by_code.get(code as usize)?.checked_sub(1)
    }
}

#[derive(Debug)]
pub(crate) enum TableValue {
    Missing,
    Text(TextConst),
    List(Vec<TextConst>),
    Number(f64),
    Date(Date, Arc<str>),
    Instant(i64, Arc<str>),
    Code(u32, Arc<str>),
}

/// A condition with its place.
#[derive(Debug)]
pub(crate) struct Cond {
    pub test: Test,
    pub site: u32,
}

#[derive(Debug)]
pub(crate) enum Test {
    Const(Truth),
    Not(Box<Cond>),
    Known(Box<Cond>),
    And(Box<[Cond]>),
    Or(Box<[Cond]>),
    AtLeast(u32, Box<[Cond]>),
    Raised(u32),
    Shared(u32),
    /// A value of type bool.
    Flag(Value),
    /// Words, countries, bools.
    Codes {
        equal: bool,
        left: Value,
        right: Value,
    },
    CodeIn {
        value: Value,
        codes: Box<[u32]>,
    },
    Numbers {
        op: CompareOp,
        left: Value,
        right: Value,
    },
    Dates {
        op: CompareOp,
        left: Value,
        right: Value,
    },
    Instants {
        op: CompareOp,
        left: Value,
        right: Value,
    },
    Lengths {
        op: CompareOp,
        left: Value,
        right: Value,
    },
    /// Exact text.
    Texts {
        equal: bool,
        left: Value,
        right: Value,
    },
    /// Phones, mail addresses, web addresses, addresses and networks by their canonical form.
    Canonical {
        equal: bool,
        left: Value,
        right: Value,
    },
    /// `same as`, `contains`, `starts with`, `ends with`.
    Like {
        op: CompareOp,
        left: Value,
        right: Value,
    },
    Mentions {
        exactly: bool,
        left: Value,
        right: Value,
    },
    Agrees {
        kind: names::Kind,
        left: Value,
        right: Value,
    },
    Edits {
        edits: usize,
        left: Value,
        right: Value,
    },
    Within {
        instants: bool,
        distance: Value,
        left: Value,
        right: Value,
    },
    Matches {
        value: Value,
        regex: u32,
    },
    /// The equalities with each value.
    InValues {
        value: Value,
        equalities: Box<[Cond]>,
    },
    InList {
        value: Value,
        list: u32,
    },
    /// The list's binder, in a slot of its own, and the equality with its element.
    InElements {
        plan: BinderPlan,
        value: Value,
        equality: Box<Cond>,
    },
    InNetwork {
        value: Value,
        network: Value,
    },
    InPeriod {
        value: Value,
        period: Value,
    },
    Is {
        value: Value,
        state: State,
    },
    Quantified {
        quantifier: Quantifier,
        binders: Box<[BinderPlan]>,
        body: Box<Cond>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Any,
    All,
    No,
    AtLeast(u32),
}

/// What is bound where.
#[derive(Debug, Clone)]
pub(crate) struct BinderPlan {
    pub slot: u8,
    pub pair: Option<u8>,
    /// Index in `Program::binders`.
    pub list: u32,
}

#[derive(Debug)]
pub(crate) enum List {
    /// A list of the record; `stride` cells an element.
    Field {
        field: Field,
        stride: u32,
        arena: u16,
    },
    Table(u32),
    Sources(Vec<(Arc<str>, Field)>),
    /// The words of a text.
    Words(Box<Value>),
    /// A list cell of a table.
    Cell(Box<Value>),
}

/// A place in the record.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub base: Base,
    pub offset: u32,
    /// The path from the base on; the whole path for the root.
    pub path: Arc<str>,
    pub read_in: Option<ReadIn>,
    /// How the country's path follows from the phone's: how many names to drop at its end, and what to append.
    pub read_in_path: Option<(u8, Arc<str>)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Base {
    Root,
    Binder(u8),
    /// The first or last element of a list.
    End(Arc<End>),
}

#[derive(Debug)]
pub(crate) struct End {
    pub list: Field,
    pub stride: u32,
    pub arena: u16,
    pub last: bool,
}

/// A value with its type.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub node: Node,
    pub ty: Ty,
}

#[derive(Debug, Clone)]
pub(crate) enum Node {
    Number(f64),
    /// A text literal.
    Text(u32),
    /// The canonical form of a literal of a domain type, and its spelling.
    Canonical(u32, u32),
    Network(Box<Network>, u32),
    Date(Date),
    Instant(i64),
    Length(Length),
    /// A word, a country or a bool.
    Code(u32),
    Field(Field),
    Element(u8),
    Column {
        table: u32,
        column: u32,
        row: Row,
    },
    Prop(Box<Value>, Prop),
    SourceName(u8),
    AsOf,
    Score,
    Categories,
    Let(u32),
    Coalesce(Box<Value>, Box<Value>),
    Arith(ArithOp, Box<Value>, Box<Value>),
    Neg(Box<Value>),
    Aggregate {
        function: Aggregate,
        binders: Box<[BinderPlan]>,
        condition: Option<Arc<Cond>>,
        value: Option<Box<Value>>,
    },
    Period(Box<Value>, Box<Value>),
    Overlap(Box<Value>, Box<Value>),
}

#[derive(Debug, Clone)]
pub(crate) enum Row {
    Binder(u8),
    Lookup(Box<Value>),
}
