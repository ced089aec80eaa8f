//! What a step is taken over: rows, elements, pairs.

use crate::quick::DEPTH;
use std::rc::Rc;

/// By level the values that lanes read, as positions in their columns.
#[derive(Debug, Clone)]
pub(super) enum Index {
    /// Each lane its own.
    Same,
    Of(Rc<Vec<u32>>),
}

impl Index {
    #[inline]
    pub(super) fn at(&self, lane: usize) -> usize {
        match self {
            Self::Same => lane,
            Self::Of(places) => places.get(lane).map_or(usize::MAX, |place| *place as usize),
        }
    }

    /// The positions, unless each lane has its own.
    #[inline]
    pub(super) fn places(&self) -> Option<&[u32]> {
        match self {
            Self::Same => None,
            Self::Of(places) => Some(places),
        }
    }

    fn select(&self, lanes: &Rc<Vec<u32>>) -> Self {
        match self {
            Self::Same => Self::Of(Rc::clone(lanes)),
            Self::Of(places) => {
                let of = |lane: &u32| places.get(*lane as usize).copied().unwrap_or(u32::MAX);
                Self::Of(Rc::new(lanes.iter().map(of).collect()))
            }
        }
    }
}

/// Lanes, and what is bound in each of them.
#[derive(Debug, Clone)]
pub(super) struct Lanes {
    pub(super) count: usize,
    /// By level that is bound: the arena of the columns, and the place in them.
    levels: [Option<(u16, Index)>; DEPTH + 1],
    /// How many elements the next quantifier may visit, in each lane.
    pub(super) allowance: usize,
}

impl Lanes {
    /// The rows of a batch.
    pub(super) fn rows(count: usize, allowance: usize) -> Self {
        Self { count, levels: [Some((0, Index::Same)), None, None, None], allowance }
    }

    #[inline]
    pub(super) fn level(&self, level: u8) -> Option<(u16, &Index)> {
        self.levels.get(usize::from(level))?.as_ref().map(|(arena, index)| (*arena, index))
    }

    /// The row that a lane belongs to.
    #[inline]
    pub(super) fn row(&self, lane: usize) -> usize {
        self.level(0).map_or(usize::MAX, |(_, index)| index.at(lane))
    }

    /// Some of the lanes.
    pub(super) fn select(&self, lanes: &Rc<Vec<u32>>) -> Self {
        let level = |level: &Option<(u16, Index)>| level.as_ref().map(|(arena, index)| (*arena, index.select(lanes)));
        let [a, b, c, d] = &self.levels;
        Self { count: lanes.len(), levels: [level(a), level(b), level(c), level(d)], allowance: self.allowance }
    }

    /// One more level is bound.
    pub(super) fn bind(&mut self, level: u8, arena: u16, index: Index) {
        if let Some(slot) = self.levels.get_mut(usize::from(level)) {
            *slot = Some((arena, index));
        }
    }
}
