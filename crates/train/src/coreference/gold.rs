//! What GUM's `Entity` annotations say stands for the same: mentions with the number of their entity.
//!
//! `Entity=(3-person-giv:act-…-1,2-coref-Name` opens a mention of entity 3 whose head is its first word; `3)` closes it.
//! Predicates ("is a mathematician") and appositions carry the number of what they are said of.

use std::path::Path;

/// A mention of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Number of the sentence in its document.
    pub sentence: usize,
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
    /// Its head word.
    pub head: usize,
    /// Its entity.
    pub entity: String,
    /// Whether its head is a pronoun.
    pub pronoun: bool,
}

/// The mentions of every document of a file, in order.
///
/// # Errors
/// If the file cannot be read or a mention is not closed.
pub fn read(path: &Path) -> Result<Vec<Vec<Mention>>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    parse(&text).map_err(|fault| format!("{}, {fault}", path.display()))
}

/// As [`read`], from the text itself.
///
/// # Errors
/// If a mention is not closed in its sentence, or closed and not open.
pub fn parse(text: &str) -> Result<Vec<Vec<Mention>>, String> {
    let mut documents: Vec<Vec<Mention>> = Vec::new();
    let (mut sentence, mut word) = (0, 0);
    let mut open: Vec<Mention> = Vec::new();
    let mut pronouns: Vec<bool> = Vec::new();
    for (number, line) in text.lines().chain([""]).enumerate() {
        let fault = |what: &str| format!("line {}: {what}", number + 1);
        if line.starts_with("# newdoc") {
            documents.push(Vec::new());
            sentence = 0;
        } else if line.is_empty() {
            if !open.is_empty() {
                return Err(fault("a mention is open where its sentence ends"));
            }
            if word > 0 {
                sentence += 1;
            }
            word = 0;
            pronouns.clear();
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 || columns[0].contains(['-', '.']) {
                continue;
            }
            pronouns.push(columns[3] == "PRON");
            let Some(document) = documents.last_mut() else {
                return Err(fault("a sentence before the first document"));
            };
            for entity in columns[9].split('|').filter_map(|item| item.strip_prefix("Entity=")) {
                step(entity, (sentence, word), &pronouns, &mut open, document)
                    .ok_or_else(|| fault("a bad mention"))?;
            }
            word += 1;
        }
    }
    for mentions in &mut documents {
        mentions.sort_by_key(|m| (m.sentence, m.first, std::cmp::Reverse(m.last)));
    }
    Ok(documents)
}

/// Opens and closes what the annotation of one word opens and closes.
fn step(
    mut entity: &str,
    (sentence, word): (usize, usize),
    pronouns: &[bool],
    open: &mut Vec<Mention>,
    closed: &mut Vec<Mention>,
) -> Option<()> {
    while !entity.is_empty() {
        if let Some(rest) = entity.strip_prefix('(') {
            let end = rest.find(['(', ')']).unwrap_or(rest.len());
            let mut fields = rest[..end].split('-');
            let name = fields.next()?.to_owned();
            let least: usize = fields.nth(4)?.split(',').next()?.parse().ok()?;
            let head = word + least.checked_sub(1)?;
            open.push(Mention { sentence, first: word, last: word, head, entity: name, pronoun: false });
            entity = &rest[end..];
            if let Some(rest) = entity.strip_prefix(')') {
                close(open.len() - 1, word, pronouns, open, closed);
                entity = rest;
            }
        } else {
            let end = entity.find(')')?;
            let at = open.iter().rposition(|m| m.entity == entity[..end])?;
            close(at, word, pronouns, open, closed);
            entity = &entity[end + 1..];
        }
    }
    Some(())
}

fn close(at: usize, word: usize, pronouns: &[bool], open: &mut Vec<Mention>, closed: &mut Vec<Mention>) {
    let mut mention = open.remove(at);
    mention.last = word;
    mention.pronoun = pronouns.get(mention.head).copied().unwrap_or(false);
    closed.push(mention);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_mentions_are_opened_and_closed() {
        let word =
            |id: usize, upos: &str, misc: &str| format!("{id}\tw\tw\t{upos}\t_\t_\t0\troot\t_\t{misc}\n");
        let text = [
            "# newdoc id = a\n".to_owned(),
            word(1, "PRON", "Entity=(2-person-new-sssss-cf1-2-coref(1-person-acc:inf-nnnnn-cf2-1-ana)"),
            word(2, "NOUN", "Discourse=x|Entity=2)"),
            "\n".to_owned(),
            word(1, "PRON", "Entity=(2-person-giv:act-sssss-cf1-1-ana-A_Name)"),
            "\n".to_owned(),
        ]
        .concat();
        let read = parse(&text).unwrap();
        let told: Vec<_> = read[0]
            .iter()
            .map(|m| (m.sentence, m.first, m.last, m.head, m.entity.as_str(), m.pronoun))
            .collect();
        assert_eq!(told, [(0, 0, 1, 1, "2", false), (0, 0, 0, 0, "1", true), (1, 0, 0, 0, "2", true)]);
        assert!(parse("# newdoc id = a\n1\tw\tw\tX\t_\t_\t0\troot\t_\tEntity=(1-a-b-c-d-1-e\n\n").is_err());
    }
}
