//! Which rules a lemma can fire.

use crate::{Image, Lexeme};
use hashbrown::HashMap;
use std::cmp::Reverse;

/// A table of rules. Where the same words stand in several, earlier tables go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// `operators`.
    Operator,
    /// `patterns`.
    Pattern,
    /// `ties`.
    Tie,
    /// `speech`.
    Speech,
}

/// One lexeme of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ref {
    /// The table.
    pub table: Table,
    /// The rule's number in it.
    pub entry: u32,
    /// The lexeme's number in the rule's list of this word class.
    pub lexeme: u32,
}

/// First lemmas of one word class with the lexemes that begin with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lemmas {
    refs: Vec<Ref>,
    at: HashMap<String, (u32, u32)>,
}

/// A word class of rules.
#[derive(Clone, Copy)]
pub(crate) enum Class {
    Verb,
    Noun,
    Adjective,
}

impl Lemmas {
    pub(crate) fn new(image: &Image, class: Class) -> Self {
        let mut all = Vec::new();
        for (i, o) in image.operators.iter().enumerate() {
            add(&mut all, Table::Operator, i, pick(class, &o.verbs, &o.nouns, &o.adjectives));
        }
        for (i, p) in image.patterns.iter().enumerate() {
            add(&mut all, Table::Pattern, i, pick(class, &p.verbs, &p.nouns, &p.adjectives));
        }
        for (i, p) in image.ties.iter().enumerate() {
            add(&mut all, Table::Tie, i, pick(class, &p.verbs, &p.nouns, &p.adjectives));
        }
        for (i, s) in image.speech.iter().enumerate() {
            add(&mut all, Table::Speech, i, pick(class, &s.verbs, &s.nouns, &s.adjectives));
        }
        all.sort_by_key(|(lemma, longest, at)| (*lemma, *longest, at.table, at.entry, at.lexeme));
        let mut lemmas = Self { refs: Vec::with_capacity(all.len()), at: HashMap::new() };
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            let start = lemmas.refs.len() as u32;
            lemmas.refs.extend(group.iter().map(|(_, _, at)| *at));
            lemmas.at.insert(group[0].0.to_owned(), (start, lemmas.refs.len() as u32));
        }
        lemmas
    }

    pub(crate) fn get(&self, lemma: &str) -> &[Ref] {
        match self.at.get(lemma) {
            Some(&(start, end)) => &self.refs[start as usize..end as usize],
            None => &[],
        }
    }
}

fn pick<'i>(
    class: Class,
    verbs: &'i [Lexeme],
    nouns: &'i [Lexeme],
    adjectives: &'i [Lexeme],
) -> &'i [Lexeme] {
    match class {
        Class::Verb => verbs,
        Class::Noun => nouns,
        Class::Adjective => adjectives,
    }
}

fn add<'i>(all: &mut Vec<(&'i str, Reverse<usize>, Ref)>, table: Table, entry: usize, lexemes: &'i [Lexeme]) {
    for (lexeme, l) in lexemes.iter().enumerate() {
        let at = Ref { table, entry: entry as u32, lexeme: lexeme as u32 };
        all.push((&l.lemma, Reverse(l.rest.len()), at));
    }
}
