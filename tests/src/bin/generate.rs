//! `generate --count N [--seed N] [--countries N] [--fraud PER_MILLE]`: synthetic applications as JSON Lines on stdout.

use indicia_tests::generate::Plan;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: generate --count N [--seed N] [--countries 1..40] [--fraud PER_MILLE]";

fn plan(mut arguments: impl Iterator<Item = String>) -> Option<(u64, Plan)> {
    let (mut count, mut plan) = (1000, Plan::default());
    while let Some(name) = arguments.next() {
        let value: u64 = arguments.next()?.parse().ok()?;
        let small = usize::try_from(value).ok()?;
        match name.as_str() {
            "--count" => count = value,
            "--seed" => plan.seed = value,
            "--countries" if (1..=40).contains(&value) => plan.countries = small,
            "--fraud" if value <= 1000 => plan.fraud_per_mille = small,
            _ => return None,
        }
    }
    Some((count, plan))
}

fn main() -> ExitCode {
    let Some((count, plan)) = plan(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        let written = serde_json::to_writer(&mut out, &plan.application(number)).map_err(std::io::Error::from);
        if written.and_then(|()| out.write_all(b"\n")).is_err() {
            return ExitCode::FAILURE;
        }
    }
    if out.flush().is_err() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
