//! Mail addresses, URLs, internet addresses and networks.

use crate::domain::ip::Ip;
use crate::domain::network::Network;
use crate::domain::{email, url};

#[test]
fn mail_addresses_are_taken_apart() {
    let mail = email::parse(" Jane.Doe+Jobs@Mail.Example.CO.UK ");
    assert!(mail.valid);
    assert_eq!(mail.local.as_deref(), Some("jane.doe+jobs"));
    assert_eq!(mail.host.as_deref(), Some("mail.example.co.uk"));
    assert_eq!(mail.domain.as_deref(), Some("example.co.uk"));
    assert_eq!(mail.tag.as_deref(), Some("jobs"));
    assert_eq!(mail.canonical.as_deref(), Some("jane.doe+jobs@mail.example.co.uk"));
    let other = email::parse("post@BÜCHER.example");
    assert_eq!(other.host.as_deref(), Some("bücher.example"));
    assert_eq!(other.canonical.as_deref(), Some("post@xn--bcher-kva.example"));
    assert_eq!(email::parse("a@x.github.io").domain.as_deref(), Some("x.github.io"));
    for text in ["a@b.co", "用户@例子.广告", "\"a b\"@x.org", "o'brien@x.org", "a@xn--bcher-kva.example"] {
        assert!(email::parse(text).valid, "{text}");
    }
    for text in [
        "",
        "a",
        "a@",
        "@b.co",
        "a@b",
        "a@@b.co",
        "a b@c.de",
        ".a@b.co",
        "a.@b.co",
        "a..b@c.de",
        "a@-b.co",
        "a@b..co",
        "a@[192.0.2.1]",
        "a@192.0.2.1",
        "a@b.co, c@d.ef",
        "a@b.123",
        "a\u{202e}b@c.de",
        "<a@b.co>",
        "\"\"@x.org",
    ] {
        assert!(!email::parse(text).valid, "{text}");
    }
    assert!(!email::parse(&format!("{}@x.org", "a".repeat(65))).valid);
}

#[test]
fn the_punycode_samples_of_rfc_3492_hold() {
    for (label, ascii) in [
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ("そのスピードで", "d9juau41awczczp"),
    ] {
        let mail = email::parse(&format!("a@{label}.example"));
        assert_eq!(mail.canonical, Some(format!("a@xn--{ascii}.example")), "{label}");
    }
}

#[test]
fn urls_are_read_as_browsers_do() {
    let page = url::parse("HTTPS://User@WWW.Example.co.uk:443/In/Jane/?a=1#top");
    assert!(page.valid);
    assert_eq!(page.host.as_deref(), Some("www.example.co.uk"));
    assert_eq!(page.domain.as_deref(), Some("example.co.uk"));
    assert_eq!(page.path.as_deref(), Some("/In/Jane/"));
    assert_eq!(page.canonical.as_deref(), Some("example.co.uk/In/Jane?a=1"));
    let canonical = |text| url::parse(text).canonical;
    assert_eq!(canonical("linkedin.com/in/x"), canonical("https://www.linkedin.com/in/x/"));
    assert_ne!(canonical("linkedin.com/in/x"), canonical("linkedin.com/in/X"));
    assert_eq!(url::parse("https://example.com@evil.example/").host.as_deref(), Some("evil.example"));
    assert_eq!(url::parse("https://evil.example\\@example.com").host.as_deref(), Some("evil.example"));
    assert_eq!(url::parse("example.com").path.as_deref(), Some("/"));
    assert_eq!(url::parse("example.com:8080/x").canonical.as_deref(), Some("example.com:8080/x"));
    assert_eq!(url::parse("http://[2001:DB8::1]:80/").canonical.as_deref(), Some("[2001:db8::1]"));
    assert_eq!(url::parse("http://192.0.2.1/x").domain, None);
    assert_eq!(url::parse("www.com").canonical.as_deref(), Some("www.com"));
    for text in [
        "",
        "none",
        "N/A",
        "mailto:a@b.co",
        "javascript:alert(1)",
        "ftp://x.org",
        "a@b.co",
        "http://",
        "http:///",
        "https://exa mple.com",
        "http://x.org:99999",
        "http://x.org:8a",
        "://x.org",
        "http://[::1",
        "see my site",
        "@handle",
    ] {
        assert!(!url::parse(text).valid, "{text}");
    }
}

#[test]
fn private_addresses_are_told_by_the_registries() {
    let ip = |text| Ip::parse(text).expect(text);
    for text in [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fd00::1",
        "::",
        "::ffff:10.0.0.1",
    ] {
        assert!(ip(text).is_private(), "{text}");
    }
    for text in
        ["192.0.2.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2001:db8::1", "2606:4700::1111", "::ffff:8.8.8.8"]
    {
        assert!(!ip(text).is_private(), "{text}");
    }
    assert_eq!(ip("::ffff:192.0.2.1"), ip("192.0.2.1"));
    assert_eq!((ip("::ffff:192.0.2.1").version(), ip("::1").version()), (4, 6));
    for text in ["", "1.2.3", "1.2.3.4:80", "[::1]", "fe80::1%eth0", "256.0.0.1", "01.2.3.4"] {
        assert!(Ip::parse(text).is_none(), "{text}");
    }
}

#[test]
fn networks_contain_their_addresses() {
    let within = |network: &str, ip: &str| Network::parse(network).expect(network).contains(Ip::parse(ip).expect(ip));
    assert!(within("192.0.2.0/24", "192.0.2.255") && !within("192.0.2.0/24", "192.0.3.0"));
    assert!(within("192.0.2.7/24", "192.0.2.1") && within("192.0.2.1", "192.0.2.1"));
    assert!(within("::ffff:192.0.2.0/120", "192.0.2.9") && within("192.0.2.0/24", "::ffff:192.0.2.9"));
    assert!(within("2001:db8::/32", "2001:db8:1::1") && !within("2001:db8::/32", "192.0.2.1"));
    assert!(within("0.0.0.0/0", "8.8.8.8") && !within("0.0.0.0/0", "::1"));
    for text in ["", "192.0.2.0/33", "192.0.2/24", "x/8", "192.0.2.0/"] {
        assert!(Network::parse(text).is_none(), "{text}");
    }
    assert_eq!(Network::parse("192.0.2.7/24").unwrap().to_string(), "192.0.2.0/24");
}
