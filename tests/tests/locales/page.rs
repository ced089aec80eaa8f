//! The page `docs/fairness-bench.md`: rates per indicator, fraud and locale.

use super::survey::{FRAUDS_PER_LOCALE, PER_LOCALE, Survey};
use indicia_tests::locales::data::Locale;
use indicia_tests::locales::fraud::FRAUDS;
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "<!-- Written by tests/tests/locales.rs with INDICIA_BLESS=1. -->\n\n# Rates of the fairness bench\n\n\
What the shipped ruleset says about invented honest people of many locales, and about frauds injected into their applications. \
[fairness.md](fairness.md#the-locale-bench) says how the bench works.\n\n\
**These rates are no false-positive rates of yours.** How many invented people move, use a VPN or write their name in two ways was \
set by hand. The rates show whether an indicator treats locales alike, and which honest habits it sees.\n";

fn text(survey: &Survey, locales: &[Locale]) -> String {
    let mut page = HEAD.to_owned();
    let (least, most) = survey.coverage.range();
    let _ = writeln!(
        page,
        "\n{} locales, {PER_LOCALE} honest applications each: {} of {} came out above `clear`. Of all indicators, {:.1} % are judged \
         ({least:.1} to {most:.1} % by locale).",
        locales.len(),
        survey.above_clear.len(),
        locales.len() as u64 * PER_LOCALE,
        survey.coverage.mean(),
    );
    page += "\n## Indicators raised on honest people\n\nIn percent of the applications; lowest and highest over the locales. Not \
             listed: raised on nobody.\n\n| indicator | severity | mean | lowest | highest |\n| --- | --- | ---: | ---: | ---: |\n";
    for (id, counts) in survey.raised.iter().filter(|(_, counts)| counts.mean() > 0.0) {
        let (least, most) = counts.range();
        let _ = writeln!(page, "| `{id}` | {} | {:.2} | {least:.1} | {most:.1} |", survey.severity[id], counts.mean());
    }
    let (least, most) = survey.any.range();
    let _ = writeln!(
        page,
        "| any above `info`, but for the one below | | {:.2} | {least:.1} | {most:.1} |",
        survey.any.mean()
    );
    page += "\n`info` is worth one point and may differ between locales: it says something about addresses in Latin letters or numbers \
             of North America. Above `info`, the test lets rates differ by one point. Known to differ by more:\n\n";
    for (id, points, reason) in super::KNOWN {
        let _ = writeln!(page, "- `{id}`, by up to {points} points: {reason}.");
    }
    if !survey.never_judged.is_empty() {
        let never: Vec<String> = survey.never_judged.iter().map(|id| format!("`{id}`")).collect();
        let _ = writeln!(page, "\nNever judged, since the bench gives too little: {}.", never.join(", "));
    }
    let _ = writeln!(
        page,
        "\n## Injected frauds\n\nEach injected into {FRAUDS_PER_LOCALE} honest applications of each locale; in percent of them, the \
         named indicator is raised.\n\n| fraud | indicator | mean | lowest | highest |\n| --- | --- | ---: | ---: | ---: |"
    );
    for fraud in FRAUDS {
        let counts = &survey.injected[fraud.name];
        let (least, most) = counts.range();
        let _ = writeln!(
            page,
            "| {} | `{}` | {:.1} | {least:.1} | {most:.1} |",
            fraud.name,
            fraud.indicator,
            counts.mean()
        );
    }
    page += "\n## Locales\n\nRaised: any indicator above `info`, but for those known to differ. Judged: share of the indicators. In percent.\n\n\
             | locale | raised | judged |\n| --- | ---: | ---: |\n";
    let rate = |rates: &[(f64, &str)], locale: &str| {
        rates.iter().find(|(_, name)| *name == locale).map_or(0.0, |(rate, _)| *rate)
    };
    let (any, coverage) = (survey.any.rates(), survey.coverage.rates());
    for Locale { locale, .. } in locales {
        let _ = writeln!(page, "| {locale} | {:.1} | {:.1} |", rate(&any, locale), rate(&coverage, locale));
    }
    page
}

/// Compares the page with what was counted, or writes it.
pub(super) fn check(survey: &Survey, locales: &[Locale]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/fairness-bench.md");
    let made = text(survey, locales);
    println!("{made}");
    if std::env::var_os("INDICIA_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page == made,
        "docs/fairness-bench.md is stale; write it anew:\n  INDICIA_BLESS=1 cargo test -p indicia-tests --test locales"
    );
}
