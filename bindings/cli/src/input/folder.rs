//! Files, folders and stdin as the user names them, in a fixed order.
//!
//! In a folder each document is one application, sorted by name. With a mapping, a folder in the folder is one
//! applicant, whose documents (`form.json`, `resume.yaml`, `Positions.csv`) the mapping joins by name; so is the folder
//! itself if it holds the documents that the mapping asks for.

use super::detect::{ending, is_document};
use super::open;
use super::{Body, Fault, Item, Reason, Records, Settings, csv, yaml};
use indicia::Mapping;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// One file, pipe or device that the user named.
    File(PathBuf),
    /// A document of a folder. It is read only if it is a regular file: nobody may be at the other end of a pipe.
    Found(PathBuf),
    /// A folder of documents about one applicant.
    Applicant(PathBuf),
}

impl Input {
    /// The name in rows and messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) | Self::Found(path) | Self::Applicant(path) => path.display().to_string(),
        }
    }

    /// Its size in bytes; `None` for stdin and pipes.
    pub(crate) fn size(&self) -> Option<u64> {
        let (Self::File(path) | Self::Found(path)) = self else { return None };
        fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| meta.len())
    }
}

/// What lies in a folder and is not read, by name; folders end in `/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Unread {
    /// What is no document, or one that nothing asks for.
    pub(crate) names: Vec<String>,
    /// Documents with the name of another one, each before the one that is read instead: `resume.csv`, `resume.json`.
    pub(crate) doubled: Vec<(String, String)>,
}

impl Unread {
    /// Whether everything is read.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.doubled.is_empty()
    }
}

/// The inputs in order, and what the folders among them hold beside.
#[derive(Debug, Default)]
pub(crate) struct Expanded {
    pub(crate) inputs: Vec<Input>,
    /// Of each folder of records that holds more than documents.
    pub(crate) unread: Vec<Unread>,
}

/// What folders are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Folders<'m> {
    /// Folders of records, however deep.
    Records,
    /// Folders of documents for these mappings; a folder in one of them is one applicant.
    Documents(&'m [Mapping]),
}

/// The inputs in order: folders become their documents.
pub(crate) fn expand(paths: &[PathBuf], folders: Folders<'_>) -> io::Result<Expanded> {
    let mut expanded = Expanded::default();
    for path in paths {
        if path == Path::new("-") {
            expanded.inputs.push(Input::Stdin);
        } else if path.is_dir() {
            add_folder(&mut expanded, path, folders)?;
        } else {
            expanded.inputs.push(Input::File(path.clone()));
        }
    }
    Ok(expanded)
}

fn add_folder(expanded: &mut Expanded, folder: &Path, folders: Folders<'_>) -> io::Result<()> {
    let paths = sorted(folder)?;
    if let Folders::Documents(mappings) = folders {
        let names = paths.iter().filter(|path| !path.is_dir() && is_document(path)).map(|path| stem(path)).collect();
        if mappings.iter().any(|mapping| mapping.is_applicant(&names)) {
            expanded.inputs.push(Input::Applicant(folder.to_path_buf()));
            return Ok(());
        }
    }
    let mut unread = Unread::default();
    for path in paths {
        match (path.is_dir(), folders) {
            (true, Folders::Documents(_)) => expanded.inputs.push(Input::Applicant(path)),
            (true, Folders::Records) => add_folder(expanded, &path, folders)?,
            (false, _) if is_document(&path) => expanded.inputs.push(Input::Found(path)),
            (false, _) => unread.names.push(file_name(&path)),
        }
    }
    if !unread.is_empty() {
        expanded.unread.push(unread);
    }
    Ok(())
}

/// The visible entries of a folder, sorted by name.
fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        // A link to a folder could lead round in a circle.
        let circular = path.is_symlink() && path.is_dir();
        if !hidden && !circular {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The documents about one applicant: one item.
pub(super) struct Applicant {
    folder: Option<PathBuf>,
    settings: Settings,
}

impl Applicant {
    pub(super) fn new(folder: PathBuf, settings: Settings) -> Self {
        Self { folder: Some(folder), settings }
    }
}

impl Records for Applicant {
    fn next(&mut self) -> Option<Item> {
        let folder = self.folder.take()?;
        let mut bytes = 0;
        let item = |path: &Path, bytes, body| Item::new(path.display().to_string().into(), None, bytes, body);
        let paths = match sorted(&folder) {
            Ok(paths) => paths,
            Err(error) => {
                return Some(item(&folder, bytes, Body::Bad(Fault::new(Reason::Read, format!("can't read: {error}")))));
            }
        };
        let (mut documents, mut unread) = (BTreeMap::new(), Unread::default());
        let (paths, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| !path.is_dir() && is_document(path));
        unread.names.extend(others.iter().map(|path| file_name(path)));
        let alone = paths.len() == 1;
        let last: BTreeMap<String, &PathBuf> = paths.iter().map(|path| (stem(path), path)).collect();
        for path in &paths {
            // What no mapping has a name for is not opened: it may be anything, and about anybody.
            if !alone && self.settings.wanted.as_ref().is_some_and(|wanted| !wanted.contains(&stem(path))) {
                documents.insert(stem(path), Value::Null);
                unread.names.push(file_name(path));
                continue;
            }
            if let Some(read) = last.get(&stem(path)).filter(|read| **read != path) {
                unread.doubled.push((file_name(path), file_name(read)));
                continue;
            }
            match document(path, &self.settings) {
                Ok((value, length)) => {
                    bytes += length;
                    documents.insert(stem(path), value);
                }
                Err(fault) => return Some(item(path, bytes, Body::Bad(fault))),
            }
        }
        unread.names.sort();
        let mut item = item(&folder, bytes, Body::Documents(documents));
        item.unread = (!unread.is_empty()).then(|| Box::new(unread));
        Some(item)
    }
}

/// The last part of a path, with a `/` behind it if it is a folder.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if path.is_dir() { format!("{name}/") } else { name.into_owned() }
}

/// The name without its endings: `resume` for `resume.json.gz`.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    name.split_once('.').map_or(name.clone(), |(stem, _)| stem.to_owned())
}

/// Reads one document as a whole, with its length in bytes.
fn document(path: &Path, settings: &Settings) -> Result<(Value, usize), Fault> {
    let limit = settings.limits.max_record_bytes;
    let unreadable = |error: io::Error| Fault::new(Reason::Read, format!("can't read: {error}"));
    let stream = open::regular(path, &settings.bytes).map_err(unreadable)?;
    let mut text = Vec::new();
    stream.take(limit as u64 + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() > limit {
        return Err(Fault::too_large(limit));
    }
    let value = match ending(path).as_str() {
        "json" => super::json_value(&text),
        "yaml" | "yml" => yaml::value(&text),
        "csv" => csv::table(&text),
        other => Err(Fault::new(
            Reason::Other,
            format!("a `.{other}` file can't be one of several documents about an applicant"),
        )),
    };
    Ok((value?, text.len()))
}
