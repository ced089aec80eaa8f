//! Steps over the cells of a record.

use super::{Column, DEPTH, Doubt, Found, Place, Plan, Step};
use crate::compile::program::{Entries, Program, TableValue};
use crate::domain::date::{Date, Precision};
use crate::evaluate::{Workspace, compare_numbers};
use crate::record::{Cell, State};
use crate::truth::Truth;
use indicia_dsl::ast::State as Asked;
use std::cell::Cell as Memory;

/// What is bound: the cells of the root record, and by level those of an element from its first on.
pub(crate) struct Frame<'r> {
    pub(super) cells: [&'r [Cell]; DEPTH + 1],
    /// By level, the row of a table.
    pub(super) rows: [u32; DEPTH + 1],
    /// How many elements the next quantifier may visit.
    pub(super) allowance: usize,
}

/// The short road over one record.
#[derive(Clone, Copy)]
pub(crate) struct Road<'r> {
    pub p: &'r Program,
    pub w: &'r Workspace,
    /// By indicator.
    pub truths: &'r [Memory<Truth>],
    /// The day of the evaluation, if it is known.
    pub as_of: Option<Date>,
    pub max_pairs: usize,
    /// Whether the indicator being decided is a shadow itself.
    pub in_shadow: bool,
}

/// A value, or what the condition around it is without one.
pub(super) type Got<T> = Result<T, Found>;

pub(super) const UNKNOWN: Found = Some(Truth::Unknown);

#[expect(clippy::unnecessary_wraps, reason = "the truth that was found")]
#[inline]
pub(super) fn is(truth: bool) -> Found {
    Some(Truth::from(truth))
}

/// Remembered of a shared condition that only the long road decides, which puts its answer in this place.
const FAR: u8 = 4;

impl<'r> Road<'r> {
    /// What is bound before anything is.
    pub(crate) fn frame(&self) -> Frame<'r> {
        let root = self.w.record.arenas.first().map_or(&[][..], Vec::as_slice);
        Frame { cells: [root, &[], &[], &[]], rows: [0; DEPTH + 1], allowance: self.max_pairs }
    }

    /// The truth of an indicator.
    #[inline]
    pub(crate) fn indicator(&self, plan: &Plan, frame: &mut Frame<'r>) -> Found {
        match &plan.each {
            None => self.step(&plan.body, frame),
            Some(each) => self.at_least(plan.at_least, each, &plan.body, frame),
        }
    }

    /// Only tells kinds apart: every step of every record passes here.
    pub(crate) fn step(&self, step: &Step, frame: &mut Frame<'r>) -> Found {
        match step {
            Step::Open => None,
            Step::Const(truth) => Some(*truth),
            Step::Unfilled(_) => UNKNOWN,
            Step::CodeIs { place, code, equal } => match Self::given(*place, frame) {
                Ok(cell) => is((cell.code == *code) == *equal),
                Err(found) => found,
            },
            Step::CodeIn { place, bits } => match Self::given(*place, frame) {
                Ok(cell) => {
                    is(bits.get(usize::from(cell.code) / 64).is_some_and(|word| word >> (cell.code % 64) & 1 == 1))
                }
                Err(found) => found,
            },
            Step::CodesEqual { left, right, equal } => match (Self::given(*left, frame), Self::given(*right, frame)) {
                (Ok(left), Ok(right)) => is((left.code == right.code) == *equal),
                _ => UNKNOWN,
            },
            Step::NumberIs { op, place, number } => match Self::given(*place, frame) {
                Ok(cell) => is(compare_numbers(*op, f64::from_bits(cell.bits), *number)),
                Err(found) => found,
            },
            Step::LeftOf { op, numbers, place } => match Self::given(*place, frame) {
                Ok(cell) => {
                    let [from, number] = **numbers;
                    let left = from - f64::from_bits(cell.bits);
                    if left.is_finite() { is(compare_numbers(*op, left, number)) } else { UNKNOWN }
                }
                Err(found) => found,
            },
            Step::Years { op, late, early, number } => match (Self::given(*late, frame), Self::given(*early, frame)) {
                (Ok(late), Ok(early)) if late.derived > 0 && early.derived > 0 => {
                    is(compare_numbers(*op, f64::from(late.derived) - f64::from(early.derived), **number))
                }
                (Ok(_), Ok(_)) => None,
                _ => UNKNOWN,
            },
            Step::State { place, state, doubt } => self.state(*place, *state, *doubt, frame),
            Step::Not(inner) => self.not(inner, frame),
            Step::Known(inner) => self.known(inner, frame),
            Step::And(parts) => self.and(parts, frame),
            Step::Or(parts) => self.or(parts, frame),
            Step::AtLeast(count, parts) => self.at_least_of(*count, parts, frame),
            Step::Raised(index) => self.raised(*index),
            Step::Shared(index) => self.shared(*index),
            Step::CodeInList { place, list } => self.code_in_list(*place, *list, frame),
            Step::DateFields { op, left, right } => self.date_fields(*op, *left, *right, frame),
            Step::Numbers { op, sides } => self.numbers(*op, sides, frame),
            Step::Dates { op, sides } => self.dates(*op, sides, frame),
            Step::Between { op, dates, length } => self.between(*op, dates, length, frame),
            Step::Overlap { op, ends, days } => self.overlap(*op, ends, *days, frame),
            Step::Like { op, sides } => self.like(*op, sides, frame),
            Step::TextInList { value, identifier, list } => self.in_list(value, *identifier, *list, frame),
            Step::TextIs { equal, identifier, sides } => self.text_is(*equal, *identifier, sides, frame),
            Step::TextIn { value, texts } => self.text_in(value, texts, frame),
            Step::Matches { value, regex } => self.matches(value, *regex, frame),
            Step::Mentions { exactly, sides } => self.mentions(*exactly, sides, frame),
            Step::Agrees { kind, sides } => self.agrees(*kind, sides, frame),
            Step::Quantified(inner) => self.quantified(inner, frame),
        }
    }

    #[inline(never)]
    fn not(&self, inner: &Step, frame: &mut Frame<'r>) -> Found {
        self.step(inner, frame).map(Truth::not)
    }

    #[inline(never)]
    fn known(&self, inner: &Step, frame: &mut Frame<'r>) -> Found {
        self.step(inner, frame).map(|truth| Truth::from(truth.is_true()))
    }

    /// The cell at a place; without a value the condition is unknown.
    #[inline]
    pub(super) fn given(place: Place, frame: &Frame<'r>) -> Got<&'r Cell> {
        let cell = Self::cell(place, frame);
        if cell.state == State::Present { Ok(cell) } else { Err(UNKNOWN) }
    }

    #[inline]
    pub(super) fn cell(place: Place, frame: &Frame<'r>) -> &'r Cell {
        static NOTHING: Cell = Cell::MISSING;
        let cells = frame.cells.get(usize::from(place.level)).copied().unwrap_or(&[]);
        cells.get(place.offset as usize).unwrap_or(&NOTHING)
    }

    /// What stands in a column of the row that is bound.
    #[inline]
    pub(super) fn in_row(&self, at: Column, frame: &Frame<'r>) -> Option<&'r TableValue> {
        let table = self.p.tables.get(at.table as usize)?;
        let row = *frame.rows.get(usize::from(at.level))? as usize;
        table.cells.get(row * table.columns.len() + at.index as usize)
    }

    #[inline(never)]
    fn and(&self, parts: &[Step], frame: &mut Frame<'r>) -> Found {
        let mut all = Some(Truth::True);
        for part in parts {
            match self.step(part, frame) {
                Some(Truth::True) => {}
                Some(Truth::False) => return Some(Truth::False),
                Some(Truth::Unknown) => all = all.map(|_| Truth::Unknown),
                None => all = None,
            }
        }
        all
    }

    #[inline(never)]
    fn or(&self, parts: &[Step], frame: &mut Frame<'r>) -> Found {
        let mut any = Some(Truth::False);
        for part in parts {
            match self.step(part, frame) {
                Some(Truth::False) => {}
                Some(Truth::True) => return Some(Truth::True),
                Some(Truth::Unknown) => any = any.map(|_| Truth::Unknown),
                None => any = None,
            }
        }
        any
    }

    #[inline(never)]
    fn at_least_of(&self, count: u32, parts: &[Step], frame: &mut Frame<'r>) -> Found {
        let mut tally = Tally::new(count);
        for part in parts {
            if tally.add(self.step(part, frame)) {
                return Some(Truth::True);
            }
        }
        tally.end()
    }

    /// Another indicator; an active condition reads a shadow indicator as unknown.
    fn raised(&self, index: u32) -> Found {
        if self.p.indicators.get(index as usize).is_some_and(|indicator| indicator.shadow) && !self.in_shadow {
            return UNKNOWN;
        }
        self.truths.get(index as usize).map(Memory::get)
    }

    #[inline(never)]
    fn shared(&self, index: u32) -> Found {
        let place = index as usize + if self.in_shadow { self.p.shared.len() } else { 0 };
        let memory = self.w.shared.get(place)?;
        match memory.get() {
            1 => return Some(Truth::False),
            2 => return UNKNOWN,
            3 => return Some(Truth::True),
            FAR => return None,
            _ => {}
        }
        let found = self.step(self.p.quick.shared.get(index as usize)?, &mut self.frame());
        memory.set(found.map_or(FAR, |truth| truth as u8 + 1));
        found
    }

    #[inline(never)]
    fn code_in_list(&self, place: Place, list: u32, frame: &Frame<'r>) -> Found {
        match (Self::given(place, frame), self.p.lists.get(list as usize).map(|list| &list.entries)) {
            (Ok(cell), Some(Entries::Codes(known))) => is(known.contains(&u32::from(cell.code))),
            (Err(found), _) => found,
            _ => None,
        }
    }

    fn state(&self, place: Place, asked: Asked, doubt: Doubt, frame: &Frame<'r>) -> Found {
        let cell = Self::cell(place, frame);
        let open = || usize::from(cell.code) == Precision::Open.index();
        match (asked, cell.state) {
            (_, State::Present) if doubt == Doubt::OpenDate && open() && self.as_of.is_none() => None,
            (Asked::Unparsable, State::Present) if doubt == Doubt::Readable => None,
            (Asked::Missing, state) => is(state == State::Missing),
            (Asked::Present, state) => is(state != State::Missing),
            (Asked::Unparsable, state) => is(state == State::Unparsable),
        }
    }
}

impl<'r> Frame<'r> {
    #[inline]
    pub(super) fn set(&mut self, level: usize, cells: &'r [Cell]) {
        if let Some(slot) = self.cells.get_mut(level) {
            *slot = cells;
        }
    }

    #[inline]
    pub(super) fn set_row(&mut self, level: usize, row: u32) {
        if let Some(slot) = self.rows.get_mut(level) {
            *slot = row;
        }
    }
}

/// Counts towards a number of true ones.
pub(super) struct Tally {
    wanted: u32,
    sure: u32,
    unknown: u32,
    far: u32,
}

impl Tally {
    pub(super) fn new(wanted: u32) -> Self {
        Self { wanted, sure: 0, unknown: 0, far: 0 }
    }

    /// Adds one; says whether there are enough.
    #[inline]
    pub(super) fn add(&mut self, found: Found) -> bool {
        match found {
            Some(Truth::True) => self.sure += 1,
            Some(Truth::Unknown) => self.unknown += 1,
            Some(Truth::False) => {}
            None => self.far += 1,
        }
        self.sure >= self.wanted
    }

    pub(super) fn end(&self) -> Found {
        if self.sure + self.unknown + self.far < self.wanted {
            Some(Truth::False)
        } else if self.far > 0 {
            None
        } else {
            UNKNOWN
        }
    }
}
