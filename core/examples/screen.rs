//! Screens one application with a ruleset folder: `cargo run --example screen -- RULESET_DIR APPLICATION.json`.

use indicia::{Ruleset, ScreenOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: screen RULESET_DIR APPLICATION.json".into());
    };
    let ruleset = match Ruleset::from_folder(&folder) {
        Ok(ruleset) => ruleset,
        Err(indicia::RulesetError::Compile { diagnostics }) => {
            for diagnostic in diagnostics {
                println!("{} {} {:?} {:?}", diagnostic.code, diagnostic.message, diagnostic.labels.first(), diagnostic.help);
            }
            return Err("the ruleset has errors".into());
        }
        Err(error) => return Err(error.into()),
    };
    let verdict = ruleset.screen(&std::fs::read(file)?, &ScreenOptions::default())?;
    println!("{}", serde_json::to_string_pretty(&verdict)?);
    Ok(())
}
