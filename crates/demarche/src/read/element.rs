//! One element of XML: where it ends, what its attributes and children say.

use crate::read::markup::{push_escaped, reference, unescape};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a piece of markup is.
#[derive(Debug, PartialEq)]
pub(super) enum Markup {
    Start { name: String, empty: bool },
    End(String),
    Other,
}

/// Tells where a piece of markup ends that began with `<`.
#[derive(Default)]
pub(super) struct Ending {
    start: [u8; 8],
    length: u64,
    last: [u8; 2],
    quote: Option<u8>,
}

impl Ending {
    /// Takes the next byte; true if it is the last.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        if self.length < 8 {
            self.start[self.length as usize] = byte;
        }
        self.length += 1;
        let ends = if self.start.starts_with(b"!--") {
            self.length >= 6 && byte == b'>' && self.last == *b"--"
        } else if self.start.starts_with(b"![CDATA[") {
            self.length >= 11 && byte == b'>' && self.last == *b"]]"
        } else if self.start[0] == b'?' {
            byte == b'>' && self.last[1] == b'?'
        } else {
            match self.quote {
                Some(quote) => {
                    if byte == quote {
                        self.quote = None;
                    }
                    false
                }
                None => {
                    if matches!(byte, b'"' | b'\'') {
                        self.quote = Some(byte);
                    }
                    byte == b'>'
                }
            }
        };
        self.last = [self.last[1], byte];
        ends
    }
}

pub(super) fn markup_of(markup: &[u8]) -> Markup {
    let name_of = |bytes: &[u8]| {
        let end = bytes
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
            .unwrap_or(bytes.len());
        String::from_utf8_lossy(&bytes[..end.min(256)]).into_owned()
    };
    match markup {
        [b'<', b'/', rest @ ..] => Markup::End(name_of(rest)),
        [b'<', b'!' | b'?', ..] => Markup::Other,
        [b'<', rest @ ..] => Markup::Start { name: name_of(rest), empty: markup.ends_with(b"/>") },
        _ => Markup::Other,
    }
}

pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

pub(super) fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

/// A document's element: what its attributes say and its children.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) id: Option<String>,
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) sentence: Option<String>,
    pub(super) language: Option<String>,
    pub(super) children: Vec<Child>,
}

#[derive(Debug, Default)]
pub(super) struct Child {
    pub(super) name: String,
    pub(super) text: String,
    /// Whether the text is no HTML.
    pub(super) plain: bool,
    pub(super) href: Option<String>,
    pub(super) rel: Option<String>,
}

pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    Some(unescape(&attribute.value).into_owned())
}

/// Parses one element.
pub(super) fn element(xml: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(xml);
    let mut element = Element::default();
    let mut open: Option<Child> = None;
    let mut depth = 0u64;
    let mut xhtml = false;
    loop {
        let event = reader.read_event().map_err(|cause| cause.to_string())?;
        match event {
            Event::Start(start) => {
                depth += 1;
                match depth {
                    1 => outer(&start, &mut element),
                    2 => {
                        xhtml = attribute(&start, "type").as_deref() == Some("xhtml");
                        open = Some(child(&start));
                    }
                    _ => tag(&mut open, &start, xhtml),
                }
            }
            Event::Empty(start) => match depth {
                0 => outer(&start, &mut element),
                1 => element.children.push(child(&start)),
                _ => tag(&mut open, &start, xhtml),
            },
            Event::End(end) => {
                if depth == 2 {
                    element.children.extend(open.take());
                } else if let Some(child) = open.as_mut().filter(|_| xhtml) {
                    child.text.push_str(&format!("</{}>", local(end.name().as_ref())));
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) => push(&mut open, &text, xhtml),
            Event::CData(text) => push(&mut open, &text, xhtml),
            Event::GeneralRef(name) => match reference(&name) {
                Some(resolved) => push(&mut open, &resolved, xhtml),
                None => return Err(format!("`&{};` is not known", short(&name))),
            },
            Event::Eof => return Ok(element),
            _ => {}
        }
    }
}

fn outer(start: &BytesStart<'_>, element: &mut Element) {
    element.id = attribute(start, "id");
    element.date = attribute(start, "date");
    element.source = attribute(start, "source");
    element.url = attribute(start, "url");
    element.sentence = attribute(start, "sentence");
    element.language = attribute(start, "xml:lang");
}

fn child(start: &BytesStart<'_>) -> Child {
    let name = start.name().as_ref().to_owned();
    // Atom's content is plain text unless it says otherwise; RSS knows no such attribute and means HTML.
    let is_atom = matches!(local(&name), "content" | "summary");
    let kind = attribute(start, "type");
    let plain = is_atom && matches!(kind.as_deref(), None | Some("text" | "text/plain"));
    Child { name, text: String::new(), plain, href: attribute(start, "href"), rel: attribute(start, "rel") }
}

fn tag(open: &mut Option<Child>, start: &BytesStart<'_>, xhtml: bool) {
    if let Some(child) = open {
        if xhtml {
            child.text.push_str(&format!("<{}>", local(start.name().as_ref())));
        } else {
            child.text.push(' ');
        }
    }
}

fn push(open: &mut Option<Child>, text: &str, xhtml: bool) {
    if let Some(child) = open {
        if xhtml {
            push_escaped(text, &mut child.text);
        } else {
            child.text.push_str(text);
        }
    }
}
