//! What the corpus is made of: the sentences of the shipped examples and of the lexicon's sources, and names to
//! exchange in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::failure::Failure;

/// A piece of a sentence: words as they stand, or a name that may be exchanged for another of its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// The name of a state.
    State(String),
    /// The adjective of a state.
    Adjective(String),
}

/// Sentences and names. No list is empty and all are in the order of their files.
#[derive(Debug)]
pub struct Phrasebook {
    /// Sentences of whole articles.
    pub told: Vec<String>,
    /// Sentences of the lexicon's sources, without the full stop, ready for exchange.
    pub short: Vec<Vec<Piece>>,
    /// Names of states of one word.
    pub states: Vec<String>,
    /// Adjectives of states.
    pub adjectives: Vec<String>,
    /// Capitals.
    pub capitals: Vec<String>,
    /// Names of persons.
    pub persons: Vec<String>,
    /// Names of organisations and groups.
    pub bodies: Vec<String>,
    /// Role nouns in the singular.
    pub roles: Vec<String>,
    /// Words that the short sentences hold in lower case: what a capital at a sentence's head may be taken from.
    pub plain: BTreeSet<String>,
}

/// Gathers all from a repository. Fails where a source cannot be read or a list would be empty.
pub fn gather(root: &Path) -> Result<Phrasebook, Failure> {
    let lexicon = root.join("data/lexicon");
    let mut book = Phrasebook {
        told: Vec::new(),
        short: Vec::new(),
        states: Vec::new(),
        adjectives: Vec::new(),
        capitals: Vec::new(),
        persons: Vec::new(),
        bodies: Vec::new(),
        roles: Vec::new(),
        plain: BTreeSet::new(),
    };
    let mut hits = Vec::new();
    for path in files(&lexicon, "toml")? {
        let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let table: Table = text.parse().map_err(|fault| Failure::content(&path, fault))?;
        for actor in entries(&table, "actor") {
            take_actor(&mut book, actor);
        }
        for agent in entries(&table, "agent") {
            book.roles.extend(strings(agent, "words").next());
        }
        for entry in ["pattern", "operator", "tie", "speech"].iter().flat_map(|key| entries(&table, key)) {
            hits.extend(strings(entry, "hit").chain(strings(entry, "miss")));
        }
    }
    book.states.retain(|name| !name.contains(' '));
    let words = hits.iter().flat_map(|hit| hit.split(|c: char| !c.is_alphanumeric()));
    book.plain = words.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect();
    let states: BTreeSet<&str> = book.states.iter().map(String::as_str).collect();
    let adjectives: BTreeSet<&str> = book.adjectives.iter().map(String::as_str).collect();
    let short =
        hits.iter().map(|hit| pieces(hit.trim().trim_end_matches('.'), &states, &adjectives)).collect();
    book.short = short;
    for path in files(&root.join("examples/articles"), "md")?
        .into_iter()
        .chain(files(&root.join("examples/articles"), "txt")?)
    {
        let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        book.told.extend(sentences(&text));
    }
    let sizes = BTreeMap::from([
        ("articles", book.told.len()),
        ("sentences", book.short.len()),
        ("states", book.states.len()),
        ("adjectives", book.adjectives.len()),
        ("capitals", book.capitals.len()),
        ("persons", book.persons.len()),
        ("organisations", book.bodies.len()),
        ("role nouns", book.roles.len()),
    ]);
    match sizes.iter().find(|(_, size)| **size == 0) {
        Some((name, _)) => Err(Failure::content(&lexicon, format!("no {name} to make a corpus of"))),
        None => Ok(book),
    }
}

fn take_actor(book: &mut Phrasebook, actor: &Value) {
    let Some(name) = actor.get("name").and_then(Value::as_str) else {
        return;
    };
    match actor.get("kind").and_then(Value::as_str) {
        Some("state") => {
            book.states.push(name.to_owned());
            book.adjectives.extend(strings(actor, "adjectives").next());
            book.capitals.extend(actor.get("capital").and_then(Value::as_str).map(str::to_owned));
        }
        Some("person") => book.persons.push(name.to_owned()),
        Some("organisation" | "bloc" | "group" | "party" | "movement" | "agency") => {
            book.bodies.push(name.to_owned())
        }
        _ => {}
    }
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Failure::file(folder))? {
        let path = entry.map_err(Failure::file(folder))?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn entries<'t>(table: &'t Table, key: &str) -> &'t [Value] {
    table.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings<'t>(entry: &'t Value, key: &str) -> impl Iterator<Item = String> + 't {
    let list = entry.get(key).and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    list.iter().filter_map(Value::as_str).map(str::to_owned)
}

/// Cuts a sentence at the names of states and their adjectives; the pieces together are the sentence.
fn pieces(sentence: &str, states: &BTreeSet<&str>, adjectives: &BTreeSet<&str>) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut words = String::new();
    for (n, word) in sentence.split(' ').enumerate() {
        words.push_str(if n > 0 { " " } else { "" });
        let name = word.trim_end_matches([',', ';', ':']).trim_end_matches("'s").trim_end_matches("’s");
        // "Georgian" is both an adjective and a noun; either way another adjective may stand there.
        let piece = if states.contains(name) {
            Piece::State(name.to_owned())
        } else if adjectives.contains(name) {
            Piece::Adjective(name.to_owned())
        } else {
            words.push_str(word);
            continue;
        };
        out.push(Piece::Words(std::mem::take(&mut words)));
        out.push(piece);
        words.push_str(&word[name.len()..]);
    }
    out.push(Piece::Words(words));
    out.retain(|piece| *piece != Piece::Words(String::new()));
    out
}

/// The sentences of an article without its front matter, cut at a full stop before a capital.
fn sentences(article: &str) -> Vec<String> {
    let body =
        article.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(article, |(_, b)| b);
    let mut out = Vec::new();
    for paragraph in body.split("\n\n") {
        let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut start = 0;
        for (at, _) in text.match_indices(". ") {
            let opens = text[at + 2..].starts_with(|c: char| c.is_uppercase());
            // "U.S. missiles", "Gen. Smith", "Aug. 21": a short word before the stop is rather an abbreviation.
            let last = text[start..at].rsplit(' ').next().unwrap_or("");
            if opens && last.chars().count() > 3 {
                out.push(text[start..=at].to_owned());
                start = at + 2;
            }
        }
        out.push(text[start..].to_owned());
    }
    out.retain(|sentence| sentence.ends_with('.') && sentence.contains(' '));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_sentence() {
        let (states, adjectives) = (BTreeSet::from(["Iran", "Iraq"]), BTreeSet::from(["Iranian"]));
        let cut = pieces("The Iranian army hit Iraq's posts, Iran, too", &states, &adjectives);
        let text: String = cut
            .iter()
            .map(|piece| match piece {
                Piece::Words(text) | Piece::State(text) | Piece::Adjective(text) => text.as_str(),
            })
            .collect();
        assert_eq!(text, "The Iranian army hit Iraq's posts, Iran, too");
        assert_eq!(cut.len(), 7);
        assert_eq!(cut[1], Piece::Adjective("Iranian".to_owned()));
    }

    #[test]
    fn sentences_end_at_their_stops() {
        let article = "---\ntitle: A\n---\n\nU.S. troops left the base. They had held\nit since Aug. 21.\n\nA heading\n";
        assert_eq!(sentences(article), ["U.S. troops left the base.", "They had held it since Aug. 21."]);
    }
}
