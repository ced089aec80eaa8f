//! A ruleset as texts by file name, for hosts that keep rules elsewhere than in folders.

use super::files::Folder;
use super::yaml::from_yaml;
use super::{codes, folder};
use crate::error::RulesetError;
use crate::source::{Manifest, Sources};
use indicia_dsl::diagnostic::Diagnostic;
use indicia_dsl::span::Span;
use std::collections::BTreeMap;

impl Sources {
    /// Takes the files of a ruleset by their names in its folder: `ruleset.yaml` (without it the ruleset is called `unnamed`),
    /// `*.indicia`, `.txt` and `.csv` below `lists/`, and `mappings/*.yaml`. Only embedded rulesets can be extended.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// let files = BTreeMap::from([
    ///     ("ruleset.yaml".to_owned(), "{name: mine, version: 1.0.0, language: 1}".to_owned()),
    ///     ("contact.indicia".to_owned(), "language 1\nrecord application { id: text }".to_owned()),
    /// ]);
    /// let sources = indicia::Sources::from_files(files)?;
    /// assert_eq!((sources.manifest.name.as_str(), sources.rules.len()), ("mine", 1));
    /// # Ok::<(), indicia::RulesetError>(())
    /// ```
    ///
    /// # Errors
    /// [`RulesetError::Read`] for a name that is no file of a ruleset, [`RulesetError::Compile`] as [`Sources::from_folder`] has.
    pub fn from_files(files: BTreeMap<String, String>) -> Result<Self, RulesetError> {
        let text = files.get(folder::MANIFEST).cloned();
        let manifest = match &text {
            Some(text) => from_yaml(folder::MANIFEST, text).map_err(|error| folder::one(*error))?,
            None => Manifest::new("unnamed", "0.0.0"),
        };
        let mut sources = Self { manifest, ..Self::default() };
        for (name, text) in files {
            sources.take(name, text)?;
        }
        let wanted = &sources.manifest.files;
        if !wanted.is_empty() {
            if let Some(name) = wanted.iter().find(|name| !sources.rules.contains_key(*name)) {
                let message = format!("rule file `{name}` is not there");
                let span = Span::default();
                return Err(folder::one(Diagnostic::error(codes::NO_RULE_FILE, message, folder::MANIFEST, span, "")));
            }
            sources.rules.retain(|name, _| wanted.contains(name));
        }
        if let Some(name) = &sources.manifest.extends {
            let text = text.as_deref().unwrap_or_default();
            sources.base = Some(Box::new(folder::embedded_base(name, text)?));
        }
        Ok(sources)
    }

    fn take(&mut self, name: String, text: String) -> Result<(), RulesetError> {
        let refused = |message: &str| Err(RulesetError::Read { path: name.clone(), message: message.to_owned() });
        if !Folder::is_plain(&name) {
            return refused("it is no plain name of a file in a ruleset's folder");
        }
        if let Some(short) = name.strip_prefix("mappings/").and_then(|name| name.strip_suffix(".yaml")) {
            let mapping = from_yaml(&name, &text).map_err(|error| folder::one(*error))?;
            self.mappings.insert(short.to_owned(), mapping);
        } else if name.starts_with("lists/") && [".txt", ".csv"].iter().any(|ending| name.ends_with(ending)) {
            self.data.insert(name, text);
        } else if name.ends_with(".indicia") && !name.contains('/') {
            self.rules.insert(name, text);
        } else if name != folder::MANIFEST && !name.ends_with(".cases.yaml") {
            return refused(
                "a ruleset has `ruleset.yaml`, `*.indicia`, `lists/*.txt`, `lists/*.csv`, `mappings/*.yaml`, `*.cases.yaml`",
            );
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "tests/given.rs"]
mod tests;
