"""A real warehouse drawn as text: one file for all tests here, empty at the start of each."""

from collections.abc import Iterator

import pytest

from tests.computed_tables import Computed
from tests.drawn_tables import DrawnWarehouse
from warehouse.connection import open_warehouse
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def drawn_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrawnWarehouse]:
    home = tmp_path_factory.mktemp("drawn")
    with open_warehouse(Settings(home, threads=1, memory_limit="300MB")) as opened:
        yield DrawnWarehouse(opened, computed=Computed(on=True))


@pytest.fixture
def drawn(drawn_warehouse: DrawnWarehouse) -> Iterator[DrawnWarehouse]:
    with drawn_warehouse.forgotten():
        yield drawn_warehouse
