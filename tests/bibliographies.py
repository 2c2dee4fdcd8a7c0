"""Rounds of bibliographic questions without Prefect, put to fake services about the invented registry."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.bibliography_round import Addresses, Asked, Services, ask_all, keep_answers, outcome
from flows.fetch.client import Client, Patience
from tests.fake_services import FakeServices, work
from tests.nights import small_configuration
from warehouse.settings import Settings

QUICK = Patience(connect_s=2, read_s=2, attempts=2, backoff_s=0.0, pause_s=0.0)
WORKS = {
    "10.1000/first": work("10.1000/first", "Invented audit number 0", 2000),
    "10.1000/second": work("10.1000/second", "Invented audit number 1", 2001),
    "10.1000/vendor": work("10.1000/vendor", "Invented trial of a tool", 2003),
}
"""What Crossref knows of the invented registry where nothing happened to it."""


def sound(services: FakeServices) -> None:
    """All services know the invented registry and have nothing against it."""
    services.works(*WORKS.values())
    services.watch()
    services.openalex(
        *(
            {
                "doi": doi,
                "title": record["title"][0],
                "publication_date": f"{record['issued']['date-parts'][0][0]}-01-01",
                "is_retracted": False,
            }
            for doi, record in WORKS.items()
        )
    )


def run_bibliography(home: Path, services: FakeServices, *, key: str | None = None) -> dict[str, Any]:
    """One round in this process."""
    asked = Asked(Settings(home, threads=1), small_configuration(), datetime.now(UTC), "0" * 64)
    urls = Addresses(services.base_url, services.base_url, services.watch_url)
    with Client("me@example.org", patience=QUICK) as client:
        rounds = ask_all(asked, client, urls, key, Services(), lambda line: None)
    return outcome(asked, rounds, keep_answers(asked, rounds))
