//! Domain values, parsed when first asked for and at most once per record; and their canonical forms.

use super::text::TextRef;
use super::{Eval, Got, Kept};
use crate::check::types::Ty;
use crate::compile::program::{Field, Node, Value};
use crate::domain::country::Country;
use crate::domain::network::Network;
use crate::domain::{email, ip::Ip, phone, url};
use crate::record::{Address, State};
use crate::verdict::Why;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

impl Eval<'_, '_> {
    /// The parsed phone of a value, as index in the workspace.
    pub(super) fn phone(&mut self, value: &Value) -> Got<u32> {
        if let Node::Field(field) = &value.node {
            let (cell, at) = self.present(field)?;
            if let Some(index) = cell.derived.checked_sub(1) {
                return Ok(index);
            }
            let region = self.region(field, at);
            let parsed = phone::parse(self.str_of(TextRef::Cell(at)), region);
            return Ok(self.keep_phone(parsed, Some(at)));
        }
        if let Node::Coalesce(left, right) = &value.node {
            return match self.phone(left) {
                Err(Why::Missing | Why::NotListed) => self.phone(right),
                found => found,
            };
        }
        if let Node::Let(index) = &value.node {
            return kept!(self, *index, Phone, phone);
        }
        let text = match self.raw(value)? {
            TextRef::Cell(at) => {
                if let Some(index) = self.w.record.cell(at).derived.checked_sub(1) {
                    return Ok(index);
                }
                if self.w.record.cell(at).state == State::Unparsable {
                    return Err(Why::Unparsable);
                }
                let parsed = phone::parse(self.str_of(TextRef::Cell(at)), None);
                return Ok(self.keep_phone(parsed, Some(at)));
            }
            text => text,
        };
        let parsed = phone::parse(self.str_of(text), None);
        Ok(self.keep_phone(parsed, None))
    }

    fn keep_phone(&mut self, parsed: phone::Phone, at: Option<Address>) -> u32 {
        self.w.phones.push(parsed);
        let count = u32::try_from(self.w.phones.len()).unwrap_or(1);
        self.remember(at, count);
        count - 1
    }

    fn remember(&mut self, at: Option<Address>, count: u32) {
        if let Some(cell) = at.and_then(|at| self.w.record.cell_mut(at)) {
            cell.derived = count;
        }
    }

    /// The cell of the country in which a phone is read.
    pub(super) fn region_cell(&self, field: &Field, phone: Address) -> Option<Address> {
        let read_in = field.read_in?;
        if read_in.up == 0 {
            let index = i64::from(phone.index) + i64::from(read_in.offset);
            return u32::try_from(index).ok().map(|index| Address { arena: phone.arena, index });
        }
        let mut at = Address { arena: phone.arena, index: phone.index.wrapping_sub(field.offset) };
        for _ in 0..read_in.up {
            let row = self.w.record.cell(at);
            at = Address { arena: row.code, index: row.halves().0 };
        }
        u32::try_from(i64::from(at.index) + i64::from(read_in.offset))
            .ok()
            .map(|index| Address { arena: at.arena, index })
    }

    fn region(&self, field: &Field, phone: Address) -> Option<Country> {
        let cell = self.w.record.cell(self.region_cell(field, phone)?);
        if cell.state == State::Present { Country::from_index(cell.code) } else { None }
    }

    /// Why nothing can be said about a number without country code.
    pub(super) fn phone_lack(&mut self, value: &Value) -> Why {
        let field = match &value.node {
            Node::Field(field) => field,
            Node::Let(index) => {
                return self.in_let(*index, |eval, value| Ok(eval.phone_lack(value))).unwrap_or(Why::Undecidable);
            }
            Node::Coalesce(left, right) => {
                let right_side = matches!(self.raw(left), Err(Why::Missing | Why::NotListed));
                return self.phone_lack(if right_side { right } else { left });
            }
            _ => return Why::Undecidable,
        };
        let Ok((_, at)) = self.present(field) else { return Why::Missing };
        match self.region_cell(field, at).map(|at| self.w.record.cell(at).state) {
            Some(State::Missing) => Why::Missing,
            Some(State::Unparsable) => Why::Unparsable,
            _ => Why::Undecidable,
        }
    }

    /// The parsed mail address of a value.
    pub(super) fn email(&mut self, value: &Value) -> Got<u32> {
        let (text, at) = self.domain_text(value)?;
        if let Some(index) = at.and_then(|at| self.w.record.cell(at).derived.checked_sub(1)) {
            return Ok(index);
        }
        Ok(self.read_email(text, at))
    }

    /// Parses the mail address in a cell, if there is one and it is not parsed yet.
    pub(super) fn email_at(&mut self, at: Address) {
        let cell = self.w.record.cell(at);
        if cell.state == State::Present && cell.derived == 0 {
            self.read_email(TextRef::Cell(at), Some(at));
        }
    }

    fn read_email(&mut self, text: TextRef, at: Option<Address>) -> u32 {
        let mut mail = std::mem::take(&mut self.w.mail);
        let parsed = email::read(self.str_of(text), &mut mail);
        self.w.mail = mail;
        self.w.emails.push(parsed);
        let count = u32::try_from(self.w.emails.len()).unwrap_or(1);
        self.remember(at, count);
        count - 1
    }

    /// The parsed web address of a value.
    pub(super) fn url(&mut self, value: &Value) -> Got<u32> {
        let (text, at) = self.domain_text(value)?;
        if let Some(index) = at.and_then(|at| self.w.record.cell(at).derived.checked_sub(1)) {
            return Ok(index);
        }
        let parsed = url::parse(self.str_of(text));
        self.w.urls.push(parsed);
        let count = u32::try_from(self.w.urls.len()).unwrap_or(1);
        self.remember(at, count);
        Ok(count - 1)
    }

    fn domain_text(&mut self, value: &Value) -> Got<(TextRef, Option<Address>)> {
        let text = self.raw(value)?;
        match text {
            TextRef::Cell(at) if self.w.record.cell(at).state == State::Unparsable => Err(Why::Unparsable),
            TextRef::Cell(at) => Ok((text, Some(at))),
            _ => Ok((text, None)),
        }
    }

    pub(super) fn ip(&mut self, value: &Value) -> Got<Ip> {
        let text = self.domain_text(value)?.0;
        Ip::parse(self.str_of(text)).ok_or(Why::Unparsable)
    }

    pub(super) fn network(&mut self, value: &Value) -> Got<Network> {
        if let Node::Network(network, _) = &value.node {
            return Ok(**network);
        }
        let text = self.domain_text(value)?.0;
        Network::parse(self.str_of(text)).ok_or(Why::Unparsable)
    }

    /// The form that `==` and membership compare.
    pub(super) fn canonical(&mut self, value: &Value) -> Got<TextRef> {
        if let Node::Canonical(index, _) = &value.node {
            return Ok(TextRef::Const(*index));
        }
        let found = match &value.ty {
            Ty::Phone => {
                let index = self.phone(value)?;
                let lack = self.phone_lack(value);
                let Some(phone) = self.w.phones.get(index as usize) else { return Err(Why::Missing) };
                let why = if phone.valid.is_none() { lack } else { Why::Unparsable };
                phone.e164.clone().ok_or(why)?
            }
            Ty::Email => {
                let index = self.email(value)?;
                let canonical = self.w.emails.get(index as usize).and_then(|email| email.canonical);
                return canonical.map(|(start, end)| TextRef::Mail(start, end)).ok_or(Why::Unparsable);
            }
            Ty::Url => {
                let index = self.url(value)?;
                self.w.urls.get(index as usize).and_then(|url| url.canonical.clone()).ok_or(Why::Unparsable)?
            }
            Ty::Ip => self.ip(value)?.address().to_string(),
            Ty::Network => self.network(value)?.to_string(),
            _ => return self.text(value),
        };
        Ok(TextRef::Piece(self.w.keep(&found)))
    }

    /// HMAC-SHA-256 (RFC 2104) of a text under the host's key, in lower-case hexadecimal.
    pub(super) fn hash(&self, text: TextRef) -> Got<String> {
        let key = self.list_key.ok_or(Why::NoKey)?;
        keyed_hash(key, self.str_of(text)).ok_or(Why::NoKey)
    }
}

/// HMAC-SHA-256 (RFC 2104) in lower-case hexadecimal.
pub(crate) fn keyed_hash(key: &[u8], text: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text.as_bytes());
    let digest = mac.finalize().into_bytes();
    let mut hex = String::with_capacity(64);
    for byte in digest {
        for digit in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    Some(hex)
}
