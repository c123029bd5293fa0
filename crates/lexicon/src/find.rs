//! One pass over a sentence: the longest form from each word on, as far as its case allows.

use crate::fold::{Shape, pieces};
use crate::forms::{Form, Forms, UNKNOWN};
use crate::{Candidate, Entry, Mention, MentionKind, Via};
use demarche_record::Span;
use smallvec::SmallVec;

/// Fewest words of two letters or more, none with a small letter, that make a sentence one in capitals.
const SHOUTED: usize = 3;

/// One run of the sentence.
#[derive(Clone, Copy)]
struct Run {
    id: u32,
    shape: Shape,
    word: u32,
    /// Whether it is a number.
    number: bool,
    /// Whether a mention may begin here, and end here.
    first: bool,
    last: bool,
}

pub(crate) fn find(forms: &Forms, text: &str, words: &[Span], out: &mut Vec<Mention>) {
    out.clear();
    let mut runs: SmallVec<[Run; 96]> = SmallVec::new();
    let (mut large, mut small) = (0, 0);
    for (word, span) in words.iter().enumerate() {
        let word = word as u32;
        let before = runs.len();
        match text.get(span.start as usize..span.end as usize) {
            // The dot of an initial or a short abbreviation, where it was split off, parts nothing: "K . P . Oli".
            Some(".") if runs.last().is_some_and(|r| r.last && r.shape.capital && r.shape.letters <= 2) => {}
            Some(form) => pieces(form, |folded, shape| {
                if shape.letters >= 2 {
                    large += usize::from(!shape.small);
                    small += usize::from(shape.small);
                }
                runs.push(Run {
                    id: forms.run(folded),
                    shape,
                    word,
                    number: folded.last().is_some_and(u8::is_ascii_digit),
                    first: false,
                    last: false,
                });
            }),
            None => runs.push(Run {
                id: UNKNOWN,
                shape: Shape::default(),
                word,
                number: false,
                first: false,
                last: false,
            }),
        }
        if let Some(run) = runs.get_mut(before) {
            run.first = true;
        }
        if runs.len() > before
            && let Some(run) = runs.last_mut()
        {
            run.last = true;
        }
    }
    let shouted = small == 0 && large >= SHOUTED;
    let mut at = 0;
    while at < runs.len() {
        match longest(forms, &runs[at..], shouted) {
            // "The Guardian" does not keep "Guardian Council" from being found.
            Some((length, _))
                if runs[at].id == forms.article
                    && longest(forms, &runs[at + 1..], shouted).is_some_and(|l| l.0 >= length) =>
            {
                at += 1;
            }
            Some((length, node)) => {
                let mention = mention(forms, &runs[at..], length, node, shouted);
                // "5 PM" is a time of day.
                let counted = at > 0 && runs[at - 1].number && mention.kind == MentionKind::Title;
                out.extend((!counted).then_some(mention));
                at += length;
            }
            None => at += 1,
        }
    }
}

/// Length in runs of the longest form that begins with the first run, and the node it ends at.
fn longest(forms: &Forms, runs: &[Run], shouted: bool) -> Option<(usize, u32)> {
    let first = runs.first().filter(|r| r.first)?;
    let mut node = forms.enter(first.id, first.shape.capital)?;
    let mut best = None;
    for length in 1.. {
        if runs[length - 1].last && forms.ending(node).iter().any(|f| allowed(forms, f, runs, shouted)) {
            best = Some((length, node));
        }
        match runs.get(length).and_then(|r| forms.step(node, r.id)) {
            Some(next) => node = next,
            None => break,
        }
    }
    best
}

fn allowed(forms: &Forms, form: &Form, runs: &[Run], shouted: bool) -> bool {
    forms.cases(form).iter().zip(runs).all(|(case, run)| case.allows(run.shape, shouted))
}

fn mention(forms: &Forms, runs: &[Run], length: usize, node: u32, shouted: bool) -> Mention {
    let mut candidates: SmallVec<[Candidate; 2]> = SmallVec::new();
    for form in forms.ending(node).iter().filter(|f| allowed(forms, f, runs, shouted)) {
        let c = form.candidate;
        if !candidates.iter().any(|o| (o.entry, o.from, o.until) == (c.entry, c.from, c.until)) {
            candidates.push(c);
        }
    }
    // "President Macron" is a title, "the President of France" a role.
    let before_name = !shouted && runs[0].shape.capital && runs.get(length).is_some_and(|r| r.shape.capital);
    if before_name && matches!(candidates.first(), Some(c) if c.via == Via::Role) {
        candidates.sort_by_key(|c| c.via != Via::Title);
    }
    let kind = match candidates.first() {
        Some(Candidate { via: Via::City, .. } | Candidate { entry: Entry::Place(_), .. }) => {
            MentionKind::Place
        }
        Some(Candidate { entry: Entry::Agent(_), .. }) => MentionKind::Agent,
        Some(Candidate { entry: Entry::Title(_), .. }) => MentionKind::Title,
        _ => MentionKind::Party,
    };
    Mention { words: runs[0].word..runs[length - 1].word + 1, kind, candidates }
}
