//! The accurate model on all kinds of text: what always holds. Skipped where the model is not there.

use demarche_text::{Engine, ModelError, Mwt, Reading, Scratch, Tree};
use proptest::prelude::*;
use std::sync::LazyLock;

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/english-accurate/model.bin");

static BYTES: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| {
    let bytes = std::fs::read(MODEL).ok();
    if bytes.is_none() {
        println!("skipped: there is no model at {MODEL}");
    }
    bytes
});
static ENGINE: LazyLock<Option<Engine>> =
    LazyLock::new(|| BYTES.as_ref().map(|bytes| Engine::load(bytes).expect("the model loads")));

fn read(engine: &Engine, text: &str) -> Reading {
    let mut reading = Reading::default();
    engine.begin(text, &mut Scratch::default(), &mut reading);
    reading
}

/// What must hold of any text: words cover it in order, trees have one root and no cycle.
fn check(text: &str) {
    let Some(engine) = &*ENGINE else {
        return;
    };
    let reading = read(engine, text);
    let mut at = 0;
    for (number, sentence) in reading.sentences().iter().enumerate() {
        assert!(!sentence.words.is_empty() && sentence.words.len() <= 400);
        for (i, word) in sentence.words.iter().enumerate() {
            let (start, end) = (word.span.start as usize, word.span.end as usize);
            assert!(start < end && start >= at && text.is_char_boundary(start) && text.is_char_boundary(end));
            assert!(text[at..start].trim().is_empty(), "uncovered: {:?}", &text[at..start]);
            at = end;
            let goes_on = sentence.words.get(i + 1).is_some_and(|w| w.mwt == Mwt::Rest);
            assert!(word.mwt != Mwt::First || goes_on, "a multiword token of one word");
        }
        check_tree(reading.tree(number), sentence.words.len());
    }
    assert!(text[at..].trim().is_empty());
}

fn check_tree(tree: &Tree, words: usize) {
    assert_eq!(tree.len(), words);
    assert_eq!((0..words).filter(|&i| tree.head(i).is_none()).count(), 1);
    for i in 0..words {
        let mut up = i;
        for _ in 0..words {
            up = tree.head(up).unwrap_or(up);
        }
        assert_eq!(tree.head(up), None, "a cycle above word {i}");
        assert_eq!(tree.head(i).is_none(), tree.rel(i) == demarche_text::Rel::Root);
        assert!(tree.margin(i) >= 0.0 && tree.margin(i).is_finite());
    }
    assert!(tree.names().iter().all(|name| name.words.start < name.words.end && name.words.end <= words));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn any_mix_of_words_is_read(words in prop::collection::vec("[A-Za-z]{1,8}|[.!?,\"'()-]|don't|U\\.S\\.|\n\n|é|🙂|\u{0}", 0..120)) {
        check(&words.join(" "));
    }

    #[test]
    fn an_altered_file_is_refused(at in any::<prop::sample::Index>(), change in 1u8..=255) {
        if let Some(bytes) = &*BYTES {
            let mut bytes = bytes.clone();
            let at = at.index(bytes.len());
            bytes[at] ^= change;
            prop_assert!(Engine::load(&bytes).is_err());
        }
    }
}

#[test]
fn a_file_cut_short_is_refused_by_name() {
    let Some(bytes) = &*BYTES else {
        return;
    };
    let error = |bytes: &[u8]| Engine::load(bytes).map(|_| ()).unwrap_err();
    assert!(matches!(error(&bytes[..bytes.len() - 1]), ModelError::Length { .. }));
    assert!(matches!(error(&bytes[..20]), ModelError::Length { .. }));
    let mut later = bytes.clone();
    later[8] = 200;
    assert!(matches!(error(&later), ModelError::Version { found: 200 }));
}

#[test]
fn long_and_strange_texts_are_read_in_bounded_time() {
    check(&"word ".repeat(1_500));
    check(&"and, ".repeat(500));
    check(&"a".repeat(30_000));
    check(&format!("Short. {}", "supercalifragilistic-".repeat(100)));
    check(&" ".repeat(1_000_000));
    check("\u{feff}\u{200b}\u{301}\u{202e}");
    check("");
}

#[test]
fn a_sentence_by_itself_is_read_whatever_its_length() {
    let Some(engine) = &*ENGINE else {
        return;
    };
    let text = "one two, three four. ".repeat(60);
    let reading = read(engine, &text);
    let mut sentence = reading.sentences()[0].clone();
    sentence.words = reading.sentences().iter().flat_map(|s| s.words.clone()).take(400).collect();
    let mut tree = Tree::default();
    engine.parse(&text, &sentence, &mut Scratch::default(), &mut tree);
    check_tree(&tree, sentence.words.len());
}

#[test]
fn a_plain_sentence_is_understood() {
    let Some(engine) = &*ENGINE else {
        return;
    };
    let text = "The envoys were arrested by soldiers on Monday. \"We will not leave,\" she said.";
    let reading = read(engine, text);
    assert_eq!(reading.sentences().len(), 2);
    let tree = reading.tree(0);
    let shown: Vec<String> =
        (0..tree.len()).map(|i| format!("{} {} {}", tree.lemma(i), tree.upos(i), tree.rel(i))).collect();
    assert_eq!(
        shown,
        [
            "the DET det",
            "envoy NOUN nsubj:pass",
            "be AUX aux:pass",
            "arrest VERB root",
            "by ADP case",
            "soldier NOUN obl:agent",
            "on ADP case",
            "Monday PROPN obl",
            ". PUNCT punct"
        ]
    );
}
