//! The sources of this repository compile without a fault, and what they name is found where they say it is.

mod words;

use demarche_lexicon::{Entry, Lexicon, Slot, Table, compile};
use demarche_record::{Date, Severity};
use std::path::Path;
use std::sync::LazyLock;
use words::found;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let dir = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
        .join("../../data/lexicon");
    let (image, notes) = compile(&dir);
    let errors: Vec<String> =
        notes.iter().filter(|n| n.severity >= Severity::Warning).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    Lexicon::from_image(image)
});

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn id(actor: Option<u32>) -> Option<&'static str> {
    actor.map(|a| LEXICON.actors[a as usize].id.as_str())
}

#[test]
fn everything_is_there() {
    assert!(LEXICON.actors.len() > 2200);
    assert!(LEXICON.agents.len() > 250);
    assert!(LEXICON.patterns.len() > 700);
    assert!(LEXICON.operators.len() > 70);
    assert!(LEXICON.ties.len() >= 50);
    assert!(LEXICON.speech.len() > 20);
    assert!(!LEXICON.zones.comments.is_empty() && !LEXICON.zones.boilerplate.is_empty());
}

#[test]
fn every_actor_is_found_in_its_examples() {
    let mut missed = Vec::new();
    let mut seen = 0;
    for (i, actor) in LEXICON.actors.iter().enumerate() {
        for example in &actor.examples {
            seen += 1;
            let wanted = Entry::Actor(i as u32);
            if !found(&LEXICON, example).iter().any(|(_, m)| m.candidates.iter().any(|c| c.entry == wanted)) {
                missed.push(format!("{}: {example}", actor.id));
            }
        }
    }
    assert!(missed.is_empty(), "{} of {seen} missed:\n{}", missed.len(), missed.join("\n"));
    assert!(seen > 700);
}

#[test]
fn every_role_noun_is_found_in_its_examples() {
    let mut missed = Vec::new();
    for (i, agent) in LEXICON.agents.iter().enumerate() {
        for example in &agent.examples {
            let wanted = Entry::Agent(i as u32);
            if !found(&LEXICON, example).iter().any(|(_, m)| m.candidates.iter().any(|c| c.entry == wanted)) {
                missed.push(format!("{:?}: {example}", agent.words));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_name_is_found_standing_alone() {
    let mut missed = Vec::new();
    for (i, actor) in LEXICON.actors.iter().enumerate() {
        let names = std::iter::once(&actor.name).chain(actor.names.iter().map(|n| &n.text));
        for name in
            names.chain(&actor.adjectives).chain(&actor.capital).chain(&actor.seats).chain(&actor.cities)
        {
            let sentence = format!("Yesterday {name} met him.");
            let wanted = Entry::Actor(i as u32);
            let found = found(&LEXICON, &sentence);
            if !found.iter().any(|(_, m)| m.candidates.iter().any(|c| c.entry == wanted)) {
                missed.push(format!(
                    "{}: {name}: {:?}",
                    actor.id,
                    found.iter().map(|(t, _)| t).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn offices_are_held_for_a_time() {
    assert_eq!(id(LEXICON.holder("president", "RUS", day("2010-01-01"))), Some("dmitry-medvedev"));
    assert_eq!(id(LEXICON.holder("president", "RUS", day("2024-01-01"))), Some("vladimir-putin"));
    assert_eq!(id(LEXICON.holder("head", "fsb", day("2024-01-01"))), Some("alexander-bortnikov"));
    assert_eq!(id(LEXICON.holder("President", "USA", day("2009-01-19"))), Some("george-w-bush"));
    assert_eq!(id(LEXICON.holder("president", "USA", day("2009-01-20"))), Some("barack-obama"));
    assert_eq!(LEXICON.holder("president", "USA", day("1700-01-01")), None);
    assert_eq!(LEXICON.holder("president", "atlantis", day("2009-01-20")), None);
    let obama = LEXICON.actor_by_id("barack-obama").expect("an actor");
    let titles = |on| LEXICON.offices_on(obama, day(on)).map(|o| o.title.as_str()).collect::<Vec<_>>();
    assert_eq!(titles("2012-06-01"), ["president"]);
    assert!(titles("2019-06-01").is_empty());
}

#[test]
fn who_leads_a_state_is_not_always_its_head() {
    let day = |text: &str| text.parse::<Date>().expect("a day");
    let holder =
        |title, of, on| LEXICON.holder(title, of, day(on)).map(|a| LEXICON.actors[a as usize].id.as_str());
    assert_eq!(holder("leader", "GBR", "2003-03-20"), Some("tony-blair"));
    assert_eq!(holder("leader", "DEU", "2015-09-01"), Some("angela-merkel"));
    assert_eq!(holder("leader", "FRA", "2015-09-01"), Some("francois-hollande"));
    assert_eq!(holder("head of government", "IRN", "2018-08-30"), Some("hassan-rouhani"));
    assert_eq!(holder("head of government", "FRA", "1998-06-01"), Some("lionel-jospin"));
    // Another title answers where none bears the one that was asked for, and never across offices.
    assert_eq!(holder("Premier", "ITA", "2005-07-20"), Some("silvio-berlusconi"));
    assert_eq!(holder("president", "GBR", "2005-07-20"), None);
}

#[test]
fn bodies_are_known_by_their_names_at_home() {
    let state = |id| LEXICON.actor_by_id(id).expect("a state");
    let body = |words, id| LEXICON.body_of(words, state(id)).map(|a| LEXICON.actors[a as usize].id.as_str());
    assert_eq!(body("Supreme Court", "PAK"), Some("pakistan-supreme-court"));
    assert_eq!(body("supreme court", "GBR"), Some("uk-supreme-court"));
    assert_eq!(body("supreme court", "TUV"), None);
    assert_eq!(LEXICON.sole_office("pope"), LEXICON.actor_by_id("VAT"));
    assert_eq!(LEXICON.sole_office("president"), None);
    assert_eq!(LEXICON.named("Yemen branch of al-Qaeda"), LEXICON.actor_by_id("aqap"));
}

#[test]
fn membership_has_its_time() {
    assert!(LEXICON.member_of("USA", "nato", day("2001-01-01")));
    assert!(!LEXICON.member_of("POL", "nato", day("1998-01-01")));
    assert!(LEXICON.member_of("POL", "nato", day("2000-01-01")));
    assert!(LEXICON.member_of("un-security-council", "united-nations", day("2000-01-01")));
    assert!(!LEXICON.member_of("united-nations", "un-security-council", day("2000-01-01")));
    let fsb = LEXICON.actor_by_id("fsb").expect("an actor");
    assert_eq!(LEXICON.country_of(fsb, day("2020-01-01")), Some("RUS"));
    let russia = LEXICON.actor_by_id("RUS").expect("an actor");
    assert_eq!(LEXICON.country_of(russia, day("2020-01-01")), Some("RUS"));
}

#[test]
fn rules_are_found_by_lemma_with_the_longest_first() {
    let refs = LEXICON.verbs("call");
    assert!(!refs.is_empty());
    let rest = |at: &demarche_lexicon::Ref| {
        let (i, l) = (at.entry as usize, at.lexeme as usize);
        match at.table {
            Table::Operator => LEXICON.operators[i].verbs[l].rest.len(),
            Table::Pattern => LEXICON.patterns[i].verbs[l].rest.len(),
            Table::Tie => LEXICON.ties[i].verbs[l].rest.len(),
            Table::Speech => LEXICON.speech[i].verbs[l].rest.len(),
        }
    };
    assert!(refs.windows(2).all(|w| rest(&w[0]) >= rest(&w[1])));
    assert!(LEXICON.verbs("say").iter().any(|r| r.table == Table::Speech));
    assert!(LEXICON.nouns("refusal").iter().any(|r| r.table == Table::Operator));
    assert!(LEXICON.verbs("xyzzy").is_empty());
    let lexemes: usize = LEXICON.patterns.iter().map(|p| p.verbs.len()).sum();
    assert!(lexemes > 1000);
}

#[test]
fn classes_are_opened_and_defaults_filled_in() {
    let pattern = LEXICON.patterns.iter().find(|p| p.rule == "support/recognise").expect("the pattern");
    assert_eq!(pattern.goldstein, LEXICON.ontology.goldstein(&pattern.cameo));
    for p in LEXICON.patterns.iter().chain(&LEXICON.ties) {
        assert!(p.who_given || p.who == [Slot::Subj], "{}", p.rule);
        assert!(!p.noun_who.is_empty() && !p.noun_whom.is_empty(), "{}", p.rule);
        for (slot, words) in p.heads.iter().chain(&p.unless) {
            assert!(words.iter().all(|w| !w.starts_with('@')), "{} {slot}", p.rule);
        }
    }
    let refuse = LEXICON.operators.iter().find(|o| o.rule == "reject/refuse").expect("the operator");
    assert_eq!(refuse.modes.get(Some(demarche_record::EventType::Aid), None), Some("assist"));
    assert_eq!(refuse.modes.get(None, None), Some("change"));
}
