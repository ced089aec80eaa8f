//! Texts: where they lie, folded and split once.

use super::binders::given;
use super::{Eval, Got, Kept};
use crate::check::types::{Prop, Ty};
use crate::compile::program::{List, Node, TableValue, TextConst, Value};
use crate::domain::country::Country;
use crate::domain::email;
use crate::domain::text::{fold_into, is_folded};
use crate::domain::words::{Words, first_word, last_word};
use crate::record::{Address, State};
use crate::verdict::Why;

/// Where a text lies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TextRef {
    Const(u32),
    /// What was written in a cell.
    Cell(Address),
    /// A cell of a table, or an item of its list.
    Table {
        table: u32,
        cell: u32,
        item: Option<u32>,
    },
    /// Made while evaluating.
    Piece(u32),
    /// A part of a mail address.
    Mail(u32, u32),
    /// A part of what was written in a cell.
    Part(Address, u32, u32),
    Country(u32),
    Source {
        list: u32,
        position: u32,
    },
}

/// Where a folded text lies.
#[derive(Debug, Clone, Copy)]
pub(super) enum FoldRef {
    Prepared(TextRef),
    Range(u32, u32),
    /// The text is folded as it stands.
    Itself(TextRef),
}

/// What a cell's `folded` says if the text is folded as it stands.
const ITSELF: u32 = u32::MAX;

/// Where the words of a text lie.
#[derive(Debug, Clone, Copy)]
pub(super) enum WordsRef {
    Prepared(TextRef),
    Kept(u32),
}

impl<'p> Eval<'p, '_> {
    /// The text of a value of a text type.
    #[inline]
    pub(super) fn text(&mut self, value: &Value) -> Got<TextRef> {
        match &value.node {
            Node::Text(index) => Ok(TextRef::Const(*index)),
            Node::Field(field) => {
                let at = self.address(field)?;
                given(self.w.record.cell(at))?;
                Ok(TextRef::Cell(at))
            }
            _ => self.made_text(value),
        }
    }

    /// A text that is neither written nor given.
    #[inline(never)]
    fn made_text(&mut self, value: &Value) -> Got<TextRef> {
        match &value.node {
            Node::Element(slot) => self.element_text(*slot),
            Node::Column { table, .. } => {
                let table = *table;
                let cell = self.table_cell(value)?;
                match self.p.tables.get(table as usize).and_then(|t| t.cells.get(cell as usize)) {
                    Some(TableValue::Text(_)) => Ok(TextRef::Table { table, cell, item: None }),
                    _ => Err(Why::Missing),
                }
            }
            Node::Prop(base, prop) => self.text_prop(base, *prop),
            Node::SourceName(slot) => {
                let bound = self.bound(*slot);
                Ok(TextRef::Source { list: bound.list, position: bound.position })
            }
            Node::Let(index) => kept!(self, *index, Text, text),
            Node::Coalesce(left, right) => match self.text(left) {
                Err(Why::Missing | Why::NotListed) => self.text(right),
                found => found,
            },
            _ => Err(Why::Unparsable),
        }
    }

    pub(super) fn element_text(&mut self, slot: u8) -> Got<TextRef> {
        let bound = self.bound(slot);
        match self.list(bound.list) {
            Some(List::Field { .. }) => match self.w.record.cell(bound.at).state {
                State::Present => Ok(TextRef::Cell(bound.at)),
                State::Missing => Err(Why::Missing),
                State::Unparsable => Err(Why::Unparsable),
            },
            Some(List::Words(_)) => Ok(TextRef::Piece(bound.at.index)),
            Some(List::Cell(value)) => match &value.node {
                Node::Column { table, .. } => {
                    Ok(TextRef::Table { table: *table, cell: bound.at.index, item: Some(bound.position) })
                }
                _ => Err(Why::Missing),
            },
            _ => Err(Why::Missing),
        }
    }

    /// A value of a `let`, whose own binders must not disturb those around it.
    pub(super) fn in_let<T>(&mut self, index: u32, read: impl FnOnce(&mut Self, &'p Value) -> Got<T>) -> Got<T> {
        let p = self.p;
        let Some(value) = p.lets.get(index as usize) else { return Err(Why::Missing) };
        let (bound, allowance) = (self.w.bound, self.w.allowance);
        self.w.allowance = self.limits.max_pairs;
        let found = read(self, value);
        self.w.bound = bound;
        self.w.allowance = allowance;
        found
    }

    fn text_prop(&mut self, base: &Value, prop: Prop) -> Got<TextRef> {
        if prop == Prop::Raw {
            return self.raw(base);
        }
        if prop == Prop::CountryName {
            return Ok(TextRef::Country(self.code(base)?));
        }
        if matches!(prop, Prop::First | Prop::Last) {
            return self.end_of(base, prop == Prop::Last);
        }
        match &base.ty {
            Ty::Phone => {
                let index = self.phone(base)?;
                let lack = self.phone_lack(base);
                let Some(phone) = self.w.phones.get(index as usize) else { return Err(Why::Missing) };
                let found = match prop {
                    Prop::PhoneE164 => phone.e164.clone(),
                    _ => phone.area_code.clone(),
                };
                let why = match phone.valid {
                    None => lack,
                    Some(false) => Why::Unparsable,
                    Some(true) => Why::Missing,
                };
                found.map(|text| TextRef::Piece(self.w.keep(&text))).ok_or(why)
            }
            Ty::Email => {
                let index = self.email(base)?;
                let Some(email) = self.w.emails.get_mut(index as usize) else { return Err(Why::Missing) };
                let found = match prop {
                    Prop::EmailLocal => email.local,
                    Prop::EmailHost => email.host,
                    Prop::EmailTag => email.tag,
                    _ => {
                        let mail = &self.w.mail;
                        *email.domain.get_or_insert_with(|| email.ascii.and_then(|ascii| email::domain(mail, ascii)))
                    }
                };
                let why = if email.valid { Why::Missing } else { Why::Unparsable };
                found.map(|(start, end)| TextRef::Mail(start, end)).ok_or(why)
            }
            Ty::Url => {
                let index = self.url(base)?;
                let Some(url) = self.w.urls.get(index as usize) else { return Err(Why::Missing) };
                let found = match prop {
                    Prop::UrlHost => url.host.clone(),
                    Prop::UrlDomain => url.domain.clone(),
                    _ => url.path.clone(),
                };
                let why = if url.valid { Why::Missing } else { Why::Unparsable };
                found.map(|text| TextRef::Piece(self.w.keep(&text))).ok_or(why)
            }
            _ => Err(Why::Unparsable),
        }
    }

    /// The first or last word of a text, or item of a list cell.
    fn end_of(&mut self, list: &Value, last: bool) -> Got<TextRef> {
        match &list.node {
            Node::Prop(text, Prop::Words) => {
                let text = self.text(text)?;
                let whole = self.str_of(text);
                let (start, word) = if last { last_word(whole) } else { first_word(whole) }.ok_or(Why::Missing)?;
                if let TextRef::Cell(at) = text
                    && let (Ok(start), Ok(length)) = (u32::try_from(start), u32::try_from(word.len()))
                {
                    return Ok(TextRef::Part(at, start, start + length));
                }
                let word = word.to_owned();
                Ok(TextRef::Piece(self.w.keep(&word)))
            }
            Node::Column { table, .. } => {
                let cell = self.table_cell(list)?;
                let TableValue::List(items) = self.column(list)? else { return Err(Why::Missing) };
                let end = items.len().checked_sub(1).ok_or(Why::Missing)?;
                let item = if last { u32::try_from(end).unwrap_or(u32::MAX) } else { 0 };
                Ok(TextRef::Table { table: *table, cell, item: Some(item) })
            }
            Node::Let(index) => self.in_let(*index, |eval, list| eval.end_of(list, last)),
            _ => Err(Why::Missing),
        }
    }

    /// What was written, even where it could not be read.
    pub(super) fn raw(&mut self, value: &Value) -> Got<TextRef> {
        match &value.node {
            Node::Field(field) => {
                let (cell, at) = self.cell(field)?;
                if cell.state == State::Missing { Err(Why::Missing) } else { Ok(TextRef::Cell(at)) }
            }
            Node::Element(slot) => {
                let bound = self.bound(*slot);
                match self.list(bound.list) {
                    Some(List::Field { .. }) if self.w.record.cell(bound.at).state != State::Missing => {
                        Ok(TextRef::Cell(bound.at))
                    }
                    Some(List::Field { .. }) => Err(Why::Missing),
                    _ => self.element_text(*slot),
                }
            }
            Node::Coalesce(left, right) => match self.raw(left) {
                Err(Why::Missing | Why::NotListed) => self.raw(right),
                found => found,
            },
            Node::Let(index) => {
                // Asked first, since that is remembered: a `let` that is missing is not looked through again.
                if let Err(why @ (Why::Missing | Why::NotListed)) = self.probe(value) {
                    return Err(why);
                }
                self.in_let(*index, super::Eval::raw)
            }
            Node::Canonical(_, spelled) | Node::Text(spelled) | Node::Network(_, spelled) => {
                Ok(TextRef::Const(*spelled))
            }
            Node::Column { .. } => {
                let shown = self.table_shown(value)?;
                Ok(TextRef::Piece(self.w.keep(&shown)))
            }
            _ => {
                let shown = self.shown(value)?;
                Ok(TextRef::Piece(self.w.keep(&shown)))
            }
        }
    }

    /// The text itself.
    pub(super) fn str_of(&self, text: TextRef) -> &str {
        match text {
            TextRef::Const(index) => self.p.texts.get(index as usize).map_or("", |text| &text.text),
            TextRef::Cell(at) => {
                let cell = self.w.record.cell(at);
                self.w.record.text(cell.raw)
            }
            TextRef::Table { .. } => self.table_text(text).map_or("", |text| &text.text),
            TextRef::Piece(index) => self.w.piece(index),
            TextRef::Mail(start, end) => self.w.mail.get(start as usize..end as usize).unwrap_or(""),
            TextRef::Part(at, start, end) => {
                let whole = self.w.record.text(self.w.record.cell(at).raw);
                whole.get(start as usize..end as usize).unwrap_or("")
            }
            TextRef::Country(code) => u16::try_from(code).ok().and_then(Country::from_index).map_or("", Country::name),
            TextRef::Source { list, position } => match self.list(list) {
                Some(List::Sources(sources)) => sources.get(position as usize).map_or("", |(name, _)| name),
                _ => "",
            },
        }
    }

    fn table_text(&self, text: TextRef) -> Option<&'p TextConst> {
        let TextRef::Table { table, cell, item } = text else { return None };
        match (self.p.tables.get(table as usize)?.cells.get(cell as usize)?, item) {
            (TableValue::Text(text), None) => Some(text),
            (TableValue::List(items), Some(item)) => items.get(item as usize),
            _ => None,
        }
    }

    pub(super) fn prepared(&self, text: TextRef) -> Option<&'p TextConst> {
        match text {
            TextRef::Const(index) => self.p.texts.get(index as usize),
            TextRef::Table { .. } => self.table_text(text),
            _ => None,
        }
    }

    /// The folded text, made at most once per cell.
    pub(super) fn folded(&mut self, text: TextRef) -> FoldRef {
        if self.prepared(text).is_some() {
            return FoldRef::Prepared(text);
        }
        if let TextRef::Cell(at) = text {
            match self.w.record.cell(at).folded {
                0 => {}
                ITSELF => return FoldRef::Itself(text),
                index => {
                    let (start, end) = self.w.folds.get(index as usize - 1).copied().unwrap_or_default();
                    return FoldRef::Range(start, end);
                }
            }
        }
        let (found, index) = if is_folded(self.str_of(text)) {
            (FoldRef::Itself(text), ITSELF)
        } else {
            let mut folded = std::mem::take(&mut self.w.folded);
            let start = folded.len();
            fold_into(self.str_of(text), &mut folded);
            let range = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(folded.len()).unwrap_or(u32::MAX));
            self.w.folded = folded;
            self.w.folds.push(range);
            (FoldRef::Range(range.0, range.1), u32::try_from(self.w.folds.len()).unwrap_or(0))
        };
        if let TextRef::Cell(at) = text
            && let Some(cell) = self.w.record.cell_mut(at)
        {
            cell.folded = index;
        }
        found
    }

    pub(super) fn fold_str(&self, folded: FoldRef) -> &str {
        match folded {
            FoldRef::Prepared(text) => self.prepared(text).map_or("", |text| &text.folded),
            FoldRef::Itself(text) => self.str_of(text),
            FoldRef::Range(start, end) => self.w.folded.get(start as usize..end as usize).unwrap_or(""),
        }
    }

    /// The words of a text, made at most once per cell.
    pub(super) fn words(&mut self, text: TextRef) -> WordsRef {
        if self.prepared(text).is_some() {
            return WordsRef::Prepared(text);
        }
        if let TextRef::Cell(at) = text
            && let Some(index) = self.w.record.cell(at).words.checked_sub(1)
        {
            return WordsRef::Kept(index);
        }
        let words = Words::of(self.str_of(text));
        self.w.words.push(words);
        let count = u32::try_from(self.w.words.len()).unwrap_or(1);
        if let TextRef::Cell(at) = text
            && let Some(cell) = self.w.record.cell_mut(at)
        {
            cell.words = count;
        }
        WordsRef::Kept(count - 1)
    }

    pub(super) fn words_of(&self, words: WordsRef) -> Option<&Words> {
        match words {
            WordsRef::Prepared(text) => self.prepared(text).map(|text| &text.words),
            WordsRef::Kept(index) => self.w.words.get(index as usize),
        }
    }
}
