//! Reading the files of a folder: relative names only, nothing outside of the folder, and no more than a bound.

use crate::error::RulesetError;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Bytes of one file of a ruleset.
pub(crate) const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of all files of a ruleset.
const MAX_FOLDER_BYTES: u64 = 200 * 1024 * 1024;
/// Files below one folder.
const MAX_FILES: usize = 10_000;
/// Levels of folders within a ruleset.
const MAX_LEVELS: usize = 8;

/// A folder that is being read.
#[derive(Debug)]
pub(crate) struct Folder {
    /// As the caller wrote it, for messages.
    shown: PathBuf,
    /// Without links.
    root: PathBuf,
    bytes_left: u64,
}

impl Folder {
    pub(crate) fn open(path: &Path) -> Result<Self, RulesetError> {
        let root = fs::canonicalize(path).map_err(|error| failed(path, &error))?;
        if !root.is_dir() {
            return Err(read_error(path, "not a folder"));
        }
        Ok(Self { shown: path.to_owned(), root, bytes_left: MAX_FOLDER_BYTES })
    }

    /// The folder beside this one, or the file.
    pub(crate) fn sibling(&self, name: &str) -> Option<PathBuf> {
        self.root.parent().map(|parent| parent.join(name))
    }

    /// Whether the folder itself, links followed, is one of these.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a name stays within the folder: parts joined by `/`, none of them `.` or `..` or hidden.
    pub(crate) fn is_plain(name: &str) -> bool {
        !name.is_empty()
            && !name.contains(['\\', ':', '\0'])
            && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
            && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, name: &str) -> bool {
        Self::is_plain(name) && self.root.join(name).is_file()
    }

    /// The text of a file.
    pub(crate) fn read(&mut self, name: &str) -> Result<String, RulesetError> {
        let shown = self.shown.join(name);
        let path = fs::canonicalize(self.root.join(name)).map_err(|error| failed(&shown, &error))?;
        if !Self::is_plain(name) || !path.starts_with(&self.root) {
            return Err(read_error(&shown, "it lies outside of the ruleset's folder"));
        }
        let limit = MAX_FILE_BYTES.min(self.bytes_left);
        let bytes = read_bounded(&path, &shown, limit)?;
        self.bytes_left = self.bytes_left.saturating_sub(bytes.len() as u64);
        String::from_utf8(bytes)
            .map_err(|error| read_error(&shown, &format!("invalid UTF-8 at byte {}", error.utf8_error().valid_up_to())))
    }

    /// Names of the files in a folder of this one (`""` for itself) whose name has one of the endings, sorted. Hidden files are left out.
    pub(crate) fn list(&self, below: &str, endings: &[&str], deep: bool) -> Result<Vec<String>, RulesetError> {
        let mut names = Vec::new();
        if below.is_empty() || self.root.join(below).is_dir() {
            self.collect(below, endings, if deep { MAX_LEVELS } else { 0 }, &mut names)?;
        }
        names.sort();
        Ok(names)
    }

    fn collect(
        &self,
        below: &str,
        endings: &[&str],
        levels: usize,
        names: &mut Vec<String>,
    ) -> Result<(), RulesetError> {
        let shown = self.shown.join(below);
        for entry in fs::read_dir(self.root.join(below)).map_err(|error| failed(&shown, &error))? {
            let entry = entry.map_err(|error| failed(&shown, &error))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let name = if below.is_empty() { name } else { format!("{below}/{name}") };
            let kind = entry.file_type().map_err(|error| failed(&shown, &error))?;
            if kind.is_dir() {
                if levels > 0 {
                    self.collect(&name, endings, levels - 1, names)?;
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                names.push(name);
                if names.len() > MAX_FILES {
                    return Err(read_error(&shown, &format!("it holds more than {MAX_FILES} files")));
                }
            }
        }
        Ok(())
    }
}

/// The bytes of a regular file, no more than `limit`.
pub(crate) fn read_bounded(path: &Path, shown: &Path, limit: u64) -> Result<Vec<u8>, RulesetError> {
    // Asked before opening: opening a pipe would wait for its writer.
    if !fs::metadata(path).map_err(|error| failed(shown, &error))?.is_file() {
        return Err(read_error(shown, "not a regular file"));
    }
    let file = fs::File::open(path).map_err(|error| failed(shown, &error))?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| failed(shown, &error))?;
    if bytes.len() as u64 > limit {
        return Err(read_error(shown, &format!("larger than the limit of {limit} bytes")));
    }
    Ok(bytes)
}

pub(crate) fn read_error(path: &Path, message: &str) -> RulesetError {
    RulesetError::Read { path: path.display().to_string(), message: message.to_owned() }
}

fn failed(path: &Path, error: &std::io::Error) -> RulesetError {
    read_error(path, &error.to_string())
}
