//! `indicia schema`: the JSON Schema of the record or of the verdict.

use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::Outcome;
use crate::ruleset::RulesetArgs;
use std::io::Write;

/// Print the JSON Schema of the record that a ruleset reads
///
/// Examples:
///   indicia schema > record.schema.json
///   indicia schema --verdict > verdict.schema.json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    #[command(flatten)]
    ruleset: RulesetArgs,
    /// The schema of the verdict instead, which is the same for every ruleset.
    #[arg(long)]
    verdict: bool,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let schema = if args.verdict { indicia::verdict_schema() } else { args.ruleset.load(console)?.schema() };
    let mut out = console::stdout();
    writeln!(out, "{schema:#}")?;
    out.flush()?;
    Ok(Exit::Success)
}
