//! Reads the standards in `data/ontology`; they are built into the program.

use crate::{Cameo, Ontology, TypeFacts};
use demarche_record::EventType;
use serde::Deserialize;
use std::collections::BTreeMap;

const CAMEO: &str = include_str!("../../../../data/ontology/cameo.toml");
const PLOVER: &str = include_str!("../../../../data/ontology/plover.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CameoFile {
    #[allow(dead_code, reason = "a header for readers")]
    source: Vec<String>,
    cameo: BTreeMap<String, CameoRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CameoRow {
    name: String,
    #[serde(default)]
    plover: Vec<EventType>,
    goldstein: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PloverFile {
    #[allow(dead_code, reason = "a header for readers")]
    source: Vec<String>,
    contexts: Vec<String>,
    sectors: BTreeMap<String, String>,
    stateless: BTreeMap<String, String>,
    types: BTreeMap<EventType, TypeRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRow {
    score: f64,
    #[serde(default)]
    modes: BTreeMap<String, f64>,
    #[serde(default)]
    modes_without_score: Vec<String>,
}

/// The standards as this program was built with them.
pub(super) fn read() -> Result<Ontology, String> {
    let cameo: CameoFile = toml::from_str(CAMEO).map_err(|e| format!("cameo.toml: {e}"))?;
    let plover: PloverFile = toml::from_str(PLOVER).map_err(|e| format!("plover.toml: {e}"))?;
    let code = |(code, row): (String, CameoRow)| {
        (code, Cameo { name: row.name, plover: row.plover, goldstein: row.goldstein })
    };
    let facts = |(of, row): (EventType, TypeRow)| {
        let scored = row.modes.into_iter().map(|(mode, score)| (mode, Some(score)));
        let modes = scored.chain(row.modes_without_score.into_iter().map(|mode| (mode, None))).collect();
        (of, TypeFacts { score: row.score, modes })
    };
    Ok(Ontology {
        cameo: cameo.cameo.into_iter().map(code).collect(),
        types: plover.types.into_iter().map(facts).collect(),
        contexts: plover.contexts,
        sectors: plover.sectors,
        stateless: plover.stateless,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_standards_are_whole() {
        let ontology = super::read().unwrap();
        assert_eq!(ontology.types.len(), 16);
        assert_eq!(ontology.types.values().map(|t| t.modes.len()).sum::<usize>(), 67);
        assert_eq!(ontology.contexts.len(), 37);
        assert!(ontology.cameo.len() > 300);
        assert_eq!(ontology.goldstein("190"), Some(-10.0));
        assert_eq!(ontology.goldstein("0871x"), ontology.goldstein("0871"));
        assert_eq!(ontology.goldstein("99"), None);
        assert_eq!(ontology.goldstein("é"), None);
        for (code, cameo) in &ontology.cameo {
            assert!(cameo.goldstein.is_none_or(|g| (-10.0..=10.0).contains(&g)), "{code}");
        }
    }
}
