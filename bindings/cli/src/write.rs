//! Writes a file as a whole: beside its place first, then by renaming, so that nobody reads half of it.
//!
//! A link is followed, and an existing file keeps its mode. Only files are renamed onto: a device or a pipe is written to.
//! Ctrl-C leaves no half-written file behind.

use crate::failure::Failure;
use crate::interrupt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Links that are followed one after the other, as many as Linux does.
const MAX_LINKS: usize = 40;

/// The file that is half written.
static PART: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Writes `bytes` to `path`: a file as a whole, into a device or pipe as a stream.
pub(crate) fn whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder")),
        Ok(meta) if meta.is_file() => existing(path, &meta, bytes),
        Ok(_) => OpenOptions::new().write(true).open(path).and_then(|mut stream| stream.write_all(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            led_to(path).and_then(|place| beside(&place, None, bytes))
        }
        Err(error) => Err(error),
    };
    written.map_err(|error| failed(path, &error))
}

/// The same for a file that was read before: anything but a file is refused.
pub(crate) fn again(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => Err(failed(path, &io::Error::other("is no regular file"))),
        _ => whole(path, bytes),
    }
}

/// An output that can't be written, with its name.
pub(crate) fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::Output(io::Error::new(error.kind(), format!("`{}`: {error}", path.display())))
}

fn existing(path: &Path, meta: &Metadata, bytes: &[u8]) -> io::Result<()> {
    // Renaming asks for no right to the file itself, only to its folder.
    OpenOptions::new().write(true).open(path)?;
    beside(&fs::canonicalize(path)?, Some(meta), bytes)
}

/// The place of a file that is not there yet, links followed.
fn led_to(path: &Path) -> io::Result<PathBuf> {
    let mut place = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = fs::read_link(&place) else { return Ok(place) };
        place = place.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::other("too many links"))
}

fn beside(place: &Path, old: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
    interrupt::tidy();
    let path = part_of(place);
    let mut file = start(&path)?;
    let written = file.write_all(bytes).and_then(|()| as_before(&file, old));
    // Held until the end: whoever abandons the file finds it either half written or in its place.
    let mut part = part();
    let written = written.and_then(|()| fs::rename(&path, place));
    if written.is_err() {
        let _ = fs::remove_file(&path);
    }
    *part = None;
    written
}

/// Makes the file beside a place, where Ctrl-C finds it.
fn start(path: &Path) -> io::Result<File> {
    let mut part = part();
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    *part = Some(path.to_owned());
    Ok(file)
}

/// Where the bytes for a place are written first.
fn part_of(place: &Path) -> PathBuf {
    let mut part = place.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    PathBuf::from(part)
}

fn part() -> MutexGuard<'static, Option<PathBuf>> {
    PART.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the half-written file away. As long as the guard is kept, no other is begun, and none takes its place.
pub(crate) fn abandon() -> MutexGuard<'static, Option<PathBuf>> {
    let mut part = part();
    if let Some(path) = part.take() {
        let _ = fs::remove_file(path);
    }
    part
}

/// Tells whether files can be made in a folder, by making one.
pub(crate) fn probe(folder: &Path) -> io::Result<()> {
    let path = part_of(&folder.join("probe"));
    start(&path)?;
    drop(abandon());
    Ok(())
}

/// Gives the new file the mode of the old one, and its owner where the system lets us.
fn as_before(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    let Some(old) = old else { return Ok(()) };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
    file.set_permissions(old.permissions())
}

#[cfg(test)]
mod tests {
    use super::{abandon, part_of, start};

    #[test]
    fn a_half_written_file_is_taken_away() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = part_of(&folder.path().join("page.md"));
        drop(start(&path).unwrap());
        assert!(path.exists());
        drop(abandon());
        assert!(!path.exists());
        drop(abandon());
    }
}
