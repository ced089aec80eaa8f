//! `indicia check --fix`: applies mends to rule files and names each. Mends that are certain and guesses are kept apart.

use crate::commands::build::write_whole;
use crate::commands::check::diagnose;
use crate::console::Console;
use crate::failure::Failure;
use crate::render::diagnostics::Files;
use crate::render::values::safe;
use crate::ruleset;
use crate::wrap::counted;
use indicia::{Diagnostic, Edit, Sources};
use std::collections::BTreeMap;
use std::path::Path;

/// Rounds: a mend can bring another one to light.
const ROUNDS: usize = 8;

/// The codes whose mend can mean one thing only: another notation for what the language writes in one way. The mends of
/// all other codes guess what was meant: a name that is near, where a quote was to close, what belongs together.
const CERTAIN: [&str; 16] = [
    "E0105", // an invisible character
    "E0107", // no language version
    "E0109", // the language version in the wrong place
    "E0116", // an unknown escape
    "E0117", // the wrong quotes
    "E0118", // another language's comment
    "E0119", // `&&`
    "E0120", // `=`
    "E0121", // a comparison with `null`
    "E0122", // `is not missing`
    "E0125", // a quantifier that does not stand last
    "E0129", // a wrongly written number
    "E0130", // a wrongly written date
    "E0132", // a single brace
    "E0134", // a comma is missing
    "E0137", // values in square brackets
];

/// Mends the rule files of a ruleset round by round and gives what is left to say about it.
pub(super) fn all(
    path: &Path,
    found: (Vec<Diagnostic>, Sources),
    guesses: bool,
    console: Console,
) -> Result<(Vec<Diagnostic>, Sources), Failure> {
    let (mut diagnostics, mut sources) = found;
    let mut mended = 0;
    for _ in 0..ROUNDS {
        let applied = round(&diagnostics, &sources, ruleset::home(path), guesses, console)?;
        if applied == 0 {
            break;
        }
        mended += applied;
        (diagnostics, sources) = diagnose(path)?;
    }
    let left = diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_some() && !is_certain(diagnostic)).count();
    let left = match (guesses, left as u64) {
        (true, _) | (_, 0) => String::new(),
        (false, left) => format!("; {} left, which --fix-guesses applies", counted_guesses(left)),
    };
    console.note(&format!("applied {}{left}", counted(mended, "mend")));
    Ok((diagnostics, sources))
}

fn counted_guesses(count: u64) -> String {
    if count == 1 { "1 guess is".to_owned() } else { format!("{count} guesses are") }
}

fn is_certain(diagnostic: &Diagnostic) -> bool {
    CERTAIN.contains(&diagnostic.code.as_ref())
}

/// Applies mends whose edits don't touch each other to the files, and counts them.
fn round(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    folder: &Path,
    guesses: bool,
    console: Console,
) -> Result<u64, Failure> {
    let mut chosen: BTreeMap<&str, Vec<(&Edit, &str)>> = BTreeMap::new();
    let mut applied = 0;
    for diagnostic in diagnostics.iter().filter(|diagnostic| guesses || is_certain(diagnostic)) {
        let Some(fix) = &diagnostic.fix else { continue };
        let free = |edit: &Edit| {
            let taken = chosen.get(edit.file.as_str()).into_iter().flatten();
            sources.rules.contains_key(&edit.file) && taken.into_iter().all(|(other, _)| apart(edit, other))
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(free) {
            applied += 1;
            for edit in &fix.edits {
                chosen.entry(&edit.file).or_default().push((edit, &diagnostic.code));
            }
        }
    }
    let files = Files::of(sources).within(folder);
    for (file, mut edits) in chosen {
        edits.sort_by_key(|(edit, _)| edit.span.start);
        let Some(mut text) = sources.rules.get(file).cloned() else { continue };
        for (edit, _) in edits.iter().rev() {
            let (start, end) = (edit.span.start as usize, edit.span.end as usize);
            if text.get(start..end).is_some() {
                text.replace_range(start..end, &edit.replacement);
            }
        }
        write_whole(&folder.join(file), text.as_bytes())?;
        for (edit, code) in edits {
            console.note(&told(edit, code, &files));
        }
    }
    Ok(applied)
}

/// `contact.indicia:9:12: `=` -> `==` (E0120)`.
fn told(edit: &Edit, code: &str, files: &Files) -> String {
    let place = files
        .positions(&edit.file, edit.span)
        .map_or_else(String::new, |(start, _)| format!(":{}:{}", start.line, start.column));
    let old = files.text(&edit.file).and_then(|text| text.get(edit.span.start as usize..edit.span.end as usize));
    format!(
        "{}{place}: `{}` -> `{}` ({code})",
        files.path(&edit.file),
        safe(old.unwrap_or_default()),
        safe(&edit.replacement)
    )
}

fn apart(edit: &Edit, other: &Edit) -> bool {
    edit.span.end < other.span.start || other.span.end < edit.span.start
}
