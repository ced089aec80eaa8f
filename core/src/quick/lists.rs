//! Steps that go through a list, the pairs of one, or the sources.

use super::decide::{Frame, Road, Tally, UNKNOWN};
use super::{Each, Found, Inner, Over, Step};
use crate::compile::program::Quantifier;
use crate::record::Cell;
use crate::truth::Truth;

/// Whether to go on.
pub(crate) enum Flow {
    On,
    Stop,
}

impl<'r> Road<'r> {
    #[inline(never)]
    pub(super) fn quantified(&self, inner: &Inner, frame: &mut Frame<'r>) -> Found {
        match inner.quantifier {
            Quantifier::Any => self.at_least(1, &inner.each, &inner.body, frame),
            Quantifier::AtLeast(count) => self.at_least(count, &inner.each, &inner.body, frame),
            Quantifier::All => self.every(Truth::True, &inner.each, &inner.body, frame),
            Quantifier::No => self.every(Truth::False, &inner.each, &inner.body, frame),
        }
    }

    #[inline]
    pub(super) fn at_least(&self, wanted: u32, each: &Each, body: &Step, frame: &mut Frame<'r>) -> Found {
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
            Over::Sources(offsets) if each.pairs => return Self::source_pairs(offsets, level, frame, visit),
            Over::Sources(offsets) => return Self::sources(offsets, level, frame, visit),
            Over::Table(table) => return self.rows(*table, each.nests, level, frame, visit),
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

    #[inline(never)]
    fn source_pairs(
        offsets: &[u32],
        level: usize,
        frame: &mut Frame<'r>,
        mut visit: impl FnMut(&mut Frame<'r>, u32, u32) -> Flow,
    ) -> Result<(), Found> {
        let around = frame.allowance;
        let count = offsets.len() as u64;
        frame.allowance = share(around, count * count.saturating_sub(1) / 2).ok_or(None)?;
        let [root, ..] = frame.cells;
        'all: for (position, offset) in (0u32..).zip(offsets) {
            frame.set(level, root.get(*offset as usize..).unwrap_or(&[]));
            for (second, offset) in (0u32..).zip(offsets).skip(position as usize + 1) {
                frame.set(level + 1, root.get(*offset as usize..).unwrap_or(&[]));
                if let Flow::Stop = visit(frame, position, second) {
                    break 'all;
                }
            }
        }
        frame.allowance = around;
        Ok(())
    }

    #[inline(never)]
    fn rows(
        &self,
        table: u32,
        nests: bool,
        level: usize,
        frame: &mut Frame<'r>,
        mut visit: impl FnMut(&mut Frame<'r>, u32, u32) -> Flow,
    ) -> Result<(), Found> {
        let table = self.p.tables.get(table as usize).filter(|table| table.filled).ok_or(UNKNOWN)?;
        let around = frame.allowance;
        if nests {
            frame.allowance = share(around, table.rows.into()).ok_or(None)?;
        } else if table.rows as usize > around {
            return Err(None);
        }
        for row in 0..table.rows {
            frame.set_row(level, row);
            if let Flow::Stop = visit(frame, row, row) {
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

/// What each of so many visits may visit in its turn; none if there are too many.
#[inline]
fn share(allowance: usize, visits: u64) -> Option<usize> {
    let visits = usize::try_from(visits).ok().filter(|visits| *visits <= allowance)?;
    Some(if visits > 1 { (allowance / visits).max(1) } else { allowance })
}
