"""Crossref, OpenAlex and Retraction Watch on the loopback: a real HTTP server whose answers a test sets."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

JSON = "application/json"
CSV_HEAD = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason,Paywalled,Notes"
)


@dataclass(frozen=True)
class Reply:
    """One answer; ``headers`` beside Content-Type and Content-Length."""

    status: int = 200
    body: bytes = b""
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FakeServices:
    """``replies`` by path, query left out: a list is used up one by one, its last entry stays. ``asked`` grows."""

    base_url: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def set(self, path: str, *replies: Reply) -> None:
        """What is answered at a path."""
        self.replies[path] = list(replies)

    def works(self, *works: Mapping[str, Any]) -> None:
        """Crossref records, in the shape of ``works/{doi}``."""
        for work in works:
            body = json.dumps({"status": "ok", "message-type": "work", "message": work}).encode()
            self.set(f"/works/{work['DOI']}", Reply(body=body))

    def openalex(self, *works: Mapping[str, Any]) -> None:
        """OpenAlex records, in the shape of ``works/doi:{doi}``."""
        for work in works:
            self.set(f"/works/doi:{work['doi']}", Reply(body=json.dumps(work).encode()))

    def watch(self, *rows: tuple[str, str, str, str]) -> None:
        """The Retraction Watch file: DOI, nature, day, DOI of the notice; beside an unrelated row."""
        lines = [CSV_HEAD]
        for doi, nature, day, notice in (("10.9999/other", "Retraction", "1/2/2020 0:00", ""), *rows):
            lines.append(f'1,"A, title",,,,,,,,,{day},{notice},0,1/1/2001 0:00,{doi},0,{nature},+Reason;,No,')
        body = ("\n".join(lines) + "\n").encode("latin-1")
        self.set("/watch.csv", Reply(body=body, media_type="text/plain; charset=utf-8"))

    @property
    def watch_url(self) -> str:
        """Address of the Retraction Watch file."""
        return f"{self.base_url}/watch.csv"


def work(doi: str, title: str, year: int, **more: Any) -> dict[str, Any]:
    """A Crossref record."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "issued": {"date-parts": [[year, 7]]},
    } | more


def retracted_by(doi: str, kind: str = "retraction") -> dict[str, Any]:
    """The field a retracted work carries."""
    return {"updated-by": [{"DOI": doi, "type": kind, "source": "publisher", "label": kind.title()}]}


@contextmanager
def fake_services() -> Iterator[FakeServices]:
    """A server for the time of the block; what nobody set is answered with 404."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(self.path.split("?", 1)[0])
            with lock:
                services.asked.append((self.path, dict(self.headers)))
                queue = services.replies.get(path) or [Reply(404, b"Resource not found.", "text/plain")]
                reply = queue.pop(0) if len(queue) > 1 else queue[0]
            self.send_response(reply.status)
            for name, value in {
                "Content-Type": reply.media_type,
                "Content-Length": str(len(reply.body)),
                **reply.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    services = FakeServices(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
