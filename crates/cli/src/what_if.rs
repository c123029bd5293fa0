//! `what-if`: the balance of a network before and after ties change.

use crate::Screen;
use crate::args::WhatIf;
use crate::balance::network::{self, Named};
use crate::balance::{Answer, Files, Frame, json, print, seconds, sign, with_effort};
use crate::failure::{Failure, SOME_FAILED};
use crate::stream::{complain, tame};
use crate::terminal::{FAINT, Paint, STRONG};
use demarche_analysis::balance::{Change, Comparison, SignedNetwork, compare};
use serde::Serialize;
use std::fmt::Write as _;
use std::time::Instant;

/// Actors and triangles that people are shown.
const SHOWN: usize = 15;

/// Runs the command; the exit status.
pub fn run(arguments: &WhatIf, screen: Screen) -> Result<u8, Failure> {
    let files = Files::named(&arguments.output)?;
    let wishes: Vec<Wish> = arguments.ties.iter().map(|tie| Wish::read(tie)).collect::<Result<_, _>>()?;
    let named = match network::read(&arguments.network)? {
        Ok(named) => named,
        Err(faults) => {
            complain(&network::worded(&arguments.network.input, &faults));
            return Ok(SOME_FAILED);
        }
    };
    let (named, changes) = with_changes(named, &wishes)?;
    let started = Instant::now();
    let compared = with_effort(arguments.network.limit, |effort| compare(&named.network, &changes, effort));
    let compared = compared.map_err(|error| unusable(&error.to_string()))?;
    let after = Named { network: compared.network.clone(), ..named.clone() };
    let answer = Answer::new(&after, &compared.after, seconds(started));
    let report = Report::new(&named, &wishes, &changes, &compared, &answer);
    files.write(&after, &answer, &json(&report)?)?;
    let text = screen.out.is_terminal && !arguments.network.json;
    let shown = if text { report.text(screen.out.paint) } else { json(&report)? };
    print(&shown, &arguments.output)
}

fn unusable(message: &str) -> Failure {
    Failure::Arguments {
        message: message.to_owned(),
        help: "a tie is SOURCE:TARGET:SIGN, with + for friendly, - for hostile and 0 for none, as in RUS:taliban:+"
            .to_owned(),
    }
}

/// A tie as the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wish {
    source: String,
    target: String,
    friendly: Option<bool>,
}

impl Wish {
    /// Takes `A:B:SIGN` apart; a name may hold colons if the other does not.
    fn read(written: &str) -> Result<Self, Failure> {
        let fail = || unusable(&format!("`{written}` is no tie"));
        let (pair, mark) = written.rsplit_once(':').ok_or_else(fail)?;
        let friendly = match mark.trim() {
            "0" => None,
            mark => Some(sign(mark).ok_or_else(fail)?),
        };
        let (source, target) = pair.split_once(':').ok_or_else(fail)?;
        let (source, target) = (source.trim().to_owned(), target.trim().to_owned());
        if source.is_empty() || target.is_empty() {
            return Err(fail());
        }
        if source == target {
            return Err(unusable(&format!("`{written}` ties an actor to itself")));
        }
        Ok(Wish { source, target, friendly })
    }
}

/// The wishes as changes. A tie that is to be added may bring in new actors, but not two at once: a pair that nobody else
/// is tied to changes nothing, and is more likely a slip of the pen.
fn with_changes(named: Named, wishes: &[Wish]) -> Result<(Named, Vec<Change>), Failure> {
    let mut names = named.names.clone();
    let mut changes: Vec<Change> = Vec::new();
    for wish in wishes {
        let known = [named.actor(&wish.source), named.actor(&wish.target)];
        let unknown = [&wish.source, &wish.target].into_iter().zip(known).find(|(_, known)| known.is_none());
        if let Some((name, _)) = unknown
            && (wish.friendly.is_none() || known == [None, None])
        {
            return Err(Failure::Arguments {
                message: format!("the network has no actor `{name}`{}", near(&named, name)),
                help: "write the actor as the network does".to_owned(),
            });
        }
        let mut number = |name: &str, known: Option<u32>| {
            known.unwrap_or_else(|| {
                let at = names.iter().position(|other| other == name).unwrap_or_else(|| {
                    names.push(name.to_owned());
                    names.len() - 1
                });
                at as u32
            })
        };
        let (a, b) = (number(&wish.source, known[0]), number(&wish.target, known[1]));
        match changes.iter().find(|known| (known.a, known.b) == (a, b) || (known.a, known.b) == (b, a)) {
            Some(known) if known.friendly != wish.friendly => {
                let (source, target) = (&wish.source, &wish.target);
                return Err(unusable(&format!("`{source}` and `{target}` are given two different ties")));
            }
            Some(_) => {}
            None => changes.push(Change { a, b, friendly: wish.friendly }),
        }
    }
    let network = SignedNetwork::new(names.len(), named.network.ties())
        .map_err(|error| unusable(&error.to_string()))?;
    Ok((Named { names, network, ..named }, changes))
}

/// Names that begin alike.
fn near(named: &Named, name: &str) -> String {
    let start: String = name.chars().take(2).collect::<String>().to_lowercase();
    let near: Vec<&str> = named
        .names
        .iter()
        .filter(|known| known.to_lowercase().starts_with(&start))
        .take(5)
        .map(String::as_str)
        .collect();
    if near.is_empty() { String::new() } else { format!("; it has {}", near.join(", ")) }
}

/// One JSON object.
#[derive(Debug, Serialize)]
struct Report {
    changes: Vec<Changed>,
    before: Frame,
    after: Frame,
    /// Actors that change camps.
    moved: Vec<String>,
    /// Triangles that come, go or turn.
    turns: Vec<Turned>,
    /// Actors whose place became harder or easier to keep, hardest first.
    pressure: Vec<Pressed>,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct Changed {
    source: String,
    target: String,
    /// 1, -1, or 0 for none.
    before: i8,
    after: i8,
}

#[derive(Debug, Serialize)]
struct Turned {
    actors: [String; 3],
    /// `balanced`, `unbalanced` or `none`.
    before: &'static str,
    after: &'static str,
}

#[derive(Debug, Serialize)]
struct Pressed {
    actor: String,
    /// What changing sides would have cost.
    before: i64,
    /// What it costs now if nobody else moves; below 0: it would relieve.
    after: i64,
    moves: bool,
}

impl Report {
    fn new(
        named: &Named,
        wishes: &[Wish],
        changes: &[Change],
        compared: &Comparison,
        after: &Answer,
    ) -> Self {
        let before = Answer::new(named, &compared.before, 0.0);
        let name = |actor: u32| named.names[actor as usize].clone();
        let sign = |network: &SignedNetwork, change: &Change| {
            let pair = (change.a.min(change.b), change.a.max(change.b));
            network.ties().iter().find(|tie| (tie.a, tie.b) == pair).map_or(0, |tie| tie.sign())
        };
        let state = |balanced: Option<bool>| match balanced {
            Some(true) => "balanced",
            Some(false) => "unbalanced",
            None => "none",
        };
        let changed = wishes.iter().zip(changes).map(|(wish, change)| Changed {
            source: wish.source.clone(),
            target: wish.target.clone(),
            before: sign(&named.network, change),
            after: sign(&compared.network, change),
        });
        let turns = compared.turns.iter().map(|turn| Turned {
            actors: turn.actors.map(name),
            before: state(turn.before),
            after: state(turn.after),
        });
        let pressure = compared.pressures.iter().map(|pressure| Pressed {
            actor: name(pressure.actor),
            before: pressure.before,
            after: pressure.after,
            moves: pressure.moves,
        });
        Report {
            changes: changed.collect(),
            before: Frame::from(&before),
            after: Frame::from(after),
            moved: compared.pressures.iter().filter(|p| p.moves).map(|p| name(p.actor)).collect(),
            turns: turns.collect(),
            pressure: pressure.collect(),
            seconds: after.seconds,
        }
    }

    fn text(&self, paint: Paint) -> String {
        let mut text = String::new();
        let sign = |sign: i8| ["hostile", "none", "friendly"][(sign + 1) as usize];
        for change in &self.changes {
            let pair = format!("{} - {}", change.source, change.target);
            let _ = writeln!(text, "{}: {} -> {}", tame(&pair), sign(change.before), sign(change.after));
        }
        let least = |frame: &Frame| match frame.optimal {
            true => frame.frustration.to_string(),
            false => format!("{} to {}", frame.bound, frame.frustration),
        };
        let line = format!("frustration {} -> {}", least(&self.before), least(&self.after));
        let _ = writeln!(text, "{}", paint.text(STRONG, line));
        let (before, after) = (&self.before, &self.after);
        let _ = writeln!(
            text,
            "balanced triangles {} of {} -> {} of {}",
            before.balanced_triangles, before.triangles, after.balanced_triangles, after.triangles
        );
        let moved = if self.moved.is_empty() { "nobody".to_owned() } else { tame(&self.moved.join(" ")) };
        let _ = writeln!(text, "changes camps: {moved}");
        if !self.pressure.is_empty() {
            let _ = writeln!(text, "\n{}", paint.text(STRONG, "cost of changing sides, if nobody else did"));
        }
        for pressed in self.pressure.iter().take(SHOWN) {
            let note = match (pressed.moves, pressed.after) {
                (true, _) => "moves",
                (false, ..=0) => "under pressure",
                _ => "",
            };
            let _ = writeln!(
                text,
                "  {:<24} {:>4} -> {:<4} {}",
                tame(&pressed.actor),
                pressed.before,
                pressed.after,
                paint.text(FAINT, note)
            );
        }
        if !self.turns.is_empty() {
            let _ = writeln!(text, "\n{}", paint.text(STRONG, "triangles that turn"));
        }
        for turn in self.turns.iter().take(SHOWN) {
            let _ =
                writeln!(text, "  {:<36} {} -> {}", tame(&turn.actors.join(", ")), turn.before, turn.after);
        }
        if self.turns.len() > SHOWN {
            let _ = writeln!(text, "  and {} more; --json shows all", self.turns.len() - SHOWN);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_taken_apart() {
        let wish = |written| Wish::read(written).ok().map(|wish| (wish.source, wish.target, wish.friendly));
        let expected = |friendly| Some(("RUS".to_owned(), "taliban".to_owned(), friendly));
        assert_eq!(wish("RUS:taliban:+"), expected(Some(true)));
        assert_eq!(wish("RUS:taliban:-1"), expected(Some(false)));
        assert_eq!(wish("RUS:taliban:0"), expected(None));
        for bad in ["", "RUS", "RUS:taliban", "RUS:taliban:?", ":taliban:+", "RUS:RUS:+"] {
            assert_eq!(wish(bad), None, "{bad}");
        }
    }
}
