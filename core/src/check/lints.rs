//! Lints: what is allowed but deserves a look. Each has a code and a page.

use super::Checker;

impl Checker<'_> {
    pub(super) fn lint(&mut self) {}
}
