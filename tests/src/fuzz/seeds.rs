//! What fuzzing starts from, made of the repository's own files: rules, conformance cases, pages, applications.

use super::{bundle, operators, ruleset};
use crate::conformance::{self, folder};
use crate::generate::Plan;
use crate::markdown::{expand, fences};
use indicia::{Ruleset, Sources};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Longer seeds are left out: what is long is slow.
pub const MAX_BYTES: usize = 8 * 1024;

/// What the grammar spells with a rule instead of a text, and what only later stages know.
const WORDS: &str = "text number bool date instant country phone email url ip network person organisation score categories as_of \
    true false info low medium high active shadow language valid finding kind e164 area_code international local host domain tag \
    path private version words length first last raw name year precision present years months weeks days hours minutes seconds";

/// A seed: where it is from, and its bytes.
pub type Seed = (String, Vec<u8>);

/// The seeds of a target.
///
/// # Errors
/// Says which file can't be read, or that no target is called so.
pub fn of(target: &str) -> Result<Vec<Seed>, String> {
    let mut seeds = match target {
        "parse" | "format" => texts()?,
        "compile" => rulesets()?.iter().map(|(name, sources)| described(name, sources)).collect(),
        "screen" => records()?,
        "bundle" => bundles()?,
        _ => return Err(format!("no target is called `{target}`")),
    };
    let mut known = BTreeSet::new();
    seeds.retain(|(_, bytes)| bytes.len() <= MAX_BYTES && known.insert(bytes.clone()));
    Ok(seeds)
}

/// The words that a change of a target's seed may bring: of the language, or of records.
///
/// # Errors
/// Says which file can't be read.
pub fn words(target: &str) -> Result<Vec<String>, String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    if target == "screen" {
        for (_, bytes) in records()? {
            let Ok(value) = serde_json::from_slice(bytes.get(1..).unwrap_or_default()) else { continue };
            strings(&value, &mut found);
        }
    } else {
        let grammar = read(&folder().join("../dsl/src/grammar/indicia.pest"))?;
        let spelled =
            grammar.lines().filter(|line| !line.starts_with("//")).flat_map(|line| line.split('"').skip(1).step_by(2));
        found.extend(spelled.chain(WORDS.split_whitespace()).map(str::to_owned));
    }
    found.retain(|word| !word.is_empty() && word.len() <= 24 && !word.contains(['\\', ' ']));
    Ok(found.into_iter().collect())
}

/// Words as libFuzzer reads them.
pub fn dictionary(words: &[String]) -> String {
    let mut out = String::new();
    for word in words {
        out.push('"');
        for byte in word.bytes() {
            match byte {
                b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
                b' '..=b'~' => out.push(char::from(byte)),
                _ => {
                    let _ = write!(out, "\\x{byte:02x}");
                }
            }
        }
        out.push_str("\"\n");
    }
    out
}

fn described(name: &str, sources: &Sources) -> Seed {
    (name.to_owned(), ruleset::described(sources).into_bytes())
}

/// Files of rules and the examples of pages; long files item by item.
fn texts() -> Result<Vec<Seed>, String> {
    let mut found = Vec::new();
    for (name, text) in files(&folder().join(".."), "indicia")? {
        if text.len() <= MAX_BYTES {
            found.push((name, text.into_bytes()));
        } else {
            let items = text.split("\n\n").enumerate();
            found.extend(
                items.map(|(number, item)| (format!("{name}-{number}"), format!("language 1\n{item}\n").into_bytes())),
            );
        }
    }
    for (name, page) in files(&folder().join("../docs"), "md")? {
        let rules = fences(&page).into_iter().filter(|fence| fence.info.starts_with("indicia"));
        found.extend(rules.map(|fence| (format!("{name}-{}", fence.line), expand(&fence.body).into_bytes())));
    }
    for (name, sources) in cases()? {
        found.extend(sources.rules.into_iter().map(|(file, text)| (format!("{name}-{file}"), text.into_bytes())));
    }
    Ok(found)
}

/// The rulesets of the conformance cases, the peers' and the template.
fn rulesets() -> Result<Vec<(String, Sources)>, String> {
    let mut found = cases()?;
    for place in ["peers/rules", "../bindings/cli/template"] {
        let mut sources = Sources::single("");
        sources.rules = files(&folder().join(place), "indicia")?.into_iter().collect();
        // The others say the same with fewer indicators.
        for part in ["06.indicia", "12.indicia", "20.indicia"] {
            sources.rules.remove(part);
        }
        found.push((place.rsplit('/').next().unwrap_or_default().to_owned(), sources));
    }
    found.push(("operators".to_owned(), operators::sources()));
    Ok(found)
}

fn cases() -> Result<Vec<(String, Sources)>, String> {
    let files = conformance::load(&folder().join("cases"))?;
    let of_file = |(name, file): &(String, conformance::CaseFile)| -> Vec<(String, Sources)> {
        file.cases.iter().map(|case| (format!("{name}-{}", case.name), case.sources(&file.prelude))).collect()
    };
    Ok(files.iter().flat_map(of_file).collect())
}

fn bundles() -> Result<Vec<Seed>, String> {
    // Every case would be thrice what `compile` has; every fifth has all that a bundle can hold.
    let some = rulesets()?.into_iter().step_by(5).chain([("operators".to_owned(), operators::sources())]);
    let forms = some.flat_map(|(name, sources)| {
        let forms = bundle::forms(&sources).into_iter();
        forms.map(move |(form, bytes)| (format!("{name}-{form}"), bytes)).collect::<Vec<_>>()
    });
    Ok(forms.collect())
}

/// Applications for both rulesets, documents and mappings, each with the byte that says what it is.
fn records() -> Result<Vec<Seed>, String> {
    let mut found = Vec::new();
    let mut add = |letters: &str, name: &str, value: &Value| {
        let seeds = letters.chars().map(|letter| (format!("{name}-{letter}"), format!("{letter}{value}").into_bytes()));
        found.extend(seeds);
    };
    add("ol", "operators", &serde_json::from_str(operators::RECORD).map_err(|error| error.to_string())?);
    for (name, text) in files(&folder().join("data/applications"), "json")? {
        add("dh", &name, &serde_json::from_str(&text).map_err(|error| error.to_string())?);
    }
    for number in 0..40 {
        let plan = Plan { seed: 3, countries: 40, fraud_per_mille: 500 };
        let value = serde_json::to_value(plan.application(number)).map_err(|error| error.to_string())?;
        add("d", &format!("generated-{number}"), &value);
    }
    for (name, text) in files(&folder().join("data/json-resume"), "json")? {
        add("j", &name, &serde_json::from_str(&text).map_err(|error| error.to_string())?);
    }
    let shipped = Ruleset::default_ruleset().map_err(|error| error.to_string())?;
    for (name, mapping) in shipped.mappings() {
        add("m", name, mapping);
    }
    for fence in fences(&read(&folder().join("../docs/mappings.md"))?) {
        let Ok(value) = serde_saphyr::from_str(&fence.body) else { continue };
        let letter = if fence.info == "yaml mapping" { "m" } else { "j" };
        add(letter, &format!("mappings-{}", fence.line), &value);
    }
    for (name, file) in conformance::load(&folder().join("cases"))? {
        for case in file.cases {
            add("ol", &format!("{name}-{}", case.name), &case.record);
        }
    }
    Ok(found)
}

/// Every string of a value, keys included.
fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => found.extend([text.clone()]),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => {
            for (key, item) in fields {
                found.insert(format!("\"{key}\":"));
                strings(item, found);
            }
        }
        _ => {}
    }
}

/// The files below a folder with this ending, by their names, in order.
fn files(below: &Path, ending: &str) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    let entries = std::fs::read_dir(below).map_err(|error| format!("{}: {error}", below.display()))?;
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        // What is built, and what fuzzing leaves behind, is nobody's seed.
        if name.starts_with('.') || name.starts_with("target") || name == "fuzz" {
            continue;
        }
        if path.is_dir() {
            let inner = files(&path, ending)?;
            found.extend(inner.into_iter().map(|(inner, text)| (format!("{name}-{inner}"), text)));
        } else if path.extension().is_some_and(|found| found == ending) {
            found.insert(name, read(&path)?);
        }
    }
    Ok(found)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
