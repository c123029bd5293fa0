//! The parts of records in columns: actors, speakers, places, and the names of what is told apart in records.

use crate::write::columns::{Column, count, maybe, number, span, text, words};
use demarche_record::{Actor, Attribution, Basis, Place, Polarity, Precision, Stance, TieStatus};

pub(super) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Denies => "denies",
        Stance::Doubts => "doubts",
        Stance::Considers => "considers",
    }
}

pub(super) fn tie_status(status: TieStatus) -> &'static str {
    match status {
        TieStatus::Current => "current",
        TieStatus::Former => "former",
        TieStatus::Planned => "planned",
        TieStatus::Suspended => "suspended",
    }
}

pub(super) fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Unknown => "unknown",
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Text => "text",
        Basis::Dateline => "dateline",
        Basis::Publication => "publication",
    }
}

pub(super) fn actor() -> Vec<Column<Actor>> {
    let mut columns = vec![
        maybe("id", |actor: &Actor| actor.id.as_deref()),
        maybe("name", |actor: &Actor| actor.name.as_deref()),
        maybe("country", |actor: &Actor| actor.country.as_deref()),
        words("sectors", |actor: &Actor| &actor.sectors),
        words("codes", |actor: &Actor| &actor.codes),
        text("text", |actor: &Actor| &actor.text),
        text("head", |actor: &Actor| &actor.head),
        text("link", |actor: &Actor| actor.link.as_str()),
    ];
    columns.extend(span("span", |actor: &Actor| Some(actor.span)));
    columns
}

pub(super) fn attribution() -> Vec<Column<Attribution>> {
    let mut columns = vec![
        maybe("text", |speaker: &Attribution| speaker.text.as_deref()),
        maybe("id", |speaker: &Attribution| speaker.id.as_deref()),
        maybe("name", |speaker: &Attribution| speaker.name.as_deref()),
        maybe("country", |speaker: &Attribution| speaker.country.as_deref()),
        text("cue", |speaker: &Attribution| &speaker.cue),
        text("stance", |speaker: &Attribution| stance(speaker.stance)),
    ];
    columns.extend(span("span", |speaker: &Attribution| speaker.span));
    columns
}

pub(super) fn place() -> Vec<Column<Place>> {
    let mut columns = vec![
        text("text", |place: &Place| &place.text),
        maybe("name", |place: &Place| place.name.as_deref()),
        maybe("country", |place: &Place| place.country.as_deref()),
        maybe("admin1", |place: &Place| place.admin1.as_deref()),
        number("lat", |place: &Place| place.lat),
        number("lon", |place: &Place| place.lon),
        count("geonameid", |place: &Place| place.geonameid),
        maybe("basis", |place: &Place| Some(place.basis.as_str())),
    ];
    columns.extend(span("span", |place: &Place| Some(place.span)));
    columns
}

/// An actor in one word: its id, or the words where it has none.
pub(super) fn actor_word(actor: &Actor) -> &str {
    actor.id.as_deref().unwrap_or(&actor.text)
}
