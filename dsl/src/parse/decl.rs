//! Records, lists, tables and named values.

use super::Reader;
use super::piece::Shape;
use super::split::{self, Body, Parts};
use crate::ast::{FieldDecl, LetDecl, ListDecl, Origin, RecordDecl, SettingDecl, TableDecl, TypeExpr, TypeKind};
use crate::code;
use crate::grammar::{Node, Rule};
use std::ops::Range;

impl<'s> Reader<'s> {
    /// `record NAME { … }` and `extend record NAME { … }`.
    pub(super) fn record(&mut self, item: &Range<usize>) -> Option<RecordDecl> {
        let parts = split::parts(self, item);
        let head = self.head(Rule::one_record_head, &parts, "`record NAME {`");
        let fields = self.fields(&parts);
        self.tail(&parts);
        let (head, fields) = (head?, fields?);
        let name = self.build(|reader| reader.name_in(&head))?;
        parts.complete().then(|| RecordDecl {
            extend: head.child(Rule::kw_extend).is_some(),
            name,
            fields,
            span: self.whole(item),
        })
    }

    /// `list NAME: TYPE from "…"`.
    pub(super) fn list(&mut self, item: &Range<usize>) -> Option<ListDecl> {
        let node = self.piece(
            Rule::one_list,
            item.clone(),
            Shape::Origin("`list NAME: TYPE from \"lists/x.txt\"`"),
            self.place(item.start),
        )?;
        let span = self.whole(item);
        self.build(|reader| {
            Ok(ListDecl {
                name: reader.name_in(&node)?,
                ty: reader.type_expr(&reader.need(&node, Rule::type_expr)?)?,
                origin: reader.origin(&node)?,
                description: Self::text_in(&node),
                span,
            })
        })
    }

    /// `table NAME by KEY: TYPE { … } from "…"`.
    pub(super) fn table(&mut self, item: &Range<usize>) -> Option<TableDecl> {
        let parts = split::parts(self, item);
        let head = self.head(Rule::one_table_head, &parts, "`table NAME by KEY: TYPE {`");
        let columns = self.fields(&parts);
        let closed = parts.open.is_some() && parts.closed;
        let tail = if closed {
            let after = self.end_of(&(item.start..parts.tail.start));
            self.piece(
                Rule::one_table_tail,
                parts.tail.clone(),
                Shape::Origin("`from \"lists/x.csv\"` or `empty`"),
                after,
            )
        } else {
            self.tail(&parts);
            None
        };
        let (head, columns, tail, span) = (head?, columns?, tail?, self.whole(item));
        self.build(|reader| {
            let mut names = Self::names_in(&head).into_iter();
            let (Some(name), Some(key)) = (names.next(), names.next()) else {
                return Err(reader.unreadable(&head));
            };
            Ok(TableDecl {
                name,
                key,
                key_ty: reader.type_expr(&reader.need(&head, Rule::type_expr)?)?,
                columns,
                origin: reader.origin(&tail)?,
                description: Self::text_in(&tail),
                span,
            })
        })
    }

    /// `let NAME = expr`.
    pub(super) fn let_item(&mut self, item: &Range<usize>) -> Option<LetDecl> {
        let node = self.piece(Rule::one_let, item.clone(), Shape::Let, self.place(item.start))?;
        let span = self.whole(item);
        self.build(|reader| {
            let value = reader.expr(&reader.need(&node, Rule::expr)?)?.expr;
            Ok(LetDecl { name: reader.name_in(&node)?, value, span })
        })
    }

    /// `setting NAME = literal "meaning"`.
    pub(super) fn setting(&mut self, item: &Range<usize>) -> Option<SettingDecl> {
        let node = self.piece(Rule::one_setting, item.clone(), Shape::Setting, self.place(item.start))?;
        let span = self.whole(item);
        self.build(|reader| {
            let value = reader.literal(&reader.need(&node, Rule::literal)?)?;
            Ok(SettingDecl { name: reader.name_in(&node)?, value, meaning: Self::text_in(&node), span })
        })
    }

    /// Reads what stands before the opening brace, and says so if there is no brace.
    pub(super) fn head(&mut self, rule: Rule, parts: &Parts, form: &'static str) -> Option<Node<'s>> {
        let after = self.end_of(&parts.head);
        let before = self.diagnostics.len();
        let head = if parts.open.is_some() {
            self.piece(rule, parts.head.clone(), Shape::Head(form), after)
        } else {
            self.headless(rule, parts, form)
        };
        if head.is_none() && self.diagnostics.len() == before && !self.has_bad(&parts.head) {
            let whole = self.whole(&parts.head);
            self.report(self.error(code::UNEXPECTED, format!("this is not of the form {form}"), whole, ""));
        }
        head
    }

    /// Whether a token of the range was already reported.
    pub(super) fn has_bad(&self, range: &Range<usize>) -> bool {
        self.tokens.get(range.clone()).unwrap_or_default().iter().any(|token| token.bad)
    }

    /// An item without an opening brace: what is there of its head may be right.
    fn headless(&mut self, rule: Rule, parts: &Parts, form: &'static str) -> Option<Node<'s>> {
        let line_end =
            parts.head.clone().skip(1).find(|index| self.tokens.get(*index).is_some_and(|token| token.starts_line));
        let head = parts.head.start..line_end.unwrap_or(parts.head.end);
        self.piece(rule, head.clone(), Shape::Head(form), self.end_of(&head))?;
        let end = self.end_of(&head);
        let mut diagnostic = self
            .error(code::UNEXPECTED, "`{` is missing", end, "expected `{` here")
            .with_help(format!("the form is {form}"));
        if self.word(parts.head.end.saturating_sub(1)) == "}" {
            diagnostic = diagnostic.with_fix("write `{`", self.file, end, " {");
        }
        self.report(diagnostic);
        None
    }

    /// Reports what follows a closing brace, or that there is none.
    pub(super) fn tail(&mut self, parts: &Parts) {
        if !parts.closed {
            if let Some(open) = parts.open
                && !self
                    .diagnostics
                    .last()
                    .is_some_and(|last| last.code == code::UNCLOSED_BRACKET.id && self.is_within(last, parts))
            {
                self.report(self.unclosed_bracket(open));
            }
            return;
        }
        let Some(index) = parts.tail.clone().next() else {
            return;
        };
        if self.has_bad(&parts.tail) {
            return;
        }
        let diagnostic = if self.kind(index) == Some(crate::lex::Kind::Close) {
            self.stray_bracket(index)
        } else {
            self.error(
                code::UNEXPECTED,
                format!("`{}` stands outside of the braces", self.word(index)),
                self.place(index),
                "",
            )
            .with_help("is there a `}` too many before it?")
        };
        self.report(diagnostic);
    }

    fn is_within(&self, diagnostic: &crate::Diagnostic, parts: &Parts) -> bool {
        let body = self.whole(&parts.body);
        diagnostic.labels.first().is_some_and(|label| label.span.start >= body.start)
    }

    /// The fields between the braces; nothing if one of them can't be read.
    fn fields(&mut self, parts: &Parts) -> Option<Vec<FieldDecl>> {
        let mut fields = Some(Vec::new());
        for piece in split::pieces(self, &parts.body, Body::Fields) {
            let after = self.end_of(&(piece.start.saturating_sub(1)..piece.start));
            let field = self
                .piece(Rule::one_field, piece, Shape::Field, after)
                .and_then(|node| self.build(|reader| reader.field(&node)));
            fields = fields.zip(field).map(|(mut fields, field)| {
                fields.push(field);
                fields
            });
        }
        fields
    }

    /// One field.
    fn field(&self, node: &Node<'_>) -> super::Read<FieldDecl> {
        let quoted = |rule: Rule| node.child(rule).and_then(|attribute| Self::text_in(&attribute));
        Ok(FieldDecl {
            name: self.name_in(node)?,
            ty: self.type_expr(&self.need(node, Rule::type_expr)?)?,
            read_in: match node.child(Rule::read_in) {
                Some(read_in) => Some(Self::path(&self.need(&read_in, Rule::path)?)),
                None => None,
            },
            from: quoted(Rule::from),
            protected: quoted(Rule::protected),
            description: Self::text_in(node),
            span: node.span(),
        })
    }

    /// A type. How deep types nest was checked before the grammar read them.
    pub(super) fn type_expr(&self, node: &Node<'_>) -> super::Read<TypeExpr> {
        let span = node.span();
        let inner = node.children().next().ok_or_else(|| self.unreadable(node))?;
        let nested = |rule: Rule| -> super::Read<Box<TypeExpr>> {
            let of = inner.child(rule).ok_or_else(|| self.unreadable(&inner))?;
            Ok(Box::new(self.type_expr(&of)?))
        };
        let kind = match inner.rule() {
            Rule::one_of => TypeKind::OneOf(Self::names_in(&self.need(&inner, Rule::name_list)?)),
            Rule::list_of => TypeKind::ListOf(nested(Rule::type_expr)?),
            Rule::hash_of => TypeKind::HashOf(nested(Rule::type_expr)?),
            Rule::fields => TypeKind::Record(self.inline_fields(&inner)?),
            _ => TypeKind::Named(inner.text().to_owned()),
        };
        Ok(TypeExpr { kind, span })
    }

    /// The fields of an inline record; a comma or the end of a line stands between two.
    fn inline_fields(&self, node: &Node<'_>) -> super::Read<Vec<FieldDecl>> {
        let mut fields: Vec<FieldDecl> = Vec::new();
        let mut comma = true;
        for child in node.children() {
            if child.rule() != Rule::field {
                comma |= child.rule() == Rule::comma;
                continue;
            }
            let field = self.field(&child)?;
            if let Some(last) = fields.last().filter(|_| !comma)
                && !self.at(crate::span::Span::new(last.span.end, field.span.start)).contains('\n')
            {
                return Err(self.missing_separator(last.span.end, field.span.start));
            }
            comma = false;
            fields.push(field);
        }
        Ok(fields)
    }

    fn origin(&self, node: &Node<'_>) -> super::Read<Origin> {
        let origin = self.need(node, Rule::origin)?;
        match origin.child(Rule::from) {
            Some(from) => Ok(Origin::File(Self::text_in(&from).ok_or_else(|| self.unreadable(&from))?)),
            None => Ok(Origin::Empty(origin.span())),
        }
    }
}

impl Parts {
    /// Whether both braces are there and nothing follows.
    pub(super) fn complete(&self) -> bool {
        self.open.is_some() && self.closed && self.tail.is_empty()
    }
}
