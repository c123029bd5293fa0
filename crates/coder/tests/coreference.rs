//! Pronouns and descriptions get the id of what they mean, say so, and stay bounded over long articles.

mod common;

use demarche_coder::{Coder, Desk, Wanted};
use demarche_record::{Article, Link};
use std::time::{Duration, Instant};

fn coder() -> Coder {
    common::coder().with_coreference(Some(common::coreference()))
}

fn article(text: &str) -> Article {
    Article { id: "t".into(), text: text.into(), ..Article::default() }
}

/// The id that a phrase of the text was resolved to, if by coreference, and the phrase it was taken to mean.
fn meaning(coder: &Coder, text: &str, phrase: &str) -> Option<(Option<String>, String)> {
    let told = coder.explain(&article(text), &mut Desk::default());
    let mut actors = told.sentences.into_iter().flat_map(|s| s.actors);
    let found = actors.rfind(|a| a.text == phrase && a.link == Link::Coreference)?;
    Some((found.id, found.antecedent?))
}

#[test]
fn pronouns_and_descriptions_mean_what_was_named() {
    let coder = coder();
    let cases = [
        ("Russia's FSB said on Monday that it had arrested three men.", "it", "fsb"),
        ("Russia's FSB arrested three men. The agency accused them of spying.", "The agency", "fsb"),
        ("Emmanuel Macron arrived in Kyiv on Friday. He praised the soldiers.", "He", "emmanuel-macron"),
        ("Angela Merkel met the ministers. She urged them to act.", "She", "angela-merkel"),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, phrase, id)| {
            let found = meaning(&coder, text, phrase);
            (found.as_ref().and_then(|(found, _)| found.as_deref()) != Some(id))
                .then(|| format!("{text} {phrase}: {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The ids of sources and targets of the events of a text.
fn parties(coder: &Coder, text: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let wanted = Wanted { events: true, ties: false, mentions: false, attacks: false, all_zones: true };
    let coded = coder.code(&article(text), wanted, &mut Desk::default());
    let ids = |actors: &[demarche_record::Actor]| actors.iter().filter_map(|a| a.id.clone()).collect();
    coded.events.iter().map(|e| (ids(&e.source), ids(&e.target))).collect()
}

#[test]
fn two_who_were_named_are_meant_by_their_number() {
    let coder = coder();
    let has = |text: &str, ids: &[&str]| {
        let found = parties(&coder, text);
        let same = |list: &Vec<String>| {
            let mut list: Vec<&str> = list.iter().map(String::as_str).collect();
            list.sort_unstable();
            list == ids
        };
        assert!(found.iter().any(|(source, _)| same(source)), "{text} {found:?}");
    };
    has("Sweden spoke with Finland on Monday. Both countries condemned Russia.", &["FIN", "SWE"]);
    has("Eritrea denied that it had armed Ethiopian rebels. The two states attacked Sudan.", &["ERI", "ETH"]);
    has("India and China held talks. Troops of both countries attacked the rebels.", &["CHN", "IND"]);
    let any = parties(&coder, "Sweden spoke with Finland on Monday. Two countries condemned Russia.");
    assert!(!any.iter().any(|(source, target)| {
        source.contains(&"FIN".to_owned()) && target.contains(&"RUS".to_owned())
    }));
}

#[test]
fn an_object_does_not_mean_the_subject_beside_it() {
    let coder = coder();
    let text = "The Taliban issued a statement. Qatar, Iran and India have established contacts with them.";
    let meant = meaning(&coder, text, "them").and_then(|(id, _)| id);
    assert!(!["QAT", "IRN", "IND"].iter().any(|id| meant.as_deref() == Some(id)), "{meant:?}");
    let meant =
        meaning(&coder, "Seoul signed the pact. Taiwan accused it of betrayal.", "it").and_then(|(id, _)| id);
    assert_ne!(meant.as_deref(), Some("TWN"));
}

#[test]
fn somebody_unknown_is_not_somebody_known() {
    let coder = coder();
    let text = "Vladimir Putin spoke in Moscow. John Fairweather left the hall. He resigned on Friday.";
    let found = meaning(&coder, text, "He");
    assert!(found.is_none_or(|(id, _)| id.is_none()), "a man without an entry is no president");
}

#[test]
fn phrases_do_not_cost_more_in_longer_articles() {
    let coder = coder();
    let wanted = Wanted { events: true, ties: true, mentions: false, attacks: false, all_zones: true };
    let mut desk = Desk::default();
    let mut spent = |times: usize| -> Duration {
        let text =
            "Smith and Smith met Smith's group. It told them that its men had seen him. ".repeat(times);
        let article = article(&text);
        let start = Instant::now();
        coder.code(&article, wanted, &mut desk);
        start.elapsed()
    };
    spent(50);
    let (short, long) = (spent(200), spent(1600));
    // Eight times the text; quadratic work would take sixty-four times as long.
    assert!(long < 24 * short.max(Duration::from_millis(20)), "{short:?} {long:?}");
}

#[test]
fn any_text_is_read_without_a_model_too() {
    let coder = coder().with_coreference(None);
    for text in ["", "He", "They said it.", "( “ \" ) and and and", "\u{0}\u{FFFD} its itself"] {
        assert!(coder.chains(text, &mut Desk::default()).is_empty());
        coder.explain(&article(text), &mut Desk::default());
    }
}
