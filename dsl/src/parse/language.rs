//! The language version at the head of a file.

use super::{Reader, piece, split};
use crate::code;
use crate::grammar::Rule;
use crate::span::Span;
use std::ops::Range;

impl Reader<'_> {
    /// Reports that a file does not give its language version, unless it does so further down.
    pub(super) fn missing_language(&mut self, source: &str) {
        let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
        let at = Span::new(start, start);
        if split::items(self).iter().any(|item| self.word(item.start) == "language") {
            return; // reported where it stands
        }
        let first = self.tokens.first().map_or(at, |token| token.span);
        let diagnostic = self
            .error(code::MISSING_LANGUAGE, "the file does not start with its language version", first, "")
            .with_help("write `language 1` first")
            .with_fix("write `language 1` first", self.file, at, "language 1\n\n");
        self.report(diagnostic);
    }

    /// `language 1`, which must be the first item.
    pub(super) fn language(&mut self, position: usize, item: &Range<usize>) {
        let keyword = self.place(item.start);
        if position > 0 {
            let whole = self.whole(item);
            let repeated = self.tree.language.is_some();
            let message = if repeated {
                "the language version is given twice"
            } else {
                "the language version stands first in a file"
            };
            let mut diagnostic = self.error(code::REPEATED_LANGUAGE, message, whole, "");
            if repeated {
                diagnostic = diagnostic.with_help("remove it").with_fix("remove it", self.file, whole, "");
            } else {
                diagnostic.help = Some("move it to the start of the file".to_owned());
            }
            return self.report(diagnostic);
        }
        let Some(node) = self.piece(Rule::one_language, item.clone(), piece::Shape::Language, keyword) else {
            self.tree.language = Some((1, keyword));
            return;
        };
        let (span, version) = (node.span(), node.child(Rule::integer));
        let written = version.as_ref().map_or("", |version| version.text());
        self.tree.language = Some((1, span));
        if written != "1" {
            let place = version.as_ref().map_or(span, crate::grammar::Node::span);
            let diagnostic = self
                .error(code::UNKNOWN_LANGUAGE, format!("language version `{written}` is not known"), place, "")
                .with_help("this version reads `language 1`");
            self.report(diagnostic);
        }
    }
}
