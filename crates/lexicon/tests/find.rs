//! What is found in running text, and what is not: case, spelling, length, order of candidates.

mod words;

use demarche_lexicon::{Entry, Lexicon, MentionKind, Via, compile};
use std::path::Path;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::from_image(
        compile(
            &Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
                .join("../../data/lexicon"),
        )
        .0,
    )
});

/// Every mention as `words=first reading`.
fn found(text: &str) -> Vec<String> {
    words::found(&LEXICON, text)
        .into_iter()
        .map(|(words, m)| {
            let first = m.candidates[0];
            let name = match first.entry {
                Entry::Actor(a) => LEXICON.actors[a as usize].id.clone(),
                Entry::Agent(a) => LEXICON.agents[a as usize].words[0].clone(),
                Entry::Place(p) => LEXICON.places[p as usize].name.clone(),
                Entry::Title(t) => LEXICON.titles[t as usize].words[0].clone(),
            };
            format!("{words}={name}")
        })
        .collect()
}

fn names(text: &str, id: &str) -> bool {
    found(text).iter().any(|f| f.ends_with(&format!("={id}")))
}

#[test]
fn a_small_letter_is_no_name() {
    for (text, id) in [
        ("They ate turkey for dinner.", "TUR"),
        ("He told us to march on.", "USA"),
        ("The man who is here left.", "who"),
        ("The china on the table broke.", "CHN"),
        ("This is the end.", "islamic-state"),
    ] {
        assert!(!names(text, id), "{text}: {:?}", found(text));
    }
    assert!(names("Turkey left.", "TUR"));
    assert!(names("TURKEY LEFT THE TALKS.", "TUR"));
}

#[test]
fn acronyms_are_in_capitals() {
    assert!(names("The US left.", "USA"));
    assert!(names("The U.S. left.", "USA"));
    assert!(names("The U.S-led force left.", "USA"));
    assert!(!names("Us they will not divide.", "USA"));
    assert!(!names("Who came?", "who"));
    assert!(names("The WHO warned of cholera.", "who"));
    assert!(names("Nato warned Serbia.", "nato"));
    assert!(!names("THEY WILL NOT LET US GO", "USA"));
    assert!(names("U.S. TROOPS LEAVE IRAQ", "USA"));
}

#[test]
fn spelling_makes_no_difference() {
    for text in ["Côte d'Ivoire protested.", "Cote d’Ivoire protested.", "COTE D'IVOIRE PROTESTED."] {
        assert!(names(text, "CIV"), "{text}: {:?}", found(text));
    }
    for text in [
        "Al-Shabaab attacked.",
        "al Shabaab attacked.",
        "The al-Shabaab group attacked.",
        "AL-SHABAAB ATTACKED",
    ] {
        assert!(names(text, "al-shabaab"), "{text}: {:?}", found(text));
    }
    let city = |text| words::found(&LEXICON, text).into_iter().map(|(_, m)| m.candidates).next();
    assert!(city("Diyarbakir fell.").is_some());
    assert_eq!(city("Diyarbakır fell."), city("Diyarbakir fell."));
    assert_eq!(city("St. Petersburg fell."), city("St Petersburg fell."));
}

#[test]
fn the_longest_goes_first() {
    assert_eq!(found("South Korea and North Korea met."), ["South Korea=KOR", "North Korea=PRK"]);
    assert_eq!(found("He toured Latin America."), ["Latin America=Latin America"]);
    assert!(names("The UN Security Council met.", "un-security-council"));
    assert!(!names("The UN Security Council met.", "united-nations"));
}

#[test]
fn an_article_in_a_name_keeps_no_longer_name_from_being_found() {
    assert!(names("The Guardian Council met.", "guardian-council"));
    assert!(names("The Guardian reported it.", "the-guardian"));
}

#[test]
fn of_people_with_one_name_the_one_in_office_is_meant() {
    let (_, mention) = words::found(&LEXICON, "Bush left.").remove(0);
    let on = |day: &str| {
        let chosen = LEXICON.choose(&mention, Some(day.parse().expect("a day"))).expect("a reading");
        match chosen.entry {
            Entry::Actor(a) => LEXICON.actors[a as usize].id.as_str(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(on("1990-06-01"), "george-h-w-bush");
    assert_eq!(on("2004-06-01"), "george-w-bush");
    assert_eq!(on("2015-06-01"), "george-w-bush");
}

#[test]
fn capitals_inside_a_name_are_asked_for() {
    assert!(!names("Let them go.", "lashkar-e-taiba"));
    assert!(names("Police said LeT did it.", "lashkar-e-taiba"));
    assert!(found("They met at 5 PM.").is_empty());
}

#[test]
fn nothing_is_found_across_a_sentence_end() {
    assert!(!names("They left the United. States differ.", "USA"));
    assert!(!names("They left the United, States differ.", "USA"));
}

#[test]
fn role_nouns_come_in_every_case_and_number() {
    assert_eq!(found("police officers"), ["police officers=police officer"]);
    assert_eq!(found("Police officers"), ["Police officers=police officer"]);
    assert_eq!(found("POLICE OFFICERS"), ["POLICE OFFICERS=police officer"]);
    assert!(found("He polices the town.").is_empty());
}

#[test]
fn a_title_stands_before_a_name() {
    let kind = |text| words::found(&LEXICON, text)[0].1.kind;
    assert_eq!(kind("President Macron spoke."), MentionKind::Title);
    assert_eq!(kind("The president spoke."), MentionKind::Agent);
    assert_eq!(kind("The President of France spoke."), MentionKind::Agent);
}

#[test]
fn readings_say_how_they_came_about() {
    let first = |text| words::found(&LEXICON, text)[0].1.candidates[0];
    assert_eq!(first("Russia left.").via, Via::Name);
    assert_eq!(first("Russian troops left.").via, Via::Adjective);
    assert_eq!(first("Moscow left.").via, Via::Capital);
    assert_eq!(first("The Kremlin denied it.").via, Via::Seat);
    assert!(first("Jordan left.").ambiguous);
    assert!(!first("Russia left.").ambiguous);
    let kgb = first("The KGB arrested him.");
    assert!(kgb.until.is_some());
}
