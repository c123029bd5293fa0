//! The model file: a header that says what it is and guards it, then the parts of every stage.
//!
//! Layout: 8 bytes magic, format version and payload length as little-endian `u32` and `u64`, BLAKE3 hash of the
//! payload (32 bytes), payload. There are two kinds, told apart by their magic: perceptrons, which have a part for every
//! stage, and networks, which have words from the same part as perceptrons and all else from one network.

use crate::bytes::{Reader, Writer};
use crate::lemma::{self, Lemmatiser};
use crate::morphology::Morphology;
use crate::neural::{self, Network};
use crate::parser::Parser;
use crate::split::Splitter;
use crate::tagger::Tagger;
use crate::token::Tokeniser;
use crate::{Tree, Upos, Word, Xpos};
use std::ops::Range;

const MAGIC: &[u8; 8] = b"DEMTEXT\0";
const NETWORK_MAGIC: &[u8; 8] = b"DEMNEUR\0";
/// The version of the format this program reads and writes.
pub const FORMAT: u32 = 2;
/// Bytes before the payload: magic, version, length, hash.
pub const HEADER: usize = 8 + 4 + 8 + 32;

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

/// Everything a model with a network holds.
#[derive(Debug, Clone)]
pub struct NetworkParts {
    /// Name without hash.
    pub name: String,
    /// Text into tokens.
    pub tokeniser: Tokeniser,
    /// A second opinion on sentence ends.
    pub splitter: Splitter,
    /// Words and tags to lemmas; the network's own lemmas serve for tags it does not know.
    pub lemmatiser: KnownLemmas,
    /// All else.
    pub network: Network,
}

/// The lemmatiser of a perceptron model with the labels it goes by: the pairs of tags that were seen together.
#[derive(Debug, Clone)]
pub struct KnownLemmas {
    labels: Vec<(Upos, Xpos)>,
    lemmatiser: Lemmatiser,
}

impl KnownLemmas {
    /// The pairs of tags that were seen together.
    pub fn labels(&self) -> &[(Upos, Xpos)] {
        &self.labels
    }

    /// Appends the lemma of a word with these tags to `out`; whether such tags were ever seen together.
    pub fn lemma(&self, form: &str, upos: Upos, xpos: Xpos, out: &mut String) -> bool {
        if let Some(lemma) = lemma::always(form, upos) {
            out.push_str(lemma);
            return true;
        }
        let label = self.labels.iter().position(|label| *label == (upos, xpos));
        let Some(label) = label.and_then(|label| u8::try_from(label).ok()) else {
            return false;
        };
        if upos != Upos::Punct && form.contains('’') {
            // The lexicon of forms has the straight mark alone.
            self.lemmatiser.lemma(&form.replace('’', "'"), label, out);
        } else {
            self.lemmatiser.lemma(form, label, out);
        }
        true
    }
}

/// A model of either kind.
#[derive(Debug, Clone)]
pub enum Model {
    /// Perceptrons.
    Perceptron(Box<Parts>),
    /// A network.
    Network(Box<NetworkParts>),
}

impl Model {
    /// Reads a model file; with the first eight hexadecimal digits of its hash.
    ///
    /// # Errors
    /// If the file is foreign, of another version, cut short, altered or malformed.
    pub fn read(file: &[u8]) -> Result<(Model, String), ModelError> {
        if file.starts_with(NETWORK_MAGIC) {
            let (payload, hash) = unseal(file, NETWORK_MAGIC)?;
            return Ok((Model::Network(Box::new(NetworkParts::read(payload)?)), hash));
        }
        let (payload, hash) = unseal(file, MAGIC)?;
        Ok((Model::Perceptron(Box::new(Parts::read(payload)?)), hash))
    }

    /// Name without hash.
    pub fn name(&self) -> &str {
        match self {
            Model::Perceptron(parts) => &parts.name,
            Model::Network(parts) => &parts.name,
        }
    }
}

/// Makes a model file of a network, as `train.py` exports it, and the words and lemmas of a perceptron model.
///
/// # Errors
/// If either is not what it should be.
pub fn join(name: &str, network: &[u8], perceptron: &[u8]) -> Result<Vec<u8>, ModelError> {
    let (payload, _) = unseal(perceptron, MAGIC)?;
    let reader = &mut Reader::new(payload);
    let part = |from: &[u8], reader: &Reader<'_>| from[..from.len() - reader.rest().len()].to_vec();
    reader.text()?;
    let start = reader.rest();
    Tokeniser::read(reader)?;
    Splitter::read(reader)?;
    let words = part(start, reader);
    let tagger = Tagger::read(reader)?;
    let start = reader.rest();
    Lemmatiser::read(reader)?;
    let lemmatiser = part(start, reader);
    let mut writer = begin(name);
    writer.bytes.extend(words);
    writer.number(tagger.labels().len() as u64);
    for &(upos, xpos) in tagger.labels() {
        writer.bytes.extend([upos as u8, xpos as u8]);
    }
    writer.bytes.extend(lemmatiser);
    writer.bytes.extend_from_slice(network);
    let file = seal_network(&writer.bytes);
    Model::read(&file)?;
    Ok(file)
}

impl NetworkParts {
    /// Sentences and their trees; see [`Network::sentences`].
    pub fn sentences(
        &self,
        text: &str,
        words: &[Word],
        opens: &[bool],
        room: &mut neural::Room,
        each: impl FnMut(Range<usize>, Tree),
    ) {
        self.network.sentences(text, words, opens, self, room, each);
    }

    /// The tree of one sentence by itself.
    pub fn sentence(&self, text: &str, words: &[Word], room: &mut neural::Room) -> Tree {
        self.network.sentence(text, words, self, room)
    }

    /// Reads the parts from a payload.
    ///
    /// # Errors
    /// If the payload is not what this version writes.
    pub fn read(payload: &[u8]) -> Result<NetworkParts, ModelError> {
        let reader = &mut Reader::new(payload);
        let name = reader.text()?.to_owned();
        let tokeniser = Tokeniser::read(reader)?;
        let splitter = Splitter::read(reader)?;
        let count = reader.length()?;
        let unknown = ModelError::Malformed("a label of the lemmatiser is unknown");
        let mut labels = Vec::new();
        for _ in 0..count {
            let label = Upos::from_index(reader.byte()?.into()).zip(Xpos::from_index(reader.byte()?.into()));
            labels.push(label.ok_or(unknown.clone())?);
        }
        let lemmatiser = KnownLemmas { labels, lemmatiser: Lemmatiser::read(reader)? };
        let mut network = Network::read(reader)?;
        network.allow(lemmatiser.labels());
        if !reader.is_done() {
            return Err(ModelError::Malformed("something follows the last part"));
        }
        Ok(NetworkParts { name, tokeniser, splitter, lemmatiser, network })
    }
}

/// Puts the header of a perceptron model before a payload.
pub fn seal(payload: &[u8]) -> Vec<u8> {
    seal_as(MAGIC, payload)
}

/// Puts the header of a network model before a payload.
pub fn seal_network(payload: &[u8]) -> Vec<u8> {
    seal_as(NETWORK_MAGIC, payload)
}

fn seal_as(magic: &[u8; 8], payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER + payload.len());
    file.extend_from_slice(magic);
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
fn unseal<'f>(file: &'f [u8], magic: &[u8; 8]) -> Result<(&'f [u8], String), ModelError> {
    if !file.starts_with(magic) {
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
