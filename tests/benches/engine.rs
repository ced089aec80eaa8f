//! `cargo bench -p indicia-tests`: what loading a ruleset and screening take, over data that is generated here. Times differ from
//! machine to machine; what docs/performance.md compares are their ratios, `json/value` being the measure.

#![expect(clippy::unwrap_used, reason = "what can't run is no measure")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use indicia::{JsonLines, Limits, Ruleset, ScreenOptions, Sources};
use indicia_tests::generate::{Plan, ruleset::ruleset};
use serde_json::Value;
use std::hint::black_box;
use std::time::Duration;

const RECORDS: u64 = 500;
const INDICATORS: u64 = 1000;

/// Applications as JSON Lines.
fn applications() -> Vec<u8> {
    let mut lines = Vec::new();
    for number in 0..RECORDS {
        serde_json::to_writer(&mut lines, &Plan::default().application(number)).unwrap();
        lines.push(b'\n');
    }
    lines
}

fn shipped() -> Sources {
    Ruleset::default_ruleset().unwrap().sources().clone()
}

/// Text to tree, to findings about the rules, to a ruleset that screens. Each includes the one before.
fn loading(criterion: &mut Criterion) {
    for (name, sources) in [("shipped", shipped()), ("generated", Sources::single(ruleset(INDICATORS)))] {
        let mut group = criterion.benchmark_group(format!("load/{name}"));
        group.throughput(Throughput::Bytes(sources.rules.values().map(|text| text.len() as u64).sum()));
        group.bench_function("parse", |bench| {
            bench.iter(|| {
                for (file, text) in &sources.rules {
                    black_box(indicia_dsl::parse(file, text));
                }
            });
        });
        group.bench_function("check", |bench| bench.iter(|| indicia::check(&sources)));
        group.bench_function("compile", |bench| bench.iter(|| Ruleset::from_sources(&sources).unwrap()));
        group.finish();
    }
}

fn bundles(criterion: &mut Criterion) {
    let bundle = shipped().to_bundle();
    let mut group = criterion.benchmark_group("bundle");
    group.throughput(Throughput::Bytes(bundle.len() as u64));
    group.bench_function("read", |bench| bench.iter(|| Sources::from_bundle(&bundle).unwrap()));
    group.bench_function("load", |bench| bench.iter(|| Ruleset::from_bundle(&bundle).unwrap()));
    group.finish();
}

/// What is asked of applications once they are read. Reading is part of each.
fn screening(criterion: &mut Criterion) {
    let (lines, options) = (applications(), ScreenOptions::default().with_as_of("2026-01-15"));
    let records: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let generated = Ruleset::from_sources(&Sources::single(ruleset(INDICATORS))).unwrap();
    for (name, ruleset) in [("shipped", Ruleset::default_ruleset().unwrap()), ("generated", generated)] {
        let ids: Vec<String> = ruleset.indicators().into_iter().map(|indicator| indicator.id).collect();
        let mut screener = ruleset.screener();
        let mut group = criterion.benchmark_group(format!("screen/{name}"));
        group.throughput(Throughput::Elements(RECORDS));
        group.bench_function("read", |bench| {
            bench.iter(|| {
                for record in &records {
                    black_box(screener.read(record, &options).unwrap());
                }
            });
        });
        group.bench_function("judge", |bench| {
            bench.iter(|| {
                for record in &records {
                    black_box(screener.read(record, &options).unwrap().judge().outcome_index());
                }
            });
        });
        group.bench_function("verdict", |bench| {
            bench.iter(|| {
                for record in &records {
                    black_box(screener.read(record, &options).unwrap().verdict());
                }
            });
        });
        // One indicator each, so that all of them have their turn.
        group.bench_function("explain", |bench| {
            bench.iter(|| {
                for (record, id) in records.iter().zip(ids.iter().cycle()) {
                    black_box(screener.read(record, &options).unwrap().explain(id).unwrap());
                }
            });
        });
        group.finish();
    }
}

/// From bytes to verdicts, beside what reading the same bytes as `serde_json::Value` takes.
fn end_to_end(criterion: &mut Criterion) {
    let (lines, options) = (applications(), ScreenOptions::default().with_as_of("2026-01-15"));
    let mut screener = Ruleset::default_ruleset().unwrap().screener();
    let mut group = criterion.benchmark_group("json");
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("value", |bench| {
        bench.iter(|| {
            for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                black_box(serde_json::from_slice::<Value>(line).unwrap());
            }
        });
    });
    group.bench_function("verdict", |bench| {
        bench.iter(|| {
            let mut reader = JsonLines::new(lines.as_slice(), &Limits::default());
            while let Some(line) = reader.next_line() {
                black_box(screener.screen(line.result.unwrap(), &options).unwrap());
            }
        });
    });
    group.bench_function("verdict and its text", |bench| {
        let mut out = Vec::new();
        bench.iter(|| {
            out.clear();
            let mut reader = JsonLines::new(lines.as_slice(), &Limits::default());
            while let Some(line) = reader.next_line() {
                serde_json::to_writer(&mut out, &screener.screen(line.result.unwrap(), &options).unwrap()).unwrap();
                out.push(b'\n');
            }
            out.len()
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(5)).warm_up_time(Duration::from_secs(1));
    targets = loading, bundles, screening, end_to_end
}
criterion_main!(benches);
