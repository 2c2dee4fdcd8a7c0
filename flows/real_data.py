"""Where the tree of real drops stands, for what is measured and not part of a night."""

from collections.abc import Mapping
from pathlib import Path

BESIDE = Path("../shared/data")
"""Beside the checkout, from which `make bench` and `make quality` run."""


def real_data_folder(environ: Mapping[str, str]) -> Path | None:
    """Returns the folder SKILLWEIGHTS_REAL_DATA names, else the one beside the checkout; None if it is not there."""
    named = environ.get("SKILLWEIGHTS_REAL_DATA")
    folder = Path(named) if named else BESIDE
    return folder if folder.is_dir() else None
