//! Syntax of the Indicia rule language: text to syntax tree, diagnostics as data, and the formatter.
//!
//! This crate owns everything that can be said about a rule's *spelling*. It knows no types, no functions and no
//! evaluation: those are the business of the `indicia` crate, which most users want instead.

pub mod ast;
pub mod diagnostic;
pub mod span;
