//! Tests of the domain values, one file a value.

mod addresses;
mod countries;
mod dates;
mod names;
mod phones;
mod texts;
mod totality;
