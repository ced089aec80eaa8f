//! `indicia new`: a small commented ruleset to start from, which passes `check` and `test`.

use crate::console::Console;
use crate::exit::Exit;
use crate::failure::{Failure, Outcome};
use crate::write;
use std::fs;
use std::path::{Path, PathBuf};

/// Write a small commented ruleset to start from: a record, two indicators, a list, outcomes and cases.
///
/// Example: `indicia new my-rules && indicia test my-rules`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to make. It must not exist, or be empty.
    folder: PathBuf,
    /// The ruleset's name. Default: the folder's.
    #[arg(long)]
    name: Option<String>,
}

/// The files; `NAME` stands for the ruleset's name.
const FILES: &[(&str, &str)] = &[
    ("README.md", include_str!("../../template/README.md")),
    ("ruleset.yaml", include_str!("../../template/ruleset.yaml")),
    ("record.indicia", include_str!("../../template/record.indicia")),
    ("contact.indicia", include_str!("../../template/contact.indicia")),
    ("identity.indicia", include_str!("../../template/identity.indicia")),
    ("decide.indicia", include_str!("../../template/decide.indicia")),
    ("rules.cases.yaml", include_str!("../../template/rules.cases.yaml")),
    ("lists/disposable_domains.txt", include_str!("../../template/lists/disposable_domains.txt")),
];

pub(super) fn run(args: &Args, console: Console) -> Outcome {
    let folder = &args.folder;
    let name = args.name.clone().unwrap_or_else(|| folder_name(folder));
    if !is_name(&name) {
        return Err(Failure::Usage(format!(
            "`{name}` is no name for a ruleset: use small letters, digits and `-`; choose one with --name"
        )));
    }
    let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if taken || (folder.exists() && !folder.is_dir()) {
        return Err(Failure::Usage(format!("`{}` exists and is not an empty folder", folder.display())));
    }
    for (file, text) in FILES {
        let path = folder.join(file);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text.replace("NAME", &name)))
            .map_err(|error| write::failed(&path, &error))?;
    }
    let shown = folder.display();
    console
        .note(&format!("wrote {} files to {shown}\nnext: indicia check {shown} && indicia test {shown}", FILES.len()));
    Ok(Exit::Success)
}

/// The folder's own name, also for `.`.
fn folder_name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.replace([' ', '_', '.'], "-")
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-')
}
