//! `indicia docs`: a catalogue of a ruleset's indicators, one page each, for reviewers who read no rules.
//!
//! `pages` says what stands on the pages, `document` in which form, `markdown` and `html` write it, `names` says what they are called,
//! and `folder` keeps the files.
//! What is said comes from the engine: the description of the ruleset, and the examples that it finds in the cases.

mod document;
mod folder;
mod html;
mod markdown;
mod names;
mod pages;

use crate::console::{self, Console};
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::render::values::safe;
use crate::ruleset::{RulesetArgs, is_rule_file};
use crate::wrap::counted;
use folder::Folder;
use indicia::{CaseFile, Ruleset, Sources};
use names::Names;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write a catalogue of a ruleset's indicators: a page for each, with its sentence, its rule and an example
///
/// The examples are computed: of the ruleset's cases (`*.cases.yaml`) that raise an indicator, the
/// smallest record, reduced to what decides. The same ruleset, cases and engine give the same bytes.
///
/// Examples:
///   indicia docs -r my-rules -o catalogue
///   indicia docs -r my-rules -o catalogue --check
///   indicia docs -r my-rules -o site --format html
///   indicia docs -r my-rules.bundle --cases my-rules -o catalogue
///
/// Pages of an earlier run that are no longer needed are removed. Files that `docs` has not written
/// are neither changed nor removed.
///
/// Exit codes: 0 done, 1 `--check` found stale pages, 2 the folder is a ruleset or holds a foreign
/// file where a page belongs, 3 a page can't be written, 4 the ruleset or its cases have errors, 130 Ctrl-C.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    #[command(flatten)]
    ruleset: RulesetArgs,
    /// The folder of the pages. It is made if it is not there.
    #[arg(long, short, value_name = "FOLDER")]
    output: PathBuf,
    /// Pages for a code host, or for a browser.
    #[arg(long, short, value_enum, default_value_t)]
    format: Format,
    /// The folder of the cases. Default: that of the ruleset; a bundle and the embedded ruleset carry none.
    #[arg(long, value_name = "FOLDER")]
    cases: Option<PathBuf>,
    /// Change nothing; name the pages that are missing, differ or are left over.
    #[arg(long)]
    check: bool,
}

/// How pages are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Markdown as code hosts read it, with tables.
    #[default]
    Markdown,
    /// HTML that needs no other file and runs nothing.
    Html,
}

impl Format {
    /// What the overview is called, and the ending of all pages.
    fn index(self) -> (&'static str, &'static str) {
        match self {
            Self::Markdown => ("README", "md"),
            Self::Html => ("index", "html"),
        }
    }
}

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let mut folder = Folder::open(&args.output, !args.check)?;
    let ruleset = args.ruleset.load(console)?;
    let cases = cases(args, &ruleset)?;
    let description = ruleset.describe();
    let examples = ruleset.examples(cases.as_deref().unwrap_or_default());
    let catalogue = pages::Catalogue::new(&description, &examples, cases.is_some());
    let (index, ending) = args.format.index();
    let names = Names::of(description.indicators.iter().map(|indicator| indicator.id.as_str()), index, ending);
    let write = |page| match args.format {
        Format::Markdown => markdown::write(page, &names),
        Format::Html => html::write(page, &names),
    };
    let files: BTreeMap<String, String> =
        catalogue.pages().iter().map(|page| (names.file(page.place), write(page))).collect();
    folder.compare(&files)?;
    if args.check {
        let mut out = console::stdout();
        for name in folder.stale() {
            writeln!(out, "{}", safe(&args.output.join(name).display().to_string()))?;
        }
        out.flush()?;
    } else {
        folder.renew(&files)?;
    }
    console.note(&summary(&folder, &ruleset, examples.len(), files.len(), args.check));
    if cases.is_none() {
        console.note(&without_cases(&args.ruleset));
    }
    Ok(if args.check && folder.stale().next().is_some() { Exit::Findings } else { Exit::Success })
}

fn summary(folder: &Folder, ruleset: &Ruleset, examples: usize, pages: usize, check: bool) -> String {
    let (write, remove) = if check { ("would be written", "removed") } else { ("written", "removed") };
    format!(
        "{}: {}, {} {write}, {} {remove}; {} without an example",
        ruleset.name(),
        counted(pages as u64, "page"),
        folder.outdated.len(),
        folder.left_over.len(),
        counted((ruleset.indicators().len().saturating_sub(examples)) as u64, "indicator"),
    )
}

/// Why there are no examples, and what to give.
fn without_cases(args: &RulesetArgs) -> String {
    let give = "`--cases FOLDER` says where they are";
    match args.path() {
        Some(path) if is_rule_file(path) => format!("no examples: of one rule file no cases are read; {give}"),
        Some(_) => format!("no examples: a bundle carries no cases; {give}"),
        None if Path::new("ruleset.yaml").is_file() => {
            "no examples: these are pages of the embedded ruleset; did you mean the one in this folder, `-r .`?"
                .to_owned()
        }
        None => format!(
            "no examples: the embedded ruleset carries no cases; {give}, and `-r FOLDER` takes a ruleset with its own"
        ),
    }
}

/// The cases beside the rules, and beside those of the rulesets that they extend; none for what carries no cases.
fn cases(args: &Args, ruleset: &Ruleset) -> Result<Option<Vec<CaseFile>>, Failure> {
    let own = args.cases.as_deref().or(args.ruleset.path()).filter(|path| args.cases.is_some() || path.is_dir());
    let Some(own) = own else { return Ok(None) };
    let mut files = read(own)?;
    let mut beside = std::fs::canonicalize(own).unwrap_or_else(|_| own.to_owned());
    let bases = std::iter::successors(ruleset.sources().base.as_deref(), |sources: &&Sources| sources.base.as_deref());
    for base in bases {
        let name = &base.manifest.name;
        beside.set_file_name(name);
        if !beside.join("ruleset.yaml").is_file() {
            break;
        }
        files.extend(read(&beside)?.into_iter().map(|mut file| {
            file.file = format!("{name}/{}", file.file);
            file
        }));
    }
    Ok(Some(files))
}

fn read(folder: &Path) -> Result<Vec<CaseFile>, Failure> {
    CaseFile::from_folder(folder).map_err(|error| Failure::ruleset(error, folder, None))
}
