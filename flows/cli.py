"""The command line: every command answers --help with an example and ends with an exit code that means something."""

import atexit
import os
import sys
from pathlib import Path
from typing import Annotated

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")  # what failed is told once, in words, at the end
# On a busy machine the embedded server needs longer than its 20 s (measured: 8 to 35 s).
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")

from cyclopts import App, Parameter

from flows import cli_measure
from flows.cli_study import study
from flows.exit_code import FAILED, OK, guarded

app = App(
    name="skillweights",
    help="How much a skill weighs for an occupation, and how sure we are.",
    help_epilogue=(
        "Exit codes: 0 done; 1 a check or a step failed; 2 the input or the settings are refused; "
        "3 the warehouse is in use by another process."
    ),
    version_flags=["--version"],
)
app.command(study)
for measuring in (
    cli_measure.annotate,
    cli_measure.quality,
    cli_measure.audit_sample,
    cli_measure.audit_score,
    cli_measure.simulate,
    cli_measure.bench,
):
    app.command(measuring)


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

    return guarded(run)


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
        from warehouse.settings import settings_from_env

        if not folder.is_dir():
            raise InputFault([f"{folder} is no folder; give a v1 folder or one below its releases/"])
        faults = find_faults(folder, processes=settings_from_env(os.environ).threads)
        for fault in faults:
            print(f"{fault.file}: {fault.message}")
        found = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{folder}: {found if faults else 'verified, no fault'}")
        return FAILED if faults else OK

    return guarded(run)


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
        How many of the newest postings to list, 5 at most; with --internal for each source, any number.
    internal
        Show what no release tells: counts of withheld numbers, of single sources and of the largest employer.
        For whoever runs the night, never for a page.
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

    return guarded(run)


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

    return guarded(run)


@app.command
def replay(*, source: str | None = None, list_only: bool = False, rows: int = 0) -> int:
    """List what is in quarantine and have those files loaded again by the next night.

    Example: skillweights replay --source hn_who_is_hiring --list-only --rows 20

    Parameters
    ----------
    source
        Only this source.
    list_only
        Show, but change nothing.
    rows
        Show so many rows, too: file, row number, rule and reason.
    """

    def run() -> int:
        from flows.replay import replay as replay_loads
        from warehouse.settings import settings_from_env

        print(replay_loads(settings_from_env(os.environ), source=source, list_only=list_only, n_rows=rows))
        return OK

    return guarded(run)


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

    return guarded(run)


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
