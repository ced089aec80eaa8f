//! Truths of many lanes, as bits.

use crate::quick::Found;
use crate::truth::Truth;

/// Unknown.
pub(super) const OPEN: u8 = 0;
pub(super) const YES: u8 = 1;
pub(super) const NO: u8 = 2;
/// For the other road.
pub(super) const FAR: u8 = 4;
/// Unknown for no other reason than that a table or a list does not have it.
pub(super) const UNLISTED: u8 = 8;

/// A truth as bits.
#[inline]
pub(super) fn is(truth: bool) -> u8 {
    if truth { YES } else { NO }
}

/// The same of three truths.
#[inline]
pub(super) fn truth(truth: Truth) -> u8 {
    match truth {
        Truth::True => YES,
        Truth::False => NO,
        Truth::Unknown => OPEN,
    }
}

/// The same of what the short road finds.
#[inline]
pub(super) fn found(found: Found) -> u8 {
    found.map_or(FAR, truth)
}

/// What is true, false, or far, bit by lane; what is nothing of these is unknown. Bits beyond the last lane are 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Masks {
    pub(super) lanes: usize,
    pub(super) yes: Vec<u64>,
    pub(super) no: Vec<u64>,
    pub(super) far: Vec<u64>,
    /// Which unknown ones are [`UNLISTED`]; no words at all if there are none.
    pub(super) unlisted: Vec<u64>,
}

impl Masks {
    /// One truth for all.
    pub(super) fn all(lanes: usize, truth: u8) -> Self {
        let of = |which: u8| if truth == which { everything(lanes).collect() } else { vec![0; lanes.div_ceil(64)] };
        Self { lanes, yes: of(YES), no: of(NO), far: of(FAR), unlisted: Vec::new() }
    }

    /// Lane by lane, of what is never unlisted.
    #[inline]
    pub(super) fn of(lanes: usize, mut judge: impl FnMut(usize) -> u8) -> Self {
        let mut masks = Self::with_room(lanes);
        let mut start = 0;
        while start < lanes {
            let (mut yes, mut no, mut far) = (0, 0, 0);
            for bit in 0..(lanes - start).min(64) {
                let truth = u64::from(judge(start + bit));
                yes |= (truth & 1) << bit;
                no |= (truth >> 1 & 1) << bit;
                if truth > u64::from(NO) {
                    far |= (truth >> 2 & 1) << bit;
                }
            }
            masks.yes.push(yes);
            masks.no.push(no);
            masks.far.push(far);
            start += 64;
        }
        masks
    }

    /// True or false where there is a value, by 64 lanes; elsewhere far or unknown.
    pub(super) fn of_words(lanes: usize, present: &[u64], far: &[u64], mut judge: impl FnMut(usize) -> u64) -> Self {
        let mut masks = Self::with_room(lanes);
        for (at, all) in everything(lanes).enumerate() {
            let present = word(present, at) & all;
            let truths = if present == 0 { 0 } else { judge(at) };
            masks.yes.push(truths & present);
            masks.no.push(!truths & present);
            masks.far.push(word(far, at) & all);
        }
        masks
    }

    /// What is found where there is a value, lane by lane; elsewhere far or unknown.
    #[inline]
    pub(super) fn of_present(lanes: usize, present: &[u64], far: &[u64], mut judge: impl FnMut(usize) -> u8) -> Self {
        let mut masks = Self::with_room(lanes);
        for (at, all) in everything(lanes).enumerate() {
            let (mut yes, mut no, mut far) = (0, 0, word(far, at) & all);
            let mut left = word(present, at) & all;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                let truth = u64::from(judge(at * 64 + bit as usize));
                yes |= (truth & 1) << bit;
                no |= (truth >> 1 & 1) << bit;
                far |= (truth >> 2 & 1) << bit;
            }
            masks.yes.push(yes);
            masks.no.push(no);
            masks.far.push(far);
        }
        masks
    }

    fn with_room(lanes: usize) -> Self {
        let words = lanes.div_ceil(64);
        let room = || Vec::with_capacity(words);
        Self { lanes, yes: room(), no: room(), far: room(), unlisted: Vec::new() }
    }

    /// The truth of one lane.
    #[inline]
    pub(super) fn at(&self, lane: usize) -> u8 {
        let bit = |words: &[u64]| u8::from(bit(words, lane));
        bit(&self.yes) | bit(&self.no) << 1 | bit(&self.far) << 2 | bit(&self.unlisted) << 3
    }

    pub(super) fn not(mut self) -> Self {
        std::mem::swap(&mut self.yes, &mut self.no);
        self
    }

    /// True where it is true, otherwise false.
    pub(super) fn known(mut self) -> Self {
        let lanes = self.lanes;
        self.no = self.words().map(|(word, (yes, _, far))| !yes & !far & within(word, lanes)).collect();
        self.unlisted.clear();
        self
    }

    fn words(&self) -> impl Iterator<Item = (usize, (u64, u64, u64))> {
        let words = self.yes.iter().zip(&self.no).zip(&self.far);
        words.map(|((yes, no), far)| (*yes, *no, *far)).enumerate()
    }

    /// Both.
    pub(super) fn and(self, other: &Self) -> Self {
        self.not().or_with(other, true).not()
    }

    /// Either.
    pub(super) fn or(self, other: &Self) -> Self {
        self.or_with(other, false)
    }

    /// Either; the other one turned round if so asked.
    fn or_with(mut self, other: &Self, turned: bool) -> Self {
        let unlisted = self.both_unlisted(other);
        let (yes, no) = if turned { (&other.no, &other.yes) } else { (&other.yes, &other.no) };
        for ((here, there), (far, also)) in self.yes.iter_mut().zip(yes).zip(self.far.iter_mut().zip(&other.far)) {
            *here |= there;
            *far = (*far | also) & !*here;
        }
        for (here, there) in self.no.iter_mut().zip(no) {
            *here &= there;
        }
        self.unlisted = unlisted;
        for ((unlisted, yes), (no, far)) in self.unlisted.iter_mut().zip(&self.yes).zip(self.no.iter().zip(&self.far)) {
            *unlisted &= !(yes | no | far);
        }
        self
    }

    /// Where each of the two is unlisted or known.
    fn both_unlisted(&self, other: &Self) -> Vec<u64> {
        if self.unlisted.is_empty() && other.unlisted.is_empty() {
            return Vec::new();
        }
        let settled = |masks: &Self, at: usize| word(&masks.unlisted, at) | word(&masks.yes, at) | word(&masks.no, at);
        (0..self.yes.len()).map(|at| settled(self, at) & settled(other, at)).collect()
    }

    /// What is unlisted becomes far: for what does not follow it.
    pub(super) fn listed(mut self) -> Self {
        for (far, unlisted) in self.far.iter_mut().zip(std::mem::take(&mut self.unlisted)) {
            *far |= unlisted;
        }
        self
    }

    /// The unknown lanes, as words.
    pub(super) fn unknown(&self) -> impl Iterator<Item = u64> {
        let lanes = self.lanes;
        self.words().map(move |(word, (yes, no, far))| !(yes | no | far) & within(word, lanes))
    }

    /// Puts the truths of some lanes in their places among so many; the others are unknown.
    pub(super) fn scatter(&self, lanes: usize, places: &[u32]) -> Self {
        let words = lanes.div_ceil(64);
        let spread = |from: &[u64]| {
            let mut to = vec![0u64; if from.is_empty() { 0 } else { words }];
            for lane in ones(from.iter().copied()) {
                if let Some(place) = places.get(lane).map(|place| *place as usize)
                    && let Some(word) = to.get_mut(place / 64)
                {
                    *word |= 1 << (place % 64);
                }
            }
            to
        };
        let made = |from: &[u64]| if from.is_empty() { vec![0; words] } else { spread(from) };
        Self { lanes, yes: made(&self.yes), no: made(&self.no), far: made(&self.far), unlisted: spread(&self.unlisted) }
    }
}

/// A word; there is nothing beyond the last.
#[inline]
pub(super) fn word(words: &[u64], at: usize) -> u64 {
    words.get(at).copied().unwrap_or(0)
}

/// Whether a bit is set.
#[inline]
pub(super) fn bit(words: &[u64], at: usize) -> bool {
    word(words, at / 64) >> (at % 64) & 1 == 1
}

/// The bits of a word that stand for lanes.
fn within(word: usize, lanes: usize) -> u64 {
    match lanes.saturating_sub(word * 64) {
        0 => 0,
        left @ 1..=63 => (1 << left) - 1,
        _ => u64::MAX,
    }
}

/// The lanes that own one of those whose bits are set, as bits.
pub(super) fn owners(words: impl Iterator<Item = u64>, of: &[u32], lanes: usize) -> Vec<u64> {
    let mut made = vec![0u64; lanes.div_ceil(64)];
    for owner in ones(words).filter_map(|lane| of.get(lane)) {
        if let Some(word) = made.get_mut(*owner as usize / 64) {
            *word |= 1 << (owner % 64);
        }
    }
    made
}

/// The bits of a word that stand for lanes, of all words.
pub(super) fn everything(lanes: usize) -> impl Iterator<Item = u64> {
    (0..lanes.div_ceil(64)).map(move |word| within(word, lanes))
}

/// The positions of the bits that are set.
pub(super) fn ones(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    words.enumerate().flat_map(|(index, mut word)| {
        std::iter::from_fn(move || {
            let bit = word.trailing_zeros();
            word &= word.wrapping_sub(1);
            (bit < 64).then_some(index * 64 + bit as usize)
        })
    })
}

/// How many bits are set from one lane to another.
pub(super) fn count(words: &[u64], start: usize, end: usize) -> u32 {
    if start >= end {
        return 0;
    }
    let (first, last) = (start / 64, (end - 1) / 64);
    let low = u64::MAX << (start % 64);
    let high = u64::MAX >> (63 - (end - 1) % 64);
    let word = |at: usize| word(words, at);
    if first == last {
        return (word(first) & low & high).count_ones();
    }
    let between: u32 = words.get(first + 1..last).unwrap_or(&[]).iter().map(|word| word.count_ones()).sum();
    (word(first) & low).count_ones() + between + (word(last) & high).count_ones()
}

#[cfg(test)]
mod tests {
    use super::{FAR, Masks, NO, OPEN, UNLISTED, YES, count, ones, owners};

    const ALL: [u8; 5] = [OPEN, YES, NO, FAR, UNLISTED];

    /// Every pair of truths, so often that they do not all lie in one word.
    fn pairs() -> Vec<(u8, u8)> {
        let one = ALL.into_iter().flat_map(|a| ALL.map(|b| (a, b)));
        one.collect::<Vec<_>>().repeat(7)
    }

    fn masks(lanes: usize, truth: impl Fn(usize) -> u8) -> Masks {
        let words = |which: u8| {
            let bit = |lane: usize| if lane < lanes && truth(lane) == which { 1 << (lane % 64) } else { 0u64 };
            (0..lanes.div_ceil(64)).map(|word| (word * 64..word * 64 + 64).map(bit).sum()).collect()
        };
        Masks { lanes, yes: words(YES), no: words(NO), far: words(FAR), unlisted: words(UNLISTED) }
    }

    fn both(of: fn(Masks, &Masks) -> Masks) -> Vec<((u8, u8), u8)> {
        let pairs = pairs();
        let side = |pick: fn(&(u8, u8)) -> u8| masks(pairs.len(), |lane| pairs.get(lane).map_or(OPEN, pick));
        let made = of(side(|pair| pair.0), &side(|pair| pair.1));
        pairs.iter().enumerate().map(|(lane, pair)| (*pair, made.at(lane))).collect()
    }

    #[test]
    fn both_and_either_of_every_pair() {
        let settled = |truth| matches!(truth, YES | NO | UNLISTED);
        for ((a, b), found) in both(Masks::and) {
            let wanted = match (a, b) {
                (NO, _) | (_, NO) => NO,
                (FAR, _) | (_, FAR) => FAR,
                (YES, YES) => YES,
                _ if settled(a) && settled(b) => UNLISTED,
                _ => OPEN,
            };
            assert_eq!(found, wanted, "{a} and {b}");
        }
        for ((a, b), found) in both(Masks::or) {
            let wanted = match (a, b) {
                (YES, _) | (_, YES) => YES,
                (FAR, _) | (_, FAR) => FAR,
                (NO, NO) => NO,
                _ if settled(a) && settled(b) => UNLISTED,
                _ => OPEN,
            };
            assert_eq!(found, wanted, "{a} or {b}");
        }
    }

    #[test]
    fn not_known_and_what_is_unlisted() {
        let masks = masks(5, |lane| ALL.get(lane).copied().unwrap_or(OPEN));
        let of = |masks: Masks| (0..5).map(|lane| masks.at(lane)).collect::<Vec<_>>();
        assert_eq!(of(masks.clone().not()), [OPEN, NO, YES, FAR, UNLISTED]);
        assert_eq!(of(masks.clone().known()), [NO, YES, NO, FAR, NO]);
        assert_eq!(of(masks.clone().listed()), [OPEN, YES, NO, FAR, FAR]);
        assert_eq!(ones(masks.unknown()).collect::<Vec<_>>(), [0, 4]);
        assert_eq!(masks.scatter(200, &[199, 3, 70, 64, 0]).at(199), OPEN);
        assert_eq!(
            [3, 70, 64, 0].map(|lane| masks.scatter(200, &[199, 3, 70, 64, 0]).at(lane)),
            [YES, NO, FAR, UNLISTED]
        );
    }

    #[test]
    fn what_is_said_of_values_that_are_there() {
        let (present, far) = ([u64::MAX, 0b101], [0, 0b10]);
        let found = Masks::of_words(67, &present, &far, |word| if word == 0 { 0b1001 } else { 0b100 });
        assert_eq!([0, 1, 3, 63, 64, 65, 66].map(|lane| found.at(lane)), [YES, NO, YES, NO, NO, FAR, YES]);
        let by_lane = |lane| [YES, NO, OPEN, FAR].get(lane % 4).copied().unwrap_or(OPEN);
        let found = Masks::of_present(67, &present, &far, by_lane);
        assert_eq!([0, 1, 2, 3, 64, 65, 66].map(|lane| found.at(lane)), [YES, NO, OPEN, FAR, YES, FAR, OPEN]);
        // Of lanes beyond the last nothing is said, whatever stands there.
        assert_eq!(found.yes.last(), Some(&1));
    }

    #[test]
    fn owners_of_what_is_set() {
        assert_eq!(owners([0b1011u64].into_iter(), &[0, 5, 6, 70], 71), [0b10_0001, 0b100_0000]);
        assert_eq!(owners([0u64].into_iter(), &[0], 64), [0]);
    }

    #[test]
    fn counts_from_lane_to_lane() {
        let masks = Masks::of(300, |lane| if lane % 3 == 0 { YES } else { NO });
        for (start, end) in [(0, 0), (5, 5), (0, 1), (0, 64), (63, 65), (10, 200), (64, 128), (1, 300)] {
            let wanted = (start..end).filter(|lane| lane % 3 == 0).count();
            assert_eq!(count(&masks.yes, start, end) as usize, wanted, "{start}..{end}");
        }
    }
}
