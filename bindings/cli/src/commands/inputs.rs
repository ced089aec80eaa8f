//! `indicia inputs`: which paths of the record a ruleset reads, with type and the indicators that use them.

use crate::console::{self, Console, Theme};
use crate::exit::Exit;
use crate::failure::Outcome;
use crate::ruleset::RulesetArgs;
use crate::wrap;
use indicia::InputPath;
use std::fmt::Write as _;
use std::io::Write;

/// List the paths of the record that a ruleset reads.
///
/// This is what an applicant tracking system has to deliver; everything else in a record is skipped.
///
/// Example: `indicia inputs --format json | jq -r '.[].path'`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ruleset: RulesetArgs,
    /// Text for people or JSON for programs.
    #[arg(long, value_enum, default_value_t)]
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
    let inputs = args.ruleset.load()?.inputs();
    let mut out = console::stdout();
    match args.format {
        Format::Text => out.write_all(table(&inputs, console.stdout_theme()).as_bytes())?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &inputs).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(Exit::Success)
}

fn table(inputs: &[InputPath], theme: Theme) -> String {
    let path_width = inputs.iter().map(|input| input.path.len()).max().unwrap_or(0);
    let type_width = inputs.iter().map(|input| input.ty.len()).max().unwrap_or(0).min(24);
    let (name, faint) = (theme.name(), theme.faint());
    let mut out = String::new();
    for input in inputs {
        let path = wrap::padded(&format!("{name}{}{name:#}", input.path), path_width);
        let head = format!("{path}  {}  ", wrap::padded(&input.ty, type_width));
        let indent = " ".repeat(path_width + type_width + 4);
        wrap::paragraph(&mut out, &input.indicators.join(", "), &head, &indent, theme.width.max(indent.len() + 40));
        if let Some(description) = &input.description {
            wrap::paragraph(
                &mut out,
                description,
                &format!("{indent}{faint}"),
                &indent,
                theme.width.max(indent.len() + 40),
            );
            out.truncate(out.trim_end().len());
            let _ = writeln!(out, "{faint:#}");
        }
    }
    out
}
