//! Reads the expressions of time in a sentence: dates as they are written, and words seen from the day of the article.

use crate::view::View;
use crate::when::{TimeExpression, TimeWord, Unit};
use demarche_record::{Date, Precision};
use jiff::ToSpan;
use jiff::civil::Weekday;

impl View<'_> {
    /// All expressions of time, in order; `today` is the day of the article.
    pub fn times(&self, today: Option<Date>) -> Vec<TimeExpression> {
        let mut found: Vec<TimeExpression> = Vec::new();
        let mut i = 0;
        while i < self.len() {
            match self.time_at(i, today) {
                Some(t) if t.words.1 >= i => {
                    i = t.words.1 + 1;
                    found.push(t);
                }
                _ => i += 1,
            }
        }
        found
    }

    fn number(&self, i: usize) -> Option<i64> {
        let form = self.form(i);
        let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(n) = digits.parse::<i64>()
            && (digits.len() == form.len() || matches!(&form[digits.len()..], "st" | "nd" | "rd" | "th"))
        {
            return Some(n);
        }
        const WORDS: [&str; 13] = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve",
        ];
        WORDS.iter().position(|w| form.eq_ignore_ascii_case(w)).map(|n| n as i64)
    }

    fn year_at(&self, i: usize) -> Option<i16> {
        let form = self.form(i);
        (form.len() == 4).then(|| form.parse::<i16>().ok()).flatten().filter(|y| (1800..=2100).contains(y))
    }

    fn lower_is(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.form(i).eq_ignore_ascii_case(w))
    }

    fn time_at(&self, i: usize, today: Option<Date>) -> Option<TimeExpression> {
        let n = self.len();
        if let Ok(date) = self.form(i).parse::<Date>()
            && self.form(i).len() == 10
        {
            return Some(expression((i, i), i, Some(date), Some(date), Precision::Day));
        }
        match self.time_word(i) {
            Some(TimeWord::Month(m)) => return self.month_at(i, m, today),
            Some(TimeWord::Weekday(w)) => return Some(self.weekday_at(i, w, today)),
            Some(TimeWord::Day(offset)) => {
                let day = today.and_then(|d| d.checked_add(offset.days()).ok());
                return Some(expression((i, i), i, day, day, Precision::Day));
            }
            Some(TimeWord::Unit(unit)) => return self.unit_at(i, unit, today),
            None => {}
        }
        if let Some(day) = self.number(i)
            && (1..=31).contains(&day)
            && i + 1 < n
        {
            let of = usize::from(self.lower_is(i + 1, &["of"]));
            if i + 1 + of < n
                && let Some(TimeWord::Month(m)) = self.time_word(i + 1 + of)
                && self.form(i).starts_with(|c: char| c.is_ascii_digit())
            {
                let month = i + 1 + of;
                let year = self.year_after(month);
                let last = year.map_or(month, |(w, _)| w);
                let date = self.full_date(year.map(|y| y.1), m, day as i8, today);
                return Some(expression((i, last), month, date, date, Precision::Day));
            }
        }
        if let Some(y) = self.year_at(i)
            && (self.children(i).any(|c| {
                c < i
                    && self.lower_is(
                        c,
                        &["in", "since", "by", "from", "until", "of", "during", "after", "before"],
                    )
            }) || (i > 0 && self.lower_is(i - 1, &["in", "since", "during", "late", "early", "mid"])))
        {
            return Some(expression(
                (i, i),
                i,
                Date::new(y, 1, 1).ok(),
                Date::new(y, 12, 31).ok(),
                Precision::Year,
            ));
        }
        let form = self.form(i);
        if form.len() == 5
            && let Some(stem) = form.strip_suffix('s')
            && stem.ends_with('0')
            && let Ok(y) = stem.parse::<i16>()
            && (1800..=2100).contains(&y)
        {
            return Some(expression(
                (i, i),
                i,
                Date::new(y, 1, 1).ok(),
                Date::new(y + 9, 12, 31).ok(),
                Precision::Decade,
            ));
        }
        if self.lower_is(i, &["ago"]) && i > 0 && self.lower_is(i - 1, &["long"]) {
            return Some(expression((i - 1, i), i, None, None, Precision::Unknown));
        }
        None
    }

    fn year_after(&self, i: usize) -> Option<(usize, i16)> {
        let n = self.len();
        let at = if i + 1 < n && self.form(i + 1) == "," { i + 2 } else { i + 1 };
        (at < n).then(|| self.year_at(at).map(|y| (at, y))).flatten()
    }

    /// A day without a year lies nearest to the article's day.
    fn full_date(&self, year: Option<i16>, month: i8, day: i8, today: Option<Date>) -> Option<Date> {
        if let Some(y) = year {
            return Date::new(y, month, day).ok();
        }
        let today = today?;
        [-1, 0, 1]
            .into_iter()
            .filter_map(|d| Date::new(today.year() + d, month, day).ok())
            .min_by_key(|d| today.until(*d).map_or(i64::MAX, |s| i64::from(s.get_days()).abs()))
    }

    fn month_at(&self, i: usize, m: i8, today: Option<Date>) -> Option<TimeExpression> {
        let n = self.len();
        if i + 1 < n
            && let Some(day) = self.number(i + 1)
            && (1..=31).contains(&day)
            && self.form(i + 1).starts_with(|c: char| c.is_ascii_digit())
        {
            let year = self.year_after(i + 1);
            let last = year.map_or(i + 1, |(w, _)| w);
            let date = self.full_date(year.map(|y| y.1), m, day as i8, today);
            return Some(expression((i, last), i, date, date, Precision::Day));
        }
        let year = self.year_after(i);
        if year.is_none() && m == 5 && i == 0 {
            return None;
        }
        let last = year.map_or(i, |(w, _)| w);
        let y = match (year, today) {
            (Some((_, y)), _) => y,
            (None, Some(t)) => {
                let relative = i > 0 && self.lower_is(i - 1, &["last"]);
                if m > t.month() || (relative && m == t.month()) { t.year() - 1 } else { t.year() }
            }
            (None, None) => return Some(expression((i, last), i, None, None, Precision::Month)),
        };
        let start = Date::new(y, m, 1).ok();
        Some(expression((i, last), i, start, start.map(Date::last_of_month), Precision::Month))
    }

    fn weekday_at(&self, i: usize, w: i8, today: Option<Date>) -> TimeExpression {
        let weekday = Weekday::from_monday_one_offset(w).ok();
        let before = |words: &[&str]| i > 0 && self.lower_is(i - 1, words);
        let (first, day, open) = match (today, weekday) {
            (Some(t), Some(w)) if before(&["last"]) => (i - 1, t.nth_weekday(-1, w).ok(), None),
            (Some(t), Some(w)) if before(&["next"]) => (i - 1, t.nth_weekday(1, w).ok(), None),
            (Some(t), Some(w)) => (i, past_weekday(t, w), Some(w)),
            _ => (i, None, None),
        };
        TimeExpression {
            words: (first, i),
            head: i,
            start: day,
            end: day,
            precision: Precision::Day,
            open_weekday: open,
        }
    }

    fn unit_at(&self, i: usize, unit: Unit, today: Option<Date>) -> Option<TimeExpression> {
        let n = self.len();
        if i + 1 < n && self.lower_is(i + 1, &["ago"]) {
            let count = if i > 0 { self.number(i - 1) } else { None };
            let count = count.or_else(|| (i > 0 && self.lower_is(i - 1, &["a", "an"])).then_some(1));
            let words = (i.saturating_sub(1), i + 1);
            let Some((count, t)) = count.zip(today) else {
                return Some(expression(words, i, None, None, Precision::Unknown));
            };
            if count > 5000 {
                return Some(expression(words, i, None, None, Precision::Unknown));
            }
            let (start, end, precision) = match unit {
                Unit::Day => {
                    (t.checked_sub(count.days()).ok(), t.checked_sub(count.days()).ok(), Precision::Day)
                }
                Unit::Week => {
                    let middle = t.checked_sub((7 * count).days()).ok();
                    let from = middle.and_then(|m| m.checked_sub(3.days()).ok());
                    (from, middle.and_then(|m| m.checked_add(3.days()).ok()), Precision::Month)
                }
                Unit::Month => {
                    let m = t.checked_sub(count.months()).ok();
                    (m.map(Date::first_of_month), m.map(Date::last_of_month), Precision::Month)
                }
                Unit::Year => {
                    let y = t.checked_sub(count.years()).ok();
                    (y.map(Date::first_of_year), y.map(Date::last_of_year), Precision::Year)
                }
                Unit::Decade => {
                    let y = t.checked_sub((10 * count).years()).ok();
                    (y.map(Date::first_of_year), y.map(Date::last_of_year), Precision::Decade)
                }
            };
            return Some(expression(words, i, start, end, precision));
        }
        if i == 0 {
            return None;
        }
        let offset = match self.form(i - 1).to_ascii_lowercase().as_str() {
            "last" | "past" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let t = today?;
        let (start, end, precision) = match unit {
            Unit::Day if offset == 0 => (Some(t), Some(t), Precision::Day),
            Unit::Day => return None,
            Unit::Week => {
                let monday = t.checked_sub(i64::from(t.weekday().to_monday_zero_offset()).days()).ok()?;
                let start = monday.checked_add((7 * offset).days()).ok()?;
                (Some(start), start.checked_add(6.days()).ok(), Precision::Month)
            }
            Unit::Month => {
                let m = t.checked_add(offset.months()).ok()?;
                (Some(m.first_of_month()), Some(m.last_of_month()), Precision::Month)
            }
            Unit::Year => {
                let y = t.checked_add(offset.years()).ok()?;
                (Some(y.first_of_year()), Some(y.last_of_year()), Precision::Year)
            }
            Unit::Decade => return None,
        };
        Some(expression((i - 1, i), i, start, end, precision))
    }
}

fn past_weekday(today: Date, w: Weekday) -> Option<Date> {
    if today.weekday() == w { Some(today) } else { today.nth_weekday(-1, w).ok() }
}

fn expression(
    words: (usize, usize),
    head: usize,
    start: Option<Date>,
    end: Option<Date>,
    precision: Precision,
) -> TimeExpression {
    TimeExpression { words, head, start, end, precision, open_weekday: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_lexicon::{Image, Lexicon};
    use demarche_record::{Span, Zone};
    use demarche_text::{Mwt, Sentence, Tree, Word};

    /// Times in a sentence whose words are parted by blanks; every word hangs on the first.
    fn times(text: &str, today: Option<&str>) -> Vec<(String, Option<String>, Option<String>, Precision)> {
        let mut words = Vec::new();
        let mut conllu = String::new();
        let mut at = 0;
        for (i, form) in text.split(' ').enumerate() {
            words.push(Word { span: Span::new(at, at + form.len()), mwt: Mwt::No, space_after: true });
            at += form.len() + 1;
            let (head, rel) = if i == 0 { (0, "root") } else { (1, "dep") };
            conllu.push_str(&format!("{}\t{form}\t{form}\tNOUN\tNN\t_\t{head}\t{rel}\t_\t_\n", i + 1));
        }
        let sentence =
            Sentence { span: Span::new(0, text.len()), zone: Zone::Body, new_paragraph: true, words };
        let tree = Tree::from_conllu(&conllu).unwrap();
        let lexicon = Lexicon::from_image(Image::default());
        let view = View::new(text, &sentence, &tree, &lexicon, &[]);
        let today = today.map(|d| d.parse().unwrap());
        view.times(today)
            .iter()
            .map(|t| {
                let day = |d: Option<Date>| d.map(|d| d.to_string());
                (view.time_span(t).of(text).to_owned(), day(t.start), day(t.end), t.precision)
            })
            .collect()
    }

    fn one(text: &str, words: &str, start: &str, end: &str, precision: Precision) {
        let wanted = vec![(words.to_owned(), Some(start.to_owned()), Some(end.to_owned()), precision)];
        assert_eq!(times(text, Some("2025-07-05")), wanted, "{text}");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        one("it fell on 3 July 2025 there", "3 July 2025", "2025-07-03", "2025-07-03", Precision::Day);
        one("it fell on July 3 , 2024 there", "July 3 , 2024", "2024-07-03", "2024-07-03", Precision::Day);
        one("it fell on 2024-02-29 there", "2024-02-29", "2024-02-29", "2024-02-29", Precision::Day);
        one("it fell in February 2024 there", "February 2024", "2024-02-01", "2024-02-29", Precision::Month);
        one("it fell in 1991 there", "1991", "1991-01-01", "1991-12-31", Precision::Year);
        one("in the 1990s it fell", "1990s", "1990-01-01", "1999-12-31", Precision::Decade);
    }

    #[test]
    fn relative_words_are_seen_from_the_article() {
        one("it fell on Thursday there", "Thursday", "2025-07-03", "2025-07-03", Precision::Day);
        one("it fell on Saturday there", "Saturday", "2025-07-05", "2025-07-05", Precision::Day);
        one("it fell last Saturday there", "last Saturday", "2025-06-28", "2025-06-28", Precision::Day);
        one("it falls next Monday there", "next Monday", "2025-07-07", "2025-07-07", Precision::Day);
        one("it fell yesterday there", "yesterday", "2025-07-04", "2025-07-04", Precision::Day);
        one("it fell two days ago there", "two days ago", "2025-07-03", "2025-07-03", Precision::Day);
        one("it fell last month there", "last month", "2025-06-01", "2025-06-30", Precision::Month);
        one("it fell in December there", "December", "2024-12-01", "2024-12-31", Precision::Month);
        one("it falls on December 30 there", "December 30", "2025-12-30", "2025-12-30", Precision::Day);
        one("it fell on January 6 there", "January 6", "2025-01-06", "2025-01-06", Precision::Day);
    }

    #[test]
    fn without_a_day_of_the_article_relative_words_give_no_dates() {
        let found = times("it fell on Thursday and in 1991", None);
        assert_eq!(found[0].1, None);
        assert_eq!(found[1].1.as_deref(), Some("1991-01-01"));
    }

    #[test]
    fn words_that_only_look_like_times_are_none() {
        assert_eq!(times("they may march at dawn with 1991 men", Some("2025-07-05")), vec![]);
    }
}
