//! Small changes of a seed, the same on every machine: what an ordinary test tries instead of libFuzzer's.

use crate::generate::random::Random;

/// Bytes that mean something somewhere.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"(",
    b")",
    b"[",
    b"]",
    b",",
    b".",
    b":",
    b"@",
    b"-",
    b"/",
    b"//",
    b"\n",
    b"\r\n",
    b"\t",
    b" ",
    b"0",
    b"1",
    b"9007199254740993",
    b"1e308",
    b"-0.0",
    b"\0",
    b"\x1b",
    b"\x7f",
    b"\xff",
    b"\xef\xbb\xbf",
    "\u{e9}".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{1f600}".as_bytes(),
    "\u{301}".as_bytes(),
    b"null",
    b"\\ud800",
    b"@2019-02-30",
    b"language 1\n",
];

/// One to four changes of `seed`: pieces taken out, put in, repeated, exchanged, or brought from another seed or the dictionary.
pub fn change(seed: &[u8], other: &[u8], words: &[String], number: u64) -> Vec<u8> {
    let mut random = Random::new(11, number);
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        let from = random.below(bytes.len() + 1);
        let to = (from + random.below(12)).min(bytes.len());
        let place = random.below(bytes.len() + 1);
        let piece: Vec<u8> = match random.below(6) {
            0 => Vec::new(),
            1 => random.pick(PIECES).to_vec(),
            2 => bytes.get(place..(place + random.below(80)).min(bytes.len())).unwrap_or_default().to_vec(),
            3 => {
                let start = random.below(other.len() + 1);
                other.get(start..(start + random.below(80)).min(other.len())).unwrap_or_default().to_vec()
            }
            4 => bytes.get(from..to).unwrap_or_default().iter().map(|byte| byte ^ 1 << random.below(8)).collect(),
            _ => words.get(random.below(words.len())).map_or_else(Vec::new, |word| format!(" {word} ").into_bytes()),
        };
        // Putting in keeps what stands there, the rest takes its place.
        let end = if random.percent(50) { from } else { to };
        bytes.splice(from..end, piece);
    }
    bytes
}
