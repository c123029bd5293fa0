//! FollowTheMoney entities, one a line, as OpenSanctions gives them: with all that hangs on an entity inside it
//! (`targets.nested.json`) or on lines of its own (`entities.ftm.json`).
//!
//! A sanction becomes somebody's claim about the entity, never a property of it; one by an authority that is neither a
//! state nor a body of the lexicon is left out. Weak aliases are not taken.

use super::draft::{Claim, Dated, Draft, Post, date, day_after};
use super::spool::{At, Spool};
use super::tables::MONEY_SCHEMAS;
use super::{ImportError, ImportOptions};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<Property>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Property {
    Text(String),
    Entity(Box<Entity>),
    /// Of no use here.
    Other(serde::de::IgnoredAny),
}

impl Entity {
    fn texts(&self, property: &str) -> impl Iterator<Item = &str> {
        self.values(property).iter().filter_map(|p| match p {
            Property::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    fn entities(&self, property: &str) -> impl Iterator<Item = &Entity> {
        self.values(property).iter().filter_map(|p| match p {
            Property::Entity(entity) => Some(entity.as_ref()),
            _ => None,
        })
    }

    fn values(&self, property: &str) -> &[Property] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    fn first(&self, properties: &[&str]) -> Option<&str> {
        properties.iter().find_map(|p| self.texts(p).next())
    }

    /// The first day of its time, and one past the last.
    fn days(&self) -> (Option<String>, Option<String>) {
        let day = |p: &[&str]| self.first(p).and_then(|text| date(text.get(..10).unwrap_or(text)));
        // Its end is the last day; what is known by year or month only stays as it is.
        let after = |last: String| if last.len() == 10 { day_after(&last).unwrap_or(last) } else { last };
        (day(&["startDate", "listingDate"]), day(&["endDate"]).map(after))
    }
}

/// Takes a line.
pub(super) fn line(
    line: &str,
    at: At<'_>,
    options: &ImportOptions,
    spool: &mut Spool<'_>,
) -> Result<(), ImportError> {
    if line.trim().is_empty() {
        return Ok(());
    }
    let Some(entity) = spool.parsed::<Entity>(line, "an entity of FollowTheMoney", at) else {
        return Ok(());
    };
    match entity.schema.as_str() {
        "Sanction" => {
            let claim = claim(&entity);
            for target in entity.texts("entity") {
                spool.claims.entry(target.to_owned()).or_default().push(claim.clone());
            }
        }
        "Position" => position(&entity, spool),
        "Occupancy" => {
            if let Some(post) = entity.texts("post").next() {
                for holder in entity.texts("holder") {
                    let post = occupancy(&entity, post);
                    spool.held.entry(holder.to_owned()).or_default().push(post);
                }
            }
        }
        schema => {
            let Some(kind) = MONEY_SCHEMAS.schemas.get(schema) else { return Ok(()) };
            if options.topics.is_empty()
                || entity.texts("topics").any(|t| options.topics.iter().any(|o| o == t))
            {
                let draft = draft(&entity, kind, spool);
                return spool.push(draft, at);
            }
        }
    }
    Ok(())
}

fn draft(entity: &Entity, kind: &str, spool: &mut Spool<'_>) -> Draft {
    let name =
        if entity.caption.is_empty() { entity.first(&["name"]).unwrap_or_default() } else { &entity.caption };
    let names = ["name", "alias", "abbreviation"].into_iter().flat_map(|p| entity.texts(p));
    let mut draft = Draft {
        key: entity.id.clone(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        names: names.map(Dated::from).collect(),
        country: entity.first(&["nationality", "citizenship", "jurisdiction", "country"]).map(str::to_owned),
        ..Draft::default()
    };
    for topic in entity.texts("topics") {
        for sector in MONEY_SCHEMAS.topics.get(topic).into_iter().flatten() {
            if !draft.sectors.contains(sector) {
                draft.sectors.push(sector.clone());
            }
        }
    }
    draft.codes.extend(entity.first(&["wikidataId"]).map(|id| ("wikidata".to_owned(), id.to_owned())));
    if kind != "person" {
        let day = |p: &str| entity.first(&[p]).and_then(|t| date(t.get(..10).unwrap_or(t)));
        (draft.from, draft.until) = (day("incorporationDate"), day("dissolutionDate"));
    }
    draft.status.extend(entity.entities("sanctions").map(claim));
    for held in entity.entities("positionOccupancies") {
        for post in held.entities("post") {
            position(post, spool);
            draft.offices.push(occupancy(held, &post.id));
        }
    }
    draft
}

/// An office that somebody may hold.
fn position(entity: &Entity, spool: &mut Spool<'_>) {
    let name = entity.first(&["name"]).unwrap_or(&entity.caption).to_owned();
    let of = entity.first(&["country"]).map(str::to_owned);
    spool.posts.insert(entity.id.clone(), (name, of));
}

fn occupancy(entity: &Entity, post: &str) -> Post {
    let (from, until) = entity.days();
    Post { title: String::new(), of: post.to_owned(), from, until }
}

fn claim(entity: &Entity) -> Claim {
    let (from, until) = entity.days();
    let code = entity.first(&["country"]).unwrap_or_default();
    let by = MONEY_SCHEMAS.authorities.get(code).map_or(code, String::as_str).to_owned();
    let label = "sanctioned".to_owned();
    let source = entity.first(&["authority", "sourceUrl"]).map(str::to_owned);
    Claim { kind: "designated".to_owned(), label, by, from, until, source }
}
