//! Fields and types.

use super::spelling::{names, path};
use super::text::quote;
use super::{Printer, WIDTH};
use crate::ast::{FieldDecl, TypeExpr, TypeKind};
use crate::lex::Comment;
use crate::span::Span;

impl Printer<'_> {
    /// Fields between `head` and `tail`, one a line. Single blank lines among them are kept.
    pub(super) fn fields(
        &mut self,
        indent: usize,
        head: &str,
        fields: &[FieldDecl],
        tail: &str,
        comments: &[Comment],
        behind: Option<Comment>,
    ) {
        let spans: Vec<Span> = fields.iter().map(|field| field.span).collect();
        let (mut units, mut rest) = self.place(&spans, comments);
        let opening = Self::behind_brace(units.first_mut(), &mut rest);
        self.out.push_str(head);
        if units.is_empty() && rest.is_empty() && opening.is_none() {
            self.out.push_str(tail);
            return self.end(behind);
        }
        self.end(opening);
        let mut last: Option<u32> = None;
        for (field, unit) in fields.iter().zip(&units) {
            let start = unit.lead.first().map_or(unit.span.start, |comment| comment.span.start);
            if last.is_some_and(|last| self.blank_between(last, start)) {
                self.out.push('\n');
            }
            self.lead(&unit.lead, indent + 2, Some(unit.span.start));
            if record_of(&field.ty).is_none() {
                self.lead(&unit.inside, indent + 2, None);
            }
            let (head, tail) = (format!("{}: ", field.name.text), attributes(field));
            self.typed(indent + 2, &head, &field.ty, &tail, &unit.inside, unit.trail);
            last = Some(unit.trail.map_or(unit.span.end, |comment| comment.span.end));
        }
        self.close(tail, &rest, indent, behind);
    }

    /// Something with a type: in a line if it fits, else its record or its words are broken over lines.
    pub(super) fn typed(
        &mut self,
        indent: usize,
        head: &str,
        ty: &TypeExpr,
        tail: &str,
        comments: &[Comment],
        behind: Option<Comment>,
    ) {
        self.begin(indent);
        // What follows the type can't be broken, so it breaks nothing: a long description stays at the end of its line.
        let line = format!("{head}{}", type_line(ty));
        let fits = indent + line.chars().count() <= WIDTH;
        if let Some((before, fields)) = record_of(ty).filter(|_| !fits || !comments.is_empty()) {
            return self.fields(indent, &format!("{head}{before}{{"), fields, &format!("}}{tail}"), comments, behind);
        }
        if let Some((before, words)) = words_of(ty).filter(|_| !fits) {
            self.wrapped(indent, &format!("{head}{before}("), &words, ")", indent + 4);
            self.out.push_str(tail);
            return self.end(behind);
        }
        self.out.push_str(&line);
        self.out.push_str(tail);
        self.end(behind);
    }

    /// Words separated by commas, broken over lines where they are too many. The indent of the first line is already printed.
    pub(super) fn wrapped(&mut self, indent: usize, head: &str, words: &[String], tail: &str, continuation: usize) {
        self.out.push_str(head);
        let mut column = indent + head.chars().count();
        let mut fresh = true;
        for (index, word) in words.iter().enumerate() {
            let after = if index + 1 < words.len() { "," } else { tail };
            let width = word.chars().count() + after.chars().count();
            if !fresh && column + 1 + width > WIDTH {
                self.out.push('\n');
                self.begin(continuation);
                column = continuation;
            } else if !fresh {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            self.out.push_str(after);
            column += width;
            fresh = false;
        }
    }
}

/// A field in a line.
pub(super) fn field_line(field: &FieldDecl) -> String {
    format!("{}: {}{}", field.name.text, type_line(&field.ty), attributes(field))
}

/// A type in a line.
pub(super) fn type_line(ty: &TypeExpr) -> String {
    match &ty.kind {
        TypeKind::Named(name) => name.clone(),
        TypeKind::OneOf(words) => format!("one of ({})", names(words)),
        TypeKind::ListOf(of) => format!("list of {}", type_line(of)),
        TypeKind::HashOf(of) => format!("hash of {}", type_line(of)),
        TypeKind::Record(fields) if fields.is_empty() => "{}".to_owned(),
        TypeKind::Record(fields) => format!("{{ {} }}", fields.iter().map(field_line).collect::<Vec<_>>().join(", ")),
    }
}

/// What follows a field's type.
fn attributes(field: &FieldDecl) -> String {
    let read_in = field.read_in.iter().map(|read_in| format!(" read in {}", path(read_in)));
    let texts = [(" from", &field.from), (" protected", &field.protected), ("", &field.description)];
    let texts = texts.into_iter().filter_map(|(word, text)| Some(format!("{word} {}", quote(&text.as_ref()?.node))));
    read_in.chain(texts).collect()
}

/// The record that a type holds, and what stands before it.
fn record_of(ty: &TypeExpr) -> Option<(String, &[FieldDecl])> {
    match &ty.kind {
        TypeKind::Record(fields) => Some((String::new(), fields)),
        TypeKind::ListOf(of) => record_of(of).map(|(before, fields)| (format!("list of {before}"), fields)),
        TypeKind::HashOf(of) => record_of(of).map(|(before, fields)| (format!("hash of {before}"), fields)),
        TypeKind::Named(_) | TypeKind::OneOf(_) => None,
    }
}

/// The words that a type holds, and what stands before them.
fn words_of(ty: &TypeExpr) -> Option<(String, Vec<String>)> {
    match &ty.kind {
        TypeKind::OneOf(words) => Some(("one of ".to_owned(), words.iter().map(|word| word.text.clone()).collect())),
        TypeKind::ListOf(of) => words_of(of).map(|(before, words)| (format!("list of {before}"), words)),
        _ => None,
    }
}
