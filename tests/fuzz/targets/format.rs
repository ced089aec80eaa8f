//! libFuzzer's side of the target `format`; what it claims is in `indicia_tests::fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(wrong) = indicia_tests::fuzz::format(bytes) {
        panic!("{wrong}");
    }
});
