//! `indicia inputs`: which paths of the record a ruleset reads, with type and the indicators that use them.

use crate::console::{self, Console, Theme};
use crate::exit::Exit;
use crate::failure::Outcome;
use crate::render::values::json_lines;
use crate::ruleset::RulesetArgs;
use crate::wrap;
use indicia::InputPath;
use std::fmt::Write as _;
use std::io::Write as _;

/// List the paths of the record that a ruleset reads.
///
/// This is what an applicant tracking system has to deliver; everything else in a record is skipped. Paths are those of the
/// rules, as evidence and reasons name them; where the input's key differs, it stands below (in JSON: `key`).
///
/// Example: `indicia inputs --format json | jq -r '.[].path'`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ruleset: RulesetArgs,
    /// Text for people or JSON for programs.
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A table.
    #[default]
    Text,
    /// A JSON list.
    Json,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let inputs = args.ruleset.load(console)?.inputs();
    let mut out = console::stdout();
    match args.format {
        Format::Text => out.write_all(table(&inputs, console.stdout_theme()).as_bytes())?,
        Format::Json => writeln!(out, "{}", json_lines(&inputs))?,
    }
    out.flush()?;
    Ok(Exit::Success)
}

fn table(inputs: &[InputPath], theme: Theme) -> String {
    let (name, faint) = (theme.name(), theme.faint());
    let mut out = String::new();
    for input in inputs {
        wrap::paragraph(&mut out, &input.ty, &format!("{name}{}{name:#}: ", input.path), "    ", theme.width);
        if let Some(description) = &input.description {
            wrap::paragraph(&mut out, description, "    ", "    ", theme.width);
        }
        if input.key != input.path {
            let _ = writeln!(out, "    {faint}in the input:{faint:#} {}", input.key);
        }
        // What no indicator reads is named in the verdict.
        let readers =
            if input.indicators.is_empty() { "every verdict".to_owned() } else { input.indicators.join(", ") };
        wrap::paragraph(&mut out, &readers, &format!("    {faint}read by{faint:#} "), "      ", theme.width);
    }
    out
}
