//! `quick`: the short road to the truth of most indicators.
//!
//! What is written most often (codes, numbers, dates, presence, short ASCII texts, membership, lists, their pairs and the rows of
//! tables) is lowered once more, from the conditions of a program to [`Step`]s that read cells and nothing else: no lookup, no
//! memory of earlier answers, no allocation. A step that can't tell says so (`None`) and the evaluator decides the
//! indicator on the long road, which knows everything. The short road therefore only has to be right where it answers: in
//! builds with debug assertions every answer is compared with that of the long road.
//!
//! Reasons and explanations never come this way; findings do where they are plain (see [`brief`]).

mod brief;
mod decide;
mod lists;
mod lower;
mod report;
mod texts;
mod values;

pub(crate) use brief::Pages;
pub(crate) use decide::Road;
pub(crate) use lower::lower;
pub(crate) use texts::{Seen, in_list, like, mentions, text_in, text_is};
pub(crate) use values::{arithmetic, overlap};

use crate::check::types::Ty;
use crate::compile::program::Quantifier;
use crate::domain::date::Date;
use crate::domain::length::Length;
use crate::domain::names::Kind;
use crate::truth::Truth;
use indicia_dsl::ast::{ArithOp, CompareOp, State};

/// What the short road finds: `None` if the long one has to be taken.
pub(crate) type Found = Option<Truth>;

/// How many lists, one in the other, a step can be bound to; a pair counts for two.
pub(crate) const DEPTH: usize = 3;

/// The short road of a program.
#[derive(Debug, Default)]
pub(crate) struct Plans {
    /// By indicator, in the order in which they are decided.
    pub ordered: Vec<Plan>,
    /// By indicator: its place in that order.
    pub places: Vec<u32>,
    /// By outcome: its condition.
    pub outcomes: Vec<Step>,
    /// By shared condition.
    pub shared: Vec<Step>,
    /// The mail addresses of the root record whose parts are read: they are parsed before anything is decided.
    pub mail: Vec<u32>,
}

/// An indicator: what it goes through, if anything, and the condition.
#[derive(Debug)]
pub(crate) struct Plan {
    pub indicator: u32,
    pub each: Option<Each>,
    pub at_least: u32,
    pub shadow: bool,
    pub body: Step,
    pub brief: Option<brief::Brief>,
}

impl Plans {
    /// The plan of an indicator.
    pub(crate) fn of(&self, indicator: usize) -> Option<&Plan> {
        self.ordered.get(*self.places.get(indicator)? as usize)
    }
}

/// What a step goes through.
#[derive(Debug)]
pub(crate) struct Each {
    pub over: Over,
    /// Whether it goes through pairs of elements.
    pub pairs: bool,
    /// Whether there is another such inside.
    pub nests: bool,
    /// Where the element lies in the frame; the second of a pair comes behind.
    pub level: u8,
}

#[derive(Debug)]
pub(crate) enum Over {
    List {
        place: Place,
        arena: u16,
        stride: u32,
    },
    /// The cells of the sources, in the root record.
    Sources(Box<[u32]>),
    /// The rows of a table.
    Table(u32),
}

/// A column of the row that is bound.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub level: u8,
    pub table: u32,
    pub index: u32,
}

/// A cell: of the root record (level 0) or of what is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub level: u8,
    pub offset: u32,
}

/// A condition.
#[derive(Debug)]
pub(crate) enum Step {
    /// Not for this road.
    Open,
    Const(Truth),
    Not(Box<Step>),
    Known(Box<Step>),
    And(Box<[Step]>),
    Or(Box<[Step]>),
    AtLeast(u32, Box<[Step]>),
    Raised(u32),
    Shared(u32),
    /// A field against a code.
    CodeIs {
        place: Place,
        code: u16,
        equal: bool,
    },
    CodesEqual {
        left: Place,
        right: Place,
        equal: bool,
    },
    /// Bit by code.
    CodeIn {
        place: Place,
        bits: Box<[u64]>,
    },
    NumberIs {
        op: CompareOp,
        place: Place,
        number: f64,
    },
    /// What is left of a number without a field, against a number.
    LeftOf {
        op: CompareOp,
        /// The number, and what it is compared with.
        numbers: Box<[f64; 2]>,
        place: Place,
    },
    /// The years between two dates, against a number.
    Years {
        op: CompareOp,
        late: Place,
        early: Place,
        number: Box<f64>,
    },
    Numbers {
        op: CompareOp,
        sides: Box<[Number; 2]>,
    },
    /// Two date fields.
    DateFields {
        op: CompareOp,
        left: Place,
        right: Place,
    },
    Dates {
        op: CompareOp,
        sides: Box<[Day; 2]>,
    },
    /// The difference of two dates against a length.
    Between {
        op: CompareOp,
        dates: Box<[Day; 2]>,
        length: Length,
    },
    /// The days that two periods overlap, each from start to end, against a number of days.
    Overlap {
        op: CompareOp,
        ends: Box<[Day; 4]>,
        days: i64,
    },
    State {
        place: Place,
        state: State,
        /// What of a cell with a value is not known from its state.
        doubt: Doubt,
    },
    /// Exact text.
    TextIs {
        equal: bool,
        /// Whether only the case of ASCII letters does not matter.
        identifier: bool,
        sides: Box<[Text; 2]>,
    },
    Like {
        op: CompareOp,
        sides: Box<[Text; 2]>,
    },
    /// Among literals, by their indexes.
    TextIn {
        value: Box<Text>,
        texts: Box<[u32]>,
    },
    TextInList {
        value: Box<Text>,
        identifier: bool,
        list: u32,
    },
    CodeInList {
        place: Place,
        list: u32,
    },
    /// A field in a list that nobody filled, if it is one whose reasons are plain.
    Unfilled(Option<Place>),
    Matches {
        value: Box<Text>,
        regex: u32,
    },
    /// Whole words, in a text of the application.
    Mentions {
        exactly: bool,
        sides: Box<[Text; 2]>,
    },
    Agrees {
        kind: Kind,
        sides: Box<[Text; 2]>,
    },
    Quantified(Box<Inner>),
}

/// A quantifier inside a condition.
#[derive(Debug)]
pub(crate) struct Inner {
    pub quantifier: Quantifier,
    pub each: Each,
    pub body: Step,
}

/// What the state of a cell leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    Nothing,
    /// Whether the value can be read: that takes parsing.
    Readable,
    /// Whether "present" stands for a day.
    OpenDate,
}

#[derive(Debug)]
pub(crate) enum Number {
    Field(Place),
    Const(f64),
    Year(Place),
    YearOf(Day),
    Arith(ArithOp, Box<[Number; 2]>),
    /// The second where the first is missing.
    Or(Place, Box<Number>),
    Score,
    Categories,
    Count(Place),
}

#[derive(Debug)]
pub(crate) enum Day {
    Field(Place),
    Const(Date),
    AsOf,
    Row(Column),
    Or(Place, Box<Day>),
}

#[derive(Debug)]
pub(crate) enum Text {
    Field(Place),
    /// A literal.
    Const(u32),
    FirstWord(Box<Text>),
    LastWord(Box<Text>),
    Mail(Place, MailPart),
    Row(Column),
    /// The column of the row that a country finds.
    Column {
        table: u32,
        column: u32,
        key: Place,
    },
    Or(Place, Box<Text>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MailPart {
    Local,
    Host,
}

/// Whether a value of a type is compared by folding.
fn is_words(ty: &Ty) -> bool {
    matches!(ty, Ty::Text | Ty::Identifier | Ty::Person | Ty::Organisation)
}
