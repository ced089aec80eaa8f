//! Which values of a column there are.

use super::masks::{bit, everything, word};
use std::borrow::Cow;

/// Whether there is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    Missing,
    Unparsable,
    Present,
    /// For the other road.
    Far,
}

/// [`Is`] of many values, bit by place: what is neither present nor unparsable nor far is missing.
#[derive(Debug, Clone, Default)]
pub(super) struct States {
    count: usize,
    pub(super) present: Vec<u64>,
    /// No words at all if there are none.
    pub(super) unparsable: Vec<u64>,
    /// The same.
    pub(super) far: Vec<u64>,
}

impl States {
    /// Room for so many values.
    pub(super) fn with_room(count: usize) -> Self {
        // They are taken as present: nearly all are.
        Self { present: everything(count).collect(), ..Self::default() }
    }

    #[inline]
    pub(super) fn push(&mut self, is: Is) {
        if is != Is::Present {
            self.push_other(is);
        }
        self.count += 1;
    }

    #[inline]
    fn push_other(&mut self, is: Is) {
        let (at, bit) = (self.count / 64, 1 << (self.count % 64));
        let Some(present) = self.present.get_mut(at) else { return };
        *present &= !bit;
        let others = match is {
            Is::Unparsable => &mut self.unparsable,
            Is::Far => &mut self.far,
            Is::Missing | Is::Present => return,
        };
        others.resize(self.present.len(), 0);
        if let Some(word) = others.get_mut(at) {
            *word |= bit;
        }
    }

    /// Nothing comes behind the last one: what there was room for and did not come is missing.
    pub(super) fn close(&mut self) {
        let ends = everything(self.count).chain(std::iter::repeat(0));
        self.present.iter_mut().zip(ends).for_each(|(word, end)| *word &= end);
    }

    #[inline]
    pub(super) fn at(&self, place: usize) -> Is {
        if bit(&self.present, place) {
            Is::Present
        } else if bit(&self.far, place) {
            Is::Far
        } else if bit(&self.unparsable, place) {
            Is::Unparsable
        } else {
            Is::Missing
        }
    }

    /// What stands in a record that is not there says nothing.
    pub(super) fn within(&mut self, records: &Self) {
        for words in [&mut self.present, &mut self.unparsable, &mut self.far] {
            words.iter_mut().enumerate().for_each(|(at, here)| *here &= word(&records.present, at));
        }
    }
}

/// The bits of some places, in the order of the lanes.
pub(super) fn picked<'b>(words: &'b [u64], places: Option<&[u32]>) -> Cow<'b, [u64]> {
    let Some(places) = places else { return Cow::Borrowed(words) };
    if words.is_empty() {
        return Cow::Borrowed(words);
    }
    let pick = |lanes: &[u32]| {
        let mut made = 0;
        for (lane, place) in lanes.iter().enumerate() {
            made |= u64::from(bit(words, *place as usize)) << lane;
        }
        made
    };
    Cow::Owned(places.chunks(64).map(pick).collect())
}
