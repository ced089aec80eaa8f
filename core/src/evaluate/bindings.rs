//! Bindings that were found: what each slot of a `for` clause was bound to.

use super::{Bound, SLOTS};
use crate::compile::program::BinderPlan;
use std::ops::Range;

/// Bindings of the same slots.
#[derive(Debug)]
pub(super) struct Bindings {
    slots: Vec<u8>,
    /// One binding after the other.
    bounds: Vec<Bound>,
    pub count: usize,
}

impl Bindings {
    /// None yet.
    pub(super) fn new(binders: &[BinderPlan]) -> Self {
        let slots = binders.iter().flat_map(|binder| [Some(binder.slot), binder.pair].into_iter().flatten());
        Self { slots: slots.collect(), bounds: Vec::new(), count: 0 }
    }

    /// Adds what is bound now.
    pub(super) fn push(&mut self, bound: &[Bound; SLOTS]) {
        let found = self.slots.iter().map(|slot| bound.get(usize::from(*slot)).copied().unwrap_or_default());
        self.bounds.extend(found);
        self.count += 1;
    }

    /// Which of them make a finding each: all together, or one by one up to a limit.
    pub(super) fn findings(&self, together: bool, most: usize) -> impl ExactSizeIterator<Item = Range<usize>> + use<> {
        let (count, size) = if together { (1, self.count) } else { (self.count.min(most), 1) };
        (0..count).map(move |number| number * size..(number + 1) * size)
    }

    /// Binds them again.
    pub(super) fn bind(&self, number: usize, bound: &mut [Bound; SLOTS]) {
        let start = number * self.slots.len();
        for (slot, found) in self.slots.iter().zip(self.bounds.iter().skip(start)) {
            if let Some(place) = bound.get_mut(usize::from(*slot)) {
                *place = *found;
            }
        }
    }
}
