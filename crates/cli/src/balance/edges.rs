//! A table of ties: source, target, sign and perhaps weight, with or without a line of names.

use super::network::{Edge, Fault, Register};
use demarche_analysis::balance::Tie;

/// Where the columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    source: usize,
    target: usize,
    sign: usize,
    weight: Option<usize>,
}

/// Reads a table: the names of the actors and the ties with their lines. All faults are returned, not the first alone.
pub fn read(text: &str) -> Result<(Vec<String>, Vec<Edge>), Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let (mut register, mut edges, mut faults) = (Register::default(), Vec::new(), Vec::new());
    let mut columns: Option<Columns> = None;
    let mut lines = Lines::new(text);
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map(|position| lines.of(position.byte()));
                faults.push(Fault { line, message: error.to_string() });
                break;
            }
        };
        let line = row.position().map_or(0, |position| lines.of(position.byte()));
        let plain = Columns { source: 0, target: 1, sign: 2, weight: Some(3) };
        let known = match columns {
            Some(known) => known,
            None => match header(&row) {
                Some(found) => {
                    columns = Some(found);
                    continue;
                }
                None => *columns.insert(plain),
            },
        };
        match edge(&row, known, &mut register) {
            Ok(tie) => edges.push(Edge { tie, line }),
            Err(message) => faults.push(Fault::at(line, message)),
        }
    }
    if edges.is_empty() && faults.is_empty() {
        let message = "there is no tie in it; lines `source,target,sign` are expected, with the sign 1 or -1";
        faults.push(Fault { line: None, message: message.to_owned() });
    }
    if faults.is_empty() { Ok((register.names, edges)) } else { Err(faults) }
}

/// Lines by place in a text, asked for in ascending order.
pub struct Lines<'t> {
    bytes: &'t [u8],
    counted: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    /// From the first line on.
    pub fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), counted: 0, line: 1 }
    }

    /// The line of the row that begins at a byte. What ends the row before may still stand there.
    pub fn of(&mut self, byte: u64) -> u64 {
        let mut end = (byte as usize).min(self.bytes.len()).max(self.counted);
        while self.bytes.get(end).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            end += 1;
        }
        self.line += self.bytes[self.counted..end].iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = end;
        self.line
    }
}

/// The character of the first line that parts fields: a tab, a semicolon, or else a comma.
pub fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    match (count(','), count('\t'), count(';')) {
        (0, tabs, semicolons) if tabs > 0 && tabs >= semicolons => b'\t',
        (0, _, semicolons) if semicolons > 0 => b';',
        _ => b',',
    }
}

/// The columns, if a row names them: one must be called `sign`.
fn header(row: &csv::StringRecord) -> Option<Columns> {
    let find = |names: &[&str]| {
        row.iter().position(|field| names.iter().any(|name| field.eq_ignore_ascii_case(name)))
    };
    let sign = find(&["sign"])?;
    let weight = find(&["weight"]);
    let others: Vec<usize> = (0..row.len()).filter(|&at| at != sign && Some(at) != weight).collect();
    let source = find(&["source", "u", "from", "a"]).or_else(|| others.first().copied())?;
    let target = find(&["target", "v", "to", "b"])
        .or_else(|| others.iter().copied().find(|at| *at != source))
        .filter(|at| *at != source)?;
    Some(Columns { source, target, sign, weight })
}

fn edge(row: &csv::StringRecord, columns: Columns, register: &mut Register) -> Result<Tie, String> {
    let field = |at: usize| row.get(at).unwrap_or_default();
    let needed = columns.source.max(columns.target).max(columns.sign) + 1;
    if row.len() < needed {
        let there = row.len();
        return Err(format!(
            "{there} of the {needed} columns that are expected (source, target, sign) are there"
        ));
    }
    let (source, target) = (field(columns.source), field(columns.target));
    if source.is_empty() || target.is_empty() {
        return Err("an actor has no name".to_owned());
    }
    let friendly = sign(field(columns.sign)).ok_or_else(|| {
        let written = field(columns.sign);
        format!("the sign is `{written}`; 1 (friendly) or -1 (hostile) is expected")
    })?;
    let weight = match columns.weight.map(field).unwrap_or_default() {
        "" => 1,
        written => written.parse::<u32>().ok().filter(|weight| (1..=1_000_000).contains(weight)).ok_or_else(
            || format!("the weight is `{written}`; a whole number from 1 to 1000000 is expected"),
        )?,
    };
    if source == target {
        return Err(format!("`{source}` has a tie to itself; remove the line"));
    }
    Ok(Tie { a: register.number(source), b: register.number(target), friendly, weight })
}

/// Whether a sign is friendly; none for what is no sign.
pub fn sign(written: &str) -> Option<bool> {
    match written {
        "1" | "+1" | "+" | "1.0" | "+1.0" => Some(true),
        "-1" | "-" | "-1.0" | "\u{2212}1" | "\u{2212}" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ties(text: &str) -> Vec<(u32, u32, bool, u32, u64)> {
        let (_, edges) = read(text).unwrap();
        edges.iter().map(|e| (e.tie.a, e.tie.b, e.tie.friendly, e.tie.weight, e.line)).collect()
    }

    #[test]
    fn tables_are_read_with_and_without_names_of_columns() {
        let expected = [(0, 1, true, 1, 1), (1, 2, false, 1, 2)];
        assert_eq!(ties("A,B,1\nB,C,-1\n"), expected);
        let below: Vec<_> = expected.iter().map(|&(a, b, f, w, line)| (a, b, f, w, line + 1)).collect();
        assert_eq!(ties("u,v,sign\r\nA,B,+1\r\nB,C,\u{2212}1"), below);
        assert_eq!(ties("sign\tsource\ttarget\n1\tA\tB\n-\tB\tC\n"), below);
        assert_eq!(ties("source;target;sign;weight\nA;B;1;7\n"), [(0, 1, true, 7, 2)]);
        assert_eq!(ties("\"Rhodesia, Southern\",\"a \"\"b\"\"\",1\n")[0], (0, 1, true, 1, 1));
    }

    #[test]
    fn faults_have_lines() {
        let faults = |text: &str| -> Vec<(Option<u64>, String)> {
            read(text).unwrap_err().into_iter().map(|fault| (fault.line, fault.message)).collect()
        };
        let found = faults("A,B,1\nA,C,2\nA,A,1\nA\n,B,1\nA,D,1,x\n");
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5, 6].map(Some));
        assert!(found[0].1.contains("`2`") && found[2].1.contains("1 of the 3 columns"), "{found:?}");
        assert_eq!(faults("")[0].0, None);
        assert_eq!(faults("source,target,sign\n").len(), 1);
        assert_eq!(faults("source,target\nA,B\n")[0].0, Some(1));
    }
}
