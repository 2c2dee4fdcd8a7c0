"""What is pooled, what is left out and why, on invented studies of one claim."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.evidence.files import COUNTEREXAMPLES, registry_files
from transforms.evidence.effect import Effect
from transforms.evidence.pool import pool
from transforms.evidence.registry import Evidence, build_evidence

CLAIM = 'claim = "callback-mother"'
ASSIGNED = '[[assigned]]\nsample_group = "{}"\nattributes = ["mother"]\n'
SIDES = ('exposure = "mother"', 'comparison = "woman without children"', 'cohort = "mothers"')


def study(name: str, **fields: str) -> dict[str, bytes]:
    """An invented study on callbacks of mothers with its own sample, of its own size unless counts are given."""
    values = {
        "study_id": f'"{name}"',
        "title": f'"Invented study {name}"',
        "url": f'"https://example.org/{name}"',
        "finding_id": f'"{name}-main"',
        "sample_group": f'"{name.lower()}"',
        "claim": '"callback-mother"',
        "cohort": '"mothers"',
        "exposure": '"mother"',
        "comparison": '"woman without children"',
        "randomised_attributes": '["mother"]',
    }
    if "ai" not in fields:
        size = 1 + ord(name[-1]) - ord("A")
        values |= {
            "ai": f"{80 * size}",
            "n1i": f"{1000 * size}",
            "ci": f"{100 * size}",
            "n2i": f"{1000 * size}",
        }
        values["stated"] = f'"{80 * size}/{1000 * size} vs {100 * size}/{1000 * size}"'
    values |= fields
    lines = []
    for line in (COUNTEREXAMPLES / "valid.toml").read_text().splitlines():
        field = line.split(" = ")[0]
        lines.append(f"{field} = {values.pop(field)}" if field in values else line)
    head = [
        f"{field} = {values.pop(field)}" for field in ("includes_samples", "superseded_by") if field in values
    ]
    place = lines.index("[study]") + 1
    lines[place:place] = head
    lines += [f"{field} = {value}" for field, value in values.items()]
    return {f"config/studies/{name}.toml": "\n".join([*lines, ""]).encode()}


def ratio(ai: int) -> dict[str, str]:
    return {"ai": str(ai), "estimate": str(ai / 100), "stated": f'"{ai}/1000 vs 100/1000"'}


def built(*studies: dict[str, bytes]) -> Evidence:
    extra = {path: data for one in studies for path, data in one.items()}
    files = registry_files(extra)
    rules = [ASSIGNED.format(name[len("config/studies/") : -len(".toml")].lower()) for name in extra]
    files = replace(files, standing_rules=files.standing_rules + "".join(rules).encode())
    return build_evidence(files, as_of=date(2026, 11, 22), method_version="2026.1")


def synthesis(evidence: Evidence, claim: str = "callback-mother") -> dict[str, Any]:
    return next(row for row in evidence.tables["export_synthesis"].to_pylist() if row["claim"] == claim)


def finding(evidence: Evidence, name: str) -> dict[str, Any]:
    return next(row for row in evidence.tables["export_finding"].to_pylist() if row["finding_id"] == name)


def test_independent_studies_are_pooled_on_the_log_scale() -> None:
    row = synthesis(built(study("EXA"), study("EXB", **ratio(70)), study("EXC", **ratio(90))))
    effects = [Effect(math.log(ai / 100), 1 / ai + 1 / 100 - 2 / 1000) for ai in (80, 70, 90)]
    wanted = pool(effects)
    assert (row["k"], row["unit"], row["measure"]) == (3, "fraction", "log_rr")
    assert row["value"] == pytest.approx(math.exp(wanted.mu))
    assert (row["ci_low"], row["ci_high"]) == (
        pytest.approx(math.exp(wanted.ci_low)),
        pytest.approx(math.exp(wanted.ci_high)),
    )
    assert row["left_out"] == ["DEM2021M-mother: prints no single number"]


def test_one_sample_counts_once_with_its_most_precise_finding() -> None:
    small = {"n1i": "500", "n2i": "500", "ai": "40", "ci": "50", "stated": '"40/500 vs 50/500"'}
    row = synthesis(built(study("EXA"), study("EXB", sample_group='"exa"', **small), study("EXC")))
    assert row["finding_ids"] == ["EXA-main", "EXC-main"]
    assert "EXB-main: same sample as EXA-main" in row["left_out"]


def test_a_bound_and_a_superseded_version_stay_out() -> None:
    bound = {
        "metric": '"pct_change"',
        "unit": '"percent"',
        "estimate": "-20",
        "stated": '"more than 20% fewer"',
        "estimate_bound": '"at_least"',
        "estimate_basis": '"as_stated"',
        "ci_low": "-30",
        "ci_high": "-9",
        "ci_level": "0.95",
    }
    old = {"status": '"superseded"', "superseded_by": '"EXA"', "sample_group": '"exa"'}
    row = synthesis(built(study("EXA"), study("EXB", **bound), study("EXC", **old)))
    assert (row["value"], row["reason"], row["finding_ids"]) == (None, "single_study", ["EXA-main"])
    assert "EXB-main: a bound, not an estimate" in row["left_out"]
    assert "EXC-main: superseded by EXA" in row["left_out"]


def test_a_meta_analysis_is_not_pooled_with_what_it_may_contain() -> None:
    meta = {"design": '"meta_analysis"', "includes_samples": '["exa"]'}
    evidence = built(study("EXA"), study("EXB"), study("EXM", **meta))
    row = synthesis(evidence)
    assert row["finding_ids"] == ["EXA-main", "EXB-main"]
    assert any(line.startswith("EXM-main: a meta-analysis") for line in row["left_out"])
    # ... nor is it a replication of the study it contains; of the other one it is
    assert finding(evidence, "EXA-main")["n_same_sign"] == 2  # EXB and DEM2021M
    assert finding(evidence, "EXB-main")["n_same_sign"] == 3
    assert finding(evidence, "EXM-main")["n_same_sign"] == 2


def test_different_measures_are_never_mixed() -> None:
    points = {
        "metric": '"callback_diff_pp"',
        "unit": '"pp"',
        "estimate": "-2",
        "stated": '"2 percentage points lower"',
        "estimate_basis": '"as_stated"',
    }
    evidence = built(study("EXA"), study("EXB", **points))
    rows = [
        row for row in evidence.tables["export_synthesis"].to_pylist() if row["claim"] == "callback-mother"
    ]
    assert [(row["measure"], row["k"], row["value"]) for row in rows] == [
        ("log_rr", 1, None),
        ("rd", 1, None),
    ]
    assert "EXB-main: measured as rd" in rows[0]["left_out"]


def test_what_an_experiment_did_not_assign_is_never_shown() -> None:
    observed = {"metric": '"association_ratio"', "attribute_randomised": '"no"'}
    evidence = built(study("EXA", **observed), study("EXB", **observed))
    assert synthesis(evidence)["value"] is None
    row = finding(evidence, "EXA-main")
    assert (row["status"], row["reason"], row["estimate"]) == ("not_applicable", "not_identifiable", None)


def test_many_studies_lose_the_warning_of_few() -> None:
    many = [study(f"EX{letter}", **ratio(70 + index)) for index, letter in enumerate("ABCDEFGHIJ")]
    row = synthesis(built(*many))
    assert (row["k"], row["status"], row["reason"]) == (10, "ok", None)
    assert row["egger_p"] is not None and row["certainty"] == "high"


def test_power_is_reckoned_against_the_pooled_effect_once_there_is_one() -> None:
    alone, together = built(study("EXA")), built(study("EXA"), study("EXB", **ratio(60)))

    def against(evidence: Evidence) -> float:
        rows = evidence.tables["core_finding_derived"].to_pylist()
        return float(next(row["power_against"] for row in rows if row["finding_id"] == "EXA-main"))

    assert against(alone) == pytest.approx(math.log(0.9))
    assert against(together) == pytest.approx(synthesis(together)["mu"])


def test_planted_reversal_is_turned_before_pooling() -> None:
    turned = {
        "exposure": '"woman without children"',
        "comparison": '"mother"',
        "ai": "200",
        "n1i": "2000",
        "ci": "160",
        "n2i": "2000",
        "estimate": "1.25",
        "stated": '"200/2000 vs 160/2000"',
    }
    row = synthesis(built(study("EXA"), study("EXB", **turned)))
    assert row["value"] == pytest.approx(0.8)
    assert row["i2"] == 0
