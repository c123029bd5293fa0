//! Tables with a line of column names: one actor a row.
//!
//! Columns are called as the fields of the lexicon's sources; those that hold lists part their members by `;` or `|`. `title`
//! and `of` with `office_from` and `office_until` give an office; rows with one id are one actor.

use super::draft::{Dated, Draft, Post, date, slug};
use super::spool::{At, Spool};
use super::{ImportError, ImportOptions};
use crate::read::lines::Opened;
use demarche_lexicon::{ActorKind, Lexicon};
use std::collections::BTreeMap;

const FIELDS: [&str; 20] = [
    "id",
    "kind",
    "name",
    "names",
    "adjectives",
    "people",
    "capital",
    "seats",
    "cities",
    "country",
    "sectors",
    "part_of",
    "members",
    "from",
    "until",
    "title",
    "of",
    "office_from",
    "office_until",
    "remark",
];
const CODES: [&str; 6] = ["iso2", "cow", "gw", "fips", "cameo", "wikidata"];

/// Reads a table.
pub(super) fn read(
    name: &str,
    opened: Opened,
    options: &ImportOptions,
    spool: &mut Spool<'_>,
    watch: &mut dyn FnMut(&mut Spool<'_>),
) -> Result<(), ImportError> {
    let stem = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let delimiter = if stem.ends_with(".tsv") || stem.ends_with(".tab") { b'\t' } else { b',' };
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(opened.stream);
    let mut columns: Option<Vec<String>> = None;
    let mut row = csv::ByteRecord::new();
    let mut drafts: BTreeMap<String, (Draft, u64)> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    loop {
        let line = rows.position().line();
        match rows.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(cause) => {
                spool.refuse(At { place: name, line }, "read::io", format!("cannot be read on: {cause}"));
                break;
            }
        }
        let line = row.position().map_or(line, csv::Position::line);
        let at = At { place: name, line };
        let Some(columns) = &columns else {
            columns = Some(header(&row, options, at, spool));
            continue;
        };
        match cells(&row, columns).and_then(|cells| draft(&cells, spool.lexicon())) {
            Ok(draft) => {
                let id = draft.id.clone().filter(|id| !id.is_empty()).unwrap_or_else(|| slug(&draft.name));
                match drafts.get_mut(&id) {
                    Some((first, _)) if first.name == draft.name => first.offices.extend(draft.offices),
                    Some(_) => {
                        let message = format!("`{id}` is also the id of another row");
                        spool.refuse(at, "import::bad-row", message);
                    }
                    None => {
                        order.push(id.clone());
                        drafts.insert(id, (draft, line));
                    }
                }
            }
            Err(message) => spool.refuse(at, "import::bad-row", message),
        }
        watch(spool);
    }
    for id in order {
        if let Some((draft, line)) = drafts.remove(&id) {
            spool.push(draft, At { place: name, line })?;
        }
    }
    Ok(())
}

/// What each column means; empty for one that means nothing.
fn header(row: &csv::ByteRecord, options: &ImportOptions, at: At<'_>, spool: &mut Spool<'_>) -> Vec<String> {
    let mut fields = Vec::new();
    for cell in row {
        let text = String::from_utf8_lossy(cell);
        let text = text.trim_start_matches('\u{feff}').trim();
        let renamed = options.columns.iter().find(|(_, name)| name == text).map(|(field, _)| field.as_str());
        let field = renamed.unwrap_or(text).to_lowercase();
        if FIELDS.contains(&field.as_str()) || CODES.contains(&field.as_str()) {
            fields.push(field);
        } else {
            let message = format!("the column `{}` means nothing here", demarche_lexicon::shown(text));
            spool.notes.push(at.warning("import::unknown-column", message));
            fields.push(String::new());
        }
    }
    if !fields.iter().any(|f| f == "name") {
        spool.refuse(at, "import::bad-row", "no column is called `name`".to_owned());
    }
    fields
}

fn cells<'r>(row: &'r csv::ByteRecord, columns: &'r [String]) -> Result<BTreeMap<&'r str, &'r str>, String> {
    if row.len() != columns.len() {
        return Err(format!("{} cells where the head has {} columns", row.len(), columns.len()));
    }
    let mut cells = BTreeMap::new();
    for (column, cell) in columns.iter().zip(row) {
        let text =
            std::str::from_utf8(cell).map_err(|_| format!("the cell under `{column}` is not UTF-8"))?;
        if !column.is_empty() && !text.trim().is_empty() {
            cells.insert(column.as_str(), text.trim());
        }
    }
    Ok(cells)
}

fn draft(cells: &BTreeMap<&str, &str>, lexicon: &Lexicon) -> Result<Draft, String> {
    let cell = |key: &str| cells.get(key).map(|text| (*text).to_owned());
    let list = |key: &str| -> Vec<String> {
        let text = cells.get(key).copied().unwrap_or_default();
        text.split([';', '|']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
    };
    let day = |key: &str| match cells.get(key) {
        None => Ok(None),
        Some(text) => date(text).map(Some).ok_or_else(|| format!("`{text}` under `{key}` is no date")),
    };
    let dated = |key: &str| list(key).iter().map(|t| Dated::from(t.as_str())).collect();
    let known = cells.get("id").and_then(|id| lexicon.actor_by_id(id)).map(|i| &lexicon.actors[i as usize]);
    let named = |kind: ActorKind| {
        ActorKind::NAMES.iter().find(|(_, k)| *k == kind).map(|(name, _)| (*name).to_owned())
    };
    let kind = cell("kind").or_else(|| known.and_then(|a| named(a.kind))).ok_or("no `kind`")?;
    if !ActorKind::NAMES.iter().any(|(name, _)| *name == kind) {
        let all: Vec<&str> = ActorKind::NAMES.iter().map(|(name, _)| *name).collect();
        return Err(format!("`{}` is no kind; one of {}", demarche_lexicon::shown(&kind), all.join(" ")));
    }
    let sectors = list("sectors");
    if let Some(odd) = sectors.iter().find(|s| !lexicon.ontology.sectors.contains_key(*s)) {
        return Err(format!("`{}` is no PLOVER sector", demarche_lexicon::shown(odd)));
    }
    let mut offices = Vec::new();
    if let (Some(title), Some(of)) = (cell("title"), cell("of")) {
        offices.push(Post { title, of, from: day("office_from")?, until: day("office_until")? });
    }
    Ok(Draft {
        id: cell("id"),
        kind,
        name: cell("name").or_else(|| known.map(|a| a.name.clone())).ok_or("no `name`")?,
        names: dated("names"),
        adjectives: list("adjectives"),
        people: list("people"),
        capital: cell("capital"),
        seats: list("seats"),
        cities: list("cities"),
        country: cell("country"),
        sectors,
        part_of: dated("part_of"),
        members: dated("members"),
        codes: CODES.iter().filter_map(|c| Some(((*c).to_owned(), cell(c)?))).collect(),
        offices,
        from: day("from")?,
        until: day("until")?,
        remarks: cell("remark").into_iter().collect(),
        ..Draft::default()
    })
}
