//! Agreement of names. The names are made up of common words or of long-dead people.

use crate::domain::names::{Kind, agrees};
use crate::truth::Truth::{self, False, True, Unknown};

fn check(kind: Kind, rows: &[(&str, &str, Truth)]) {
    for (a, b, expected) in rows {
        assert_eq!(agrees(a, b, kind), *expected, "{a} / {b}");
        assert_eq!(agrees(b, a, kind), *expected, "{b} / {a}");
    }
}

#[test]
fn people_agree_across_order_initials_and_short_forms() {
    check(
        Kind::Person,
        &[
            ("Ada Lovelace", "LOVELACE, Ada", True),
            ("Ada Lovelace", "A. Lovelace", True),
            ("Ada Lovelace", "Ada King Lovelace", True),
            ("Ada Byron", "Ada Lovelace", Unknown),
            ("Ada Lovelace", "Emmy Noether", False),
            ("William Thomson", "Bill Thomson", True),
            ("Dr. William Thomson, Jr.", "William Thomson", True),
            ("Patrick O'Brien", "Patrick OBrien", True),
            ("Patrick O’Brien", "Patrick O Brien", True),
            ("Anna-Maria Schmidt", "Annamaria Schmidt", True),
            ("Anna-Maria Schmidt", "Anna Schmidt", True),
            ("Ludwig van Beethoven", "Ludwig Beethoven", True),
            ("Rogier van der Weyden", "Rogier Vanderweyden", True),
            ("Juan de la Cruz", "Maria de la Torre", False),
            ("Juan de la Cruz", "Juan Delacruz", True),
            ("Karl Müller", "Karl Mueller", True),
            ("Søren Kierkegaard", "Soren Kierkegard", True),
            ("Özgür Kaya", "Oezguer Kaya", True),
            ("Jon Li", "Jan Li", Unknown),
            ("John Smiht", "John Smith", True),
            ("J.R.R. Tolkien", "John Ronald Reuel Tolkien", True),
            ("J. Smith", "John Miller", Unknown),
            ("Ma Jack", "Jack Ma", True),
            ("Grace Hopper, Ph.D.", "Grace Hopper", True),
            ("Dr.", "Ada Lovelace", False),
        ],
    );
}

#[test]
fn scripts_and_empty_names_decide_nothing() {
    check(
        Kind::Person,
        &[
            ("Иван Петров", "Ivan Petrov", Unknown),
            ("Иван Петров", "Петров Иван", True),
            ("😀", "Ada", Unknown),
            ("", "", Unknown),
            ("Ада Ada", "Emmy", Unknown),
            ("김철수", "Kim Cheolsu", Unknown),
        ],
    );
}

#[test]
fn east_asian_names_are_compared_as_wholes() {
    check(
        Kind::Person,
        &[
            ("山田 太郎", "山田太郎", True),
            ("太郎 山田", "山田太郎", True),
            ("山田太郎", "鈴木太郎", Unknown),
            ("张伟", "張偉", Unknown),
            ("山田太郎", "ヤマダタロウ", Unknown),
            ("김철수", "김 철수", True),
            ("김철수", "철수", True),
            ("김철수", "박영희", False),
        ],
    );
}

#[test]
fn organisations_agree_without_their_legal_forms() {
    check(
        Kind::Organisation,
        &[
            ("Acme GmbH", "ACME Inc.", True),
            ("Acme S.A.", "Acme", True),
            ("Acme GmbH & Co. KG", "Acme Werke", True),
            ("The Acme Company", "Acme Corporation", True),
            ("University of Bologna", "Bologna University", True),
            ("University of Bologna", "University of Padua", Unknown),
            ("Northern Example Works", "NEW", Unknown),
            ("Acme", "Umbrella", False),
            ("Mail Box Ltd", "Mailbox Limited", True),
            ("Co", "Company", False),
        ],
    );
}
