//! The conformance cases of `tests/cases/*.yaml`: their shape, and the comparison of what they expect with what a front end gives.

use indicia::{Diagnostic, Limits, Manifest, Rows, ScreenOptions, Sources};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What the file is about.
    pub description: String,
    /// Text before every case's source.
    #[serde(default)]
    pub prelude: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A claim in kebab-case.
    pub name: String,
    /// A condition, for an indicator called `probe`.
    #[serde(default)]
    pub when: Option<String>,
    /// Items after the prelude.
    #[serde(default)]
    pub source: Option<String>,
    /// The base's items after the prelude; `source` is then a file of its own.
    #[serde(default)]
    pub base: Option<String>,
    /// Whole files, without the prelude.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Data files beside the rules.
    #[serde(default)]
    pub data: BTreeMap<String, String>,
    /// What the manifest says besides name and version.
    #[serde(default)]
    pub manifest: OfManifest,
    /// Rows of lists and tables.
    #[serde(default)]
    pub lists: BTreeMap<String, Rows>,
    /// The application.
    pub record: Value,
    /// The day of the evaluation.
    #[serde(default)]
    pub as_of: Option<String>,
    /// Options of the screening.
    #[serde(default)]
    pub options: Options,
    /// What must come out.
    pub expect: Expect,
}

/// What a case's manifest says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfManifest {
    /// The version of the language.
    pub language: Option<u32>,
    /// Ids of withdrawn indicators.
    #[serde(default)]
    pub withdrawn: Vec<String>,
}

/// Options of a case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Key of the redaction.
    #[serde(default)]
    pub redact_key: Option<String>,
    /// Key of hashed lists.
    #[serde(default)]
    pub list_key: Option<String>,
    /// Limits by name, without `max_`.
    #[serde(default)]
    pub limits: BTreeMap<String, usize>,
}

/// What a case expects.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Truth of `probe`.
    pub truth: Option<String>,
    /// Reasons of `probe`.
    pub reasons: Option<Vec<Value>>,
    /// Evidence of the first finding of `probe`; entries without `value` compare the path alone.
    pub evidence: Option<Vec<Value>>,
    /// How many findings of `probe` are kept.
    pub findings: Option<u64>,
    /// Message of its first finding.
    pub because: Option<String>,
    /// Indicators that are raised.
    #[serde(default)]
    pub raised: Vec<String>,
    /// Indicators that are neither raised nor unknown.
    #[serde(default)]
    pub clear: Vec<String>,
    /// Indicators that are unknown.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// A part of the verdict.
    pub verdict: Option<Value>,
    /// The errors, all of them.
    pub diagnostics: Option<Vec<ExpectedDiagnostic>>,
    /// Whether `diagnostics` lists warnings as well.
    #[serde(default)]
    pub warnings: bool,
}

/// A diagnostic as a case expects it: the code by prefix, the place where given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedDiagnostic {
    /// The code, or its beginning.
    pub code: String,
    /// Line from 1.
    pub line: Option<usize>,
    /// Column in characters from 1.
    pub column: Option<usize>,
    /// What its help says, or a part of it.
    pub help: Option<String>,
    /// The line after the mend, without spaces around it; `none` if there is no mend.
    pub mended: Option<String>,
}

/// The folder of this crate.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All case files with their names, in order.
///
/// # Errors
/// Says which file can't be read.
pub fn load(folder: &Path) -> Result<Vec<(String, CaseFile)>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let options = serde_saphyr::options! { strict_booleans: true };
        let file =
            serde_saphyr::from_str_with_options(&text, options).map_err(|e| format!("{}: {e}", path.display()))?;
        let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        files.push((name, file));
    }
    Ok(files)
}

impl Case {
    /// The ruleset of the case.
    pub fn sources(&self, prelude: &str) -> Sources {
        let mut sources = Sources::default();
        sources.manifest = Manifest::new("case", "0.0.0");
        sources.manifest.language = self.manifest.language.unwrap_or(sources.manifest.language);
        sources.manifest.withdrawn.clone_from(&self.manifest.withdrawn);
        sources.data.clone_from(&self.data);
        sources.rows.clone_from(&self.lists);
        if !self.files.is_empty() {
            for (name, text) in &self.files {
                let target = if name.ends_with(".indicia") { &mut sources.rules } else { &mut sources.data };
                target.insert(name.clone(), text.clone());
            }
            return sources;
        }
        let own = match &self.when {
            Some(condition) => format!(
                "indicator probe \"The condition of this case\" {{\n  category contact\n  severity low\n  when     {condition}\n  because  \"probe\"\n  verify   \"probe\"\n  caution  \"probe\"\n  source   \"probe\"\n}}\n"
            ),
            None => self.source.clone().unwrap_or_default(),
        };
        match &self.base {
            Some(base) => {
                let mut below = Sources::default();
                below.manifest = Manifest::new("base", "0.0.0");
                below.rules.insert("rules.indicia".to_owned(), format!("{prelude}{base}"));
                sources.base = Some(Box::new(below));
                sources.manifest.extends = Some("base".to_owned());
                sources.rules.insert("rules.indicia".to_owned(), own);
            }
            None => {
                sources.rules.insert("rules.indicia".to_owned(), format!("{prelude}{own}"));
            }
        }
        sources
    }

    /// The options of the case.
    pub fn options(&self) -> ScreenOptions {
        let limits = limited(&self.options.limits);
        let mut options = ScreenOptions::default().with_limits(limits);
        options.as_of.clone_from(&self.as_of);
        options.redact_key = self.options.redact_key.as_ref().map(|key| key.clone().into_bytes());
        options.list_key = self.options.list_key.as_ref().map(|key| key.clone().into_bytes());
        options
    }

    /// What differs between the diagnostics and what the case expects.
    pub fn compare_diagnostics(&self, sources: &Sources, found: &[Diagnostic]) -> Vec<String> {
        if let Some(broken) = found.iter().find(|d| d.message.contains(char::is_control)) {
            return vec![format!("the message is not one line: {:?}", broken.message)];
        }
        let shown: Vec<&Diagnostic> = found.iter().filter(|d| d.is_error() || self.expect.warnings).collect();
        let Some(expected) = &self.expect.diagnostics else {
            return found
                .iter()
                .filter(|d| d.is_error())
                .map(|d| format!("unexpected {}: {}", d.code, d.message))
                .collect();
        };
        let places: Vec<(String, usize, usize)> = shown.iter().map(|d| place(sources, d)).collect();
        let said =
            || places.iter().zip(&shown).map(|((c, l, k), d)| format!("{c} {l}:{k} {}", d.message)).collect::<Vec<_>>();
        if expected.len() != shown.len() {
            return vec![format!("expected {} diagnostics, found {}: {:?}", expected.len(), shown.len(), said())];
        }
        let found: Vec<(&(String, usize, usize), String, String)> = places
            .iter()
            .zip(&shown)
            .map(|(place, d)| (place, d.help.clone().unwrap_or_default(), mended(sources, d)))
            .collect();
        let fits = |wanted: &ExpectedDiagnostic, found: &(&(String, usize, usize), String, String)| {
            let ((code, line, column), help, mended) = found;
            code.starts_with(&wanted.code)
                && wanted.line.is_none_or(|l| l == *line)
                && wanted.column.is_none_or(|c| c == *column)
                && wanted.help.as_ref().is_none_or(|part| help.contains(part.as_str()))
                && wanted.mended.as_ref().is_none_or(|line| line == mended)
        };
        let all = expected.iter().all(|wanted| found.iter().any(|found| fits(wanted, found)))
            && found.iter().all(|found| expected.iter().any(|wanted| fits(wanted, found)));
        if all { Vec::new() } else { vec![format!("expected {expected:?}, found {:?} {found:?}", said())] }
    }

    /// What differs between a verdict and what the case expects.
    pub fn compare_verdict(&self, verdict: &Value) -> Vec<String> {
        let mut differences = Vec::new();
        let empty = Vec::new();
        let list = |name: &str| verdict.get(name).and_then(Value::as_array).unwrap_or(&empty).clone();
        let find =
            |name: &str, id: &str| list(name).into_iter().find(|entry| entry.get("indicator").is_some_and(|i| i == id));
        let truth_of = |id: &str| {
            if find("raised", id).is_some() || find("shadow", id).is_some() {
                "true"
            } else if find("unknown", id).is_some() {
                "unknown"
            } else {
                "false"
            }
        };
        let expect = &self.expect;
        if let Some(truth) = &expect.truth
            && truth != truth_of("probe")
        {
            let reasons = find("unknown", "probe").map(|entry| entry.get("reasons").cloned().unwrap_or_default());
            differences.push(format!("expected {truth}, found {} {}", truth_of("probe"), reasons.unwrap_or_default()));
            return differences;
        }
        for (ids, wanted) in [(&expect.raised, "true"), (&expect.clear, "false"), (&expect.unknown, "unknown")] {
            for id in ids {
                if truth_of(id) != wanted {
                    differences.push(format!("expected {id} to be {wanted}, found {}", truth_of(id)));
                }
            }
        }
        if let Some(wanted) = &expect.reasons {
            let found = find("unknown", "probe").and_then(|entry| entry.get("reasons").cloned()).unwrap_or_default();
            if found.as_array() != Some(wanted) {
                differences.push(format!("expected reasons {}, found {found}", Value::from(wanted.clone())));
            }
        }
        let probe = find("raised", "probe").or_else(|| find("shadow", "probe"));
        let findings = probe
            .as_ref()
            .and_then(|entry| entry.get("findings"))
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        if let Some(wanted) = expect.findings {
            let found = findings.len() as u64;
            if found != wanted {
                differences.push(format!("expected {wanted} findings, found {found}"));
            }
        }
        if let Some(wanted) = &expect.because {
            let found = findings.first().and_then(|finding| finding.get("because")).cloned().unwrap_or_default();
            if found.as_str() != Some(wanted) {
                differences.push(format!("expected because {wanted:?}, found {found}"));
            }
        }
        if let Some(wanted) = &expect.evidence {
            let found = findings.first().and_then(|finding| finding.get("evidence")).cloned().unwrap_or_default();
            let same = found.as_array().is_some_and(|found| {
                found.len() == wanted.len()
                    && wanted.iter().zip(found).all(|(wanted, found)| subset(wanted, found).is_none())
            });
            if !same {
                differences.push(format!("expected evidence {}, found {found}", Value::from(wanted.clone())));
            }
        }
        if let Some(wanted) = &expect.verdict
            && let Some(difference) = subset(wanted, verdict)
        {
            differences.push(difference);
        }
        differences
    }
}

/// Limits by the names that cases have for them.
pub fn limited(by_name: &BTreeMap<String, usize>) -> Limits {
    let mut limits = Limits::default();
    for (name, value) in by_name {
        match name.as_str() {
            "list_length" => limits.max_list_length = *value,
            "pairs" => limits.max_pairs = *value,
            "findings" => limits.max_findings = *value,
            "message_chars" | "message_length" => limits.max_message_chars = *value,
            "reasons" => limits.max_reasons = *value,
            "record_bytes" => limits.max_record_bytes = *value,
            "record_values" => limits.max_record_values = *value,
            "text_chars" => limits.max_text_chars = *value,
            other => panic_on_unknown(other),
        }
    }
    limits
}

#[expect(clippy::panic, reason = "a wrong case must stop the test run")]
fn panic_on_unknown(name: &str) {
    panic!("no limit is called `{name}`");
}

/// The line of a diagnostic after its mend, or `none`.
fn mended(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let (Some(fix), Some(label)) = (&diagnostic.fix, diagnostic.primary()) else { return "none".to_owned() };
    let mut text = sources.rules.get(&label.file).cloned().unwrap_or_default();
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    for edit in edits {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    let (line, _) = indicia_dsl::line_column(&text, label.span.start);
    text.lines().nth(line - 1).unwrap_or_default().trim().to_owned()
}

fn place(sources: &Sources, diagnostic: &Diagnostic) -> (String, usize, usize) {
    let code = diagnostic.code.to_string();
    let Some(label) = diagnostic.labels.iter().find(|label| label.primary) else { return (code, 0, 0) };
    let text = sources.rules.get(&label.file).or_else(|| sources.data.get(&label.file));
    let Some(text) = text else { return (code, 0, 0) };
    let (line, column) = indicia_dsl::line_column(text, label.span.start);
    (code, line, column)
}

/// The first place where `wanted` is no part of `found`.
fn subset(wanted: &Value, found: &Value) -> Option<String> {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted.iter().find_map(|(key, value)| {
            let there = found.get(key).unwrap_or(&Value::Null);
            subset(value, there).map(|difference| format!("{key}: {difference}"))
        }),
        (Value::Array(wanted), Value::Array(there)) if wanted.len() == there.len() => {
            wanted.iter().zip(there).find_map(|(wanted, there)| subset(wanted, there))
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (wanted, found) if wanted == found => None,
        (wanted, found) => Some(format!("expected {wanted}, found {found}")),
    }
}
