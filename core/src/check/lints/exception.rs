//! W0704: an exception on a fact that may be missing. `when C unless E` is unknown where E is, so a missing fact silences
//! the rule; `known E` keeps it speaking.
//!
//! An exception may read what its condition needs anyway: where that is missing, the condition is not true either.

use super::Lints;
use super::key::key;
use super::range::Values;
use crate::check::codes;
use crate::check::tree::{At, Kind, Place, Quant, RowRef, TBinder, TList, Typed};
use indicia_dsl::ast::State;
use indicia_dsl::diagnostic::{Edit, Fix};
use indicia_dsl::span::Span;
use std::collections::BTreeSet;

/// What may be missing, by key, with its name for the reader.
type Facts = std::collections::BTreeMap<String, String>;

impl Lints<'_> {
    pub(super) fn exceptions(&mut self) {
        let checked = self.checked;
        for indicator in &checked.indicators {
            let Some(unless) = &indicator.unless else { continue };
            let mut reader = Reader { values: self.values(), names: Vec::new() };
            reader.name(&indicator.binders);
            let needed: BTreeSet<String> = reader.needed(&indicator.when, true).into_keys().collect();
            let mut open = Vec::new();
            collect(unless, &mut |leaf| {
                let mut facts = Facts::new();
                reader.facts(leaf, &mut facts);
                if let Some((_, name)) = facts.into_iter().find(|(key, _)| !is_covered(key, &needed)) {
                    open.push((leaf, name));
                }
            });
            let Some(((first, name), rest)) = open.split_first() else { continue };
            let file = self.file(first.at).to_owned();
            let message = format!("`{}` is not raised when `{name}` is missing", indicator.name);
            let diagnostic = self.warn(codes::UNLESS_UNKNOWN, first.at, message, "then this exception is unknown");
            let mut told = diagnostic
                .clone()
                .with_help("write `known` before the exception if a missing fact must not silence the rule");
            for (leaf, name) in rest {
                told = told.with_label(&file, leaf.at.span, format!("the same holds for `{name}`"));
            }
            let edits = open.iter().flat_map(|(leaf, _)| known(leaf, &file)).collect();
            told.fix = Some(Fix { title: "write `known` before the exception".to_owned(), edits });
            *diagnostic = told;
        }
    }
}

/// The conditions that an exception is made of: `known` before each of them is `known` before the whole.
fn collect<'t>(typed: &'t Typed, take: &mut impl FnMut(&'t Typed)) {
    match &typed.kind {
        Kind::And(parts) | Kind::Or(parts) => parts.iter().for_each(|part| collect(part, take)),
        _ => take(typed),
    }
}

/// The edits that put `known` before a condition, in parentheses where it would not take all of it.
fn known(leaf: &Typed, file: &str) -> Vec<Edit> {
    let insert = |offset: u32, text: &str| Edit {
        file: file.to_owned(),
        span: Span::new(offset, offset),
        replacement: text.to_owned(),
    };
    let At { span, .. } = leaf.at;
    match leaf.kind {
        Kind::Quantified { .. } | Kind::Not(_) | Kind::AtLeastOf { .. } => {
            vec![insert(span.start, "known ("), insert(span.end, ")")]
        }
        _ => vec![insert(span.start, "known ")],
    }
}

/// Whether a fact is there if the needed ones are: it is one of them, or an alternative to one.
fn is_covered(key: &str, needed: &BTreeSet<String>) -> bool {
    needed.contains(key)
        || key.strip_prefix("one of ").is_some_and(|keys| keys.split(" | ").any(|key| needed.contains(key)))
}

struct Reader<'a> {
    values: Values<'a>,
    /// What is bound, by slot.
    names: Vec<(u8, String)>,
}

impl Reader<'_> {
    fn name(&mut self, binders: &[TBinder]) {
        for binder in binders {
            self.names.push((binder.slot, binder.name.clone()));
            self.names.extend(binder.pair.as_ref().map(|(name, slot)| (*slot, name.clone())));
        }
    }

    /// Facts whose absence makes a condition unknown.
    fn facts(&mut self, typed: &Typed, out: &mut Facts) {
        match &typed.kind {
            // Presence tests are never unknown.
            Kind::Known(_) | Kind::Raised(_) | Kind::AsOf | Kind::Is { .. } => {}
            Kind::Let(index) => {
                if let Some(found) = self.values.open(*index) {
                    let mut facts = Facts::new();
                    self.facts(&found.value, &mut facts);
                    out.extend(facts.into_keys().map(|key| (key, found.name.clone())));
                }
            }
            Kind::Place(place) => {
                let name = self.place_name(place);
                out.insert(key(typed), name);
            }
            Kind::Coalesce(a, b) => {
                let (mut first, mut second) = (Facts::new(), Facts::new());
                self.facts(a, &mut first);
                self.facts(b, &mut second);
                // Something that is always there stands in for the rest.
                if !first.is_empty() && !second.is_empty() {
                    let name = first.values().next().cloned().unwrap_or_default();
                    let keys: Vec<String> = first.into_keys().chain(second.into_keys()).collect();
                    out.insert(format!("one of {}", keys.join(" | ")), name);
                }
            }
            Kind::Column { table, row: RowRef::Lookup(inner), .. } => {
                let name = self.values.checked.tables.get(*table).map_or("", |table| table.name.as_str());
                out.insert(key(typed), format!("{name}[…]"));
                self.facts(inner, out);
            }
            Kind::InList { value, list } => {
                if let Some(list) = self.values.checked.lists.get(*list).filter(|list| list.entries.is_none()) {
                    out.insert(format!("list {}", list.name), list.name.clone());
                }
                self.facts(value, out);
            }
            Kind::Aggregate { binders, body, .. } | Kind::Quantified { binders, body, .. } => {
                let depth = self.names.len();
                self.lists(binders, out);
                self.name(binders);
                self.facts(body, out);
                self.names.truncate(depth);
            }
            _ => {
                for part in super::parts(typed) {
                    self.facts(part, out);
                }
            }
        }
    }

    fn lists(&mut self, binders: &[TBinder], out: &mut Facts) {
        for binder in binders {
            match &binder.list {
                TList::Place(place) => {
                    out.insert(super::key::place_key(place), self.place_name(place));
                }
                TList::Value(value) => self.facts(value, out),
                TList::Table(_) | TList::Sources(_) | TList::Poison => {}
            }
        }
    }

    /// Facts that are there whenever a condition has this truth.
    fn needed(&mut self, typed: &Typed, truth: bool) -> Facts {
        match &typed.kind {
            Kind::Let(index) => {
                self.values.open(*index).map_or_else(Facts::new, |found| self.needed(&found.value, truth))
            }
            Kind::Not(inner) => self.needed(inner, !truth),
            Kind::Known(inner) if truth => self.needed(inner, true),
            Kind::Known(_) | Kind::Raised(_) | Kind::AtLeastOf { .. } => Facts::new(),
            Kind::And(parts) => self.joined(parts, truth, truth),
            Kind::Or(parts) => self.joined(parts, truth, !truth),
            Kind::Is { value, state } => {
                let mut out = Facts::new();
                if (*state == State::Present) == truth && *state != State::Unparsable {
                    self.facts(value, &mut out);
                }
                out
            }
            Kind::Quantified { quantifier, binders, body } => {
                let mut out = Facts::new();
                self.lists(binders, &mut out);
                let some = match quantifier {
                    Quant::Any | Quant::AtLeast(_) => truth.then_some(true),
                    Quant::All => (!truth).then_some(false),
                    Quant::No => (!truth).then_some(true),
                };
                if let Some(truth) = some {
                    // What one element must have says nothing of the others.
                    let slots: Vec<u8> = binders
                        .iter()
                        .flat_map(|b| std::iter::once(b.slot).chain(b.pair.as_ref().map(|p| p.1)))
                        .collect();
                    let inner = self.needed(body, truth);
                    out.extend(inner.into_iter().filter(|(key, _)| {
                        !slots
                            .iter()
                            .any(|slot| key.contains(&format!("b{slot}.")) || key.ends_with(&format!("b{slot}")))
                    }));
                }
                out
            }
            _ => {
                let mut out = Facts::new();
                self.facts(typed, &mut out);
                out
            }
        }
    }

    /// Facts of all parts, or those that every part has.
    fn joined(&mut self, parts: &[Typed], truth: bool, all: bool) -> Facts {
        let mut each: Vec<Facts> = parts.iter().map(|part| self.needed(part, truth)).collect();
        let mut out = each.pop().unwrap_or_default();
        for facts in each {
            if all {
                out.extend(facts);
            } else {
                out.retain(|key, _| facts.contains_key(key));
            }
        }
        out
    }

    fn place_name(&self, place: &Place) -> String {
        super::proxy::place_name(self.values.checked, place, &|slot| {
            self.names.iter().rev().find(|(own, _)| *own == slot).map(|(_, name)| name.clone())
        })
    }
}
