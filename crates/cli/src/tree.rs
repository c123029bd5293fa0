//! A sentence's tree drawn with lines: each word under its head, words with one head in their order.

use crate::layout::{clipped, columns};
use crate::terminal::{FAINT, NAME, Paint, STRONG};
use demarche_coder::ExplainedWord;
use std::fmt::Write as _;

/// Columns of a word, at most.
const WORD: usize = 40;

/// Draws a tree, a line for each word. A word whose head is not in the sentence, or that hangs in a circle, is drawn
/// as a root of its own.
pub fn draw(words: &[ExplainedWord], indent: usize, paint: Paint, out: &mut String) {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); words.len()];
    let mut roots = Vec::new();
    for (i, word) in words.iter().enumerate() {
        match word.head.checked_sub(1).filter(|head| *head < words.len() && *head != i) {
            Some(head) => children[head].push(i),
            None => roots.push(i),
        }
    }
    let mut lines = Vec::with_capacity(words.len());
    let mut seen = vec![false; words.len()];
    let later: Vec<usize> = (0..words.len()).collect();
    for root in roots.into_iter().chain(later) {
        hang(root, &children, &mut seen, &mut lines);
    }
    let widest = lines
        .iter()
        .map(|(lead, i)| columns(lead) + columns(&clipped(&words[*i].form, WORD)))
        .max()
        .unwrap_or(0);
    for (lead, i) in lines {
        let word = &words[i];
        let form = clipped(&word.form, WORD);
        let gap = widest - columns(&lead) - columns(&form) + 2;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{:indent$}{}{}{:gap$}{}  {} {}",
            "",
            paint.text(FAINT, &lead),
            paint.text(STRONG, form),
            "",
            paint.text(NAME, &word.deprel),
            clipped(&word.lemma, WORD),
            paint.text(FAINT, &word.upos),
            indent = indent,
            gap = gap,
        );
    }
}

/// Lays out what hangs on a word, without recursion: a sentence can be one chain of hundreds of words.
fn hang(root: usize, children: &[Vec<usize>], seen: &mut [bool], lines: &mut Vec<(String, usize)>) {
    let mut stack = vec![(root, String::new(), String::new())];
    while let Some((at, lead, below)) = stack.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        for (n, &child) in children[at].iter().enumerate().rev() {
            let (branch, trunk) =
                if n + 1 == children[at].len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            stack.push((child, format!("{below}{branch}"), format!("{below}{trunk}")));
        }
        lines.push((lead, at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(heads: &[usize]) -> Vec<ExplainedWord> {
        let word = |(i, &head): (usize, &usize)| ExplainedWord {
            form: format!("w{}", i + 1),
            lemma: "l".to_owned(),
            upos: "X".to_owned(),
            head,
            deprel: "dep".to_owned(),
        };
        heads.iter().enumerate().map(word).collect()
    }

    fn drawn(heads: &[usize]) -> String {
        let mut out = String::new();
        draw(&words(heads), 1, Paint::new(false), &mut out);
        out
    }

    #[test]
    fn words_hang_under_their_heads() {
        let expected = "
 w2           dep  l X
 ├─ w1        dep  l X
 ├─ w4        dep  l X
 │  └─ w3     dep  l X
 │     └─ w5  dep  l X
 └─ w6        dep  l X
";
        assert_eq!(drawn(&[2, 0, 4, 2, 3, 2]), expected[1..]);
    }

    proptest! {
        #[test]
        fn every_word_is_drawn_once_whatever_the_heads(heads in prop::collection::vec(0usize..30, 0..25)) {
            let out = drawn(&heads);
            prop_assert_eq!(out.lines().count(), heads.len());
            for i in 0..heads.len() {
                let name = format!("w{} ", i + 1);
                prop_assert_eq!(out.matches(&name).count(), 1);
            }
        }
    }
}
