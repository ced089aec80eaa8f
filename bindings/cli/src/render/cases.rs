//! The report of a ruleset's cases: as text, and as `JUnit` XML.

use super::values::safe;
use crate::console::Theme;
use crate::wrap::{self, counted};
use indicia::{CaseReport, CaseResult, IndicatorCoverage};
use std::fmt::Write as _;

/// What of the report is told as text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'s> {
    /// Whether coverage makes sense: not where only some cases were run.
    pub(crate) coverage: bool,
    pub(crate) theme: Theme,
    /// The extended ruleset whose indicators were left out.
    pub(crate) base: Option<&'s str>,
}

/// What failed, what was not shown, and counts.
pub(crate) fn text(report: &CaseReport, shown: Shown<'_>) -> String {
    let mut out = String::new();
    for cases in report.cases.chunk_by(|a, b| a.file == b.file) {
        file(&mut out, cases, shown.theme);
    }
    if shown.coverage {
        coverage(&mut out, &report.coverage, shown);
    }
    probes(&mut out, report, shown.theme);
    let failed = report.cases.iter().filter(|case| !case.passed()).count();
    let _ = writeln!(out, "\n{} passed, {failed} failed", report.cases.len() - failed);
    out
}

fn file(out: &mut String, cases: &[CaseResult], theme: Theme) {
    let Some(first) = cases.first() else { return };
    let (name, good, bad) = (theme.name(), theme.good(), theme.bad());
    let holding = cases.iter().filter(|case| case.passed()).count();
    let (style, word) = if holding == cases.len() { (good, "ok  ") } else { (bad, "FAIL") };
    let verb = if cases.len() == 1 { "holds" } else { "hold" };
    let _ = writeln!(
        out,
        "{style}{word}{style:#}  {name}{}{name:#}: {holding} of {} {verb}",
        safe(&first.file),
        counted(cases.len() as u64, "case")
    );
    for case in cases.iter().filter(|case| !case.passed()) {
        let _ = writeln!(out, "      {}", safe(&case.name));
        for difference in &case.differences {
            wrap::paragraph(out, &safe(difference), "        - ", "          ", theme.width);
        }
    }
}

fn coverage(out: &mut String, coverage: &[IndicatorCoverage], shown: Shown<'_>) {
    let with_gaps: Vec<(&IndicatorCoverage, Vec<String>)> =
        coverage.iter().map(|indicator| (indicator, indicator.gaps())).filter(|(_, gaps)| !gaps.is_empty()).collect();
    let whole = coverage.len() - with_gaps.len();
    let own = shown.base.map(|base| format!(" (those of `{}`: --all)", safe(base))).unwrap_or_default();
    let count = counted(coverage.len() as u64, "indicator");
    let _ = writeln!(out, "\ncoverage: {whole} of {count} shown in every truth{own}");
    for (indicator, gaps) in with_gaps {
        let theme = shown.theme;
        let name = theme.name();
        let head = format!("  {name}{}{name:#}: ", indicator.indicator);
        wrap::paragraph(out, &safe(&gaps.join("; ")), &head, "    ", theme.width);
    }
}

fn probes(out: &mut String, report: &CaseReport, theme: Theme) {
    let skipped =
        if report.probes_skipped > 0 { format!(", {} not possible", report.probes_skipped) } else { String::new() };
    let found = report.probe_failures.len();
    let _ = writeln!(out, "\nprobes: {} made, {found} found something{skipped}", report.probes);
    for failure in &report.probe_failures {
        let bad = theme.bad();
        let head = format!("{bad}FAIL{bad:#}  {}: {}: ", safe(&failure.file), safe(&failure.case));
        wrap::paragraph(out, &safe(&failure.message), &head, "      ", theme.width);
    }
}

/// `JUnit` XML: a suite per case file, and one for what probes found.
pub(crate) fn junit(report: &CaseReport, ruleset: &str) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (tests, failures) = (report.cases.len() + report.probe_failures.len(), report.failed());
    let _ = writeln!(out, "<testsuites name=\"{}\" tests=\"{tests}\" failures=\"{failures}\">", xml(ruleset));
    for cases in report.cases.chunk_by(|a, b| a.file == b.file) {
        let Some(first) = cases.first() else { continue };
        let failed = cases.iter().filter(|case| !case.passed()).count();
        let suite = xml(&first.file);
        let _ = writeln!(out, "  <testsuite name=\"{suite}\" tests=\"{}\" failures=\"{failed}\">", cases.len());
        for case in cases {
            test_case(&mut out, &suite, &case.name, &case.differences);
        }
        out.push_str("  </testsuite>\n");
    }
    if !report.probe_failures.is_empty() {
        let count = report.probe_failures.len();
        let _ = writeln!(out, "  <testsuite name=\"probes\" tests=\"{count}\" failures=\"{count}\">");
        for failure in &report.probe_failures {
            let name = format!("{}: {}: {}", failure.file, failure.case, failure.indicator);
            test_case(&mut out, "probes", &name, std::slice::from_ref(&failure.message));
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn test_case(out: &mut String, suite: &str, name: &str, differences: &[String]) {
    let _ = write!(out, "    <testcase classname=\"{suite}\" name=\"{}\"", xml(name));
    let Some(first) = differences.first() else {
        out.push_str("/>\n");
        return;
    };
    let _ = writeln!(
        out,
        ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
        xml(first),
        xml(&differences.join("\n"))
    );
}

/// Text within XML. Characters that XML can't hold are replaced.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Shown, junit, text};
    use crate::console::Theme;
    use indicia::CaseReport;

    fn report() -> CaseReport {
        serde_json::from_value(serde_json::json!({
            "cases": [
                { "file": "a.cases.yaml", "name": "holds", "differences": [], "outcome": "clear", "score": 0 },
                { "file": "a.cases.yaml", "name": "a < b", "differences": ["score: expected 5, found 0"], "outcome": "clear", "score": 0 },
            ],
            "coverage": [
                { "indicator": "x", "file": "a.indicia", "raised": 1, "clear": 0, "unknown": 0, "can_be_unknown": true, "leaves": [] },
            ],
            "probes": 3, "probes_skipped": 0,
            "probe_failures": [{ "probe": "field_dropped", "file": "a.cases.yaml", "case": "holds", "indicator": "x", "paths": ["a"], "message": "`x` is raised once `a` is missing" }],
        }))
        .unwrap()
    }

    #[test]
    fn text_names_what_failed() {
        let expected = "\
FAIL  a.cases.yaml: 1 of 2 cases hold
      a < b
        - score: expected 5, found 0

coverage: 0 of 1 indicator shown in every truth
  x: never clear; never unknown

probes: 3 made, 1 found something
FAIL  a.cases.yaml: holds: `x` is raised once `a` is missing

1 passed, 1 failed
";
        assert_eq!(text(&report(), Shown { coverage: true, theme: Theme::plain(), base: None }), expected);
    }

    #[test]
    fn junit_escapes_names() {
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"r\" tests=\"3\" failures=\"2\">
  <testsuite name=\"a.cases.yaml\" tests=\"2\" failures=\"1\">
    <testcase classname=\"a.cases.yaml\" name=\"holds\"/>
    <testcase classname=\"a.cases.yaml\" name=\"a &lt; b\">
      <failure message=\"score: expected 5, found 0\">score: expected 5, found 0</failure>
    </testcase>
  </testsuite>
  <testsuite name=\"probes\" tests=\"1\" failures=\"1\">
    <testcase classname=\"probes\" name=\"a.cases.yaml: holds: x\">
      <failure message=\"`x` is raised once `a` is missing\">`x` is raised once `a` is missing</failure>
    </testcase>
  </testsuite>
</testsuites>
";
        assert_eq!(junit(&report(), "r"), expected);
    }
}
