#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod ast;
pub mod code;
pub mod diagnostic;
mod format;
mod grammar;
mod lex;
mod limits;
mod parse;
mod position;
pub mod span;
mod suggest;
mod words;

pub use diagnostic::{Diagnostic, Edit, Fix, Label, Position, Severity};
pub use format::{format, print_expr, print_for};
pub use limits::Limits;
pub use parse::{Parsed, parse, parse_expr, parse_with_limits};
pub use position::line_column;
pub use span::{Span, Spanned};
pub use suggest::{nearest, suggest};
