//! Events and ties, as `code` and `relations` write them, summed up for each pair of actors.

use super::network::{Edge, Fault, Named, Register, assemble, is_json};
use super::table;
use crate::args::Network as Source;
use demarche_analysis::balance::Tie;
use demarche_record::{Date, EventType, TieType};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Values may be this large: scales of events have two digits, and sums of them must stay numbers.
const LARGEST: f64 = 1e6;

/// What the records of a pair sum to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    /// Goldstein values of events; 1 and -1 for ties.
    pub sum: f64,
    /// How many records.
    pub records: u32,
}

/// The fields of a record that count here. Others are passed over.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    #[serde(rename = "type")]
    pub kind: String,
    pub source: Actors,
    pub target: Actors,
    pub goldstein: Option<f64>,
    pub polarity: Option<String>,
    pub modality: Option<String>,
    pub status: Option<String>,
    pub when: Option<When>,
}

/// One actor, as in ties, or several, as in events.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Actors {
    Many(Vec<Actor>),
    One(Actor),
}

#[derive(Debug, Deserialize)]
pub(super) struct Actor {
    pub id: Option<String>,
    pub country: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct When {
    pub start: Option<Date>,
    pub end: Option<Date>,
}

/// An event between two actors, or of an actor with nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Number of the record, from 0: events of several actors are several happenings of one record.
    pub record: usize,
    /// Who did it.
    pub source: Option<String>,
    /// To whom.
    pub target: Option<String>,
    /// First and last day, if known.
    pub when: Option<(Date, Date)>,
    /// Its weight: the Goldstein value of an event, 1 or -1 for a tie.
    pub score: f64,
}

/// What the lines of a file of records hold.
#[derive(Debug, Default)]
pub struct Happenings {
    /// Those that are said to have happened or to hold, one for each pair of a source and a target.
    pub all: Vec<Happening>,
    /// Records that say nothing of the kind: denied, planned, over, of neutral type, without a value.
    pub passed_over: u64,
    records: usize,
}

/// Reads records from JSON Lines, or from a table of events with the columns source, target, date and goldstein, as they
/// are or as `code -o events.csv` names them. With `states`, actors are the states that they belong to.
pub fn happenings(input: &str, text: &str, states: bool) -> Result<Happenings, Vec<Fault>> {
    let (mut found, mut faults) = (Happenings::default(), Vec::new());
    let mut take = |line: u64, row: Result<Row, String>| {
        if let Err(message) = row.and_then(|row| take(&row, states, &mut found)) {
            faults.push(Fault::at(line, message));
        }
    };
    if is_json(input, text) {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row = serde_json::from_str::<Row>(line).map_err(|error| {
                // serde_json counts lines of the one line it was given; the column says enough.
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                format!("no event and no tie: {message} (column {})", error.column())
            });
            take(at as u64 + 1, row);
        }
    } else {
        table::rows(text, &mut take)?;
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn take(row: &Row, states: bool, found: &mut Happenings) -> Result<(), String> {
    let is = |field: &Option<String>, wanted: &str| {
        field.as_deref().is_none_or(|value| value.is_empty() || value == wanted)
    };
    let real = is(&row.polarity, "positive") && is(&row.modality, "actual");
    let score = match row.kind.as_str() {
        // Tables need not tell the type.
        "" => row.goldstein,
        kind if kind.parse::<EventType>().is_ok() => row.goldstein,
        kind => match kind.parse::<TieType>() {
            Ok(kind) => tie_score(kind).filter(|_| is(&row.status, "current")),
            Err(_) => return Err(format!("`{kind}` is no type of events or ties")),
        },
    };
    let when = row.when.as_ref().and_then(|when| {
        let (start, end) = (when.start.or(when.end)?, when.end.or(when.start)?);
        Some((start, end))
    });
    if let Some((start, end)) = when
        && end < start
    {
        return Err(format!("it ends on {end}, before it begins on {start}"));
    }
    if score.is_some_and(|score| score.abs() > LARGEST) {
        return Err(format!(
            "the value is {}; at most {LARGEST} in size is expected",
            score.unwrap_or_default()
        ));
    }
    let record = found.records;
    found.records += 1;
    let Some(score) = score.filter(|score| real && score.is_finite()) else {
        found.passed_over += 1;
        return Ok(());
    };
    let id = |actor: &Actor| if states { actor.country.clone() } else { actor.id.clone() };
    let names = |actors: &Actors| -> Vec<Option<String>> {
        let names: Vec<_> = match actors {
            Actors::Many(actors) => actors.iter().map(id).collect(),
            Actors::One(actor) => vec![id(actor)],
        };
        if names.is_empty() { vec![None] } else { names }
    };
    for source in names(&row.source) {
        for target in names(&row.target) {
            found.all.push(Happening { record, source: source.clone(), target, when, score });
        }
    }
    Ok(())
}

/// Friend or foe; none for ties that tell neither.
fn tie_score(kind: TieType) -> Option<f64> {
    use TieType::*;
    match kind {
        Recognises | HasRelationsWith | AlliedWith | Favours => Some(1.0),
        Fighting | Opposes | Designates => Some(-1.0),
        MemberOf | InChargeOf | LocatedIn | SameAs | CommunicatedWith => None,
    }
}

/// The network of pairs whose records within the window pass a threshold.
pub fn network(text: &str, source: &Source) -> Result<Named, Vec<Fault>> {
    let found = happenings(&source.input, text, source.countries)?;
    let mut register = Register::default();
    let mut pairs: BTreeMap<(u32, u32), Tally> = BTreeMap::new();
    for happening in &found.all {
        let (Some(a), Some(b)) = (&happening.source, &happening.target) else {
            continue;
        };
        if a == b || !within(happening, source.from, source.until) {
            continue;
        }
        let (a, b) = (register.number(a), register.number(b));
        let tally = pairs.entry((a.min(b), a.max(b))).or_default();
        tally.sum += happening.score;
        tally.records += 1;
    }
    // Actors without a tie that passes take no part.
    let (mut kept, mut edges, mut tallies) = (Register::default(), Vec::new(), BTreeMap::new());
    let mut number = |actor: u32| kept.number(&register.names[actor as usize]);
    for (&(a, b), &tally) in &pairs {
        let friendly = tally.sum >= source.friendly_at;
        if friendly || tally.sum <= source.hostile_at {
            let (a, b) = (number(a), number(b));
            edges.push(Edge { tie: Tie { a, b, friendly, weight: 1 }, line: 0 });
            tallies.insert((a.min(b), a.max(b)), tally);
        }
    }
    if edges.is_empty() {
        let message = format!(
            "no pair of actors passes a threshold: {} records count, {} were passed over, {} pairs lie within the window; \
             lower --friendly-at and raise --hostile-at, or widen --from and --until",
            found.all.len(),
            found.passed_over,
            pairs.len()
        );
        return Err(vec![Fault { line: None, message }]);
    }
    let (names, network) = assemble(kept.names, &edges).map_err(|fault| vec![fault])?;
    Ok(Named { names, network, tallies })
}

/// Whether a record's days touch the window; one without days does only where there is no window.
fn within(happening: &Happening, from: Option<Date>, until: Option<Date>) -> bool {
    match happening.when {
        None => from.is_none() && until.is_none(),
        Some((start, end)) => from.is_none_or(|from| end >= from) && until.is_none_or(|until| start <= until),
    }
}
