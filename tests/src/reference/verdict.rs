//! Indicators and the decision: what a whole application comes to.

use super::calendar::{self, Day};
use super::conditions::all_of;
use super::lists::at_least;
use super::place::{self, AsOf, Place};
use super::read::{Value, given, read};
use super::schema::Type;
use super::values::{Case, Env};
use super::{Evidence, Reference, Truth};
use indicia_dsl::ast::{ClauseKind, CompareOp, Expr, ExprKind, ForClause, IndicatorDecl};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// What the reference says of one application.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The indicators by id.
    pub indicators: BTreeMap<String, Judged>,
    /// Points after the caps.
    pub score: u64,
    /// Per category: points before the cap, points after it.
    pub categories: BTreeMap<String, (u64, u64)>,
    /// The outcome.
    pub outcome: String,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Its truth.
    pub truth: Truth,
    /// Whether it only reports.
    pub shadow: bool,
    /// All its findings, in order, if it is raised.
    pub findings: Vec<Finding>,
    /// Combinations that could not be judged, if it is raised.
    pub undecided: usize,
}

/// One finding: its evidence as a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path and value, as JSON text.
    pub evidence: BTreeSet<(String, String)>,
}

struct Indicator<'r> {
    decl: &'r IndicatorDecl,
    over: Option<&'r ForClause>,
    when: Option<&'r Expr>,
    unless: Option<&'r Expr>,
    category: &'r str,
    severity: &'r str,
    weight: Option<f64>,
    shadow: bool,
}

fn clauses(decl: &IndicatorDecl) -> Indicator<'_> {
    let mut found = Indicator {
        decl,
        over: None,
        when: None,
        unless: None,
        category: "",
        severity: "",
        weight: None,
        shadow: false,
    };
    for clause in &decl.clauses {
        match &clause.kind {
            ClauseKind::For(over) => found.over = Some(over),
            ClauseKind::When(condition) => found.when = Some(condition),
            ClauseKind::Unless(condition) => found.unless = Some(condition),
            ClauseKind::Category(name) => found.category = &name.text,
            ClauseKind::Severity(name) => found.severity = &name.text,
            ClauseKind::Weight(weight) => found.weight = Some(weight.node),
            ClauseKind::Status(name) => found.shadow = name.text == "shadow",
            _ => {}
        }
    }
    found
}

impl Reference {
    /// Judges an application for a day that the caller gives, or for that of `submitted`.
    pub fn judge(&self, record: &Json, as_of: Option<&str>) -> Judgement {
        let case = self.case(record, as_of);
        let mut indicators = BTreeMap::new();
        for decl in &self.indicators {
            indicators.insert(decl.name.text.clone(), case.judge(&clauses(decl)));
        }
        self.decision(&indicators)
    }

    fn case(&self, record: &Json, as_of: Option<&str>) -> Case<'_> {
        let root = Place::root(&self.schema.application, record);
        let is_declared = self.schema.application.field("submitted").is_some();
        let submitted = given(record.get("submitted")).filter(|_| is_declared);
        let as_of = match as_of {
            Some(day) => AsOf {
                day: calendar::days_of(day).and_then(|days| days.first().copied()),
                evidence: Evidence::default(),
            },
            None => AsOf {
                day: submitted.and_then(day_of),
                evidence: if is_declared {
                    Evidence::one("submitted", submitted.cloned().unwrap_or(Json::Null))
                } else {
                    Evidence::default()
                },
            },
        };
        Case { rules: self, root, as_of }
    }

    fn decision(&self, judged: &BTreeMap<String, Judged>) -> Judgement {
        let (mut points, mut counted) = (BTreeMap::<String, u64>::new(), BTreeSet::new());
        for decl in &self.indicators {
            let indicator = clauses(decl);
            let Some(found) = judged.get(&decl.name.text) else { continue };
            if found.truth != Truth::True || found.shadow {
                continue;
            }
            let by_severity = self.decide.weights.iter().find(|(name, _)| name.text == indicator.severity);
            let weight = indicator.weight.or(by_severity.map(|(_, weight)| weight.node)).unwrap_or_default();
            *points.entry(indicator.category.to_owned()).or_default() += whole(weight);
            if indicator.severity != "info" && !is_composite(decl) {
                counted.insert(indicator.category.to_owned());
            }
        }
        let cap = |category: &str| {
            let found = self.decide.caps.iter().find(|(name, _)| name.text == category);
            found.map_or(u64::MAX, |(_, cap)| whole(cap.node))
        };
        let categories: BTreeMap<String, (u64, u64)> =
            points.into_iter().map(|(name, points)| (name.clone(), (points, points.min(cap(&name))))).collect();
        let score = categories.values().map(|(_, points)| points).sum();
        let numbers = Numbers { score, categories: counted.len() as u64, judged };
        let reached = |outcome: &&indicia_dsl::ast::Name| {
            let mut rules = self.decide.rules.iter().filter(|(name, _)| name.text == outcome.text);
            rules.any(|(_, condition)| numbers.truth(condition) == Truth::True)
        };
        let outcomes = &self.decide.outcomes;
        let outcome = outcomes.iter().rev().find(reached).or(outcomes.first());
        let outcome = outcome.map_or_else(String::new, |name| name.text.clone());
        Judgement { indicators: judged.clone(), score, categories, outcome }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weights are whole numbers up to 1000")]
fn whole(weight: f64) -> u64 {
    weight as u64
}

fn day_of(submitted: &Json) -> Option<Day> {
    match read(&Type::Instant, submitted, None) {
        Ok(Value::Instant(instant)) => Some(calendar::day_of(instant)),
        _ => None,
    }
}

/// Whether an indicator reads another.
fn is_composite(decl: &IndicatorDecl) -> bool {
    let tree = format!("{:?}", decl.clauses);
    tree.contains("Raised(Name") || tree.contains("AtLeastRaised")
}

/// What a condition of the decision can read.
struct Numbers<'j> {
    score: u64,
    categories: u64,
    judged: &'j BTreeMap<String, Judged>,
}

impl Numbers<'_> {
    fn truth(&self, condition: &Expr) -> Truth {
        match &condition.kind {
            ExprKind::And(parts) => parts.iter().map(|part| self.truth(part)).min().unwrap_or(Truth::True),
            ExprKind::Or(parts) => parts.iter().map(|part| self.truth(part)).max().unwrap_or(Truth::False),
            ExprKind::Not(inner) => self.truth(inner).not(),
            ExprKind::Known(inner) => Truth::of([self.truth(inner) == Truth::True]),
            ExprKind::Raised(name) => match self.judged.get(&name.text) {
                Some(found) if !found.shadow => found.truth,
                _ => Truth::Unknown,
            },
            ExprKind::Compare { op, left, right, .. } => self.compare(*op, left, right),
            _ => Truth::Unknown,
        }
    }

    fn compare(&self, op: CompareOp, left: &Expr, right: &Expr) -> Truth {
        match (self.number(left), self.number(right)) {
            (Some(left), Some(right)) => Truth::of([super::lengths::holds(op, &left, &right)]),
            _ => Truth::Unknown,
        }
    }

    fn number(&self, expr: &Expr) -> Option<u64> {
        match &expr.kind {
            ExprKind::Number(number) => Some(whole(*number)),
            ExprKind::Path(path) => match path.names.first()?.text.as_str() {
                "score" => Some(self.score),
                "categories" => Some(self.categories),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Case<'_> {
    /// The condition of an indicator for one combination: when, and not unless.
    fn condition(&self, indicator: &Indicator<'_>, env: &Env) -> place::Judged {
        let mut parts: Vec<place::Judged> = indicator.when.iter().map(|when| self.truth(when, env)).collect();
        if let Some(unless) = indicator.unless {
            let exception = self.truth(unless, env);
            parts.push(place::Judged::new(exception.truth.not(), exception.evidence));
        }
        all_of(parts)
    }

    fn overall(&self, indicator: &Indicator<'_>, env: &Env) -> place::Judged {
        match indicator.over {
            None => self.condition(indicator, env),
            Some(over) => {
                let bindings = self.bindings(&over.binders, env);
                let count = over.at_least.as_ref().map_or(1, |count| count.node as usize);
                at_least(count, &bindings, &|env| {
                    self.with_elements(&over.binders, env, self.condition(indicator, env))
                })
            }
        }
    }

    /// `raised x`, for one who may or may not read indicators in the shadow.
    pub(crate) fn raised(&self, name: &str, env: &Env) -> place::Judged {
        let nothing = place::Judged::new(Truth::Unknown, Evidence::default());
        let Some(decl) = self.rules.indicators.iter().find(|decl| decl.name.text == name) else { return nothing };
        let indicator = clauses(decl);
        let hidden = indicator.shadow && !env.in_shadow;
        let found = self.overall(&indicator, &Env { bound: Vec::new(), in_shadow: indicator.shadow });
        if hidden { place::Judged { truth: Truth::Unknown, ..found } } else { found }
    }

    fn judge(&self, indicator: &Indicator<'_>) -> Judged {
        let env = Env { bound: Vec::new(), in_shadow: indicator.shadow };
        let overall = self.overall(indicator, &env);
        let mut judged = Judged { truth: overall.truth, shadow: indicator.shadow, findings: Vec::new(), undecided: 0 };
        if overall.truth != Truth::True {
            return judged;
        }
        debug_assert!(!indicator.decl.name.text.is_empty());
        let Some(over) = indicator.over else {
            judged.findings.push(finding(overall.evidence));
            return judged;
        };
        for env in self.bindings(&over.binders, &env).envs {
            let each = self.with_elements(&over.binders, &env, self.condition(indicator, &env));
            match each.truth {
                Truth::True => judged.findings.push(finding(each.evidence)),
                Truth::Unknown => judged.undecided += 1,
                Truth::False => {}
            }
        }
        if over.at_least.is_some() {
            judged.findings = vec![finding(overall.evidence)];
        }
        judged
    }
}

impl Finding {
    /// Evidence as a set, without what a list that is cited whole already shows. A list of records has its length for its
    /// value: the engine shows of its elements only the fields that some rule reads.
    pub fn of(entries: impl IntoIterator<Item = (String, Json)>) -> Self {
        let entries: Vec<(String, Json)> = entries.into_iter().collect();
        let lists: Vec<String> =
            entries.iter().filter(|(_, value)| value.is_array()).map(|(path, _)| format!("{path}[")).collect();
        let shown = |path: &str| lists.iter().any(|list| path.starts_with(list));
        // An element that is cited as such says no more than a part of it does.
        let parts = |path: &str| {
            entries.iter().any(|(other, _)| other.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '['])))
        };
        let bare: Vec<String> =
            entries.iter().map(|(path, _)| path).filter(|path| path.ends_with(']') && parts(path)).cloned().collect();
        let value = |value: Json| match &value {
            Json::Object(_) => "an element".to_owned(),
            Json::Array(items) if items.iter().any(Json::is_object) => {
                format!("{} elements", items.len())
            }
            _ => value.to_string(),
        };
        let entries = entries.into_iter().filter(|(path, _)| !shown(path) && !bare.contains(path));
        Self { evidence: entries.map(|(path, json)| (path, value(json))).collect() }
    }
}

fn finding(evidence: Evidence) -> Finding {
    Finding::of(evidence.0)
}
