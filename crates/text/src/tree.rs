//! The tree of one sentence: per word its lemma, tags, head and relation.
//!
//! Holds and checks; how a tree is found is left to `parser`.

use crate::{Feats, Name, Rel, Upos, Xpos};
use std::ops::Range;

/// Stands for "no head" in the packed list of heads.
const ROOT: u32 = u32::MAX;

/// Why a list of heads is no tree, or a text no CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A line of CoNLL-U does not have ten columns or a column is not what it should be.
    #[error("line {line}: {what}")]
    Line {
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// No word or more than one word has no head.
    #[error("{roots} words have no head; a tree has one root")]
    Roots {
        /// How many have none.
        roots: usize,
    },
    /// A head lies outside the sentence.
    #[error("word {word} depends on word {head}, which is not in the sentence")]
    Outside {
        /// Number of the dependent, from 0.
        word: usize,
        /// Number of the head, from 0.
        head: usize,
    },
    /// A word depends on itself through its heads.
    #[error("word {word} is its own ancestor")]
    Cycle {
        /// Number of a word on the cycle, from 0.
        word: usize,
    },
}

/// A dependency tree; node `i` is word `i` of the sentence. It has one root and no cycle, unless it is empty.
///
/// Every method that takes a word number panics if there is no such word.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    lemmas: String,
    lemma_ends: Vec<u32>,
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    feats: Vec<Feats>,
    heads: Vec<u32>,
    rels: Vec<Rel>,
    margins: Vec<f32>,
    child_starts: Vec<u32>,
    children: Vec<u32>,
    names: Vec<Name>,
}

impl Tree {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.upos.len()
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.upos.is_empty()
    }

    /// Dictionary form of word `i`.
    pub fn lemma(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.lemma_ends[i - 1] as usize };
        &self.lemmas[start..self.lemma_ends[i] as usize]
    }

    /// Universal word class of word `i`.
    pub fn upos(&self, i: usize) -> Upos {
        self.upos[i]
    }

    /// Penn tag of word `i`.
    pub fn xpos(&self, i: usize) -> Xpos {
        self.xpos[i]
    }

    /// Morphological features of word `i`.
    pub fn feats(&self, i: usize) -> Feats {
        self.feats[i]
    }

    /// The word that word `i` depends on; `None` for the root.
    pub fn head(&self, i: usize) -> Option<usize> {
        let head = self.heads[i];
        (head != ROOT).then_some(head as usize)
    }

    /// How word `i` depends on its head.
    pub fn rel(&self, i: usize) -> Rel {
        self.rels[i]
    }

    /// How clear the choice of head was for word `i`: the lead of the chosen step over the next best, from 0 (a toss)
    /// upward, in units of the model. 0 for trees that were read and not parsed.
    pub fn margin(&self, i: usize) -> f32 {
        self.margins[i]
    }

    /// Spans that the model takes for names, times, amounts and things, layer by layer in word order; they may overlap.
    /// Empty where the model does not look for them.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The words that depend on word `i`, in word order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.child_starts[i] as usize..self.child_starts[i + 1] as usize;
        self.children[range].iter().map(|&c| c as usize)
    }

    /// The root; `None` only for the empty tree.
    pub fn root(&self) -> Option<usize> {
        self.heads.iter().position(|&h| h == ROOT)
    }

    /// Reads the tree of one sentence in CoNLL-U. Comments, multiword ranges and empty nodes are passed over; tags and
    /// relations outside the known sets become `X`, `XX` and `dep`.
    ///
    /// # Errors
    /// If a line does not have ten columns, ids are not 1, 2, 3 …, or the heads do not make a tree.
    pub fn from_conllu(text: &str) -> Result<Tree, TreeError> {
        let mut tree = Tree::default();
        let (mut heads, mut rels) = (Vec::new(), Vec::new());
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = |what: &str| TreeError::Line { line: number + 1, what: what.to_owned() };
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 {
                return Err(bad("expected ten columns"));
            }
            if columns[0].contains(['-', '.']) {
                continue;
            }
            if columns[0].parse() != Ok(tree.len() + 1) {
                return Err(bad("ids must count up from 1"));
            }
            let head: usize = columns[6].parse().map_err(|_| bad("the head is not a number"))?;
            let lemma = if columns[2] == "_" { columns[1] } else { columns[2] };
            tree.push_tags(
                columns[3].parse().unwrap_or_default(),
                columns[4].parse().unwrap_or_default(),
                Feats::from_conllu(columns[5]),
            );
            tree.push_lemma(|buffer| buffer.push_str(lemma));
            heads.push(head.checked_sub(1));
            rels.push(columns[7].parse().unwrap_or_default());
        }
        let margins = vec![0.0; heads.len()];
        tree.attach(heads.into_iter(), &rels, &margins)?;
        Ok(tree)
    }

    /// Forgets all words and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.lemmas.clear();
        self.lemma_ends.clear();
        self.upos.clear();
        self.xpos.clear();
        self.feats.clear();
        self.heads.clear();
        self.rels.clear();
        self.margins.clear();
        self.child_starts.clear();
        self.children.clear();
        self.names.clear();
    }

    pub(crate) fn push_name(&mut self, name: Name) {
        self.names.push(name);
    }

    pub(crate) fn push_tags(&mut self, upos: Upos, xpos: Xpos, feats: Feats) {
        self.upos.push(upos);
        self.xpos.push(xpos);
        self.feats.push(feats);
    }

    /// Adds the next lemma: `write` appends it to the buffer it is given.
    pub(crate) fn push_lemma(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.lemmas);
        self.lemma_ends.push(self.lemmas.len() as u32);
    }

    pub(crate) fn set_feats(&mut self, i: usize, feats: Feats) {
        self.feats[i] = feats;
    }

    /// Sets heads and relations of all words and checks that they make a tree.
    pub(crate) fn attach(
        &mut self,
        heads: impl Iterator<Item = Option<usize>>,
        rels: &[Rel],
        margins: &[f32],
    ) -> Result<(), TreeError> {
        self.heads.clear();
        self.heads.extend(heads.map(|h| h.map_or(ROOT, |h| h as u32)));
        self.rels.clear();
        self.rels.extend_from_slice(rels);
        self.margins.clear();
        self.margins.extend_from_slice(margins);
        self.list_children()?;
        self.check()
    }

    fn list_children(&mut self) -> Result<(), TreeError> {
        let n = self.len();
        self.child_starts.clear();
        self.child_starts.resize(n + 1, 0);
        for (word, &head) in self.heads.iter().enumerate() {
            if head == ROOT {
                continue;
            }
            if head as usize >= n {
                return Err(TreeError::Outside { word, head: head as usize });
            }
            self.child_starts[head as usize + 1] += 1;
        }
        for i in 0..n {
            self.child_starts[i + 1] += self.child_starts[i];
        }
        self.children.clear();
        self.children.resize(self.child_starts[n] as usize, 0);
        // Filling moves each start to the next one's place; afterwards the starts are moved back.
        for (word, &head) in self.heads.iter().enumerate() {
            if head != ROOT {
                let at = &mut self.child_starts[head as usize];
                self.children[*at as usize] = word as u32;
                *at += 1;
            }
        }
        for i in (1..=n).rev() {
            self.child_starts[i] = self.child_starts[i - 1];
        }
        self.child_starts[0] = 0;
        Ok(())
    }

    /// One root, and every word reached from it: then there is no cycle.
    fn check(&self) -> Result<(), TreeError> {
        let roots = self.heads.iter().filter(|&&h| h == ROOT).count();
        if self.is_empty() {
            return Ok(());
        }
        if roots != 1 {
            return Err(TreeError::Roots { roots });
        }
        let mut seen = vec![false; self.len()];
        let mut open: Vec<usize> = self.root().into_iter().collect();
        while let Some(word) = open.pop() {
            seen[word] = true;
            open.extend(self.children(word));
        }
        match seen.iter().position(|s| !s) {
            Some(word) => Err(TreeError::Cycle { word }),
            None => Ok(()),
        }
    }

    /// The words below `i` in the tree and `i` itself, as the range from the first to the last of them.
    pub fn yield_range(&self, i: usize) -> Range<usize> {
        let (mut first, mut last) = (i, i);
        let mut open = vec![i];
        while let Some(word) = open.pop() {
            first = first.min(word);
            last = last.max(word);
            open.extend(self.children(word));
        }
        first..last + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conllu(heads: &[&str]) -> String {
        heads
            .iter()
            .enumerate()
            .map(|(i, head)| format!("{}\tw\tw\tNOUN\tNN\tNumber=Sing\t{head}\tobj\t_\t_\n", i + 1))
            .collect()
    }

    #[test]
    fn children_come_in_word_order() {
        let tree = Tree::from_conllu(&conllu(&["3", "3", "0", "3", "4"])).unwrap();
        assert_eq!(tree.root(), Some(2));
        assert_eq!(tree.children(2).collect::<Vec<_>>(), [0, 1, 3]);
        assert_eq!(tree.children(3).collect::<Vec<_>>(), [4]);
        assert_eq!(tree.children(4).count(), 0);
        assert_eq!(tree.yield_range(3), 3..5);
        assert_eq!(tree.lemma(4), "w");
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let read = |heads: &[&str]| Tree::from_conllu(&conllu(heads)).unwrap_err();
        assert_eq!(read(&["0", "0"]), TreeError::Roots { roots: 2 });
        assert_eq!(read(&["2", "1", "0"]), TreeError::Cycle { word: 0 });
        assert_eq!(read(&["0", "7"]), TreeError::Outside { word: 1, head: 6 });
        assert!(matches!(read(&["x"]), TreeError::Line { line: 1, .. }));
    }
}
