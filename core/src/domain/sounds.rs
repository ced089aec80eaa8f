//! Whether two words can be one name, romanised in two ways ("Yuliya" and "Julija", "Xiao" and "Hsiao"): their consonants are
//! the same, spelled as English, German, French, Pinyin or Wade–Giles spell them. Says only that a difference is not certain.

/// The fewest consonants that tell a word from others.
const MIN_CONSONANTS: usize = 3;
/// Spellings of one sound, the longer ones first; what is left are single letters.
const SOUNDS: &[(&str, char)] = &[
    ("schtsch", 's'),
    ("shch", 's'),
    ("tsch", 's'),
    ("sch", 's'),
    ("tch", 's'),
    ("dzh", 's'),
    // German writes `ch` for the `kh` of English.
    ("ch", 's'),
    ("kh", 's'),
    ("sh", 's'),
    ("zh", 's'),
    ("cz", 's'),
    ("sz", 's'),
    ("hs", 's'),
    ("ts", 's'),
    ("tz", 's'),
    ("dz", 's'),
    ("dj", 's'),
    ("gh", 'g'),
    ("ph", 'f'),
    ("th", 't'),
    ("ng", 'n'),
    ("ck", 'k'),
    ("c", 'k'),
    ("q", 'k'),
    ("x", 's'),
    ("z", 's'),
    ("s", 's'),
    ("w", 'v'),
];

/// The consonants of a folded Latin word, doubled ones once; none if another script is in it.
pub(super) fn consonants(word: &str) -> Option<String> {
    let (mut found, mut last) = (String::new(), ' ');
    // Pinyin begins words with `x` for a sound like `sh`; elsewhere it is `ks`.
    let spelled = word.get(..1).unwrap_or_default().to_owned() + &word.get(1..)?.replace('x', "ks");
    let mut rest = spelled.as_str();
    while let Some(first) = rest.chars().next() {
        if !first.is_ascii_alphabetic() {
            return None;
        }
        let known = SOUNDS.iter().find(|(spelling, _)| rest.starts_with(spelling));
        let (length, sound) = known.map_or((1, first), |(spelling, sound)| (spelling.len(), *sound));
        rest = rest.get(length..)?;
        if !matches!(sound, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h') && sound != last {
            found.push(sound);
        }
        last = sound;
    }
    Some(found)
}

/// Whether two names, given by the consonants of their words, may be one: as wholes or by a word of each.
pub(super) fn may_be_one_name(a: &[&str], b: &[&str]) -> bool {
    let length = a.iter().map(|sounds| sounds.len()).sum::<usize>();
    length >= MIN_CONSONANTS
        && a.iter().flat_map(|sounds| sounds.bytes()).eq(b.iter().flat_map(|sounds| sounds.bytes()))
        || a.iter().any(|a| a.len() >= MIN_CONSONANTS && b.contains(a))
}
