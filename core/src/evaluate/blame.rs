//! Which fields are to blame where a value is there and still decides nothing: partial dates, divisors, phones without country.

use super::Eval;
use super::binders::Flow;
use super::evidence::Named;
use super::reasons::Reasons;
use crate::check::types::Ty;
use crate::compile::program::{Field, List, Node, Value};
use crate::domain::date::Date;
use crate::verdict::Why;

impl Eval<'_, '_> {
    /// Blames the places of an operand; of dates only the partial ones.
    pub(super) fn blame(&mut self, value: &Value, why: Why, out: &mut Reasons) -> bool {
        match &value.node {
            // Items of a table's cell are not the application's.
            Node::Element(slot) if matches!(self.list(self.bound(*slot).list), Some(List::Cell(_))) => false,
            Node::Field(_) | Node::Element(_) => {
                if why == Why::Imprecise && (value.ty != Ty::Date || self.date(value).is_ok_and(Date::is_exact)) {
                    return false;
                }
                let Some(path) = self.value_path(value) else { return false };
                out.add(path, why);
                true
            }
            Node::Prop(base, _) => self.blame(base, why, out),
            Node::Coalesce(a, b) | Node::Arith(_, a, b) | Node::Period(a, b) | Node::Overlap(a, b) => {
                let left = self.blame(a, why, out);
                self.blame(b, why, out) || left
            }
            Node::Let(index) => {
                let p = self.p;
                match p.lets.get(*index as usize).filter(|_| out.seen.first(Named::Blamed(*index))) {
                    Some(named) => self.apart(|eval| eval.blame(named, why, out)),
                    None => false,
                }
            }
            Node::Aggregate { binders, value: Some(inner), .. } => {
                let mut blamed = false;
                self.walk(binders, &mut |eval| {
                    blamed |= eval.blame(inner, why, out);
                    Flow::On
                });
                blamed
            }
            _ => false,
        }
    }

    pub(super) fn blame_zero(&mut self, divisor: &Value, out: &mut Reasons) {
        match &divisor.node {
            Node::Arith(_, a, b) => {
                self.blame_zero(a, out);
                self.blame_zero(b, out);
            }
            _ => {
                if let Some(path) = self.value_path(divisor) {
                    out.add(path, Why::DivisionByZero);
                }
            }
        }
    }

    pub(super) fn blame_phone(&mut self, value: &Value, out: &mut Reasons) -> bool {
        match &value.node {
            Node::Field(field) => self.blame_region(field, out),
            Node::Let(index) => {
                let p = self.p;
                p.lets.get(*index as usize).is_some_and(|named| self.apart(|eval| eval.blame_phone(named, out)))
            }
            Node::Coalesce(left, right) => {
                let right_side = matches!(self.raw(left), Err(Why::Missing | Why::NotListed));
                self.blame_phone(if right_side { right } else { left }, out)
            }
            _ => false,
        }
    }

    /// Blames the country field of a phone that could not be read for want of it.
    fn blame_region(&mut self, field: &Field, out: &mut Reasons) -> bool {
        let value = Value { node: Node::Field(field.clone()), ty: Ty::Phone };
        let Ok(index) = self.phone(&value) else { return false };
        let undecided = self.w.phones.get(index as usize).is_some_and(|phone| phone.valid.is_none());
        if !undecided {
            return false;
        }
        let why = self.phone_lack(&value);
        let path = match self.region_path(field) {
            Some(path) if why != Why::Undecidable => path,
            _ => self.path(field),
        };
        out.add(path, why);
        true
    }
}
