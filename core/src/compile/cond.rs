//! Conditions: each comparison to the test of its type, constants folded, what several indicators ask shared.

use super::Compiler;
use super::program::id;
use super::program::{BinderPlan, Cond, Node, Quantifier, Test, Value};
use crate::check::tree::{Kind, Place, PlaceBase, Quant, TBinder, TList, Typed};
use crate::check::types::Ty;
use crate::domain::names;
use crate::truth::Truth;
use indicia_dsl::ast::CompareOp;
use std::sync::Arc;

impl Compiler<'_> {
    /// Counts the conditions without bound names, so that those that occur twice are shared.
    pub(super) fn count_uses(&mut self, typed: &Typed) {
        if let Some(text) = &typed.text
            && is_worth_sharing(typed)
        {
            *self.uses.entry(Arc::clone(text)).or_insert(0) += 1;
        }
        match &typed.kind {
            Kind::And(parts) | Kind::Or(parts) | Kind::AtLeastOf { conditions: parts, .. } => {
                for part in parts {
                    self.count_uses(part);
                }
            }
            Kind::Not(inner) | Kind::Known(inner) => self.count_uses(inner),
            _ => {}
        }
    }

    pub(super) fn cond(&mut self, typed: &Typed) -> Cond {
        let site = self.site(typed);
        if let Kind::Let(index) = typed.kind {
            return Cond { test: self.shared_let(index), site };
        }
        if let Some(text) = &typed.text
            && self.uses.get(text).is_some_and(|uses| *uses > 1)
            && is_worth_sharing(typed)
        {
            let index = if let Some(index) = self.shared.get(text) {
                *index
            } else {
                let test = self.test(typed);
                let index = self.share(Cond { test, site });
                self.shared.insert(Arc::clone(text), index);
                index
            };
            return Cond { test: Test::Shared(index), site };
        }
        Cond { test: self.test(typed), site }
    }

    fn share(&mut self, cond: Cond) -> u32 {
        let index = id(self.program.shared.len());
        self.program.shared.push(cond);
        index
    }

    fn shared_let(&mut self, index: usize) -> Test {
        let key: Arc<str> = Arc::from(format!("let {index}"));
        if let Some(shared) = self.shared.get(&key) {
            return Test::Shared(*shared);
        }
        let checked = self.checked;
        let Some(def) = checked.lets.get(index) else { return Test::Const(Truth::Unknown) };
        let cond = self.cond(&def.value);
        let shared = self.share(cond);
        self.shared.insert(key, shared);
        Test::Shared(shared)
    }

    fn test(&mut self, typed: &Typed) -> Test {
        match &typed.kind {
            Kind::Bool(value) => Test::Const(Truth::from(*value)),
            Kind::Not(inner) => match self.cond(inner) {
                Cond { test: Test::Const(truth), .. } => Test::Const(truth.not()),
                inner => Test::Not(Box::new(inner)),
            },
            Kind::Known(inner) => match self.cond(inner) {
                Cond { test: Test::Const(truth), .. } => Test::Const(Truth::from(truth.is_true())),
                inner => Test::Known(Box::new(inner)),
            },
            Kind::Raised(index) => Test::Raised(id(*index)),
            Kind::And(parts) => Test::And(self.conds(parts)),
            Kind::Or(parts) => Test::Or(self.conds(parts)),
            Kind::AtLeastOf { count, conditions } => Test::AtLeast(*count, self.conds(conditions)),
            Kind::Compare { op, left, right } => self.comparison(*op, left, right),
            Kind::Edits { edits, left, right } => {
                Test::Edits { edits: *edits as usize, left: self.value(left), right: self.value(right) }
            }
            Kind::WithinTime { distance, left, right } => Test::Within {
                instants: left.ty == Ty::Instant,
                distance: self.value(distance),
                left: self.value(left),
                right: self.value(right),
            },
            Kind::Matches { value, pattern, ignore_case } => {
                let value = self.value(value);
                Test::Matches { value, regex: self.regex(pattern, *ignore_case) }
            }
            Kind::InValues { value, values } => self.in_values(value, values),
            Kind::InList { value, list } => Test::InList { value: self.value(value), list: id(*list) },
            Kind::InElements { value, set } => self.in_elements(value, set),
            Kind::InNetwork { value, network } => {
                Test::InNetwork { value: self.value(value), network: self.value(network) }
            }
            Kind::InPeriod { value, period } => Test::InPeriod { value: self.value(value), period: self.value(period) },
            Kind::Is { value, state } => Test::Is { value: self.value(value), state: *state },
            Kind::Quantified { quantifier, binders, body } => {
                let binders = self.binders(binders);
                let body = Box::new(self.cond(body));
                let quantifier = match quantifier {
                    Quant::Any => Quantifier::Any,
                    Quant::All => Quantifier::All,
                    Quant::No => Quantifier::No,
                    Quant::AtLeast(count) => Quantifier::AtLeast(*count),
                };
                Test::Quantified { quantifier, binders, body }
            }
            Kind::Poison => Test::Const(Truth::Unknown),
            _ => Test::Flag(self.value(typed)),
        }
    }

    fn binders(&mut self, binders: &[TBinder]) -> Box<[BinderPlan]> {
        binders.iter().map(|binder| self.binder(binder)).collect()
    }

    fn conds(&mut self, parts: &[Typed]) -> Box<[Cond]> {
        parts.iter().map(|part| self.cond(part)).collect()
    }

    fn regex(&mut self, pattern: &Arc<str>, ignore_case: bool) -> u32 {
        let key = (Arc::clone(pattern), ignore_case);
        if let Some(index) = self.regexes.get(&key) {
            return *index;
        }
        let built = regex::RegexBuilder::new(pattern)
            .case_insensitive(ignore_case)
            .size_limit(self.limits.max_regex_bytes)
            .build();
        let index = id(self.program.regexes.len());
        if let Ok(regex) = built {
            self.program.regexes.push(regex);
        }
        self.regexes.insert(key, index);
        index
    }

    fn comparison(&mut self, op: CompareOp, left: &Typed, right: &Typed) -> Test {
        let kind = if left.ty == Ty::Organisation || right.ty == Ty::Organisation {
            names::Kind::Organisation
        } else {
            names::Kind::Person
        };
        let (left, right) = (self.value(left), self.value(right));
        match op {
            CompareOp::SameAs | CompareOp::Contains | CompareOp::StartsWith | CompareOp::EndsWith => {
                Test::Like { op, left, right }
            }
            CompareOp::Mentions => Test::Mentions { exactly: false, left, right },
            CompareOp::MentionsExactly => Test::Mentions { exactly: true, left, right },
            CompareOp::AgreesWith => Test::Agrees { kind, left, right },
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge | CompareOp::Eq | CompareOp::Ne => {
                ordered(op, left, right)
            }
            _ => Test::Const(Truth::Unknown),
        }
    }

    fn in_values(&mut self, value: &Typed, values: &[Typed]) -> Test {
        let codes: Option<Box<[u32]>> = values
            .iter()
            .map(|item| match &item.kind {
                Kind::Word(index) => Some(u32::from(*index)),
                Kind::Country(country) => Some(u32::from(country.index())),
                Kind::Bool(value) => Some(u32::from(*value)),
                _ => None,
            })
            .collect();
        if let Some(codes) = codes {
            return Test::CodeIn { value: self.value(value), codes };
        }
        let equalities = values
            .iter()
            .map(|item| {
                let site = self.site(item);
                Cond { test: self.membership_equality(value, item), site }
            })
            .collect();
        Test::InValues { value: self.value(value), equalities }
    }

    /// Membership of text folds like `same as`; everything else is `==`.
    fn membership_equality(&mut self, value: &Typed, item: &Typed) -> Test {
        let folds = value.ty.is_text() && value.ty != Ty::Identifier && item.ty != Ty::Identifier;
        if folds {
            return Test::Like { op: CompareOp::SameAs, left: self.value(value), right: self.value(item) };
        }
        self.comparison(CompareOp::Eq, value, item)
    }

    fn in_elements(&mut self, value: &Typed, set: &Typed) -> Test {
        let element = match &set.ty {
            Ty::List(element) => (**element).clone(),
            other => other.clone(),
        };
        let list = self.list_value(set);
        // A slot that no binder of the source can have taken.
        let slot = crate::evaluate::ELEMENT_SLOT;
        let plan = BinderPlan { slot, pair: None, list: self.add_list(list) };
        let bound = Typed { kind: Kind::Element(slot), ty: element, at: set.at, text: None };
        let site = self.site(set);
        let equality = Cond { test: self.membership_equality(value, &bound), site };
        Test::InElements { plan, value: self.value(value), equality: Box::new(equality) }
    }
}

fn ordered(op: CompareOp, left: Value, right: Value) -> Test {
    let equal = op == CompareOp::Eq;
    match &left.ty {
        Ty::Number => {
            if let (Node::Number(a), Node::Number(b)) = (&left.node, &right.node) {
                return Test::Const(Truth::from(crate::evaluate::compare_numbers(op, *a, *b)));
            }
            Test::Numbers { op, left, right }
        }
        Ty::Date => Test::Dates { op, left, right },
        Ty::Instant => Test::Instants { op, left, right },
        Ty::Length => Test::Lengths { op, left, right },
        Ty::Bool | Ty::Country | Ty::OneOf(_) => Test::Codes { equal, left, right },
        Ty::Phone | Ty::Email | Ty::Url | Ty::Ip | Ty::Network => Test::Canonical { equal, left, right },
        _ => Test::Texts { equal, left, right },
    }
}

/// Whether a condition costs more than a look at its remembered truth, and means the same wherever it stands.
fn is_worth_sharing(typed: &Typed) -> bool {
    let heavy = matches!(
        typed.kind,
        Kind::Quantified { .. }
            | Kind::Matches { .. }
            | Kind::InList { .. }
            | Kind::Edits { .. }
            | Kind::Compare {
                op: CompareOp::AgreesWith
                    | CompareOp::Mentions
                    | CompareOp::MentionsExactly
                    | CompareOp::Contains
                    | CompareOp::SameAs
                    | CompareOp::StartsWith
                    | CompareOp::EndsWith,
                ..
            }
    );
    heavy && !has_free(typed, &mut Vec::new())
}

/// Whether an expression reads a name that is bound outside of it.
pub(super) fn has_free(typed: &Typed, bound: &mut Vec<u8>) -> bool {
    let place_free = |place: &Place, bound: &Vec<u8>| {
        let mut base = &place.base;
        loop {
            match base {
                PlaceBase::Root => return false,
                PlaceBase::Binder(slot) => return !bound.contains(slot),
                PlaceBase::End { list, .. } => base = &list.base,
            }
        }
    };
    match &typed.kind {
        Kind::Place(place) => place_free(place, bound),
        Kind::Element(slot) | Kind::SourceName(slot) => !bound.contains(slot),
        Kind::Column { row, .. } => match row {
            crate::check::tree::RowRef::Binder(slot) => !bound.contains(slot),
            crate::check::tree::RowRef::Lookup(key) => has_free(key, bound),
        },
        Kind::Score | Kind::Categories => true,
        Kind::Prop { base, .. } => has_free(base, bound),
        Kind::Not(a) | Kind::Known(a) | Kind::Neg(a) => has_free(a, bound),
        Kind::Matches { value, .. } | Kind::InList { value, .. } | Kind::Is { value, .. } => has_free(value, bound),
        Kind::Coalesce(a, b)
        | Kind::Arith { left: a, right: b, .. }
        | Kind::Period(a, b)
        | Kind::Overlap(a, b)
        | Kind::Compare { left: a, right: b, .. }
        | Kind::Edits { left: a, right: b, .. }
        | Kind::InElements { value: a, set: b }
        | Kind::InNetwork { value: a, network: b }
        | Kind::InPeriod { value: a, period: b } => has_free(a, bound) || has_free(b, bound),
        Kind::WithinTime { distance, left, right } => {
            has_free(distance, bound) || has_free(left, bound) || has_free(right, bound)
        }
        Kind::And(parts) | Kind::Or(parts) | Kind::AtLeastOf { conditions: parts, .. } => {
            parts.iter().any(|part| has_free(part, bound))
        }
        Kind::InValues { value, values } => has_free(value, bound) || values.iter().any(|item| has_free(item, bound)),
        Kind::Quantified { binders, body, .. } | Kind::Aggregate { binders, body, .. } => {
            let depth = bound.len();
            let mut free = false;
            for binder in binders {
                free |= match &binder.list {
                    TList::Place(place) => place_free(place, bound),
                    TList::Sources(places) => places.iter().any(|(_, place)| place_free(place, bound)),
                    TList::Value(value) => has_free(value, bound),
                    TList::Table(_) | TList::Poison => false,
                };
                bound.push(binder.slot);
                bound.extend(binder.pair.iter().map(|(_, slot)| *slot));
            }
            free |= has_free(body, bound);
            bound.truncate(depth);
            free
        }
        _ => false,
    }
}
