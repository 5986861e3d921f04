"""Who may speak to the rehearsal's server: this computer's own browser with the key of this run, no other."""

import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.page_security import NOT_ALLOWED, is_local, same_origin, with_strict_headers

REFUSAL = (
    "請用終端機裡 wendu rehearse 印出的網址打開這一頁（每次執行的鑰匙都不同）。\n"
    "Open the address that wendu rehearse printed in the terminal (its key is new at every run).\n"
)
STRANGER = "這個伺服器只回應這部電腦自己。\nThis server answers this computer only.\n"


@dataclass(frozen=True)
class Guard:
    """ASGI middleware: loopback hosts and origins only, a key in address, cookie or header, strict headers.

    The Bot API's own paths need no key, since the token in them is one; a browser page may not call them.
    """

    app: ASGIApp
    key: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what may pass, answer the rest."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_local(headers.get("host", "")) or not _same_origin(scope, headers):
            await _refuse(STRANGER, scope, receive, send)
        elif _for_bots(scope["path"]) or self._known(headers):
            await self.app(scope, receive, with_strict_headers(send, headers.get("host", "")))
        elif self._invited(scope):
            await self._welcome(scope, receive, send)
        else:
            await _refuse(REFUSAL, scope, receive, send)

    def _known(self, headers: Headers) -> bool:
        found = headers.get("x-wendu-key") or _cookie(headers, cookie_name(headers.get("host", "")))
        return secrets.compare_digest(found.encode(), self.key.encode())

    def _invited(self, scope: Scope) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        fits = secrets.compare_digest(given.encode(), self.key.encode())
        return scope["type"] == "http" and scope["path"] == "/" and fits

    async def _welcome(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = RedirectResponse("/", status_code=303)
        name = cookie_name(Headers(scope=scope).get("host", ""))
        answer.set_cookie(name, self.key, httponly=True, samesite="lax")
        await answer(scope, receive, send)


def address(port: int, key: str) -> str:
    """Return the address that opens the page of this run."""
    return f"http://127.0.0.1:{port}/?{urlencode({'key': key})}"


def cookie_name(host: str) -> str:
    """Return the cookie's name: browsers share cookies between ports, two rehearsals must not."""
    return f"wendu_rehearsal_{urlsplit(f'//{host}').port or 80}"


def _same_origin(scope: Scope, headers: Headers) -> bool:
    """Tell whether a request comes from our own page, or from no page; a page may not play the bot."""
    ours = same_origin(headers, websocket=scope["type"] == "websocket")
    return ours and ("origin" not in headers or not _for_bots(scope["path"]))


def _for_bots(path: str) -> bool:
    return path.startswith(("/bot", "/file/bot"))


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def _refuse(words: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": NOT_ALLOWED})
        return
    await PlainTextResponse(words, status_code=403)(scope, receive, send)
