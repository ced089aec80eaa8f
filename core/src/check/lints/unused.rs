//! W0702: declarations that nothing uses. What one unused `let` uses counts as used, until that `let` is gone.

use super::Lints;
use crate::check::codes;
use crate::check::tree::{At, Reads};

impl Lints<'_> {
    pub(super) fn unused(&mut self) {
        let checked = self.checked;
        let mut used = Reads::default();
        used.join(self.decide_reads);
        for indicator in &checked.indicators {
            used.join(&indicator.reads);
        }
        for found in &checked.lets {
            used.join(&found.reads);
        }
        for (index, found) in checked.lets.iter().enumerate() {
            if !used.lets.contains(&index) {
                self.tell_unused("value", &found.name, found.at);
            }
        }
        for (index, found) in checked.settings.iter().enumerate() {
            if !used.settings.contains(&index) {
                self.tell_unused("setting", &found.name, found.at);
            }
        }
        for (index, found) in checked.lists.iter().enumerate() {
            if !used.lists.contains(&index) {
                self.tell_unused("list", &found.name, found.at);
            }
        }
        for (index, found) in checked.tables.iter().enumerate() {
            if !used.tables.contains(&index) {
                self.tell_unused("table", &found.name, found.at);
            }
        }
    }

    fn tell_unused(&mut self, what: &str, name: &str, at: At) {
        self.warn(codes::UNUSED, at, format!("{what} `{name}` is never used"), "").help =
            Some("use it in an indicator, or leave it out".to_owned());
    }
}
