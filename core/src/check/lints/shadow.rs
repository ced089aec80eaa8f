//! W0710: active conditions that read a shadow indicator. They read it as unknown, so it can't help them to be true.

use super::Lints;
use crate::check::codes;
use crate::check::tree::{At, Kind, Typed};

impl Lints<'_> {
    pub(super) fn shadows(&mut self) {
        for indicator in self.checked.indicators.iter().filter(|indicator| !indicator.shadow) {
            let reader = format!("indicator `{}`", indicator.name);
            let help = format!("make both active, or make `{}` a shadow, too", indicator.name);
            self.reads_shadow(&indicator.when, None, &reader, &help);
            if let Some(unless) = &indicator.unless {
                self.reads_shadow(unless, None, &reader, &help);
            }
        }
        let decide = &self.checked.decide;
        for (outcome, rule) in decide.outcomes.iter().zip(&decide.rules) {
            if let Some((rule, _)) = rule {
                let help = "make the indicator active, or leave it out of the outcome";
                self.reads_shadow(rule, None, &format!("outcome `{outcome}`"), help);
            }
        }
    }

    /// `at` is where a `let` is used, if the condition stands there.
    fn reads_shadow(&mut self, typed: &Typed, at: Option<At>, reader: &str, help: &str) {
        let checked = self.checked;
        match &typed.kind {
            Kind::Raised(index) => {
                let Some(read) = checked.indicators.get(*index).filter(|read| read.shadow) else { return };
                let file = self.file(read.name_at).to_owned();
                self.insist = self.adjusted.contains(&read.name);
                let message = format!("{reader} reads `{}`, which is a shadow, as unknown", read.name);
                let diagnostic = self.warn(codes::READS_SHADOW, at.unwrap_or(typed.at), message, "");
                *diagnostic =
                    diagnostic.clone().with_label(&file, read.name_at.span, "this is a shadow").with_help(help);
                self.insist = false;
            }
            Kind::Let(index) => {
                if let Some(found) = self.values().open(*index) {
                    self.reads_shadow(&found.value, Some(at.unwrap_or(typed.at)), reader, help);
                }
            }
            _ => {
                for part in super::parts(typed) {
                    self.reads_shadow(part, at, reader, help);
                }
            }
        }
    }
}
