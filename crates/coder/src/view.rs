//! One sentence as the coder sees it: text, words, tree and mentions side by side, addressed by word number.
//!
//! Only looks; what a construction means is decided in `slots`, `phrase` and `actor`.

use demarche_lexicon::{Lexicon, Mention};
use demarche_record::Span;
use demarche_text::{Rel, Sentence, Tree, Upos, Xpos};
use std::borrow::Cow;

/// A text in lower case; copied only where it has to be.
pub(crate) fn lowered(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// A sentence with everything known about it before coding.
pub struct View<'s> {
    /// The article's text.
    pub text: &'s str,
    /// Its words.
    pub sentence: &'s Sentence,
    /// Its tree; node i is word i.
    pub tree: &'s Tree,
    /// Who and what can be named.
    pub lexicon: &'s Lexicon,
    /// Names and role nouns found in it, in order, disjoint.
    pub mentions: &'s [Mention],
    mention_of: Vec<Option<u32>>,
}

impl<'s> View<'s> {
    /// Puts the parts side by side.
    pub fn new(
        text: &'s str,
        sentence: &'s Sentence,
        tree: &'s Tree,
        lexicon: &'s Lexicon,
        mentions: &'s [Mention],
    ) -> Self {
        let mut mention_of = vec![None; sentence.words.len()];
        for (m, mention) in mentions.iter().enumerate() {
            for w in mention.words.clone() {
                if let Some(slot) = mention_of.get_mut(w as usize) {
                    *slot = Some(m as u32);
                }
            }
        }
        Self { text, sentence, tree, lexicon, mentions, mention_of }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// The word as it stands.
    pub fn form(&self, i: usize) -> &'s str {
        self.sentence.words[i].span.of(self.text)
    }

    /// Where the word stands, in bytes.
    pub fn span(&self, i: usize) -> Span {
        self.sentence.words[i].span
    }

    /// Its lemma.
    pub fn lemma(&self, i: usize) -> &'s str {
        self.tree.lemma(i)
    }

    /// Whether its lemma is this one, whatever the case.
    pub fn is(&self, i: usize, lemma: &str) -> bool {
        self.tree.lemma(i).eq_ignore_ascii_case(lemma)
    }

    /// Its relation to its head.
    pub fn rel(&self, i: usize) -> Rel {
        self.tree.rel(i)
    }

    /// Its word class.
    pub fn upos(&self, i: usize) -> Upos {
        self.tree.upos(i)
    }

    /// Its Penn tag.
    pub fn xpos(&self, i: usize) -> Xpos {
        self.tree.xpos(i)
    }

    /// Its head.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.tree.head(i)
    }

    /// Its dependents, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.tree.children(i)
    }

    /// The first dependent with one of these relations, subtypes included.
    pub fn child(&self, i: usize, rels: &[Rel]) -> Option<usize> {
        self.children(i).find(|&c| rels.contains(&self.rel(c)) || rels.contains(&self.rel(c).base()))
    }

    /// Whether a dependent has this relation (subtypes included) and this lemma.
    pub fn has_child(&self, i: usize, rel: Rel, lemma: &str) -> bool {
        self.children(i).any(|c| self.rel(c).base() == rel && self.is(c, lemma))
    }

    /// The mention a word is part of.
    pub fn mention(&self, i: usize) -> Option<&'s Mention> {
        self.mention_of[i].map(|m| &self.mentions[m as usize])
    }

    /// Whether the word is a noun, name, pronoun or number that can head a phrase.
    pub fn nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }

    /// Whether the word is a verb in any form.
    pub fn verbal(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb
    }

    /// Whether a verb is passive: a passive subject or auxiliary, or a bare past participle that modifies a noun.
    pub fn passive(&self, i: usize) -> bool {
        self.children(i)
            .any(|c| matches!(self.rel(c), Rel::NsubjPass | Rel::AuxPass | Rel::CsubjPass | Rel::OblAgent))
            || (self.participle(i)
                && matches!(self.rel(i), Rel::Acl | Rel::Amod)
                && self.child(i, &[Rel::Aux]).is_none())
            || (self.rel(i) == Rel::Conj
                && self.xpos(i) == Xpos::VBN
                && self.child(i, &[Rel::Nsubj, Rel::Aux]).is_none()
                && self.head(i).is_some_and(|h| self.verbal(h) && self.passive(h)))
    }

    /// A past participle, or what the tagger took for the past tense and the parser for a reduced relative clause.
    fn participle(&self, i: usize) -> bool {
        self.xpos(i) == Xpos::VBN
            || (self.xpos(i) == Xpos::VBD
                && self.rel(i) == Rel::Acl
                && self.child(i, &[Rel::Nsubj, Rel::Obj]).is_none())
    }

    /// Whether two words are parts of one name or title.
    pub fn same_mention(&self, a: usize, b: usize) -> bool {
        self.mention_of[a].is_some() && self.mention_of[a] == self.mention_of[b]
    }

    /// Lemmas of the prepositions and markers of a dependent: the words of its `case` or `mark` children with what
    /// is fixed to them ("out" "of", "according" "to").
    pub fn cases(&self, i: usize) -> impl Iterator<Item = &'s str> + '_ {
        self.children(i).filter(move |&c| matches!(self.rel(c).base(), Rel::Case | Rel::Mark)).flat_map(
            move |c| {
                std::iter::once(c)
                    .chain(self.children(c).filter(|&f| self.rel(f) == Rel::Fixed))
                    .map(|w| self.lemma(w))
            },
        )
    }

    /// The word and everything coordinated with it.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while at < all.len() {
            let w = all[at];
            all.extend(
                self.children(w)
                    .filter(|&c| self.rel(c) == Rel::Conj && self.nominal(c) == self.nominal(w))
                    .filter(|&c| self.apposed_to(c).is_none() && !self.set_against(c)),
            );
            at += 1;
        }
        all
    }

    /// "Egypt, not Israel": named only to be left out.
    fn set_against(&self, c: usize) -> bool {
        self.nominal(c)
            && self.children(c).any(|n| {
                n < c
                    && self.is(n, "not")
                    && !(n + 1 < self.len() && matches!(self.lemma(n + 1), "only" | "just"))
            })
    }

    /// "Abbas, the president and a rival of Hamas": a description that the parser has joined to the name and not to the
    /// description before it; the name.
    pub fn apposed_to(&self, c: usize) -> Option<usize> {
        let h = self.head(c).filter(|&h| self.rel(c) == Rel::Conj && h < c)?;
        let described = self.upos(h) == Upos::Propn && self.upos(c) == Upos::Noun;
        (described && self.children(h).any(|a| a > h && a < c && self.rel(a) == Rel::Appos)).then_some(h)
    }

    /// The word and what is coordinated with it in the same word class: nouns with nouns, verbs with verbs.
    pub fn conjuncts_alike(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while at < all.len() {
            let w = all[at];
            all.extend(
                self.children(w).filter(|&c| self.rel(c) == Rel::Conj && self.verbal(c) == self.verbal(w)),
            );
            at += 1;
        }
        all
    }

    /// Whether a word stands under another in the tree, or is it.
    pub fn within(&self, i: usize, top: usize) -> bool {
        let mut at = Some(i);
        let mut steps = 0;
        while let Some(w) = at {
            if w == top {
                return true;
            }
            steps += 1;
            if steps > self.len() {
                return false;
            }
            at = self.head(w);
        }
        false
    }
}
