//! Why a command could not do its work, and what is said about it on stderr.

use crate::console::Console;
use crate::exit::Exit;
use crate::render::diagnostics::{self, Files};
use crate::wrap::counted;
use indicia::{Diagnostic, RulesetError, Sources, Span};
use std::io;
use std::path::Path;

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that is not there.
    Usage(String),
    /// The ruleset can't be loaded; with its text, as far as it could be read.
    Ruleset(Box<(RulesetError, Files)>),
    /// The input can't be read.
    Input(String),
    /// The output can't be written.
    Output(io::Error),
}

/// What a command returns.
pub(crate) type Outcome = Result<Exit, Failure>;

impl Failure {
    /// A ruleset in a folder that can't be loaded; `sources` if it could be read that far.
    pub(crate) fn ruleset(error: RulesetError, folder: &Path, sources: Option<&Sources>) -> Self {
        let mut files = sources.map(Files::of).unwrap_or_default().within(folder);
        if let RulesetError::Compile { diagnostics } = &error {
            files = files.with_files_of(diagnostics, folder);
        }
        Self::Ruleset(Box::new((error, files)))
    }

    /// What is wrong with the ruleset, for formats that programs read; nothing of other failures.
    pub(crate) fn diagnostics(&self) -> Option<(Vec<Diagnostic>, Files)> {
        let Self::Ruleset(failed) = self else { return None };
        let (error, files) = failed.as_ref();
        let uncoded = |message: String, file: &str| Diagnostic::error("", message, file, Span::default(), "");
        Some(match error {
            RulesetError::Compile { diagnostics } => (diagnostics.clone(), files.clone()),
            // The path is whole already.
            RulesetError::Read { path, message } => {
                (vec![uncoded(format!("can't read: {message}"), path)], Files::default())
            }
            other => {
                let mut diagnostic = uncoded(other.to_string(), "");
                diagnostic.labels.clear();
                (vec![diagnostic], Files::default())
            }
        })
    }

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
                let (error, files) = failed.as_ref();
                if let RulesetError::Compile { diagnostics: all } = error {
                    console.stderr(&diagnostics::render(all, files, console.stderr_theme()));
                    let (errors, _) = diagnostics::counts(all);
                    console.error(&format!("ruleset has {}", counted(errors, "error")));
                } else {
                    console.error(&error.to_string());
                }
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
        Self::Ruleset(Box::new((error, Files::default())))
    }
}
