//! `compile`: a checked ruleset to a [`Program`].
//!
//! Owns slots, prepared literals, lists, tables and regular expressions, constant folding and the sharing of common
//! conditions. Refuses names: what a name means was settled by `check`.

mod cond;
mod data;
mod layout;
pub(crate) mod program;
mod value;

pub(crate) use program::Program;

use crate::check::Checked;
use crate::check::tree::{FieldId, FieldTy, IndicatorDef, Piece, Typed};
use crate::limits::Limits;
use crate::record::Scalar;
use layout::Plan;
use program::{Cond, Decide, Indicator, Node, Part, Site, Submitted, Test, Value};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Compiles a checked ruleset.
pub(crate) fn compile(checked: &Checked, limits: &Limits) -> Program {
    let mut reads: BTreeSet<FieldId> = BTreeSet::new();
    for indicator in &checked.indicators {
        reads.extend(&indicator.reads.fields);
    }
    let always = ["id", "submitted"];
    if let Some(root) = checked.records.get(checked.root) {
        for (index, field) in root.fields.iter().enumerate() {
            if always.contains(&field.name.as_str()) {
                reads.insert((checked.root, index));
            }
        }
    }
    let plan = Plan::new(checked, &reads);
    let mut compiler = Compiler {
        checked,
        limits,
        plan,
        program: Program::default(),
        texts: FxHashMap::default(),
        regexes: FxHashMap::default(),
        uses: FxHashMap::default(),
        shared: FxHashMap::default(),
        lets: FxHashMap::default(),
    };
    compiler.run();
    let Compiler { plan, mut program, .. } = compiler;
    program.layout = plan.layout;
    program.quick = crate::quick::lower(&program);
    program
}

struct Compiler<'a> {
    checked: &'a Checked,
    limits: &'a Limits,
    plan: Plan,
    program: Program,
    texts: FxHashMap<Arc<str>, u32>,
    regexes: FxHashMap<(Arc<str>, bool), u32>,
    /// How often a condition without bound names occurs, by its text.
    uses: FxHashMap<Arc<str>, u32>,
    shared: FxHashMap<Arc<str>, u32>,
    /// Values of `let`s that are compiled.
    lets: FxHashMap<usize, u32>,
}

impl Compiler<'_> {
    fn run(&mut self) {
        let checked = self.checked;
        self.program.files = checked.files.iter().map(|name| Arc::from(name.as_str())).collect();
        self.program.id = self.locate("id", |scalar| matches!(scalar, Scalar::Text)).map(|(offset, _)| offset);
        self.program.submitted = self
            .locate("submitted", |scalar| matches!(scalar, Scalar::Instant | Scalar::Date))
            .map(|(offset, is_date)| Submitted { offset, is_date });
        self.data();
        for indicator in &checked.indicators {
            self.count_uses(&indicator.when);
            if let Some(unless) = &indicator.unless {
                self.count_uses(unless);
            }
        }
        for indicator in &checked.indicators {
            let compiled = self.indicator(indicator);
            self.program.indicators.push(compiled);
        }
        self.program.order = checked.order.iter().filter_map(|index| u32::try_from(*index).ok()).collect();
        self.decide();
    }

    fn locate(&self, name: &str, fits: impl Fn(&Scalar) -> bool) -> Option<(u32, bool)> {
        let root = self.checked.records.get(self.checked.root)?;
        let index = root.fields.iter().position(|field| field.name == name)?;
        match &root.fields.get(index)?.ty {
            FieldTy::Scalar(scalar) if fits(scalar) => {
                Some((self.plan.offset(&[(self.checked.root, index)]), *scalar == Scalar::Date))
            }
            _ => None,
        }
    }

    fn indicator(&mut self, def: &IndicatorDef) -> Indicator {
        let binders = def.binders.iter().map(|binder| self.binder(binder)).collect();
        let when = self.cond(&def.when);
        let condition = match &def.unless {
            Some(unless) => {
                let site = when.site;
                let exception = self.cond(unless);
                let exception_site = exception.site;
                let not = Cond { test: Test::Not(Box::new(exception)), site: exception_site };
                Cond { test: Test::And(Box::new([when, not])), site }
            }
            None => when,
        };
        let because = def
            .because
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Part::Text(Arc::from(text.as_str())),
                Piece::Value(value) => Part::Value(self.value(value)),
            })
            .collect();
        let default = self.checked.decide.weights.get(def.severity as usize).copied().unwrap_or(0);
        Indicator {
            name: Arc::from(def.name.as_str()),
            title: Arc::from(def.title.as_str()),
            category: def.category,
            severity: def.severity,
            weight: def.weight.unwrap_or(default),
            shadow: def.shadow,
            composite: def.is_composite(),
            justified: def.justified.as_deref().map(Arc::from),
            at_least: def.at_least,
            binders,
            elements: Arc::from(def.elements.as_str()),
            condition,
            has_exception: def.unless.is_some(),
            reads: def.reads.indicators.iter().copied().collect(),
            because,
            verify: def.verify.as_deref().map(Arc::from),
            caution: def.caution.as_deref().map(Arc::from),
            sources: def.sources.iter().map(|(t, u)| (Arc::from(t.as_str()), u.as_deref().map(Arc::from))).collect(),
        }
    }

    fn decide(&mut self) {
        let decide = &self.checked.decide;
        let mut thresholds = BTreeSet::new();
        let mut rules = Vec::new();
        for rule in &decide.rules {
            rules.push(rule.as_ref().map(|(condition, text)| {
                collect_thresholds(condition, &mut thresholds);
                (self.cond(condition), Arc::from(text.as_str()))
            }));
        }
        let remembers = rules.iter().flatten().any(|(condition, _)| remembers(condition));
        self.program.decide = Decide {
            remembers,
            categories: decide.categories.iter().map(|name| Arc::from(name.as_str())).collect(),
            caps: decide.caps.clone(),
            outcomes: decide.outcomes.iter().map(|name| Arc::from(name.as_str())).collect(),
            rules,
            thresholds: thresholds.into_iter().collect(),
        };
    }

    fn site(&mut self, typed: &Typed) -> u32 {
        let text = typed.text.clone().unwrap_or_else(|| Arc::from(""));
        let index = u32::try_from(self.program.sites.len()).unwrap_or(u32::MAX);
        self.program.sites.push(Site { file: typed.at.file, span: typed.at.span, text });
        index
    }
}

/// Whether a condition asks for more than score, categories and indicators.
fn remembers(condition: &Cond) -> bool {
    let plain = |value: &Value| matches!(value.node, Node::Score | Node::Categories | Node::Number(_));
    match &condition.test {
        Test::Const(_) | Test::Raised(_) => false,
        Test::Not(inner) | Test::Known(inner) => remembers(inner),
        Test::And(parts) | Test::Or(parts) | Test::AtLeast(_, parts) => parts.iter().any(remembers),
        Test::Numbers { left, right, .. } => !plain(left) || !plain(right),
        _ => true,
    }
}

/// Every number in an outcome's condition may be a threshold of the score; so may the number after it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is tested on the line before")]
fn collect_thresholds(typed: &Typed, found: &mut BTreeSet<u32>) {
    use crate::check::tree::Kind;
    match &typed.kind {
        Kind::Number(value) if (0.0..=1_000_000.0).contains(value) => {
            found.insert(value.ceil() as u32);
            found.insert(value.floor() as u32 + 1);
        }
        Kind::And(parts) | Kind::Or(parts) | Kind::AtLeastOf { conditions: parts, .. } => {
            for part in parts {
                collect_thresholds(part, found);
            }
        }
        Kind::Not(inner) | Kind::Known(inner) | Kind::Neg(inner) => collect_thresholds(inner, found),
        Kind::Compare { left, right, .. } | Kind::Arith { left, right, .. } => {
            collect_thresholds(left, found);
            collect_thresholds(right, found);
        }
        Kind::InValues { values, .. } => values.iter().for_each(|value| collect_thresholds(value, found)),
        _ => {}
    }
}
