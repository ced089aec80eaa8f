//! Refuses an output that is an input, too: writing would empty it before it is read, or make the next run read verdicts.
//!
//! Files are the same by device and inode where the system has them, else by their path without links.

use crate::failure::Failure;
use crate::input::{Input, is_document};
use crate::render::values::safe;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

/// Checks the file of `--output`, or what stdout leads to, against the inputs before anything is written.
pub(super) fn refuse(output: Option<&Path>, named: &[PathBuf], inputs: &[Input]) -> Result<(), Failure> {
    let Some(target) = output.map_or_else(Identity::of_stdout, Identity::of) else {
        return output.map_or(Ok(()), |output| not_within(output, named));
    };
    let same = inputs.iter().find(|input| match input {
        Input::Stdin => Identity::of_stdin().as_ref() == Some(&target),
        Input::File(path) | Input::Found(path) => Identity::of(path).as_ref() == Some(&target),
        Input::Applicant(_) => false,
    });
    match (same, output) {
        (Some(input), Some(output)) => Err(Failure::Usage(format!(
            "`--output {}` is an input as well (`{}`); nothing was written",
            safe(&output.display().to_string()),
            safe(&input.name())
        ))),
        (Some(input), None) => {
            Err(Failure::Usage(format!("`{}` is the output as well; use --output", safe(&input.name()))))
        }
        (None, Some(output)) => not_within(output, named),
        (None, None) => Ok(()),
    }
}

/// Refuses an output that a named folder would take for one of its documents.
fn not_within(output: &Path, named: &[PathBuf]) -> Result<(), Failure> {
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(parent) = fs::canonicalize(parent) else { return Ok(()) };
    let around =
        |folder: &&PathBuf| folder.is_dir() && fs::canonicalize(folder).is_ok_and(|folder| parent.starts_with(folder));
    match named.iter().find(around) {
        Some(folder) if is_document(output) => Err(Failure::Usage(format!(
            "`--output {}` lies in the input folder `{}`, where it would be read as an application; nothing was written",
            safe(&output.display().to_string()),
            safe(&folder.display().to_string())
        ))),
        _ => Ok(()),
    }
}

/// What makes two regular files the same one; pipes and devices have none.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    #[cfg(unix)]
    inode: (u64, u64),
    #[cfg(not(unix))]
    path: PathBuf,
}

#[cfg(unix)]
impl Identity {
    fn of(path: &Path) -> Option<Self> {
        Self::regular(&fs::metadata(path).ok()?)
    }

    fn of_stdin() -> Option<Self> {
        Self::of_stream(&std::io::stdin())
    }

    fn of_stdout() -> Option<Self> {
        Self::of_stream(&std::io::stdout())
    }

    fn of_stream(stream: &impl std::os::fd::AsFd) -> Option<Self> {
        let file = fs::File::from(stream.as_fd().try_clone_to_owned().ok()?);
        Self::regular(&file.metadata().ok()?)
    }

    fn regular(meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        meta.is_file().then(|| Self { inode: (meta.dev(), meta.ino()) })
    }
}

#[cfg(not(unix))]
impl Identity {
    fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(Self { path: fs::canonicalize(path).ok()? })
    }

    fn of_stdin() -> Option<Self> {
        None
    }

    fn of_stdout() -> Option<Self> {
        None
    }
}
