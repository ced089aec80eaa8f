//! The source of chance of what is generated, and of what is changed at random: `SplitMix64`, seeded by the caller's seed and a
//! number, so that application 7 of seed 1 is the same however many are made.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one application.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut mixed = Self(seed ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03));
        Self(mixed.next())
    }

    /// The next number (Steele, Lea and Flood 2014: "Fast splittable pseudorandom number generators").
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to `end`, which is left out; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// A number between two, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share as usize
    }

    /// One of the items; the default of an empty list.
    pub(crate) fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let place = self.below(items.len());
        items.get(place).copied().unwrap_or_default()
    }

    /// The pattern with each `#` replaced by a digit, and each `N` by a digit from 2 to 9.
    pub(crate) fn digits(&mut self, pattern: &str) -> String {
        let mut digit = |low: i32| char::from(b'0' + u8::try_from(self.between(low, 9)).unwrap_or(0));
        pattern
            .chars()
            .map(|c| match c {
                '#' => digit(0),
                'N' => digit(2),
                other => other,
            })
            .collect()
    }
}
