//! Files of quadruples, `subject relation object time [ignored]`, as the benchmarks of temporal knowledge graphs have
//! them: whole numbers, parted by tabs or blanks.

use crate::failure::Failure;
use demarche_analysis::forecast::fact::Clock;
use std::path::Path;

/// One line of such a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quadruple {
    /// Who.
    pub subject: u32,
    /// What.
    pub relation: u32,
    /// To whom.
    pub object: u32,
    /// When, in the file's unit.
    pub time: i64,
}

/// Numbers of actors and relations stand for places in tables; larger ones are names that were never numbered.
const LARGEST: u32 = 50_000_000;

/// Reads a file, each quadruple with its line; the first line that is no quadruple is the failure.
pub fn read(path: &Path) -> Result<Vec<(u64, Quadruple)>, Failure> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| Failure::unreadable(&shown, cause))?;
    let text = String::from_utf8(bytes).map_err(|_| bad(&shown, None, "is not UTF-8 text".to_owned()))?;
    parse(&text).map_err(|(line, what)| bad(&shown, line, what))
}

/// Why a file is refused: the number of the line, where one is to blame, and the reason.
type Refusal = (Option<u64>, String);

/// The quadruples of a text, each with its line, from 1; or the first line that is none and what is wrong with it.
pub fn parse(text: &str) -> Result<Vec<(u64, Quadruple)>, Refusal> {
    let mut quadruples = Vec::new();
    for (at, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if !line.trim().is_empty() {
            quadruples.push((at, quadruple(line).map_err(|what| (Some(at), what))?));
        }
    }
    if quadruples.is_empty() { Err((None, "has no facts".to_owned())) } else { Ok(quadruples) }
}

/// Whether a text looks like quadruples: its first line begins with four whole numbers.
pub fn are(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut fields = first.split_whitespace().take(4);
    fields.clone().count() == 4 && fields.all(|field| field.parse::<i64>().is_ok())
}

fn quadruple(line: &str) -> Result<Quadruple, String> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [subject, relation, object, time, ..] = fields[..] else {
        return Err(format!("has {} fields where at least four are expected", fields.len()));
    };
    let number = |name: &str, field: &str| match field.parse::<u32>() {
        Ok(number) if number <= LARGEST => Ok(number),
        _ => Err(format!("the {name} `{field}` is not a whole number from 0 to {LARGEST}")),
    };
    Ok(Quadruple {
        subject: number("subject", subject)?,
        relation: number("relation", relation)?,
        object: number("object", object)?,
        time: time.parse().map_err(|_| format!("the time `{time}` is not a whole number"))?,
    })
}

fn bad(path: &str, line: Option<u64>, what: String) -> Failure {
    let place = line.map_or_else(|| path.to_owned(), |line| format!("{path}, line {line}"));
    Failure::Arguments {
        message: format!("{place}: {what}"),
        help: "every line is `subject relation object time`, whole numbers parted by tabs or blanks"
            .to_owned(),
    }
}

/// What the numbers of quadruples span.
pub struct Extent {
    /// Their times as steps.
    pub clock: Clock,
    /// One more than the largest number of an actor.
    pub actors: u32,
    /// One more than the largest number of a relation.
    pub relations: u32,
}

/// What all quadruples of a run span. Fails where their times make no clock.
pub fn extent<'q>(all: impl Iterator<Item = &'q Quadruple> + Clone) -> Result<Extent, Failure> {
    let clock = Clock::of(all.clone().map(|q| q.time)).map_err(|cause| Failure::Arguments {
        message: format!("the times cannot be used: {cause}"),
        help: "times are numbers of one unit, such as hours or days".to_owned(),
    })?;
    let actors = all.clone().map(|q| q.subject.max(q.object)).max().unwrap_or(0) + 1;
    let relations = all.map(|q| q.relation).max().unwrap_or(0) + 1;
    Ok(Extent { clock, actors, relations })
}

/// Fails where a file begins before another has ended: the parts of a benchmark follow each other in time.
pub fn in_order(
    earlier: (&Path, &[(u64, Quadruple)]),
    later: (&Path, &[(u64, Quadruple)]),
) -> Result<(), Failure> {
    let Some((last_line, last)) = earlier.1.iter().max_by_key(|(_, q)| q.time) else { return Ok(()) };
    let Some((line, q)) = later.1.iter().find(|(_, q)| q.time <= last.time) else { return Ok(()) };
    Err(Failure::Arguments {
        message: format!(
            "{}, line {line}: time goes backwards: {} is not after {}, the last time of {}, line {last_line}",
            later.0.display(),
            q.time,
            last.time,
            earlier.0.display()
        ),
        help: "give the parts in the order of time: --train, then --valid, then --test".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_blanks_part_fields_and_more_fields_are_ignored() {
        let read = Quadruple { subject: 1, relation: 2, object: 3, time: -24 };
        assert_eq!(quadruple("1\t2\t3\t-24\t-1"), Ok(read));
        assert_eq!(quadruple(" 1  2 3 -24"), Ok(read));
        for bad in ["1 2 3", "a 2 3 4", "1 2 3 4.5", "-1 2 3 4", "1 2 99999999999 4", "50000001 0 0 0"] {
            assert!(quadruple(bad).is_err(), "{bad}");
        }
    }
}
