"""What a reader of a release's files can tell without a program: numbers beside numbers (contract section 5)."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, permutations

from tests.oracle.program import Key
from tests.oracle.release_attack import SHOWN, Files, Reader, Row, period, sorted_out


def told_of_pairs(reader: Reader, files: Files, *, wide: float = 5) -> Iterator[str]:
    """Families with both skills in a role that lists no such pair, where they are known within ``wide`` values.

    The role's two shares are shown; a pair of the pool tells what all roles and the rest hold together.
    """
    release = sorted_out(files, pooled=reader.pooled, levels=reader.levels)
    shares: dict[Key, int] = {}
    for row in files.metric_value:
        headline = (row["source_group"], row["geo"], row["metric"]) == ("all", "all", "posting_share")
        if headline and row["status"] in SHOWN and row["n_numerator"] > 0:
            shares[row["occupation"], *period(row), row["skill"]] = row["n_numerator"]
    pairs = {
        (r["occupation"], *period(r), r["skill"], r["paired_skill"]): r["n_both"] for r in files.skill_pair
    }
    for (occupation, start, end, a, b), n_pool in pairs.items():
        if occupation != "all" or a > b:
            continue
        here = [r for r in release.roles if (r, start, end, a) in shares and (r, start, end, b) in shares]
        known = [pairs[r, start, end, a, b] for r in here if (r, start, end, a, b) in pairs]
        for role in here:
            if (role, start, end, a, b) in pairs:
                continue
            n_a, n_b = shares[role, start, end, a], shares[role, start, end, b]
            base = release.bases[role, "all", "all", start, end]
            most = min(n_a, n_b, n_pool - (sum(known) if reader.apart else max(known, default=0)))
            least = max(0, n_a + n_b - base)
            if most - least < wide:
                yield f"{role}: {a} with {b}: {least} to {most}"


def told_by_codes(files: Files, *, k_leave: int = 10) -> Iterator[str]:
    """Few families that one published code has beyond another published one inside it.

    A code at a lower confidence holds what it holds at a higher one.
    """
    shown = [r for r in files.taxonomy_sensitivity if r["status"] in SHOWN]
    nested: dict[Key, list[Row]] = defaultdict(list)
    for row in shown:
        nested[row["occupation"], row["skill"], row["scheme"], row["code"], *period(row)].append(row)
    for key, rows in nested.items():
        ordered = sorted(rows, key=lambda r: r["min_confidence"])
        for wider, inner in pairwise(ordered):
            asking = wider["n_numerator"] - inner["n_numerator"]
            others = wider["n_denominator"] - inner["n_denominator"] - asking
            if 0 < asking < k_leave or 0 < others < k_leave:
                yield f"{key}: {asking} with and {others} without between the two confidences"


COUNTED = ("posting_share", "required_share", "preferred_share", "ladder")


def told_by_periods(files: Files, *, k_enter: int = 15) -> Iterator[str]:
    """Few families in what a period has beyond one inside it, where both are shown: a reader subtracts.

    Shares, ways of asking, slopes, steps of seniority and pairs; those with and those without.
    """
    cells: dict[Key, dict[Key, tuple[int, int]]] = defaultdict(dict)
    for r in files.metric_value:
        if r["metric"] in COUNTED and r["status"] in SHOWN:
            key: Key = (r["occupation"], r["skill"], r["metric"], r["source_group"], r["geo"])
            cells[key][period(r)] = (r["n_numerator"], r["n_denominator"])
    for r in files.ladder:
        if r["status"] in SHOWN:
            key = (r["occupation"], r["skill"], r["ladder_level"])
            cells[key][period(r)] = (r["level_n"], r["level_n_denominator"])
    for r in files.skill_pair:
        pair = (r["occupation"], r["skill"], r["paired_skill"])
        cells[*pair, "of first"][period(r)] = (r["n_both"], r["n_skill"])
    for key, by_period in cells.items():
        for whole, within in permutations(by_period, 2):
            if whole[0] <= within[0] and within[1] <= whole[1]:
                (x, n), (y, m) = by_period[whole], by_period[within]
                # Beside a share, those who do not require it are those who prefer it, mention it, or do not ask.
                rests = (x - y, (n - x) - (m - y))
                if any(0 < rest < k_enter for rest in rests):
                    yield f"{key} {whole} less {within}: {rests[0]} with, {rests[1]} without"


def told_by_pay(files: Files, *, k_leave: int = 10) -> Iterator[str]:
    """Few families that disclose pay, do not, or do in another currency, where quartiles or premiums tell how many.

    Quartiles are of one currency, premiums of all that enough families pay in.
    """
    bases = {
        (r["occupation"], *period(r)): r["n_families_headline"]
        for r in files.occupation
        if r["n_families_headline"] is not None
    }
    paid: dict[Key, dict[str, int]] = defaultdict(dict)
    for row in files.metric_value:
        if (
            row["metric"] in ("salary_p25", "salary_p50", "salary_p75", "pay_premium")
            and row["status"] in SHOWN
        ):
            paid[row["occupation"], *period(row)][row["metric"]] = row["n"]
    for key, numbers in paid.items():
        counts = sorted({*numbers.values(), *([bases[key]] if key in bases else [])})
        if counts[0] < k_leave or any(0 < b - a < k_leave for a, b in pairwise(counts)):
            yield f"{key}: {numbers} disclose pay of {bases.get(key)}"


def counts_of_withheld(files: Files) -> Iterator[str]:
    """Numbers in rows that are withheld."""
    numbers = (
        "value",
        "n",
        "n_numerator",
        "n_denominator",
        "n_effective",
        "n_employers",
        "ci_low",
        "ci_high",
    )
    for row in files.metric_value:
        if row["status"] not in SHOWN and any(row[name] is not None for name in numbers):
            yield f"{row['occupation']} {row['skill']} {row['metric']}: a withheld row carries a number"


def told_by_scores(files: Files) -> Iterator[str]:
    """Scores with a part that the release withholds, and rows beside a share that is withheld."""
    names = {"required_of_asking": "required_share"}
    shown = {
        (r["occupation"], r["skill"], *period(r), r["metric"])
        for r in files.metric_value
        if r["status"] in SHOWN and (r["source_group"], r["geo"]) == ("all", "all")
    }
    for row in files.importance_score:
        for part in row["score_parts"]:
            if (row["occupation"], row["skill"], *period(row), names.get(part, part)) not in shown:
                yield f"{row['occupation']} {row['skill']}: the score holds {part}, which is withheld"
    for row in files.share_sensitivity:
        if (row["occupation"], row["skill"], *period(row), "posting_share") not in shown:
            yield f"{row['occupation']} {row['skill']}: a share that is withheld stands in share_sensitivity"
