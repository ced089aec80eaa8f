//! From the conditions of a program to steps.

use super::{Column, DEPTH, Day, Doubt, Each, Inner, MailPart, Number, Over, Place, Plan, Plans, Step, Text, is_words};
use crate::check::types::{Prop, Ty};
use crate::compile::program::id;
use crate::compile::program::{
    Base, BinderPlan, Cond, Entries, Field, Indicator, List, Node, Program, Quantifier, Row, Test, Value,
};
use crate::domain::length::Length;
use indicia_dsl::ast::{ArithOp, CompareOp, State};

/// Steps of one condition and their parts, `let`s included. What is longer takes the long road.
const MAX_STEPS: usize = 256;

/// Lowers every indicator and shared condition of a program.
pub(crate) fn lower(program: &Program) -> Plans {
    let mut lowering = Lowering { p: program, slots: Vec::new(), left: 0, mail: Vec::new() };
    let shared = program.shared.iter().map(|cond| lowering.whole(cond)).collect();
    let outcomes = program.decide.rules.iter();
    let outcomes = outcomes.map(|rule| rule.as_ref().map_or(Step::Open, |(cond, _)| lowering.whole(cond))).collect();
    let mut places = vec![0; program.indicators.len()];
    let mut ordered = Vec::with_capacity(program.order.len());
    for index in &program.order {
        let Some(indicator) = program.indicators.get(*index as usize) else { continue };
        if let Some(place) = places.get_mut(*index as usize) {
            *place = id(ordered.len());
        }
        ordered.push(lowering.indicator(*index, indicator));
    }
    lowering.mail.sort_unstable();
    lowering.mail.dedup();
    Plans { ordered, places, outcomes, shared, mail: lowering.mail }
}

pub(super) struct Lowering<'p> {
    pub(super) p: &'p Program,
    /// The slots that are bound, by level.
    slots: Vec<u8>,
    /// How many more steps may be made.
    left: usize,
    mail: Vec<u32>,
}

impl Lowering<'_> {
    fn indicator(&mut self, index: u32, indicator: &Indicator) -> Plan {
        self.left = MAX_STEPS;
        self.slots.clear();
        let at_least = indicator.at_least.unwrap_or(1);
        let mut plan =
            Plan { indicator: index, each: None, at_least, shadow: indicator.shadow, body: Step::Open, brief: None };
        match indicator.binders.as_slice() {
            [] => {}
            [binder, inner @ ..] if at_least > 0 && (inner.is_empty() || at_least == 1) => match self.each(binder) {
                Some(each) => {
                    plan.each = Some(each);
                    plan.body = self.inside(Quantifier::Any, inner, &indicator.condition).unwrap_or(Step::Open);
                }
                None => return plan,
            },
            _ => return plan,
        }
        if indicator.binders.is_empty() {
            plan.body = self.step(&indicator.condition);
        }
        if let Step::Open = plan.body {
            plan.each = None;
        } else {
            if let Some(each) = &mut plan.each {
                each.nests = nests(&plan.body);
            }
            plan.brief = self.brief(indicator, plan.each.as_ref());
        }
        plan
    }

    /// A condition that stands for itself.
    fn whole(&mut self, cond: &Cond) -> Step {
        self.left = MAX_STEPS;
        self.slots.clear();
        self.step(cond)
    }

    fn each(&mut self, binder: &BinderPlan) -> Option<Each> {
        let pairs = binder.pair.is_some();
        if self.slots.len() + 1 + usize::from(pairs) > DEPTH {
            return None;
        }
        let over = match self.p.binders.get(binder.list as usize)? {
            List::Field { field, stride, arena } => {
                Over::List { place: self.place(field)?, arena: *arena, stride: *stride }
            }
            List::Table(table) if !pairs => Over::Table(*table),
            List::Sources(sources) => {
                let root = sources.iter().map(|(_, field)| matches!(field.base, Base::Root).then_some(field.offset));
                Over::Sources(root.collect::<Option<_>>()?)
            }
            _ => return None,
        };
        self.slots.push(binder.slot);
        self.slots.extend(binder.pair);
        let level = u8::try_from(self.slots.len() - usize::from(pairs)).ok()?;
        Some(Each { over, pairs, nests: true, level })
    }

    fn step(&mut self, cond: &Cond) -> Step {
        if self.left == 0 {
            return Step::Open;
        }
        self.left -= 1;
        self.known(&cond.test).unwrap_or(Step::Open)
    }

    fn known(&mut self, test: &Test) -> Option<Step> {
        Some(match test {
            Test::Const(truth) => Step::Const(*truth),
            Test::Not(inner) => Step::Not(Box::new(self.closed(inner)?)),
            Test::Known(inner) => Step::Known(Box::new(self.closed(inner)?)),
            Test::And(parts) => Step::And(self.parts(parts)?),
            Test::Or(parts) => Step::Or(self.parts(parts)?),
            Test::AtLeast(count, parts) => Step::AtLeast(*count, self.parts(parts)?),
            Test::Raised(index) => Step::Raised(*index),
            Test::Shared(index) => Step::Shared(*index),
            Test::Flag(value) => Step::CodeIs { place: self.field(value)?, code: 0, equal: false },
            Test::Codes { equal, left, right } => self.codes(*equal, left, right)?,
            Test::CodeIn { value, codes } => {
                let mut bits = vec![0; codes.iter().max().map_or(0, |most| *most as usize / 64 + 1)];
                for code in codes {
                    *bits.get_mut(*code as usize / 64)? |= 1 << (code % 64);
                }
                Step::CodeIn { place: self.field(value)?, bits: bits.into() }
            }
            Test::Numbers { op, left, right } => match (self.number(left)?, self.number(right)?) {
                (Number::Field(place), Number::Const(number)) => Step::NumberIs { op: *op, place, number },
                (Number::Arith(ArithOp::Sub, parts), Number::Const(number)) => difference(*op, *parts, number),
                sides => Step::Numbers { op: *op, sides: Box::new(sides.into()) },
            },
            Test::Dates { op, left, right } => match (self.day(left)?, self.day(right)?) {
                (Day::Field(left), Day::Field(right)) => Step::DateFields { op: *op, left, right },
                sides => Step::Dates { op: *op, sides: Box::new(sides.into()) },
            },
            Test::Lengths { op, left, right } => self.lengths(*op, left, right)?,
            Test::Is { value, state } => self.state(value, *state)?,
            Test::Texts { equal, left, right } => {
                let identifier = left.ty == Ty::Identifier || right.ty == Ty::Identifier;
                Step::TextIs { equal: *equal, identifier, sides: Box::new([self.text(left)?, self.text(right)?]) }
            }
            Test::Like { op, left, right } => {
                Step::Like { op: *op, sides: Box::new([self.text(left)?, self.text(right)?]) }
            }
            Test::InValues { value, equalities } => self.among(value, equalities)?,
            Test::InList { value, list } => self.in_list(value, *list)?,
            Test::Matches { value, regex } => Step::Matches { value: Box::new(self.text(value)?), regex: *regex },
            Test::Mentions { exactly, left, right } => {
                Step::Mentions { exactly: *exactly, sides: Box::new([self.text(left)?, self.text(right)?]) }
            }
            Test::Agrees { kind, left, right } => {
                Step::Agrees { kind: *kind, sides: Box::new([self.text(left)?, self.text(right)?]) }
            }
            Test::Quantified { quantifier, binders, body } => {
                let counted = matches!(quantifier, Quantifier::AtLeast(_));
                if counted && binders.len() > 1 {
                    return None;
                }
                self.inside(*quantifier, binders, body)?
            }
            _ => return None,
        })
    }

    /// A step that is of use.
    fn closed(&mut self, cond: &Cond) -> Option<Step> {
        Some(self.step(cond)).filter(|step| !matches!(step, Step::Open))
    }

    /// Parts of which at least one is of use.
    fn parts(&mut self, parts: &[Cond]) -> Option<Box<[Step]>> {
        let steps: Box<[Step]> = parts.iter().map(|part| self.step(part)).collect();
        steps.iter().any(|step| !matches!(step, Step::Open)).then_some(steps)
    }

    /// A condition inside of what goes through lists, the outermost first: "no e, f" is "no e: any f", "all e, f" is "all e: all f".
    fn inside(&mut self, quantifier: Quantifier, binders: &[BinderPlan], body: &Cond) -> Option<Step> {
        let Some((binder, rest)) = binders.split_first() else { return self.closed(body) };
        if quantifier == Quantifier::AtLeast(0) {
            return None;
        }
        let inner = if quantifier == Quantifier::No { Quantifier::Any } else { quantifier };
        let depth = self.slots.len();
        let each = self.each(binder);
        let body = if each.is_some() { self.inside(inner, rest, body) } else { None };
        self.slots.truncate(depth);
        let (mut each, body) = (each?, body?);
        each.nests = nests(&body);
        Some(Step::Quantified(Box::new(Inner { quantifier, each, body })))
    }

    /// The column of a row that is bound.
    fn column(&self, value: &Value) -> Option<Column> {
        let Node::Column { table, column, row: Row::Binder(slot) } = &value.node else { return None };
        Some(Column { level: self.level(*slot)?, table: *table, index: *column })
    }

    pub(super) fn place(&self, field: &Field) -> Option<Place> {
        let level = match field.base {
            Base::Root => 0,
            Base::Binder(slot) => self.level(slot)?,
            Base::End(_) => return None,
        };
        Some(Place { level, offset: field.offset })
    }

    fn level(&self, slot: u8) -> Option<u8> {
        let index = self.slots.iter().rposition(|bound| *bound == slot)?;
        u8::try_from(index + 1).ok()
    }

    /// The cell of a value that is a field or an element of a list.
    pub(super) fn field(&self, value: &Value) -> Option<Place> {
        match &value.node {
            Node::Field(field) => self.place(field),
            Node::Element(slot) => Some(Place { level: self.level(*slot)?, offset: 0 }),
            _ => None,
        }
    }

    fn codes(&mut self, equal: bool, left: &Value, right: &Value) -> Option<Step> {
        match (&left.node, &right.node) {
            (Node::Code(code), _) => {
                Some(Step::CodeIs { place: self.field(right)?, code: u16::try_from(*code).ok()?, equal })
            }
            (_, Node::Code(code)) => {
                Some(Step::CodeIs { place: self.field(left)?, code: u16::try_from(*code).ok()?, equal })
            }
            _ => Some(Step::CodesEqual { left: self.field(left)?, right: self.field(right)?, equal }),
        }
    }

    fn number(&mut self, value: &Value) -> Option<Number> {
        self.count()?;
        Some(match &value.node {
            Node::Number(number) => Number::Const(*number),
            Node::Score => Number::Score,
            Node::Categories => Number::Categories,
            Node::Field(_) | Node::Element(_) => Number::Field(self.field(value)?),
            Node::Prop(base, Prop::Year) if base.ty == Ty::Date => match self.day(base)? {
                Day::Field(place) => Number::Year(place),
                day => Number::YearOf(day),
            },
            Node::Prop(base, Prop::ListLength) => match &base.node {
                Node::Field(field) => Number::Count(self.place(field)?),
                _ => return None,
            },
            Node::Arith(op, left, right) => Number::Arith(*op, Box::new([self.number(left)?, self.number(right)?])),
            Node::Coalesce(left, right) => Number::Or(self.field(left)?, Box::new(self.number(right)?)),
            Node::Let(index) => return self.named(*index, Self::number),
            _ => return None,
        })
    }

    fn day(&mut self, value: &Value) -> Option<Day> {
        self.count()?;
        Some(match &value.node {
            Node::Date(date) => Day::Const(*date),
            Node::Field(_) | Node::Element(_) => Day::Field(self.field(value)?),
            Node::AsOf => Day::AsOf,
            Node::Column { row: Row::Binder(_), .. } => Day::Row(self.column(value)?),
            Node::Coalesce(left, right) => Day::Or(self.field(left)?, Box::new(self.day(right)?)),
            Node::Let(index) => return self.named(*index, Self::day),
            _ => return None,
        })
    }

    fn lengths(&mut self, op: CompareOp, left: &Value, right: &Value) -> Option<Step> {
        let Node::Length(length) = &right.node else { return None };
        match &left.node {
            Node::Arith(ArithOp::Sub, late, early) if late.ty == Ty::Date => {
                Some(Step::Between { op, dates: Box::new([self.day(late)?, self.day(early)?]), length: *length })
            }
            Node::Overlap(a, b) => {
                let (Node::Period(a_start, a_end), Node::Period(b_start, b_end)) = (&a.node, &b.node) else {
                    return None;
                };
                let Length { months: 0, days, micros: 0 } = *length else { return None };
                let ends = [self.day(a_start)?, self.day(a_end)?, self.day(b_start)?, self.day(b_end)?];
                Some(Step::Overlap { op, ends: Box::new(ends), days })
            }
            _ => None,
        }
    }

    fn state(&mut self, value: &Value, state: State) -> Option<Step> {
        let place = self.field(value)?;
        let doubt = match &value.ty {
            ty if is_words(ty) => Doubt::Nothing,
            Ty::Number | Ty::Country | Ty::Bool | Ty::OneOf(_) | Ty::Instant => Doubt::Nothing,
            Ty::Record(_) | Ty::List(_) if matches!(value.node, Node::Field(_)) => Doubt::Nothing,
            Ty::Date => Doubt::OpenDate,
            Ty::Phone | Ty::Email | Ty::Url => Doubt::Readable,
            _ => return None,
        };
        Some(Step::State { place, state, doubt })
    }

    fn text(&mut self, value: &Value) -> Option<Text> {
        self.count()?;
        Some(match &value.node {
            Node::Text(index) => Text::Const(*index),
            Node::Field(_) | Node::Element(_) if is_words(&value.ty) => Text::Field(self.field(value)?),
            Node::Prop(words, end @ (Prop::First | Prop::Last)) => {
                let Node::Prop(text, Prop::Words) = &words.node else { return None };
                let text = Box::new(self.text(text)?);
                if *end == Prop::First { Text::FirstWord(text) } else { Text::LastWord(text) }
            }
            Node::Prop(mail, part @ (Prop::EmailLocal | Prop::EmailHost)) if mail.ty == Ty::Email => {
                let place = self.field(mail)?;
                if place.level == 0 {
                    self.mail.push(place.offset);
                }
                Text::Mail(place, if *part == Prop::EmailLocal { MailPart::Local } else { MailPart::Host })
            }
            Node::Column { row: Row::Binder(_), .. } if is_words(&value.ty) => Text::Row(self.column(value)?),
            Node::Column { table, column, row: Row::Lookup(key) } if is_words(&value.ty) => match key.ty {
                Ty::Country => Text::Column { table: *table, column: *column, key: self.field(key)? },
                _ => return None,
            },
            Node::Coalesce(left, right) if is_words(&left.ty) => {
                Text::Or(self.field(left)?, Box::new(self.text(right)?))
            }
            Node::Let(index) if is_words(&value.ty) => return self.named(*index, Self::text),
            _ => return None,
        })
    }

    /// Counts a part of a step.
    fn count(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        Some(())
    }

    /// The value that a `let` names, which knows nothing of what is bound around it.
    fn named<T>(&mut self, index: u32, read: impl FnOnce(&mut Self, &Value) -> Option<T>) -> Option<T> {
        let p = self.p;
        let value = p.lets.get(index as usize)?;
        let slots = std::mem::take(&mut self.slots);
        let found = read(self, value);
        self.slots = slots;
        found
    }

    /// Text among literals, which folds.
    fn among(&mut self, value: &Value, equalities: &[Cond]) -> Option<Step> {
        let texts = equalities.iter().map(|equality| match &equality.test {
            Test::Like { op: CompareOp::SameAs, right: Value { node: Node::Text(index), .. }, .. } => Some(*index),
            _ => None,
        });
        match texts.collect::<Option<Box<[u32]>>>() {
            Some(texts) => Some(Step::TextIn { value: Box::new(self.text(value)?), texts }),
            None => Some(Step::Or(self.parts(equalities)?)),
        }
    }

    fn in_list(&mut self, value: &Value, list: u32) -> Option<Step> {
        match &self.p.lists.get(list as usize)?.entries {
            entries if entries.is_empty() => Some(Step::Const(false.into())),
            Entries::Unfilled => {
                let plain = is_words(&value.ty) || matches!(value.ty, Ty::Country | Ty::OneOf(_));
                Some(Step::Unfilled(if plain { self.field(value) } else { None }))
            }
            Entries::Texts { .. } => {
                let identifier = value.ty == Ty::Identifier;
                Some(Step::TextInList { value: Box::new(self.text(value)?), identifier, list })
            }
            Entries::Codes(_) => Some(Step::CodeInList { place: self.field(value)?, list }),
            _ => None,
        }
    }
}

/// A difference against a number.
fn difference(op: CompareOp, parts: [Number; 2], number: f64) -> Step {
    match parts {
        [Number::Const(from), Number::Field(place)] => Step::LeftOf { op, numbers: Box::new([from, number]), place },
        [Number::Year(late), Number::Year(early)] => Step::Years { op, late, early, number: Box::new(number) },
        parts => {
            let difference = Number::Arith(ArithOp::Sub, Box::new(parts));
            Step::Numbers { op, sides: Box::new([difference, Number::Const(number)]) }
        }
    }
}

/// Whether a step goes through a list.
fn nests(step: &Step) -> bool {
    match step {
        Step::Not(inner) | Step::Known(inner) => nests(inner),
        Step::And(parts) | Step::Or(parts) | Step::AtLeast(_, parts) => parts.iter().any(nests),
        Step::Quantified(_) => true,
        _ => false,
    }
}
