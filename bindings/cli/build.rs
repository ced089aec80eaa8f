//! Embeds the pages of the diagnostic codes (`codes/E0201.md` …) as one sorted table. A page that is not there is not in the table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=codes");
    let mut table = String::from("&[\n");
    for (code, path) in pages(&manifest.join("codes"))? {
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(table, "    ({code:?}, include_str!({:?})),", path.display().to_string());
    }
    table.push_str("]\n");
    fs::write(out.join("codes.rs"), table)
}

/// The pages of a folder, sorted by code; none if there is no such folder.
fn pages(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut pages = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let is_code =
            code.len() == 5 && code.starts_with(['E', 'W']) && code.bytes().skip(1).all(|b| b.is_ascii_digit());
        if is_code && path.extension().is_some_and(|ending| ending == "md") {
            pages.push((code, path));
        }
    }
    pages.sort();
    Ok(pages)
}
