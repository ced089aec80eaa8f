//! Texts against each other: equal, alike, mentioned, in agreement, near, matching.

use super::text::TextRef;
use super::{Eval, Got};
use crate::check::types::Ty;
use crate::compile::program::Value;
use crate::domain::edits;
use crate::domain::names;
use crate::domain::text::{fold_case_only, fold_short, is_latin, share_a_script};
use crate::truth::Truth;
use crate::verdict::Why;
use indicia_dsl::ast::CompareOp;

fn equal_or_not(equal: bool, same: Truth) -> Truth {
    if equal { same } else { same.not() }
}

/// Whether two texts can be compared at all.
fn comparable(a: &str, b: &str) -> bool {
    (is_latin(a) && is_latin(b)) || share_a_script(a, b)
}

/// Texts up to this length are folded on the stack.
pub(super) const SHORT: usize = 128;

/// Two folded texts against each other.
#[inline]
pub(crate) fn alike(op: CompareOp, a: &[u8], b: &[u8]) -> bool {
    match op {
        CompareOp::Contains => match b.split_first() {
            Some((first, rest)) => {
                memchr::memchr_iter(*first, a).any(|at| a.get(at + 1..).is_some_and(|behind| behind.starts_with(rest)))
            }
            None => true,
        },
        CompareOp::StartsWith => a.starts_with(b),
        CompareOp::EndsWith => a.ends_with(b),
        _ => a == b,
    }
}

impl Eval<'_, '_> {
    #[inline(never)]
    pub(super) fn texts_equal(&mut self, left: &Value, right: &Value, equal: bool) -> Truth {
        let (Ok(a), Ok(b)) = (self.text(left), self.text(right)) else { return Truth::Unknown };
        let (a, b) = (self.str_of(a), self.str_of(b));
        let same = if left.ty == Ty::Identifier || right.ty == Ty::Identifier {
            a.eq_ignore_ascii_case(b) || (!a.is_ascii() || !b.is_ascii()) && fold_case_only(a) == fold_case_only(b)
        } else {
            a == b
        };
        equal_or_not(equal, Truth::from(same))
    }

    #[inline(never)]
    pub(super) fn like(&mut self, op: CompareOp, left: &Value, right: &Value) -> Truth {
        self.find_like(op, left, right).unwrap_or(Truth::Unknown)
    }

    fn find_like(&mut self, op: CompareOp, left: &Value, right: &Value) -> Got<Truth> {
        let (a, b) = (self.text(left)?, self.text(right)?);
        if let Some(found) = self.like_short(op, a, b) {
            return found;
        }
        if !comparable(self.str_of(a), self.str_of(b)) {
            return Err(Why::Undecidable);
        }
        let (a, b) = (self.folded(a), self.folded(b));
        let (a, b) = (self.fold_str(a), self.fold_str(b));
        if a.is_empty() || b.is_empty() {
            return Err(Why::Undecidable);
        }
        Ok(Truth::from(alike(op, a.as_bytes(), b.as_bytes())))
    }

    /// Short Latin texts, without keeping what they fold to.
    fn like_short(&self, op: CompareOp, a: TextRef, b: TextRef) -> Option<Got<Truth>> {
        let (mut left, mut right) = ([0; SHORT], [0; SHORT]);
        let a = self.folded_short(a, &mut left)?;
        let b = self.folded_short(b, &mut right)?;
        Some(if a.is_empty() || b.is_empty() { Err(Why::Undecidable) } else { Ok(Truth::from(alike(op, a, b))) })
    }

    /// The folded form of a short Latin text.
    #[inline]
    fn folded_short<'b>(&'b self, text: TextRef, buffer: &'b mut [u8; SHORT]) -> Option<&'b [u8]> {
        if let Some(prepared) = self.prepared(text) {
            return prepared.is_latin.then_some(prepared.folded.as_bytes());
        }
        fold_short(self.str_of(text), buffer)
    }

    pub(super) fn mentions(&mut self, exactly: bool, left: &Value, right: &Value) -> Got<Truth> {
        let (a, b) = (self.text(left)?, self.text(right)?);
        let (a, b) = (self.words(a), self.words(b));
        match (self.words_of(a), self.words_of(b)) {
            (Some(a), Some(b)) if !a.is_empty() && !b.is_empty() && a.share_a_script(b) => {
                Ok(Truth::from(a.mentions(b, exactly)))
            }
            _ => Err(Why::Undecidable),
        }
    }

    pub(super) fn agrees(&mut self, kind: names::Kind, left: &Value, right: &Value) -> Got<Truth> {
        let (a, b) = (self.text(left)?, self.text(right)?);
        Ok(self.w.agree(kind, self.str_of(a).as_bytes(), self.str_of(b).as_bytes()))
    }

    pub(super) fn edits(&mut self, count: usize, left: &Value, right: &Value) -> Got<Truth> {
        let (a, b) = (self.text(left)?, self.text(right)?);
        let (a, b) = (self.str_of(a), self.str_of(b));
        if !comparable(a, b) {
            return Err(Why::Undecidable);
        }
        Ok(Truth::from(edits::at_most(a, b, count)))
    }

    pub(super) fn matches(&mut self, value: &Value, regex: u32) -> Got<bool> {
        let text = self.text(value)?;
        let p = self.p;
        Ok(p.regexes.get(regex as usize).is_some_and(|regex| regex.is_match(self.str_of(text))))
    }
}
