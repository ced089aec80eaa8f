//! The command line `indicia`: files, progress and rendering around the engine. It knows nothing of what a rule means.

mod commands;
mod console;
mod exit;
mod failure;
mod input;
mod interrupt;
mod lists;
mod render;
mod ruleset;
mod version;
mod wrap;
mod write;

use clap::Parser;
use commands::Command;
use console::{Color, Console};
use exit::Exit;
use failure::Failure;
use std::io::Write;
use std::process::ExitCode;

/// Screens applications for signs of misrepresentation with rules that a reviewer can read.
///
/// A verdict routes an application to a person and gives the reasons, the evidence, what to verify and who is wrongly
/// hit. It never rejects anybody.
#[derive(Debug, Parser)]
#[command(name = "indicia", max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = exit::HELP, after_long_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print the versions of engine, language and data.
    #[arg(long, short = 'V')]
    version: bool,
    /// When to use colours.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, help_heading = GLOBAL)]
    color: Color,
    /// No summaries, no warnings, no progress bar; errors are still told.
    #[arg(long, short, global = true, help_heading = GLOBAL)]
    quiet: bool,
}

/// Heading of the options that every command has.
const GLOBAL: &str = "Options of all commands";

const EXAMPLES: &str = "\
Examples:
  indicia screen applications.jsonl                  verdicts for people, by the embedded ruleset
  indicia screen --format jsonl applications/ > out  one verdict a line, for programs
  indicia explain phone_malformed application.json   why an indicator is raised, clear or unknown
  indicia new my-rules && indicia test my-rules      a ruleset of your own, with its cases
  indicia docs -r my-rules -o catalogue              a page for each of its indicators, for reviewers
  indicia explain E0201                              what a diagnostic code means";

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let printed = error.print();
            if error.use_stderr() {
                return Exit::Usage.into();
            }
            // Help is no error, and its output can fail as any other.
            let printed = printed.and_then(|()| std::io::stdout().flush()).map_err(Failure::from);
            let told = |failure: Failure| failure.report(Console::new(Color::Auto, false));
            return printed.map_or_else(told, |()| Exit::Success).into();
        }
    };
    let console = Console::new(cli.color, cli.quiet);
    let outcome = match (&cli.command, cli.version) {
        (Some(command), false) => command.run(console),
        _ => version::run(),
    };
    outcome.unwrap_or_else(|failure| failure.report(console)).into()
}
