//! How the property tests draw and shrink: seeded, so that every run tries the same; `INDICIA_PROOF=N` tries N times as much.

use indicia::{Limits, Rows as EngineRows, Ruleset, RulesetError, ScreenOptions, Sources, Truth, Verdict};
use indicia_tests::random::{Tape, record};
use indicia_tests::reference::Rows;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value as Json;

/// Tries a claim on so many tapes, each in two parts; on failure on ever simpler ones.
pub(crate) fn prove(cases: u32, lengths: [usize; 2], claim: impl Fn(&[u16], &[u16]) -> Result<(), String>) {
    let times = std::env::var("INDICIA_PROOF").ok().and_then(|times| times.parse::<u32>().ok()).unwrap_or(1).max(1);
    let config = Config {
        cases: cases * times,
        failure_persistence: None,
        max_shrink_iters: 6000,
        max_shrink_time: 25_000,
        ..Config::default()
    };
    let mut seed = [7; 32];
    if let Some(own) = std::env::var("INDICIA_SEED").ok().and_then(|seed| seed.parse().ok()) {
        seed = [own; 32];
    }
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let tapes = lengths.map(|length| vec(any::<u16>(), 8..length).boxed());
    let [first, second] = tapes;
    if let Some(shown) = std::env::var("INDICIA_TRIAGE").ok().and_then(|shown| shown.parse().ok()) {
        return triage(&mut runner, &(first, second), cases * times, shown, &claim);
    }
    let run = runner.run(&(first, second), |(first, second)| claim(&first, &second).map_err(TestCaseError::fail));
    match run {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(TestError::Abort(reason)) => panic!("gave up: {reason}"),
    }
}

/// Tries all cases without shrinking and shows the shortest failures: what to look at first when many differ.
fn triage(
    runner: &mut TestRunner,
    tapes: &impl Strategy<Value = (Vec<u16>, Vec<u16>)>,
    cases: u32,
    shown: usize,
    claim: &dyn Fn(&[u16], &[u16]) -> Result<(), String>,
) {
    let mut failures = Vec::new();
    for _ in 0..cases {
        let Ok(tree) = tapes.new_tree(runner) else { continue };
        let (first, second) = tree.current();
        failures.extend(claim(&first, &second).err());
    }
    failures.sort_by_key(String::len);
    let count = failures.len();
    let kind = |failure: &String| -> String {
        let head = failure.split("\nlet ").next().and_then(|head| head.split("\nsetting").next());
        let head = head.and_then(|head| head.split("\nindicator").next()).unwrap_or_default();
        head.chars().filter(|c| !c.is_ascii_digit()).collect()
    };
    let mut kinds = std::collections::BTreeSet::new();
    failures.retain(|failure| kinds.insert(kind(failure)));
    failures.truncate(shown);
    assert!(count == 0, "{count} of {cases} fail, the shortest:\n{}", failures.join("\n=====\n"));
}

/// A ruleset of these files with these rows.
pub(crate) fn sources(files: &[(&str, &str)], rows: &Rows) -> Sources {
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

/// The compiled ruleset, or its errors with the text.
pub(crate) fn compile(text: &str, rows: &Rows) -> Result<Ruleset, String> {
    Ruleset::from_sources(&sources(&[("rules.indicia", text)], rows)).map_err(|error| match error {
        RulesetError::Compile { diagnostics } => {
            let errors = diagnostics.iter().filter(|found| found.is_error());
            let list: Vec<String> = errors.map(|found| format!("{} {}", found.code, found.message)).collect();
            format!("the drawn ruleset does not check: {list:#?}\n{text}")
        }
        other => other.to_string(),
    })
}

/// One application and the day that the caller gives, if any.
#[derive(Debug)]
pub(crate) struct Application {
    pub(crate) record: Json,
    pub(crate) as_of: Option<String>,
}

impl Application {
    /// Five applications, each from its fifth of the tape.
    pub(crate) fn draw(facts: &[u16], quirks: record::Quirks) -> Vec<Self> {
        let draw = |facts| {
            let mut facts = Tape::new(facts);
            let as_of = facts.chance(30).then(|| "2020-03-01".to_owned());
            Self { record: record::application(&mut facts, quirks), as_of }
        };
        facts.chunks(facts.len().div_ceil(5).max(1)).map(draw).collect()
    }

    pub(crate) fn options(&self) -> ScreenOptions {
        let mut options = ScreenOptions::default().with_limits(Limits::default());
        options.as_of.clone_from(&self.as_of);
        options
    }

    pub(crate) fn screen(&self, ruleset: &Ruleset) -> Result<Verdict, String> {
        ruleset.screen_value(&self.record, &self.options()).map_err(|error| error.to_string())
    }

    /// For a failure.
    pub(crate) fn told(&self) -> String {
        format!("record: {}\nas_of: {:?}", self.record, self.as_of)
    }
}

/// The truth of an indicator as a verdict tells it; a clear indicator in the shadow looks like an unknown one.
pub(crate) fn truth_of(verdict: &Verdict, id: &str) -> Truth {
    if verdict.raised.iter().chain(&verdict.shadow).any(|raised| raised.indicator == id) {
        Truth::True
    } else if verdict.unknown.iter().any(|unknown| unknown.indicator == id) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
