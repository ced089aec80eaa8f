//! `indicia build`: a ruleset folder as one portable file.

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Outcome;
use crate::ruleset;
use crate::wrap::grouped;
use crate::write;
use std::path::PathBuf;

/// Build a ruleset folder into one portable bundle, lists included.
///
/// A bundle carries a digest of its content. A digest is no signature: it shows damage, not who made the bundle.
///
/// Example: `indicia build my-rules -o my-rules.bundle && indicia screen -r my-rules.bundle applications.jsonl`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The ruleset's folder.
    folder: PathBuf,
    /// The file to write. A link is followed; a pipe or a device is written to.
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let ruleset = ruleset::load(&args.folder)?;
    let bundle = ruleset.to_bundle();
    write::whole(&args.output, &bundle)?;
    console.note(&format!(
        "{} {}: {} bytes, digest {}",
        ruleset.name(),
        ruleset.version(),
        grouped(bundle.len() as u64),
        ruleset.digest(),
    ));
    Ok(Exit::Success)
}
