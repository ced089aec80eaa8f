//! What a run amounts to: records, outcomes, errors, blank lines, time. Printed on stderr, and the base of the exit code.

use super::row::Judged;
use crate::exit::Exit;
use crate::wrap::{counted, grouped};
use std::time::Duration;

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Summary {
    outcomes: Vec<(String, u64)>,
    errors: u64,
    /// Verdicts without an id.
    unnamed: u64,
    /// Documents of which nothing is in the record.
    pub(super) unrecognised: u64,
    /// Verdicts of which little could be judged.
    thin: u64,
    /// Blank lines that were skipped.
    pub(super) blank: u64,
}

impl Summary {
    pub(super) fn new(outcomes: &[String]) -> Self {
        Self { outcomes: outcomes.iter().map(|outcome| (outcome.clone(), 0)).collect(), ..Self::default() }
    }

    /// Counts one record.
    pub(super) fn add(&mut self, judged: Judged) {
        match judged {
            Judged::Error => self.errors += 1,
            Judged::Verdict { place, named, recognised, thin } => {
                self.thin += u64::from(thin && recognised);
                self.unnamed += u64::from(!named);
                self.unrecognised += u64::from(!recognised);
                if let Some((_, count)) = self.outcomes.get_mut(place) {
                    *count += 1;
                }
            }
        }
    }

    /// Records so far, errors among them.
    pub(super) fn records(&self) -> u64 {
        self.errors + self.outcomes.iter().map(|(_, count)| count).sum::<u64>()
    }

    /// The exit code: unreadable records win over findings. With `recognising`, an unrecognised document is one.
    pub(super) fn exit(&self, threshold: Option<usize>, recognising: bool) -> Exit {
        let found = threshold.is_some_and(|place| self.outcomes.iter().skip(place).any(|(_, count)| *count > 0));
        let findings = if found || (recognising && self.unrecognised > 0) { Exit::Findings } else { Exit::Success };
        findings.and(if self.errors > 0 { Exit::Input } else { Exit::Success })
    }

    /// One line for people.
    pub(super) fn text(&self, elapsed: Duration, stopped: bool) -> String {
        let mut parts: Vec<String> = self
            .outcomes
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{} {name}", grouped(*count)))
            .collect();
        if self.errors > 0 {
            parts.push(format!("{} not readable", grouped(self.errors)));
        }
        if self.unrecognised > 0 {
            parts.push(format!("{} with nothing recognised", grouped(self.unrecognised)));
        }
        if self.thin > 0 {
            parts.push(format!("{} hardly judged", grouped(self.thin)));
        }
        if self.unnamed > 0 {
            parts.push(format!("{} without an id", grouped(self.unnamed)));
        }
        if self.blank > 0 {
            parts.push(format!("{} skipped", counted(self.blank, "blank line")));
        }
        let seconds = elapsed.as_secs_f64();
        let records = self.records();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate for people"
        )]
        let rate = (records as f64 / seconds.max(0.001)) as u64;
        let tail = if records > 0 { format!(" in {seconds:.1} s ({} a second)", grouped(rate)) } else { String::new() };
        let stop = if stopped { "stopped by Ctrl-C after " } else { "" };
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        format!("{stop}{}{parts}{tail}", counted(records, "record"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Judged, Summary};
    use crate::exit::Exit;
    use std::time::Duration;

    #[test]
    fn the_summary_names_what_happened() {
        let mut summary = Summary::new(&["clear".to_owned(), "review".to_owned()]);
        for (place, named, recognised, thin) in
            [(0, true, true, true), (1, false, true, false), (0, false, false, true)]
        {
            summary.add(Judged::Verdict { place, named, recognised, thin });
        }
        summary.blank = 1;
        assert_eq!(
            summary.text(Duration::from_secs(1), false),
            "3 records: 2 clear, 1 review, 1 with nothing recognised, 1 hardly judged, 2 without an id, 1 blank line skipped in 1.0 s (3 a second)"
        );
        assert_eq!(summary.exit(Some(1), false), Exit::Findings);
        assert_eq!(summary.exit(None, false), Exit::Success);
        assert_eq!(summary.exit(None, true), Exit::Findings);
        summary.add(Judged::Error);
        assert_eq!(summary.exit(Some(1), false), Exit::Input);
    }
}
