"""A home of its own with a warehouse in it for each test; real files, never mocks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.begun_warehouse import begun
from tests.remembered import checks_remembered
from warehouse.connection import Warehouse, open_warehouse
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return begun(Settings(tmp_path / "home", threads=1, memory_limit="200MB"))


@pytest.fixture
def warehouse(settings: Settings) -> Iterator[Warehouse]:
    with open_warehouse(settings) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _checks_remembered() -> Iterator[None]:
    with checks_remembered():
        yield
