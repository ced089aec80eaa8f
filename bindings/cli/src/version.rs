//! `indicia --version`: the versions that a verdict depends on. The engine itself tells them, in a verdict on nothing.

use crate::console;
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use indicia::{Ruleset, ScreenOptions};
use std::io::Write;

/// Prints engine, language, embedded ruleset and data.
pub(crate) fn run() -> Outcome {
    let verdict = Ruleset::default_ruleset()?.screen(b"{}", &ScreenOptions::default());
    let verdict = verdict.map_err(|error| Failure::Input(error.to_string()))?;
    let (engine, ruleset) = (verdict.engine, verdict.ruleset);
    let mut out = console::stdout();
    writeln!(out, "indicia {} (language {})", engine.version, ruleset.language)?;
    writeln!(out, "embedded ruleset: {} {}", ruleset.name, ruleset.version)?;
    let data = engine.data;
    writeln!(
        out,
        "phone metadata {}, public suffix list {}, Unicode {}",
        data.phone, data.public_suffix, data.unicode
    )?;
    out.flush()?;
    Ok(Exit::Success)
}
