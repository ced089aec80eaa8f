//! `adjust`: what an extending ruleset changes of its base.

use super::scope::Scope;
use super::tree::{At, FileId, Kind, Typed};
use super::types::Ty;
use super::{Checker, Symbol, codes};
use indicia_dsl::ast::{AdjustDecl, Change, ChangeKind};
use rustc_hash::FxHashMap;

enum Target {
    Indicator(usize),
    Setting(usize),
    Category(usize),
}

impl Checker<'_> {
    pub(super) fn adjust(&mut self, decls: Vec<(FileId, AdjustDecl)>) {
        let mut seen: FxHashMap<String, At> = FxHashMap::default();
        for (file, decl) in decls {
            let at = At { file, span: decl.name.span };
            if seen.insert(decl.name.text.clone(), at).is_some() {
                self.error(codes::DUPLICATE_NAME, at, format!("`{}` is adjusted twice", decl.name.text), "");
                continue;
            }
            let name = &decl.name.text;
            if file >= self.out.own_from {
                self.adjusted.insert(name.clone());
            }
            let target = if let Some(index) = self.indicators.get(name) {
                Target::Indicator(*index)
            } else if let Some((Symbol::Setting(index), _)) = self.symbols.get(name) {
                Target::Setting(*index)
            } else if let Some(index) = self.out.decide.categories.iter().position(|known| known == name) {
                Target::Category(index)
            } else {
                if !self.broken.contains(name) {
                    let mut known: Vec<String> = self.indicators.keys().cloned().collect();
                    known.extend(self.out.settings.iter().map(|s| s.name.clone()));
                    known.extend(self.out.decide.categories.iter().cloned());
                    known.sort();
                    self.unknown(codes::BAD_ADJUST, "indicator, setting or category", name, at, &known);
                }
                continue;
            };
            for change in &decl.changes {
                self.change(&target, change, file, name);
            }
            let reasoned =
                |change: &Change| matches!(&change.kind, ChangeKind::Because(text) if !text.node.trim().is_empty());
            if file >= self.out.own_from && !decl.changes.iter().any(reasoned) {
                let message = format!("adjustment of `{name}` has no `because`");
                self.warning(codes::INCOMPLETE_INDICATOR, at, message, "").help =
                    Some("say why it differs here, for who reads it next: `because \"…\"`".to_owned());
            }
        }
    }

    fn change(&mut self, target: &Target, change: &Change, file: FileId, name: &str) {
        let at = At { file, span: change.span };
        match (target, &change.kind) {
            (_, ChangeKind::Because(_)) => {}
            (Target::Indicator(index), ChangeKind::Weight(weight)) => {
                let points = self.points(weight, file);
                if let Some(indicator) = self.out.indicators.get_mut(*index) {
                    indicator.weight = points;
                }
            }
            (Target::Indicator(index), ChangeKind::Severity(severity)) => {
                let grade = self.grade(severity, file);
                if let Some(indicator) = self.out.indicators.get_mut(*index) {
                    indicator.severity = grade;
                }
            }
            (Target::Indicator(index), ChangeKind::Status(status)) => {
                let shadow = self.is_shadow(Some(status), file);
                if let Some(indicator) = self.out.indicators.get_mut(*index) {
                    indicator.shadow = shadow;
                }
            }
            (Target::Category(index), ChangeKind::Cap(cap)) => {
                let points = self.points(cap, file);
                if let Some(slot) = self.out.decide.caps.get_mut(*index) {
                    *slot = points;
                }
            }
            (Target::Setting(index), ChangeKind::Value(value)) => {
                let ty = self.out.settings.get(*index).map_or(Ty::Poison, |s| s.value.ty.clone());
                let typed = self.expr(value, file, &mut Scope::default(), Some(&ty));
                self.set_setting(*index, typed, &ty, name);
            }
            (target, _) => {
                let (what, allowed) = match target {
                    Target::Indicator(_) => ("an indicator", "`weight`, `severity`, `status` and `because`"),
                    Target::Category(_) => ("a category", "`cap` and `because`"),
                    Target::Setting(_) => ("a setting", "`value` and `because`"),
                };
                self.error(codes::BAD_ADJUST, at, format!("`{name}` is {what}"), "").help =
                    Some(format!("{what} takes {allowed}"));
            }
        }
    }

    fn set_setting(&mut self, index: usize, typed: Typed, ty: &Ty, name: &str) {
        if typed.ty == Ty::Poison || *ty == Ty::Poison {
            return;
        }
        if typed.ty != *ty
            || !matches!(typed.kind, Kind::Number(_) | Kind::Text(_) | Kind::Length(_) | Kind::Date(_) | Kind::Bool(_))
        {
            let message = format!("setting `{name}` is {}, not {}", ty.with_article(), typed.ty.with_article());
            self.error(codes::TYPE_MISMATCH, typed.at, message, "");
            return;
        }
        if let Some(setting) = self.out.settings.get_mut(index) {
            setting.value = typed;
        }
    }
}
