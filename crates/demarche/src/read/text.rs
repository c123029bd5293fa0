//! Plain text and Markdown: one document a file, perhaps with a head that says what it is.
//!
//! The head is either a block between two lines of `---` or lines such as `Title: …` before the first empty line.
//! What follows is the text, byte for byte; Markdown is left as it is.

use crate::read::feed::{self, Feed};
use crate::read::options::{Field, FieldNames};
use crate::read::row::{At, Cell, Row};
use crate::read::{Read, charset, notes};
use encoding_rs::Encoding;
use std::collections::VecDeque;

/// Lines that a head may have; a block not closed by then is text.
const MAX_HEAD_LINES: usize = 200;

/// Reads the one document of a file.
pub(super) fn read(mut feed: Feed, declared: Option<&'static Encoding>, out: &mut VecDeque<Read>) {
    let bytes = match feed.take_all() {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let note = notes::too_large(&feed.place, None, "the document", feed.limit);
            return out.push_back(Read::Note(note));
        }
        Err(cause) => return out.push_back(Read::Note(feed.fault(&cause))),
    };
    if bytes.is_empty() {
        return out.push_back(Read::Note(notes::empty(&feed.place)));
    }
    let text = match charset::decode(&bytes, declared) {
        Ok((text, _)) => text,
        Err(at) => {
            let note = feed::bad_encoding(&feed.place, &bytes, at, 1, declared.unwrap_or(encoding_rs::UTF_8));
            return out.push_back(Read::Note(note));
        }
    };
    if let Some(at) = text.find('\0') {
        let line = feed::line_of(text.as_bytes(), at, 1);
        return out.push_back(Read::Note(feed::nul(&feed.place, Some(line))));
    }
    document(&feed.place, &text, feed.limit, out);
}

/// Makes the article of a decoded text.
pub(super) fn document(place: &str, text: &str, limit: usize, out: &mut VecDeque<Read>) {
    let mut row = Row::default();
    let at = At { place, line: None, row: None, limit };
    let body = head(text, place, &mut row, out);
    row.set(Field::Text, Cell::Text(body.to_owned()));
    // The names in a head are the contract's: renaming is for rows.
    match FieldNames::new(&[]) {
        Ok(names) => row.finish(at, &names, out),
        Err(cause) => {
            out.push_back(Read::Note(notes::error(place, None, "read::io", cause.to_string(), "")));
        }
    }
}

/// Takes the head off; returns the text after it.
fn head<'t>(text: &'t str, place: &str, row: &mut Row, out: &mut VecDeque<Read>) -> &'t str {
    let mut rest = text;
    let Some(first) = next_line(&mut rest) else {
        return text;
    };
    let body = if first.trim_end() == "---" {
        match block(rest, place, row, out) {
            Some(body) => body,
            None => {
                out.push_back(Read::Note(notes::warning(
                    place,
                    Some(1),
                    "read::front-matter",
                    "the head opened by `---` is never closed; taken as text",
                    "close it with a line of `---`",
                )));
                return text;
            }
        }
    } else {
        match lines(text, row) {
            Some(body) => body,
            None => return text,
        }
    };
    body.trim_start_matches(['\r', '\n'])
}

/// The lines up to the closing `---`.
fn block<'t>(text: &'t str, place: &str, row: &mut Row, out: &mut VecDeque<Read>) -> Option<&'t str> {
    let mut rest = text;
    let mut entries = Vec::new();
    for number in 0..MAX_HEAD_LINES {
        let line = next_line(&mut rest)?.trim_end();
        if line == "---" || line == "..." {
            for (number, line) in entries {
                entry(line, number, place, row, out);
            }
            return Some(rest);
        }
        entries.push((number as u64 + 2, line));
    }
    None
}

fn entry(line: &str, number: u64, place: &str, row: &mut Row, out: &mut VecDeque<Read>) {
    // Indented lines and list items continue an entry that is none of ours.
    if line.is_empty() || line.starts_with([' ', '\t', '-', '#']) {
        return;
    }
    match line.split_once(':') {
        Some((key, value)) => {
            if let Some(field) = Field::named(key.trim()).filter(|field| *field != Field::Text) {
                row.put(field, &unquoted(value.trim()));
            }
        }
        None => out.push_back(Read::Note(notes::warning(
            place,
            Some(number),
            "read::front-matter",
            "a line of the head is not `key: value`; passed over",
            "",
        ))),
    }
}

/// Lines such as `Title: …`, all of known names, up to an empty line.
fn lines<'t>(text: &'t str, row: &mut Row) -> Option<&'t str> {
    let mut rest = text;
    let mut entries = Vec::new();
    for _ in 0..=Field::ALL.len() {
        let line = next_line(&mut rest)?.trim();
        if line.is_empty() {
            if entries.is_empty() {
                return None;
            }
            for (field, value) in entries {
                row.put(field, value);
            }
            return Some(rest);
        }
        let (key, value) = line.split_once(':')?;
        let field = Field::named(key).filter(|field| *field != Field::Text)?;
        entries.push((field, value.trim()));
    }
    None
}

fn next_line<'t>(rest: &mut &'t str) -> Option<&'t str> {
    if rest.is_empty() {
        return None;
    }
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    *rest = after;
    Some(line)
}

fn unquoted(value: &str) -> String {
    if value.len() >= 2 && value.starts_with('"') && value.ends_with('"') {
        return value[1..value.len() - 1].replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if value.len() >= 2 && value.starts_with('\'') && value.ends_with('\'') {
        return value[1..value.len() - 1].replace("''", "'");
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_record::Article;

    fn read_text(text: &str) -> (Vec<Article>, Vec<&'static str>) {
        let mut out = VecDeque::new();
        document("a.txt", text, 1 << 20, &mut out);
        let (mut articles, mut codes) = (Vec::new(), Vec::new());
        for read in out {
            match read {
                Read::Article(article) => articles.push(article),
                Read::Note(note) => codes.push(note.code),
            }
        }
        (articles, codes)
    }

    #[test]
    fn both_kinds_of_head_are_taken_off() {
        for text in [
            "---\ntitle: \"A: b\"\ndate: 2025-07-03\ntags:\n  - x\n---\n\nOne.\n\nTwo.\n",
            "Title: A: b\r\nDate: 3 July 2025\r\n\r\nOne.\n\nTwo.\n",
        ] {
            let (articles, codes) = read_text(text);
            assert_eq!(codes, Vec::<&str>::new());
            assert_eq!(articles[0].title.as_deref(), Some("A: b"));
            assert_eq!(articles[0].date, Some(jiff::civil::date(2025, 7, 3)));
            assert_eq!(articles[0].text, "One.\n\nTwo.\n");
        }
    }

    #[test]
    fn what_is_no_head_stays_text() {
        for text in [
            "Note: this.\n\nOne.",
            "Title: only line",
            "One.\n---\nTwo.",
            "Date: x\nBody right below.\n\nMore.",
        ] {
            let (articles, _) = read_text(text);
            assert_eq!(articles[0].text, text);
            assert_eq!(articles[0].title, None);
        }
        let (articles, codes) = read_text("---\ntitle: never closed\n\nOne.");
        assert_eq!(articles[0].text, "---\ntitle: never closed\n\nOne.");
        assert_eq!(codes, ["read::front-matter"]);
    }

    #[test]
    fn a_date_that_cannot_be_read_costs_only_the_date() {
        let (articles, codes) = read_text("---\ndate: soon\n---\nOne.");
        assert_eq!(articles[0].date, None);
        assert_eq!(codes, ["read::bad-date"]);
    }
}
