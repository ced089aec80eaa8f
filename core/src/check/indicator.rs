//! Indicators, settings and `let`.

use super::scope::Scope;
use super::tree::{At, FileId, Grade, IndicatorDef, Kind, LetDef, Piece, Reads, SettingDef, Typed};
use super::types::Ty;
use super::{Checker, LetState, Symbol, codes, list_of};
use indicia_dsl::ast::{
    Clause, ClauseKind, ForClause, IndicatorDecl, LetDecl, Message, MessagePart, Name, SettingDecl,
};
use indicia_dsl::span::Spanned;
use rustc_hash::FxHashSet;

/// How often a `let` may refer to a `let` in a row.
const MAX_LET_DEPTH: usize = 32;
/// How often an indicator may read an indicator in a row.
const MAX_RAISED_DEPTH: usize = 64;

/// An indicator's clauses, each at most once (but sources).
#[derive(Default)]
struct Clauses<'c> {
    category: Option<(&'c Name, &'c Clause)>,
    severity: Option<(&'c Name, &'c Clause)>,
    weight: Option<(&'c Spanned<f64>, &'c Clause)>,
    status: Option<(&'c Name, &'c Clause)>,
    justified: Option<(&'c Spanned<String>, &'c Clause)>,
    binders: Option<(&'c ForClause, &'c Clause)>,
    when: Option<(&'c indicia_dsl::ast::Expr, &'c Clause)>,
    unless: Option<(&'c indicia_dsl::ast::Expr, &'c Clause)>,
    because: Option<(&'c Message, &'c Clause)>,
    verify: Option<(&'c Spanned<String>, &'c Clause)>,
    caution: Option<(&'c Spanned<String>, &'c Clause)>,
    sources: Vec<(String, Option<String>)>,
}

/// Keeps the first clause of a kind; whether there was one already.
fn taken<'c, T: ?Sized>(slot: &mut Option<(&'c T, &'c Clause)>, value: &'c T, clause: &'c Clause) -> bool {
    let had = slot.is_some();
    slot.get_or_insert((value, clause));
    had
}

impl Checker<'_> {
    pub(super) fn declare_settings(&mut self, decls: Vec<(FileId, SettingDecl)>) {
        for (file, decl) in decls {
            let at = At { file, span: decl.name.span };
            let mut scope = Scope::default();
            let value = self.expr(&decl.value, file, &mut scope, None);
            let literal = matches!(
                value.kind,
                Kind::Number(_) | Kind::Text(_) | Kind::Length(_) | Kind::Date(_) | Kind::Bool(_) | Kind::Poison
            );
            if !literal {
                self.error(
                    codes::WRONG_KIND,
                    value.at,
                    "a setting is a literal: a number, a text, a duration, a date",
                    "",
                )
                .help = Some("name a computed value with `let`".to_owned());
            }
            let index = self.out.settings.len();
            self.out.settings.push(SettingDef { name: decl.name.text.clone(), value, at });
            self.forbid_field_name(&decl.name, file);
            self.register(&decl.name, file, Symbol::Setting(index));
        }
    }

    pub(super) fn declare_lets(&mut self, decls: Vec<(FileId, LetDecl)>) {
        for (file, decl) in decls {
            let index = self.lets.len();
            self.forbid_field_name(&decl.name, file);
            self.register(&decl.name, file, Symbol::Let(index));
            let at = At { file, span: decl.name.span };
            let value = Self::poison(at);
            self.out.lets.push(LetDef { name: decl.name.text.clone(), value, reads: Reads::default(), at });
            self.lets.push(LetState::Waiting(Box::new(decl), file));
        }
    }

    pub(super) fn forbid_field_name(&mut self, name: &Name, file: FileId) {
        if self.field_index(self.out.root, &name.text).is_some() {
            let at = At { file, span: name.span };
            self.error(
                codes::DUPLICATE_NAME,
                at,
                format!("`{}` is already a field of the application", name.text),
                "",
            )
            .help = Some("choose another name".to_owned());
        }
    }

    /// The type of a `let`, checked on first use; what it reads is read by whoever uses it.
    pub(super) fn let_type(&mut self, index: usize, at: At, scope: &mut Scope) -> Ty {
        let state = self.lets.get_mut(index).map(|state| std::mem::replace(state, LetState::Busy));
        match state {
            Some(LetState::Waiting(decl, file)) => {
                if self.let_depth >= MAX_LET_DEPTH {
                    let message = format!("`let` refers to `let` more than {MAX_LET_DEPTH} times in a row");
                    self.error(codes::TOO_LARGE, at, message, "");
                    self.set_let(index, LetState::Done);
                    return Ty::Poison;
                }
                self.let_depth += 1;
                let mut inner = Scope::default();
                let value = self.expr(&decl.value, file, &mut inner, None);
                if let Some(slot) = self.out.lets.get_mut(index) {
                    slot.value = value;
                    slot.reads = inner.reads;
                }
                self.set_let(index, LetState::Done);
                self.let_depth -= 1;
            }
            Some(LetState::Busy) => {
                let name = self.out.lets.get(index).map(|l| l.name.clone()).unwrap_or_default();
                self.error(codes::CYCLE, at, format!("`{name}` is defined by itself"), "");
                return Ty::Poison;
            }
            Some(LetState::Done) => self.set_let(index, LetState::Done),
            None => return Ty::Poison,
        }
        let Some(found) = self.out.lets.get(index) else { return Ty::Poison };
        scope.reads.join(&found.reads);
        scope.reads.protected.extend(found.reads.protected.iter().map(|(field, _)| (*field, at)));
        found.value.ty.clone()
    }

    fn set_let(&mut self, index: usize, state: LetState) {
        if let Some(slot) = self.lets.get_mut(index) {
            *slot = state;
        }
    }

    /// Checks the `let`s that nothing used.
    pub(super) fn check_lets(&mut self) {
        for index in 0..self.lets.len() {
            let at = self.out.lets.get(index).map(|l| l.at).unwrap_or_default();
            let mut scope = Scope::default();
            self.let_type(index, at, &mut scope);
        }
    }

    pub(super) fn declare_indicators(&mut self, decls: Vec<(FileId, bool, IndicatorDecl)>) {
        let mut kept: Vec<(FileId, bool, IndicatorDecl, usize)> = Vec::new();
        let mut seen: rustc_hash::FxHashMap<String, At> = rustc_hash::FxHashMap::default();
        let mut again = Vec::new();
        for (file, of_base, decl) in decls {
            let at = At { file, span: decl.name.span };
            if let Some(first) = seen.get(&decl.name.text).copied() {
                let first_file = self.file_name(first.file).to_owned();
                let message = format!("indicator `{}` is declared twice", decl.name.text);
                let diagnostic = self.error(codes::DUPLICATE_NAME, at, message, "declared again");
                *diagnostic = diagnostic.clone().with_label(&first_file, first.span, "first declared here");
                again.push((file, of_base, decl));
                continue;
            }
            if self.is_withdrawn(&decl.name.text) {
                let message = format!("`{}` is the id of a withdrawn indicator", decl.name.text);
                self.error(codes::WITHDRAWN_ID, at, message, "").help =
                    Some("ids are stable for ever: choose another one".to_owned());
            }
            seen.insert(decl.name.text.clone(), at);
            let category = decl.clauses.iter().find_map(|clause| match &clause.kind {
                ClauseKind::Category(name) => self.out.decide.categories.iter().position(|c| *c == name.text),
                _ => None,
            });
            kept.push((file, of_base, decl, category.unwrap_or(usize::MAX)));
        }
        kept.sort_by(|a, b| (a.3, &a.2.name.text).cmp(&(b.3, &b.2.name.text)));
        for (index, (_, _, decl, _)) in kept.iter().enumerate() {
            self.indicators.insert(decl.name.text.clone(), index);
        }
        for (file, of_base, decl, _) in &kept {
            self.checks_base = *of_base;
            let indicator = self.indicator(*file, decl);
            self.out.indicators.push(indicator);
        }
        // What is declared again is not kept, but its mistakes are reported with the others.
        for (file, of_base, decl) in &again {
            self.checks_base = *of_base;
            self.indicator(*file, decl);
        }
    }

    fn is_withdrawn(&self, name: &str) -> bool {
        let mut sources = Some(self.sources);
        while let Some(current) = sources {
            if current.manifest.withdrawn.iter().any(|id| id == name) {
                return true;
            }
            sources = current.base.as_deref();
        }
        false
    }

    fn indicator(&mut self, file: FileId, decl: &IndicatorDecl) -> IndicatorDef {
        let name_at = At { file, span: decl.name.span };
        let clauses = self.clauses(file, decl);
        let category = self.category(&clauses, file, name_at, &decl.name.text);
        let severity = self.severity(&clauses, file, name_at, &decl.name.text);
        let shadow = self.is_shadow(clauses.status.map(|(name, _)| name), file);
        let weight = clauses.weight.and_then(|(weight, _)| self.points(weight, file));
        let mut scope = Scope::default();
        let mut at_least = None;
        let elements = clauses.binders.map_or_else(String::new, |(clause, _)| indicia_dsl::print_for(clause));
        let binders = match clauses.binders {
            Some((binders, _)) => {
                at_least = binders.at_least.as_ref().map(|count| count.node);
                if let Some(count) = binders.at_least.as_ref().filter(|count| count.node == 0) {
                    self.error(codes::WRONG_KIND, At { file, span: count.span }, "`at least 0` is always true", "");
                }
                self.binders(&binders.binders, file, &mut scope)
            }
            None => Vec::new(),
        };
        let mut condition = String::new();
        let (when, when_at) = if let Some((expr, clause)) = clauses.when {
            condition = indicia_dsl::print_expr(expr);
            (self.condition(expr, file, &mut scope), At { file, span: clause.span })
        } else {
            self.missing_clause(name_at, &decl.name.text, "when", "when     form.phone is missing");
            (Self::poison(name_at), name_at)
        };
        let unless = clauses.unless.map(|(expr, _)| self.condition(expr, file, &mut scope));
        if let Some((expr, _)) = clauses.unless {
            condition = format!("{condition} unless {}", indicia_dsl::print_expr(expr));
        }
        // What only the message reads needs a slot, too, but decides nothing.
        let decided = std::mem::take(&mut scope.reads);
        let because = clauses.because.map_or_else(Vec::new, |(message, _)| self.message(message, file, &mut scope));
        let told = std::mem::replace(&mut scope.reads, decided);
        scope.reads.join(&told);
        scope.reads.protected.extend(told.protected);
        IndicatorDef {
            name: decl.name.text.clone(),
            title: decl.title.node.clone(),
            category,
            severity,
            weight,
            shadow,
            justified: clauses.justified.map(|(text, _)| text.node.clone()),
            at_least,
            binders,
            elements,
            when,
            unless,
            because,
            verify: clauses.verify.map(|(text, _)| text.node.clone()),
            caution: clauses.caution.map(|(text, _)| text.node.clone()),
            sources: clauses.sources.clone(),
            reads: scope.reads,
            told: told.paths,
            at: At { file, span: decl.span },
            name_at,
            when_at,
            condition,
        }
    }

    fn clauses<'c>(&mut self, file: FileId, decl: &'c IndicatorDecl) -> Clauses<'c> {
        let mut found = Clauses::default();
        for clause in &decl.clauses {
            let taken = match &clause.kind {
                ClauseKind::Category(v) => taken(&mut found.category, v, clause),
                ClauseKind::Severity(v) => taken(&mut found.severity, v, clause),
                ClauseKind::Weight(v) => taken(&mut found.weight, v, clause),
                ClauseKind::Status(v) => taken(&mut found.status, v, clause),
                ClauseKind::Justified(v) => taken(&mut found.justified, v, clause),
                ClauseKind::For(v) => taken(&mut found.binders, v, clause),
                ClauseKind::When(v) => taken(&mut found.when, v, clause),
                ClauseKind::Unless(v) => taken(&mut found.unless, v, clause),
                ClauseKind::Because(v) => taken(&mut found.because, v, clause),
                ClauseKind::Verify(v) => taken(&mut found.verify, v, clause),
                ClauseKind::Caution(v) => taken(&mut found.caution, v, clause),
                ClauseKind::Source { title, url } => {
                    found.sources.push((title.node.clone(), url.as_ref().map(|u| u.node.clone())));
                    false
                }
            };
            if taken {
                let at = At { file, span: clause.keyword };
                self.error(
                    codes::DUPLICATE_CLAUSE,
                    at,
                    format!("clause given twice in `{}`", decl.name.text),
                    "given again",
                )
                .help = Some("join both in one clause".to_owned());
            }
        }
        found
    }

    fn missing_clause(&mut self, at: At, indicator: &str, clause: &str, example: &str) {
        self.error(codes::MISSING_CLAUSE, at, format!("indicator `{indicator}` has no `{clause}`"), "").help =
            Some(format!("add a line such as `{example}`"));
    }

    fn category(&mut self, clauses: &Clauses<'_>, file: FileId, at: At, indicator: &str) -> usize {
        let Some((name, _)) = clauses.category else {
            self.missing_clause(at, indicator, "category", "category contact");
            return 0;
        };
        if let Some(index) = self.out.decide.categories.iter().position(|known| *known == name.text) {
            return index;
        }
        if self.has_decide && self.checks_base {
            let message = format!("`decide` does not name the category `{}` of `{indicator}`", name.text);
            self.error(codes::BAD_DECIDE, self.out.decide.at, message, "").help =
                Some("a `decide` that replaces the base's names every category in use".to_owned());
        } else if self.has_decide {
            let known = self.out.decide.categories.clone();
            self.unknown(codes::UNKNOWN_NAME, "category", &name.text, At { file, span: name.span }, &known);
        }
        0
    }

    fn severity(&mut self, clauses: &Clauses<'_>, file: FileId, at: At, indicator: &str) -> Grade {
        let Some((name, _)) = clauses.severity else {
            self.missing_clause(at, indicator, "severity", "severity low");
            return Grade::Info;
        };
        self.grade(name, file)
    }

    pub(super) fn grade(&mut self, name: &Name, file: FileId) -> Grade {
        Grade::parse(&name.text).unwrap_or_else(|| {
            let known: Vec<String> = Grade::WORDS.iter().map(|w| (*w).to_owned()).collect();
            self.unknown(codes::BAD_LITERAL, "severity", &name.text, At { file, span: name.span }, &known);
            Grade::Info
        })
    }

    pub(super) fn is_shadow(&mut self, name: Option<&Name>, file: FileId) -> bool {
        match name.map(|name| name.text.as_str()) {
            None | Some("active") => false,
            Some("shadow") => true,
            Some(other) => {
                if let Some(name) = name {
                    let known = ["active".to_owned(), "shadow".to_owned()];
                    self.unknown(codes::BAD_LITERAL, "status", other, At { file, span: name.span }, &known);
                }
                false
            }
        }
    }

    /// A weight or cap: a whole number from 0 to 1000.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is tested on the line before"
    )]
    pub(super) fn points(&mut self, value: &Spanned<f64>, file: FileId) -> Option<u32> {
        if value.node.fract() == 0.0 && (0.0..=1000.0).contains(&value.node) {
            return Some(value.node as u32);
        }
        let at = At { file, span: value.span };
        self.error(codes::BAD_LITERAL, at, "weights and caps are whole numbers from 0 to 1000", "");
        None
    }

    fn message(&mut self, message: &Message, file: FileId, scope: &mut Scope) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in &message.parts {
            match part {
                MessagePart::Text(text) => pieces.push(Piece::Text(text.clone())),
                MessagePart::Value(expr) => {
                    let value = self.expr(expr, file, scope, None);
                    match value.ty {
                        Ty::Truth | Ty::Record(_) | Ty::Table(_) | Ty::Period => {
                            let message = format!("a message can't print {}", value.ty.with_article());
                            self.error(codes::WRONG_KIND, value.at, message, "").help =
                                Some("name one of its fields".to_owned());
                        }
                        _ => pieces.push(Piece::Value(value)),
                    }
                }
            }
        }
        pieces
    }

    /// Cycles, protected fields and the order of evaluation, once all indicators are known.
    pub(super) fn finish_indicators(&mut self) {
        let count = self.out.indicators.len();
        let mut order = Vec::with_capacity(count);
        let mut done: FxHashSet<usize> = FxHashSet::default();
        for start in 0..count {
            let mut trail = Vec::new();
            if let Some(cycle) = self.visit(start, &mut trail, &mut done, &mut order) {
                let names: Vec<String> =
                    cycle.iter().filter_map(|i| self.out.indicators.get(*i)).map(|i| i.name.clone()).collect();
                let at = cycle.first().and_then(|i| self.out.indicators.get(*i)).map(|i| i.name_at).unwrap_or_default();
                if names.len() >= MAX_RAISED_DEPTH {
                    let message = format!("indicators read each other more than {MAX_RAISED_DEPTH} deep");
                    self.error(codes::TOO_LARGE, at, message, "");
                } else {
                    self.error(codes::CYCLE, at, format!("indicators read each other: {}", list_of(&names)), "");
                }
                for index in cycle {
                    if done.insert(index) {
                        order.push(index);
                    }
                }
            }
        }
        self.out.order = order;
        self.check_protected();
    }

    fn visit(
        &self,
        index: usize,
        trail: &mut Vec<usize>,
        done: &mut FxHashSet<usize>,
        order: &mut Vec<usize>,
    ) -> Option<Vec<usize>> {
        if done.contains(&index) {
            return None;
        }
        if let Some(position) = trail.iter().position(|other| *other == index) {
            return trail.get(position..).map(<[usize]>::to_vec);
        }
        if trail.len() >= MAX_RAISED_DEPTH {
            return Some(trail.clone());
        }
        trail.push(index);
        let reads: Vec<usize> =
            self.out.indicators.get(index).map_or_else(Vec::new, |i| i.reads.indicators.iter().copied().collect());
        for other in reads {
            if let Some(cycle) = self.visit(other, trail, done, order) {
                return Some(cycle);
            }
        }
        trail.pop();
        if done.insert(index) {
            order.push(index);
        }
        None
    }

    fn check_protected(&mut self) {
        for index in self.out.order.clone() {
            let Some(indicator) = self.out.indicators.get(index) else { continue };
            if indicator.justified.is_some() {
                continue;
            }
            let found = self.protected_reads(index, &mut FxHashSet::default());
            let Some(indicator) = self.out.indicators.get(index) else { continue };
            let name = indicator.name.clone();
            let own = indicator.reads.protected.first().map(|(_, at)| *at);
            let at = own.unwrap_or(indicator.when_at);
            if let Some((field, ground)) = found {
                self.error(
                    codes::PROTECTED,
                    at,
                    format!("indicator `{name}` reads `{field}`, which is protected ({ground})"),
                    "",
                )
                .help = Some("leave it out, or add `justified \"…\"`: the verdict repeats the reason".to_owned());
            }
        }
    }

    /// A protected field that an indicator reads, directly or through others.
    fn protected_reads(&self, index: usize, seen: &mut FxHashSet<usize>) -> Option<(String, String)> {
        if !seen.insert(index) {
            return None;
        }
        let indicator = self.out.indicators.get(index)?;
        let own = indicator.reads.protected.first().and_then(|(field, _)| {
            let def = self.field(*field)?;
            def.protected.clone().map(|ground| (def.name.clone(), ground))
        });
        own.or_else(|| indicator.reads.indicators.iter().find_map(|other| self.protected_reads(*other, seen)))
    }
}

impl Typed {
    /// Whether it was reported already.
    pub(crate) fn is_poison(&self) -> bool {
        self.ty == Ty::Poison || matches!(self.kind, Kind::Poison)
    }
}
