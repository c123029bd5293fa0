//! Before and after a date: did a dyad or a country change, and can the data tell?
