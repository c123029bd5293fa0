//! Files of quadruples, `subject relation object time [ignored]`, as the benchmarks of temporal knowledge graphs have
//! them: whole numbers, parted by tabs or blanks.

use crate::failure::Failure;
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

/// Reads a file; the first line that is no quadruple is the failure.
pub fn read(path: &Path) -> Result<Vec<Quadruple>, Failure> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| Failure::unreadable(&shown, cause))?;
    let text = String::from_utf8(bytes).map_err(|_| bad(&shown, None, "is not UTF-8 text".to_owned()))?;
    let mut quadruples = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        quadruples.push(quadruple(line).map_err(|what| bad(&shown, Some(at + 1), what))?);
    }
    if quadruples.is_empty() {
        return Err(bad(&shown, None, "has no facts".to_owned()));
    }
    Ok(quadruples)
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

fn bad(path: &str, line: Option<usize>, what: String) -> Failure {
    let place = line.map_or_else(|| path.to_owned(), |line| format!("{path}, line {line}"));
    Failure::Arguments {
        message: format!("{place}: {what}"),
        help: "every line is `subject relation object time`, whole numbers parted by tabs or blanks"
            .to_owned(),
    }
}

/// Fails where a file begins before another has ended: the parts of a benchmark follow each other in time.
pub fn in_order(earlier: (&Path, &[Quadruple]), later: (&Path, &[Quadruple])) -> Result<(), Failure> {
    let last = earlier.1.iter().map(|q| q.time).max();
    let back = later.1.iter().enumerate().find(|(_, q)| last.is_some_and(|last| q.time <= last));
    let (Some((at, q)), Some(last)) = (back, last) else { return Ok(()) };
    Err(Failure::Arguments {
        message: format!(
            "{}, fact {}: time goes backwards: {} is not after {last}, the last time of {}",
            later.1.first().map_or_else(String::new, |_| later.0.display().to_string()),
            at + 1,
            q.time,
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
