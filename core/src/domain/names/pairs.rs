//! Which words of two names are partners.

use std::borrow::Borrow;

use super::MAX_WORDS;
use super::word::Word;

/// The most words that are put together to one.
const MAX_JOINED: usize = 4;

/// A row of words, a bit for each.
pub(super) type Bits = u32;

const _: () = assert!(MAX_WORDS <= Bits::BITS as usize);

/// What the words of one name have to do with those of another.
pub(super) struct Partners {
    /// By word of the first: those of the second that match it.
    of: [Bits; MAX_WORDS],
    /// Whether a word begins with a word of the other name and goes on: that other may have written it apart.
    pub may_join: bool,
}

impl Partners {
    pub(super) fn of<W: Borrow<Word>>(a: &[W], b: &[W]) -> Self {
        let mut partners = Self { of: [0; MAX_WORDS], may_join: false };
        for (word, of) in a.iter().zip(&mut partners.of) {
            let word: &Word = word.borrow();
            for (place, other) in b.iter().enumerate() {
                let other = other.borrow();
                *of |= Bits::from(word.matches(other)) << place;
                partners.may_join |= word.is_part(other);
            }
        }
        partners
    }

    /// The most pairs of matching words, each used once, among these of either name (Kuhn's algorithm).
    pub(super) fn most(&self, of_a: Bits, of_b: Bits) -> u32 {
        let mut seats = Seats { partners: self, of_b, taken: [None; MAX_WORDS], tried: 0 };
        let mut most = 0;
        for (word, partners) in self.of.iter().enumerate() {
            if of_a >> word & 1 == 1 && partners & of_b != 0 {
                seats.tried = 0;
                most += u32::from(seats.seat(word));
            }
        }
        most
    }
}

struct Seats<'p> {
    partners: &'p Partners,
    of_b: Bits,
    /// By word of the second name: its partner.
    taken: [Option<usize>; MAX_WORDS],
    /// Words of the second name that were tried for the word that is being seated.
    tried: Bits,
}

impl Seats<'_> {
    fn seat(&mut self, word: usize) -> bool {
        loop {
            let open = self.partners.of.get(word).copied().unwrap_or_default() & self.of_b & !self.tried;
            if open == 0 {
                return false;
            }
            let place = open.trailing_zeros() as usize;
            self.tried |= 1 << place;
            let free = match self.taken.get(place).copied().flatten() {
                None => true,
                Some(other) => self.seat(other),
            };
            if free {
                if let Some(slot) = self.taken.get_mut(place) {
                    *slot = Some(word);
                }
                return true;
            }
        }
    }
}

/// The words, with those put together that `like` writes as one; the longest runs first.
pub(super) fn joined<'w>(words: &[&'w Word], like: &[&'w Word]) -> Vec<&'w Word> {
    let mut joined = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        let runs = like.iter().filter_map(|whole| Some((*whole, run(whole, rest)?)));
        let (word, after) = match runs.max_by_key(|(_, count)| *count) {
            Some((whole, count)) => (whole, rest.get(count..).unwrap_or_default()),
            None => (*first, after),
        };
        joined.push(word);
        rest = after;
    }
    joined
}

/// How many words, from the first on and at least two, make up the whole.
fn run(whole: &Word, words: &[&Word]) -> Option<usize> {
    if words.first()?.first != whole.first {
        return None;
    }
    let mut rest = whole.text.as_str();
    for (count, word) in words.iter().take(MAX_JOINED).enumerate() {
        rest = rest.strip_prefix(word.text.as_str())?;
        if rest.is_empty() {
            return (count > 0).then_some(count + 1);
        }
    }
    None
}

/// The words that tell one name from another, at least one.
pub(super) fn essential<W: Borrow<Word>>(words: &[W]) -> Bits {
    let those = |is: &dyn Fn(&Word) -> bool| {
        words.iter().enumerate().fold(0, |bits, (place, word)| bits | Bits::from(is(word.borrow())) << place)
    };
    let mut kept = those(&|_| true);
    for list in [1, 2] {
        let left = kept & !those(&|word| word.passed_over & list != 0);
        if left != 0 {
            kept = left;
        }
    }
    kept
}
