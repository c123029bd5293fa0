//! Who is counted and as what: the people of a verb of harm, "10 dead", "the death of two", "protesters".
//!
//! The number is read off the phrase; two figures of one kind in a sentence that do not belong together are both kept.

use super::figures::Numerals;
use crate::view::View;
use demarche_lexicon::Slot;
use demarche_record::{Casualties, Count, HarmKind, Offsets, Span};
use demarche_text::{Rel, Upos};

/// A count with the words it hangs on.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The record.
    pub count: Count,
    /// The predicate it belongs to.
    pub at: usize,
    /// Head of the people counted.
    pub head: usize,
}

/// Everything a sentence counts, in the order of its words.
pub fn counts(view: &View<'_>, offsets: &Offsets) -> Vec<Counted> {
    let words: Vec<String> = (0..view.len()).map(|i| view.form(i).to_lowercase()).collect();
    let counter = Counter { view, offsets, words };
    let mut found: Vec<Counted> = Vec::new();
    for i in 0..view.len() {
        counter.at_word(i, &mut found);
    }
    found.sort_by_key(|c| (c.count.span.start, c.count.kind));
    found.dedup_by_key(|c| (c.count.span.start, c.count.kind));
    note_conflicts(view, &mut found);
    found
}

/// The casualties that belong to a predicate: those in its clause or below it.
pub fn casualties(view: &View<'_>, at: usize, counts: &[Counted]) -> Casualties {
    let near = |c: &&Counted| {
        c.at == at
            || view.within(c.at, at)
            || (view.within(at, c.at) && clause(view, at) == c.at)
            || view.within(c.head, at)
    };
    let chosen: Vec<&Counted> = counts.iter().filter(near).collect();
    Casualties {
        killed: total(view, HarmKind::Killed, &chosen),
        wounded: total(view, HarmKind::Wounded, &chosen),
        counts: chosen.into_iter().map(|c| c.count.clone()).collect(),
    }
}

/// The verb a word stands under, or itself.
fn clause(view: &View<'_>, mut i: usize) -> usize {
    for _ in 0..8 {
        match view.head(i) {
            Some(h) if !view.verbal(i) => i = h,
            _ => break,
        }
    }
    i
}

/// One number for a kind: those joined by "and" are summed, equal ones are one, others give none.
fn total(view: &View<'_>, kind: HarmKind, counts: &[&Counted]) -> Option<u32> {
    let of: Vec<&&Counted> = counts.iter().filter(|c| c.count.kind == kind).collect();
    let (first, rest) = of.split_first()?;
    let value = |c: &Counted| c.count.low.filter(|_| c.count.note.is_none());
    let mut sum = value(first)?;
    for c in rest {
        let next = value(c)?;
        if joined(view, first.head, c.head) {
            sum = sum.checked_add(next)?;
        } else if next != sum {
            return None;
        }
    }
    Some(sum)
}

/// Whether two people counted stand side by side: "12 guerrillas and a soldier".
fn joined(view: &View<'_>, a: usize, b: usize) -> bool {
    view.conjuncts(a).contains(&b) || view.conjuncts(b).contains(&a)
}

/// Marks figures of one kind for the same people that differ.
fn note_conflicts(view: &View<'_>, found: &mut [Counted]) {
    for i in 0..found.len() {
        for j in i + 1..found.len() {
            let (a, b) = (&found[i], &found[j]);
            let same = a.count.kind == b.count.kind
                && !joined(view, a.head, b.head)
                && (a.count.of == b.count.of || a.count.of.is_none() || b.count.of.is_none())
                && (a.count.low, a.count.high) != (b.count.low, b.count.high);
            if same {
                let (one, other) = (a.count.text.clone(), b.count.text.clone());
                found[i].count.note.get_or_insert(format!("the sentence also says {other}"));
                found[j].count.note.get_or_insert(format!("the sentence also says {one}"));
            }
        }
    }
}

struct Counter<'v, 's> {
    view: &'v View<'s>,
    offsets: &'v Offsets,
    words: Vec<String>,
}

impl Counter<'_, '_> {
    fn at_word(&self, i: usize, found: &mut Vec<Counted>) {
        let view = self.view;
        let mut add = |kind, people: Vec<usize>| {
            for p in people {
                found.extend(view.conjuncts(p).into_iter().filter_map(|c| self.counted(kind, i, c)));
            }
        };
        let either = |mut first: Vec<usize>, second: Vec<usize>| {
            first.extend(second);
            first
        };
        if view.verbal(i) {
            let object = || view.fill(i, &Slot::Obj);
            let passive_object = || if view.passive(i) { object() } else { view.fill(i, &Slot::Subj) };
            if view.class(i, "harm-kill") {
                add(HarmKind::Killed, object());
            } else if view.class(i, "harm-die") {
                add(HarmKind::Killed, view.fill(i, &Slot::Subj));
            } else if view.class(i, "harm-wound") {
                add(HarmKind::Wounded, object());
            } else if view.class(i, "harm-capture") {
                add(HarmKind::Captured, object());
            } else if view.class(i, "harm-arrest") {
                add(HarmKind::Arrested, object());
            } else if view.class(i, "harm-displace") {
                add(HarmKind::Displaced, if view.is(i, "flee") { passive_object() } else { object() });
            } else if view.class(i, "harm-march") && !view.passive(i) {
                add(HarmKind::Protesters, view.fill(i, &Slot::Subj));
            }
        }
        // "left 10 dead", "10 were wounded" where the parser sees an adjective, "10 dead"
        let state = if view.class(i, "harm-dead") {
            Some(HarmKind::Killed)
        } else if view.class(i, "harm-wounded") {
            Some(HarmKind::Wounded)
        } else {
            None
        };
        if let Some(kind) = state.filter(|_| !view.verbal(i)) {
            let subject = view.child(i, &[Rel::Nsubj]).into_iter().collect();
            let left = view
                .head(i)
                .filter(|&h| view.class(h, "harm-leave") && view.rel(i).base() == Rel::Xcomp)
                .and_then(|h| view.child(h, &[Rel::Obj]))
                .into_iter()
                .collect();
            add(kind, either(subject, left));
            found.extend(self.counted(kind, i, i));
            if let Some(h) = view.head(i).filter(|_| view.rel(i) == Rel::Amod) {
                found.extend(self.counted(kind, i, h));
            }
            return;
        }
        if view.upos(i) == Upos::Noun || view.upos(i) == Upos::Propn {
            let kind = match () {
                () if view.class(i, "harm-death") => Some(HarmKind::Killed),
                () if view.class(i, "harm-injury") && !view.verbal(i) => Some(HarmKind::Wounded),
                () if view.class(i, "harm-protester") => Some(HarmKind::Protesters),
                () => None,
            };
            let act = match () {
                () if view.class(i, "harm-kill-noun") || view.class(i, "harm-death") => {
                    Some(HarmKind::Killed)
                }
                () if view.class(i, "harm-take-noun") => Some(HarmKind::Captured),
                () => None,
            };
            if let Some(kind) = kind.filter(|_| self.number(i).is_some()) {
                found.extend(self.counted(kind, i, i));
            } else if let Some(kind) = act {
                for p in view.fill(i, &Slot::Prep("of".to_owned())) {
                    found.extend(view.conjuncts(p).into_iter().filter_map(|c| self.counted(kind, i, c)));
                }
            }
        }
    }

    /// The last word of the number of a phrase.
    fn number(&self, head: usize) -> Option<usize> {
        let numerals = Numerals::new(self.view.lexicon);
        let is = |w: &usize| numerals.numeral(&self.words[*w]) || self.view.class(*w, "count-vague");
        if is(&head) && !self.view.class(head, "count-one") {
            return Some(head);
        }
        self.view
            .children(head)
            .filter(|&c| {
                c < head
                    && matches!(self.view.rel(c).base(), Rel::Nummod | Rel::Amod | Rel::Det | Rel::Compound)
            })
            .filter(is)
            .last()
    }

    fn counted(&self, kind: HarmKind, at: usize, head: usize) -> Option<Counted> {
        let view = self.view;
        let (mut low, mut high, words, note) = match self.number(head) {
            Some(end) => {
                let figure = Numerals::new(view.lexicon).figure(&self.words, end)?;
                (figure.low, figure.high, figure.words, figure.note)
            }
            None => {
                let one = view.children(head).find(|&c| c < head && view.class(c, "count-one"))?;
                (Some(1), Some(1), (one, one), None)
            }
        };
        // "dozens of people": the people are below.
        let people = view
            .children(head)
            .find(|&c| c > head && view.rel(c).base() == Rel::Nmod && view.cases(c).any(|p| p == "of"))
            .filter(|_| words.1 == head)
            .or_else(|| (words.1 != head).then_some(head));
        let people = people.filter(|&p| p != at || view.class(p, "harm-protester"));
        if people.is_some_and(|p| self.view.time_word(p).is_some()) {
            return None;
        }
        if words.1 == head && view.class(head, "count-vague") {
            (low, high) = (None, None);
        }
        let span: Span = view.span(words.0).cover(view.span(words.1));
        Some(Counted {
            count: Count {
                kind,
                low,
                high,
                text: span.of(view.text).to_owned(),
                span: self.offsets.chars(view.text, span),
                of: people.map(|p| view.form(p).to_owned()),
                note,
            },
            at,
            head,
        })
    }
}
