//! From the names of fields, which paths in verdicts are made of, to the keys of the input, which may differ (`start: date from "startDate"`).

use super::change::{Path, Step};
use indicia_dsl::ast::{FieldDecl, RecordDecl, TypeExpr, TypeKind};
use std::collections::BTreeMap;

/// The record that a case gives.
const ROOT: &str = "application";

/// The fields of all declared records.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the record's name; an inline record is named by its path from the record that it stands in.
    records: BTreeMap<String, Vec<Field>>,
}

#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) key: String,
    pub(super) list: bool,
    /// The type that it (or an element of it) has, if the type has a name.
    record: Option<String>,
}

impl Field {
    /// What an element of a list is.
    pub(super) fn element(&self) -> Self {
        Self { list: false, ..self.clone() }
    }

    /// How records spell it.
    pub(super) fn in_input(&self) -> &str {
        &self.key
    }

    /// How verdicts and paths spell it.
    pub(super) fn in_paths(&self) -> &str {
        &self.name
    }
}

impl Names {
    pub(super) fn declare(&mut self, record: &RecordDecl) {
        self.fields(&record.name.text, &record.fields);
    }

    fn fields(&mut self, record: &str, fields: &[FieldDecl]) {
        for field in fields {
            let name = field.name.text.clone();
            let key = field.from.as_ref().map_or_else(|| name.clone(), |from| from.node.clone());
            let inner = self.record_of(&field.ty, &format!("{record}.{name}"));
            let list = matches!(field.ty.kind, TypeKind::ListOf(_));
            self.records.entry(record.to_owned()).or_default().push(Field { name, key, list, record: inner });
        }
    }

    fn record_of(&mut self, ty: &TypeExpr, inline: &str) -> Option<String> {
        match &ty.kind {
            TypeKind::Named(name) => Some(name.clone()),
            TypeKind::ListOf(element) => self.record_of(element, inline),
            TypeKind::Record(fields) => {
                self.fields(inline, fields);
                Some(inline.to_owned())
            }
            _ => None,
        }
    }

    /// The application as if it were a field; none if no record is declared.
    pub(super) fn root(&self) -> Option<Field> {
        let declared = self.records.contains_key(ROOT);
        let root = || Field { name: String::new(), key: String::new(), list: false, record: Some(ROOT.to_owned()) };
        declared.then(root)
    }

    /// The fields of the record that a field holds; none if it holds a plain value.
    pub(super) fn fields_of(&self, field: &Field) -> Option<&[Field]> {
        self.records.get(field.record.as_deref()?).map(Vec::as_slice)
    }

    /// The field of this name, else the one of this key.
    pub(super) fn find<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
        fields.iter().find(|field| field.name == name).or_else(|| fields.iter().find(|field| field.key == name))
    }

    /// The path in the input of a path that is made of names. Keys are left as they are, and so is what no record declares.
    pub(super) fn in_input(&self, path: &Path) -> Path {
        let mut record = Some(ROOT);
        let steps = path.0.iter().map(|step| match step {
            Step::Index(index) => Step::Index(*index),
            Step::Key(key) => {
                let fields = record.and_then(|record| self.records.get(record)).map_or(&[][..], Vec::as_slice);
                let field = Self::find(fields, key);
                record = field.and_then(|field| field.record.as_deref());
                Step::Key(field.map_or_else(|| key.clone(), |field| field.key.clone()))
            }
        });
        Path(steps.collect())
    }

    /// The place in the input of a path as a verdict writes it; none for what is no field, such as a table's row.
    pub(super) fn read(&self, path: &str) -> Option<Path> {
        Path::parse(path).map(|path| self.in_input(&path))
    }
}

#[cfg(test)]
#[path = "tests/names.rs"]
mod tests;
