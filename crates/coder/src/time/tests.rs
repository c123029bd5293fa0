//! Times in bare rows of words; sentences with their trees are in `tests/circumstances.rs`.

use super::*;
use demarche_lexicon::{Image, Lexicon, compile};
use demarche_record::{Precision, Zone};
use demarche_text::{Mwt, Sentence, Tree, Word};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let data = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
        .join("../../data/lexicon");
    Lexicon::from_image(Image { times: compile(&data).0.times, ..Image::default() })
});

/// Times in a sentence whose words are parted by blanks; every word hangs on the first, a past tense.
fn times(text: &str, today: Option<&str>) -> Vec<(String, Interval)> {
    let mut words = Vec::new();
    let mut conllu = String::new();
    let mut at = 0;
    for (i, form) in text.split(' ').enumerate() {
        words.push(Word { span: Span::new(at, at + form.len()), mwt: Mwt::No, space_after: true });
        at += form.len() + 1;
        let (head, rel, tags) = if i == 0 { (0, "root", "VERB\tVBD") } else { (1, "dep", "NOUN\tNN") };
        conllu.push_str(&format!("{}\t{form}\t{form}\t{tags}\t_\t{head}\t{rel}\t_\t_\n", i + 1));
    }
    let sentence = Sentence { span: Span::new(0, text.len()), zone: Zone::Body, new_paragraph: true, words };
    let tree = Tree::from_conllu(&conllu).unwrap();
    let view = View::new(text, &sentence, &tree, &LEXICON, &[]);
    let today = today.map(|d| d.parse().unwrap());
    let found = view.times(today, &mut None);
    found.iter().map(|t| (view.time_span(t).of(text).to_owned(), t.days(today, false))).collect()
}

fn one(text: &str, words: &str, start: &str, end: &str, precision: Precision) {
    let found = times(text, Some("2025-07-05"));
    let day = |d: &str| d.parse().ok();
    let wanted = Interval { start: day(start), end: day(end), precision, note: None };
    assert_eq!(found, [(words.to_owned(), wanted)], "{text}");
}

#[test]
fn dates_are_read_as_they_are_written() {
    one("fell on 3 July 2025 there", "3 July 2025", "2025-07-03", "2025-07-03", Precision::Day);
    one("fell on July 3 , 2024 there", "July 3 , 2024", "2024-07-03", "2024-07-03", Precision::Day);
    one("fell on 2024-02-29 there", "2024-02-29", "2024-02-29", "2024-02-29", Precision::Day);
    one("fell on 03.04.2024 there", "03.04.2024", "2024-04-03", "2024-04-03", Precision::Day);
    one("fell in February 2024 there", "February 2024", "2024-02-01", "2024-02-29", Precision::Month);
    one("fell in 1991 there", "1991", "1991-01-01", "1991-12-31", Precision::Year);
    one("fell in the 1990s", "the 1990s", "1990-01-01", "1999-12-31", Precision::Decade);
}

#[test]
fn relative_words_are_seen_from_the_article() {
    one("fell on Thursday there", "Thursday", "2025-07-03", "2025-07-03", Precision::Day);
    one("fell on Saturday there", "Saturday", "2025-07-05", "2025-07-05", Precision::Day);
    one("fell last Saturday there", "last Saturday", "2025-06-28", "2025-06-28", Precision::Day);
    one("fell yesterday there", "yesterday", "2025-07-04", "2025-07-04", Precision::Day);
    one("fell two days ago there", "two days ago", "2025-07-03", "2025-07-03", Precision::Day);
    one("fell last month there", "last month", "2025-06-01", "2025-06-30", Precision::Month);
    one("fell in December there", "December", "2024-12-01", "2024-12-31", Precision::Month);
    one("fell on December 30 there", "December 30", "2024-12-30", "2024-12-30", Precision::Day);
}

#[test]
fn bounds_leave_an_end_open() {
    one("fell since 1994 there", "1994", "1994-01-01", "-", Precision::Year);
    one("fell until May 2020 there", "May 2020", "-", "2020-05-31", Precision::Month);
    one("fell before 2010 there", "2010", "-", "2009-12-31", Precision::Year);
    one("fell long ago there", "long ago", "-", "-", Precision::Unknown);
}

#[test]
fn what_is_no_day_is_kept_with_a_note() {
    for text in
        ["fell on 31 June", "fell on 3/4/98", "fell in '98", "fell on 04/05/2022", "fell on 30 February 2020"]
    {
        let found = times(text, Some("2025-07-05"));
        assert_eq!(found.len(), 1, "{text}");
        let days = found[0].1;
        assert!(days.start.is_none() && days.end.is_none() && days.note.is_some(), "{text}: {days:?}");
    }
}

#[test]
fn without_a_day_of_the_article_relative_words_give_no_dates() {
    let found = times("fell on Thursday and in 1991", None);
    assert_eq!(found[0].1, Interval::UNKNOWN);
    assert_eq!(found[1].1.start, "1991-01-01".parse().ok());
}

#[test]
fn words_that_only_look_like_times_are_none() {
    for text in ["met with 1991 men", "ran for 3 hours", "stood 1.5.2 high", "may march at dawn with 12 men"]
    {
        assert_eq!(times(text, Some("2025-07-05")), vec![], "{text}");
    }
}

/// Rows of words of time, and of anything.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(vec![
            "the", "last", "next", "two", "day", "days", "week", "of", "in", "since", "until", "between", "and", "from", "to", "May",
            "Monday", "1994", "'98", "31", "30", "99999", "0", "century", "decade", "ago", "later", "before", "half", "a", "year",
            "first", "quarter", "early", "mid", "-", "end", "2100", "2199", "19th", "nineteen", "ninety", "12/31/1999", "0/0/0000",
            "9999-99-99", "winter", "29", "February", "overnight", "by", "9/11", "more", "than", "hundred", "years", "that", "same",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,6}".prop_filter("no blanks", |s| !s.contains(char::is_whitespace)),
    ];
    prop::collection::vec(word, 1..14).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_words_give_days_in_order(text in text(), day in prop::option::of((-9999i16..=9999, 1i8..=12, 1i8..=28))) {
        let today = day.and_then(|(y, m, d)| Date::new(y, m, d).ok()).map(|d| d.to_string());
        for (_, days) in times(&text, today.as_deref()) {
            if let (Some(start), Some(end)) = (days.start, days.end) {
                prop_assert!(start <= end, "{text}: {days:?}");
            }
        }
    }
}
