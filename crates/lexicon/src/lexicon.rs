//! An image made ready for use: tables of what begins with which word, which id is which actor, who held which office.

use crate::bodies::Bodies;
use crate::compiled;
use crate::forms::Forms;
use crate::index::{Class, Lemmas, Ref};
use crate::offices::Terms;
use crate::time::Times;
use crate::{Image, ImageError, Mention, TimeEntry};
use demarche_record::Span;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::BuildHasher;
use std::ops::Deref;

/// Letters of the content hash that records print.
const HASH_LETTERS: usize = 16;

/// The lexicon; its tables are those of the [`Image`] it was made from.
#[derive(Debug, Clone)]
pub struct Lexicon {
    image: Image,
    hash: String,
    verbs: Lemmas,
    nouns: Lemmas,
    adjectives: Lemmas,
    forms: Forms,
    times: Times,
    /// Numbers of the actors, by their ids.
    ids: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// By first word: number of the topic and of the lexeme in it.
    topics: HashMap<String, Vec<(u32, u32)>>,
    pub(crate) terms: Terms,
    pub(crate) bodies: Bodies,
}

impl Deref for Lexicon {
    type Target = Image;

    fn deref(&self) -> &Image {
        &self.image
    }
}

impl Lexicon {
    /// Makes an image ready.
    pub fn from_image(image: Image) -> Self {
        let body = image.body();
        let forms = Forms::new(&image);
        Self::prepare(image, &body, forms)
    }

    /// The lexicon as bytes, with its tables of names: larger than the image alone, and ready as soon as it is read.
    pub fn to_bytes(&self) -> Vec<u8> {
        compiled::write(&self.image, &self.forms)
    }

    /// Reads an image, or a lexicon that [`Lexicon::to_bytes`] wrote, and makes it ready.
    ///
    /// # Errors
    /// If the bytes are no image, one of another format, or were altered or cut.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ImageError> {
        if !compiled::is_compiled(bytes) {
            let (image, body) = Image::read(bytes)?;
            let forms = Forms::new(&image);
            return Ok(Self::prepare(image, body, forms));
        }
        let (bytes, forms) = compiled::read(bytes)?;
        let (image, body) = Image::read(bytes)?;
        if !forms.fit(&image) {
            return Err(ImageError::Content("its tables of names are another image's".to_owned()));
        }
        Ok(Self::prepare(image, body, forms))
    }

    fn prepare(image: Image, body: &[u8], forms: Forms) -> Self {
        let mut hash = blake3::hash(body).to_hex().to_string();
        hash.truncate(HASH_LETTERS);
        let hasher = DefaultHashBuilder::default();
        let mut ids: HashTable<u32> = HashTable::with_capacity(image.actors.len());
        let id = |i: &u32| image.actors[*i as usize].id.as_str();
        for i in 0..image.actors.len() as u32 {
            // Of several with one id, the last.
            match ids.entry(hasher.hash_one(id(&i)), |o| id(o) == id(&i), |o| hasher.hash_one(id(o))) {
                Entry::Occupied(mut same) => *same.get_mut() = i,
                Entry::Vacant(place) => {
                    place.insert(i);
                }
            }
        }
        let find = |of: &str| ids.find(hasher.hash_one(of), |i| image.actors[*i as usize].id == of).copied();
        let terms = Terms::new(&image.actors, find);
        let bodies = Bodies::new(&image.actors, find);
        let mut topics: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
        for (i, topic) in image.topics.iter().enumerate() {
            for (l, lexeme) in topic.words.iter().enumerate() {
                topics.entry_ref(lexeme.lemma.as_str()).or_default().push((i as u32, l as u32));
            }
        }
        Self {
            topics,
            verbs: Lemmas::new(&image, Class::Verb),
            nouns: Lemmas::new(&image, Class::Noun),
            adjectives: Lemmas::new(&image, Class::Adjective),
            forms,
            times: Times::new(&image.times),
            ids,
            terms,
            bodies,
            hasher,
            hash,
            image,
        }
    }

    /// Hash of the content, sixteen hexadecimal letters; the same sources give the same hash.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Rules that a verb with this lemma can fire: longest lexeme first, then in the order of [`crate::Table`] and of
    /// the sources.
    pub fn verbs(&self, lemma: &str) -> &[Ref] {
        self.verbs.get(lemma)
    }

    /// Rules that a noun with this lemma can fire, ordered as verbs are.
    pub fn nouns(&self, lemma: &str) -> &[Ref] {
        self.nouns.get(lemma)
    }

    /// Rules that an adjective with this lemma can fire, ordered as verbs are.
    pub fn adjectives(&self, lemma: &str) -> &[Ref] {
        self.adjectives.get(lemma)
    }

    /// Topics with a lexeme that begins with this word: number of the topic, number of the lexeme.
    pub fn topics_at(&self, word: &str) -> &[(u32, u32)] {
        self.topics.get(word).map_or(&[], Vec::as_slice)
    }

    /// Number of the actor with this id.
    pub fn actor_by_id(&self, id: &str) -> Option<u32> {
        let known = |i: &u32| self.image.actors[*i as usize].id == id;
        self.ids.find(self.hasher.hash_one(id), known).copied()
    }

    /// Number of the actor that has exactly these words, parted by spaces, as a name.
    pub fn named(&self, words: &str) -> Option<u32> {
        let mut at = 0;
        let spans: Vec<Span> = words
            .split(' ')
            .map(|word| {
                let start = at;
                at += word.len() as u32 + 1;
                Span { start, end: start + word.len() as u32 }
            })
            .collect();
        let mut found = Vec::new();
        self.find(words, &spans, &mut found);
        let whole = found.first().filter(|m| m.words == (0..spans.len() as u32))?;
        match whole.candidates.first()?.entry {
            crate::Entry::Actor(actor) => Some(actor),
            _ => None,
        }
    }

    /// Finds names, role nouns, places and titles: longest first, from left to right, without overlap.
    ///
    /// `words` are spans into `text`, split as Universal Dependencies splits English; a span that does not fit the text
    /// is passed over. `out` is emptied first. Case: a capital in the source asks for one in the text, an acronym
    /// for capitals throughout; diacritics, kinds of hyphens and apostrophes, and dots in acronyms make no difference.
    pub fn find(&self, text: &str, words: &[Span], out: &mut Vec<Mention>) {
        crate::find::find(&self.forms, text, words, out);
    }

    /// The words of time that begin with the first of `words` (in small letters), each with how many words it takes,
    /// longest first.
    pub fn time_at<'l>(&'l self, words: &'l [&'l str]) -> impl Iterator<Item = (&'l TimeEntry, usize)> + 'l {
        self.times.at(words).filter_map(|(number, len)| Some((self.image.times.get(number as usize)?, len)))
    }
}
