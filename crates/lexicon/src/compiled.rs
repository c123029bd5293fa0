//! A lexicon with its tables of names as bytes: ready for use as soon as it is read, however many names it holds.
//!
//! A header (magic, format, lengths, checksum), the image as `image` writes it, and the tables of names as numbers of four
//! bytes, little end first. Tables made anew from the image are the same; here they are only kept.

use crate::case::Case;
use crate::forms::{Form, Forms, Node, SMALL};
use crate::runs::{Runs, Steps};
use crate::{Candidate, Entry, Image, ImageError, Via};
use demarche_record::Date;

const MAGIC: [u8; 4] = *b"DMLC";

/// Raised whenever the tables change.
const FORMAT: u32 = 1;

const HEADER: usize = 4 + 4 + 8 + 8 + 4;

const VIAS: [Via; 9] = [
    Via::Name,
    Via::Alias,
    Via::Adjective,
    Via::People,
    Via::Capital,
    Via::Seat,
    Via::City,
    Via::Role,
    Via::Title,
];

/// A hash of several pieces of bytes, in hexadecimal letters: other pieces, another hash.
pub fn fingerprint<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex().to_string()
}

/// Whether bytes begin as those of [`write`] do.
pub(crate) fn is_compiled(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Image and tables as bytes.
pub(crate) fn write(image: &Image, forms: &Forms) -> Vec<u8> {
    let image = image.to_bytes();
    let tables = Out(Vec::new()).forms(forms);
    let mut bytes = Vec::with_capacity(HEADER + image.len() + tables.len());
    bytes.extend(MAGIC);
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend((image.len() as u64).to_le_bytes());
    bytes.extend((tables.len() as u64).to_le_bytes());
    bytes.extend(crc32fast::hash(&tables).to_le_bytes());
    bytes.extend(image);
    bytes.extend(tables);
    bytes
}

/// The bytes of the image, and the tables.
pub(crate) fn read(bytes: &[u8]) -> Result<(&[u8], Forms), ImageError> {
    let (header, rest) = bytes.split_at_checked(HEADER).ok_or(ImageError::NotAnImage)?;
    let mut header = In(&header[4..]);
    let format = header.number().unwrap_or_default();
    if format != FORMAT {
        return Err(ImageError::Format { found: format, expected: FORMAT });
    }
    let mut long = || Some(u64::from(header.number()?) | u64::from(header.number()?) << 32);
    let (image, tables) = (long().unwrap_or_default(), long().unwrap_or_default());
    let expected = image.saturating_add(tables);
    if rest.len() as u64 != expected {
        return Err(ImageError::Length { found: rest.len() as u64, expected });
    }
    let (image, tables) = rest.split_at(image as usize);
    if header.number() != Some(crc32fast::hash(tables)) {
        return Err(ImageError::Altered);
    }
    let unsound = || ImageError::Content("its tables of names are not sound".to_owned());
    let forms = In(tables).forms().filter(is_sound).ok_or_else(unsound)?;
    Ok((image, forms))
}

/// Whether nothing leads outside the tables. That entries exist is seen by those who know the image.
fn is_sound(forms: &Forms) -> bool {
    let nodes = forms.nodes.len();
    forms.runs.is_sound()
        && nodes > 0
        && forms.next.is_sound(nodes)
        && forms.first.iter().all(|n| ((n & !SMALL) as usize) < nodes)
        && forms.nodes.iter().all(|n| n.start <= n.end && n.end as usize <= forms.forms.len())
        && forms
            .forms
            .iter()
            .all(|f| f.cases.start <= f.cases.end && f.cases.end as usize <= forms.cases.len())
}

struct Out(Vec<u8>);

impl Out {
    fn forms(mut self, forms: &Forms) -> Vec<u8> {
        self.numbers(forms.runs.ends.iter().copied());
        self.bytes(&forms.runs.bytes);
        self.numbers(forms.runs.slots.as_flattened().iter().copied());
        self.number(forms.next.count as u32);
        self.numbers(forms.next.slots.as_flattened().iter().copied());
        self.numbers(forms.first.iter().copied());
        self.numbers(forms.nodes.iter().flat_map(|n| [n.start, n.end, u32::from(n.leaf)]));
        self.bytes(&forms.cases.iter().map(|case| case.byte()).collect::<Vec<u8>>());
        self.numbers(forms.forms.iter().flat_map(form_numbers));
        self.number(forms.article);
        self.0
    }

    fn number(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn numbers(&mut self, numbers: impl Iterator<Item = u32>) {
        let at = self.0.len();
        self.number(0);
        let mut count = 0u32;
        for number in numbers {
            self.number(number);
            count += 1;
        }
        self.0[at..at + 4].copy_from_slice(&count.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u32);
        self.0.extend(bytes);
    }
}

/// Numbers of a form.
const FORM: usize = 6;

fn form_numbers(form: &Form) -> [u32; FORM] {
    let c = form.candidate;
    let (table, number) = match c.entry {
        Entry::Actor(n) => (0, n),
        Entry::Agent(n) => (1, n),
        Entry::Place(n) => (2, n),
        Entry::Title(n) => (3, n),
    };
    let via = VIAS.iter().position(|v| *v == c.via).unwrap_or_default() as u32;
    let kind = table | via << 8 | u32::from(c.ambiguous) << 16;
    [form.cases.start, form.cases.end, kind, number, day_number(c.from), day_number(c.until)]
}

fn form([start, end, kind, number, from, until]: [u32; FORM]) -> Option<Form> {
    let entry = match kind & 0xff {
        0 => Entry::Actor(number),
        1 => Entry::Agent(number),
        2 => Entry::Place(number),
        3 => Entry::Title(number),
        _ => return None,
    };
    let via = *VIAS.get((kind >> 8 & 0xff) as usize)?;
    let ambiguous = kind >> 16 == 1;
    let candidate = Candidate { entry, via, ambiguous, from: day(from)?, until: day(until)? };
    Some(Form { cases: start..end, candidate })
}

/// Year, month and day in one number; 0: none.
fn day_number(day: Option<Date>) -> u32 {
    day.map_or(0, |d| u32::from(d.year() as u16) << 16 | (d.month() as u32) << 8 | d.day() as u32)
}

fn day(number: u32) -> Option<Option<Date>> {
    if number == 0 {
        return Some(None);
    }
    Date::new((number >> 16) as u16 as i16, (number >> 8 & 0xff) as i8, (number & 0xff) as i8).ok().map(Some)
}

struct In<'b>(&'b [u8]);

impl<'b> In<'b> {
    fn number(&mut self) -> Option<u32> {
        let (four, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*four))
    }

    fn bytes(&mut self) -> Option<&'b [u8]> {
        let count = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(count as usize)?;
        self.0 = rest;
        Some(bytes)
    }

    /// Groups of `N` numbers.
    fn groups<const N: usize>(&mut self) -> Option<impl ExactSizeIterator<Item = [u32; N]> + use<'b, N>> {
        let count = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(count.checked_mul(4)?)?;
        self.0 = rest;
        count.is_multiple_of(N).then(|| {
            bytes.chunks_exact(4 * N).map(|group| {
                let mut numbers = [0; N];
                for (number, four) in numbers.iter_mut().zip(group.as_chunks().0) {
                    *number = u32::from_le_bytes(*four);
                }
                numbers
            })
        })
    }

    fn forms(mut self) -> Option<Forms> {
        let ends = self.groups::<1>()?.map(|[n]| n).collect();
        let bytes = self.bytes()?.to_vec();
        let runs = Runs { ends, bytes, slots: self.groups()?.collect() };
        let count = self.number()? as usize;
        let next = Steps { count, slots: self.groups()?.collect() };
        let first = self.groups::<1>()?.map(|[n]| n).collect();
        let nodes = self.groups()?.map(|[start, end, leaf]| Node { start, end, leaf: leaf != 0 }).collect();
        let cases = self.bytes()?.iter().map(|byte| Case::of_byte(*byte)).collect::<Option<_>>()?;
        let forms = self.groups()?.map(form).collect::<Option<_>>()?;
        let article = self.number()?;
        self.0.is_empty().then_some(Forms { runs, first, next, nodes, forms, cases, article })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ActorKind, Name};
    use proptest::prelude::*;

    fn bytes() -> Vec<u8> {
        let mut image = Image::default();
        let mut actor = crate::entry::tests::actor("taliban", ActorKind::Group, "Taliban");
        let from = Date::new(1994, 8, 1).ok();
        actor.names = vec![Name { text: "U.N. Talibs".to_owned(), from, until: None }];
        image.actors.push(actor);
        let forms = Forms::new(&image);
        write(&image, &forms)
    }

    #[test]
    fn tables_come_back_as_they_were() {
        let bytes = bytes();
        let (image, forms) = read(&bytes).expect("its own bytes");
        let (image, _) = Image::read(image).expect("an image");
        assert_eq!(write(&image, &forms), bytes);
        assert_eq!(forms.forms[0].candidate.entry, Entry::Actor(0));
        assert!(forms.forms.iter().any(|f| f.candidate.from == Date::new(1994, 8, 1).ok()));
    }

    proptest! {
        #[test]
        fn a_cut_or_changed_file_is_refused(at in any::<prop::sample::Index>(), by in 1u8..) {
            let bytes = bytes();
            let at = at.index(bytes.len());
            prop_assert!(crate::Lexicon::from_bytes(&bytes[..at]).is_err());
            let mut changed = bytes;
            changed[at] ^= by;
            prop_assert!(crate::Lexicon::from_bytes(&changed).is_err());
        }

        #[test]
        fn any_tables_are_sound_or_refused(tables in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = In(&tables).forms().map(|forms| is_sound(&forms));
        }
    }
}
