//! The tables of `data/import`, which say what the codes of other lists mean here.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const CAMEO: &str = include_str!("../../../../data/import/cameo.toml");
const WIKIDATA: &str = include_str!("../../../../data/import/wikidata.toml");
const MONEY: &str = include_str!("../../../../data/import/money.toml");
const GEONAMES: &str = include_str!("../../../../data/import/geonames.toml");

/// A role code of CAMEO.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub sectors: Vec<String>,
    pub title: String,
    pub kind: String,
}

/// Codes of CAMEO.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cameo {
    pub roles: BTreeMap<String, Role>,
    pub stateless: BTreeMap<String, String>,
}

/// A class of Wikidata.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    pub kind: String,
    /// For readers of the table.
    #[allow(dead_code, reason = "a remark for readers")]
    pub label: String,
    #[serde(default)]
    pub sectors: Vec<String>,
    pub country: Option<String>,
}

/// Classes of Wikidata.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wikidata {
    pub classes: BTreeMap<String, Class>,
}

/// Schemas, topics and authorities of FollowTheMoney.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Money {
    pub schemas: BTreeMap<String, String>,
    pub topics: BTreeMap<String, Vec<String>>,
    pub authorities: BTreeMap<String, String>,
}

/// Features of GeoNames.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GeoNames {
    pub features: BTreeMap<String, String>,
}

pub(super) static CAMEO_CODES: LazyLock<Cameo> = LazyLock::new(|| table(CAMEO));
pub(super) static WIKIDATA_CLASSES: LazyLock<Wikidata> = LazyLock::new(|| table(WIKIDATA));
pub(super) static MONEY_SCHEMAS: LazyLock<Money> = LazyLock::new(|| table(MONEY));
pub(super) static FEATURES: LazyLock<GeoNames> = LazyLock::new(|| table(GEONAMES));

fn table<T: DeserializeOwned>(text: &str) -> T {
    // Built into the program, and read by the test below.
    toml::from_str(text).expect("the table of the repository")
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_lexicon::{ActorKind, PlaceKind};

    #[test]
    fn the_tables_name_kinds_and_sectors_that_there_are() {
        let lexicon = crate::engine::lexicon(None).expect("the embedded lexicon");
        let sector = |s: &String| assert!(lexicon.ontology.sectors.contains_key(s), "{s}");
        let kind = |k: &String| assert!(ActorKind::NAMES.iter().any(|(name, _)| name == k), "{k}");
        for role in CAMEO_CODES.roles.values() {
            role.sectors.iter().for_each(sector);
            kind(&role.kind);
        }
        for class in WIKIDATA_CLASSES.classes.values() {
            class.sectors.iter().for_each(sector);
            kind(&class.kind);
        }
        MONEY_SCHEMAS.schemas.values().for_each(kind);
        MONEY_SCHEMAS.topics.values().flatten().for_each(sector);
        for authority in MONEY_SCHEMAS.authorities.values() {
            assert!(lexicon.actor_by_id(authority).is_some(), "{authority}");
        }
        for feature in FEATURES.features.values() {
            assert!(PlaceKind::NAMES.iter().any(|(name, _)| name == feature), "{feature}");
        }
        let stateless = CAMEO_CODES.stateless.values();
        for code in stateless.chain(WIKIDATA_CLASSES.classes.values().filter_map(|c| c.country.as_ref())) {
            assert!(lexicon.ontology.stateless.contains_key(code), "{code}");
        }
    }
}
