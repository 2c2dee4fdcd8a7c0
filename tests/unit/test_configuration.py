import shutil
from pathlib import Path

import pytest

from flows.configuration import CONFIG_FOLDER, ConfigurationFault, folder_sha256, read_configuration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG_FOLDER, tmp_path / "config")
    return tmp_path / "config"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> str:
    with pytest.raises(ConfigurationFault) as fault:
        read_configuration(folder)
    return str(fault.value)


def test_the_configuration_of_the_project_is_sound() -> None:
    configuration = read_configuration()
    slugs = {row["occupation"] for row in configuration.occupations}
    assert {"backend-developer", "data-scientist", "designer", "other", "all"} <= slugs
    assert {"websockets", "node.js", "docker", "kubernetes"} <= {
        r["skill"] for r in configuration.skill_aliases
    }
    method = configuration.method
    assert (method["default_months"], method["gap_days"]) == (12, 60)
    assert (method["k_enter"], method["k_leave"], method["employer_min"]) == (15, 10, 3)
    assert method["k_leave"] <= method["k_enter"]
    assert configuration.groups["software-forum"]["comparable"] is True
    assert len(configuration.sha256) == 64


def test_a_copy_has_the_same_hash(folder: Path) -> None:
    assert read_configuration(folder).sha256 == read_configuration().sha256


@pytest.mark.parametrize("name", ["occupations.csv", "method.toml", "sources.toml"])
def test_any_change_changes_the_hash(folder: Path, name: str) -> None:
    before = folder_sha256(folder)
    path = folder / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert folder_sha256(folder) != before


def test_the_hash_tells_bytes_from_names(tmp_path: Path) -> None:
    for name, files in {"one": {"a.csv": b"x", "b.csv": b""}, "two": {"a.csv": b"", "b.csv": b"x"}}.items():
        (tmp_path / name).mkdir()
        for file, data in files.items():
            (tmp_path / name / file).write_bytes(data)
    assert folder_sha256(tmp_path / "one") != folder_sha256(tmp_path / "two")


def test_files_beside_the_reviewed_ones_do_not_count(folder: Path) -> None:
    before = folder_sha256(folder)
    (folder / ".occupations.csv.swp").write_bytes(b"an editor was here")
    assert folder_sha256(folder) == before


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    (folder / "occupations.csv").unlink()
    replace(folder / "skill_aliases.csv", "skill,label", "skil,label")
    (folder / "method.toml").write_text("method_version = ", encoding="utf-8")
    replace(folder / "sources.toml", '"hn_who_is_hiring"', '"usajobs_2016"')
    text = faults(folder)
    assert "config/ can't be used" in text
    assert "occupations.csv: No such file" in text
    assert "skill_aliases.csv: no column skill; its first line is" in text
    assert "method.toml: Invalid value" in text
    assert "sources.toml: usajobs_2016 stands in software-forum and in public-sector" in text
    assert len(text.splitlines()) == 5


def test_a_row_with_a_cell_too_many_or_few_is_told_with_its_line(folder: Path) -> None:
    (folder / "ambiguous_terms.csv").write_text(
        "surface,evidence,reason\ngo,in_list,a verb\nc,in_list\nr,in_list,a letter,more\n", encoding="utf-8"
    )
    text = faults(folder)
    assert "ambiguous_terms.csv line 3: not as many cells" in text
    assert "ambiguous_terms.csv line 4: not as many cells" in text
    assert "line 2" not in text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("gap_days = 60", 'gap_days = "60"', "[family] gap_days is missing or not of type"),
        ("k_enter = 15", "", "[privacy] k_enter is missing"),
        ("k_leave = 10", "k_leave = true", "[privacy] k_leave is missing or not of type"),
        ("z = 1.959963984540054", "z = 2", "[interval] z is missing or not of type"),
        ("method_version = ", "version = ", "method_version is missing"),
    ],
)
def test_a_parameter_of_the_wrong_type_is_told(folder: Path, old: str, new: str, told: str) -> None:
    replace(folder / "method.toml", old, new)
    assert told in faults(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[group.software-forum]", "[group.all]", "a group may not be called all"),
        ("[group.software-forum]", "[group.undeclared]", "a group may not be called undeclared"),
        ("comparable = true\n", "", "[group.software-forum] needs comparable and reason"),
        ("[undeclared]\ncomparable = true", "[undeclared]", "[undeclared] comparable is missing"),
    ],
)
def test_a_faulty_group_is_told(folder: Path, old: str, new: str, told: str) -> None:
    replace(folder / "sources.toml", old, new)
    assert told in faults(folder)


@pytest.mark.parametrize(
    ("name", "told"),
    [("method.toml", "method_version is missing"), ("sources.toml", "[undeclared] comparable is missing")],
)
def test_an_empty_file_is_told(folder: Path, name: str, told: str) -> None:
    (folder / name).write_bytes(b"")
    assert f"{name}: {told}" in faults(folder)


def test_text_that_is_not_utf_8_is_told(folder: Path) -> None:
    (folder / "occupations.csv").write_bytes(b"occupation,label\n\xff\xfe,x\n")
    (folder / "method.toml").write_bytes(b"\xff")
    text = faults(folder)
    assert "occupations.csv: not CSV in UTF-8" in text
    assert "method.toml: 'utf-8' codec" in text


@pytest.mark.parametrize("weights", ["[0.5, -0.25, 0.15, 0.1]", "[0.5, 0.25]", "[0.5, 0.25, nan, 0.1]"])
def test_weights_of_the_score_that_can_not_be_are_named(folder: Path, weights: str) -> None:
    replace(folder / "method.toml", "[0.5, 0.25, 0.15, 0.1]", weights)
    assert "importance_score_weights must be 4 numbers of at least 0" in faults(folder)
