//! Entries as TOML that people read: one fact a line, lists broken at the width of the page.

use super::draft::{Dated, Draft, What};
use std::fmt::Write as _;

/// Width of the page.
const WIDTH: usize = 120;

/// The head of a file.
pub(super) fn header(remark: &str, source: &[String], licence: &str) -> String {
    let mut out = format!("# {}\n", remark.replace(['\n', '\r'], " "));
    out.push_str("version = 1\n");
    list(&mut out, "source", source.iter().map(|s| quoted(s)));
    let _ = writeln!(out, "licence = {}", quoted(licence));
    out
}

/// One entry.
pub(super) fn entry(draft: &Draft) -> String {
    let mut out = String::from("\n");
    for remark in &draft.remarks {
        let _ = writeln!(out, "# review: {}", remark.replace(|c: char| c.is_control(), " "));
    }
    match draft.what {
        What::Actor => actor(&mut out, draft),
        What::Agent => agent(&mut out, draft),
        What::Place => place(&mut out, draft),
    }
    out
}

fn actor(out: &mut String, d: &Draft) {
    out.push_str("[[actor]]\n");
    text(out, "id", d.id.as_deref().unwrap_or_default());
    text(out, "kind", &d.kind);
    text(out, "name", &d.name);
    dated(out, "names", "text", &d.names);
    texts(out, "adjectives", &d.adjectives);
    texts(out, "people", &d.people);
    if let Some(capital) = &d.capital {
        text(out, "capital", capital);
    }
    texts(out, "seats", &d.seats);
    texts(out, "cities", &d.cities);
    if let Some(country) = &d.country {
        text(out, "country", country);
    }
    texts(out, "sectors", &d.sectors);
    dated(out, "part_of", "id", &d.part_of);
    dated(out, "members", "id", &d.members);
    if !d.codes.is_empty() {
        let codes: Vec<String> = d.codes.iter().map(|(k, v)| format!("{k} = {}", quoted(v))).collect();
        let _ = writeln!(out, "codes = {{ {} }}", codes.join(", "));
    }
    let claims = d.status.iter().map(|c| {
        let mut fields = vec![field("kind", &c.kind), field("as", &c.label), field("by", &c.by)];
        fields.extend(time(&c.from, &c.until));
        fields.extend(c.source.iter().map(|s| field("source", s)));
        format!("{{ {} }}", fields.join(", "))
    });
    rows(out, "status", claims.collect());
    for (key, value) in [("from", &d.from), ("until", &d.until)] {
        if let Some(value) = value {
            text(out, key, value);
        }
    }
    let offices = d.offices.iter().map(|o| {
        let mut fields = vec![field("title", &o.title), field("of", &o.of)];
        fields.extend(time(&o.from, &o.until));
        format!("{{ {} }}", fields.join(", "))
    });
    rows(out, "offices", offices.collect());
}

fn agent(out: &mut String, d: &Draft) {
    out.push_str("[[agent]]\n");
    let words = std::iter::once(&d.name).chain(d.names.iter().map(|n| &n.text));
    list(out, "words", words.map(|w| quoted(w)));
    texts(out, "plural", &d.plural);
    texts(out, "sectors", &d.sectors);
    text(out, "kind", &d.kind);
    let first = d.name.chars().next().unwrap_or('x').to_ascii_lowercase();
    let article = if matches!(first, 'a' | 'e' | 'i' | 'o' | 'u') { "An" } else { "A" };
    list(out, "example", std::iter::once(quoted(&format!("{article} {} spoke on Monday.", d.name))));
}

fn place(out: &mut String, d: &Draft) {
    out.push_str("[[place]]\n");
    text(out, "name", &d.name);
    texts(out, "names", &d.names.iter().map(|n| n.text.clone()).collect::<Vec<_>>());
    if let Some(country) = &d.country {
        text(out, "country", country);
    }
    text(out, "kind", &d.kind);
    if let (Some(lat), Some(lon)) = (d.lat, d.lon) {
        let _ = writeln!(out, "lat = {lat:?}\nlon = {lon:?}");
    }
}

fn text(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {}", quoted(value));
}

fn texts(out: &mut String, key: &str, values: &[String]) {
    list(out, key, values.iter().map(|v| quoted(v)));
}

fn field(key: &str, value: &str) -> String {
    format!("{key} = {}", quoted(value))
}

fn time(from: &Option<String>, until: &Option<String>) -> Vec<String> {
    let ends = [("from", from), ("until", until)];
    ends.iter().filter_map(|(key, day)| Some(field(key, day.as_ref()?))).collect()
}

fn dated(out: &mut String, key: &str, of: &str, values: &[Dated]) {
    list(
        out,
        key,
        values.iter().map(|v| {
            if v.from.is_none() && v.until.is_none() {
                return quoted(&v.text);
            }
            let mut fields = vec![field(of, &v.text)];
            fields.extend(time(&v.from, &v.until));
            format!("{{ {} }}", fields.join(", "))
        }),
    );
}

/// A list with a line for each of its tables.
fn rows(out: &mut String, key: &str, values: Vec<String>) {
    match values.as_slice() {
        [] => {}
        [one] => {
            let _ = writeln!(out, "{key} = [{one}]");
        }
        many => {
            let _ = writeln!(out, "{key} = [");
            for value in many {
                let _ = writeln!(out, "    {value},");
            }
            out.push_str("]\n");
        }
    }
}

fn list(out: &mut String, key: &str, values: impl Iterator<Item = String>) {
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        return;
    }
    let line = format!("{key} = [{}]", values.join(", "));
    if line.chars().count() <= WIDTH {
        out.push_str(&line);
        out.push('\n');
        return;
    }
    let _ = write!(out, "{key} = [");
    let mut width = WIDTH;
    for value in values {
        let wide = value.chars().count() + 2;
        if width + wide > WIDTH {
            out.push_str("\n    ");
            width = 4;
        } else {
            out.push(' ');
        }
        out.push_str(&value);
        out.push(',');
        width += wide;
    }
    out.push_str("\n]\n");
}

/// A basic string of TOML.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_comes_back_from_toml(texts in prop::collection::vec(any::<String>(), 1..40)) {
            let mut out = String::new();
            list(&mut out, "names", texts.iter().map(|t| quoted(t)));
            let read: toml::Table = out.parse().expect("TOML");
            let back: Vec<&str> =
                read["names"].as_array().expect("a list").iter().filter_map(|v| v.as_str()).collect();
            prop_assert_eq!(back, texts.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn long_lists_are_broken_at_the_width_of_the_page() {
        let mut out = String::new();
        list(&mut out, "names", (0..40).map(|n| quoted(&format!("name number {n}"))));
        assert!(out.lines().count() > 5 && out.lines().all(|line| line.chars().count() <= WIDTH));
    }
}
