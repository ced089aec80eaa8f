//! Reasons: why something could not be judged.

use super::Eval;
use super::binders::Flow;
use super::evidence::{Cited, Named, Seen};
use crate::check::types::{Prop, Ty};
use crate::compile::program::{Base, BinderPlan, Cond, Entries, Field, List, Node, Row, Test, Value};
use crate::record::{Address, FieldKind, State};
use crate::verdict::{Reason, Why};

/// Reasons on their way: in the order found, each once, up to a limit.
#[derive(Debug)]
pub(super) struct Reasons {
    found: Vec<Reason>,
    limit: usize,
    pub(super) seen: Seen,
}

impl Reasons {
    pub(super) fn new(limit: usize) -> Self {
        Self { found: Vec::new(), limit, seen: Seen::default() }
    }

    pub(super) fn add(&mut self, path: String, reason: Why) {
        let entry = Reason { path, reason };
        if self.found.len() < self.limit && !self.found.contains(&entry) {
            self.found.push(entry);
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= self.limit
    }

    pub(super) fn finish(self) -> Vec<Reason> {
        self.found
    }
}

impl Eval<'_, '_> {
    /// Why an indicator is unknown.
    pub(super) fn indicator_reasons(&mut self, index: u32, out: &mut Reasons) {
        let p = self.p;
        let Some(indicator) = p.indicators.get(index as usize) else { return };
        if !out.seen.first(Named::Indicator(index)) {
            return;
        }
        let shadow = std::mem::replace(&mut self.w.in_shadow, indicator.shadow);
        self.apart(|eval| {
            if indicator.binders.is_empty() {
                eval.why(&indicator.condition, out);
            } else {
                eval.why_bindings(&indicator.binders, &indicator.condition, out);
            }
        });
        if out.found.is_empty() {
            // No field is to blame: the rule itself compares dates that are written imprecisely.
            out.add(indicator.name.to_string(), Why::Imprecise);
        }
        self.w.in_shadow = shadow;
    }

    /// Why a condition is unknown; nothing if it is not.
    pub(super) fn why(&mut self, cond: &Cond, out: &mut Reasons) {
        if out.is_full() || !self.truth(cond).is_unknown() {
            return;
        }
        match &cond.test {
            Test::Const(_) | Test::Known(_) => {}
            Test::Not(inner) => self.why(inner, out),
            Test::And(parts) | Test::Or(parts) | Test::AtLeast(_, parts) => {
                for part in parts {
                    self.why(part, out);
                }
            }
            Test::InValues { value, equalities } => {
                if self.why_value(value, out) {
                    return;
                }
                for part in equalities {
                    self.why(part, out);
                }
            }
            Test::Raised(index) => {
                let p = self.p;
                let Some(indicator) = p.indicators.get(*index as usize) else { return };
                if indicator.shadow && !self.w.in_shadow {
                    out.add(indicator.name.to_string(), Why::Shadow);
                } else {
                    self.indicator_reasons(*index, out);
                }
            }
            Test::Shared(index) => {
                let p = self.p;
                if let Some(shared) = p.shared.get(*index as usize).filter(|_| out.seen.first(Named::Shared(*index))) {
                    self.apart(|eval| eval.why(shared, out));
                }
            }
            Test::Quantified { binders, body, .. } => self.why_bindings(binders, body, out),
            Test::InElements { plan, value, equality } => {
                if !self.why_value(value, out) {
                    self.why_bindings(std::slice::from_ref(plan), equality, out);
                }
            }
            Test::Flag(value) | Test::CodeIn { value, .. } | Test::Matches { value, .. } | Test::Is { value, .. } => {
                self.why_value(value, out);
            }
            Test::InList { value, list } => self.why_list(value, *list, out),
            Test::Codes { left, right, .. }
            | Test::Numbers { left, right, .. }
            | Test::Instants { left, right, .. }
            | Test::InNetwork { value: left, network: right } => {
                self.why_value(left, out);
                self.why_value(right, out);
            }
            Test::Canonical { left, right, .. } => {
                self.why_canonical(left, out);
                self.why_canonical(right, out);
            }
            Test::Dates { left, right, .. } | Test::Lengths { left, right, .. } => {
                self.why_operands(&[left, right], Why::Imprecise, out);
            }
            Test::InPeriod { value, period } => self.why_operands(&[value, period], Why::Imprecise, out),
            Test::Within { distance, left, right, .. } => {
                self.why_operands(&[left, right, distance], Why::Imprecise, out);
            }
            Test::Texts { left, right, .. }
            | Test::Like { left, right, .. }
            | Test::Mentions { left, right, .. }
            | Test::Agrees { left, right, .. }
            | Test::Edits { left, right, .. } => self.why_operands(&[left, right], Why::Undecidable, out),
        }
    }

    fn why_bindings(&mut self, binders: &[BinderPlan], body: &Cond, out: &mut Reasons) {
        let walked = self.walk(binders, &mut |eval| {
            eval.why(body, out);
            if out.is_full() { Flow::Stop } else { Flow::On }
        });
        if let Some(why) = walked.lack {
            self.why_walk(binders, why, out);
        }
    }

    /// Which list was missing or cut.
    fn why_walk(&mut self, binders: &[BinderPlan], why: Why, out: &mut Reasons) {
        for (position, binder) in binders.iter().enumerate() {
            let Some(list) = self.list(binder.list) else { continue };
            match self.elements(list) {
                Err(why) => {
                    self.lacking_list(list, why, out);
                    return;
                }
                Ok(elements) if elements.cut => {
                    self.lacking_list(list, Why::Limit, out);
                    return;
                }
                Ok(elements) => {
                    // A list inside an element: ask about each element.
                    if why != Why::Limit && position + 1 < binders.len() {
                        let rest = binders.get(position + 1..).unwrap_or(&[]);
                        for element in 0..elements.count {
                            self.bind(binder.slot, binder.list, elements, element);
                            if let Some(inner) = rest.first().and_then(|b| self.list(b.list))
                                && let Err(why) = self.elements(inner)
                            {
                                self.lacking_list(inner, why, out);
                            }
                        }
                        return;
                    }
                }
            }
        }
        if let Some(list) = binders.first().and_then(|binder| self.list(binder.list)) {
            self.lacking_list(list, why, out);
        }
    }

    fn lacking_list(&mut self, list: &List, why: Why, out: &mut Reasons) {
        match list {
            List::Field { field, .. } => self.lacking_field(field, why, out),
            List::Table(table) => {
                let name = self.p.tables.get(*table as usize).map_or_else(String::new, |t| t.name.to_string());
                out.add(name, why);
            }
            List::Sources(sources) => {
                let names = sources.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>().join(", ");
                out.add(names, why);
            }
            List::Words(value) | List::Cell(value) => {
                if !self.why_value(value, out)
                    && let Some(path) = self.value_path(value)
                {
                    out.add(path, why);
                }
            }
        }
    }

    fn lacking_field(&mut self, field: &Field, why: Why, out: &mut Reasons) {
        // Which element is the last of a list that was cut is not known.
        let path = match &field.base {
            Base::End(end) if why == Why::Limit => self.path(&end.list),
            _ => self.path(field),
        };
        let path = if why == Why::Unparsable { self.unreadable_owner(field, path) } else { path };
        out.add(path, why);
    }

    /// Where a record around a field is of the wrong type, that record is the reason.
    fn unreadable_owner(&mut self, field: &Field, path: String) -> String {
        let names: Vec<&str> = field.path.split('.').collect();
        let Ok(base) = self.address(&Field { offset: 0, ..field.clone() }) else { return path };
        let layout = &self.p.layout;
        // Only paths from the root are looked up: an element is always read with its own list.
        if base != Address::default() {
            return path;
        }
        let mut shape = 0;
        let mut at = base;
        let mut spelled = String::new();
        for name in names {
            let Some(found) = layout.shape(shape).fields.iter().find(|f| &*f.name == name) else { return path };
            at = at.plus(found.offset);
            if !spelled.is_empty() {
                spelled.push('.');
            }
            spelled.push_str(name);
            match found.kind {
                FieldKind::Record(inner) => {
                    if self.w.record.cell(at).state == State::Unparsable {
                        return spelled;
                    }
                    shape = inner;
                }
                _ => return path,
            }
        }
        path
    }

    fn why_list(&mut self, value: &Value, list: u32, out: &mut Reasons) {
        let p = self.p;
        let Some(prepared) = p.lists.get(list as usize) else { return };
        let lacking = match &prepared.entries {
            Entries::Canonical(_) | Entries::Hashes(_) => self.why_canonical(value, out),
            _ => self.why_value(value, out),
        };
        if lacking {
            return;
        }
        match &prepared.entries {
            Entries::Unfilled => out.add(prepared.name.to_string(), Why::NotListed),
            Entries::Hashes(_) => out.add(prepared.name.to_string(), Why::NoKey),
            _ => {
                if let Some(path) = self.value_path(value) {
                    out.add(path, Why::Undecidable);
                }
            }
        }
    }

    /// Missing operands; where there are none, what else keeps them undecided.
    fn why_operands(&mut self, operands: &[&Value], otherwise: Why, out: &mut Reasons) {
        let mut lacking = false;
        for operand in operands {
            lacking |= self.why_value(operand, out);
        }
        if lacking {
            return;
        }
        let mut blamed = false;
        for operand in operands {
            blamed |= self.blame(operand, otherwise, out);
        }
        if !blamed {
            // The literal is what does not decide it: every field beside it is named.
            for operand in operands {
                let mut cited = Cited::default();
                self.cite_value(operand, &mut cited);
                for entry in cited.evidence(&self.w.record) {
                    out.add(entry.path, otherwise);
                }
            }
        }
    }

    fn why_canonical(&mut self, value: &Value, out: &mut Reasons) -> bool {
        match self.canonical(value) {
            Ok(_) => false,
            Err(why) => {
                if !self.why_value(value, out) {
                    self.lacking(value, why, out);
                }
                true
            }
        }
    }

    /// Why a value is lacking; whether it is.
    pub(super) fn why_value(&mut self, value: &Value, out: &mut Reasons) -> bool {
        // A phone without country code is there, but nothing is known of it.
        let found = match (&value.node, &value.ty) {
            (Node::Prop(..), _) => self.probe(value),
            (_, Ty::Phone) => self.canonical(value).map(drop),
            _ => self.probe(value),
        };
        match found {
            Ok(()) => false,
            Err(why) => {
                self.lacking(value, why, out);
                true
            }
        }
    }

    fn lacking(&mut self, value: &Value, why: Why, out: &mut Reasons) {
        // A date that is there lacks what it is read with: "present" needs the day of the evaluation.
        if value.ty == Ty::Date
            && why == Why::Undecidable
            && matches!(value.node, Node::Field(_) | Node::Element(_))
            && let Err(why) = self.as_of()
        {
            out.add("submitted".to_owned(), why);
            return;
        }
        match &value.node {
            Node::Field(field) => {
                if value.ty == Ty::Phone && self.blame_phone(value, out) {
                    return;
                }
                self.lacking_field(field, why, out);
            }
            Node::Element(_) => {
                if let Some(path) = self.value_path(value) {
                    out.add(path, why);
                }
            }
            Node::Column { row: Row::Lookup(key), .. } => {
                if self.why_value(key, out) {
                    return;
                }
                out.add(self.value_path(value).unwrap_or_default(), why);
            }
            Node::Column { .. } => out.add(self.value_path(value).unwrap_or_default(), why),
            Node::Prop(base, prop) => {
                if base.ty == Ty::Phone && *prop != Prop::Raw && self.blame_phone(base, out) {
                    return;
                }
                match self.probe(base) {
                    Err(inner) if matches!(inner, Why::Missing | Why::Unparsable) || base.ty == Ty::Date => {
                        self.lacking(base, inner, out);
                    }
                    _ => {
                        let mut path = self.value_path(value).unwrap_or_default();
                        if matches!(base.node, Node::Prop(_, Prop::Words)) {
                            path.push_str(".words");
                        }
                        if let Some((name, _, _)) = base.ty.properties().into_iter().find(|(_, known, _)| known == prop)
                        {
                            path = format!("{path}.{name}");
                        }
                        out.add(path, why);
                    }
                }
            }
            Node::AsOf => out.add("submitted".to_owned(), why),
            Node::Let(index) => {
                let p = self.p;
                if let Some(named) = p.lets.get(*index as usize).filter(|_| out.seen.first(Named::Let(*index))) {
                    self.apart(|eval| eval.lacking(named, why, out));
                }
            }
            Node::Period(a, b) if why == Why::Inverted => {
                for end in [a, b] {
                    if let Some(path) = self.value_path(end) {
                        out.add(path, why);
                    }
                }
            }
            Node::Arith(_, _, right) if why == Why::DivisionByZero => {
                if let Some(path) = self.value_path(right) {
                    out.add(path, why);
                } else {
                    self.blame_zero(right, out);
                }
            }
            Node::Coalesce(a, b) | Node::Arith(_, a, b) | Node::Period(a, b) | Node::Overlap(a, b) => {
                let left = self.why_value(a, out);
                // A difference of partial dates is there, but is no length that can be added.
                if !self.why_value(b, out) && !left && why == Why::Imprecise {
                    self.blame(value, why, out);
                }
            }
            Node::Neg(inner) => self.lacking(inner, why, out),
            Node::Aggregate { binders, condition, value: inner, .. } => {
                if let Some(condition) = condition {
                    self.why_bindings(binders, condition, out);
                } else if let Some(inner) = inner {
                    let mut any = false;
                    let walked = self.walk(binders, &mut |eval| {
                        any = true;
                        eval.why_value(inner, out);
                        Flow::On
                    });
                    if let Some(why) = walked.lack {
                        self.why_walk(binders, why, out);
                    } else if !any {
                        self.why_walk(binders, Why::Missing, out);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether every reason is a row that is not listed.
    pub(super) fn only_not_listed(reasons: &[Reason]) -> bool {
        !reasons.is_empty() && reasons.iter().all(|reason| reason.reason == Why::NotListed)
    }
}
