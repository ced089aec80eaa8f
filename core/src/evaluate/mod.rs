//! `evaluate`: a program and a bound record to truths, and from those the verdict.
//!
//! One evaluator: `truth` decides, and evidence, reasons and explanations ask it again about the parts. Evaluation is
//! total: it never fails, never panics, and its cost is bounded by [`Limits`]. It knows no clock, no file and no network.

/// The value of a `let`, found once per record and kept: however often rules and other `let`s name it.
macro_rules! kept {
    ($eval:expr, $index:expr, $kind:ident, $read:ident) => {
        match $eval.w.lets.get($index as usize) {
            Some(Kept::$kind(found)) => Ok(*found),
            Some(Kept::Lack(why)) => Err(*why),
            _ => {
                let found = $eval.in_let($index, super::Eval::$read);
                if let Some(slot) = $eval.w.lets.get_mut($index as usize) {
                    *slot = match &found {
                        Ok(found) => Kept::$kind(*found),
                        Err(why) => Kept::Lack(*why),
                    };
                }
                found
            }
        }
    };
}

mod binders;
mod bindings;
mod blame;
mod canonical;
mod cite;
mod dates;
mod decide;
mod describe;
mod evidence;
mod explain;
mod likeness;
mod membership;
mod message;
mod names;
mod reasons;
mod redact;
mod report;
mod test;
mod text;
mod value;
mod workspace;
mod write;

pub(crate) use describe::push_number;
pub(crate) use explain::explain;
pub(crate) use likeness::alike;
pub(crate) use message::{NOT_GIVEN, is_printable};
pub(crate) use report::{Context, Decision};
pub(crate) use test::{compare_dates, compare_lengths, compare_numbers};
pub(crate) use workspace::{Bound, Kept, Workspace};

use crate::compile::program::Program;
use crate::domain::date::Date;
use crate::limits::Limits;
use crate::quick::{Plan, Road};
use crate::record::Address;
use crate::truth::Truth;
use crate::verdict::Why;
use std::cell::Cell;

/// The slot of the element in `x in LIST`, beyond those of named binders.
pub(crate) const ELEMENT_SLOT: u8 = 16;

/// How many slots there are.
pub(crate) const SLOTS: usize = 17;

/// A value, or why there is none.
pub(crate) type Got<T> = Result<T, Why>;

/// The evaluator over one bound record.
pub(crate) struct Eval<'p, 'w> {
    pub p: &'p Program,
    pub w: &'w mut Workspace,
    pub limits: &'p Limits,
    pub list_key: Option<&'p [u8]>,
}

impl<'p, 'w> Eval<'p, 'w> {
    /// Starts on a record that was just bound.
    pub(crate) fn new(p: &'p Program, w: &'w mut Workspace, limits: &'p Limits, list_key: Option<&'p [u8]>) -> Self {
        Self { p, w, limits, list_key }
    }

    /// Decides every indicator, unless that was the last thing done with this record.
    pub(crate) fn decide(&mut self) {
        if !self.w.decided {
            self.run();
            self.w.decided = true;
        }
    }

    /// Decides every indicator: on the short road where that leads to an answer.
    pub(crate) fn run(&mut self) {
        self.begin();
        let p = self.p;
        self.follow(&p.quick.ordered);
    }

    /// Decides one indicator, and those that it reads before it.
    pub(crate) fn run_for(&mut self, index: usize) {
        self.begin();
        let p = self.p;
        let mut needed = vec![false; p.indicators.len()];
        let mut open = vec![index];
        while let Some(index) = open.pop() {
            if let (Some(seen @ false), Some(indicator)) = (needed.get_mut(index), p.indicators.get(index)) {
                *seen = true;
                open.extend(&indicator.reads);
            }
        }
        for plan in &p.quick.ordered {
            if needed.get(plan.indicator as usize) == Some(&true) {
                self.follow(std::slice::from_ref(plan));
            }
        }
    }

    /// Makes ready, and reads the mail addresses that the short road needs.
    fn begin(&mut self) {
        let p = self.p;
        self.w.begin(p, self.limits);
        for offset in &p.quick.mail {
            self.email_at(Address { arena: 0, index: *offset });
        }
    }

    /// Decides these indicators in their order.
    fn follow(&mut self, plans: &[Plan]) {
        let as_of = self.as_of().ok();
        let mut left = plans;
        loop {
            left = self.hurry(left, as_of);
            let Some((plan, rest)) = left.split_first() else { return };
            let truth = self.indicator(plan.indicator);
            if let Some(slot) = self.w.truths.get_mut(plan.indicator as usize) {
                *slot = truth;
            }
            left = rest;
        }
    }

    /// Decides indicators in their order until the short road leads nowhere; gives those that are left.
    fn hurry<'i>(&mut self, plans: &'i [Plan], as_of: Option<Date>) -> &'i [Plan] {
        let left = self.on_the_short_road(as_of, |mut road| {
            let mut frame = road.frame();
            let mut left = plans;
            while let Some((plan, rest)) = left.split_first() {
                road.in_shadow = plan.shadow;
                let Some(truth) = road.indicator(plan, &mut frame) else { break };
                if let Some(slot) = road.truths.get(plan.indicator as usize) {
                    slot.set(truth);
                }
                left = rest;
            }
            left
        });
        #[cfg(debug_assertions)]
        self.compare_roads(plans.get(..plans.len() - left.len()).unwrap_or_default());
        left
    }

    /// Whether the condition of an outcome surely holds, on the short road.
    fn outcome_at_once(&mut self, outcome: usize) -> Option<Truth> {
        let step = self.p.quick.outcomes.get(outcome)?;
        self.on_the_short_road(None, |road| road.step(step, &mut road.frame()))
    }

    /// Lends the record and what was found so far to the short road.
    #[inline]
    fn on_the_short_road<T>(&mut self, as_of: Option<Date>, go: impl FnOnce(Road<'_>) -> T) -> T {
        let mut truths = std::mem::take(&mut self.w.truths);
        let found = go(Road {
            p: self.p,
            w: self.w,
            truths: Cell::from_mut(truths.as_mut_slice()).as_slice_of_cells(),
            as_of,
            max_pairs: self.limits.max_pairs,
            in_shadow: self.w.in_shadow,
        });
        self.w.truths = truths;
        found
    }

    /// Both roads lead to the same truths, of indicators and of shared conditions.
    #[cfg(debug_assertions)]
    fn compare_roads(&mut self, decided: &[Plan]) {
        let fresh = vec![Cell::new(0); self.w.shared.len()];
        let before = std::mem::replace(&mut self.w.shared, fresh);
        for Plan { indicator: index, .. } in decided {
            let name = self.p.indicators.get(*index as usize).map(|indicator| &indicator.name);
            assert_eq!(self.w.truths.get(*index as usize).copied(), Some(self.indicator(*index)), "{name:?}");
        }
        let asked = std::mem::replace(&mut self.w.shared, before);
        for (index, (before, asked)) in self.w.shared.iter().zip(&asked).enumerate() {
            let told = |memory: &Cell<u8>| (1..=3).contains(&memory.get());
            let differ = told(before) && told(asked) && before != asked;
            assert!(!differ, "shared condition {index}");
        }
    }

    /// The truth of one indicator.
    pub(crate) fn indicator(&mut self, index: u32) -> Truth {
        let p = self.p;
        let Some(indicator) = p.indicators.get(index as usize) else { return Truth::Unknown };
        self.w.allowance = self.limits.max_pairs;
        self.w.in_shadow = indicator.shadow;
        if indicator.binders.is_empty() {
            return self.truth(&indicator.condition);
        }
        self.at_least(indicator.at_least.unwrap_or(1), &indicator.binders, &indicator.condition)
    }
}
