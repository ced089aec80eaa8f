//! Checking and compiling of any text as a ruleset.
//!
//! A line `//@ NAME` begins a file of that name (`terms.indicia`, `lists/a.csv`); the line `//@ base` begins the ruleset that
//! the one before it extends. Without such lines, a text is a ruleset of one file.

use super::places::diagnostics;
use super::{holds, same};
use indicia::{Diagnostic, Manifest, Ruleset, RulesetError, ScreenOptions, Sources, Truth};
use std::fmt::Write as _;

/// What begins a line that names the next file.
pub(super) const MARK: &str = "//@ ";
const BASE: &str = "base";
const FIRST: &str = "rules.indicia";

/// A text is checked: it compiles if it has no errors, every diagnostic can be shown, and a ruleset that compiles survives its
/// bundle and judges an empty application.
///
/// # Errors
/// What is wrong.
pub fn compile(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    ruleset(&sources(text))
}

/// The same of sources, which may come from anywhere.
pub(super) fn ruleset(sources: &Sources) -> Result<(), String> {
    let found = indicia::check(sources);
    diagnostics(sources, &found)?;
    let errors = found.iter().any(Diagnostic::is_error);
    let ruleset = match Ruleset::from_sources(sources) {
        Ok(ruleset) => ruleset,
        Err(RulesetError::Compile { diagnostics }) => {
            holds(errors, || format!("it compiles not, and has no errors: {diagnostics:?}"))?;
            return same("check and compile", &found, &diagnostics);
        }
        Err(error) => return Err(format!("another error: {error}")),
    };
    holds(!errors, || format!("it compiles with errors: {found:?}"))?;
    same("check and warnings", &found.as_slice(), &ruleset.warnings())?;

    let bundle = ruleset.to_bundle();
    let again = Ruleset::from_bundle(&bundle).map_err(|error| format!("its bundle does not load: {error}"))?;
    same("sources", again.sources(), sources)?;
    same("digest", &again.digest(), &ruleset.digest())?;
    same("indicators", &again.indicators(), &ruleset.indicators())?;
    same("bundle", &again.to_bundle(), &bundle)?;
    let formatted = formatted(sources);
    let again = Ruleset::from_sources(&formatted).map_err(|error| format!("formatted, it has errors: {error}"))?;
    same("digest of the formatted ruleset", &again.digest(), &ruleset.digest())?;
    same("paths read", &again.inputs(), &ruleset.inputs())?;
    same("schema", &again.schema(), &ruleset.schema())?;
    empty_application(&ruleset)
}

/// A ruleset judges an application without facts, and explains what it says.
fn empty_application(ruleset: &Ruleset) -> Result<(), String> {
    let options = ScreenOptions::default().with_as_of("2026-01-15");
    let mut screener = ruleset.screener();
    let mut application = screener.read(b"{}", &options).map_err(|error| error.to_string())?;
    let truths: Vec<Truth> = application.judge().truths().to_vec();
    for (indicator, truth) in ruleset.indicators().iter().zip(&truths) {
        let explained = application.explain(&indicator.id).map_err(|error| error.to_string())?;
        same(&indicator.id, &explained.truth, truth)?;
    }
    let verdict = serde_json::to_string(&application.verdict()).map_err(|error| error.to_string())?;
    holds(serde_json::from_str::<indicia::Verdict>(&verdict).is_ok(), || format!("no verdict: {verdict}"))
}

/// The sources with each file of rules in canonical spelling, if it has one.
fn formatted(sources: &Sources) -> Sources {
    let mut sources = sources.clone();
    for (name, text) in &mut sources.rules {
        if let Ok(spelled) = indicia::format(name, text) {
            *text = spelled;
        }
    }
    sources.base = sources.base.map(|base| Box::new(formatted(&base)));
    sources
}

/// The ruleset that a text describes.
pub(super) fn sources(text: &str) -> Sources {
    let mut levels = vec![Sources::default()];
    let (mut name, mut file) = (FIRST, String::new());
    for line in text.split_inclusive('\n') {
        let mark = line.strip_prefix(MARK).map(str::trim);
        if let Some(next) = mark {
            put(&mut levels, name, std::mem::take(&mut file));
            name = if next.is_empty() { FIRST } else { next };
            if name == BASE {
                levels.push(Sources::default());
                name = FIRST;
            }
        } else {
            file.push_str(line);
        }
    }
    put(&mut levels, name, file);
    let mut whole: Option<Sources> = None;
    for (below, mut sources) in levels.into_iter().enumerate().rev() {
        if sources.rules.is_empty() {
            sources.rules.insert(FIRST.to_owned(), String::new());
        }
        sources.manifest = Manifest::new(format!("level{below}"), "0.0.0");
        sources.manifest.extends = whole.as_ref().map(|base| base.manifest.name.clone());
        sources.base = whole.map(Box::new);
        whole = Some(sources);
    }
    whole.unwrap_or_default()
}

fn put(levels: &mut [Sources], name: &str, text: String) {
    let Some(sources) = levels.last_mut() else { return };
    if name == FIRST && text.is_empty() {
        return;
    }
    let files = if name.ends_with(".indicia") { &mut sources.rules } else { &mut sources.data };
    files.insert(name.to_owned(), text);
}

/// The text that describes a ruleset: what [`sources`] reads. Rows that a host gives and mappings are left out.
pub(super) fn described(sources: &Sources) -> String {
    let mut out = String::new();
    for (name, text) in sources.rules.iter().chain(&sources.data) {
        if name != FIRST || !out.is_empty() {
            let _ = writeln!(out, "{MARK}{name}");
        }
        out.push_str(text);
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }
    if let Some(base) = &sources.base {
        let _ = write!(out, "{MARK}{BASE}\n{}", described(base));
    }
    out
}
