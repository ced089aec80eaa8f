//! `indicia mappings`: the mappings that a ruleset ships.

use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::Outcome;
use crate::ruleset::RulesetArgs;
use indicia::Mapping;
use std::io::Write;

/// List the mappings of a ruleset: how a foreign document becomes its record.
///
/// Below each stand the documents that it takes, if there are several, and what `--mapping auto` recognises them by.
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
    let (name_style, faint) = (theme.name(), theme.faint());
    let widest = mappings.keys().map(|name| name.len()).max().unwrap_or(0);
    let mut out = console::stdout();
    for (name, mapping) in &mappings {
        let parsed = Mapping::parse(mapping);
        let about = mapping.get("description").and_then(serde_json::Value::as_str).unwrap_or_default();
        let line = format!("{name_style}{name:widest$}{name_style:#}  {}", about.trim());
        writeln!(out, "{}", line.trim_end())?;
        let mut below = |label: &str, text: &str| writeln!(out, "{:widest$}  {faint}{label}{faint:#} {text}", "");
        match parsed {
            Ok(mapping) => {
                for (label, texts) in
                    [("documents:", mapping.documents().to_vec()), ("recognised by:", mapping.recognised_by())]
                {
                    if !texts.is_empty() {
                        below(label, &texts.join(", "))?;
                    }
                }
            }
            Err(error) => below("can't be used:", &error.to_string())?,
        }
    }
    out.flush()?;
    if mappings.is_empty() {
        console.note(&format!("ruleset `{}` has no mappings", ruleset.name()));
    }
    Ok(Exit::Success)
}
