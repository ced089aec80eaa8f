//! Which columns of a table are which fields of the record: by their names, by dotted names, or by a mapping.

use arrow_schema::{DataType, SchemaRef};
use indicia::Ruleset;
use std::collections::BTreeMap;

/// What a ruleset reads at a place of the record: the type of a value, the fields of a record, the elements of a list.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    ty: String,
    fields: BTreeMap<String, Wanted>,
    element: Option<Box<Wanted>>,
}

static UNREAD: Wanted = Wanted { ty: String::new(), fields: BTreeMap::new(), element: None };

impl Wanted {
    pub(crate) fn of(ruleset: &Ruleset) -> Self {
        let mut root = Self::default();
        for input in ruleset.inputs() {
            let mut at = &mut root;
            for part in input.key.split('.') {
                let name = part.trim_end_matches("[]");
                at = at.fields.entry(name.to_owned()).or_default();
                for _ in 0..(part.len() - name.len()) / 2 {
                    at = at.element.get_or_insert_default();
                }
            }
            let mut ty = input.ty.as_str();
            while let Some(of) = ty.strip_prefix("list of ") {
                at = at.element.get_or_insert_default();
                ty = of;
            }
            ty.clone_into(&mut at.ty);
        }
        root
    }

    /// What is read of a record's field.
    pub(crate) fn field(&self, key: &str) -> &Self {
        self.fields.get(key).unwrap_or(&UNREAD)
    }

    /// What is read of a list's elements.
    pub(crate) fn element(&self) -> &Self {
        self.element.as_deref().unwrap_or(&UNREAD)
    }

    /// Whether nothing is read here.
    fn is_unread(&self) -> bool {
        self.ty.is_empty() && self.fields.is_empty() && self.element.is_none()
    }

    /// Whether values of a type of Arrow can be what is read.
    pub(crate) fn fits(&self, found: &DataType) -> bool {
        match found {
            DataType::Null => true,
            DataType::Dictionary(_, values) => self.fits(values),
            _ if self.element.is_some() => is_list(found),
            _ if !self.fields.is_empty() => matches!(found, DataType::Struct(_)),
            _ => match self.ty.as_str() {
                "number" => found.is_numeric(),
                "bool" => *found == DataType::Boolean,
                "date" => {
                    is_text(found) || matches!(found, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..))
                }
                "instant" => is_text(found) || matches!(found, DataType::Timestamp(..)),
                ty if is_text_type(ty) => is_text(found),
                _ => true,
            },
        }
    }

    /// The fields that are read of the application itself.
    pub(crate) fn top(&self) -> Vec<&str> {
        self.names().collect()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }
}

fn is_text_type(ty: &str) -> bool {
    let types = ["text", "country", "phone", "email", "url", "ip", "network", "person", "organisation"];
    types.contains(&ty) || ty.starts_with("one of")
}

fn is_text(found: &DataType) -> bool {
    matches!(found, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn is_list(found: &DataType) -> bool {
    matches!(found, DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..))
}

/// Where the parts of an application lie among the columns of a table.
#[derive(Debug)]
pub(crate) enum Shape {
    /// In one column, nested as it is.
    Column(usize),
    /// Field by field.
    Fields(BTreeMap<String, Shape>),
    /// Element by element.
    Elements(Vec<Shape>),
}

/// A part of a path.
enum Part<'p> {
    Field(&'p str),
    Element(usize),
}

/// The most elements that a mapping may name of one list.
const MOST_ELEMENTS: usize = 1_000;
/// The most parts that a path may have: as deep as a record may be nested.
const MOST_PARTS: usize = 64;

impl Shape {
    /// The application in a table: each column by its name, which may be a path with dots, and those of the mapping by theirs.
    pub(crate) fn of(schema: &SchemaRef, wanted: &Wanted, mapping: &[(String, String)]) -> Result<Self, String> {
        let mut shape = Self::Fields(BTreeMap::new());
        for (column, path) in mapping {
            if schema.fields().iter().filter(|field| field.name() == column).count() > 1 {
                return Err(format!("the table has several columns `{column}`"));
            }
            let (index, _) = schema.column_with_name(column).ok_or_else(|| {
                let known: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
                format!("mapping: the table has no column `{column}`; its columns: {}", known.join(", "))
            })?;
            let parts = parts(path)
                .ok_or_else(|| format!("mapping: `{path}` is no path such as `form.phone` or `resume.work[0].name`"))?;
            known(wanted, &parts, path)?;
            shape.put(&parts, index).map_err(|()| format!("mapping: two columns are mapped to `{path}` or into it"))?;
        }
        // A name that says nothing to the ruleset stays out, and one whose place the mapping has filled.
        let all = schema.fields().iter().map(|field| field.name()).enumerate();
        let named: Vec<(usize, &String, Vec<Part<'_>>)> = all
            .filter(|(_, name)| !mapping.iter().any(|(column, path)| column == *name || overlap(path, name)))
            .filter_map(|(index, name)| parts(name).map(|parts| (index, name, parts)))
            .collect();
        let (read, rest): (Vec<_>, Vec<_>) =
            named.into_iter().partition(|(_, _, parts)| known(wanted, parts, "").is_ok());
        for (index, name, parts) in &read {
            shape.put(parts, *index).map_err(|()| {
                let mut others = read.iter().filter(|(other, _, _)| other != index).map(|(_, name, _)| name);
                match others.find(|other| overlap(other, name)) {
                    Some(other) if other != name => format!("columns `{other}` and `{name}` take the same place"),
                    _ => format!("the table has several columns `{name}`"),
                }
            })?;
        }
        for (index, _, parts) in rest.iter().filter(|(_, _, parts)| is_within(wanted, parts)) {
            // What is not read gives way.
            let _ = shape.put(parts, *index);
        }
        Ok(shape)
    }

    /// Whether the ruleset reads a column, and not only that it is there.
    pub(crate) fn reads(wanted: &Wanted, mapping: &[(String, String)], column: &str) -> bool {
        mapping.iter().any(|(name, _)| name == column)
            || parts(column).is_some_and(|parts| known(wanted, &parts, "").is_ok())
    }

    /// The columns that it takes, in the order of the table.
    pub(crate) fn columns(&self) -> Vec<usize> {
        let mut found = match self {
            Self::Column(index) => vec![*index],
            Self::Fields(fields) => fields.values().flat_map(Self::columns).collect(),
            Self::Elements(elements) => elements.iter().flat_map(Self::columns).collect(),
        };
        found.sort_unstable();
        found
    }

    fn put(&mut self, parts: &[Part<'_>], column: usize) -> Result<(), ()> {
        let Some((first, rest)) = parts.split_first() else {
            return match self {
                Self::Fields(fields) if fields.is_empty() => {
                    *self = Self::Column(column);
                    Ok(())
                }
                _ => Err(()),
            };
        };
        let empty = || Self::Fields(BTreeMap::new());
        if let (Self::Fields(fields), Part::Element(_)) = (&*self, first)
            && fields.is_empty()
        {
            *self = Self::Elements(Vec::new());
        }
        match (self, first) {
            (Self::Fields(fields), Part::Field(name)) => {
                fields.entry((*name).to_owned()).or_insert_with(empty).put(rest, column)
            }
            (Self::Elements(elements), Part::Element(index)) => {
                if elements.len() <= *index {
                    elements.resize_with(index + 1, empty);
                }
                elements.get_mut(*index).ok_or(())?.put(rest, column)
            }
            _ => Err(()),
        }
    }
}

/// A path of fields and elements.
fn parts(path: &str) -> Option<Vec<Part<'_>>> {
    let mut found = Vec::new();
    for step in path.split('.') {
        let (name, mut rest) = step.split_once('[').map_or((step, None), |(name, rest)| (name, Some(rest)));
        if name.is_empty() {
            return None;
        }
        found.push(Part::Field(name));
        while let Some(inner) = rest {
            let (index, after) = inner.split_once(']')?;
            found.push(Part::Element(index.parse().ok().filter(|index| *index < MOST_ELEMENTS)?));
            rest = match after.strip_prefix('[') {
                Some(next) => Some(next),
                None if after.is_empty() => None,
                None => return None,
            };
        }
    }
    (found.len() <= MOST_PARTS).then_some(found)
}

/// Whether one of two paths is the other, or lies within it.
fn overlap(a: &str, b: &str) -> bool {
    let within = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['.', '[']));
    a == b || within(a, b) || within(b, a)
}

/// Whether a path that the ruleset does not read lies within a record or a list that it does: a value there makes the record
/// present, and the list longer.
fn is_within(wanted: &Wanted, parts: &[Part<'_>]) -> bool {
    let mut at = wanted;
    for (place, part) in parts.iter().enumerate() {
        let next = match part {
            Part::Field(name) => at.field(name),
            Part::Element(_) => at.element(),
        };
        if next.is_unread() {
            return place > 0 && matches!(part, Part::Field(_)) && at.element.is_none() && !at.fields.is_empty();
        }
        at = next;
    }
    false
}

/// Whether the ruleset reads a path or something in it.
fn known(wanted: &Wanted, parts: &[Part<'_>], path: &str) -> Result<(), String> {
    let mut at = wanted;
    for part in parts {
        let next = match part {
            Part::Field(name) => at.field(name),
            Part::Element(_) => at.element(),
        };
        if next.is_unread() {
            let part = match part {
                Part::Field(name) => format!("`{name}`"),
                Part::Element(index) => format!("`[{index}]`"),
            };
            let fields: Vec<&str> = at.names().collect();
            let reads = if fields.is_empty() { "nothing".to_owned() } else { fields.join(", ") };
            return Err(format!(
                "mapping: the ruleset does not read `{path}`: {part} is not among what it reads there ({reads})"
            ));
        }
        at = next;
    }
    Ok(())
}
