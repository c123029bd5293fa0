//! The label sets of a network: what the number of each answer stands for.

use crate::bytes::Reader;
use crate::lemma::Rule;
use crate::model::ModelError;
use crate::names::NameKind;
use crate::{Feats, Rel, Upos, Xpos};

/// What an entity tag says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bio {
    /// Outside of every span.
    Outside,
    /// A span begins.
    Begins(NameKind),
    /// The span goes on.
    Inside(NameKind),
}

/// All label sets.
#[derive(Debug, Clone)]
pub struct Labels {
    /// Universal word classes.
    pub upos: Vec<Upos>,
    /// Penn tags.
    pub xpos: Vec<Xpos>,
    /// Sets of features.
    pub feats: Vec<Feats>,
    /// Relations.
    pub rel: Vec<Rel>,
    /// Edit scripts.
    pub lemma: Vec<Rule>,
    /// Names, longest and inner spans.
    pub spans: [Vec<Bio>; 3],
}

fn set<T>(
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<T, ModelError>,
) -> Result<Vec<T>, ModelError> {
    let count = reader.length()?;
    if count == 0 {
        return Err(ModelError::Malformed("a set of labels is empty"));
    }
    (0..count).map(|_| read(reader)).collect()
}

fn bio(reader: &mut Reader<'_>) -> Result<Bio, ModelError> {
    let label = reader.text()?;
    let kind = |name: &str| name.parse().unwrap_or(NameKind::Other);
    Ok(match label.split_once('-') {
        Some(("B", name)) => Bio::Begins(kind(name)),
        Some(("I", name)) => Bio::Inside(kind(name)),
        _ => Bio::Outside,
    })
}

impl Labels {
    /// Reads the sets; tags and relations this program does not know become the general ones.
    ///
    /// # Errors
    /// If the bytes are no label sets.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok(Self {
            upos: set(reader, |r| Ok(r.text()?.parse().unwrap_or_default()))?,
            xpos: set(reader, |r| Ok(r.text()?.parse().unwrap_or_default()))?,
            feats: set(reader, |r| Ok(Feats::from_conllu(r.text()?)))?,
            rel: set(reader, |r| Ok(r.text()?.parse().unwrap_or_default()))?,
            lemma: set(reader, Rule::read)?,
            spans: [set(reader, bio)?, set(reader, bio)?, set(reader, bio)?],
        })
    }

    /// Sizes of the sets of tags, in the order of their scores.
    pub fn sizes(&self) -> [usize; 8] {
        let [named, outer, inner] = [0, 1, 2].map(|i| self.spans[i].len());
        [self.upos.len(), self.xpos.len(), self.feats.len(), self.lemma.len(), 2, named, outer, inner]
    }
}
