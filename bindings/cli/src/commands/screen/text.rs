//! A verdict as text for the reviewer: outcome, reasons with evidence, what to verify, what could not be judged, what comes next.

use super::Detail;
use super::row::Place;
use crate::console::Theme;
use crate::input::Fault;
use crate::render::values::{reason, safe, shown};
use crate::wrap::{self, counted};
use anstyle::Style;
use indicia::{Raised, Undecided, Verdict, Why};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Columns of the words `verify`, `caution`, `source` with the space behind them.
const LABEL: usize = 9;
/// Fields that are named per reason before the rest is counted.
const NAMED_FIELDS: usize = 6;
/// Indicators that are named before the rest is counted.
const NAMED_INDICATORS: usize = 8;

/// Less than one of so many indicators judged is little.
const THIN: u32 = 10;

/// How high an outcome stands among the ruleset's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grade {
    /// Its place, from 0.
    pub(super) place: usize,
    /// How many there are.
    pub(super) of: usize,
}

impl Grade {
    fn style(self, theme: Theme) -> Style {
        match self.place {
            0 => theme.good(),
            place if place + 1 == self.of && self.of > 2 => theme.bad(),
            _ => theme.fair(),
        }
    }
}

/// The whole text of one verdict, with a blank line behind it.
pub(super) fn verdict(verdict: &Verdict, grade: Grade, place: Place<'_>, detail: Detail, theme: Theme) -> String {
    let mut out = String::new();
    let (of_lists, unknown): (Vec<&Undecided>, Vec<&Undecided>) =
        verdict.unknown.iter().partition(|undecided| needs_lists(undecided));
    heading(&mut out, verdict, grade, place, of_lists.len(), theme);
    // What weighs most stands first; the ruleset's order decides among equals.
    let mut raised: Vec<&Raised> = verdict.raised.iter().collect();
    raised.sort_by_key(|raised| std::cmp::Reverse(raised.points));
    for raised in raised {
        indicator(&mut out, raised, false, detail, theme);
    }
    for raised in &verdict.shadow {
        indicator(&mut out, raised, true, detail, theme);
    }
    let faint = theme.faint();
    if !unknown.is_empty() {
        let _ = writeln!(out, "\n  {faint}Could not judge {}:{faint:#}", counted(unknown.len() as u64, "indicator"));
        left_open(&mut out, &unknown, detail, theme);
    }
    if !of_lists.is_empty() {
        let verb = if of_lists.len() == 1 { "needs" } else { "need" };
        let count = counted(of_lists.len() as u64, if unknown.is_empty() { "indicator" } else { "more indicator" });
        let _ = writeln!(out, "\n  {faint}{count} {verb} lists of your own:{faint:#}");
        left_open(&mut out, &of_lists, detail, theme);
    }
    problems(&mut out, verdict, detail, theme);
    next(&mut out, verdict, theme);
    out.push('\n');
    out
}

/// The text of a record that can't be read.
pub(super) fn error(fault: &Fault, file: &str, line: Option<u64>, theme: Theme) -> String {
    let bad = theme.bad();
    let place = line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"));
    let mut out = String::new();
    let head = format!("{bad}not readable{bad:#}  ");
    wrap::paragraph(&mut out, &format!("{}: {}", safe(&place), safe(&fault.message)), &head, "  ", theme.width);
    out.push('\n');
    out
}

/// Whether so little could be judged that "nothing found" hardly means anything: less than a tenth of the indicators.
pub(super) fn is_thin(verdict: &Verdict) -> bool {
    verdict.coverage.judged.saturating_mul(THIN) < verdict.coverage.of
}

/// Whether nothing but entries of lists and rows of tables lacks.
fn needs_lists(undecided: &Undecided) -> bool {
    !undecided.reasons.is_empty() && undecided.reasons.iter().all(|cause| cause.reason == Why::NotListed)
}

/// `of_lists` is the number of indicators that need lists: the verdict's coverage leaves them out.
fn heading(out: &mut String, verdict: &Verdict, grade: Grade, place: Place<'_>, of_lists: usize, theme: Theme) {
    let (strong, style, faint) = (theme.strong(), grade.style(theme), theme.faint());
    let where_it_is = place.text();
    let where_it_is = safe(&where_it_is);
    let _ = match &verdict.id {
        Some(id) if place.one_of_many => {
            write!(out, "{strong}{}{strong:#}{faint} ({where_it_is}){faint:#}", safe(id))
        }
        Some(id) => write!(out, "{strong}{}{strong:#}", safe(id)),
        None => write!(out, "{strong}{where_it_is}{strong:#}"),
    };
    let of = counted(u64::from(verdict.coverage.of), "indicator");
    let lists = match of_lists {
        0 => String::new(),
        1 => " (1 more needs lists of your own)".to_owned(),
        more => format!(" ({more} more need lists of your own)"),
    };
    let outcome = safe(&verdict.outcome);
    if grade.place == 0 && is_thin(verdict) {
        // That nothing was found says little here, and must not look like good news.
        let style = theme.fair();
        let judged = if verdict.coverage.judged == 0 {
            format!("none of {of}")
        } else {
            format!("only {} of {of}", verdict.coverage.judged)
        };
        let _ = write!(out, "  {style}{outcome}, but {judged} could be judged{style:#}{faint}{lists}{faint:#}");
        let _ = write!(out, "  score {}{faint}", verdict.score);
    } else {
        let _ = write!(out, "  {style}{outcome}{style:#}  score {}", verdict.score);
        let _ = write!(out, "{faint}, {} of {of} judged{lists}", verdict.coverage.judged);
    }
    let day = verdict
        .as_of
        .as_ref()
        .map_or_else(|| ", no evaluation date: give `--as-of`".to_owned(), |day| format!(", as of {day}"));
    let _ = writeln!(out, "{day}{faint:#}");
    if let Some(condition) = &verdict.decided_by {
        wrap::paragraph(out, &format!("because {}", safe(condition)), "  ", "    ", theme.width);
    }
}

fn indicator(out: &mut String, raised: &Raised, shadow: bool, detail: Detail, theme: Theme) {
    let (strong, faint) = (theme.strong(), theme.faint());
    let _ = writeln!(out);
    let points = if shadow { "shadow, no points".to_owned() } else { counted(u64::from(raised.points), "point") };
    let _ = writeln!(out, "  {strong}{}{strong:#}", safe(&raised.title));
    let _ =
        writeln!(out, "  {faint}{} · {} · {} · {points}{faint:#}", raised.indicator, raised.category, raised.severity);
    for finding in &raised.findings {
        wrap::paragraph(out, &safe(&finding.because), "  • ", "    ", theme.width);
        for evidence in &finding.evidence {
            let name = theme.name();
            let _ = writeln!(out, "      {name}{}{name:#} = {}", safe(&evidence.path), shown(&evidence.value));
        }
    }
    if raised.more > 0 {
        let _ = writeln!(out, "    and {}", counted(u64::from(raised.more), "more finding"));
    }
    if raised.undecided > 0 {
        let _ = writeln!(out, "    {} could not be judged", counted(u64::from(raised.undecided), "further element"));
    }
    for (label, text) in [("verify", &raised.verify), ("caution", &raised.caution), ("justified", &raised.justified)] {
        if let Some(text) = text {
            labelled(out, label, text, theme);
        }
    }
    if detail == Detail::Full {
        for source in &raised.sources {
            let url = source.url.as_deref().map(|url| format!(" {url}")).unwrap_or_default();
            labelled(out, "source", &format!("{}{url}", source.title), theme);
        }
    }
}

fn labelled(out: &mut String, label: &str, text: &str, theme: Theme) {
    let faint = theme.faint();
    let head = format!("    {faint}{label:LABEL$}{faint:#} ");
    wrap::paragraph(out, &safe(text), &head, &" ".repeat(4 + LABEL + 1), theme.width);
}

fn left_open(out: &mut String, unknown: &[&Undecided], detail: Detail, theme: Theme) {
    if detail == Detail::Full {
        unknown_in_full(out, unknown, theme);
    } else {
        unknown_in_short(out, unknown, theme);
    }
}

/// What lacks; what leaves most indicators open stands first.
fn unknown_in_short(out: &mut String, unknown: &[&Undecided], theme: Theme) {
    let mut by_reason: BTreeMap<_, BTreeMap<String, u64>> = BTreeMap::new();
    for undecided in unknown {
        for cause in &undecided.reasons {
            *by_reason.entry(cause.reason).or_default().entry(general(&cause.path)).or_default() += 1;
        }
    }
    for (why, fields) in by_reason {
        let mut fields: Vec<_> = fields.into_iter().collect();
        fields.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then(a.cmp(b)));
        let named: Vec<_> = fields.iter().take(NAMED_FIELDS).map(|(field, _)| safe(field)).collect();
        let rest = fields.len().saturating_sub(NAMED_FIELDS);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        wrap::paragraph(
            out,
            &format!("{}{more}", named.join(", ")),
            &format!("    {}: ", told(why)),
            "      ",
            theme.width,
        );
    }
}

/// A reason before the fields that it is about. What is missing is looked for in the input, whose keys may be others.
fn told(why: Why) -> &'static str {
    if why == Why::Missing { "missing (named as in the rules)" } else { reason(why) }
}

/// A path without its numbers, `resume.work[].end`: elements of one list lack for one reason.
fn general(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for (index, part) in path.split('[').enumerate() {
        if index > 0 {
            out.push('[');
        }
        let numbered = index > 0 && part.starts_with(|first: char| first.is_ascii_digit());
        out.push_str(if numbered { part.trim_start_matches(|digit: char| digit.is_ascii_digit()) } else { part });
    }
    out
}

fn unknown_in_full(out: &mut String, unknown: &[&Undecided], theme: Theme) {
    for undecided in unknown {
        let reasons: Vec<String> = undecided
            .reasons
            .iter()
            .map(|cause| format!("{} is {}", safe(&cause.path), reason(cause.reason)))
            .collect();
        wrap::paragraph(out, &reasons.join("; "), &format!("    {}: ", undecided.indicator), "      ", theme.width);
    }
}

fn problems(out: &mut String, verdict: &Verdict, detail: Detail, theme: Theme) {
    if verdict.problems.is_empty() {
        return;
    }
    let faint = theme.faint();
    let _ = writeln!(out, "\n  {faint}Given, but not readable:{faint:#}");
    let shown = if detail == Detail::Full { usize::MAX } else { NAMED_FIELDS };
    for problem in verdict.problems.iter().take(shown) {
        let text = format!("expected {}, found {}", safe(&problem.expected), safe(&problem.found));
        wrap::paragraph(out, &text, &format!("    {}: ", safe(&problem.path)), "      ", theme.width);
    }
    let rest = verdict.problems.len().saturating_sub(shown);
    if rest > 0 {
        let _ = writeln!(out, "    and {rest} more");
    }
}

fn next(out: &mut String, verdict: &Verdict, theme: Theme) {
    let Some(next) = &verdict.next else { return };
    let outcome = safe(&next.outcome);
    let mut sentences = Vec::new();
    if let Some(points) = next.points {
        sentences.push(format!("{} below `{outcome}`.", counted(u64::from(points), "point")));
    }
    let named = next.any_of.iter().take(NAMED_INDICATORS).map(String::as_str).collect::<Vec<_>>().join(", ");
    let rest = next.any_of.len().saturating_sub(NAMED_INDICATORS);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let effect = if sentences.is_empty() { format!("lead to `{outcome}`") } else { "also lead there".to_owned() };
    match next.any_of.len() {
        0 => {}
        1 => sentences.push(format!("This one, which could not be judged, would {effect} if raised: {named}.")),
        _ => {
            sentences
                .push(format!("One of these, which could not be judged, would {effect} if raised: {named}{more}."));
        }
    }
    if !sentences.is_empty() {
        out.push('\n');
        wrap::paragraph(out, &sentences.join(" "), "  ", "    ", theme.width);
    }
}

#[cfg(test)]
#[path = "tests/text.rs"]
mod tests;
