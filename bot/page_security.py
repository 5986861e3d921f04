"""What every page of ours tells the browser, and which hosts and origins may ask: for rehearsal and board."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
KEPT = {"cache-control"}  # what an answer says of itself already
NOT_ALLOWED = 1008  # the WebSocket's code for a policy that was broken


def host_of(address: str) -> str:
    """Return the host's name in what a browser sends as Host, in small letters; empty: unreadable."""
    try:
        found = urlsplit(f"//{address}")
        return "" if found.port == 0 or found.username is not None else (found.hostname or "").lower()
    except ValueError:  # a port that is none, among others
        return ""


def is_local(address: str) -> bool:
    """Tell whether that Host is this computer itself."""
    return host_of(address) in LOOPBACK


def is_number(address: str) -> bool:
    """Tell whether that Host is an IP address: no foreign page can point a name of its own at it."""
    try:
        ip_address(host_of(address))
    except ValueError:
        return False
    return True


def same_origin(headers: Headers, *, websocket: bool) -> bool:
    """Tell whether a request comes from our own page, or from no page at all (as no WebSocket does)."""
    origin = headers.get("origin")
    if origin is None:
        return not websocket
    host = headers.get("host", "")
    return origin in {f"http://{host}", f"https://{host}"}


def strict_headers(host: str) -> dict[str, str]:
    """Return the headers of every answer; `host` is where the page's WebSocket leads."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }


def with_strict_headers(send: Send, host: str) -> Send:
    """Return `send` that puts the strict headers on every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update({**strict_headers(host), **{key: headers[key] for key in KEPT & {*headers}}})
        await send(message)

    return sending
