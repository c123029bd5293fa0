//! Reading the fields of one table: what is there, what is missing, what is unknown, and where.

use super::is_table;
use super::report::Report;
use crate::{shown, unfit};
use demarche_record::Date;
use hashbrown::HashSet;
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub text: String,
    pub at: Range<usize>,
}

/// The fields of one table.
pub(super) struct Fields<'a, 'i> {
    pub report: &'a Report<'a>,
    table: &'a DeTable<'i>,
    /// Where the table begins.
    pub at: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a, 'i> Fields<'a, 'i> {
    pub(super) fn new(report: &'a Report<'a>, table: &'a DeTable<'i>, at: Range<usize>) -> Self {
        Self { report, table, at, asked: RefCell::default() }
    }

    pub(super) fn file(&self) -> String {
        self.report.source.name.clone()
    }

    pub(super) fn line(&self) -> u32 {
        self.report.source.line(self.at.start)
    }

    /// Every key and value, for tables whose keys are data.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Text, &'a Spanned<DeValue<'i>>)> {
        self.table.iter().map(|(k, v)| (Text { text: k.get_ref().to_string(), at: k.span() }, v))
    }

    pub(super) fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    pub(super) fn missing(&self, key: &str) {
        self.report.error(self.at.clone(), "lexicon::missing-key", format!("`{key}` is missing"), "");
    }

    /// An error about the value of a key.
    pub(super) fn fault(&self, key: &'static str, code: &'static str, message: String) {
        let at = self.get(key).map_or(self.at.clone(), Spanned::span);
        self.report.error(at, code, message, "");
    }

    pub(super) fn wrong(&self, value: &Spanned<DeValue>, key: &str, wanted: &str) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
        let message = format!("`{key}` is {article} {found} where {wanted} is expected");
        self.report.error(value.span(), "lexicon::wrong-type", message, "");
    }

    /// A text; empty ones are errors.
    pub(super) fn read_text(&self, value: &Spanned<DeValue>, key: &str) -> Option<Text> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, key, "a string");
            return None;
        };
        if text.trim().is_empty() {
            self.report.error(
                value.span(),
                "lexicon::empty-text",
                format!("`{key}` is empty"),
                "leave it out",
            );
            return None;
        }
        if text.trim() != text {
            self.report.warning(value.span(), "lexicon::space", format!("`{key}` has space at an end"), "");
        }
        Some(Text { text: text.to_owned(), at: value.span() })
    }

    pub(super) fn text(&self, key: &'static str) -> Option<Text> {
        self.get(key).and_then(|v| self.read_text(v, key))
    }

    pub(super) fn needed(&self, key: &'static str) -> Option<Text> {
        match self.get(key) {
            Some(v) => self.read_text(v, key),
            None => {
                self.missing(key);
                None
            }
        }
    }

    /// Whether a text can be a name; if not, it is refused with the cause.
    pub(super) fn is_name(&self, text: &Text, key: &str) -> bool {
        let cause = unfit(&text.text);
        if let Some(cause) = cause {
            let message = format!("`{}` in `{key}` is no name: {cause}", shown(&text.text));
            self.report.error(text.at.clone(), "lexicon::unfit-name", message, "leave it out");
        }
        cause.is_none()
    }

    /// A text that can be a name.
    pub(super) fn name(&self, key: &'static str) -> Option<Text> {
        self.text(key).filter(|t| self.is_name(t, key))
    }

    /// A name without which there is no entry.
    pub(super) fn needed_name(&self, key: &'static str) -> Option<Text> {
        self.needed(key).filter(|t| self.is_name(t, key))
    }

    /// A list of names.
    pub(super) fn names(&self, key: &'static str) -> Vec<Text> {
        let mut names = self.texts(key);
        names.retain(|t| self.is_name(t, key));
        names
    }

    /// The values of a list; none if there is none or it is no list.
    pub(super) fn list(&self, key: &'static str) -> &'a [Spanned<DeValue<'i>>] {
        match self.get(key) {
            None => &[],
            Some(value) => match value.get_ref().as_array() {
                Some(list) => list,
                None => {
                    self.wrong(value, key, "a list");
                    &[]
                }
            },
        }
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<Text> {
        let mut texts: Vec<Text> = Vec::new();
        let mut seen = HashSet::new();
        for text in self.list(key).iter().filter_map(|v| self.read_text(v, key)) {
            if !seen.insert(text.text.clone()) {
                let message = format!("`{}` stands twice in `{key}`", text.text);
                self.report.warning(text.at, "lexicon::repeated", message, "");
            } else {
                texts.push(text);
            }
        }
        texts
    }

    /// A list of texts, where one text stands for a list of one.
    pub(super) fn text_or_texts(&self, key: &'static str) -> Vec<Text> {
        match self.get(key) {
            Some(v) if v.get_ref().is_str() => self.read_text(v, key).into_iter().collect(),
            _ => self.texts(key),
        }
    }

    pub(super) fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        let number =
            value.get_ref().as_integer().and_then(|i| i64::from_str_radix(i.as_str(), i.radix()).ok());
        if number.is_none() {
            self.wrong(value, key, "an integer");
        }
        number
    }

    pub(super) fn float(&self, key: &'static str, bound: f64) -> Option<f64> {
        let value = self.get(key)?;
        let digits = match value.get_ref() {
            DeValue::Float(f) => f.as_str(),
            DeValue::Integer(i) => i.as_str(),
            _ => {
                self.wrong(value, key, "a number");
                return None;
            }
        };
        let number = digits.parse().ok().filter(|n: &f64| n.abs() <= bound);
        if number.is_none() {
            let message = format!("`{key}` is {digits}, not between -{bound} and {bound}");
            self.report.error(value.span(), "lexicon::out-of-range", message, "");
        }
        number
    }

    pub(super) fn boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong(value, key, "true or false");
        }
        truth
    }

    /// A value out of a closed set.
    pub(super) fn choice<T: Copy>(
        &self,
        key: &'static str,
        set: &[(&str, T)],
        code: &'static str,
    ) -> Option<T> {
        let text = self.text(key)?;
        let found = set.iter().find(|(name, _)| *name == text.text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            let message = format!("`{}` is no {key}", text.text);
            self.report.error(text.at, code, message, &format!("one of {}", names.join(" ")));
        }
        found
    }

    /// A date: a year, a month or a day, its first day in each case.
    pub(super) fn date(&self, key: &'static str) -> Option<Date> {
        let value = self.get(key)?;
        let written = match value.get_ref() {
            DeValue::Datetime(d) => d.to_string(),
            _ => self.read_text(value, key)?.text,
        };
        let date = parse_date(&written);
        if date.is_none() {
            let message = format!("`{written}` is no date");
            self.report.error(
                value.span(),
                "lexicon::bad-date",
                message,
                "write YYYY, YYYY-MM or YYYY-MM-DD",
            );
        }
        date
    }

    /// A half-open interval.
    pub(super) fn interval(&self) -> (Option<Date>, Option<Date>) {
        let (from, until) = (self.date("from"), self.date("until"));
        if let (Some(from), Some(until)) = (from, until)
            && from >= until
        {
            self.fault(
                "until",
                "lexicon::empty-interval",
                format!("the time from {from} until {until} is empty"),
            );
        }
        (from, until)
    }

    /// The tables of a list of tables.
    pub(super) fn entries(&self, key: &'static str) -> Vec<Fields<'a, 'i>> {
        self.list(key).iter().filter_map(|v| self.sub(v, key)).collect()
    }

    /// A value that is a table.
    pub(super) fn sub(&self, value: &'a Spanned<DeValue<'i>>, key: &str) -> Option<Fields<'a, 'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(self.report, table, value.span())),
            _ => {
                self.wrong(value, key, "a table");
                None
            }
        }
    }

    pub(super) fn table(&self, key: &'static str) -> Option<Fields<'a, 'i>> {
        self.get(key).and_then(|v| self.sub(v, key))
    }

    /// A list whose members are a text, or a table with the text under `key` and an interval.
    pub(super) fn timed(
        &self,
        list: &'static str,
        key: &'static str,
    ) -> Vec<(Text, Option<Date>, Option<Date>)> {
        let mut found = Vec::new();
        for value in self.list(list) {
            if is_table(value.get_ref()) {
                let Some(fields) = self.sub(value, list) else {
                    continue;
                };
                let text = fields.needed(key);
                let (from, until) = fields.interval();
                fields.finish();
                found.extend(text.map(|t| (t, from, until)));
            } else {
                found.extend(self.read_text(value, list).map(|t| (t, None, None)));
            }
        }
        found
    }

    /// Reports the keys nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !asked.contains(&name) {
                let mut known: Vec<&str> = asked.clone();
                known.sort_unstable();
                known.dedup();
                let hint = format!("known here: {}", known.join(" "));
                self.report.error(key.span(), "lexicon::unknown-key", format!("unknown key `{name}`"), &hint);
            }
        }
    }
}

fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |digits: usize, default: i16| match parts.next() {
        None => Some(default),
        Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => p.parse().ok(),
        Some(_) => None,
    };
    let (year, month, day) = (number(4, 0)?, number(2, 1)?, number(2, 1)?);
    if parts.next().is_some() || year < 1 {
        return None;
    }
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn dates_may_lack_day_and_month() {
        let day = |text: &str| parse_date(text).map(|d| d.to_string());
        assert_eq!(day("2014"), Some("2014-01-01".into()));
        assert_eq!(day("2006-04"), Some("2006-04-01".into()));
        assert_eq!(day("1991-12-26"), Some("1991-12-26".into()));
        for bad in
            ["", "2014-13", "2014-02-30", "14", "2014-1-1", "2014-01-01-01", "-2014", "0000", "2014-99-99"]
        {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
