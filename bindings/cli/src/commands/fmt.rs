//! `indicia fmt`: the one canonical spelling of rule files.

use crate::commands::build::write_whole;
use crate::console::{self, Console, Theme};
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::render::diagnostics::{self, Files};
use crate::ruleset::is_rule_file;
use crate::wrap::counted;
use indicia::{RulesetError, Sources};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Format rule files: one canonical spelling, comments kept
///
/// Examples:
///   indicia fmt my-rules
///   indicia fmt --check --diff .
///   indicia fmt - < rules.indicia
///
/// Exit codes: 0 done, 1 `--check` or `--diff` found differences,
/// 4 a file has syntax errors (the others are formatted).
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// Files or folders; `-` formats stdin to stdout.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that would change.
    #[arg(long)]
    check: bool,
    /// Change nothing; print the differences.
    #[arg(long)]
    diff: bool,
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        if args.paths.len() > 1 {
            return Err(Failure::Usage("`-` stands alone".to_owned()));
        }
        return stdin(args, console);
    }
    let mut files = Vec::new();
    for path in &args.paths {
        collect(path, &mut files)?;
    }
    let (mut exit, mut changed) = (Exit::Success, 0);
    let total = files.len() as u64;
    let mut out = console::stdout();
    for path in files {
        let text = read(&path)?;
        let name = path.display().to_string();
        let Some(formatted) = format(&name, &text, console) else {
            exit = exit.and(Exit::Ruleset);
            continue;
        };
        if formatted == text {
            continue;
        }
        changed += 1;
        if args.diff {
            out.write_all(differences(&name, &text, &formatted, console.stdout_theme()).as_bytes())?;
        } else if args.check {
            writeln!(out, "{name}")?;
        }
        if args.check || args.diff {
            exit = exit.and(Exit::Findings);
        } else {
            write_whole(&path, formatted.as_bytes())?;
        }
    }
    out.flush()?;
    let verb = if args.check || args.diff { "would change" } else { "changed" };
    console.note(&format!("{}, {changed} {verb}", counted(total, "file")));
    Ok(exit)
}

fn stdin(args: &Args, console: Console) -> Outcome {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| Failure::Input(format!("can't read stdin: {error}")))?;
    let Some(formatted) = format("-", &text, console) else { return Ok(Exit::Ruleset) };
    let mut out = console::stdout();
    if args.diff {
        out.write_all(differences("-", &text, &formatted, console.stdout_theme()).as_bytes())?;
    } else if !args.check {
        out.write_all(formatted.as_bytes())?;
    }
    out.flush()?;
    let asked = args.check || args.diff;
    Ok(if asked && formatted != text { Exit::Findings } else { Exit::Success })
}

/// The canonical text; `None` after telling the syntax errors.
fn format(name: &str, text: &str, console: Console) -> Option<String> {
    match indicia::format(name, text) {
        Ok(formatted) => Some(formatted),
        Err(errors) => {
            let mut sources = Sources::single(String::new());
            sources.rules.clear();
            sources.rules.insert(name.to_owned(), text.to_owned());
            console.stderr(&diagnostics::render(&errors, &Files::of(&sources), console.stderr_theme()));
            None
        }
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|error| RulesetError::Read { path: path.display().to_string(), message: error.to_string() }.into())
}

/// A file as named, or all rule files below a folder, sorted.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let unreadable = |error: std::io::Error| {
        Failure::from(RulesetError::Read { path: path.display().to_string(), message: error.to_string() })
    };
    let entries = fs::read_dir(path).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    for entry in paths {
        let hidden = entry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if entry.is_dir() && !entry.is_symlink() && !hidden {
            collect(&entry, files)?;
        } else if is_rule_file(&entry) {
            files.push(entry);
        }
    }
    Ok(())
}

/// A unified diff.
fn differences(name: &str, before: &str, after: &str, theme: Theme) -> String {
    let (strong, good, bad, faint) = (theme.strong(), theme.good(), theme.bad(), theme.faint());
    let mut out = format!("{strong}--- {name}\n+++ {name} (formatted){strong:#}\n");
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        let _ = writeln!(out, "{faint}{}{faint:#}", hunk.header());
        for change in hunk.iter_changes() {
            let (style, sign) = match change.tag() {
                ChangeTag::Delete => (bad, '-'),
                ChangeTag::Insert => (good, '+'),
                ChangeTag::Equal => (anstyle::Style::new(), ' '),
            };
            let _ = writeln!(out, "{style}{sign}{}{style:#}", change.value().trim_end_matches('\n'));
        }
    }
    out
}
