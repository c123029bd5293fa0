//! Items of RSS and entries of Atom.

use crate::read::element::Element;
use crate::read::markup::text_of;
use crate::read::options::Field;
use crate::read::row::{Cell, Row};

/// What a feed says of all its items.
#[derive(Debug, Default)]
pub(super) struct Channel {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    /// The element whose text is being read.
    pub(super) inside: Option<String>,
}

impl Channel {
    /// Keeps the text that ended an element's start, if it is the title or language of the channel.
    pub(super) fn keep(&mut self, text: &str) {
        let Some(name) = self.inside.take() else { return };
        let text = text_of(text);
        if text.is_empty() {
            return;
        }
        match name.as_str() {
            "title" => drop(self.title.get_or_insert(text)),
            "language" | "dc:language" => drop(self.language.get_or_insert(text)),
            _ => {}
        }
    }
}

/// The fields of an item or entry.
pub(super) fn feed_row(element: &Element, channel: &Channel) -> Row {
    let mut row = Row::default();
    let get = |names: &[&str]| {
        names.iter().find_map(|name| element.children.iter().find(|child| child.name == *name))
    };
    let body = get(&["content:encoded", "content", "description", "summary", "atom:content", "atom:summary"]);
    if let Some(body) = body {
        row.set(Field::Text, Cell::Text(if body.plain { body.text.clone() } else { text_of(&body.text) }));
    }
    let line = |names: &[&str]| get(names).map(|child| text_of(&child.text).replace('\n', " "));
    row.put(Field::Title, &line(&["title", "atom:title"]).unwrap_or_default());
    row.put(Field::Id, &line(&["guid", "id", "atom:id", "dc:identifier"]).unwrap_or_default());
    let dates = ["pubDate", "published", "dc:date", "issued", "updated", "atom:published", "atom:updated"];
    row.put(Field::Date, &line(&dates).unwrap_or_default());
    row.put(Field::Place, &line(&["dc:coverage"]).unwrap_or_default());
    let links = element.children.iter().filter(|child| matches!(child.name.as_str(), "link" | "atom:link"));
    for link in links {
        // Atom gives the address as an attribute and says what it leads to.
        if link.rel.as_deref().is_none_or(|rel| rel == "alternate") {
            row.put_if_absent(Field::Url, link.href.as_deref().unwrap_or(&link.text));
        }
    }
    let publisher = line(&["source", "dc:publisher"]).or_else(|| channel.title.clone());
    row.put(Field::Source, &publisher.unwrap_or_default());
    let language =
        line(&["dc:language"]).or_else(|| element.language.clone()).or_else(|| channel.language.clone());
    row.put(Field::Language, &language.unwrap_or_default());
    row
}
