//! Where a path leads in the application or in a table, and what is cited for it.

use super::calendar::Day;
use super::read::{Lack, Value, given, is_present, read};
use super::schema::Type;
use super::{Evidence, Truth, fold};
use serde_json::Value as Json;

/// A place in the application, in a row of a table, or among the words of a text.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) ty: Type,
    /// What was given there.
    pub(crate) json: Option<Json>,
    /// Whether something above it is not of its type, so that nothing can stand here; `json` is then that.
    pub(crate) broken: bool,
    /// What is cited before it: the key of a look-up.
    pub(crate) before: Evidence,
    /// What is cited instead of it: the list of a first element, the text of a word.
    pub(crate) instead: Option<Evidence>,
    /// Whether it lies in a table, whose list cells are cited as a whole.
    pub(crate) in_table: bool,
    /// Whether it is an element of a list, and no part of one.
    pub(crate) element: bool,
}

/// Something that has properties.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Place(Place),
    Value(Found),
}

/// A value with the evidence for it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) value: Result<Value, Lack>,
    pub(crate) evidence: Evidence,
}

/// A truth with the evidence for it.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) truth: Truth,
    pub(crate) evidence: Evidence,
}

/// The day of the evaluation.
#[derive(Debug, Clone)]
pub(crate) struct AsOf {
    pub(crate) day: Option<Day>,
    /// What is cited for it: `submitted`, unless the caller gave the day.
    pub(crate) evidence: Evidence,
}

impl Found {
    pub(crate) fn new(value: Result<Value, Lack>, evidence: Evidence) -> Self {
        Self { value, evidence }
    }
}

impl Place {
    /// The application itself.
    pub(crate) fn root(ty: &Type, record: &Json) -> Self {
        Self {
            path: String::new(),
            ty: ty.clone(),
            json: Some(record.clone()),
            broken: false,
            before: Evidence::default(),
            instead: None,
            in_table: false,
            element: false,
        }
    }

    /// What is cited for this place.
    pub(crate) fn evidence(&self, as_of: &AsOf) -> Evidence {
        let mut evidence = self.instead.clone().unwrap_or_else(|| {
            let value = self.json.clone().unwrap_or(Json::Null);
            self.before.clone().and(Evidence::one(self.path.clone(), value))
        });
        if self.ty == Type::Date && self.json.as_ref().and_then(Json::as_str).is_some_and(is_present) {
            evidence.add(as_of.evidence.clone());
        }
        evidence
    }

    /// Missing, unparsable, or neither.
    pub(crate) fn lack(&self, as_of: &AsOf) -> Option<Lack> {
        if self.broken {
            return Some(Lack::Unparsable);
        }
        let Some(json) = &self.json else { return Some(Lack::Missing) };
        match &self.ty {
            Type::List(_) => (!json.is_array()).then_some(Lack::Unparsable),
            Type::Record(_) => (!json.is_object()).then_some(Lack::Unparsable),
            Type::Date if json.as_str().is_some_and(is_present) => None,
            ty => read(ty, json, as_of.day).err(),
        }
    }

    /// The value here.
    pub(crate) fn found(&self, as_of: &AsOf) -> Found {
        let value = match (self.lack(as_of), &self.json) {
            (None, Some(json)) => read(&self.ty, json, as_of.day),
            (lack, _) => Err(lack.unwrap_or(Lack::Missing)),
        };
        Found::new(value, self.evidence(as_of))
    }

    /// The field of a record.
    pub(crate) fn field(&self, name: &str) -> Option<Self> {
        let field = self.ty.field(name)?;
        let inside = self.json.as_ref();
        let broken = self.broken || inside.is_some_and(|json| !json.is_object());
        Some(Self {
            path: if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) },
            ty: field.ty.clone(),
            json: if broken { inside.cloned() } else { given(inside.and_then(|json| json.get(&field.key))).cloned() },
            broken,
            element: false,
            ..self.clone()
        })
    }

    /// The elements of a list, or why there are none.
    pub(crate) fn elements(&self, as_of: &AsOf) -> Result<Vec<Self>, Lack> {
        if let Some(lack) = self.lack(as_of) {
            return Err(lack);
        }
        let (Some(Json::Array(items)), Type::List(ty)) = (&self.json, &self.ty) else { return Err(Lack::Undecided) };
        let element = |(index, item): (usize, &Json)| Self {
            path: format!("{}[{index}]", self.path),
            ty: ty.as_ref().clone(),
            json: given(Some(item)).cloned(),
            element: true,
            instead: if self.in_table { Some(self.evidence(as_of)) } else { self.instead.clone() },
            ..self.clone()
        };
        Ok(items.iter().enumerate().map(element).collect())
    }

    /// A property, or a field.
    pub(crate) fn property(&self, name: &str, as_of: &AsOf) -> Option<Node> {
        let evidence = self.evidence(as_of);
        let value = |value: Result<Value, Lack>| Some(Node::Value(Found::new(value, evidence.clone())));
        let text = self.json.as_ref().and_then(Json::as_str);
        match (&self.ty, name) {
            (Type::Record(_), _) => self.field(name).map(Node::Place),
            (Type::List(_), "length") => {
                let length = self.elements(as_of).map(|elements| elements.len());
                value(length.map(|length| Value::Number(f64::from(u32::try_from(length).unwrap_or(u32::MAX)))))
            }
            (Type::List(element), "first" | "last") => {
                let found = self.elements(as_of);
                let broken = found == Err(Lack::Unparsable);
                let elements = found.unwrap_or_default();
                let end = if name == "first" { elements.first() } else { elements.last() };
                let json = end.and_then(|end| end.json.clone());
                let ty = element.as_ref().clone();
                Some(Node::Place(Self { ty, json, broken, instead: Some(evidence), ..self.clone() }))
            }
            // What was written needs no evaluation date; where a record belongs, it is what stands there.
            (_, "raw") => {
                let nobody = AsOf { day: None, evidence: Evidence::default() };
                let value = match text {
                    Some(text) => Ok(Value::Text(text.to_owned())),
                    None => Err(self.lack(as_of).unwrap_or(Lack::Undecided)),
                };
                Some(Node::Value(Found::new(value, self.evidence(&nobody))))
            }
            (Type::Text | Type::Name, "words") => {
                let lack = self.lack(as_of);
                let words = text.filter(|_| lack.is_none()).map(fold::words);
                let (ty, broken) = (Type::List(Box::new(Type::Text)), lack == Some(Lack::Unparsable));
                Some(Node::Place(Self {
                    ty,
                    json: words.map(Json::from),
                    broken,
                    instead: Some(evidence),
                    ..self.clone()
                }))
            }
            (Type::Date, "precision") => value(match (self.lack(as_of), text.map(str::trim)) {
                (Some(lack), _) => Err(lack),
                (None, Some(text)) if is_present(text) => Ok(Value::Code("present".to_owned())),
                (None, text) => Ok(Value::Code(match text.map_or(0, str::len) {
                    4 => "year".to_owned(),
                    7 => "month".to_owned(),
                    _ => "day".to_owned(),
                })),
            }),
            _ => self.found(as_of).property(name).map(Node::Value),
        }
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.json == other.json
    }
}
