//! `lexicon mine`: the names in texts that the lexicon does not know, the most frequent first, each as an entry to fill.

use crate::Screen;
use crate::args::Mine;
use crate::failure::Failure;
use crate::parse::Text;
use crate::sources;
use crate::stream::{self, Job, Made, Sink};
use demarche::import::{quoted, slug};
use demarche_coder::{Coder, Desk, Wanted};
use demarche_lexicon::{key, unfit};
use demarche_record::{Article, CharSpan, Link, MentionRecord};
use demarche_text::Sentence;
use serde::Serialize;
use std::collections::HashMap;

/// Names that are kept at a time; beyond, those that were met once are forgotten.
const MOST: usize = 1 << 20;
/// Words before a name that are none of it.
const ARTICLES: [&str; 3] = ["the ", "a ", "an "];

/// One mention of a name that is not known.
struct Met {
    name: String,
    kind: &'static str,
    sentence: String,
}

/// A name as it was met.
#[derive(Default, Serialize)]
struct Name {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    mentions: u64,
    documents: u64,
    samples: Vec<Sample>,
}

#[derive(Serialize)]
struct Sample {
    doc: String,
    text: String,
}

/// Runs the command; the exit status.
pub fn run(arguments: &Mine, screen: Screen) -> Result<u8, Failure> {
    stream::heed_interrupts();
    let (sources, total) = sources::open(&arguments.input)?;
    let out = Text::open(arguments.output.as_deref())?;
    let coder = stream::load(&arguments.work.lexicon, &arguments.work.model)?;
    let job = Job {
        coder: &coder,
        work: &arguments.work,
        screen,
        records: "names",
        documents: "documents",
        file: arguments.output.as_ref().map(|path| path.display().to_string()),
        total,
        skipped: None,
    };
    let found = Found { names: HashMap::new(), arguments, out };
    stream::stream(&job, sources, |article, desk| made(&coder, article, desk), Box::new(found))
}

/// The names of a document that are not known.
fn made(coder: &Coder, article: &Article, desk: &mut Desk) -> Made<(String, Vec<Met>)> {
    let wanted = Wanted { events: false, ties: false, mentions: true, attacks: false, all_zones: false };
    let coded = coder.code(article, wanted, desk);
    let mut sentences: Vec<Sentence> = Vec::new();
    coder.engine().split(&article.text, &mut sentences);
    // Beside a role or named before, a name is as little known as anywhere.
    let unknown = |m: &MentionRecord| {
        m.id.is_none() && matches!(m.link, Link::Unresolved | Link::Appositive | Link::Coreference)
    };
    let names: Vec<&MentionRecord> = coded.mentions.iter().filter(|m| unknown(m) && is_named(m)).collect();
    let mut met = Vec::new();
    for mention in &names {
        // "Mr. Jurgen Tavik" is there for the name inside it.
        let inside = |other: &CharSpan| {
            *other != mention.span && mention.span.start <= other.start && other.end <= mention.span.end
        };
        if names.iter().any(|other| inside(&other.span)) {
            continue;
        }
        let name = bare(&mention.text);
        let sentence = sentences.get(mention.sentence as usize).map_or("", |s| s.span.of(&article.text));
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        met.push(Met { name: name.to_owned(), kind: mention.kind, sentence });
    }
    Made {
        sentences: coded.sentences,
        words: coded.words,
        bytes: article.text.len() as u64,
        value: (article.id.clone(), met),
    }
}

/// A mention without its article.
fn bare(text: &str) -> &str {
    let article =
        ARTICLES.iter().find(|a| text.get(..a.len()).is_some_and(|start| start.eq_ignore_ascii_case(a)));
    article.map_or(text, |a| &text[a.len()..])
}

/// Whether a mention is a name of somebody or something, and no role or pronoun.
fn is_named(mention: &MentionRecord) -> bool {
    let named = matches!(mention.kind, "PERSON" | "ORGANISATION" | "LOCATION");
    let name = bare(&mention.text);
    let capitals = name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count();
    let role = !mention.sectors.is_empty() && capitals < 2;
    named
        && !role
        && name.starts_with(char::is_uppercase)
        && name.chars().count() > 2
        && unfit(name).is_none()
}

/// The names of all documents.
struct Found<'a> {
    names: HashMap<String, Name>,
    arguments: &'a Mine,
    out: Text,
}

impl Sink<(String, Vec<Met>)> for Found<'_> {
    fn put(&mut self, (doc, met): (String, Vec<Met>)) -> Result<u64, Failure> {
        let count = met.len() as u64;
        let mut seen: Vec<String> = Vec::new();
        for Met { name, kind, sentence } in met {
            let folded = key(&name);
            let first = !seen.contains(&folded);
            let known =
                self.names.entry(folded.clone()).or_insert_with(|| Name { name, kind, ..Name::default() });
            known.mentions += 1;
            if first {
                known.documents += 1;
                if known.samples.len() < self.arguments.samples {
                    known.samples.push(Sample { doc: doc.clone(), text: sentence });
                }
                seen.push(folded);
            }
        }
        if self.names.len() > MOST {
            self.names.retain(|_, name| name.mentions > 1);
        }
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        let least = self.arguments.min;
        let mut names: Vec<Name> =
            self.names.drain().map(|(_, name)| name).filter(|n| n.mentions >= least).collect();
        names.sort_by(|a, b| (b.mentions, b.documents, &a.name).cmp(&(a.mentions, a.documents, &b.name)));
        names.truncate(self.arguments.top);
        let text = if self.arguments.json { lines(&names)? } else { entries(&names) };
        self.out.write(&text)?;
        Box::new(self.out).finish()
    }
}

fn lines(names: &[Name]) -> Result<String, Failure> {
    let mut out = String::new();
    for name in names {
        out.push_str(&serde_json::to_string(name).map_err(|cause| Failure::stdout(cause.into()))?);
        out.push('\n');
    }
    Ok(out)
}

/// A source of the lexicon with an entry for each name.
fn entries(names: &[Name]) -> String {
    let mut out = String::from(
        "# Names that the lexicon does not know, made by `demarche lexicon mine`. Fill in what is known, take the rest out, and\n\
         # give the file to `demarche lexicon add`.\n\
         version = 1\nsource = [\"to be filled in\"]\nlicence = \"CC0-1.0\"\n",
    );
    for name in names {
        out.push_str(&format!("\n# {} mentions in {} documents\n", name.mentions, name.documents));
        for sample in &name.samples {
            out.push_str(&format!("# {}: {}\n", stream::tame(&sample.doc), stream::tame(&sample.text)));
        }
        out.push_str(&entry(name));
    }
    out
}

fn entry(name: &Name) -> String {
    let quote = quoted(&name.name);
    if name.kind == "LOCATION" {
        return format!(
            "[[place]]\nname = {quote}\nkind = \"city\"        # city region building river sea base mountain camp\n# country = \"\"\n"
        );
    }
    let person = name.kind == "PERSON";
    let kind = if person { "person" } else { "organisation" };
    let mut id = slug(&name.name);
    if id.is_empty() {
        "to-be-named".clone_into(&mut id);
    }
    let mut entry = format!("[[actor]]\nid = {}\nkind = \"{kind}\"", quoted(&id));
    if !person {
        entry.push_str("        # organisation bloc group party movement agency company");
    }
    entry.push_str(&format!("\nname = {quote}\n# names = []\n# country = \"\"\n# sectors = []\n"));
    if person {
        entry.push_str("# offices = [{ title = \"\", of = \"\", from = \"\" }]\n");
    }
    if let Some(sample) = name.samples.first() {
        entry.push_str(&format!("example = [{}]\n", quoted(&sample.text)));
    }
    entry
}
