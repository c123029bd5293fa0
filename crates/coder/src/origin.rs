//! Where and when an article was written: the day and place of its dateline, else its day of publication; and the states it
//! has named so far, by which a town is told from its namesakes.

use crate::map::Map;
use crate::place;
use crate::resolve::Resolver;
use crate::time::Interval;
use demarche_lexicon::{Entry, Gazetteer, Lexicon};
use demarche_record::{Basis, Date, Offsets, Place, PlaceBasis, Precision, Zone};
use std::collections::BTreeMap;

/// How many sentences may stand above the body.
const ABOVE: usize = 6;
/// A dateline may be so many days older than the publication; one that is older or younger is believed less.
const OLDEST: i32 = 10;

/// No states.
pub(crate) const NOWHERE: &BTreeMap<String, u32> = &BTreeMap::new();

/// The day and place that an article speaks from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The day that "today" and "on Thursday" are seen from.
    pub day: Option<Date>,
    /// What the day rests on.
    pub basis: Basis,
    /// Where it was written.
    pub place: Option<Place>,
    /// States named so far, with how often.
    pub lands: BTreeMap<String, u32>,
}

impl Origin {
    /// As the input says.
    pub fn new(published: Option<Date>) -> Self {
        Origin { day: published, basis: Basis::Publication, place: None, lands: BTreeMap::new() }
    }

    /// The map as this article sees it.
    pub fn map<'m>(&'m self, gazetteer: Option<&'m Gazetteer>) -> Option<Map<'m>> {
        gazetteer.map(|gazetteer| Map { gazetteer, lands: &self.lands })
    }

    /// Whether a sentence may be a line above the body that gives the day, where nothing else has.
    pub fn looks_above(&self, number: usize, zone: Zone) -> bool {
        self.day.is_none() && zone == Zone::Boilerplate && number < ABOVE
    }

    /// Counts the states that a sentence names.
    pub fn note(&mut self, resolver: &Resolver<'_, '_>) {
        let lexicon = resolver.view.lexicon;
        for candidate in resolver.view.mentions.iter().filter_map(|m| resolver.choose(m)) {
            let country = match candidate.entry {
                Entry::Actor(a) => crate::party::country_of(lexicon, a).map(str::to_owned),
                Entry::Place(p) => lexicon.places[p as usize].country.clone(),
                Entry::Agent(_) | Entry::Title(_) => None,
            };
            if let Some(country) = country {
                *self.lands.entry(country).or_default() += 1;
            }
        }
    }

    /// Reads the day of a line above the body: "Published on 12 May 2024".
    pub fn read_day(&mut self, resolver: &Resolver<'_, '_>) {
        let view = resolver.view;
        let written = view.times(self.day, &mut None).into_iter().find_map(|t| {
            let Interval { start, end, precision, .. } = t.days(self.day, false);
            start.filter(|_| start == end && precision == Precision::Day)
        });
        let Some(written) = written else { return };
        let near = self.day.is_none_or(|published| {
            written.until(published).is_ok_and(|s| (0..=OLDEST).contains(&s.get_days()))
        });
        if near {
            self.day = Some(written);
            self.basis = Basis::Dateline;
        }
    }

    /// Reads the sentence that is the dateline.
    pub fn read(&mut self, resolver: &Resolver<'_, '_>, offsets: &Offsets, gazetteer: Option<&Gazetteer>) {
        let place = place::of_dateline(resolver, self.map(gazetteer).as_ref());
        self.place = place.map(|p| p.record(resolver.view, offsets, PlaceBasis::Dateline));
        self.read_day(resolver);
    }
}

/// The state that an actor belongs to, itself for a state or territory; none for those of no state.
pub(crate) fn state_of(lexicon: &Lexicon, actor: u32) -> Option<u32> {
    let state = lexicon.actor_by_id(crate::party::country_of(lexicon, actor)?)?;
    crate::party::is_land(lexicon.actors[state as usize].kind).then_some(state)
}
