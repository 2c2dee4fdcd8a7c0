"""Pay premiums on a drop that states pay and names no employer: shown to work, not for publication.

nofluffjobs states a range and a level in every advert but no company, so that no premium of it can be published
(method.md section 4 takes employers as the sampling units). Here each distinct advert is its own unit: intervals
are too narrow by whatever adverts of one employer share. Its pay names no period either; log points need none.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from flows.annotate import Annotator
from transforms.drop import parse_manifest
from transforms.estimate.employers import Floats, Integers
from transforms.estimate.lasso import Flags
from transforms.estimate.pay import Premium, PremiumRule, premiums
from transforms.posting_file import parse_posting_file
from warehouse.landing import sha256_of

SOURCE = "nofluffjobs_2022"
CONTROLS = ("seniority_text", "industry_text", "pay_currency")
N_SHUFFLES = 40
SEED = 20260822
N_SHOWN = 8


def premium_quality(annotator: Annotator, drops: Path, rule: PremiumRule) -> bool:
    """Print premiums with their intervals, and how often intervals hold zero where the truth is zero.

    The placebo deals pay out anew among adverts of the same level and category, so that no skill can matter:
    of intervals at 95 % about 95 % must hold zero. Whether at least 90 % do; True where the drop is not there.
    """
    folder = drops / "postings" / SOURCE
    if not (folder / "manifest.json").is_file():
        print(f"pay premiums: skipped, no {SOURCE} at {folder}")
        return True
    table = _distinct(_postings(folder))
    names, skills = _skills(annotator, table, fewest=rule.arm_min)
    log_pay = np.log((_numbers(table, "pay_min") + _numbers(table, "pay_max")) / 2)
    controls = [_codes(table[name].to_pylist()) for name in CONTROLS]
    units = np.arange(table.num_rows)
    targets = range(len(names))
    found = premiums(log_pay, skills, units, controls, targets=targets, rule=rule)
    for line in _lines(names, found):
        print(line)
    held, n = _placebo(log_pay, skills, controls, rule)
    print(f"{'placebo':>22} pay dealt anew within level and category: {held} of {n} intervals hold zero")
    return n > 0 and held >= 0.9 * n


def _postings(folder: Path) -> pa.Table:
    manifest = parse_manifest((folder / "manifest.json").read_bytes(), where=str(folder))
    tables = []
    for file in manifest.files:
        data = (folder / file.path).read_bytes()
        tables.append(parse_posting_file(data, manifest, file.path, sha256_of(data)).table)
    return pa.concat_tables(tables)


def _distinct(table: pa.Table) -> pa.Table:
    """Adverts with both ends of pay, one per version of the text, in a fixed order."""
    first: dict[str, int] = {}
    for number, (version, low, high) in enumerate(
        zip(*(table[name].to_pylist() for name in ("posting_version", "pay_min", "pay_max")), strict=True)
    ):
        if low and high:
            first.setdefault(version, number)
    return table.take([first[version] for version in sorted(first)])


def _skills(annotator: Annotator, table: pa.Table, *, fewest: int) -> tuple[list[str], Flags]:
    """Skills that at least ``fewest`` adverts ask for and as many do not, and who asks for which."""
    asked = [
        {skill["skill"] for skill in annotator.annotate(_item(row))["skills"] if not skill["negated"]}
        for row in table.select(["title", "text"]).to_pylist()
    ]
    counts = Counter(skill for skills in asked for skill in skills)
    names = sorted(name for name, count in counts.items() if fewest <= count <= len(asked) - fewest)
    flags = np.array([[name in skills for name in names] for skills in asked], dtype=bool)
    return names, flags.reshape(len(asked), len(names))


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": "x", "task": "postings", "title": row["title"] or "", "text": row["text"] or ""}


def _placebo(log_pay: Floats, skills: Flags, controls: list[Integers], rule: PremiumRule) -> tuple[int, int]:
    """Intervals that hold zero, and all, over N_SHUFFLES deals of pay within the cells of the controls."""
    cells = _codes([" ".join(map(str, codes)) for codes in zip(*controls, strict=True)])
    units = np.arange(len(log_pay))
    dealer = np.random.default_rng(SEED)
    held = n = 0
    for _ in range(N_SHUFFLES):
        dealt = log_pay.copy()
        for cell in range(int(cells.max()) + 1):
            rows = np.flatnonzero(cells == cell)
            dealt[rows] = dealt[dealer.permutation(rows)]
        for premium in premiums(dealt, skills, units, controls, targets=range(skills.shape[1]), rule=rule):
            if premium.low is not None and premium.high is not None:
                held += premium.low <= 0 <= premium.high
                n += 1
    return held, n


def _lines(names: Sequence[str], found: Sequence[Premium]) -> list[str]:
    shown = sorted(
        ((p.value, name, p) for name, p in zip(names, found, strict=True) if p.value is not None),
        key=lambda item: (-item[0], item[1]),
    )
    head = (
        f"pay premiums on {SOURCE}: {len(shown)} of {len(names)} skills estimated over {found[0].n if found else 0} "
        "adverts, each its own unit since no employer is named; not published"
    )
    chosen = shown if len(shown) <= 2 * N_SHOWN else shown[:N_SHOWN] + shown[-N_SHOWN:]
    return [head] + [
        f"{name:>22} {value:+.3f} log points [{p.low:+.3f}, {p.high:+.3f}] {p.n_with} adverts with it, df {p.df:.0f}"
        for value, name, p in chosen
    ]


def _numbers(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].to_numpy(), dtype=np.float64)


def _codes(values: Sequence[Any]) -> Integers:
    return np.unique(np.array([str(value) for value in values]), return_inverse=True)[1].reshape(-1)
