from pathlib import Path

import pytest

from flows.configuration import CONFIG_FOLDER, ConfigurationFault
from flows.linking import parameters
from transforms.link import LinkParameters
from transforms.title import TitleParameters
from transforms.title_match import MatchParameters


def test_the_file_of_the_repository_is_whole() -> None:
    assert parameters(LinkParameters).min_coverage > 0
    assert len(parameters(TitleParameters).confidence_title) == 6
    assert parameters(MatchParameters).occupations > 0


def test_every_fault_is_named(tmp_path: Path) -> None:
    text = (CONFIG_FOLDER / "linking.toml").read_text(encoding="utf-8")
    broken = text.replace("min_coverage = 0.4", 'colour = "red"\nuse_wait = 1').replace(
        "confidence_title = [-3.68,", "confidence_title = ["
    )
    (tmp_path / "linking.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(ConfigurationFault) as caught:
        parameters(LinkParameters, tmp_path)
    assert "min_coverage is missing" in str(caught.value)
    assert "use_wait is unknown" in str(caught.value)
    assert "colour must be a number" in str(caught.value)
    with pytest.raises(ConfigurationFault, match="confidence_title must be"):
        parameters(TitleParameters, tmp_path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match=r"linking\.toml"):
        parameters(LinkParameters, tmp_path)
