//! Puts a description together: names, points and what is read from the checked tree, texts from the rule files.

use super::written::Written;
use super::{
    DescribedCategory, DescribedIndicator, DescribedLet, DescribedList, DescribedOutcome, DescribedSetting,
    DescribedWeight, Description,
};
use crate::check::Checked;
use crate::check::tree::{At, Grade, IndicatorDef, SettingDef};
use crate::evaluate::Context;
use crate::ruleset::{IndicatorInfo, InputPath};
use crate::source::Sources;
use crate::verdict::Source;
use std::collections::{BTreeMap, BTreeSet};

/// What a checked ruleset says. `infos` are its indicators in the order of the tree.
pub(crate) fn describe(
    checked: &Checked,
    sources: &Sources,
    context: &Context,
    infos: &[IndicatorInfo],
    inputs: Vec<InputPath>,
) -> Description {
    let reader = Reader { checked, written: Written::of(sources, checked) };
    let indicators = reader.indicators(infos, &inputs);
    Description {
        ruleset: context.ruleset.clone(),
        engine: context.engine.clone(),
        description: sources.manifest.description.trim().to_owned(),
        licence: sources.manifest.licence.trim().to_owned(),
        categories: reader.categories(),
        weights: reader.weights(),
        outcomes: reader.outcomes(),
        indicators,
        settings: reader.settings(),
        lets: reader.lets(),
        lists: reader.lists(),
        inputs,
        adjustments: reader.written.adjustments,
        withdrawn: sources.manifest.withdrawn.clone(),
    }
}

struct Reader<'c> {
    checked: &'c Checked,
    written: Written,
}

impl Reader<'_> {
    fn indicators(&self, infos: &[IndicatorInfo], inputs: &[InputPath]) -> Vec<DescribedIndicator> {
        let mut reads: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for input in inputs {
            for indicator in &input.indicators {
                reads.entry(indicator).or_default().push(input.path.clone());
            }
        }
        let mut users = vec![BTreeSet::new(); self.checked.indicators.len()];
        for (index, def) in self.checked.indicators.iter().enumerate() {
            for part in &def.reads.indicators {
                if let Some(users) = users.get_mut(*part) {
                    users.insert(index);
                }
            }
        }
        let all = self.checked.indicators.iter().zip(infos).zip(&users);
        all.map(|((def, info), users)| {
            let reads = reads.remove(def.name.as_str()).unwrap_or_default();
            self.indicator(def, info, reads, users)
        })
        .collect()
    }

    fn indicator(
        &self,
        def: &IndicatorDef,
        info: &IndicatorInfo,
        reads: Vec<String>,
        users: &BTreeSet<usize>,
    ) -> DescribedIndicator {
        let written = self.written.indicators.get(&def.name);
        let lists = def.reads.lists.iter().filter_map(|id| self.checked.lists.get(*id)).map(|list| list.name.clone());
        let tables = def.reads.tables.iter().filter_map(|id| self.checked.tables.get(*id));
        DescribedIndicator {
            id: info.id.clone(),
            title: info.title.clone(),
            category: info.category.clone(),
            severity: info.severity.clone(),
            points: info.weight,
            status: if info.shadow { "shadow" } else { "active" }.to_owned(),
            file: info.file.clone(),
            elements: written.and_then(|written| written.elements.clone()),
            when: written.map_or_else(|| info.condition.clone(), |written| written.when.clone()),
            unless: written.and_then(|written| written.unless.clone()),
            because: written.map(|written| written.because.clone()).unwrap_or_default(),
            verify: def.verify.clone(),
            caution: def.caution.clone(),
            justified: def.justified.clone(),
            sources: def.sources.iter().map(|(title, url)| Source { title: title.clone(), url: url.clone() }).collect(),
            reads,
            lets: names(&def.reads.lets, |id| self.checked.lets.get(id).map(|named| &named.name)),
            settings: names(&def.reads.settings, |id| self.checked.settings.get(id).map(|named| &named.name)),
            lists: lists.chain(tables.map(|table| table.name.clone())).collect(),
            builds_on: self.ids(&def.reads.indicators),
            part_of: self.ids(users),
        }
    }

    fn categories(&self) -> Vec<DescribedCategory> {
        let decide = &self.checked.decide;
        let members = |index: usize| {
            let all = self.checked.indicators.iter().filter(move |def| def.category == index);
            all.map(|def| def.name.clone()).collect()
        };
        let all = decide.categories.iter().enumerate();
        all.map(|(index, name)| DescribedCategory {
            name: name.clone(),
            cap: decide.caps.get(index).copied().flatten(),
            indicators: members(index),
        })
        .collect()
    }

    fn weights(&self) -> Vec<DescribedWeight> {
        let all = Grade::WORDS.iter().zip(&self.checked.decide.weights);
        all.map(|(word, points)| DescribedWeight { severity: (*word).to_owned(), points: *points }).collect()
    }

    fn outcomes(&self) -> Vec<DescribedOutcome> {
        let decide = &self.checked.decide;
        let all = decide.outcomes.iter().enumerate();
        all.map(|(index, name)| DescribedOutcome {
            name: name.clone(),
            condition: decide.rules.get(index).and_then(Option::as_ref).map(|(_, text)| text.clone()),
            indicators: decide.named.get(index).map(|named| self.ids(named)).unwrap_or_default(),
        })
        .collect()
    }

    fn settings(&self) -> Vec<DescribedSetting> {
        let describe = |(index, def): (usize, &SettingDef)| {
            let written = self.written.settings.get(&def.name)?;
            let (value, adjusted_from) = match &written.adjusted {
                Some(value) => (value.clone(), Some(written.value.clone())),
                None => (written.value.clone(), None),
            };
            Some(DescribedSetting {
                name: def.name.clone(),
                value,
                adjusted_from,
                meaning: written.meaning.clone(),
                file: self.file(def.at),
                indicators: self.users(|indicator| indicator.reads.settings.contains(&index)),
            })
        };
        self.checked.settings.iter().enumerate().filter_map(describe).collect()
    }

    fn lets(&self) -> Vec<DescribedLet> {
        let all = self.checked.lets.iter().enumerate();
        all.map(|(index, def)| DescribedLet {
            name: def.name.clone(),
            value: self.written.lets.get(&def.name).cloned().unwrap_or_default(),
            file: self.file(def.at),
            indicators: self.users(|indicator| indicator.reads.lets.contains(&index)),
        })
        .collect()
    }

    fn lists(&self) -> Vec<DescribedList> {
        let lists = self.checked.lists.iter().enumerate().map(|(index, def)| {
            let users = self.users(|indicator| indicator.reads.lists.contains(&index));
            self.list(&def.name, def.entries.as_ref().map(Vec::len), def.at, users)
        });
        let tables = self.checked.tables.iter().enumerate().map(|(index, def)| {
            let users = self.users(|indicator| indicator.reads.tables.contains(&index));
            self.list(&def.name, def.rows.as_ref().map(Vec::len), def.at, users)
        });
        lists.chain(tables).flatten().collect()
    }

    fn list(&self, name: &str, rows: Option<usize>, at: At, indicators: Vec<String>) -> Option<DescribedList> {
        let written = self.written.lists.get(name)?;
        Some(DescribedList {
            name: name.to_owned(),
            ty: written.ty.clone(),
            columns: written.columns.clone(),
            description: written.description.clone(),
            rows,
            to_fill: written.origin.is_none(),
            file: self.file(at),
            origin: written.origin.clone(),
            indicators,
        })
    }

    fn users(&self, uses: impl Fn(&IndicatorDef) -> bool) -> Vec<String> {
        self.checked.indicators.iter().filter(|def| uses(def)).map(|def| def.name.clone()).collect()
    }

    fn ids(&self, indexes: &BTreeSet<usize>) -> Vec<String> {
        names(indexes, |id| self.checked.indicators.get(id).map(|def| &def.name))
    }

    fn file(&self, at: At) -> String {
        self.checked.files.get(usize::from(at.file)).cloned().unwrap_or_default()
    }
}

fn names<'n>(indexes: &BTreeSet<usize>, name: impl Fn(usize) -> Option<&'n String>) -> Vec<String> {
    indexes.iter().filter_map(|index| name(*index)).cloned().collect()
}
