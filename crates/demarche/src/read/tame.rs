//! A web page made harmless before a tree is built of it: every element closed in order, none deeper than
//! [`MAX_DEPTH`], no scripts; what the page says of itself collected on the way.
//!
//! Parsers of HTML repair misnesting by copying elements, and that or mere depth lets a small hostile page exhaust
//! memory or stack. What comes out of here needs no repair.

use crate::read::markup::{Token, Tokens, attributes, is_raw, push_escaped, text_of, unescape};
use crate::read::page_head::Head;
use std::collections::BTreeMap;

/// Elements that may stand inside one another; deeper tags are dropped and their text kept.
pub(super) const MAX_DEPTH: usize = 256;
/// Tags that a page may have.
pub(super) const MAX_TAGS: usize = 300_000;
/// Characters of a title.
const MAX_TITLE: usize = 1000;
/// Bytes of structured data that are looked at.
const MAX_DATA: usize = 1 << 20;

/// A page that is safe to parse.
#[derive(Debug, Default)]
pub(super) struct Tamed {
    /// The page.
    pub(super) html: String,
    /// What it says of itself.
    pub(super) head: Head,
    /// Tags dropped because they stood too deep.
    pub(super) dropped: usize,
    /// Whether it has more than [`MAX_TAGS`]; then the rest is missing.
    pub(super) too_many_tags: bool,
}

/// Attributes that tell content from furniture.
const KEPT: [&str; 15] = [
    "class",
    "id",
    "href",
    "rel",
    "role",
    "style",
    "lang",
    "dir",
    "hidden",
    "aria-hidden",
    "itemprop",
    "itemtype",
    "datetime",
    "colspan",
    "rowspan",
];

/// Makes a page harmless.
pub(super) fn tame(html: &str) -> Tamed {
    let mut tamer = Tamer::default();
    let mut tokens = Tokens::new(html);
    let mut tags = 0;
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => push_shielded(&unescape(text), &mut tamer.tamed.html),
            Token::Start(name, inside) => {
                tags += 1;
                tamer.start(&name.to_ascii_lowercase(), inside, &mut tokens);
            }
            Token::End(name) => tamer.end(&name.to_ascii_lowercase()),
        }
        if tags > MAX_TAGS {
            tamer.tamed.too_many_tags = true;
            break;
        }
    }
    tamer.close_to(0);
    tamer.tamed
}

/// What stands for `&`, `<` and `>` in the text of a tamed page, until [`restored`] puts them back.
///
/// Escaping them as usual would do, but writing a tree out takes time by the square of such characters in a text.
/// Unicode keeps these code points free of any character.
const STAND_INS: [(char, char); 3] = [('&', '\u{FDD0}'), ('<', '\u{FDD1}'), ('>', '\u{FDD2}')];

fn push_shielded(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| match c {
        '&' => STAND_INS[0].1,
        '<' => STAND_INS[1].1,
        '>' => STAND_INS[2].1,
        '\u{FDD0}'..='\u{FDD2}' => char::REPLACEMENT_CHARACTER,
        '\u{A0}' => ' ',
        _ => c,
    }));
}

/// Text out of a tamed page as it was in the page.
pub(super) fn restored(text: &str) -> String {
    text.chars()
        .map(|c| STAND_INS.iter().find(|(_, stand_in)| *stand_in == c).map_or(c, |(character, _)| *character))
        .collect()
}

#[derive(Default)]
struct Tamer {
    tamed: Tamed,
    open: Vec<String>,
    /// Start tags dropped for depth, whose end tags are still to come.
    passed: BTreeMap<String, usize>,
}

impl Tamer {
    fn start(&mut self, name: &str, inside: &str, tokens: &mut Tokens<'_>) {
        match name {
            "script" => {
                let script = tokens.until_end(name).unwrap_or_else(|| tokens.rest());
                let is_data = attributes(inside).any(|(key, value)| {
                    key == "type" && value.trim().eq_ignore_ascii_case("application/ld+json")
                });
                if is_data && script.len() <= MAX_DATA && self.tamed.head.data.len() < 16 {
                    self.tamed.head.data.push(script.to_owned());
                }
                return;
            }
            "style" => {
                if tokens.until_end(name).is_none() {
                    tokens.rest();
                }
                return;
            }
            "title" => {
                let title = tokens.until_end(name).unwrap_or_default();
                let title: String = text_of(&title.replace('<', "&lt;")).chars().take(MAX_TITLE).collect();
                self.tamed.html.push_str("<title>");
                push_escaped(&title, &mut self.tamed.html);
                self.tamed.html.push_str("</title>");
                return;
            }
            "svg" | "math" | "template" | "select" | "button" | "canvas" | "object" => {
                tokens.until_end(name);
                return;
            }
            _ if is_raw(name) => {
                tokens.until_end(name);
                return;
            }
            "meta" => return self.tamed.head.meta(inside, &mut self.tamed.html),
            "link" => return self.tamed.head.link(inside),
            "time" => self.tamed.head.time(inside),
            "html" => {
                let language = attributes(inside).find(|(key, _)| key == "lang" || key == "xml:lang");
                if let Some((_, language)) = language {
                    self.tamed.head.language.get_or_insert_with(|| language.trim().to_owned());
                }
            }
            _ => {}
        }
        match name {
            "br" | "hr" => {
                self.tamed.html.push('<');
                self.tamed.html.push_str(name);
                self.tamed.html.push('>');
            }
            _ if is_dropped(name) => {}
            "html" | "body" | "head" if self.open.iter().any(|open| open == name) => {}
            _ => self.push(name, inside),
        }
    }

    fn push(&mut self, name: &str, inside: &str) {
        self.close_implied(name);
        if self.open.len() >= MAX_DEPTH {
            *self.passed.entry(name.to_owned()).or_default() += 1;
            self.tamed.dropped += 1;
            return;
        }
        let html = &mut self.tamed.html;
        html.push('<');
        html.push_str(name);
        for (key, value) in attributes(inside) {
            if KEPT.contains(&key.as_str()) && value.len() <= 4096 {
                html.push(' ');
                html.push_str(&key);
                html.push_str("=\"");
                push_escaped(&value, html);
                html.push('"');
            }
        }
        html.push('>');
        self.open.push(name.to_owned());
    }

    /// Closes what a start tag closes without saying so.
    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["tr"],
            "thead" | "tbody" | "tfoot" => &["thead", "tbody", "tfoot"],
            "a" => &["a"],
            "body" => &["head"],
            _ if is_block(name) => &["p"],
            _ => return,
        };
        let walls: &[&str] = match name {
            "li" => &["ul", "ol", "table"],
            "dt" | "dd" => &["dl", "table"],
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" => &["table"],
            "a" | "body" => &[],
            _ => &["table", "td", "th", "li", "div", "section", "article", "main", "body", "blockquote"],
        };
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].as_str();
            if closes.contains(&open) {
                return self.close_to(at);
            }
            if walls.contains(&open) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        // Everything up to the end of the file belongs to these.
        if matches!(name, "html" | "body") {
            return;
        }
        if let Some(count) = self.passed.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].as_str();
            if open == name {
                return self.close_to(at);
            }
            // The end of a phrase does not end the paragraph or cell around it.
            if (!is_block(name) && is_block(open)) || (open == "table" && name != "table") {
                return;
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        for name in self.open.drain(depth..).rev() {
            self.tamed.html.push_str("</");
            self.tamed.html.push_str(&name);
            self.tamed.html.push('>');
        }
    }
}

/// Tags without meaning for the text: letter forms, form fields, embedded things.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "b" | "i"
            | "em"
            | "strong"
            | "font"
            | "u"
            | "s"
            | "strike"
            | "small"
            | "big"
            | "tt"
            | "code"
            | "nobr"
            | "marquee"
            | "applet"
            | "form"
            | "input"
            | "img"
            | "image"
            | "embed"
            | "frame"
            | "frameset"
            | "base"
            | "basefont"
            | "bgsound"
            | "area"
            | "col"
            | "colgroup"
            | "wbr"
            | "source"
            | "track"
            | "param"
            | "keygen"
            | "noscript"
            | "option"
            | "optgroup"
            | "isindex"
            | "caption"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "aside"
            | "header"
            | "footer"
            | "nav"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "li"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "address"
            | "details"
            | "summary"
            | "fieldset"
            | "html"
            | "head"
            | "body"
            | "center"
            | "dir"
            | "menu"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn depth(html: &str) -> (usize, bool) {
        let (mut open, mut deepest, mut in_order) = (Vec::new(), 0, true);
        for token in Tokens::new(html) {
            match token {
                Token::Start(name, _) if !matches!(name, "br" | "hr" | "meta") => {
                    open.push(name);
                    deepest = deepest.max(open.len());
                }
                Token::End(name) => in_order &= open.pop() == Some(name),
                _ => {}
            }
        }
        (deepest, in_order && open.is_empty())
    }

    #[test]
    fn tags_too_deep_are_dropped_and_their_text_kept() {
        let html = format!("<body>{}deep{}<p>after", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let tamed = tame(&html);
        assert_eq!(depth(&tamed.html), (MAX_DEPTH, true));
        assert_eq!(tamed.dropped, 10_000 + 1 - MAX_DEPTH);
        assert!(tamed.html.ends_with("<p>after</p></body>"), "{}", &tamed.html[tamed.html.len() - 60..]);
        assert!(tamed.html.contains("deep"));
    }

    #[test]
    fn elements_left_open_are_closed_in_order() {
        let tamed = tame("<ul><li>a<li>b</ul><p>c<p>d<div>e</b></div><table><tr><td>f<td>g<tr><td>h</table>");
        assert_eq!(
            tamed.html,
            "<ul><li>a</li><li>b</li></ul><p>c</p><p>d</p><div>e</div>\
             <table><tr><td>f</td><td>g</td></tr><tr><td>h</td></tr></table>"
        );
        let many = tame(&"<li>x<p>y".repeat(5_000));
        assert_eq!(many.dropped, 0);
    }

    #[test]
    fn special_characters_come_back_as_they_were() {
        let tamed = tame("<p>A &amp; B &lt;p&gt; & < &nbsp;&bogus; \u{FDD0}");
        assert!(!tamed.html.contains('&'), "{}", tamed.html);
        assert_eq!(restored(&text_of(&tamed.html)), "A & B <p> & < &bogus; \u{FFFD}");
    }

    proptest! {
        #[test]
        fn every_page_comes_out_in_order(html in "(<(/?)(p|div|a|b|li|td|table|span|x)( class=\"q\")?>|[a<>/&]){0,120}") {
            let (deepest, in_order) = depth(&tame(&html).html);
            prop_assert!(deepest <= MAX_DEPTH);
            prop_assert!(in_order);
        }
    }
}
