//! JSON text, written without values in between.

use serde_json::Value;
use std::fmt::Write as _;

/// Appends a text as a JSON string, with the escapes that `serde_json` uses.
pub(crate) fn push_text(text: &str, out: &mut String) {
    out.push('"');
    if is_plain(text.as_bytes()) {
        out.push_str(text);
    } else {
        push_escaped(text, out);
    }
    out.push('"');
}

#[inline(never)]
fn push_escaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(needs_escape) {
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let Some(byte) = special.bytes().next() else { return };
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            _ => {
                let _ = write!(out, "\\u{byte:04x}");
            }
        }
        rest = special.get(1..).unwrap_or("");
    }
    out.push_str(rest);
}

/// Appends a value.
pub(crate) fn push_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::String(text) => push_text(text, out),
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Whether nothing in a text has to be escaped; eight bytes at a time (the tests for a zero byte and for a byte below another
/// are in "Bit Twiddling Hacks" by S. E. Anderson).
fn is_plain(text: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, rest) = text.as_chunks::<8>();
    let special = words.iter().fold(0, |found, word| {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        found | control | zero(word ^ (ONES * 0x22)) | zero(word ^ (ONES * 0x5c))
    });
    special == 0 && !rest.iter().any(|byte| needs_escape(*byte))
}

#[cfg(test)]
mod tests {
    use super::push_text;

    #[test]
    fn texts_are_written_as_serde_json_writes_them() {
        let mut texts =
            vec!["", "plain", "Zoë \u{2028} 𝕏", "\"", "a\\b", "tab\tand\u{1f}end\u{7f}"].into_iter().map(str::to_owned);
        let mut texts: Vec<String> = texts.by_ref().collect();
        for byte in 0u8..=0x7f {
            for place in 0..17 {
                let mut text = "0123456789abcdef".to_owned();
                text.insert(place, char::from(byte));
                texts.push(text);
            }
        }
        for text in texts {
            let mut written = String::new();
            push_text(&text, &mut written);
            assert_eq!(written, serde_json::to_string(&text).unwrap());
        }
    }
}
