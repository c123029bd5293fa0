//! Events as facts: dated, of numbered actors and types, each with the records that it comes from.
//!
//! Files are JSON Lines as `demarche code` writes them, tables with the columns date, source, type and target, or
//! quadruples of whole numbers. Several records of the same day, source, type and target are one fact.

use super::quadruples;
use super::rows;
use crate::balance::network::{Fault, Register, is_json, text_of};
use crate::failure::Failure;
use demarche_analysis::forecast::fact::{Clock, Fact};
use demarche_record::Date;
use std::collections::BTreeMap;
use std::time::Duration;

/// What steps of time are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// Days, from this one on.
    Days(Date),
    /// Steps of a file of numbers.
    Numbers(Clock),
}

impl Calendar {
    /// A step as it is written: a date, or the file's number.
    pub fn label(&self, step: u32) -> String {
        match self {
            Calendar::Days(first) => {
                let day = first.checked_add(Duration::from_secs(86_400 * u64::from(step)));
                day.map_or_else(|_| "9999-12-31".to_owned(), |day| day.to_string())
            }
            Calendar::Numbers(clock) => (clock.origin + clock.unit * i64::from(step)).to_string(),
        }
    }

    /// The step of a written date or number; none if it is none, or lies before the first.
    pub fn step(&self, written: &str) -> Option<u32> {
        match self {
            Calendar::Days(first) => step_of(*first, written.parse().ok()?),
            Calendar::Numbers(clock) => {
                let time = written.parse::<i64>().ok().filter(|time| *time >= clock.origin)?;
                Some(clock.step(time))
            }
        }
    }

    /// Whether something is written as steps are: a date, or a whole number.
    pub fn reads(&self, written: &str) -> bool {
        match self {
            Calendar::Days(_) => written.parse::<Date>().is_ok(),
            Calendar::Numbers(_) => written.parse::<i64>().is_ok(),
        }
    }

    /// What a step is called.
    pub fn unit(&self) -> &'static str {
        match self {
            Calendar::Days(_) => "day",
            Calendar::Numbers(_) => "step",
        }
    }
}

/// Days from the first to another that is not before it.
fn step_of(first: Date, day: Date) -> Option<u32> {
    u32::try_from(first.until(day).ok()?.get_days()).ok()
}

/// Where a fact was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The event's id, or its file and line.
    pub id: String,
    /// The sentence, if it came with one.
    pub text: Option<String>,
}

/// The events of some files.
#[derive(Debug)]
pub struct Events {
    /// Sorted by time, each once.
    pub facts: Vec<Fact>,
    /// Where each was read first.
    pub origins: Vec<Origin>,
    /// Names of actors by number.
    pub actors: Vec<String>,
    /// Names of types by number.
    pub kinds: Vec<String>,
    /// What steps are.
    pub calendar: Calendar,
    /// Records that were read.
    pub records: u64,
    /// Those that say nothing of what happened: denied, planned, possible.
    pub passed_over: u64,
    /// Those without a day, or with more than one.
    pub undated: u64,
    /// Those without two actors that are known.
    pub one_sided: u64,
}

impl Events {
    /// The step after the last fact.
    pub fn end(&self) -> u32 {
        self.facts.last().map_or(0, |fact| fact.step.saturating_add(1))
    }

    /// The number of an actor's name, or of the name in other letters if only one has it.
    pub fn actor(&self, name: &str) -> Option<u32> {
        find(&self.actors, name)
    }

    /// The same of a type.
    pub fn kind(&self, name: &str) -> Option<u32> {
        find(&self.kinds, name)
    }

    /// How many actors and types there are.
    pub fn sizes(&self) -> (u32, u32) {
        (self.actors.len() as u32, self.kinds.len() as u32)
    }
}

fn find(names: &[String], name: &str) -> Option<u32> {
    let exact = names.iter().position(|known| known == name);
    let alike = || {
        let mut alike = (0..names.len()).filter(|&at| names[at].eq_ignore_ascii_case(name));
        alike.next().filter(|_| alike.next().is_none())
    };
    exact.or_else(alike).map(|at| at as u32)
}

/// A record as it is read: what happened on which day, and where that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Who, each with everybody in `targets`.
    pub sources: Vec<String>,
    /// What.
    pub kind: String,
    /// To whom.
    pub targets: Vec<String>,
    /// The day, if it is one day.
    pub day: Option<Date>,
    /// Whether it is said to have happened.
    pub real: bool,
    /// Where it was read.
    pub origin: Origin,
}

/// Faults of one input.
pub type Faults = (String, Vec<Fault>);

/// Reads inputs; with `states`, actors are the states that they belong to. The faults of the first input that has some
/// are returned with its name.
pub fn read(inputs: &[String], states: bool) -> Result<Result<Events, Faults>, Failure> {
    let mut texts = Vec::new();
    for input in inputs {
        match text_of(input)? {
            Ok(text) => texts.push((input.as_str(), text)),
            Err(fault) => return Ok(Err((input.clone(), vec![fault]))),
        }
    }
    if texts.iter().all(|(input, text)| !is_json(input, text) && quadruples::are(text)) {
        return Ok(numbers(&texts));
    }
    let mut gathered = Gathered::default();
    for (input, text) in &texts {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        let mut take = |line: u64, row: Result<Happened, String>| match row {
            Ok(row) => found.push(row),
            Err(message) => faults.push(Fault::at(line, message)),
        };
        if is_json(input, text) {
            rows::json(input, text, states, &mut take);
        } else if let Err(fault) = rows::table(input, text, states, &mut take) {
            faults.push(fault);
        }
        if !faults.is_empty() {
            return Ok(Err(((*input).to_owned(), faults)));
        }
        found.into_iter().for_each(|row| gathered.take(row));
    }
    let name = inputs.join(", ");
    Ok(gathered.finish().map_err(|fault| (name, vec![fault])))
}

/// Files of quadruples, each after the one before it.
fn numbers(texts: &[(&str, String)]) -> Result<Events, Faults> {
    let mut all: Vec<(quadruples::Quadruple, Origin)> = Vec::new();
    for (input, text) in texts {
        let found = quadruples::parse(text)
            .map_err(|(line, message)| ((*input).to_owned(), vec![Fault { line, message }]))?;
        let last = all.iter().map(|(q, _)| q.time).max();
        if let Some((line, q)) = found.iter().find(|(_, q)| last.is_some_and(|last| q.time <= last)) {
            let message = format!(
                "time goes backwards: {} is not after {}, the last time of the file before; give the files in the order \
                 of time",
                q.time,
                last.unwrap_or_default()
            );
            return Err(((*input).to_owned(), vec![Fault::at(*line, message)]));
        }
        let origin = |line: u64| Origin { id: format!("{input}:{line}"), text: None };
        all.extend(found.into_iter().map(|(line, q)| (q, origin(line))));
    }
    let name = || texts.iter().map(|(input, _)| *input).collect::<Vec<_>>().join(", ");
    let clock = Clock::of(all.iter().map(|(q, _)| q.time));
    let clock = clock.map_err(|cause| (name(), vec![Fault { line: None, message: cause.to_string() }]))?;
    let records = all.len() as u64;
    let fact = |q: &quadruples::Quadruple| Fact {
        step: clock.step(q.time),
        subject: q.subject,
        relation: q.relation,
        object: q.object,
    };
    let actors = all.iter().map(|(q, _)| q.subject.max(q.object)).max().unwrap_or(0) + 1;
    let kinds = all.iter().map(|(q, _)| q.relation).max().unwrap_or(0) + 1;
    let mut facts = BTreeMap::new();
    for (q, origin) in all {
        facts.entry(fact(&q)).or_insert(origin);
    }
    let names = |many: u32| (0..many).map(|at| at.to_string()).collect();
    let (facts, origins) = facts.into_iter().unzip();
    let (actors, kinds) = (names(actors), names(kinds));
    Ok(Events {
        facts,
        origins,
        actors,
        kinds,
        calendar: Calendar::Numbers(clock),
        records,
        passed_over: 0,
        undated: 0,
        one_sided: 0,
    })
}

/// Records as they come, before the first day is known.
#[derive(Debug, Default)]
struct Gathered {
    actors: Register,
    kinds: Register,
    facts: BTreeMap<(Date, u32, u32, u32), Origin>,
    records: u64,
    passed_over: u64,
    undated: u64,
    one_sided: u64,
}

impl Gathered {
    fn take(&mut self, row: Happened) {
        self.records += 1;
        if !row.real {
            self.passed_over += 1;
            return;
        }
        let Some(day) = row.day else {
            self.undated += 1;
            return;
        };
        let mut any = false;
        for source in &row.sources {
            for target in row.targets.iter().filter(|target| *target != source) {
                any = true;
                let key = (
                    day,
                    self.actors.number(source),
                    self.kinds.number(&row.kind),
                    self.actors.number(target),
                );
                self.facts.entry(key).or_insert_with(|| row.origin.clone());
            }
        }
        self.one_sided += u64::from(!any);
    }

    fn finish(self) -> Result<Events, Fault> {
        let Some(&(first, ..)) = self.facts.keys().next() else {
            let message = format!(
                "there is no event to count on: of {} records {} are not said to have happened, {} have no single day and {} \
                 no two known actors",
                self.records, self.passed_over, self.undated, self.one_sided
            );
            return Err(Fault { line: None, message });
        };
        let (mut facts, mut origins) = (Vec::new(), Vec::new());
        for ((day, subject, relation, object), origin) in self.facts {
            let Some(step) = step_of(first, day) else { continue };
            facts.push(Fact { step, subject, relation, object });
            origins.push(origin);
        }
        Ok(Events {
            facts,
            origins,
            actors: self.actors.names,
            kinds: self.kinds.names,
            calendar: Calendar::Days(first),
            records: self.records,
            passed_over: self.passed_over,
            undated: self.undated,
            one_sided: self.one_sided,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_days_or_numbers() {
        let days = Calendar::Days("2024-02-27".parse().unwrap());
        assert_eq!((days.step("2024-03-01"), days.label(3).as_str()), (Some(3), "2024-03-01"));
        assert_eq!((days.step("2024-02-26"), days.step("x")), (None, None));
        assert!(days.reads("2024-02-26") && !days.reads("2024-02-30") && !days.reads("72"));
        let numbers = Calendar::Numbers(Clock { origin: 24, unit: 24 });
        assert_eq!((numbers.step("72"), numbers.label(2).as_str(), numbers.step("0")), (Some(2), "72", None));
    }

    #[test]
    fn records_of_one_day_are_one_fact() {
        let row = |day: &str, real| Happened {
            sources: vec!["A".to_owned(), "B".to_owned()],
            kind: "CONSULT".to_owned(),
            targets: vec!["B".to_owned()],
            day: day.parse().ok(),
            real,
            origin: Origin { id: day.to_owned(), text: None },
        };
        let mut gathered = Gathered::default();
        for row in [row("2024-01-02", true), row("2024-01-01", true), row("2024-01-02", true)] {
            gathered.take(row);
        }
        gathered.take(row("2024-01-05", false));
        gathered.take(row("", true));
        let events = gathered.finish().unwrap();
        assert_eq!(events.facts.iter().map(|fact| fact.step).collect::<Vec<_>>(), [0, 1]);
        assert_eq!((events.records, events.passed_over, events.undated), (5, 1, 1));
        assert_eq!((events.actor("a"), events.kind("consult"), events.end()), (Some(0), Some(0), 2));
        assert!(Gathered::default().finish().is_err());
    }
}
