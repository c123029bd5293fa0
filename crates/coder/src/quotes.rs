//! Quotations over several sentences: whose words they are, and who "I" and "we" are in them.
//!
//! A sentence that stands within quotation marks belongs to whoever spoke the one before it, or to whoever is named where the
//! quotation ends ("… ," said the envoy). What one sentence says of its own speaker stands in `attribution`.

use crate::claim::Speaker;
use crate::party::{Party, Standing};
use crate::records::Setting;
use crate::resolve::Resolver;
use crate::speech::{Said, Word};
use crate::view::View;
use demarche_lexicon::ActorKind;
use demarche_record::{Attribution, Event, Link, Stance, Tie, TieType};
use demarche_text::Upos;
use std::collections::BTreeSet;

/// Most sentences of one quotation whose records wait for the name of the speaker.
const LONGEST: usize = 12;

/// The quotation an article is in.
#[derive(Debug, Clone, Default)]
pub struct Quotes {
    /// Whether it is open at the end of the last sentence.
    open: bool,
    /// Who spoke last, with the sentence of the last words.
    last: Option<(Attribution, Party, u32)>,
    /// Who was announced with a colon, for what follows without quotation marks, as in a statement.
    statement: Option<Party>,
    /// Records from here on wait for the name of the speaker: events, ties, sentences waited.
    waiting: Option<(usize, usize, usize)>,
}

/// What is kept from sentence to sentence of an article.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// The quotation it is in.
    pub quotes: Quotes,
    /// Ties that it is enough to say once: kind, rule, both ids.
    pub told: BTreeSet<(TieType, String, String, String)>,
}

impl Course {
    /// Leaves out of the ties from `first` on what was told before and need not be told again.
    pub fn once(&mut self, ties: &mut Vec<Tie>, first: usize, once: &[String]) {
        let told = &mut self.told;
        let mut n = 0;
        ties.retain(|tie| {
            n += 1;
            if n <= first || !once.contains(&tie.id) {
                return true;
            }
            let (Some(a), Some(b)) = (&tie.source.id, &tie.target.id) else { return true };
            told.insert((tie.kind, tie.rule.clone(), a.clone(), b.clone()))
        });
    }
}

/// How a sentence stands to quotation marks.
#[derive(Debug, Clone, Copy)]
pub struct Quoted {
    /// It begins within a quotation.
    opened_before: bool,
    /// All its words are quoted.
    whole: bool,
    /// Some of its words are quoted, or a colon at its end announces a quotation.
    partly: bool,
    /// A colon at its end announces what follows.
    announced: bool,
}

impl Quotes {
    /// Reads the quotation marks of the next sentence.
    pub fn read(&mut self, view: &View<'_>, number: u32) -> Quoted {
        if view.sentence.new_paragraph {
            // A quotation that goes on in a new paragraph opens there again.
            let again = (0..view.len().min(2)).any(|i| matches!(view.form(i), "“" | "``" | "\"" | "«"));
            if !(self.open && again) {
                self.waiting = None;
            }
            self.open = false;
        }
        let opened_before = self.open;
        let (mut any, mut all) = (false, true);
        for i in 0..view.len() {
            match view.form(i) {
                "“" | "``" | "«" => self.open = true,
                "”" | "''" | "»" => self.open = false,
                "\"" => self.open = !self.open,
                form if form.chars().any(char::is_alphanumeric) => {
                    all &= self.open;
                    any |= self.open;
                }
                _ => {}
            }
        }
        if self.last.as_ref().is_some_and(|(_, _, last)| last + 1 < number) {
            self.last = None;
        }
        let announced = view.len() > 0 && view.form(view.len() - 1) == ":";
        Quoted { opened_before, whole: any && all, partly: any || announced, announced }
    }

    /// The speaker whom a sentence of the quotation belongs to, where one is known before it is coded.
    pub fn speaker(&self, quoted: Quoted) -> Option<&Party> {
        if quoted.whole || quoted.opened_before {
            return self.last.as_ref().map(|(_, party, _)| party);
        }
        self.statement.as_ref().filter(|_| !quoted.partly)
    }

    /// Gives the records of a sentence, which begin at these numbers, their speaker, and those that waited for one.
    pub fn settle(
        &mut self,
        setting: &Setting<'_, '_, '_>,
        quoted: Quoted,
        (events, ties): (&mut [Event], &mut [Tie]),
        (first_event, first_tie): (usize, usize),
    ) {
        let number = setting.resolver.sentence;
        let own = if quoted.whole || !quoted.partly { None } else { setting.resolver.says() };
        if let Some(speaker) = own {
            let Some(attribution) = setting.attribution(std::slice::from_ref(&speaker)).pop() else { return };
            if quoted.opened_before
                && let Some((e, t, _)) = self.waiting.take()
            {
                give(&attribution, &mut events[e..first_event], &mut ties[t..first_tie]);
            }
            self.waiting = None;
            if quoted.announced {
                self.statement = speaker.party.clone();
            }
            self.last = speaker.party.map(|p| (attribution, p, number));
        } else if quoted.whole {
            if let Some((attribution, _, last)) = &mut self.last {
                *last = number;
                give(attribution, &mut events[first_event..], &mut ties[first_tie..]);
            } else {
                let (e, t, waited) = self.waiting.unwrap_or((first_event, first_tie, 0));
                self.waiting = (waited < LONGEST).then_some((e, t, waited + 1));
            }
        } else {
            self.waiting = None;
        }
    }
}

/// Names the speaker of records that have none.
fn give(attribution: &Attribution, events: &mut [Event], ties: &mut [Tie]) {
    for event in events.iter_mut().filter(|e| e.attribution.is_empty()) {
        event.attribution.push(attribution.clone());
        "claimed".clone_into(&mut event.status);
    }
    for tie in ties.iter_mut().filter(|t| t.attribution.is_empty()) {
        tie.attribution.push(attribution.clone());
    }
}

impl Resolver<'_, '_> {
    /// Who speaks in a sentence: the subject of its first verb of plain speech outside quotation marks.
    fn says(&self) -> Option<Speaker> {
        let view = self.view;
        let mut inside = false;
        for i in 0..view.len() {
            match view.form(i) {
                "“" | "``" | "«" => inside = true,
                "”" | "''" | "»" => inside = false,
                "\"" => inside = !inside,
                _ if !inside && view.verbal(i) => {
                    if let Some(Stance::Asserts) = view.stance(i)
                        && let Some(s) = view.speaker(i)
                    {
                        let party = self.party(s);
                        return Some(Speaker { party: Some(party), cue: i, stance: Stance::Asserts });
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Who "I" and "we" are: the speaker of the sentence, or of the quotation it goes on with. "We" are those whom a person
    /// speaks for.
    pub(crate) fn first_person(&self, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        let form = view.form(i).to_ascii_lowercase();
        let many = matches!(form.as_str(), "we" | "us" | "our" | "ours" | "ourselves");
        if !many && !matches!(form.as_str(), "i" | "me" | "my" | "mine" | "myself") {
            return;
        }
        let mut speaker = None;
        let mut at = i;
        for _ in 0..view.len() {
            let Some(h) = view.head(at) else { break };
            let above = match view.said_by(at, h) {
                Some((Said::By(Word { speaker, .. }), _)) => speaker,
                _ => None,
            };
            let beside = view.children(at).filter(|&c| c != i).find_map(|c| match view.aside(c) {
                Some(Said::By(Word { speaker, .. })) => speaker,
                _ => None,
            });
            if let Some(s) = above.or(beside).filter(|&s| s != i && view.upos(s) != Upos::Pron || s < i) {
                speaker = Some(s);
                break;
            }
            at = h;
        }
        let found = match speaker.filter(|&s| s != i) {
            Some(s) => self.party_at(s, depth + 1),
            None => match self.memory.speaker() {
                Some(party) => party.clone(),
                None => return,
            },
        };
        let lexicon = view.lexicon;
        let human = found.actor.filter(|&a| lexicon.actors[a as usize].kind == ActorKind::Person);
        if many {
            let country =
                |a: u32| lexicon.actors[a as usize].country.as_deref().and_then(|c| lexicon.actor_by_id(c));
            match human {
                Some(person) => party.owner = country(person),
                None => party.actor = found.entity(),
            }
        } else {
            (party.actor, party.owner) = (found.actor, found.owner);
            party.roles = found.roles;
        }
        if party.entity().is_some() {
            party.link = Link::Coreference;
            party.standing = if many { Standing::Owned } else { found.standing };
        }
        (party.plural, party.person) = (many, !many);
    }
}
