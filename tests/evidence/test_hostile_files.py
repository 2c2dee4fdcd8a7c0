"""Hostile study files: nothing not assigned becomes an effect, and nothing malformed becomes a traceback."""

import tomllib
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from tests import drawn_evidence
from tests.evidence.files import CONFIG, registry_files
from transforms.evidence.entry import Finding, Study
from transforms.evidence.fault import EvidenceFault
from transforms.evidence.registry import build_evidence, registry_report

AS_OF = date(2026, 11, 22)
PATH = "config/studies/2004-bertrand.toml"
BERTRAND = (CONFIG / "studies/2004-bertrand.toml").read_text()
TO_EFFECT = (
    ('metric = "association_ratio"', 'metric = "callback_ratio"'),
    ('attribute_randomised = "no"', 'attribute_randomised = "yes"'),
)
TO_ASSIGNED = (
    '["Black-sounding name", "higher-quality resume"]',
    '["computer skills listed", "special skills listed"]',
)

LIES: dict[str, tuple[tuple[str, str], ...]] = {
    "metric alone": TO_EFFECT[:1],
    "metric and assignment": TO_EFFECT,
    "all of the form": (*TO_EFFECT, TO_ASSIGNED),
    "another design": (*TO_EFFECT, TO_ASSIGNED, ('"audit_study"', '"rct"')),
    "as good as assigned": (
        TO_EFFECT[0],
        ('attribute_randomised = "no"', 'attribute_randomised = "as_good_as"'),
        ('"audit_study"', '"quasi_experiment"'),
    ),
    "another sample": (*TO_EFFECT, TO_ASSIGNED, ('"bertrand-2004"', '"a-new-sample"')),
    "the sample of another trial": (*TO_EFFECT, TO_ASSIGNED, ('"bertrand-2004"', '"ict-2010"')),
    "another claim": (*TO_EFFECT, ('claim = "callback-computer-skills"', 'claim = "callback-ict-skills"')),
    "other words": (
        *TO_EFFECT,
        ('"computer skills listed"', '"office software named"'),
        ('claim = "callback-computer-skills"\n', ""),
    ),
    "no claim, sides turned": (
        *TO_EFFECT,
        ('exposure = "computer skills listed"', 'exposure = "computer skills not listed"'),
        ('claim = "callback-computer-skills"\n', ""),
    ),
}


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_computer_skills_are_no_effect_whatever_the_study_file_says(lie: str) -> None:
    text = BERTRAND
    for old, new in LIES[lie]:
        assert old in text
        text = text.replace(old, new)
    files = registry_files({PATH: text.encode()})
    _, faults = registry_report(files)
    assert "not_randomised_effect" in {fault.rule for fault in faults if "BM2004-computer" in fault.where}
    with pytest.raises(EvidenceFault):
        build_evidence(files, as_of=AS_OF, method_version="2026.1")


def test_every_attribute_marked_as_not_assigned_is_refused_as_an_effect() -> None:
    """Not only the standing example: each entry of the registry that says no or as_good_as-less, turned."""
    files = registry_files()
    registry, _ = registry_report(files)
    turned = [row for row in registry.findings if row.metric.startswith("association_")]
    assert len(turned) >= 8
    for row in turned:
        text = files.studies[row.file].decode()
        start = text.index(f'finding_id = "{row.finding_id}"')
        end = text.find("[[finding]]", start)
        part = text[start : end if end > 0 else len(text)]
        metric = {
            "association_ratio": "callback_ratio",
            "association_pct": "pct_change",
            "association_direction": "direction_only",
        }[row.metric]
        lied = part.replace(f'"{row.metric}"', f'"{metric}"')
        lied = lied.replace(
            f'attribute_randomised = "{row.attribute_randomised}"', 'attribute_randomised = "yes"'
        )
        head = text.replace("[study]\n", f'[study]\nrandomised_attributes = ["{row.exposure}"]\n')
        if "randomised_attributes" in text:
            head = text
        spoiled = head.replace('design = "observational"', 'design = "rct"').replace(part, lied)
        _, faults = registry_report(registry_files({row.file: spoiled.encode()}))
        broken = {fault.rule for fault in faults if row.finding_id in fault.where}
        assert "not_randomised_effect" in broken, row.finding_id


VALUES: tuple[Any, ...] = (
    *(0, -1, 2, 100.0, -100.0, -150, 1e308, 1e-320, float("nan"), float("inf"), 10**30, -(10**400)),
    *("", " ", "x", "\u202ea", "é" * 50, "</svg><script>", "a|b\nc", "100%", "1/0 vs 1/1", "9" * 400),
    *(True, [], ["a"], [1], [[]], {"a": 1}, date(1, 1, 1), date(9999, 12, 31)),
)
"""Put into every field in turn: 2,000 files."""


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(part)}" for name, part in value.items()) + "}"
    if isinstance(value, int) and abs(value) > 10**300:
        return ("-" if value < 0 else "") + "1" + "0" * 400
    return value.isoformat() if isinstance(value, date) else str(value)


def written(study: dict[str, Any], finding: dict[str, Any]) -> bytes:
    lines = ["[study]", *(f"{name} = {toml(value)}" for name, value in study.items())]
    lines += ["[[finding]]", *(f"{name} = {toml(value)}" for name, value in finding.items())]
    return "\n".join(lines).encode()


def read_and_build(data: bytes) -> bool:
    """Whether the file is refused by a listed fault; any other exception is a defect."""
    files = replace(
        drawn_evidence.FILES,
        studies={**drawn_evidence.FILES.studies, "config/studies/2000-nobody.toml": data},
    )
    if registry_report(files)[1]:
        return True
    build_evidence(files, as_of=AS_OF, method_version="2026.1")
    return False


@pytest.mark.slow
def test_no_value_in_any_field_becomes_a_traceback() -> None:
    base = tomllib.loads(drawn_evidence.audit(0, 700, "10.1000/first").decode())
    study, finding = base["study"], base["finding"][0]
    refused = [
        read_and_build(written(study, finding | {name: value}))
        for name in (*(field.name for field in fields(Finding)), "links")
        for value in VALUES
    ] + [
        read_and_build(written(study | {name: value}, finding))
        for name in (*(field.name for field in fields(Study)), "title", "status")
        for value in VALUES
    ]
    # Most of such values are wrong in most fields: fewer refusals mean that fields are no longer looked at.
    assert sum(refused) > len(refused) / 2


@pytest.mark.parametrize(
    "data",
    [
        b"finding = 3",
        b'finding = "x"',
        b"finding = [1]",
        b"identity = 3",
        b"study = 3",
        b"[[study]]\na = 1",
        b"\xff\xfe",
        b"",
        b"\x00",
        b"x = " + b"[" * 5000 + b"]" * 5000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_no_shape_of_a_file_becomes_a_traceback(data: bytes) -> None:
    _, faults = registry_report(registry_files({"config/studies/2000-nobody.toml": data}))
    assert faults
    assert all("config/studies/2000-nobody.toml" in fault.where for fault in faults)
