//! `lexicon add`: a user's sources over the built-in lexicon, for all commands from then on.

use crate::Screen;
use crate::additions;
use crate::failure::{Failure, SOME_FAILED};
use crate::stream::{self, tame, worded};
use demarche::engine::{AddError, Additions, Change};
use demarche_record::{Note, Severity};
use std::path::PathBuf;

/// Runs the command; the exit status.
pub fn run(files: &[PathBuf], screen: Screen) -> Result<u8, Failure> {
    let Some(folder) = additions::folder() else {
        return Err(Failure::Arguments {
            message: "there is no folder for the program's data".to_owned(),
            help: "set DEMARCHE_DATA to one".to_owned(),
        });
    };
    let additions = Additions::at(&folder);
    let mut failed = false;
    for file in files {
        match additions.add(file) {
            Ok(added) => {
                failed |= tell(&added.notes, screen);
                let what = match added.change {
                    Change::None => "is there already; nothing changed",
                    Change::New => "added",
                    Change::Replaced => "added in place of the file that had its name",
                };
                say(screen, &format!("{}: {} entries, {what}\n", tame(&added.name), added.entries));
            }
            Err(AddError::Nothing { path, notes }) => {
                failed = true;
                tell(&notes, screen);
                stream::complain(&format!("{}: no entry can be used; not added\n", tame(&path)));
            }
            Err(AddError::Load(cause)) => return Err(cause.into()),
            Err(cause) => {
                failed = true;
                let mut message = cause.to_string();
                if let Some(inner) = std::error::Error::source(&cause) {
                    message.push_str(&format!(": {inner}"));
                }
                if matches!(cause, AddError::Format { .. }) {
                    message.push_str("; `demarche lexicon import` makes one of other formats");
                }
                stream::complain(&format!("{}\n", tame(&message)));
            }
        }
    }
    say(screen, &format!("the additions lie in {}\n", tame(&folder.display().to_string())));
    Ok(if failed { SOME_FAILED } else { 0 })
}

fn say(screen: Screen, text: &str) {
    if !screen.quiet {
        stream::complain(text);
    }
}

/// Says what was found; whether there was an error.
fn tell(notes: &[Note], screen: Screen) -> bool {
    for note in notes.iter().filter(|n| !screen.quiet || n.severity == Severity::Error) {
        stream::complain(&worded(note, screen.err.paint));
    }
    notes.iter().any(|n| n.severity == Severity::Error)
}
