//! The form of a learned model as bytes: magic, format, content hash, then a body that is each model's own.

const HEADER: usize = 4 + 4 + 32;

/// Why bytes are no such model; every model says so in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// They do not begin as one does.
    Foreign,
    /// They are of another format, this one.
    Format(u32),
    /// They were altered or cut off.
    Altered,
}

/// A body with its header; the same body gives the same bytes.
pub(crate) fn seal(magic: [u8; 4], format: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.extend(magic);
    bytes.extend(format.to_le_bytes());
    bytes.extend(blake3::hash(body).as_bytes());
    bytes.extend(body);
    bytes
}

/// The body that was sealed.
///
/// # Errors
/// If the bytes are of another kind or format, or altered.
pub(crate) fn open(magic: [u8; 4], format: u32, bytes: &[u8]) -> Result<&[u8], Broken> {
    let (header, body) = bytes.split_at_checked(HEADER).ok_or(Broken::Foreign)?;
    if header[..4] != magic {
        return Err(Broken::Foreign);
    }
    let found = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
    if found != format {
        return Err(Broken::Format(found));
    }
    if blake3::hash(body).as_bytes() != &header[8..] {
        return Err(Broken::Altered);
    }
    Ok(body)
}
