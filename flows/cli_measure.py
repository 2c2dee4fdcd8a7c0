"""Commands that measure: the reader on labelled text, intervals on planted markets, speed against bars."""

import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.exit_code import FAILED, OK, guarded


def annotate(
    *,
    set_: Annotated[Path, Parameter(name="--set")],
    out: Path,
    drop: Annotated[list[Path] | None, Parameter(negative=())] = None,
) -> int:
    """Read labelled sets, or adverts of your own, and write what this reader makes of each item.

    Example: skillweights annotate --set adverts.jsonl --out predictions.jsonl --drop ../shared/data

    Parameters
    ----------
    set_
        JSON lines, plain or .gz: {"id", "text", "title"} for adverts; "task" chooses another task.
    out
        File to write, one line per item; replaced if it is there.
    drop
        Folder with ESCO and O*NET drops; may be given several times. Default: those of the last night.
    """

    def run() -> int:
        from flows.annotate import annotate as annotate_set
        from warehouse.settings import settings_from_env

        done = annotate_set(settings_from_env(os.environ), set_, out, drop or [])
        for warning in done.warnings:
            print(f"warning: {warning}", file=sys.stderr)
        releases = ", ".join(f"{kind} {release}" for kind, release in sorted(done.versions.items()))
        for task, count in sorted(done.n_items.items()):
            print(f"{task}: {count} items with {releases or 'no taxonomy'}: {out}")
        return OK

    return guarded(run)


def quality(
    *, own: bool = False, misses: bool = False, gold: Path | None = None, real_data: Path | None = None
) -> int:
    """Score the reader on labelled text, its own and that of others, and print each score with its interval.

    Prints as well how the shares of the home's last night agree with what O*NET and ESCO list for each role.

    Example: skillweights quality --gold ../shared/gold

    Parameters
    ----------
    own
        Only the project's own labelled text (tests/labelled): precision and recall per rule class.
    misses
        List what was missed or found wrongly in it.
    gold
        Folder with score.py and dev/; default: ../shared/gold where it exists.
    real_data
        Tree of drops with ESCO and O*NET; default: SKILLWEIGHTS_REAL_DATA, else ../shared/data.
    """

    def run() -> int:
        from flows.agreement import print_agreement
        from flows.quality import own_quality
        from flows.quality import quality as measure
        from flows.real_data import real_data_folder
        from warehouse.settings import settings_from_env

        reached = own_quality(misses=misses)
        if not own:
            print_agreement(settings_from_env(os.environ))
            reached &= measure(settings_from_env(os.environ), gold, real_data or real_data_folder(os.environ))
        return OK if reached else FAILED

    return guarded(run)


def audit_sample(*, out: Path, n: int = 300, rejected: int = 10, seed: int = 20261122) -> int:
    """Draw matches of the last night for a person to judge, without rule or decision.

    Example: skillweights audit-sample --out ../audit.jsonl

    Parameters
    ----------
    out
        File for the judge, outside the checkout; the key with rules and decisions comes beside it.
    n
        Accepted matches to draw, at most one a posting.
    rejected
        Rejected matches to draw of each rule, mixed among the others.
    seed
        The draw is a function of it and the matches.
    """

    def run() -> int:
        from flows.audit import QUESTION, draw_audit, key_file
        from warehouse.settings import settings_from_env

        drawn = draw_audit(settings_from_env(os.environ), out, n=n, n_rejected=rejected, seed=seed)
        print(f"{out}: {drawn[0]} accepted and {drawn[1]} rejected matches; key: {key_file(out)}")
        print(QUESTION)
        return OK

    return guarded(run)


def audit_score(*, sample: Path | None = None, verdicts: Path | None = None) -> int:
    """Print the precision of judged matches with its interval; keep the judged facts of a new sample.

    Example: skillweights audit-score --sample ../audit.jsonl --verdicts ../verdicts.csv

    Parameters
    ----------
    sample
        File written by audit-sample, its key beside it; default: the kept facts in tests/labelled/audit.csv.
    verdicts
        CSV with id, verdict (right, wrong or unsure) and note; needed with --sample.
    """

    def run() -> int:
        from flows.audit import audit_line, audit_scores, judge_audit
        from flows.night import InputFault

        if (sample is None) != (verdicts is None):
            raise InputFault(["--sample and --verdicts go together"])
        if sample and verdicts:
            print(
                f"{judge_audit(sample, verdicts)} matches judged, kept without text in tests/labelled/audit.csv"
            )
        print("\n".join(audit_line(score) for score in audit_scores()))
        return OK

    return guarded(run)


def simulate(*, seeds: int = 2000, seed: int = 2026) -> int:
    """Plant markets whose truth is known and print how often the intervals of a release hold it.

    Example: skillweights simulate --seeds 2000

    Parameters
    ----------
    seeds
        Markets drawn for each kind of market and each planted share.
    seed
        Start of the random numbers; the same seed gives the same figures.
    """

    def run() -> int:
        from flows.simulate import simulate as plant
        from warehouse.settings import settings_from_env

        return OK if plant(settings_from_env(os.environ), n_seeds=seeds, seed=seed) else FAILED

    return guarded(run)


def bench(*, real_data: Path | None = None) -> int:
    """Measure whole nights and print a table; also written to bench.json in the home.

    Example: skillweights bench --real-data ../shared/data

    Parameters
    ----------
    real_data
        Tree of real drops; default: SKILLWEIGHTS_REAL_DATA, else ../shared/data where it exists.
    """

    def run() -> int:
        from flows.bench import bench as measure
        from warehouse.settings import settings_from_env

        return OK if measure(settings_from_env(os.environ), real_data) else FAILED

    return guarded(run)
