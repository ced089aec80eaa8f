//! Evidence: the fields that made a condition what it is, found by asking the evaluator about its parts.

use super::Eval;
use super::binders::Flow;
use super::describe::table_json;
use super::evidence::{Cited, Named};
use crate::check::types::{Prop, Ty};
use crate::compile::program::{Base, BinderPlan, Cond, Field, List, Node, Quantifier, Row, Test, Value};
use crate::domain::date::Precision;
use crate::domain::phone;
use crate::input::dump_element;
use crate::record::{Address, State};
use crate::truth::Truth;
use serde_json::Value as Json;

fn bit(slot: u8) -> u32 {
    1u32.checked_shl(u32::from(slot)).unwrap_or(0)
}

impl<'p> Eval<'p, '_> {
    /// Cites what made a condition what it is now.
    pub(super) fn cite(&mut self, cond: &Cond, out: &mut Cited) {
        let truth = match &cond.test {
            Test::Not(_)
            | Test::And(_)
            | Test::Or(_)
            | Test::AtLeast(..)
            | Test::Shared(_)
            | Test::InValues { .. }
            | Test::InElements { .. }
            | Test::Quantified { .. } => self.truth(cond),
            // Nothing depends on it.
            _ => Truth::Unknown,
        };
        self.cite_as(cond, truth, out);
    }

    /// Cites what made a condition this, which it is.
    fn cite_as(&mut self, cond: &Cond, truth: Truth, out: &mut Cited) {
        match &cond.test {
            Test::Const(_) => {}
            Test::Not(inner) => self.cite_as(inner, truth.not(), out),
            Test::Known(inner) => self.cite(inner, out),
            Test::And(parts) => self.cite_parts(parts, truth, truth.is_true(), out),
            Test::Or(parts) => self.cite_parts(parts, truth, truth.is_false(), out),
            Test::AtLeast(_, parts) => self.cite_parts(parts, truth, false, out),
            Test::Raised(index) => self.cite_indicator(*index, out),
            Test::Shared(index) => {
                let p = self.p;
                if let Some(shared) = p.shared.get(*index as usize).filter(|_| out.seen.first(Named::Shared(*index))) {
                    self.apart(|eval| eval.cite_as(shared, truth, out));
                }
            }
            Test::InValues { value, equalities } => {
                self.cite_value(value, out);
                self.cite_parts(equalities, truth, truth.is_false(), out);
            }
            Test::InElements { plan, value, equality } => {
                self.cite_value(value, out);
                self.cite_elements(plan, equality, truth, out);
            }
            Test::Quantified { quantifier, binders, body } => {
                self.cite_quantified(*quantifier, binders, body, truth, out);
            }
            Test::Flag(value)
            | Test::CodeIn { value, .. }
            | Test::Matches { value, .. }
            | Test::InList { value, .. } => self.cite_value(value, out),
            Test::Is { value, .. } => self.cite_state(value, out),
            Test::Codes { left, right, .. }
            | Test::Numbers { left, right, .. }
            | Test::Dates { left, right, .. }
            | Test::Instants { left, right, .. }
            | Test::Lengths { left, right, .. }
            | Test::Texts { left, right, .. }
            | Test::Canonical { left, right, .. }
            | Test::Like { left, right, .. }
            | Test::Mentions { left, right, .. }
            | Test::Agrees { left, right, .. }
            | Test::Edits { left, right, .. }
            | Test::InNetwork { value: left, network: right }
            | Test::InPeriod { value: left, period: right } => {
                self.cite_value(left, out);
                self.cite_value(right, out);
            }
            Test::Within { distance, left, right, .. } => {
                self.cite_value(left, out);
                self.cite_value(right, out);
                self.cite_value(distance, out);
            }
        }
    }

    /// Cites the parts that are this, or all. What is unknown stays so only while every part is what it is.
    fn cite_parts(&mut self, parts: &[Cond], truth: Truth, all: bool, out: &mut Cited) {
        for part in parts {
            let own = if all { truth } else { self.truth(part) };
            if own == truth || truth.is_unknown() {
                self.cite_as(part, own, out);
            }
        }
    }

    /// The evidence of another indicator.
    fn cite_indicator(&mut self, index: u32, out: &mut Cited) {
        let p = self.p;
        let Some(indicator) = p.indicators.get(index as usize) else { return };
        if !out.seen.first(Named::Indicator(index)) {
            return;
        }
        self.apart(|eval| {
            if indicator.binders.is_empty() {
                eval.cite(&indicator.condition, out);
            } else {
                let wanted = indicator.at_least.unwrap_or(1);
                let truth = eval.at_least(wanted, &indicator.binders, &indicator.condition);
                eval.cite_bindings(&indicator.binders, &indicator.condition, truth, !truth.is_true(), out);
            }
        });
    }

    fn cite_quantified(
        &mut self,
        quantifier: Quantifier,
        binders: &[BinderPlan],
        body: &Cond,
        truth: Truth,
        out: &mut Cited,
    ) {
        let (wanted, whole) = match (quantifier, truth) {
            (Quantifier::Any | Quantifier::AtLeast(_), Truth::True) | (Quantifier::No, Truth::False) => {
                (Truth::True, false)
            }
            (Quantifier::Any | Quantifier::AtLeast(_) | Quantifier::No, _) => (Truth::False, true),
            (Quantifier::All, Truth::False) => (Truth::False, false),
            (Quantifier::All, _) => (Truth::True, true),
        };
        self.cite_bindings(binders, body, wanted, whole, out);
    }

    /// Cites the bindings whose body is `wanted`; with `whole` every binding, and the lists that have none.
    fn cite_bindings(&mut self, binders: &[BinderPlan], body: &Cond, wanted: Truth, whole: bool, out: &mut Cited) {
        self.each_binding(binders, whole, out, &mut |eval, out| {
            let truth = eval.truth(body);
            if whole || truth == wanted {
                eval.cite_binding(binders, body, truth, out);
            }
        });
    }

    /// Goes through all bindings; whether there are any. With `whole`, a list of whose elements nothing was cited, since it or
    /// one behind it is empty or not there, is evidence itself.
    fn each_binding(
        &mut self,
        binders: &[BinderPlan],
        whole: bool,
        out: &mut Cited,
        visit: &mut dyn FnMut(&mut Self, &mut Cited),
    ) -> bool {
        let Some((binder, rest)) = binders.split_first() else {
            visit(self, out);
            return true;
        };
        let own = bit(binder.slot) | binder.pair.map_or(0, bit);
        out.touched &= !own;
        let mut reached = false;
        self.level(binder, |eval| {
            reached |= eval.each_binding(rest, whole, out, visit);
            Flow::On
        });
        if whole && !reached && out.touched & own == 0 {
            self.cite_list(binder.list, out);
        }
        out.touched &= !own;
        reached
    }

    /// Cites a body with what is bound. An element of which nothing decided is evidence as such: without it there would be
    /// no match.
    pub(super) fn cite_binding(&mut self, binders: &[BinderPlan], body: &Cond, truth: Truth, out: &mut Cited) {
        self.with_elements(binders, out, |eval, out| eval.cite_as(body, truth, out));
    }

    /// Cites, and then every bound element of which nothing was cited.
    fn with_elements(&mut self, binders: &[BinderPlan], out: &mut Cited, cite: impl FnOnce(&mut Self, &mut Cited)) {
        let slots = || binders.iter().flat_map(|binder| [Some(binder.slot), binder.pair].into_iter().flatten());
        let mask = slots().fold(0, |mask, slot| mask | bit(slot));
        let around = std::mem::replace(&mut out.touched, 0);
        cite(self, out);
        // The inner ones first: they speak for those around them.
        for slot in slots().rev() {
            if out.touched & bit(slot) == 0 {
                self.cite_bound(slot, out);
            }
        }
        out.touched = (out.touched & !mask) | around;
    }

    /// Notes of whose element something was cited; an element of an element's list speaks for both. Of a first or last element
    /// the whole list is evidence: which one it is depends on all.
    fn touch(&mut self, base: &Base, out: &mut Cited) {
        match base {
            Base::Root => {}
            Base::End(end) => self.cite_whole(&end.list, out),
            Base::Binder(slot) => {
                out.touched |= bit(*slot);
                if let Some(List::Field { field, .. }) = self.list(self.bound(*slot).list) {
                    self.touch(&field.base, out);
                }
            }
        }
    }

    /// The text or the cell that a bound word or item was made of.
    pub(super) fn made_of(&self, slot: u8) -> Option<&'p Value> {
        match self.list(self.bound(slot).list) {
            Some(List::Words(value) | List::Cell(value)) => Some(value),
            _ => None,
        }
    }

    /// Cites an element of the application's as it is.
    fn cite_bound(&mut self, slot: u8, out: &mut Cited) {
        if let Some(value) = self.made_of(slot) {
            return self.cite_value(value, out);
        }
        let bound = self.bound(slot);
        let Some(List::Field { field, .. }) = self.list(bound.list) else { return };
        let Some((_, element, _)) = self.list_shape(field) else { return };
        let value = dump_element(&self.w.record, &self.p.layout, element, bound.at);
        let value = self.redacted_json(value);
        self.touch(&field.base, out);
        let (start, path) = out.path();
        self.push_bound(slot, path);
        out.add_json(start, value);
    }

    fn cite_list(&mut self, list: u32, out: &mut Cited) {
        match self.list(list) {
            Some(List::Field { field, .. }) => {
                self.cite_whole(field, out);
            }
            Some(List::Words(value) | List::Cell(value)) => self.cite_value(value, out),
            _ => {}
        }
    }

    fn cite_whole(&mut self, field: &Field, out: &mut Cited) {
        self.touch(&field.base, out);
        let value = self.written_list(field);
        let (start, path) = out.path();
        self.push_path(field, path);
        out.add_json(start, self.redacted_json(value));
    }

    fn cite_elements(&mut self, plan: &BinderPlan, equality: &Cond, truth: Truth, out: &mut Cited) {
        if !truth.is_true() {
            self.cite_list(plan.list, out);
            return;
        }
        let slot = plan.slot;
        self.walk(std::slice::from_ref(plan), &mut |eval| {
            if eval.truth(equality).is_true() {
                let element = Value { node: Node::Element(slot), ty: Ty::Text };
                eval.cite_value(&element, out);
            }
            Flow::On
        });
    }

    /// A presence test cites the path itself, with null where nothing is.
    fn cite_state(&mut self, value: &Value, out: &mut Cited) {
        match (&value.node, &value.ty) {
            (Node::Field(field), Ty::Phone) => self.cite_place(field, &value.ty, out),
            _ => self.cite_value(value, out),
        }
    }

    /// Cites the places that a value comes from.
    pub(super) fn cite_value(&mut self, value: &Value, out: &mut Cited) {
        match &value.node {
            Node::Field(field) => {
                self.cite_place(field, &value.ty, out);
                if value.ty == Ty::Phone {
                    self.cite_region(field, out);
                }
            }
            Node::Element(slot) => self.cite_element(*slot, out),
            Node::Column { row, .. } => {
                if let Row::Lookup(key) = row {
                    self.cite_value(key, out);
                }
                let keyless = matches!(row, Row::Lookup(key) if self.probe(key).is_err());
                let found = self.column(value).map_or(Json::Null, table_json);
                let found = if self.tells_of_application(value) { self.redacted_whole(found) } else { found };
                if let Some(path) = self.value_path(value).filter(|_| !keyless) {
                    out.add(&path, found);
                }
            }
            Node::Prop(base, prop) => match (prop, &base.node) {
                (Prop::ListLength, Node::Field(field)) => self.cite_whole(field, out),
                (Prop::Raw | Prop::PhoneInternational, Node::Field(field)) => self.cite_place(field, &Ty::Text, out),
                _ => self.cite_value(base, out),
            },
            Node::AsOf => self.cite_submitted(out),
            Node::Let(index) => {
                let p = self.p;
                if let Some(named) = p.lets.get(*index as usize).filter(|_| out.seen.first(Named::Let(*index))) {
                    self.apart(|eval| eval.cite_value(named, out));
                }
            }
            Node::Coalesce(left, right)
            | Node::Arith(_, left, right)
            | Node::Period(left, right)
            | Node::Overlap(left, right) => {
                self.cite_value(left, out);
                self.cite_value(right, out);
            }
            Node::Neg(inner) => self.cite_value(inner, out),
            Node::Aggregate { binders, condition, value, .. } => {
                if let Some(condition) = condition {
                    self.cite_bindings(binders, condition, Truth::True, true, out);
                } else if let Some(value) = value {
                    self.each_binding(binders, true, out, &mut |eval, out| {
                        eval.with_elements(binders, out, |eval, out| eval.cite_value(value, out));
                    });
                }
            }
            _ => {}
        }
    }

    fn cite_element(&mut self, slot: u8, out: &mut Cited) {
        out.touched |= bit(slot);
        if let Some(value) = self.made_of(slot) {
            return self.cite_value(value, out);
        }
        let bound = self.bound(slot);
        if let Some(List::Field { .. }) = self.list(bound.list) {
            self.touch(&Base::Binder(slot), out);
            let (start, path) = out.path();
            self.push_bound(slot, path);
            self.add_cell(start, bound.at, out);
            self.cite_open(bound.at, out);
        }
    }

    fn cite_place(&mut self, field: &Field, ty: &Ty, out: &mut Cited) {
        if let Base::End(end) = &field.base {
            self.cite_whole(&end.list, out);
            if *ty == Ty::Date
                && let Ok(at) = self.address(field)
            {
                self.cite_open(at, out);
            }
            return;
        }
        self.touch(&field.base, out);
        let (start, path) = out.path();
        self.push_path(field, path);
        if path.len() == start {
            return;
        }
        match (ty, self.address(field)) {
            (Ty::List(_) | Ty::Record(_), _) | (_, Err(_)) => {
                let value = self.written(field, ty);
                out.add_json(start, self.redacted_json(value));
            }
            (_, Ok(at)) => self.add_cell(start, at, out),
        }
        if *ty == Ty::Date
            && let Ok(at) = self.address(field)
        {
            self.cite_open(at, out);
        }
    }

    /// Adds what was written in a cell to the path that was begun at `start`.
    fn add_cell(&self, start: usize, at: Address, out: &mut Cited) {
        if self.w.redact_key.is_none() {
            out.add_cell(start, at);
        } else {
            out.add_json(start, self.redacted_json(crate::input::raw_value(&self.w.record, at)));
        }
    }

    /// Where "present" stood for an open end, the day of the evaluation mattered.
    fn cite_open(&mut self, at: Address, out: &mut Cited) {
        let cell = self.w.record.cell(at);
        let open =
            cell.state == State::Present && !cell.raw_is_json && usize::from(cell.code) == Precision::Open.index();
        let is_word =
            open && self.w.record.text(cell.raw).bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        if is_word {
            self.cite_submitted(out);
        }
    }

    /// The event time, unless the caller gave the day.
    fn cite_submitted(&mut self, out: &mut Cited) {
        if self.w.given_as_of.is_some() {
            return;
        }
        if let Some(submitted) = self.p.submitted {
            let at = Address { arena: 0, index: submitted.offset };
            let value = crate::input::raw_value(&self.w.record, at);
            out.add("submitted", self.redacted_json(value));
        }
    }

    fn cite_region(&mut self, field: &Field, out: &mut Cited) {
        let Ok(at) = self.address(field) else { return };
        // The country matters only where the number says nothing without it.
        let alone = phone::parse(self.w.record.text(self.w.record.cell(at).raw), None);
        let Some(region) = self.region_cell(field, at).filter(|_| alone.valid.is_none()) else { return };
        let value = crate::input::raw_value(&self.w.record, region);
        if let Some(path) = self.region_path(field) {
            out.add(&path, self.redacted_json(value));
        }
    }
}
