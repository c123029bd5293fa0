//! One image laid over another: what a user adds to the lexicon, over what is there.
//!
//! Laying the same image over a second time changes nothing. Actors are the same by their id, rules by their name, places by
//! name and country, role nouns and titles by their words.

use crate::fold::key;
use crate::{ActorEntry, Image, Operator, Pattern, PlaceEntry, Topic};
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeMap;

impl Image {
    /// Lays another image over this one.
    ///
    /// An actor that is in both keeps what this one says of it, and gets what the other says besides: its lists are joined,
    /// its single facts replaced. Places, role nouns, titles and rules that are in both are those of the other.
    pub fn lay(&mut self, over: Image) {
        self.lay_actors(over.actors, &over.sources);
        self.sources.extend(over.sources);
        self.lay_places(over.places);
        let words = over.agents.iter().flat_map(|a| a.words.iter().chain(&a.plural)).cloned().collect();
        for agent in &mut self.agents {
            give_way(&mut agent.words, &words);
            give_way(&mut agent.plural, &words);
        }
        self.agents.retain(|a| !a.words.is_empty());
        self.agents.extend(over.agents);
        let words =
            over.titles.iter().flat_map(|t| t.words.iter().chain(&t.abbreviations)).cloned().collect();
        for title in &mut self.titles {
            give_way(&mut title.words, &words);
            give_way(&mut title.abbreviations, &words);
        }
        self.titles.retain(|t| !t.words.is_empty());
        self.titles.extend(over.titles);
        replace(&mut self.patterns, over.patterns, |p: &Pattern| p.rule.clone());
        replace(&mut self.ties, over.ties, |p: &Pattern| p.rule.clone());
        replace(&mut self.operators, over.operators, |o: &Operator| o.rule.clone());
        join(&mut self.topics, over.topics, |a: &Topic, b| a == b);
        join(&mut self.speech, over.speech, |a, b| a == b);
        join(&mut self.times, over.times, |a, b| a == b);
        for (class, members) in over.classes {
            self.classes.entry(class).or_default().extend(members);
        }
        let zones = over.zones;
        for (mine, theirs) in [
            (&mut self.zones.comments, zones.comments),
            (&mut self.zones.boilerplate, zones.boilerplate),
            (&mut self.zones.own, zones.own),
            (&mut self.zones.readers, zones.readers),
            (&mut self.zones.reporting, zones.reporting),
        ] {
            join(mine, theirs, |a, b| a == b);
        }
    }

    fn lay_actors(&mut self, over: Vec<ActorEntry>, sources: &BTreeMap<String, Vec<String>>) {
        let mut known: HashMap<String, usize> =
            self.actors.iter().enumerate().map(|(i, a)| (a.id.clone(), i)).collect();
        for mut actor in over {
            match known.get(&actor.id) {
                Some(&at) => {
                    let mine = &mut self.actors[at];
                    if mine.source.is_empty() {
                        mine.source = self.sources.get(&mine.file).cloned().unwrap_or_default();
                    }
                    if actor.source.is_empty() {
                        actor.source = sources.get(&actor.file).cloned().unwrap_or_default();
                    }
                    lay_actor(mine, actor);
                }
                None => {
                    known.insert(actor.id.clone(), self.actors.len());
                    self.actors.push(actor);
                }
            }
        }
    }

    fn lay_places(&mut self, over: Vec<PlaceEntry>) {
        if over.is_empty() {
            return;
        }
        let place = |p: &PlaceEntry| (key(&p.name), p.country.clone());
        let mut known: HashMap<_, usize> =
            self.places.iter().enumerate().map(|(i, p)| (place(p), i)).collect();
        for mut new in over {
            match known.get(&place(&new)) {
                Some(&at) => {
                    let mut names = std::mem::take(&mut self.places[at].names);
                    join(&mut names, std::mem::take(&mut new.names), |a, b| a == b);
                    new.names = names;
                    self.places[at] = new;
                }
                None => {
                    known.insert(place(&new), self.places.len());
                    self.places.push(new);
                }
            }
        }
    }
}

fn lay_actor(mine: &mut ActorEntry, over: ActorEntry) {
    if mine.name != over.name {
        // The usual name that was stays a name.
        let old = std::mem::replace(&mut mine.name, over.name);
        mine.names.insert(0, crate::Name { text: old, from: None, until: None });
    }
    mine.kind = over.kind;
    for name in over.names {
        match mine.names.iter_mut().find(|n| n.text == name.text) {
            Some(same) => *same = name,
            None => mine.names.push(name),
        }
    }
    for (mine, theirs) in [
        (&mut mine.adjectives, over.adjectives),
        (&mut mine.people, over.people),
        (&mut mine.seats, over.seats),
        (&mut mine.cities, over.cities),
        (&mut mine.sectors, over.sectors),
        (&mut mine.ambiguous, over.ambiguous),
        (&mut mine.examples, over.examples),
        (&mut mine.source, over.source),
    ] {
        join(mine, theirs, |a, b| a == b);
    }
    mine.capital = over.capital.or(mine.capital.take());
    mine.country = over.country.or(mine.country.take());
    mine.from = over.from.or(mine.from);
    mine.until = over.until.or(mine.until);
    join(&mut mine.part_of, over.part_of, |a, b| a == b);
    join(&mut mine.members, over.members, |a, b| a == b);
    join(&mut mine.offices, over.offices, |a, b| a == b);
    join(&mut mine.led_by, over.led_by, |a, b| a == b);
    join(&mut mine.status, over.status, |a, b| a == b);
    mine.codes.extend(over.codes);
}

/// Adds what is not there yet.
fn join<T>(mine: &mut Vec<T>, theirs: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for new in theirs {
        if !mine.iter().any(|old| same(old, &new)) {
            mine.push(new);
        }
    }
}

fn give_way(words: &mut Vec<String>, to: &HashSet<String>) {
    if !to.is_empty() {
        words.retain(|w| !to.contains(w));
    }
}

fn replace<T>(mine: &mut Vec<T>, theirs: Vec<T>, name: impl Fn(&T) -> String) {
    if theirs.is_empty() {
        return;
    }
    let mut known: HashMap<String, usize> = mine.iter().enumerate().map(|(i, t)| (name(t), i)).collect();
    for new in theirs {
        match known.get(&name(&new)) {
            Some(&at) => mine[at] = new,
            None => {
                known.insert(name(&new), mine.len());
                mine.push(new);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::actor;
    use crate::{ActorKind, AgentEntry, AgentKind, Name, PlaceKind};

    fn agent(words: &[&str], sector: &str) -> AgentEntry {
        AgentEntry {
            words: words.iter().map(|w| (*w).to_owned()).collect(),
            plural: Vec::new(),
            sectors: vec![sector.to_owned()],
            kind: AgentKind::Person,
            office: false,
            examples: Vec::new(),
            file: String::new(),
            line: 1,
        }
    }

    fn place(name: &str, country: &str, lat: f64) -> PlaceEntry {
        PlaceEntry {
            name: name.to_owned(),
            names: vec![format!("{name} {lat}")],
            country: Some(country.to_owned()),
            kind: PlaceKind::City,
            lat: Some(lat),
            lon: None,
            file: String::new(),
            line: 1,
        }
    }

    fn over() -> Image {
        let mut known = actor("taliban", ActorKind::Group, "Taliban movement");
        known.names = vec![Name { text: "Talibs".to_owned(), from: None, until: None }];
        known.sectors = vec!["GOV".to_owned()];
        known.codes = [("wikidata".to_owned(), "Q42418".to_owned())].into();
        Image {
            actors: vec![known, actor("norland-front", ActorKind::Group, "Norland Front")],
            agents: vec![agent(&["marshal"], "COP")],
            places: vec![place("Springfield", "USA", 2.0), place("Springfield", "CAN", 3.0)],
            ..Image::default()
        }
    }

    fn base() -> Image {
        let mut known = actor("taliban", ActorKind::Group, "Taliban");
        known.country = Some("AFG".to_owned());
        known.sectors = vec!["REB".to_owned()];
        Image {
            actors: vec![actor("nato", ActorKind::Bloc, "NATO"), known],
            agents: vec![agent(&["marshal", "general"], "MIL")],
            places: vec![place("Springfield", "USA", 1.0)],
            ..Image::default()
        }
    }

    #[test]
    fn what_is_added_goes_over_what_is_there() {
        let mut image = base();
        image.lay(over());
        let ids: Vec<&str> = image.actors.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["nato", "taliban", "norland-front"]);
        let taliban = &image.actors[1];
        assert_eq!(taliban.name, "Taliban movement");
        let names: Vec<&str> = taliban.names.iter().map(|n| n.text.as_str()).collect();
        assert_eq!(names, ["Taliban", "Talibs"]);
        assert_eq!(taliban.sectors, ["REB", "GOV"]);
        assert_eq!(taliban.country.as_deref(), Some("AFG"));
        assert_eq!(image.agents[0].words, ["general"]);
        assert_eq!(image.agents[1].sectors, ["COP"]);
        assert_eq!(image.places.len(), 2);
        assert_eq!((image.places[0].lat, image.places[0].names.len()), (Some(2.0), 2));
    }

    #[test]
    fn the_same_twice_changes_nothing() {
        let mut once = base();
        once.lay(over());
        let mut twice = once.clone();
        twice.lay(over());
        assert_eq!(once, twice);
    }
}
