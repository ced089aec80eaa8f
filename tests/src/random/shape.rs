//! The record that random rules read: few fields of each type, a record within, lists of records and of values.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A text.
    Text,
    /// A date.
    Date,
    /// An instant.
    Instant,
    /// A country.
    Country,
    /// One of three words.
    Word,
    /// The name of an organisation.
    Organisation,
    /// A record.
    Record(&'static [Field]),
    /// A list.
    List(&'static Kind),
}

/// A field: its name, its key in the input, what it holds.
pub type Field = (&'static str, &'static str, Kind);

/// The words of every `one of`.
pub const WORDS: [&str; 3] = ["red", "green", "blue"];
/// Texts, among them one that folds to nothing.
pub const TEXTS: [&str; 8] = ["alpha", "beta", "Alpha", "b\u{e9}ta", "alpha beta", "Beta-Gamma", "12", "?!"];
/// Names of organisations.
pub const FIRMS: [&str; 4] = ["Northwind", "Contoso", "NORTHWIND.", "Fabrikam"];
/// Days.
pub const DAYS: [&str; 8] =
    ["2019-05-31", "2019-06-01", "2020-02-29", "2020-01-31", "2019-01-01", "2019-12-31", "2020-06-15", "2018-06-30"];
/// Months, years and an open end.
pub const PARTIAL: [&str; 7] = ["2019", "2020", "2019-05", "2019-06", "2020-02", "present", "2018"];
/// Instants.
pub const INSTANTS: [&str; 4] =
    ["2020-01-01T10:00:00Z", "2020-01-01T12:00:00+02:00", "2020-01-02T10:00:00Z", "2019-12-31T23:30:00-02:00"];
/// Countries: codes and names.
pub const COUNTRIES: [&str; 4] = ["DE", "FR", "Germany", "USA"];

/// A place.
pub const PLACE: &[Field] = &[("city", "city", Kind::Text), ("country", "country", Kind::Country)];
/// What one source says.
pub const CLAIM: &[Field] = &[
    ("n", "n", Kind::Number),
    ("ok", "ok", Kind::Bool),
    ("t", "t", Kind::Text),
    ("k", "kind", Kind::Word),
    ("since", "since", Kind::Date),
    ("home", "home", Kind::Record(PLACE)),
];
/// A job.
pub const JOB: &[Field] = &[
    ("n", "n", Kind::Number),
    ("ok", "ok", Kind::Bool),
    ("t", "title", Kind::Text),
    ("k", "k", Kind::Word),
    ("start", "start", Kind::Date),
    ("end", "endDate", Kind::Date),
    ("firm", "firm", Kind::Organisation),
    ("home", "home", Kind::Country),
    ("tags", "tags", Kind::List(&Kind::Text)),
];
/// A course.
pub const STUDY: &[Field] =
    &[("n", "n", Kind::Number), ("ok", "ok", Kind::Bool), ("end", "end", Kind::Date), ("at", "at", Kind::Instant)];
/// The whole application.
pub const APPLICATION: &[Field] = &[
    ("submitted", "submitted", Kind::Instant),
    ("n", "n", Kind::Number),
    ("m", "m", Kind::Number),
    ("p", "p", Kind::Bool),
    ("q", "q", Kind::Bool),
    ("t", "t", Kind::Text),
    ("u", "u", Kind::Text),
    ("d", "d", Kind::Date),
    ("e", "e", Kind::Date),
    ("at", "at", Kind::Instant),
    ("c", "c", Kind::Country),
    ("k", "k", Kind::Word),
    ("firm", "firm", Kind::Organisation),
    ("form", "form", Kind::Record(CLAIM)),
    ("resume", "resume", Kind::Record(CLAIM)),
    ("profile", "profile", Kind::Record(CLAIM)),
    ("work", "work", Kind::List(&Kind::Record(JOB))),
    ("studies", "studies", Kind::List(&Kind::Record(STUDY))),
    ("tags", "tags", Kind::List(&Kind::Text)),
    ("counts", "counts", Kind::List(&Kind::Number)),
    ("logins", "logins", Kind::List(&Kind::Instant)),
];

/// The declarations of that record, of the lists and of the table.
pub fn declarations() -> String {
    let records = [("claim", CLAIM), ("job", JOB), ("study", STUDY), ("application", APPLICATION)];
    let records = records.map(|(name, fields)| format!("record {name} {{\n{}}}\n", declared(fields)));
    let mut text = records.concat();
    text.push_str("list words: text empty\nlist unfilled: text empty\n");
    text.push_str("table firms by name: organisation { founded: date, size: number, aliases: list of text } empty\n");
    text
}

fn declared(fields: &[Field]) -> String {
    let line = |(name, key, kind): &Field| {
        let from = if name == key { String::new() } else { format!(" from \"{key}\"") };
        format!("  {name}: {}{from}\n", type_name(*kind))
    };
    fields.iter().map(line).collect()
}

fn type_name(kind: Kind) -> String {
    match kind {
        Kind::Number => "number".to_owned(),
        Kind::Bool => "bool".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Instant => "instant".to_owned(),
        Kind::Country => "country".to_owned(),
        Kind::Word => format!("one of ({})", WORDS.join(", ")),
        Kind::Organisation => "organisation".to_owned(),
        Kind::Record(fields) if fields == CLAIM => "claim".to_owned(),
        Kind::Record(fields) if fields == JOB => "job".to_owned(),
        Kind::Record(fields) if fields == STUDY => "study".to_owned(),
        Kind::Record(fields) => format!("{{\n{}}}", declared(fields)),
        Kind::List(element) => format!("list of {}", type_name(*element)),
    }
}
