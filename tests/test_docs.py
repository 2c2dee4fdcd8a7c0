"""Pages say what is: generated ones are current, commands exist and occur, links lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from flows.cli import app

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS = sorted(name for name in app if not name.startswith("-"))


def everything() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def test_data_dictionary_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    app("dictionary", result_action="return_value")
    made = capsys.readouterr().out
    kept = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert kept == made, "docs/data-dictionary.md is not what the declarations say: run `make docs`"


def test_there_are_commands() -> None:
    assert {"nightly", "verify", "explain", "replay", "dictionary"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_occurs_in_the_docs(command: str) -> None:
    assert f"skillweights {command}" in everything(), f"no page names `skillweights {command}`"


def test_every_command_in_the_docs_exists() -> None:
    named = set(re.findall(r"(?:`|bin/)skillweights ([a-z][a-z-]*)", everything()))
    assert named <= set(COMMANDS)


def test_every_make_target_in_the_docs_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", everything(), re.MULTILINE))
    assert named
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\(([a-z0-9-]+\.md)\)", index)) == pages


def test_every_direct_dependency_has_a_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    names = [
        re.split(r"[\[<>=~!;]", line)[0]
        for line in [*project["dependencies"], *extras["build"], *extras["dev"]]
    ]
    pages = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "docs/decisions").glob("dependencies-*.md")
    )
    assert [name for name in names if not re.search(rf"^\| {re.escape(name)}[ |]", pages, re.MULTILINE)] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_locks_have_hashes_and_no_hosts(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    packages = re.split(r"\n(?=[a-z])", text.strip(), flags=re.IGNORECASE)
    assert [package.split("==")[0] for package in packages if "--hash=sha256:" not in package] == []
