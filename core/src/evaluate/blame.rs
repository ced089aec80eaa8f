//! Which fields are to blame where a value is there and still decides nothing: partial dates, divisors, phones without country.

use super::Eval;
use super::binders::Flow;
use super::evidence::Named;
use super::reasons::Reasons;
use crate::check::types::Ty;
use crate::compile::program::{Field, Node, Value};
use crate::verdict::Why;

impl Eval<'_, '_> {
    /// Blames the places of an operand; of dates only the partial ones.
    pub(super) fn blame(&mut self, value: &Value, why: Why, out: &mut Reasons) -> bool {
        match &value.node {
            Node::Field(_) | Node::Element(_) | Node::Column { .. } => {
                if why == Why::Imprecise && self.date(value).is_ok_and(crate::domain::date::Date::is_exact) {
                    return false;
                }
                if why == Why::Imprecise && value.ty != Ty::Date {
                    return false;
                }
                match self.value_path(value) {
                    Some(path) if !path.is_empty() && self.is_of_record(value) => {
                        out.add(path, why);
                        true
                    }
                    _ => false,
                }
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
