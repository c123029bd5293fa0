//! The one schema of the tables: which columns a record has in CSV, TSV, Parquet and Arrow, and what stands in them.
//!
//! Every table has the scalar columns; of `source` and `target` they show the first actor (`source_id`,
//! `source_name` …), of `where` the first place. The full lists are in columns of lists of structures named as on the
//! wire (`source`, `target`, `attribution`, `where`) in Parquet and Arrow, and in columns joined with `|`
//! (`sources`, `targets`, `attribution_text` …) in CSV and TSV. A tie has one actor on each side and so no lists of
//! them. Columns never move: each is there in every file, filled or not.

use crate::write::parts::{
    actor, actor_word, attribution, basis, place, polarity, precision, stance, tie_status,
};
use demarche_record::{Attribution, CharSpan, Date, Event, MentionRecord, Tie, Version, When};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Count,
    Number,
    Day,
    Words,
}

/// What stands in one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'r> {
    Empty,
    Text(&'r str),
    Count(u32),
    Number(f64),
    Day(Date),
    Words(&'r [String]),
}

type Get<R> = Box<dyn for<'r> Fn(&'r R) -> Cell<'r> + Send + Sync>;

/// A column of one value a record.
pub(super) struct Column<R> {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) get: Get<R>,
}

/// What [`Many`] gives the cells of each structure to.
type EachRow<'s> = &'s mut dyn for<'c> FnMut(&[Cell<'c>]);

type EachStructure<R> = Box<dyn for<'r> Fn(&'r R, EachRow<'_>) + Send + Sync>;
type EachWord<R> = Box<dyn for<'r> Fn(&'r R, &mut dyn FnMut(&str)) + Send + Sync>;

/// A list of structures in each record.
pub(super) struct Many<R> {
    pub(super) name: &'static str,
    /// Names and kinds of the structures' fields.
    pub(super) fields: Vec<(String, Kind)>,
    /// Gives the cells of each structure of a record, in order.
    pub(super) each: EachStructure<R>,
}

/// A column in which a list is joined.
pub(super) struct Joined<R> {
    pub(super) name: String,
    /// Gives each element of a record's list, in order.
    pub(super) each: EachWord<R>,
}

/// All columns of a kind of record.
pub(super) struct Schema<R> {
    /// In every table.
    pub(super) columns: Vec<Column<R>>,
    /// In Parquet and Arrow.
    pub(super) many: Vec<Many<R>>,
    /// In CSV and TSV.
    pub(super) joined: Vec<Joined<R>>,
}

fn column<R>(
    name: &str,
    kind: Kind,
    get: impl for<'r> Fn(&'r R) -> Cell<'r> + Send + Sync + 'static,
) -> Column<R> {
    Column { name: name.to_owned(), kind, get: Box::new(get) }
}

pub(super) fn text<R>(
    name: &str,
    get: impl for<'r> Fn(&'r R) -> &'r str + Send + Sync + 'static,
) -> Column<R> {
    column(name, Kind::Text, move |record| Cell::Text(get(record)))
}

pub(super) fn maybe<R>(
    name: &str,
    get: impl for<'r> Fn(&'r R) -> Option<&'r str> + Send + Sync + 'static,
) -> Column<R> {
    column(name, Kind::Text, move |record| get(record).map_or(Cell::Empty, Cell::Text))
}

pub(super) fn count<R>(name: &str, get: impl Fn(&R) -> Option<u32> + Send + Sync + 'static) -> Column<R> {
    column(name, Kind::Count, move |record| get(record).map_or(Cell::Empty, Cell::Count))
}

pub(super) fn number<R>(name: &str, get: impl Fn(&R) -> Option<f64> + Send + Sync + 'static) -> Column<R> {
    column(name, Kind::Number, move |record| get(record).map_or(Cell::Empty, Cell::Number))
}

pub(super) fn words<R>(
    name: &str,
    get: impl for<'r> Fn(&'r R) -> &'r [String] + Send + Sync + 'static,
) -> Column<R> {
    column(name, Kind::Words, move |record| Cell::Words(get(record)))
}

pub(super) fn span<R: 'static>(
    prefix: &str,
    get: impl Fn(&R) -> Option<CharSpan> + Send + Sync + Copy + 'static,
) -> [Column<R>; 2] {
    [
        count(&format!("{prefix}_start"), move |record| get(record).map(|span| span.start)),
        count(&format!("{prefix}_end"), move |record| get(record).map(|span| span.end)),
    ]
}

/// The columns of the first element of a list, named `prefix_…`.
pub(super) fn first<R: 'static, T: 'static>(
    prefix: &str,
    list: impl for<'r> Fn(&'r R) -> &'r [T] + Send + Sync + Copy + 'static,
    columns: Vec<Column<T>>,
) -> impl Iterator<Item = Column<R>> {
    columns.into_iter().map(move |inner| Column {
        name: format!("{prefix}_{}", inner.name),
        kind: inner.kind,
        get: Box::new(move |record| list(record).first().map_or(Cell::Empty, |element| (inner.get)(element))),
    })
}

pub(super) fn many<R: 'static, T: 'static>(
    name: &'static str,
    list: impl for<'r> Fn(&'r R) -> &'r [T] + Send + Sync + 'static,
    columns: Vec<Column<T>>,
) -> Many<R> {
    Many {
        name,
        fields: columns.iter().map(|column| (column.name.clone(), column.kind)).collect(),
        each: Box::new(move |record, row| {
            for element in list(record) {
                let cells: Vec<Cell<'_>> = columns.iter().map(|column| (column.get)(element)).collect();
                row(&cells);
            }
        }),
    }
}

pub(super) fn joined<R: 'static, T: 'static>(
    name: &str,
    list: impl for<'r> Fn(&'r R) -> &'r [T] + Send + Sync + 'static,
    get: impl for<'r> Fn(&'r T) -> &'r str + Send + Sync + 'static,
) -> Joined<R> {
    Joined {
        name: name.to_owned(),
        each: Box::new(move |record, element| list(record).iter().for_each(|inner| element(get(inner)))),
    }
}

fn joined_attribution<R: 'static>(
    list: impl for<'r> Fn(&'r R) -> &'r [Attribution] + Send + Sync + Copy + 'static,
) -> [Joined<R>; 6] {
    [
        joined("attribution_text", list, |speaker: &Attribution| speaker.text.as_deref().unwrap_or_default()),
        joined("attribution_id", list, |speaker: &Attribution| speaker.id.as_deref().unwrap_or_default()),
        joined("attribution_name", list, |speaker: &Attribution| speaker.name.as_deref().unwrap_or_default()),
        joined("attribution_country", list, |speaker: &Attribution| {
            speaker.country.as_deref().unwrap_or_default()
        }),
        joined("attribution_cue", list, |speaker: &Attribution| speaker.cue.as_str()),
        joined("attribution_stance", list, |speaker: &Attribution| stance(speaker.stance)),
    ]
}

pub(super) fn when<R: 'static>(
    get: impl for<'r> Fn(&'r R) -> Option<&'r When> + Send + Sync + Copy + 'static,
) -> Vec<Column<R>> {
    let mut columns = vec![
        column("when_start", Kind::Day, move |record| {
            get(record).and_then(|when| when.start).map_or(Cell::Empty, Cell::Day)
        }),
        column("when_end", Kind::Day, move |record| {
            get(record).and_then(|when| when.end).map_or(Cell::Empty, Cell::Day)
        }),
        maybe("when_precision", move |record| get(record).map(|when| precision(when.precision))),
        maybe("when_basis", move |record| get(record).map(|when| basis(when.basis))),
        maybe("when_note", move |record| get(record).and_then(|when| when.note.as_deref())),
        maybe("when_text", move |record| get(record).and_then(|when| when.text.as_deref())),
    ];
    columns.extend(span("when_span", move |record: &R| get(record).and_then(|when| when.span)));
    columns
}

pub(super) fn version<R: 'static>(
    get: impl for<'r> Fn(&'r R) -> &'r Version + Send + Sync + Copy + 'static,
) -> [Column<R>; 3] {
    [
        text("version_coder", move |record| &get(record).coder),
        text("version_lexicon", move |record| &get(record).lexicon),
        text("version_model", move |record| &get(record).model),
    ]
}

/// The columns of events.
pub(super) fn events() -> Schema<Event> {
    let mut columns = vec![
        text("id", |event: &Event| &event.id),
        text("doc", |event: &Event| &event.doc),
        count("sentence", |event: &Event| Some(event.sentence)),
    ];
    columns.extend(span("span", |event: &Event| Some(event.span)));
    columns.extend([
        text("text", |event: &Event| &event.text),
        text("type", |event: &Event| event.kind.as_str()),
        maybe("mode", |event: &Event| event.mode.as_deref()),
        words("contexts", |event: &Event| &event.contexts),
        text("quad", |event: &Event| event.quad.as_str()),
        text("cameo", |event: &Event| &event.cameo),
        number("goldstein", |event: &Event| event.goldstein),
    ]);
    columns.extend(first("source", |event: &Event| event.source.as_slice(), actor()));
    columns.extend(first("target", |event: &Event| event.target.as_slice(), actor()));
    columns.push(text("trigger_text", |event: &Event| &event.trigger.text));
    columns.extend(span("trigger_span", |event: &Event| Some(event.trigger.span)));
    columns.extend([
        text("polarity", |event: &Event| polarity(event.polarity)),
        text("modality", |event: &Event| event.modality.as_str()),
        text("status", |event: &Event| &event.status),
    ]);
    columns.extend(when(|event: &Event| event.when.as_ref()));
    columns.extend(first("where", |event: &Event| event.place.as_slice(), place()));
    columns.extend([
        text("zone", |event: &Event| event.zone.as_str()),
        maybe("instrument", |event: &Event| event.instrument.as_deref()),
        count("killed", |event: &Event| event.casualties.killed),
        count("wounded", |event: &Event| event.casualties.wounded),
        number("confidence", |event: &Event| Some(event.confidence)),
        text("rule", |event: &Event| &event.rule),
    ]);
    columns.extend(version(|event: &Event| &event.version));
    let many = vec![
        many("source", |event: &Event| event.source.as_slice(), actor()),
        many("target", |event: &Event| event.target.as_slice(), actor()),
        many("attribution", |event: &Event| event.attribution.as_slice(), attribution()),
        many("where", |event: &Event| event.place.as_slice(), place()),
    ];
    let mut joins = vec![
        joined("sources", |event: &Event| event.source.as_slice(), actor_word),
        joined("targets", |event: &Event| event.target.as_slice(), actor_word),
    ];
    joins.extend(joined_attribution(|event: &Event| event.attribution.as_slice()));
    Schema { columns, many, joined: joins }
}

/// The columns of ties.
pub(super) fn ties() -> Schema<Tie> {
    let mut columns = vec![
        text("id", |tie: &Tie| &tie.id),
        text("doc", |tie: &Tie| &tie.doc),
        count("sentence", |tie: &Tie| Some(tie.sentence)),
    ];
    columns.extend(span("span", |tie: &Tie| Some(tie.span)));
    columns.extend([text("text", |tie: &Tie| &tie.text), text("type", |tie: &Tie| tie.kind.as_str())]);
    columns.extend(first("source", |tie: &Tie| std::slice::from_ref(&tie.source), actor()));
    columns.extend(first("target", |tie: &Tie| std::slice::from_ref(&tie.target), actor()));
    columns.push(text("trigger_text", |tie: &Tie| &tie.trigger.text));
    columns.extend(span("trigger_span", |tie: &Tie| Some(tie.trigger.span)));
    columns.extend([
        text("status", |tie: &Tie| tie_status(tie.status)),
        text("implied", |tie: &Tie| if tie.implied { "true" } else { "false" }),
        maybe("as", |tie: &Tie| tie.label.as_deref()),
        text("polarity", |tie: &Tie| polarity(tie.polarity)),
        text("modality", |tie: &Tie| tie.modality.as_str()),
    ]);
    columns.extend(when(|tie: &Tie| tie.when.as_ref()));
    columns.extend([
        text("zone", |tie: &Tie| tie.zone.as_str()),
        number("confidence", |tie: &Tie| Some(tie.confidence)),
        text("rule", |tie: &Tie| &tie.rule),
    ]);
    columns.extend(version(|tie: &Tie| &tie.version));
    let many = vec![many("attribution", |tie: &Tie| tie.attribution.as_slice(), attribution())];
    let joined = joined_attribution(|tie: &Tie| tie.attribution.as_slice()).into_iter().collect();
    Schema { columns, many, joined }
}

/// The columns of mentions.
pub(super) fn mentions() -> Schema<MentionRecord> {
    let mut columns = vec![
        text("doc", |mention: &MentionRecord| &mention.doc),
        count("sentence", |mention: &MentionRecord| Some(mention.sentence)),
    ];
    columns.extend(span("span", |mention: &MentionRecord| Some(mention.span)));
    columns.extend([
        text("text", |mention: &MentionRecord| &mention.text),
        text("type", |mention: &MentionRecord| mention.kind),
        maybe("id", |mention: &MentionRecord| mention.id.as_deref()),
        maybe("name", |mention: &MentionRecord| mention.name.as_deref()),
        maybe("country", |mention: &MentionRecord| mention.country.as_deref()),
        words("sectors", |mention: &MentionRecord| &mention.sectors),
        text("link", |mention: &MentionRecord| mention.link.as_str()),
        number("confidence", |mention: &MentionRecord| Some(mention.confidence)),
    ]);
    Schema { columns, many: Vec::new(), joined: Vec::new() }
}
