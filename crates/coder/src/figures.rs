//! Regular mentions: sums of money, quantities, spans of time, addresses of pages and people, coordinates, radio frequencies.
//!
//! Expressions of time with a day are found in `calendar`, names in `naming`.

use crate::view::View;
use demarche_text::{Rel, Upos, Xpos};

/// A figure: its first and last word, and the kind that records print.
pub type Figure = (usize, usize, &'static str);

/// The figures of a sentence, in order and disjoint.
pub fn figures(view: &View<'_>, out: &mut Vec<Figure>) {
    out.clear();
    let mut i = 0;
    while i < view.len() {
        let figure = address(view, i)
            .or_else(|| position(view, i))
            .or_else(|| time(view, i))
            .or_else(|| amount(view, i));
        match figure {
            Some(figure) => {
                out.push(figure);
                i = figure.1 + 1;
            }
            None => i += 1,
        }
    }
}

/// Addresses of pages, mailboxes and accounts.
fn address(view: &View<'_>, i: usize) -> Option<Figure> {
    let form = view.form(i);
    let page = ["http://", "https://", "www.", "ftp://"].iter().any(|start| form.starts_with(start));
    if page && form.len() > 8 {
        return Some((i, i, "URL"));
    }
    let (before, after) = form.split_once('@')?;
    let account =
        before.is_empty() && after.len() > 1 && after.chars().all(|c| c.is_alphanumeric() || c == '_');
    let mailbox = !before.is_empty() && after.contains('.') && !after.ends_with('.') && !after.contains('@');
    (account || mailbox).then_some((i, i, "COMMS"))
}

/// A latitude, or a latitude with its longitude: degrees and a letter of the compass.
fn position(view: &View<'_>, i: usize) -> Option<Figure> {
    let mut degrees = false;
    let mut end = None;
    for w in i..view.len().min(i + 16) {
        let form = view.form(w);
        degrees |= form.contains('°');
        let digits = form.starts_with(|c: char| c.is_ascii_digit());
        let mark = form.chars().all(|c| matches!(c, '°' | '′' | '″' | '\'' | '"' | '’' | '”' | ',' | '/'));
        let compass = form.ends_with(['N', 'S', 'E', 'W'])
            && (form.len() == 1 || digits || form.starts_with(['°', '′', '″']));
        if compass && degrees {
            end = Some(w);
        } else if !digits && !mark && !form.starts_with(['°', '′', '″']) || w == i && !digits {
            break;
        }
    }
    end.map(|end| (i, end, "COORDINATE"))
}

/// Times that `calendar` has no day for: "the last 24 hours", "four days later", "the first week"; days of a month.
fn time(view: &View<'_>, i: usize) -> Option<Figure> {
    let day = |w: usize| {
        let digits = view.form(w).trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    let n = view.len();
    if view.in_class("mention-month", i)
        && view.form(i).starts_with(char::is_uppercase)
        && i + 1 < n
        && day(i + 1)
    {
        let mut end = i + 1;
        if end + 2 < n && view.form(end + 1) == "," && year(view.form(end + 2)) {
            end += 2;
        }
        return Some((i, end, "TEMPORAL"));
    }
    // A determiner, what orders or counts, the unit, what it is counted from.
    let mut at = i;
    if matches!(view.lemma(at), "the" | "this" | "that" | "every" | "each" | "these" | "those") {
        at += 1;
    }
    let mut said = at > i && view.lemma(i) != "the";
    while at < n {
        let ordering = matches!(
            view.lemma(at),
            "last"
                | "past"
                | "next"
                | "coming"
                | "previous"
                | "following"
                | "recent"
                | "first"
                | "same"
                | "other"
                | "few"
                | "several"
                | "more"
                | "long"
                | "nearly"
        );
        match number_end(view, at) {
            _ if ordering => at += 1,
            Some(end) => at = end + 1,
            None => break,
        }
        said = true;
    }
    if !said || at >= n || !view.in_class("mention-time", at) || view.upos(at) != Upos::Noun {
        return None;
    }
    if at + 2 < n && matches!(view.form(at + 1), "and" | "or") && view.in_class("mention-time", at + 2) {
        at += 2;
    }
    if at + 1 < n && matches!(view.form(at + 1), "later" | "earlier" | "ago" | "before") {
        at += 1;
    }
    Some((i, at, "TEMPORAL"))
}

fn currency(form: &str) -> bool {
    form.chars().all(|c| matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₪' | '₺' | '₩' | '₴'))
        || matches!(form, "US$" | "USD" | "EUR" | "GBP" | "A$" | "C$")
}

/// A number and what goes on it: "4.7 million", "hundreds of thousands".
fn number_end(view: &View<'_>, i: usize) -> Option<usize> {
    let number = |w: usize| {
        view.upos(w) == Upos::Num && view.xpos(w) == Xpos::CD && !view.form(w).contains(['/', ':'])
            || view.form(w).starts_with(|c: char| c.is_ascii_digit()) && view.form(w).ends_with('m')
    };
    let many = |w: usize| {
        matches!(
            view.lemma(w),
            "dozen" | "score" | "hundred" | "thousand" | "million" | "billion" | "trillion" | "bn"
        ) && matches!(view.upos(w), Upos::Noun | Upos::Num)
    };
    if !(number(i) || many(i) && matches!(view.xpos(i), Xpos::NNS | Xpos::CD)) {
        return None;
    }
    let mut end = i;
    while end + 1 < view.len() {
        if number(end + 1) || many(end + 1) {
            end += 1;
        } else if many(end) && end + 2 < view.len() && view.form(end + 1) == "of" && many(end + 2) {
            end += 2;
        } else {
            break;
        }
    }
    Some(end)
}

/// Sums of money, frequencies, measures, counts.
fn amount(view: &View<'_>, i: usize) -> Option<Figure> {
    let form = view.form(i);
    if currency(form) {
        let end = number_end(view, i + 1).filter(|_| i + 1 < view.len())?;
        return Some((i, end, "MONEY"));
    }
    let rest = form.trim_start_matches(['$', '€', '£', '¥']);
    if rest.len() < form.len() && rest.starts_with(|c: char| c.is_ascii_digit()) {
        let scale = number_end(view, i + 1).filter(|_| i + 1 < view.len() && view.upos(i + 1) == Upos::Num);
        return Some((i, scale.unwrap_or(i), "MONEY"));
    }
    if view.upos(i) == Upos::Propn || view.is(i, "one") {
        return None;
    }
    let end = number_end(view, i)?;
    let next = end + 1;
    if next < view.len() {
        if currency(view.form(next)) {
            return Some((i, next, "MONEY"));
        }
        if matches!(view.form(next), "Hz" | "kHz" | "KHz" | "MHz" | "MHZ" | "GHz") {
            return Some((i, next, "FREQUENCY"));
        }
        // "Two Jordanian dinars": the currency may have an adjective.
        for unit in next..view.len().min(next + 3) {
            if view.in_class("mention-money", unit) && view.upos(unit) == Upos::Noun {
                return Some((i, unit, "MONEY"));
            }
            if view.in_class("mention-measure", unit) {
                return Some((i, unit, "QUANTITY"));
            }
            if view.upos(unit) != Upos::Adj {
                break;
            }
        }
    }
    // A number that counts what follows, or stands for what it counts; not one that is part of a name.
    let counts = match view.rel(end).base() {
        Rel::Nummod => view.head(end).is_some_and(|h| h > end),
        Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Root | Rel::Conj => {
            view.upos(i) != Upos::Num || !year(view.form(i))
        }
        _ => many_of(view, end),
    };
    counts.then_some((i, end, "QUANTITY"))
}

fn many_of(view: &View<'_>, i: usize) -> bool {
    view.upos(i) == Upos::Noun && i + 1 < view.len() && view.form(i + 1) == "of"
}

fn year(form: &str) -> bool {
    form.len() == 4 && form.parse::<u16>().is_ok_and(|year| (1500..=2100).contains(&year))
}
