//! The host's columns become columns of the types that the ruleset reads.

use super::Column;
use super::states::{Is, States};
use crate::domain::date::{self, Date, Precision, year_of_day};
use crate::domain::email::{self, Email};
use crate::input::{cell_of_number, cell_of_text, declared_code, is_plain_text};
use crate::limits::Limits;
use crate::record::{Cell, Element, FieldKind, Layout, Scalar, ShapeId, State};
use std::ops::Range;
use std::rc::Rc;

/// A date, and the year that it is written with: 0 for an open end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Day {
    pub(super) first: i32,
    pub(super) last: i32,
    pub(super) year: u32,
}

/// Local part and host of a mail address, in the batch's text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mail {
    pub(super) local: Option<email::Range>,
    pub(super) host: Option<email::Range>,
}

/// The values of a column. Where there is none, anything may stand.
#[derive(Debug, Default)]
pub(super) struct Values<'a> {
    /// None at all: every value is missing.
    pub(super) is: States,
    pub(super) texts: Vec<&'a str>,
    pub(super) codes: Vec<u16>,
    pub(super) numbers: Vec<f64>,
    pub(super) days: Vec<Day>,
    pub(super) mails: Vec<Mail>,
    /// Where the elements of a list begin and end.
    pub(super) lists: Vec<(u32, u32)>,
    /// Whether the elements of all lists follow each other and nothing else lies between.
    pub(super) in_order: bool,
}

impl Values<'_> {
    #[inline]
    pub(super) fn is(&self, place: usize) -> Is {
        self.is.at(place)
    }
}

/// The columns of one kind of record: of the applications, or of the elements of a list.
#[derive(Debug, Default)]
pub(super) struct Columns<'a> {
    /// By cell.
    pub(super) cells: Vec<Values<'a>>,
    pub(super) count: usize,
    /// By element the place of the record that owns it.
    pub(super) owners: Rc<Vec<u32>>,
}

/// A batch of applications.
#[derive(Debug, Default)]
pub(super) struct Read<'a> {
    /// By arena.
    pub(super) columns: Vec<Columns<'a>>,
    /// What mail addresses say.
    pub(super) mail: String,
}

/// Why a batch can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A column has no values of the type that is read.
    Type,
    /// There may be more than the limits allow for one application.
    Size,
}

pub(super) struct Reader<'p, 'a> {
    pub(super) layout: &'p Layout,
    pub(super) limits: &'p Limits,
    pub(super) as_of: Option<Date>,
    /// The mail addresses of the applications that are looked into.
    pub(super) mails: &'p [u32],
    pub(super) read: Read<'a>,
    /// At least as many bytes as counted against the limit, and values.
    size: usize,
    values: usize,
}

impl<'p, 'a> Reader<'p, 'a> {
    pub(super) fn new(layout: &'p Layout, limits: &'p Limits, as_of: Option<Date>, mails: &'p [u32]) -> Self {
        let mut read = Read::default();
        read.columns.resize_with(usize::from(layout.arenas).max(1), Columns::default);
        Self { layout, limits, as_of, mails, read, size: 0, values: 0 }
    }

    /// Reads the applications of some rows.
    pub(super) fn applications<C: Column<'a>>(mut self, column: &C, rows: Range<usize>) -> Result<Read<'a>, Stop> {
        let width = self.layout.shape(0).width as usize;
        if let Some(root) = self.read.columns.first_mut() {
            root.count = rows.len();
            root.cells.resize_with(width, Values::default);
        }
        self.record(0, 0, 0, column, rows, 1)?;
        self.parse_mail();
        Ok(self.read)
    }

    fn put(&mut self, arena: u16, offset: u32, values: Values<'a>) {
        let columns = self.read.columns.get_mut(usize::from(arena));
        if let Some(slot) = columns.and_then(|columns| columns.cells.get_mut(offset as usize)) {
            *slot = values;
        }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Stop> {
        self.size = self.size.saturating_add(bytes);
        if self.size > self.limits.max_record_bytes { Err(Stop::Size) } else { Ok(()) }
    }

    fn open(&mut self, depth: usize, rows: usize) -> Result<(), Stop> {
        if depth > self.limits.max_record_nesting.min(16) {
            return Err(Stop::Type);
        }
        self.spend(rows.saturating_mul(3))
    }

    /// Reads the fields of records whose presence lies at `offset`.
    fn record<C: Column<'a>>(
        &mut self,
        shape: ShapeId,
        arena: u16,
        offset: u32,
        column: &C,
        rows: Range<usize>,
        depth: usize,
    ) -> Result<(), Stop> {
        self.open(depth, rows.len())?;
        let mut is = States::with_room(rows.len());
        let mut gaps = false;
        let there = column.records(rows.clone(), |there| {
            gaps |= !there;
            is.push(if there { Is::Present } else { Is::Missing });
        });
        is.close();
        if !there {
            return if column.is_empty() { Ok(()) } else { Err(Stop::Type) };
        }
        let layout = self.layout;
        let shape = layout.shape(shape);
        for field in &shape.fields {
            self.spend(rows.len().saturating_mul(field.key.len() + 5))?;
            let Some(column) = column.field(&field.key) else { continue };
            let at = offset + field.offset;
            match &field.kind {
                FieldKind::Scalar(scalar) => {
                    let values = self.scalars(scalar, column, rows.clone())?;
                    self.put(arena, at, values);
                }
                FieldKind::Record(shape) => self.record(*shape, arena, at, column, rows.clone(), depth + 1)?,
                FieldKind::List { arena: elements, element } => {
                    let values = self.lists(*elements, element, column, rows.clone(), depth + 1)?;
                    self.put(arena, at, values);
                }
            }
        }
        if gaps {
            // What stands in a record that is not there says nothing.
            let columns = self.read.columns.get_mut(usize::from(arena));
            let cells = columns.into_iter().flat_map(|columns| &mut columns.cells);
            for values in cells.skip(offset as usize).take(shape.width as usize) {
                values.is.within(&is);
            }
        }
        self.put(arena, offset, Values { is, ..Values::default() });
        Ok(())
    }

    fn lists<C: Column<'a>>(
        &mut self,
        arena: u16,
        element: &Element,
        column: &C,
        rows: Range<usize>,
        depth: usize,
    ) -> Result<Values<'a>, Stop> {
        self.open(depth, rows.len())?;
        let mut lists: Vec<Option<Range<usize>>> = Vec::with_capacity(rows.len());
        let Some(elements) = column.lists(rows, |list| lists.push(list)) else {
            return if column.is_empty() { Ok(Values::default()) } else { Err(Stop::Type) };
        };
        let some = || lists.iter().flatten().filter(|list| !list.is_empty());
        let first = some().map(|list| list.start).min().unwrap_or(0);
        let inner = first..some().map(|list| list.end).max().unwrap_or(0).max(first);
        let mut made = Values { in_order: true, is: States::with_room(lists.len()), ..Values::default() };
        made.lists.reserve(lists.len());
        let mut owners = vec![0; inner.len()];
        let mut next = first;
        let place = |at: usize| u32::try_from(at - first).map_err(|_| Stop::Size);
        for (owner, list) in (0u32..).zip(&lists) {
            let long = list.as_ref().is_some_and(|list| list.len() > self.limits.max_list_length);
            let (is, range) = match list {
                None => (Is::Missing, 0..0),
                Some(_) if long => (Is::Far, 0..0),
                Some(list) => (Is::Present, list.clone()),
            };
            made.is.push(is);
            made.in_order &= range.is_empty() || range.start == next;
            if range.is_empty() {
                let at = place(next)?;
                made.lists.push((at, at));
                continue;
            }
            next = range.end;
            made.lists.push((place(range.start)?, place(range.end)?));
            if let Some(slots) = owners.get_mut(range.start - first..range.end - first) {
                slots.fill(owner);
            }
        }
        made.is.close();
        made.in_order &= next == inner.end;
        let width = match element {
            Element::Scalar(_) => 1,
            Element::Record(shape) => self.layout.shape(*shape).width,
        };
        self.values = self.values.saturating_add(inner.len().saturating_mul(width as usize));
        if self.values > self.limits.max_record_values {
            return Err(Stop::Size);
        }
        self.spend(inner.len())?;
        if let Some(columns) = self.read.columns.get_mut(usize::from(arena)) {
            *columns = Columns { cells: Vec::new(), count: inner.len(), owners: Rc::new(owners) };
            columns.cells.resize_with(width as usize, Values::default);
        }
        match element {
            Element::Scalar(scalar) => {
                let values = self.scalars(scalar, elements, inner)?;
                self.put(arena, 0, values);
            }
            Element::Record(shape) => self.record(*shape, arena, 0, elements, inner, depth + 1)?,
        }
        Ok(made)
    }

    fn scalars<C: Column<'a>>(&mut self, scalar: &Scalar, column: &C, rows: Range<usize>) -> Result<Values<'a>, Stop> {
        let mut made = Values { is: States::with_room(rows.len()), ..Values::default() };
        let there = match scalar {
            Scalar::Number => Self::numbers(column, rows.clone(), &mut made),
            Scalar::Bool => column.bools(rows.clone(), |value| {
                made.is.push(if value.is_some() { Is::Present } else { Is::Missing });
                made.codes.push(u16::from(value == Some(true)));
            }),
            Scalar::Date if Self::days(column, rows.clone(), &mut made) => true,
            Scalar::Date => self.written_dates(column, rows.clone(), &mut made)?,
            Scalar::Text | Scalar::Person | Scalar::Organisation | Scalar::Phone | Scalar::Email | Scalar::Url => {
                self.texts(scalar, column, rows.clone(), &mut made)?
            }
            Scalar::Country | Scalar::OneOf(_) | Scalar::Instant | Scalar::Ip | Scalar::Network => {
                self.codes(scalar, column, rows.clone(), &mut made)?
            }
        };
        let far = |there| if there { Is::Far } else { Is::Missing };
        if there {
            made.is.close();
            return Ok(made);
        } else if column.is_empty() || column.others(rows, |there| made.is.push(far(there))) {
            made.is.close();
            return Ok(Values { is: made.is, ..Values::default() });
        }
        Err(Stop::Type)
    }

    fn numbers<C: Column<'a>>(column: &C, rows: Range<usize>, made: &mut Values<'a>) -> bool {
        made.numbers.reserve(rows.len());
        column.numbers(rows, |value| {
            let number = value.unwrap_or(f64::NAN);
            made.numbers.push(number);
            made.is.push(if number.is_nan() {
                Is::Missing
            } else if number.is_infinite() {
                Is::Far
            } else {
                state(&cell_of_number(number))
            });
        })
    }

    fn days<C: Column<'a>>(column: &C, rows: Range<usize>, made: &mut Values<'a>) -> bool {
        made.days.reserve(rows.len());
        column.days(rows, |value| {
            let day = value.map(|day| (day, u32::try_from(year_of_day(day)).unwrap_or(0)));
            made.is.push(match day {
                None => Is::Missing,
                Some((_, 1..=9999)) => Is::Present,
                Some(_) => Is::Far,
            });
            let (day, year) = day.unwrap_or_default();
            made.days.push(Day { first: day, last: day, year });
        })
    }

    fn written_dates<C: Column<'a>>(
        &mut self,
        column: &C,
        rows: Range<usize>,
        made: &mut Values<'a>,
    ) -> Result<bool, Stop> {
        made.days.reserve(rows.len());
        let (limits, as_of) = (self.limits, self.as_of);
        self.each_text(column, rows, |text| {
            let Some(text) = text else {
                made.is.push(Is::Missing);
                made.days.push(Day::default());
                return;
            };
            if let Some((Date { first, last }, year)) = date::parse_plain(text) {
                made.is.push(Is::Present);
                made.days.push(Day { first, last, year: year.cast_unsigned() });
                return;
            }
            let cell = cell_of_text(&Scalar::Date, text, limits);
            let (first, last) = cell.halves();
            let mut day = Day { first: first.cast_signed(), last: last.cast_signed(), year: cell.derived };
            let open = cell.state == State::Present && usize::from(cell.code) == Precision::Open.index();
            made.is.push(match as_of {
                None if open => Is::Far,
                _ => state(&cell),
            });
            if let (true, Some(as_of)) = (open, as_of) {
                let Date { first, last } = date::Date::present(as_of);
                day = Day { first, last, year: 0 };
            }
            made.days.push(day);
        })
    }

    fn codes<C: Column<'a>>(
        &mut self,
        scalar: &Scalar,
        column: &C,
        rows: Range<usize>,
        made: &mut Values<'a>,
    ) -> Result<bool, Stop> {
        made.codes.reserve(rows.len());
        let limits = self.limits;
        self.each_text(column, rows, |text| {
            if let Some(code) = text.and_then(|text| declared_code(scalar, text)) {
                made.is.push(Is::Present);
                made.codes.push(code);
                return;
            }
            let cell = text.map(|text| cell_of_text(scalar, text, limits)).unwrap_or_default();
            made.is.push(state(&cell));
            made.codes.push(cell.code);
        })
    }

    fn texts<C: Column<'a>>(
        &mut self,
        scalar: &Scalar,
        column: &C,
        rows: Range<usize>,
        made: &mut Values<'a>,
    ) -> Result<bool, Stop> {
        made.texts.reserve(rows.len());
        let limits = self.limits;
        self.each_text(column, rows, |text| {
            let Some(text) = text else {
                made.is.push(Is::Missing);
                made.texts.push("");
                return;
            };
            if is_plain_text(text, limits) {
                made.is.push(Is::Present);
                made.texts.push(text);
            } else {
                made.is.push(state(&cell_of_text(scalar, text, limits)));
                made.texts.push(text.trim());
            }
        })
    }

    /// Visits texts, and counts their bytes.
    fn each_text<C: Column<'a>>(
        &mut self,
        column: &C,
        rows: Range<usize>,
        mut visit: impl FnMut(Option<&'a str>),
    ) -> Result<bool, Stop> {
        let mut size = 0usize;
        let there = column.texts(rows, |text| {
            size = size.saturating_add(text.map_or(0, str::len));
            visit(text);
        });
        self.spend(size)?;
        Ok(there)
    }

    /// Looks into the mail addresses that steps ask about.
    fn parse_mail(&mut self) {
        let Read { columns, mail } = &mut self.read;
        let Some(root) = columns.first_mut() else { return };
        for offset in self.mails {
            let Some(values) = root.cells.get_mut(*offset as usize) else { continue };
            let mut read = |(place, text): (usize, &&str)| {
                let email = if values.is.at(place) == Is::Present { email::read(text, mail) } else { Email::default() };
                Mail { local: email.local, host: email.host }
            };
            values.mails = values.texts.iter().enumerate().map(&mut read).collect();
        }
    }
}

fn state(cell: &Cell) -> Is {
    match cell.state {
        State::Missing => Is::Missing,
        State::Unparsable => Is::Unparsable,
        State::Present => Is::Present,
    }
}
