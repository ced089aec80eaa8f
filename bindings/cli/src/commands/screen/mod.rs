//! `indicia screen`: verdicts on applications, in the order of the input.

mod dropped;
mod envelope;
mod evaluation;
mod known;
mod notices;
mod output;
mod overlap;
mod pipeline;
mod progress;
mod row;
mod summary;
mod text;
mod unread;

pub(crate) use envelope::recognised;
pub(crate) use evaluation::Evaluation;
pub(crate) use known::Known;
pub(crate) use notices::warn;
pub(crate) use unread::tell as tell_unread;

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Applications, Expanded, Folders, Input, InputFormat};
use crate::interrupt;
use crate::render::values::safe;
use dropped::DroppedKeys;
use notices::Notices;
use output::{Output, Target};
use pipeline::Tellers;
use progress::Progress;
use row::{Format, Rows};
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use summary::Summary;
use unread::UnreadFiles;

/// Screen applications: outcome, score, the reasons with their evidence, what to verify, what could not be judged.
///
/// Reads JSON (one object, a list, or objects one after the other), JSON Lines, YAML, CSV (the header names paths such
/// as `form.phone`) and folders of such documents; gzip is unpacked. A record that can't be read gives an error row in its place, and the rest goes on.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files or folders; `-` or nothing is stdin.
    #[arg(value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    evaluation: Evaluation,
    /// What to print: text for people, one JSON verdict a line, a JSON list, or one CSV row a record.
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
    /// The format of the input.
    #[arg(long, value_enum, default_value_t)]
    input_format: InputFormat,
    /// How much text to print.
    #[arg(long, value_enum, default_value_t)]
    detail: Detail,
    /// End with exit code 1 if an application reaches this outcome.
    #[arg(long, value_name = "OUTCOME")]
    fail_on: Option<String>,
    /// End with exit code 1 if nothing in an application is in the ruleset's record.
    #[arg(long)]
    fail_on_unrecognised: bool,
    /// Write to a file instead of stdout. It must not be an input as well.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How much the text format tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Detail {
    /// What a reviewer needs first.
    #[default]
    Short,
    /// Also sources, every unknown indicator with its reasons, and every unreadable field.
    Full,
}

const EXAMPLES: &str = "\
Examples:
  indicia screen application.json
  indicia screen --format jsonl --fail-on review applications.jsonl.gz > verdicts.jsonl
  indicia screen --mapping json-resume --as-of 2026-01-31 resumes/
  indicia screen --mapping auto exports.jsonl
  cat applications.jsonl | indicia screen --format csv - > verdicts.csv
  indicia screen -r my-rules --list denied=denied.txt --list-key key.txt applications.csv

A record that can't be read prints {\"error\": {\"file\", \"line\", \"reason\", \"message\"}} in its place
(reason: json, yaml, csv, utf8, not_a_record, too_large, too_deep, mapping, read, internal, other).
Keys that the record does not have are told on stderr and change no exit code, and so are protected keys that a mapping dropped.
Exit codes: 0 success, 1 an application reached --fail-on, or --fail-on-unrecognised found one, 2 usage, 3 some record could not be read,
4 ruleset errors, 130 Ctrl-C, 141 the reader of the output went away.";

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let prepared = args.evaluation.prepare(console)?;
    let outcomes = prepared.ruleset.outcomes();
    let threshold = args.fail_on.as_deref().map(|name| threshold(name, &outcomes)).transpose()?;
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files.clone() };
    if args.files.is_empty() && io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "no files given; name files or folders, or pipe applications to stdin (see `indicia screen --help`)"
                .to_owned(),
        ));
    }
    let folders = prepared.mapping.as_ref().map_or(Folders::Records, |chosen| Folders::Documents(chosen.all()));
    let Expanded { inputs, unread: beside } =
        input::expand(&files, folders).map_err(|error| Failure::Input(format!("can't read a folder: {error}")))?;
    let settings = prepared.settings(args.input_format);
    let started = Instant::now();
    let total = inputs.iter().map(Input::size).sum::<Option<u64>>();
    overlap::refuse(args.output.as_deref(), &files, &inputs)?;
    let target = Target::open(args.output.as_deref())?;
    let theme = if args.output.is_some() { crate::console::Theme::plain() } else { console.stdout_theme() };
    let mut progress = Progress::new(console, total, Arc::clone(&settings.bytes), target.is_terminal());
    let mut notices = Notices::new(prepared.redacts());
    let mut dropped = DroppedKeys::new(prepared.redacts());
    let mut unread = UnreadFiles::new(prepared.redacts());
    for beside in beside {
        unread.add(beside);
    }
    let rows = Rows::new(prepared, args.format, args.detail, theme, outcomes);
    let mut output = Output::new(target, args.format);
    let mut summary = Summary::new(rows.outcomes());
    interrupt::install();
    let empty = empty_folders(&files, &inputs);
    let mut tellers = Tellers {
        summary: &mut summary,
        notices: &mut notices,
        dropped: &mut dropped,
        unread: &mut unread,
        progress: &mut progress,
    };
    let written = pipeline::run(rows, Applications::new(inputs, settings), &mut output, &mut tellers);
    progress.finish();
    // Whatever stopped the work, what was done is told, unless nobody reads it.
    let written = written.and_then(|()| output.finish());
    if !matches!(&written, Err(error) if error.kind() == io::ErrorKind::BrokenPipe) {
        for folder in &empty {
            console
                .warning(&format!("{}: no records: the folder has no documents", safe(&folder.display().to_string())));
        }
        if summary.records() == 0 && empty.is_empty() && !interrupt::stopped() {
            console.warning("no records in the input");
        }
        notices.print(console, summary.unrecognised);
        unread.print(console);
        dropped.print(console);
        console.note(&summary.text(started.elapsed(), interrupt::stopped()));
    }
    written?;
    Ok(summary.exit(threshold, args.fail_on_unrecognised).and(if interrupt::stopped() {
        Exit::Interrupted
    } else {
        Exit::Success
    }))
}

/// The folders that the user named and that hold no document.
fn empty_folders<'f>(named: &'f [PathBuf], inputs: &[Input]) -> Vec<&'f PathBuf> {
    let holds = |folder: &PathBuf, input: &Input| match input {
        Input::File(path) | Input::Found(path) | Input::Applicant(path) => path.starts_with(folder),
        Input::Stdin => false,
    };
    named.iter().filter(|path| path.is_dir() && !inputs.iter().any(|input| holds(path, input))).collect()
}

/// The place of an outcome among the ruleset's, from least to most.
fn threshold(name: &str, outcomes: &[String]) -> Result<usize, Failure> {
    outcomes.iter().position(|outcome| outcome == name).ok_or_else(|| {
        Failure::Usage(format!("`--fail-on {}`: the ruleset's outcomes are {}", safe(name), outcomes.join(", ")))
    })
}
