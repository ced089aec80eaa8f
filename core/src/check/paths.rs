//! Paths, properties and look-ups: every name to a place.

use super::scope::{Bound, Scope};
use super::tree::{At, FieldTy, FileId, Kind, Place, PlaceBase, RowRef, Typed};
use super::types::Ty;
use super::{Checker, Symbol, codes};
use indicia_dsl::ast::{Expr, Name, PathExpr};

/// A typed path on its way, with the path's spelling in the record (for `inputs`).
struct Walk {
    typed: Typed,
    prefixes: Vec<String>,
}

impl Checker<'_> {
    pub(super) fn poison(at: At) -> Typed {
        Typed { kind: Kind::Poison, ty: Ty::Poison, at, text: None }
    }

    pub(super) fn typed(kind: Kind, ty: Ty, at: At) -> Typed {
        Typed { kind, ty, at, text: None }
    }

    /// Whether a single name means something here, so that it is no bare word.
    pub(super) fn means_something(&self, name: &str, scope: &Scope) -> bool {
        scope.find(name).is_some()
            || self.symbols.contains_key(name)
            || self.broken.contains(name)
            || self.field_index(self.out.root, name).is_some()
            || name == "as_of"
            || (scope.decide && (name == "score" || name == "categories"))
    }

    pub(super) fn path(&mut self, path: &PathExpr, file: FileId, scope: &mut Scope) -> Typed {
        let at = At { file, span: path.span };
        let Some((first, rest)) = path.names.split_first() else { return Self::poison(at) };
        if rest.is_empty()
            && matches!(first.text.as_str(), "true" | "false")
            && !self.means_something(&first.text, scope)
        {
            return Self::typed(Kind::Bool(first.text == "true"), Ty::Bool, at);
        }
        let Some(mut walk) = self.first_name(first, at, scope) else {
            return self.unknown_start(path, file, scope);
        };
        for (position, name) in rest.iter().enumerate() {
            let so_far = first.span.to(name.span);
            let owner = rest.get(..position).unwrap_or(&[]);
            let spelled = spelled(first, owner);
            walk = self.step(walk, name, At { file, span: so_far }, &spelled);
            if walk.typed.ty == Ty::Poison {
                break;
            }
        }
        walk.typed.at = at;
        self.note_reads(&walk, scope);
        walk.typed
    }

    fn first_name(&mut self, first: &Name, at: At, scope: &mut Scope) -> Option<Walk> {
        let name = first.text.as_str();
        if let Some(bound) = scope.find(name) {
            let slot = bound.slot;
            let prefixes = bound.prefixes.clone();
            let typed = match &bound.bound {
                Bound::Record { record, .. } => Self::typed(
                    Kind::Place(Place { base: PlaceBase::Binder(slot), steps: Vec::new() }),
                    Ty::Record(*record),
                    at,
                ),
                Bound::Row(table) => Self::typed(
                    Kind::Column { table: *table, column: 0, row: RowRef::Binder(slot) },
                    Ty::Row(*table),
                    at,
                ),
                Bound::Scalar(ty) => Self::typed(Kind::Element(slot), ty.clone(), at),
                Bound::Poison => Self::poison(at),
            };
            return Some(Walk { typed, prefixes });
        }
        if scope.decide && name == "score" {
            return Some(Walk { typed: Self::typed(Kind::Score, Ty::Number, at), prefixes: Vec::new() });
        }
        if scope.decide && name == "categories" {
            return Some(Walk { typed: Self::typed(Kind::Categories, Ty::Number, at), prefixes: Vec::new() });
        }
        match self.symbols.get(name).map(|(symbol, _)| *symbol) {
            Some(Symbol::Let(index)) => {
                scope.reads.lets.insert(index);
                let ty = self.let_type(index, at, scope);
                // A record or list has places of its own: the name stands for the place.
                if let Ty::Record(_) | Ty::List(_) = ty
                    && let Some(Kind::Place(place)) = self.out.lets.get(index).map(|named| &named.value.kind)
                {
                    let place = place.clone();
                    let prefixes = self.spelled(&place);
                    return Some(Walk { typed: Self::typed(Kind::Place(place), ty, at), prefixes });
                }
                return Some(Walk { typed: Self::typed(Kind::Let(index), ty, at), prefixes: Vec::new() });
            }
            Some(Symbol::Setting(index)) => {
                scope.reads.settings.insert(index);
                let ty = self.out.settings.get(index).map_or(Ty::Poison, |s| s.value.ty.clone());
                return Some(Walk { typed: Self::typed(Kind::Setting(index), ty, at), prefixes: Vec::new() });
            }
            Some(Symbol::List(index)) => {
                scope.reads.lists.insert(index);
                let message = format!("`{name}` is a list: ask whether a value is `in {name}`");
                self.error(codes::WRONG_KIND, At { file: at.file, span: first.span }, message, "");
                return Some(Walk { typed: Self::poison(at), prefixes: Vec::new() });
            }
            Some(Symbol::Table(table)) => {
                scope.reads.tables.insert(table);
                return Some(Walk { typed: Self::typed(Kind::Poison, Ty::Table(table), at), prefixes: Vec::new() });
            }
            Some(Symbol::Broken) => return Some(Walk { typed: Self::poison(at), prefixes: Vec::new() }),
            None => {}
        }
        if let Some(index) = self.field_index(self.out.root, name) {
            if scope.decide {
                let message = format!("an outcome reads no field: `{name}` is one");
                self.error(codes::UNKNOWN_FIELD, At { file: at.file, span: first.span }, message, "").help =
                    Some(super::decide::READS_NOTHING.to_owned());
                return Some(Walk { typed: Self::poison(at), prefixes: Vec::new() });
            }
            let field = (self.out.root, index);
            let ty = self.field(field).map_or(Ty::Poison, |f| type_of(&f.ty));
            let place = Place { base: PlaceBase::Root, steps: vec![field] };
            return Some(Walk { typed: Self::typed(Kind::Place(place), ty, at), prefixes: vec![name.to_owned()] });
        }
        if name == "as_of" {
            scope.reads.as_of = true;
            return Some(Walk { typed: Self::typed(Kind::AsOf, Ty::Date, at), prefixes: Vec::new() });
        }
        if self.broken.contains(name) || !self.has_root {
            return Some(Walk { typed: Self::poison(at), prefixes: Vec::new() });
        }
        None
    }

    /// How the record spells a place that no binder is part of.
    fn spelled(&self, place: &Place) -> Vec<String> {
        let steps: Vec<&str> =
            place.steps.iter().filter_map(|step| self.field(*step)).map(|field| field.name.as_str()).collect();
        match &place.base {
            PlaceBase::Root => vec![steps.join(".")],
            PlaceBase::End { list, .. } => {
                let end = |list: String| {
                    if steps.is_empty() { format!("{list}[]") } else { format!("{list}[].{}", steps.join(".")) }
                };
                self.spelled(list).into_iter().map(end).collect()
            }
            PlaceBase::Binder(_) => Vec::new(),
        }
    }

    fn unknown_start(&mut self, path: &PathExpr, file: FileId, scope: &Scope) -> Typed {
        let at = At { file, span: path.span };
        let Some(first) = path.names.first() else { return Self::poison(at) };
        let mut candidates: Vec<String> = scope.binders.iter().map(|b| b.name.clone()).collect();
        candidates
            .extend(self.symbols.iter().filter(|(_, (s, _))| !matches!(s, Symbol::Broken)).map(|(n, _)| n.clone()));
        if let Some(root) = self.out.records.get(self.out.root) {
            candidates.extend(root.fields.iter().map(|field| field.name.clone()));
        }
        candidates.push("as_of".to_owned());
        candidates.sort();
        if self.clock(&first.text, At { file, span: first.span }) {
            return Self::poison(at);
        }
        self.unknown(codes::UNKNOWN_FIELD, "field", &first.text, At { file, span: first.span }, &candidates);
        Self::poison(at)
    }

    /// One `.name` further.
    fn step(&mut self, walk: Walk, name: &Name, at: At, spelled: &str) -> Walk {
        let Walk { typed, prefixes } = walk;
        match &typed.ty {
            Ty::Record(record) => {
                let record = *record;
                let Some(index) = self.field_index(record, &name.text) else {
                    let (known, record_name) = self.out.records.get(record).map_or((Vec::new(), String::new()), |r| {
                        (r.fields.iter().map(|f| f.name.clone()).collect(), r.name.clone())
                    });
                    let wanted = format!("{spelled}.{}", name.text);
                    let near = super::near(&name.text, &known);
                    let near: Vec<String> = near.into_iter().map(|near| format!("{spelled}.{near}")).collect();
                    let file = self.file_name(at.file).to_owned();
                    let label = format!("record `{record_name}` has no such field");
                    let diagnostic = self.error(codes::UNKNOWN_FIELD, at, format!("unknown field `{wanted}`"), label);
                    super::add_suggestion(diagnostic, &file, at.span, &near);
                    return Walk { typed: Self::poison(at), prefixes };
                };
                let ty = self.field((record, index)).map_or(Ty::Poison, |f| type_of(&f.ty));
                let Kind::Place(mut place) = typed.kind else { return Walk { typed: Self::poison(at), prefixes } };
                place.steps.push((record, index));
                let prefixes = prefixes.iter().map(|p| format!("{p}.{}", name.text)).collect();
                Walk { typed: Self::typed(Kind::Place(place), ty, at), prefixes }
            }
            Ty::List(element)
                if matches!(typed.kind, Kind::Place(_)) && matches!(name.text.as_str(), "first" | "last") =>
            {
                let element = (**element).clone();
                let Kind::Place(list) = typed.kind else { return Walk { typed: Self::poison(at), prefixes } };
                let base = PlaceBase::End { list: Box::new(list), last: name.text == "last" };
                let prefixes = prefixes.iter().map(|p| format!("{p}[]")).collect();
                Walk { typed: Self::typed(Kind::Place(Place { base, steps: Vec::new() }), element, at), prefixes }
            }
            Ty::Row(table) => Walk { typed: self.column(*table, &typed.kind, name, at), prefixes },
            Ty::Poison => Walk { typed: Self::poison(at), prefixes },
            _ => Walk { typed: self.property(typed, name, at), prefixes },
        }
    }

    fn column(&mut self, table: usize, row: &Kind, name: &Name, at: At) -> Typed {
        let Some(def) = self.out.tables.get(table) else { return Self::poison(at) };
        let Some(column) = def.columns.iter().position(|column| column.name == name.text) else {
            let known: Vec<String> = def.columns.iter().map(|c| c.name.clone()).collect();
            let place = At { file: at.file, span: name.span };
            self.unknown(codes::UNKNOWN_FIELD, "column", &name.text, place, &known);
            return Self::poison(at);
        };
        let ty = def.columns.get(column).map_or(Ty::Poison, |c| {
            if c.list && c.ty != Ty::Poison { Ty::List(Box::new(c.ty.clone())) } else { c.ty.clone() }
        });
        let Kind::Column { row, .. } = row else { return Self::poison(at) };
        Self::typed(Kind::Column { table, column, row: row.clone() }, ty, at)
    }

    /// A property of a value.
    pub(super) fn property(&mut self, base: Typed, name: &Name, at: At) -> Typed {
        if base.ty == Ty::Poison {
            return Self::poison(at);
        }
        if let Some((prop, ty)) = base.ty.property(&name.text) {
            return Self::typed(Kind::Prop { base: Box::new(base), prop }, ty, at);
        }
        let known: Vec<String> = base.ty.properties().iter().map(|(n, _, _)| (*n).to_owned()).collect();
        let ty_name = base.ty.with_article();
        let place = At { file: at.file, span: name.span };
        let file = self.file_name(at.file).to_owned();
        let near = match super::mend::meant_property(&name.text, &known) {
            Some(meant) => vec![meant.clone()],
            None => super::near(&name.text, &known),
        };
        let list = matches!(base.ty, Ty::List(_));
        let diagnostic =
            self.error(codes::NO_SUCH_PROPERTY, place, format!("{ty_name} has no property `{}`", name.text), "");
        let suggested = super::add_suggestion(diagnostic, &file, name.span, &near);
        if !suggested && list {
            diagnostic.help = Some(format!("to ask about its elements, write `any x in …: x.{} …`", name.text));
        } else if !suggested && !known.is_empty() {
            diagnostic.help = Some(format!("it has {}", super::list_of(&known)));
        }
        Self::poison(at)
    }

    /// `.name` after something that is no plain path.
    pub(super) fn property_expr(&mut self, base: &Expr, name: &Name, at: At, scope: &mut Scope) -> Typed {
        let base = self.expr(base, at.file, scope, None);
        let walk = Walk { typed: base, prefixes: Vec::new() };
        self.step(walk, name, at, "…").typed
    }

    pub(super) fn lookup(&mut self, table: &Name, key: &Expr, at: At, scope: &mut Scope) -> Typed {
        let place = At { file: at.file, span: table.span };
        if scope.find(&table.text).is_some_and(|bound| matches!(bound.bound, Bound::Poison)) {
            let _ = self.expr(key, at.file, scope, None);
            return Self::poison(at);
        }
        let found = self.symbols.get(&table.text).map(|(symbol, _)| *symbol);
        let Some(Symbol::Table(id)) = found else {
            let _ = self.expr(key, at.file, scope, None);
            let named =
                found.is_none() && (scope.find(&table.text).is_some() || self.means_something(&table.text, scope));
            if named || matches!(found, Some(Symbol::List(_) | Symbol::Let(_) | Symbol::Setting(_))) {
                let message = format!("`{}` is no table: nothing can be looked up in it", table.text);
                self.error(codes::WRONG_KIND, place, message, "").help = match found {
                    Some(Symbol::List(_)) => Some(format!("ask whether a value is `in {}`", table.text)),
                    None => Some("elements of a list have no numbers: take `.first` or `.last`, or go through it with `any … in`".to_owned()),
                    _ => None,
                };
            } else if found != Some(Symbol::Broken) && !self.broken.contains(&table.text) {
                let known: Vec<String> = self.out.tables.iter().map(|t| t.name.clone()).collect();
                self.unknown(codes::UNKNOWN_NAME, "table", &table.text, place, &known);
            }
            return Self::poison(at);
        };
        scope.reads.tables.insert(id);
        let key_ty = self.out.tables.get(id).and_then(|t| t.columns.first()).map_or(Ty::Poison, |c| c.ty.clone());
        let key = self.expr(key, at.file, scope, Some(&key_ty));
        let fits =
            key.ty == Ty::Poison || key_ty == Ty::Poison || key.ty == key_ty || (key.ty.is_text() && key_ty.is_text());
        if !fits {
            let message = format!("table `{}` is keyed by {}, not by {}", table.text, key_ty.name(), key.ty.name());
            self.error(codes::TYPE_MISMATCH, key.at, message, "");
            return Self::poison(at);
        }
        Self::typed(Kind::Column { table: id, column: 0, row: RowRef::Lookup(Box::new(key)) }, Ty::Row(id), at)
    }

    fn note_reads(&self, walk: &Walk, scope: &mut Scope) {
        let mut kind = &walk.typed.kind;
        while let Kind::Prop { base, .. } = kind {
            kind = &base.kind;
        }
        match kind {
            Kind::Place(place) => {
                self.note_place(place, walk.typed.at, scope);
                scope.reads.paths.extend(walk.prefixes.iter().cloned());
            }
            Kind::Element(_) => scope.reads.paths.extend(walk.prefixes.iter().cloned()),
            _ => {}
        }
    }

    pub(super) fn note_place(&self, place: &Place, at: At, scope: &mut Scope) {
        if let PlaceBase::End { list, .. } = &place.base {
            self.note_place(list, at, scope);
        }
        scope.reads.fields.extend(place.steps.iter().copied());
        let protected =
            place.steps.iter().filter(|step| self.field(**step).is_some_and(|field| field.protected.is_some()));
        scope.reads.protected.extend(protected.map(|step| (*step, at)));
        if let Some(last) = place.steps.last()
            && let Some(read_in) = self.field(*last).and_then(|f| f.read_in.as_ref())
        {
            scope.reads.fields.extend(read_in.steps.iter().copied());
        }
    }
}

/// The type of a field.
pub(super) fn type_of(ty: &FieldTy) -> Ty {
    match ty {
        FieldTy::Scalar(scalar) => Ty::of_scalar(scalar),
        FieldTy::Record(id) => Ty::Record(*id),
        FieldTy::List(element) => Ty::List(Box::new(type_of(element))),
        FieldTy::Poison => Ty::Poison,
    }
}

fn spelled(first: &Name, rest: &[Name]) -> String {
    let mut text = first.text.clone();
    for name in rest {
        text.push('.');
        text.push_str(&name.text);
    }
    text
}
