//! Every example sentence of the lexicon is a test: a `hit` gives a record by its entry, or by another entry of the same
//! type that takes this one's event in ("the bombing killed ten" is one event); a `miss` gives none by its entry.

mod common;

use demarche_coder::{Coder, Desk};
use demarche_lexicon::{Adds, Lexicon, Outcome, compile};
use demarche_record::{Article, Severity};

fn coder() -> Coder {
    let (image, notes) = compile(&common::data().join("lexicon"));
    let faults: Vec<String> =
        notes.iter().filter(|n| n.severity == Severity::Error).map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Coder::new(common::engine(), Lexicon::from_image(image), "test")
}

/// What a sentence gave: the rules of its events and ties, and whether somebody is said to have said it.
struct Said {
    /// Contexts of its events, and their modes as `TYPE/mode`.
    told: Vec<String>,
    events: Vec<(String, String)>,
    ties: Vec<(String, String)>,
    /// Rules that fit a word, those among them whose event another one of the same type took in.
    fitting: Vec<String>,
    attributed: bool,
}

fn say(coder: &Coder, sentence: &str, desk: &mut Desk) -> Said {
    let article = Article {
        id: "t".into(),
        text: sentence.into(),
        date: "2025-07-05".parse().ok(),
        ..Article::default()
    };
    let told = coder.explain(&article, desk);
    let rules = told.sentences.iter().flat_map(|s| &s.rules);
    let modes = told.events.iter().filter_map(|e| e.mode.as_ref().map(|mode| format!("{}/{mode}", e.kind)));
    Said {
        told: told.events.iter().flat_map(|e| e.contexts.iter().cloned()).chain(modes).collect(),
        fitting: rules.filter(|r| r.fired).map(|r| r.rule.clone()).collect(),
        attributed: told.events.iter().any(|e| !e.attribution.is_empty()),
        events: told.events.into_iter().map(|e| (e.kind.as_str().to_owned(), e.rule)).collect(),
        ties: told.ties.into_iter().map(|t| (t.kind.as_str().to_owned(), t.rule)).collect(),
    }
}

fn fired(records: &[(String, String)], rule: &str) -> bool {
    records.iter().any(|(_, r)| r.split(" > ").any(|part| part == rule))
}

/// Sentences that the trees of the present model do not carry yet are counted, not passed over in silence: the test holds
/// the share that is right, and prints every one that is not.
fn report(failures: &[String], of: usize, least_right: f64) {
    let right = 1.0 - failures.len() as f64 / of as f64;
    println!("{} of {of} sentences are not right:\n{}", failures.len(), failures.join("\n"));
    assert!(right >= least_right, "{:.1} % right, {:.1} % wanted", 100.0 * right, 100.0 * least_right);
}

#[test]
fn patterns_fire_where_they_say() {
    let coder = coder();
    let mut desk = Desk::default();
    let (mut failures, mut of) = (Vec::new(), 0);
    for pattern in coder.lexicon().patterns.iter().chain(&coder.lexicon().ties) {
        for (sentences, wanted) in [(&pattern.hit, true), (&pattern.miss, false)] {
            for sentence in sentences {
                of += 1;
                let said = say(&coder, sentence, &mut desk);
                let records = match pattern.outcome {
                    Outcome::Event(_) => &said.events,
                    Outcome::Tie(_) => &said.ties,
                };
                let of_type = records.iter().any(|(kind, _)| kind == pattern.outcome.as_str());
                let taken_in = of_type && said.fitting.contains(&pattern.rule);
                if (fired(records, &pattern.rule) || (wanted && taken_in)) != wanted {
                    let kind = if wanted { "hit" } else { "miss" };
                    failures.push(format!(
                        "{}:{} {kind} {}: {sentence} -> {records:?}",
                        pattern.file, pattern.line, pattern.rule
                    ));
                }
            }
        }
    }
    report(&failures, of, 0.88);
}

#[test]
fn operators_act_where_they_say() {
    let coder = coder();
    let mut desk = Desk::default();
    let (mut failures, mut of) = (Vec::new(), 0);
    for operator in &coder.lexicon().operators {
        for (sentences, wanted) in [(&operator.hit, true), (&operator.miss, false)] {
            for sentence in sentences {
                of += 1;
                let said = say(&coder, sentence, &mut desk);
                if fired(&said.events, &operator.rule) != wanted {
                    let kind = if wanted { "hit" } else { "miss" };
                    failures.push(format!(
                        "{}:{} {kind} {}: {sentence} -> {:?}",
                        operator.file, operator.line, operator.rule, said.events
                    ));
                }
            }
        }
    }
    report(&failures, of, 0.75);
}

#[test]
fn speech_is_attributed() {
    let coder = coder();
    let mut desk = Desk::default();
    let (mut failures, mut of) = (Vec::new(), 0);
    for speech in &coder.lexicon().speech {
        for (sentences, wanted) in [(&speech.hit, true), (&speech.miss, false)] {
            for sentence in sentences {
                of += 1;
                let said = say(&coder, sentence, &mut desk);
                if said.attributed != wanted {
                    let kind = if wanted { "hit" } else { "miss" };
                    failures.push(format!(
                        "{}:{} {kind}: {sentence} -> {:?}",
                        speech.file, speech.line, said.events
                    ));
                }
            }
        }
    }
    report(&failures, of, 0.70);
}

#[test]
fn topics_add_what_they_say() {
    let coder = coder();
    let mut desk = Desk::default();
    let (mut failures, mut of) = (Vec::new(), 0);
    for topic in &coder.lexicon().topics {
        let added = match &topic.adds {
            Adds::Context(context) => context.clone(),
            Adds::Mode { kind, mode, .. } => format!("{kind}/{mode}"),
        };
        for (sentences, wanted) in [(&topic.hit, true), (&topic.miss, false)] {
            for sentence in sentences {
                of += 1;
                let said = say(&coder, sentence, &mut desk);
                if said.told.contains(&added) != wanted {
                    let kind = if wanted { "hit" } else { "miss" };
                    failures.push(format!(
                        "{}:{} {kind} {added}: {sentence} -> {:?}",
                        topic.file, topic.line, said.events
                    ));
                }
            }
        }
    }
    report(&failures, of, 0.88);
}
