//! Every construct of the language reads as the tree that it should.

#![expect(clippy::panic, clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

use indicia_dsl::ast::{
    ChangeKind, ClauseKind, Expr, ExprKind, Item, MessagePart, Origin, PathExpr, Quantifier, TypeExpr, TypeKind,
};
use indicia_dsl::{Span, parse, parse_expr, print_expr};

/// A tree in parentheses: the operator first, paths with dots.
fn tree(expr: &Expr) -> String {
    let path = |path: &PathExpr| path.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    let all = |parts: &[Expr]| parts.iter().map(tree).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number(number) => number.to_string(),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::Date(date) => format!("date:{date}"),
        ExprKind::Instant(instant) => format!("instant:{instant}"),
        ExprKind::Duration { count, unit } => format!("{count}{unit:?}"),
        ExprKind::Path(names) => path(names),
        ExprKind::Lookup { table, key } => format!("(lookup {} {})", table.text, tree(key)),
        ExprKind::Property { base, name } => format!("(. {} {})", tree(base), name.text),
        ExprKind::Sources(paths) => format!("[{}]", paths.iter().map(path).collect::<Vec<_>>().join(" ")),
        ExprKind::SourceOf(name) => format!("(source-of {})", name.text),
        ExprKind::Not(operand) => format!("(not {})", tree(operand)),
        ExprKind::Known(operand) => format!("(known {})", tree(operand)),
        ExprKind::Raised(name) => format!("(raised {})", name.text),
        ExprKind::And(parts) => format!("(and {})", all(parts)),
        ExprKind::Or(parts) => format!("(or {})", all(parts)),
        ExprKind::Compare { op, left, right, .. } => format!("({op:?} {} {})", tree(left), tree(right)),
        ExprKind::WithinEdits { edits, left, right } => {
            format!("(edits {} {} {})", edits.node, tree(left), tree(right))
        }
        ExprKind::WithinTime { distance, left, right } => {
            format!("(within {} {} {})", tree(distance), tree(left), tree(right))
        }
        ExprKind::Matches { value, pattern, ignore_case } => {
            format!("(matches {} {:?} {ignore_case})", tree(value), pattern.node)
        }
        ExprKind::InValues { value, values } => format!("(in-values {} {})", tree(value), all(values)),
        ExprKind::In { value, set } => format!("(in {} {})", tree(value), tree(set)),
        ExprKind::Is { value, state } => format!("(is {} {state:?})", tree(value)),
        ExprKind::Coalesce(left, right) => format!("(?? {} {})", tree(left), tree(right)),
        ExprKind::Arith { op, left, right, .. } => format!("({op:?} {} {})", tree(left), tree(right)),
        ExprKind::Neg(operand) => format!("(- {})", tree(operand)),
        ExprKind::Quantified { quantifier, binders, body } => {
            let quantifier = match quantifier {
                Quantifier::AtLeast(count) => format!("at-least-{}", count.node),
                other => format!("{other:?}"),
            };
            let binders: Vec<String> = binders.iter().map(binder).collect();
            format!("({quantifier} {} : {})", binders.join(" "), tree(body))
        }
        ExprKind::Aggregate { function, binders, body } => {
            let binders: Vec<String> = binders.iter().map(binder).collect();
            format!("({function:?} {} : {})", binders.join(" "), tree(body))
        }
        ExprKind::AtLeastOf { count, conditions } => format!("(of {} {})", count.node, all(conditions)),
        ExprKind::AtLeastRaised { count, indicators } => {
            let names: Vec<&str> = indicators.iter().map(|name| name.text.as_str()).collect();
            format!("(raised-of {} {})", count.node, names.join(" "))
        }
        ExprKind::Period(a, b) => format!("(period {} {})", tree(a), tree(b)),
        ExprKind::Overlap(a, b) => format!("(overlap {} {})", tree(a), tree(b)),
        other => panic!("{other:?}"),
    }
}

fn binder(binder: &indicia_dsl::ast::Binder) -> String {
    match &binder.pair {
        Some(second) => format!("({} {} in {})", binder.name.text, second.text, tree(&binder.list)),
        None => format!("({} in {})", binder.name.text, tree(&binder.list)),
    }
}

fn read(source: &str) -> Expr {
    parse_expr("test.indicia", source).unwrap_or_else(|errors| panic!("{source}: {errors:?}"))
}

/// Checks trees, and that printing them reads as the same tree.
fn check(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        let expr = read(source);
        assert_eq!(tree(&expr), *expected, "{source}");
        let printed = print_expr(&expr);
        assert_eq!(tree(&read(&printed)), *expected, "{source} is printed as {printed}");
        assert_eq!(print_expr(&read(&printed)), printed);
    }
}

#[test]
fn literals() {
    check(&[
        ("true", "true"),
        ("true and not false", "(and true (not false))"),
        ("a == true or false", "(or (Eq a true) false)"),
        ("12", "12"),
        ("0.5", "0.5"),
        ("-3", "(- 3)"),
        (r#""a \"b\" \\ \n \t \u{e9}""#, r#""a \"b\" \\ \n \t é""#),
        ("@2019", "date:2019"),
        ("@2019-05", "date:2019-05"),
        ("@2019-05-31", "date:2019-05-31"),
        ("@2024-01-01T00:00:00Z", "instant:2024-01-01T00:00:00Z"),
        ("@2024-01-01T00:00:00.25+02:00", "instant:2024-01-01T00:00:00.25+02:00"),
        ("1 year", "1Years"),
        ("2 months", "2Months"),
        ("3 weeks", "3Weeks"),
        ("90 days", "90Days"),
        ("6 hours", "6Hours"),
        ("5 minutes", "5Minutes"),
        ("1 second", "1Seconds"),
        ("[form, resume.x]", "[form resume.x]"),
    ]);
}

#[test]
fn precedence_from_loosest_to_tightest() {
    check(&[
        ("a and b and c", "(and a b c)"),
        ("a or b or c", "(or a b c)"),
        ("(a and b) and c", "(and a b c)"),
        ("(a and b) or c", "(or (and a b) c)"),
        ("not a and b", "(and (not a) b)"),
        ("not a == b", "(not (Eq a b))"),
        ("not not a", "(not (not a))"),
        ("known a.b == c and d", "(and (known (Eq a.b c)) d)"),
        ("(not a) == b", "(Eq (not a) b)"),
        ("a == b ?? c", "(Eq a (?? b c))"),
        ("a ?? b ?? c", "(?? a (?? b c))"),
        ("(a ?? b) ?? c", "(?? (?? a b) c)"),
        ("a ?? b + c", "(?? a (Add b c))"),
        ("a - b - c", "(Sub (Sub a b) c)"),
        ("a - (b - c)", "(Sub a (Sub b c))"),
        ("a + b * c / d", "(Add a (Div (Mul b c) d))"),
        ("(a + b) * c", "(Mul (Add a b) c)"),
        ("-a * b", "(Mul (- a) b)"),
        ("-(a * b)", "(- (Mul a b))"),
        ("- - a", "(- (- a))"),
        ("a - -b", "(Sub a (- b))"),
        ("-a.b", "(- a.b)"),
        ("(a == b) == c", "(Eq (Eq a b) c)"),
        ("((((a))))", "a"),
    ]);
}

#[test]
fn comparisons() {
    check(&[
        ("a == b", "(Eq a b)"),
        ("a != b", "(Ne a b)"),
        ("a < b", "(Lt a b)"),
        ("a <= b", "(Le a b)"),
        ("a > b", "(Gt a b)"),
        ("a >= b", "(Ge a b)"),
        ("a same as b", "(SameAs a b)"),
        ("a contains b", "(Contains a b)"),
        ("a starts with b", "(StartsWith a b)"),
        ("a ends with b", "(EndsWith a b)"),
        ("a mentions b", "(Mentions a b)"),
        ("a mentions exactly \"Go\"", "(MentionsExactly a \"Go\")"),
        ("not a agrees with b", "(not (AgreesWith a b))"),
        ("a within 1 edit of b", "(edits 1 a b)"),
        ("a within 2 edits of b + c", "(edits 2 a (Add b c))"),
        ("a within 6 hours of b", "(within 6Hours a b)"),
        ("a within window of b", "(within window a b)"),
        (r"a matches /x\/y\d\\/i", r#"(matches a "x/y\\d\\\\" true)"#),
        (r"a matches /https?:\/\// and b", r#"(and (matches a "https?://" false) b)"#),
        ("a in lists", "(in a lists)"),
        ("a in b.c", "(in a b.c)"),
        ("a in period(b, c)", "(in a (period b c))"),
        ("a in (b, \"c\", -1)", "(in-values a b \"c\" (- 1))"),
        ("a in (b)", "(in-values a b)"),
        ("not a in (b, c,)", "(not (in-values a b c))"),
        ("a.b is missing", "(is a.b Missing)"),
        ("a is present and b is unparsable", "(and (is a Present) (is b Unparsable))"),
        ("not a + b is missing", "(not (is (Add a b) Missing))"),
    ]);
}

#[test]
fn quantifiers_and_functions() {
    check(&[
        ("any w in l: w.a and w.b", "(Any (w in l) : (and w.a w.b))"),
        ("(any w in l: w.a) and w.b", "(and (Any (w in l) : w.a) w.b)"),
        ("a and any w in l: w.a or w.b", "(and a (Any (w in l) : (or w.a w.b)))"),
        ("not any w in l: w.a", "(not (Any (w in l) : w.a))"),
        ("known no w in l: w.a", "(known (No (w in l) : w.a))"),
        ("all w in l, t in m.n: w.a == t.b", "(All (w in l) (t in m.n) : (Eq w.a t.b))"),
        ("any pair a, b in [x, y]: a.z != b.z", "(Any (a b in [x y]) : (Ne a.z b.z))"),
        ("at least 3 w in l: w.a", "(at-least-3 (w in l) : w.a)"),
        ("any a in l: no b in a.m: b.c", "(Any (a in l) : (No (b in a.m) : b.c))"),
        ("any a in t[k].names: a == b", "(Any (a in (. (lookup t k) names)) : (Eq a b))"),
        ("at least 2 of (a, b == c, (any w in l: w.a))", "(of 2 a (Eq b c) (Any (w in l) : w.a))"),
        ("at least 2 of (a, any w in l: w.a)", "(of 2 a (Any (w in l) : w.a))"),
        ("at least 2 raised of (x, y, z)", "(raised-of 2 x y z)"),
        ("raised x and not raised y", "(and (raised x) (not (raised y)))"),
        ("count(w in l: w.a) >= 3", "(Ge (Count (w in l) : w.a) 3)"),
        ("latest(w in l: w.end) + 3 months < as_of", "(Lt (Add (Latest (w in l) : w.end) 3Months) as_of)"),
        ("earliest(pair a, b in l: a.c).year", "(. (Earliest (a b in l) : a.c) year)"),
        ("overlap(period(a, b), period(c, d)) > 30 days", "(Gt (overlap (period a b) (period c d)) 30Days)"),
        ("source of s == form", "(Eq (source-of s) form)"),
        ("companies[w.name].founded.year", "(. (. (lookup companies w.name) founded) year)"),
        ("t[a ?? b] is missing", "(is (lookup t (?? a b)) Missing)"),
        ("(a ?? b).year", "(. (?? a b) year)"),
        ("(a.b).c", "a.b.c"),
    ]);
}

#[test]
fn keywords_are_names_where_they_can_be_no_keywords() {
    check(&[
        ("known == 3", "(Eq known 3)"),
        ("known known", "(known known)"),
        ("known known.valid", "(known known.valid)"),
        ("not == 1", "(Eq not 1)"),
        ("not not", "(not not)"),
        ("count > 2", "(Gt count 2)"),
        ("status == open", "(Eq status open)"),
        ("a.source == source", "(Eq a.source source)"),
        ("form.end < form.of", "(Lt form.end form.of)"),
        ("any == 1 and all != 2", "(and (Eq any 1) (Ne all 2))"),
        ("any in (a, b)", "(in-values any a b)"),
        ("in in in", "(in in in)"),
        ("any any in in: any.in == in", "(Any (any in in) : (Eq any.in in))"),
        ("raised == 1", "(Eq raised 1)"),
        ("raised raised", "(raised raised)"),
        ("when and because", "(and when because)"),
        ("from < period", "(Lt from period)"),
        ("latest.year == overlap", "(Eq latest.year overlap)"),
        ("matches matches /a/", "(matches matches \"a\" false)"),
        ("known matches /a/ and matches / 2 > 1", "(and (matches known \"a\" false) (Gt (Div matches 2) 1))"),
        ("matches / 2", "(Div matches 2)"),
        ("a.known / b.of / c", "(Div (Div a.known b.of) c)"),
        ("contains contains contains", "(Contains contains contains)"),
        ("is is missing", "(is is Missing)"),
        ("true_story and falsehood", "(and true_story falsehood)"),
        ("nothing and knownx and inx", "(and nothing knownx inx)"),
        ("a mentions exactly", "(Mentions a exactly)"),
        ("pair == 1", "(Eq pair 1)"),
        ("any pair in l: pair.a", "(Any (pair in l) : pair.a)"),
        ("years > 2 years", "(Gt years 2Years)"),
        ("at == least", "(Eq at least)"),
    ]);
}

const FIELDS: &[&str] = &[
    "source",
    "status",
    "count",
    "end",
    "known",
    "in",
    "of",
    "any",
    "when",
    "because",
    "from",
    "record",
    "list",
    "read",
    "protected",
];

#[test]
fn keywords_name_fields_in_records_and_paths() {
    for name in FIELDS {
        for separator in [", ", "\n  "] {
            let fields = format!(
                "a: text{separator}{name}: text{separator}{name}: list of {{ {name}: number }}{separator}b: {name}"
            );
            let source = format!(
                "language 1\nrecord {name} {{\n  {fields}\n}}\nindicator {name} \"T\" {{\n  category {name}\n  severity {name}\n  when form.{name} == 1 and {name}.x == {name}\n  unless {name} is missing\n  because \"{{form.{name}}} {{{name}}}\"\n}}\nlet {name} = {name} == 1\n"
            );
            let parsed = parse("test.indicia", &source);
            assert_eq!(parsed.diagnostics, [], "{source}");
            assert_eq!(parsed.file.items.len(), 3);
            let Item::Record(record) = &parsed.file.items[0] else { panic!() };
            assert_eq!(
                record.fields.iter().map(|field| field.name.text.as_str()).collect::<Vec<_>>(),
                ["a", name, name, "b"]
            );
        }
    }
}

fn ty(written: &TypeExpr) -> String {
    match &written.kind {
        TypeKind::Named(name) => name.clone(),
        TypeKind::OneOf(words) => {
            format!("one of {}", words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join("|"))
        }
        TypeKind::ListOf(of) => format!("list of {}", ty(of)),
        TypeKind::HashOf(of) => format!("hash of {}", ty(of)),
        TypeKind::Record(fields) => {
            format!(
                "{{{}}}",
                fields
                    .iter()
                    .map(|field| format!("{}:{}", field.name.text, ty(&field.ty)))
                    .collect::<Vec<_>>()
                    .join(",")
            )
        }
    }
}

#[test]
fn every_item_reads_as_written() {
    let source = include_str!("sample.indicia");
    let parsed = parse("sample.indicia", source);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(parsed.file.language, Some((1, Span::new(0, 10))));
    let text = |span: Span| &source[span.start as usize..span.end as usize];
    for item in &parsed.file.items {
        match item {
            Item::Record(record) if record.name.text == "claim" => {
                let types: Vec<String> = record.fields.iter().map(|field| ty(&field.ty)).collect();
                assert_eq!(types[3], "one of typed|widget|parsed|api");
                assert_eq!(types[5], "list of {institution:organisation,area:text,start:date,end:date}");
                let phone = &record.fields[2];
                assert_eq!(text(phone.span), "phone: phone read in location.country \"as typed\"");
                assert_eq!(text(phone.read_in.as_ref().unwrap().span), "location.country");
                assert_eq!(phone.description.as_ref().unwrap().node, "as typed");
                assert_eq!(record.fields[7].protected.as_ref().unwrap().node, "age");
                assert!(!record.extend);
            }
            Item::Record(record) => assert_eq!(record.extend, text(record.span).starts_with("extend")),
            Item::List(list) if list.name.text == "denied" => {
                assert_eq!(ty(&list.ty), "hash of phone");
                assert!(matches!(list.origin, Origin::Empty(span) if text(span) == "empty"));
            }
            Item::List(list) => assert_eq!(list.description.as_ref().unwrap().node, "throw-away mail"),
            Item::Table(table) => {
                assert_eq!((table.name.text.as_str(), table.key.text.as_str()), ("technologies", "name"));
                assert_eq!(table.columns.len(), 2);
                assert!(matches!(&table.origin, Origin::File(file) if file.node == "lists/technologies.csv"));
            }
            Item::Let(named) => assert_eq!(tree(&named.value), "(Earliest (w in resume.work) : w.start)"),
            Item::Setting(setting) => {
                assert_eq!(tree(&setting.value), "3Months");
                assert_eq!(setting.meaning.as_ref().unwrap().node, "what it means");
            }
            Item::Indicator(indicator) => indicator_reads(indicator, source),
            Item::Decide(decide) => {
                assert_eq!(decide.categories.len(), 2);
                assert_eq!(
                    decide.weights.iter().map(|(_, weight)| weight.node).collect::<Vec<_>>(),
                    [1.0, 5.0, 12.0, 25.0]
                );
                assert_eq!(decide.caps[0].0.text, "contact");
                assert_eq!(decide.outcomes.len(), 3);
                assert_eq!(tree(&decide.rules[0].1), "(or (and (Ge score 30) (Ge categories 2)) (raised many))");
            }
            Item::Adjust(adjust) if adjust.name.text == "many" => {
                assert!(
                    matches!(adjust.changes[0].kind, ChangeKind::Weight(ref weight) if weight.node.to_string() == "2")
                );
                assert!(matches!(&adjust.changes[1].kind, ChangeKind::Status(status) if status.text == "shadow"));
                assert!(matches!(&adjust.changes[2].kind, ChangeKind::Because(because) if because.node == "own data"));
            }
            Item::Adjust(adjust) => {
                assert!(matches!(&adjust.changes[0].kind, ChangeKind::Value(value) if tree(value) == "6Months"));
            }
            other => panic!("{other:?}"),
        }
    }
}

fn indicator_reads(indicator: &indicia_dsl::ast::IndicatorDecl, source: &str) {
    let text = |span: Span| &source[span.start as usize..span.end as usize];
    for clause in &indicator.clauses {
        assert!(text(clause.span).starts_with(text(clause.keyword)));
        match &clause.kind {
            ClauseKind::For(binders) => {
                assert_eq!(binders.at_least.as_ref().unwrap().node, 2);
                assert_eq!(
                    binders.binders.iter().map(binder).collect::<Vec<_>>(),
                    ["(w in resume.work)", "(t in technologies)"]
                );
            }
            ClauseKind::Because(message) if message.parts.len() > 1 => {
                let parts: Vec<String> = message
                    .parts
                    .iter()
                    .map(|part| match part {
                        MessagePart::Text(text) => text.clone(),
                        MessagePart::Value(value) => format!("<{} {}>", text(value.span), tree(value)),
                    })
                    .collect();
                assert_eq!(
                    parts,
                    [
                        "Says {they} live in ",
                        "<form.location.country.name form.location.country.name>",
                        "; ",
                        "<technologies[\\\"Go\\\"].released (. (lookup technologies \"Go\") released)>",
                        " ",
                        "<source of s (source-of s)>",
                        "."
                    ]
                );
            }
            ClauseKind::Source { title, url } => assert_eq!(url.is_some(), title.node == "Advisory"),
            _ => {}
        }
    }
}

#[test]
fn spans_are_those_of_what_is_written() {
    let source = "  a.b  ==  ( c  + 1 )  and x ";
    let expr = read(source);
    let ExprKind::And(parts) = &expr.kind else { panic!() };
    let text = |span: Span| &source[span.start as usize..span.end as usize];
    assert_eq!(text(expr.span), "a.b  ==  ( c  + 1 )  and x");
    let ExprKind::Compare { left, right, op_span, .. } = &parts[0].kind else { panic!() };
    assert_eq!((text(left.span), text(*op_span), text(right.span)), ("a.b", "==", "c  + 1"));
}

#[test]
fn commas_and_lines_separate_fields_alike() {
    let read = |body: &str| {
        let parsed = parse("a", &format!("language 1\nrecord a {{ {body} }}"));
        assert_eq!(parsed.diagnostics, [], "{body}");
        let Item::Record(record) = &parsed.file.items[0] else { panic!() };
        record.fields.iter().map(|field| format!("{}:{}", field.name.text, ty(&field.ty))).collect::<Vec<_>>()
    };
    let expected = ["a:text", "b:{c:text,d:text}", "e:number"];
    assert_eq!(read("a: text, b: { c: text, d: text }, e: number"), expected);
    assert_eq!(read("\na: text\nb: {\n c: text\n d: text\n}\ne: number\n"), expected);
    assert_eq!(read("a: text,\nb: { c: text,\n d: text, },\ne: number,"), expected);
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let parsed = parse("a", "\u{feff}language 1\r\nlet a = b\r\n and c\r\n");
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(parsed.file.items.len(), 1);
}
