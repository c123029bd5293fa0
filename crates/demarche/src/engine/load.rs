//! Lexicon and text model, embedded or from files, into a coder.

use demarche_coder::{Choice, ChoiceError, ChoiceModel, Coder, CoreferenceError, CoreferenceModel};
use demarche_lexicon::{Gazetteer, ImageError, Lexicon, compile};
use demarche_record::{Note, Severity};
use demarche_text::{Engine, ModelError, ZoneCues};
use std::io;
use std::path::Path;

pub(super) static LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
static MODEL: &[u8] = include_bytes!("../../../../data/models/english-fast/model.bin");
static TOWNS: &str = include_str!("../../../../data/gazetteer/cities.tsv");
static PAIRS: &[u8] = include_bytes!("../../../../data/models/english-choice/pairs.bin");
static SENTENCES: &[u8] = include_bytes!("../../../../data/models/english-choice/sentences.bin");

static COREFERENCE: &[u8] = include_bytes!("../../../../data/models/english-coreference/model.bin");

/// Why there is no coder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The embedded lexicon cannot be read: the program is damaged.
    #[error("the embedded lexicon cannot be read")]
    Image(#[from] ImageError),
    /// The embedded models of choice cannot be read: the program is damaged.
    #[error("the embedded models of choice cannot be read")]
    Choice(#[from] ChoiceError),
    /// The embedded model of coreference cannot be read: the program is damaged.
    #[error("the embedded model of coreference cannot be read")]
    Coreference(#[from] CoreferenceError),
    /// The sources of a lexicon have faults.
    #[error("the lexicon in `{dir}` has faults, the first of them: {}", first(notes))]
    Sources {
        /// The folder.
        dir: String,
        /// All that was found, warnings included; at least one error is among them.
        notes: Vec<Note>,
    },
    /// What was added to the lexicon cannot be read.
    #[error("the additions to the lexicon in `{path}` cannot be read")]
    Additions {
        /// The folder.
        path: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// A model cannot be used.
    #[error("the text model `{path}` cannot be used")]
    Model {
        /// The file, or `embedded`.
        path: String,
        /// Why.
        #[source]
        cause: ModelError,
    },
    /// A model file cannot be read.
    #[error("the text model `{path}` cannot be read")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

fn first(notes: &[Note]) -> String {
    let first = notes.iter().find(|n| n.severity == Severity::Error);
    first.or(notes.first()).map(Note::to_string).unwrap_or_default()
}

/// The coder with the embedded lexicon and model.
///
/// # Errors
/// If the program is damaged.
pub fn coder() -> Result<Coder, LoadError> {
    coder_from(None, None, Scorer::Choice)
}

/// Who decides between readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scorer {
    /// The embedded models of choice weigh what the rules propose.
    #[default]
    Choice,
    /// The rules alone.
    None,
}

/// The coder with a lexicon compiled from sources in a folder, or with another model; what is not given is embedded.
///
/// # Errors
/// If the sources have faults or the model cannot be used.
pub fn coder_from(
    lexicon_dir: Option<&Path>,
    model: Option<&Path>,
    scorer: Scorer,
) -> Result<Coder, LoadError> {
    coder_with(|| lexicon(lexicon_dir), model, scorer)
}

/// The coder with the lexicon that is given, loaded beside the model.
///
/// # Errors
/// If the lexicon or the model cannot be used.
pub fn coder_with(
    lexicon: impl FnOnce() -> Result<Lexicon, LoadError>,
    model: Option<&Path>,
    scorer: Scorer,
) -> Result<Coder, LoadError> {
    // The two have nothing to do with each other, and starting is what short runs wait for.
    let (engine, lexicon) = std::thread::scope(|scope| {
        let beside = scope.spawn(|| engine(model));
        let lexicon = lexicon();
        let engine = beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (engine, lexicon)
    });
    let lexicon = lexicon?;
    let zones = &lexicon.zones;
    let cues = ZoneCues {
        comments: zones.comments.clone(),
        boilerplate: zones.boilerplate.clone(),
        own: zones.own.clone(),
        readers: zones.readers.clone(),
        reporting: zones.reporting.clone(),
    };
    let engine = engine?.with_zone_cues(cues);
    let choice = match scorer {
        Scorer::Choice => {
            Some(Choice { pairs: ChoiceModel::load(PAIRS)?, sentences: ChoiceModel::load(SENTENCES)? })
        }
        Scorer::None => None,
    };
    Ok(Coder::new(engine, lexicon, env!("CARGO_PKG_VERSION"))
        .with_choice(choice)
        .with_gazetteer(Some(Gazetteer::new(TOWNS)))
        .with_coreference(Some(CoreferenceModel::load(COREFERENCE)?)))
}

/// The embedded lexicon, or one compiled from sources in a folder.
///
/// # Errors
/// If the sources have faults, or the program is damaged.
pub fn lexicon(dir: Option<&Path>) -> Result<Lexicon, LoadError> {
    let Some(dir) = dir else {
        return Ok(Lexicon::from_bytes(LEXICON)?);
    };
    let (image, notes) = compile(dir);
    if notes.iter().any(|n| n.severity == Severity::Error) {
        return Err(LoadError::Sources { dir: dir.display().to_string(), notes });
    }
    Ok(Lexicon::from_image(image))
}

fn engine(model: Option<&Path>) -> Result<Engine, LoadError> {
    let refused = |path: String| move |cause| LoadError::Model { path, cause };
    match model {
        None => Engine::load(MODEL).map_err(refused("embedded".to_owned())),
        Some(path) => {
            let name = path.display().to_string();
            let bytes = std::fs::read(path).map_err(|cause| LoadError::Io { path: name.clone(), cause })?;
            Engine::load(&bytes).map_err(refused(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_embedded_is_what_the_sources_say() {
        let sources = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
            .join("../../data/lexicon");
        let compiled = lexicon(Some(&sources)).unwrap();
        assert_eq!(compiled.hash(), lexicon(None).unwrap().hash());
    }

    #[test]
    fn faults_of_sources_and_models_are_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "version = [").unwrap();
        match coder_from(Some(folder.path()), None, Scorer::None).err() {
            Some(LoadError::Sources { notes, .. }) => {
                assert!(notes.iter().any(|n| n.place.ends_with("a.toml") && n.line == Some(1)));
            }
            other => panic!("{other:?}"),
        }
        let model = folder.path().join("model.bin");
        std::fs::write(&model, b"no model").unwrap();
        let error = coder_from(None, Some(&model), Scorer::None).err();
        assert!(matches!(error, Some(LoadError::Model { cause: ModelError::Foreign, .. })));
    }
}
