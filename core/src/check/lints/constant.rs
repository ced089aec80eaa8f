//! W0701: conditions that are always true or false, whatever the record holds.
//!
//! The innermost one is told, and nothing around it that is constant for its sake. A condition that is only sometimes
//! unknown is no mistake; one that can never be true is, wherever its truth would count.

use super::Lints;
use super::facts::Facts;
use super::fold::{Cause, Folder, Found, Side};
use super::range::Values;
use super::truths::Truths;
use crate::check::codes;
use crate::check::tree::Typed;
use crate::check::types::Ty;

impl Lints<'_> {
    pub(super) fn constants(&mut self) {
        let values = self.values();
        let mut folder = Folder { told: Some(Vec::new()), ..Folder::silent(values) };
        for (index, found) in self.checked.lets.iter().enumerate() {
            let found = if matches!(found.value.ty, Ty::Truth | Ty::Bool) {
                folder.fold(&found.value, Side::Both)
            } else {
                folder.inside(&found.value);
                Found { truths: Truths::ANY, told: false }
            };
            folder.lets.insert(index, found);
        }
        let mut exceptions = Vec::new();
        for indicator in &self.checked.indicators {
            folder.lists(&indicator.binders);
            let when = folder.fold(&indicator.when, Side::True);
            let Some(unless) = &indicator.unless else { continue };
            let exception = folder.fold(unless, Side::True);
            if when.told || exception.told {
                continue;
            }
            let mut facts = Facts::default();
            facts.assume(&values, &indicator.when, true);
            facts.assume(&values, unless, false);
            if facts.contradict(&values) {
                exceptions.push((unless.at, indicator.name.clone()));
            }
        }
        for (typed, truths, cause) in folder.told.unwrap_or_default() {
            self.tell_constant(typed, truths, cause);
        }
        for (at, name) in exceptions {
            let message = format!("exception of `{name}` holds whenever its condition does");
            self.warn(codes::ALWAYS, at, message, "so it is never raised").help =
                Some("narrow the exception, or leave the indicator out".to_owned());
        }
        self.constant_outcomes();
    }

    /// Outcomes that can't be reached are another lint's business; parts that count for nothing are told here.
    fn constant_outcomes(&mut self) {
        let reach = self.reach();
        for (rule, _) in self.checked.decide.rules.iter().flatten() {
            let mut folder = Folder::silent(Values { reach, ..self.values() });
            if !folder.truths(rule).has(Truths::TRUE) {
                continue;
            }
            folder.told = Some(Vec::new());
            folder.fold(rule, Side::True);
            for (typed, truths, cause) in folder.told.unwrap_or_default() {
                self.tell_constant(typed, truths, cause);
            }
        }
    }

    fn tell_constant(&mut self, typed: &Typed, truths: Truths, cause: Cause) {
        let message = if truths == Truths::TRUE {
            "condition is always true"
        } else if truths == Truths::FALSE {
            "condition is always false"
        } else if truths.has(Truths::TRUE) && truths.is_constant() {
            "condition is true whenever it can be judged"
        } else if truths.has(Truths::TRUE) {
            "condition can never be false"
        } else {
            "condition can never be true"
        };
        let (label, help) = match cause {
            Cause::Plain => ("", "compare with a field of the record, or leave it out"),
            Cause::Itself => ("both sides are the same", "name two different values"),
            Cause::PartialDate => (
                "a date without a day is never surely the same as another",
                "compare with `<` or `>`, or compare `.year`",
            ),
            Cause::Exclusive => ("its parts exclude each other", "did you mean `or`?"),
            Cause::Exhaustive => ("its parts leave nothing out", "did you mean `and`?"),
        };
        self.warn(codes::ALWAYS, typed.at, message, label).help = Some(help.to_owned());
    }
}
