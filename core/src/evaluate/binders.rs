//! Binding elements: lists, tables, sources, pairs, and the share of work that each level may do.

use super::{Bound, Eval, Got};
use crate::check::types::Ty;
use crate::compile::program::{Base, BinderPlan, Cond, End, Field, List, Node, Row, TableValue, Value};
use crate::domain::words;
use crate::record::{Address, Cell, State};
use crate::truth::Truth;
use crate::verdict::Why;

/// The elements that a binder goes through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elements {
    pub count: u32,
    /// The first element's cell, row or piece.
    first: Address,
    stride: u32,
    /// Whether elements were left out by a limit.
    pub cut: bool,
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    Stop,
}

/// How a walk over all bindings ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Walked {
    /// Why bindings may have been left out: a list was missing, or a limit was reached.
    pub lack: Option<Why>,
    pub stopped: bool,
}

impl<'p> Eval<'p, '_> {
    /// The cell of a field, with its address.
    #[inline]
    pub(super) fn cell(&mut self, field: &Field) -> Got<(Cell, Address)> {
        let at = self.address(field)?;
        Ok((*self.w.record.cell(at), at))
    }

    /// The cell of a field that holds a value, with its address.
    #[inline]
    pub(super) fn present(&mut self, field: &Field) -> Got<(Cell, Address)> {
        let at = self.address(field)?;
        Ok((*given(self.w.record.cell(at))?, at))
    }

    /// The cell of a field that holds a value.
    #[inline]
    pub(super) fn value_cell(&mut self, field: &Field) -> Got<&Cell> {
        let at = self.address(field)?;
        given(self.w.record.cell(at))
    }

    #[inline]
    pub(super) fn address(&mut self, field: &Field) -> Got<Address> {
        match &field.base {
            Base::Root => Ok(Address { arena: 0, index: field.offset }),
            Base::Binder(slot) => Ok(self.bound(*slot).at.plus(field.offset)),
            Base::End(end) => Ok(self.end(end)?.plus(field.offset)),
        }
    }

    /// The first or last element of a list.
    fn end(&mut self, end: &End) -> Got<Address> {
        let (cell, _) = self.present(&end.list)?;
        let (first, count) = cell.halves();
        if count == 0 {
            return Err(Why::Missing);
        }
        if end.last && cell.code == 1 {
            return Err(Why::Limit);
        }
        let position = if end.last { count - 1 } else { 0 };
        Ok(Address { arena: end.arena, index: first + position * end.stride })
    }

    #[inline]
    pub(super) fn bound(&self, slot: u8) -> Bound {
        self.w.bound.get(usize::from(slot)).copied().unwrap_or_default()
    }

    /// What a scalar element's slot points at.
    #[inline]
    pub(super) fn list(&self, index: u32) -> Option<&'p List> {
        self.p.binders.get(index as usize)
    }

    /// The elements of a list.
    pub(super) fn elements(&mut self, list: &'p List) -> Got<Elements> {
        match list {
            List::Field { field, stride, arena } => {
                let cell = self.value_cell(field)?;
                let (first, count) = cell.halves();
                Ok(Elements {
                    count,
                    first: Address { arena: *arena, index: first },
                    stride: *stride,
                    cut: cell.code == 1,
                })
            }
            List::Table(table) => {
                let table = self.p.tables.get(*table as usize).filter(|table| table.filled).ok_or(Why::NotListed)?;
                Ok(Elements { count: table.rows, first: Address::default(), stride: 1, cut: false })
            }
            List::Sources(sources) => {
                let count = u32::try_from(sources.len()).unwrap_or(u32::MAX);
                Ok(Elements { count, first: Address::default(), stride: 0, cut: false })
            }
            List::Words(value) => {
                let text = self.text(value)?;
                let owned = self.str_of(text).to_owned();
                let first = u32::try_from(self.w.pieces.len()).unwrap_or(u32::MAX);
                let mut count = 0;
                for word in words::words_of(&owned) {
                    self.w.keep(word);
                    count += 1;
                }
                Ok(Elements { count, first: Address { arena: 0, index: first }, stride: 1, cut: false })
            }
            List::Cell(value) => {
                let cell = self.table_cell(value)?;
                match self.table_value(value, cell) {
                    Some(TableValue::List(items)) => {
                        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
                        Ok(Elements { count, first: Address { arena: 0, index: cell }, stride: 0, cut: false })
                    }
                    _ => Err(Why::Missing),
                }
            }
        }
    }

    /// The index of a column's cell in its table.
    pub(super) fn table_cell(&mut self, value: &Value) -> Got<u32> {
        let Node::Column { table, column, row } = &value.node else { return Err(Why::Missing) };
        let row = self.row(*table, row)?;
        let columns = self.p.tables.get(*table as usize).map_or(0, |t| t.columns.len());
        Ok(row * u32::try_from(columns).unwrap_or(0) + column)
    }

    fn table_value(&self, value: &Value, cell: u32) -> Option<&'p TableValue> {
        let Node::Column { table, .. } = &value.node else { return None };
        self.p.tables.get(*table as usize)?.cells.get(cell as usize)
    }

    /// The row of a table.
    pub(super) fn row(&mut self, table: u32, row: &Row) -> Got<u32> {
        let key = match row {
            Row::Binder(slot) => return Ok(self.bound(*slot).at.index),
            Row::Lookup(key) => key,
        };
        let p = self.p;
        let Some(prepared) = p.tables.get(table as usize).filter(|t| t.filled) else {
            return Err(Why::NotListed);
        };
        let found = match &key.ty {
            Ty::Country => {
                let code = self.code(key)?;
                prepared.row_of(code)
            }
            Ty::Identifier => {
                let text = self.text(key)?;
                let lower = crate::domain::text::fold_case_only(self.str_of(text));
                prepared.by_lower.get(lower.as_str()).copied()
            }
            _ => {
                // "C++" and "C#" fold alike: the same spelling but for case goes first.
                let text = self.text(key)?;
                let lower = crate::domain::text::fold_case_only(self.str_of(text));
                let exact = prepared.by_lower.get(lower.as_str()).copied();
                let folded = self.folded(text);
                exact.or_else(|| prepared.by_folded.get(self.fold_str(folded)).copied())
            }
        };
        found.ok_or(Why::NotListed)
    }

    /// Binds one element.
    #[inline]
    pub(super) fn bind(&mut self, slot: u8, list: u32, elements: Elements, position: u32) {
        let at = match self.list(list) {
            Some(List::Sources(sources)) => match sources.get(position as usize) {
                Some((_, field)) => self.address(field).unwrap_or_default(),
                None => Address::default(),
            },
            _ => elements.first.plus(position.wrapping_mul(elements.stride)),
        };
        if let Some(bound) = self.w.bound.get_mut(usize::from(slot)) {
            *bound = Bound { list, position, at };
        }
    }

    /// Goes through all bindings, in order. Each level may visit an equal share of what the level above it may.
    pub(super) fn walk(&mut self, binders: &[BinderPlan], visit: &mut dyn FnMut(&mut Self) -> Flow) -> Walked {
        let Some((binder, rest)) = binders.split_first() else {
            let stopped = visit(self) == Flow::Stop;
            return Walked { lack: None, stopped };
        };
        let mut lack = None;
        let mut walked = self.level(binder, |eval| {
            let inner = eval.walk(rest, visit);
            lack = lack.or(inner.lack);
            if inner.stopped { Flow::Stop } else { Flow::On }
        });
        walked.lack = walked.lack.or(lack);
        walked
    }

    /// Goes through the elements of one binder.
    pub(super) fn level(&mut self, binder: &BinderPlan, mut visit: impl FnMut(&mut Self) -> Flow) -> Walked {
        let elements = match self.list(binder.list) {
            Some(List::Field { field, stride, arena }) => match self.value_cell(field) {
                Ok(cell) => {
                    let (first, count) = cell.halves();
                    let first = Address { arena: *arena, index: first };
                    Elements { count, first, stride: *stride, cut: cell.code == 1 }
                }
                Err(why) => return Walked { lack: Some(why), stopped: false },
            },
            Some(list) => match self.elements(list) {
                Ok(elements) => elements,
                Err(why) => return Walked { lack: Some(why), stopped: false },
            },
            None => return Walked { lack: Some(Why::Missing), stopped: false },
        };
        let allowance = self.w.allowance;
        let count = u64::from(elements.count);
        let total = if binder.pair.is_some() { count * count.saturating_sub(1) / 2 } else { count };
        let visits = usize::try_from(total).unwrap_or(usize::MAX).min(allowance);
        let cut = elements.cut || (visits as u64) < total;
        let mut walked = Walked { lack: cut.then_some(Why::Limit), stopped: false };
        if visits > 1 {
            self.w.allowance = (allowance / visits).max(1);
        }
        walked.stopped = if matches!(self.list(binder.list), Some(List::Field { .. })) {
            self.cells(binder, elements, visits, &mut visit)
        } else {
            self.others(binder, elements, visits, &mut visit)
        };
        self.w.allowance = allowance;
        walked
    }

    /// Goes through elements that lie in cells one behind the other.
    #[inline]
    fn cells(
        &mut self,
        binder: &BinderPlan,
        elements: Elements,
        visits: usize,
        visit: &mut impl FnMut(&mut Self) -> Flow,
    ) -> bool {
        let list = binder.list;
        let bound = |position: u32| Bound { list, position, at: elements.first.plus(position * elements.stride) };
        let mut left = visits;
        for first in 0..elements.count {
            if left == 0 {
                return false;
            }
            self.set(binder.slot, bound(first));
            let Some(pair) = binder.pair else {
                left -= 1;
                if visit(self) == Flow::Stop {
                    return true;
                }
                continue;
            };
            for second in first + 1..elements.count {
                if left == 0 {
                    return false;
                }
                left -= 1;
                self.set(pair, bound(second));
                if visit(self) == Flow::Stop {
                    return true;
                }
            }
        }
        false
    }

    #[inline]
    fn set(&mut self, slot: u8, to: Bound) {
        if let Some(bound) = self.w.bound.get_mut(usize::from(slot)) {
            *bound = to;
        }
    }

    /// Goes through rows, sources, words and items.
    fn others(
        &mut self,
        binder: &BinderPlan,
        elements: Elements,
        visits: usize,
        visit: &mut dyn FnMut(&mut Self) -> Flow,
    ) -> bool {
        let mut left = visits;
        for first in 0..elements.count {
            let seconds = if binder.pair.is_some() { first + 1..elements.count } else { first..first + 1 };
            for second in seconds {
                if left == 0 {
                    return false;
                }
                left -= 1;
                self.bind(binder.slot, binder.list, elements, first);
                if let Some(pair) = binder.pair {
                    self.bind(pair, binder.list, elements, second);
                }
                if visit(self) == Flow::Stop {
                    return true;
                }
            }
        }
        false
    }

    /// Asks a condition for every binding until `stop` says so.
    #[inline]
    pub(super) fn ask(
        &mut self,
        binders: &[BinderPlan],
        condition: &Cond,
        mut stop: impl FnMut(&mut Self, Truth) -> Flow,
    ) -> Walked {
        let mut visit = |eval: &mut Self| {
            let truth = eval.truth(condition);
            stop(eval, truth)
        };
        match binders {
            [binder] => self.level(binder, visit),
            binders => self.walk(binders, &mut visit),
        }
    }

    /// Whether at least `wanted` bindings make the condition true.
    pub(super) fn at_least(&mut self, wanted: u32, binders: &[BinderPlan], condition: &Cond) -> Truth {
        let (mut sure, mut open) = (0u32, 0u32);
        let walked = self.ask(binders, condition, |_, truth| {
            match truth {
                Truth::True => sure += 1,
                Truth::Unknown => open += 1,
                Truth::False => {}
            }
            if sure >= wanted { Flow::Stop } else { Flow::On }
        });
        if sure >= wanted {
            Truth::True
        } else if walked.lack.is_some() || sure + open >= wanted {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether every binding makes the condition `wanted`.
    pub(super) fn every(&mut self, wanted: Truth, binders: &[BinderPlan], condition: &Cond) -> Truth {
        let (mut broken, mut open) = (false, false);
        let walked = self.ask(binders, condition, |_, truth| {
            match truth {
                Truth::Unknown => open = true,
                truth if truth != wanted => broken = true,
                _ => {}
            }
            if broken { Flow::Stop } else { Flow::On }
        });
        if broken {
            Truth::False
        } else if walked.lack.is_some() || open {
            Truth::Unknown
        } else {
            Truth::True
        }
    }
}

/// A cell that holds a value, or why it holds none.
#[inline]
pub(super) fn given(cell: &Cell) -> Got<&Cell> {
    match cell.state {
        State::Present => Ok(cell),
        State::Missing => Err(Why::Missing),
        State::Unparsable => Err(Why::Unparsable),
    }
}
