//! `indicia build`: a ruleset folder as one portable file.

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::ruleset;
use crate::wrap::grouped;
use std::fs;
use std::path::{Path, PathBuf};

/// Build a ruleset folder into one portable bundle, lists included.
///
/// A bundle carries a digest of its content. A digest is no signature: it shows damage, not who made the bundle.
///
/// Example: `indicia build my-rules -o my-rules.bundle && indicia screen -r my-rules.bundle applications.jsonl`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The ruleset's folder.
    folder: PathBuf,
    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let ruleset = ruleset::load(&args.folder)?;
    let bundle = ruleset.to_bundle();
    write_whole(&args.output, &bundle)?;
    console.note(&format!(
        "{} {}: {} bytes, digest {}",
        ruleset.name(),
        ruleset.version(),
        grouped(bundle.len() as u64),
        ruleset.digest(),
    ));
    Ok(Exit::Success)
}

/// Writes a file beside its place first, so that nobody reads half of it.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = fs::remove_file(&beside);
        Failure::Output(std::io::Error::new(error.kind(), format!("`{}`: {error}", path.display())))
    })
}
