//! Steps that go through a list or the pairs of one: all elements of all rows at once.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, NO, OPEN, YES, count};
use super::read::{Is, Values};
use crate::compile::program::Quantifier;
use crate::quick::{Each, Inner, Over, Step};

/// The most elements or pairs that are looked at together. Rows beyond are for the other road.
const MOST: usize = 1 << 20;

/// The elements of every lane.
struct Entered {
    lanes: Lanes,
    /// By outer lane: where its elements begin and end among the lanes, or what the condition is without.
    ranges: Vec<Result<(u32, u32), u8>>,
}

impl Batch<'_, '_> {
    pub(super) fn quantified(&self, inner: &Inner, lanes: &Lanes) -> Masks {
        match inner.quantifier {
            Quantifier::Any => self.at_least(1, &inner.each, &inner.body, lanes),
            Quantifier::AtLeast(count) => self.at_least(count, &inner.each, &inner.body, lanes),
            Quantifier::All => self.every(YES, &inner.each, &inner.body, lanes),
            Quantifier::No => self.every(NO, &inner.each, &inner.body, lanes),
        }
    }

    pub(super) fn at_least(&self, wanted: u32, each: &Each, body: &Step, lanes: &Lanes) -> Masks {
        self.over(each, body, lanes, |sure, not, far, all| {
            if sure >= wanted {
                YES
            } else if all - not < wanted {
                NO
            } else if far > 0 {
                FAR
            } else {
                OPEN
            }
        })
    }

    fn every(&self, wanted: u8, each: &Each, body: &Step, lanes: &Lanes) -> Masks {
        self.over(each, body, lanes, |sure, not, far, all| {
            let (kept, broken) = if wanted == YES { (sure, not) } else { (not, sure) };
            if broken > 0 {
                NO
            } else if far > 0 {
                FAR
            } else if kept < all {
                OPEN
            } else {
                YES
            }
        })
    }

    /// By outer lane, what is made of how many elements are true, false, far, and how many there are.
    fn over(&self, each: &Each, body: &Step, lanes: &Lanes, judge: impl Fn(u32, u32, u32, u32) -> u8) -> Masks {
        let Some(entered) = self.enter(each, lanes) else { return Masks::all(lanes.count, FAR) };
        // The reasons of elements are not told apart here.
        let truths = self.step(body, &entered.lanes).listed();
        Masks::of(lanes.count, |lane| match entered.ranges.get(lane) {
            Some(Ok((start, end))) => {
                let of = |words: &[u64]| count(words, *start as usize, *end as usize);
                judge(of(&truths.yes), of(&truths.no), of(&truths.far), end - start)
            }
            Some(Err(truth)) => *truth,
            None => FAR,
        })
    }

    /// Binds elements, or pairs of them.
    fn enter(&self, each: &Each, lanes: &Lanes) -> Option<Entered> {
        let Over::List { place, arena, .. } = &each.over else { return None };
        let (owner, index) = lanes.level(place.level)?;
        let values = self.read.columns.get(usize::from(owner))?.cells.get(place.offset as usize)?;
        // What a lane may visit is shared by what it visits: none has less than if all lists were as long as the longest.
        let longest = values.lists.iter().map(|(start, end)| (end - start) as usize).max().unwrap_or(0);
        let allowance = lanes.allowance;
        let inside =
            if each.nests && longest > 1 { (allowance / visits(longest, each.pairs)).max(1) } else { allowance };
        if let (Index::Same, false, true) = (index, each.pairs, values.in_order)
            && longest <= allowance
        {
            return self.enter_all(each, *arena, values, lanes, inside);
        }
        let (mut outer, mut first, mut second) = (Vec::new(), Vec::new(), Vec::new());
        let mut ranges = Vec::with_capacity(lanes.count);
        for lane in 0..lanes.count {
            let at = index.at(lane);
            let (start, end) = match (values.is(at), values.lists.get(at)) {
                (Is::Present, Some(range)) => *range,
                (Is::Missing | Is::Unparsable, _) => {
                    ranges.push(Err(OPEN));
                    continue;
                }
                _ => {
                    ranges.push(Err(FAR));
                    continue;
                }
            };
            let visits = visits((end - start) as usize, each.pairs);
            if visits > allowance || outer.len() + visits > MOST {
                ranges.push(Err(FAR));
                continue;
            }
            let from = u32::try_from(outer.len()).ok()?;
            let lane = u32::try_from(lane).ok()?;
            for element in start..end {
                if each.pairs {
                    first.extend((element + 1..end).map(|_| element));
                    second.extend(element + 1..end);
                } else {
                    first.push(element);
                }
            }
            outer.resize(first.len(), lane);
            ranges.push(Ok((from, u32::try_from(outer.len()).ok()?)));
        }
        let mut inner = lanes.select(&outer);
        inner.bind(each.level, *arena, Index::Of(first));
        if each.pairs {
            inner.bind(each.level + 1, *arena, Index::Of(second));
        }
        inner.allowance = inside;
        Some(Entered { lanes: inner, ranges })
    }

    /// All elements of all lists, where they lie.
    fn enter_all(&self, each: &Each, arena: u16, values: &Values<'_>, lanes: &Lanes, inside: usize) -> Option<Entered> {
        let elements = self.read.columns.get(usize::from(arena))?;
        let mut inner = lanes.select(&elements.owners);
        inner.bind(each.level, arena, Index::Same);
        inner.allowance = inside;
        let ranges = (0..lanes.count).map(|lane| match (values.is(lane), values.lists.get(lane)) {
            (Is::Present, Some(range)) => Ok(*range),
            (Is::Missing | Is::Unparsable, _) => Err(OPEN),
            _ => Err(FAR),
        });
        Some(Entered { ranges: ranges.collect(), lanes: inner })
    }
}

/// How many bindings a list of so many elements has.
fn visits(elements: usize, pairs: bool) -> usize {
    if pairs { elements.saturating_mul(elements.saturating_sub(1)) / 2 } else { elements }
}
