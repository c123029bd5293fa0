//! Whether words look like a whole sentence, which has a finite verb, or like a headline, a line of a list, a name.

use crate::Sentence;
use demarche_record::Zone;

/// Fewest words of a whole sentence, with its stop.
const FEWEST: usize = 4;

/// Whether a sentence looks whole: words enough, a sign at the end that closes sentences, no headline.
pub(crate) fn looks_whole(text: &str, sentence: &Sentence) -> bool {
    let closing = |form: &str| matches!(form, "." | "!" | "?" | "..." | "…");
    let quote = |form: &str| matches!(form, "\"" | "”" | "''" | "’" | "'" | ")");
    let mut ends = sentence.words.iter().rev().map(|word| word.span.of(text));
    sentence.words.len() >= FEWEST
        && !matches!(sentence.zone, Zone::Headline | Zone::Boilerplate)
        && ends.find(|form| !quote(form)).is_some_and(closing)
}
