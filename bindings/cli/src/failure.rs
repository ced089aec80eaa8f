//! Why a command could not do its work, and what is said about it on stderr.

use crate::console::Console;
use crate::exit::Exit;
use crate::render::diagnostics;
use indicia::{RulesetError, Sources};
use std::io;

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that is not there.
    Usage(String),
    /// The ruleset can't be loaded; with its text, if it could be read that far.
    Ruleset(Box<(RulesetError, Option<Sources>)>),
    /// The input can't be read.
    Input(String),
    /// The output can't be written.
    Output(io::Error),
}

/// What a command returns.
pub(crate) type Outcome = Result<Exit, Failure>;

impl Failure {
    /// Tells the user and gives the exit code.
    pub(crate) fn report(&self, console: Console) -> Exit {
        match self {
            Self::Usage(message) => {
                console.error(message);
                Exit::Usage
            }
            Self::Input(message) => {
                console.error(message);
                Exit::Input
            }
            Self::Ruleset(failed) => {
                let (error, sources) = failed.as_ref();
                if let RulesetError::Compile { diagnostics: all } = error {
                    let files = sources.as_ref().map(diagnostics::Files::of).unwrap_or_default();
                    console.stderr(&diagnostics::render(all, &files, console.stderr_theme()));
                }
                console.error(&error.to_string());
                Exit::Ruleset
            }
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::BrokenPipe,
            Self::Output(error) => {
                console.error(&format!("can't write: {error}"));
                Exit::Input
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<RulesetError> for Failure {
    fn from(error: RulesetError) -> Self {
        Self::Ruleset(Box::new((error, None)))
    }
}
