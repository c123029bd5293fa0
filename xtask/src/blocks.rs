//! Tables of scores inside other pages: what stands between two comments is written by `cargo xtask scores --write`.

use std::path::Path;

use crate::failure::Failure;
use crate::results::{self, Scores};

/// Pages that may hold such tables.
const PAGES: [&str; 3] = ["docs/forecasting.md", "docs/balance.md", "docs/claims.md"];
const END: &str = "<!-- end of scores -->";

/// Writes the tables of the sets that were scored; others stay as they are. Fails where a page cannot be read or written,
/// or a table does not end.
pub fn write(root: &Path, scores: &Scores) -> Result<(), Failure> {
    for page in PAGES {
        let path = root.join(page);
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let filled = fill(&text, scores).map_err(|fault| Failure::content(&path, fault))?;
        if filled != text {
            results::write(&path, &filled)?;
            eprintln!("written: {}", path.display());
        }
    }
    Ok(())
}

/// The text with its tables written anew. `<!-- scores of SET -->` begins the table of a set, `<!-- scores of SET: WHAT -->`
/// that of one of its commands.
fn fill(text: &str, scores: &Scores) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<!-- scores of ") {
        let after = &rest[at..];
        let line = after.find("-->").map(|end| &after[..end + 3]).ok_or("a comment does not end")?;
        let name = line.trim_start_matches("<!-- scores of ").trim_end_matches("-->").trim();
        let end = after.find(END).ok_or_else(|| format!("the table of {name} does not end"))?;
        let (set, what) = name.split_once(": ").map_or((name, None), |(set, what)| (set, Some(what)));
        let mut part = scores.clone();
        part.figures.retain(|figure| figure.set == set && what.is_none_or(|what| figure.what == what));
        out += &rest[..at];
        out += &match part.figures.is_empty() {
            true => after[..end].to_owned(),
            false => format!("{line}\n\n{}\n", results::scores_table(&part)),
        };
        out += END;
        rest = &after[end + END.len()..];
    }
    Ok(out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Figure, Origin};

    #[test]
    fn a_table_is_written_between_its_comments() {
        let origin = Origin {
            commit: String::new(),
            date: String::new(),
            changed: false,
            processor: String::new(),
            cores: 1,
            memory: 0,
        };
        let figure = |set: &str, what: &str| Figure {
            set: set.to_owned(),
            what: what.to_owned(),
            measure: "MRR".to_owned(),
            figure: "48.25".to_owned(),
            bar: String::new(),
            met: None,
        };
        let figures = vec![figure("a", "ranking"), figure("a", "counting"), figure("b", "other")];
        let scores = Scores { origin, figures, absent: Vec::new(), commands: Vec::new() };
        let text =
            format!("x\n<!-- scores of a: ranking -->\nold\n{END}\ny\n<!-- scores of c -->\nkept\n{END}\n");
        let filled = fill(&text, &scores).unwrap();
        assert!(filled.contains("48.25") && filled.contains("ranking |") && !filled.contains("counting"));
        assert!(filled.starts_with("x\n<!--") && filled.contains("\ny\n") && filled.contains("kept"));
        assert!(!filled.contains("old"));
        assert_eq!(fill(&filled, &scores).unwrap(), filled);
        assert!(fill("<!-- scores of a -->\n", &scores).is_err());
    }
}
