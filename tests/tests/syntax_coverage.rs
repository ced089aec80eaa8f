//! What the conformance cases leave out: no rule of the grammar, no operator in any of its truths, no diagnostic code.

#![cfg(test)]

use indicia::{Explained, Ruleset, RulesetError, ScreenOptions, Sources, Truth};
use indicia_dsl::ast::{Aggregate, ArithOp, CompareOp, Expr, ExprKind, Quantifier, State};
use indicia_tests::conformance::{Case, folder, load};
use indicia_tests::fuzz::operators;
use pest::Parser as _;
use pest::iterators::Pair;
use std::collections::{BTreeMap, BTreeSet};

mod generated {
    //! The language's grammar once more, with a rule for a whole file.
    #[derive(pest_derive::Parser)]
    #[grammar = "../../dsl/src/grammar/indicia.pest"]
    #[grammar = "../tests/file.pest"]
    pub(crate) struct Grammar;
}
use generated::{Grammar, Rule};

fn cases() -> Vec<(String, String, Case)> {
    let files = load(&folder().join("cases")).unwrap();
    let of_file = |(name, file): (String, indicia_tests::conformance::CaseFile)| {
        let prelude = file.prelude;
        file.cases.into_iter().map(move |case| (format!("{name}/{}", case.name), prelude.clone(), case))
    };
    files.into_iter().flat_map(of_file).collect()
}

fn texts(sources: &Sources) -> Vec<&String> {
    let base = sources.base.iter().flat_map(|base| base.rules.values());
    sources.rules.values().chain(base).collect()
}

/// The entry rule of `parse` that reads what a rule reads.
fn entry(rule: Rule) -> Option<Rule> {
    Some(match rule {
        Rule::language => Rule::one_language,
        Rule::record_head => Rule::one_record_head,
        Rule::field => Rule::one_field,
        Rule::list_item => Rule::one_list,
        Rule::table_head => Rule::one_table_head,
        Rule::table_tail => Rule::one_table_tail,
        Rule::let_item => Rule::one_let,
        Rule::setting => Rule::one_setting,
        Rule::indicator_head => Rule::one_indicator_head,
        Rule::clause => Rule::one_clause,
        Rule::decide_head => Rule::one_decide_head,
        Rule::decide_clause => Rule::one_decide_clause,
        Rule::adjust_head => Rule::one_adjust_head,
        Rule::change => Rule::one_change,
        Rule::expr => Rule::one_expression,
        Rule::path | Rule::lookup | Rule::source_of => Rule::one_value,
        _ => return None,
    })
}

fn visit(pair: &Pair<'_, Rule>, seen: &mut BTreeSet<Rule>) {
    for inner in [pair.clone()].into_iter().chain(pair.clone().into_inner().flatten()) {
        let rule = inner.as_rule();
        seen.insert(rule);
        // What a message interpolates is read by an entry of its own.
        let interpolated = inner.as_str().split('{').skip(1).filter_map(|rest| rest.split('}').next());
        for value in interpolated.filter(|_| rule == Rule::text) {
            seen.extend(Grammar::parse(Rule::one_value, value).into_iter().flatten().flat_map(|pair| {
                let inner = pair.clone().into_inner().flatten();
                [pair].into_iter().chain(inner).map(|pair| pair.as_rule()).collect::<Vec<_>>()
            }));
        }
        if let Some(entry) = entry(rule).filter(|entry| !seen.contains(entry)) {
            let alone = Grammar::parse(entry, inner.as_str());
            seen.extend(alone.into_iter().flatten().map(|pair| pair.as_rule()));
        }
    }
}

/// Rules whose pairs pest leaves out.
fn silent() -> BTreeSet<String> {
    let grammar = include_str!("../../dsl/src/grammar/indicia.pest");
    let lines = grammar.lines().filter(|line| line.contains("= _{"));
    lines.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

/// Cases that only the cut into pieces makes readable, or that lack what a file starts with.
const NOT_WHOLE: &[&str] = &[
    "contextual-keywords/a-keyword-may-be-a-word-of-a-closed-set",
    "diagnostics-syntax/a-file-without-a-language-version-is-an-error",
];

#[test]
fn the_cases_hit_every_rule_of_the_grammar() {
    let mut seen = BTreeSet::new();
    let (mut whole, mut unread) = (0, Vec::new());
    for (id, prelude, case) in cases() {
        let expected = case.expect.diagnostics.as_deref().unwrap_or_default();
        let mistaken = expected.iter().any(|diagnostic| diagnostic.code.starts_with("E01"));
        for text in texts(&case.sources(&prelude)) {
            match Grammar::parse(Rule::file, text) {
                Ok(mut pairs) => {
                    whole += 1;
                    visit(&pairs.next().unwrap(), &mut seen);
                }
                Err(error) if !mistaken && !NOT_WHOLE.contains(&id.as_str()) => unread.push(format!("{id}: {error}")),
                Err(_) => {}
            }
        }
    }
    let silent = silent();
    let missed: Vec<&Rule> = Rule::all_rules()
        .iter()
        .filter(|rule| !seen.contains(rule) && !silent.contains(&format!("{rule:?}")) && **rule != Rule::item)
        .collect();
    println!("{whole} files read, {} rules hit", seen.len());
    assert!(unread.is_empty(), "{} files are not read as a whole:\n{}", unread.len(), unread.join("\n"));
    assert!(missed.is_empty(), "rules that no case hits: {missed:?}");
}

/// Operators and what truths they take.
const OPERATORS: &[&str] = &[
    "not",
    "raised",
    "and",
    "or",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "same as",
    "contains",
    "starts with",
    "ends with",
    "mentions",
    "mentions exactly",
    "agrees with",
    "within edits",
    "within time",
    "matches",
    "in (…)",
    "in",
    "any",
    "all",
    "no",
    "at least",
    "any pair",
    "all pair",
    "no pair",
    "at least pair",
    "at least of",
    "at least raised of",
    "??",
    "+",
    "-",
    "*",
    "/",
    "negation",
    "count",
    "latest",
    "earliest",
    "period",
    "overlap",
    "look-up",
    "property",
    "bool",
    "number",
    "text",
    "date",
    "instant",
    "duration",
    "path",
    // Unknown only where a limit kept the engine from looking.
    "is missing",
    "is present",
    "is unparsable",
];
/// Those that are never unknown.
const ALWAYS_KNOWN: &[&str] = &["known", "source of"];

fn compare(op: CompareOp) -> &'static str {
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
        CompareOp::Mentions => "mentions",
        CompareOp::MentionsExactly => "mentions exactly",
        CompareOp::AgreesWith => "agrees with",
        other => panic!("{other:?} has no name here"),
    }
}

/// The names of an expression's operators. What stands in the body of a quantifier or aggregate has truths of its own and is
/// left out, and so are the parts of logic, which are nodes of their own.
fn operators(expr: &Expr, names: &mut Vec<&'static str>) {
    let (name, parts): (&'static str, Vec<&Expr>) = match &expr.kind {
        ExprKind::Bool(_) => ("bool", Vec::new()),
        ExprKind::Number(_) => ("number", Vec::new()),
        ExprKind::Text(_) => ("text", Vec::new()),
        ExprKind::Date(_) => ("date", Vec::new()),
        ExprKind::Instant(_) => ("instant", Vec::new()),
        ExprKind::Duration { .. } => ("duration", Vec::new()),
        ExprKind::Path(_) => ("path", Vec::new()),
        ExprKind::Lookup { key, .. } => ("look-up", vec![key]),
        ExprKind::Property { base, .. } => ("property", vec![base]),
        ExprKind::Sources(_) => ("sources", Vec::new()),
        ExprKind::SourceOf(_) => ("source of", Vec::new()),
        ExprKind::Not(_) => ("not", Vec::new()),
        ExprKind::Known(_) => ("known", Vec::new()),
        ExprKind::Raised(_) => ("raised", Vec::new()),
        ExprKind::And(_) => ("and", Vec::new()),
        ExprKind::Or(_) => ("or", Vec::new()),
        ExprKind::AtLeastOf { .. } => ("at least of", Vec::new()),
        ExprKind::AtLeastRaised { .. } => ("at least raised of", Vec::new()),
        ExprKind::Quantified { quantifier, binders, .. } => {
            let pair = binders.iter().any(|binder| binder.pair.is_some());
            let name = match (quantifier, pair) {
                (Quantifier::Any, false) => "any",
                (Quantifier::All, false) => "all",
                (Quantifier::No, false) => "no",
                (Quantifier::AtLeast(_), false) => "at least",
                (Quantifier::Any, true) => "any pair",
                (Quantifier::All, true) => "all pair",
                (Quantifier::No, true) => "no pair",
                (Quantifier::AtLeast(_), true) => "at least pair",
            };
            (name, Vec::new())
        }
        ExprKind::Compare { op, left, right, .. } => (compare(*op), vec![left, right]),
        ExprKind::WithinEdits { left, right, .. } => ("within edits", vec![left, right]),
        ExprKind::WithinTime { distance, left, right } => ("within time", vec![distance, left, right]),
        ExprKind::Matches { value, .. } => ("matches", vec![value]),
        ExprKind::InValues { value, values } => ("in (…)", [&**value].into_iter().chain(values).collect()),
        ExprKind::In { value, set } => ("in", vec![value, set]),
        ExprKind::Is { value, state } => {
            let name = match state {
                State::Missing => "is missing",
                State::Present => "is present",
                State::Unparsable => "is unparsable",
            };
            (name, vec![value])
        }
        ExprKind::Coalesce(left, right) => ("??", vec![left, right]),
        ExprKind::Arith { op, left, right, .. } => {
            let name = match op {
                ArithOp::Add => "+",
                ArithOp::Sub => "-",
                ArithOp::Mul => "*",
                ArithOp::Div => "/",
            };
            (name, vec![left, right])
        }
        ExprKind::Neg(value) => ("negation", vec![value]),
        ExprKind::Aggregate { function, .. } => {
            let name = match function {
                Aggregate::Count => "count",
                Aggregate::Latest => "latest",
                Aggregate::Earliest => "earliest",
            };
            (name, Vec::new())
        }
        ExprKind::Period(from, to) => ("period", vec![from, to]),
        ExprKind::Overlap(left, right) => ("overlap", vec![left, right]),
        other => panic!("{other:?} has no name here"),
    };
    names.push(name);
    for part in parts {
        operators(part, names);
    }
}

fn collect(node: &Explained, seen: &mut BTreeMap<&'static str, BTreeSet<String>>) {
    // An element's text names what is bound, the root's the indicator; they are no expressions.
    if let Ok(expr) = indicia_dsl::parse_expr("", &node.text)
        && !matches!(node.operator.as_str(), "element" | "for" | "indicator")
    {
        let mut names = Vec::new();
        operators(&expr, &mut names);
        for name in names {
            seen.entry(name).or_default().insert(format!("{:?}", node.truth).to_lowercase());
        }
    }
    node.children.iter().for_each(|child| collect(child, seen));
}

#[test]
fn the_cases_show_every_operator_in_every_truth() {
    let mut seen = BTreeMap::new();
    for (_, prelude, case) in cases() {
        let Ok(ruleset) = Ruleset::from_sources(&case.sources(&prelude)) else { continue };
        let text = serde_json::to_vec(&case.record).unwrap();
        for indicator in ruleset.indicators() {
            let Ok(explanation) = ruleset.explain(&indicator.id, &text, &case.options()) else { continue };
            collect(&explanation.tree, &mut seen);
        }
    }
    let mut wrong = Vec::new();
    for name in OPERATORS.iter().chain(ALWAYS_KNOWN) {
        let truths: Vec<&str> = seen.get(name).into_iter().flatten().map(String::as_str).collect();
        let wanted: &[&str] =
            if ALWAYS_KNOWN.contains(name) { &["false", "true"] } else { &["false", "true", "unknown"] };
        if truths != wanted {
            wrong.push(format!("`{name}` is only seen {truths:?}"));
        }
    }
    let listed: BTreeSet<&str> = OPERATORS.iter().chain(ALWAYS_KNOWN).copied().collect();
    wrong.extend(seen.keys().filter(|name| !listed.contains(*name)).map(|name| format!("`{name}` is not listed")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.values().any(|truths| truths.contains(&format!("{:?}", Truth::Unknown).to_lowercase())));
}

#[test]
fn the_ruleset_that_is_fuzzed_has_every_operator() {
    let ruleset = operators::ruleset().unwrap();
    let mut seen = BTreeMap::new();
    for indicator in ruleset.indicators() {
        let explained =
            ruleset.explain(&indicator.id, operators::RECORD.as_bytes(), &ScreenOptions::default()).unwrap();
        collect(&explained.tree, &mut seen);
    }
    let all = OPERATORS.iter().chain(ALWAYS_KNOWN);
    let missed: Vec<&&str> = all.filter(|name| !seen.contains_key(*name)).collect();
    assert!(missed.is_empty(), "operators that are not there: {missed:?}");
}

/// Codes of what only a folder has (files, their YAML, cases) and of what is too long to write down; the pages of these codes
/// are run (`code_pages`).
const BY_PAGE: &[&str] = &["E0102", "E0104", "E0507", "E0508", "E0509", "E0510", "W0711"];

#[test]
fn the_cases_hit_every_code() {
    let mut seen = BTreeSet::new();
    for (_, prelude, case) in cases() {
        let sources = case.sources(&prelude);
        match Ruleset::from_sources(&sources) {
            Ok(ruleset) => seen.extend(ruleset.warnings().iter().map(|found| found.code.to_string())),
            Err(RulesetError::Compile { diagnostics }) => {
                seen.extend(diagnostics.into_iter().map(|found| found.code.to_string()));
            }
            Err(error) => panic!("{error}"),
        }
    }
    let codes = indicia::codes();
    let missed: Vec<&str> =
        codes.iter().map(|code| code.id).filter(|id| !seen.contains(*id) && !BY_PAGE.contains(id)).collect();
    assert!(missed.is_empty(), "codes that no case gives: {missed:?}");
    assert!(BY_PAGE.iter().all(|id| !seen.contains(*id)), "a case gives a code that is listed as one of pages");
}
