//! Tests of running cases, with the engine.
