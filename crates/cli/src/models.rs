//! Where a text model is found: by its name in the folders of the program's data, or by its path.

use crate::args::ModelSource;
use crate::failure::Failure;
use std::env;
use std::path::{Path, PathBuf};

/// The name of the model that is built in.
const BUILT_IN: &str = "fast";
/// Models that lie beside the program, by the name that selects them, with the name of their folder.
const NAMED: [(&str, &str); 1] = [("accurate", "english-accurate")];

/// The file of the model that was asked for; none for the one that is built in.
///
/// # Errors
/// If it was asked for by name and is in none of the folders.
pub fn file(source: &ModelSource) -> Result<Option<PathBuf>, Failure> {
    let Some(asked) = &source.model else {
        return Ok(None);
    };
    if asked.as_os_str() == BUILT_IN {
        return Ok(None);
    }
    let Some((name, folder)) = NAMED.iter().find(|(name, _)| asked.as_os_str() == *name) else {
        return Ok(Some(asked.clone()));
    };
    let places = places(folder);
    match places.iter().find(|place| place.is_file()) {
        Some(found) => Ok(Some(found.clone())),
        None => Err(missing(name, folder, &places)),
    }
}

fn missing(name: &str, folder: &str, places: &[PathBuf]) -> Failure {
    let looked: Vec<String> = places.iter().map(|place| format!("`{}`", place.display())).collect();
    Failure::Arguments {
        message: format!("the text model `{name}` is not on this machine; looked for {}", looked.join(", ")),
        help: format!(
            "take `data/models/{folder}/model.bin` from demarche's repository and put it at one of these places, or name it with --model FILE"
        ),
    }
}

/// Where the model of this folder may lie, in the order in which the places are tried.
fn places(folder: &str) -> Vec<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home_data = set("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| Some(set("HOME")?.join(".local/share")));
    let beside = env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    let roots = [
        set("DEMARCHE_DATA"),
        beside,
        Some(PathBuf::from("data")),
        home_data.map(|data| data.join("demarche")),
    ];
    let file = Path::new("models").join(folder).join("model.bin");
    roots.into_iter().flatten().map(|root| root.join(&file)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Scorer;

    fn asked(name: &str) -> Result<Option<PathBuf>, Failure> {
        file(&ModelSource { model: Some(name.into()), scorer: Scorer::None })
    }

    #[test]
    fn what_is_no_name_is_a_path() {
        assert_eq!(asked("./accurate").unwrap(), Some(PathBuf::from("./accurate")));
        assert_eq!(asked("some/model.bin").unwrap(), Some(PathBuf::from("some/model.bin")));
        assert_eq!(asked("fast").unwrap(), None);
        assert_eq!(file(&ModelSource { model: None, scorer: Scorer::None }).unwrap(), None);
    }

    #[test]
    fn a_model_that_is_nowhere_is_missed_by_name_and_places() {
        let message = missing("accurate", "english-accurate", &places("english-accurate")).to_string();
        assert!(message.contains("`accurate`") && message.contains("english-accurate"), "{message}");
    }
}
