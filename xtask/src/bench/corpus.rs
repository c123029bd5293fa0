//! A corpus that looks like news, made from a seed: articles of 10 to 40 sentences in paragraphs, as JSON Lines.
//!
//! A third of the sentences are those of the examples as they stand; the others join one, two or three of the
//! lexicon's sentences with speakers, days and places, so that a sentence has about as many words as one of a news
//! agency, with names exchanged so that few sentences come twice.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::bench::phrasebook::{Phrasebook, Piece};
use crate::failure::Failure;

/// Where the corpus ends, whichever comes first; the article begun is finished.
#[derive(Clone, Copy)]
pub struct Limit {
    /// Bytes of the file.
    pub bytes: u64,
    /// Sentences written.
    pub sentences: u64,
}

/// Writes the corpus; its size in bytes. The same book, seed and limit give the same bytes.
pub fn write(book: &Phrasebook, seed: u64, limit: Limit, path: &Path) -> Result<u64, Failure> {
    let mut out = BufWriter::new(File::create(path).map_err(Failure::file(path))?);
    let mut author = Author { book, dice: Dice(seed) };
    let (mut bytes, mut sentences, mut number) = (0, 0, 0);
    while bytes < limit.bytes && sentences < limit.sentences {
        number += 1;
        let (article, count) = author.article(number);
        let line = article.to_string() + "\n";
        out.write_all(line.as_bytes()).map_err(Failure::file(path))?;
        bytes += line.len() as u64;
        sentences += count;
    }
    out.flush().map_err(Failure::file(path))?;
    Ok(bytes)
}

/// Random numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is above 0.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    fn one<'t>(&mut self, list: &'t [impl AsRef<str>]) -> &'t str {
        list[self.below(list.len())].as_ref()
    }
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 6] = ["January", "March", "May", "July", "September", "November"];
const VERBS: [&str; 8] =
    ["said", "announced", "reported", "told journalists", "claimed", "confirmed", "wrote", "added"];

struct Author<'b> {
    book: &'b Phrasebook,
    dice: Dice,
}

impl Author<'_> {
    /// An article as a row, and how many sentences it holds.
    fn article(&mut self, number: u64) -> (serde_json::Value, u64) {
        let count = 10 + self.dice.below(31);
        let (mut text, mut room) = (String::new(), 0);
        for n in 0..count {
            if room == 0 {
                room = 1 + self.dice.below(4);
                text.push_str(if n > 0 { "\n\n" } else { "" });
            } else {
                text.push(' ');
            }
            room -= 1;
            text.push_str(&self.sentence());
        }
        let (year, month, day) =
            (1990 + self.dice.below(36), 1 + self.dice.below(12), 1 + self.dice.below(28));
        let row = serde_json::json!({
            "id": format!("bench-{number}"),
            "title": self.clause(),
            "date": format!("{year}-{month:02}-{day:02}"),
            "source": "demarche bench",
            "text": text,
        });
        (row, count as u64)
    }

    fn sentence(&mut self) -> String {
        let day = self.dice.one(&DAYS).to_owned();
        let verb = self.dice.one(&VERBS).to_owned();
        match self.dice.below(15) {
            0..=4 => self.dice.one(&self.book.told).to_owned(),
            5 => format!("{}.", self.clause()),
            6 => format!("{}, the {} {verb} on {day}.", self.clause(), self.role()),
            7 => format!("{}, and {}.", self.clause(), self.inner()),
            8 => format!("{} {verb} in {} on {day} that {}.", self.person(), self.capital(), self.inner()),
            9 => format!(
                "According to a {} {} who asked not to be named, {}, while {}.",
                self.adjective(),
                self.role(),
                self.inner(),
                self.inner()
            ),
            10 => format!(
                "“{},” {} {verb} after talks with the {} {} in {}.",
                self.clause(),
                self.person(),
                self.adjective(),
                self.role(),
                self.capital()
            ),
            11 => format!(
                "{} after {}, {} {verb} in a statement of {} {}.",
                self.clause(),
                self.inner(),
                self.body(),
                1 + self.dice.below(28),
                self.dice.one(&MONTHS).to_owned()
            ),
            12 => format!(
                "Officials of {} and {}, who met in {} on {day}, denied that {}, but {}.",
                self.body(),
                self.state(),
                self.capital(),
                self.inner(),
                self.inner()
            ),
            13 => format!(
                "Shares in {} fell by {}.{} per cent on {day} as traders waited for news from {}, where {}.",
                self.capital(),
                1 + self.dice.below(9),
                self.dice.below(10),
                self.state(),
                self.inner()
            ),
            _ => format!(
                "{}; the government of {}, which borders {}, did not comment.",
                self.clause(),
                self.state(),
                self.state()
            ),
        }
    }

    /// One of the lexicon's sentences, half of its names exchanged, without a full stop.
    fn clause(&mut self) -> String {
        let chosen = &self.book.short[self.dice.below(self.book.short.len())];
        let mut text = String::new();
        for piece in chosen {
            let exchanged = self.dice.below(2) == 0;
            text.push_str(match piece {
                Piece::State(_) if exchanged => self.dice.one(&self.book.states),
                Piece::Adjective(_) if exchanged => self.dice.one(&self.book.adjectives),
                Piece::Words(words) | Piece::State(words) | Piece::Adjective(words) => words,
            });
        }
        text
    }

    /// A clause as it stands within a sentence: its head in lower case unless it is a name.
    fn inner(&mut self) -> String {
        let clause = self.clause();
        let (head, rest) = clause.split_once(' ').unwrap_or((&clause, ""));
        let named = self.book.states.iter().chain(&self.book.adjectives).any(|name| name == head);
        let lower = head.to_lowercase();
        if !named && self.book.plain.contains(&lower) { format!("{lower} {rest}") } else { clause }
    }

    fn role(&mut self) -> String {
        self.dice.one(&self.book.roles).to_owned()
    }

    fn adjective(&mut self) -> String {
        self.dice.one(&self.book.adjectives).to_owned()
    }

    fn state(&mut self) -> String {
        self.dice.one(&self.book.states).to_owned()
    }

    fn capital(&mut self) -> String {
        self.dice.one(&self.book.capitals).to_owned()
    }

    fn person(&mut self) -> String {
        self.dice.one(&self.book.persons).to_owned()
    }

    fn body(&mut self) -> String {
        self.dice.one(&self.book.bodies).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::phrasebook::gather;

    fn corpus(seed: u64, limit: Limit) -> String {
        let book = gather(
            &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package")).join(".."),
        )
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("corpus.jsonl");
        let bytes = write(&book, seed, limit, &path).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(bytes, text.len() as u64);
        text
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let limit = Limit { bytes: 200_000, sentences: u64::MAX };
        assert_eq!(corpus(7, limit), corpus(7, limit));
        assert_ne!(corpus(7, limit), corpus(8, limit));
    }

    #[test]
    fn articles_look_like_news() {
        let text = corpus(1990, Limit { bytes: u64::MAX, sentences: 2000 });
        let (mut stops, mut words, mut articles) = (0, 0, 0);
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let body = row["text"].as_str().unwrap();
            assert!(body.contains("\n\n") && row["date"].as_str().unwrap().len() == 10);
            articles += 1;
            words += body.split_whitespace().count();
            stops += body.matches(['.']).count();
        }
        assert!((50..=200).contains(&articles), "{articles} articles");
        let mean = words as f64 / 2000.0;
        assert!((14.0..26.0).contains(&mean), "{mean} words a sentence, {stops} stops");
    }

    #[test]
    fn limits_end_the_corpus() {
        let text = corpus(3, Limit { bytes: 10_000, sentences: u64::MAX });
        assert!(text.len() >= 10_000 && text.len() < 30_000, "{}", text.len());
    }
}
