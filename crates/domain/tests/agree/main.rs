//! The agreeing of a text, from its first words to its adoption.

mod amendment;
mod desk;
mod languages;
mod negotiation;
mod proposal;
mod silence;
