//! Records for people: grouped by document, each with its sentence, in the columns of a terminal.

use crate::layout::{Paragraph, clipped, tamed};
use crate::terminal::{FAINT, GOOD, NAME, PLAIN, STRONG, Terminal, WARNING, quad};
use anstyle::Style;
use demarche::write::RecordKind;
use demarche_coder::Coded;
use demarche_record::{
    Actor, Article, Attribution, CharSpan, Comment, Event, Leaning, MentionRecord, Modality, Polarity,
    Precision, Stance, Tie, TieStatus, When,
};

/// Where the text of a record begins.
pub(crate) const INDENT: usize = 2;
/// Where its sentence begins.
pub(crate) const INNER: usize = 4;
/// Columns of an actor's words, at most.
pub(crate) const ACTOR: usize = 60;

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
            RecordKind::Comment => coded.comments.len(),
            RecordKind::Attack => coded.attacks.len(),
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
            RecordKind::Attack => coded.attacks.iter().for_each(|attack| {
                out.push('\n');
                drawing.attack(out, attack);
            }),
            RecordKind::Mention => {
                out.push('\n');
                coded.mentions.iter().for_each(|mention| drawing.mention(out, mention));
            }
            RecordKind::Comment => coded.comments.iter().for_each(|comment| {
                out.push('\n');
                drawing.comment(out, comment);
            }),
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
    pub(crate) fn paragraph<'o>(&self, out: &'o mut String, indent: usize) -> Paragraph<'o> {
        Paragraph::new(out, self.terminal.paint, indent, self.terminal.width)
    }

    pub(crate) fn line(&self, out: &mut String, indent: usize, parts: &[(Style, &str)]) {
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

    /// Draws a comment: its words, then for and against whom it is.
    fn comment(&self, out: &mut String, comment: &Comment) {
        self.line(out, INDENT, &[(PLAIN, &comment.text)]);
        for of in &comment.stances {
            let style = match of.stance {
                Leaning::Favours => GOOD,
                Leaning::Opposes => WARNING,
                Leaning::Neutral => FAINT,
            };
            let cues = of.cues.iter().map(|cue| format!(" · {}", clipped(cue, ACTOR))).collect::<String>();
            let name = clipped(&of.name, ACTOR);
            self.line(
                out,
                INNER,
                &[(style, of.stance.as_str()), (PLAIN, " "), (STRONG, &name), (FAINT, &cues)],
            );
        }
        if comment.generic {
            let why = if comment.copy_of.is_some() {
                "generic: repeats a comment below another text"
            } else {
                "generic: takes nothing up from the text"
            };
            self.line(out, INNER, &[(FAINT, why)]);
        }
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
    if modality != Modality::Actual {
        line.push(WARNING, modality.as_str()).push(PLAIN, " ");
    }
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

/// A day, month or year as it is known.
pub(crate) fn day(when: Option<&When>) -> String {
    let Some(when) = when else {
        return "undated".to_owned();
    };
    let Some(start) = when.start.or(when.end) else {
        let words = when.text.as_deref().unwrap_or("undated");
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
        Precision::Unknown => "undated".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Paint;
    use demarche_record::{Basis, Casualties, EventType, Link, Place, TieType, Trigger, Version, Zone};

    const SENTENCE: &str = "The ministry said that Norland’s foreign minister had refused to meet rebels and farmers from \
        Sudland in Harbour City on Tuesday, a day after eleven people were killed there.";

    fn span(words: &str) -> CharSpan {
        let byte = SENTENCE.find(words).expect("words of the sentence");
        let start = 100 + SENTENCE[..byte].chars().count() as u32;
        CharSpan { start, end: start + words.chars().count() as u32 }
    }

    fn party(words: &str, id: Option<&str>, country: Option<&str>, sectors: &[&str]) -> Actor {
        Actor {
            text: words.to_owned(),
            span: span(words),
            head: words.to_owned(),
            id: id.map(str::to_owned),
            name: id.map(|id| format!("Name of {id}")),
            country: country.map(str::to_owned),
            sectors: sectors.iter().map(|s| (*s).to_owned()).collect(),
            codes: Vec::new(),
            link: Link::Lexicon,
        }
    }

    fn version() -> Version {
        Version { coder: "0".to_owned(), lexicon: "1".to_owned(), model: "2".to_owned() }
    }

    fn attribution() -> Vec<Attribution> {
        vec![Attribution {
            text: Some("The ministry".to_owned()),
            span: Some(span("The ministry")),
            id: None,
            name: None,
            country: None,
            cue: "said".to_owned(),
            stance: Stance::Asserts,
        }]
    }

    fn tuesday() -> When {
        let day = demarche_record::Date::constant(2024, 5, 14);
        When {
            start: Some(day),
            end: Some(day),
            precision: Precision::Day,
            text: None,
            span: None,
            basis: Basis::Text,
            note: None,
        }
    }

    fn whole() -> CharSpan {
        CharSpan { start: 100, end: 100 + SENTENCE.chars().count() as u32 }
    }

    fn trigger(words: &str) -> Trigger {
        Trigger { text: words.to_owned(), span: span(words) }
    }

    fn event() -> Event {
        Event {
            id: "e".to_owned(),
            doc: "d".to_owned(),
            sentence: 0,
            span: whole(),
            text: SENTENCE.to_owned(),
            kind: EventType::Reject,
            mode: Some("meet".to_owned()),
            contexts: Vec::new(),
            quad: EventType::Reject.quad(),
            cameo: "125".to_owned(),
            goldstein: Some(-5.0),
            source: vec![party("Norland’s foreign minister", Some("minister"), Some("NOR"), &["GOV"])],
            target: vec![
                party("rebels", None, None, &["REB"]),
                party("farmers from Sudland", None, Some("SUD"), &["AGR"]),
            ],
            trigger: trigger("refused"),
            polarity: Polarity::Negative,
            modality: Modality::Planned,
            status: "claimed".to_owned(),
            attribution: attribution(),
            when: Some(tuesday()),
            place: vec![Place {
                text: "Harbour City".to_owned(),
                span: span("Harbour City"),
                name: Some("Harbour City".to_owned()),
                country: None,
                admin1: None,
                lat: None,
                lon: None,
                geonameid: None,
                basis: demarche_record::PlaceBasis::Text,
            }],
            zone: Zone::Body,
            instrument: None,
            casualties: Casualties { killed: Some(11), ..Casualties::default() },
            confidence: 0.756,
            rule: "r".to_owned(),
            version: version(),
        }
    }

    fn tie() -> Tie {
        Tie {
            id: "t".to_owned(),
            doc: "d".to_owned(),
            sentence: 0,
            span: whole(),
            text: SENTENCE.to_owned(),
            kind: TieType::Designates,
            source: party("The ministry", None, None, &["GOV"]),
            target: party("rebels", Some("rebels"), Some("SUD"), &["REB"]),
            trigger: trigger("refused"),
            status: TieStatus::Former,
            implied: false,
            label: Some("terrorist group".to_owned()),
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            attribution: attribution(),
            when: Some(tuesday()),
            zone: Zone::Body,
            confidence: 0.6,
            rule: "r".to_owned(),
            version: version(),
        }
    }

    fn mention(kind: &'static str, words: &str, id: Option<&str>) -> MentionRecord {
        MentionRecord {
            doc: "d".to_owned(),
            sentence: 0,
            span: span(words),
            text: words.to_owned(),
            kind,
            id: id.map(str::to_owned),
            name: id.map(|id| format!("Name of {id}")),
            country: id.map(|_| "NOR".to_owned()),
            sectors: vec!["GOV".to_owned()],
            link: Link::Alias,
            confidence: 0.9,
        }
    }

    fn drawn(kind: RecordKind, color: bool, width: usize) -> String {
        let terminal = Terminal { is_terminal: true, width, paint: Paint::new(color) };
        let mut table = Table::new(kind, terminal);
        let article = Article {
            id: "news/1.txt".to_owned(),
            title: Some("Talks\u{1b}[2J refused".to_owned()),
            date: tuesday().start,
            place: Some("Harbour City".to_owned()),
            ..Article::default()
        };
        let coded = Coded {
            events: vec![event(), Event { source: Vec::new(), when: None, ..event() }],
            ties: vec![tie()],
            mentions: vec![
                mention("PERSON", "Norland’s foreign minister", Some("minister")),
                mention("LOCATION", "Harbour City", None),
            ],
            ..Coded::default()
        };
        let mut out = String::new();
        assert!(table.document(&Header::new(&article), &coded, &mut out) > 0);
        assert_eq!(table.document(&Header::new(&article), &Coded::default(), &mut out), 0);
        out
    }

    #[test]
    fn events_are_drawn_without_colours() {
        insta::assert_snapshot!(drawn(RecordKind::Event, false, 80));
    }

    #[test]
    fn events_are_drawn_in_colours() {
        let out = drawn(RecordKind::Event, true, 80);
        assert!(!out.contains("\u{1b}[2J"), "a title cannot command the terminal");
        insta::assert_snapshot!(out.replace('\u{1b}', "␛"));
    }

    #[test]
    fn ties_and_mentions_are_drawn() {
        insta::assert_snapshot!(drawn(RecordKind::Tie, false, 60) + &drawn(RecordKind::Mention, false, 60));
    }
}
