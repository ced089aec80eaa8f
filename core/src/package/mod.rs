//! How a ruleset travels: as a folder, as one portable bundle, and embedded in the crate. Nothing here knows what a rule means.

mod bundle;
mod codec;
pub(crate) mod codes;
pub(crate) mod data_file;
pub(crate) mod digest;
#[cfg(feature = "default-ruleset")]
mod embedded;
#[cfg(feature = "yaml")]
pub(crate) mod files;
#[cfg(feature = "yaml")]
mod folder;
#[cfg(feature = "yaml")]
mod given;
#[cfg(feature = "yaml")]
pub(crate) mod places;
#[cfg(feature = "yaml")]
pub(crate) mod yaml;
