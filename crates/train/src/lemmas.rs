//! Learns lemma rules and morphological features by counting.

use crate::paradigms::Paradigms;
use crate::tags::{Example, RARE};
use demarche_text::workshop::{LONGEST_ENDING, Rule, ending_key, known_key, morphology_keys};
use demarche_text::{Feats, Mwt, Tree, Upos, Xpos};
use std::collections::BTreeMap;
use std::fmt::Write;

type Votes<T> = BTreeMap<u32, BTreeMap<T, usize>>;

fn winner<T: Clone + Ord>(votes: &BTreeMap<T, usize>) -> Option<(T, usize)> {
    votes
        .iter()
        .max_by_key(|(value, count)| (**count, std::cmp::Reverse((*value).clone())))
        .map(|(v, c)| (v.clone(), *c))
}

/// Rules and the rule for every key.
pub struct Lemmas {
    /// The rules.
    pub rules: Vec<Rule>,
    /// Key to number of a rule.
    pub choice: Vec<(u32, u32)>,
}

/// Counts rules by ending and by form; a form is kept only where its ending would mislead. Forms that the treebanks do
/// not show have the lemma and the one vote that `paradigms` gives them.
pub fn learn(examples: &[Example<'_>], paradigms: &Paradigms, labels: &[(Upos, Xpos)]) -> Lemmas {
    let mut by_form: BTreeMap<(String, u8), BTreeMap<Rule, usize>> = BTreeMap::new();
    for example in examples.iter().filter(|e| !e.made) {
        for (row, &label) in example.gold.rows.iter().zip(&example.labels) {
            if label != RARE && row.lemma != "_" {
                let rule = Rule::between(&row.form, &row.lemma, row.upos == Upos::Propn);
                *by_form.entry((row.form.clone(), label)).or_default().entry(rule).or_default() += 1;
            }
        }
    }
    for inflection in &paradigms.inflections {
        let upos = if inflection.tag == Xpos::NNS { Upos::Noun } else { Upos::Verb };
        if let Some(label) = labels.iter().position(|&l| l == (upos, inflection.tag)) {
            let rule = Rule::between(&inflection.form, &inflection.lemma, false);
            let form = by_form.entry((inflection.form.clone(), label as u8)).or_default();
            if form.is_empty() {
                form.insert(rule, 1);
            }
        }
    }
    // Every form has one vote for each of its endings, so that frequent irregular words do not speak for others.
    let mut endings: Votes<Rule> = BTreeMap::new();
    for ((form, label), votes) in &by_form {
        let Some((rule, _)) = winner(votes) else { continue };
        for length in 0..=LONGEST_ENDING.min(form.chars().count()) {
            *endings.entry(ending_key(form, length, *label)).or_default().entry(rule.clone()).or_default() +=
                1;
        }
    }
    let mut kept: BTreeMap<u32, Rule> = BTreeMap::new();
    for (key, votes) in &endings {
        let total: usize = votes.values().sum();
        if let Some((rule, count)) = winner(votes)
            && count >= 2
            && count * 2 > total
        {
            kept.insert(*key, rule);
        }
    }
    let mut known: Votes<Rule> = BTreeMap::new();
    for ((form, label), votes) in &by_form {
        for (rule, count) in votes {
            *known.entry(known_key(form, *label)).or_default().entry(rule.clone()).or_default() += count;
        }
    }
    let mut exceptions: BTreeMap<u32, Rule> = BTreeMap::new();
    for (form, label) in by_form.keys() {
        let key = known_key(form, *label);
        let by_ending = (0..=LONGEST_ENDING).rev().find_map(|k| kept.get(&ending_key(form, k, *label)));
        if let Some((rule, _)) = known.get(&key).and_then(winner)
            && by_ending != Some(&rule)
        {
            exceptions.insert(key, rule);
        }
    }
    kept.extend(exceptions);
    let mut numbers: BTreeMap<Rule, u32> = BTreeMap::new();
    let mut rules = Vec::new();
    let mut choice = Vec::new();
    for (key, rule) in kept {
        let next = rules.len() as u32;
        let number = *numbers.entry(rule.clone()).or_insert(next);
        if number == next {
            rules.push(rule);
        }
        choice.push((key, number));
    }
    Lemmas { rules, choice }
}

/// Sets of features and the set for every key.
pub struct Features {
    /// The sets.
    pub sets: Vec<Feats>,
    /// Key to number of a set.
    pub choice: Vec<(u32, u32)>,
}

/// The gold tree of an example.
pub fn tree(example: &Example<'_>) -> Option<Tree> {
    let n = example.gold.rows.len();
    let mut text = String::new();
    for (i, row) in example.gold.rows.iter().enumerate() {
        let head = if row.head == n { 0 } else { row.head + 1 };
        debug_assert!(matches!(row.mwt, Mwt::No | Mwt::First | Mwt::Rest));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}\t_\t_\t{}\t{}\t_\t{head}\t{}\t_\t_", i + 1, row.upos, row.xpos, row.rel);
    }
    Tree::from_conllu(&text).ok()
}

/// Counts features under every key that the engine tries.
pub fn learn_features(examples: &[Example<'_>]) -> Features {
    let mut votes: Votes<Feats> = BTreeMap::new();
    let typo = Feats::from_conllu("Typo=Yes");
    for example in examples {
        let Some(tree) = tree(example) else { continue };
        for (i, (row, &label)) in example.gold.rows.iter().zip(&example.labels).enumerate() {
            // Slips of the pen cannot be told from words.
            if label == RARE || row.feats.to_bits() & typo.to_bits() != 0 {
                continue;
            }
            let mut last = None;
            for key in morphology_keys(&tree, &example.atoms, label, i) {
                if last != Some(key) {
                    *votes.entry(key).or_default().entry(row.feats).or_default() += 1;
                    last = Some(key);
                }
            }
        }
    }
    let mut numbers: BTreeMap<Feats, u32> = BTreeMap::new();
    let mut sets = Vec::new();
    let mut choice = Vec::new();
    for (key, votes) in votes {
        let Some((feats, count)) = winner(&votes) else {
            continue;
        };
        if count < 2 {
            continue;
        }
        let next = sets.len() as u32;
        let number = *numbers.entry(feats).or_insert(next);
        if number == next {
            sets.push(feats);
        }
        choice.push((key, number));
    }
    Features { sets, choice }
}
