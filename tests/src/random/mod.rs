//! Random rulesets and applications, drawn from a tape of numbers: the same tape gives the same text, a shorter tape and
//! smaller numbers give simpler ones. So whoever shrinks the tape shrinks what is drawn.
//!
//! - `shape`: the record that all random rules read, and the small domains of its fields.
//! - `complete`: what its gaps may hide.
//! - `mistakes`: rulesets with mistakes in known places.
//! - `record`: applications of that shape, with gaps, values of wrong types and partial dates.
//! - `values`, `conditions`: expressions of each type; `ruleset`: whole rulesets.

pub mod complete;
mod conditions;
pub mod mistakes;
pub mod record;
mod ruleset;
pub mod shape;
mod values;

pub use conditions::Allowed;
pub use ruleset::{Drawn, decide, draw_condition, draw_ruleset, probe};

/// Numbers to choose by; an empty tape always chooses the first.
#[derive(Debug, Clone)]
pub struct Tape<'t> {
    numbers: &'t [u16],
    at: usize,
}

impl<'t> Tape<'t> {
    /// A tape from its beginning.
    pub fn new(numbers: &'t [u16]) -> Self {
        Self { numbers, at: 0 }
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % count.max(1)
    }

    /// Whether something happens that does so in `of` out of a hundred cases; never on an empty tape.
    pub fn chance(&mut self, of: usize) -> bool {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        // Large numbers say yes, so that shrinking says no.
        usize::from(number) % 100 >= 100 - of
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }

    /// One of these texts.
    pub fn word<S: AsRef<str>>(&mut self, from: &[S]) -> String {
        self.pick(from).map_or_else(String::new, |text| text.as_ref().to_owned())
    }
}
