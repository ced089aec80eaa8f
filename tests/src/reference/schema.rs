//! What the record, its parts and the tables declare: types by name, all resolved.

use indicia_dsl::ast::{FieldDecl, Item, TypeExpr, TypeKind};
use std::collections::BTreeMap;

/// A declared type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Text,
    Number,
    Bool,
    Date,
    Instant,
    Country,
    /// Names of people and of organisations: texts that are sought folded.
    Name,
    OneOf(Vec<String>),
    List(Box<Type>),
    Record(Vec<Field>),
    /// Something that the reference does not read.
    Other,
}

/// A field of a record or a column of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// The key in the input.
    pub(crate) key: String,
    pub(crate) ty: Type,
}

/// A table: its key column and the others.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) key: Field,
    pub(crate) columns: Vec<Field>,
}

/// All declarations.
pub(crate) struct Schema {
    records: BTreeMap<String, Vec<FieldDecl>>,
    /// The whole application.
    pub(crate) application: Type,
    pub(crate) tables: BTreeMap<String, Table>,
}

impl Schema {
    /// Collects records, their extensions and tables.
    pub(crate) fn new(items: &[Item]) -> Option<Self> {
        let mut records: BTreeMap<String, Vec<FieldDecl>> = BTreeMap::new();
        for item in items {
            if let Item::Record(record) = item {
                records.entry(record.name.text.clone()).or_default().extend(record.fields.iter().cloned());
            }
        }
        let mut schema = Self { records, application: Type::Other, tables: BTreeMap::new() };
        schema.application = schema.record(schema.records.get("application")?);
        for item in items {
            if let Item::Table(table) = item {
                let key = Field {
                    name: table.key.text.clone(),
                    key: table.key.text.clone(),
                    ty: schema.type_of(&table.key_ty),
                };
                let columns = table.columns.iter().map(|column| schema.field(column)).collect();
                schema.tables.insert(table.name.text.clone(), Table { key, columns });
            }
        }
        Some(schema)
    }

    fn record(&self, fields: &[FieldDecl]) -> Type {
        Type::Record(fields.iter().map(|field| self.field(field)).collect())
    }

    fn field(&self, field: &FieldDecl) -> Field {
        let name = field.name.text.clone();
        let key = field.from.as_ref().map_or_else(|| name.clone(), |from| from.node.clone());
        Field { name, key, ty: self.type_of(&field.ty) }
    }

    /// The type that a type expression names.
    pub(crate) fn type_of(&self, ty: &TypeExpr) -> Type {
        match &ty.kind {
            TypeKind::Named(name) => match name.as_str() {
                "text" => Type::Text,
                "number" => Type::Number,
                "bool" => Type::Bool,
                "date" => Type::Date,
                "instant" => Type::Instant,
                "country" => Type::Country,
                "person" | "organisation" => Type::Name,
                other => self.records.get(other).map_or(Type::Other, |fields| self.record(fields)),
            },
            TypeKind::OneOf(words) => Type::OneOf(words.iter().map(|word| word.text.clone()).collect()),
            TypeKind::ListOf(element) => Type::List(Box::new(self.type_of(element))),
            TypeKind::Record(fields) => self.record(fields),
            TypeKind::HashOf(_) => Type::Other,
        }
    }
}

impl Type {
    /// The field of a record.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        match self {
            Self::Record(fields) => fields.iter().find(|field| field.name == name),
            _ => None,
        }
    }
}
