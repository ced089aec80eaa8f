//! How the property tests draw and shrink: seeded, so that every run tries the same. `INDICIA_PROOF=N` tries N times as much,
//! `INDICIA_SEED=n` something else; `INDICIA_SHRINK=0` leaves a failure as it was found.

#![allow(dead_code, reason = "each test file uses what it needs")]

use indicia_tests::conformance::folder;
use indicia_tests::shrink::{Failure, Found};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// What is claimed of two tapes: nothing, or what is wrong.
type Claim<'c> = &'c dyn Fn(&[u16], &[u16]) -> Result<(), Failure>;

/// The rulesets and applications that two tapes give.
type Draw<'d> = &'d dyn Fn(&[u16], &[u16]) -> Vec<Found>;

/// Cuts that are tried to make a failure small.
const TRIES: usize = 20_000;

/// How much is tried.
#[derive(Clone, Copy)]
pub(crate) struct Trials {
    /// So many tapes.
    pub(crate) cases: u32,
    /// How long their two parts get.
    pub(crate) lengths: [usize; 2],
}

fn asked<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

fn shrinks() -> bool {
    asked::<u32>("INDICIA_SHRINK") != Some(0)
}

/// Tries a claim on so many tapes, each in two parts; on failure on ever simpler ones.
pub(crate) fn prove<E: Into<Failure>>(
    cases: u32,
    lengths: [usize; 2],
    claim: impl Fn(&[u16], &[u16]) -> Result<(), E>,
) {
    let claim = |first: &[u16], second: &[u16]| claim(first, second).map_err(Into::into);
    if let Some((_, failure)) = search(Trials { cases, lengths }, &claim) {
        report(&failure);
    }
}

/// Tries a claim about rulesets and applications that are drawn; what fails is cut down, too.
pub(crate) fn prove_found(
    cases: u32,
    lengths: [usize; 2],
    draw: impl Fn(&[u16], &[u16]) -> Vec<Found>,
    check: impl Fn(&Found) -> Result<(), Failure>,
) {
    if let Some(failure) = smallest(Trials { cases, lengths }, &draw, &check) {
        report(&failure);
    }
}

/// The smallest failure that is found, if any.
pub(crate) fn smallest(
    trials: Trials,
    draw: Draw<'_>,
    check: &dyn Fn(&Found) -> Result<(), Failure>,
) -> Option<Failure> {
    let claim = |first: &[u16], second: &[u16]| draw(first, second).iter().try_for_each(check);
    let ([first, second], failure) = search(trials, &claim)?;
    let fails = |found: &Found| check(found).is_err_and(|failure| failure.case.is_some());
    let Some(found) = draw(&first, &second).into_iter().find(fails).filter(|_| shrinks()) else { return Some(failure) };
    check(&found.shrunk(TRIES, &fails)).err()
}

/// The shortest tapes on which a claim fails, and how.
fn search(Trials { cases, lengths }: Trials, claim: Claim<'_>) -> Option<([Vec<u16>; 2], Failure)> {
    let times = asked::<f64>("INDICIA_PROOF").unwrap_or(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of cases")]
    let cases = ((f64::from(cases) * times) as u32).max(1);
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: if shrinks() { 1000 } else { 0 },
        ..Config::default()
    };
    let seed = [asked("INDICIA_SEED").unwrap_or(7); 32];
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let [first, second] = lengths.map(|length| vec(any::<u16>(), 8..length).boxed());
    if let Some(shown) = asked("INDICIA_TRIAGE") {
        triage(&mut runner, &(first, second), cases, shown, claim);
        return None;
    }
    let said = |failure: Failure| TestCaseError::fail(failure.said);
    match runner.run(&(first, second), |(first, second)| claim(&first, &second).map_err(said)) {
        Ok(()) => None,
        Err(TestError::Fail(_, (first, second))) => {
            let failure = claim(&first, &second).err()?;
            Some(([first, second], failure))
        }
        Err(TestError::Abort(reason)) => panic!("gave up: {reason}"),
    }
}

/// Says what is wrong, and writes the case that shows it.
fn report(failure: &Failure) {
    let Some(case) = &failure.case else { panic!("{}", failure.said) };
    let name = std::thread::current().name().unwrap_or("proof").to_owned();
    let place = folder().join("../target/proof");
    let file = place.join(format!("{name}.yaml"));
    let written = std::fs::create_dir_all(&place).and_then(|()| std::fs::write(&file, case.to_string()));
    let stands = match written {
        Ok(()) => format!("written to target/proof/{name}.yaml"),
        Err(error) => format!("not written to target/proof: {error}"),
    };
    panic!(
        "{}\n\nThe case, {stands}; its last entry belongs into the file of tests/cases that fits, under a name that says what it claims:\n\n{case}",
        failure.said
    );
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
        failures.extend(claim(&first, &second).err().map(|failure| match failure.case {
            Some(case) => format!("{}\n{case}", failure.said),
            None => failure.said,
        }));
    }
    failures.sort_by_key(String::len);
    let count = failures.len();
    let kind = |failure: &String| -> String {
        let head = failure.split("\ndescription:").next().unwrap_or_default();
        head.chars().filter(|c| !c.is_ascii_digit()).collect()
    };
    let mut kinds = std::collections::BTreeSet::new();
    failures.retain(|failure| kinds.insert(kind(failure)));
    failures.truncate(shown);
    assert!(count == 0, "{count} of {cases} fail, the shortest:\n{}", failures.join("\n=====\n"));
}
