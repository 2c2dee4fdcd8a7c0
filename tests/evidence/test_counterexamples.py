"""Every hard failure has a file that must raise it, and raises nothing else."""

import re
from pathlib import Path

import pytest

from tests.evidence.files import COUNTEREXAMPLES, registry_files
from transforms.evidence.fault import EvidenceFault
from transforms.evidence.registry import registry_report

FILES = sorted(COUNTEREXAMPLES.glob("*.toml"))

HARD_FAILURES = {
    1: {"source_missing", "locator_missing", "stated_missing", "verified_on_missing", "stated_not_estimate"},
    2: {
        "counts_impossible",
        "counts_not_estimate",
        "estimate_impossible",
        "n_impossible",
        "interval_without_estimate",
        "uncertainty_inconsistent",
        "identity_broken",
    },
    3: {"doi_malformed"},
    4: {"vendor_undisclosed", "legal_effect", "not_randomised_effect", "link_not_exact"},
    5: {"replication_same_sample", "replication_superseded", "replication_contains_study"},
}
"""By number of evidence rule; title, year and retraction of rule 3 are in test_bibliography.py."""


def expected(path: Path) -> tuple[str, str]:
    found = re.match(r"# must raise (\w+): (.*)", path.read_text().splitlines()[0])
    assert found, f"{path.name} does not say what it must raise"
    return found[1], found[2]


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_raises_its_rule_with_its_message_and_no_other(path: Path) -> None:
    rule, message = expected(path)
    _, faults = registry_report(registry_files({f"config/studies/{path.name}": path.read_bytes()}))
    if rule == "nothing":
        assert not faults
        return
    assert {fault.rule for fault in faults} == {rule}, "\n".join(map(str, faults))
    assert any(message in fault.message for fault in faults), "\n".join(map(str, faults))
    assert any(path.name in fault.where for fault in faults)


def test_every_hard_failure_has_a_counterexample() -> None:
    raised = {expected(path)[0] for path in FILES}
    for number, rules in HARD_FAILURES.items():
        assert rules <= raised, f"evidence rule {number} lacks {sorted(rules - raised)}"


def test_all_faults_of_all_files_are_listed_at_once() -> None:
    broken = [path for path in FILES if path.stem.startswith(("1-no-locator", "4-vendor-undisclosed"))]
    extra = {
        f"config/studies/{path.name}": path.read_bytes().replace(b"EX2000", f"EX200{index}".encode())
        for index, path in enumerate(broken)
    }
    _, faults = registry_report(registry_files(extra))
    message = str(EvidenceFault(faults))
    assert "locator_missing" in message and "vendor_undisclosed" in message
    assert "skillweights study check" in message


def test_one_study_entered_twice_is_refused() -> None:
    valid = (COUNTEREXAMPLES / "valid.toml").read_bytes()
    _, faults = registry_report(
        registry_files({"config/studies/a.toml": valid, "config/studies/b.toml": valid})
    )
    assert {fault.rule for fault in faults} == {"duplicate_id"}
    assert {fault.where for fault in faults} == {"config/studies/a.toml", "config/studies/b.toml"}


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read() -> None:
    _, faults = registry_report(
        registry_files({"config/studies/a.toml": b"# no more than a remark\n" * 450_000})
    )
    assert [(fault.rule, fault.message) for fault in faults] == [
        ("too_large", "10,800,000 bytes; a file holds 1,000,000 at most")
    ]


def test_a_file_nested_without_end_is_refused() -> None:
    _, faults = registry_report(registry_files({"config/studies/a.toml": b"x = " + b"[" * 50_000}))
    assert [fault.rule for fault in faults] == ["not_toml"]


def test_what_is_wrong_with_a_field_is_said_without_names_of_types() -> None:
    text = (COUNTEREXAMPLES / "valid.toml").read_text()
    text = text.replace('outcome = "callback"', 'outcome = ""').replace("estimate = 0.8", 'estimate = "0.8"')
    _, faults = registry_report(registry_files({"config/studies/a.toml": text.encode()}))
    messages = {fault.message for fault in faults}
    assert "outcome = '' is empty: fill it in, or take the line out" in messages
    assert "estimate = '0.8' is not a number" in messages


IN_OTHER_UNITS = {
    "log": ('metric = "callback_ratio"', 'unit = "log"', "estimate = -0.22314", "estimate = -0.25"),
    "percent": ('metric = "pct_change"', 'unit = "percent"', "estimate = -20", "estimate = -25"),
    "pp": ('metric = "callback_diff_pp"', 'unit = "pp"', "estimate = -2", "estimate = -3"),
}


@pytest.mark.parametrize("lines", IN_OTHER_UNITS.values(), ids=IN_OTHER_UNITS)
def test_counts_bear_out_the_same_finding_in_other_units(lines: tuple[str, str, str, str]) -> None:
    text = (COUNTEREXAMPLES / "valid.toml").read_text()
    own = ('metric = "callback_ratio"', 'unit = "fraction"', "estimate = 0.8")
    for before, after in zip(own, lines[:3], strict=True):
        text = text.replace(before, after)
    _, faults = registry_report(registry_files({"config/studies/a.toml": text.encode()}))
    assert not faults
    wrong = text.replace(lines[2], lines[3])
    _, faults = registry_report(registry_files({"config/studies/a.toml": wrong.encode()}))
    assert {fault.rule for fault in faults} == {"counts_not_estimate", "stated_not_estimate"}
