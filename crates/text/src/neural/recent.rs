//! Vectors of single words that were computed lately.
//!
//! What the small encoder makes of a word before it looks at its neighbours depends on the word alone, and few words make up
//! most of a text. A place serves every word whose key falls on it, and the last one stays; so memory is bounded and a
//! vector is the same whether it was kept or not.

use super::pieces::HASHES;
use crate::hash::mix;

/// Places; a power of two.
const PLACES: usize = 4096;

/// Hashes and shape of a word.
pub type Spelling = ([u32; HASHES], u8);

/// The vectors. Empty until the first word.
#[derive(Debug, Clone, Default)]
pub struct Recent {
    /// Which encoder the vectors are from.
    encoder: u64,
    words: Vec<Option<Spelling>>,
    vectors: Vec<f32>,
}

impl Recent {
    /// Makes room for vectors of `width` numbers of this encoder; forgets those of another.
    pub fn serve(&mut self, encoder: u64, width: usize) {
        if self.encoder != encoder || self.vectors.len() != PLACES * width {
            self.encoder = encoder;
            self.words.clear();
            self.words.resize(PLACES, None);
            self.vectors.clear();
            self.vectors.resize(PLACES * width, 0.0);
        }
    }

    /// The vector of a word, if it is still there.
    pub fn vector(&self, word: &Spelling) -> Option<&[f32]> {
        let place = place(word);
        let width = self.vectors.len() / PLACES;
        (self.words[place].as_ref() == Some(word)).then(|| &self.vectors[place * width..][..width])
    }

    /// Keeps the vector of a word.
    pub fn keep(&mut self, word: Spelling, vector: &[f32]) {
        let place = place(&word);
        self.words[place] = Some(word);
        self.vectors[place * vector.len()..][..vector.len()].copy_from_slice(vector);
    }
}

fn place((hashes, shape): &Spelling) -> usize {
    // The hash of the whole word and the pattern tell nearly all words apart.
    let state = mix(mix(mix(0, u64::from(hashes[0])), u64::from(hashes[HASHES - 1])), u64::from(*shape));
    state as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_stays_until_another_word_takes_its_place() {
        let mut recent = Recent::default();
        recent.serve(1, 2);
        let words: Vec<Spelling> = (0..3 * PLACES as u32).map(|i| ([i; HASHES], (i % 3) as u8)).collect();
        for (i, word) in words.iter().enumerate() {
            assert_eq!(recent.vector(word), None);
            recent.keep(*word, &[i as f32, 1.0]);
            assert_eq!(recent.vector(word), Some(&[i as f32, 1.0][..]));
        }
        let kept = words.iter().enumerate().filter(|(i, word)| {
            let vector = recent.vector(word);
            vector.is_some_and(|vector| vector == [*i as f32, 1.0])
        });
        assert!(kept.count() > PLACES / 2);
        assert_eq!(words.iter().filter(|word| recent.vector(word).is_some_and(|v| v[1] != 1.0)).count(), 0);
    }

    #[test]
    fn another_encoder_begins_anew() {
        let mut recent = Recent::default();
        recent.serve(1, 2);
        let word = ([7; HASHES], 3);
        recent.keep(word, &[1.0, 2.0]);
        recent.serve(1, 2);
        assert!(recent.vector(&word).is_some());
        recent.serve(2, 2);
        assert_eq!(recent.vector(&word), None);
    }
}
