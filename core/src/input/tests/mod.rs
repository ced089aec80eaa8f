//! Tests of the input side, by subject. `sample` is the record that they bind.

mod binding;
mod differential;
mod lines;
mod sample;
