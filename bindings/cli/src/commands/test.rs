//! `indicia test`: runs the cases beside the rules, and tells what they have shown and what probes found.

use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::render::cases::{self, Shown};
use crate::render::diagnostics;
use crate::render::values::{json_lines, safe};
use crate::ruleset;
use indicia::{CaseFile, CaseReport, Ruleset};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Run the cases of a ruleset (`*.cases.yaml`), with coverage and probes
///
/// Coverage: was each indicator, and each comparison in it, seen true, false and unknown?
/// Probes change the record of a case: without its evidence an indicator must fall
/// silent, and a field that is dropped must raise nothing new.
/// Both are told of the ruleset's own indicators, not of those of a ruleset it extends.
///
/// Examples:
///   indicia test my-rules
///   indicia test my-rules --filter phone
///   indicia test my-rules --format junit > cases.xml
///
/// Exit codes: 0 all cases hold and no probe found something, 1 otherwise,
/// 2 no case matches --filter, 4 the ruleset or a case file has errors.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The ruleset's folder.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Text for people, JSON for programs, XML for build servers.
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
    /// Only cases whose file or name contains this text. Coverage is then not told.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// End with exit code 1 if the cases leave gaps in the coverage.
    #[arg(long)]
    require_coverage: bool,
    /// Coverage and probes of the indicators of an extended ruleset as well.
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// What failed, and counts.
    #[default]
    Text,
    /// The whole report.
    Json,
    /// XML as of `JUnit`.
    Junit,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let (ruleset, mut files) = match load(&args.folder) {
        Ok(loaded) => loaded,
        Err(failure) => {
            unreadable(args, &failure)?;
            return Err(failure);
        }
    };
    if let Some(text) = &args.filter {
        for file in &mut files {
            if !file.file.contains(text) {
                file.cases.retain(|case| case.name.contains(text));
            }
        }
        files.retain(|file| !file.cases.is_empty());
    }
    if files.iter().all(|file| file.cases.is_empty()) {
        let place = format!("in the `*.cases.yaml` of `{}`", args.folder.display());
        if let Some(text) = &args.filter {
            return Err(Failure::Usage(format!("no case {place} has `{}` in its file or name", safe(text))));
        }
        console.warning(&format!("no case {place}"));
    }
    let mut report = ruleset.run_cases(&files);
    if !args.all {
        own_only(&mut report, &ruleset);
    }
    let mut out = console::stdout();
    match args.format {
        Format::Text => {
            let shown = Shown {
                coverage: args.filter.is_none(),
                theme: console.stdout_theme(),
                base: base(&ruleset, args.all),
            };
            out.write_all(cases::text(&report, shown).as_bytes())?;
        }
        Format::Json => writeln!(out, "{}", json_lines(&report))?,
        Format::Junit => out.write_all(cases::junit(&report, ruleset.name()).as_bytes())?,
    }
    out.flush()?;
    let gaps = args.require_coverage && args.filter.is_none() && !report.is_covered();
    Ok(if report.failed() > 0 || gaps { Exit::Findings } else { Exit::Success })
}

/// The ruleset and its cases.
fn load(folder: &Path) -> Result<(Ruleset, Vec<CaseFile>), Failure> {
    let ruleset = ruleset::load(folder)?;
    let files = CaseFile::from_folder(folder).map_err(|error| Failure::ruleset(error, folder, None))?;
    Ok((ruleset, files))
}

/// Prints a document with the errors of the ruleset or its case files for who asked for one; the messages are on stderr, too.
fn unreadable(args: &Args, failure: &Failure) -> Result<(), Failure> {
    let Some((errors, files)) = failure.diagnostics() else { return Ok(()) };
    let mut out = console::stdout();
    match args.format {
        Format::Text => {}
        Format::Json => {
            let errors: Vec<_> = errors.iter().map(|error| diagnostics::to_json(error, &files)).collect();
            let mut report = json!(CaseReport::default());
            if let Some(report) = report.as_object_mut() {
                report.insert("errors".to_owned(), json!(errors));
            }
            writeln!(out, "{report:#}")?;
        }
        Format::Junit => {
            out.write_all(cases::junit_errors(&errors, &files, &args.folder.display().to_string()).as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

/// The name of the extended ruleset, where its indicators are left out.
fn base(ruleset: &Ruleset, all: bool) -> Option<&str> {
    let base = ruleset.sources().base.as_deref().filter(|_| !all);
    base.map(|base| base.manifest.name.as_str())
}

/// Leaves out what the report says about indicators of an extended ruleset: their own cases test them.
fn own_only(report: &mut CaseReport, ruleset: &Ruleset) {
    let sources = ruleset.sources();
    if sources.base.is_none() {
        return;
    }
    report.coverage.retain(|indicator| sources.rules.contains_key(&indicator.file));
    let own: BTreeSet<&str> = report.coverage.iter().map(|indicator| indicator.indicator.as_str()).collect();
    report.probe_failures.retain(|failure| own.contains(failure.indicator.as_str()));
}
