//! The columns of attacks: first perpetrator, target, victim and weapon beside the lists of all.

use crate::write::columns::{
    Column, Joined, Many, Schema, count, first, joined, many, maybe, span, text, version, when,
};
use crate::write::parts::place;
use demarche_record::{Attack, Count, Evidence, Filler, Perpetrator, PerpetratorKind};

fn kind(kind: PerpetratorKind) -> &'static str {
    match kind {
        PerpetratorKind::Individual => "individual",
        PerpetratorKind::Organisation => "organisation",
    }
}

fn filler() -> Vec<Column<Filler>> {
    let mut columns = vec![
        text("text", |filler: &Filler| &filler.text),
        text("head", |filler: &Filler| &filler.head),
        maybe("id", |filler: &Filler| filler.id.as_deref()),
        maybe("name", |filler: &Filler| filler.name.as_deref()),
    ];
    columns.extend(span("span", |filler: &Filler| Some(filler.span)));
    columns
}

fn perpetrator() -> Vec<Column<Perpetrator>> {
    let mut columns = vec![
        text("kind", |who: &Perpetrator| kind(who.kind)),
        text("text", |who: &Perpetrator| &who.who.text),
        text("head", |who: &Perpetrator| &who.who.head),
        maybe("id", |who: &Perpetrator| who.who.id.as_deref()),
        maybe("name", |who: &Perpetrator| who.who.name.as_deref()),
        text("certainty", |who: &Perpetrator| who.certainty.as_str()),
        maybe("by", |who: &Perpetrator| who.by.as_deref()),
    ];
    columns.extend(span("span", |who: &Perpetrator| Some(who.who.span)));
    columns
}

fn counted() -> Vec<Column<Count>> {
    let mut columns = vec![
        text("kind", |counted: &Count| counted.kind.as_str()),
        count("low", |counted: &Count| counted.low),
        count("high", |counted: &Count| counted.high),
        text("text", |counted: &Count| &counted.text),
        maybe("of", |counted: &Count| counted.of.as_deref()),
        maybe("note", |counted: &Count| counted.note.as_deref()),
    ];
    columns.extend(span("span", |counted: &Count| Some(counted.span)));
    columns
}

fn evidence() -> Vec<Column<Evidence>> {
    let mut columns = vec![
        count("sentence", |evidence: &Evidence| Some(evidence.sentence)),
        text("text", |evidence: &Evidence| &evidence.text),
        text("trigger", |evidence: &Evidence| &evidence.trigger),
    ];
    columns.extend(span("span", |evidence: &Evidence| Some(evidence.span)));
    columns.extend(span("trigger_span", |evidence: &Evidence| Some(evidence.trigger_span)));
    columns
}

/// The columns of attacks.
pub(super) fn attacks() -> Schema<Attack> {
    let mut columns = vec![
        text("id", |attack: &Attack| &attack.id),
        text("doc", |attack: &Attack| &attack.doc),
        text("type", |attack: &Attack| attack.kind),
    ];
    columns.extend(when(|attack: &Attack| attack.when.as_ref()));
    columns.extend(first("where", |attack: &Attack| attack.place.as_slice(), place()));
    columns.extend(first("perpetrator", |attack: &Attack| attack.perpetrators.as_slice(), perpetrator()));
    columns.extend(first("target", |attack: &Attack| attack.targets.as_slice(), filler()));
    columns.extend(first("victim", |attack: &Attack| attack.victims.as_slice(), filler()));
    columns.extend(first("weapon", |attack: &Attack| attack.weapons.as_slice(), filler()));
    columns.extend([
        count("killed", |attack: &Attack| attack.killed),
        count("wounded", |attack: &Attack| attack.wounded),
    ]);
    columns.extend(version(|attack: &Attack| &attack.version));
    let many: Vec<Many<Attack>> = vec![
        many("where", |attack: &Attack| attack.place.as_slice(), place()),
        many("perpetrators", |attack: &Attack| attack.perpetrators.as_slice(), perpetrator()),
        many("targets", |attack: &Attack| attack.targets.as_slice(), filler()),
        many("victims", |attack: &Attack| attack.victims.as_slice(), filler()),
        many("weapons", |attack: &Attack| attack.weapons.as_slice(), filler()),
        many("counts", |attack: &Attack| attack.counts.as_slice(), counted()),
        many("evidence", |attack: &Attack| attack.evidence.as_slice(), evidence()),
    ];
    let joins: Vec<Joined<Attack>> = vec![
        joined("perpetrators", |attack: &Attack| attack.perpetrators.as_slice(), who),
        joined("perpetrators_certainty", |attack: &Attack| attack.perpetrators.as_slice(), certainty),
        joined("targets", |attack: &Attack| attack.targets.as_slice(), filler_text),
        joined("victims", |attack: &Attack| attack.victims.as_slice(), filler_text),
        joined("weapons", |attack: &Attack| attack.weapons.as_slice(), filler_text),
        joined("evidence", |attack: &Attack| attack.evidence.as_slice(), |e: &Evidence| e.text.as_str()),
    ];
    Schema { columns, many, joined: joins }
}

fn who(perpetrator: &Perpetrator) -> &str {
    &perpetrator.who.text
}

fn certainty(perpetrator: &Perpetrator) -> &str {
    perpetrator.certainty.as_str()
}

fn filler_text(filler: &Filler) -> &str {
    &filler.text
}
