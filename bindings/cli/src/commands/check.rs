//! `indicia check`: all errors and warnings of a ruleset, and their mends.

use crate::commands::mend;
use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::render::diagnostics::{self, Files};
use crate::render::sarif;
use crate::ruleset;
use crate::wrap::counted;
use indicia::{CaseFile, Diagnostic, Ruleset, RulesetError, Sources};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Check a ruleset: all errors and warnings at once, each pointing at its place
///
/// Examples:
///   indicia check my-rules
///   indicia check my-rules --fix
///   indicia check my-rules --format sarif > check.sarif
///
/// Exit codes: 0 no errors, 1 warnings with --deny-warnings, 4 errors.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The ruleset: a folder, a bundle or one `.indicia` file.
    #[arg(default_value = ".")]
    ruleset: PathBuf,
    /// Text for people, JSON for programs, SARIF for code hosts.
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
    /// Apply the mends that are certain (`=` to `==`, `&&` to `and`), name each on stderr, then check again.
    #[arg(long)]
    fix: bool,
    /// Like --fix, and apply guesses as well: names that are near ("did you mean"), closing quotes, parentheses.
    #[arg(long)]
    fix_guesses: bool,
    /// End with exit code 1 if there are warnings.
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// As a compiler prints them.
    #[default]
    Text,
    /// A JSON list.
    Json,
    /// SARIF 2.1.0.
    Sarif,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let path = &args.ruleset;
    let found = diagnose(path)?;
    let (diagnostics, sources) =
        if args.fix || args.fix_guesses { mend::all(path, found, args.fix_guesses, console)? } else { found };
    let home = ruleset::home(path);
    let files = Files::of(&sources).within(home).with_files_of(&diagnostics, home);
    print(args.format, &diagnostics, &files, console)?;
    let (errors, warnings) = diagnostics::counts(&diagnostics);
    console.note(&format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")));
    Ok(match (errors, warnings) {
        (0, warnings) if warnings > 0 && args.deny_warnings => Exit::Findings,
        (0, _) => Exit::Success,
        _ => Exit::Ruleset,
    })
}

/// All diagnostics of a ruleset, those of loading it among them.
pub(super) fn diagnose(path: &Path) -> Result<(Vec<Diagnostic>, Sources), Failure> {
    match ruleset::sources(path) {
        Ok(sources) => {
            let mut diagnostics = indicia::check(&sources);
            if path.is_dir() && !diagnostics.iter().any(Diagnostic::is_error) {
                diagnostics.extend(untested(path, &sources)?);
            }
            Ok((diagnostics, sources))
        }
        Err(Failure::Ruleset(failed)) => match *failed {
            (RulesetError::Compile { diagnostics }, _) => Ok((diagnostics, Sources::default())),
            other => Err(Failure::Ruleset(Box::new(other))),
        },
        Err(other) => Err(other),
    }
}

/// The indicators of a folder that no case beside the rules names. Cases that can't be read are diagnostics, too.
fn untested(folder: &Path, sources: &Sources) -> Result<Vec<Diagnostic>, Failure> {
    match (Ruleset::from_sources(sources), CaseFile::from_folder(folder)) {
        (Ok(ruleset), Ok(files)) => Ok(ruleset.untested(&files)),
        (_, Err(RulesetError::Compile { diagnostics })) => Ok(diagnostics),
        (Err(error), _) | (_, Err(error)) => Err(Failure::Ruleset(Box::new((error, Files::of(sources))))),
    }
}

fn print(format: Format, diagnostics: &[Diagnostic], files: &Files, console: Console) -> Result<(), Failure> {
    let mut out = console::stdout();
    match format {
        Format::Text => out.write_all(diagnostics::render(diagnostics, files, console.stdout_theme()).as_bytes())?,
        Format::Json => {
            let list: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostics::to_json(diagnostic, files)).collect();
            writeln!(out, "{:#}", json!(list))?;
        }
        Format::Sarif => writeln!(out, "{:#}", sarif::render(diagnostics, files))?,
    }
    Ok(out.flush()?)
}
