//! Sentences and trees written as CoNLL-U.
//!
//! Only the format: `# newdoc`, `# newpar`, `# sent_id`, `# text`, multiword ranges, `SpaceAfter=No` and
//! `TokenRange` in code points.

use crate::{Mwt, Sentence, Tree};
use demarche_record::{Offsets, Span};
use std::fmt::{self, Write};

/// Writes one document as CoNLL-U. `sentences` and `trees` belong together one by one; a sentence's id is the
/// document's id and its number from 1.
///
/// # Errors
/// Whatever `out` reports.
///
/// # Panics
/// If the sentences do not belong to `text` or a tree has fewer words than its sentence.
pub fn write_conllu(
    out: &mut impl Write,
    id: &str,
    text: &str,
    sentences: &[Sentence],
    trees: &[Tree],
) -> fmt::Result {
    let offsets = Offsets::new(text);
    out.write_str("# newdoc id = ")?;
    write_line(out, id)?;
    for (number, (sentence, tree)) in sentences.iter().zip(trees).enumerate() {
        if sentence.new_paragraph || number == 0 {
            out.write_str("# newpar\n")?;
        }
        out.write_str("# sent_id = ")?;
        write_words(out, id)?;
        write!(out, "-{}\n# text = ", number + 1)?;
        write_line(out, sentence.span.of(text))?;
        write_rows(out, text, &offsets, sentence, tree)?;
        out.write_char('\n')?;
    }
    if sentences.is_empty() {
        out.write_char('\n')?;
    }
    Ok(())
}

fn write_rows(
    out: &mut impl Write,
    text: &str,
    offsets: &Offsets,
    sentence: &Sentence,
    tree: &Tree,
) -> fmt::Result {
    let words = &sentence.words;
    for (i, word) in words.iter().enumerate() {
        let mut spaced = word.space_after;
        if word.mwt == Mwt::First {
            let rest = words[i + 1..].iter().take_while(|w| w.mwt == Mwt::Rest).count();
            let token = word.span.cover(words[i + rest].span);
            write!(out, "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t", i + 1, i + 1 + rest, token.of(text))?;
            write_misc(out, text, offsets, token, words[i + rest].space_after)?;
        }
        if word.mwt != Mwt::No {
            // Inside a multiword token the token's own line says what follows it.
            spaced = true;
        }
        let form = word.span.of(text);
        write!(
            out,
            "{}\t{form}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t",
            i + 1,
            tree.lemma(i),
            tree.upos(i),
            tree.xpos(i),
            tree.feats(i),
            tree.head(i).map_or(0, |h| h + 1),
            tree.rel(i),
        )?;
        write_misc(out, text, offsets, word.span, spaced)?;
    }
    Ok(())
}

fn write_misc(out: &mut impl Write, text: &str, offsets: &Offsets, span: Span, spaced: bool) -> fmt::Result {
    let chars = offsets.chars(text, span);
    if !spaced {
        out.write_str("SpaceAfter=No|")?;
    }
    writeln!(out, "TokenRange={}:{}", chars.start, chars.end)
}

fn write_line(out: &mut impl Write, text: &str) -> fmt::Result {
    write_words(out, text)?;
    out.write_char('\n')
}

/// Writes `text` on one line: every run of blank space becomes one space.
fn write_words(out: &mut impl Write, text: &str) -> fmt::Result {
    for (i, piece) in text.split_whitespace().enumerate() {
        if i > 0 {
            out.write_char(' ')?;
        }
        out.write_str(piece)?;
    }
    Ok(())
}
