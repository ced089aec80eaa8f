//! Steps over the cells of a record.

use super::{DEPTH, Day, Doubt, Each, Found, Inner, Number, Over, Place, Plan, Step};
use crate::compile::program::{Entries, Program, Quantifier};
use crate::domain::date::{Date, Precision};
use crate::domain::length::{Elapsed, Length};
use crate::domain::period::{self, Period};
use crate::evaluate::{Workspace, compare_dates, compare_lengths, compare_numbers};
use crate::record::{Cell, State};
use crate::truth::Truth;
use indicia_dsl::ast::{ArithOp, CompareOp, State as Asked};
use std::cell::Cell as Memory;

/// What is bound: the cells of the root record, and by level those of an element from its first on.
pub(crate) struct Frame<'r> {
    cells: [&'r [Cell]; DEPTH + 1],
    /// How many elements the next quantifier may visit.
    allowance: usize,
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

const UNKNOWN: Found = Some(Truth::Unknown);

#[expect(clippy::unnecessary_wraps, reason = "the truth that was found")]
#[inline]
pub(super) fn is(truth: bool) -> Found {
    Some(Truth::from(truth))
}

/// Whether to go on.
pub(crate) enum Flow {
    On,
    Stop,
}

impl<'r> Road<'r> {
    /// What is bound before anything is.
    pub(crate) fn frame(&self) -> Frame<'r> {
        let root = self.w.record.arenas.first().map_or(&[][..], Vec::as_slice);
        Frame { cells: [root, &[], &[], &[]], allowance: self.max_pairs }
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
            _ => {}
        }
        let truth = self.step(self.p.quick.shared.get(index as usize)?, &mut self.frame())?;
        memory.set(truth as u8 + 1);
        Some(truth)
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

    #[inline(never)]
    fn numbers(&self, op: CompareOp, sides: &[Number; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        match (self.number(left, frame), self.number(right, frame)) {
            (Ok(left), Ok(right)) => is(compare_numbers(op, left, right)),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    fn number(&self, number: &Number, frame: &Frame<'r>) -> Got<f64> {
        match number {
            Number::Field(place) => Ok(f64::from_bits(Self::given(*place, frame)?.bits)),
            Number::Const(number) => Ok(*number),
            Number::Year(place) => match Self::given(*place, frame)?.derived {
                0 => Err(None),
                year => Ok(f64::from(year)),
            },
            Number::Arith(op, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (self.number(left, frame)?, self.number(right, frame)?);
                let result = match op {
                    ArithOp::Add => left + right,
                    ArithOp::Sub => left - right,
                    ArithOp::Mul => left * right,
                    ArithOp::Div if right == 0.0 => return Err(UNKNOWN),
                    ArithOp::Div => left / right,
                };
                if result.is_finite() { Ok(result) } else { Err(UNKNOWN) }
            }
            Number::Or(place, other) => match Self::cell(*place, frame).state {
                State::Missing => self.number(other, frame),
                _ => Ok(f64::from_bits(Self::given(*place, frame)?.bits)),
            },
            Number::Score => Ok(f64::from(self.w.score)),
            Number::Categories => Ok(f64::from(self.w.categories)),
            Number::Count(place) => {
                let cell = Self::given(*place, frame)?;
                if cell.code == 1 { Err(UNKNOWN) } else { Ok(f64::from(cell.halves().1)) }
            }
        }
    }

    #[inline]
    fn date(&self, place: Place, frame: &Frame<'r>) -> Got<Date> {
        let cell = Self::given(place, frame)?;
        if usize::from(cell.code) == Precision::Open.index() {
            return self.as_of.map(Date::present).ok_or(None);
        }
        let (first, last) = cell.halves();
        Ok(Date { first: first.cast_signed(), last: last.cast_signed() })
    }

    #[inline]
    fn day(&self, day: &Day, frame: &Frame<'r>) -> Got<Date> {
        match day {
            Day::Field(place) => self.date(*place, frame),
            Day::Const(date) => Ok(*date),
            Day::AsOf => self.as_of.ok_or(None),
            Day::Or(place, other) => match (Self::cell(*place, frame).state, &**other) {
                (State::Missing, Day::Const(date)) => Ok(*date),
                (State::Missing, other) => self.far_day(other, frame),
                _ => self.date(*place, frame),
            },
        }
    }

    #[inline(never)]
    fn far_day(&self, day: &Day, frame: &Frame<'r>) -> Got<Date> {
        self.day(day, frame)
    }

    #[inline(never)]
    fn date_fields(&self, op: CompareOp, left: Place, right: Place, frame: &Frame<'r>) -> Found {
        match (self.date(left, frame), self.date(right, frame)) {
            (Ok(left), Ok(right)) => Some(compare_dates(op, left, right)),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    fn dates(&self, op: CompareOp, sides: &[Day; 2], frame: &Frame<'r>) -> Found {
        let [left, right] = sides;
        match (self.day(left, frame), self.day(right, frame)) {
            (Ok(left), Ok(right)) => Some(compare_dates(op, left, right)),
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    fn between(&self, op: CompareOp, dates: &[Day; 2], length: &Length, frame: &Frame<'r>) -> Found {
        let [late, early] = dates;
        match (self.day(late, frame), self.day(early, frame)) {
            (Ok(late), Ok(early)) => {
                let elapsed = Elapsed::Dates { late, early, floor: false };
                Some(compare_lengths(op, &elapsed, &Elapsed::Length(*length)))
            }
            (Err(None), _) | (_, Err(None)) => None,
            _ => UNKNOWN,
        }
    }

    #[inline(never)]
    fn overlap(&self, op: CompareOp, ends: &[Day; 4], days: i64, frame: &Frame<'r>) -> Found {
        let [a_start, a_end, b_start, b_end] = ends;
        let (a, b) = match (self.period(a_start, a_end, frame), self.period(b_start, b_end, frame)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(None), _) | (_, Err(None)) => return None,
            _ => return UNKNOWN,
        };
        if !(a.start.is_exact() && a.end.is_exact() && b.start.is_exact() && b.end.is_exact()) {
            let length = Elapsed::Length(Length::days(days));
            return Some(compare_lengths(op, &period::overlap(&a, &b), &length));
        }
        let found = i64::from(a.end.first.min(b.end.first)) - i64::from(a.start.first.max(b.start.first));
        let found = found.max(0);
        is(match op {
            CompareOp::Lt => found < days,
            CompareOp::Le => found <= days,
            CompareOp::Gt => found > days,
            CompareOp::Ge => found >= days,
            CompareOp::Ne => found != days,
            _ => found == days,
        })
    }

    /// A period; one that surely ends before it starts says nothing.
    #[inline]
    fn period(&self, start: &Day, end: &Day, frame: &Frame<'r>) -> Got<Period> {
        let period = Period { start: self.day(start, frame)?, end: self.day(end, frame)? };
        if period.is_surely_inverted() { Err(UNKNOWN) } else { Ok(period) }
    }

    #[inline(never)]
    fn quantified(&self, inner: &Inner, frame: &mut Frame<'r>) -> Found {
        match inner.quantifier {
            Quantifier::Any => self.at_least(1, &inner.each, &inner.body, frame),
            Quantifier::AtLeast(count) => self.at_least(count, &inner.each, &inner.body, frame),
            Quantifier::All => self.every(Truth::True, &inner.each, &inner.body, frame),
            Quantifier::No => self.every(Truth::False, &inner.each, &inner.body, frame),
        }
    }

    #[inline]
    fn at_least(&self, wanted: u32, each: &Each, body: &Step, frame: &mut Frame<'r>) -> Found {
        if wanted == 1 { self.any(each, body, frame) } else { self.many(wanted, each, body, frame) }
    }

    #[inline]
    fn any(&self, each: &Each, body: &Step, frame: &mut Frame<'r>) -> Found {
        let mut any = Some(Truth::False);
        let walked = self.each(each, frame, |frame, _, _| {
            match self.step(body, frame) {
                Some(Truth::False) => {}
                Some(Truth::True) => {
                    any = Some(Truth::True);
                    return Flow::Stop;
                }
                Some(Truth::Unknown) => any = any.map(|_| Truth::Unknown),
                None => any = None,
            }
            Flow::On
        });
        match walked {
            Ok(()) => any,
            Err(found) => found,
        }
    }

    #[inline(never)]
    fn many(&self, wanted: u32, each: &Each, body: &Step, frame: &mut Frame<'r>) -> Found {
        let mut tally = Tally::new(wanted);
        let mut enough = false;
        let walked = self.each(each, frame, |frame, _, _| {
            enough = tally.add(self.step(body, frame));
            if enough { Flow::Stop } else { Flow::On }
        });
        match walked {
            Err(found) => found,
            Ok(()) if enough => Some(Truth::True),
            Ok(()) => tally.end(),
        }
    }

    fn every(&self, wanted: Truth, each: &Each, body: &Step, frame: &mut Frame<'r>) -> Found {
        let (mut broken, mut rest) = (false, Some(Truth::True));
        let walked = self.each(each, frame, |frame, _, _| {
            match self.step(body, frame) {
                None => rest = None,
                Some(Truth::Unknown) => rest = rest.map(|_| Truth::Unknown),
                Some(truth) => broken |= truth != wanted,
            }
            if broken { Flow::Stop } else { Flow::On }
        });
        match walked {
            Err(found) => found,
            Ok(()) if broken => Some(Truth::False),
            Ok(()) => rest,
        }
    }

    /// Goes through the elements, with their positions (of the second of a pair: its own). Lists that are cut or too long are
    /// for the long road.
    #[inline]
    pub(crate) fn each(
        &self,
        each: &Each,
        frame: &mut Frame<'r>,
        mut visit: impl FnMut(&mut Frame<'r>, u32, u32) -> Flow,
    ) -> Result<(), Found> {
        let level = usize::from(each.level);
        let (cells, stride, count) = match &each.over {
            Over::List { place, arena, stride } => {
                let list = Self::given(*place, frame)?;
                let (first, count) = list.halves();
                if list.code == 1 {
                    return Err(None);
                }
                let arena = self.w.record.arenas.get(usize::from(*arena)).map_or(&[][..], Vec::as_slice);
                (arena.get(first as usize..).unwrap_or(&[]), *stride as usize, count)
            }
            Over::Sources(offsets) => return Self::sources(offsets, level, frame, visit),
        };
        if each.pairs {
            return Self::pairs(cells, stride, count, level, frame, visit);
        }
        let around = frame.allowance;
        if each.nests {
            frame.allowance = share(around, count.into()).ok_or(None)?;
        } else if count as usize > around {
            return Err(None);
        }
        let mut rest = cells;
        for position in 0..count {
            frame.set(level, rest);
            rest = rest.get(stride..).unwrap_or(&[]);
            if let Flow::Stop = visit(frame, position, position) {
                break;
            }
        }
        frame.allowance = around;
        Ok(())
    }

    #[inline(never)]
    fn pairs(
        cells: &'r [Cell],
        stride: usize,
        count: u32,
        level: usize,
        frame: &mut Frame<'r>,
        mut visit: impl FnMut(&mut Frame<'r>, u32, u32) -> Flow,
    ) -> Result<(), Found> {
        let around = frame.allowance;
        frame.allowance = share(around, u64::from(count) * u64::from(count.saturating_sub(1)) / 2).ok_or(None)?;
        let mut rest = cells;
        'all: for position in 0..count {
            frame.set(level, rest);
            rest = rest.get(stride..).unwrap_or(&[]);
            let mut seconds = rest;
            for second in position + 1..count {
                frame.set(level + 1, seconds);
                seconds = seconds.get(stride..).unwrap_or(&[]);
                if let Flow::Stop = visit(frame, position, second) {
                    break 'all;
                }
            }
        }
        frame.allowance = around;
        Ok(())
    }

    #[inline(never)]
    fn sources(
        offsets: &[u32],
        level: usize,
        frame: &mut Frame<'r>,
        mut visit: impl FnMut(&mut Frame<'r>, u32, u32) -> Flow,
    ) -> Result<(), Found> {
        let around = frame.allowance;
        frame.allowance = share(around, offsets.len() as u64).ok_or(None)?;
        let [root, ..] = frame.cells;
        for (position, offset) in (0u32..).zip(offsets) {
            frame.set(level, root.get(*offset as usize..).unwrap_or(&[]));
            if let Flow::Stop = visit(frame, position, position) {
                break;
            }
        }
        frame.allowance = around;
        Ok(())
    }

    /// The bindings that surely match, as positions, and how many elements could not be judged.
    pub(crate) fn sure(&self, each: &Each, body: &Step) -> Option<(Vec<(u32, u32)>, u32)> {
        let (mut sure, mut open, mut far) = (Vec::new(), 0u32, false);
        let walked = self.each(each, &mut self.frame(), |frame, first, second| {
            match self.step(body, frame) {
                Some(Truth::True) => sure.push((first, second)),
                Some(Truth::Unknown) => open = open.saturating_add(1),
                Some(Truth::False) => {}
                None => far = true,
            }
            if far { Flow::Stop } else { Flow::On }
        });
        (walked.is_ok() && !far).then_some((sure, open))
    }
}

impl<'r> Frame<'r> {
    #[inline]
    fn set(&mut self, level: usize, cells: &'r [Cell]) {
        if let Some(slot) = self.cells.get_mut(level) {
            *slot = cells;
        }
    }
}

/// What each of so many visits may visit in its turn; none if there are too many.
#[inline]
fn share(allowance: usize, visits: u64) -> Option<usize> {
    let visits = usize::try_from(visits).ok().filter(|visits| *visits <= allowance)?;
    Some(if visits > 1 { (allowance / visits).max(1) } else { allowance })
}

/// Counts towards a number of true ones.
struct Tally {
    wanted: u32,
    sure: u32,
    unknown: u32,
    far: u32,
}

impl Tally {
    fn new(wanted: u32) -> Self {
        Self { wanted, sure: 0, unknown: 0, far: 0 }
    }

    /// Adds one; says whether there are enough.
    #[inline]
    fn add(&mut self, found: Found) -> bool {
        match found {
            Some(Truth::True) => self.sure += 1,
            Some(Truth::Unknown) => self.unknown += 1,
            Some(Truth::False) => {}
            None => self.far += 1,
        }
        self.sure >= self.wanted
    }

    fn end(&self) -> Found {
        if self.sure + self.unknown + self.far < self.wanted {
            Some(Truth::False)
        } else if self.far > 0 {
            None
        } else {
            UNKNOWN
        }
    }
}
