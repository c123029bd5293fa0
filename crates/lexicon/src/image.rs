//! The compiled lexicon as data, and as bytes: a header (magic, format, length, checksum) before one postcard record.

use crate::{
    ActorEntry, AgentEntry, Ontology, Operator, Pattern, PlaceEntry, Speech, TimeEntry, TitleEntry, Topic,
    Zones,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const MAGIC: [u8; 4] = *b"DMLX";

/// Raised whenever the record's fields change.
const FORMAT: u32 = 4;

const HEADER: usize = 4 + 4 + 8 + 4;

/// Everything the sources say, compiled; tables are in order of files, then of lines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// States, bodies, groups, people.
    pub actors: Vec<ActorEntry>,
    /// Role nouns.
    pub agents: Vec<AgentEntry>,
    /// Places.
    pub places: Vec<PlaceEntry>,
    /// Personal titles.
    pub titles: Vec<TitleEntry>,
    /// Patterns of events.
    pub patterns: Vec<Pattern>,
    /// Operators.
    pub operators: Vec<Operator>,
    /// Cues of attribution.
    pub speech: Vec<Speech>,
    /// Patterns of ties.
    pub ties: Vec<Pattern>,
    /// Words that tell what an event is about and how it was done.
    pub topics: Vec<Topic>,
    /// Word classes.
    pub classes: BTreeMap<String, BTreeSet<String>>,
    /// The standards it was checked against.
    pub ontology: Ontology,
    /// Lines that open comments and boilerplate.
    pub zones: Zones,
    /// Words of time.
    pub times: Vec<TimeEntry>,
    /// Where the facts of each file come from.
    pub sources: BTreeMap<String, Vec<String>>,
}

/// Why bytes are no image.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// They do not begin as an image does.
    #[error("not a lexicon image")]
    NotAnImage,
    /// They were written by another version.
    #[error("a lexicon image of format {found}; this program reads format {expected}")]
    Format {
        /// The format they say.
        found: u32,
        /// The format that is read.
        expected: u32,
    },
    /// They are shorter or longer than their header says.
    #[error("a lexicon image of {found} bytes where its header says {expected}")]
    Length {
        /// Bytes there are after the header.
        found: u64,
        /// Bytes there should be.
        expected: u64,
    },
    /// They were altered.
    #[error("a lexicon image whose checksum does not match: it was altered after it was written")]
    Altered,
    /// They are whole but hold no lexicon.
    #[error("a lexicon image that cannot be read: {0}")]
    Content(String),
}

impl Image {
    /// The image as bytes; the same image gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = self.body();
        let mut bytes = Vec::with_capacity(HEADER + body.len());
        bytes.extend(MAGIC);
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend((body.len() as u64).to_le_bytes());
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        // Growing a vector cannot fail, and no field refuses to be written.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// The image in these bytes, and its body.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, &[u8]), ImageError> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(ImageError::NotAnImage)?;
        let word =
            |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if header[..4] != MAGIC {
            return Err(ImageError::NotAnImage);
        }
        if word(4) != FORMAT {
            return Err(ImageError::Format { found: word(4), expected: FORMAT });
        }
        let expected = u64::from(word(8)) | u64::from(word(12)) << 32;
        if body.len() as u64 != expected {
            return Err(ImageError::Length { found: body.len() as u64, expected });
        }
        if crc32fast::hash(body) != word(16) {
            return Err(ImageError::Altered);
        }
        let image = postcard::from_bytes(body).map_err(|e| ImageError::Content(e.to_string()))?;
        Ok((image, body))
    }
}
