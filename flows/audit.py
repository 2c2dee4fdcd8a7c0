"""A blind audit: matches drawn from the last night, judged by somebody who sees neither rule nor decision.

The judge gets an id, the marked words in their context and the skill they were taken for; rejected matches lie among
the accepted ones. Which is which stands in a key file. What is kept afterwards holds no advert text.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.night import InputFault
from transforms.score_interval import wilson
from transforms.text import clean
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
JUDGED_FILE = ROOT / "tests" / "labelled" / "audit.csv"

SEED = 20261122
N_ACCEPTED = 300
N_REJECTED = 10
"""Rejected matches drawn of each rule: enough to see a rule that rejects at random, too few for a rate."""

CONTEXT = 400
"""Characters shown on each side. With 150 the judges of the first audit couldn't tell 8 of 300."""

OPEN, CLOSE = "⟦", "⟧"
VERDICTS = ("right", "wrong", "unsure")
BAR = 0.92
"""The lower end of the interval of precision must lie above it."""

QUESTION = (
    f"Each line shows words of an advert between {OPEN} and {CLOSE}. right: they name this skill, and the job asks "
    "for it, prefers it or works with it; a team's stack is worked with, and an opening for people of that skill asks "
    "for it. wrong: they mean something else, or the job doesn't ask for it (what the product offers its customers, a "
    "name, another department, something given up). unsure: the context doesn't tell. Write a CSV with the columns "
    f"id,verdict,note and one of {', '.join(VERDICTS)}."
)

JUDGED_COLUMNS = (
    "posting_version", "reader_version", "start", "end", "skill", "rule", "accepted", "verdict",
)  # fmt: skip

_DRAW = """
-- one row per drawn match: lots are drawn by hash, so the draw depends on nothing but seed and matches
WITH lots AS (
    SELECT *, md5(concat_ws('|', $seed, posting_version, start_offset, end_offset, skill_id)) AS lot
    FROM core_mention
), one_per_posting AS (
    SELECT * FROM lots
    QUALIFY row_number() OVER (
        PARTITION BY posting_version, accepted, CASE WHEN accepted THEN '' ELSE rule END ORDER BY lot
    ) = 1
), drawn AS (
    SELECT * FROM one_per_posting
    QUALIFY row_number() OVER (PARTITION BY accepted, CASE WHEN accepted THEN '' ELSE rule END ORDER BY lot)
        <= CASE WHEN accepted THEN $n_accepted ELSE $n_rejected END
)
SELECT posting_version, reader_version, start_offset, end_offset, skill, skill_label, rule, accepted, lot
FROM drawn JOIN core_skill USING (skill_id)
ORDER BY lot
"""

_TEXTS = """
-- one row per drawn posting version: a version is a hash of its text, so any row of it would do
SELECT posting_version,
       any_value(text ORDER BY source_id, release, file, row_number) AS text,
       any_value(text_format ORDER BY source_id, release, file, row_number) AS text_format
FROM raw_posting WHERE posting_version IN (SELECT unnest($versions))
GROUP BY posting_version
"""


@dataclass(frozen=True)
class AuditScore:
    """Verdicts on the matches of one rule, accepted or rejected; ``unsure`` speaks against the reader in both."""

    rule: str
    accepted: bool
    n: int
    n_good: int
    low: float
    high: float


def draw_audit(
    settings: Settings,
    out: Path,
    *,
    n: int = N_ACCEPTED,
    n_rejected: int = N_REJECTED,
    seed: int = SEED,
) -> tuple[int, int]:
    """Write the judge's lines to ``out`` and the key beside it; returns accepted and rejected matches drawn.

    Accepted matches are drawn uniformly with at most one a posting; rejected ones likewise within their rule.
    Raises InputFault where ``out`` lies inside the checkout, which holds no advert text, or where nothing
    was read yet, and NoWarehouse.
    """
    if out.resolve().is_relative_to(ROOT):
        raise InputFault(
            [f"{out} lies in the checkout, which holds no text of others: name a file elsewhere"]
        )
    with open_warehouse(settings, read_only=True) as warehouse:
        parameters = {"seed": str(seed), "n_accepted": n, "n_rejected": n_rejected}
        drawn = warehouse.arrow(_DRAW, parameters).to_pylist()
        versions = sorted({row["posting_version"] for row in drawn})
        texts = {
            version: clean(text, text_format)
            for version, text, text_format in warehouse.rows(_TEXTS, {"versions": versions})
        }
    if not drawn:
        raise InputFault(["no advert was read yet: skillweights nightly --drop FOLDER"])
    for row in drawn:
        # A lot is small where its rule is common, so it may not stand in the judge's file.
        row["id"] = hashlib.sha256(row["lot"].encode()).hexdigest()[:12]
    drawn.sort(key=lambda row: row["id"])
    out.write_text(
        "".join(_judge_line(row, texts[row["posting_version"]]) for row in drawn), encoding="utf-8"
    )
    _write_csv(key_file(out), ("id", *JUDGED_COLUMNS[:-1]), map(_key_row, drawn))
    n_accepted = sum(row["accepted"] for row in drawn)
    return n_accepted, len(drawn) - n_accepted


def key_file(sample: Path) -> Path:
    """Where the rules and decisions behind a judge's file are kept."""
    return sample.with_name(sample.name + ".key.csv")


def judge_audit(sample: Path, verdicts: Path, judged: Path = JUDGED_FILE) -> int:
    """Join verdicts to the key of a sample and write the judged facts, without text; returns their number.

    Raises InputFault listing verdicts outside VERDICTS, unknown, repeated and unjudged ids.
    """
    keys = {row["id"]: row for row in _read_csv(key_file(sample))}
    given: dict[str, str] = {}
    faults = []
    for number, row in enumerate(_read_csv(verdicts), start=2):
        name, verdict = row.get("id") or "", (row.get("verdict") or "").strip()
        where = f"{verdicts} line {number}"
        if name not in keys:
            faults.append(f"{where}: id {name!r} is not in the sample")
        if name in given:
            faults.append(f"{where}: id {name!r} was judged before")
        if verdict not in VERDICTS:
            faults.append(f"{where}: verdict {verdict!r} is none of {', '.join(VERDICTS)}")
        given[name] = verdict
    faults += [f"{verdicts}: id {name!r} is not judged" for name in sorted(keys.keys() - given.keys())]
    if faults:
        raise InputFault(faults)
    rows = [{**row, "verdict": given[name]} for name, row in keys.items()]
    rows.sort(key=lambda row: (row["accepted"], row["rule"], row["posting_version"], int(row["start"])))
    _write_csv(judged, JUDGED_COLUMNS, ({name: row[name] for name in JUDGED_COLUMNS} for row in rows))
    return len(rows)


def audit_scores(judged: Path = JUDGED_FILE) -> list[AuditScore]:
    """Scores of a judged file: first all accepted matches (rule `all`), then each rule, accepted ones first.

    Good is an accepted match judged right, and a rejected one judged wrong.
    """
    rows = _read_csv(judged)
    accepted = [row for row in rows if row["accepted"] == "yes"]
    rejected = [row for row in rows if row["accepted"] == "no"]
    return [
        _score("all", accepted, accepted=True),
        *_by_rule(accepted, accepted=True),
        *_by_rule(rejected, accepted=False),
    ]


def audit_line(score: AuditScore) -> str:
    """One line: what was judged, the share that is good, its 95 % interval, and the bar of the whole."""
    what = "accepted, right" if score.accepted else "rejected, rightly"
    share = f"{score.n_good / score.n:.3f}" if score.n else "-"
    line = f"{what:<18} {score.rule:<36} {share} [{score.low:.3f}, {score.high:.3f}] {score.n_good}/{score.n}"
    if score.accepted and score.rule == "all":
        line += f"  lower end above {BAR}: {'reached' if score.low >= BAR else 'MISSED'}"
    return line


def _by_rule(rows: Sequence[Mapping[str, str]], *, accepted: bool) -> list[AuditScore]:
    return [
        _score(rule, [row for row in rows if row["rule"] == rule], accepted=accepted)
        for rule in sorted({row["rule"] for row in rows})
    ]


def _score(rule: str, rows: Sequence[Mapping[str, str]], *, accepted: bool) -> AuditScore:
    good = sum(row["verdict"] == ("right" if accepted else "wrong") for row in rows)
    return AuditScore(rule, accepted, len(rows), good, *wilson(good, len(rows)))


def _judge_line(row: Mapping[str, Any], text: str) -> str:
    start, end = row["start_offset"], row["end_offset"]
    shown = (
        f"{text[max(0, start - CONTEXT) : start]}{OPEN}{text[start:end]}{CLOSE}{text[end : end + CONTEXT]}"
    )
    line = {"id": row["id"], "surface": text[start:end], "skill": row["skill_label"], "context": shown}
    return json.dumps(line, ensure_ascii=False) + "\n"


def _key_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "posting_version": row["posting_version"],
        "reader_version": row["reader_version"],
        "start": row["start_offset"],
        "end": row["end_offset"],
        "skill": row["skill"],
        "rule": row["rule"],
        "accepted": "yes" if row["accepted"] else "no",
    }


def _read_csv(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise InputFault([f"there is no {path}; draw with: skillweights audit-sample --out FILE"])
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
