"""The way to Telegram: aiohttp behind PTB's `BaseRequest`; a call costs a quarter of what httpx takes."""

import io
import math
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

PATIENCE = 10.0  # seconds to connect, and for an answer to begin
UPLOADING = 60.0  # seconds for the answer to a file
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


LONGEST_WAIT = 86_400  # seconds that anybody may ask us to wait


class Trouble(Enum):
    """Why Telegram is out of reach; what to do about it is said by `doctor.unreachable_<value>`."""

    NAME = "name"  # its name leads nowhere
    TLS = "tls"
    PROXY = "proxy"
    TIMEOUT = "timeout"
    STRANGER = "stranger"  # somebody else answers
    OTHER = "other"


class NotSent(NetworkError):  # noqa: N818  it says what is known
    """Telegram could not be reached, so it has certainly not got the message."""

    def __init__(self, error: Exception) -> None:
        """Keep why, and of the error its kind only."""
        super().__init__(type(error).__name__)
        self.trouble = trouble_of(error)


class Stranger(NetworkError):  # noqa: N818  as above
    """Somebody answered who is not Telegram: a gateway with a page of its own, or another server."""


def trouble_of(error: Exception) -> Trouble:
    """Return why a call came to nothing."""
    if isinstance(error, NotSent):
        return error.trouble
    if isinstance(error, Stranger):
        return Trouble.STRANGER
    kinds: tuple[tuple[Trouble, tuple[type[Exception], ...]], ...] = (
        (Trouble.TLS, (aiohttp.ClientSSLError, ssl.SSLError)),
        # A ValueError is a proxy's: our own address was checked when the settings were read.
        (Trouble.PROXY, (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError, ValueError)),
        (Trouble.NAME, (aiohttp.ClientConnectorDNSError,)),
        (Trouble.TIMEOUT, (TimeoutError, TimedOut)),
    )
    return next((trouble for trouble, of in kinds if isinstance(error, of)), Trouble.OTHER)


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
        asked = None
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy(url)
            ) as answer:
                status, payload = answer.status, await answer.read()
                asked = answer.headers.get("Retry-After")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, ValueError) as error:
            raise NotSent(error) from None
        except aiohttp.ClientHttpProxyError as error:
            raise NotSent(error) from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:  # PTB takes it for a fault that passes
            raise BadRequest("Request Entity Too Large")
        if status == HTTPStatus.TOO_MANY_REQUESTS and (seconds := _seconds_asked(payload, asked)):
            raise RetryAfter(seconds)
        if not ((shown := payload.strip()).startswith(b"{") and shown.endswith(b"}")):
            # somebody's page, which PTB would quote, and believe
            kind = NetworkError if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Stranger
            raise kind(f"no answer of Telegram's ({status})")
        if status != HTTPStatus.OK:
            self.parse_json_payload(payload)  # else PTB would take another server's 404 for a wrong token
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return what Telegram answered: parsed in a third of the time, and by PTB where that is too strict.

        Half a surrogate pair, or bytes that are no UTF-8, must not make a batch of updates unreadable.

        Raises:
            Stranger: it is somebody else's JSON.
            TelegramError: it is no JSON.
        """
        parsed: dict[str, Any]
        try:
            parsed = orjson.loads(payload)
        except orjson.JSONDecodeError:
            try:
                parsed = BaseRequest.parse_json_payload(payload)
            except RecursionError:
                raise TelegramError("nested too deeply") from None
        if not (isinstance(parsed, dict) and ("result" in parsed or parsed.get("ok") is False)):
            raise Stranger("no answer of Telegram's")
        return parsed

    def _proxy(self, url: str) -> str | None:
        """Return the proxy that the environment names; aiohttp would look it up in two threads a call."""
        place = urlsplit(url)
        if place.netloc not in self._proxies:
            self._proxies[place.netloc] = proxy_for(url)
        return self._proxies[place.netloc]


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for that address."""
    place = urlsplit(url)
    passed = place.hostname is None or proxy_bypass(place.hostname)
    return None if passed else getproxies().get(place.scheme)


def _seconds_asked(payload: bytes, header: str | None) -> int:
    """Return how long Telegram, or who stands before it, asks us to wait, in any form; 0: does not say."""
    try:
        found = orjson.loads(payload)["parameters"]["retry_after"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        found = header
    try:
        seconds = float(found)
    except (TypeError, ValueError):
        try:
            seconds = (parsedate_to_datetime(str(found)) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return 0
    return math.ceil(min(max(seconds, 1), LONGEST_WAIT)) if math.isfinite(seconds) else 0


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
