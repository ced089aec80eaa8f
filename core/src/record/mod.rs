//! A record bound to a program: only the fields that some indicator reads, each in its slot.
//!
//! `layout` says where a field lies, `cell` what lies there, `store` holds it. Binding (the `input` module) writes,
//! evaluation reads.

pub(crate) mod cell;
pub(crate) mod layout;
pub(crate) mod store;

pub(crate) use cell::{Cell, Raw, State};
pub(crate) use layout::{Element, Field, FieldKind, Layout, ReadIn, Scalar, Shape, ShapeId};
pub(crate) use store::{Address, Problem, Record};
