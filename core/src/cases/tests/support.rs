//! Tests of telling apart which leaves carry an explanation's truth.

use super::{Around, supports};
use crate::cases::names::Names;
use crate::truth::Truth::{self, False, True, Unknown};
use crate::verdict::{Explained, Explanation};
use std::collections::BTreeMap;

fn node(operator: &str, truth: Truth, children: Vec<Explained>) -> Explained {
    Explained {
        operator: operator.to_owned(),
        text: operator.to_owned(),
        truth,
        expected: None,
        actual: None,
        reasons: Vec::new(),
        paths: Vec::new(),
        file: String::new(),
        span: crate::Span::default(),
        children,
    }
}

fn leaf(path: &str, truth: Truth) -> Explained {
    let mut leaf = node("==", truth, Vec::new());
    path.clone_into(&mut leaf.text);
    leaf.paths = path.split(' ').map(str::to_owned).collect();
    leaf
}

/// Each supporting leaf, with what is to be broken beforehand.
fn found(tree: &Explained) -> Vec<(String, Option<String>)> {
    found_among(tree, &BTreeMap::new())
}

fn found_among(tree: &Explained, explanations: &BTreeMap<String, Explanation>) -> Vec<(String, Option<String>)> {
    let words = |paths: Vec<super::Path>| paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    supports(tree, Around { explanations, names: &Names::default(), needed: 2 })
        .into_iter()
        .map(|s| (s.leaf.text.clone(), s.alternatives.map(words)))
        .collect()
}

fn some(leaf: &str, others: &str) -> (String, Option<String>) {
    (leaf.to_owned(), Some(others.to_owned()))
}

#[test]
fn of_an_and_every_part_carries() {
    let tree = node("and", True, vec![leaf("a", True), node("not", True, vec![leaf("b", False)])]);
    assert_eq!(found(&tree), [some("a", ""), some("b", "")]);
}

#[test]
fn of_an_or_the_true_parts_are_alternatives() {
    let tree = node("or", True, vec![leaf("a", True), leaf("b", False), leaf("c", True), leaf("d", Unknown)]);
    assert_eq!(found(&tree), [some("a", "c"), some("c", "a")]);
}

#[test]
fn alternatives_that_share_every_field_can_not_be_told_apart() {
    let tree = node("or", True, vec![leaf("a.x b", True), leaf("a", True)]);
    assert_eq!(found(&tree), [("a.x b".to_owned(), None), some("a", "b")]);
}

#[test]
fn elements_are_alternatives_and_their_conditions_are_needed() {
    let element = |n: u32| {
        node(
            "element",
            True,
            vec![node("and", True, vec![leaf(&format!("w[{n}].a"), True), leaf(&format!("w[{n}].b"), True)])],
        )
    };
    let tree = node("any", True, vec![element(0), element(1)]);
    assert_eq!(
        found(&tree),
        [some("w[0].a", "w[1].a"), some("w[0].b", "w[1].a"), some("w[1].a", "w[0].a"), some("w[1].b", "w[0].a")]
    );
}

#[test]
fn of_at_least_two_all_but_one_more_are_broken() {
    let mut tree = node("at least", True, vec![leaf("a", True), leaf("b", True), leaf("c", True), leaf("d", False)]);
    "at least 2 of (a, b, c, d)".clone_into(&mut tree.text);
    assert_eq!(found(&tree), [some("a", "c"), some("b", "c"), some("c", "b")]);
    "for".clone_into(&mut tree.operator);
    assert_eq!(found(&tree), [some("a", "c"), some("b", "c"), some("c", "b")]);
}

#[test]
fn what_is_not_known_carries_nothing_that_could_be_broken() {
    let tree = node("not", True, vec![node("known", False, vec![leaf("a", Unknown)])]);
    assert_eq!(found(&tree), []);
}

#[test]
fn what_another_indicator_rests_on_carries_too() {
    let other = node("or", True, vec![leaf("x", True), leaf("y", True)]);
    let explanation =
        Explanation { indicator: "other".to_owned(), title: String::new(), truth: True, tree: other, truncated: false };
    let explanations = BTreeMap::from([("other".to_owned(), explanation)]);
    let mut raised = node("raised", True, Vec::new());
    raised.paths.push("other".to_owned());
    let tree = node("and", True, vec![raised, node("let", True, vec![leaf("z", True)])]);
    assert_eq!(found_among(&tree, &explanations), [some("x", "y"), some("y", "x"), some("z", "")]);
    assert_eq!(found(&tree), [some("z", "")]);
}
