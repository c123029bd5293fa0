//! `explain`: why a text gives the records it gives.

use crate::Screen;
use crate::args::{Answer, Explain};
use crate::failure::Failure;
use crate::layout::{Paragraph, clipped};
use crate::parse::Text;
use crate::stream;
use crate::table::Drawing;
use crate::terminal::{FAINT, GOOD, NAME, PLAIN, STRONG, Terminal, WARNING};
use crate::tree;
use demarche_coder::{Desk, ExplainedActor, ExplainedRule, ExplainedSentence, Explanation};
use demarche_record::Article;
use std::io::Read as _;

/// Largest text, in bytes.
const LONGEST: u64 = 1 << 20;
/// Rules of a sentence that nearly fired and are shown.
const NEARLY: usize = 10;
/// Columns of a phrase, at most.
const PHRASE: usize = 60;
/// Columns of the other readings of a name, at most.
const OTHERS: usize = 120;
/// What a rule lacks that shares only its first word with the text: too many do to be worth a line.
const OTHER_WORDS: &str = "its further words are not there";

/// Runs the command; the exit status.
pub fn run(arguments: &Explain, screen: Screen) -> Result<u8, Failure> {
    let text = if arguments.text == "-" { stdin()? } else { arguments.text.clone() };
    if text.trim().is_empty() {
        return Err(Failure::Arguments {
            message: "there is no text to explain".to_owned(),
            help: "give a sentence between quotation marks, or `-` and the text on standard input".to_owned(),
        });
    }
    let coder = stream::load(&arguments.lexicon, &arguments.model)?;
    let article = Article { id: "text".to_owned(), text, date: arguments.date, ..Article::default() };
    let explanation = coder.explain(&article, &mut Desk::default());
    let mut shown = match arguments.format {
        Answer::Json => {
            serde_json::to_string_pretty(&explanation).map_err(|cause| Failure::stdout(cause.into()))?
        }
        Answer::Text => describe(&explanation, screen.out),
    };
    if !shown.ends_with('\n') {
        shown.push('\n');
    }
    let mut out = Text::open(None)?;
    out.write(&shown)?;
    stream::Sink::flush(&mut out)?;
    Ok(0)
}

fn stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|cause| Failure::unreadable("standard input", cause))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::Arguments {
            message: format!("the text is longer than {LONGEST} bytes"),
            help: "explain a passage of it; `demarche code` takes texts of any length".to_owned(),
        });
    }
    String::from_utf8(bytes).map_err(|cause| Failure::Arguments {
        message: format!("the text is not UTF-8: byte {} is no part of it", cause.utf8_error().valid_up_to()),
        help: "convert it, or read it with `demarche code --encoding`".to_owned(),
    })
}

/// The explanation for people.
fn describe(explanation: &Explanation, terminal: Terminal) -> String {
    let mut out = String::new();
    for sentence in &explanation.sentences {
        if !out.is_empty() {
            out.push('\n');
        }
        describe_sentence(sentence, terminal, &mut out);
        // The sentence stands above already.
        let drawing = Drawing { terminal, sentences: false };
        let number = sentence.sentence;
        let events: Vec<_> = explanation.events.iter().filter(|e| e.sentence == number).collect();
        let ties: Vec<_> = explanation.ties.iter().filter(|t| t.sentence == number).collect();
        heading(&mut out, terminal, "Events", events.len());
        for event in events {
            drawing.event(&mut out, event);
        }
        heading(&mut out, terminal, "Ties", ties.len());
        for tie in ties {
            drawing.tie(&mut out, tie);
        }
    }
    out
}

fn heading(out: &mut String, terminal: Terminal, title: &str, count: usize) {
    out.push('\n');
    let mut line = Paragraph::new(out, terminal.paint, 0, terminal.width);
    line.push(STRONG, title);
    if count == 0 {
        line.push(FAINT, ": none");
    }
    line.end();
}

fn describe_sentence(sentence: &ExplainedSentence, terminal: Terminal, out: &mut String) {
    let mut line = Paragraph::new(out, terminal.paint, 0, terminal.width);
    line.push(FAINT, &format!("{}. ", sentence.sentence + 1)).push(STRONG, &sentence.text);
    line.end();
    heading(out, terminal, "Tree", sentence.words.len());
    tree::draw(&sentence.words, 2, terminal.paint, out);
    heading(out, terminal, "Actors", sentence.actors.len());
    for actor in &sentence.actors {
        describe_actor(actor, terminal, out);
    }
    let fired: Vec<_> = sentence.rules.iter().filter(|rule| rule.fired).collect();
    heading(out, terminal, "Rules that fired", fired.len());
    for rule in fired {
        describe_rule(rule, terminal, out);
    }
    let near: Vec<_> = sentence
        .rules
        .iter()
        .filter(|rule| rule.missing.as_deref().is_some_and(|missing| missing != OTHER_WORDS))
        .collect();
    heading(out, terminal, "Rules that nearly fired", near.len());
    for rule in near.iter().take(NEARLY) {
        describe_rule(rule, terminal, out);
    }
    if near.len() > NEARLY {
        let mut line = Paragraph::new(out, terminal.paint, 2, terminal.width);
        line.push(FAINT, &format!("and {} more; `--format json` has all", near.len() - NEARLY));
        line.end();
    }
}

fn describe_actor(actor: &ExplainedActor, terminal: Terminal, out: &mut String) {
    let mut line = Paragraph::new(out, terminal.paint, 2, terminal.width);
    line.push(PLAIN, &clipped(&actor.text, PHRASE)).push(PLAIN, " → ");
    match &actor.id {
        Some(id) => line.push(STRONG, id),
        None => line.push(FAINT, "nobody known"),
    };
    let country = actor.country.iter().filter(|c| Some(*c) != actor.id.as_ref());
    let mut about: Vec<&str> = country.map(String::as_str).collect();
    about.extend(actor.sectors.iter().map(String::as_str));
    if !about.is_empty() {
        line.push(PLAIN, &format!(" ({})", about.join(" ")));
    }
    line.push(PLAIN, " by ").push(NAME, actor.link.as_str());
    if let Some(antecedent) = &actor.antecedent {
        line.push(PLAIN, " with ").push(PLAIN, &clipped(antecedent, PHRASE));
    }
    if let Some(office) = &actor.office {
        line.push(PLAIN, &format!(" as {office}"));
    }
    if let Some(entry) = &actor.entry {
        line.push(FAINT, &format!("  {entry}"));
    }
    if !actor.others.is_empty() {
        line.push(FAINT, &format!(" rather than {}", clipped(&actor.others.join(", "), OTHERS)));
    }
    line.end();
}

fn describe_rule(rule: &ExplainedRule, terminal: Terminal, out: &mut String) {
    let mut line = Paragraph::new(out, terminal.paint, 2, terminal.width);
    line.push(PLAIN, &clipped(&rule.word, PHRASE))
        .push(PLAIN, " · ")
        .push(if rule.fired { GOOD } else { NAME }, &rule.rule)
        .push(PLAIN, " → ")
        .push(PLAIN, &rule.outcome);
    if let Some(missing) = &rule.missing {
        line.push(PLAIN, ": ").push(WARNING, missing);
    }
    line.push(FAINT, &format!("  {}:{}", rule.file, rule.line));
    line.end();
}
