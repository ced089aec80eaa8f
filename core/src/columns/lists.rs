//! Steps that go through a list or the pairs of one: all elements of all rows at once.

use super::judge::Batch;
use super::lanes::{Index, Lanes};
use super::masks::{FAR, Masks, NO, OPEN, YES, count, owners, word};
use super::read::Values;
use super::states::{Is, States};
use crate::compile::program::Quantifier;
use crate::quick::{Each, Inner, Over, Step};
use std::borrow::Cow;
use std::rc::Rc;

/// The most elements or pairs that are looked at together. Rows beyond are for the other road.
const MOST: usize = 1 << 20;

/// The elements of every lane.
struct Entered<'b> {
    lanes: Lanes,
    /// By lane inside, the lane that it is of.
    owners: Rc<Vec<u32>>,
    /// By outer lane where its elements begin and end.
    ranges: Cow<'b, [(u32, u32)]>,
    /// Which outer lanes have a list, and which are far.
    present: Cow<'b, [u64]>,
    far: Cow<'b, [u64]>,
}

impl Batch<'_, '_> {
    pub(super) fn quantified(&self, inner: &Inner, lanes: &Lanes) -> Masks {
        match inner.quantifier {
            Quantifier::Any => self.at_least(1, &inner.each, &inner.body, lanes),
            Quantifier::AtLeast(count) => self.at_least(count, &inner.each, &inner.body, lanes),
            // All are, if none is not.
            Quantifier::All => self.any(&inner.each, lanes, |elements| self.step(&inner.body, elements).not()).not(),
            Quantifier::No => self.any(&inner.each, lanes, |elements| self.step(&inner.body, elements)).not(),
        }
    }

    pub(super) fn at_least(&self, wanted: u32, each: &Each, body: &Step, lanes: &Lanes) -> Masks {
        if wanted == 1 {
            return self.any(each, lanes, |elements| self.step(body, elements));
        }
        let Some(entered) = self.enter(each, lanes) else { return Masks::all(lanes.count, FAR) };
        // The reasons of elements are not told apart here.
        let truths = self.step(body, &entered.lanes).listed();
        Masks::of_present(lanes.count, &entered.present, &entered.far, |lane| {
            let Some((start, end)) = entered.ranges.get(lane) else { return FAR };
            let of = |words: &[u64]| count(words, *start as usize, *end as usize);
            if of(&truths.yes) >= wanted {
                YES
            } else if end - start - of(&truths.no) < wanted {
                NO
            } else if of(&truths.far) > 0 {
                FAR
            } else {
                OPEN
            }
        })
    }

    /// Whether any element is. Only those that are no plain no are looked at one by one.
    fn any(&self, each: &Each, lanes: &Lanes, body: impl Fn(&Lanes) -> Masks) -> Masks {
        let Some(entered) = self.enter(each, lanes) else { return Masks::all(lanes.count, FAR) };
        let truths = body(&entered.lanes).listed();
        let of = |words: &[u64]| owners(words.iter().copied(), &entered.owners, lanes.count);
        let (yes, far, open) =
            (of(&truths.yes), of(&truths.far), owners(truths.unknown(), &entered.owners, lanes.count));
        let mut made = Masks { lanes: lanes.count, yes, no: Vec::with_capacity(far.len()), far, unlisted: Vec::new() };
        for (at, ((yes, far), open)) in made.yes.iter().zip(&mut made.far).zip(open).enumerate() {
            *far = (*far | word(&entered.far, at)) & !yes;
            made.no.push(word(&entered.present, at) & !(yes | *far | open));
        }
        made
    }

    /// Binds elements, or pairs of them.
    fn enter<'b>(&'b self, each: &Each, lanes: &Lanes) -> Option<Entered<'b>> {
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
        let mut states = States::with_room(lanes.count);
        for lane in 0..lanes.count {
            let at = index.at(lane);
            let from = u32::try_from(outer.len()).ok()?;
            let is = match values.is(at) {
                Is::Present => values.lists.get(at).map_or(Is::Far, |(start, end)| {
                    let visits = visits((end - start) as usize, each.pairs);
                    if visits > allowance || outer.len() + visits > MOST { Is::Far } else { Is::Present }
                }),
                other => other,
            };
            states.push(is);
            if let (Is::Present, Some((start, end))) = (is, values.lists.get(at)) {
                if each.pairs {
                    for element in *start + 1..*end {
                        first.extend(std::iter::repeat_n(element - 1, (end - element) as usize));
                        second.extend(element..*end);
                    }
                } else {
                    first.extend(*start..*end);
                }
                outer.resize(first.len(), u32::try_from(lane).ok()?);
            }
            ranges.push((from, u32::try_from(outer.len()).ok()?));
        }
        states.close();
        let owners = Rc::new(outer);
        let mut inner = lanes.select(&owners);
        inner.bind(each.level, *arena, Index::Of(Rc::new(first)));
        if each.pairs {
            inner.bind(each.level + 1, *arena, Index::Of(Rc::new(second)));
        }
        inner.allowance = inside;
        let (present, far) = (Cow::Owned(states.present), Cow::Owned(states.far));
        Some(Entered { lanes: inner, owners, ranges: Cow::Owned(ranges), present, far })
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
        let owners = Rc::clone(&self.read.columns.get(usize::from(arena))?.owners);
        let mut inner = lanes.select(&owners);
        inner.bind(each.level, arena, Index::Same);
        inner.allowance = inside;
        let (present, far) = (Cow::Borrowed(&*values.is.present), Cow::Borrowed(&*values.is.far));
        Some(Entered { lanes: inner, owners, ranges: Cow::Borrowed(&values.lists), present, far })
    }
}

/// How many bindings a list of so many elements has.
fn visits(elements: usize, pairs: bool) -> usize {
    if pairs { elements.saturating_mul(elements.saturating_sub(1)) / 2 } else { elements }
}
