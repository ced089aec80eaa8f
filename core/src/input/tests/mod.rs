//! Tests of the input side, by subject.

mod samples;
