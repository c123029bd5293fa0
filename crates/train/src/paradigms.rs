//! Which forms words have: verbs and nouns from lists and treebanks with their inflections, regular and irregular.

use crate::inflect::{inflect, with_s};
use crate::tags::{Example, RARE};
use demarche_text::workshop::forms::{
    BASE, FINITE, Facts, GERUND, MOST_VERBS, PARTICIPLE, PAST, PLURAL, SINGULAR, THIRD,
};
use demarche_text::workshop::{finite_labels, form_key};
use demarche_text::{Upos, Xpos};
use std::collections::{BTreeMap, BTreeSet};

/// Word lists that training is given besides treebanks.
#[derive(Debug, Clone, Default)]
pub struct WordLists {
    /// Irregular verbs: lemma, past tense, past participle. A verb may come more than once.
    pub irregular: Vec<[String; 3]>,
    /// Lemmas of verbs.
    pub verbs: Vec<String>,
    /// Prepositions with the verbs whose phrases they open behind an object.
    pub frames: BTreeMap<String, Vec<String>>,
}

impl WordLists {
    /// Reads irregular verbs, three columns, one verb a line; lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// If a line has not three columns: its number, from 1.
    pub fn read_irregular(&mut self, text: &str) -> Result<(), usize> {
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let mut columns = line.split('\t').map(str::to_owned);
            match (columns.next(), columns.next(), columns.next(), columns.next()) {
                (Some(lemma), Some(past), Some(participle), None) => {
                    self.irregular.push([lemma, past, participle]);
                }
                _ => return Err(number + 1),
            }
        }
        Ok(())
    }

    /// Reads verbs with the prepositions that open their phrases behind an object, two columns, the prepositions apart
    /// by blanks; lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// If a line has not two columns: its number, from 1.
    pub fn read_frames(&mut self, text: &str) -> Result<(), usize> {
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let (verb, prepositions) = line.split_once('\t').ok_or(number + 1)?;
            for preposition in prepositions.split(' ') {
                self.frames.entry(preposition.to_owned()).or_default().push(verb.to_owned());
            }
        }
        Ok(())
    }

    /// The forms of a verb with one of the tags VBZ, VBD and VBN, in small letters, by list or by rule; the last
    /// spelling where there are several. None for other tags.
    pub fn form(&self, verb: &str, tag: Xpos) -> Option<String> {
        let listed = self.irregular.iter().find(|row| row[0] == verb);
        match (tag, listed) {
            (Xpos::VBZ, _) => Some(inflect(verb).third),
            (Xpos::VBD, Some([_, past, _])) => Some(past.clone()),
            (Xpos::VBN, Some([_, _, participle])) => Some(participle.clone()),
            (Xpos::VBD | Xpos::VBN, None) => inflect(verb).past.pop(),
            _ => None,
        }
    }

    /// Reads lemmas of verbs, one a line; lines that begin with `#` are remarks.
    pub fn read_verbs(&mut self, text: &str) {
        self.verbs.extend(text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned));
    }
}

/// An inflected form of a known lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inflection {
    /// The form, small letters.
    pub form: String,
    /// Penn tag.
    pub tag: Xpos,
    /// The lemma.
    pub lemma: String,
}

/// The words known and their forms.
#[derive(Debug, Clone, Default)]
pub struct Paradigms {
    /// Every form with a tag once, with the likeliest lemma; of verbs and common nouns, without their base forms.
    pub inflections: Vec<Inflection>,
    /// Known verbs with how often the treebanks show them.
    verbs: BTreeMap<String, usize>,
    /// Known nouns.
    nouns: BTreeSet<String>,
    /// Verbs that are inflected by rule alone, in order.
    pub regular: Vec<String>,
}

fn plain(lemma: &str) -> bool {
    lemma.bytes().all(|b| b.is_ascii_lowercase()) && lemma.len() >= 3
}

impl Paradigms {
    /// Gathers the verbs of `lists` and the verbs and nouns that more than one document of `examples` shows.
    pub fn new(examples: &[Example<'_>], lists: &WordLists) -> Self {
        let mut seen: BTreeMap<(bool, &str), (usize, BTreeSet<usize>)> = BTreeMap::new();
        for example in examples.iter().filter(|e| !e.made) {
            for row in &example.gold.rows {
                let verb = row.upos == Upos::Verb;
                if (verb || matches!(row.xpos, Xpos::NN | Xpos::NNS)) && plain(&row.lemma) {
                    let (count, origins) = seen.entry((verb, &row.lemma)).or_default();
                    *count += 1;
                    origins.insert(example.origin);
                }
            }
        }
        let mut paradigms = Paradigms::default();
        let listed = lists.irregular.iter().map(|row| &row[0]).chain(&lists.verbs);
        paradigms.verbs =
            listed.filter(|l| l.bytes().all(|b| b.is_ascii_lowercase())).map(|l| (l.clone(), 0)).collect();
        for ((verb, lemma), (count, origins)) in seen {
            if verb && (origins.len() > 1 || paradigms.verbs.contains_key(lemma)) {
                paradigms.verbs.insert(lemma.to_owned(), count);
            } else if !verb && origins.len() > 1 {
                paradigms.nouns.insert(lemma.to_owned());
            }
        }
        // Their forms follow no rule at all.
        for lemma in ["be", "have"] {
            paradigms.verbs.remove(lemma);
        }
        paradigms.enter(lists);
        paradigms
    }

    fn enter(&mut self, lists: &WordLists) {
        let irregular: BTreeSet<&str> = lists.irregular.iter().map(|row| row[0].as_str()).collect();
        // The likeliest lemma of a form: what a list says of it first, then what the treebanks show most.
        let mut entered: BTreeMap<(String, Xpos), (bool, usize, String)> = BTreeMap::new();
        let mut enter = |form: &str, tag: Xpos, special: bool, count: usize, lemma: &str| {
            let new = (special, count, lemma.to_owned());
            let old = entered.entry((form.to_owned(), tag)).or_insert_with(|| new.clone());
            if (new.0, new.1) > (old.0, old.1) {
                *old = new;
            }
        };
        for [lemma, past, participle] in &lists.irregular {
            let count = self.verbs.get(lemma).copied().unwrap_or(0);
            enter(past, Xpos::VBD, past != lemma, count, lemma);
            enter(participle, Xpos::VBN, participle != lemma, count, lemma);
        }
        for (lemma, &count) in &self.verbs {
            let forms = inflect(lemma);
            enter(&forms.third, Xpos::VBZ, false, count, lemma);
            forms.gerund.iter().for_each(|form| enter(form, Xpos::VBG, false, count, lemma));
            if !irregular.contains(lemma.as_str()) {
                self.regular.push(lemma.clone());
                for form in &forms.past {
                    enter(form, Xpos::VBD, false, count, lemma);
                    enter(form, Xpos::VBN, false, count, lemma);
                }
            }
        }
        for lemma in &self.nouns {
            enter(&with_s(lemma), Xpos::NNS, false, 0, lemma);
        }
        let inflection = |((form, tag), (_, _, lemma))| Inflection { form, tag, lemma };
        self.inflections = entered.into_iter().map(inflection).collect();
    }

    /// Packed facts of all forms known or in a group, sorted by form. A form is finite that the treebanks show so in one
    /// of eight places at least, or, where they do not show it often, that can be third person or past.
    pub fn facts(
        &self,
        groups: &[(u32, u32)],
        examples: &[Example<'_>],
        labels: &[(Upos, Xpos)],
    ) -> Vec<(u32, u32)> {
        let mut facts: BTreeMap<u32, Facts> = BTreeMap::new();
        let numbers: BTreeMap<&str, u32> =
            self.verbs.keys().zip(1..MOST_VERBS).map(|(lemma, number)| (lemma.as_str(), number)).collect();
        for inflection in &self.inflections {
            let entry = facts.entry(form_key(&inflection.form)).or_default();
            entry.inflections |= match inflection.tag {
                Xpos::VBZ => THIRD | FINITE,
                Xpos::VBD => PAST | FINITE,
                Xpos::VBN => PARTICIPLE,
                Xpos::VBG => GERUND,
                _ => PLURAL,
            };
            if inflection.tag != Xpos::NNS {
                entry.verb = numbers.get(inflection.lemma.as_str()).copied().unwrap_or(0);
            }
        }
        for (lemma, &number) in &numbers {
            let entry = facts.entry(form_key(lemma)).or_default();
            entry.inflections |= BASE;
            entry.verb = number;
        }
        for lemma in &self.nouns {
            facts.entry(form_key(lemma)).or_default().inflections |= SINGULAR;
        }
        let finite = finite_labels(labels);
        let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for example in examples.iter().filter(|e| !e.made) {
            for (atom, &label) in example.atoms.iter().zip(&example.labels).filter(|(_, l)| **l != RARE) {
                let count = counts.entry(atom.form).or_default();
                count.0 += usize::from(finite[label as usize]);
                count.1 += 1;
            }
        }
        for (form, (often, all)) in counts {
            let entry = facts.entry(form).or_default();
            if often * 8 >= all {
                entry.inflections |= FINITE;
            } else if all >= 8 {
                entry.inflections &= !FINITE;
            }
        }
        for &(form, group) in groups {
            facts.entry(form).or_default().group = group;
        }
        facts
            .into_iter()
            .map(|(form, facts)| (form, facts.pack()))
            .filter(|(_, packed)| *packed != 0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(paradigms: &Paradigms, form: &str, tag: Xpos) -> Option<String> {
        paradigms.inflections.iter().find(|i| i.form == form && i.tag == tag).map(|i| i.lemma.clone())
    }

    #[test]
    fn lists_give_lemmas_of_regular_and_irregular_forms() {
        let mut lists = WordLists::default();
        lists
            .read_irregular(
                "# remark\nhang\thung\thung\nhang\thanged\thanged\nfind\tfound\tfound\nfeed\tfed\tfed\n",
            )
            .unwrap();
        lists.read_verbs("# remark\nbomb\nplan\nfound\nsignal\n");
        let paradigms = Paradigms::new(&[], &lists);
        for (form, tag, expected) in [
            ("hanged", Xpos::VBD, Some("hang")),
            ("hung", Xpos::VBN, Some("hang")),
            ("found", Xpos::VBD, Some("find")),
            ("founded", Xpos::VBN, Some("found")),
            ("fed", Xpos::VBD, Some("feed")),
            ("finded", Xpos::VBD, None),
            ("bombed", Xpos::VBD, Some("bomb")),
            ("signalled", Xpos::VBN, Some("signal")),
            ("planning", Xpos::VBG, Some("plan")),
        ] {
            assert_eq!(lemma(&paradigms, form, tag).as_deref(), expected, "{form}");
        }
        assert_eq!(WordLists::default().read_irregular("a\tb\n"), Err(1));
    }
}
