//! `demarche-train`: trains the text model, and parses with one for scoring.
//!
//! ```text
//! demarche-train text --train FILE… [--raw JSONL…] [--irregular TSV] [--lemmas FILE] [--frames TSV] --dev FILE --out DIR [--seed N] [--epochs N]
//! demarche-train choice --pairs JSONL --sentences JSONL --model FILE --lexicon DIR (--out DIR | --unseen JSONL) [--epochs N] [--prior X] [--seed N]
//! demarche-train coreference --treebank FILE --model FILE --lexicon DIR (--out DIR | --score FILE) [--epochs N] [--orders N] [--prior X] [--seed N]
//! demarche-train network NAME RECIPE NETWORK PERCEPTRON DEV OUT   a model of what python/train.py exported, and its card
//! demarche-train card RECIPE MODEL DEV                measures a network model anew and writes its card beside it
//! demarche-train parse MODEL < text > conllu          one document; or JSON Lines of {"id", "text"}
//! demarche-train speed MODEL… < text                  what it costs to load each and to read with it on one thread
//! ```

use demarche_coder::{Choice, Coder};
use demarche_lexicon::Lexicon;
use demarche_text::{Engine, Reading, Scratch, write_conllu};
use demarche_train::card::{self, Card};
use demarche_train::logistic::Learning;
use demarche_train::speed::{self, Pace};
use demarche_train::{Settings, WordLists, choice, coreference, corpus, network, score, train, words_of};
use std::error::Error;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("text") => text(&arguments[1..]),
        Some("choice") => choice_model(&arguments[1..]),
        Some("coreference") => coreference_model(&arguments[1..]),
        Some("network") if arguments.len() == 7 => network::join(&arguments[1..]),
        Some("card") if arguments.len() == 4 => network::describe(&arguments[1..]),
        Some("speed") if arguments.len() > 1 => paces(&arguments[1..]),
        Some("parse") if arguments.len() == 2 => parse(Path::new(&arguments[1])),
        _ => Err("usage: demarche-train text --train FILE… [--raw JSONL…] [--irregular TSV] [--lemmas FILE] [--frames TSV] --dev FILE --out DIR [--seed N] [--epochs N] [--tag-epochs N] [--most N,N,N]\n       demarche-train choice --pairs JSONL --sentences JSONL --model FILE --lexicon DIR (--out DIR | --unseen JSONL) [--epochs N] [--prior X] [--seed N]\n       demarche-train coreference --treebank FILE --model FILE --lexicon DIR (--out DIR | --score FILE) [--epochs N] [--orders N] [--prior X] [--seed N]\n       demarche-train network NAME RECIPE NETWORK PERCEPTRON DEV OUT\n       demarche-train card RECIPE MODEL DEV\n       demarche-train parse MODEL < TEXT\n       demarche-train speed MODEL… < TEXT".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demarche-train: {error}");
            ExitCode::from(2)
        }
    }
}

fn text(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let (mut files, mut dev, mut out): (Vec<PathBuf>, Option<PathBuf>, Option<PathBuf>) = Default::default();
    let mut settings = Settings {
        name: "english-perceptron".to_owned(),
        seed: 1,
        epochs: 12,
        tag_epochs: 10,
        most: [900_000, 800_000, 600_000],
    };
    let mut raw_files: Vec<PathBuf> = Vec::new();
    let [mut irregular, mut verbs, mut frames]: [Option<PathBuf>; 3] = Default::default();
    let mut option = "";
    for argument in arguments {
        if argument.starts_with("--") {
            option = argument;
            continue;
        }
        match option {
            "--train" => files.push(argument.into()),
            "--irregular" => irregular = Some(argument.into()),
            "--frames" => frames = Some(argument.into()),
            "--lemmas" => verbs = Some(argument.into()),
            "--raw" => raw_files.push(argument.into()),
            "--dev" => dev = Some(argument.into()),
            "--out" => out = Some(argument.into()),
            "--seed" => settings.seed = argument.parse()?,
            "--epochs" => settings.epochs = argument.parse()?,
            "--tag-epochs" => settings.tag_epochs = argument.parse()?,
            "--most" => {
                let sizes: Vec<usize> = argument.split(',').map(str::parse).collect::<Result<_, _>>()?;
                settings.most = sizes.try_into().map_err(|_| "--most wants three numbers")?;
            }
            _ => return Err(format!("unexpected argument {argument}").into()),
        }
    }
    let (Some(dev), Some(out)) = (dev, out) else {
        return Err("--train, --dev and --out are needed".into());
    };
    let mut documents = Vec::new();
    let mut corpora = Vec::new();
    for file in &files {
        let part = corpus::read(file)?;
        let sentences = part.iter().map(|d| d.1.len()).sum();
        let words = part.iter().flat_map(|d| &d.1).map(|s| s.rows.len()).sum();
        corpora.push((file_name(file), sentences, words));
        documents.extend(part);
    }
    let mut words = Vec::new();
    for file in &raw_files {
        for line in std::fs::read_to_string(file)?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            words.extend(words_of(row["text"].as_str().unwrap_or_default()));
        }
    }
    let mut lists = WordLists::default();
    if let Some(file) = &irregular {
        let read = lists.read_irregular(&std::fs::read_to_string(file)?);
        read.map_err(|line| format!("{}, line {line}: expected three columns", file.display()))?;
    }
    if let Some(file) = &verbs {
        lists.read_verbs(&std::fs::read_to_string(file)?);
    }
    if let Some(file) = &frames {
        let read = lists.read_frames(&std::fs::read_to_string(file)?);
        read.map_err(|line| format!("{}, line {line}: expected two columns", file.display()))?;
    }
    let model = train(&documents, words, &lists, &settings);
    let engine = Engine::load(&model)?;
    let dev_documents: Vec<corpus::Document> =
        corpus::read(&dev)?.iter().enumerate().map(|(i, (id, rows))| corpus::place(id, i, rows)).collect();
    let raw = score::score(&engine, &dev_documents, false);
    let gold = score::score(&engine, &dev_documents, true);
    let speed = speed::rounded(&engine, &dev_documents, 1000.0);
    eprintln!("raw {raw:.2?}\ngold words {gold:.2?}\n{speed} words/s, {} bytes", model.len());
    std::fs::create_dir_all(&out)?;
    std::fs::write(out.join("model.bin"), &model)?;
    let names: Vec<String> = files.iter().map(|f| file_name(f)).collect();
    let raw_names: Vec<String> = raw_files.iter().map(|f| file_name(f)).collect();
    let command = format!(
        "demarche-train text --train {} --raw {}{}{}{} --dev {} --out {} --seed {} --epochs {} --tag-epochs {} --most {},{},{}",
        names.join(" "),
        raw_names.join(" "),
        irregular.map_or_else(String::new, |f| format!(" --irregular {}", file_name(&f))),
        verbs.map_or_else(String::new, |f| format!(" --lemmas {}", file_name(&f))),
        frames.map_or_else(String::new, |f| format!(" --frames {}", file_name(&f))),
        file_name(&dev),
        file_name(&out),
        settings.seed,
        settings.epochs,
        settings.tag_epochs,
        settings.most[0],
        settings.most[1],
        settings.most[2],
    );
    let name = engine.model_name().to_owned();
    let size = model.len();
    let dev = file_name(&dev);
    let card = Card { name, command, corpora, seed: settings.seed, size, dev, raw, gold, speed };
    std::fs::write(out.join("card.md"), card::write(&card))?;
    Ok(())
}

/// Learns to choose between readings and measures it on parts it did not see; or, with `--unseen`, prints what comes out
/// for pairs or documents when every sentence is read by models that did not see it.
fn choice_model(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [mut pairs, mut sentences, mut model, mut lexicon, mut out, mut unseen]: [Option<PathBuf>; 6] =
        Default::default();
    let mut learning = Learning { epochs: 40, prior: 0.3, seed: 1 };
    for argument in arguments.chunks(2) {
        let [option, value] = argument else { return Err(format!("{} wants a value", argument[0]).into()) };
        match option.as_str() {
            "--pairs" => pairs = Some(value.into()),
            "--sentences" => sentences = Some(value.into()),
            "--model" => model = Some(value.into()),
            "--lexicon" => lexicon = Some(value.into()),
            "--out" => out = Some(value.into()),
            "--unseen" => unseen = Some(value.into()),
            "--epochs" => learning.epochs = value.parse()?,
            "--prior" => learning.prior = value.parse()?,
            "--seed" => learning.seed = value.parse()?,
            _ => return Err(format!("unexpected argument {option}").into()),
        }
    }
    let (Some(pairs), Some(sentences), Some(model), Some(lexicon)) = (pairs, sentences, model, lexicon)
    else {
        return Err("--pairs, --sentences, --model and --lexicon are needed".into());
    };
    let coder = coder(&model, &lexicon)?;
    let text_model = coder.engine().model_name().to_owned();
    let read = |file: &Path| -> Result<choice::Lessons, Box<dyn Error>> {
        let lessons = choice::read(&coder, &std::fs::read_to_string(file)?);
        Ok(lessons.map_err(|fault| format!("{}, {fault}", file.display()))?)
    };
    let (of_pairs, of_sentences) = (read(&pairs)?, read(&sentences)?);
    let (pair_folds, sentence_folds) =
        (choice::folds(&of_pairs, learning), choice::folds(&of_sentences, learning));
    let pair_answers = choice::cross(&of_pairs, &pair_folds);
    if let Some(file) = unseen {
        let rows = std::fs::read_to_string(&file)?;
        let first: serde_json::Value = serde_json::from_str(rows.lines().next().unwrap_or("{}"))?;
        let lines = if first["sentence"].is_string() {
            choice::lines(&of_pairs, &pair_answers)
        } else {
            let folds = pair_folds.into_iter().zip(sentence_folds);
            let folds: Vec<Choice> = folds.map(|(pairs, sentences)| Choice { pairs, sentences }).collect();
            choice::cross_code(coder, &folds, &rows)
                .map_err(|fault| format!("{}, {fault}", file.display()))?
        };
        std::io::stdout().write_all(lines.as_bytes())?;
        return Ok(());
    }
    let out = out.ok_or("--out or --unseen is needed")?;
    std::fs::create_dir_all(&out)?;
    let mut parts = Vec::new();
    for (name, answers, origin, file, lessons, shares) in [
        (
            "pairs.bin",
            "the type of event between two marked actors",
            "snowood1/Zero-Shot-PLOVER, ACL 2024",
            &pairs,
            &of_pairs,
            pair_answers,
        ),
        (
            "sentences.bin",
            "the quad class of a sentence's main event, or neutral",
            "eventdata/ConfliBERT, NAACL 2022",
            &sentences,
            &of_sentences,
            choice::cross(&of_sentences, &sentence_folds),
        ),
    ] {
        let bytes = choice::train(lessons, learning).to_bytes();
        std::fs::write(out.join(name), &bytes)?;
        let quality = choice::measure(lessons, &shares);
        eprintln!("{name}: {quality:.2?}");
        parts.push(choice::Part {
            model: name,
            corpus: format!("`{}` ({origin})", file_name(file)),
            answers,
            classes: lessons.classes.len(),
            lessons: lessons.ids.len(),
            size: bytes.len(),
            quality,
        });
    }
    let command = format!(
        "demarche-train choice --pairs {} --sentences {} --model {} --lexicon {} --out {} --epochs {} --prior {} --seed {}",
        pairs.display().to_string().rsplit("gold/").next().unwrap_or_default(),
        sentences.display().to_string().rsplit("gold/").next().unwrap_or_default(),
        file_name(&model),
        file_name(&lexicon),
        file_name(&out),
        learning.epochs,
        learning.prior,
        learning.seed
    );
    std::fs::write(out.join("card.md"), choice::card(&command, &parts, &text_model))?;
    Ok(())
}

/// The coder of a text model and of the sources of a lexicon, without learned choices.
fn coder(model: &Path, lexicon: &Path) -> Result<Coder, Box<dyn Error>> {
    let (image, notes) = demarche_lexicon::compile(lexicon);
    if let Some(fault) = notes.iter().find(|n| n.severity == demarche_record::Severity::Error) {
        return Err(fault.to_string().into());
    }
    let engine = Engine::load(&std::fs::read(model)?)?;
    Ok(Coder::new(engine, Lexicon::from_image(image), env!("CARGO_PKG_VERSION")))
}

/// Learns which phrases mean the same, or measures a model of it on the documents that are held back.
fn coreference_model(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let mut wanted = coreference::Wanted::default();
    let [mut model, mut lexicon]: [Option<PathBuf>; 2] = Default::default();
    for argument in arguments.chunks(2) {
        let [option, value] = argument else { return Err(format!("{} wants a value", argument[0]).into()) };
        match option.as_str() {
            "--treebank" => wanted.treebank = value.into(),
            "--model" => model = Some(value.into()),
            "--lexicon" => lexicon = Some(value.into()),
            "--out" => wanted.out = Some(value.into()),
            "--score" => wanted.score = Some(value.into()),
            "--epochs" => wanted.learning.epochs = value.parse()?,
            "--orders" => wanted.learning.orders = value.parse()?,
            "--prior" => wanted.learning.prior = value.parse()?,
            "--seed" => wanted.learning.seed = value.parse()?,
            _ => return Err(format!("unexpected argument {option}").into()),
        }
    }
    let (Some(model), Some(lexicon)) = (model, lexicon) else {
        return Err("--treebank, --model and --lexicon are needed".into());
    };
    println!("{}", coreference::run(&coder(&model, &lexicon)?, &wanted)?);
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Prints for every model, a line of JSON each, how fast it reads the texts of standard input.
fn paces(models: &[String]) -> Result<(), Box<dyn Error>> {
    let documents = documents()?;
    for model in models {
        let bytes = std::fs::read(model).map_err(|cause| format!("{model}: {cause}"))?;
        let pace = speed::of_model(&bytes, documents.iter().map(|(_, text)| text.as_str()))
            .map_err(|cause| format!("{model}: {cause}"))?;
        let Pace { load, words, seconds } = pace;
        println!("{}", serde_json::json!({"load": load, "words": words, "seconds": seconds}));
    }
    Ok(())
}

/// What stands on standard input: one text, or rows of JSON with `id` and `text`.
fn documents() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    if !input.starts_with('{') {
        return Ok(vec![("text".to_owned(), input)]);
    }
    let mut documents = Vec::new();
    for line in input.lines().filter(|l| !l.trim().is_empty()) {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str().map(str::to_owned).ok_or(format!("a row without {name}"));
        documents.push((field("id")?, field("text")?));
    }
    Ok(documents)
}

fn parse(model: &Path) -> Result<(), Box<dyn Error>> {
    let engine = Engine::load(&std::fs::read(model)?)?;
    let documents = documents()?;
    let mut out = String::new();
    let (mut scratch, mut reading) = (Scratch::default(), Reading::default());
    for (id, text) in &documents {
        engine.begin(text, &mut scratch, &mut reading);
        let mut trees = Vec::new();
        for number in 0..reading.sentences().len() {
            engine.parse_at(text, number, &mut scratch, &mut reading);
            trees.push(reading.tree(number).clone());
        }
        write_conllu(&mut out, id, text, reading.sentences(), &trees)?;
    }
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(())
}
