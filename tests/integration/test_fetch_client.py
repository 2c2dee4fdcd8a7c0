"""The network client against a real server on the loopback: patience, politeness, suspicion."""

import gzip
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from flows.fetch.client import Client, Patience, _pause_of, _retry_after, require_http
from flows.fetch.fault import FetchFault, Unreachable
from tests.fake_services import FakeServices, Reply, fake_services

JSON = ("application/json",)
GOOD = Reply(body=b'{"a": 1}')
HTML = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def services() -> Iterator[FakeServices]:
    with fake_services() as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(time: Time) -> Iterator[Client]:
    patience = Patience(connect_s=2, read_s=2)
    with Client("me@example.org", patience=patience, sleep=time.sleep, clock=time.clock) as opened:
        yield opened


def test_an_answer_is_given_as_it_came_and_the_asker_has_a_name(
    services: FakeServices, client: Client
) -> None:
    services.set("/a", GOOD)
    answer = client.get(f"{services.base_url}/a", media_types=JSON)
    assert answer is not None
    assert (answer.body, answer.media_type) == (b'{"a": 1}', "application/json")
    [(_, headers)] = services.asked
    assert headers["User-Agent"] == "skillweights/0.1.0 (mailto:me@example.org)"


def test_what_a_service_does_not_know_is_none(services: FakeServices, client: Client) -> None:
    assert client.get(f"{services.base_url}/nothing", media_types=JSON) is None


def test_requests_to_one_host_are_a_second_apart(services: FakeServices, client: Client, time: Time) -> None:
    services.set("/a", GOOD)
    for _ in range(3):
        client.get(f"{services.base_url}/a", media_types=JSON)
    assert time.slept == [1.0, 1.0]


def test_the_rate_a_host_states_is_obeyed(services: FakeServices, client: Client, time: Time) -> None:
    slow = Reply(body=b"{}", headers={"x-rate-limit-limit": "1", "x-rate-limit-interval": "5s"})
    services.set("/a", slow)
    for _ in range(2):
        client.get(f"{services.base_url}/a", media_types=JSON)
    assert time.slept == [5.0]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(
    services: FakeServices, client: Client, time: Time, status: int
) -> None:
    services.set("/a", Reply(status, b"busy", "text/plain"), Reply(status, HTML, "text/html"), GOOD)
    assert client.get(f"{services.base_url}/a", media_types=JSON) is not None
    assert time.slept == [2.0, 4.0]


def test_retry_after_is_waited_for(services: FakeServices, client: Client, time: Time) -> None:
    services.set("/a", Reply(429, b"", "text/plain", {"Retry-After": "17"}), GOOD)
    assert client.get(f"{services.base_url}/a", media_types=JSON) is not None
    assert time.now == 17.0


def test_a_wait_longer_than_a_run_is_told_and_not_slept(
    services: FakeServices, client: Client, time: Time
) -> None:
    services.set("/a", Reply(429, b"", "text/plain", {"Retry-After": "86400"}))
    with pytest.raises(FetchFault, match="asks to come back in 86400 s"):
        client.get(f"{services.base_url}/a", media_types=JSON)
    assert time.slept == []


def test_a_service_that_stays_down_is_given_up(services: FakeServices, client: Client) -> None:
    services.set("/a", Reply(503, b"down", "text/plain"))
    with pytest.raises(Unreachable, match=r"no answer in 4 attempts \(status 503\)"):
        client.get(f"{services.base_url}/a", media_types=JSON)
    assert len(services.asked) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 410])
def test_a_refusal_is_not_argued_with(services: FakeServices, client: Client, status: int) -> None:
    services.set("/a", Reply(status, b"no", "text/plain"))
    with pytest.raises(FetchFault, match=f"refused with status {status}: 'no'"):
        client.get(f"{services.base_url}/a", media_types=JSON)
    assert len(services.asked) == 1


def test_nobody_there_is_unreachable(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="ConnectError"):
        client.get(f"http://127.0.0.1:{port}/a", media_types=JSON)


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/json"])
def test_an_error_page_with_status_200_is_refused(
    services: FakeServices, client: Client, media_type: str
) -> None:
    services.set("/a", Reply(200, b"\n " + HTML, media_type))
    with pytest.raises(FetchFault, match="status 200, yet"):
        client.get(f"{services.base_url}/a", media_types=JSON)


def test_an_empty_answer_is_refused(services: FakeServices, client: Client) -> None:
    services.set("/a", Reply(200, b""))
    with pytest.raises(FetchFault, match="an empty answer"):
        client.get(f"{services.base_url}/a", media_types=JSON)


def test_an_answer_cut_short_is_asked_for_again(services: FakeServices, client: Client) -> None:
    services.set("/a", Reply(200, b'{"a"', headers={"Content-Length": "8", "Connection": "close"}), GOOD)
    answer = client.get(f"{services.base_url}/a", media_types=JSON)
    assert answer is not None and answer.body == GOOD.body
    assert len(services.asked) == 2


def test_a_large_answer_is_not_read_to_its_end(services: FakeServices, client: Client) -> None:
    services.set("/plain", Reply(200, b"1" * 3000))
    services.set("/packed", Reply(200, gzip.compress(b"1" * 3000), headers={"Content-Encoding": "gzip"}))
    for path in ("plain", "packed"):
        with pytest.raises(FetchFault, match="larger than 2000 bytes"):
            client.get(f"{services.base_url}/{path}", media_types=JSON, max_bytes=2000)


def test_redirects_are_followed_a_few_times(services: FakeServices, client: Client) -> None:
    services.set("/old", Reply(301, b"", headers={"Location": "/new"}))
    services.set("/new", GOOD)
    services.set("/loop", Reply(302, b"", headers={"Location": "/loop"}))
    assert client.get(f"{services.base_url}/old", media_types=JSON) is not None
    with pytest.raises(FetchFault, match="more than 3 redirects"):
        client.get(f"{services.base_url}/loop", media_types=JSON)


def test_a_secret_is_sent_and_never_told(services: FakeServices, client: Client) -> None:
    services.set("/a", Reply(403, b"no", "text/plain"))
    with pytest.raises(FetchFault) as fault:
        client.get(f"{services.base_url}/a", secret={"api_key": "s3cret"}, media_types=JSON)
    assert services.asked[0][0] == "/a?api_key=s3cret"
    assert "s3cret" not in str(fault.value)
    services.set("/b", Reply(302, b"", headers={"Location": "http://localhost.example/b"}))
    with pytest.raises(FetchFault, match="with a secret; not followed"):
        client.get(f"{services.base_url}/b", secret={"api_key": "s3cret"}, media_types=JSON)


def test_headers_are_read_as_they_are_written() -> None:
    import httpx

    now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert _retry_after("Sun, 22 Nov 2026 03:00:30 GMT", now) == 30.0
    assert [_retry_after(text, now) for text in ("", "soon", "0", "-3")] == [0.0, 0.0, 0.0, 0.0]
    for limit, interval, pause in (("50", "1s", 0.02), ("1", "5s", 5.0), ("0", "1s", 0.0), ("x", "1s", 0.0)):
        headers = httpx.Headers({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval})
        assert _pause_of(headers) == pause


@pytest.mark.parametrize("url", ["", "ftp://example.org", "example.org", "file:///etc/passwd"])
def test_only_http_addresses_are_asked(url: str) -> None:
    with pytest.raises(FetchFault, match="is no http address"):
        require_http(url)
