//! Exit codes, and which one wins when several hold. They are part of the public interface.

use std::process::ExitCode;

/// What `--help` prints about the exit codes.
pub(crate) const HELP: &str = "\
Exit codes:
  0    success
  1    findings: an application reached --fail-on, --fail-on-unrecognised found one, a case failed,
       `fmt --check` found differences, `docs --check` found stale pages, or
       `check --deny-warnings` found warnings
  2    usage: unknown option, outcome, list, mapping or indicator; a key or list file that can't
       be used; an output that is an input as well; no case matches `test --filter`
  3    input: some file or record could not be read, or the output could not be written
  4    ruleset: it has errors or can't be loaded
  130  stopped by Ctrl-C
  141  the reader of the output went away
When several hold, usage wins, then ruleset, then input, then findings.";

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All went well.
    Success,
    /// Findings at or above the threshold, failing cases, differences.
    Findings,
    /// Some record could not be read, or output could not be written.
    Input,
    /// The ruleset has errors.
    Ruleset,
    /// The command line itself is wrong.
    Usage,
    /// The reader of the output went away.
    BrokenPipe,
    /// Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The graver of the two: the variants stand in the order of precedence.
    pub(crate) fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// The number that the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Ruleset => 4,
            Self::Interrupted => 130,
            Self::BrokenPipe => 141,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn usage_beats_ruleset_beats_input_beats_findings() {
        assert_eq!(Exit::Findings.and(Exit::Input), Exit::Input);
        assert_eq!(Exit::Ruleset.and(Exit::Input), Exit::Ruleset);
        assert_eq!(Exit::Ruleset.and(Exit::Usage).code(), 2);
        assert_eq!(Exit::Success.and(Exit::Findings).code(), 1);
    }
}
