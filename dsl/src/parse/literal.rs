//! Literals: what a text, number or regex stands for.

use super::Reader;
use crate::ast::Name;
use crate::code;
use crate::grammar::{Node, Rule};
use crate::span::{Span, Spanned};

/// What a quoted text stands for: escapes resolved, quotes removed.
pub(super) fn unquote(quoted: &str) -> String {
    let inside = quoted.strip_prefix('"').unwrap_or(quoted);
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(next) = rest.chars().next() {
        let (letter, length) = if next == '\\' { escape(rest) } else { (next, next.len_utf8()) };
        text.push(letter);
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

/// The character that the escape at the start of `rest` stands for, and its length. The scan has checked the escapes.
pub(super) fn escape(rest: &str) -> (char, usize) {
    let letter = rest.chars().nth(1).unwrap_or('\\');
    match letter {
        'n' => ('\n', 2),
        't' => ('\t', 2),
        'u' => {
            let digits = rest.get(3..).and_then(|digits| digits.split('}').next()).unwrap_or_default();
            let number = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
            number.map_or(('u', 2), |letter| (letter, digits.len() + 4))
        }
        _ => (letter, 1 + letter.len_utf8()),
    }
}

impl Reader<'_> {
    /// A name.
    pub(super) fn name(node: &Node<'_>) -> Name {
        Name { text: node.text().to_owned(), span: node.span() }
    }

    /// The first name within a node.
    pub(super) fn name_in(&self, node: &Node<'_>) -> super::Read<Name> {
        self.need(node, Rule::ident).map(|name| Self::name(&name))
    }

    /// All names directly within a node.
    pub(super) fn names_in(node: &Node<'_>) -> Vec<Name> {
        node.children().filter(|child| child.rule() == Rule::ident).map(|child| Self::name(&child)).collect()
    }

    /// A quoted text.
    pub(super) fn text(node: &Node<'_>) -> Spanned<String> {
        Spanned { node: unquote(node.text()), span: node.span() }
    }

    /// The first quoted text within a node, if there is one.
    pub(super) fn text_in(node: &Node<'_>) -> Option<Spanned<String>> {
        node.child(Rule::text).map(|text| Self::text(&text))
    }

    /// A number.
    pub(super) fn number(&self, node: &Node<'_>) -> super::Read<Spanned<f64>> {
        match node.text().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Spanned { node: number, span: node.span() }),
            _ => Err(self.too_large_a_number(node.span())),
        }
    }

    /// A whole number.
    pub(super) fn integer(&self, node: &Node<'_>) -> super::Read<Spanned<u32>> {
        match node.text().parse::<u32>() {
            Ok(number) => Ok(Spanned { node: number, span: node.span() }),
            Err(_) => Err(self.too_large_a_number(node.span())),
        }
    }

    fn too_large_a_number(&self, span: Span) -> Box<crate::Diagnostic> {
        let message = "this number is too large".to_owned();
        Box::new(self.error(code::WRONG_NUMBER, message, span, "").with_help("whole numbers go up to 4294967295"))
    }

    /// The child of a node that the grammar promises.
    pub(super) fn need<'n>(&self, node: &Node<'n>, rule: Rule) -> super::Read<Node<'n>> {
        node.child(rule).ok_or_else(|| self.unreadable(node))
    }

    /// The mistake of a node that is not as the grammar promises: never seen, but no reason to fail.
    pub(super) fn unreadable(&self, node: &Node<'_>) -> Box<crate::Diagnostic> {
        Box::new(self.error(code::UNEXPECTED, "this can't be read", node.span(), ""))
    }
}
