"""Makes `disposable_domains.txt`: domains of throwaway mailboxes, from npm `disposable-email-domains-js`."""

import json

import listfile

# Services that forward to a person's real mailbox are no throwaway mailboxes; `mail_relays.txt` names them.
RELAYS = {
    line.strip()
    for line in (listfile.LISTS / "mail_relays.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
}
# Misspellings of large providers belong to another indicator, which says so in its message.
MISSPELT = {"gmial.com", "gmal.com", "gmai.com", "hotmai.com", "yaho.com", "outlok.com"}


def main() -> None:
    """Reads the package and writes the list."""
    options = listfile.arguments(__doc__, node=True).parse_args()
    package = options.node_modules.resolve() / "disposable-email-domains-js"
    listed = listfile.from_node(
        f"console.log(JSON.stringify([...require({json.dumps(str(package))}).disposableEmailBlocklist()]))"
    )
    domains = {domain.strip().lower() for domain in listed}
    listfile.write_list(
        "disposable_domains.txt",
        sorted(domains - RELAYS - MISSPELT),
        about="Domains of mail services that hand out throwaway mailboxes.",
        source=f"npm disposable-email-domains-js {listfile.version(package)}",
        licence="CC0-1.0",
        options=options,
    )


if __name__ == "__main__":
    main()
