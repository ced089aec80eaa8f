//! Whole rulesets: lets, settings, indicators with and without binders, composites, a decision.

use super::Tape;
use super::conditions::{Allowed, Draw};
use super::shape;
use super::values::Bound;

/// A ruleset as it was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Records, lists and tables.
    pub declarations: String,
    /// Lets, settings, indicators and the decision, each an item.
    pub items: Vec<String>,
}

impl Drawn {
    /// One file.
    pub fn text(&self) -> String {
        format!("language 1\n{}{}", self.declarations, self.items.join(""))
    }
}

/// An indicator of its own for one condition.
pub fn probe(condition: &str) -> String {
    format!("indicator probe \"P\" {{\n  category alpha\n  severity low\n  when {condition}\n  because \"probe\"\n}}\n")
}

/// The decision of every drawn ruleset.
pub fn decide(rules: &str) -> String {
    format!(
        "decide {{\n  categories alpha, beta, gamma\n  weights info 1, low 5, medium 12, high 25\n  cap beta 14\n  outcomes clear, review, escalate\n{rules}}}\n"
    )
}

/// A condition that reads the application alone.
pub fn draw_condition(tape: &mut Tape<'_>, allowed: Allowed, depth: usize) -> String {
    drawing(tape, allowed).condition(depth)
}

fn drawing<'d, 't>(tape: &'d mut Tape<'t>, allowed: Allowed) -> Draw<'d, 't> {
    let (bound, lets, numbers, raised) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    Draw { tape, allowed, bound, lets, numbers, raised, names: 0 }
}

/// A ruleset with up to two lets, a setting, one to four indicators and a decision.
pub fn draw_ruleset(tape: &mut Tape<'_>, allowed: Allowed) -> Drawn {
    let mut draw = drawing(tape, allowed);
    let mut items = Vec::new();
    let indicators = 1 + draw.tape.below(4);
    if draw.tape.chance(50) {
        items.push(format!("setting bound = {} \"a bound\"\n", draw.tape.word(&["1", "2", "2.5"])));
        draw.numbers.push("bound".to_owned());
    }
    if draw.tape.chance(50) {
        let condition = draw.condition(2);
        items.push(format!("let sure = {condition}\n"));
        draw.lets.push("sure".to_owned());
    }
    if draw.tape.chance(50) {
        let number = draw.number(2);
        items.push(format!("let total = {number}\n"));
        draw.numbers.push("total".to_owned());
    }
    if draw.tape.chance(30) {
        let condition = draw.condition(2);
        items.push(format!("let surer = {condition}\n"));
        draw.lets.push("surer".to_owned());
    }
    let mut before = None;
    for number in 0..indicators {
        let name = format!("i{number}");
        // What several indicators ask in the same words is prepared once for all.
        let again = before.take().filter(|_| draw.tape.chance(15));
        let (item, about) = indicator(&mut draw, &name, again);
        items.push(item);
        before = Some(about);
        draw.raised.push(name);
    }
    let raised = draw.raised.clone();
    let review = format!("score >= {}", 1 + draw.tape.below(20));
    let review = if draw.tape.chance(40) { format!("{review} and categories >= 2") } else { review };
    let second = draw.tape.word(&raised);
    let escalate = draw.tape.word(&["score >= 20", "(score >= 12 and categories >= 2)", "score > 30"]);
    let escalate = match draw.tape.below(3) {
        0 => escalate,
        1 => format!("{escalate} or raised {second}"),
        _ => format!("{escalate} or not raised {second}"),
    };
    let rules = format!("  outcome review when {review}\n  outcome escalate when {escalate}\n");
    items.push(decide(&rules));
    Drawn { declarations: shape::declarations(), items }
}

/// What an indicator asks: its elements, if any, and its condition.
type About = (Option<String>, String);

fn indicator(draw: &mut Draw<'_, '_>, name: &str, again: Option<About>) -> (String, About) {
    let category = draw.tape.word(&["alpha", "beta", "gamma"]);
    let severity = draw.tape.word(&["low", "medium", "info", "high"]);
    let mut lines = vec![
        format!("indicator {name} \"Title\" {{"),
        format!("  category {category}"),
        format!("  severity {severity}"),
    ];
    if draw.tape.chance(20) {
        lines.push("  weight 7".to_owned());
    }
    if draw.tape.chance(8) {
        lines.push("  status shadow".to_owned());
    }
    if let Some((elements, when)) = again {
        lines.extend(elements.clone());
        let more = draw.condition(1);
        lines.push(format!("  when ({when}) and ({more})\n  because \"again\"\n}}\n"));
        return (lines.join("\n"), (elements, when));
    }
    let (mut names, mut elements) = (0, None);
    if draw.tape.chance(45) {
        let kind = draw.tape.word(&["any", "any", "at least 2", "at least 1"]);
        let (binders, bound) = draw.binders();
        names = bound;
        let line = format!("  for {kind} {binders}");
        lines.push(line.clone());
        elements = Some(line);
    }
    let depth = 1 + draw.tape.below(4);
    let when = draw.condition(depth);
    lines.push(format!("  when {when}"));
    if draw.tape.chance(25) {
        lines.push(format!("  unless {}", draw.condition(2)));
    }
    let printed = match draw.bound.first() {
        Some((name, Bound::Fields(_))) => format!("{{{name}.n}}"),
        Some((name, Bound::Value(_))) => format!("{{{name}}}"),
        _ => "{n}".to_owned(),
    };
    lines.push(format!("  because \"because of {printed}\"\n}}\n"));
    draw.bound.truncate(draw.bound.len() - names);
    (lines.join("\n"), (elements, when))
}
