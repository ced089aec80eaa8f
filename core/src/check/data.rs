//! Lists and tables: their types and their rows.

use super::tree::{At, ColumnDef, FileId, ListDef, TableCell, TableDef};
use super::types::Ty;
use super::{Checker, Symbol, codes, records};
use crate::domain::country::Country;
use crate::domain::network::Network;
use crate::domain::{date, email, instant, ip::Ip, phone, url};
use crate::package::data_file;
use crate::record::Scalar;
use crate::source::{Rows, Sources};
use indicia_dsl::ast::{Item, ListDecl, Name, Origin, TableDecl, TypeExpr, TypeKind};
use indicia_dsl::diagnostic::Diagnostic;
use indicia_dsl::span::{Span, Spanned};
use std::sync::Arc;

impl Checker<'_> {
    pub(super) fn declare_data(&mut self, items: Vec<(FileId, Item)>) {
        for (file, item) in items {
            match item {
                Item::List(decl) => self.declare_list(file, &decl),
                Item::Table(decl) => self.declare_table(file, &decl),
                _ => {}
            }
        }
        self.unknown_host_rows();
    }

    fn declare_list(&mut self, file: FileId, decl: &ListDecl) {
        let (ty, hashed) = match &decl.ty.kind {
            TypeKind::HashOf(inner) => (self.entry_type(inner, file), true),
            _ => (self.entry_type(&decl.ty, file), false),
        };
        let entries = self.list_entries(file, decl, ty.as_ref(), hashed);
        let index = self.out.lists.len();
        self.out.lists.push(ListDef {
            name: decl.name.text.clone(),
            ty: ty.as_ref().map_or(Ty::Poison, Ty::of_scalar),
            hashed,
            entries,
            at: At { file, span: decl.name.span },
        });
        self.register_data(&decl.name, file, Symbol::List(index));
    }

    fn register_data(&mut self, name: &Name, file: FileId, symbol: Symbol) {
        self.forbid_field_name(name, file);
        self.register(name, file, symbol);
    }

    fn entry_type(&mut self, ty: &TypeExpr, file: FileId) -> Option<Scalar> {
        let at = At { file, span: ty.span };
        match &ty.kind {
            TypeKind::Named(name) => match records::scalar_named(name) {
                Some(Scalar::Bool | Scalar::Date | Scalar::Instant) => {
                    self.error(codes::BAD_DATA, at, format!("a list of {name} can't be looked up"), "");
                    None
                }
                Some(scalar) => Some(scalar),
                None => {
                    let known: Vec<String> = records::SCALARS.iter().map(|s| (*s).to_owned()).collect();
                    self.unknown(codes::UNKNOWN_NAME, "type", name, at, &known);
                    None
                }
            },
            TypeKind::OneOf(words) => Some(self.one_of(words, file)),
            _ => {
                self.error(codes::BAD_DATA, at, "a list holds plain values", "").help =
                    Some("declare a `table` for rows of several columns".to_owned());
                None
            }
        }
    }

    fn list_entries(
        &mut self,
        file: FileId,
        decl: &ListDecl,
        ty: Option<&Scalar>,
        hashed: bool,
    ) -> Option<Vec<String>> {
        let at = At { file, span: decl.name.span };
        if let Some(rows) = self.host_rows(&decl.name.text) {
            let Rows::List(entries) = rows else {
                self.error(codes::BAD_ROW, at, format!("`{}` is a list, its rows are texts", decl.name.text), "");
                return None;
            };
            for entry in &entries {
                self.check_entry(entry, ty, hashed, &decl.name.text, None, at);
            }
            return Some(entries);
        }
        let Origin::File(path) = &decl.origin else { return None };
        let (shown, text) = self.data_file(path, file)?;
        let raw = data_file::read_list(&text);
        let mut entries = Vec::with_capacity(raw.rows.len());
        for row in raw.rows {
            if let Some(entry) = row.cells.into_iter().next() {
                self.check_entry(&entry, ty, hashed, &decl.name.text, Some((&shown, row.span)), at);
                entries.push(entry);
            }
        }
        Some(entries)
    }

    fn host_rows(&self, name: &str) -> Option<Rows> {
        let mut sources: Option<&Sources> = Some(self.sources);
        while let Some(current) = sources {
            if let Some(rows) = current.rows.get(name) {
                return Some(rows.clone());
            }
            sources = current.base.as_deref();
        }
        None
    }

    fn unknown_host_rows(&mut self) {
        let names: Vec<String> = self.sources.rows.keys().cloned().collect();
        for name in names {
            let known =
                matches!(self.symbols.get(&name), Some((Symbol::List(_) | Symbol::Table(_) | Symbol::Broken, _)));
            if !known && !self.broken.contains(&name) {
                let mut declared: Vec<String> = self.out.lists.iter().map(|l| l.name.clone()).collect();
                declared.extend(self.out.tables.iter().map(|t| t.name.clone()));
                let near = super::near(&name, &declared);
                let mut diagnostic = Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    format!("rows are given for `{name}`, but no list or table is called so"),
                    "ruleset.yaml",
                    Span::default(),
                    "",
                );
                diagnostic.help = (!near.is_empty()).then(|| super::did_you_mean(&near));
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// The text of a data file, sought in the ruleset that declares it.
    fn data_file(&mut self, path: &Spanned<String>, file: FileId) -> Option<(String, String)> {
        let declared_in = self.file_name(file).to_owned();
        let mut sources: Option<&Sources> = Some(self.sources);
        let mut own = true;
        while let Some(current) = sources {
            let prefix = format!("{}/", current.manifest.name);
            let here = if own { current.rules.contains_key(&declared_in) } else { declared_in.starts_with(&prefix) };
            if here && let Some(text) = current.data.get(&path.node) {
                let shown = if own { path.node.clone() } else { format!("{prefix}{}", path.node) };
                return Some((shown, text.clone()));
            }
            own = false;
            sources = current.base.as_deref();
        }
        let at = At { file, span: path.span };
        let known: Vec<String> = self.sources.data.keys().cloned().collect();
        let near = super::near(&path.node, &known);
        let diagnostic = self.error(codes::BAD_DATA, at, format!("the ruleset has no file `{}`", path.node), "");
        diagnostic.help = (!near.is_empty()).then(|| super::did_you_mean(&near));
        None
    }

    fn check_entry(
        &mut self,
        entry: &str,
        ty: Option<&Scalar>,
        hashed: bool,
        name: &str,
        place: Option<(&str, Span)>,
        at: At,
    ) {
        let Some(ty) = ty else { return };
        let problem = if hashed {
            let hex = entry.len() == 64 && entry.bytes().all(|b| b.is_ascii_hexdigit());
            (!hex).then(|| format!("`{}` is no HMAC-SHA-256 in 64 hexadecimal digits", shorten(entry)))
        } else {
            scalar_problem(entry, ty).map(|problem| format!("`{}` {problem}", shorten(entry)))
        };
        let Some(problem) = problem else { return };
        let message = format!("entry of `{name}`: {problem}");
        match place {
            Some((file, span)) => self.diagnostics.push(Diagnostic::error(codes::BAD_ROW, message, file, span, "")),
            None => {
                self.error(codes::BAD_ROW, at, message, "");
            }
        }
    }

    fn declare_table(&mut self, file: FileId, decl: &TableDecl) {
        let at = At { file, span: decl.name.span };
        let mut columns = Vec::new();
        let known = self.entry_type(&decl.key_ty, file);
        let key_ty = known.as_ref().map_or(Ty::Poison, Ty::of_scalar);
        let key = known.unwrap_or(Scalar::Text);
        if !matches!(key, Scalar::Text | Scalar::Organisation | Scalar::Country) {
            let place = At { file, span: decl.key_ty.span };
            self.error(codes::BAD_DATA, place, "a table is keyed by text, organisation or country", "");
        }
        columns.push(ColumnDef { name: decl.key.text.clone(), ty: key_ty, scalar: key, list: false });
        for column in &decl.columns {
            let place = At { file, span: column.name.span };
            if columns.iter().any(|known| known.name == column.name.text) {
                self.error(
                    codes::DUPLICATE_NAME,
                    place,
                    format!("column `{}` is declared twice", column.name.text),
                    "",
                );
                continue;
            }
            let (inner, list) = match &column.ty.kind {
                TypeKind::ListOf(inner) => (inner.as_ref(), true),
                _ => (&column.ty, false),
            };
            let mut known = self.column_type(inner, file);
            if list && known.as_ref().is_some_and(|scalar| *scalar != Scalar::Text) {
                self.error(codes::BAD_DATA, place, "a list in a table's cell is a list of text", "");
                known = None;
            }
            // A column whose type was reported is there all the same, and its cells may be anything.
            let ty = known.as_ref().map_or(Ty::Poison, Ty::of_scalar);
            let scalar = known.unwrap_or(Scalar::Text);
            columns.push(ColumnDef { name: column.name.text.clone(), ty, scalar, list });
        }
        let rows = self.table_rows(file, decl, &columns, at);
        let index = self.out.tables.len();
        self.out.tables.push(TableDef { name: decl.name.text.clone(), columns, rows, at });
        self.register_data(&decl.name, file, Symbol::Table(index));
    }

    fn column_type(&mut self, ty: &TypeExpr, file: FileId) -> Option<Scalar> {
        let at = At { file, span: ty.span };
        match &ty.kind {
            TypeKind::Named(name) => records::scalar_named(name).or_else(|| {
                let known: Vec<String> = records::SCALARS.iter().map(|s| (*s).to_owned()).collect();
                self.unknown(codes::UNKNOWN_NAME, "type", name, at, &known);
                None
            }),
            TypeKind::OneOf(words) => Some(self.one_of(words, file)),
            _ => {
                self.error(codes::BAD_DATA, at, "a table's cell holds a plain value", "");
                None
            }
        }
    }

    fn table_rows(
        &mut self,
        file: FileId,
        decl: &TableDecl,
        columns: &[ColumnDef],
        at: At,
    ) -> Option<Vec<Vec<TableCell>>> {
        let name = &decl.name.text;
        if let Some(rows) = self.host_rows(name) {
            let Rows::Table(rows) = rows else {
                self.error(codes::BAD_ROW, at, format!("`{name}` is a table, its rows have columns"), "");
                return None;
            };
            return Some(self.given_rows(&rows, columns, name, at));
        }
        let Origin::File(path) = &decl.origin else { return None };
        let (shown, text) = self.data_file(path, file)?;
        let raw = match data_file::read_table(&shown, &text) {
            Ok(raw) => raw,
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                return None;
            }
        };
        let mut positions = Vec::with_capacity(columns.len());
        for column in columns {
            let position = raw.columns.iter().position(|raw| raw.text == column.name);
            if position.is_none() {
                let span = raw.columns.first().map(|c| c.span).unwrap_or_default();
                let message = format!("table `{name}` has no column `{}` in its file", column.name);
                self.diagnostics.push(Diagnostic::error(codes::BAD_ROW, message, &shown, span, ""));
            }
            positions.push(position);
        }
        let mut rows = Vec::with_capacity(raw.rows.len());
        let mut keys = Keys::new(columns);
        for row in &raw.rows {
            let mut cells = Vec::with_capacity(columns.len());
            for (column, position) in columns.iter().zip(&positions) {
                let text = position.and_then(|p| row.cells.get(p)).map_or("", String::as_str).trim();
                if !text.is_empty() && !column.list {
                    let place = Some((shown.as_str(), row.span));
                    self.check_entry(text, Some(&column.scalar), false, name, place, at);
                }
                cells.push(cell(text, column.list));
            }
            if let Some(message) = keys.taken(cells.first(), name) {
                self.diagnostics.push(Diagnostic::error(codes::BAD_ROW, message, &shown, row.span, ""));
            }
            if cells.first() == Some(&TableCell::Missing) {
                let message =
                    format!("row of `{name}` has no `{}`", columns.first().map_or("key", |c| c.name.as_str()));
                self.diagnostics.push(Diagnostic::error(codes::BAD_ROW, message, &shown, row.span, ""));
            }
            rows.push(cells);
        }
        Some(rows)
    }

    fn given_rows(
        &mut self,
        rows: &[std::collections::BTreeMap<String, serde_json::Value>],
        columns: &[ColumnDef],
        name: &str,
        at: At,
    ) -> Vec<Vec<TableCell>> {
        let mut out = Vec::with_capacity(rows.len());
        let mut keys = Keys::new(columns);
        for row in rows {
            for given in row.keys() {
                if !columns.iter().any(|column| column.name == *given) {
                    let known: Vec<String> = columns.iter().map(|c| c.name.clone()).collect();
                    self.unknown(codes::BAD_ROW, &format!("column of `{name}`"), given, at, &known);
                }
            }
            let mut cells = Vec::with_capacity(columns.len());
            for column in columns {
                let value = row.get(&column.name).unwrap_or(&serde_json::Value::Null);
                let cell = given_cell(value, column.list);
                if let TableCell::Text(text) = &cell {
                    let text = Arc::clone(text);
                    self.check_entry(&text, Some(&column.scalar), false, name, None, at);
                }
                cells.push(cell);
            }
            if let Some(message) = keys.taken(cells.first(), name) {
                self.error(codes::BAD_ROW, at, message, "");
            }
            if cells.first() == Some(&TableCell::Missing) {
                let key = columns.first().map_or("key", |c| c.name.as_str());
                self.error(codes::BAD_ROW, at, format!("row of `{name}` has no `{key}`"), "");
            }
            out.push(cells);
        }
        out
    }
}

/// The keys of a table's rows: look-up prefers the same spelling but for case.
struct Keys {
    country: bool,
    seen: rustc_hash::FxHashSet<String>,
}

impl Keys {
    fn new(columns: &[ColumnDef]) -> Self {
        let country = columns.first().is_some_and(|column| column.ty == Ty::Country);
        Self { country, seen: rustc_hash::FxHashSet::default() }
    }

    /// What is wrong if another row has this key already.
    fn taken(&mut self, key: Option<&TableCell>, table: &str) -> Option<String> {
        let Some(TableCell::Text(text)) = key else { return None };
        let canonical = if self.country {
            Country::parse(text).map_or_else(|_| text.to_string(), |country| country.alpha2().to_owned())
        } else {
            crate::domain::text::fold_case_only(text.trim())
        };
        (!self.seen.insert(canonical)).then(|| format!("key `{}` of `{table}` stands twice", shorten(text)))
    }
}

fn cell(text: &str, list: bool) -> TableCell {
    if text.is_empty() {
        return TableCell::Missing;
    }
    if list {
        let items: Vec<Arc<str>> =
            text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(Arc::from).collect();
        return if items.is_empty() { TableCell::Missing } else { TableCell::List(items) };
    }
    TableCell::Text(Arc::from(text))
}

fn given_cell(value: &serde_json::Value, list: bool) -> TableCell {
    match value {
        serde_json::Value::Null => TableCell::Missing,
        serde_json::Value::String(text) => cell(text.trim(), list),
        serde_json::Value::Array(items) if list => {
            TableCell::List(items.iter().filter_map(|item| item.as_str()).map(Arc::from).collect())
        }
        other => TableCell::Text(Arc::from(other.to_string())),
    }
}

/// What is wrong with a text as a value of this type.
fn scalar_problem(text: &str, ty: &Scalar) -> Option<&'static str> {
    let problem = match ty {
        Scalar::Text | Scalar::Person | Scalar::Organisation => return None,
        Scalar::Number if text.parse::<f64>().is_ok_and(f64::is_finite) => return None,
        Scalar::Number => "is no number",
        Scalar::Bool if matches!(text, "true" | "false") => return None,
        Scalar::Bool => "is neither `true` nor `false`",
        Scalar::Date if matches!(date::parse(text), Some(date::Written::Date(..))) => return None,
        Scalar::Date => "is no date of the form 2019, 2019-05 or 2019-05-31",
        Scalar::Instant if instant::parse(text).is_some() => return None,
        Scalar::Instant => "is no instant of the form 2024-01-31T08:00:00Z",
        Scalar::Country if Country::parse(text).is_ok() => return None,
        Scalar::Country => "is no country of ISO 3166-1",
        Scalar::Phone if phone::parse(text, None).e164.is_some() => return None,
        Scalar::Phone => "is no phone number with country code",
        Scalar::Email if email::canonical(text).is_some() => return None,
        Scalar::Email => "is no mail address",
        Scalar::Url if url::parse(text).valid => return None,
        Scalar::Url => "is no web address",
        Scalar::Ip if Ip::parse(text).is_some() => return None,
        Scalar::Ip => "is no IP address",
        Scalar::Network if Network::parse(text).is_some() => return None,
        Scalar::Network => "is no network of the form 192.0.2.0/24",
        Scalar::OneOf(words) if words.iter().any(|word| **word == *text) => return None,
        Scalar::OneOf(_) => "is none of the words of its type",
    };
    Some(problem)
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
