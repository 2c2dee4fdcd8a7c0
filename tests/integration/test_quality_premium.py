"""Premiums on a drop without employers: a planted premium is found, a placebo is not, absence is said."""

import csv
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest

from flows.annotate import Annotator
from flows.configuration import read_configuration
from flows.estimate import renamed_parameters
from flows.quality_premium import SOURCE, premium_quality
from flows.taxonomies import Taxonomies
from transforms.estimate.pay import premium_rule

N = 240
PLANTED = 1.5
"""Adverts that ask for Rust pay half as much again: 0.405 log points."""


def drop(folder: Path) -> Path:
    """A drop of invented adverts: every third asks for Rust, every second for Docker, which pays nothing."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["position", "salary_lower", "salary_upper", "seniority", "main_category", "description"])
    for number in range(N):
        asked = ["Python"] + ["Rust"] * (number % 3 == 0) + ["Docker"] * (number % 2 == 0)
        base = (10_000 + 37 * (number % 11)) * (PLANTED if "Rust" in asked else 1) * (1 + number % 5 // 4)
        text = f"Team {number} asks for experience with {', '.join(asked)}."
        rows.writerow(
            [
                "Developer",
                round(base),
                round(base * 1.2),
                "Senior" if number % 5 == 4 else "Mid",
                "Backend",
                text,
            ]
        )
    data = gzip.compress(written.getvalue().encode(), mtime=0)
    place = folder / "postings" / SOURCE
    place.mkdir(parents=True)
    (place / "adverts.csv.gz").write_bytes(data)
    file = {"path": "adverts.csv.gz", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest = {
        "manifest_version": 1,
        "kind": "postings",
        "source": SOURCE,
        "release": "2022-08",
        "licence": "invented",
        "terms_class": "open",
        "origin": "invented adverts",
        "postings": {
            "format": "csv.gz",
            "columns": {},
            "encoding": "utf-8",
            "text_format": "plain",
            "country": "PL",
            "currency": "PLN",
        },
        "retrieved_on": "2026-01-05",
        "files": [file],
    }
    (place / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.slow
def test_a_planted_premium_is_found_and_a_placebo_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = premium_rule(renamed_parameters(read_configuration().method))
    assert premium_quality(Annotator(Taxonomies(), tmp_path), drop(tmp_path), rule)
    lines = capsys.readouterr().out.splitlines()
    assert "each its own unit since no employer is named; not published" in lines[0]
    rust = next(line.split() for line in lines if line.split()[0] == "rust")
    docker = next(line.split() for line in lines if line.split()[0] == "docker")
    assert float(rust[1]) == pytest.approx(0.405, abs=0.01)
    assert float(docker[1]) == pytest.approx(0.0, abs=0.01)
    assert f"{N // 3} adverts with it" in " ".join(rust)


def test_a_drop_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert premium_quality(
        Annotator(Taxonomies(), tmp_path),
        tmp_path,
        premium_rule(renamed_parameters(read_configuration().method)),
    )
    assert capsys.readouterr().out.startswith(f"pay premiums: skipped, no {SOURCE} at ")
