//! Signed networks: how far a set of ties is from two camps, and who is torn between them.
