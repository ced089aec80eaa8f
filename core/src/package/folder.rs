//! A ruleset as a folder: its manifest, rule files, data files and mappings, and the ruleset that it extends.

use super::codec::MAX_BASES;
use super::codes;
use super::files::{Folder, MAX_FILE_BYTES, read_bounded, read_error};
use super::yaml::{from_yaml, place_of};
use crate::error::RulesetError;
use crate::ruleset::Ruleset;
use crate::source::{Manifest, Sources};
use indicia_dsl::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};

pub(super) const MANIFEST: &str = "ruleset.yaml";

impl Sources {
    /// Reads a ruleset's folder: `ruleset.yaml`, its `*.indicia` files (or those that `files` names), the `.txt` and
    /// `.csv` files below `lists/`, and `mappings/*.yaml`. Nothing is checked yet beyond what reading needs.
    ///
    /// `extends: NAME` is looked up beside the folder (`../NAME`, then `../NAME.bundle`), then among the embedded rulesets.
    ///
    /// # Errors
    /// [`RulesetError::Read`] for a file that can't be read, [`RulesetError::Compile`] with `E0507` for broken YAML, `E0508`
    /// for a rule file that is not there, `E0509` for a ruleset to extend that is not there or goes in a circle.
    pub fn from_folder(path: impl AsRef<Path>) -> Result<Self, RulesetError> {
        read_folder(path.as_ref(), &mut Vec::new())
    }
}

impl Ruleset {
    /// Reads, checks and compiles a ruleset's folder; see [`Sources::from_folder`].
    ///
    /// # Errors
    /// Those of [`Sources::from_folder`] and [`Ruleset::from_sources`].
    pub fn from_folder(path: impl AsRef<Path>) -> Result<Self, RulesetError> {
        Self::from_sources(&Sources::from_folder(path)?)
    }
}

fn read_folder(path: &Path, visited: &mut Vec<PathBuf>) -> Result<Sources, RulesetError> {
    let mut folder = Folder::open(path)?;
    if !folder.has(MANIFEST) {
        return Err(read_error(path, "not a ruleset: the folder has no `ruleset.yaml`"));
    }
    let text = folder.read(MANIFEST)?;
    let manifest: Manifest = from_yaml(MANIFEST, &text).map_err(|error| one(*error))?;
    let mut sources = Sources { manifest, ..Sources::default() };
    for name in rule_files(&folder, &sources.manifest, &text)? {
        let rules = folder.read(&name)?;
        sources.rules.insert(name, rules);
    }
    for name in folder.list("lists", &[".txt", ".csv"], true)? {
        let data = folder.read(&name)?;
        sources.data.insert(name, data);
    }
    for name in folder.list("mappings", &[".yaml"], false)? {
        let mapping = from_yaml(&name, &folder.read(&name)?).map_err(|error| one(*error))?;
        let short = name.trim_start_matches("mappings/").trim_end_matches(".yaml");
        sources.mappings.insert(short.to_owned(), mapping);
    }
    if let Some(extends) = sources.manifest.extends.clone() {
        visited.push(folder.root().to_owned());
        sources.base = Some(Box::new(base(&folder, &extends, &text, visited)?));
    }
    Ok(sources)
}

fn rule_files(folder: &Folder, manifest: &Manifest, text: &str) -> Result<Vec<String>, RulesetError> {
    if manifest.files.is_empty() {
        return folder.list("", &[".indicia"], false);
    }
    let mut errors = Vec::new();
    for (index, name) in manifest.files.iter().enumerate() {
        let wrong = if !Folder::is_plain(name) {
            "is no plain name of a file in this folder"
        } else if !folder.has(name) {
            "is not there"
        } else if manifest.files.iter().take(index).any(|other| other == name) {
            "stands twice"
        } else {
            continue;
        };
        let message = format!("rule file `{name}` {wrong}");
        let mut error = Diagnostic::error(codes::NO_RULE_FILE, message, MANIFEST, place_of(text, "files"), "");
        error.locate(text);
        errors.push(error);
    }
    if errors.is_empty() { Ok(manifest.files.clone()) } else { Err(RulesetError::Compile { diagnostics: errors }) }
}

fn base(folder: &Folder, name: &str, text: &str, visited: &mut Vec<PathBuf>) -> Result<Sources, RulesetError> {
    let error = |message: String| no_base(message, text);
    if !Folder::is_plain(name) || name.contains('/') {
        return Err(error(format!("`{name}` is no name of a ruleset")));
    }
    if visited.len() > MAX_BASES {
        return Err(error(format!("more than {MAX_BASES} rulesets extend one another")));
    }
    let beside = folder.sibling(name);
    let bundle = folder.sibling(&format!("{name}.bundle"));
    let found = if let Some(path) = beside.filter(|path| path.join(MANIFEST).is_file()) {
        if path.canonicalize().is_ok_and(|path| visited.contains(&path)) {
            return Err(error(format!("ruleset `{name}` extends itself")));
        }
        read_folder(&path, visited)?
    } else if let Some(path) = bundle.filter(|path| path.is_file()) {
        Sources::from_bundle(&read_bounded(&path, &path, MAX_FILE_BYTES)?)?
    } else if let Some(sources) = embedded(name) {
        sources?
    } else {
        return Err(error(format!("no ruleset is called `{name}`")));
    };
    if found.manifest.name == name {
        Ok(found)
    } else {
        Err(error(format!("the ruleset found for `{name}` is called `{}`", found.manifest.name)))
    }
}

fn no_base(message: String, text: &str) -> RulesetError {
    let mut diagnostic = Diagnostic::error(codes::NO_BASE, message, MANIFEST, place_of(text, "extends"), "");
    diagnostic.locate(text);
    one(diagnostic.with_help(
        "a ruleset to extend lies beside this one, as a folder or a bundle, or is `applicant-fraud`, which is built in",
    ))
}

/// An embedded ruleset to extend; `text` is the manifest's.
pub(super) fn embedded_base(name: &str, text: &str) -> Result<Sources, RulesetError> {
    match embedded(name) {
        Some(sources) => sources,
        None => Err(no_base(format!("no ruleset is called `{name}`"), text)),
    }
}

#[cfg(feature = "default-ruleset")]
fn embedded(name: &str) -> Option<Result<Sources, RulesetError>> {
    (name == super::embedded::NAME).then(|| super::embedded::sources().map_err(RulesetError::from))
}

#[cfg(not(feature = "default-ruleset"))]
fn embedded(_name: &str) -> Option<Result<Sources, RulesetError>> {
    None
}

pub(super) fn one(diagnostic: Diagnostic) -> RulesetError {
    RulesetError::Compile { diagnostics: vec![diagnostic] }
}

#[cfg(test)]
#[path = "tests/folder.rs"]
mod tests;
