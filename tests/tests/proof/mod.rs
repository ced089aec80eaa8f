//! How the property tests draw and shrink: seeded, so that every run tries the same; `INDICIA_PROOF=N` tries N times as much.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// What is claimed of two tapes: nothing, or what is wrong.
type Claim<'c> = &'c dyn Fn(&[u16], &[u16]) -> Result<(), String>;

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
    claim: Claim<'_>,
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
