//! What the model sees of a phrase alone and of a phrase with an earlier one.
//!
//! After Durrett and Klein (2013): properties that lie at the surface (words, distance, what kinds of phrases they are)
//! each joined with the kinds of both phrases, beside agreement and grammar as the sieves of Lee and others (2013) use
//! them, and what is known of the entity that the earlier phrase belongs to.

use super::discourse::{Discourse, Entity};
use super::phrase::{Count, Kind, Phrase, Sort};
use super::words::{FEMALE, MALE, mix};
use demarche_text::Rel;

/// The decision that a phrase stands for nothing that can be spoken of again.
pub const NOTHING: u32 = 1;

/// The decision that a phrase stands for something new.
pub const NEW: u32 = 2;

/// The number of a feature of a phrase alone under one of its decisions.
pub fn of(feature: u32, decision: u32) -> u32 {
    mix(u64::from(feature), u64::from(decision)) as u32
}

/// Gathers numbers of features.
struct Sink<'a> {
    out: &'a mut Vec<u32>,
    kinds: [u64; 2],
}

impl Sink<'_> {
    /// A feature with the kind of the phrase, and with the kinds of both.
    fn add(&mut self, template: u64, values: &[u32]) {
        let mut state = mix(0x9216_D5D9_8979_FB1B, template);
        for &value in values {
            state = mix(state, u64::from(value));
        }
        for kind in self.kinds {
            if kind != 0 {
                self.out.push(mix(state, kind) as u32);
            }
        }
    }

    /// A feature without kinds.
    fn plain(&mut self, template: u64, values: &[u32]) {
        let mut state = mix(0x9216_D5D9_8979_FB1B, template);
        for &value in values {
            state = mix(state, u64::from(value));
        }
        self.out.push(state as u32);
    }
}

fn steps(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=7 => 5,
        8..=11 => 6,
        12..=17 => 7,
        18..=29 => 8,
        30..=59 => 9,
        _ => 10,
    }
}

/// The kind of a phrase; pronouns by their word.
fn kind(phrase: &Phrase) -> u64 {
    let word = if phrase.kind.pronoun() { phrase.form } else { 0 };
    1 + mix(phrase.kind as u64, u64::from(word))
}

fn sex(phrase: &Phrase) -> u32 {
    u32::from(phrase.signs & (MALE | FEMALE))
}

/// Features of a phrase alone, for the decisions [`NOTHING`] and [`NEW`].
pub fn alone(discourse: &Discourse, at: usize, out: &mut Vec<u32>) {
    out.clear();
    let p = &discourse.phrases[at];
    let mut sink = Sink { out, kinds: [p.kind as u64 + 1, 0] };
    let length = steps((p.last - p.first) as usize);
    let rel = p.rel as u32;
    sink.add(1, &[]);
    sink.plain(2, &[p.lemma]);
    sink.add(3, &[p.opening]);
    sink.add(4, &[rel]);
    sink.add(5, &[p.governor_lemma, u32::from(p.rel.base() as u8)]);
    sink.add(6, &[p.preposition, rel]);
    sink.add(7, &[length]);
    sink.add(8, &[p.count as u32, p.sort as u32]);
    sink.add(9, &[p.around[0]]);
    sink.add(10, &[p.around[1]]);
    let seen = discourse.seen(p.lemma).min(3) as u32;
    let tail = discourse.seen(p.tail()).min(3) as u32;
    sink.add(11, &[seen, tail]);
    sink.add(12, &[seen, u32::from(p.clausal), length.min(3)]);
    sink.add(13, &[u32::from(p.quoted), u32::from(p.signs)]);
    sink.add(14, &[u32::from(p.clausal), rel]);
    sink.add(15, &[steps(p.sentence as usize)]);
    sink.add(16, &[u32::from(p.first == 0), rel]);
    sink.add(17, &[u32::from(p.beside.is_some()), u32::from(p.said_of.is_some()), p.sort as u32]);
    if p.kind.pronoun() {
        sink.plain(18, &[p.form, rel]);
        sink.plain(19, &[p.form, p.governor_lemma]);
        sink.plain(20, &[p.form, p.around[1]]);
        sink.plain(21, &[p.form, u32::from(p.quoted)]);
    } else {
        sink.plain(22, &[p.lemma, p.opening]);
        sink.plain(23, &[p.lemma, rel]);
        if let [first, .., _] = p.parts[..] {
            sink.add(24, &[first]);
        }
        // Whether a phrase with the same head, text or last name came before, and how far back.
        let mut recent = (at.saturating_sub(60)..at).rev();
        let same = recent.find(|&c| discourse.phrases[c].lemma == p.lemma);
        let text = same.is_some_and(|c| discourse.phrases[c].text == p.text);
        sink.add(25, &[steps(same.map_or(99, |c| at - c)), u32::from(text)]);
    }
    if p.kind == Kind::Joined {
        sink.plain(26, &[p.opening]);
    }
}

/// Features of a phrase with an earlier one, given how many candidates between the two agree with it; whether this one
/// does.
pub fn pair(discourse: &Discourse, at: usize, earlier: usize, agreeing: u32, out: &mut Vec<u32>) -> bool {
    out.clear();
    let (p, a) = (&discourse.phrases[at], &discourse.phrases[earlier]);
    let entity = discourse.entity_of[earlier].map(|e| &discourse.entities[e as usize]);
    let own = kind(p);
    let mut sink = Sink { out, kinds: [own, mix(own, kind(a))] };
    let sentences = steps((p.sentence - a.sentence) as usize);
    let apart = steps(at - earlier);
    sink.add(40, &[]);
    sink.add(41, &[sentences]);
    sink.add(42, &[apart]);
    sink.add(43, &[sentences.min(3), p.rel as u32, a.rel as u32]);
    sink.add(44, &[a.rel as u32, sentences.min(2)]);
    sink.add(45, &[p.count as u32, a.count as u32]);
    sink.add(46, &[p.sort as u32, a.sort as u32]);
    sink.add(47, &[sex(p), sex(a)]);
    sink.add(48, &[u32::from(a.clausal), (a.last - a.first).min(4)]);
    sink.add(49, &[u32::from(p.quoted), u32::from(a.quoted)]);
    let agrees = agreement(p, a, entity, &mut sink);
    sink.add(39, &[u32::from(agrees), agreeing.min(6)]);
    let paragraphs = p.paragraph - a.paragraph.min(p.paragraph);
    sink.add(38, &[paragraphs.min(5)]);
    grammar(p, a, &mut sink);
    if let Some(e) = entity {
        sink.add(60, &[steps(e.size as usize), sentences.min(3)]);
        sink.add(61, &[u32::from(e.named), u32::from(e.last as usize == earlier)]);
        sink.add(62, &[sex(p), u32::from(e.signs)]);
        sink.add(63, &[p.count as u32, u32::from(e.counts[0]) + 2 * u32::from(e.counts[1])]);
    }
    if p.kind.pronoun() {
        // What such a word is likely to mean.
        sink.plain(64, &[p.lemma, a.lemma]);
        sink.plain(65, &[p.governor_lemma, p.rel.base() as u32, a.lemma]);
        sink.plain(66, &[p.lemma, a.opening, sentences.min(2)]);
        if a.kind.pronoun() {
            sink.plain(67, &[p.form, a.form, sentences.min(3), u32::from(p.quoted == a.quoted)]);
            sink.plain(37, &[p.form, a.form, paragraphs.min(6)]);
        }
        sink.plain(68, &[p.form, a.rel.base() as u32, p.rel.base() as u32, sentences.min(2)]);
        sink.plain(69, &[p.form, a.sort as u32, a.count as u32, a.rel.base() as u32]);
    } else {
        sink.plain(70, &[p.lemma, a.lemma]);
        sink.add(71, &[p.opening, a.opening]);
        sink.plain(72, &[p.lemma, a.sort as u32, a.count as u32]);
        if a.actor_kind != 0 {
            sink.plain(73, &[p.lemma, a.actor_kind]);
        }
        names(p, a, entity, &mut sink);
    }
    agrees
}

/// What of a phrase is at odds with an earlier one: number, sex, sort.
fn odds(p: &Phrase, a: &Phrase, entity: Option<&Entity>) -> [bool; 3] {
    let count = matches!((p.count, a.count), (Count::One, Count::Many) | (Count::Many, Count::One));
    let signs = a.signs | entity.map_or(0, |e| e.signs);
    let sex = p.signs & signs & (MALE | FEMALE) == 0
        && p.signs & (MALE | FEMALE) != 0
        && signs & (MALE | FEMALE) != 0;
    let sort = p.sort != a.sort && p.sort != Sort::Open && a.sort != Sort::Open;
    [count, sex, sort]
}

/// Whether nothing of a phrase is at odds with an earlier one.
pub fn agree(p: &Phrase, a: &Phrase, entity: Option<&Entity>) -> bool {
    agree_given(p, a, odds(p, a, entity))
}

/// The same, given what of number, sex and sort is at odds.
fn agree_given(p: &Phrase, a: &Phrase, odds: [bool; 3]) -> bool {
    let at_odds = match p.kind {
        Kind::It => a.sort == Sort::Human,
        Kind::Person => !matches!(a.sort, Sort::Human | Sort::Open),
        _ => false,
    };
    !(at_odds || odds.contains(&true))
}

/// Whether a name or a noun without article may mean an earlier phrase at all: the two share a word or an actor, one stands
/// beside the other, or the earlier is a pronoun of the same sentence.
pub fn touches(p: &Phrase, a: &Phrase, entity: Option<&Entity>) -> bool {
    let words = p.text == a.text
        || p.lemma == a.lemma
        || p.tail() == a.tail()
        || p.parts.iter().any(|w| a.parts.contains(w))
        || a.roles.contains(&p.lemma)
        || p.roles.contains(&a.lemma)
        || p.initials != 0 && p.initials == a.form
        || a.initials != 0 && a.initials == p.form;
    let actor = p.actor != 0 && (p.actor == a.actor || entity.is_some_and(|e| e.actor == p.actor));
    let known = entity.is_some_and(|e| e.lemmas.contains(&p.lemma) || e.words.contains(&p.lemma));
    let here = p.sentence == a.sentence
        && (a.kind.pronoun()
            || p.beside == Some(a.head)
            || a.beside == Some(p.head)
            || p.said_of == Some(a.head)
            || a.said_of == Some(p.head));
    words || actor || known || here
}

/// Whether words and what they tell are at odds.
fn agreement(p: &Phrase, a: &Phrase, entity: Option<&Entity>, sink: &mut Sink<'_>) -> bool {
    let odds = odds(p, a, entity);
    let [odd_count, odd_sex, odd_sort] = odds;
    sink.plain(50, &[u32::from(odd_count), u32::from(odd_sex), u32::from(odd_sort)]);
    sink.add(51, &[u32::from(odd_sex), u32::from(odd_count)]);
    if p.actor != 0 && a.actor != 0 {
        sink.add(52, &[u32::from(p.actor == a.actor)]);
    } else if p.actor != 0
        && let Some(e) = entity.filter(|e| e.actor != 0)
    {
        sink.add(53, &[u32::from(p.actor == e.actor)]);
    }
    agree_given(p, a, odds)
}

/// How the two stand to each other in one sentence, or which words govern them.
fn grammar(p: &Phrase, a: &Phrase, sink: &mut Sink<'_>) {
    if p.governor_lemma == a.governor_lemma && p.governor_lemma != 0 {
        sink.add(54, &[u32::from(p.rel == a.rel), u32::from(p.sentence == a.sentence)]);
    }
    if p.sentence != a.sentence {
        let first = a.first == 0 || matches!(a.rel.base(), Rel::Nsubj);
        sink.add(
            55,
            &[u32::from(first), p.rel.base() as u32, p.sentence - a.sentence.min(p.sentence)]
                .map(|v| v.min(60)),
        );
        return;
    }
    let set_beside = p.beside == Some(a.head) || a.beside == Some(p.head);
    let said = p.said_of == Some(a.head) || a.said_of == Some(p.head);
    let siblings = p.governor == a.governor;
    let clause = p.clause == a.clause;
    let under = p.governor == Some(a.head);
    sink.add(
        56,
        &[
            u32::from(set_beside)
                + 2 * u32::from(said)
                + 4 * u32::from(siblings)
                + 8 * u32::from(clause)
                + 16 * u32::from(under),
            a.rel.base() as u32,
        ],
    );
    sink.add(57, &[u32::from(set_beside), u32::from(said), (p.first - a.last.min(p.first)).min(4)]);
    sink.add(58, &[u32::from(siblings), u32::from(clause), p.rel.base() as u32, a.rel.base() as u32]);
    // The first word of the later phrase comes right after a mark: lists and appositions look alike.
    sink.add(59, &[(p.first - a.last.min(p.first)).min(3), p.around[0]]);
}

/// How two names or nouns share words.
fn names(p: &Phrase, a: &Phrase, entity: Option<&Entity>, sink: &mut Sink<'_>) {
    let same_text = p.text == a.text;
    let same_lemma = p.lemma == a.lemma;
    let same_tail = p.tail() == a.tail();
    let has = |phrase: &Phrase, word: u32| phrase.parts.contains(&word);
    let inside = p.parts.iter().all(|&w| has(a, w));
    let around = a.parts.iter().all(|&w| has(p, w));
    let shared = p.parts.iter().filter(|&&w| has(a, w)).count() as u32;
    let acronym = p.initials != 0 && p.initials == a.form || a.initials != 0 && a.initials == p.form;
    let code = u32::from(same_text)
        + 2 * u32::from(same_lemma)
        + 4 * u32::from(same_tail)
        + 8 * u32::from(inside)
        + 16 * u32::from(around);
    sink.add(80, &[code]);
    sink.add(81, &[u32::from(same_text)]);
    sink.add(82, &[u32::from(same_lemma), u32::from(inside), u32::from(around)]);
    sink.add(83, &[shared.min(4), u32::from(same_lemma)]);
    sink.add(84, &[u32::from(acronym)]);
    sink.add(85, &[u32::from(has(a, p.lemma)), u32::from(has(p, a.lemma)), u32::from(has(a, p.tail()))]);
    if let Some(e) = entity {
        let known = e.lemmas.contains(&p.lemma);
        sink.add(86, &[u32::from(known), u32::from(same_lemma)]);
        sink.add(87, &[u32::from(known), u32::from(e.named), u32::from(inside)]);
        sink.add(
            93,
            &[u32::from(e.words.contains(&p.lemma)), u32::from(a.roles.contains(&p.lemma)), u32::from(known)],
        );
    }
    // Whether what stands before the heads differs: "the first talks", "the second talks".
    let more = |x: &Phrase, y: &Phrase| {
        x.parts.iter().filter(|&&w| w != x.lemma && !has(y, w)).count().min(3) as u32
    };
    if same_lemma {
        sink.add(88, &[more(p, a), more(a, p)]);
        sink.add(89, &[more(p, a), u32::from(p.quoted), p.preposition]);
        sink.plain(90, &[p.lemma, u32::from(same_text)]);
        sink.add(91, &[p.count as u32, a.count as u32, u32::from(same_text)]);
        if a.kind == Kind::Indefinite || p.kind == Kind::Indefinite {
            sink.add(92, &[u32::from(a.kind == Kind::Indefinite), p.opening]);
        }
    }
}
