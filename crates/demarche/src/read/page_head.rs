//! What a web page says of itself: its `meta`, `link` and `time` elements and structured data.

use crate::read::markup::{attributes, push_escaped};
use std::collections::BTreeMap;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `content` of the `meta` elements by lower-case `property`, `name` or `itemprop`; the first of each name.
    pub(super) meta: BTreeMap<String, String>,
    /// Blocks of JSON-LD.
    pub(super) data: Vec<String>,
    /// `datetime` of the `time` elements, those marked as publication first.
    pub(super) times: Vec<String>,
    /// Address the page gives itself.
    pub(super) canonical: Option<String>,
    /// `lang` of the page.
    pub(super) language: Option<String>,
}

impl Head {
    /// Takes a `meta` element, and writes it to the page, which is asked for its title.
    pub(super) fn meta(&mut self, inside: &str, html: &mut String) {
        let mut keys = Vec::new();
        let mut content = None;
        for (key, value) in attributes(inside) {
            match key.as_str() {
                "property" | "name" | "itemprop" => keys.push((key, value.trim().to_ascii_lowercase())),
                "content" => content = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        let Some(content) = content.filter(|content| !content.is_empty() && content.len() <= 4096) else {
            return;
        };
        for (key, name) in keys {
            if key != "itemprop" {
                html.push_str("<meta ");
                html.push_str(&key);
                html.push_str("=\"");
                push_escaped(&name, html);
                html.push_str("\" content=\"");
                push_escaped(&content, html);
                html.push_str("\">");
            }
            self.meta.entry(name).or_insert_with(|| content.clone());
        }
    }

    /// Takes a `time` element.
    pub(super) fn time(&mut self, inside: &str) {
        let mut when = None;
        let mut published = false;
        for (key, value) in attributes(inside) {
            match key.as_str() {
                "datetime" => when = Some(value.into_owned()),
                "pubdate" => published = true,
                "itemprop" => published |= value.eq_ignore_ascii_case("datePublished"),
                _ => {}
            }
        }
        if let Some(when) = when.filter(|when| !when.is_empty() && self.times.len() < 64) {
            let at = if published { 0 } else { self.times.len() };
            self.times.insert(at, when);
        }
    }

    /// Takes a `link` element.
    pub(super) fn link(&mut self, inside: &str) {
        let mut rel = String::new();
        let mut href = String::new();
        for (key, value) in attributes(inside) {
            match key.as_str() {
                "rel" => rel = value.to_ascii_lowercase(),
                "href" => href = value.into_owned(),
                _ => {}
            }
        }
        if rel == "canonical" && !href.is_empty() && self.canonical.is_none() {
            self.canonical = Some(href);
        }
    }
}
