//! `decide`: categories, weights, caps and outcomes.

use super::scope::Scope;
use super::tree::{At, DecideDef, FileId, Grade};
use super::{Checker, codes};
use indicia_dsl::ast::{DecideDecl, Name};
use std::collections::BTreeSet;

/// What to do instead of reading a field in an outcome's condition.
pub(super) const READS_NOTHING: &str = "make an indicator of what it reads, and ask whether that is `raised`";

impl Checker<'_> {
    /// Takes the extending ruleset's `decide`, else the base's. Outcome conditions are checked later, when indicators are known.
    pub(super) fn declare_decide(&mut self, decls: &[(FileId, bool, DecideDecl)]) {
        let own: Vec<_> = decls.iter().filter(|(_, of_base, _)| !of_base).collect();
        let candidates: Vec<_> = if own.is_empty() { decls.iter().collect() } else { own };
        if let [(file, _, first), rest @ ..] = candidates.as_slice() {
            for (other, _, decl) in rest {
                let first_file = self.file_name(*file).to_owned();
                let start = indicia_dsl::span::Span::new(decl.span.start, decl.span.start + 6);
                let diagnostic =
                    self.error(codes::BAD_DECIDE, At { file: *other, span: start }, "`decide` stands twice", "again");
                *diagnostic = diagnostic.clone().with_label(&first_file, first.span, "first here");
            }
        }
        let Some((file, _, decl)) = candidates.first() else {
            if !self.broken.contains("decide") {
                self.error(codes::BAD_DECIDE, At::default(), "the ruleset has no `decide`", "").help =
                    Some("say how findings become an outcome: `decide { … }`".to_owned());
            }
            return;
        };
        self.has_decide = true;
        let (file, decl) = (*file, decl.clone());
        self.take_decide(file, &decl);
        self.decide_source = Some((file, decl));
    }

    fn take_decide(&mut self, file: FileId, decl: &DecideDecl) {
        let at = At { file, span: indicia_dsl::span::Span::new(decl.span.start, decl.span.start + 6) };
        let mut out = DecideDef { at, ..DecideDef::default() };
        for name in &decl.categories {
            self.add_once(&mut out.categories, name, file, "category");
        }
        for name in &decl.outcomes {
            self.add_once(&mut out.outcomes, name, file, "outcome");
        }
        if decl.categories.is_empty() {
            self.error(codes::BAD_DECIDE, at, "`decide` names no categories", "").help =
                Some("add a line such as `categories contact, identity`".to_owned());
        }
        if decl.outcomes.len() < 2 {
            self.error(codes::BAD_DECIDE, at, "`decide` needs at least two outcomes", "").help =
                Some("add a line such as `outcomes clear, review`, from least to most".to_owned());
        }
        let mut weights = [None; 4];
        for (name, value) in &decl.weights {
            let points = self.points(value, file);
            let Some(grade) = Grade::parse(&name.text) else {
                let known: Vec<String> = Grade::WORDS.iter().map(|w| (*w).to_owned()).collect();
                self.unknown(codes::BAD_DECIDE, "severity", &name.text, At { file, span: name.span }, &known);
                continue;
            };
            if let Some(slot) = weights.get_mut(grade as usize)
                && slot.replace(points.unwrap_or(0)).is_some()
            {
                let place = At { file, span: name.span };
                self.error(codes::BAD_DECIDE, place, format!("weight of `{}` is given twice", name.text), "");
            }
        }
        let missing: Vec<&str> =
            Grade::WORDS.iter().zip(&weights).filter(|(_, weight)| weight.is_none()).map(|(word, _)| *word).collect();
        if decl.weights.is_empty() || (!missing.is_empty() && decl.weights.len() < 4) {
            let message = format!("`weights` does not name {}", super::list_of(&missing));
            self.error(codes::BAD_DECIDE, at, message, "").help =
                Some("write `weights info 1, low 5, medium 12, high 25`".to_owned());
        }
        for (slot, weight) in out.weights.iter_mut().zip(weights) {
            *slot = weight.unwrap_or(0);
        }
        out.caps = vec![None; out.categories.len()];
        for (name, value) in &decl.caps {
            let points = self.points(value, file);
            let place = At { file, span: name.span };
            match out.categories.iter().position(|known| *known == name.text) {
                Some(index) => {
                    if let Some(slot) = out.caps.get_mut(index)
                        && slot.replace(points.unwrap_or(0)).is_some()
                    {
                        self.error(codes::BAD_DECIDE, place, format!("cap of `{}` is given twice", name.text), "");
                    }
                }
                None => self.unknown(codes::BAD_DECIDE, "category", &name.text, place, &out.categories),
            }
        }
        self.out.decide = out;
    }

    fn add_once(&mut self, known: &mut Vec<String>, name: &Name, file: FileId, what: &str) {
        if known.contains(&name.text) {
            let at = At { file, span: name.span };
            self.error(codes::BAD_DECIDE, at, format!("{what} `{}` is given twice", name.text), "");
        } else {
            known.push(name.text.clone());
        }
    }

    /// The outcomes' conditions.
    pub(super) fn decide_rules(&mut self) {
        let Some((file, decl)) = self.decide_source.take() else { return };
        let outcomes = self.out.decide.outcomes.clone();
        let mut rules = vec![None; outcomes.len()];
        let mut named = vec![BTreeSet::new(); outcomes.len()];
        for (name, condition) in &decl.rules {
            let at = At { file, span: name.span };
            let mut scope = Scope { decide: true, ..Scope::default() };
            let typed = self.condition(condition, file, &mut scope);
            self.decide_reads.join(&scope.reads);
            if !typed.is_poison()
                && (!scope.reads.fields.is_empty() || scope.reads.as_of || !scope.reads.tables.is_empty())
            {
                self.error(
                    codes::BAD_DECIDE,
                    typed.at,
                    "an outcome depends on `score`, `categories` and `raised` only",
                    "",
                )
                .help = Some(READS_NOTHING.to_owned());
            }
            match outcomes.iter().position(|known| *known == name.text) {
                None => self.unknown(codes::BAD_DECIDE, "outcome", &name.text, at, &outcomes),
                Some(0) => {
                    let message =
                        format!("`{}` is the least outcome: it is the default and has no condition", name.text);
                    self.error(codes::BAD_DECIDE, at, message, "");
                }
                Some(index) => {
                    let text = indicia_dsl::print_expr(condition);
                    if let Some(named) = named.get_mut(index) {
                        named.extend(scope.reads.indicators);
                    }
                    if let Some(slot) = rules.get_mut(index)
                        && slot.replace((typed, text)).is_some()
                    {
                        let message = format!("outcome `{}` has two conditions", name.text);
                        self.error(codes::BAD_DECIDE, at, message, "").help = Some("join them with `or`".to_owned());
                    }
                }
            }
        }
        self.out.decide.rules = rules;
        self.out.decide.named = named;
    }
}
