//! The syntax tree: what was written, with byte spans and without meaning.
//!
//! `decl` holds what stands at the top of a file, `expr` what stands in a condition. Nothing here says whether a name
//! exists or a comparison makes sense.

mod decl;
mod expr;

pub use decl::*;
pub use expr::*;

use crate::span::Span;

/// A name with its place. Names are `[A-Za-z_][A-Za-z0-9_]*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One parsed source file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct File {
    /// The version of `language N`, which heads the file, with its place.
    pub language: Option<(u32, Span)>,
    /// The items in source order. An item with a syntax error is absent (its diagnostic is reported).
    pub items: Vec<Item>,
    /// Names that stand after an item's keyword although the item itself could not be read, so that references to them are not reported as unknown.
    pub broken: Vec<Name>,
}
