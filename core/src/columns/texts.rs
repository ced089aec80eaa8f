//! Steps on texts, lane by lane, by the same comparisons as on the short road.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, OPEN, UNLISTED, found, is};
use super::read::Is;
use super::values::{Got, given};
use crate::compile::program::{Entries, TableValue, TextConst};
use crate::domain::names::agree_at_once;
use crate::domain::words::{first_word, last_word};
use crate::quick::{Found, MailPart, Place, Seen, Text, in_list, like, mentions, text_in, text_is};
use indicia_dsl::ast::CompareOp;

/// What a condition is without one of its two texts: far before unknown, and unlisted only where nothing else is lacking.
fn lack(left: Got<Seen<'_>>, right: Got<Seen<'_>>) -> u8 {
    match (left.err(), right.err()) {
        (Some(FAR), _) | (_, Some(FAR)) => FAR,
        (Some(UNLISTED), None | Some(UNLISTED)) | (None, Some(UNLISTED)) => UNLISTED,
        _ => OPEN,
    }
}

impl Batch<'_, '_> {
    fn both(&self, sides: &[Text; 2], lanes: &Lanes, compare: impl Fn(Seen<'_>, Seen<'_>) -> Found) -> Masks {
        let [left, right] = sides.each_ref().map(|side| self.prepared(side, lanes));
        Masks::of_listed(lanes.count, |lane| match (left.at(self, lanes, lane), right.at(self, lanes, lane)) {
            (Ok(left), Ok(right)) => found(compare(left, right)),
            (left, right) => lack(left, right),
        })
    }

    fn each_text(&self, text: &Text, lanes: &Lanes, compare: impl Fn(Seen<'_>) -> Found) -> Masks {
        let text = self.prepared(text, lanes);
        Masks::of_listed(lanes.count, |lane| match text.at(self, lanes, lane) {
            Ok(seen) => found(compare(seen)),
            Err(truth) => truth,
        })
    }

    pub(super) fn like(&self, op: CompareOp, sides: &[Text; 2], lanes: &Lanes) -> Masks {
        self.both(sides, lanes, |left, right| like(op, left, right))
    }

    pub(super) fn mentions(&self, exactly: bool, sides: &[Text; 2], lanes: &Lanes) -> Masks {
        self.both(sides, lanes, |text, phrase| mentions(exactly, text, phrase))
    }

    pub(super) fn agrees(&self, sides: &[Text; 2], lanes: &Lanes) -> Masks {
        // What takes more than a look is remembered from pair to pair on the other road.
        self.both(sides, lanes, |left, right| agree_at_once(left.bytes(), right.bytes()))
    }

    pub(super) fn text_is(&self, equal: bool, identifier: bool, sides: &[Text; 2], lanes: &Lanes) -> Masks {
        self.both(sides, lanes, |left, right| text_is(equal, identifier, left.bytes(), right.bytes()))
    }

    pub(super) fn text_in(&self, value: &Text, texts: &[u32], lanes: &Lanes) -> Masks {
        self.each_text(value, lanes, |seen| text_in(self.p, seen, texts))
    }

    pub(super) fn in_list(&self, value: &Text, identifier: bool, list: u32, lanes: &Lanes) -> Masks {
        let Some(list) = self.p.lists.get(list as usize) else { return Masks::all(lanes.count, FAR) };
        self.each_text(value, lanes, |seen| in_list(&list.entries, identifier, seen.bytes()))
    }

    pub(super) fn matches(&self, value: &Text, regex: u32, lanes: &Lanes) -> Masks {
        let Some(regex) = self.p.regexes.get(regex as usize) else { return Masks::all(lanes.count, FAR) };
        let value = self.prepared(value, lanes);
        if let Written::Field(states, texts, index) = &value {
            return Masks::of(lanes.count, |lane| {
                let at = index.at(lane);
                match (states.get(at), texts.get(at)) {
                    (Some(Is::Present), Some(text)) => is(regex.is_match(text)),
                    (Some(Is::Present | Is::Far), _) => FAR,
                    _ => OPEN,
                }
            });
        }
        Masks::of_listed(lanes.count, |lane| match value.at(self, lanes, lane) {
            Ok(seen) => std::str::from_utf8(seen.bytes()).map_or(FAR, |text| is(regex.is_match(text))),
            Err(truth) => truth,
        })
    }

    pub(super) fn code_in_list(&self, place: Place, list: u32, lanes: &Lanes) -> Masks {
        match self.p.lists.get(list as usize).map(|list| &list.entries) {
            Some(Entries::Codes(known)) => self.codes(place, lanes, |code| is(known.contains(&u32::from(code)))),
            _ => Masks::all(lanes.count, FAR),
        }
    }

    /// A text, prepared for many lanes.
    fn prepared<'b>(&'b self, text: &'b Text, lanes: &'b Lanes) -> Written<'b> {
        match text {
            Text::Field(place) => match self.column(*place, lanes) {
                Some((values, index)) => Written::Field(&values.is, &values.texts, index),
                None => Written::Other(text),
            },
            Text::Const(index) => match self.p.texts.get(*index as usize) {
                Some(ready) => Written::Const(ready),
                None => Written::Other(text),
            },
            text => Written::Other(text),
        }
    }

    fn text(&self, text: &Text, lanes: &Lanes, lane: usize) -> Got<Seen<'_>> {
        match text {
            Text::Or(place, other) if self.is_missing(*place, lanes, lane) => self.text(other, lanes, lane),
            Text::Field(place) | Text::Or(place, _) => self.given_text(*place, lanes, lane),
            Text::Const(index) => self.p.texts.get(*index as usize).map(Seen::Ready).ok_or(FAR),
            Text::Row(_) => Err(FAR),
            Text::FirstWord(whole) => self.end(whole, first_word, lanes, lane),
            Text::LastWord(whole) => self.end(whole, last_word, lanes, lane),
            Text::Mail(place, part) => {
                let (values, at) = self.at(*place, lanes, lane);
                given(values.is(at))?;
                let mail = values.mails.get(at).ok_or(FAR)?;
                let range = match part {
                    MailPart::Local => mail.local,
                    MailPart::Host => mail.host,
                };
                let (start, end) = range.ok_or(OPEN)?;
                self.read.mail.as_bytes().get(start as usize..end as usize).map(Seen::Given).ok_or(FAR)
            }
            Text::Column { table, column, key } => {
                let table = self.p.tables.get(*table as usize).ok_or(FAR)?;
                let (values, at) = self.at(*key, lanes, lane);
                given(values.is(at))?;
                let code = values.codes.get(at).copied().ok_or(FAR)?;
                let row = Some(table).filter(|table| table.filled).and_then(|table| table.row_of(code.into()));
                match table.cells.get(row.ok_or(UNLISTED)? as usize * table.columns.len() + *column as usize) {
                    Some(TableValue::Text(text)) => Ok(Seen::Ready(text)),
                    // What a row lacks has another reason.
                    _ => Err(FAR),
                }
            }
        }
    }

    #[inline]
    fn given_text(&self, place: Place, lanes: &Lanes, lane: usize) -> Got<Seen<'_>> {
        let (values, at) = self.at(place, lanes, lane);
        match (values.is(at), values.texts.get(at)) {
            (Is::Present, Some(text)) => Ok(Seen::Given(text.as_bytes())),
            (Is::Missing | Is::Unparsable, _) => Err(OPEN),
            _ => Err(FAR),
        }
    }

    fn end(&self, whole: &Text, word: fn(&str) -> Option<(usize, &str)>, lanes: &Lanes, lane: usize) -> Got<Seen<'_>> {
        match self.text(whole, lanes, lane)? {
            Seen::Given(bytes) => {
                let found = std::str::from_utf8(bytes).ok().and_then(word);
                found.map(|(_, word)| Seen::Given(word.as_bytes())).ok_or(FAR)
            }
            Seen::Ready(_) => Err(FAR),
        }
    }
}

/// Where texts are read from.
enum Written<'b> {
    Field(&'b [Is], &'b [&'b str], &'b Index),
    Const(&'b TextConst),
    Other(&'b Text),
}

impl<'b> Written<'b> {
    #[inline]
    fn at(&self, batch: &'b Batch<'_, '_>, lanes: &Lanes, lane: usize) -> Got<Seen<'b>> {
        match self {
            Self::Field(states, texts, index) => {
                let at = index.at(lane);
                match (states.get(at), texts.get(at)) {
                    (Some(Is::Present), Some(text)) => Ok(Seen::Given(text.as_bytes())),
                    (Some(Is::Present | Is::Far), _) => Err(FAR),
                    _ => Err(OPEN),
                }
            }
            Self::Const(text) => Ok(Seen::Ready(text)),
            Self::Other(text) => batch.text(text, lanes, lane),
        }
    }
}
