//! Records for people: grouped by document, each with its sentence, in the columns of a terminal.

use crate::layout::{Paragraph, clipped, tamed};
use crate::terminal::{FAINT, GOOD, NAME, PLAIN, STRONG, Terminal, WARNING, quad};
use anstyle::Style;
use demarche::write::RecordKind;
use demarche_coder::Coded;
use demarche_record::{
    Actor, Article, Attribution, CharSpan, Event, MentionRecord, Modality, Polarity, Precision, Stance, Tie,
    TieStatus, When,
};

/// Where the text of a record begins.
const INDENT: usize = 2;
/// Where its sentence begins.
const INNER: usize = 4;
/// Columns of an actor's words, at most.
const ACTOR: usize = 60;

/// What is said of a document above its records.
pub struct Header {
    id: String,
    title: Option<String>,
    line: String,
}

impl Header {
    /// From the document itself.
    pub fn new(article: &Article) -> Self {
        let parts =
            [article.date.map(|date| date.to_string()), article.place.clone(), article.source.clone()];
        let line = parts.into_iter().flatten().map(|part| part + " · ").collect::<String>();
        Self { id: article.id.clone(), title: article.title.clone(), line }
    }
}

/// Draws documents one by one.
pub struct Table {
    kind: RecordKind,
    terminal: Terminal,
    drawn: bool,
}

impl Table {
    /// For records of one kind.
    pub fn new(kind: RecordKind, terminal: Terminal) -> Self {
        Self { kind, terminal, drawn: false }
    }

    /// Draws the records of one document; how many there were. A document without any is not shown.
    pub fn document(&mut self, header: &Header, coded: &Coded, out: &mut String) -> u64 {
        let count = match self.kind {
            RecordKind::Event => coded.events.len(),
            RecordKind::Tie => coded.ties.len(),
            RecordKind::Mention => coded.mentions.len(),
        };
        if count == 0 {
            return 0;
        }
        if std::mem::replace(&mut self.drawn, true) {
            out.push('\n');
        }
        let drawing = Drawing { terminal: self.terminal, sentences: true };
        if let Some(title) = &header.title {
            drawing.line(out, 0, &[(STRONG, title)]);
        }
        drawing.line(out, 0, &[(FAINT, &header.line), (FAINT, &header.id)]);
        match self.kind {
            RecordKind::Event => coded.events.iter().for_each(|event| {
                out.push('\n');
                drawing.event(out, event);
            }),
            RecordKind::Tie => coded.ties.iter().for_each(|tie| {
                out.push('\n');
                drawing.tie(out, tie);
            }),
            RecordKind::Mention => {
                out.push('\n');
                coded.mentions.iter().for_each(|mention| drawing.mention(out, mention));
            }
        }
        count as u64
    }
}

/// How records are drawn.
pub struct Drawing {
    /// Columns and colours.
    pub terminal: Terminal,
    /// Whether each record is followed by its sentence.
    pub sentences: bool,
}

impl Drawing {
    fn paragraph<'o>(&self, out: &'o mut String, indent: usize) -> Paragraph<'o> {
        Paragraph::new(out, self.terminal.paint, indent, self.terminal.width)
    }

    fn line(&self, out: &mut String, indent: usize, parts: &[(Style, &str)]) {
        let mut line = self.paragraph(out, indent);
        for (style, text) in parts {
            line.push(*style, text);
        }
        line.end();
    }

    /// Draws an event.
    pub fn event(&self, out: &mut String, event: &Event) {
        let mut line = self.paragraph(out, INDENT);
        line.push(FAINT, &day(event.when.as_ref())).push(PLAIN, "  ");
        actors(&mut line, &event.source);
        line.push(PLAIN, " → ");
        marks(&mut line, event.polarity, event.modality);
        line.push(quad(event.quad), event.kind.as_str());
        if let Some(mode) = &event.mode {
            line.push(PLAIN, &format!(" ({mode})"));
        }
        if !event.target.is_empty() {
            line.push(PLAIN, " → ");
            actors(&mut line, &event.target);
        }
        for place in &event.place {
            let name = place.name.as_ref().unwrap_or(&place.text);
            line.push(PLAIN, " · ").push(PLAIN, &clipped(name, ACTOR));
        }
        line.push(FAINT, &format!(" · {:.2}", event.confidence));
        line.end();
        self.sentence(out, &event.text, event.span, event.trigger.span, &event.attribution);
        let harmed = [(event.casualties.killed, "killed"), (event.casualties.wounded, "wounded")];
        for (count, what) in harmed {
            if let Some(count) = count {
                self.line(out, INNER, &[(FAINT, what), (FAINT, ": "), (PLAIN, &count.to_string())]);
            }
        }
    }

    /// Draws a tie.
    pub fn tie(&self, out: &mut String, tie: &Tie) {
        let mut line = self.paragraph(out, INDENT);
        actor(&mut line, &tie.source);
        line.push(PLAIN, " → ");
        marks(&mut line, tie.polarity, tie.modality);
        line.push(NAME, tie.kind.as_str());
        line.push(PLAIN, " → ");
        actor(&mut line, &tie.target);
        if let Some(label) = &tie.label {
            line.push(PLAIN, &format!(" as “{}”", clipped(label, ACTOR)));
        }
        let status = match tie.status {
            TieStatus::Current => "",
            TieStatus::Former => "former",
            TieStatus::Planned => "planned",
            TieStatus::Suspended => "suspended",
        };
        if !status.is_empty() {
            line.push(PLAIN, " · ").push(WARNING, status);
        }
        if tie.when.is_some() {
            line.push(FAINT, &format!(" · {}", day(tie.when.as_ref())));
        }
        line.push(FAINT, &format!(" · {:.2}", tie.confidence));
        line.end();
        self.sentence(out, &tie.text, tie.span, tie.trigger.span, &tie.attribution);
    }

    /// Draws a mention on one line.
    fn mention(&self, out: &mut String, mention: &MentionRecord) {
        let mut line = self.paragraph(out, INDENT);
        line.push(NAME, mention.kind).push(PLAIN, "  ").push(STRONG, &clipped(&mention.text, ACTOR));
        if let Some(id) = &mention.id {
            let name = mention.name.as_deref().unwrap_or(id);
            line.push(PLAIN, &format!(" → {}", clipped(name, ACTOR))).push(FAINT, &format!(" {id}"));
        }
        let country = mention.country.iter().filter(|c| Some(*c) != mention.id.as_ref());
        let mut about: Vec<&str> = country.map(String::as_str).collect();
        about.extend(mention.sectors.iter().map(String::as_str));
        if !about.is_empty() {
            line.push(PLAIN, &format!(" ({})", about.join(" ")));
        }
        line.push(FAINT, &format!(" · {} · {:.2}", mention.link.as_str(), mention.confidence));
        line.end();
    }

    /// The sentence with the trigger set off, then who says so.
    fn sentence(
        &self,
        out: &mut String,
        text: &str,
        span: CharSpan,
        trigger: CharSpan,
        attribution: &[Attribution],
    ) {
        if self.sentences {
            let (before, rest) = split(text, trigger.start.saturating_sub(span.start));
            let (inside, after) = split(rest, trigger.end.saturating_sub(trigger.start));
            let mut line = self.paragraph(out, INNER);
            line.push(PLAIN, before);
            if self.terminal.paint.is_on() {
                line.push(GOOD.underline(), inside);
            } else {
                line.push(PLAIN, "[").push(PLAIN, inside).push(PLAIN, "]");
            }
            line.push(PLAIN, after);
            line.end();
        }
        for by in attribution {
            let who = by.text.as_deref().map_or_else(|| by.cue.clone(), |who| clipped(who, ACTOR));
            let stance = match by.stance {
                Stance::Asserts => "asserts",
                Stance::Denies => "denies",
                Stance::Doubts => "doubts",
                Stance::Considers => "considers",
            };
            self.line(out, INNER, &[(FAINT, "says: "), (PLAIN, &who), (FAINT, &format!(" ({stance})"))]);
        }
    }
}

/// Parts a text after so many characters.
fn split(text: &str, characters: u32) -> (&str, &str) {
    let at = text.char_indices().nth(characters as usize).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}

/// The words that make an event less than a fact.
fn marks(line: &mut Paragraph<'_>, polarity: Polarity, modality: Modality) {
    if polarity == Polarity::Negative {
        line.push(WARNING, "not").push(PLAIN, " ");
    }
    let word = match modality {
        Modality::Actual => return,
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Conditional => "conditional",
        Modality::Hypothetical => "hypothetical",
    };
    line.push(WARNING, word).push(PLAIN, " ");
}

fn actors(line: &mut Paragraph<'_>, actors: &[Actor]) {
    if actors.is_empty() {
        line.push(FAINT, "?");
    }
    for (i, one) in actors.iter().enumerate() {
        if i > 0 {
            line.push(PLAIN, ", ");
        }
        actor(line, one);
    }
}

/// A known actor by name, another by the words; with what is known about it.
fn actor(line: &mut Paragraph<'_>, actor: &Actor) {
    let name = actor.name.as_ref().unwrap_or(&actor.text);
    let style = if actor.id.is_some() { STRONG } else { PLAIN };
    line.push(style, &clipped(name, ACTOR));
    let country = actor.country.iter().filter(|c| Some(*c) != actor.id.as_ref());
    let mut about: Vec<&str> = country.map(String::as_str).collect();
    about.extend(actor.sectors.iter().map(String::as_str));
    if !about.is_empty() {
        line.push(FAINT, &format!(" ({})", about.join(" ")));
    }
}

/// A day, month or year as it is known; `?` where it is not.
pub fn day(when: Option<&When>) -> String {
    let Some(when) = when else {
        return "?".to_owned();
    };
    let Some(start) = when.start.or(when.end) else {
        let words = when.text.as_deref().unwrap_or("?");
        return tamed(words).collect();
    };
    match when.precision {
        Precision::Day => match when.end {
            Some(end) if end != start => format!("{start}/{end}"),
            _ => start.to_string(),
        },
        Precision::Month => start.strftime("%Y-%m").to_string(),
        Precision::Year => start.strftime("%Y").to_string(),
        Precision::Decade => format!("{}s", start.strftime("%Y")),
        Precision::Unknown => "?".to_owned(),
    }
}
