//! Whether a value is in a declared list, or among the elements of a list of the record.

use super::binders::Flow;
use super::likeness::SHORT;
use super::test::known;
use super::text::TextRef;
use super::{Eval, Got};
use crate::check::types::Ty;
use crate::compile::program::{BinderPlan, Cond, Entries, Value};
use crate::domain::text::{fold_case_only, fold_short};
use crate::truth::Truth;
use crate::verdict::Why;

impl Eval<'_, '_> {
    #[inline(never)]
    pub(super) fn in_list(&mut self, value: &Value, list: u32) -> Truth {
        known(self.find_in_list(value, list))
    }

    fn find_in_list(&mut self, value: &Value, list: u32) -> Got<bool> {
        let p = self.p;
        let Some(list) = p.lists.get(list as usize) else { return Err(Why::NotListed) };
        // Nothing is among no entries, not even what is missing.
        if list.entries.is_empty() {
            return Ok(false);
        }
        match &list.entries {
            Entries::Unfilled => {
                self.probe(value)?;
                Err(Why::NotListed)
            }
            Entries::Texts { folded, lower, ends } => {
                let text = self.text(value)?;
                if value.ty == Ty::Identifier {
                    let text = self.str_of(text);
                    let plain = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
                    return Ok(
                        lower.contains(text.as_bytes()) || !plain && lower.contains(fold_case_only(text).as_bytes())
                    );
                }
                let mut buffer = [0; SHORT];
                if let Some(short) = fold_short(self.str_of(text), &mut buffer) {
                    return if short.is_empty() {
                        Err(Why::Undecidable)
                    } else {
                        Ok(!ends.exclude(short) && folded.contains(short))
                    };
                }
                let text = self.folded(text);
                let text = self.fold_str(text);
                if text.is_empty() { Err(Why::Undecidable) } else { Ok(folded.contains(text.as_bytes())) }
            }
            Entries::Canonical(known) => {
                let text = self.canonical(value)?;
                Ok(known.contains(self.str_of(text)))
            }
            Entries::Codes(known) => Ok(known.contains(&self.code(value)?)),
            Entries::Numbers(known) => Ok(known.contains(&(self.number(value)? + 0.0).to_bits())),
            Entries::Networks(networks) => {
                let ip = self.ip(value)?;
                Ok(networks.iter().any(|network| network.contains(ip)))
            }
            Entries::Hashes(known) => {
                let hash = self.hashed(value)?;
                Ok(known.contains(hash.as_str()))
            }
        }
    }

    /// The keyed hash of a value's canonical form; of text the folded form.
    fn hashed(&mut self, value: &Value) -> Got<String> {
        if value.ty.is_text() && value.ty != Ty::Identifier {
            let text = self.text(value)?;
            let folded = self.folded(text);
            let folded = self.fold_str(folded).to_owned();
            let piece = self.w.keep(&folded);
            return self.hash(TextRef::Piece(piece));
        }
        let text = self.canonical(value)?;
        self.hash(text)
    }

    pub(super) fn in_elements(&mut self, plan: &BinderPlan, equality: &Cond) -> Truth {
        let plans = std::slice::from_ref(plan);
        let (mut found, mut open) = (false, false);
        let walked = self.walk(plans, &mut |eval| {
            match eval.truth(equality) {
                Truth::True => found = true,
                Truth::Unknown => open = true,
                Truth::False => {}
            }
            if found { Flow::Stop } else { Flow::On }
        });
        if found {
            Truth::True
        } else if walked.lack.is_some() || open {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}
