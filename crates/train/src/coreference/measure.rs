//! Documents of a treebank with entities through the program from raw text, held against the gold by places in the text.

use super::gold::Mention;
use super::learn::Lesson;
use super::scores::{self, Scores};
use crate::corpus::Document;
use demarche_coder::workshop::{ChainPhrase, Discourse};
use demarche_record::Span;
use std::collections::BTreeMap;

/// The gold of a document, by bytes of its text.
#[derive(Debug, Clone)]
pub struct Truth {
    /// Span, head and entity of every mention, in order.
    pub mentions: Vec<(Span, Span, u32)>,
    /// Which of them are pronouns of the third person.
    pub pronouns: Vec<bool>,
}

/// Pronouns of the third person.
const THIRD: [&str; 19] = [
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "themself",
    "'em",
    "em",
];

/// Places gold mentions in the text of their document.
pub fn truth(document: &Document, mentions: &[Mention]) -> Truth {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut placed, mut pronouns) = (Vec::new(), Vec::new());
    for mention in mentions {
        let next = numbers.len() as u32;
        let number = *numbers.entry(&mention.entity).or_insert(next);
        let words = &document.sentences[mention.sentence].sentence.words;
        let head = words[mention.head.min(words.len() - 1)].span;
        placed.push((words[mention.first].span.cover(words[mention.last].span), head, number));
        let word = head.of(&document.text).to_lowercase();
        pronouns.push(mention.pronoun && mention.first == mention.last && THIRD.contains(&word.as_str()));
    }
    Truth { mentions: placed, pronouns }
}

/// The entity of each phrase by the gold: of the mention with the same words, else of one with the same head that no other
/// phrase has.
pub fn lesson(discourse: Discourse, truth: &Truth) -> Lesson {
    let mut taken = vec![false; truth.mentions.len()];
    let phrases: Vec<(Span, Span)> = discourse.phrases.iter().map(|p| (p.span, p.head_span)).collect();
    let mut gold: Vec<Option<u32>> = vec![None; phrases.len()];
    let mut whole: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    let mut by_head: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (n, (span, head, _)) in truth.mentions.iter().enumerate() {
        whole.entry((span.start, span.end)).or_default().push(n);
        by_head.entry((head.start, head.end)).or_default().push(n);
    }
    for exact in [true, false] {
        for (at, (span, head)) in phrases.iter().enumerate() {
            let key = if exact { span } else { head };
            let table = if exact { &whole } else { &by_head };
            if gold[at].is_some() {
                continue;
            }
            let free = table.get(&(key.start, key.end)).into_iter().flatten().find(|&&n| !taken[n]);
            if let Some(&n) = free {
                taken[n] = true;
                gold[at] = Some(truth.mentions[n].2);
            }
        }
    }
    Lesson { discourse, gold }
}

/// What was measured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quality {
    /// Without entities that are mentioned once.
    pub linked: Scores,
    /// With them.
    pub all: Scores,
    /// Pronouns of the third person with a noun or name before them in the gold, and those that were given the right one.
    pub pronouns: (usize, usize),
}

impl Quality {
    /// The share of pronouns given the right noun or name, per cent.
    pub fn pronoun_share(&self) -> f64 {
        100.0 * self.pronouns.1 as f64 / self.pronouns.0.max(1) as f64
    }

    /// Adds another document.
    pub fn add(&mut self, other: &Self) {
        self.linked += other.linked;
        self.all += other.all;
        self.pronouns = (self.pronouns.0 + other.pronouns.0, self.pronouns.1 + other.pronouns.1);
    }
}

/// Holds what the program found in a document against the gold.
pub fn measure(truth: &Truth, found: &[ChainPhrase]) -> Quality {
    let mut gold: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (span, _, entity) in &truth.mentions {
        gold.entry(*entity).or_default().push((span.start, span.end));
    }
    let mut answer: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for phrase in found {
        answer.entry(phrase.entity).or_default().push((phrase.span.start, phrase.span.end));
    }
    let gold = distinct(gold.into_values().collect());
    let answer = distinct(answer.into_values().collect());
    Quality {
        linked: scores::score(&scores::without_singletons(&gold), &scores::without_singletons(&answer)),
        all: scores::score(&gold, &answer),
        pronouns: pronouns(truth, found),
    }
}

/// Each mention in one chain alone, the first.
fn distinct(chains: Vec<Vec<(u32, u32)>>) -> Vec<Vec<(u32, u32)>> {
    let mut seen = std::collections::BTreeSet::new();
    let kept = chains.into_iter().map(|c| c.into_iter().filter(|m| seen.insert(*m)).collect::<Vec<_>>());
    kept.filter(|c| !c.is_empty()).collect()
}

/// How many pronouns have a noun or name before them in the gold; for how many of those the nearest noun or name before
/// them in the answer's chain has the head of one of the same gold entity.
fn pronouns(truth: &Truth, found: &[ChainPhrase]) -> (usize, usize) {
    let entity_of_head: BTreeMap<(u32, u32), u32> =
        truth.mentions.iter().map(|(_, head, entity)| ((head.start, head.end), *entity)).collect();
    let at: BTreeMap<(u32, u32), usize> =
        found.iter().enumerate().map(|(n, p)| ((p.span.start, p.span.end), n)).collect();
    let (mut all, mut right) = (0, 0);
    for (n, (span, _, entity)) in truth.mentions.iter().enumerate() {
        let nominal = |m: usize| truth.mentions[m].2 == *entity && !truth.pronouns[m];
        if !truth.pronouns[n] || !(0..n).any(nominal) {
            continue;
        }
        all += 1;
        let Some(&here) = at.get(&(span.start, span.end)) else { continue };
        let chain = found[here].entity;
        let meant = found[..here].iter().rev().find(|p| p.entity == chain && !p.pronoun);
        let right_head = meant.and_then(|p| entity_of_head.get(&(p.head.start, p.head.end)));
        if right_head == Some(entity) {
            right += 1;
        }
    }
    (all, right)
}
