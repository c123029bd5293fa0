//! Web pages: the article is taken out of the page, and what the page says of itself out of its head.

use crate::read::feed::{self, Feed, bad_encoding};
use crate::read::options::{Field, FieldNames};
use crate::read::page_head::Head;
use crate::read::row::{At, Cell, Row};
use crate::read::tame::{MAX_DEPTH, MAX_TAGS, restored, tame};
use crate::read::{Read, charset, dates, markup, notes, row};
use dom_smoothie::{Config, Readability};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use serde_json::Value;
use std::collections::VecDeque;

/// Largest page in bytes: the tree of a page takes many times its size.
pub(super) const MAX_PAGE: usize = 16 << 20;

/// Where a page says when it was published, the surest first.
const DATES: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_date",
    "publishdate",
    "publish-date",
    "pubdate",
    "date",
];

/// Reads the one page of a file.
pub(super) fn read(
    mut feed: Feed,
    declared: Option<&'static Encoding>,
    names: &FieldNames,
    out: &mut VecDeque<Read>,
) {
    feed.limit = feed.limit.min(MAX_PAGE);
    let bytes = match feed.take_all() {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return out.push_back(Read::Note(notes::too_large(&feed.place, None, "the page", feed.limit)));
        }
        Err(cause) => return out.push_back(Read::Note(feed.fault(&cause))),
    };
    if bytes.is_empty() {
        return out.push_back(Read::Note(notes::empty(&feed.place)));
    }
    let at = At { place: &feed.place, line: None, row: None, limit: feed.limit };
    page(&bytes, declared, None, at, Row::default(), names, out);
}

/// Makes the article of a page. `given` is the encoding that the user names, `served` the one that came with the
/// page; `row` holds what is known already.
pub(super) fn page(
    bytes: &[u8],
    given: Option<&'static Encoding>,
    served: Option<&'static Encoding>,
    at: At<'_>,
    row: Row,
    names: &FieldNames,
    out: &mut VecDeque<Read>,
) {
    let declared = given.or(served).or_else(|| in_meta(bytes));
    let html = match charset::decode(bytes, declared) {
        Ok((html, _)) => html,
        Err(place) => {
            let note = bad_encoding(at.place, bytes, place, 1, declared.unwrap_or(UTF_8));
            return out.push_back(Read::Note(note));
        }
    };
    if let Some(place) = html.find('\0') {
        let line = at.line.is_none().then(|| feed::line_of(html.as_bytes(), place, 1)).or(at.line);
        return out.push_back(Read::Note(feed::nul(at.place, line)));
    }
    article(&html, at, row, names, out);
}

fn article(html: &str, at: At<'_>, mut row: Row, names: &FieldNames, out: &mut VecDeque<Read>) {
    let tamed = tame(html);
    if tamed.too_many_tags {
        return out.push_back(Read::Note(notes::error(
            at.place,
            at.line,
            "read::too-many-tags",
            format!("{} has more than {MAX_TAGS} tags; skipped", at.subject()),
            "",
        )));
    }
    if tamed.dropped > 0 {
        out.push_back(Read::Note(notes::warning(
            at.place,
            at.line,
            "read::deep-nesting",
            format!("{} tags nested deeper than {MAX_DEPTH} are left out; their text is kept", tamed.dropped),
            "",
        )));
    }
    // The page was cleaned of scripts, and its structured data is read here.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let found = Readability::new(tamed.html, None, Some(config)).and_then(|mut page| page.parse()).ok();
    let text = found.as_ref().map(|found| restored(&markup::text_of(&found.content))).unwrap_or_default();
    if text.is_empty() {
        return out.push_back(Read::Note(notes::error(
            at.place,
            at.line,
            "read::no-article",
            format!("no article is found in {}; skipped", at.subject()),
            "",
        )));
    }
    row.set(Field::Text, Cell::Text(text));
    let data = published_data(&tamed.head);
    let title = found.as_ref().map(|found| restored(&found.title)).unwrap_or_default();
    row.put_if_absent(Field::Title, data.title.as_deref().unwrap_or(&title));
    let site = tamed.head.meta.get("og:site_name").map(String::as_str);
    row.put_if_absent(Field::Source, data.publisher.as_deref().or(site).unwrap_or_default());
    row.put_if_absent(Field::Language, tamed.head.language.as_deref().unwrap_or_default());
    let address = tamed.head.canonical.as_deref().or(tamed.head.meta.get("og:url").map(String::as_str));
    row.put_if_absent(Field::Url, address.unwrap_or_default());
    if !row.has(Field::Date) {
        let said: Vec<&str> = data
            .date
            .iter()
            .map(String::as_str)
            .chain(DATES.iter().filter_map(|name| tamed.head.meta.get(*name).map(String::as_str)))
            .chain(tamed.head.times.iter().map(String::as_str))
            .collect();
        // The first that can be read; if none can, the row says so.
        match said.iter().find(|words| dates::parse(words).is_some()) {
            Some(words) => row.put(Field::Date, words),
            None => {
                if let Some(words) = said.first() {
                    out.push_back(Read::Note(row::bad_date(at, words)));
                }
            }
        }
    }
    row.finish(at, names, out);
}

/// What the structured data says.
#[derive(Debug, Default)]
struct Published {
    title: Option<String>,
    date: Option<String>,
    publisher: Option<String>,
}

fn published_data(head: &Head) -> Published {
    let mut published = Published::default();
    for block in &head.data {
        let Ok(value) = serde_json::from_str::<Value>(block.trim()) else {
            continue;
        };
        let nodes: Vec<&Value> = match &value {
            Value::Array(nodes) => nodes.iter().collect(),
            Value::Object(map) => match map.get("@graph") {
                Some(Value::Array(nodes)) => nodes.iter().collect(),
                _ => vec![&value],
            },
            _ => continue,
        };
        for node in nodes {
            if !is_article(node) {
                continue;
            }
            let words = |key: &str| node.get(key).and_then(Value::as_str).map(markup::text_of);
            published.title = published.title.or_else(|| words("headline"));
            published.date = published.date.or_else(|| words("datePublished"));
            published.publisher = published.publisher.or_else(|| {
                node.get("publisher")
                    .and_then(|publisher| publisher.get("name").or(Some(publisher)))
                    .and_then(Value::as_str)
                    .map(markup::text_of)
            });
        }
    }
    published
}

fn is_article(node: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting"))
    };
    match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind) || kind.as_str() == Some("Report"),
        None => false,
    }
}

/// The encoding a page declares in its first bytes.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096)];
    if let Some((_, encoding)) = charset::xml_declaration(start) {
        return encoding;
    }
    let start: String = start.iter().map(|byte| char::from(*byte)).collect();
    for token in markup::Tokens::new(&start) {
        let markup::Token::Start(name, inside) = token else {
            continue;
        };
        if !name.eq_ignore_ascii_case("meta") {
            continue;
        }
        for (key, value) in markup::attributes(inside) {
            let label = match key.as_str() {
                "charset" => Some(value.trim().to_owned()),
                "content" => charset_of(&value),
                _ => None,
            };
            if let Some(encoding) = label.and_then(|label| Encoding::for_label(label.as_bytes())) {
                // A page in which this could be read is not in UTF-16, whatever it says.
                return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
            }
        }
    }
    None
}

/// The label after `charset=` in a content type.
pub(super) fn charset_of(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let (_, label) = lower.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'']);
    let end =
        label.find(|c: char| c.is_whitespace() || matches!(c, ';' | '"' | '\'' | ',')).unwrap_or(label.len());
    (end > 0).then(|| label[..end].to_owned())
}
