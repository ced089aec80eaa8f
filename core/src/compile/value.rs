//! Values: places to slots, literals to prepared forms.

use super::Compiler;
use super::program::{Base, BinderPlan, End, Field, List, Node, Row, TextConst, Value, id};
use crate::check::tree::{FieldId, Kind, Place, PlaceBase, RowRef, TBinder, TList, Typed};
use crate::check::types::{Prop, Ty};
use crate::domain::network::Network;
use crate::domain::text::{fold, is_latin};
use crate::domain::words::Words;
use crate::domain::{email, ip::Ip, phone, url};
use indicia_dsl::ast::Aggregate;
use std::sync::Arc;

impl Compiler<'_> {
    pub(super) fn text_const(&mut self, text: &Arc<str>) -> u32 {
        if let Some(index) = self.texts.get(text) {
            return *index;
        }
        let index = u32::try_from(self.program.texts.len()).unwrap_or(u32::MAX);
        self.program.texts.push(prepare(text));
        self.texts.insert(Arc::clone(text), index);
        index
    }

    pub(super) fn value(&mut self, typed: &Typed) -> Value {
        let node = self.node(typed);
        Value { node, ty: typed.ty.clone() }
    }

    fn boxed(&mut self, typed: &Typed) -> Box<Value> {
        Box::new(self.value(typed))
    }

    fn node(&mut self, typed: &Typed) -> Node {
        match &typed.kind {
            Kind::Bool(value) => Node::Code(u32::from(*value)),
            Kind::Number(value) => Node::Number(*value),
            Kind::Text(text) => self.literal(text, &typed.ty),
            Kind::Date(date) => Node::Date(*date),
            Kind::Instant(micros) => Node::Instant(*micros),
            Kind::Length(length) => Node::Length(*length),
            Kind::Word(index) => Node::Code(u32::from(*index)),
            Kind::Country(country) => Node::Code(u32::from(country.index())),
            Kind::Place(place) => Node::Field(self.place(place)),
            Kind::Element(slot) => Node::Element(*slot),
            Kind::Column { table, column, row } => {
                let row = match row {
                    RowRef::Binder(slot) => Row::Binder(*slot),
                    RowRef::Lookup(key) => Row::Lookup(self.boxed(key)),
                };
                Node::Column { table: id(*table), column: id(*column), row }
            }
            Kind::Prop { base, prop } => Node::Prop(self.boxed(base), *prop),
            Kind::SourceName(slot) => Node::SourceName(*slot),
            Kind::AsOf => Node::AsOf,
            Kind::Score => Node::Score,
            Kind::Categories => Node::Categories,
            Kind::Let(index) => self.let_value(*index),
            Kind::Setting(index) => match self.checked.settings.get(*index) {
                Some(setting) => self.node(&setting.value),
                None => Node::Code(0),
            },
            Kind::Coalesce(left, right) => Node::Coalesce(self.boxed(left), self.boxed(right)),
            Kind::Arith { op, left, right } => Node::Arith(*op, self.boxed(left), self.boxed(right)),
            Kind::Neg(inner) => Node::Neg(self.boxed(inner)),
            Kind::Aggregate { function, binders, body } => {
                let binders: Vec<BinderPlan> = binders.iter().map(|binder| self.binder(binder)).collect();
                let (condition, value) = if *function == Aggregate::Count {
                    (Some(Arc::new(self.cond(body))), None)
                } else {
                    (None, Some(self.boxed(body)))
                };
                Node::Aggregate { function: *function, binders: binders.into(), condition, value }
            }
            Kind::Period(start, end) => Node::Period(self.boxed(start), self.boxed(end)),
            Kind::Overlap(left, right) => Node::Overlap(self.boxed(left), self.boxed(right)),
            // Conditions are no values; a checked tree has none here.
            _ => Node::Code(0),
        }
    }

    fn literal(&mut self, text: &Arc<str>, ty: &Ty) -> Node {
        let spelled = self.text_const(text);
        let canonical = match ty {
            Ty::Phone => phone::parse(text, None).e164,
            Ty::Email => email::canonical(text),
            Ty::Url => url::parse(text).canonical,
            Ty::Ip => Ip::parse(text).map(|ip| ip.address().to_string()),
            Ty::Network => {
                return match Network::parse(text) {
                    Some(network) => Node::Network(Box::new(network), spelled),
                    None => Node::Text(spelled),
                };
            }
            _ => return Node::Text(spelled),
        };
        match canonical {
            Some(canonical) => {
                let canonical = self.text_const(&Arc::from(canonical));
                Node::Canonical(canonical, spelled)
            }
            None => Node::Text(spelled),
        }
    }

    fn let_value(&mut self, index: usize) -> Node {
        if let Some(known) = self.lets.get(&index) {
            return Node::Let(*known);
        }
        let checked = self.checked;
        let Some(def) = checked.lets.get(index) else { return Node::Code(0) };
        let value = self.value(&def.value);
        let known = id(self.program.lets.len());
        let tells = tells_of_application(&value, &self.program.lets_tell);
        self.program.lets_tell.push(tells);
        self.program.lets.push(value);
        self.lets.insert(index, known);
        Node::Let(known)
    }

    pub(super) fn place(&mut self, place: &Place) -> Field {
        let offset = self.plan.offset(&place.steps);
        let names: Vec<String> = place.steps.iter().map(|step| self.field_name(*step).to_owned()).collect();
        let base = match &place.base {
            PlaceBase::Root => Base::Root,
            PlaceBase::Binder(slot) => Base::Binder(*slot),
            PlaceBase::End { list, last } => {
                let (arena, stride) = list.steps.last().map_or((0, 1), |step| self.plan.list(*step));
                let list = self.place(list);
                Base::End(Arc::new(End { list, stride, arena, last: *last }))
            }
        };
        let read_in = place.steps.last().and_then(|step| self.plan.read_in(self.checked, *step));
        let read_in_path = place.steps.last().and_then(|step| self.read_in_path(*step));
        Field { base, offset, path: Arc::from(names.join(".")), read_in, read_in_path }
    }

    /// From `form.phone` to `form.location.country`: the names to drop and the rest to append.
    fn read_in_path(&self, (record, index): FieldId) -> Option<(u8, Arc<str>)> {
        let path = self.checked.records.get(record)?.fields.get(index)?.read_in.as_ref()?;
        let names: Vec<&str> = path.steps.iter().map(|step| self.field_name(*step)).collect();
        Some((u8::try_from(path.up).ok()? + 1, Arc::from(names.join("."))))
    }

    fn field_name(&self, (record, index): FieldId) -> &str {
        self.checked.records.get(record).and_then(|r| r.fields.get(index)).map_or("", |field| field.name.as_str())
    }

    pub(super) fn binder(&mut self, binder: &TBinder) -> BinderPlan {
        let list = match &binder.list {
            TList::Place(place) => self.list_of(place),
            TList::Table(table) => List::Table(id(*table)),
            TList::Sources(places) => List::Sources(
                places.iter().map(|(name, place)| (Arc::from(name.as_str()), self.place(place))).collect(),
            ),
            TList::Value(value) => self.list_value(value),
            TList::Poison => List::Sources(Vec::new()),
        };
        BinderPlan { slot: binder.slot, pair: binder.pair.as_ref().map(|(_, slot)| *slot), list: self.add_list(list) }
    }

    pub(super) fn add_list(&mut self, list: List) -> u32 {
        let index = id(self.program.binders.len());
        self.program.binders.push(list);
        index
    }

    fn list_of(&mut self, place: &Place) -> List {
        let (arena, stride) = place.steps.last().map_or((0, 1), |step| self.plan.list(*step));
        List::Field { field: self.place(place), stride, arena }
    }

    pub(super) fn list_value(&mut self, value: &Typed) -> List {
        match &value.kind {
            Kind::Place(place) => self.list_of(place),
            Kind::Prop { base, prop: Prop::Words } => List::Words(self.boxed(base)),
            Kind::Let(index) => match self.checked.lets.get(*index) {
                Some(def) => self.list_value(&def.value),
                None => List::Sources(Vec::new()),
            },
            _ => List::Cell(self.boxed(value)),
        }
    }
}

pub(super) fn prepare(text: &Arc<str>) -> TextConst {
    TextConst {
        text: Arc::clone(text),
        folded: Arc::from(fold(text)),
        is_latin: is_latin(text),
        words: Words::of(text),
    }
}

/// Whether the value of a `let` is given by the application, or found or computed by what is. Those it names come before it.
fn tells_of_application(value: &Value, lets: &[bool]) -> bool {
    match &value.node {
        Node::Field(_) | Node::Aggregate { .. } | Node::Element(_) | Node::Column { row: Row::Binder(_), .. } => true,
        Node::Column { row: Row::Lookup(key), .. } => tells_of_application(key, lets),
        Node::Prop(base, _) | Node::Neg(base) => tells_of_application(base, lets),
        Node::Coalesce(a, b) | Node::Arith(_, a, b) | Node::Period(a, b) | Node::Overlap(a, b) => {
            tells_of_application(a, lets) || tells_of_application(b, lets)
        }
        Node::Let(index) => lets.get(*index as usize).copied().unwrap_or(true),
        _ => false,
    }
}
