//! Counting: how often each indicator is raised and judged, by locale, and the tables that show it.

use std::collections::BTreeMap;

/// Counts of one thing by locale.
#[derive(Debug, Clone, Default)]
pub struct Counts(BTreeMap<String, (usize, usize)>);

impl Counts {
    /// Counts one case of a locale.
    pub fn add(&mut self, locale: &str, is: bool) {
        let (hits, of) = self.0.entry(locale.to_owned()).or_default();
        *hits += usize::from(is);
        *of += 1;
    }

    /// Adds what was counted elsewhere.
    pub fn extend(&mut self, other: &Self) {
        for (locale, (hits, of)) in &other.0 {
            let mine = self.0.entry(locale.clone()).or_default();
            mine.0 += hits;
            mine.1 += of;
        }
    }

    /// The rate of each locale in percent, the lowest first.
    pub fn rates(&self) -> Vec<(f64, &str)> {
        let mut rates: Vec<(f64, &str)> =
            self.0.iter().map(|(locale, (hits, of))| (percent(*hits, *of), locale.as_str())).collect();
        rates.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        rates
    }

    /// The lowest and the highest rate.
    pub fn range(&self) -> (f64, f64) {
        let rates = self.rates();
        (rates.first().map_or(0.0, |rate| rate.0), rates.last().map_or(0.0, |rate| rate.0))
    }

    /// The rate over all locales.
    pub fn mean(&self) -> f64 {
        let (hits, of) = self.0.values().fold((0, 0), |(hits, of), one| (hits + one.0, of + one.1));
        percent(hits, of)
    }

    /// The locales with the highest and the lowest rates, as a line.
    pub fn extremes(&self) -> String {
        let rates = self.rates();
        let show = |rates: &[(f64, &str)]| {
            rates.iter().map(|(rate, locale)| format!("{locale} {rate:.1}")).collect::<Vec<_>>().join(", ")
        };
        let few = rates.len().min(4);
        format!(
            "{} … {}",
            show(rates.get(..few).unwrap_or_default()),
            show(rates.get(rates.len() - few..).unwrap_or_default())
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of some thousands")]
fn percent(hits: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { hits as f64 * 100.0 / of as f64 }
}

/// Counts of many things.
pub type Table = BTreeMap<String, Counts>;

/// Adds a table to another.
pub fn merge(into: &mut Table, from: &Table) {
    for (name, counts) in from {
        into.entry(name.clone()).or_default().extend(counts);
    }
}

/// The things whose rates differ by more than so many points, the worst first, one a line.
pub fn uneven<'t>(table: impl IntoIterator<Item = (&'t String, &'t Counts)>, points: f64) -> Vec<String> {
    let mut found: Vec<(f64, String)> = Vec::new();
    for (name, counts) in table {
        let (least, most) = counts.range();
        if most - least > points + 1e-9 {
            found.push((most - least, format!("{name}: {least:.1} to {most:.1} % ({})", counts.extremes())));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, line)| line).collect()
}
