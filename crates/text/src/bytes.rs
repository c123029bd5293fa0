//! Reading and writing the parts of a model file: variable-length numbers and lists of them.
//!
//! Reading never trusts a length: every list is bounded by the bytes that are there.

use crate::model::ModelError;

/// Appends parts to a byte string.
#[derive(Debug, Default)]
pub struct Writer {
    /// What has been written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// A number in seven-bit groups, low group first.
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A signed number, small ones short.
    pub fn signed(&mut self, value: i32) {
        self.number(u64::from(((value << 1) ^ (value >> 31)) as u32));
    }

    /// Text with its length.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Takes parts from a byte string.
#[derive(Debug)]
pub struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    /// Reads from the first byte.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// Whether all has been read.
    pub fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    /// One byte.
    ///
    /// # Errors
    /// If the bytes end.
    #[inline]
    pub fn byte(&mut self) -> Result<u8, ModelError> {
        let (&first, rest) = self.bytes.split_first().ok_or(ModelError::Malformed("a part ends early"))?;
        self.bytes = rest;
        Ok(first)
    }

    /// A number as [`Writer::number`] writes it.
    ///
    /// # Errors
    /// If the bytes end or the number is longer than 64 bits.
    #[inline]
    pub fn number(&mut self) -> Result<u64, ModelError> {
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(u64::from(first));
        }
        let mut value = u64::from(first & 0x7F);
        let mut shift = 7;
        loop {
            let byte = self.byte()?;
            if shift > 63 {
                return Err(ModelError::Malformed("a number is too long"));
            }
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A number that must fit 32 bits.
    ///
    /// # Errors
    /// As [`Self::number`], or if it does not fit.
    #[inline]
    pub fn small(&mut self) -> Result<u32, ModelError> {
        u32::try_from(self.number()?).map_err(|_| ModelError::Malformed("a number is too large"))
    }

    /// A signed number as [`Writer::signed`] writes it.
    ///
    /// # Errors
    /// As [`Self::small`].
    #[inline]
    pub fn signed(&mut self) -> Result<i32, ModelError> {
        let value = self.small()?;
        Ok((value >> 1) as i32 ^ -((value & 1) as i32))
    }

    /// The length of a list whose items take at least one byte each.
    ///
    /// # Errors
    /// If there are not that many bytes.
    pub fn length(&mut self) -> Result<usize, ModelError> {
        let length = self.number()?;
        if length > self.bytes.len() as u64 {
            return Err(ModelError::Malformed("a list is longer than the file"));
        }
        Ok(length as usize)
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// If there are not so many.
    pub fn take(&mut self, count: usize) -> Result<&'b [u8], ModelError> {
        let ends = ModelError::Malformed("a part ends early");
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(ends)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'b [u8] {
        self.bytes
    }

    /// Text as [`Writer::text`] writes it.
    ///
    /// # Errors
    /// If the bytes end or are no UTF-8.
    pub fn text(&mut self) -> Result<&'b str, ModelError> {
        let length = self.length()?;
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        std::str::from_utf8(text).map_err(|_| ModelError::Malformed("a name is no UTF-8"))
    }
}
