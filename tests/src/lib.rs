//! Shared pieces of the project's own tests.

pub mod conformance;
pub mod fuzz;
pub mod locales;
pub mod markdown;
pub mod random;
pub mod reference;
pub mod screening;
pub mod sheet;
pub mod shrink;

/// The examples of the project's first page.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the page on reference data.
#[cfg(doctest)]
#[doc = include_str!("../../docs/lists.md")]
pub struct Lists;
pub mod generate;
