//! Record declarations: fields, types, `extend`, `read in`.

use super::tree::{At, FieldDef, FieldId, FieldTy, FileId, ReadInPath, RecordId, RecordType};
use super::{Checker, codes, list_of};
use crate::record::Scalar;
use indicia_dsl::ast::{FieldDecl, Name, PathExpr, RecordDecl, TypeExpr, TypeKind};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The name of the record that an application is.
pub(crate) const ROOT: &str = "application";

/// The names of the built-in types.
pub(crate) const SCALARS: [&str; 13] = [
    "text",
    "number",
    "bool",
    "date",
    "instant",
    "country",
    "phone",
    "email",
    "url",
    "ip",
    "network",
    "person",
    "organisation",
];

pub(crate) fn scalar_named(name: &str) -> Option<Scalar> {
    Some(match name {
        "text" => Scalar::Text,
        "number" => Scalar::Number,
        "bool" => Scalar::Bool,
        "date" => Scalar::Date,
        "instant" => Scalar::Instant,
        "country" => Scalar::Country,
        "phone" => Scalar::Phone,
        "email" => Scalar::Email,
        "url" => Scalar::Url,
        "ip" => Scalar::Ip,
        "network" => Scalar::Network,
        "person" => Scalar::Person,
        "organisation" => Scalar::Organisation,
        _ => return None,
    })
}

/// Where a path leads.
enum Walked {
    Found(Vec<FieldId>),
    /// Through a field whose type was reported.
    Reported,
    Nowhere,
}

impl Checker<'_> {
    pub(super) fn declare_records(&mut self, decls: &[(FileId, RecordDecl)]) {
        for (file, decl) in decls.iter().filter(|(_, decl)| !decl.extend) {
            let at = At { file: *file, span: decl.name.span };
            if self.records.contains_key(&decl.name.text) || scalar_named(&decl.name.text).is_some() {
                self.error(codes::DUPLICATE_NAME, at, format!("record `{}` is declared twice", decl.name.text), "");
                continue;
            }
            let id = self.out.records.len();
            self.out.records.push(RecordType { name: decl.name.text.clone(), at, ..RecordType::default() });
            self.records.insert(decl.name.text.clone(), id);
        }
        if let Some(root) = self.records.get(ROOT) {
            self.out.root = *root;
            self.has_root = true;
        }
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for extend in [false, true] {
            for (file, decl) in decls.iter().filter(|(_, decl)| decl.extend == extend) {
                if !extend && !seen.insert(decl.name.text.as_str()) {
                    continue;
                }
                let Some(id) = self.records.get(&decl.name.text).copied() else {
                    if !self.broken.contains(&decl.name.text) {
                        let names: Vec<String> = self.records.keys().cloned().collect();
                        let at = At { file: *file, span: decl.name.span };
                        self.unknown(codes::BAD_ADJUST, "record", &decl.name.text, at, &names);
                    }
                    continue;
                };
                self.add_fields(id, *file, &decl.fields);
            }
        }
        self.resolve_read_in(decls);
        self.forbid_record_cycles();
        let root_missing = !self.has_root && !self.broken.contains(ROOT);
        if root_missing {
            let at = At::default();
            self.error(codes::BAD_RECORD, at, "no record `application` is declared", "").help =
                Some("declare what an application holds: `record application { … }`".to_owned());
        }
    }

    fn add_fields(&mut self, id: RecordId, file: FileId, fields: &[FieldDecl]) {
        for decl in fields {
            let at = At { file, span: decl.name.span };
            let known = self.out.records.get(id).map_or(&[][..], |record| record.fields.as_slice());
            if known.iter().any(|field| field.name == decl.name.text) {
                self.error(codes::DUPLICATE_NAME, at, format!("field `{}` is declared twice", decl.name.text), "");
                continue;
            }
            let key = decl.from.as_ref().map_or_else(|| decl.name.text.clone(), |from| from.node.clone());
            if let Some(other) = known.iter().find(|field| field.key == key).map(|field| field.name.clone()) {
                self.error(
                    codes::DUPLICATE_NAME,
                    at,
                    format!("fields `{other}` and `{}` read the same key `{key}`", decl.name.text),
                    "",
                );
                continue;
            }
            let index = known.len();
            let ty = self.field_type((id, index), &decl.name, file, &decl.ty);
            let field = FieldDef {
                name: decl.name.text.clone(),
                key,
                ty,
                read_in: None,
                protected: decl.protected.as_ref().map(|text| text.node.clone()),
                description: decl.description.as_ref().map(|text| text.node.clone()),
            };
            if let Some(record) = self.out.records.get_mut(id) {
                // Inline records made on the way may not shift this record's own indexes.
                record.fields.push(field);
            }
        }
    }

    fn field_type(&mut self, owner: FieldId, name: &Name, file: FileId, ty: &TypeExpr) -> FieldTy {
        let at = At { file, span: ty.span };
        match &ty.kind {
            TypeKind::Named(word) => {
                if let Some(scalar) = scalar_named(word) {
                    FieldTy::Scalar(scalar)
                } else if let Some(id) = self.records.get(word) {
                    FieldTy::Record(*id)
                } else {
                    if !self.broken.contains(word) {
                        let mut names: Vec<String> = SCALARS.iter().map(|s| (*s).to_owned()).collect();
                        names.extend(self.records.keys().cloned());
                        self.unknown(codes::UNKNOWN_NAME, "type", word, at, &names);
                    }
                    FieldTy::Poison
                }
            }
            TypeKind::OneOf(words) => FieldTy::Scalar(self.one_of(words, file)),
            TypeKind::ListOf(element) => match self.field_type_in_list(owner, name, file, element) {
                FieldTy::Poison => FieldTy::Poison,
                FieldTy::List(_) => {
                    self.error(codes::BAD_RECORD, at, "a list of lists can't be read", "").help =
                        Some("make the inner list a field of a record: `list of { … }`".to_owned());
                    FieldTy::Poison
                }
                element => FieldTy::List(Box::new(element)),
            },
            TypeKind::HashOf(_) => {
                self.error(codes::BAD_RECORD, at, "`hash of` stands in lists only", "");
                FieldTy::Poison
            }
            TypeKind::Record(fields) => self.inline(owner, name, file, fields, false),
        }
    }

    fn field_type_in_list(&mut self, owner: FieldId, name: &Name, file: FileId, ty: &TypeExpr) -> FieldTy {
        match &ty.kind {
            TypeKind::Record(fields) => self.inline(owner, name, file, fields, true),
            _ => self.field_type(owner, name, file, ty),
        }
    }

    fn inline(&mut self, owner: FieldId, name: &Name, file: FileId, fields: &[FieldDecl], in_list: bool) -> FieldTy {
        let id = self.out.records.len();
        let at = At { file, span: name.span };
        self.out.records.push(RecordType {
            name: name.text.clone(),
            fields: Vec::new(),
            parent: Some((owner, in_list)),
            at,
        });
        self.add_fields(id, file, fields);
        FieldTy::Record(id)
    }

    pub(super) fn one_of(&mut self, words: &[Name], file: FileId) -> Scalar {
        let mut known: Vec<Arc<str>> = Vec::new();
        for word in words {
            if known.iter().any(|other| **other == *word.text) {
                let at = At { file, span: word.span };
                self.error(codes::DUPLICATE_NAME, at, format!("word `{}` is given twice", word.text), "");
            } else {
                known.push(Arc::from(word.text.as_str()));
            }
        }
        Scalar::OneOf(known.into())
    }

    fn resolve_read_in(&mut self, decls: &[(FileId, RecordDecl)]) {
        for (file, decl) in decls {
            if let Some(id) = self.records.get(&decl.name.text).copied() {
                self.resolve_read_in_of(id, *file, &decl.fields);
            }
        }
    }

    fn resolve_read_in_of(&mut self, id: RecordId, file: FileId, fields: &[FieldDecl]) {
        for decl in fields {
            let Some(index) = self.field_index(id, &decl.name.text) else { continue };
            if let TypeKind::Record(inner) = &inner_type(&decl.ty).kind
                && let Some(inner_id) = self.inner_record((id, index))
            {
                self.resolve_read_in_of(inner_id, file, inner);
            }
            let Some(path) = &decl.read_in else { continue };
            let at = At { file, span: path.span };
            if !matches!(self.field((id, index)).map(|f| &f.ty), Some(FieldTy::Scalar(Scalar::Phone) | FieldTy::Poison))
            {
                self.error(codes::BAD_RECORD, at, "only a phone has `read in`", "");
                continue;
            }
            if let Some(found) = self.find_read_in(id, path, at)
                && let Some(field) = self.out.records.get_mut(id).and_then(|r| r.fields.get_mut(index))
            {
                field.read_in = Some(found);
            }
        }
    }

    /// Seeks the path in this record, then in the records around it.
    fn find_read_in(&mut self, from: RecordId, path: &PathExpr, at: At) -> Option<ReadInPath> {
        let mut up = 0;
        let mut record = Some(from);
        while let Some(id) = record {
            match self.walk(id, path) {
                Walked::Found(steps) => {
                    return match steps.last().and_then(|last| self.field(*last)).map(|field| &field.ty) {
                        Some(FieldTy::Scalar(Scalar::Country)) => Some(ReadInPath { up, steps }),
                        Some(FieldTy::Poison) => None,
                        _ => {
                            self.error(codes::BAD_RECORD, at, "`read in` needs a field of type country", "");
                            None
                        }
                    };
                }
                Walked::Reported => return None,
                Walked::Nowhere => {}
            }
            record = self.out.records.get(id).and_then(|r| r.parent).map(|((outer, _), _)| outer);
            up += 1;
        }
        let name = path.names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>().join(".");
        let near = if path.names.len() == 1 { super::near(&name, &self.fields_around(from)) } else { Vec::new() };
        let file = self.file_name(at.file).to_owned();
        let label = "neither this record nor one around it has it";
        let diagnostic = self.error(codes::UNKNOWN_FIELD, at, format!("unknown field `{name}`"), label);
        super::add_suggestion(diagnostic, &file, at.span, &near);
        None
    }

    /// The names of the countries of this record and of those around it.
    fn fields_around(&self, from: RecordId) -> Vec<String> {
        let around = std::iter::successors(self.out.records.get(from), |record| {
            record.parent.and_then(|((outer, _), _)| self.out.records.get(outer))
        });
        let fields = around.flat_map(|record| &record.fields);
        fields.filter(|field| field.ty == FieldTy::Scalar(Scalar::Country)).map(|field| field.name.clone()).collect()
    }

    fn walk(&self, mut record: RecordId, path: &PathExpr) -> Walked {
        let mut steps = Vec::new();
        for (position, name) in path.names.iter().enumerate() {
            let Some(index) = self.field_index(record, &name.text) else { return Walked::Nowhere };
            steps.push((record, index));
            if position + 1 < path.names.len() {
                match self.field((record, index)).map(|field| &field.ty) {
                    Some(FieldTy::Record(inner)) => record = *inner,
                    Some(FieldTy::Poison) => return Walked::Reported,
                    _ => return Walked::Nowhere,
                }
            }
        }
        Walked::Found(steps)
    }

    pub(super) fn field(&self, (record, index): FieldId) -> Option<&FieldDef> {
        self.out.records.get(record)?.fields.get(index)
    }

    pub(super) fn field_index(&self, record: RecordId, name: &str) -> Option<usize> {
        self.out.records.get(record)?.fields.iter().position(|field| field.name == name)
    }

    fn inner_record(&self, field: FieldId) -> Option<RecordId> {
        match &self.field(field)?.ty {
            FieldTy::Record(id) => Some(*id),
            FieldTy::List(element) => match **element {
                FieldTy::Record(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// A record that holds itself could not be laid out.
    fn forbid_record_cycles(&mut self) {
        let mut done = vec![false; self.out.records.len()];
        for start in 0..self.out.records.len() {
            let mut trail = Vec::new();
            if let Some(cycle) = self.cycle_from(start, &mut trail, &mut done) {
                let names: Vec<String> =
                    cycle.iter().filter_map(|id| self.out.records.get(*id)).map(|r| r.name.clone()).collect();
                let at = self.out.records.get(start).map(|r| r.at).unwrap_or_default();
                self.error(codes::CYCLE, at, format!("records hold each other: {}", list_of(&names)), "");
                for id in cycle {
                    self.poison_record(id);
                }
            }
        }
    }

    fn cycle_from(&self, id: RecordId, trail: &mut Vec<RecordId>, done: &mut [bool]) -> Option<Vec<RecordId>> {
        if let Some(position) = trail.iter().position(|other| *other == id) {
            return trail.get(position..).map(<[RecordId]>::to_vec);
        }
        if done.get(id).copied().unwrap_or(true) {
            return None;
        }
        trail.push(id);
        let count = self.out.records.get(id).map_or(0, |record| record.fields.len());
        for index in 0..count {
            if let Some(inner) = self.inner_record((id, index))
                && let Some(cycle) = self.cycle_from(inner, trail, done)
            {
                return Some(cycle);
            }
        }
        trail.pop();
        if let Some(flag) = done.get_mut(id) {
            *flag = true;
        }
        None
    }

    fn poison_record(&mut self, id: RecordId) {
        if let Some(record) = self.out.records.get_mut(id) {
            for field in &mut record.fields {
                if !matches!(field.ty, FieldTy::Scalar(_)) {
                    field.ty = FieldTy::Poison;
                }
            }
        }
    }
}

fn inner_type(ty: &TypeExpr) -> &TypeExpr {
    match &ty.kind {
        TypeKind::ListOf(element) => inner_type(element),
        _ => ty,
    }
}
