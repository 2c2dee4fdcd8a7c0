"""One real warehouse for all comparisons of a session."""

from collections.abc import Iterator

import pytest

from tests.drawn_tables import DrawnWarehouse
from warehouse.connection import open_warehouse
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrawnWarehouse]:
    with open_warehouse(
        Settings(tmp_path_factory.mktemp("oracle"), threads=1, memory_limit="300MB")
    ) as opened:
        yield DrawnWarehouse(opened)
