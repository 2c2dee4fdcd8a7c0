"""The base of every table declaration and the list of all tables.

A table is one pandera class in one file named as the table: the class says grain (first docstring
line), columns, units and checks; ``Config.metadata`` says key and cross-column rules. Everything
else (DDL, Arrow schema, failing-row SQL, JSON contract, dictionary page) is derived in
``schemas.derive``.
"""

import importlib
import importlib.util
import pkgutil
import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandera.pyarrow as pa

import schemas

if TYPE_CHECKING:
    ListOfText = list[str]
    ListOfInt = list[int]
else:
    ListOfText = nw.List(nw.String)
    ListOfInt = nw.List(nw.Int64)
"""Column types: a list of strings, a list of whole numbers."""

for _library in ("numpy", "pandas", "pyspark"):
    if importlib.util.find_spec(_library) is None:
        # pandera looks for these engines anew at every column it checks; each search compiles the
        # engine only to find its library missing, which made up two thirds of a validation.
        sys.modules.setdefault(f"pandera.engines.{_library}_engine", None)  # type: ignore[arg-type]

LAYERS = ("raw", "core", "weight", "export", "meta")


class Table(pa.DataFrameModel):
    """Base of all tables: no column that is not declared, no declared column missing."""

    class Config:
        strict = True


def table_name(table: type[Table]) -> str:
    """Snake-case table name of a class: ``CorePosting`` is ``core_posting``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", table.__name__).lower()


def declared(table: type[Table]) -> dict[str, Any]:
    """What ``keys`` wrote down: ``primary_key`` and ``rules``. Raises TypeError for a table without them."""
    metadata = table.__config__.metadata if table.__config__ else None
    if not metadata:
        raise TypeError(f"{table.__name__} declares no key; set Config.metadata = keys([...])")
    return metadata


def keys(primary_key: list[str], **rules: tuple[str, str]) -> dict[str, Any]:
    """Table metadata: primary key (also the total order when written) and cross-column rules.

    Each rule is ``name=(sql, message)``: ``sql`` is true or NULL on a good row.
    """
    return {"primary_key": primary_key, "rules": rules}


@cache
def all_tables() -> dict[str, type[Table]]:
    """Every declared table by name, in the order of the layers, then by name."""
    found: dict[str, type[Table]] = {}
    for module_info in pkgutil.iter_modules(schemas.__path__):
        if module_info.name.split("_")[0] not in LAYERS:
            continue
        module = importlib.import_module(f"schemas.{module_info.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Table) and value is not Table:
                found[table_name(value)] = value
    return dict(sorted(found.items(), key=lambda item: (LAYERS.index(item[0].split("_")[0]), item[0])))
