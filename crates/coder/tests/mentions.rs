//! Mentions: borders, kinds, nesting and what is known of whom they stand for.

mod common;

use common::coder;
use demarche_coder::{Coder, Desk, Wanted};
use demarche_record::{Article, MentionRecord};

fn mentions(coder: &Coder, text: &str) -> Vec<MentionRecord> {
    let article = Article { id: "t".into(), text: text.into(), ..Article::default() };
    let wanted = Wanted { events: false, ties: false, mentions: true, attacks: false, all_zones: true };
    coder.code(&article, wanted, &mut Desk::default()).mentions
}

#[test]
fn spans_and_kinds() {
    let coder = coder();
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "The Iraqi government sent two hundred soldiers to the town of Sinjar on Monday.",
            &[
                ("Iraqi government", "ORGANISATION"),
                ("Iraqi", "NATIONALITY"),
                ("two hundred", "QUANTITY"),
                ("soldiers", "ORGANISATION"),
                ("the town of Sinjar", "LOCATION"),
                ("Monday", "TEMPORAL"),
            ],
        ),
        (
            "Foreign Minister Anna Lind met him in Paris.",
            &[("Anna Lind", "PERSON"), ("him", "PERSON"), ("Paris", "LOCATION")],
        ),
        (
            "The rebels paid $3.5 million for the trucks.",
            &[("The rebels", "ORGANISATION"), ("$3.5 million", "MONEY")],
        ),
        (
            "Write to press@example.org or see https://example.org/news today.",
            &[("press@example.org", "COMMS"), ("https://example.org/news", "URL"), ("today", "TEMPORAL")],
        ),
        (
            "They held the bridge for the last 36 hours.",
            &[("They", "ORGANISATION"), ("the bridge", "LOCATION"), ("the last 36 hours", "TEMPORAL")],
        ),
        (
            "The camp lies seven kilometres from the border.",
            &[("seven kilometres", "QUANTITY"), ("the border", "LOCATION")],
        ),
        ("The station sends on 12.2 MHz.", &[("12.2 MHz", "FREQUENCY")]),
    ];
    let mut wrong = Vec::new();
    for (text, wanted) in cases {
        let found: Vec<(String, &str)> =
            mentions(&coder, text).into_iter().map(|m| (m.text, m.kind)).collect();
        for (span, kind) in *wanted {
            if !found.iter().any(|(s, k)| s == span && k == kind) {
                wrong.push(format!("{span} {kind}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_is_whole_whatever_its_last_word_is_taken_for() {
    let coder = coder();
    let found = mentions(&coder, "The ministers met in St. John's on Monday.");
    assert!(found.iter().any(|m| m.text == "St. John's" && m.kind == "LOCATION"), "{found:?}");
}

/// Every name stands by itself and before a verb: reading ends, and most names are found.
#[test]
fn no_name_of_the_lexicon_stops_the_reading() {
    let coder = coder();
    let lexicon = coder.lexicon();
    let names: Vec<&str> = lexicon
        .actors
        .iter()
        .map(|a| a.name.as_str())
        .chain(lexicon.places.iter().map(|p| p.name.as_str()))
        .collect();
    let mut found = 0;
    for part in names.chunks(40) {
        let text: String = part.iter().map(|name| format!("{name}\n\n{name} spoke.\n\n")).collect();
        let mentions = mentions(&coder, &text);
        found += part.iter().filter(|name| mentions.iter().any(|m| m.text.contains(**name))).count();
    }
    assert!(found * 10 > names.len() * 8, "{found} of {}", names.len());
}

#[test]
fn no_two_mentions_have_the_same_words() {
    let coder = coder();
    let text = "President Emmanuel Macron and the Russian foreign minister, Sergey Lavrov, met in Kabul. The United States \
                and the UK-France summit sent 12 ships, three tanks and $5 million to the government of Iraq last year. \
                He said that they would leave in two weeks, or four days later.";
    let found = mentions(&coder, text);
    for (at, one) in found.iter().enumerate() {
        assert!(found[at + 1..].iter().all(|other| one.span != other.span), "{one:?}");
        // Spans that share words stand one inside the other.
        let crosses = |o: &&MentionRecord| {
            one.span.start < o.span.start && o.span.start < one.span.end && one.span.end < o.span.end
        };
        assert!(!found.iter().any(|o| crosses(&o)), "{one:?}");
    }
}

#[test]
fn what_is_known_stays_with_the_mention() {
    let coder = coder();
    let found = mentions(&coder, "Iraqi police and the government of Syria fought Hezbollah near Mosul.");
    let of =
        |text: &str| found.iter().find(|m| m.text == text).unwrap_or_else(|| panic!("{text}: {found:?}"));
    assert_eq!(of("Hezbollah").id.as_deref(), Some("hezbollah"));
    assert_eq!(of("Syria").id.as_deref(), Some("SYR"));
    let police = of("Iraqi police");
    assert_eq!(
        (police.country.as_deref(), police.sectors.as_slice()),
        (Some("IRQ"), &["COP".to_owned()][..])
    );
    assert_eq!(of("the government of Syria").country.as_deref(), Some("SYR"));
}

#[test]
fn a_surname_keeps_its_kind_through_the_article() {
    let coder = coder();
    let found = mentions(&coder, "The lawyer Daniel Haskel spoke on Monday. Critics of Haskel were silent.");
    let last = found.iter().rfind(|m| m.text == "Haskel").expect("the second telling");
    assert_eq!((last.sentence, last.kind), (1, "PERSON"));
}
