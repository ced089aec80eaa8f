//! The ruleset that the crate carries.

use crate::error::{BundleError, RulesetError};
use crate::ruleset::Ruleset;
use crate::source::Sources;
use std::sync::OnceLock;

/// The name of the embedded ruleset.
#[cfg(feature = "yaml")]
pub(crate) const NAME: &str = "applicant-fraud";

/// Built from `rulesets/applicant-fraud`; a test says when it is stale.
static BUNDLE: &[u8] = include_bytes!("../../data/applicant-fraud.bundle");

/// The embedded ruleset as it was written.
pub(crate) fn sources() -> Result<Sources, BundleError> {
    Sources::from_bundle(BUNDLE)
}

impl Ruleset {
    /// The embedded ruleset `applicant-fraud`. It is compiled on the first call; later calls share it.
    ///
    /// ```
    /// let ruleset = indicia::Ruleset::default_ruleset()?;
    /// assert_eq!(ruleset.name(), "applicant-fraud");
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    ///
    /// # Errors
    /// None in a released crate: tests load what is embedded.
    pub fn default_ruleset() -> Result<Self, RulesetError> {
        static RULESET: OnceLock<Result<Ruleset, RulesetError>> = OnceLock::new();
        RULESET.get_or_init(|| Self::from_sources(&sources()?)).clone()
    }
}
