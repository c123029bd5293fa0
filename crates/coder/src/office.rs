//! Offices on the day of their clause: "the French president" of 2010 is Nicolas Sarkozy, "the head of the FSB" whoever heads it.
//!
//! Who held what and when is the lexicon's. Here stands whether a phrase means the holder at all, of which body the office
//! is, and which day counts. A phrase without a body ("the prime minister") is of the state that the text is about.

use crate::origin::state_of;
use crate::party::{Party, Standing, is_land};
use crate::resolve::Resolver;
use demarche_lexicon::{ActorKind, AgentEntry, Entry, Held};
use demarche_record::{Date, Link};
use demarche_text::{Rel, Upos, Xpos};
use jiff::ToSpan;

/// Farthest step up to the predicate whose time counts.
const FARTHEST: usize = 14;

/// How long a president-elect may wait, in steps of so many days.
const WAITING: (i64, i64) = (10, 15);

/// For so many days whoever left an office is still spoken of by it.
const AFTERMATH: i64 = 7;

/// What is asked for.
#[derive(Clone, Copy)]
struct Asked<'s> {
    title: &'s str,
    /// First and last day.
    days: (Date, Date),
    /// Whether it is whoever comes next.
    elect: bool,
    /// Whether it is said that the holder leaves: then who left in these days is meant, and not who follows.
    leaving: bool,
}

impl Resolver<'_, '_> {
    /// The person whom the phrase is an apposition of, else whoever holds the office that it names.
    pub(crate) fn read_holder(&self, i: usize, depth: usize, party: &mut Party) {
        let (named, found) = self.apposed_name(i, depth);
        if let Some(found) = found.filter(|_| party.standing >= Standing::Role) {
            party.actor = found.actor;
            party.standing = Standing::Named;
            party.link = Link::Appositive;
        } else if !named {
            self.read_office(i, depth, party);
        }
    }

    /// Whoever holds the office that a phrase names, if it means the holder.
    pub(crate) fn read_office(&self, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        if self.on.is_none() || party.plural || party.actor.is_some() {
            return;
        }
        if party.owner.is_some() && view.in_class("counterpart", i) {
            return self.read_counterpart(i, depth, party);
        }
        let Some((agent, words)) = self.office_noun(i) else { return };
        if !self.means_holder(i, words) {
            return;
        }
        let Some(days) = self.days_at(i) else { return };
        let title = view.span(words.0).cover(view.span(words.1)).of(view.text);
        let asked = Asked { title, days, elect: self.elect(words.1), leaving: self.leaving(i) };
        if let Some((held, of, link)) = self.office_of(i, depth, agent, words, &asked) {
            party.hold(held, of, link);
        }
    }

    /// The offices of several people that one phrase names, each of another body: "the presidents of Iran and Russia".
    pub(crate) fn read_offices(&self, parties: &mut [Party]) {
        let Some((i, true)) = parties.first().map(|p| (p.head, p.plural && parties.len() > 1)) else {
            return;
        };
        let (Some((agent, _)), Some(days)) = (self.office_noun(i), self.days_at(i)) else { return };
        let Some(title) = agent.and_then(|a| a.words.first()) else { return };
        let asked = Asked { title, days, elect: false, leaving: false };
        for party in parties.iter_mut().filter(|p| p.actor.is_none()) {
            if let Some(of) = party.owner
                && let Some(held) = self.held(&asked, of)
            {
                party.hold(held, of, Link::Lexicon);
            }
        }
    }

    /// The role noun that a word heads, if one person holds it at a time, and its words; a noun without an entry is an office
    /// only of a body that is named.
    fn office_noun(&self, i: usize) -> Option<(Option<&AgentEntry>, (usize, usize))> {
        let view = self.view;
        let Some(mention) = view.mention(i) else {
            let noun = view.upos(i) == Upos::Noun && view.in_class("office-noun", i);
            return noun.then_some((None, (i, i)));
        };
        let Entry::Agent(r) = self.choose(mention)?.entry else { return None };
        let agent = &view.lexicon.agents[r as usize];
        let words = (mention.words.start as usize, mention.words.end as usize - 1);
        // "President-elect" is one role noun, and its office that of its first word.
        if words.1 >= words.0 + 2 && self.elect(words.1 - 2) {
            return Some((None, (words.0, words.1 - 2)));
        }
        let office = agent.office || words.0 == words.1 && view.in_class("office-noun", i);
        (office && view.upos(i) != Upos::Adj).then_some((agent.office.then_some(agent), words))
    }

    /// Whether a word is a common noun for an office.
    pub(crate) fn names_office(&self, i: usize) -> bool {
        self.view.upos(i) == Upos::Noun && self.office_noun(i).is_some()
    }

    /// Whether the phrase is about whoever holds the office, and not about the office, somebody else in it or one of many.
    fn means_holder(&self, i: usize, (first, last): (usize, usize)) -> bool {
        let view = self.view;
        if matches!(
            view.rel(i),
            Rel::Xcomp | Rel::Flat | Rel::Compound | Rel::NmodDesc | Rel::Amod | Rel::Vocative
        ) || view.child(i, &[Rel::Cop]).is_some()
            || view.cases(i).any(|c| c == "as")
        {
            return false;
        }
        let mut known = false;
        for c in view.children(i).filter(|&c| !(first..=last).contains(&c)) {
            let rel = view.rel(c);
            match rel.base() {
                Rel::Det if self.view.is(c, "the") => known = true,
                Rel::Det
                    if matches!(view.xpos(c), Xpos::DT | Xpos::PDT)
                        && !matches!(view.lemma(c), "this" | "that") =>
                {
                    return false;
                }
                Rel::Nmod if rel == Rel::NmodPoss => known = true,
                Rel::Appos | Rel::Flat | Rel::NmodDesc if view.upos(c) == Upos::Propn => {
                    // Somebody else is named.
                    return false;
                }
                Rel::Amod | Rel::Compound | Rel::Advmod | Rel::Nmod if view.in_class("out-of-office", c) => {
                    return false;
                }
                _ => {}
            }
        }
        // "Ex-president", "the then president".
        let before = |back: usize| first.checked_sub(back);
        let prefix = match before(1) {
            Some(w) if view.form(w) == "-" => before(2),
            near => near,
        };
        if prefix.is_some_and(|w| view.in_class("out-of-office", w)) || view.form(first).starts_with("ex-") {
            return false;
        }
        // "Ran for president", "the post of president".
        known || !view.cases(i).any(|c| matches!(c, "of" | "for" | "like" | "than"))
    }

    /// "President-elect".
    fn elect(&self, last: usize) -> bool {
        let view = self.view;
        last + 2 < view.len() && view.form(last + 1) == "-" && view.in_class("elect", last + 2)
    }

    /// Whether the clause says that the holder leaves the office: "resigned", "was ousted", "fled into exile".
    fn leaving(&self, i: usize) -> bool {
        let view = self.view;
        let Some(h) = view.head(i) else { return false };
        view.in_class("leaving", h)
            || view.verbal(h) && view.children(h).any(|c| c != i && view.in_class("leaving", c))
    }

    /// The days of the clause that a word stands in: those that its time gives, else the day of the article.
    fn days_at(&self, i: usize) -> Option<(Date, Date)> {
        let view = self.view;
        let on = self.on?;
        if self.times.is_empty() {
            return Some((on, on));
        }
        let mut at = i;
        for _ in 0..FARTHEST {
            if at != i && view.heads_clause(at) {
                break;
            }
            let Some(h) = view.head(at) else { break };
            at = h;
        }
        let Some(time) = view.dated_by(at, self.times) else { return Some((on, on)) };
        let days = time.days(self.on, false);
        match (days.start, days.end) {
            // "Ten years ago": to the day, as far as that is known.
            (Some(start), Some(end)) if time.is_counted() && start.year() == end.year() && start != end => {
                let day = on.with().year(start.year()).build().unwrap_or(start);
                Some(if start <= day && day <= end { (day, day) } else { (start, end) })
            }
            (Some(start), Some(end)) => Some((start, end)),
            _ => Some((on, on)),
        }
    }

    /// Who held an office on the days asked for; none where two people did.
    fn held(&self, asked: &Asked<'_>, of: u32) -> Option<Held> {
        let lexicon = self.view.lexicon;
        let (start, end) = asked.days;
        let held = lexicon.held(asked.title, of, end);
        if asked.elect {
            let (steps, days) = WAITING;
            return (1..=steps).find_map(|n| {
                let later = end.checked_add((n * days).days()).ok()?;
                lexicon
                    .held(asked.title, of, later)
                    .filter(|next| Some(next.person) != held.map(|h| h.person))
            });
        }
        if asked.leaving {
            let left = (1..=AFTERMATH).find_map(|n| {
                let before = lexicon.held(asked.title, of, start.checked_sub(n.days()).ok()?);
                before.filter(|b| Some(b.person) != held.map(|h| h.person))
            });
            if left.is_some() {
                return left;
            }
        }
        let held = held?;
        let same =
            start == end || lexicon.held(asked.title, of, start).is_some_and(|h| h.person == held.person);
        same.then_some(held)
    }

    /// The office and the body it is of, as the phrase says, else by what the text is about.
    fn office_of(
        &self,
        i: usize,
        depth: usize,
        agent: Option<&AgentEntry>,
        (first, last): (usize, usize),
        asked: &Asked<'_>,
    ) -> Option<(Held, u32, Link)> {
        let view = self.view;
        let lexicon = view.lexicon;
        let owners = view.owners(i);
        let outside = |w: &&usize| !(first..=last).contains(*w) && view.time_word(**w).is_none();
        let of = |w: &&usize| view.cases(**w).any(|c| c == "of" || c == "for");
        // "The British head of the charity": what stands behind "of" is what it is an office of, known or not.
        let behind = owners.iter().filter(outside).find(of);
        // "The UN refugee chief", "the Israeli opposition leader": another office.
        let common = |w: &&usize| view.upos(**w) == Upos::Noun && **w < i && view.rel(**w) != Rel::NmodPoss;
        let other = |w: &usize| !view.in_class("in-office", *w) && self.plain(*w).actor.is_none();
        if owners.iter().filter(outside).filter(common).any(other) {
            return None;
        }
        let mut told = false;
        for &w in owners.iter().filter(outside).filter(|w| behind.is_none_or(|b| b == *w)) {
            let owner = if view.nominal(w) { self.party_at(w, depth + 1) } else { self.plain(w) };
            let Some(of) = owner.actor.or(owner.owner.filter(|_| owner.link == Link::Coreference)) else {
                if let Some(found) = self.held_of_place(asked, w) {
                    return Some(found);
                }
                // "The club president", "the Harvard president", "the spiritual leader".
                let other = view.nominal(w)
                    || lexicon.leads(asked.title)
                        && !view.in_class("in-office", w)
                        && view.upos(w) == Upos::Adj;
                if other {
                    return None;
                }
                continue;
            };
            told = true;
            let of = if lexicon.actors[of as usize].kind == ActorKind::Person {
                state_of(lexicon, of)?
            } else {
                of
            };
            if let Some(held) = self.held(asked, of).or_else(|| self.held_of_body(asked, of)) {
                return Some((held, of, Link::Lexicon));
            }
        }
        let public = |s: &String| matches!(s.as_str(), "GOV" | "MIL" | "COP");
        let agent = agent?;
        if told || behind.is_some() || lexicon.leads(asked.title) {
            return None;
        }
        if let Some(of) = lexicon.sole_office(asked.title) {
            return self.held(asked, of).map(|held| (held, of, Link::Lexicon));
        }
        if !agent.sectors.iter().any(public) {
            return None;
        }
        let of = self.about(Some(i))?;
        let held = self.held(asked, of).or_else(|| self.held_of_body(asked, of));
        held.map(|held| (held, of, Link::Country))
    }

    /// "The president of Catalonia": an office of a part of a state, whose title names the part.
    fn held_of_place(&self, asked: &Asked<'_>, w: usize) -> Option<(Held, u32, Link)> {
        let lexicon = self.view.lexicon;
        let Entry::Place(p) = self.choose(self.view.mention(w)?)?.entry else { return None };
        let place = &lexicon.places[p as usize];
        let of = lexicon.actor_by_id(place.country.as_deref()?)?;
        let title = format!("{} of {}", asked.title, place.name);
        let held = self.held(&Asked { title: &title, ..*asked }, of)?;
        Some((held, of, Link::Lexicon))
    }

    /// "The army chief": who heads the body of a state that the title begins with.
    fn held_of_body(&self, asked: &Asked<'_>, of: u32) -> Option<Held> {
        let (body, title) = asked.title.rsplit_once(' ')?;
        let title = if title.eq_ignore_ascii_case("commander") { "head" } else { title };
        let lexicon = self.view.lexicon;
        let of = lexicon.leads(title).then(|| lexicon.body_of(body, of)).flatten()?;
        self.held(&Asked { title, ..*asked }, of)
    }

    /// "His Ivorian counterpart": who holds there what the one spoken of holds here.
    fn read_counterpart(&self, i: usize, depth: usize, party: &mut Party) {
        let view = self.view;
        let lexicon = view.lexicon;
        let Some(days) = self.days_at(i) else { return };
        let owners = view.owners(i);
        let land = owners.iter().find_map(|&w| {
            let found = if view.nominal(w) && view.rel(w) != Rel::NmodPoss {
                self.party_at(w, depth + 1)
            } else {
                self.plain(w)
            };
            found.actor.filter(|&a| is_land(lexicon.actors[a as usize].kind))
        });
        let Some(of) = land else { return };
        let whose = view.child(i, &[Rel::NmodPoss]).map(|w| self.party_at(w, depth + 1));
        let Some(person) = whose.and_then(|w| w.actor) else { return };
        let offices = lexicon.offices_on(person, days.1);
        let found = offices
            .filter(|o| o.of != lexicon.actors[of as usize].id)
            .find_map(|o| self.held(&Asked { title: &o.title, days, elect: false, leaving: false }, of));
        if let Some(held) = found {
            party.hold(held, of, Link::Lexicon);
        }
    }

    /// The person whom a phrase in apposition describes: "Christine Lagarde, the head of the IMF"; whether one is named there at
    /// all, known or not.
    pub(crate) fn apposed_name(&self, i: usize, depth: usize) -> (bool, Option<Party>) {
        let view = self.view;
        let host = view.head(i).filter(|&h| view.rel(i) == Rel::Appos && view.upos(h) == Upos::Propn);
        let Some(host) = host else { return (false, None) };
        let found = self.party_at(host, depth + 2);
        let lexicon = view.lexicon;
        let human = found.actor.is_some_and(|a| lexicon.actors[a as usize].kind == ActorKind::Person);
        (found.actor.is_none() || human, human.then_some(found))
    }
}

impl Party {
    /// Makes it the holder of an office of the actor `of`.
    fn hold(&mut self, held: Held, of: u32, link: Link) {
        self.actor = Some(held.person);
        self.owner = Some(of);
        self.held = Some(held);
        self.link = link;
        self.standing = Standing::Named;
        self.person = true;
        self.plural = false;
    }
}
