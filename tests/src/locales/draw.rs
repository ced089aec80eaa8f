//! Chance without a stream: every decision is drawn by its own name, so that whatever the data of a locale hold, the same number
//! decides the same things in every locale.

/// The decisions about one application.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    seed: u64,
    number: u64,
}

impl Draw {
    /// The decisions about the application of this number.
    pub fn new(seed: u64, number: u64) -> Self {
        Self { seed, number }
    }

    /// What is drawn by a name: FNV-1a over it, mixed as `SplitMix64` does.
    fn bits(self, label: &str) -> u64 {
        let mixed = label.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let start =
            mixed ^ self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ self.number.wrapping_mul(0xd6e8_feb8_6659_fd93);
        let z = (start ^ (start >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `count`; 0 if that is 0.
    pub fn below(self, label: &str, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).unwrap_or(1);
        usize::try_from(self.bits(label) % count).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub fn between(self, label: &str, least: i32, most: i32) -> i32 {
        let width = usize::try_from(most - least + 1).unwrap_or(1);
        least + i32::try_from(self.below(label, width)).unwrap_or(0)
    }

    /// True for so many of a thousand.
    pub fn mille(self, label: &str, of_a_thousand: usize) -> bool {
        self.below(label, 1000) < of_a_thousand
    }

    /// An element.
    pub fn pick<'l, T>(self, label: &str, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(label, list.len()))
    }
}
