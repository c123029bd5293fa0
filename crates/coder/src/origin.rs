//! Where and when an article was written: the day and place of its dateline, else its day of publication.

use crate::place;
use crate::resolve::Resolver;
use crate::time::Interval;
use demarche_record::{Basis, Date, Offsets, Place, PlaceBasis, Precision};

/// A dateline may be so many days older than the publication; one that is older or younger is believed less.
const OLDEST: i32 = 10;

/// The day and place that an article speaks from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The day that "today" and "on Thursday" are seen from.
    pub day: Option<Date>,
    /// What the day rests on.
    pub basis: Basis,
    /// Where it was written.
    pub place: Option<Place>,
}

impl Origin {
    /// As the input says.
    pub fn new(published: Option<Date>) -> Self {
        Origin { day: published, basis: Basis::Publication, place: None }
    }

    /// Reads the sentence that is the dateline.
    pub fn read(&mut self, resolver: &Resolver<'_, '_>, offsets: &Offsets) {
        let view = resolver.view;
        self.place = place::of_dateline(resolver).map(|p| p.record(view, offsets, PlaceBasis::Dateline));
        let written = view.times(self.day, &mut None).into_iter().find_map(|t| {
            let Interval { start, end, precision, .. } = t.days(self.day, false);
            start.filter(|_| start == end && precision == Precision::Day)
        });
        let Some(written) = written else { return };
        let near = self.day.is_none_or(|published| {
            written.until(published).is_ok_and(|s| (0..=OLDEST).contains(&s.get_days()))
        });
        if near {
            self.day = Some(written);
            self.basis = Basis::Dateline;
        }
    }
}
