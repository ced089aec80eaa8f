//! The folder of a catalogue: what in it is missing, differs or is left over, and bringing it up to date.
//!
//! Only files that bear the mark are replaced or removed. A link is nobody's page, whatever it leads to.

use super::document::MARK;
use crate::failure::Failure;
use crate::render::values::safe;
use crate::ruleset::is_rule_file;
use crate::write;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes in which the mark of a file has to stand.
const HEAD_BYTES: u64 = 256;

/// A folder, and how it differs from the pages that it should hold.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Pages that are missing or differ.
    pub(super) outdated: BTreeSet<String>,
    /// Pages that are no longer needed.
    pub(super) left_over: BTreeSet<String>,
}

/// What stands where a page belongs.
enum Found {
    Nothing,
    /// A page of this or an earlier run.
    Page,
    /// Something else.
    Foreign,
}

impl Folder {
    /// Looks at the folder; it need not be there. A ruleset's own folder is refused, and so is one that can't be made or
    /// written to, if `writes`.
    pub(super) fn open(path: &Path, writes: bool) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let shown = safe(&shown);
        let home = existing(path)?;
        if !home.is_dir() {
            return Err(Failure::Usage(format!("`{}` is no folder", safe(&home.display().to_string()))));
        }
        let folder = Self { path: path.to_owned(), outdated: BTreeSet::new(), left_over: BTreeSet::new() };
        let entries = folder.entries()?;
        if entries.iter().any(|name| name == "ruleset.yaml" || is_rule_file(Path::new(name))) {
            return Err(Failure::Usage(format!("`{shown}` holds a ruleset: choose another folder for the pages")));
        }
        if writes {
            try_out(path, home).map_err(|error| write::failed(path, &error))?;
        }
        Ok(folder)
    }

    /// Compares the folder with the pages that it should hold.
    pub(super) fn compare(&mut self, files: &BTreeMap<String, String>) -> Result<(), Failure> {
        for (name, text) in files {
            match self.found(name)? {
                Found::Nothing => {
                    self.outdated.insert(name.clone());
                }
                Found::Page => {
                    if !self.holds(name, text)? {
                        self.outdated.insert(name.clone());
                    }
                }
                Found::Foreign => {
                    return Err(Failure::Usage(format!(
                        "`{}` was not written by `indicia docs`: move it away or choose another folder",
                        self.path.join(name).display()
                    )));
                }
            }
        }
        for name in self.entries()? {
            let ending = Path::new(&name).extension();
            let is_page = ending.is_some_and(|ending| ending == "md" || ending == "html");
            if is_page && !files.contains_key(&name) && matches!(self.found(&name)?, Found::Page) {
                self.left_over.insert(name);
            }
        }
        Ok(())
    }

    /// The files that are not as they should be.
    pub(super) fn stale(&self) -> impl Iterator<Item = &String> {
        self.outdated.union(&self.left_over)
    }

    /// Writes and removes what [`Folder::compare`] has found.
    pub(super) fn renew(&self, files: &BTreeMap<String, String>) -> Result<(), Failure> {
        fs::create_dir_all(&self.path).map_err(|error| write::failed(&self.path, &error))?;
        for name in &self.outdated {
            if let Some(text) = files.get(name) {
                write::whole(&self.path.join(name), text.as_bytes())?;
            }
        }
        for name in &self.left_over {
            let path = self.path.join(name);
            fs::remove_file(&path).map_err(|error| write::failed(&path, &error))?;
        }
        Ok(())
    }

    /// The names in the folder; what is not Unicode is no page.
    fn entries(&self) -> Result<Vec<String>, Failure> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|error| self.unreadable("", &error))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            names.extend(entry.map_err(|error| self.unreadable("", &error))?.file_name().into_string());
        }
        names.sort();
        Ok(names)
    }

    fn found(&self, name: &str) -> Result<Found, Failure> {
        let path = self.path.join(name);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(self.unreadable(name, &error)),
            Ok(meta) if !meta.is_file() => return Ok(Found::Foreign),
            Ok(_) => {}
        }
        let mut head = Vec::new();
        let read = fs::File::open(&path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
        read.map_err(|error| self.unreadable(name, &error))?;
        let head = String::from_utf8_lossy(&head);
        Ok(if head.lines().take(2).any(|line| line == MARK) { Found::Page } else { Found::Foreign })
    }

    /// Whether a page holds this text; line ends may have become those of Windows on the way through a repository.
    fn holds(&self, name: &str, text: &str) -> Result<bool, Failure> {
        let bytes = fs::read(self.path.join(name)).map_err(|error| self.unreadable(name, &error))?;
        Ok(bytes == text.as_bytes() || String::from_utf8_lossy(&bytes).replace("\r\n", "\n") == text)
    }

    fn unreadable(&self, name: &str, error: &io::Error) -> Failure {
        let path = if name.is_empty() { self.path.clone() } else { self.path.join(name) };
        Failure::Input(format!("can't read `{}`: {error}", safe(&path.display().to_string())))
    }
}

/// Makes the folder and a file in it, and takes both away again.
fn try_out(path: &Path, home: &Path) -> io::Result<()> {
    let made = fs::create_dir_all(path).and_then(|()| write::probe(path));
    for around in path.ancestors().take_while(|around| *around != home && !around.as_os_str().is_empty()) {
        // What something else has begun to use stays.
        let _ = fs::remove_dir(around);
    }
    made
}

/// The path itself, or the nearest folder around it that is there.
fn existing(path: &Path) -> Result<&Path, Failure> {
    for around in path.ancestors() {
        let around = if around.as_os_str().is_empty() { Path::new(".") } else { around };
        match fs::metadata(around) {
            Ok(_) => return Ok(around),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !around.is_symlink() => {}
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(write::failed(path, &error)),
        }
    }
    Ok(path)
}
