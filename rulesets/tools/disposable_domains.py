"""Makes `disposable_domains.txt`: domains of throwaway mailboxes, from npm `disposable-email-domains-js`."""

import json
import pathlib
import subprocess

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
    parser = listfile.arguments(__doc__)
    parser.add_argument("node_modules", type=pathlib.Path)
    options = parser.parse_args()
    package = options.node_modules.resolve() / "disposable-email-domains-js"
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    script = f"console.log(JSON.stringify([...require({json.dumps(str(package))}).disposableEmailBlocklist()]))"
    output = subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout
    domains = {domain.strip().lower() for domain in json.loads(output)}
    listfile.write_list(
        "disposable_domains.txt",
        sorted(domains - RELAYS - MISSPELT),
        about="Domains of mail services that hand out throwaway mailboxes.",
        source=f"npm disposable-email-domains-js {version}",
        licence="CC0-1.0",
        retrieved=options.retrieved,
    )


if __name__ == "__main__":
    main()
