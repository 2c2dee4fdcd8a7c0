import re
import subprocess
from pathlib import Path

import pytest

from flows import code_version as module
from flows.code_version import (
    LOADER_ROOTS,
    SIGNATURE_ROOTS,
    code_commit,
    code_version,
    hash_files,
    imported,
    loader_version,
    reader_code_version,
    signature_code_version,
)


def test_every_version_is_a_hash_and_stays() -> None:
    versions = (code_version, loader_version, reader_code_version, signature_code_version)
    for version in versions:
        assert re.fullmatch("[0-9a-f]{64}", version())
        assert version() == version()
    assert len({version() for version in versions}) == len(versions)


def test_cleaning_counts_in_a_signature() -> None:
    assert {"shingle.py", "signature.py", "text.py"} <= {path.name for path in imported(SIGNATURE_ROOTS)}


def test_neither_order_nor_repetition_of_files_changes_the_hash(tmp_path: Path) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    assert hash_files([one, two], root=tmp_path) == hash_files([two, one, two], root=tmp_path)


def test_a_byte_a_name_or_a_file_more_changes_the_hash(tmp_path: Path) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_bytes(b"1")
    before = hash_files([one], root=tmp_path)
    two.write_bytes(b"1")
    assert hash_files([two], root=tmp_path) != before
    assert hash_files([one, two], root=tmp_path) != before
    one.write_bytes(b"2")
    assert hash_files([one], root=tmp_path) != before


def test_what_a_module_imports_counts_with_it_however_far(tmp_path: Path) -> None:
    """Else a change there would change rows or readings that nobody makes again."""
    for name, text in {
        "a/one.py": "import re\nfrom a.two import thing\n",
        "a/two.py": "def late() -> None:\n    from a import three\n",
        "a/three.py": "import b.four\nimport a.one\n",
        "b/four.py": "",
        "b/apart.py": "from a.one import this\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    found = {path.relative_to(tmp_path).as_posix() for path in imported(["a.one"], root=tmp_path)}
    assert found == {"a/one.py", "a/two.py", "a/three.py", "b/four.py"}


def test_a_module_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.py"):
        imported(["transforms.gone"])


def test_the_loader_knows_every_adapter_the_load_step_calls() -> None:
    step = imported(["flows.load"])
    adapters = {path for path in step if path.parent.name == "transforms"}
    assert adapters <= imported(LOADER_ROOTS)
    assert {path.name for path in imported(LOADER_ROOTS)} >= {"posting_pay.py", "raw_posting.py", "decode.py"}


def test_all_sql_and_python_of_the_five_folders_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROOT", tmp_path)
    for name in ("schemas/a.py", "transforms/sql/b.sql", "flows/c.py", "tests/d.py", "flows/prefect.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"1")
    monkeypatch.setattr(module, "hash_files", lambda paths: " ".join(sorted(p.name for p in paths)))
    assert module.code_version() == "a.py b.sql c.py"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_the_commit_is_told_only_where_it_is_what_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROOT", tmp_path)
    assert code_commit() is None  # no checkout
    git(tmp_path, "init", "-q")
    assert code_commit() is None  # no commit
    (tmp_path / "a.py").write_text("1")
    git(tmp_path, "add", "a.py")
    git(tmp_path, "commit", "-q", "-m", "one")
    assert code_commit() == git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / "new.txt").write_text("not part of it")
    assert code_commit() == git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / "a.py").write_text("2")
    assert code_commit() is None  # files differ from it


def test_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert code_commit() is None
