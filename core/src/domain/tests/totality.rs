//! Any text in, a value or a finding out: every reader on random, hostile and very long texts.

use crate::domain::country::Country;
use crate::domain::text::{fold, share_a_script};
use crate::domain::words::{Words, words_of};
use crate::domain::{date, edits, email, instant, ip, names, network, phone, url};

/// Pieces that readers treat in their own way, and characters that break careless ones.
const PIECES: &[&str] = &[
    "0",
    "1",
    "9",
    "+",
    "00",
    "-",
    ".",
    "/",
    ":",
    "@",
    "#",
    "?",
    " ",
    "\t",
    "\n",
    "\0",
    "\u{1}",
    "T",
    "Z",
    "z",
    "x",
    "ext",
    "a",
    "É",
    "ß",
    "ﬁ",
    "İ",
    "'",
    "’",
    "\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "xn--",
    "www.",
    "http://",
    "tel:",
    "2019",
    "2019-05",
    "present",
    "Dr",
    "Jr",
    "van",
    "GmbH",
    "US",
    "Korea",
    "the",
    "&",
    "😀",
    "👩‍👩‍👧",
    "\u{202e}",
    "\u{202c}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "\u{3099}",
    "０",
    "＋",
    "１２３",
    "٣٤٥",
    "山田",
    "タナカ",
    "김철수",
    "राम",
    "ก็",
    "محمد",
    "Иван",
    "\u{10ffff}",
    "\u{fffd}",
    "½",
    "①",
    "㎏",
    "%",
    "::",
    "ffff",
    "/24",
    "e",
    ";ext=",
    ";phone-context=",
    "*",
];

/// A small generator (Knuth's MMIX constants), so that every run sees the same texts.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    fn text(&mut self) -> String {
        (0..self.below(14)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

/// Reads a text as everything, with the laws that hold for any.
fn read_as_everything(text: &str, other: &str) {
    let region = Country::from_alpha2("GB");
    for phone in [phone::parse(text, None), phone::parse(text, region)] {
        assert_eq!(phone.valid.is_some(), phone.finding.is_some(), "{text:?}");
        assert_eq!(phone.valid == Some(true), phone.finding == Some(phone::Finding::Ok), "{text:?}");
        assert!(phone.valid != Some(true) || phone.e164.is_some() && phone.kind.is_some(), "{text:?}");
    }
    let mail = email::parse(text);
    assert_eq!(mail.valid, mail.canonical.is_some());
    if let Some(canonical) = &mail.canonical {
        assert_eq!(email::parse(canonical).canonical.as_ref(), Some(canonical), "{text:?}");
    }
    let page = url::parse(text);
    assert_eq!(page.valid, page.canonical.is_some());
    if let Some(micros) = instant::parse(text) {
        assert_eq!(instant::parse(&instant::to_text(micros)), Some(micros), "{text:?}");
    }
    let _ = (date::parse(text), Country::parse(text), network::Network::parse(text));
    if let Some(ip) = ip::Ip::parse(text) {
        assert_eq!(ip::Ip::parse(&ip.to_string()), Some(ip), "{text:?}");
    }
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "{text:?}");
    assert!(share_a_script(text, text));
    assert_eq!(share_a_script(text, other), share_a_script(other, text), "{text:?} {other:?}");
    let (words, others) = (Words::of(text), Words::of(other));
    assert!(words.is_empty() || words.mentions(&words, true) && words.mentions(&words, false), "{text:?}");
    assert!(!words.is_empty() || words_of(text).is_empty(), "{text:?}");
    assert!(!words.mentions(&others, true) || words.mentions(&others, false), "{text:?} {other:?}");
    assert!(words_of(text).iter().all(|word| text.contains(word)));
    assert!(edits::at_most(text, text, 0));
    assert_eq!(edits::at_most(text, other, 2), edits::at_most(other, text, 2), "{text:?} {other:?}");
    for kind in [names::Kind::Person, names::Kind::Organisation] {
        assert_eq!(names::agrees(text, other, kind), names::agrees(other, text, kind), "{text:?} {other:?}");
        assert!(!names::agrees(text, text, kind).is_false(), "{text:?}");
    }
}

#[test]
fn random_texts_have_a_value_or_a_finding() {
    let mut random = Random(1);
    for _ in 0..10_000 {
        let (text, other) = (random.text(), random.text());
        read_as_everything(&text, &other);
    }
}

#[test]
fn very_long_texts_are_read() {
    for piece in ["1", "+", "a", "a.", ".", "@", "é", "\u{301}", "😀", "山", "ก็", " x", "[", "//", "\u{202e}"]
    {
        let text = piece.repeat(20_000 / piece.len());
        read_as_everything(&text, "Ada Lovelace");
        read_as_everything(&format!("a@{text}.org"), "http://a");
    }
    for piece in ["a b ", "é", "+1"] {
        let text = piece.repeat(1_000_000 / piece.len());
        let words = Words::of(&text);
        assert!(!words.mentions(&Words::of("Ada"), false) && !fold(&text).is_empty());
        assert_eq!(phone::parse(&text, None).finding, Some(phone::Finding::TooLong));
        assert!(!email::parse(&text).valid && !url::parse(&text).valid && date::parse(&text).is_none());
        assert!(names::agrees(&text, "Ada", names::Kind::Person).is_unknown());
        assert!(!edits::at_most(&text, "Ada", 1) && Country::parse(&text).is_err());
    }
}

#[test]
fn folding_any_character_twice_changes_nothing() {
    for c in '\0'..=char::MAX {
        let once = fold(c.encode_utf8(&mut [0; 4]));
        assert_eq!(fold(&once), once, "{c:?} U+{:04X}", u32::from(c));
    }
}
