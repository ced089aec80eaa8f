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
mod blame;
mod canonical;
mod cite;
mod dates;
mod decide;
mod describe;
mod explain;
mod likeness;
mod membership;
mod message;
mod reasons;
mod redact;
mod report;
mod test;
mod text;
mod value;
mod workspace;

pub(crate) use explain::explain;
pub(crate) use report::{Context, report};
pub(crate) use test::compare_numbers;
pub(crate) use workspace::{Bound, Kept, Workspace};

use crate::compile::program::Program;
use crate::limits::Limits;
use crate::truth::Truth;
use crate::verdict::Why;

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
        w.begin(p, limits);
        Self { p, w, limits, list_key }
    }

    /// Decides every indicator.
    pub(crate) fn run(&mut self) {
        let p = self.p;
        for index in &p.order {
            let truth = self.indicator(*index);
            if let Some(slot) = self.w.truths.get_mut(*index as usize) {
                *slot = truth;
            }
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
