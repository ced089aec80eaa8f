//! Skipping a value that no rule reads: checked as strictly as one that is read, stored nowhere.
//!
//! No recursion: hostile nesting costs a bit a level.

use super::scan::{Fail, Scan};

/// Which of the open containers are objects, a bit each.
#[derive(Default)]
struct Stack {
    top: u64,
    used: u32,
    below: Vec<u64>,
}

impl Stack {
    fn push(&mut self, object: bool) {
        if self.used == 64 {
            self.below.push(self.top);
            self.used = 0;
        }
        self.top = self.top << 1 | u64::from(object);
        self.used += 1;
    }

    /// Leaves a container and says what encloses it.
    fn pop(&mut self) -> Option<bool> {
        self.top >>= 1;
        self.used = self.used.saturating_sub(1);
        if self.used == 0 {
            self.top = self.below.pop()?;
            self.used = 64;
        }
        Some(self.top & 1 == 1)
    }
}

impl Scan<'_> {
    /// Checks and skips one value.
    #[inline]
    pub(super) fn skip(&mut self) -> Result<(), Fail> {
        match self.peek()? {
            b'"' => self.string().map(|_| ()),
            b'{' | b'[' => self.skip_container(),
            _ => self.skip_scalar(),
        }
    }

    fn skip_scalar(&mut self) -> Result<(), Fail> {
        match self.peek()? {
            b'"' => self.string().map(|_| ()),
            b'-' | b'0'..=b'9' => self.number().map(|_| ()),
            b'n' => self.word(b"null"),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            _ => Err(Fail::Value),
        }
    }

    fn skip_container(&mut self) -> Result<(), Fail> {
        let mut stack = Stack::default();
        let mut object = self.peek()? == b'{';
        self.open()?;
        stack.push(object);
        let mut more = !self.empty(closing(object))?;
        loop {
            if more {
                if object {
                    self.key()?;
                }
                let next = self.peek()?;
                if matches!(next, b'{' | b'[') {
                    object = next == b'{';
                    self.open()?;
                    stack.push(object);
                    more = !self.empty(closing(object))?;
                    continue;
                }
                self.skip_scalar()?;
            } else {
                match stack.pop() {
                    Some(outer) => object = outer,
                    None => return Ok(()),
                }
            }
            more = self.more(closing(object))?;
        }
    }
}

fn closing(object: bool) -> u8 {
    if object { b'}' } else { b']' }
}
