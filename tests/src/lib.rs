//! Shared pieces of the project's own tests.

pub mod conformance;
