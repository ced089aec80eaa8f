//! Values of expressions: literals, paths, look-ups, arithmetic, differences and periods.

use super::calendar::{self, Day};
use super::lengths::{Length, Written};
use super::place::{AsOf, Found, Node, Place};
use super::read::{Lack, Value, given, read};
use super::schema::Type;
use super::{Evidence, Reference, countries, fold};
use indicia_dsl::ast::{Aggregate, ArithOp, Expr, ExprKind, PathExpr};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// One application before the ruleset.
pub(crate) struct Case<'r> {
    pub(crate) rules: &'r Reference,
    pub(crate) root: Place,
    pub(crate) as_of: AsOf,
}

/// The names that are bound, and whether a shadow indicator asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Env {
    pub(crate) bound: Vec<(String, Place)>,
    pub(crate) in_shadow: bool,
}

impl Env {
    /// Outside of all binders.
    pub(crate) fn apart(&self) -> Self {
        Self { bound: Vec::new(), in_shadow: self.in_shadow }
    }

    /// With one more name.
    pub(crate) fn with(&self, name: &str, place: Place) -> Self {
        let mut env = self.clone();
        env.bound.push((name.to_owned(), place));
        env
    }
}

impl Found {
    /// A property of a value that lies nowhere.
    pub(crate) fn property(&self, name: &str) -> Option<Self> {
        let value = match (&self.value, name) {
            (Err(lack), _) => Err(*lack),
            (Ok(Value::Text(text)), "length") => {
                Ok(Value::Number(f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX))))
            }
            (Ok(Value::Days(days)), "year") => {
                let years: BTreeSet<i64> = days.iter().map(|day| calendar::civil(*day).0).collect();
                match years.iter().copied().collect::<Vec<_>>().as_slice() {
                    [year] => Ok(Value::Number(f64::from(i32::try_from(*year).unwrap_or_default()))),
                    _ => Err(Lack::Undecided),
                }
            }
            // Of days that were found and not written, by how far apart they are.
            (Ok(Value::Days(days)), "precision") => {
                let last = days.last().copied().unwrap_or_default();
                let word = match last - days.first().copied().unwrap_or_default() {
                    _ if last == calendar::last_of_all() => "present",
                    0 => "day",
                    1..32 => "month",
                    _ => "year",
                };
                Ok(Value::Code(word.to_owned()))
            }
            (Ok(Value::Instant(instant)), "date") => Ok(Value::Days(vec![calendar::day_of(*instant)])),
            (Ok(Value::Code(code)), "name") => countries::name(code).map(Value::Text).ok_or(Lack::Undecided),
            _ => return None,
        };
        Some(Self::new(value, self.evidence.clone()))
    }
}

impl Case<'_> {
    /// Where a path, a look-up or a property of one leads.
    pub(crate) fn node(&self, expr: &Expr, env: &Env) -> Option<Node> {
        match &expr.kind {
            ExprKind::Path(path) => {
                let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
                let (first, rest) = names.split_first()?;
                let start = self.named(first, env)?;
                rest.iter().try_fold(start, |node, name| self.step(&node, name))
            }
            ExprKind::Lookup { table, key } => self.lookup(&table.text, key, env).map(Node::Place),
            ExprKind::Coalesce(left, right) => {
                let (Node::Place(left), Node::Place(right)) = (self.node(left, env)?, self.node(right, env)?) else {
                    return None;
                };
                let both = left.evidence(&self.as_of).and(right.evidence(&self.as_of));
                let first = if left.lack(&self.as_of) == Some(Lack::Missing) { right } else { left };
                Some(Node::Place(Place { instead: Some(both), ..first }))
            }
            ExprKind::Property { base, name } => match self.node(base, env) {
                Some(node) => self.step(&node, &name.text),
                None => self.value(base, env, None).property(&name.text).map(Node::Value),
            },
            _ => None,
        }
    }

    fn named(&self, name: &str, env: &Env) -> Option<Node> {
        if let Some((_, place)) = env.bound.iter().rev().find(|(bound, _)| bound == name) {
            return Some(Node::Place(place.clone()));
        }
        if name == "as_of" {
            let day = self.as_of.day.map(|day| Value::Days(vec![day])).ok_or(Lack::Undecided);
            return Some(Node::Value(Found::new(day, self.as_of.evidence.clone())));
        }
        if let Some(place) = self.root.field(name) {
            return Some(Node::Place(place));
        }
        let named = self.rules.lets.get(name).or_else(|| self.rules.settings.get(name))?;
        self.node(named, &env.apart()).or_else(|| Some(Node::Value(self.value(named, &env.apart(), None))))
    }

    fn step(&self, node: &Node, name: &str) -> Option<Node> {
        match node {
            Node::Place(place) => place.property(name, &self.as_of),
            Node::Value(found) => found.property(name).map(Node::Value),
        }
    }

    /// The row of a table, as a place whose fields are its cells.
    fn lookup(&self, table: &str, key: &Expr, env: &Env) -> Option<Place> {
        let declared = self.rules.schema.tables.get(table)?;
        let key = self.value(key, env, Some(&declared.key.ty));
        let shape = self.row_shape(table)?;
        let wanted = match &key.value {
            Ok(value) => value,
            Err(lack) => {
                let (broken, instead) = (*lack == Lack::Unparsable, Some(key.evidence));
                return Some(Place { json: None, broken, instead, in_table: true, ..Place::root(&shape, &Json::Null) });
            }
        };
        let text = match wanted {
            Value::Text(text) | Value::Code(text) => text.clone(),
            _ => return None,
        };
        let rows = self.rules.rows.get(table).into_iter().flatten();
        let row = rows.into_iter().find(|row| {
            let cell = given(row.get(&declared.key.name)).map(|json| read(&declared.key.ty, json, None));
            match (cell, wanted) {
                (Some(Ok(Value::Text(cell))), Value::Text(text)) => fold::fold(&cell) == fold::fold(text),
                (Some(Ok(cell)), wanted) => cell == *wanted,
                _ => false,
            }
        });
        let json = row.map(|row| Json::Object(row.clone().into_iter().collect()));
        let path = format!("{table}[{}]", Json::from(text));
        Some(Place { path, json, before: key.evidence, in_table: true, ..Place::root(&shape, &Json::Null) })
    }

    /// A row of a table as a record: its key and its columns.
    pub(crate) fn row_shape(&self, table: &str) -> Option<Type> {
        let declared = self.rules.schema.tables.get(table)?;
        let mut fields = vec![declared.key.clone()];
        fields.extend(declared.columns.iter().cloned());
        Some(Type::Record(fields))
    }

    /// The declared type of an expression, where it has one.
    pub(crate) fn type_of(&self, expr: &Expr, env: &Env) -> Option<Type> {
        match &expr.kind {
            ExprKind::Coalesce(left, right) => self.type_of(left, env).or_else(|| self.type_of(right, env)),
            ExprKind::Property { name, .. } if name.text == "precision" => Some(Type::Text),
            _ => match self.node(expr, env)? {
                Node::Place(place) => Some(place.ty),
                Node::Value(_) => None,
            },
        }
    }

    /// The value of an expression; `hint` is the type of the other side, by which a literal is read.
    pub(crate) fn value(&self, expr: &Expr, env: &Env, hint: Option<&Type>) -> Found {
        let literal = |value: Value| Found::new(Ok(value), Evidence::default());
        match &expr.kind {
            ExprKind::Bool(value) => literal(Value::Bool(*value)),
            ExprKind::Number(number) => literal(Value::Number(*number)),
            ExprKind::Text(text) => match hint {
                Some(Type::Country) => {
                    Found::new(countries::code(text).map(Value::Code).ok_or(Lack::Unparsable), Evidence::default())
                }
                Some(Type::OneOf(_)) => literal(Value::Code(text.clone())),
                _ => literal(Value::Text(text.trim().to_owned())),
            },
            ExprKind::Date(text) => {
                Found::new(calendar::days_of(text).map(Value::Days).ok_or(Lack::Unparsable), Evidence::default())
            }
            ExprKind::Instant(text) => {
                let instant = calendar::instant_of(text).map(Value::Instant);
                Found::new(instant.ok_or(Lack::Unparsable), Evidence::default())
            }
            ExprKind::Duration { count, unit } => literal(Value::Length(Length::Written(Written::new(*count, *unit)))),
            ExprKind::Path(path) => match self.node(expr, env).filter(|_| !is_word(path, hint)) {
                Some(Node::Place(place)) => place.found(&self.as_of),
                Some(Node::Value(found)) => found,
                None => value_of_word(path.names.first().map_or("", |name| name.text.as_str())),
            },
            ExprKind::Lookup { .. } | ExprKind::Property { .. } => match self.node(expr, env) {
                Some(Node::Place(place)) => place.found(&self.as_of),
                Some(Node::Value(found)) => found,
                None => Found::new(Err(Lack::Undecided), Evidence::default()),
            },
            ExprKind::Coalesce(left, right) => {
                let (left, right) = (self.value(left, env, hint), self.value(right, env, hint));
                let value = if left.value == Err(Lack::Missing) { right.value } else { left.value };
                Found::new(value, left.evidence.and(right.evidence))
            }
            ExprKind::Arith { op, left, right, .. } => {
                let (left, right) = (self.value(left, env, None), self.value(right, env, None));
                let value = match (left.value, right.value) {
                    (Ok(left), Ok(right)) => match arithmetic(*op, left, right) {
                        Ok(Value::Number(number)) if !number.is_finite() => Err(Lack::Undecided),
                        found => found,
                    },
                    (Err(lack), _) | (_, Err(lack)) => Err(lack),
                };
                Found::new(value, left.evidence.and(right.evidence))
            }
            ExprKind::Neg(inner) => {
                let inner = self.value(inner, env, None);
                let value = inner.value.and_then(|value| match value {
                    Value::Number(number) => Ok(Value::Number(-number)),
                    _ => Err(Lack::Undecided),
                });
                Found::new(value, inner.evidence)
            }
            ExprKind::Period(start, end) => {
                let (start, end) = (self.value(start, env, None), self.value(end, env, None));
                let value = match (start.value, end.value) {
                    (Ok(Value::Days(start)), Ok(Value::Days(end))) => Ok(Value::Period(start, end)),
                    _ => Err(Lack::Undecided),
                };
                Found::new(value, start.evidence.and(end.evidence))
            }
            ExprKind::Overlap(one, other) => {
                let (one, other) = (self.value(one, env, None), self.value(other, env, None));
                let value = match (one.value, other.value) {
                    (Ok(Value::Period(a, b)), Ok(Value::Period(c, d))) => overlap([&a, &b], [&c, &d]),
                    _ => Err(Lack::Undecided),
                };
                Found::new(value, one.evidence.and(other.evidence))
            }
            ExprKind::Aggregate { function: Aggregate::Count, binders, body } => self.count(binders, body, env),
            ExprKind::Aggregate { function, binders, body } => {
                self.extreme(*function == Aggregate::Latest, binders, body, env)
            }
            _ => {
                let judged = self.truth(expr, env);
                let value = match judged.truth {
                    super::Truth::True => Ok(Value::Bool(true)),
                    super::Truth::False => Ok(Value::Bool(false)),
                    super::Truth::Unknown => Err(Lack::Undecided),
                };
                Found::new(value, judged.evidence)
            }
        }
    }
}

/// Whether a bare name is a word of the `one of` on the other side.
fn is_word(path: &PathExpr, hint: Option<&Type>) -> bool {
    match (hint, path.names.as_slice()) {
        (Some(Type::OneOf(words)), [name]) => words.contains(&name.text),
        _ => false,
    }
}

/// A bare word opposite a country or a `one of`.
fn value_of_word(word: &str) -> Found {
    let code = countries::code(word).unwrap_or_else(|| word.to_owned());
    Found::new(Ok(Value::Code(code)), Evidence::default())
}

fn arithmetic(op: ArithOp, left: Value, right: Value) -> Result<Value, Lack> {
    let add = op == ArithOp::Add;
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => match op {
            ArithOp::Add => Ok(Value::Number(a + b)),
            ArithOp::Sub => Ok(Value::Number(a - b)),
            ArithOp::Mul => Ok(Value::Number(a * b)),
            ArithOp::Div if b == 0.0 => Err(Lack::Undecided),
            ArithOp::Div => Ok(Value::Number(a / b)),
        },
        (Value::Days(days), Value::Length(length)) => {
            let length = length.as_written().ok_or(Lack::Undecided)?;
            let length = if add { length } else { length.negated() };
            Ok(Value::Days(length.after_all(&days)))
        }
        (Value::Instant(instant), Value::Length(length)) => {
            let length = length.as_written().ok_or(Lack::Undecided)?;
            Ok(Value::Instant((if add { length } else { length.negated() }).after_instant(instant)))
        }
        (Value::Days(late), Value::Days(early)) => Ok(Value::Length(Length::Between { late, early, overlap: false })),
        (Value::Instant(late), Value::Instant(early)) => Ok(Value::Length(Length::Micros { late, early })),
        (Value::Length(one), Value::Length(other)) => {
            let (one, other) = (one.possible_days(), other.possible_days());
            let each = one.iter().flat_map(|a| other.iter().map(move |b| if add { a + b } else { a - b }));
            Ok(Value::Length(Length::Counted(each.collect())))
        }
        _ => Err(Lack::Undecided),
    }
}

/// The least end less the greatest start; a period that surely ends before it starts decides nothing.
fn overlap(one: [&Vec<Day>; 2], other: [&Vec<Day>; 2]) -> Result<Value, Lack> {
    if inverted(one[0], one[1]) || inverted(other[0], other[1]) {
        return Err(Lack::Undecided);
    }
    let each = |a: &[Day], b: &[Day], pick: fn(Day, Day) -> Day| -> Vec<Day> {
        let days: BTreeSet<Day> = a.iter().flat_map(|a| b.iter().map(move |b| pick(*a, *b))).collect();
        days.into_iter().collect()
    };
    let (early, late) = (each(one[0], other[0], Day::max), each(one[1], other[1], Day::min));
    Ok(Value::Length(Length::Between { late, early, overlap: true }))
}

/// Whether a period surely ends before it starts.
pub(crate) fn inverted(start: &[Day], end: &[Day]) -> bool {
    start.iter().all(|start| end.iter().all(|end| end < start))
}
