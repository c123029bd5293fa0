//! XML: PETRARCH's articles and sentences, RSS and Atom.
//!
//! The file is taken element by element, and each `Sentence`, `Article`, `item` or `entry` is parsed alone, so that a
//! malformed one is skipped and the next comes through. Sentences of one story that follow each other make one
//! document, with an empty line between them.

use crate::read::element::{Element, Ending, Markup, attribute, element, local, markup_of, short};
use crate::read::feed::{Feed, Piece};
use crate::read::options::{Field, FieldNames};
use crate::read::row::{At, Cell, Row};
use crate::read::syndication::{Channel, feed_row};
use crate::read::{Read, notes};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::VecDeque;
use std::io;

/// Largest tag, comment or the like outside of documents that is looked at.
const MAX_MARKUP: usize = 1 << 16;

/// Reads documents out of XML.
pub(super) struct XmlRows {
    feed: Feed,
    names: FieldNames,
    limit: usize,
    token: Piece,
    channel: Channel,
    root: Option<String>,
    root_closed: bool,
    row: u64,
    found: bool,
    story: Option<Story>,
    done: bool,
}

/// Sentences of one story.
#[derive(Debug)]
struct Story {
    id: String,
    text: String,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    line: u64,
    row: u64,
}

impl XmlRows {
    pub(super) fn new(feed: Feed, names: FieldNames) -> Self {
        let limit = feed.limit;
        Self {
            feed,
            names,
            limit,
            token: Piece::default(),
            channel: Channel::default(),
            root: None,
            root_closed: false,
            row: 0,
            found: false,
            story: None,
            done: false,
        }
    }

    /// Reads on to the next document; false when there is none.
    pub(super) fn step(&mut self, out: &mut VecDeque<Read>) -> bool {
        if self.done {
            return false;
        }
        match self.advance(out) {
            Ok(true) => true,
            Ok(false) => {
                self.flush(out);
                self.at_end(out);
                self.done = true;
                false
            }
            Err(cause) => {
                self.flush(out);
                out.push_back(Read::Note(self.feed.fault(&cause)));
                self.done = true;
                false
            }
        }
    }

    fn at_end(&self, out: &mut VecDeque<Read>) {
        let place = &self.feed.place;
        let note = match &self.root {
            None => notes::error(place, None, "read::bad-xml", "there is no XML in the file", ""),
            Some(root) if !self.root_closed => notes::error(
                place,
                Some(self.feed.line()),
                "read::truncated",
                format!("the file ends before `</{root}>`"),
                "it may have been cut off; what came before was read",
            ),
            Some(root) if !self.found => {
                let known = matches!(local(root), "rss" | "feed" | "RDF" | "Sentences" | "Articles");
                if known {
                    notes::warning(place, None, "read::empty-file", "there is no document in the file", "")
                } else {
                    notes::error(
                        place,
                        None,
                        "read::unknown-xml",
                        format!("`{}` is neither PETRARCH's sentences nor RSS nor Atom", short(root)),
                        "",
                    )
                }
            }
            Some(_) => return,
        };
        out.push_back(Read::Note(note));
    }

    /// Reads up to the end of the next document's element; false at the end of the file.
    fn advance(&mut self, out: &mut VecDeque<Read>) -> io::Result<bool> {
        loop {
            self.feed.limit = MAX_MARKUP;
            self.token.clear();
            if !self.feed.take(&mut self.token, |byte| byte == b'<')? {
                return Ok(false);
            }
            let text = self.token.bytes.strip_suffix(b"<").unwrap_or(&self.token.bytes);
            self.channel.keep(std::str::from_utf8(text).unwrap_or_default());
            self.token.clear();
            // The angle has been taken; it belongs to the element that follows.
            self.token.bytes.push(b'<');
            self.token.size = 1;
            self.token.line = self.feed.line();
            if !self.take_markup()? {
                return Ok(false);
            }
            match markup_of(&self.token.bytes) {
                Markup::Start { name, empty } => {
                    if matches!(local(&name), "Sentence" | "Article" | "item" | "entry") {
                        self.root.get_or_insert_with(|| name.clone());
                        self.found = true;
                        self.row += 1;
                        let whole = empty || self.take_element(&name)?;
                        if self.root.as_deref() == Some(name.as_str()) {
                            self.root_closed = true;
                        }
                        if !whole {
                            self.flush(out);
                            out.push_back(Read::Note(notes::error(
                                &self.feed.place,
                                Some(self.token.line),
                                "read::truncated",
                                format!("row {} breaks off at the end of the file; skipped", self.row),
                                "the file may have been cut off",
                            )));
                            self.root_closed = true;
                            return Ok(false);
                        }
                        self.document(&name, out);
                        return Ok(true);
                    }
                    if self.root.is_none() {
                        self.language_of_root();
                        self.root = Some(name.clone());
                        self.root_closed = empty;
                    }
                    self.channel.inside = (!empty).then_some(name);
                }
                Markup::End(name) => {
                    self.channel.inside = None;
                    self.root_closed |= self.root.as_deref() == Some(name.as_str());
                }
                Markup::Other => {}
            }
        }
    }

    fn language_of_root(&mut self) {
        let Ok(tag) = std::str::from_utf8(&self.token.bytes) else {
            return;
        };
        let mut reader = Reader::from_str(tag);
        if let Ok(Event::Start(start)) = reader.read_event() {
            self.channel.language = attribute(&start, "xml:lang");
        }
    }

    /// The rest of a tag, comment, instruction or CDATA section; false if the file ends inside.
    fn take_markup(&mut self) -> io::Result<bool> {
        let mut seen = Ending::default();
        self.feed.take(&mut self.token, |byte| seen.push(byte))
    }

    /// The rest of an element whose start tag has been taken; false if the file ends inside.
    fn take_element(&mut self, name: &str) -> io::Result<bool> {
        self.feed.limit = self.limit;
        let mut depth = 1u64;
        let mut tag = Vec::new();
        while depth > 0 {
            if !self.feed.take(&mut self.token, |byte| byte == b'<')? {
                return Ok(false);
            }
            tag.clear();
            tag.push(b'<');
            let mut seen = Ending::default();
            let whole = self.feed.take(&mut self.token, |byte| {
                // Enough of it to tell what it is; the last bytes tell whether it is empty.
                if tag.len() < MAX_MARKUP {
                    tag.push(byte);
                } else if let Some(last) = tag.last_mut() {
                    let before = std::mem::replace(last, byte);
                    if let Some(second) = tag.iter_mut().rev().nth(1) {
                        *second = before;
                    }
                }
                seen.push(byte)
            })?;
            if !whole {
                return Ok(false);
            }
            match markup_of(&tag) {
                Markup::Start { name: inner, empty: false } if inner == name => depth += 1,
                Markup::End(inner) if inner == name => depth -= 1,
                _ => {}
            }
        }
        Ok(true)
    }

    fn document(&mut self, name: &str, out: &mut VecDeque<Read>) {
        let place = self.feed.place.clone();
        let line = self.token.line;
        let at = At { place: &place, line: Some(line), row: Some(self.row), limit: self.limit };
        if self.token.oversize {
            self.flush(out);
            return out.push_back(Read::Note(notes::too_large(
                &place,
                Some(line),
                &at.subject(),
                self.limit,
            )));
        }
        let xml = match self.feed.text(&self.token.bytes, line) {
            Ok(xml) => xml.to_owned(),
            Err(note) => {
                self.flush(out);
                return out.push_back(Read::Note(note));
            }
        };
        match element(&xml) {
            Err(message) => {
                self.flush(out);
                out.push_back(Read::Note(notes::error(
                    &place,
                    Some(line),
                    "read::bad-xml",
                    format!("{} is malformed: {message}; skipped", at.subject()),
                    "",
                )));
            }
            Ok(element) if matches!(local(name), "item" | "entry") => {
                self.flush(out);
                feed_row(&element, &self.channel).finish(at, &contract_names(&self.names), out);
            }
            Ok(element) => self.sentence(element, line, out),
        }
    }

    fn sentence(&mut self, element: Element, line: u64, out: &mut VecDeque<Read>) {
        let text =
            element.children.iter().find(|child| child.name == "Text").map(|child| child.text.as_str());
        let id = element.id.unwrap_or_default();
        let is_sentence = element.sentence.as_deref().is_some_and(|flag| flag.eq_ignore_ascii_case("true"));
        let text = text.map(|text| if is_sentence { collapse(text) } else { text.trim().to_owned() });
        let story_id = match id.rsplit_once('_') {
            Some((story, _)) if is_sentence => story,
            _ => id.as_str(),
        };
        if let (Some(story), Some(text)) = (&mut self.story, &text) {
            let fits = story.text.len() + text.len() + 2 <= self.limit;
            if is_sentence && !id.is_empty() && story.id == story_id && fits {
                story.text.push_str("\n\n");
                story.text.push_str(text);
                return;
            }
        }
        self.flush(out);
        let Some(text) = text else {
            let at = At { place: &self.feed.place, line: Some(line), row: Some(self.row), limit: self.limit };
            return Row::default().finish(at, &contract_names(&self.names), out);
        };
        self.story = Some(Story {
            id: story_id.to_owned(),
            text,
            date: element.date,
            source: element.source,
            url: element.url,
            line,
            row: self.row,
        });
        if !is_sentence {
            self.flush(out);
        }
    }

    /// Gives out the story in hand.
    fn flush(&mut self, out: &mut VecDeque<Read>) {
        let Some(story) = self.story.take() else { return };
        let at =
            At { place: &self.feed.place, line: Some(story.line), row: Some(story.row), limit: self.limit };
        let mut row = Row::default();
        row.set(Field::Text, Cell::Text(story.text));
        row.put(Field::Id, &story.id);
        row.put(Field::Date, &story.date.unwrap_or_default());
        row.put(Field::Source, &story.source.unwrap_or_default());
        row.put(Field::Url, &story.url.unwrap_or_default());
        row.finish(at, &contract_names(&self.names), out);
    }
}

/// XML has names of its own: renaming is for rows, and messages speak of the contract's fields.
fn contract_names(names: &FieldNames) -> FieldNames {
    FieldNames::new(&[]).unwrap_or_else(|_| names.clone())
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
