//! `code`, `relations`, `entities`, `attacks`, `comments`: records of documents, into a file, as JSON Lines or as a table.

use crate::Screen;
use crate::args::Records;
use crate::failure::Failure;
use crate::sources;
use crate::stream::{self, Job, Made, Sink};
use crate::table::{Header, Table};
use crate::values::Zones;
use demarche::write::{RecordKind, Target, Writer};
use demarche_coder::{Coded, Coder, Copies, Desk, Wanted};
use demarche_record::{Article, Zone};
use demarche_text::Sentence;
use std::io::{BufWriter, Stdout, Write as _};

/// What is made of a document.
struct Document {
    /// Only for a table.
    header: Option<Header>,
    coded: Coded,
}

/// Runs one of the commands; the exit status.
pub fn run(arguments: &Records, kind: RecordKind, screen: Screen) -> Result<u8, Failure> {
    if kind == RecordKind::Comment && arguments.zones.is_some() {
        return Err(Failure::Arguments {
            message: "`comments` reads the readers' part of a page and no other".to_owned(),
            help: "leave `--zones` out".to_owned(),
        });
    }
    stream::heed_interrupts();
    let (sources, total) = sources::open(&arguments.input)?;
    let as_table =
        arguments.table || (screen.out.is_terminal && arguments.output.is_none() && !arguments.json);
    let sink: Box<dyn Sink<Document>> = if as_table {
        Box::new(OnScreen {
            table: Table::new(kind, screen.out),
            copies: Copies::default(),
            out: BufWriter::new(std::io::stdout()),
        })
    } else {
        let target = match &arguments.output {
            Some(path) => Target::File(path.clone()),
            None => Target::Stdout,
        };
        let writer = Writer::create(target, kind).map_err(Failure::Target)?;
        Box::new(Written { writer, copies: Copies::default() })
    };
    let coder = stream::load(&arguments.work.lexicon, &arguments.work.model)?;
    let job = Job {
        coder: &coder,
        work: &arguments.work,
        screen,
        records: match kind {
            RecordKind::Event => "events",
            RecordKind::Tie => "ties",
            RecordKind::Mention => "mentions",
            RecordKind::Comment => "comments",
            RecordKind::Attack => "attacks",
        },
        documents: "documents",
        file: arguments.output.as_ref().map(|path| path.display().to_string()),
        total,
        skipped: Some(arguments.input.skip),
    };
    let choice = Choice::new(kind, arguments.zones.as_ref());
    let work = |article: &Article, desk: &mut Desk| {
        let coded = match kind {
            RecordKind::Comment => coder.comments(article, desk),
            _ => choice.code(&coder, article, desk),
        };
        Made {
            sentences: coded.sentences,
            words: coded.words,
            bytes: article.text.len() as u64,
            value: Document { header: as_table.then(|| Header::new(article)), coded },
        }
    };
    stream::stream(&job, sources, work, sink)
}

/// Which records are wanted.
struct Choice {
    wanted: Wanted,
    /// The parts of an article, where they are not what the coder takes by itself.
    zones: Option<Vec<Zone>>,
}

impl Choice {
    fn new(kind: RecordKind, zones: Option<&Zones>) -> Self {
        let named = |zone: Zone| zones.is_some_and(|zones| zones.0.contains(&zone));
        let reporting = [Zone::Headline, Zone::Body, Zone::Quote];
        let others = named(Zone::Comment) || named(Zone::Boilerplate);
        let all = others && [Zone::Comment, Zone::Boilerplate].into_iter().chain(reporting).all(named);
        let plain = zones.is_none() || (!others && reporting.into_iter().all(named));
        Self {
            wanted: Wanted {
                events: kind == RecordKind::Event,
                ties: kind == RecordKind::Tie,
                mentions: kind == RecordKind::Mention,
                attacks: kind == RecordKind::Attack,
                all_zones: others,
            },
            zones: zones.filter(|_| !all && !plain).map(|zones| zones.0.clone()),
        }
    }

    fn code(&self, coder: &Coder, article: &Article, desk: &mut Desk) -> Coded {
        let mut coded = coder.code(article, self.wanted, desk);
        if let Some(zones) = &self.zones {
            coded.events.retain(|event| zones.contains(&event.zone));
            coded.ties.retain(|tie| zones.contains(&tie.zone));
            if !coded.mentions.is_empty() || !coded.attacks.is_empty() {
                // Mentions and attacks do not say which part of the article they stand in; their sentences do.
                let mut sentences: Vec<Sentence> = Vec::new();
                coder.engine().split(&article.text, &mut sentences);
                let wanted = |sentence: u32| {
                    sentences.get(sentence as usize).is_some_and(|sentence| zones.contains(&sentence.zone))
                };
                coded.mentions.retain(|mention| wanted(mention.sentence));
                coded.attacks.retain(|attack| attack.evidence.iter().any(|e| wanted(e.sentence)));
            }
        }
        coded
    }
}

/// Records to a file or, as JSON Lines, to standard output.
struct Written {
    writer: Writer,
    copies: Copies,
}

impl Sink<Document> for Written {
    fn put(&mut self, document: Document) -> Result<u64, Failure> {
        let Coded { events, ties, mentions, attacks, mut comments, .. } = document.coded;
        for event in &events {
            self.writer.event(event).map_err(Failure::Write)?;
        }
        for tie in &ties {
            self.writer.tie(tie).map_err(Failure::Write)?;
        }
        for mention in &mentions {
            self.writer.mention(mention).map_err(Failure::Write)?;
        }
        for attack in &attacks {
            self.writer.attack(attack).map_err(Failure::Write)?;
        }
        for comment in &mut comments {
            self.copies.mark(comment);
            self.writer.comment(comment).map_err(Failure::Write)?;
        }
        Ok((events.len() + ties.len() + mentions.len() + attacks.len() + comments.len()) as u64)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(Failure::Write)
    }

    fn finish(self: Box<Self>) -> Result<(), Failure> {
        self.writer.finish().map_err(Failure::Write)
    }
}

/// Records for people.
struct OnScreen {
    table: Table,
    copies: Copies,
    out: BufWriter<Stdout>,
}

impl Sink<Document> for OnScreen {
    fn put(&mut self, mut document: Document) -> Result<u64, Failure> {
        let Some(header) = document.header else {
            return Ok(0);
        };
        document.coded.comments.iter_mut().for_each(|comment| self.copies.mark(comment));
        let mut text = String::new();
        let count = self.table.document(&header, &document.coded, &mut text);
        self.out.write_all(text.as_bytes()).map_err(Failure::stdout)?;
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::stdout)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        self.flush()
    }
}
