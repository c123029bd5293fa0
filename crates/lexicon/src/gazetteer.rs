//! Towns of the world by name, with their place on the map and how many people live there.
//!
//! Made from lines of `state<TAB>name<TAB>division<TAB>latitude<TAB>longitude<TAB>people<TAB>id` (`data/gazetteer`), which stay as
//! they are; an index over the folded names is made when the first name is looked up. Which town of a name is meant is
//! for the caller to say.

use crate::fold::pieces;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A town.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Town<'g> {
    /// State, ISO 3166-1 alpha-3.
    pub country: &'g str,
    /// Its name.
    pub name: &'g str,
    /// First-level division; empty where none is known.
    pub admin1: &'g str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People.
    pub population: u64,
    /// GeoNames id.
    pub geonameid: u32,
}

/// The towns.
#[derive(Debug)]
pub struct Gazetteer {
    lines: Cow<'static, str>,
    /// Hash of the folded name and where its line begins, sorted.
    index: OnceLock<Vec<(u64, u32)>>,
}

impl Gazetteer {
    /// Takes the lines; those that hold no town are passed over when a name is looked up.
    pub fn new(lines: impl Into<Cow<'static, str>>) -> Self {
        Gazetteer { lines: lines.into(), index: OnceLock::new() }
    }

    /// All towns of this name, however its letters are marked or capitalised, the largest first.
    pub fn find(&self, name: &str) -> Vec<Town<'_>> {
        let wanted = folded(name);
        if wanted.is_empty() {
            return Vec::new();
        }
        let key = hash(&wanted);
        let index = self.index.get_or_init(|| self.index());
        let first = index.partition_point(|(k, _)| *k < key);
        let same = index[first..].iter().take_while(|(k, _)| *k == key);
        let mut towns: Vec<Town<'_>> = same
            .filter_map(|(_, at)| town(self.lines.get(*at as usize..)?.lines().next()?))
            .filter(|t| folded(t.name) == wanted)
            .collect();
        towns.sort_by_key(|t| (std::cmp::Reverse(t.population), t.geonameid));
        towns
    }

    fn index(&self) -> Vec<(u64, u32)> {
        let mut index = Vec::new();
        let mut at = 0usize;
        for line in self.lines.split_inclusive('\n') {
            if let (Some(town), Ok(start)) = (town(line.trim_end()), u32::try_from(at)) {
                index.push((hash(&folded(town.name)), start));
            }
            at += line.len();
        }
        index.sort_unstable();
        index
    }
}

fn town(line: &str) -> Option<Town<'_>> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Town {
        country: next()?,
        name: next()?,
        admin1: next()?,
        lat: next()?.parse().ok().filter(|d: &f64| d.abs() <= 90.0)?,
        lon: next()?.parse().ok().filter(|d: &f64| d.abs() <= 180.0)?,
        population: next()?.parse().ok()?,
        geonameid: next()?.parse().ok()?,
    })
}

fn folded(name: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    for word in name.split_whitespace() {
        pieces(word, |piece, _| {
            if !out.is_empty() {
                out.push(b' ');
            }
            out.extend_from_slice(piece);
        });
    }
    out
}

/// FNV-1a: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "# towns\nCOL\tCúcuta\tNorte de Santander\t7.8939\t-72.5078\t721398\t3685533\n\
        broken line\nUSA\tSpringfield\tIllinois\t39.8\t-89.64\t114394\t4250542\nUSA\tSpringfield\tMissouri\t37.2153\t-93.2982\t169176\t4409896\n\
        XXX\tNowhere\t\t95\t0\t1\t1\n";

    #[test]
    fn towns_are_found_by_their_folded_names_largest_first() {
        let towns = Gazetteer::new(LINES);
        assert_eq!(towns.find("CUCUTA")[0].geonameid, 3_685_533);
        let found: Vec<&str> = towns.find("Springfield").iter().map(|t| t.admin1).collect();
        assert_eq!(found, ["Missouri", "Illinois"]);
        for none in ["Nowhere", "broken line", "", "-", "Spring"] {
            assert_eq!(towns.find(none), vec![], "{none}");
        }
    }
}
