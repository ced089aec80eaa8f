//! The fairness bench: honest applications of many locales, and frauds injected into them. The same number gives the same
//! life in each locale; names, places, numbers, companies and schools alone are the locale's.
//!
//! What is made here is invented. It shows whether rules treat locales alike, and says nothing about how often fraud occurs.

pub mod data;
pub mod draw;
pub mod facts;
pub mod fraud;
pub mod history;
pub mod honest;
pub mod people;
pub mod phones;
pub mod rates;
