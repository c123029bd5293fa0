//! Questions with a day in them: whom a name means, what somebody held, who belonged to what. Who held an office is in
//! `offices`.
//!
//! There is no default day: whoever asks says when.

use crate::{ActorKind, Candidate, Entry, Lexicon, Membership, Mention, Office};
use demarche_record::Date;

/// Longest chain of parent bodies followed.
const DEEPEST: usize = 6;

/// Whether a half-open interval holds the day; an end not given does not bound it.
pub(crate) fn holds(from: Option<Date>, until: Option<Date>, on: Date) -> bool {
    from.is_none_or(|f| f <= on) && until.is_none_or(|u| on < u)
}

/// Days from one day to a later one.
fn days(from: Date, to: Date) -> u64 {
    from.duration_until(to).as_hours().unsigned_abs() / 24
}

impl Lexicon {
    /// The reading of a mention that fits a day best.
    ///
    /// Readings whose time does not hold the day are passed over as long as another does. Of several people with
    /// one name, the one in office that day, else the one whose term is nearest to it. Without a day, the first reading
    /// that has no end.
    pub fn choose<'m>(&self, mention: &'m Mention, on: Option<Date>) -> Option<&'m Candidate> {
        let all = &mention.candidates;
        let Some(day) = on else {
            return all.iter().find(|c| c.until.is_none()).or(all.first());
        };
        let first = all.iter().find(|c| holds(c.from, c.until, day)).or(all.first())?;
        if self.distance(first, day).is_none() {
            return Some(first);
        }
        all.iter()
            .filter(|c| c.ambiguous == first.ambiguous && holds(c.from, c.until, day))
            .filter_map(|c| Some((self.distance(c, day)?, c)))
            .min_by_key(|(days, _)| *days)
            .map_or(Some(first), |(_, c)| Some(c))
    }

    /// Days between a day and the nearest term of a person; none for other entries, most for people without office.
    fn distance(&self, candidate: &Candidate, day: Date) -> Option<u64> {
        let Entry::Actor(a) = candidate.entry else {
            return None;
        };
        let actor = self.actors.get(a as usize).filter(|a| a.kind == ActorKind::Person)?;
        let terms = actor.offices.iter().map(|o| match (o.from, o.until) {
            (Some(from), _) if day < from => days(day, from),
            (_, Some(until)) if until <= day => 1 + days(until, day),
            _ => 0,
        });
        Some(terms.min().unwrap_or(u64::MAX))
    }

    /// The offices an actor held on a day.
    pub fn offices_on(&self, actor: u32, on: Date) -> impl Iterator<Item = &Office> {
        let offices = self.actors.get(actor as usize).map_or(&[][..], |a| &a.offices);
        offices.iter().filter(move |o| holds(o.from, o.until, on))
    }

    /// Whether one actor (an id) belonged to another on a day: as its member, or as a part of it through any number of
    /// parent bodies.
    pub fn member_of(&self, member: &str, body: &str, on: Date) -> bool {
        let listed = |of: &str| {
            self.actor_by_id(of).is_some_and(|b| {
                self.actors[b as usize].members.iter().any(|m| m.id == member && holds(m.from, m.until, on))
            })
        };
        listed(body) || self.part_of(member, body, on, DEEPEST)
    }

    fn part_of(&self, part: &str, body: &str, on: Date, depth: usize) -> bool {
        depth > 0 && self.parents(part, on).any(|p| p.id == body || self.part_of(&p.id, body, on, depth - 1))
    }

    fn parents(&self, part: &str, on: Date) -> impl Iterator<Item = &Membership> {
        let parents = self.actor_by_id(part).map_or(&[][..], |a| &self.actors[a as usize].part_of);
        parents.iter().filter(move |p| holds(p.from, p.until, on))
    }

    /// The state an actor belonged to on a day, or PLOVER's code for those of no state: itself for a state or territory,
    /// else what its entry says, else what the body says that it was part of.
    pub fn country_of(&self, actor: u32, on: Date) -> Option<&str> {
        let mut entry = self.actors.get(actor as usize)?;
        for _ in 0..DEEPEST {
            if matches!(entry.kind, ActorKind::State | ActorKind::Territory) {
                return Some(&entry.id);
            }
            if entry.country.is_some() {
                return entry.country.as_deref();
            }
            let parent = entry.part_of.iter().find(|p| holds(p.from, p.until, on))?;
            entry = &self.actors[self.actor_by_id(&parent.id)? as usize];
        }
        None
    }
}
