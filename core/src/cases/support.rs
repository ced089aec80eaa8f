//! Which leaves of an explanation carry its truth, and what else would have to be broken for one of them to matter alone.

use super::change::Path;
use crate::truth::Truth;
use crate::verdict::Explained;

/// A leaf that carries the truth of the whole.
pub(super) struct Support<'a> {
    pub(super) leaf: &'a Explained,
    /// The fields that it reads.
    pub(super) paths: Vec<Path>,
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

pub(super) fn supports(tree: &Explained) -> Vec<Support<'_>> {
    let mut walk = Walk { found: Vec::new() };
    walk.node(tree, Truth::True, &mut Vec::new(), &mut Vec::new());
    walk.found
}

type Part<'a> = (&'a Explained, Truth);

struct Walk<'a> {
    found: Vec<Support<'a>>,
}

impl<'a> Walk<'a> {
    fn node(&mut self, node: &'a Explained, want: Truth, needed: &mut Vec<Part<'a>>, others: &mut Vec<Part<'a>>) {
        match rule(node, want) {
            Rule::Unbreakable => {}
            Rule::Leaf => {
                let paths = paths(node);
                let mut kept: Vec<Path> = needed.iter().flat_map(|(part, want)| carrying(part, *want)).collect();
                kept.extend(paths.iter().cloned());
                let broken: Option<Vec<Vec<Path>>> = others.iter().map(|(part, want)| breaking(part, *want, &kept)).collect();
                self.found.push(Support { leaf: node, paths, alternatives: broken.map(|paths| paths.concat()) });
            }
            Rule::Every(parts) => {
                for (position, (part, want)) in parts.iter().enumerate() {
                    let before = needed.len();
                    needed.extend(parts.iter().enumerate().filter(|(other, _)| *other != position).map(|(_, part)| *part));
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

fn rule(node: &Explained, want: Truth) -> Rule<'_> {
    use Truth::{False, True};
    if node.truth != want || want == Truth::Unknown {
        return Rule::Unbreakable;
    }
    if node.children.is_empty() {
        return Rule::Leaf;
    }
    let every = |want: Truth| Rule::Every(node.children.iter().map(|child| (child, want)).collect());
    let some = |need: usize, want: Truth| {
        let of: Vec<Part<'_>> = node.children.iter().filter(|child| child.truth == want).map(|child| (child, want)).collect();
        Rule::Some { need, of }
    };
    let operator = node.operator.as_str();
    match (operator, want) {
        ("and" | "element" | "all" | "known", True) => every(True),
        ("or" | "any", False) | ("no", True) => every(False),
        ("or" | "any", True) | ("no", False) => some(1, True),
        ("and" | "element" | "all", False) => some(1, False),
        ("not", True) => every(False),
        ("not", False) => every(True),
        ("known", _) => Rule::Unbreakable,
        ("raised", _) => every(want),
        (_, True) if operator.starts_with("at least") => match operator.split(' ').nth(2).and_then(|n| n.parse().ok()) {
            Some(need) => some(need, True),
            None => Rule::Leaf,
        },
        // A comparison whose sides hold conditions, such as a count.
        _ => Rule::Leaf,
    }
}

/// The fields that a leaf reads, and those of the conditions within it.
fn paths(node: &Explained) -> Vec<Path> {
    let own = node.paths.iter().filter_map(|path| Path::parse(path));
    own.chain(node.children.iter().flat_map(paths)).collect()
}

/// The fields that carry a node's truth.
fn carrying(node: &Explained, want: Truth) -> Vec<Path> {
    match rule(node, want) {
        Rule::Unbreakable => Vec::new(),
        Rule::Leaf => paths(node),
        Rule::Every(parts) | Rule::Some { of: parts, .. } => {
            parts.iter().flat_map(|(part, want)| carrying(part, *want)).collect()
        }
    }
}

/// Fields whose absence takes a node's truth away and that touch none of those to keep.
fn breaking(node: &Explained, want: Truth, keep: &[Path]) -> Option<Vec<Path>> {
    match rule(node, want) {
        Rule::Unbreakable => None,
        Rule::Leaf => {
            let free = paths(node).into_iter().find(|path| !keep.iter().any(|kept| kept.touches(path)));
            free.map(|path| vec![path])
        }
        Rule::Every(parts) => parts.iter().find_map(|(part, want)| breaking(part, *want, keep)),
        Rule::Some { need, of } => {
            // Breaking all but `need - 1` is enough.
            let all: Vec<Vec<Path>> = of.iter().filter_map(|(part, want)| breaking(part, *want, keep)).collect();
            (of.len() - all.len() < need).then(|| all.concat())
        }
    }
}

#[cfg(test)]
#[path = "tests/support.rs"]
mod tests;
