//! Canonical spelling of an expression: two with the same key mean the same. What has no order (`and`, `==`, `+`, the
//! binders of a quantifier) is sorted, what only words another thing (`!=`, `no`, `is present`) is rewritten.

use crate::check::tree::{Kind, Place, PlaceBase, Quant, RowRef, TBinder, TList, Typed};
use indicia_dsl::ast::{ArithOp, CompareOp, State};

/// The most binders of one quantifier whose order is tried.
const MOST_ORDERED: usize = 3;

/// The key of an expression.
pub(super) fn key(typed: &Typed) -> String {
    Keys::default().of(typed)
}

/// The key of a place.
pub(super) fn place_key(place: &Place) -> String {
    Keys::default().place(place)
}

/// The key of a list.
pub(super) fn list_key(list: &TList) -> String {
    Keys::default().list(list)
}

/// The key of an expression in which two bound names have changed places.
pub(super) fn swapped_key(typed: &Typed, pair: (u8, u8)) -> String {
    Keys { swap: Some(pair), ..Keys::default() }.of(typed)
}

/// The key of a condition under further binders, with or without a swap.
pub(super) fn bound_key(binders: &[TBinder], body: &Typed, swap: Option<(u8, u8)>) -> String {
    Keys { swap, ..Keys::default() }.bound(binders, body)
}

#[derive(Default)]
struct Keys {
    swap: Option<(u8, u8)>,
    /// Slots bound inside, in the order of binding.
    inner: Vec<u8>,
}

impl Keys {
    fn slot(&self, slot: u8) -> String {
        if let Some(position) = self.inner.iter().rposition(|inner| *inner == slot) {
            return format!("i{position}");
        }
        match self.swap {
            Some((a, b)) if slot == a => format!("b{b}"),
            Some((a, b)) if slot == b => format!("b{a}"),
            _ => format!("b{slot}"),
        }
    }

    fn place(&self, place: &Place) -> String {
        let base = match &place.base {
            PlaceBase::Root => "root".to_owned(),
            PlaceBase::Binder(slot) => self.slot(*slot),
            PlaceBase::End { list, last } => format!("{}({})", if *last { "last" } else { "first" }, self.place(list)),
        };
        place.steps.iter().fold(base, |path, (_, field)| format!("{path}.{field}"))
    }

    fn list(&mut self, list: &TList) -> String {
        match list {
            TList::Place(place) => self.place(place),
            TList::Table(table) => format!("table{table}"),
            TList::Sources(sources) => {
                let mut keys: Vec<String> = sources.iter().map(|(_, place)| self.place(place)).collect();
                keys.sort();
                format!("[{}]", keys.join(","))
            }
            TList::Value(value) => self.of(value),
            TList::Poison => "poison".to_owned(),
        }
    }

    fn all(&mut self, parts: &[Typed]) -> Vec<String> {
        let mut keys: Vec<String> = parts.iter().map(|part| self.of(part)).collect();
        keys.sort();
        keys
    }

    fn two(&mut self, name: &str, a: &Typed, b: &Typed, ordered: bool) -> String {
        let (mut a, mut b) = (self.of(a), self.of(b));
        if !ordered && b < a {
            std::mem::swap(&mut a, &mut b);
        }
        format!("{name}({a},{b})")
    }

    fn of(&mut self, typed: &Typed) -> String {
        match &typed.kind {
            Kind::Place(place) => self.place(place),
            Kind::Element(slot) => self.slot(*slot),
            Kind::SourceName(slot) => format!("source({})", self.slot(*slot)),
            Kind::Column { table, column, row } => {
                let row = match row {
                    RowRef::Binder(slot) => self.slot(*slot),
                    RowRef::Lookup(key) => self.of(key),
                };
                format!("table{table}[{row}].{column}")
            }
            Kind::Prop { base, prop } => format!("{}.{prop:?}", self.of(base)),
            Kind::Let(index) => format!("let{index}"),
            Kind::Setting(index) => format!("setting{index}"),
            Kind::Raised(index) => format!("raised{index}"),
            Kind::Coalesce(a, b) => self.two("??", a, b, true),
            Kind::Arith { op, left, right } => self.two(
                &format!("{op:?}"),
                left,
                right,
                matches!(op, ArithOp::Sub | ArithOp::Div) || left.ty != right.ty,
            ),
            Kind::Neg(inner) => format!("-({})", self.of(inner)),
            Kind::Period(a, b) => self.two("period", a, b, true),
            Kind::Overlap(a, b) => self.two("overlap", a, b, false),
            Kind::Not(inner) => not(&self.of(inner)),
            Kind::Known(inner) => format!("known({})", self.of(inner)),
            Kind::And(parts) => format!("and({})", self.all(parts).join(",")),
            Kind::Or(parts) => format!("or({})", self.all(parts).join(",")),
            Kind::AtLeastOf { count, conditions } => format!("atleast{count}({})", self.all(conditions).join(",")),
            Kind::Compare { op, left, right } => self.compare(*op, left, right),
            Kind::Edits { edits, left, right } => self.two(&format!("edits{edits}"), left, right, false),
            Kind::WithinTime { distance, left, right } => {
                let name = format!("within{}", self.of(distance));
                self.two(&name, left, right, false)
            }
            Kind::Matches { value, pattern, ignore_case } => {
                format!("matches({},{pattern:?},{ignore_case})", self.of(value))
            }
            Kind::InValues { value, values } => format!("in({},{})", self.of(value), self.all(values).join(",")),
            Kind::InList { value, list } => format!("in({},list{list})", self.of(value)),
            Kind::InElements { value, set } => self.two("in", value, set, true),
            Kind::InNetwork { value, network } => self.two("in", value, network, true),
            Kind::InPeriod { value, period } => self.two("in", value, period, true),
            Kind::Is { value, state } => match state {
                State::Missing => format!("missing({})", self.of(value)),
                State::Present => not(&format!("missing({})", self.of(value))),
                State::Unparsable => format!("unparsable({})", self.of(value)),
            },
            Kind::Aggregate { function, binders, body } => format!("{function:?}{}", self.bound(binders, body)),
            Kind::Quantified { quantifier, binders, body } => {
                let bound = self.bound(binders, body);
                match quantifier {
                    Quant::No => not(&format!("any{bound}")),
                    Quant::Any | Quant::AtLeast(1) => format!("any{bound}"),
                    Quant::All => format!("all{bound}"),
                    Quant::AtLeast(count) => format!("atleast{count}{bound}"),
                }
            }
            other => format!("{other:?}"),
        }
    }

    fn compare(&mut self, op: CompareOp, left: &Typed, right: &Typed) -> String {
        match op {
            CompareOp::Eq | CompareOp::SameAs | CompareOp::AgreesWith => {
                self.two(&format!("{op:?}"), left, right, false)
            }
            CompareOp::Ne => not(&self.two("Eq", left, right, false)),
            CompareOp::Gt => self.two("Lt", right, left, true),
            CompareOp::Ge => self.two("Le", right, left, true),
            _ => self.two(&format!("{op:?}"), left, right, true),
        }
    }

    /// Binders with what they bind for. Independent binders have no order, nor have the two of a pair.
    fn bound(&mut self, binders: &[TBinder], body: &Typed) -> String {
        // Orders are tried for the outermost quantifier only, so that the work stays small.
        let free = self.inner.is_empty() && binders.len() <= MOST_ORDERED && independent(binders);
        let orders = if free { permutations(binders.len()) } else { vec![(0..binders.len()).collect()] };
        let flips = if free { 1u32 << binders.iter().filter(|binder| binder.pair.is_some()).count() } else { 1 };
        let mut least: Option<String> = None;
        for order in &orders {
            for flip in 0..flips {
                let spelled = self.bound_in(binders, order, flip, body);
                if least.as_ref().is_none_or(|least| spelled < *least) {
                    least = Some(spelled);
                }
            }
        }
        least.unwrap_or_default()
    }

    fn bound_in(&mut self, binders: &[TBinder], order: &[usize], flip: u32, body: &Typed) -> String {
        let depth = self.inner.len();
        let mut lists = Vec::new();
        let mut pairs = 0;
        for binder in order.iter().filter_map(|index| binders.get(*index)) {
            let list = self.list(&binder.list);
            match &binder.pair {
                None => self.inner.push(binder.slot),
                Some((_, second)) => {
                    let turned = flip >> pairs & 1 == 1;
                    pairs += 1;
                    self.inner.extend(if turned { [*second, binder.slot] } else { [binder.slot, *second] });
                }
            }
            lists.push(if binder.pair.is_some() { format!("pair {list}") } else { list });
        }
        let body = self.of(body);
        self.inner.truncate(depth);
        format!("({}:{body})", lists.join(","))
    }
}

fn not(key: &str) -> String {
    match key.strip_prefix("not:") {
        Some(inner) => inner.to_owned(),
        None => format!("not:{key}"),
    }
}

/// Whether no list of a binder names an earlier one.
fn independent(binders: &[TBinder]) -> bool {
    let mut slots: Vec<u8> = Vec::new();
    for binder in binders {
        if slots.iter().any(|slot| list_mentions(&binder.list, *slot)) {
            return false;
        }
        slots.push(binder.slot);
        slots.extend(binder.pair.as_ref().map(|(_, slot)| *slot));
    }
    true
}

/// Whether a list belongs to what is bound in a slot.
pub(super) fn list_mentions(list: &TList, slot: u8) -> bool {
    match list {
        TList::Place(place) => place_mentions(place, slot),
        TList::Sources(sources) => sources.iter().any(|(_, place)| place_mentions(place, slot)),
        TList::Value(value) => mentions(value, slot),
        TList::Table(_) | TList::Poison => false,
    }
}

/// Whether an expression reads what is bound in a slot.
pub(super) fn mentions(typed: &Typed, slot: u8) -> bool {
    let own = match &typed.kind {
        Kind::Place(place) => place_mentions(place, slot),
        Kind::Element(own) | Kind::SourceName(own) | Kind::Column { row: RowRef::Binder(own), .. } => *own == slot,
        Kind::Aggregate { binders, .. } | Kind::Quantified { binders, .. } => {
            binders.iter().any(|binder| list_mentions(&binder.list, slot))
        }
        _ => false,
    };
    own || super::parts(typed).into_iter().any(|part| mentions(part, slot))
}

fn place_mentions(place: &Place, slot: u8) -> bool {
    match &place.base {
        PlaceBase::Root => false,
        PlaceBase::Binder(own) => *own == slot,
        PlaceBase::End { list, .. } => place_mentions(list, slot),
    }
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for item in 0..count {
        orders = orders
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(|position| {
                    let mut longer = order.clone();
                    longer.insert(position, item);
                    longer
                })
            })
            .collect();
    }
    orders
}
