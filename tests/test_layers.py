"""Who may import whom, and that our folder names mean our folders."""

import ast
import importlib.metadata
import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS: dict[str, frozenset[str]] = {
    "schemas": frozenset(),
    "transforms": frozenset({"schemas"}),
    "warehouse": frozenset({"schemas"}),
    "exports": frozenset({"schemas", "warehouse"}),
    "flows": frozenset({"schemas", "transforms", "warehouse", "exports"}),
}
"""Each folder and which of the others it may import."""

BANNED = {
    "schemas": {"duckdb", "httpx", "prefect", "os", "time"},
    "transforms": {"duckdb", "httpx", "prefect", "os", "time", "socket", "subprocess"},
    "warehouse": {"httpx", "prefect"},
    "exports": {"httpx", "prefect"},
    "flows": set(),
}
"""Libraries a folder does without: network and Prefect live in flows, pure folders know no machine."""

CLOCK = {"now", "utcnow", "today"}
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """What a file is made of; two tests read all files."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> list[str]:
    """Every module a file imports, relative imports as they are written (with dots)."""
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + (node.module or ""))
    return found


def faults(path: Path, folder: str) -> list[str]:
    """One sentence per import that breaks the arrows."""
    where = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    allowed = FOLDERS[folder] | {folder}
    found = []
    for name in imported(path):
        top = name.split(".")[0]
        if not top:
            found.append(f"{where} imports {name}: write the absolute name")
        elif top == "tests" or (top in FOLDERS and top not in allowed):
            found.append(f"{where} imports {name}: {folder} may import only {', '.join(sorted(allowed))}")
        elif top in BANNED[folder]:
            found.append(f"{where} imports {name}: {folder} does without {', '.join(sorted(BANNED[folder]))}")
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_imports_flow_one_way(folder: str) -> None:
    files = [path for path in FILES if path.relative_to(ROOT).parts[0] == folder]
    assert files
    assert [fault for path in files for fault in faults(path, folder)] == []


@pytest.mark.parametrize(
    ("folder", "code", "message"),
    [
        ("schemas", "from transforms.text import clean", "schemas may import only schemas"),
        ("warehouse", "import transforms", "warehouse may import only schemas, warehouse"),
        ("transforms", "import duckdb", "transforms does without duckdb"),
        ("exports", "from prefect import flow", "exports does without httpx, prefect"),
        ("flows", "from . import cli", "write the absolute name"),
    ],
)
def test_a_wrong_arrow_is_named(tmp_path: Path, folder: str, code: str, message: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(code, encoding="utf-8")
    (fault,) = faults(path, folder)
    assert message in fault
    assert "module.py" in fault


@pytest.mark.parametrize("folder", ["schemas", "transforms", "exports"])
def test_no_clock_outside_flows_and_warehouse(folder: str) -> None:
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno} reads the clock: take the time as an argument"
        for path in (ROOT / folder).rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK
    ]
    assert calls == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_packages_resolve_inside_the_repository(folder: str) -> None:
    spec = importlib.util.find_spec(folder)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT), (
        f"{folder} resolves to {spec.origin}, another project's package"
    )


def test_no_file_in_flows_carries_a_library_name() -> None:
    """Prefect puts flows/ first on the path, where such a file would hide the library."""
    libraries = set(importlib.metadata.packages_distributions()) - set(FOLDERS) | sys.stdlib_module_names
    stems = {path.stem for path in (ROOT / "flows").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert (stems - {"__init__", "__pycache__"}) & libraries == set()
