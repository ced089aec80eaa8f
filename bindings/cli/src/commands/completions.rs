//! `indicia completions SHELL`: completions for a shell, on stdout.

use crate::console;
use crate::exit::Exit;
use crate::failure::Outcome;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Print completions for a shell.
///
/// Example, for bash: `indicia completions bash > ~/.local/share/bash-completion/completions/indicia`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "indicia", &mut script);
    let mut out = console::stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Success)
}
