//! Dumps of GeoNames (`allCountries.txt`, `cities15000.txt`, `FR.txt`): nineteen columns parted by tabs.
//!
//! Of places with one name only the largest is taken: a name in text that could be many places is none's.

use super::draft::{Dated, Draft, What};
use super::spool::{At, Spool};
use super::tables::FEATURES;
use super::{ImportError, ImportOptions};

const COLUMNS: usize = 19;

/// Takes a line.
pub(super) fn line(
    line: &str,
    at: At<'_>,
    options: &ImportOptions,
    spool: &mut Spool<'_>,
) -> Result<(), ImportError> {
    if line.trim().is_empty() || line.starts_with('#') {
        return Ok(());
    }
    match draft(line, options) {
        Ok(Some(draft)) => spool.push(draft, at),
        Ok(None) => Ok(()),
        Err(message) => {
            spool.refuse(at, "import::bad-row", message);
            Ok(())
        }
    }
}

fn draft(line: &str, options: &ImportOptions) -> Result<Option<Draft>, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    if columns.len() != COLUMNS {
        return Err(format!("{} columns where GeoNames has {COLUMNS}", columns.len()));
    }
    let degrees = |at: usize, bound: f64, what: &str| {
        let number: Option<f64> = columns[at].parse().ok();
        number.filter(|n| n.abs() <= bound).ok_or_else(|| format!("`{}` is no {what}", columns[at]))
    };
    let (lat, lon) = (degrees(4, 90.0, "latitude")?, degrees(5, 180.0, "longitude")?);
    let population = match columns[14] {
        "" => 0,
        number => number.parse().map_err(|_| format!("`{number}` is no number of people"))?,
    };
    let (class, code) = (columns[6], columns[7]);
    let feature = FEATURES.features.get(&format!("{class}.{code}")).or_else(|| FEATURES.features.get(class));
    let Some(kind) = feature.filter(|_| class != "P" || population >= options.population) else {
        return Ok(None);
    };
    let mut names: Vec<Dated> = vec![Dated::from(columns[2])];
    if options.other_names {
        names.extend(columns[3].split(',').filter(|n| is_latin(n)).map(Dated::from));
    }
    // The plain spelling is found by the usual name: letters are compared without their marks.
    names.retain(|n| {
        !n.text.is_empty() && demarche_lexicon::key(&n.text) != demarche_lexicon::key(columns[1])
    });
    Ok(Some(Draft {
        what: What::Place,
        kind: kind.clone(),
        name: columns[1].to_owned(),
        names,
        country: (!columns[8].is_empty()).then(|| columns[8].to_owned()),
        lat: Some(lat),
        lon: Some(lon),
        population,
        ..Draft::default()
    }))
}

/// Whether a name is in Latin letters, and more than a code of three.
fn is_latin(name: &str) -> bool {
    let latin = |c: char| {
        !c.is_alphabetic()
            || c.is_ascii()
            || ('\u{c0}'..='\u{24f}').contains(&c)
            || ('\u{1e00}'..='\u{1eff}').contains(&c)
    };
    name.chars().all(latin) && name.chars().count() > 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_line_is_read_or_refused(cells in prop::collection::vec("\\PC{0,8}", 15..22)) {
            let _ = draft(&cells.join("\t"), &ImportOptions::default());
        }
    }

    #[test]
    fn what_the_lexicon_has_no_kind_for_is_passed_over() {
        let line = |class: &str, population: &str| {
            format!("1\tTown\tTown\t\t1.5\t2.5\t{class}\tPPL\tFR\t\t\t\t\t\t{population}\t\t\t\t2020-01-01")
        };
        let options = ImportOptions { population: 10, ..ImportOptions::default() };
        assert_eq!(draft(&line("P", "10"), &options).map(|d| d.is_some()), Ok(true));
        assert_eq!(draft(&line("P", "9"), &options), Ok(None));
        assert_eq!(draft(&line("R", "10"), &options), Ok(None));
        assert!(draft(&line("P", "many"), &options).is_err_and(|m| m.contains("many")));
    }
}
