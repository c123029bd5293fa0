//! Places on the map: which town of a name is meant, by the state named beside it, the states of the article, and the
//! number of people.

use demarche_lexicon::{Gazetteer, Town};
use std::collections::BTreeMap;

/// A town as large as this is meant without a word of the article about its state.
const KNOWN_EVERYWHERE: u64 = 200_000;
/// Two points farther apart than this, in degrees, are not one town.
const NEAR: f64 = 1.5;

/// The gazetteer with what the article has named so far.
#[derive(Debug, Clone, Copy)]
pub struct Map<'m> {
    /// The towns.
    pub gazetteer: &'m Gazetteer,
    /// States named in the article, with how often.
    pub lands: &'m BTreeMap<String, u32>,
}

/// What is known of a place before it is looked up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'k> {
    /// Its state.
    pub country: Option<&'k str>,
    /// A larger place below the state.
    pub inside: Option<&'k str>,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
}

impl<'m> Map<'m> {
    /// The town of a name, if one can be told.
    pub fn town(&self, name: &str, known: Known<'_>) -> Option<Town<'m>> {
        let named = |t: &Town<'_>| self.lands.get(t.country).copied().unwrap_or(0);
        let fits = |t: &Town<'_>| {
            known.country.is_none_or(|c| c == t.country)
                && known
                    .at
                    .is_none_or(|(lat, lon)| (lat - t.lat).abs() <= NEAR && (lon - t.lon).abs() <= NEAR)
        };
        let division =
            |t: &Town<'_>| known.inside.is_some_and(|i| !t.admin1.is_empty() && i.contains(t.admin1));
        let towns = self.gazetteer.find(name);
        let best = towns.into_iter().filter(fits).max_by_key(|t| {
            let times = named(t);
            (division(t), known.country.is_some() || times > 0, t.population, std::cmp::Reverse(t.geonameid))
        })?;
        let believed = known.country.is_some()
            || known.at.is_some()
            || named(&best) > 0
            || best.population >= KNOWN_EVERYWHERE;
        believed.then_some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "COL\tTumaco\tNariño\t1.8\t-78.8\t83000\t1\nPHL\tTumaco\tX\t9\t123\t150000\t2\nUSA\tParis\tTexas\t33.7\t-95.6\t24000\t3\n\
        FRA\tParis\tÎle-de-France\t48.85\t2.35\t2100000\t4\n";

    #[test]
    fn the_state_named_decides_before_the_number_of_people() {
        let gazetteer = Gazetteer::new(LINES);
        let none = BTreeMap::new();
        let map = Map { gazetteer: &gazetteer, lands: &none };
        let id = |map: &Map<'_>, name: &str, known: Known<'_>| map.town(name, known).map(|t| t.geonameid);
        assert_eq!(id(&map, "Paris", Known::default()), Some(4));
        assert_eq!(id(&map, "Paris", Known { country: Some("USA"), ..Known::default() }), Some(3));
        assert_eq!(id(&map, "Paris", Known { at: Some((33.0, -95.0)), ..Known::default() }), Some(3));
        assert_eq!(id(&map, "Tumaco", Known::default()), None);
        let lands = BTreeMap::from([("COL".to_owned(), 1)]);
        let map = Map { gazetteer: &gazetteer, lands: &lands };
        assert_eq!(id(&map, "Tumaco", Known::default()), Some(1));
    }
}
