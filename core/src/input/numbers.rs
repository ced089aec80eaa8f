//! JSON's numbers, with the values that `serde_json` gives them.

use super::scan::{Fail, Scan};

impl<'a> Scan<'a> {
    /// A number, whose first byte comes next. Its value is `serde_json`'s.
    #[inline]
    pub(super) fn number(&mut self) -> Result<f64, Fail> {
        let whole = self.rest;
        let negative = whole.first() == Some(&b'-');
        if negative {
            self.take();
        }
        let mut value = 0u64;
        let mut digits = 0usize;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            digits += 1;
            self.rest = rest;
        }
        let leading_zero = digits > 1 && whole.get(usize::from(negative)) == Some(&b'0');
        if digits == 0 || leading_zero {
            return Err(if self.rest.is_empty() && digits == 0 { Fail::End } else { Fail::Number });
        }
        if digits > 18 || matches!(self.rest, [b'.' | b'e' | b'E', ..]) {
            return self.long_number(whole);
        }
        #[expect(clippy::cast_precision_loss, reason = "numbers are IEEE doubles, as the language says")]
        let value = value as f64;
        Ok(if negative { -value } else { value })
    }

    /// A number with a fraction, an exponent or many digits; `whole` begins with it, its digits are taken.
    #[inline(never)]
    fn long_number(&mut self, whole: &'a [u8]) -> Result<f64, Fail> {
        if let [b'.', rest @ ..] = self.rest {
            self.rest = rest;
            self.digits()?;
        }
        if let [b'e' | b'E', rest @ ..] = self.rest {
            self.rest = if let [b'+' | b'-', rest @ ..] = rest { rest } else { rest };
            self.digits()?;
        }
        let token = whole.get(..whole.len() - self.rest.len()).unwrap_or_default();
        serde_json::from_slice::<f64>(token).map_err(|_| Fail::Range)
    }

    /// Takes one digit or more.
    fn digits(&mut self) -> Result<(), Fail> {
        if !self.rest.first().is_some_and(u8::is_ascii_digit) {
            return Err(if self.rest.is_empty() { Fail::End } else { Fail::Number });
        }
        while let [b'0'..=b'9', rest @ ..] = self.rest {
            self.rest = rest;
        }
        Ok(())
    }
}
