//! `seeds FOLDER`: what fuzzing starts from, a folder of files for each target and a dictionary `NAME.dict` beside it.

use indicia_tests::fuzz::{TARGETS, seeds};
use std::path::Path;
use std::process::ExitCode;

fn write(folder: &Path) -> Result<(), String> {
    for (target, _) in TARGETS {
        let corpus = folder.join(target);
        std::fs::create_dir_all(&corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
        let found = seeds::of(target)?;
        let dictionary = seeds::dictionary(&seeds::words(target)?);
        let files = found.iter().map(|(name, bytes)| (corpus.join(name), bytes.as_slice()));
        for (path, bytes) in files.chain([(folder.join(format!("{target}.dict")), dictionary.as_bytes())]) {
            std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        println!("{target}: {} seeds", found.len());
    }
    Ok(())
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: seeds FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
