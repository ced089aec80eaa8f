//! Synthetic applications: any number, about 1 KB each, of invented people. Most are honest, with the gaps and quirks of real
//! ones; a known share has one kind of fraud, which `_injected` names and no rule reads. The same seed gives the same bytes.
//!
//! What is made here shows how rules behave; it says nothing about how often fraud occurs or how well it is found.

mod fraud;
mod honest;
mod places;
mod quirks;
pub(crate) mod random;
pub mod record;
pub mod ruleset;
mod words;

pub use fraud::{KINDS, Kind};
use random::Random;
use record::Application;

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Another seed gives other applications.
    pub seed: u64,
    /// From how many countries they come, 1 to 40.
    pub countries: usize,
    /// How many of a thousand have an injected fraud.
    pub fraud_per_mille: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 1, countries: 5, fraud_per_mille: 60 }
    }
}

impl Plan {
    /// One application.
    pub fn application(&self, number: u64) -> Application {
        let mut random = Random::new(self.seed, number);
        let kind = (random.below(1000) < self.fraud_per_mille).then(|| random.below(KINDS.len()));
        self.make(&mut random, number, kind.and_then(|place| KINDS.get(place)))
    }

    /// One application with a kind of fraud.
    pub fn with_fraud(&self, number: u64, kind: &Kind) -> Application {
        self.make(&mut Random::new(self.seed, number), number, Some(kind))
    }

    fn make(&self, random: &mut Random, number: u64, kind: Option<&Kind>) -> Application {
        let id = format!("g{}-{number:06}", self.seed);
        let (mut application, person) = honest::honest(random, self.countries, id);
        match kind {
            Some(kind) => fraud::inject(random, *kind, &person, &mut application),
            None => quirks::add(random, &person, &mut application),
        }
        application
    }
}
