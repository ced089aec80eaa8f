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
            ("山田太郎", "鈴木花子", False),
            ("张伟", "張偉", True),
            ("张伟", "李娜", False),
            ("伟", "李娜", Unknown),
            ("渡辺", "渡邊", True),
            ("やまだ", "ヤマダ", True),
            ("ヤマダ", "スズキ", False),
            ("ヤマダ", "鈴木ハナ", False),
            ("山田ハナ", "鈴木まり", False),
            ("山田花", "鈴木まり", Unknown),
            ("山田太郎", "ヤマダタロウ", Unknown),
            ("김철수", "김 철수", True),
            ("김철수", "철수", True),
            ("김철수", "박영희", False),
        ],
    );
}

#[test]
fn two_romanisations_or_a_shortened_name_are_no_contradiction() {
    check(
        Kind::Person,
        &[
            ("Yuliya Khrushcheva", "Julija Chruschtschowa", Unknown),
            ("Zhang Xiaoming", "Chang Hsiao-ming", Unknown),
            ("Muhammad Hussain", "Mohamed Hosein", Unknown),
            ("Sergey Ivanov", "Olga Petrova", False),
            ("Li Na", "Wu Yi", False),
            ("Wang Wei", "Zhou Yong", False),
            ("Ada Example", "Boris Sample", False),
            ("Budi", "Budianto", Unknown),
            ("Alexandra", "Alex", True),
            ("Ana", "Anastas", Unknown),
        ],
    );
}

#[test]
fn organisations_of_other_scripts_agree_without_their_legal_forms() {
    check(
        Kind::Organisation,
        &[
            ("ООО «Ромашка»", "ООО «Василёк»", False),
            ("ТОВ Ромашка", "Ромашка", True),
            ("株式会社ミナト", "ミナト", True),
            ("株式会社ミナト", "アオネ株式会社", False),
            ("㈱ミナト", "アオネ株式会社", False),
            ("晨星有限公司", "海岸股份有限公司", False),
            ("晨星大学", "海岸大學", Unknown),
            ("晨星科技", "海岸技研", False),
            ("ミナトソフト", "アオネノート", False),
            ("(주)새벽", "주식회사 바다", False),
            ("כוכב בע\"מ", "ים בע\"מ", False),
            ("شركة النجم", "شركة البحر", False),
            ("บริษัท ดาว จำกัด", "บริษัท ทะเล จำกัด", False),
            ("रश्\u{200d}मी लिमिटेड", "ऊर्\u{200d}मी लिमिटेड", False),
            ("Gwiazda Sp. z o.o.", "Morze Sp. z o.o.", False),
            ("Stjerne A/S", "Alken A/S", False),
            ("SIA Zvaigzne", "SIA Jūra", False),
            ("Công ty TNHH Sao", "Công ty TNHH Biển", False),
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
