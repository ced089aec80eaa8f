//! Steps on texts, lane by lane, by the same comparisons as on the short road.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, OPEN, UNLISTED, everything, found, word};
use super::read::Values;
use super::states::{Is, States};
use super::steps::joined;
use super::values::{Got, given, is_given};
use crate::compile::program::{Entries, TableValue, TextConst};
use crate::domain::names::agree_at_once;
use crate::domain::words::{first_word, last_word};
use crate::quick::{Found, MailPart, Place, Seen, Text, in_list, like, mentions, text_in, text_is};
use indicia_dsl::ast::CompareOp;
use std::borrow::Cow;

impl Batch<'_, '_> {
    fn both(&self, sides: &[Text; 2], lanes: &Lanes, compare: impl Fn(Seen<'_>, Seen<'_>) -> Found) -> Masks {
        let [left, right] = sides.each_ref().map(|side| self.texts(side, lanes));
        let present = joined(&left.present, &right.present, |left, right| left & right);
        let far = joined(&left.far, &right.far, |left, right| left | right);
        let mut made = Masks::of_present(lanes.count, &present, &far, |lane| {
            found(compare(left.at(lane).seen(), right.at(lane).seen()))
        });
        if !(left.unlisted.is_empty() && right.unlisted.is_empty()) {
            // Only where nothing else is lacking.
            let lacks = |at| word(&left.unlisted, at) | word(&right.unlisted, at);
            let settled = |side: &Written<'_>, at| word(&side.present, at) | word(&side.unlisted, at);
            let unlisted = |at| lacks(at) & settled(&left, at) & settled(&right, at);
            made.unlisted = (0..made.yes.len()).map(unlisted).collect();
        }
        made
    }

    fn each_text(&self, text: &Text, lanes: &Lanes, compare: impl Fn(Here<'_>) -> Found) -> Masks {
        let text = self.texts(text, lanes);
        let mut made = Masks::of_present(lanes.count, &text.present, &text.far, |lane| found(compare(text.at(lane))));
        made.unlisted = text.unlisted;
        made
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
        self.each_text(value, lanes, |text| text_in(self.p, text.seen(), texts))
    }

    pub(super) fn in_list(&self, value: &Text, identifier: bool, list: u32, lanes: &Lanes) -> Masks {
        let Some(list) = self.p.lists.get(list as usize) else { return Masks::all(lanes.count, FAR) };
        self.each_text(value, lanes, |text| in_list(&list.entries, identifier, text.seen().bytes()))
    }

    pub(super) fn matches(&self, value: &Text, regex: u32, lanes: &Lanes) -> Masks {
        let Some(regex) = self.p.regexes.get(regex as usize) else { return Masks::all(lanes.count, FAR) };
        self.each_text(value, lanes, |text| Some(regex.is_match(text.text()).into()))
    }

    pub(super) fn code_in_list(&self, place: Place, list: u32, lanes: &Lanes) -> Masks {
        match self.p.lists.get(list as usize).map(|list| &list.entries) {
            Some(Entries::Codes(known)) => self.codes(place, lanes, |code| known.contains(&u32::from(code))),
            _ => Masks::all(lanes.count, FAR),
        }
    }

    /// A text in each lane.
    fn texts<'b>(&'b self, text: &'b Text, lanes: &'b Lanes) -> Written<'b> {
        let found = match text {
            Text::Field(place) => self.column(*place, lanes).map(|(values, index)| {
                let (present, far) = Self::given(values, index);
                Written { from: From::Column(&values.texts, index), present, far, unlisted: Vec::new() }
            }),
            Text::Const(index) => self.p.texts.get(*index as usize).map(|ready| {
                let present = Cow::Owned(everything(lanes.count).collect());
                Written { from: From::Const(Here::Ready(ready)), present, far: Cow::default(), unlisted: Vec::new() }
            }),
            Text::Mail(place, part) => self
                .column(*place, lanes)
                .map(|(values, index)| made(lanes.count, |lane| self.mail(values, index.at(lane), *part))),
            _ => None,
        };
        found.unwrap_or_else(|| made(lanes.count, |lane| self.text(text, lanes, lane)))
    }

    fn text(&self, text: &Text, lanes: &Lanes, lane: usize) -> Got<Here<'_>> {
        match text {
            Text::Or(place, other) if self.is_missing(*place, lanes, lane) => self.text(other, lanes, lane),
            Text::Field(place) | Text::Or(place, _) => self.given_text(*place, lanes, lane),
            Text::Const(index) => self.p.texts.get(*index as usize).map(Here::Ready).ok_or(FAR),
            Text::Row(_) => Err(FAR),
            Text::FirstWord(whole) => self.end(whole, first_word, lanes, lane),
            Text::LastWord(whole) => self.end(whole, last_word, lanes, lane),
            Text::Mail(place, part) => {
                let (values, at) = self.at(*place, lanes, lane);
                self.mail(values, at, *part)
            }
            Text::Column { table, column, key } => {
                let table = self.p.tables.get(*table as usize).ok_or(FAR)?;
                let (values, at) = self.at(*key, lanes, lane);
                given(values.is(at))?;
                let code = values.codes.get(at).copied().ok_or(FAR)?;
                let row = Some(table).filter(|table| table.filled).and_then(|table| table.row_of(code.into()));
                match table.cells.get(row.ok_or(UNLISTED)? as usize * table.columns.len() + *column as usize) {
                    Some(TableValue::Text(text)) => Ok(Here::Ready(text)),
                    // What a row lacks has another reason.
                    _ => Err(FAR),
                }
            }
        }
    }

    #[inline]
    fn mail(&self, values: &Values<'_>, at: usize, part: MailPart) -> Got<Here<'_>> {
        given(values.is(at))?;
        let mail = values.mails.get(at).ok_or(FAR)?;
        let (start, end) = match part {
            MailPart::Local => mail.local,
            MailPart::Host => mail.host,
        }
        .ok_or(OPEN)?;
        self.read.mail.get(start as usize..end as usize).map(Here::Text).ok_or(FAR)
    }

    #[inline]
    fn given_text(&self, place: Place, lanes: &Lanes, lane: usize) -> Got<Here<'_>> {
        let (values, at) = self.at(place, lanes, lane);
        match (values.is(at), values.texts.get(at)) {
            (Is::Present, Some(text)) => Ok(Here::Text(text)),
            (Is::Missing | Is::Unparsable, _) => Err(OPEN),
            _ => Err(FAR),
        }
    }

    fn end(&self, whole: &Text, word: fn(&str) -> Option<(usize, &str)>, lanes: &Lanes, lane: usize) -> Got<Here<'_>> {
        match self.text(whole, lanes, lane)? {
            Here::Text(text) => word(text).map(|(_, word)| Here::Text(word)).ok_or(FAR),
            Here::Ready(_) => Err(FAR),
        }
    }
}

/// Stands where there is no text.
const NOTHING: Here<'_> = Here::Text("");

/// A text: one of the application's, or of the ruleset with its prepared forms.
#[derive(Clone, Copy)]
enum Here<'b> {
    Text(&'b str),
    Ready(&'b TextConst),
}

impl<'b> Here<'b> {
    /// As the short road compares it.
    #[inline]
    fn seen(self) -> Seen<'b> {
        match self {
            Self::Text(text) => Seen::Given(text.as_bytes()),
            Self::Ready(text) => Seen::Ready(text),
        }
    }

    fn text(self) -> &'b str {
        match self {
            Self::Text(text) => text,
            Self::Ready(text) => &text.text,
        }
    }
}

/// The texts of many lanes.
struct Written<'b> {
    from: From<'b>,
    present: Cow<'b, [u64]>,
    far: Cow<'b, [u64]>,
    /// No words at all if there are none.
    unlisted: Vec<u64>,
}

enum From<'b> {
    Const(Here<'b>),
    Column(&'b [&'b str], &'b Index),
    Made(Vec<Here<'b>>),
}

impl<'b> Written<'b> {
    /// Where there is a text.
    #[inline]
    fn at(&self, lane: usize) -> Here<'b> {
        match &self.from {
            From::Column(texts, Index::Same) => texts.get(lane).map_or(NOTHING, |text| Here::Text(text)),
            From::Column(texts, index) => texts.get(index.at(lane)).map_or(NOTHING, |text| Here::Text(text)),
            From::Const(seen) => *seen,
            From::Made(texts) => texts.get(lane).copied().unwrap_or(NOTHING),
        }
    }
}

/// Of what is found lane by lane.
#[inline]
fn made<'b>(lanes: usize, text: impl Fn(usize) -> Got<Here<'b>>) -> Written<'b> {
    let (mut states, mut unlisted) = (States::with_room(lanes), Vec::new());
    let texts = (0..lanes).map(|lane| {
        let found = text(lane);
        if matches!(found, Err(UNLISTED)) {
            unlisted.resize(lanes.div_ceil(64), 0);
            if let Some(word) = unlisted.get_mut(lane / 64) {
                *word |= 1u64 << (lane % 64);
            }
        }
        states.push(is_given(&found));
        found.unwrap_or(NOTHING)
    });
    let from = From::Made(texts.collect());
    Written { from, present: Cow::Owned(states.present), far: Cow::Owned(states.far), unlisted }
}
