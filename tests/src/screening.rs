//! What the property tests do with what is drawn: compile it, screen applications, ask verdicts.

use crate::conformance::limited;
use crate::random::{Tape, record};
use crate::reference::Rows;
use crate::shrink::Found;
use indicia::{
    Application as Screened, Judgement, Rows as EngineRows, Ruleset, RulesetError, ScreenOptions, Sources, Truth,
    Verdict,
};
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A ruleset of these files with these rows.
pub fn sources(files: &[(&str, &str)], rows: &Rows) -> Sources {
    let mut sources = Sources::single("");
    sources.rules.clear();
    for (name, text) in files {
        sources.rules.insert((*name).to_owned(), (*text).to_owned());
    }
    for (name, rows) in rows {
        let table = rows.first().is_some_and(|row| row.contains_key("name"));
        let rows = if table {
            EngineRows::Table(rows.clone())
        } else {
            let entries = rows.iter().flat_map(|row| row.values());
            EngineRows::List(entries.map(|entry| entry.as_str().unwrap_or_default().to_owned()).collect())
        };
        sources.rows.insert(name.clone(), rows);
    }
    sources
}

/// The compiled ruleset.
///
/// # Errors
/// Its errors with the text.
pub fn compile(text: &str, rows: &Rows) -> Result<Ruleset, String> {
    Ruleset::from_sources(&sources(&[("rules.indicia", text)], rows)).map_err(|error| match error {
        RulesetError::Compile { diagnostics } => {
            let errors = diagnostics.iter().filter(|found| found.is_error());
            let list: Vec<String> = errors.map(|found| format!("{} {}", found.code, found.message)).collect();
            format!("the drawn ruleset does not check: {list:#?}\n{text}")
        }
        other => other.to_string(),
    })
}

/// Five applications before a ruleset, each from its fifth of the tape, some with a day that the caller gives.
pub fn applications(rules: &str, rows: &Rows, facts: &[u16], quirks: record::Quirks) -> Vec<Found> {
    let draw = |facts| {
        let mut facts = Tape::new(facts);
        let as_of = facts.chance(30).then(|| "2020-03-01".to_owned());
        let record = record::application(&mut facts, quirks);
        let (rules, rows) = (rules.to_owned(), rows.clone());
        Found { rules, rows, record, as_of, limits: BTreeMap::new(), expect: Json::Null }
    };
    facts.chunks(facts.len().div_ceil(5).max(1)).map(draw).collect()
}

impl Found {
    /// How the application is screened.
    pub fn options(&self) -> ScreenOptions {
        let mut options = ScreenOptions::default().with_limits(limited(&self.limits));
        options.as_of.clone_from(&self.as_of);
        options
    }

    /// The compiled ruleset, which those found one after the other share.
    ///
    /// # Errors
    /// Its errors with the text.
    pub fn ruleset(&self) -> Result<Ruleset, String> {
        thread_local! {
            static LAST: RefCell<Option<(String, Rows, Ruleset)>> = const { RefCell::new(None) };
        }
        LAST.with_borrow_mut(|last| {
            if let Some((_, _, ruleset)) =
                last.as_ref().filter(|(text, rows, _)| *text == self.rules && *rows == self.rows)
            {
                return Ok(ruleset.clone());
            }
            let ruleset = compile(&self.rules, &self.rows)?;
            *last = Some((self.rules.clone(), self.rows.clone(), ruleset.clone()));
            Ok(ruleset)
        })
    }

    /// The verdict.
    ///
    /// # Errors
    /// Says why it can't be read, or which findings are written as JSON text in another way than they are.
    pub fn screen(&self, ruleset: &Ruleset) -> Result<Verdict, String> {
        let (mut screener, options) = (ruleset.screener(), self.options());
        let mut application = screener.read_value(&self.record, &options).map_err(|error| error.to_string())?;
        match written(&mut application).into_iter().next() {
            Some(difference) => Err(difference),
            None => Ok(application.verdict()),
        }
    }
}

/// What a case expects of these indicators.
pub fn expected<'i>(truths: impl IntoIterator<Item = (&'i str, Truth)>) -> Json {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, truth) in truths {
        let list = match truth {
            Truth::True => "raised",
            Truth::False => "clear",
            Truth::Unknown => "unknown",
        };
        lists.entry(list).or_default().push(id);
    }
    serde_json::json!(lists)
}

/// Where the JSON text of a verdict or of its findings is not that of the values, or not the same when it is asked for later.
pub fn written(application: &mut Screened<'_>) -> Vec<String> {
    let (mut text, made) = (String::new(), serde_json::to_string(&application.verdict()).unwrap_or_default());
    application.write_verdict(&mut text);
    let mut differences = findings_written(&mut application.judge());
    if text != made {
        differences.push(format!("the verdict is written as {text}, but is {made}"));
    }
    for looked_into in [false, true] {
        let (mut judgement, mut later) = (application.judge(), String::new());
        if looked_into {
            judgement.coverage();
        }
        application.write_verdict(&mut later);
        if later != text {
            differences.push(format!("the verdict is written as {text}, but after a judgement as {later}"));
        }
    }
    differences
}

fn findings_written(judgement: &mut Judgement<'_>) -> Vec<String> {
    let count = judgement.truths().len();
    let differ = |index| {
        let (mut written, made) =
            (String::new(), serde_json::to_string(&judgement.findings(index)).unwrap_or_default());
        judgement.write_findings(index, &mut written);
        (written != made).then(|| format!("findings of indicator {index} are written as {written}, but are {made}"))
    };
    (0..count).filter_map(differ).collect()
}

/// The truth of an indicator as a verdict tells it; a clear indicator in the shadow looks like an unknown one.
pub fn truth_of(verdict: &Verdict, id: &str) -> Truth {
    if verdict.raised.iter().chain(&verdict.shadow).any(|raised| raised.indicator == id) {
        Truth::True
    } else if verdict.unknown.iter().any(|unknown| unknown.indicator == id) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
