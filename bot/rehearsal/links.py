"""Addresses as Telegram reads them: what counts as one, who a tg:// link means, where a deep link leads."""

import re
from urllib.parse import parse_qs, urlsplit

_LINK = re.compile(r"(?:(?P<scheme>[a-z]+)://)?(?P<host>[^/?#\s]+)(?P<rest>\S*)$", re.IGNORECASE)
_TG_USER = re.compile(r"tg:(?://)?user\?id=(\d+)$")


def checked_url(target: str) -> str | None:
    """Return the address as Telegram keeps it (scheme and slash added), None if it is none."""
    match = _LINK.match(target.strip())
    if not match:
        return None
    scheme, host, rest = (match["scheme"] or "http").lower(), match["host"], match["rest"]
    if scheme in {"tg", "ton"}:
        return f"{scheme}://{host}{rest}"
    loopback = host.split(":")[0] == "localhost"
    if scheme not in {"http", "https"} or loopback or "." not in host.strip("."):
        return None
    return f"{scheme}://{host}{rest if rest.startswith('/') else '/' + rest}"


def linked_person(target: str) -> int | None:
    """Return the id of the person that a tg://user link means."""
    match = _TG_USER.match(target)
    return int(match.group(1)) if match else None


def deep_link(url: str, username: str) -> str | None:
    """Return the payload of a link that starts the bot of that name; None for any other address."""
    address = urlsplit(url)
    if address.hostname != "t.me" or address.path.strip("/") != username:
        return None
    return parse_qs(address.query).get("start", [""])[0]
