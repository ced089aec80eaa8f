//! "Did you mean": the nearest of several names, if one is near enough.

/// The candidate nearest to `name`, if it is near: at most one edit for names of up to four characters, two otherwise. An edit
/// inserts, removes or replaces a character or exchanges two neighbours; case counts for nothing. Of equally near candidates the
/// first wins.
///
/// ```
/// assert_eq!(indicia_dsl::suggest("sevreity", ["category", "severity"]), Some("severity"));
/// assert_eq!(indicia_dsl::suggest("colour", ["category", "severity"]), None);
/// ```
pub fn suggest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest(name, candidates).first().copied()
}

/// All candidates that are equally near to `name`, and nearer than the others; near as [`suggest`] has it.
///
/// ```
/// assert_eq!(indicia_dsl::nearest("stat", ["start", "state", "end"]), ["start", "state"]);
/// ```
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let name: Vec<char> = name.to_lowercase().chars().take(LONGEST + 1).collect();
    if name.len() > LONGEST {
        return Vec::new();
    }
    let mut least = if name.len() <= 4 { 1 } else { 2 };
    let mut best: Vec<&str> = Vec::new();
    for candidate in candidates {
        let letters: Vec<char> = candidate.to_lowercase().chars().take(LONGEST + 1).collect();
        if letters.len().abs_diff(name.len()) > least {
            continue;
        }
        let distance = distance(&name, &letters);
        // A name that shares no letter with the candidate is no misspelling of it.
        if distance > least || distance >= letters.len().min(name.len()) {
            continue;
        }
        if distance < least {
            least = distance;
            best.clear();
        }
        if !best.contains(&candidate) {
            best.push(candidate);
        }
    }
    best
}

/// Longer names get no suggestion: the cost of comparing grows with the square.
const LONGEST: usize = 80;

/// The optimal string alignment distance (Damerau): edits between `a` and `b`, no substring edited twice.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (i, &letter_a) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        let mut previous_b = None;
        for (j, &letter_b) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, j) + usize::from(letter_a != letter_b);
            let mut edits = replaced.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if j > 0 && previous_a == Some(letter_b) && previous_b == Some(letter_a) {
                edits = edits.min(at(&before_last, j - 1) + 1);
            }
            row.push(edits);
            previous_b = Some(letter_b);
        }
        previous_a = Some(letter_a);
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
