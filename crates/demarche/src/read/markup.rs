//! HTML as a row of tags and texts, without a tree: character references, attributes, and a page's or a fragment's
//! text in paragraphs.
//!
//! Nothing here recurses and everything is linear in the input, so that no page can exhaust stack or time.

use quick_xml::escape::resolve_html5_entity;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'h> {
    /// Text as written, character references and all.
    Text(&'h str),
    /// A start tag: name as written, the part with the attributes.
    Start(&'h str, &'h str),
    /// An end tag.
    End(&'h str),
}

/// Takes HTML apart. Comments, declarations and processing instructions are passed over.
pub(super) struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// Elements of which no end tag follows: searched for once.
    endless: Vec<String>,
}

/// Elements whose content is not markup.
const RAW: [&str; 9] =
    ["script", "style", "iframe", "noembed", "noframes", "textarea", "title", "xmp", "plaintext"];

impl<'h> Tokens<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { html, at: 0, endless: Vec::new() }
    }

    /// Passes to just before the end tag of `name` and returns what it passed over; nothing, and no move, if there
    /// is no such end tag.
    pub(super) fn until_end(&mut self, name: &str) -> Option<&'h str> {
        if self.endless.iter().any(|known| known == name) {
            return None;
        }
        let rest = &self.html[self.at..];
        let bytes = rest.as_bytes();
        let mut from = 0;
        while let Some(found) = rest[from..].find("</") {
            let start = from + found;
            let after = start + 2 + name.len();
            let named = bytes
                .get(start + 2..after)
                .is_some_and(|candidate| candidate.eq_ignore_ascii_case(name.as_bytes()));
            let closed = bytes.get(after).is_none_or(|byte| !byte.is_ascii_alphanumeric());
            if named && closed {
                self.at += start;
                return Some(&rest[..start]);
            }
            from = start + 2;
        }
        self.endless.push(name.to_owned());
        None
    }

    /// Passes over all that is left.
    pub(super) fn rest(&mut self) -> &'h str {
        let rest = &self.html[self.at..];
        self.at = self.html.len();
        rest
    }

    /// The end of the tag that starts at `from`, one past its `>`.
    fn tag_end(&self, from: usize) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let mut quote = None;
        let mut after_equals = false;
        for (at, &byte) in bytes.iter().enumerate().skip(from) {
            match quote {
                Some(open) => {
                    if byte == open {
                        quote = None;
                    }
                }
                None => match byte {
                    b'>' => return Some(at + 1),
                    b'"' | b'\'' if after_equals => {
                        quote = Some(byte);
                        after_equals = false;
                    }
                    b'=' => after_equals = true,
                    _ if !byte.is_ascii_whitespace() => after_equals = false,
                    _ => {}
                },
            }
        }
        None
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        loop {
            let rest = &self.html[self.at..];
            if rest.is_empty() {
                return None;
            }
            let Some(open) = rest.find('<') else {
                self.at = self.html.len();
                return Some(Token::Text(rest));
            };
            if open > 0 {
                self.at += open;
                return Some(Token::Text(&rest[..open]));
            }
            let after = &rest[1..];
            if let Some(comment) = after.strip_prefix("!--") {
                // A comment that never ends takes the rest, as in browsers.
                self.at += comment.find("-->").map_or(rest.len(), |end| 4 + end + 3);
                continue;
            }
            if after.starts_with(['!', '?']) {
                self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
                continue;
            }
            let (is_end, name_at) = if after.starts_with('/') { (true, 2) } else { (false, 1) };
            let name_length = rest[name_at..]
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_'))
                .count();
            let name = &rest[name_at..name_at + name_length];
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                // A lone `<` is text.
                self.at += 1;
                return Some(Token::Text("<"));
            }
            let Some(end) = self.tag_end(self.at + name_at + name_length) else {
                self.at = self.html.len();
                return None;
            };
            let inside = &self.html[self.at + name_at + name_length..end - 1];
            self.at = end;
            return Some(if is_end { Token::End(name) } else { Token::Start(name, inside) });
        }
    }
}

/// The attributes of a start tag: lower-case name and value with references resolved.
pub(super) fn attributes(inside: &str) -> impl Iterator<Item = (String, Cow<'_, str>)> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A name of at least one character, so that every round moves on.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = first
            + rest[first..]
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'))
                .unwrap_or(rest.len() - first);
        let name = rest[..length].to_ascii_lowercase();
        rest = rest[length..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            return Some((name, Cow::Borrowed("")));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, unescape(value)))
    })
}

/// Longest name of a character reference.
const MAX_REFERENCE: usize = 32;

/// Text with its character references resolved; what is no known reference stays.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Looking a name up is slow, and a text repeats few names: each is looked up once.
    let mut known: BTreeMap<&str, Option<Cow<'static, str>>> = BTreeMap::new();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let length =
            rest.bytes().take(MAX_REFERENCE).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let name = &rest[..length];
        let resolved = if length > 0 && rest.as_bytes().get(length) == Some(&b';') {
            known.entry(name).or_insert_with(|| reference(name)).as_deref()
        } else {
            None
        };
        match resolved {
            Some(resolved) => {
                out.push_str(resolved);
                rest = &rest[length + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What `&name;` or `&#number;` stands for.
pub(super) fn reference(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if (0x80..0xA0).contains(&code) {
        // Browsers take the numbers of this control range as Windows-1252, and so do the pages that use them.
        let byte = [code as u8];
        return Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.into_owned().into());
    }
    let character = char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}');
    Some(Cow::Owned(character.to_string()))
}

/// Text with what is special in HTML escaped.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
}

/// Whether the content of an element is not read as markup.
pub(super) fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// The text of HTML: paragraphs parted by empty lines, list items and rows of tables by line ends.
///
/// White space is collapsed and references are resolved; scripts, styles and the like are left out.
pub(super) fn text_of(html: &str) -> String {
    let mut flow = Flow { out: String::with_capacity(html.len() / 2), breaks: 0, space: false };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => flow.push(&unescape(text)),
            Token::End(name) => flow.separate(name),
            Token::Start(name, _) => {
                let lower = name.to_ascii_lowercase();
                if is_raw(&lower) || matches!(lower.as_str(), "svg" | "math" | "template") {
                    // Without an end tag, what follows a script is script and what follows others is content.
                    if tokens.until_end(&lower).is_none() && matches!(lower.as_str(), "script" | "style") {
                        tokens.rest();
                    }
                }
                flow.separate(name);
            }
        }
    }
    flow.out
}

/// Text that grows by words, with line ends between its parts.
struct Flow {
    out: String,
    /// Line ends owed before the next word.
    breaks: usize,
    /// Whether a space is owed.
    space: bool,
}

impl Flow {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            // A no-break space is a space to a reader of text.
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if !self.out.is_empty() {
                if self.breaks > 0 {
                    self.out.push_str(if self.breaks == 1 { "\n" } else { "\n\n" });
                } else if self.space {
                    self.out.push(' ');
                }
            }
            self.breaks = 0;
            self.space = false;
            self.out.push(c);
        }
    }

    fn separate(&mut self, name: &str) {
        let mut lower = [0u8; 12];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return;
        };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"br" | b"li" | b"tr" | b"dt" | b"dd" | b"option" => self.breaks = self.breaks.max(1),
            b"td" | b"th" => self.space = true,
            b"p" | b"div" | b"section" | b"article" | b"main" | b"aside" | b"header" | b"footer" | b"nav"
            | b"ul" | b"ol" | b"dl" | b"table" | b"blockquote" | b"pre" | b"figure" | b"figcaption"
            | b"hr" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"form" | b"body" | b"html"
            | b"head" | b"title" | b"address" => {
                self.breaks = 2;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_references_and_scripts() {
        let html = "<h1>A &amp; B</h1><p>One&nbsp;<b>two</b>,\n three<br>four <!-- no --><script>if (a<b) {}</script>\
                    <ul><li>x<li>y</ul>1 < 2 &#8220;q&#x201D; &#146; &bogus; &";
        assert_eq!(
            text_of(html),
            "A & B\n\nOne two, three\nfour\n\nx\ny\n\n1 < 2 \u{201C}q\u{201D} \u{2019} &bogus; &"
        );
        assert_eq!(text_of("a <title>b < c</title> d"), "a\n\nd");
        assert_eq!(text_of("a<script>never closed <p>b"), "a");
    }

    #[test]
    fn attributes_in_every_form() {
        let got: Vec<_> = attributes(" A=1 b = \"x > y\" c='&lt;' d e=/f/ =g")
            .map(|(name, value)| (name, value.into_owned()))
            .collect();
        let want = [("a", "1"), ("b", "x > y"), ("c", "<"), ("d", ""), ("e", "/f/"), ("=g", "")];
        assert_eq!(got, want.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_quoted_angle_does_not_end_a_tag() {
        let tokens: Vec<_> = Tokens::new("<a title=\"x>y\">z</a>").collect();
        assert_eq!(tokens, [Token::Start("a", " title=\"x>y\""), Token::Text("z"), Token::End("a")]);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(html in "[<>/!?a-c\"'= &;#-]{0,80}") {
            let _ = text_of(&html);
            for token in Tokens::new(&html) {
                if let Token::Start(_, inside) = token {
                    prop_assert!(attributes(inside).count() <= inside.len());
                }
            }
        }
    }
}
