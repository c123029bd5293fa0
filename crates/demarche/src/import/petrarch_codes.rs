//! The codes of PETRARCH's dictionaries: what stands in brackets, the dates in them, and what their letters mean here.

use super::tables::CAMEO_CODES;

/// A code and the time for which it holds, half-open.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Coded {
    pub code: String,
    pub from: Option<String>,
    pub until: Option<String>,
}

impl Coded {
    pub(super) fn is_dated(&self) -> bool {
        self.from.is_some() || self.until.is_some()
    }

    /// The groups of three letters.
    pub(super) fn groups(&self) -> Vec<&str> {
        let mut groups = Vec::new();
        let mut rest = self.code.as_str();
        while !rest.is_empty() {
            let at = rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at);
            let (group, after) = rest.split_at(at);
            groups.push(group);
            rest = after;
        }
        groups
    }
}

/// The codes in brackets of a text that holds nothing else.
pub(super) fn codes(text: &str) -> Result<Vec<Coded>, String> {
    let mut codes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let inside =
            rest.strip_prefix('[').ok_or_else(|| format!("`{}` stands outside the brackets", rest.trim()))?;
        let (code, after) = inside.split_once(']').ok_or("a bracket does not close")?;
        codes.push(code_and_dates(code)?);
        rest = after.trim();
    }
    Ok(codes)
}

fn code_and_dates(text: &str) -> Result<Coded, String> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(text.len());
    let (code, dates) = (text[..end].to_owned(), text[end..].trim());
    if code.is_empty() {
        return Err("a bracket holds no code".to_owned());
    }
    let mut coded = Coded { code, ..Coded::default() };
    if let Some(day) = dates.strip_prefix('<') {
        coded.until = Some(date(day)?);
    } else if let Some(day) = dates.strip_prefix('>') {
        coded.from = Some(date(day)?);
    } else if let Some((from, until)) = dates.split_once('-') {
        (coded.from, coded.until) = (Some(date(from)?), Some(date(until)?));
        if coded.from >= coded.until {
            return Err(format!("the time `{dates}` ends before it begins"));
        }
    } else if !dates.is_empty() {
        return Err(format!("`{dates}` is no time: <date, >date or date-date"));
    }
    Ok(coded)
}

/// A day of eight digits, or of six with 00 to 30 for years from 2000 on and 31 to 99 for years before.
fn date(text: &str) -> Result<String, String> {
    let text = text.trim();
    let bad = || format!("`{text}` is no date: YYYYMMDD or YYMMDD");
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    let full = match text.len() {
        8 => text.to_owned(),
        6 => format!("{}{text}", if text < "31" { "20" } else { "19" }),
        _ => return Err(bad()),
    };
    let day = format!("{}-{}-{}", &full[..4], &full[4..6], &full[6..]);
    super::draft::date(&day).ok_or_else(bad)
}

/// What the groups of a code mean.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Meaning {
    /// State, or PLOVER's code for actors of no state.
    pub country: Option<String>,
    pub sectors: Vec<String>,
    /// Title and likely kind of the last role.
    pub role: Option<(&'static str, &'static str)>,
    /// Groups that mean nothing here.
    pub unknown: Vec<String>,
}

/// Reads the groups of a code; `state` knows the codes of states.
pub(super) fn meaning(groups: &[&str], state: impl Fn(&str) -> Option<String>) -> Meaning {
    let mut meaning = Meaning::default();
    for group in groups {
        if let Some(role) = CAMEO_CODES.roles.get(*group) {
            for sector in &role.sectors {
                if !meaning.sectors.contains(sector) {
                    meaning.sectors.push(sector.clone());
                }
            }
            meaning.role = Some((&role.title, &role.kind));
        } else if let Some(code) = CAMEO_CODES.stateless.get(*group) {
            meaning.country.get_or_insert_with(|| code.clone());
        } else if let (None, Some(id)) = (&meaning.country, state(group)) {
            meaning.country = Some(id);
        } else {
            meaning.unknown.push((*group).to_owned());
        }
    }
    meaning
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn coded(code: &str, from: Option<&str>, until: Option<&str>) -> Coded {
        Coded { code: code.to_owned(), from: from.map(str::to_owned), until: until.map(str::to_owned) }
    }

    #[test]
    fn dates_come_in_all_spellings() {
        assert_eq!(codes("[QNDELI <19620101]"), Ok(vec![coded("QNDELI", None, Some("1962-01-01"))]));
        assert_eq!(codes("[QNDOPP >810101]"), Ok(vec![coded("QNDOPP", Some("1981-01-01"), None)]));
        assert_eq!(
            codes("[QNDGOV 620101 - 20050630][QND]"),
            Ok(vec![coded("QNDGOV", Some("1962-01-01"), Some("2005-06-30")), coded("QND", None, None)])
        );
        for bad in ["[QND", "QND]", "[]", "[QND 75]", "[QND >19993301]", "[QND 20050101-19990101]", "[QND] x"]
        {
            assert!(codes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn groups_of_three_letters_have_meanings() {
        let state = |code: &str| (code == "FRA").then(|| "FRA".to_owned());
        let of = |code: &str| meaning(&coded(code, None, None).groups(), state);
        let media = of("FRAMED");
        assert_eq!((media.country.as_deref(), media.sectors), (Some("FRA"), vec!["JRN".to_owned()]));
        assert_eq!(of("IGOEEC").country.as_deref(), Some("IGO"));
        assert_eq!(of("FRAXYZ").unknown, ["XYZ"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]A-Z0-9<> é-]{0,40}|\\PC{0,30}") {
            if let Ok(codes) = codes(&text) {
                for coded in codes {
                    prop_assert_eq!(coded.groups().concat(), coded.code);
                }
            }
        }
    }
}
