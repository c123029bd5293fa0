//! Days of publication as they are written: ISO 8601, RFC 2822 and RFC 850, "3 July 2025", "July 3, 2025".
//!
//! Times and zones are passed over: the day counts as written. Orders that are ambiguous ("03/07/2025") are no dates.

use demarche_record::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The day that `text` names, if it can be told.
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    // Longer texts are no dates; this bounds the work on hostile ones.
    if text.len() > 100 {
        return None;
    }
    iso(text).or_else(|| in_words(text))
}

fn iso(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        let rest = &text[8..];
        let day = date(number(&text[..4])?, number(&text[4..6])?, number(&text[6..8])?);
        return if rest.is_empty() || rest.starts_with(['T', 't', ' ']) { day } else { None };
    }
    if digits != 4 {
        return None;
    }
    let separator = text[4..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = text[5..].split_once(separator)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = rest.split_at(length);
    let ended = rest.is_empty() || rest.starts_with(['T', 't', ' ', ',', ';', 'Z', '+']);
    if !ended || month.len() > 2 || day.len() > 2 {
        return None;
    }
    date(number(&text[..4])?, number(month)?, number(day)?)
}

fn in_words(text: &str) -> Option<Date> {
    let mut parts = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.' | '(' | ')'))
        .filter(|part| !part.is_empty())
        .peekable();
    if parts.peek().is_some_and(|part| WEEKDAYS.iter().any(|day| begins(day, part))) {
        parts.next();
    }
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if let (Some(day), Some(month)) = (ordinal(first), month(second)) {
        return date(year(third)?, month, day);
    }
    let (month, day) = (month(first)?, ordinal(second)?);
    if third.contains(':') {
        // The order of asctime: Tue Oct 4 18:00:00 2011.
        return date(parts.find_map(year)?, month, day);
    }
    date(year(third)?, month, day)
}

fn begins(word: &str, short: &str) -> bool {
    let short = short.to_ascii_lowercase();
    short.len() >= 3 && word.starts_with(&short)
}

fn month(part: &str) -> Option<i16> {
    let part = if part.eq_ignore_ascii_case("sept") { "sep" } else { part };
    MONTHS.iter().position(|name| begins(name, part)).map(|index| index as i16 + 1)
}

fn ordinal(part: &str) -> Option<i16> {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &part[digits.len()..];
    if !["", "st", "nd", "rd", "th"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        return None;
    }
    if digits.len() > 2 { None } else { number(digits) }
}

fn year(part: &str) -> Option<i16> {
    if part.len() == 4 { number(part) } else { None }
}

fn number(part: &str) -> Option<i16> {
    if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn common_ways_to_write_a_day() {
        let day = jiff::civil::date(2025, 7, 3);
        for text in [
            "2025-07-03",
            "2025-7-3",
            "20250703",
            "2025/07/03",
            "2025-07-03T10:11:12Z",
            "2025-07-03 10:11:12",
            "2025-07-03T23:30:00-05:00",
            "20250703T101112Z",
            "Thu, 03 Jul 2025 18:00:00 +0000",
            "3 July 2025",
            "July 3, 2025",
            "Jul. 3rd 2025",
            "Thursday, 3 July 2025, 14:05",
            "July 3, 2025 at 2:05 p.m.",
            "Thu Jul  3 18:00:00 2025",
            "Thu Jul 3 18:00:00 UTC 2025",
            "03-Jul-2025",
            " 3 JUL 2025 ",
        ] {
            assert_eq!(parse(text), Some(day), "{text}");
        }
        assert_eq!(parse("4 Sept 2001"), Some(jiff::civil::date(2001, 9, 4)));
    }

    #[test]
    fn what_is_no_day_is_no_day() {
        for text in [
            "",
            "yesterday",
            "03/07/2025",
            "2025",
            "2025-07",
            "July 2025",
            "2025-02-30",
            "2025-13-01",
            "31 June 2025",
            "20251301",
            "1751500000",
            "3 Ju 2025",
            "2025-07-03x",
            "32 July 2025",
            "2025-007-03",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,60}") {
            let _ = parse(&text);
        }

        #[test]
        fn every_day_is_read_back(year in 1i16..9999, month in 1i8..=12, day in 1i8..=28) {
            let day = jiff::civil::date(year, month, day);
            prop_assert_eq!(parse(&day.to_string()), Some(day));
        }
    }
}
