//! A signed network with names, and where each tie comes from; read from a file, a pipe or records.

use super::records::Tally;
use super::{edges, records, table};
use crate::args::Network as Source;
use crate::failure::Failure;
use demarche_analysis::balance::{NetworkError, SignedNetwork, Tie};
use std::collections::BTreeMap;
use std::io::Read as _;

/// Faults of an input that are named one by one.
const NAMED: usize = 20;

/// Something wrong with a line of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1; none for the input as a whole.
    pub line: Option<u64>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Fault {
    /// A fault of a line.
    pub fn at(line: u64, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }
}

/// A network and the names of its actors.
#[derive(Debug, Clone)]
pub struct Named {
    /// Names by actor.
    pub names: Vec<String>,
    /// The ties.
    pub network: SignedNetwork,
    /// What the records of each pair sum to, where the ties come from records.
    pub tallies: BTreeMap<(u32, u32), Tally>,
}

impl Named {
    /// The actor of a name, or of the name in other letters if only one has it.
    pub fn actor(&self, name: &str) -> Option<u32> {
        let exact = self.names.iter().position(|known| known == name);
        let alike = || {
            let mut alike = (0..self.names.len()).filter(|&at| self.names[at].eq_ignore_ascii_case(name));
            alike.next().filter(|_| alike.next().is_none())
        };
        exact.or_else(alike).map(|at| at as u32)
    }
}

/// Numbers for names, in the order in which they come.
#[derive(Debug, Default)]
pub struct Register {
    numbers: BTreeMap<String, u32>,
    /// The names.
    pub names: Vec<String>,
}

impl Register {
    /// The number of a name, new or known.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

/// A tie and the line that it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The tie.
    pub tie: Tie,
    /// Its line, from 1.
    pub line: u64,
}

/// Makes a network of ties, or says what is wrong by line.
pub fn assemble(names: Vec<String>, edges: &[Edge]) -> Result<(Vec<String>, SignedNetwork), Fault> {
    let ties: Vec<Tie> = edges.iter().map(|edge| edge.tie).collect();
    let name = |actor: u32| names.get(actor as usize).map_or("?", String::as_str);
    match SignedNetwork::new(names.len(), &ties) {
        Ok(network) => Ok((names, network)),
        Err(NetworkError::Contradiction { first, second }) => {
            let (first, second) = (edges[first], edges[second]);
            let what = if first.tie.friendly == second.tie.friendly { "weights" } else { "signs" };
            let message = format!(
                "`{}` and `{}` have other {what} here than on line {}; remove one of the two lines",
                name(second.tie.a),
                name(second.tie.b),
                first.line
            );
            Err(Fault::at(second.line, message))
        }
        Err(NetworkError::Loop { at, actor }) => {
            Err(Fault::at(edges[at].line, format!("`{}` has a tie to itself; remove the line", name(actor))))
        }
        Err(NetworkError::Weightless { at }) => {
            Err(Fault::at(edges[at].line, "the weight is 0; remove the line"))
        }
        Err(error @ NetworkError::Unknown { .. }) => Err(Fault { line: None, message: error.to_string() }),
    }
}

/// Reads a whole input as text. A byte order mark is passed over.
pub fn text_of(input: &str) -> Result<Result<String, Fault>, Failure> {
    let mut bytes = Vec::new();
    if input == "-" {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|cause| Failure::unreadable("standard input", cause))?;
    } else {
        bytes = std::fs::read(input).map_err(|cause| Failure::unreadable(input, cause))?;
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    Ok(match std::str::from_utf8(body) {
        Ok(text) if text.contains('\0') => {
            let at = text.find('\0').unwrap_or(0);
            Err(Fault::at(line_of(body, at), "there is a NUL character; is this a text file?"))
        }
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Fault::at(
            line_of(body, error.valid_up_to()),
            "the bytes are not UTF-8; save the file as UTF-8",
        )),
    })
}

fn line_of(bytes: &[u8], at: usize) -> u64 {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Whether a text is JSON Lines rather than a table.
pub fn is_json(input: &str, text: &str) -> bool {
    let ending = input.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(ending.as_str(), "jsonl" | "ndjson" | "json") || text.trim_start().starts_with('{')
}

/// Reads the network that the arguments name; what is wrong with it is a list of faults.
pub fn read(source: &Source) -> Result<Result<Named, Vec<Fault>>, Failure> {
    check(source)?;
    let text = match text_of(&source.input)? {
        Ok(text) => text,
        Err(fault) => return Ok(Err(vec![fault])),
    };
    let name = if source.input == "-" { "standard input" } else { &source.input };
    let made = if is_json(&source.input, &text) || table::is_events(&text) {
        records::network(&text, source)
    } else if source.from.is_some() || source.until.is_some() || source.countries {
        return Err(Failure::Arguments {
            message: format!("`{name}` is a table of ties, which have no dates or countries"),
            help: "leave --from, --until and --countries away, or give events or ties as JSON Lines"
                .to_owned(),
        });
    } else {
        edges::read(&text).and_then(|(names, edges)| {
            let (names, network) = assemble(names, &edges).map_err(|fault| vec![fault])?;
            Ok(Named { names, network, tallies: BTreeMap::new() })
        })
    };
    Ok(made)
}

fn check(source: &Source) -> Result<(), Failure> {
    let unusable = |message: &str, help: &str| {
        Err(Failure::Arguments { message: message.to_owned(), help: help.to_owned() })
    };
    if source.limit.is_some_and(|limit| !(limit > 0.0 && limit <= 1e9)) {
        return unusable("--limit is no number of seconds", "give a number above 0, as in --limit 10");
    }
    if !source.friendly_at.is_finite()
        || !source.hostile_at.is_finite()
        || source.hostile_at >= source.friendly_at
    {
        return unusable(
            "--hostile-at must be a number below --friendly-at",
            "for instance --friendly-at 5 --hostile-at -5",
        );
    }
    if let (Some(from), Some(until)) = (source.from, source.until)
        && until < from
    {
        return unusable("--until is before --from", "exchange the two");
    }
    Ok(())
}

/// The faults of an input, a line each.
pub fn worded(input: &str, faults: &[Fault]) -> String {
    let input = if input == "-" { "standard input" } else { input };
    let mut text = String::new();
    for fault in faults.iter().take(NAMED) {
        let place = fault.line.map_or_else(|| input.to_owned(), |line| format!("{input}:{line}"));
        text += &crate::stream::tame(&format!("{place}: error: {}", fault.message));
        text.push('\n');
    }
    if faults.len() > NAMED {
        text += &format!("and {} more\n", faults.len() - NAMED);
    }
    text
}
