//! The model file: a header that says what it is and guards it, then the parts of every stage.
//!
//! Layout: 8 bytes magic, format version and payload length as little-endian `u32` and `u64`, BLAKE3 hash of the
//! payload (32 bytes), payload.

use crate::bytes::{Reader, Writer};
use crate::lemma::Lemmatiser;
use crate::morphology::Morphology;
use crate::parser::Parser;
use crate::split::Splitter;
use crate::tagger::Tagger;
use crate::token::Tokeniser;

const MAGIC: &[u8; 8] = b"DEMTEXT\0";
/// The version of the format this program reads and writes.
pub const FORMAT: u32 = 2;
const HEADER: usize = 8 + 4 + 8 + 32;

/// Why a model file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file does not begin as a model does.
    #[error("not a demarche text model: the file does not begin with its mark")]
    Foreign,
    /// The file was written in another version of the format.
    #[error("the model has format version {found}, this program reads version {FORMAT}")]
    Version {
        /// The version found.
        found: u32,
    },
    /// The file is shorter or longer than its header says.
    #[error(
        "the model file is cut short or has something appended: {expected} bytes expected, {found} found"
    )]
    Length {
        /// Bytes the header promises.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
    /// The content does not have the hash the header gives.
    #[error("the model file was altered: its content does not match its checksum")]
    Altered,
    /// The content is guarded rightly but makes no sense.
    #[error("the model file is malformed: {0}")]
    Malformed(&'static str),
}

/// Everything a model holds, stage by stage.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Name without hash.
    pub name: String,
    /// Text into tokens.
    pub tokeniser: Tokeniser,
    /// Tokens into sentences.
    pub splitter: Splitter,
    /// Words to tags.
    pub tagger: Tagger,
    /// Words and tags to lemmas.
    pub lemmatiser: Lemmatiser,
    /// Words in trees to features.
    pub morphology: Morphology,
    /// Tags to trees.
    pub parser: Parser,
}

/// Puts the header before a payload.
pub fn seal(payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER + payload.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&FORMAT.to_le_bytes());
    file.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    file.extend_from_slice(blake3::hash(payload).as_bytes());
    file.extend_from_slice(payload);
    file
}

/// Checks the header and gives the payload and the first eight hexadecimal digits of its hash.
///
/// # Errors
/// If the file is foreign, of another version, cut short or altered.
pub fn unseal(file: &[u8]) -> Result<(&[u8], String), ModelError> {
    if !file.starts_with(MAGIC) {
        return Err(ModelError::Foreign);
    }
    let found = file.len() as u64;
    let short = ModelError::Length { expected: HEADER as u64, found };
    let (header, payload) = file.split_at_checked(HEADER).ok_or(short)?;
    let number = |range: std::ops::Range<usize>| {
        header[range].iter().rev().fold(0u64, |value, &byte| value << 8 | u64::from(byte))
    };
    let version = number(8..12) as u32;
    if version != FORMAT {
        return Err(ModelError::Version { found: version });
    }
    let expected = number(12..20).saturating_add(HEADER as u64);
    if expected != found {
        return Err(ModelError::Length { expected, found });
    }
    let hash = blake3::hash(payload);
    if hash.as_bytes() != &header[20..52] {
        return Err(ModelError::Altered);
    }
    Ok((payload, hash.to_hex()[..8].to_owned()))
}

impl Parts {
    /// Reads the parts from a payload.
    ///
    /// # Errors
    /// If the payload is not what this version writes.
    pub fn read(payload: &[u8]) -> Result<Parts, ModelError> {
        let reader = &mut Reader::new(payload);
        let parts = Parts {
            name: reader.text()?.to_owned(),
            tokeniser: Tokeniser::read(reader)?,
            splitter: Splitter::read(reader)?,
            tagger: Tagger::read(reader)?,
            lemmatiser: Lemmatiser::read(reader)?,
            morphology: Morphology::read(reader)?,
            parser: Parser::read(reader)?,
        };
        if !reader.is_done() {
            return Err(ModelError::Malformed("something follows the last part"));
        }
        Ok(parts)
    }
}

/// Begins a payload with the model's name; the parts are written after it in the order of `Parts`.
pub fn begin(name: &str) -> Writer {
    let mut writer = Writer::default();
    writer.text(name);
    writer
}
