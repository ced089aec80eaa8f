//! What a value is about: the fields of the record behind it, with the whole path that led there.

use crate::check::lints::range::Values;
use crate::check::tree::{Checked, Kind, Place, PlaceBase, RowRef, TBinder, TList, Typed};
use crate::check::types::{Prop, Ty};

/// A field that a value comes from.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// As the rule names it.
    pub shown: String,
    /// The names on the way from the root.
    pub path: Vec<String>,
    pub ty: Ty,
}

/// What a bound name stands for.
#[derive(Debug, Clone)]
enum Bound {
    /// An element of a list of the record, or one of several sources.
    Field(Subject),
    /// A word of these.
    Words(Vec<Subject>),
    /// A row of a table, or an item of a row's cell: data of the ruleset.
    Data,
}

/// The names bound around an expression.
#[derive(Clone, Default)]
pub(super) struct Names(Vec<(u8, String, Bound)>);

/// Kinds of fields that stand in for a protected attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trait {
    Name,
    Area,
    Nationality,
    Residence,
    SchoolCountry,
    Language,
    Gap,
    Age,
}

const EDUCATION: [&str; 10] =
    ["education", "school", "schools", "university", "college", "institution", "degree", "degrees", "study", "studies"];
const WORK: [&str; 8] = ["work", "job", "jobs", "employment", "career", "position", "positions", "experience"];
const HOME: [&str; 8] = ["location", "address", "home", "residence", "living", "resident", "hometown", "domicile"];
/// Facts of devices, networks and look-ups: where somebody's traffic comes from is no origin.
const TECHNICAL: [&str; 12] = [
    "session", "sessions", "ip", "network", "device", "devices", "phone", "email", "bank", "payment", "shipping",
    "browser",
];

impl Subject {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.path.iter().flat_map(|name| name.split('_'))
    }

    /// The words of the field's own name.
    fn last(&self) -> Vec<&str> {
        self.path.last().map_or_else(Vec::new, |name| name.split('_').collect())
    }

    fn any(&self, known: &[&str]) -> bool {
        self.words().any(|word| known.contains(&word))
    }

    pub(super) fn is_education(&self) -> bool {
        self.any(&EDUCATION)
    }

    pub(super) fn is_work(&self) -> bool {
        self.any(&WORK)
    }

    /// What this field stands in for, if anything.
    pub(super) fn traits(&self) -> Option<Trait> {
        let last = self.last();
        let has = |words: &[&str]| last.iter().any(|word| words.contains(word));
        let technical = self.any(&TECHNICAL);
        let is_country = self.ty == Ty::Country;
        if has(&["nationality", "nationalities", "citizenship", "citizenships", "citizen", "ethnicity", "birthplace"])
            || (has(&["birth", "origin"]) && (is_country || has(&["country", "place", "city"])))
        {
            Some(Trait::Nationality)
        } else if self.is_age() {
            Some(Trait::Age)
        } else if has(&["gap", "gaps", "unemployed", "unemployment"]) {
            Some(Trait::Gap)
        } else if self.ty == Ty::Person && !has(&["author", "creator", "producer"])
            || self.ty.is_text() && has(&["surname", "forename"])
            || self.ty.is_text() && has(&["name"]) && has(&["first", "last", "given", "family", "middle", "maiden"])
        {
            Some(Trait::Name)
        } else if has(&["language", "languages", "lang", "locale", "tongue", "accent"])
            && !has(&["programming", "markup", "query"])
        {
            Some(Trait::Language)
        } else if technical {
            None
        } else if self.ty.is_text()
            && has(&[
                "postal",
                "postcode",
                "zip",
                "zipcode",
                "plz",
                "region",
                "state",
                "province",
                "county",
                "prefecture",
            ])
        {
            Some(Trait::Area)
        } else if is_country && self.is_education() {
            Some(Trait::SchoolCountry)
        } else if is_country && self.any(&HOME) {
            Some(Trait::Residence)
        } else {
            None
        }
    }

    fn is_age(&self) -> bool {
        let last = self.last();
        let of_person = ["age", "applicant", "candidate", "person", "in", "years", "of"];
        last.iter().any(|word| ["birth", "birthdate", "birthday", "birthyear", "dob", "born"].contains(word))
            || (last.contains(&"age") && last.iter().all(|word| of_person.contains(word)))
    }

    /// Whether the field says when something begins.
    pub(super) fn is_start(&self) -> bool {
        self.last().first().is_some_and(|word| ["start", "starts", "started", "begin", "began", "from"].contains(word))
    }

    /// Whether the field says when something ends.
    pub(super) fn is_end(&self) -> bool {
        self.last()
            .first()
            .is_some_and(|word| ["end", "ends", "ended", "until", "to", "finish", "finished", "left"].contains(word))
    }

    pub(super) fn is_graduation(&self) -> bool {
        let date = self.ty == Ty::Date && self.is_education();
        date || self.last().iter().any(|word| ["graduation", "graduated", "graduate"].contains(word))
    }
}

/// The place as the rule names it.
pub(in crate::check::lints) fn place_name(
    checked: &Checked,
    place: &Place,
    name: &dyn Fn(u8) -> Option<String>,
) -> String {
    let mut names = match &place.base {
        PlaceBase::Root => Vec::new(),
        PlaceBase::Binder(slot) => name(*slot).into_iter().collect(),
        PlaceBase::End { list, last } => {
            vec![place_name(checked, list, name), if *last { "last" } else { "first" }.to_owned()]
        }
    };
    names.extend(steps(checked, place));
    names.join(".")
}

fn steps<'c>(checked: &'c Checked, place: &'c Place) -> impl Iterator<Item = String> + use<'c> {
    let field = |(record, index): &(usize, usize)| checked.records.get(*record)?.fields.get(*index);
    place.steps.iter().filter_map(field).map(|field| field.name.clone())
}

impl Names {
    fn find(&self, slot: u8) -> Option<&(u8, String, Bound)> {
        self.0.iter().rev().find(|(own, ..)| *own == slot)
    }

    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    pub(super) fn truncate(&mut self, depth: usize) {
        self.0.truncate(depth);
    }

    pub(super) fn bind(&mut self, values: &Values<'_>, binders: &[TBinder]) {
        for binder in binders {
            let bound = match &binder.list {
                TList::Place(place) => Bound::Field(self.of_place(values, place, &binder.element)),
                // Sources are alike: the first stands for all.
                TList::Sources(sources) => match sources.first() {
                    Some((_, place)) => Bound::Field(self.of_place(values, place, &binder.element)),
                    None => Bound::Data,
                },
                TList::Value(value) => match &value.kind {
                    Kind::Prop { base, prop: Prop::Words } => Bound::Words(self.subjects(values, base)),
                    _ => Bound::Data,
                },
                TList::Table(_) | TList::Poison => Bound::Data,
            };
            if let Some((second, slot)) = &binder.pair {
                self.0.push((*slot, second.clone(), bound.clone()));
            }
            self.0.push((binder.slot, binder.name.clone(), bound));
        }
    }

    fn of_place(&self, values: &Values<'_>, place: &Place, ty: &Ty) -> Subject {
        let shown = place_name(values.checked, place, &|slot| self.find(slot).map(|(_, name, _)| name.clone()));
        let mut path = self.path_of(values.checked, place);
        for name in &mut path {
            name.make_ascii_lowercase();
        }
        Subject { shown, path, ty: ty.clone() }
    }

    fn path_of(&self, checked: &Checked, place: &Place) -> Vec<String> {
        let mut path = match &place.base {
            PlaceBase::Root => Vec::new(),
            PlaceBase::Binder(slot) => match self.find(*slot) {
                Some((_, _, Bound::Field(subject))) => subject.path.clone(),
                _ => Vec::new(),
            },
            PlaceBase::End { list, .. } => self.path_of(checked, list),
        };
        path.extend(steps(checked, place));
        path
    }

    /// The fields that a value is, as they stand: not what is computed from them.
    pub(super) fn subjects(&self, values: &Values<'_>, typed: &Typed) -> Vec<Subject> {
        match &typed.kind {
            Kind::Let(index) => match values.open(*index) {
                Some(found) => Self::default()
                    .subjects(values, &found.value)
                    .into_iter()
                    .map(|subject| Subject { shown: found.name.clone(), ..subject })
                    .collect(),
                None => Vec::new(),
            },
            Kind::Place(place) => vec![self.of_place(values, place, &typed.ty)],
            Kind::Prop { base, prop: Prop::Raw | Prop::CountryName | Prop::Words | Prop::Year } => {
                self.subjects(values, base)
            }
            Kind::Coalesce(a, b) => {
                let mut found = self.subjects(values, a);
                found.extend(self.subjects(values, b));
                found
            }
            Kind::Element(slot) => match self.find(*slot) {
                Some((_, name, Bound::Field(subject))) => vec![Subject { shown: name.clone(), ..subject.clone() }],
                Some((_, name, Bound::Words(subjects))) => {
                    subjects.iter().map(|subject| Subject { shown: name.clone(), ..subject.clone() }).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The fields that a value is or is looked up by.
    pub(super) fn behind(&self, values: &Values<'_>, typed: &Typed) -> Vec<Subject> {
        match &typed.kind {
            Kind::Column { row: RowRef::Lookup(key), .. } => self.subjects(values, key),
            _ => self.subjects(values, typed),
        }
    }

    /// Whether a value is fixed by the ruleset: a literal, or what stands in one of its tables.
    pub(super) fn is_data(&self, values: &Values<'_>, typed: &Typed) -> bool {
        match &typed.kind {
            Kind::Column { row: RowRef::Binder(_), .. } => true,
            Kind::Element(slot) => matches!(self.find(*slot), Some((_, _, Bound::Data))),
            _ => values.fixed(typed).is_some(),
        }
    }
}
