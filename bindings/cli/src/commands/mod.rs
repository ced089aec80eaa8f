//! One file per command: its options, its help and its work.

mod build;
mod check;
mod completions;
mod docs;
mod explain;
mod fmt;
mod inputs;
mod mappings;
mod mend;
mod new;
mod schema;
mod screen;
mod test;

use crate::console::Console;
use crate::failure::Outcome;
use clap::Subcommand;

/// The commands in the order of the help.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Screen(screen::Args),
    Explain(explain::Args),
    Inputs(inputs::Args),
    Mappings(mappings::Args),
    New(new::Args),
    Check(check::Args),
    Fmt(fmt::Args),
    Test(test::Args),
    Docs(docs::Args),
    Build(build::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

impl Command {
    /// Does the work.
    pub(crate) fn run(&self, console: Console) -> Outcome {
        match self {
            Self::Screen(args) => screen::run(args, console),
            Self::Explain(args) => explain::run(args, console),
            Self::Inputs(args) => inputs::run(args, console),
            Self::Mappings(args) => mappings::run(args, console),
            Self::New(args) => new::run(args, console),
            Self::Check(args) => check::run(args, console),
            Self::Fmt(args) => fmt::run(args, console),
            Self::Test(args) => test::run(args, console),
            Self::Docs(args) => docs::run(args, console),
            Self::Build(args) => build::run(args, console),
            Self::Schema(args) => schema::run(args, console),
            Self::Completions(args) => completions::run(args),
        }
    }
}
