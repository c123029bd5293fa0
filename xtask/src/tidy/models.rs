//! Every shipped model is small and says where it comes from.

use std::path::Path;

use super::{Fault, tree};
use crate::failure::Failure;

/// Bytes that a model must stay below, so that the repository stays quick to clone and the binary small.
const LIMIT: u64 = 15_000_000;
/// Models that lie beside the program and are not built in, and the bytes they must stay below.
const LARGE: [(&str, u64); 1] = [("english-accurate", 30_000_000)];

/// Checks every folder under `data/models`; none there is no fault.
pub fn check(root: &Path) -> Result<Vec<Fault>, Failure> {
    let mut faults = Vec::new();
    let models = Path::new("data/models");
    if !root.join(models).is_dir() {
        return Ok(faults);
    }
    for name in tree::names(&root.join(models))? {
        let folder = models.join(&name);
        if !root.join(&folder).is_dir() {
            continue;
        }
        for needed in ["card.md", "LICENSE"] {
            if !root.join(&folder).join(needed).is_file() {
                faults.push(Fault::new(&folder, 0, format!("no {needed}")));
            }
        }
        let files = tree::names(&root.join(&folder))?;
        let models: Vec<&String> = files.iter().filter(|file| file.ends_with(".bin")).collect();
        if models.is_empty() {
            faults.push(Fault::new(&folder, 0, "no model.bin".to_owned()));
        }
        for weights in models.into_iter().map(|file| folder.join(file)) {
            let bytes = std::fs::metadata(root.join(&weights)).map_or(0, |data| data.len());
            let limit = LARGE.iter().find(|large| name == large.0).map_or(LIMIT, |large| large.1);
            if bytes >= limit {
                faults.push(Fault::new(&weights, 0, format!("{bytes} bytes, {limit} or more")));
            }
        }
    }
    Ok(faults)
}
