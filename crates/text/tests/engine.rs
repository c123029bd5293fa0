//! The shipped model on all kinds of text: what always holds, and what tokens and trees should be.

use demarche_record::Zone;
use demarche_text::{Engine, ModelError, Mwt, Scratch, Sentence, Tree, Upos, Xpos, ZoneCues, write_conllu};
use proptest::prelude::*;
use std::sync::LazyLock;

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/english-perceptron/model.bin");

static BYTES: LazyLock<Vec<u8>> =
    LazyLock::new(|| std::fs::read(MODEL).expect("the shipped model is in data/models"));
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::load(&BYTES).expect("the shipped model loads"));

fn split(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    ENGINE.split(text, &mut sentences);
    sentences
}

fn parse(text: &str, sentence: &Sentence) -> Tree {
    let mut tree = Tree::default();
    ENGINE.parse(text, sentence, &mut Scratch::default(), &mut tree);
    tree
}

/// Words of all sentences; those that share a token joined by `+`, sentences apart by `|`.
fn words(text: &str) -> String {
    let mut out = String::new();
    for (s, sentence) in split(text).iter().enumerate() {
        if s > 0 {
            out.push_str(" |");
        }
        for word in &sentence.words {
            out.push_str(if word.mwt == Mwt::Rest { "+" } else { " " });
            out.push_str(word.span.of(text));
        }
    }
    out.trim_start().to_owned()
}

/// What must hold of any text: words cover it in order, trees have one root and no cycle.
fn check(text: &str) {
    let sentences = split(text);
    let mut at = 0;
    for sentence in &sentences {
        assert!(!sentence.words.is_empty() && sentence.words.len() <= 400);
        assert_eq!(sentence.span.start, sentence.words[0].span.start);
        for (i, word) in sentence.words.iter().enumerate() {
            let (start, end) = (word.span.start as usize, word.span.end as usize);
            assert!(start < end && start >= at);
            assert!(text[at..start].trim().is_empty(), "uncovered: {:?}", &text[at..start]);
            assert!(!text[start..end].contains(char::is_whitespace));
            at = end;
            let starts = word.mwt == Mwt::First;
            let goes_on = sentence.words.get(i + 1).is_some_and(|w| w.mwt == Mwt::Rest);
            assert!(!starts || goes_on, "a multiword token of one word");
            assert!(word.mwt != Mwt::No || !goes_on, "a rest without a first");
        }
        let tree = parse(text, sentence);
        assert_eq!(tree.len(), sentence.words.len());
        assert_eq!((0..tree.len()).filter(|&i| tree.head(i).is_none()).count(), 1);
        for i in 0..tree.len() {
            let mut up = i;
            for _ in 0..=tree.len() {
                match tree.head(up) {
                    Some(head) => up = head,
                    None => break,
                }
            }
            assert_eq!(tree.head(up), None, "a cycle above word {i}");
            assert!(tree.margin(i) >= 0.0);
            assert!(tree.children(i).all(|c| tree.head(c) == Some(i)));
        }
    }
    assert!(text[at..].trim().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_string_is_covered_and_gives_trees(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_lines_of_words_and_signs_give_trees(text in "([A-Za-z]{1,8}|[0-9.,$%]{1,5}|[\"'“”’().!?-]{1,3}|n't|'s|\\s|\n){0,80}") {
        check(&text);
    }

    #[test]
    fn no_change_of_one_byte_is_accepted(place in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut bytes = BYTES.clone();
        let at = place.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(Engine::load(&bytes).is_err());
    }
}

#[test]
fn hostile_texts_neither_crash_nor_hang() {
    for text in [
        "",
        " \n\t ",
        "\0",
        "a\0b\0\0 c.",
        "\u{feff}Text.",
        "שלום עולם. مرحبا بالعالم!",
        "e\u{301}te\u{301} n\u{303}o 👩‍👩‍👧‍👦.",
        "\r\n\r\nA.\r\nB.",
        "....",
        "\"\"\"",
        "n't 's 'll",
        "'",
        "\u{2028}x\u{85}y",
    ] {
        check(text);
    }
    check(&"a".repeat(5_000_000));
    check(&"a.b-".repeat(200_000));
}

#[test]
fn a_line_of_fifty_thousand_words_is_cut_into_sentences() {
    let text = "the state and its army ".repeat(10_000);
    let sentences = split(&text);
    assert!(sentences.len() >= 125);
    check(&text);
}

#[test]
fn foreign_cut_and_altered_files_are_refused() {
    let error = |bytes: &[u8]| Engine::load(bytes).map(|_| ()).unwrap_err();
    assert_eq!(error(b""), ModelError::Foreign);
    assert_eq!(error(b"PK\x03\x04 something else altogether"), ModelError::Foreign);
    assert!(matches!(error(&BYTES[..20]), ModelError::Length { .. } | ModelError::Version { .. }));
    assert!(matches!(error(&BYTES[..BYTES.len() - 1]), ModelError::Length { .. }));
    let mut version = BYTES.clone();
    version[8] = 99;
    assert_eq!(error(&version), ModelError::Version { found: 99 });
    let mut altered = BYTES.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    assert_eq!(error(&altered), ModelError::Altered);
    assert!(ENGINE.model_name().starts_with("english-perceptron-"));
}

#[test]
fn words_are_divided_as_the_treebank_divides_them() {
    for (text, expected) in [
        ("They don't know.", "They do+n't know ."),
        ("They don’t know.", "They do+n’t know ."),
        ("We cannot wait.", "We can+not wait ."),
        ("Moscow's envoy left the U.S. on Monday.", "Moscow+'s envoy left the U.S. on Monday ."),
        ("It cost $1.5m last year.", "It cost $ 1.5 m last year ."),
        ("A 10-year-old boy was hurt.", "A 10 - year - old boy was hurt ."),
        ("Send an e-mail to them.", "Send an e-mail to them ."),
        ("See http://www.un.org/en/sc for more.", "See http://www.un.org/en/sc for more ."),
        ("Write to john.doe@state.gov today.", "Write to john.doe@state.gov today ."),
        ("\"We agree,\" Lavrov said.", "\" We agree , \" Lavrov said ."),
        ("Iran (and Syria) objected.", "Iran ( and Syria ) objected ."),
        ("Talks ended. Mr. Khan left.", "Talks ended . | Mr. Khan left ."),
        ("The vote was 3,000 to 12.5%.", "The vote was 3,000 to 12.5 % ."),
    ] {
        assert_eq!(words(text), expected);
    }
}

#[test]
fn zones_follow_the_layout() {
    let text = "Russia recognises Taliban government\n\nThe envoy said the talks in Moscow had gone well. \
                \"We agree on everything.\" He left on Monday.\n\nRead more: Who are the Taliban?\n\n\
                Comments (2)\n\nI doubt that this will last.";
    let zones: Vec<Zone> = split(text).iter().map(|s| s.zone).collect();
    assert_eq!(zones.first(), Some(&Zone::Headline));
    assert_eq!(zones.last(), Some(&Zone::Comment));
    for zone in [Zone::Body, Zone::Quote, Zone::Boilerplate] {
        assert!(zones.contains(&zone), "{zone:?} in {zones:?}");
    }
    let cues =
        ZoneCues { comments: vec!["Your views".into()], boilerplate: Vec::new(), ..ZoneCues::default() };
    let engine = ENGINE.clone().with_zone_cues(cues);
    let mut sentences = Vec::new();
    engine.split("It ended.\n\nYour views\n\nGood.", &mut sentences);
    assert_eq!(sentences[0].zone, Zone::Body);
    assert!(sentences[1..].iter().all(|s| s.zone == Zone::Comment));
}

#[test]
fn rooms_can_be_used_again() {
    let text = "The minister met the president. Iran said that it would not sign.";
    let sentences = split(text);
    let (mut scratch, mut tree) = (Scratch::default(), Tree::default());
    for _ in 0..2 {
        for sentence in &sentences {
            ENGINE.parse(text, sentence, &mut scratch, &mut tree);
            let fresh = parse(text, sentence);
            assert_eq!(format!("{tree:?}"), format!("{fresh:?}"));
        }
    }
}

#[test]
fn a_parse_as_conllu() {
    let text = "Moscow's envoy said on Monday that the “treaty” was signed by Iran, which hasn't ratified it.\n\nThe U.S. objected.";
    let sentences = split(text);
    let trees: Vec<Tree> = sentences.iter().map(|s| parse(text, s)).collect();
    let mut out = String::new();
    write_conllu(&mut out, "example", text, &sentences, &trees).expect("a string takes all");
    for (block, tree) in out.split("\n\n").zip(&trees) {
        let read = Tree::from_conllu(block).expect("what was written can be read");
        for i in 0..tree.len() {
            assert_eq!(
                (read.head(i), read.rel(i), read.feats(i)),
                (tree.head(i), tree.rel(i), tree.feats(i))
            );
        }
    }
    insta::assert_snapshot!(out);
}

/// Of the sentences of `finite.txt`, one in thirty may miss its finite verb and one in fifteen its root.
#[test]
fn short_news_sentences_have_their_finite_verb() {
    let (mut all, mut untagged, mut unrooted) = (0, Vec::new(), Vec::new());
    for line in include_str!("finite.txt").lines().filter(|l| !l.starts_with('#')) {
        let (before, rest) = line.split_once('*').expect("a verb is marked");
        let (_, after) = rest.split_once('*').expect("the mark is closed");
        let text = line.replace('*', "");
        let sentences = split(&text);
        let verb = sentences[0].words.iter().position(|w| w.span.start as usize == before.len());
        let verb = verb.expect("the verb is a word");
        let tree = parse(&text, &sentences[0]);
        all += 1;
        let finite = matches!(tree.xpos(verb), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
        if !finite || tree.upos(verb) != Upos::Verb {
            untagged.push(line);
        }
        if tree.head(verb).is_some() {
            unrooted.push(line);
        }
        assert!(after.ends_with('.'), "{line}");
    }
    assert!(all >= 60, "{all} sentences");
    assert!(untagged.len() * 30 <= all, "{} of {all}: {untagged:#?}", untagged.len());
    assert!(unrooted.len() * 15 <= all, "{} of {all}: {unrooted:#?}", unrooted.len());
}

#[test]
fn forms_have_the_lemmas_of_the_dictionary() {
    for (text, form, lemma) in [
        ("Police raided the house.", "raided", "raid"),
        ("Insurgents overran the base.", "overran", "overrun"),
        ("The two sides fought for hours.", "fought", "fight"),
        ("Warplanes bombed the town.", "bombed", "bomb"),
        ("The two sides traded fire.", "traded", "trade"),
        ("The regime hanged three men.", "hanged", "hang"),
        ("The militia massacred civilians.", "massacred", "massacre"),
        ("The agency fed the refugees.", "fed", "feed"),
        ("The court fined the company.", "fined", "fine"),
        ("The troops retook the city.", "retook", "retake"),
        ("They looted the shops.", "looted", "loot"),
        ("The minister rebuked the ambassador.", "rebuked", "rebuke"),
        ("The president signalled a change.", "signalled", "signal"),
        ("The president signaled a change.", "signaled", "signal"),
        ("They repaired the bridge.", "repaired", "repair"),
        ("The army is shelling the town.", "shelling", "shell"),
        ("He vetoes every bill.", "vetoes", "veto"),
        ("They met the envoys.", "envoys", "envoy"),
        ("Several embassies were closed.", "embassies", "embassy"),
    ] {
        let sentences = split(text);
        let tree = parse(text, &sentences[0]);
        let at = sentences[0].words.iter().position(|w| w.span.of(text) == form);
        assert_eq!(at.map(|at| tree.lemma(at)), Some(lemma), "{text}");
    }
}
