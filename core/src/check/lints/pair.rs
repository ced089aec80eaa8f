//! W0705: conditions over an unordered pair that depend on which of the two comes first.

use super::Lints;
use super::key::{bound_key, key, swapped_key};
use crate::check::codes;
use crate::check::tree::{At, Kind, TBinder, Typed};

impl Lints<'_> {
    pub(super) fn pairs(&mut self) {
        for found in &self.checked.lets {
            self.pairs_inside(&found.value);
        }
        for indicator in &self.checked.indicators {
            for body in std::iter::once(&indicator.when).chain(&indicator.unless) {
                self.pairs_of(&indicator.binders, body);
                self.pairs_inside(body);
            }
        }
    }

    fn pairs_inside(&mut self, typed: &Typed) {
        if let Kind::Quantified { binders, body, .. } | Kind::Aggregate { binders, body, .. } = &typed.kind {
            self.pairs_of(binders, body);
        }
        for part in super::parts(typed) {
            self.pairs_inside(part);
        }
    }

    fn pairs_of(&mut self, binders: &[TBinder], body: &Typed) {
        for (index, binder) in binders.iter().enumerate() {
            let Some((second, slot)) = &binder.pair else { continue };
            let swap = (binder.slot, *slot);
            let others: Vec<TBinder> = binders
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .map(|(_, binder)| binder.clone())
                .collect();
            if bound_key(&others, body, None) == bound_key(&others, body, Some(swap)) {
                continue;
            }
            let at = uneven(body, swap);
            let message = format!("condition depends on which of `{}` and `{second}` comes first", binder.name);
            let help = format!(
                "a pair has no order: ask for both directions with `or`, or bind both apart with `{} in …, {second} in …`",
                binder.name
            );
            self.warn(codes::ASYMMETRIC_PAIR, at, message, "").help = Some(help);
        }
    }
}

/// The first part that has no counterpart with the two exchanged.
fn uneven(body: &Typed, swap: (u8, u8)) -> At {
    match &body.kind {
        Kind::And(parts) | Kind::Or(parts) => {
            let keys: Vec<String> = parts.iter().map(key).collect();
            let lone = parts.iter().find(|part| !keys.contains(&swapped_key(part, swap)));
            lone.map_or(body.at, |part| uneven(part, swap))
        }
        Kind::Not(inner) | Kind::Known(inner) => uneven(inner, swap),
        _ => body.at,
    }
}
