//! A page of the codebook into its examples; every fault with file, line, place and what would be right.

use super::{Example, Expected, Page, Side};
use demarche_lexicon::Ontology;
use demarche_record::{EventType, Modality, Note, Polarity, Severity, Span};

/// Fewest sentences of a page.
const FEWEST: usize = 40;
/// Fewest of them that are near misses.
const FEWEST_NEAR: usize = 10;

/// The parts of a page, in their order.
const PARTS: [&str; 4] = ["Definition", "Borders", "Sentences", "Near misses"];

impl Page {
    /// Reads a page; `place` is its name in messages.
    ///
    /// # Errors
    /// All faults of the page, each with its line and bytes.
    pub fn read(place: &str, text: &str, ontology: &Ontology) -> Result<Page, Vec<Note>> {
        let mut reader = Reader { place, ontology, notes: Vec::new() };
        let page = reader.page(text);
        match page {
            Some(page) if reader.notes.is_empty() => Ok(page),
            _ => Err(reader.notes),
        }
    }
}

struct Reader<'r> {
    place: &'r str,
    ontology: &'r Ontology,
    notes: Vec<Note>,
}

/// A piece of the text where it stands.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl<'t> Piece<'t> {
    /// Part of this piece, given as a slice of its own text.
    fn part(self, text: &'t str) -> Self {
        let from = (text.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        Piece { text, at: self.at + from, ..self }
    }

    fn trim(self) -> Self {
        self.part(self.text.trim())
    }

    fn split(self, by: &'static str) -> impl Iterator<Item = Piece<'t>> {
        self.text.split(by).map(move |text| self.part(text).trim())
    }
}

impl Reader<'_> {
    fn fault(&mut self, piece: Piece<'_>, code: &'static str, message: String, hint: &str) {
        self.notes.push(Note {
            place: self.place.to_owned(),
            line: Some(piece.line),
            span: Some(Span::new(piece.at, piece.at + piece.text.len())),
            severity: Severity::Error,
            code,
            message,
            hint: Some(hint.to_owned()),
        });
    }

    fn page(&mut self, text: &str) -> Option<Page> {
        let mut lines = Vec::new();
        let mut at = 0;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            lines.push(Piece { text: line.trim_end(), at, line: n as u64 + 1 });
            at += line.len();
        }
        let first = lines.first().copied().unwrap_or(Piece { text: "", at: 0, line: 1 });
        let Some(kind) = first.text.strip_prefix("# ").and_then(|name| name.parse::<EventType>().ok()) else {
            let message = format!("`{}` does not name an event type", first.text);
            self.fault(first, "codebook::title", message, "the first line is `# ` and a type, as `# AGREE`");
            return None;
        };
        let mut page = Page { kind, examples: Vec::new() };
        let mut part = 0;
        for &line in &lines[1..] {
            if let Some(name) = line.text.strip_prefix("## ") {
                if PARTS.get(part) != Some(&name) {
                    let hint = format!("the parts of a page are {}, in this order", PARTS.join(", "));
                    self.fault(line, "codebook::part", format!("`{name}` is not expected here"), &hint);
                }
                part += 1;
            } else if part >= 3 {
                self.example(line, part == 4, &mut page);
            }
        }
        self.whole(first, part, &page);
        Some(page)
    }

    fn example(&mut self, line: Piece<'_>, near_miss: bool, page: &mut Page) {
        if let Some(sentence) = line.text.strip_prefix("> ") {
            if page.examples.iter().any(|e| e.text == sentence) {
                let hint = "write another sentence, or leave it out";
                self.fault(line, "codebook::twice", "the sentence stands twice".to_owned(), hint);
            }
            page.examples.push(Example {
                line: line.line,
                text: sentence.to_owned(),
                near_miss,
                expected: Vec::new(),
            });
        } else if let Some(record) = line.text.strip_prefix("- ") {
            let expected =
                if record == "nothing" { Ok(None) } else { self.record(line.part(record)).map(Some) };
            match (expected, page.examples.last_mut()) {
                (Ok(expected), Some(example)) => example.expected.extend(expected),
                (Ok(_), None) => {
                    let hint = "write the sentence in a line of its own before it: `> Kenya thanked Japan.`";
                    self.fault(line, "codebook::no-sentence", "a record without a sentence".to_owned(), hint);
                }
                (Err(()), _) => {}
            }
        } else if !line.text.is_empty() {
            let hint = "a sentence opens with `> `, a record with `- `";
            self.fault(line, "codebook::line", format!("`{}` is neither", line.text), hint);
        }
    }

    /// `TYPE[/mode]: sources -> targets[; contexts a, b][; negative][; planned]`
    fn record(&mut self, line: Piece<'_>) -> Result<Expected, ()> {
        let shape = "a record is `TYPE/mode: SOURCE, … -> TARGET, …; contexts a, b; negative; planned`, \
                     or `nothing`; where both do it, `A <-> B`";
        let Some((head, rest)) = line.text.split_once(": ") else {
            return self.refuse(line, "codebook::record", format!("`{}` is no record", line.text), shape);
        };
        let (name, mode) = head.split_once('/').map_or((head, None), |(name, mode)| (name, Some(mode)));
        let kind = match name.parse::<EventType>() {
            Ok(kind) => kind,
            Err(error) => return self.refuse(line.part(name), "codebook::type", error.to_string(), shape),
        };
        if let Some(mode) = mode.filter(|mode| !self.ontology.has_mode(kind, mode)) {
            let modes: Vec<&str> = self
                .ontology
                .types
                .get(&kind)
                .map_or(Vec::new(), |facts| facts.modes.keys().map(String::as_str).collect());
            let hint = if modes.is_empty() {
                format!("{kind} has no modes")
            } else {
                format!("its modes are {}", modes.join(", "))
            };
            let message = format!("`{mode}` is no mode of {kind}");
            return self.refuse(line.part(mode), "codebook::mode", message, &hint);
        }
        let mut pieces = line.part(rest).split(";");
        let parties = pieces.next().unwrap_or(line);
        let (source, target, mutual) = self.parties(parties, shape)?;
        let mut expected = Expected {
            line: line.text.to_owned(),
            kind,
            mode: mode.map(str::to_owned),
            source,
            target,
            mutual,
            contexts: Vec::new(),
            polarity: Polarity::Positive,
            modality: None,
        };
        for piece in pieces {
            self.further(piece, &mut expected)?;
        }
        Ok(expected)
    }

    fn parties(&mut self, piece: Piece<'_>, shape: &str) -> Result<(Side, Side, bool), ()> {
        let by = if piece.text.contains("<->") { "<->" } else { "->" };
        let sides: Vec<Piece<'_>> = piece.split(by).collect();
        let [one, other] = sides[..] else {
            let message = format!("`{}` has no two sides", piece.text);
            return self.refuse(piece, "codebook::sides", message, shape);
        };
        let (one, other) = (self.side(one)?, self.side(other)?);
        if by == "->" {
            return Ok((one, other, false));
        }
        match (one, other) {
            (Side::Of(mut one), Side::Of(other)) if !one.is_empty() && !other.is_empty() => {
                one.extend(other);
                Ok((Side::Of(one.clone()), Side::Of(one), true))
            }
            _ => {
                let message = "both sides of `<->` are named".to_owned();
                self.refuse(piece, "codebook::sides", message, "use `->` where one of them is not known")
            }
        }
    }

    fn side(&mut self, piece: Piece<'_>) -> Result<Side, ()> {
        match piece.text {
            "?" => return Ok(Side::Open),
            "-" => return Ok(Side::Of(Vec::new())),
            _ => {}
        }
        let mut names = Vec::new();
        for name in piece.split(",") {
            let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'');
            if name.text.is_empty() || !name.text.chars().all(sound) {
                let message = format!("`{}` is no name of an actor", name.text);
                let hint = "an actor is an id (`taliban`), a code (`RUSMIL`), a country (`RUS`) or a sector (`REB`); \
                            `?` leaves it open, `-` is nobody";
                return self.refuse(name, "codebook::actor", message, hint);
            }
            names.push(name.text.to_owned());
        }
        Ok(Side::Of(names))
    }

    fn further(&mut self, piece: Piece<'_>, expected: &mut Expected) -> Result<(), ()> {
        if let Some(names) = piece.text.strip_prefix("contexts ") {
            for name in piece.part(names).split(",") {
                if !self.ontology.contexts.iter().any(|c| c == name.text) {
                    let message = format!("`{}` is no context", name.text);
                    let hint = format!("PLOVER's are {}", self.ontology.contexts.join(", "));
                    return self.refuse(name, "codebook::context", message, &hint);
                }
                expected.contexts.push(name.text.to_owned());
            }
            return Ok(());
        }
        match piece.text {
            "negative" => expected.polarity = Polarity::Negative,
            "planned" => expected.modality = Some(Modality::Planned),
            "possible" => expected.modality = Some(Modality::Possible),
            "conditional" => expected.modality = Some(Modality::Conditional),
            "hypothetical" => expected.modality = Some(Modality::Hypothetical),
            other => {
                let hint = "`contexts …`, `negative`, `planned`, `possible`, `conditional`, `hypothetical`";
                return self.refuse(piece, "codebook::word", format!("`{other}` is not known here"), hint);
            }
        }
        Ok(())
    }

    /// What only the whole page shows.
    fn whole(&mut self, title: Piece<'_>, parts: usize, page: &Page) {
        if parts < PARTS.len() {
            let message = format!("the page has {parts} of its {} parts", PARTS.len());
            self.fault(title, "codebook::part", message, &format!("the parts are {}", PARTS.join(", ")));
        }
        let near = page.examples.iter().filter(|e| e.near_miss).count();
        if page.examples.len() < FEWEST || near < FEWEST_NEAR {
            let message = format!("{} sentences, {near} of them near misses", page.examples.len());
            let hint =
                format!("a page has {FEWEST} sentences at least, and {FEWEST_NEAR} of them are near misses");
            self.fault(title, "codebook::few", message, &hint);
        }
        for example in &page.examples {
            let here = Piece { text: &example.text, at: 0, line: example.line };
            let own = |e: &Expected| e.kind == page.kind && e.polarity == Polarity::Positive;
            let has = example.expected.iter().any(own);
            if has == example.near_miss {
                let (what, hint) = if has {
                    ("a near miss that gives the page's own type", "move it to the sentences")
                } else {
                    ("a sentence that gives nothing of the page's type", "move it to the near misses")
                };
                self.fault(here, "codebook::side", what.to_owned(), hint);
            }
        }
    }

    fn refuse<T>(
        &mut self,
        piece: Piece<'_>,
        code: &'static str,
        message: String,
        hint: &str,
    ) -> Result<T, ()> {
        self.fault(piece, code, message, hint);
        Err(())
    }
}
