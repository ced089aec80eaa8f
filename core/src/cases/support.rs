//! Which leaves of an explanation carry its truth, and what else would have to be broken for one of them to matter alone.

use super::change::Path;
use super::names::Names;
use crate::truth::Truth;
use crate::verdict::{Explained, Explanation};
use std::collections::BTreeMap;

/// A leaf that carries the truth of the whole.
pub(super) struct Support<'a> {
    pub(super) leaf: &'a Explained,
    /// The fields that it reads.
    pub(super) paths: Vec<Path>,
    /// Whether nothing else could stand in for it.
    pub(super) alone: bool,
    /// Fields whose absence breaks every alternative to the leaf and nothing else that is needed; none if they share all their fields with it.
    pub(super) alternatives: Option<Vec<Path>>,
}

/// How a node's truth follows from its parts.
enum Rule<'a> {
    Leaf,
    /// Each of these parts has to have its truth.
    Every(Vec<(&'a Explained, Truth)>),
    /// `need` of these parts, each of which has it.
    Some {
        need: usize,
        of: Vec<(&'a Explained, Truth)>,
    },
    /// Holds because something is not known: nothing can break it by taking facts away.
    Unbreakable,
}

/// What is known of the record beside the tree.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The explanations of all indicators, for those that others read.
    pub(super) explanations: &'a BTreeMap<String, Explanation>,
    /// The keys of fields in the input.
    pub(super) names: &'a Names,
    /// How many elements a `for` needs.
    pub(super) needed: usize,
}

/// The leaves that carry a tree's truth.
pub(super) fn supports<'a>(tree: &'a Explained, around: Around<'a>) -> Vec<Support<'a>> {
    let mut walk = Walk { around, found: Vec::new() };
    walk.node(tree, Truth::True, &mut Vec::new(), &mut Vec::new());
    walk.found
}

type Part<'a> = (&'a Explained, Truth);

struct Walk<'a> {
    around: Around<'a>,
    found: Vec<Support<'a>>,
}

impl<'a> Walk<'a> {
    fn node(&mut self, node: &'a Explained, want: Truth, needed: &mut Vec<Part<'a>>, others: &mut Vec<Part<'a>>) {
        match self.around.rule(node, want) {
            Rule::Unbreakable => {}
            Rule::Leaf => {
                let paths = self.around.paths(node);
                let mut kept: Vec<Path> =
                    needed.iter().flat_map(|(part, want)| self.around.carrying(part, *want)).collect();
                kept.extend(paths.iter().cloned());
                let broken: Option<Vec<Vec<Path>>> =
                    others.iter().map(|(part, want)| self.around.breaking(part, *want, &kept)).collect();
                self.found.push(Support {
                    leaf: node,
                    paths,
                    alone: others.is_empty(),
                    alternatives: broken.map(|paths| paths.concat()),
                });
            }
            Rule::Every(parts) => {
                for (position, (part, want)) in parts.iter().enumerate() {
                    let before = needed.len();
                    needed.extend(
                        parts.iter().enumerate().filter(|(other, _)| *other != position).map(|(_, part)| *part),
                    );
                    self.node(part, *want, needed, others);
                    needed.truncate(before);
                }
            }
            Rule::Some { need, of } => {
                for (position, (part, want)) in of.iter().enumerate() {
                    let (before, other) = (needed.len(), others.len());
                    let rest = of.iter().enumerate().filter(|(other, _)| *other != position).map(|(_, part)| *part);
                    for (count, part) in rest.enumerate() {
                        if count + 1 < need { needed.push(part) } else { others.push(part) }
                    }
                    self.node(part, *want, needed, others);
                    needed.truncate(before);
                    others.truncate(other);
                }
            }
        }
    }
}

impl<'a> Around<'a> {
    fn rule(self, node: &'a Explained, want: Truth) -> Rule<'a> {
        use Truth::{False, True};
        if node.truth != want || want == Truth::Unknown {
            return Rule::Unbreakable;
        }
        // An exception holds the indicator back where it is true.
        let part =
            |child: &'a Explained, want: Truth| (child, if child.operator == "unless" { want.not() } else { want });
        let every = |want: Truth| Rule::Every(node.children.iter().map(|child| part(child, want)).collect());
        let some = |need: usize, want: Truth| {
            let parts = node.children.iter().map(|child| part(child, want));
            Rule::Some { need, of: parts.filter(|(child, want)| child.truth == *want).collect() }
        };
        let operator = node.operator.as_str();
        match (operator, want) {
            ("raised", _) => {
                let other = node.paths.first().and_then(|name| self.explanations.get(name));
                other.map_or(Rule::Unbreakable, |other| Rule::Every(vec![(&other.tree, want)]))
            }
            _ if node.children.is_empty() => Rule::Leaf,
            ("indicator" | "and" | "element" | "all" | "known", True) => every(True),
            ("or" | "any" | "for", False) | ("no", True) => every(False),
            ("or" | "any", True) | ("no", False) => some(1, True),
            ("indicator" | "and" | "element" | "all", False) => some(1, False),
            ("let" | "when" | "unless", _) => every(want),
            ("not", _) => every(want.not()),
            ("known", _) => Rule::Unbreakable,
            ("for", _) => some(self.needed, True),
            ("at least", True) => match node.text.split(' ').nth(2).and_then(|count| count.parse().ok()) {
                Some(need) => some(need, True),
                None => Rule::Unbreakable,
            },
            // A comparison whose sides hold conditions, such as a count.
            _ => Rule::Leaf,
        }
    }

    /// The fields that a leaf reads, and those of the conditions within it.
    fn paths(self, node: &Explained) -> Vec<Path> {
        let own = node.paths.iter().filter_map(|path| self.names.read(path));
        own.chain(node.children.iter().flat_map(|child| self.paths(child))).collect()
    }

    /// The fields that carry a node's truth.
    fn carrying(self, node: &'a Explained, want: Truth) -> Vec<Path> {
        match self.rule(node, want) {
            Rule::Unbreakable => Vec::new(),
            Rule::Leaf => self.paths(node),
            Rule::Every(parts) | Rule::Some { of: parts, .. } => {
                parts.iter().flat_map(|(part, want)| self.carrying(part, *want)).collect()
            }
        }
    }

    /// Fields whose absence takes a node's truth away and that touch none of those to keep.
    fn breaking(self, node: &'a Explained, want: Truth, keep: &[Path]) -> Option<Vec<Path>> {
        match self.rule(node, want) {
            Rule::Unbreakable => None,
            Rule::Leaf => {
                let free = self.paths(node).into_iter().filter(|path| !keep.iter().any(|kept| kept.touches(path)));
                Some(free.collect::<Vec<_>>()).filter(|free| !free.is_empty())
            }
            Rule::Every(parts) => parts.iter().find_map(|(part, want)| self.breaking(part, *want, keep)),
            Rule::Some { need, of } => {
                // Breaking all but `need - 1` is enough.
                let all: Vec<Vec<Path>> =
                    of.iter().filter_map(|(part, want)| self.breaking(part, *want, keep)).collect();
                (of.len() - all.len() < need).then(|| all.concat())
            }
        }
    }
}

#[cfg(test)]
#[path = "tests/support.rs"]
mod tests;
