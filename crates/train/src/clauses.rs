//! Short whole sentences cut out of longer ones: a subject, its verb, what it is done to and where. The treebanks of the
//! web have few of them, agency news many.

use crate::corpus::{Row, Rows};
use crate::paradigms::WordLists;
use crate::random::Random;
use demarche_text::{Feats, Mwt, Rel, Upos, Xpos};

/// Most words of a cut-out sentence, with its stop.
const LONGEST: usize = 16;
/// Most words of one of its parts.
const LONGEST_PART: usize = 8;

/// What may be put into clauses.
#[derive(Debug)]
pub struct Verbs<'l> {
    /// Forms of verbs, and which prepositions go with which.
    pub lists: &'l WordLists,
    /// Verbs that may stand for any other.
    pub any: &'l [String],
}

/// Half of the clauses of `sentences` whose subject is a noun or a name. In half of these another one of `verbs` takes the
/// place of the verb: whether a word is a verb must show in its ending and its neighbours. Where a phrase with a
/// preposition follows the object, the clause comes once more with a verb that is known to govern such a phrase.
pub fn clauses(sentences: &[Rows], verbs: &Verbs<'_>, random: &mut Random) -> Vec<Rows> {
    let mut cut_out = Vec::new();
    for Rows { rows, .. } in sentences {
        let mut children = vec![Vec::new(); rows.len() + 1];
        for (i, row) in rows.iter().enumerate() {
            children[row.head].push(i);
        }
        for verb in 0..rows.len() {
            let bare = random.once_in(2);
            let Some(kept) = keep(rows, &children, verb, bare) else { continue };
            let mut clause = cut(rows, &kept, verb);
            let Ok(at) = kept.binary_search(&verb) else { continue };
            if let Some(phrase) = phrase_behind_object(&clause, at) {
                let case = clause.iter().find(|r| r.head == phrase && r.rel == Rel::Case);
                let governing = case.and_then(|case| verbs.lists.frames.get(&case.form));
                if let Some(governing) = governing {
                    let mut governed = clause.clone();
                    governed[phrase].head = at;
                    governed[phrase].rel = Rel::Obl;
                    exchange(&mut governed[at], &governing[random.below(governing.len())], verbs.lists);
                    cut_out.push(Rows { new_paragraph: true, rows: governed });
                }
            } else if random.once_in(2) && !verbs.any.is_empty() {
                exchange(&mut clause[at], &verbs.any[random.below(verbs.any.len())], verbs.lists);
            }
            if random.once_in(2) {
                cut_out.push(Rows { new_paragraph: true, rows: clause });
            }
        }
    }
    cut_out
}

/// The noun of the first phrase with a preposition behind the object of the verb, of the object or of the verb. Where
/// there is one, which of them it belongs to depends on the verb.
fn phrase_behind_object(clause: &[Row], verb: usize) -> Option<usize> {
    let object = clause.iter().position(|r| r.head == verb && r.rel == Rel::Obj).filter(|&o| o > verb)?;
    (object + 1..clause.len()).find(|&i| {
        let row = &clause[i];
        let belongs =
            (row.head == object && row.rel == Rel::Nmod) || (row.head == verb && row.rel == Rel::Obl);
        belongs && clause[object + 1..i].iter().any(|r| r.head == i && r.rel == Rel::Case)
    })
}

/// The words of the clause of `verb`, in order, if it can stand alone; `bare` takes articles from plural subjects.
fn keep(rows: &[Row], children: &[Vec<usize>], verb: usize, bare: bool) -> Option<Vec<usize>> {
    let row = &rows[verb];
    let finite = matches!(row.xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP);
    if row.upos != Upos::Verb || !(finite || row.xpos == Xpos::VBN) || row.mwt != Mwt::No {
        return None;
    }
    let (mut kept, mut subject, mut passive, mut phrases) = (vec![verb], None, false, 0);
    for &child in &children[verb] {
        match rows[child].rel {
            Rel::Nsubj if finite => subject = Some(child),
            Rel::NsubjPass if !finite => subject = Some(child),
            Rel::AuxPass if !finite && matches!(rows[child].xpos, Xpos::VBD | Xpos::VBZ | Xpos::VBP) => {
                passive = true;
                kept.push(child);
            }
            // What would be missing without them.
            Rel::Aux | Rel::AuxPass | Rel::Cop | Rel::Xcomp | Rel::Ccomp | Rel::Expl | Rel::Csubj => {
                return None;
            }
            Rel::Obj | Rel::Iobj | Rel::CompoundPrt => {
                part(rows, children, child, &mut kept)?;
            }
            Rel::Obl | Rel::OblAgent | Rel::OblTmod | Rel::OblUnmarked if child > verb && phrases < 2 => {
                let before = kept.len();
                if part(rows, children, child, &mut kept).is_some() {
                    phrases += 1;
                } else {
                    kept.truncate(before);
                }
            }
            _ => {}
        }
    }
    let subject = subject.filter(|&s| s < verb && matches!(rows[s].upos, Upos::Noun | Upos::Propn))?;
    if !finite && !passive {
        return None;
    }
    part(rows, children, subject, &mut kept)?;
    if bare && rows[subject].xpos == Xpos::NNS {
        let article =
            |&i: &usize| rows[i].head == subject && rows[i].upos == Upos::Det && children[i].is_empty();
        kept.retain(|i| !article(i));
    }
    kept.sort_unstable();
    kept.dedup();
    // A token of several words is kept whole or not at all.
    let whole = kept.iter().enumerate().all(|(at, &i)| {
        let goes_on = rows.get(i + 1).is_some_and(|r| r.mwt == Mwt::Rest);
        let begun = rows[i].mwt == Mwt::Rest;
        (!goes_on || kept.get(at + 1) == Some(&(i + 1))) && (!begun || (at > 0 && kept[at - 1] == i - 1))
    });
    (whole && (3..LONGEST).contains(&kept.len()) && kept[0] != verb).then_some(kept)
}

/// Adds a word with all below it but additions that want commas; nothing if it is too long or holds strange signs.
fn part(rows: &[Row], children: &[Vec<usize>], top: usize, kept: &mut Vec<usize>) -> Option<()> {
    let mut open = vec![top];
    let mut size = 0;
    while let Some(word) = open.pop() {
        size += 1;
        if size > LONGEST_PART || matches!(rows[word].upos, Upos::X | Upos::Intj) {
            return None;
        }
        kept.push(word);
        for &child in &children[word] {
            match rows[child].rel {
                Rel::AclRelcl | Rel::Appos | Rel::Parataxis | Rel::Conj | Rel::Discourse | Rel::List => {}
                Rel::Punct if rows[child].xpos == Xpos::HYPH => open.push(child),
                Rel::Punct if rows[child].form == "," => {}
                Rel::Punct => return None,
                _ => open.push(child),
            }
        }
    }
    Some(())
}

/// The kept words as a sentence of its own with a stop.
fn cut(rows: &[Row], kept: &[usize], verb: usize) -> Vec<Row> {
    let mut clause: Vec<Row> = kept.iter().map(|&i| rows[i].clone()).collect();
    let place = |i: usize| kept.binary_search(&i).unwrap_or(kept.len() + 1);
    let root = place(verb);
    let end = clause.len() + 1;
    for (at, row) in clause.iter_mut().enumerate() {
        let neighbours = kept.get(at + 1).is_some_and(|&next| next == kept[at] + 1);
        row.space_after = at + 1 < kept.len() && (row.space_after || !neighbours);
        row.head = if at == root { end } else { place(row.head) };
        if at == root {
            row.rel = Rel::Root;
        }
    }
    let mut letters = clause[0].form.chars();
    if let Some(first) = letters.next() {
        clause[0].form = first.to_uppercase().chain(letters).collect();
    }
    clause.push(Row {
        form: ".".to_owned(),
        lemma: ".".to_owned(),
        upos: Upos::Punct,
        xpos: Xpos::PERIOD,
        feats: Feats::NONE,
        head: root,
        rel: Rel::Punct,
        mwt: Mwt::No,
        space_after: true,
    });
    clause
}

/// Puts the form of one verb in the place of another's.
fn exchange(row: &mut Row, verb: &str, lists: &WordLists) {
    if let Some(form) = lists.form(verb, row.xpos) {
        row.form = form;
        row.lemma = verb.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(form: &str, upos: Upos, xpos: Xpos, head: usize, rel: Rel) -> Row {
        let lemma = form.to_lowercase();
        Row {
            form: form.into(),
            lemma,
            upos,
            xpos,
            feats: Feats::NONE,
            head,
            rel,
            mwt: Mwt::No,
            space_after: true,
        }
    }

    #[test]
    fn a_clause_is_cut_out_of_a_longer_sentence() {
        let rows = vec![
            row("Yesterday", Upos::Noun, Xpos::NN, 4, Rel::OblTmod),
            row(",", Upos::Punct, Xpos::COMMA, 4, Rel::Punct),
            row("the", Upos::Det, Xpos::DT, 3, Rel::Det),
            row("police", Upos::Noun, Xpos::NNS, 4, Rel::Nsubj),
            row("arrested", Upos::Verb, Xpos::VBD, 9, Rel::Root),
            row("men", Upos::Noun, Xpos::NNS, 4, Rel::Obj),
            row("who", Upos::Pron, Xpos::WP, 7, Rel::Nsubj),
            row("fled", Upos::Verb, Xpos::VBD, 5, Rel::AclRelcl),
            row(".", Upos::Punct, Xpos::PERIOD, 4, Rel::Punct),
        ];
        let sentences = [Rows { new_paragraph: true, rows }];
        let lists = WordLists::default();
        let verbs = Verbs { lists: &lists, any: &[] };
        let forms = |seed| {
            let found = clauses(&sentences, &verbs, &mut Random::new(seed));
            assert!(found.len() <= 1);
            let clause = found.into_iter().next()?.rows;
            assert!(clause.iter().enumerate().all(|(i, row)| row.head <= clause.len() && row.head != i));
            Some(clause.iter().map(|r| r.form.clone()).collect::<Vec<_>>().join(" "))
        };
        let all: std::collections::BTreeSet<String> = (0..40).filter_map(forms).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(all, ["Police arrested men .", "The police arrested men ."]);
    }
    #[test]
    fn a_phrase_behind_the_object_goes_to_a_verb_that_governs_it() {
        let rows = vec![
            row("Judges", Upos::Noun, Xpos::NNS, 1, Rel::Nsubj),
            row("saw", Upos::Verb, Xpos::VBD, 6, Rel::Root),
            row("men", Upos::Noun, Xpos::NNS, 1, Rel::Obj),
            row("with", Upos::Adp, Xpos::IN, 4, Rel::Case),
            row("guns", Upos::Noun, Xpos::NNS, 2, Rel::Nmod),
            row(".", Upos::Punct, Xpos::PERIOD, 1, Rel::Punct),
        ];
        let mut lists = WordLists::default();
        lists.read_frames("arm\twith\n").unwrap();
        let verbs = Verbs { lists: &lists, any: &[] };
        let found = clauses(&[Rows { new_paragraph: true, rows }], &verbs, &mut Random::new(1));
        let told = |rows: &Rows| (rows.rows[1].form.clone(), rows.rows[4].head, rows.rows[4].rel);
        assert_eq!(found.first().map(told), Some(("armed".to_owned(), 1, Rel::Obl)));
        assert!(found.iter().skip(1).all(|clause| told(clause) == ("saw".to_owned(), 2, Rel::Nmod)));
        assert_eq!(WordLists::default().read_frames("a\n"), Err(1));
    }
}
