//! W0706: indicators without the clauses that a reviewer needs. W0711: indicators without cases.

use super::Lints;
use crate::check::codes;
use crate::check::tree::{Checked, Piece};
use indicia_dsl::diagnostic::Diagnostic;
use std::collections::BTreeSet;

impl Lints<'_> {
    pub(super) fn clauses(&mut self) {
        for indicator in &self.checked.indicators {
            let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
            let says = indicator.because.iter().any(|piece| match piece {
                Piece::Text(text) => !text.trim().is_empty(),
                Piece::Value(_) => true,
            });
            let lacking = [
                (!says, "because", "tell the reviewer what was found, with the values: `because \"…\"`"),
                (blank(&indicator.verify), "verify", "tell the reviewer what to do next: `verify \"…\"`"),
                (blank(&indicator.caution), "caution", "name who is wrongly hit: `caution \"…\"`"),
                (indicator.sources.is_empty(), "source", "name a public source: `source \"title\" \"url\"`"),
            ];
            for (lacks, clause, help) in lacking {
                if lacks {
                    let message = format!("indicator `{}` has no `{clause}`", indicator.name);
                    self.warn(codes::INCOMPLETE_INDICATOR, indicator.name_at, message, "").help = Some(help.to_owned());
                }
            }
        }
    }
}

/// W0711 for each of the ruleset's own indicators that no case names.
pub(crate) fn without_cases(checked: &Checked, tested: &BTreeSet<String>) -> Vec<Diagnostic> {
    let own = checked.indicators.iter().filter(|indicator| indicator.at.file >= checked.own_from);
    own.filter(|indicator| !tested.contains(&indicator.name))
        .map(|indicator| {
            let file = checked.files.get(usize::from(indicator.at.file)).map_or("", String::as_str);
            let message = format!("indicator `{}` has no cases", indicator.name);
            Diagnostic::warning(codes::NO_CASES, message, file, indicator.name_at.span, "").with_help(
                "add cases in which it is raised, clear and unknown, in a file `*.cases.yaml` beside the rules",
            )
        })
        .collect()
}
