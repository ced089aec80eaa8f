//! Explanations: the whole tree of one indicator, nothing short-circuited, every truth asked of the same evaluator.

use super::Eval;
use super::binders::Flow;
use super::reasons::Reasons;
use crate::compile::program::{BinderPlan, Cond, Indicator, Quantifier, Test, Value};
use crate::truth::Truth;
use crate::verdict::{Explained, Explanation, Reason};
use indicia_dsl::ast::{CompareOp, State};
use serde_json::Value as Json;

/// Explains one indicator over the record that was bound.
pub(crate) fn explain(eval: &mut Eval<'_, '_>, index: usize) -> Option<Explanation> {
    eval.run_for(index);
    let p = eval.p;
    let indicator = p.indicators.get(index)?;
    let truth = eval.w.truths.get(index).copied()?;
    eval.w.in_shadow = indicator.shadow;
    eval.w.allowance = eval.limits.max_pairs;
    let mut tree = Tree { left: eval.limits.max_explain_nodes, truncated: false };
    let mut root = tree.node(eval, &indicator.condition, "indicator", truth);
    root.text = indicator.name.to_string();
    root.children = if indicator.binders.is_empty() {
        tree.clauses(eval, indicator)
    } else {
        let mut node = tree.node(eval, &indicator.condition, "for", truth);
        node.text = indicator.elements.to_string();
        node.children =
            tree.bindings(eval, &indicator.binders, &indicator.condition, |tree, eval| tree.clauses(eval, indicator));
        vec![node]
    };
    if truth.is_unknown() {
        let mut reasons = Reasons::new(eval.limits.max_reasons);
        eval.indicator_reasons(u32::try_from(index).ok()?, &mut reasons);
        root.reasons = reasons.finish();
        // A list that is missing has no elements that could say so.
        for part in root.children.iter_mut().filter(|part| part.operator == "for") {
            part.reasons.clone_from(&root.reasons);
        }
    }
    Some(Explanation {
        indicator: indicator.name.to_string(),
        title: indicator.title.to_string(),
        truth,
        tree: root,
        truncated: tree.truncated,
    })
}

/// The explanation on its way.
struct Tree {
    left: usize,
    truncated: bool,
}

impl Tree {
    fn node(&mut self, eval: &mut Eval<'_, '_>, cond: &Cond, operator: &str, truth: Truth) -> Explained {
        self.left = self.left.saturating_sub(1);
        let site = eval.p.sites.get(cond.site as usize);
        let file = site
            .and_then(|site| eval.p.files.get(usize::from(site.file)))
            .map_or_else(String::new, ToString::to_string);
        Explained {
            operator: operator.to_owned(),
            text: site.map_or_else(String::new, |site| site.text.to_string()),
            truth,
            expected: None,
            actual: None,
            reasons: Vec::new(),
            paths: Vec::new(),
            file,
            span: site.map(|site| site.span).unwrap_or_default(),
            children: Vec::new(),
        }
    }

    /// `when`, and `unless` with its own truth, each around its condition.
    fn clauses(&mut self, eval: &mut Eval<'_, '_>, indicator: &Indicator) -> Vec<Explained> {
        if indicator.has_exception
            && let Test::And(parts) = &indicator.condition.test
            && let [when, Cond { test: Test::Not(unless), .. }] = &**parts
        {
            return vec![self.clause(eval, "when", when), self.clause(eval, "unless", unless)];
        }
        vec![self.clause(eval, "when", &indicator.condition)]
    }

    fn clause(&mut self, eval: &mut Eval<'_, '_>, keyword: &str, cond: &Cond) -> Explained {
        let truth = eval.truth(cond);
        let mut node = self.node(eval, cond, keyword, truth);
        let inner = self.explain(eval, cond);
        node.reasons.clone_from(&inner.reasons);
        node.children.push(inner);
        node
    }

    fn explain(&mut self, eval: &mut Eval<'_, '_>, cond: &Cond) -> Explained {
        let truth = eval.truth(cond);
        let operator = operator(&cond.test);
        let mut node = self.node(eval, cond, operator, truth);
        if truth.is_unknown() {
            node.reasons = Self::reasons(eval, cond);
        }
        if self.left == 0 {
            self.truncated = true;
            return node;
        }
        match &cond.test {
            Test::Not(inner) | Test::Known(inner) => node.children.push(self.explain(eval, inner)),
            Test::And(parts) | Test::Or(parts) | Test::AtLeast(_, parts) => {
                node.children = parts.iter().map(|part| self.explain(eval, part)).collect();
            }
            Test::Shared(index) => {
                let p = eval.p;
                if let Some(shared) = p.shared.get(*index as usize) {
                    let mut inner = eval.apart(|eval| self.explain(eval, shared));
                    if node.text.is_empty() || node.text == inner.text {
                        inner.text.clone_from(&node.text);
                        return inner;
                    }
                    "let".clone_into(&mut node.operator);
                    node.children.push(inner);
                }
            }
            Test::Raised(index) => {
                let p = eval.p;
                if let Some(indicator) = p.indicators.get(*index as usize) {
                    node.paths.push(indicator.name.to_string());
                }
            }
            Test::Quantified { binders, body, .. } => {
                node.children = self.bindings(eval, binders, body, |tree, eval| vec![tree.explain(eval, body)]);
                Self::cited(eval, &mut node, cond);
            }
            Test::InElements { value, .. } | Test::InValues { value, .. } => {
                Self::leaf(eval, &mut node, value, None);
                Self::cited(eval, &mut node, cond);
            }
            test => {
                if let Some((left, right)) = operands(test) {
                    Self::leaf(eval, &mut node, left, right);
                }
            }
        }
        node
    }

    /// Names what a verdict would cite of a condition and its leaves do not read: lists that are empty, elements as such.
    fn cited(eval: &mut Eval<'_, '_>, node: &mut Explained, cond: &Cond) {
        let mut cited = super::evidence::Cited::default();
        eval.cite(cond, &mut cited);
        for evidence in cited.evidence(&eval.w.record) {
            if !node.paths.contains(&evidence.path) && !reads(&node.children, &evidence.path) {
                node.paths.push(evidence.path);
            }
        }
    }

    fn leaf(eval: &mut Eval<'_, '_>, node: &mut Explained, left: &Value, right: Option<&Value>) {
        node.actual = Some(Self::shown(eval, left));
        node.expected = right.map(|right| Self::shown(eval, right));
        for value in [Some(left), right].into_iter().flatten() {
            Self::reads(eval, node, value);
        }
    }

    /// Names what a value is read from.
    fn reads(eval: &mut Eval<'_, '_>, node: &mut Explained, value: &Value) {
        let mut cited = super::evidence::Cited::default();
        eval.cite_value(value, &mut cited);
        for evidence in cited.evidence(&eval.w.record) {
            if !node.paths.contains(&evidence.path) {
                node.paths.push(evidence.path);
            }
        }
    }

    fn shown(eval: &mut Eval<'_, '_>, value: &Value) -> Json {
        let json = eval.json(value);
        if eval.w.redact_key.is_none() || !eval.tells_of_application(value) || json.is_null() {
            return json;
        }
        let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
        Json::String(eval.redacted(&text))
    }

    /// One child for every binding, with what `within` makes of it.
    fn bindings(
        &mut self,
        eval: &mut Eval<'_, '_>,
        binders: &[BinderPlan],
        body: &Cond,
        within: impl Fn(&mut Self, &mut Eval<'_, '_>) -> Vec<Explained>,
    ) -> Vec<Explained> {
        let mut children = Vec::new();
        eval.walk(binders, &mut |eval| {
            if self.left == 0 {
                self.truncated = true;
                return Flow::Stop;
            }
            let truth = eval.truth(body);
            let mut element = self.node(eval, body, "element", truth);
            let slots = binders.iter().flat_map(|binder| [Some(binder.slot), binder.pair]).flatten();
            element.text = slots.clone().map(|slot| eval.bound_path(slot)).collect::<Vec<_>>().join(", ");
            // A word is told by its text, an item by its cell.
            for slot in slots {
                if let Some(value) = eval.made_of(slot) {
                    Self::reads(eval, &mut element, value);
                }
            }
            if truth.is_unknown() {
                element.reasons = Self::reasons(eval, body);
            }
            element.children = within(self, eval);
            children.push(element);
            Flow::On
        });
        children
    }

    fn reasons(eval: &mut Eval<'_, '_>, cond: &Cond) -> Vec<Reason> {
        let mut reasons = Reasons::new(eval.limits.max_reasons);
        eval.why(cond, &mut reasons);
        reasons.finish()
    }
}

/// Whether one of the nodes or of those below them reads a path.
fn reads(nodes: &[Explained], path: &String) -> bool {
    nodes.iter().any(|node| node.paths.contains(path) || reads(&node.children, path))
}

fn operands(test: &Test) -> Option<(&Value, Option<&Value>)> {
    Some(match test {
        Test::Flag(value)
        | Test::CodeIn { value, .. }
        | Test::Matches { value, .. }
        | Test::InList { value, .. }
        | Test::Is { value, .. } => (value, None),
        Test::Codes { left, right, .. }
        | Test::Numbers { left, right, .. }
        | Test::Dates { left, right, .. }
        | Test::Instants { left, right, .. }
        | Test::Lengths { left, right, .. }
        | Test::Texts { left, right, .. }
        | Test::Canonical { left, right, .. }
        | Test::Like { left, right, .. }
        | Test::Mentions { left, right, .. }
        | Test::Agrees { left, right, .. }
        | Test::Edits { left, right, .. }
        | Test::Within { left, right, .. }
        | Test::InNetwork { value: left, network: right }
        | Test::InPeriod { value: left, period: right } => (left, Some(right)),
        _ => return None,
    })
}

fn operator(test: &Test) -> &'static str {
    match test {
        Test::Const(_) | Test::Flag(_) => "value",
        Test::Not(_) => "not",
        Test::Known(_) => "known",
        Test::And(_) => "and",
        Test::Or(_) => "or",
        Test::AtLeast(..) => "at least",
        Test::Raised(_) => "raised",
        Test::Shared(_) => "let",
        Test::Codes { equal, .. } | Test::Texts { equal, .. } | Test::Canonical { equal, .. } => {
            if *equal {
                "=="
            } else {
                "!="
            }
        }
        Test::CodeIn { .. }
        | Test::InValues { .. }
        | Test::InList { .. }
        | Test::InElements { .. }
        | Test::InNetwork { .. }
        | Test::InPeriod { .. } => "in",
        Test::Numbers { op, .. }
        | Test::Dates { op, .. }
        | Test::Instants { op, .. }
        | Test::Lengths { op, .. }
        | Test::Like { op, .. } => symbol(*op),
        Test::Mentions { exactly: false, .. } => "mentions",
        Test::Mentions { exactly: true, .. } => "mentions exactly",
        Test::Agrees { .. } => "agrees with",
        Test::Edits { .. } | Test::Within { .. } => "within",
        Test::Matches { .. } => "matches",
        Test::Is { state, .. } => match state {
            State::Missing => "is missing",
            State::Present => "is present",
            State::Unparsable => "is unparsable",
        },
        Test::Quantified { quantifier, .. } => match quantifier {
            Quantifier::Any => "any",
            Quantifier::All => "all",
            Quantifier::No => "no",
            Quantifier::AtLeast(_) => "at least",
        },
    }
}

fn symbol(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "==",
        CompareOp::Ne => "!=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
        CompareOp::SameAs => "same as",
        CompareOp::Contains => "contains",
        CompareOp::StartsWith => "starts with",
        CompareOp::EndsWith => "ends with",
        _ => "compare",
    }
}
