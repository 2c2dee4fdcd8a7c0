"""One real warehouse for all comparisons of a session."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.drawn_tables import DrawnWarehouse
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

settings.register_profile("oracle", derandomize=True, deadline=None, database=None, print_blob=False)
settings.load_profile("oracle")


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrawnWarehouse]:
    with open_warehouse(
        Settings(tmp_path_factory.mktemp("oracle"), threads=1, memory_limit="300MB")
    ) as opened:
        yield DrawnWarehouse(opened)
