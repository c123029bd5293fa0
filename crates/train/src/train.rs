//! The whole training of a text model, from documents to a sealed file.

use crate::clauses::Verbs;
use crate::corpus::{Document, Rows, place};
use crate::paradigms::{Paradigms, WordLists};
use crate::random::Random;
use crate::tags::Example;
use crate::{clauses, ends, gaps, groups, lemmas, tags, trees, variants};
use demarche_text::workshop::{
    Dictionary, Lemmatiser, Morphology, Parser, Row, Splitter, TagRoom, Tagger, Tokeniser, begin,
    finite_labels, seal,
};
use demarche_text::{Upos, Xpos};

/// How to train.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the model.
    pub name: String,
    /// Seed of all random choices.
    pub seed: u64,
    /// Rounds of the parser over the corpus.
    pub epochs: usize,
    /// Rounds of the tagger; those of cross-prediction are half as many.
    pub tag_epochs: usize,
    /// Most features kept of the steps, and most weights of relations and of tags; the smallest go first.
    pub most: [usize; 3],
}

/// Parts of the corpus that are tagged by a tagger trained on the others.
const FOLDS: usize = 6;

type Labels = Vec<(Upos, Xpos)>;

/// A tagger on its way into the file.
struct Tags {
    forms: Vec<(u32, u32)>,
    weights: Vec<Row>,
}

fn learn_tags(
    examples: &[&Example<'_>],
    facts: &[(u32, u32)],
    labels: &Labels,
    epochs: usize,
    seed: u64,
    most: usize,
) -> Tags {
    let forms = tags::dictionary(examples);
    let weights =
        tags::learn(examples, &Dictionary::new(&forms, facts), &finite_labels(labels), epochs, seed, most);
    Tags { forms, weights }
}

/// Documents with their variants.
fn enlarge(corpus: &[(String, Vec<Rows>)], verbs: &Verbs<'_>, seed: u64) -> Vec<Document> {
    let mut random = Random::new(seed);
    let mut apart = Random::new(seed + 1);
    let mut documents = Vec::new();
    for (origin, (id, sentences)) in corpus.iter().enumerate() {
        documents.push(place(id, origin, sentences));
        if random.once_in(8) {
            documents.push(place(id, origin, &variants::capitals(sentences)));
        }
        if random.once_in(6) {
            let lines = variants::headlines(sentences, &mut random);
            if !lines.is_empty() {
                documents.push(place(id, origin, &lines));
            }
        }
        let short = clauses::clauses(sentences, verbs, &mut apart);
        if !short.is_empty() {
            documents.push(Document { made: true, ..place(id, origin, &short) });
        }
    }
    documents
}

/// Tags every example with a tagger that saw neither it nor a variant of it.
fn cross_tags(
    examples: &[Example<'_>],
    facts: &[(u32, u32)],
    labels: &Labels,
    settings: &Settings,
) -> Vec<Vec<u8>> {
    let fold = |which: usize| -> Vec<(usize, Vec<u8>)> {
        let others: Vec<&Example<'_>> = examples.iter().filter(|e| e.origin % FOLDS != which).collect();
        let epochs = settings.tag_epochs.div_ceil(2);
        let learned =
            learn_tags(&others, facts, labels, epochs, settings.seed + which as u64, settings.most[2]);
        let tagger = Tagger::new(
            labels.clone(),
            Dictionary::new(&learned.forms, facts),
            demarche_text::workshop::Rows::new(&learned.weights, labels.len()),
        );
        let mut room = TagRoom::default();
        let own = examples.iter().enumerate().filter(|(_, e)| e.origin % FOLDS == which);
        own.map(|(at, example)| {
            let mut tags = Vec::new();
            tagger.tag(&example.atoms, &mut room, &mut tags);
            (at, tags)
        })
        .collect()
    };
    let mut all = vec![Vec::new(); examples.len()];
    let mut take = |part: Vec<(usize, Vec<u8>)>| part.into_iter().for_each(|(at, tags)| all[at] = tags);
    for pair in (0..FOLDS).collect::<Vec<_>>().chunks(2) {
        let parts: Vec<_> = std::thread::scope(|scope| {
            let running: Vec<_> = pair.iter().map(|&which| scope.spawn(move || fold(which))).collect();
            // A panic of a fold is a panic of the whole.
            running.into_iter().map(|r| r.join().expect("a fold panicked")).collect()
        });
        parts.into_iter().for_each(&mut take);
        eprintln!("cross-prediction: folds {pair:?} done");
    }
    let (right, total) = examples.iter().zip(&all).fold((0, 0), |(right, total), (example, tags)| {
        let hits = example.labels.iter().zip(tags).filter(|(a, b)| a == b).count();
        (right + hits, total + tags.len())
    });
    eprintln!("cross-prediction: {:.2} % of labels right", 100.0 * right as f64 / total.max(1) as f64);
    all
}

/// Trains a model on a corpus and gives the sealed file. `raw` is running text, folded words in order, from which
/// groups of words that are used alike are learned, with the corpus itself; `lists` are words with their forms.
pub fn train(
    corpus: &[(String, Vec<Rows>)],
    raw: Vec<u32>,
    lists: &WordLists,
    settings: &Settings,
) -> Vec<u8> {
    let listed = Paradigms::new(&[], lists);
    let documents = enlarge(corpus, &Verbs { lists, any: &listed.regular }, settings.seed);
    let labels = tags::labels(&documents);
    let examples = tags::examples(&documents, &labels);
    eprintln!(
        "{} documents with variants, {} sentences, {} labels",
        documents.len(),
        examples.len(),
        labels.len()
    );
    let groups = groups::learn(corpus, raw);
    eprintln!("{} words in groups", groups.len());
    let paradigms = Paradigms::new(&examples, lists);
    let facts = paradigms.facts(&groups, &examples, &labels);
    eprintln!("{} forms with facts", facts.len());
    let seed = settings.seed;
    let tags = cross_tags(&examples, &facts, &labels, settings);
    let dictionary = Dictionary::new(&[], &facts);
    let fact_lists: Vec<Vec<_>> =
        examples.iter().map(|e| e.atoms.iter().map(|a| dictionary.facts(a.form)).collect()).collect();
    let (examples, tags, fact_lists, labels) = (&examples, &tags, &fact_lists, &labels);
    let (learned_trees, (tagger, gap_weights, fused, end_weights)) = std::thread::scope(|scope| {
        let most = [settings.most[0], settings.most[1]];
        let trees = scope
            .spawn(move || trees::learn(examples, tags, fact_lists, labels, settings.epochs, seed, most));
        let all: Vec<&Example<'_>> = examples.iter().collect();
        let tagger = learn_tags(&all, &facts, labels, settings.tag_epochs, seed, settings.most[2]);
        eprintln!("tagger done");
        let gap_weights = gaps::learn(&documents, 8, seed);
        let fused = gaps::fused(&documents);
        let end_weights = ends::learn(&documents, 10, seed);
        eprintln!("tokens and sentence ends done");
        (trees.join().expect("learning trees panicked"), (tagger, gap_weights, fused, end_weights))
    });
    let lemmas = lemmas::learn(examples, &paradigms, labels);
    let features = lemmas::learn_features(examples);
    let mut writer = begin(&settings.name);
    let mut last = 0;
    let mut part = |name: &str, at: usize| {
        eprintln!("{name}: {} bytes", at - last);
        last = at;
    };
    Tokeniser::write(&gap_weights, &fused, &mut writer);
    part("tokens", writer.bytes.len());
    Splitter::write(&end_weights, &mut writer);
    part("sentence ends", writer.bytes.len());
    Tagger::write(labels, &tagger.forms, &facts, &tagger.weights, &mut writer);
    part("tags", writer.bytes.len());
    Lemmatiser::write(&lemmas.rules, &lemmas.choice, &mut writer);
    part("lemmas", writer.bytes.len());
    Morphology::write(&features.sets, &features.choice, &mut writer);
    part("features", writer.bytes.len());
    Parser::write(&learned_trees.steps, &learned_trees.relations, &mut writer);
    part("trees", writer.bytes.len());
    seal(&writer.bytes)
}
