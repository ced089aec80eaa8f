//! Folding, words, edits and scripts.

use crate::domain::edits::at_most;
use crate::domain::text::{fold, fold_any, is_latin, share_a_script};
use crate::domain::words::{Words, words_of};

#[test]
fn folding_ignores_case_accents_punctuation_and_spacing() {
    for (a, b) in [
        ("Straße", "STRASSE"),
        ("Müller", "MULLER"),
        ("Łukasz", "lukasz"),
        ("ＡＢＣ１", "abc1"),
        ("O'Brien", "o brien"),
        ("ΟΔΟΣ", "οδος"),
        ("İstanbul", "istanbul"),
        ("ﬁn", "FIN"),
        ("C++", "c"),
        ("e\u{301}", "é"),
        ("Æ", "ae"),
        ("Əliyeva", "eliyeva"),
        ("Ɔkɔnkwɔ", "okonkwo"),
        ("Ɗanjuma", "danjuma"),
        ("ガ", "ｶﾞ"),
        ("किताब", "कि ताब"),
        ("مُحَمَّد", "محمد"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} {b}");
    }
    for (a, b) in [("राम", "रम"), ("が", "か"), ("각", "가"), ("a1", "a2")] {
        assert_ne!(fold(a), fold(b), "{a} {b}");
    }
    assert!(!fold("각").contains(&fold("가")), "syllables are whole");
    for text in ["", " ", "—", "😀", "\u{202e}", "++", "。"] {
        assert!(fold(text).is_empty(), "{text:?}");
    }
    assert!(!fold("é").is_empty() && !fold("7").is_empty());
}

#[test]
fn folding_is_idempotent() {
    for text in ["Straße ŉ ǰ ΐ ﬃ ㎏ ½ Ⅷ ①", "İıŁđ", "ก็กำ", "ｶﾞ한글각", "\u{1e9e}", "ᾳᾼ"]
    {
        let once = fold(text);
        assert_eq!(fold(&once), once, "{text}");
    }
}

#[test]
fn words_keep_their_signs() {
    let words = |text| words_of(text);
    assert_eq!(words("C++, C# and .NET. Node.js! F#/Go"), ["C++", "C#", "and", ".NET", "Node.js", "F#", "Go"]);
    assert_eq!(words("C#.NET ASP.NET 3.5. e.g."), ["C#", ".NET", "ASP.NET", "3.5", "e.g"]);
    assert_eq!(
        words("Java+Spring C++11 Google+ #rust ...and"),
        ["Java", "Spring", "C++", "11", "Google+", "rust", "and"]
    );
    assert_eq!(words("front-end don't snake_case"), ["front", "end", "don", "t", "snake_case"]);
    assert_eq!(words("Java開発 ゴリラの本"), ["Java", "開", "発", "ゴリラ", "の", "本"]);
    assert_eq!(words("نام‌خانوادگی é\u{301}"), ["نام", "خانوادگی", "é\u{301}"]);
    assert!(words("++ . # — 😀").is_empty());
}

#[test]
fn mentions_finds_whole_words_and_phrases() {
    let mentions = |hay: &str, needle: &str| Words::of(hay).mentions(&Words::of(needle), false);
    for (hay, needle) in [
        ("I write Go.", "Go"),
        ("Go's runtime", "go"),
        ("Go/Rust", "Go"),
        ("C++/C#", "c#"),
        ("uses .net", ".NET"),
        ("front-end developer", "Front End"),
        ("Café manager", "cafe"),
        ("東京大学で", "東京大学"),
        ("C++11", "C++"),
        ("(React)", "react"),
        ("Straße", "STRASSE"),
        ("Node.js.", "node.js"),
        ("using C#.", "C#"),
    ] {
        assert!(mentions(hay, needle), "{hay} / {needle}");
    }
    for (hay, needle) in [
        ("Google", "Go"),
        ("C++", "C"),
        ("C#", "C"),
        ("ASP.NET", ".NET"),
        ("ASP.NET", "NET"),
        ("Django", "go"),
        ("front x end", "front end"),
        ("ゴリラ", "ゴ"),
        ("anything", ""),
        ("", "x"),
        ("x", "++"),
        ("Go", "Go lang"),
    ] {
        assert!(!mentions(hay, needle), "{hay} / {needle}");
    }
    assert!(Words::of("Go there").mentions(&Words::of("Go"), true));
    assert!(!Words::of("go there").mentions(&Words::of("Go"), true));
    assert!(
        !Words::of("a\u{1}b").mentions(&Words::of("a\u{1}"), false)
            || Words::of("a b").mentions(&Words::of("a"), false)
    );
}

#[test]
fn an_exchange_of_neighbours_is_one_edit() {
    assert!(at_most("gmial.com", "gmail.com", 1));
    assert!(at_most("Gmail.com", "gmail.con", 1));
    assert!(at_most("", "a", 1) && at_most("same", "same", 0));
    assert!(!at_most("gmail.com", "gmx.com", 1));
    assert!(!at_most("ca", "abc", 2), "optimal string alignment, not Damerau's");
    assert!(!at_most("é", "ab", 1));
    let long = "x".repeat(200_000);
    assert!(at_most(&long, &format!("{long}y"), 1));
    assert!(!at_most(&format!("a{long}b"), &format!("c{long}d"), 1), "capped");
}

#[test]
fn scripts_are_shared_through_digits_and_marks() {
    assert!(share_a_script("Ivan", "Petrov") && share_a_script("123", "Иван") && share_a_script("", "x"));
    assert!(share_a_script("田中", "タナカ") && share_a_script("Иван Ivan", "ivan"));
    assert!(!share_a_script("Ivan", "Иван") && !share_a_script("Kim", "김"));
}

#[test]
fn folding_latin_text_by_its_table_is_folding() {
    let mut state = 7u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    for _ in 0..20_000 {
        let length = next(12);
        let text: String = (0..length).filter_map(|_| char::from_u32(next(0x260))).collect();
        let mut slow = String::new();
        fold_any(&text, &mut slow);
        assert_eq!(fold(&text), slow, "{text:?}");
        assert_eq!(is_latin(&text), text.chars().all(|c| (c as u32) < 0x250));
    }
}
