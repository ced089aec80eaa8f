//! Bundles: a ruleset with its lists and mappings in one file. Owns the envelope; `codec` owns the content.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | the letters `INDICIA` and a zero byte |
//! | 4 | format version, little-endian |
//! | 32 | BLAKE3 digest of the payload as stored |
//! | 8 | length of the payload, little-endian |
//! | … | the payload: the content, deflated (RFC 1951) |
//!
//! The digest finds damage. It is no signature: whoever changes a bundle can compute it anew.

use super::codec;
use crate::error::{BundleError, RulesetError};
use crate::ruleset::Ruleset;
use crate::source::Sources;
use miniz_oxide::{deflate, inflate};

const MAGIC: &[u8; 8] = b"INDICIA\0";
/// The format version that this engine writes and reads.
const VERSION: u32 = 1;
/// Bytes of the content of a bundle, inflated.
const MAX_CONTENT_BYTES: usize = 256 * 1024 * 1024;
const LEVEL: u8 = 9;

impl Sources {
    /// The ruleset's files as one portable bundle: rules, data files, mappings, rows given by the host, and the ruleset
    /// that it extends; no cases. The same files give the same bytes.
    ///
    /// ```
    /// let sources = indicia::Sources::single("language 1\n");
    /// let bundle = sources.to_bundle();
    /// assert_eq!(indicia::Sources::from_bundle(&bundle)?, sources);
    /// # Ok::<(), indicia::BundleError>(())
    /// ```
    pub fn to_bundle(&self) -> Vec<u8> {
        let payload = deflate::compress_to_vec(&codec::write(self), LEVEL);
        let mut out = Vec::with_capacity(MAGIC.len() + 4 + blake3::OUT_LEN + 8 + payload.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(blake3::hash(&payload).as_bytes());
        out.extend_from_slice(&(payload.len() as u64).to_le_bytes());
        out.extend_from_slice(&payload);
        out
    }

    /// Reads a bundle without checking its rules.
    ///
    /// # Errors
    /// [`BundleError::NotABundle`], [`BundleError::Version`], [`BundleError::Damaged`] or [`BundleError::Digest`].
    pub fn from_bundle(bytes: &[u8]) -> Result<Self, BundleError> {
        open(bytes, MAX_CONTENT_BYTES)
    }
}

impl Ruleset {
    /// The ruleset as one portable bundle; see [`Sources::to_bundle`]. Rows that the host has given are in it.
    pub fn to_bundle(&self) -> Vec<u8> {
        self.sources().to_bundle()
    }

    /// Reads, checks and compiles a bundle.
    ///
    /// # Errors
    /// [`RulesetError::Bundle`] if it is no bundle, of another version or damaged; [`RulesetError::Compile`] if its rules have errors.
    pub fn from_bundle(bytes: &[u8]) -> Result<Self, RulesetError> {
        Self::from_sources(&Sources::from_bundle(bytes)?)
    }
}

fn open(bytes: &[u8], limit: usize) -> Result<Sources, BundleError> {
    let bytes = bytes.strip_prefix(MAGIC).ok_or(BundleError::NotABundle)?;
    let (version, bytes) = split::<4>(bytes)?;
    let found = u32::from_le_bytes(version);
    if found != VERSION {
        return Err(BundleError::Version { found, supported: VERSION });
    }
    let (digest, bytes) = split::<{ blake3::OUT_LEN }>(bytes)?;
    let (length, payload) = split::<8>(bytes)?;
    let length = u64::from_le_bytes(length);
    let there = payload.len() as u64;
    if there < length {
        return Err(damaged(format!("it ends {} bytes too early", length - there)));
    }
    if there > length {
        return Err(damaged(format!("it has {} bytes left over", there - length)));
    }
    if blake3::hash(payload) != blake3::Hash::from_bytes(digest) {
        return Err(BundleError::Digest);
    }
    let content = inflate::decompress_to_vec_with_limit(payload, limit).map_err(|error| {
        damaged(match error.status {
            inflate::TINFLStatus::HasMoreOutput => format!("its content is larger than {limit} bytes"),
            _ => "its content can't be inflated".to_owned(),
        })
    })?;
    codec::read(&content)
}

fn split<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), BundleError> {
    let (head, rest) =
        bytes.split_first_chunk::<N>().ok_or_else(|| damaged("its header is not complete".to_owned()))?;
    Ok((*head, rest))
}

fn damaged(message: String) -> BundleError {
    BundleError::Damaged { message }
}

#[cfg(test)]
#[path = "tests/bundle.rs"]
mod tests;
