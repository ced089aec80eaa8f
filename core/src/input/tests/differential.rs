//! The JSON reader against `serde_json`: the same texts accepted, the same values read, by both roads.

use super::sample::{by_text, by_value, layout};
use crate::error::InputError;
use crate::limits::Limits;
use crate::record::Layout;
use serde_json::Value;

const SAMPLE: &str = r#"{"id":"a-1","submitted":"2024-05-31T10:00:00Z","extra":{"a":[1,2.5e-3,{"b":null}],"c":"\u00e9\ud83d\ude00"},
 "form":{"name":" Ann Example ","phone":"+1 202 555 0100","age":41,"ok":true,"ip":"192.0.2.1","network":"192.0.2.0/24","status":"Toll-Free",
 "location":{"countryCode":"US","city":"Æbeltoft\n"},"unread":[[],{},"x\\y",-0,1e5,true,false,null],
 "work":[{"name":"Example Ltd","startDate":"2019","endDate":"present","notes":["one","","two"],"place":{"countryCode":"FR"}},
 {"name":7,"startDate":"soon","endDate":null},null,5],"tags":["a",1,{"k":[1]}],"days":["2019-05","x"]},
 "resume":{"age":-12.75,"site":"https://example.org","email":"a@example.org","location":"nowhere"}}"#;

/// Texts that are easy to get wrong.
const CORPUS: &[&str] = &[
    "",
    " ",
    "{",
    "}",
    "{}",
    " {} ",
    "{}x",
    "{} {}",
    "[]",
    "[",
    "null",
    "nul",
    "nulll",
    "true",
    "tru",
    "false",
    "fals",
    "5",
    "-",
    "-0",
    "-0.0",
    "01",
    "-01",
    "1.",
    ".5",
    "1.e1",
    "1e",
    "1e+",
    "1e-",
    "1E5",
    "1e999",
    "-1e999",
    "1e-999",
    "0e999",
    "1e308",
    "1.8e308",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "9007199254740993",
    "0.1",
    "123456789012345678901234567890",
    "0.30000000000000004",
    "1.00000000000000011102230246251565",
    "+1",
    "NaN",
    "Infinity",
    "\"\"",
    "\"",
    "\"\\\"",
    "\"a",
    "\"\\q\"",
    "\"\\u12\"",
    "\"\\u12G4\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud800x\"",
    "\"\\ud800\\n\"",
    "\"\\ud800\\ud800\"",
    "\"\u{7f}\"",
    "\"a\tb\"",
    "\"a\u{0}b\"",
    "\"a\nb\"",
    "\u{0}",
    "{}\u{0}",
    "{\"a\":1\u{b}}",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,,2]",
    "{\"a\":1,}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":1 \"b\":2}",
    "{1:2}",
    "[1}",
    "{\"a\":1]",
    "// c\n{}",
    "{}/* c */",
    "{\"a\":1}}",
    "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
    "\u{a0}{}",
    "{\"a\":\"\u{2028}\"}",
    "{\"id\":1e999}",
    "{\"form\":{\"age\":1e999}}",
    "{\"x\":1e999}",
    "{\"x\":[1e999]}",
    "{\"x\":{\"y\":\"\\ud800\"}}",
    "{\"\\ud800\":1}",
    "{\"x\":\"\\u00e9\"}",
    "{\"i\\u0064\":\"escaped key\"}",
    "{\"i\\u0064\":1,\"id\":\"x\"}",
    "{\"form\":{\"age\":-0}}",
    "{\"form\":{\"age\":-0.0}}",
    "{\"form\":{\"age\":1E2}}",
    "{\"form\":{\"age\":0.1e1}}",
    "{\"form\":{\"age\":18446744073709551616}}",
    "{\"form\":{\"name\":1E2}}",
    "{\"form\":1.50}",
    "{\"form\":{\"name\":18446744073709551616}}",
    "{\"form\":{\"name\":-0}}",
    "{\"form\":{\"name\":{\"b\": 1.0,\"a\":[ ]}}}",
    "{\"form\":{\"work\":{}}}",
    "{\"form\":{\"work\":[[]]}}",
    "{\"form\":[]}",
    "{\"form\":\"  \"}",
    "{\"form\":{\"tags\":\"\"}}",
    "{\"id\":\"a\",\"id\":\"b\"}",
    "{\"id\":\"a\",\"id\":null}",
    "{\"id\":null,\"id\":\"a\"}",
    "{\"id\":5,\"id\":\"a\"}",
    "{\"submitted\":\"x\",\"submitted\":\"2024-01-01T00:00:00Z\"}",
    "{\"form\":{\"age\":1,\"work\":[{\"name\":\"A\"}]},\"form\":{\"name\":\"B\"}}",
    "{\"form\":{\"work\":[{\"name\":\"A\"},{}],\"work\":[{\"name\":\"B\"}]}}",
    "{\"form\":{\"age\":\"x\"},\"form\":null}",
    "{\"form\":5,\"form\":{\"age\":\"x\"}}",
    "{\"form\":{\"age\":5},\"form\":7}",
    "{\"form\":{\"work\":[1],\"work\":null}}",
    "{\"form\":{\"location\":{\"city\":\"x\"},\"location\":{}}}",
    "{\"form\":{\"work\":[{\"place\":{\"city\":\"x\"},\"place\":{\"countryCode\":\"zz\"}}]}}",
    "{\"form\":{\"status\":\"OPEN\"}}",
    "{\"form\":{\"status\":\"half-time\"}}",
    "{\"form\":{\"status\":\"closed\"}}",
    "{\"id\":\"\\u0020 x \\t\"}",
    "{\"id\":\"\u{a0}x\u{3000}\"}",
];

/// A small generator, the same on every machine (Steele, Lea, Flood: `SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }
}

/// Both readers say the same of a text; whether they accept it.
fn agree(layout: &Layout, limits: &Limits, json: &[u8]) -> bool {
    let ours = by_text(layout, limits, json);
    let theirs = serde_json::from_slice::<Value>(json);
    let shown = || String::from_utf8_lossy(json).into_owned();
    match (&ours, &theirs) {
        (Ok(ours), Ok(value)) => {
            let by_value = by_value(layout, limits, value).unwrap_or_else(|e| panic!("{e} in {}", shown()));
            assert_eq!(*ours, by_value, "{}", shown());
            true
        }
        (Err(InputError::NotARecord { found }), Ok(value)) => {
            assert!(!value.is_object(), "{}", shown());
            assert_eq!(by_value(layout, limits, value), Err(InputError::NotARecord { found: found.clone() }));
            true
        }
        (Err(InputError::Json { .. } | InputError::Utf8 { .. }), Err(_)) => false,
        (Err(InputError::TooDeep { .. }), Err(error)) if error.to_string().contains("recursion") => false,
        _ => panic!("ours {ours:?}, serde_json {theirs:?}: {}", shown()),
    }
}

fn wide_limits() -> Limits {
    Limits { max_record_nesting: 127, ..Limits::default() }
}

#[test]
fn corpus_is_read_as_serde_json_reads_it() {
    let (layout, limits) = (layout(), wide_limits());
    for text in CORPUS {
        agree(&layout, &limits, text.as_bytes());
        for wrapped in [
            format!("{{\"x\":{text}}}"),
            format!("{{\"form\":{{\"age\":{text}}}}}"),
            format!("{{\"id\":{text}}}"),
            format!("{{\"form\":{{\"tags\":[{text}]}}}}"),
            format!("[{text}]"),
        ] {
            agree(&layout, &limits, wrapped.as_bytes());
        }
    }
}

#[test]
fn truncated_at_every_byte() {
    let (layout, limits) = (layout(), wide_limits());
    assert!(agree(&layout, &limits, SAMPLE.as_bytes()));
    for length in 0..SAMPLE.len() {
        assert!(!agree(&layout, &limits, &SAMPLE.as_bytes()[..length]));
    }
}

#[test]
fn every_byte_replaced() {
    let (layout, limits) = (layout(), wide_limits());
    for place in 0..SAMPLE.len() {
        for byte in [0xff, 0x80, 0xc3, 0xed, 0x00, 0x1f, b'"', b'\\', b'}', b']', b',', b':', b'0', b' '] {
            let mut json = SAMPLE.as_bytes().to_vec();
            json[place] = byte;
            agree(&layout, &limits, &json);
        }
    }
}

/// Strings are searched eight bytes at a time, then by larger steps, with and without control characters elsewhere: every
/// length, and something special at every place.
#[test]
fn strings_of_every_length() {
    let (layout, limits) = (layout(), wide_limits());
    let specials = [
        "",
        "é",
        "😀",
        "\\n",
        "\\\"",
        "\\\\",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\x",
        "\"",
        "\u{1}",
        "\u{7f}",
        "\t",
    ];
    for length in 0..70 {
        for special in specials {
            for place in [0, 1, 7, 8, 9, 15, 16, 23, 24, 25, 31, 32, 33, 63, length] {
                if place > length {
                    continue;
                }
                let (before, after) = ("x".repeat(place), "y".repeat(length - place));
                let text = format!("\"{before}{special}{after}\"");
                for json in [
                    format!("{{\"id\":{text}}}"),
                    format!("{{\"unread\":{text},\"id\":\"z\"}}"),
                    format!("{{{text}:1,\"id\":\"z\"}}"),
                    format!("{{ \"id\" : {text} ,\n\"form\": {{ \"tags\": [{text} , {text}] }} }}"),
                    format!("{{\"id\":{text}"),
                    format!("{{\"id\":\"{before}{special}"),
                ] {
                    agree(&layout, &limits, json.as_bytes());
                }
            }
        }
    }
}

#[test]
fn nesting_up_to_the_limit() {
    let (layout, limits) = (layout(), wide_limits());
    for depth in 1..200 {
        for (open, inner, close) in
            [("[", "", "]"), ("{\"form\":", "{}", "}"), ("{\"x\":", "1", "}"), ("[{\"x\":", "[]", "}]")]
        {
            let json = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            agree(&layout, &limits, json.as_bytes());
            let unclosed = open.repeat(depth);
            agree(&layout, &limits, unclosed.as_bytes());
        }
    }
}

/// Pieces that mutations put in.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00",
    "\\u0041",
    "null",
    "true",
    "false",
    "-",
    "0",
    "1",
    "9",
    ".",
    "e",
    "E",
    "+",
    "e999",
    "1e999",
    " ",
    "\n",
    "\t",
    "\u{0}",
    "\u{1f}",
    "\u{7f}",
    "é",
    "😀",
    "\"id\":",
    "\"form\":",
    "\"work\":",
    "\"name\":",
    "\"age\":",
    "{}",
    "[]",
    "\"\"",
    "\"2019\"",
    "\"present\"",
    "12345678901234567890",
    "0.1",
];

fn mutate(json: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let place = random.below(json.len() + 1);
        match random.below(6) {
            0 if place < json.len() => json[place] = u8::try_from(random.below(256)).unwrap(),
            1 if place < json.len() => {
                json.remove(place);
            }
            2 => {
                let end = (place + random.below(40)).min(json.len());
                json.drain(place..end);
            }
            3 => {
                let end = (place + random.below(60)).min(json.len());
                let copy = json[place..end].to_vec();
                let to = random.below(json.len() + 1);
                json.splice(to..to, copy);
            }
            4 => json.truncate(place.max(1)),
            _ => {
                let piece = PIECES[random.below(PIECES.len())].as_bytes().to_vec();
                json.splice(place..place, piece);
            }
        }
        if json.is_empty() {
            json.push(b'{');
        }
    }
}

#[test]
fn two_hundred_thousand_mutations() {
    let (layout, limits) = (layout(), wide_limits());
    let mut random = Random(1);
    let small = r#"{"id":"x","form":{"age":1,"name":"A","work":[{"name":"B","endDate":"present"}],"tags":["t"]},"x":[1.5,{"y":"z"}]}"#;
    let mut accepted = 0;
    for round in 0..200_000 {
        let mut json = if round % 8 == 0 { SAMPLE.as_bytes().to_vec() } else { small.as_bytes().to_vec() };
        mutate(&mut json, &mut random);
        accepted += usize::from(agree(&layout, &limits, &json));
    }
    assert!((10_000..190_000).contains(&accepted), "{accepted} accepted: the mutations are too mild or too wild");
}

/// Documents made from nothing but pieces and keys of the layout, so that repeated keys and wrong types abound.
#[test]
fn generated_documents() {
    let (layout, limits) = (layout(), wide_limits());
    let mut random = Random(2);
    for _ in 0..50_000 {
        let mut json = String::new();
        document(&mut json, &mut random, 0);
        assert!(agree(&layout, &limits, json.as_bytes()), "{json}");
    }
}

fn document(json: &mut String, random: &mut Random, depth: usize) {
    const KEYS: &[&str] = &[
        "id",
        "submitted",
        "form",
        "resume",
        "name",
        "age",
        "ok",
        "work",
        "tags",
        "days",
        "location",
        "countryCode",
        "place",
        "notes",
        "startDate",
        "x",
        "n\\u0061me",
        "é",
    ];
    const VALUES: &[&str] = &[
        "null",
        "true",
        "-0",
        "1.5",
        "1E2",
        "0.1",
        "33333333333333333333",
        "\"\"",
        "\" \"",
        "\"2019-05\"",
        "\"present\"",
        "\"US\"",
        "\"Korea\"",
        "\"\\u0061\\n\"",
        "\" é \"",
        "5",
        "4.35",
        "0.000001234567890123456789",
    ];
    let kind = if depth == 0 { 0 } else { random.below(if depth > 5 { 1 } else { 4 }) + usize::from(depth > 5) * 3 };
    match kind {
        0 | 1 => {
            json.push('{');
            for number in 0..random.below(6) {
                if number > 0 {
                    json.push_str([",", " , "][random.below(2)]);
                }
                json.extend(["\"", KEYS[random.below(KEYS.len())], "\":"]);
                document(json, random, depth + 1);
            }
            json.push('}');
        }
        2 => {
            json.push('[');
            for number in 0..random.below(4) {
                if number > 0 {
                    json.push(',');
                }
                document(json, random, depth + 1);
            }
            json.push(']');
        }
        _ => json.push_str(VALUES[random.below(VALUES.len())]),
    }
}
