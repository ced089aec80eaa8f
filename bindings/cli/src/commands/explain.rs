//! `indicia explain`: the whole tree of one indicator over one record, or the page of a diagnostic code.

use crate::commands::screen::{self, Evaluation};
use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::input::{Applications, Fault, Input, InputFormat};
use crate::render::{tree, values};
use indicia::ExplainError;
use std::io::Write;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  indicia explain phone_malformed application.json
  indicia explain phone_malformed applications.jsonl --record 17 --format json
  indicia explain E0201";

/// The pages of the diagnostic codes, sorted by code.
static PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/codes.rs"));

/// Explain why an indicator is raised, clear or unknown for a record; or what a diagnostic code means
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// An indicator's id, or a diagnostic code such as E0201.
    subject: String,
    /// The record: a file, or `-` for stdin. Not needed for a code.
    record: Option<PathBuf>,
    /// Which record of the file, from 1.
    #[arg(long = "record", value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    record_number: u64,
    /// The format of the file.
    #[arg(long, value_enum, default_value_t)]
    input_format: InputFormat,
    #[command(flatten)]
    evaluation: Evaluation,
    /// A tree for people, or JSON for programs.
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A tree.
    #[default]
    Text,
    /// JSON.
    Json,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let Some(record) = &args.record else { return code(&args.subject) };
    let prepared = args.evaluation.prepare(console)?;
    let input = match record {
        stdin if stdin.as_os_str() == "-" => Input::Stdin,
        // With a mapping, the documents about one applicant.
        folder if folder.is_dir() && prepared.mapping.is_some() => Input::Applicant(folder.clone()),
        file => Input::File(file.clone()),
    };
    let skipped = usize::try_from(args.record_number - 1).unwrap_or(usize::MAX);
    let Some(item) = Applications::new(vec![input], prepared.settings(args.input_format)).nth(skipped) else {
        return Err(Failure::Input(format!("`{}` has no record {}", record.display(), args.record_number)));
    };
    let place = item.line.map_or_else(|| item.file.to_string(), |line| format!("{}:{line}", item.file));
    let wrong = |fault: Fault| {
        let fault = prepared.told(fault).hinted(item.looks);
        let line = fault.line_in_file(item.line);
        let place = line.map_or_else(|| item.file.to_string(), |line| format!("{}:{line}", item.file));
        Failure::Input(format!("{place}: {}", fault.message))
    };
    if let Some(unread) = item.unread {
        screen::tell_unread(*unread, &prepared, console);
    }
    let record = prepared.record(item.body).map_err(wrong)?;
    let known = screen::Known::of(&prepared.ruleset);
    let recognised = screen::recognised(&record, &prepared, &known).map_err(wrong)?;
    let explanation = match prepared.ruleset.explain(&args.subject, &record.json(), &prepared.options) {
        Ok(explanation) => explanation,
        Err(ExplainError::Input(error)) => return Err(wrong(error.into())),
        Err(ExplainError::UnknownIndicator { name, suggestion }) => {
            let near = suggestion.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::Usage(format!(
                "ruleset `{}` has no indicator `{name}`{near}",
                prepared.ruleset.name()
            )));
        }
        Err(other) => return Err(Failure::Input(format!("{place}: {other}"))),
    };
    let mut out = console::stdout();
    match args.format {
        Format::Text => out.write_all(tree::render(&explanation, console.stdout_theme()).as_bytes())?,
        Format::Json => writeln!(out, "{}", values::json_lines(&explanation))?,
    }
    out.flush()?;
    screen::warn(&record, recognised, &place, &prepared, &known, console);
    Ok(Exit::Success)
}

/// Prints the page of a diagnostic code.
fn code(subject: &str) -> Outcome {
    let wanted = subject.to_uppercase();
    let Some((_, page)) = PAGES.iter().find(|(code, _)| *code == wanted) else {
        return Err(Failure::Usage(unknown_subject(subject, &wanted)));
    };
    let mut out = console::stdout();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(Exit::Success)
}

fn unknown_subject(subject: &str, wanted: &str) -> String {
    let shown = values::safe(subject);
    let looks_like_code =
        wanted.len() == 5 && wanted.starts_with(['E', 'W']) && wanted.bytes().skip(1).all(|b| b.is_ascii_digit());
    if looks_like_code {
        format!("there is no page for the diagnostic code `{shown}`")
    } else {
        format!("to explain the indicator `{shown}`, give a record too: indicia explain {shown} application.json")
    }
}

#[cfg(test)]
mod tests {
    use super::PAGES;

    #[test]
    fn pages_are_sorted_and_name_their_code() {
        assert!(PAGES.is_sorted_by_key(|(code, _)| code));
        for (code, page) in PAGES {
            assert!(page.contains(code), "the page of {code} does not name it");
        }
    }
}
