"""The command line: every command answers --help with an example and ends with an exit code that means something."""

import atexit
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")  # what failed is told once, in words, at the end
# On a busy machine the embedded server needs longer than its 20 s (measured: 8 to 35 s).
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")

from cyclopts import App, Parameter

OK, FAILED, REFUSED, BUSY = 0, 1, 2, 3

app = App(
    name="skillweights",
    help="How much a skill weighs for an occupation, and how sure we are.",
    help_epilogue=(
        "Exit codes: 0 done; 1 a check or a step failed; 2 the input or the settings are refused; "
        "3 the warehouse is in use by another process."
    ),
    version_flags=["--version"],
)


@app.command
def nightly(
    *,
    drop: Annotated[list[Path] | None, Parameter(negative=())] = None,
    as_of: str | None = None,
    period: Annotated[list[str] | None, Parameter(negative=())] = None,
) -> int:
    """Run one night: land, load, read, estimate, release.

    Without --drop it runs over the embedded synthetic market. Unchanged inputs make no new release.

    Example: skillweights nightly --drop ../shared/data --period 2018-01..2022-12

    Parameters
    ----------
    drop
        Folder with a manifest.json, or a tree of such folders; may be given several times.
    as_of
        Day the numbers speak of, as 2026-11-22; default: the newest first-seen day of the postings.
    period
        A further period FROM..TO, as 2018-01..2022-12; may be given several times. The 12 months
        before as-of are always estimated.
    """

    def run() -> int:
        from warehouse.settings import settings_from_env

        settings = settings_from_env(os.environ)
        _look_before_starting(drop or [], as_of, period or [])
        # Made here, with its parents: without it the embedded server fails to start, again and again, in silence.
        settings.prefect_home.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("PREFECT_HOME", str(settings.prefect_home))
        from flows.nightly import nightly as flow

        result = flow(drops=[str(folder) for folder in drop] if drop else None, as_of=as_of, periods=period)
        for warning in result["warnings"]:
            print(f"warning: {warning}", file=sys.stderr)
        for step in result["steps"]:
            counts = ", ".join(f"{name} {value}" for name, value in step.items() if name != "step")
            print(f"{step['step']:>9}: {counts}")
        print(f"  release: {result['releases']}/releases/{result['data_version']}")
        return OK

    return _guarded(run)


@app.command
def verify(folder: Path) -> int:
    """Read a v1 folder or one release again and name every fault.

    Example: skillweights verify data/releases/v1

    Parameters
    ----------
    folder
        The v1 folder that holds latest.json, or one folder below releases/.
    """

    def run() -> int:
        from exports.verify import verify as find_faults
        from flows.night import InputFault

        if not folder.is_dir():
            raise InputFault([f"{folder} is no folder; give a v1 folder or one below its releases/"])
        faults = find_faults(folder)
        for fault in faults:
            print(f"{fault.file}: {fault.message}")
        found = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{folder}: {found if faults else 'verified, no fault'}")
        return FAILED if faults else OK

    return _guarded(run)


@app.command
def explain(
    occupation: str,
    skill: str,
    metric: str | None = None,
    *,
    period: str | None = None,
    postings: int = 5,
    internal: bool = False,
) -> int:
    """Show a number's parts: counts, interval, inputs, and the postings and text offsets behind it.

    Example: skillweights explain backend-developer websockets

    Parameters
    ----------
    occupation
        Occupation by slug.
    skill
        Skill by slug.
    metric
        Of the metrics beside the share only this one, as demand_trend; default: all of them.
    period
        One of the estimated periods, as 2018-01..2022-12; default: all of them.
    postings
        How many postings to list for each source.
    internal
        Show the counts of a withheld number too. For whoever runs the night, never for a page.
    """

    def run() -> int:
        from flows.explain import explain as explanation
        from flows.period import parse_period
        from warehouse.settings import settings_from_env

        settings = settings_from_env(os.environ)
        chosen = parse_period(period) if period else None
        print(
            explanation(
                settings,
                occupation,
                skill,
                period=chosen,
                n_postings=postings,
                metric=metric,
                internal=internal,
            )
        )
        return OK

    return _guarded(run)


@app.command
def explain_family(wanted: str) -> int:
    """Show the postings of one family and which rule joined each to which other.

    Example: skillweights explain-family pst_0123456789abcdef

    Parameters
    ----------
    wanted
        Id of a family (fam_...) or of a posting in it (pst_...).
    """

    def run() -> int:
        from flows.explain_family import explain_family as explanation
        from warehouse.settings import settings_from_env

        print(explanation(settings_from_env(os.environ), wanted))
        return OK

    return _guarded(run)


@app.command
def replay(*, source: str | None = None, list_only: bool = False) -> int:
    """List what is in quarantine and have those files loaded again by the next night.

    Example: skillweights replay --source hn_who_is_hiring

    Parameters
    ----------
    source
        Only this source.
    list_only
        Show, but change nothing.
    """

    def run() -> int:
        from flows.replay import replay as replay_loads
        from warehouse.settings import settings_from_env

        print(replay_loads(settings_from_env(os.environ), source=source, list_only=list_only))
        return OK

    return _guarded(run)


@app.command
def bibliography(
    *, crossref: str | None = None, openalex: str | None = None, retraction_watch: str | None = None
) -> int:
    """Ask Crossref, OpenAlex and Retraction Watch about the studies behind findings; keep what they say.

    The next night goes by the answers: a retracted study's findings leave its release. Needs the network
    and SKILLWEIGHTS_CONTACT, and for OpenAlex a key in SKILLWEIGHTS_OPENALEX_KEY.

    Example: skillweights bibliography

    Parameters
    ----------
    crossref
        Another address of Crossref's service.
    openalex
        Another address of OpenAlex's service.
    retraction_watch
        Another address of the Retraction Watch file.
    """

    def run() -> int:
        from flows.bibliography_round import client_of
        from warehouse.settings import settings_from_env

        settings = settings_from_env(os.environ)
        client_of(settings).close()  # refused at once where nobody could be told who asks
        settings.prefect_home.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("PREFECT_HOME", str(settings.prefect_home))
        from flows.bibliography import bibliography as flow

        given = {
            "crossref_url": crossref,
            "openalex_url": openalex,
            "retraction_watch_url": retraction_watch,
        }
        result = flow(**given)
        for line in (*result["notes"], *result["faults"]):
            print(f"warning: {line}", file=sys.stderr)
        for line in result["changes"]:
            print(line)
        print(f"{result['answers']} answers on {result['dois']} DOIs kept, {len(result['changes'])} changes")
        return FAILED if result["faults"] else OK

    return _guarded(run)


study = App(
    name="study",
    help=(
        "Studies behind findings: a form to fill, a check, what an entry comes to."
        "\n\nExample: skillweights study check"
    ),
)
app.command(study)


@study.command
def new(study_id: str, name: str) -> int:
    """Write an empty form to config/studies.

    Example: skillweights study new NZ2023 2023-noy

    Parameters
    ----------
    study_id
        Short name in capitals and digits.
    name
        Name of the file, <year>-<author>.
    """

    def run() -> int:
        from datetime import date

        from flows.study import new_study

        print(f"{new_study(study_id, name, today=date.today())}: fill it in, then: skillweights study check")
        return OK

    return _guarded(run)


@study.command
def check() -> int:
    """Name every fault of every study file; ask nobody.

    Example: skillweights study check
    """

    def run() -> int:
        from flows.study import check_studies
        from warehouse.settings import settings_from_env

        print(check_studies(settings_from_env(os.environ)))
        return OK

    return _guarded(run)


@study.command
def show(study_id: str) -> int:
    """Show what a study's entries come to: lines a page prints, warnings, bibliographic checks.

    Example: skillweights study show NZ2023

    Parameters
    ----------
    study_id
        Short name of the study.
    """

    def run() -> int:
        from datetime import date

        from flows.study import show_study
        from warehouse.settings import settings_from_env

        print(show_study(settings_from_env(os.environ), study_id, as_of=date.today()))
        return OK

    return _guarded(run)


@app.command
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

    return _guarded(run)


@app.command
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
        from warehouse.settings import settings_from_env

        reached = own_quality(misses=misses)
        if not own:
            print_agreement(settings_from_env(os.environ))
            reached &= measure(settings_from_env(os.environ), gold, real_data)
        return OK if reached else FAILED

    return _guarded(run)


@app.command
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

    return _guarded(run)


@app.command
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

    return _guarded(run)


@app.command
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

    return _guarded(run)


@app.command
def dictionary() -> int:
    """Print the data dictionary: every table and column, as declared.

    Example: skillweights dictionary > docs/data-dictionary.md
    """
    from schemas.derive import dictionary_page
    from schemas.table import all_tables

    print("# Data dictionary\n\nGenerated from `schemas/` by `make docs`; do not edit.\n")
    print("\n".join(dictionary_page(table) for table in all_tables().values()), end="")
    return OK


@app.command
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

    return _guarded(run)


def _look_before_starting(drops: list[Path], as_of: str | None, periods: list[str]) -> None:
    """Refuse at once what can be refused without a server, which takes seconds to start."""
    from flows.configuration import read_configuration
    from flows.evidence import require_registry
    from flows.land import read_manifests
    from flows.night import InputFault
    from flows.period import PeriodFault, parse_day, parse_period

    require_registry(read_configuration())
    if drops:
        read_manifests(drops)
    faults = []
    for parse, texts in ((parse_day, [as_of] if as_of else []), (parse_period, periods)):
        for text in texts:
            try:
                parse(text)
            except PeriodFault as fault:
                faults.append(str(fault))
    if faults:
        raise InputFault(faults)


def _guarded(run: Callable[[], int]) -> int:
    """The exit code of ``run``; a fault that a person can mend is told in words, not as a traceback."""
    from flows.faults import busy_faults, failed_faults, refused_faults

    try:
        return run()
    except BrokenPipeError:  # whoever read the output (head) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except refused_faults() as fault:
        print(f"refused: {fault}", file=sys.stderr)
        return REFUSED
    except busy_faults() as fault:
        print(f"busy: {fault}", file=sys.stderr)
        return BUSY
    except failed_faults() as fault:
        print(f"failed: {fault}", file=sys.stderr)
        for note in getattr(fault, "__notes__", []):
            print(f"  {note}", file=sys.stderr)
        return FAILED


def main() -> None:
    """Entry point of the ``skillweights`` command."""
    code = app(result_action="return_value") or OK
    sys.stdout.flush()
    sys.stderr.flush()
    # Prefect keeps frames of a run alive, and DuckDB's binding then prints a page of leak warnings at the end of
    # the process, after the lines that matter. So: end what must be ended (the embedded server), then leave.
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    main()
