"""The one way to the network: polite, patient, suspicious. One request at a time, nothing believed unseen."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from flows.fetch.fault import FetchFault, Unreachable

MIB = 1 << 20
RETRIED = (429, 500, 502, 503, 504)
HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
REDIRECTS_MAX = 3
PROJECT = "skillweights"


@dataclass(frozen=True)
class Answer:
    """A whole answer with status 200. ``url`` is as asked, without secrets."""

    url: str
    media_type: str
    body: bytes


@dataclass(frozen=True)
class Patience:
    """How long to wait and how often to try; seconds."""

    connect_s: float = 10.0
    read_s: float = 60.0
    attempts: int = 4
    backoff_s: float = 2.0
    longest_wait_s: float = 60.0
    pause_s: float = 1.0
    """Between two requests to one host, unless the host's headers ask for more."""


class Client:
    """Requests one after the other, with a name and an address to complain to.

    ``contact`` is an e-mail address or web page; services ask for one. ``sleep`` and ``clock`` are given
    by tests.
    """

    def __init__(
        self,
        contact: str,
        *,
        version: str = "0.1.0",
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._patience = patience or Patience()
        self._sleep, self._clock = sleep, clock
        self._ready: dict[str, float] = {}
        mail = f"mailto:{contact}" if "@" in contact else f"+{contact}"
        self._http = httpx.Client(
            headers={"User-Agent": f"{PROJECT}/{version} ({mail})", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(self._patience.read_s, connect=self._patience.connect_s),
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def get(
        self,
        url: str,
        *,
        secret: Mapping[str, str] | None = None,
        media_types: tuple[str, ...],
        max_bytes: int = 8 * MIB,
    ) -> Answer | None:
        """The answer, or None where the service knows no such thing (404).

        ``secret`` parameters are sent and never told. Raises Unreachable after the last try, FetchFault for
        a refusal, an answer of another type (an error page with status 200 above all) or one too large.
        """
        problem = "no attempt was made"
        for attempt in range(self._patience.attempts):
            if attempt:
                self._sleep(min(self._patience.backoff_s * 2 ** (attempt - 1), self._patience.longest_wait_s))
            try:
                response, body = self._followed(url, secret, max_bytes)
            except (httpx.TransportError, httpx.DecodingError) as error:
                problem = f"{type(error).__name__}: {error}"
                continue
            if response.status_code == 404:
                return None
            if response.status_code in RETRIED:
                problem = f"status {response.status_code}"
                self._wait_as_told(url, response)
                continue
            if response.status_code != 200:
                raise FetchFault(f"{url}: refused with status {response.status_code}: {_start(body)}")
            return self._believed(url, response, body, media_types)
        raise Unreachable(f"{url}: no answer in {self._patience.attempts} attempts ({problem})")

    def _followed(
        self, url: str, secret: Mapping[str, str] | None, max_bytes: int
    ) -> tuple[httpx.Response, bytes]:
        at = httpx.URL(url).copy_merge_params(secret) if secret else httpx.URL(url)
        for _ in range(REDIRECTS_MAX + 1):
            response, body = self._once(at, url, max_bytes)
            if not response.has_redirect_location:
                return response, body
            onward = at.join(response.headers["location"])
            if at.scheme == "https" and onward.scheme != "https":
                raise FetchFault(f"{url}: leads from https to {onward.scheme}; not followed")
            if secret and onward.host != at.host:
                raise FetchFault(f"{url}: leads to another host, {onward.host}, with a secret; not followed")
            at = onward
        raise FetchFault(f"{url}: more than {REDIRECTS_MAX} redirects")

    def _once(self, at: httpx.URL, url: str, max_bytes: int) -> tuple[httpx.Response, bytes]:
        wait = self._ready.get(at.host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            with self._http.stream("GET", at) as response:
                body = bytearray()
                for chunk in response.iter_bytes():  # decoded: a small packed answer may hold a large one
                    body += chunk
                    if len(body) > max_bytes:
                        raise FetchFault(f"{url}: larger than {max_bytes} bytes; not read to its end")
        finally:
            self._ready[at.host] = self._clock() + self._patience.pause_s
        asked = _pause_of(response.headers)
        self._ready[at.host] = self._clock() + max(self._patience.pause_s, asked)
        return response, bytes(body)

    def _wait_as_told(self, url: str, response: httpx.Response) -> None:
        """Obey Retry-After; a wait longer than a run has is a fault, not a sleep."""
        told = _retry_after(response.headers.get("retry-after", ""), datetime.now(UTC))
        if told > self._patience.longest_wait_s:
            raise FetchFault(
                f"{url}: asks to come back in {told:.0f} s (status {response.status_code}); run again then"
            )
        host = httpx.URL(url).host
        self._ready[host] = max(self._ready.get(host, 0.0), self._clock() + told)

    def _believed(
        self, url: str, response: httpx.Response, body: bytes, media_types: tuple[str, ...]
    ) -> Answer:
        media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if media_type not in media_types or HTML.match(body[:200]):
            raise FetchFault(
                f"{url}: status 200, yet {media_type or 'no type'} and not {' or '.join(media_types)}; "
                f"it starts: {_start(body)}"
            )
        if not body:
            raise FetchFault(f"{url}: status 200 and an empty answer")
        return Answer(url, media_type, body)


def require_http(url: str) -> str:
    """The address without a last slash. Raises FetchFault for what is no http address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchFault(f"{url!r} is no http address")
    return url.rstrip("/")


def _pause_of(headers: httpx.Headers) -> float:
    """Seconds between requests that ``x-rate-limit-limit`` per ``x-rate-limit-interval`` (as ``1s``) leaves."""
    limit = re.fullmatch(r"\s*(\d+)\s*", headers.get("x-rate-limit-limit", ""))
    interval = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*s?\s*", headers.get("x-rate-limit-interval", ""))
    return float(interval[1]) / int(limit[1]) if limit and interval and int(limit[1]) else 0.0


def _retry_after(text: str, now: datetime) -> float:
    """Seconds of a Retry-After header, given as seconds or as a date; 0 without one."""
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (moment.astimezone(UTC) - now).total_seconds())


def _start(body: bytes) -> str:
    return repr(body[:80].decode("utf-8", errors="replace"))
