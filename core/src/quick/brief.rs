//! Findings of plain indicators: where the sentence and the evidence are known before any record is.
//!
//! That is so where nothing but cells is interpolated, and where a true condition always rests on the same fields: an `and` of
//! tests, the negation of an `or`. What is found here is what `evaluate` finds; it is only written down at once.

use super::decide::{Frame, Road};
use super::lists::Flow;
use super::{Each, Place, Plan};
use crate::compile::program::TableValue;
use crate::domain::country::Country;
use crate::domain::date::Precision;
use crate::input::cell_value;
use crate::json;
use crate::record::{Cell, State};
use crate::truth::Truth;
use std::sync::Arc;

/// The sentence and the evidence of an indicator.
#[derive(Debug)]
pub(crate) struct Brief {
    pub says: Box<[Says]>,
    pub cites: Box<[Cite]>,
}

/// A part of a sentence.
#[derive(Debug)]
pub(crate) enum Says {
    Text(Arc<str>),
    /// What was written.
    Cell(Place),
    Number(Place),
    Year(Place),
    CountryName(Place),
}

/// A field as evidence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cite {
    pub place: Place,
    pub is_date: bool,
    pub path: Path,
}

/// An entry's JSON text up to the value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Whole(Box<str>),
    /// Around the position of the element.
    Around(Box<str>, Box<str>),
    /// By source, and what comes behind its name.
    OfSource(Box<[Box<str>]>, Box<str>),
    /// Around the country that is looked up, and the column's place.
    Column {
        before: Box<str>,
        behind: Box<str>,
        table: u32,
        column: u32,
    },
}

/// Where findings are written to.
pub(crate) struct Pages<'b> {
    pub out: &'b mut String,
    pub message: &'b mut String,
    pub max_message_chars: usize,
    pub max_findings: usize,
}

impl<'r> Road<'r> {
    /// Writes the findings of a raised indicator as JSON, separated by commas; gives how many were left out and how many elements
    /// could not be judged. `None` if the long road has to, whatever was written.
    pub(crate) fn findings(&self, plan: &Plan, mut pages: Pages<'_>) -> Option<(u32, u32)> {
        let brief = plan.brief.as_ref()?;
        let mut frame = self.frame();
        let Some(each) = &plan.each else {
            return self.finding(brief, (0, 0), &frame, &mut pages).map(|()| (0, 0));
        };
        let (mut count, mut more, mut undecided, mut failed) = (0, 0u32, 0u32, false);
        let walked = self.each(each, &mut frame, |frame, first, second| {
            match self.step(&plan.body, frame) {
                Some(Truth::True) if count < pages.max_findings => {
                    if count > 0 {
                        pages.out.push(',');
                    }
                    count += 1;
                    failed = self.finding(brief, (first, second), frame, &mut pages).is_none();
                }
                Some(Truth::True) => more = more.saturating_add(1),
                Some(Truth::Unknown) => undecided = undecided.saturating_add(1),
                Some(Truth::False) => {}
                None => failed = true,
            }
            if failed { Flow::Stop } else { Flow::On }
        });
        (walked.is_ok() && !failed).then_some((more, undecided))
    }

    fn finding(&self, brief: &Brief, at: (u32, u32), frame: &Frame<'r>, pages: &mut Pages<'_>) -> Option<()> {
        pages.message.clear();
        for part in &brief.says {
            self.say(part, frame, pages.message)?;
        }
        if pages.message.len() > pages.max_message_chars {
            return None;
        }
        pages.out.push_str("{\"because\":");
        json::push_text(pages.message, pages.out);
        pages.out.push_str(",\"evidence\":");
        let mut mark = '[';
        for cite in &brief.cites {
            pages.out.push(mark);
            mark = ',';
            let cell = Self::cell(cite.place, frame);
            if let Path::Column { before, behind, table, column } = &cite.path {
                self.write_column(cell, (before, behind), (*table, *column), pages.out)?;
                continue;
            }
            cite.path.write(if cite.place.level == 2 { at.1 } else { at.0 }, pages.out)?;
            if cite.is_date && usize::from(cell.code) == Precision::Open.index() && cell.state == State::Present {
                return None;
            }
            self.write_cell(cell, pages.out);
            pages.out.push('}');
        }
        pages.out.push_str(if mark == '[' { "[]}" } else { "]}" });
        Some(())
    }

    #[inline]
    fn say(&self, part: &Says, frame: &Frame<'r>, message: &mut String) -> Option<()> {
        match part {
            Says::Text(text) => message.push_str(text),
            Says::Cell(place) => {
                let cell = Self::cell(*place, frame);
                if cell.state == State::Missing {
                    message.push_str(crate::evaluate::NOT_GIVEN);
                } else {
                    let text = self.w.record.text(cell.raw);
                    let plain = !text.is_empty() && crate::evaluate::is_printable(text);
                    message.push_str(plain.then_some(text)?);
                }
            }
            Says::Number(place) => message.push_str(self.digits(Self::present(*place, frame)?)?),
            Says::Year(place) => match Self::present(*place, frame)?.derived {
                year @ 1000..=9999 => {
                    let digit = |unit: u32| char::from_digit(year / unit % 10, 10);
                    for unit in [1000, 100, 10, 1] {
                        message.push(digit(unit)?);
                    }
                }
                _ => return None,
            },
            Says::CountryName(place) => {
                message.push_str(Country::from_index(Self::present(*place, frame)?.code)?.name());
            }
        }
        Some(())
    }

    /// What a country finds in a table.
    fn write_column(&self, key: &Cell, path: (&str, &str), at: (u32, u32), out: &mut String) -> Option<()> {
        let table = self.p.tables.get(at.0 as usize)?;
        let row = table.row_of(u32::from(key.code)).filter(|_| key.state == State::Present)?;
        let TableValue::Text(text) = table.cells.get(row as usize * table.columns.len() + at.1 as usize)? else {
            return None;
        };
        let key = self.w.record.text(key.raw);
        let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        out.push_str(path.0);
        out.push_str(plain.then_some(key)?);
        out.push_str(path.1);
        json::push_text(&text.text, out);
        out.push('}');
        Some(())
    }

    fn present(place: Place, frame: &Frame<'r>) -> Option<&'r Cell> {
        Some(Self::cell(place, frame)).filter(|cell| cell.state == State::Present)
    }

    /// A number that is printed as it was written: a short whole one.
    fn digits(&self, cell: &Cell) -> Option<&'r str> {
        let text = self.w.record.text(cell.raw);
        let digits = text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
        (cell.raw_is_json && digits).then_some(text).filter(|text| !text.is_empty())
    }

    fn write_cell(&self, cell: &Cell, out: &mut String) {
        if cell.state == State::Missing {
            out.push_str("null");
        } else if !cell.raw_is_json {
            json::push_text(self.w.record.written(cell), out);
        } else if let Some(digits) = self.digits(cell) {
            out.push_str(digits);
        } else {
            json::push_value(&cell_value(&self.w.record, cell), out);
        }
    }
}

impl Path {
    #[inline]
    fn write(&self, position: u32, out: &mut String) -> Option<()> {
        match self {
            Self::Whole(path) => out.push_str(path),
            Self::Around(before, behind) => {
                out.push_str(before);
                crate::evaluate::push_number(position, out);
                out.push_str(behind);
            }
            Self::Column { .. } => return None,
            Self::OfSource(names, behind) => {
                out.push_str(names.get(position as usize)?);
                out.push_str(behind);
            }
        }
        Some(())
    }
}

/// Whether two levels, that of an element and of the second of a pair, are both cited.
pub(crate) fn speaks_for(cites: &[Cite], each: Option<&Each>) -> bool {
    let speaks = |level: u8| cites.iter().any(|cite| cite.place.level == level);
    each.is_none_or(|each| speaks(each.level) && (!each.pairs || speaks(each.level + 1)))
}
