//! Texts without case, accents, punctuation and spacing, for ASCII and the accented letters that tests write.

/// The letters and digits of a text, small and without accents.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter_map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    match c {
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        'a'..='z' | '0'..='9' => Some(c),
        'é' | 'è' | 'É' => Some('e'),
        'ü' | 'Ü' => Some('u'),
        'ö' | 'Ö' => Some('o'),
        'á' | 'Á' => Some('a'),
        'ñ' | 'Ñ' => Some('n'),
        _ => None,
    }
}

/// The words of a text: what stands between characters that are neither letters nor digits.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| plain(c).is_none()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
