//! Numbers, codes and presence of values.

use super::binders::{Flow, given};
use super::{Eval, Got, Kept};
use crate::check::types::{Prop, Ty};
use crate::compile::program::{BinderPlan, List, Node, Row, TableValue, Value};
use crate::domain::date::Precision;
use crate::record::State;
use crate::truth::Truth;
use crate::verdict::Why;
use indicia_dsl::ast::ArithOp;

impl<'p> Eval<'p, '_> {
    #[inline]
    pub(super) fn number(&mut self, value: &Value) -> Got<f64> {
        match &value.node {
            Node::Number(number) => Ok(*number),
            Node::Field(field) => Ok(f64::from_bits(self.value_cell(field)?.bits)),
            Node::Score => Ok(f64::from(self.w.score)),
            _ => self.made_number(value),
        }
    }

    /// A number that is neither written nor given.
    #[inline(never)]
    fn made_number(&mut self, value: &Value) -> Got<f64> {
        match &value.node {
            Node::Element(slot) => Ok(f64::from_bits(given(self.element_cell(*slot)?)?.bits)),
            Node::Column { .. } => match self.column(value)? {
                TableValue::Number(number) => Ok(*number),
                _ => Err(Why::Missing),
            },
            Node::Prop(base, prop) => self.number_prop(base, *prop),
            Node::Categories => Ok(f64::from(self.w.categories)),
            Node::Let(index) => kept!(self, *index, Number, number),
            Node::Coalesce(left, right) => match self.number(left) {
                Err(Why::Missing | Why::NotListed) => self.number(right),
                found => found,
            },
            Node::Neg(inner) => Ok(-self.number(inner)?),
            Node::Arith(op, left, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                let result = match op {
                    ArithOp::Add => left + right,
                    ArithOp::Sub => left - right,
                    ArithOp::Mul => left * right,
                    ArithOp::Div if right == 0.0 => return Err(Why::DivisionByZero),
                    ArithOp::Div => left / right,
                };
                // What overflows is larger than any number; nothing can be said of two such.
                if result.is_finite() { Ok(result) } else { Err(Why::Limit) }
            }
            Node::Aggregate { binders, condition: Some(condition), .. } => {
                let mut count = 0u32;
                let mut open = None;
                self.each_value(binders, &mut |eval| match eval.truth(condition) {
                    Truth::True => count += 1,
                    Truth::Unknown => open = Some(Why::Missing),
                    Truth::False => {}
                })?;
                match open {
                    Some(why) => Err(why),
                    None => Ok(f64::from(count)),
                }
            }
            _ => Err(Why::Unparsable),
        }
    }

    /// Visits every binding; an incomplete list is a lack.
    pub(super) fn each_value(&mut self, binders: &[BinderPlan], visit: &mut dyn FnMut(&mut Self)) -> Got<()> {
        let walked = self.walk(binders, &mut |eval| {
            visit(eval);
            Flow::On
        });
        walked.lack.map_or(Ok(()), Err)
    }

    #[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^53 characters")]
    fn number_prop(&mut self, base: &Value, prop: Prop) -> Got<f64> {
        match prop {
            Prop::TextLength => {
                let text = self.text(base)?;
                Ok(self.str_of(text).chars().count() as f64)
            }
            Prop::IpVersion => Ok(f64::from(self.ip(base)?.version())),
            Prop::Year => {
                if let Node::Field(field) = &base.node
                    && let year @ 1.. = self.value_cell(field)?.derived
                {
                    return Ok(f64::from(year));
                }
                let date = self.date(base)?;
                let (first, last) = (crate::domain::date::year_of_day(date.first), date.last);
                if last != crate::domain::date::Date::OPEN && crate::domain::date::year_of_day(last) == first {
                    Ok(f64::from(first))
                } else {
                    Err(Why::Imprecise)
                }
            }
            Prop::ListLength => self.list_length(base),
            _ => Err(Why::Unparsable),
        }
    }

    fn list_length(&mut self, base: &Value) -> Got<f64> {
        match &base.node {
            Node::Field(field) => {
                let (cell, _) = self.present(field)?;
                if cell.code == 1 { Err(Why::Limit) } else { Ok(f64::from(cell.halves().1)) }
            }
            Node::Prop(inner, Prop::Words) => {
                let text = self.text(inner)?;
                let count = crate::domain::words::words_of(self.str_of(text)).len();
                Ok(f64::from(u32::try_from(count).unwrap_or(u32::MAX)))
            }
            Node::Column { .. } => match self.column(base)? {
                TableValue::List(items) => Ok(f64::from(u32::try_from(items.len()).unwrap_or(u32::MAX))),
                _ => Err(Why::Missing),
            },
            Node::Let(index) => self.in_let(*index, super::Eval::list_length),
            _ => Err(Why::Missing),
        }
    }

    /// A word, a country or a bool, as its code.
    #[inline]
    pub(super) fn code(&mut self, value: &Value) -> Got<u32> {
        match &value.node {
            Node::Code(code) => Ok(*code),
            Node::Field(field) => Ok(u32::from(self.value_cell(field)?.code)),
            _ => self.made_code(value),
        }
    }

    /// A code that is neither written nor given.
    #[inline(never)]
    fn made_code(&mut self, value: &Value) -> Got<u32> {
        match &value.node {
            Node::Element(slot) => Ok(u32::from(given(self.element_cell(*slot)?)?.code)),
            Node::Column { .. } => match self.column(value)? {
                TableValue::Code(code, _) => Ok(*code),
                _ => Err(Why::Missing),
            },
            Node::Prop(base, prop) => self.code_prop(base, *prop),
            Node::Let(index) => kept!(self, *index, Code, code),
            Node::Coalesce(left, right) => match self.code(left) {
                Err(Why::Missing | Why::NotListed) => self.code(right),
                found => found,
            },
            _ => Err(Why::Unparsable),
        }
    }

    fn code_prop(&mut self, base: &Value, prop: Prop) -> Got<u32> {
        match prop {
            Prop::PhoneValid | Prop::PhoneFinding | Prop::PhoneCountry | Prop::PhoneKind | Prop::PhoneInternational => {
                let index = self.phone(base)?;
                let lack = self.phone_lack(base);
                let Some(phone) = self.w.phones.get(index as usize) else { return Err(Why::Missing) };
                let why = match phone.valid {
                    None => lack,
                    Some(false) => Why::Unparsable,
                    Some(true) => Why::Missing,
                };
                match prop {
                    Prop::PhoneValid => phone.valid.map(u32::from).ok_or(lack),
                    Prop::PhoneFinding => phone.finding.map(|finding| code(finding.index())).ok_or(lack),
                    Prop::PhoneCountry => phone.country.map(|country| u32::from(country.index())).ok_or(why),
                    Prop::PhoneKind => phone.kind.map(|kind| code(kind.index())).ok_or(why),
                    _ => Ok(u32::from(phone.international)),
                }
            }
            Prop::EmailValid => {
                let index = self.email(base)?;
                Ok(u32::from(self.w.emails.get(index as usize).is_some_and(|email| email.valid)))
            }
            Prop::UrlValid => {
                let index = self.url(base)?;
                Ok(u32::from(self.w.urls.get(index as usize).is_some_and(|url| url.valid)))
            }
            Prop::IpPrivate => Ok(u32::from(self.ip(base)?.is_private())),
            Prop::Precision => self.precision(base),
            _ => Err(Why::Unparsable),
        }
    }

    fn precision(&mut self, base: &Value) -> Got<u32> {
        match &base.node {
            Node::Field(field) => return Ok(u32::from(self.value_cell(field)?.code)),
            Node::Element(slot) => return Ok(u32::from(given(self.element_cell(*slot)?)?.code)),
            Node::Let(index) => return self.in_let(*index, super::Eval::precision),
            Node::Coalesce(left, right) => {
                let right_side = matches!(self.date(left), Err(Why::Missing | Why::NotListed));
                return self.precision(if right_side { right } else { left });
            }
            _ => {}
        }
        let date = self.date(base)?;
        let precision = match (date.is_exact(), date.last) {
            (true, _) => Precision::Day,
            (_, crate::domain::date::Date::OPEN) => Precision::Open,
            _ if i64::from(date.last) - i64::from(date.first) < 32 => Precision::Month,
            _ => Precision::Year,
        };
        Ok(code(precision.index()))
    }

    /// The value of a table's column.
    pub(super) fn column(&mut self, value: &Value) -> Got<&'p TableValue> {
        let cell = self.table_cell(value)?;
        let Node::Column { table, .. } = &value.node else { return Err(Why::Missing) };
        let p = self.p;
        match p.tables.get(*table as usize).and_then(|t| t.cells.get(cell as usize)) {
            None | Some(TableValue::Missing) => Err(Why::Missing),
            Some(found) => Ok(found),
        }
    }

    /// Whether there is a value, and if not, why.
    pub(super) fn probe(&mut self, value: &Value) -> Got<()> {
        match &value.ty {
            Ty::Number => self.number(value).map(drop),
            Ty::Bool | Ty::Country | Ty::OneOf(_) => self.code(value).map(drop),
            Ty::Date => self.date(value).map(drop),
            Ty::Instant => self.instant(value).map(drop),
            Ty::Length => self.elapsed(value).map(drop),
            Ty::Period => self.period(value).map(drop),
            Ty::Phone => {
                let index = self.phone(value)?;
                let failed = self.w.phones.get(index as usize).is_some_and(|phone| phone.valid == Some(false));
                if failed { Err(Why::Unparsable) } else { Ok(()) }
            }
            Ty::Email => {
                let index = self.email(value)?;
                let valid = self.w.emails.get(index as usize).is_some_and(|email| email.valid);
                if valid { Ok(()) } else { Err(Why::Unparsable) }
            }
            Ty::Url => {
                let index = self.url(value)?;
                let valid = self.w.urls.get(index as usize).is_some_and(|url| url.valid);
                if valid { Ok(()) } else { Err(Why::Unparsable) }
            }
            Ty::Ip => self.ip(value).map(drop),
            Ty::Network => self.network(value).map(drop),
            Ty::Text | Ty::Identifier | Ty::Person | Ty::Organisation => self.text(value).map(drop),
            Ty::Record(_) | Ty::List(_) => self.probe_compound(value),
            Ty::Row(_) => match &value.node {
                Node::Column { row: Row::Binder(_), .. } => Ok(()),
                Node::Column { table, row, .. } => self.row(*table, row).map(drop),
                _ => Err(Why::Missing),
            },
            Ty::Truth | Ty::Table(_) | Ty::Poison => Err(Why::Missing),
        }
    }

    fn probe_compound(&mut self, value: &Value) -> Got<()> {
        match &value.node {
            Node::Field(field) => {
                // A record bound to a source or an element stands in its own first cell.
                let (cell, _) = self.cell(field)?;
                match cell.state {
                    State::Present => Ok(()),
                    State::Missing => Err(Why::Missing),
                    State::Unparsable => Err(Why::Unparsable),
                }
            }
            Node::Prop(base, Prop::Words) => self.text(base).map(drop),
            Node::Let(index) => self.in_let(*index, super::Eval::probe),
            Node::Column { .. } => self.column(value).map(drop),
            Node::Element(slot) => match self.list(self.bound(*slot).list) {
                Some(List::Field { .. }) => self.element_cell(*slot).map(drop),
                _ => Ok(()),
            },
            _ => Err(Why::Missing),
        }
    }
}

fn code(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
