//! Steps that go through a list or the pairs of one: all elements of all rows at once.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, NO, OPEN, YES, bits, count, first};
use super::read::{Is, Values};
use crate::compile::program::Quantifier;
use crate::quick::{Each, Inner, Over, Step};

/// The most elements or pairs that are looked at together. Rows beyond are for the other road.
const MOST: usize = 1 << 20;

/// The elements of every lane.
struct Entered<'b> {
    lanes: Lanes,
    ranges: Ranges<'b>,
}

/// By outer lane: where its elements begin and end among the lanes, or what the condition is without.
enum Ranges<'b> {
    /// As they lie in their column.
    Own(&'b [(u32, u32)], &'b [Is]),
    Made(Vec<Result<(u32, u32), u8>>),
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
        if wanted == 1 {
            return self.any(each, body, lanes);
        }
        self.over(each, body, lanes, |truths, start, end| {
            let of = |words: &[u64]| count(words, start, end);
            let all = u32::try_from(end - start).unwrap_or(u32::MAX);
            if of(&truths.yes) >= wanted {
                YES
            } else if all - of(&truths.no) < wanted {
                NO
            } else if of(&truths.far) > 0 {
                FAR
            } else {
                OPEN
            }
        })
    }

    /// Whether any element is; most lists are short.
    fn any(&self, each: &Each, body: &Step, lanes: &Lanes) -> Masks {
        self.over(each, body, lanes, |truths, start, end| {
            let (mut far, mut open) = (false, false);
            let mut from = start;
            while from < end {
                let some = (end - from).min(64);
                if bits(&truths.yes, from, some) != 0 {
                    return YES;
                }
                if bits(&truths.no, from, some) != first(some) {
                    far |= bits(&truths.far, from, some) != 0;
                    open = true;
                }
                from += some;
            }
            if far {
                FAR
            } else if open {
                OPEN
            } else {
                NO
            }
        })
    }

    fn every(&self, wanted: u8, each: &Each, body: &Step, lanes: &Lanes) -> Masks {
        self.over(each, body, lanes, |truths, start, end| {
            let (kept, broken) = if wanted == YES { (&truths.yes, &truths.no) } else { (&truths.no, &truths.yes) };
            if count(broken, start, end) > 0 {
                NO
            } else if count(&truths.far, start, end) > 0 {
                FAR
            } else if (count(kept, start, end) as usize) < end - start {
                OPEN
            } else {
                YES
            }
        })
    }

    /// By outer lane, what is made of the truths of its elements, which lie from one lane to another.
    fn over(&self, each: &Each, body: &Step, lanes: &Lanes, judge: impl Fn(&Masks, usize, usize) -> u8) -> Masks {
        let Some(entered) = self.enter(each, lanes) else { return Masks::all(lanes.count, FAR) };
        // The reasons of elements are not told apart here.
        let truths = self.step(body, &entered.lanes).listed();
        match &entered.ranges {
            Ranges::Own(lists, states) => {
                let mut lists = states.iter().zip(*lists);
                Masks::of(lanes.count, |_| match lists.next() {
                    Some((Is::Present, (start, end))) => judge(&truths, *start as usize, *end as usize),
                    Some((Is::Far, _)) => FAR,
                    _ => OPEN,
                })
            }
            Ranges::Made(ranges) => Masks::of(lanes.count, |lane| match ranges.get(lane) {
                Some(Ok((start, end))) => judge(&truths, *start as usize, *end as usize),
                Some(Err(truth)) => *truth,
                None => FAR,
            }),
        }
    }

    /// Binds elements, or pairs of them.
    fn enter(&self, each: &Each, lanes: &Lanes) -> Option<Entered<'_>> {
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
        Some(Entered { lanes: inner, ranges: Ranges::Made(ranges) })
    }

    /// All elements of all lists, where they lie.
    fn enter_all<'b>(
        &self,
        each: &Each,
        arena: u16,
        values: &'b Values<'_>,
        lanes: &Lanes,
        inside: usize,
    ) -> Option<Entered<'b>> {
        let elements = self.read.columns.get(usize::from(arena))?;
        let mut inner = lanes.select(&elements.owners);
        inner.bind(each.level, arena, Index::Same);
        inner.allowance = inside;
        Some(Entered { ranges: Ranges::Own(&values.lists, &values.is), lanes: inner })
    }
}

/// How many bindings a list of so many elements has.
fn visits(elements: usize, pairs: bool) -> usize {
    if pairs { elements.saturating_mul(elements.saturating_sub(1)) / 2 } else { elements }
}
