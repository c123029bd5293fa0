//! What readers write below an article: their comments one by one, how each stands towards those it names, what it takes up
//! from the text.
//!
//! Which part of a page is the readers' is told by `demarche-text`; whether a comment is a copy is told by [`Copies`], which
//! sees more than one article. A paragraph counts as a comment of its own.

mod copies;
mod stance;

pub use copies::Copies;

use crate::origin::NOWHERE;
use crate::party::country_of;
use crate::records::record_id;
use crate::resolve::Resolver;
use crate::view::View;
use crate::{Coded, Coder, Desk};
use demarche_record::{Article, Attitude, CharSpan, Comment, Leaning, Offsets, Span, Zone};
use demarche_text::Upos;
use stance::Weighed;
use std::collections::BTreeSet;

/// Fewest words that a comment must take up from the text, where it names nobody of it, to be no generic one.
const FEWEST_SHARED: usize = 2;
/// Shortest lemma that counts as taken up, in bytes.
const SHORTEST: usize = 3;
/// Most words that are listed as taken up.
const MOST_SHARED: usize = 12;

/// A comment that is being read.
struct Draft {
    sentence: u32,
    span: Span,
    /// In order of their first naming.
    weighed: Vec<(u32, Span, Weighed)>,
    lemmas: Vec<String>,
    /// Small words in order, actors as [`copies::SOMEBODY`].
    masked: Vec<String>,
}

/// What the article itself names and speaks of.
#[derive(Default)]
struct Body {
    actors: BTreeSet<u32>,
    lemmas: BTreeSet<String>,
}

impl Coder {
    /// The comments below an article, in order; none of them is marked as a copy yet.
    pub fn comments(&self, article: &Article, desk: &mut Desk) -> Coded {
        let mut coded = Coded::default();
        let text = article.text.as_str();
        let mut reading = std::mem::take(&mut desk.reading);
        self.engine().begin(text, &mut desk.scratch, &mut reading);
        desk.memory.clear();
        desk.discourse.clear();
        let mut body = Body::default();
        let mut drafts: Vec<Draft> = Vec::new();
        let any = reading.sentences().iter().any(|s| s.zone == Zone::Comment);
        let count = reading.sentences().len();
        coded.sentences = count as u64;
        coded.words = reading.sentences().iter().map(|s| s.words.len() as u64).sum();
        // An article without readers is not looked at any closer.
        for number in 0..if any { count } else { 0 } {
            let sentence = &reading.sentences()[number];
            if sentence.zone == Zone::Boilerplate || self.engine().is_of_page(sentence.span.of(text)) {
                continue;
            }
            self.engine().parse_at(text, number, &mut desk.scratch, &mut reading);
            let sentence = &reading.sentences()[number];
            let around = (NOWHERE, article.date);
            self.look_up_among(text, (&reading, number), around, &mut desk.words, &mut desk.mentions);
            let view = View::new(text, sentence, reading.tree(number), self.lexicon(), &desk.mentions);
            self.link(&view, number as u32, &mut desk.discourse, &mut desk.room);
            let resolver = Resolver::new(&view, &desk.memory, &desk.discourse, number as u32, article.date);
            if sentence.zone == Zone::Comment {
                if sentence.new_paragraph || drafts.is_empty() {
                    drafts.push(Draft::new(number as u32, sentence.span));
                }
                if let Some(draft) = drafts.last_mut() {
                    draft.read(&resolver);
                }
            } else {
                body.read(&resolver);
            }
            let names = resolver.names();
            desk.memory.hear(names, number as u32, &desk.discourse);
        }
        let offsets = Offsets::new(text);
        let lettered = |d: &&Draft| d.masked.iter().any(|w| w.chars().any(char::is_alphabetic));
        coded.comments =
            drafts.iter().filter(lettered).map(|d| self.comment(article, d, &body, &offsets)).collect();
        desk.reading = reading;
        coded
    }

    fn comment(&self, article: &Article, draft: &Draft, body: &Body, offsets: &Offsets) -> Comment {
        let text = article.text.as_str();
        let lexicon = self.lexicon();
        let chars = |span: Span| -> CharSpan { offsets.chars(text, span) };
        let span = chars(draft.span);
        let stances = draft.weighed.iter().map(|(actor, span, weighed)| {
            let entry = &lexicon.actors[*actor as usize];
            Attitude {
                text: span.of(text).to_owned(),
                span: chars(*span),
                id: entry.id.clone(),
                name: entry.name.clone(),
                country: country_of(lexicon, *actor).map(str::to_owned),
                stance: match weighed.sum {
                    0 => Leaning::Neutral,
                    sum if sum > 0 => Leaning::Favours,
                    _ => Leaning::Opposes,
                },
                cues: weighed.cues.clone(),
            }
        });
        let known = draft.weighed.iter().filter(|(actor, ..)| body.actors.contains(actor));
        let named: Vec<String> = known.map(|(a, ..)| lexicon.actors[*a as usize].id.clone()).collect();
        let stock = lexicon.classes.get("stock");
        let telling = |l: &&String| body.lemmas.contains(*l) && stock.is_none_or(|s| !s.contains(*l));
        let words: BTreeSet<&String> = draft.lemmas.iter().filter(telling).collect();
        let generic = named.is_empty() && words.len() < FEWEST_SHARED;
        let words = words.into_iter().take(MOST_SHARED).cloned();
        let version = self.version();
        Comment {
            id: record_id(&[&article.id, "comment"], version, span.start),
            doc: article.id.clone(),
            sentence: draft.sentence,
            span,
            text: draft.span.of(text).to_owned(),
            stances: stances.collect(),
            generic,
            copy_of: None,
            shared: named.into_iter().chain(words).collect(),
            version: version.clone(),
            threes: copies::threes(&draft.masked),
        }
    }
}

/// Lemmas of the words that carry meaning, small.
fn telling<'v>(view: &'v View<'_>) -> impl Iterator<Item = String> + 'v {
    let open = |&i: &usize| {
        matches!(view.upos(i), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
            && view.lemma(i).len() >= SHORTEST
            // Names are counted as actors; role nouns are words.
            && (view.mention(i).is_none() || view.upos(i) == Upos::Noun)
    };
    (0..view.len()).filter(open).map(|i| view.lemma(i).to_lowercase())
}

impl Body {
    fn read(&mut self, resolver: &Resolver<'_, '_>) {
        self.actors.extend(resolver.names().iter().filter_map(|(party, _)| party.entity()));
        self.lemmas.extend(telling(resolver.view));
    }
}

impl Draft {
    fn new(sentence: u32, span: Span) -> Self {
        Draft { sentence, span, weighed: Vec::new(), lemmas: Vec::new(), masked: Vec::new() }
    }

    fn read(&mut self, resolver: &Resolver<'_, '_>) {
        let view = resolver.view;
        self.span = self.span.cover(view.sentence.span);
        for (party, _) in resolver.names() {
            if let Some(actor) = party.entity() {
                self.of(actor, party.span);
            }
        }
        for found in stance::weigh(resolver) {
            let weighed = self.of(found.actor, found.span);
            weighed.sum += found.sign;
            weighed.cues.push(found.cue);
        }
        self.lemmas.extend(telling(view));
        for i in 0..view.len() {
            let somebody = view.mention(i).is_some();
            if somebody && self.masked.last().is_some_and(|w| w == copies::SOMEBODY) {
                continue;
            }
            if somebody {
                self.masked.push(copies::SOMEBODY.to_owned());
            } else if view.upos(i) != Upos::Punct {
                self.masked.push(view.form(i).to_lowercase());
            }
        }
    }

    /// What the comment says of an actor.
    fn of(&mut self, actor: u32, span: Span) -> &mut Weighed {
        let at = self.weighed.iter().position(|(a, ..)| *a == actor).unwrap_or_else(|| {
            self.weighed.push((actor, span, Weighed::default()));
            self.weighed.len() - 1
        });
        &mut self.weighed[at].2
    }
}
