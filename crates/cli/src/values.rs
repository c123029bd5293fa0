//! Values of options: sizes, parts of an article, formats.

use demarche::read::Format;
use demarche_record::Zone;

/// Parts of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zones(pub Vec<Zone>);

const ZONES: [Zone; 5] = [Zone::Headline, Zone::Body, Zone::Quote, Zone::Comment, Zone::Boilerplate];

/// Reads a list of parts.
///
/// # Errors
/// If one is no part of an article.
pub fn zones(list: &str) -> Result<Zones, String> {
    if list == "all" {
        return Ok(Zones(ZONES.to_vec()));
    }
    let zones = list.split(',').map(|name| {
        let found = ZONES.into_iter().find(|zone| zone.as_str() == name.trim());
        found.ok_or_else(|| {
            format!(
                "`{name}` is no part of an article; headline, body, quote, comment, boilerplate and all are"
            )
        })
    });
    zones.collect::<Result<_, _>>().map(Zones)
}

/// Reads the name of a format of input.
///
/// # Errors
/// If there is none of this name.
pub fn format(name: &str) -> Result<Format, String> {
    name.parse().map_err(|cause: demarche::read::SourceError| cause.to_string())
}

/// Reads a number of bytes, with K, M or G for powers of 1024.
///
/// # Errors
/// If it is none, or nought.
pub fn size(written: &str) -> Result<u64, String> {
    let unit = |letter: char| match letter.to_ascii_uppercase() {
        'K' => Some(1 << 10),
        'M' => Some(1 << 20),
        'G' => Some(1 << 30),
        _ => None,
    };
    let (digits, unit) = match written.chars().last().and_then(unit) {
        Some(unit) => (&written[..written.len() - 1], unit),
        None => (written, 1),
    };
    let size = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(unit));
    size.filter(|size| *size > 0)
        .ok_or_else(|| "a number of bytes is expected, as in 500000, 64M or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_unit() {
        assert_eq!(size("17"), Ok(17));
        assert_eq!(size("2k"), Ok(2048));
        assert_eq!(size("64M"), Ok(64 << 20));
        for bad in ["", "K", "-1", "0", "1T", "1.5M", "99999999999999G", "é"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn zones_are_named_or_all() {
        assert_eq!(zones("body, quote"), Ok(Zones(vec![Zone::Body, Zone::Quote])));
        assert_eq!(zones("all").map(|z| z.0.len()), Ok(5));
        assert!(zones("").is_err() && zones("body,footer").is_err());
    }
}
