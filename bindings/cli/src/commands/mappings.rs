//! `indicia mappings`: the mappings that a ruleset ships.

use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::Outcome;
use crate::ruleset::RulesetArgs;
use std::io::Write;

/// List the mappings of a ruleset: how a foreign document becomes its record.
///
/// Use one by name: `indicia screen --mapping json-resume resume.json`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ruleset: RulesetArgs,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let ruleset = args.ruleset.load(console)?;
    let mappings = ruleset.mappings();
    let theme = console.stdout_theme();
    let name_style = theme.name();
    let widest = mappings.keys().map(|name| name.len()).max().unwrap_or(0);
    let mut out = console::stdout();
    for (name, mapping) in &mappings {
        let about = mapping.get("description").and_then(serde_json::Value::as_str).unwrap_or_default();
        let line = format!("{name_style}{name:widest$}{name_style:#}  {}", about.trim());
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()?;
    if mappings.is_empty() {
        console.note(&format!("ruleset `{}` has no mappings", ruleset.name()));
    }
    Ok(Exit::Success)
}
