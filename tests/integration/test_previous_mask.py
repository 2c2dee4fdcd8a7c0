from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from exports.canonical import canonical_bytes, sealed
from flows.night import InputFault, Night
from flows.release import previous_mask
from warehouse.settings import Settings


def test_a_pointer_to_a_release_that_is_gone_is_told_with_its_cure(tmp_path: Path) -> None:
    night = cast(Night, SimpleNamespace(settings=Settings(tmp_path, 1)))
    assert previous_mask(night, synthetic=True)[0] is None  # no pointer, no release before
    pointer = tmp_path / "releases/v1/latest.json"
    pointer.parent.mkdir(parents=True)
    pointer.write_bytes(canonical_bytes(sealed({"latest": "2022-12-31.0"})))
    with pytest.raises(InputFault, match=r"2022-12-31\.0.*holds no manifest\.json: put the release back"):
        previous_mask(night, synthetic=True)
