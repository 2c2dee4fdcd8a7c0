"""Drawing matches for a blind judge, joining the verdicts, and the scores of what was judged."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from flows.audit import (
    CLOSE,
    JUDGED_COLUMNS,
    OPEN,
    ROOT,
    audit_line,
    audit_scores,
    draw_audit,
    judge_audit,
    key_file,
)
from flows.cli import app
from flows.exit_code import REFUSED
from flows.night import InputFault
from tests.drawn_tables import DrawnWarehouse, opaque
from warehouse.connection import NoWarehouse, open_warehouse
from warehouse.settings import Settings

ADVERT = "<p>We write <b>Go</b> all day.</p><p>Go to our page.</p>"
"""Cleaned: "We write Go all day.", a line end, "Go to our page."."""


def mention(posting: int, start: int, rule: str, *, accepted: bool) -> dict[str, object]:
    return {
        "posting_version": opaque("posting_version", str(posting)),
        "start_offset": start,
        "end_offset": start + 2,
        "skill_id": opaque("skill_id", "go"),
        "surface": "go",
        "accepted": accepted,
        "rule": rule,
    }


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """Forty adverts, each with an accepted match at 9, another one at 21 in half of them, and rejected ones."""
    with open_warehouse(settings) as opened:
        drawn = DrawnWarehouse(opened)
        drawn.fill(
            "raw_posting",
            [
                {
                    "posting_version": opaque("posting_version", str(number)),
                    "row_number": number,
                    "source_posting_key": str(number),
                    "text": ADVERT,
                    "text_format": "html",
                    "first_seen_basis": "none",
                }
                for number in range(1, 41)
            ],
        )
        drawn.fill(
            "core_skill",
            [{"skill_id": opaque("skill_id", "go"), "skill": "go", "skill_label": "Go", "scheme_code": "go"}],
        )
        rows = [mention(number, 9, "exact_case", accepted=True) for number in range(1, 41)]
        rows += [mention(number, 21, "in_list", accepted=True) for number in range(1, 21)]
        rows += [mention(number, 21, "no_exact_case", accepted=False) for number in range(21, 41)]
        rows += [mention(number, 0, "hyphenated", accepted=False) for number in range(1, 4)]
        drawn.fill("core_mention", rows)
    return settings


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def keys(path: Path) -> list[dict[str, str]]:
    with key_file(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_at_most_one_accepted_match_a_posting_and_some_of_each_rejection(
    filled: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "audit.jsonl"
    assert draw_audit(filled, out, n=30, n_rejected=5) == (30, 5 + 3)
    accepted = [row["posting_version"] for row in keys(out) if row["accepted"] == "yes"]
    assert len(accepted) == len(set(accepted)) == 30
    rejected = [row["rule"] for row in keys(out) if row["accepted"] == "no"]
    assert sorted(rejected) == ["hyphenated"] * 3 + ["no_exact_case"] * 5


def test_the_judge_sees_no_rule_and_no_decision(filled: Settings, tmp_path: Path) -> None:
    out = tmp_path / "audit.jsonl"
    draw_audit(filled, out, n=30, n_rejected=5)
    assert {tuple(line) for line in lines(out)} == {("id", "surface", "skill", "context")}
    shown = {line["context"] for line in lines(out)}
    assert f"We write {OPEN}Go{CLOSE} all day.\nGo to our page." in shown
    assert [line["id"] for line in lines(out)] == [row["id"] for row in keys(out)]
    accepted = [row["accepted"] for row in keys(out)]
    assert accepted not in (sorted(accepted), sorted(accepted, reverse=True))


@pytest.mark.slow
def test_the_draw_hangs_on_the_seed_alone(filled: Settings, tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("a", "b", "c"))
    draw_audit(filled, first, n=10)
    draw_audit(filled, again, n=10)
    draw_audit(filled, other, n=10, seed=1)
    assert first.read_bytes() == again.read_bytes()
    assert key_file(first).read_bytes() == key_file(again).read_bytes()
    assert key_file(first).read_bytes() != key_file(other).read_bytes()


def test_no_text_of_others_comes_into_the_checkout(filled: Settings) -> None:
    with pytest.raises(InputFault, match="lies in the checkout"):
        draw_audit(filled, ROOT / "audit.jsonl")


def test_without_a_night_there_is_nothing_to_draw(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NoWarehouse):
        draw_audit(replace(settings, home=tmp_path / "none"), tmp_path / "audit.jsonl")
    with pytest.raises(InputFault, match="no advert was read yet"):
        draw_audit(settings, tmp_path / "audit.jsonl")


def test_verdicts_become_facts_without_text(filled: Settings, tmp_path: Path) -> None:
    out, verdicts, judged = tmp_path / "audit.jsonl", tmp_path / "verdicts.csv", tmp_path / "judged.csv"
    draw_audit(filled, out, n=2, n_rejected=1)
    answers = {row["id"]: "right" if row["accepted"] == "yes" else "wrong" for row in keys(out)}
    unsure = next(row["id"] for row in keys(out) if row["accepted"] == "yes")
    answers[unsure] = "unsure"
    body = "".join(f"{name},{verdict},a note\n" for name, verdict in answers.items())
    verdicts.write_text("id,verdict,note\n" + body)
    assert judge_audit(out, verdicts, judged) == 2 + 2
    head, *rows = judged.read_text().splitlines()
    assert head == ",".join(JUDGED_COLUMNS)
    assert len(rows) == 4
    assert "write" not in judged.read_text()
    assert "note" not in judged.read_text()
    total = audit_scores(judged)[0]
    assert (total.rule, total.n_good, total.n) == ("all", 1, 2), "unsure counts as wrong"
    assert {(one.rule, one.n_good) for one in audit_scores(judged) if not one.accepted} == {
        ("hyphenated", 1),
        ("no_exact_case", 1),
    }


def test_all_faults_of_verdicts_are_told(filled: Settings, tmp_path: Path) -> None:
    out, verdicts = tmp_path / "audit.jsonl", tmp_path / "verdicts.csv"
    draw_audit(filled, out, n=3, n_rejected=0)
    first, second, third = (row["id"] for row in keys(out))
    verdicts.write_text(f"id,verdict\n{first},right\n{first},wrong\n{second},maybe\nnone,right\n")
    with pytest.raises(InputFault) as caught:
        judge_audit(out, verdicts, tmp_path / "judged.csv")
    told = "\n".join(caught.value.faults)
    assert f"id '{first}' was judged before" in told
    assert "verdict 'maybe' is none of right, wrong, unsure" in told
    assert "id 'none' is not in the sample" in told
    assert f"id '{third}' is not judged" in told
    assert not (tmp_path / "judged.csv").exists()


def test_the_bar_is_on_the_lower_end(tmp_path: Path) -> None:
    """Wilson 1927 at 288 of 300: .9600 with [.9314, .9769]; at 283 of 300: lower end .9111."""
    judged = tmp_path / "judged.csv"

    def told(right: int) -> str:
        row = "0,0,1,2,go,exact,yes,"
        body = "".join(f"{row}{'right' if number < right else 'wrong'}\n" for number in range(300))
        judged.write_text(",".join(JUDGED_COLUMNS) + "\n" + body)
        return audit_line(audit_scores(judged)[0])

    assert "0.960 [0.931, 0.977] 288/300  lower end above 0.92: reached" in told(288)
    assert "[0.911, 0.964] 283/300  lower end above 0.92: MISSED" in told(283)


def test_the_commands_draw_and_refuse(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SKILLWEIGHTS_HOME", str(filled.home))
    out = tmp_path / "audit.jsonl"
    assert not app(
        ["audit-sample", "--out", str(out), "--n", "4", "--rejected", "1"], result_action="return_value"
    )
    assert "4 accepted and 2 rejected matches" in capsys.readouterr().out
    assert app(["audit-score", "--sample", str(out)], result_action="return_value") == REFUSED
    assert "--sample and --verdicts go together" in capsys.readouterr().err
