//! Noun phrases: which words belong to a head, where the phrase stands, what it is built of.

use crate::view::View;
use demarche_record::Span;
use demarche_text::{Rel, Upos};

impl View<'_> {
    /// The byte span of the noun phrase headed by `i`: the head with its determiners, modifiers, names, complements and
    /// appositions; without relative and other clauses, coordinated phrases, its own preposition and possessive ending.
    pub fn phrase(&self, i: usize) -> Span {
        let (mut first, mut last) = (i, i);
        let mut stack = vec![(i, true)];
        while let Some((w, top)) = stack.pop() {
            first = first.min(w);
            last = last.max(w);
            for c in self.children(w) {
                if self.inside_phrase(w, c, top) {
                    stack.push((c, false));
                }
            }
        }
        self.trimmed(first, last, i)
    }

    fn inside_phrase(&self, head: usize, c: usize, top: bool) -> bool {
        match self.rel(c).base() {
            Rel::Det | Rel::Nummod | Rel::Amod | Rel::Compound | Rel::Flat | Rel::Fixed => true,
            Rel::Nmod => c < head || self.time_word(c).is_none(),
            Rel::Appos => top,
            Rel::Case => !top,
            Rel::Conj => !top,
            Rel::Cc => !top,
            Rel::Advmod => c < head && self.upos(head) != Upos::Verb,
            Rel::Goeswith => true,
            _ => false,
        }
    }

    fn trimmed(&self, mut first: usize, mut last: usize, head: usize) -> Span {
        while first < head
            && self.upos(first) == Upos::Punct
            && !matches!(self.form(first), "\"" | "“" | "'" | "(")
        {
            first += 1;
        }
        while last > head && self.upos(last) == Upos::Punct && !matches!(self.form(last), ")") {
            last -= 1;
        }
        self.span(first).cover(self.span(last))
    }

    /// Modifiers of a noun that may name its state or body, nearest kind first: possessor, adjective or compound, then
    /// `of`, `in`, `from`, `by`, `on` phrases.
    pub fn owners(&self, i: usize) -> Vec<usize> {
        let mut found = Vec::new();
        found.extend(self.children(i).filter(|&c| self.rel(c) == Rel::NmodPoss));
        found.extend(
            self.children(i)
                .filter(|&c| {
                    matches!(self.rel(c).base(), Rel::Amod | Rel::Compound | Rel::Nmod | Rel::Nummod)
                })
                .filter(|&c| c < i && self.rel(c) != Rel::NmodPoss && self.cases(c).next().is_none()),
        );
        let line = matches!(self.lemma(i), "border" | "frontier" | "boundary");
        let between = if line { &["with"][..] } else { &[] };
        for &p in ["of", "in", "from", "for", "by", "on"].iter().chain(between) {
            found.extend(
                self.children(i)
                    .filter(|&c| self.rel(c).base() == Rel::Nmod && c > i)
                    .filter(|&c| self.cases(c).any(|x| x == p)),
            );
        }
        found
    }
}
