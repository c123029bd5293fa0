//! Every sentence of the codebook gives the records that its page asks for, with the embedded model and lexicon.
//!
//! What is not right yet stands in `codebook/known-gaps.txt`; a gap that is closed must leave the list.

use demarche::codebook::{Example, Page, definition, text};
use demarche_coder::{Desk, Wanted};
use demarche_lexicon::Ontology;
use demarche_record::{Article, Event, EventType};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

fn ontology() -> Ontology {
    demarche::engine::lexicon(None).expect("the embedded lexicon").ontology.clone()
}

fn page(kind: EventType, ontology: &Ontology) -> Page {
    Page::read(&format!("codebook/{kind}.md"), text(kind), ontology).unwrap_or_else(|notes| {
        panic!("{}", notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn gaps() -> BTreeSet<String> {
    let path = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
        .join("../../codebook/known-gaps.txt");
    let text = std::fs::read_to_string(path).expect("the list of known gaps");
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect()
}

fn tell(page: &Page, example: &Example, events: &[Event]) -> String {
    let mut told = format!("codebook/{}.md:{} {}\n", page.kind, example.line, example.text);
    for expected in &example.expected {
        let _ = writeln!(told, "    wanted {}", expected.line);
    }
    for e in events {
        let names = |actors: &[demarche_record::Actor]| {
            let name = |a: &demarche_record::Actor| format!("{} “{}”", a.codes.join("/"), a.text);
            actors.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(
            told,
            "    given  {}/{}: {} -> {}; {} {:?} {} [{}]",
            e.kind,
            e.mode.as_deref().unwrap_or("-"),
            names(&e.source),
            names(&e.target),
            e.contexts.join(", "),
            e.polarity,
            e.modality.as_str(),
            e.rule
        );
    }
    told
}

#[test]
fn every_sentence_gives_what_its_page_says() {
    let coder = demarche::engine::coder().expect("the embedded coder");
    let ontology = &coder.lexicon().ontology;
    let mut desk = Desk::default();
    let wanted = Wanted { events: true, ties: false, mentions: false, attacks: false, all_zones: false };
    let mut open = gaps();
    let (mut failures, mut closed, mut of, mut listed) = (String::new(), Vec::new(), 0, 0);
    for &kind in EventType::ALL {
        let page = page(kind, ontology);
        for example in &page.examples {
            let article = Article {
                id: "codebook".into(),
                text: example.text.clone(),
                date: "2025-07-05".parse().ok(),
                ..Article::default()
            };
            let coded = coder.code(&article, wanted, &mut desk);
            let gap = format!("{kind}: {}", example.text);
            of += 1;
            match (example.fits(&coded.events), open.remove(&gap)) {
                (true, true) => closed.push(gap),
                (true, false) => {}
                (false, true) => listed += 1,
                (false, false) => failures += &tell(&page, example, &coded.events),
            }
        }
    }
    let mut faults = String::new();
    if !failures.is_empty() {
        let _ = writeln!(faults, "not right, and not in codebook/known-gaps.txt:\n{failures}");
    }
    if !closed.is_empty() {
        let _ = writeln!(
            faults,
            "right now; take the line out of codebook/known-gaps.txt:\n{}",
            closed.join("\n")
        );
    }
    if !open.is_empty() {
        let _ = writeln!(faults, "in codebook/known-gaps.txt, but on no page:\n{open:#?}");
    }
    println!("{of} sentences, {listed} of them known gaps");
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_type_is_defined() {
    for &kind in EventType::ALL {
        assert!(definition(kind).len() > 60 && !definition(kind).contains('#'), "{kind}");
    }
}

#[test]
fn faults_name_line_place_and_what_would_be_right() {
    let ontology = ontology();
    let good = text(EventType::Aid);
    let at = |from: &str, to: &str| {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let notes = Page::read("AID.md", &text, &ontology).expect_err("a fault");
        let note = notes.first().expect("one at least").clone();
        assert_eq!(note.place, "AID.md");
        assert!(note.hint.is_some() && note.line.is_some());
        let span = note.span.expect("a place");
        (
            note.code,
            text.get(span.start as usize..span.end as usize).unwrap_or_default().to_owned(),
            note.to_string(),
        )
    };
    let (code, word, shown) = at("# AID\n", "# HELP\n");
    assert_eq!((code, word.as_str()), ("codebook::title", "# HELP"));
    assert!(shown.starts_with("AID.md:1: error"), "{shown}");
    assert_eq!(at("- AID: IND -> NPL, BTN", "- HELP: IND -> NPL, BTN").1, "HELP");
    assert_eq!(at("- AID: IND -> NPL, BTN", "- AID/drone: IND -> NPL, BTN").1, "drone");
    assert_eq!(at("- AID: IND -> NPL, BTN", "- AID: IND -> NPL, two lands").1, "two lands");
    assert_eq!(at("- AID: IND -> NPL, BTN", "- AID: IND, NPL").0, "codebook::sides");
    assert_eq!(at("NPL, BTN; contexts health", "NPL, BTN; contexts wealth").1, "wealth");
    assert_eq!(at("NPL, BTN; contexts health", "NPL, BTN; perhaps").1, "perhaps");
    assert_eq!(at("## Borders", "## Edges").0, "codebook::part");
    assert_eq!(at("> A nurse gave", "A nurse gave").0, "codebook::line");
    let short: String = good.lines().take(30).map(|l| format!("{l}\n")).collect();
    let notes = Page::read("AID.md", &short, &ontology).expect_err("too short");
    assert!(notes.iter().any(|n| n.code == "codebook::few"), "{notes:?}");
}
