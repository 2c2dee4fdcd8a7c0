"""The registry's files as bytes, for tests."""

import os
from pathlib import Path

from transforms.evidence.read import Files

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
COUNTEREXAMPLES = Path(__file__).parent / "counterexamples"

EXAMPLES = b"""
[[assigned]]
sample_group = "example-2000"
attributes = ["Black-sounding name", "taller applicant"]
"""
"""What the invented sample of the counterexamples assigned."""


def registry_files(extra: dict[str, bytes] | None = None) -> Files:
    studies = {
        f"config/studies/{path.name}": path.read_bytes()
        for path in sorted((CONFIG / "studies").glob("*.toml"))
    }
    return Files(
        studies | (extra or {}),
        claims=(CONFIG / "claims.toml").read_bytes(),
        cohorts=(CONFIG / "cohorts.toml").read_bytes(),
        search_log=(CONFIG / "search_log.toml").read_bytes(),
        instruments=(CONFIG / "instruments.toml").read_bytes(),
        standing_rules=(CONFIG / "evidence_rules.toml").read_bytes() + EXAMPLES,
    )


def shared(*parts: str) -> Path | None:
    """A file of the shared folder beside the repository, or None where it is not there."""
    base = Path(os.environ.get("SKILLWEIGHTS_SHARED", ROOT.parent / "shared"))
    path = base.joinpath(*parts)
    return path if path.is_file() else None
