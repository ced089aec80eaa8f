//! Binders, quantifiers and functions over lists.

use super::scope::{Bound, BoundName, MAX_BINDERS, Scope};
use super::tree::{At, FileId, Kind, PlaceBase, Quant, TBinder, TList, Typed};
use super::types::Ty;
use super::{Checker, Symbol, codes};
use indicia_dsl::ast::{Aggregate, Binder, Expr, ExprKind, Name, Quantifier};

/// A checked list that something can be bound to.
struct Source {
    list: TList,
    element: Ty,
    bound: Bound,
    prefixes: Vec<String>,
}

impl Checker<'_> {
    pub(super) fn quantified(
        &mut self,
        quantifier: &Quantifier,
        binders: &[Binder],
        body: &Expr,
        at: At,
        scope: &mut Scope,
    ) -> Typed {
        let depth = scope.binders.len();
        let binders = self.binders(binders, at.file, scope);
        let body = self.condition(body, at.file, scope);
        scope.binders.truncate(depth);
        let quantifier = match quantifier {
            Quantifier::Any => Quant::Any,
            Quantifier::All => Quant::All,
            Quantifier::No => Quant::No,
            Quantifier::AtLeast(count) => {
                if count.node == 0 {
                    let place = At { file: at.file, span: count.span };
                    self.error(codes::WRONG_KIND, place, "`at least 0` is always true", "");
                }
                Quant::AtLeast(count.node)
            }
        };
        Self::typed(Kind::Quantified { quantifier, binders, body: Box::new(body) }, Ty::Truth, at)
    }

    pub(super) fn aggregate(
        &mut self,
        function: Aggregate,
        binders: &[Binder],
        body: &Expr,
        at: At,
        scope: &mut Scope,
    ) -> Typed {
        let depth = scope.binders.len();
        let binders = self.binders(binders, at.file, scope);
        let (body, ty) = if function == Aggregate::Count {
            (self.condition(body, at.file, scope), Ty::Number)
        } else {
            let body = self.expr(body, at.file, scope, None);
            let ty = body.ty.clone();
            if !matches!(ty, Ty::Date | Ty::Instant | Ty::Poison) {
                let message = format!("`latest` and `earliest` read dates or instants, found {}", ty.with_article());
                self.error(codes::TYPE_MISMATCH, body.at, message, "");
                scope.binders.truncate(depth);
                return Self::poison(at);
            }
            (body, ty)
        };
        scope.binders.truncate(depth);
        if body.ty == Ty::Poison {
            return Self::poison(at);
        }
        Self::typed(Kind::Aggregate { function, binders, body: Box::new(body) }, ty, at)
    }

    /// Checks binders and leaves their names in scope.
    pub(super) fn binders(&mut self, binders: &[Binder], file: FileId, scope: &mut Scope) -> Vec<TBinder> {
        let mut checked = Vec::new();
        for binder in binders {
            let source = self.binder_source(&binder.list, file, scope);
            let slot = self.bind(&binder.name, file, &source, scope);
            let pair = binder.pair.as_ref().map(|name| (name.text.clone(), self.bind(name, file, &source, scope)));
            checked.push(TBinder {
                name: binder.name.text.clone(),
                slot,
                pair,
                list: source.list,
                element: source.element,
            });
        }
        checked
    }

    fn bind(&mut self, name: &Name, file: FileId, source: &Source, scope: &mut Scope) -> u8 {
        let at = At { file, span: name.span };
        let meant = if scope.find(&name.text).is_some() {
            Some("is already bound")
        } else if self.means_something(&name.text, scope) {
            Some("already means something else")
        } else {
            None
        };
        if let Some(meant) = meant {
            self.error(codes::DUPLICATE_NAME, at, format!("`{}` {meant}", name.text), "").help =
                Some("choose another name".to_owned());
        }
        // Once a nest: the names after the first too many are no mistakes of their own.
        if scope.binders.len() == MAX_BINDERS {
            self.error(codes::TOO_LARGE, at, format!("more than {MAX_BINDERS} names are bound here"), "");
        }
        let slot = scope.next_slot();
        scope.binders.push(BoundName {
            name: name.text.clone(),
            slot,
            // Nobody knows which meaning the uses of a doubled name have: they are no mistakes of their own.
            bound: if meant.is_some() { Bound::Poison } else { source.bound.clone() },
            prefixes: source.prefixes.clone(),
        });
        slot
    }

    fn binder_source(&mut self, list: &Expr, file: FileId, scope: &mut Scope) -> Source {
        let at = At { file, span: list.span };
        let poison = || Source { list: TList::Poison, element: Ty::Poison, bound: Bound::Poison, prefixes: Vec::new() };
        if let ExprKind::Sources(paths) = &list.kind {
            return self.sources(paths, at, scope).unwrap_or_else(poison);
        }
        if let ExprKind::Path(path) = &list.kind
            && let [name] = path.names.as_slice()
            && scope.find(&name.text).is_none()
        {
            match self.symbols.get(&name.text).map(|(symbol, _)| *symbol) {
                Some(Symbol::Table(id)) => {
                    scope.reads.tables.insert(id);
                    return Source {
                        list: TList::Table(id),
                        element: Ty::Row(id),
                        bound: Bound::Row(id),
                        prefixes: Vec::new(),
                    };
                }
                Some(Symbol::List(id)) => {
                    scope.reads.lists.insert(id);
                    let message = format!("`{}` is a list to look things up in, not to go through", name.text);
                    self.error(codes::WRONG_KIND, at, message, "").help =
                        Some(format!("ask whether a value is `in {}`, or declare a table", name.text));
                    return poison();
                }
                _ => {}
            }
        }
        let before = scope.reads.paths.clone();
        let typed = self.expr(list, file, scope, None);
        match typed.ty.clone() {
            Ty::List(element) => {
                let mut prefixes: Vec<String> =
                    scope.reads.paths.difference(&before).map(|p| format!("{p}[]")).collect();
                if prefixes.is_empty() {
                    prefixes = self.spelled_lists(&typed, scope);
                }
                let bound = match &*element {
                    Ty::Record(record) => Bound::Record { record: *record, source: false },
                    other => Bound::Scalar(other.clone()),
                };
                let list = match typed.kind {
                    Kind::Place(place) => TList::Place(place),
                    _ => TList::Value(Box::new(typed)),
                };
                Source { list, element: *element, bound, prefixes }
            }
            Ty::Poison => poison(),
            other => {
                let message = format!("expected a list or a table, found {}", other.with_article());
                self.error(codes::WRONG_KIND, at, message, "");
                poison()
            }
        }
    }

    /// The spelling of a list that was read before.
    fn spelled_lists(&self, typed: &Typed, scope: &Scope) -> Vec<String> {
        let Kind::Place(place) = &typed.kind else { return Vec::new() };
        let steps: Vec<&str> =
            place.steps.iter().filter_map(|step| self.field(*step)).map(|field| field.name.as_str()).collect();
        let tail = steps.join(".");
        match &place.base {
            PlaceBase::Root => vec![format!("{tail}[]")],
            PlaceBase::Binder(slot) => scope
                .binders
                .iter()
                .find(|b| b.slot == *slot)
                .map(|b| b.prefixes.iter().map(|p| format!("{p}.{tail}[]")).collect())
                .unwrap_or_default(),
            PlaceBase::End { .. } => Vec::new(),
        }
    }

    fn sources(&mut self, paths: &[indicia_dsl::ast::PathExpr], at: At, scope: &mut Scope) -> Option<Source> {
        let mut places = Vec::new();
        let mut record = None;
        for path in paths {
            let before = scope.reads.paths.clone();
            let typed = self.path(path, at.file, scope);
            // Naming a source reads nothing of it yet.
            scope.reads.paths = before;
            let place_at = At { file: at.file, span: path.span };
            match (typed.ty, typed.kind) {
                (Ty::Record(id), Kind::Place(place)) => {
                    if *record.get_or_insert(id) != id {
                        self.error(codes::TYPE_MISMATCH, place_at, "sources of one list are records of one type", "");
                        return None;
                    }
                    let name = path.names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>().join(".");
                    if places.iter().any(|(other, _)| *other == name) {
                        self.error(codes::DUPLICATE_NAME, place_at, format!("source `{name}` is given twice"), "");
                        return None;
                    }
                    places.push((name, place));
                }
                (Ty::Poison, _) => return None,
                (other, _) => {
                    let message = format!("a source is a record, found {}", other.with_article());
                    self.error(codes::WRONG_KIND, place_at, message, "");
                    return None;
                }
            }
        }
        let record = record?;
        Some(Source {
            prefixes: places.iter().map(|(name, _)| name.clone()).collect(),
            list: TList::Sources(places),
            element: Ty::Record(record),
            bound: Bound::Record { record, source: true },
        })
    }
}
