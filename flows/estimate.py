"""Step 4: counts and estimates, one SELECT or one Python estimator a table, in the order of what they need."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

import transforms.estimate
from flows.declared import fill_declared
from flows.estimate_cells import BY_OCCUPATION, fill_by_occupation
from flows.families import merge_families, near_rules, runs_of_repeats, sign_postings, signature_version
from flows.night import InputFault, Night
from flows.period import Period, default_period
from schemas.derive import arrow_schema
from schemas.table import all_tables
from warehouse.load import build, build_order, replace_partition
from warehouse.still import StoodStill

SQL_FOLDER = Path(__file__).resolve().parent.parent / "transforms" / "sql"
POSTING_TABLES = (
    "core_posting", "core_spell", "core_family", "core_posting_role", "core_family_skill", "core_family_fact",
)  # fmt: skip
FAMILY_PARAMETERS = (
    "gap_days", "near_min", "same_title_min", "other_title_min", "short_words", "shared_titles_min", "shared_share",
    "own_shingles_min", "window", "title_noise", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Estimated:
    """What the estimates speak of: the day, the periods (the default first), and the parameters used."""

    as_of: date
    periods: tuple[Period, ...]
    parameters: dict[str, Any]


def estimate(night: Night, *, reader_version: str, previous: pa.Table) -> Estimated:
    """Fill all core, weight and export tables that have a SELECT; ``previous`` is the last release's mask.

    Raises InputFault where no posting has a first-seen day, DataFault where a built table breaks its rules.
    """
    sqls = selects()
    parameters = method_parameters(night) | {"reader_version": reader_version}
    n_signed = sign_postings(night)
    _fill_source_groups(night)
    fill_declared(night)
    replace_partition(night.warehouse, "core_published_cell", previous, where={})
    counts: dict[str, int] = {}
    for name in POSTING_TABLES:
        counts[name] = _build(night, name, sqls[name], parameters)
        if name == "core_spell":
            night.progress("estimate core_family_merge")
            counts["core_family_merge"] = merge_families(
                night.warehouse, near_rules(parameters), runs_of_repeats(night.warehouse)
            )
    as_of = night.request.as_of or _newest_day(night)
    estimated, of_estimates = fill_estimates(night, as_of, parameters)
    counts |= of_estimates
    [[with_role, several]] = night.warehouse.rows(
        "SELECT count(*) FILTER (NOT list_contains(role_slugs, 'other')), count(*) FILTER (len(role_slugs) > 1) "
        "FROM core_posting"
    )
    _warn(night, estimated.periods[0])
    night.report.add(
        "estimate",
        as_of=as_of.isoformat(),
        postings_signed_now=n_signed,
        postings_with_role=int(with_role),
        postings_several_roles=int(several),
        **counts,
    )
    return estimated


def fill_estimates(
    night: Night, as_of: date, parameters: Mapping[str, Any]
) -> tuple[Estimated, dict[str, int]]:
    """Fill what follows from the postings' own tables: periods, counts, estimates, exports; rows by table."""
    sqls = selects()
    periods = _fill_periods(night, as_of)
    known = {**parameters, "as_of": as_of}
    fillers = estimators()
    needs = {name: sql for name, sql in sqls.items() if name not in POSTING_TABLES}
    counts = {}
    for name in build_order(needs | {name: filler.reads for name, filler in fillers.items()}):
        counts[name] = (
            _fill(night, name, fillers[name], known)
            if name in fillers
            else _build(night, name, sqls[name], known)
        )
    return Estimated(as_of, periods, known), counts


def selects() -> dict[str, str]:
    """The SELECT of every table that has one, by the name of the table."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SQL_FOLDER.glob("*.sql"))}


@dataclass(frozen=True)
class Estimator:
    """A table filled in Python: its inputs by name as SELECTs, and the function that makes rows of them."""

    selects: Mapping[str, str]
    fill: Callable[[Mapping[str, pa.Table], Mapping[str, Any]], pa.Table]

    @property
    def reads(self) -> str:
        """One statement that reads all the inputs, for the order of building."""
        return " UNION ALL BY NAME ".join(f"({sql.strip()})" for sql in self.selects.values())


def estimators() -> dict[str, Estimator]:
    """Every table of transforms/estimate that is filled in Python, by the name of the table."""
    found = {}
    for module_info in pkgutil.iter_modules(transforms.estimate.__path__):
        if module_info.name in all_tables():
            module = importlib.import_module(f"transforms.estimate.{module_info.name}")
            found[module_info.name] = Estimator(module.SELECTS, module.fill)
    return found


def method_parameters(night: Night) -> dict[str, Any]:
    """The method's parameters under the names the SELECTs use, with the version of the method."""
    return renamed_parameters(night.configuration.method) | {
        "method_version": night.configuration.method_version,
        "signature_version": signature_version(),
    }


def renamed_parameters(method: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of config/method.toml under the names the SELECTs use."""
    renamed = {
        **{name: f"family_{name}" for name in FAMILY_PARAMETERS},
        "level": "ci_level",
        "shrunken_level": "shrunken_ci_level",
        "dominance_max_share": "dominance_max",
    }
    return {renamed.get(name, name): value for name, value in method.items() if name != "default_months"}


def _build(night: Night, name: str, sql: str, parameters: dict[str, Any]) -> int:
    night.progress(f"estimate {name}")
    try:
        try:
            return build(night.warehouse, name, sql, parameters)
        except StoodStill as stood_still:
            night.report.warnings.append(f"{name} was filled at the second try: {stood_still}")
            return build(night.warehouse, name, sql, parameters)
    except Exception as error:
        error.add_note(f"while filling {name} from transforms/sql/{name}.sql")
        raise


def _fill(night: Night, name: str, estimator: Estimator, parameters: dict[str, Any]) -> int:
    night.progress(f"estimate {name}")
    try:
        read = night.warehouse.coded if name in BY_OCCUPATION else night.warehouse.arrow
        frames = {input_name: read(sql, parameters) for input_name, sql in estimator.selects.items()}
        processes = night.settings.threads
        rows = (
            fill_by_occupation(name, frames, parameters, processes=processes)
            if name in BY_OCCUPATION
            else estimator.fill(frames, parameters)
        )
        return replace_partition(night.warehouse, name, rows, where={})
    except Exception as error:
        error.add_note(f"while filling {name} by transforms/estimate/{name}.py")
        raise


def _fill_source_groups(night: Night) -> None:
    configuration = night.configuration
    declared = {
        source: group for group, entry in configuration.groups.items() for source in entry.get("sources", [])
    }
    rows = []
    for (source,) in night.warehouse.rows(
        "SELECT DISTINCT source_id FROM meta_input WHERE source_kind = 'postings' AND load_state = 'loaded' ORDER BY 1"
    ):
        group = declared.get(source, "undeclared")
        known = source in declared
        comparable = (
            configuration.groups[group]["comparable"] if known else configuration.undeclared_comparable
        )
        rows.append({"source_id": source, "source_group": group, "comparable": comparable, "declared": known})
        if not known:
            night.report.warnings.append(
                f"source {source} stands in no group of config/sources.toml: counted in `undeclared`; add it to a group"
            )
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()["core_source_group"]))
    replace_partition(night.warehouse, "core_source_group", frame, where={})


def _newest_day(night: Night) -> date:
    # A day after the newest file was fetched is a slip of the pen: it must not move the window off the data.
    [[fetched]] = night.warehouse.rows("SELECT max(retrieved_on) FROM meta_input WHERE load_state = 'loaded'")
    bound = fetched or night.started_at.date()
    [[newest, n_later]] = night.warehouse.rows(
        "SELECT max(first_seen_on) FILTER (first_seen_on <= $bound), count(*) FILTER (first_seen_on > $bound) "
        "FROM core_posting",
        {"bound": bound},
    )
    if n_later:
        night.report.warnings.append(
            f"{n_later} postings are dated after {bound}, the day the newest file was retrieved: they count in no "
            "default period; look at their dates in the source"
        )
    if newest is None:
        raise InputFault(
            [
                "no posting has a first-seen day, so no period can be told: map a date column in `postings.columns` "
                "of the manifest, or give `postings.posted_before` there"
            ]
        )
    day: date = newest
    return day


SHARED_IDS = """
    WITH shared AS (
        SELECT source_id, release, file, source_posting_key, count(*) AS n_rows
        FROM raw_posting
        JOIN meta_input USING (snapshot_sha256, source_id, release, file)
        WHERE load_state = 'loaded'
        GROUP BY ALL
        HAVING count(DISTINCT posting_version) > 1
    )
    SELECT source_id, file, CAST(sum(n_rows) AS BIGINT) FROM shared GROUP BY ALL ORDER BY ALL
"""
"""Rows of one file that share an id with a row of other content."""


def _warn(night: Night, default: Period) -> None:
    """Say what a person would want to know before reading the numbers."""
    [[n_counted]] = night.warehouse.rows(
        "SELECT count(*) FROM weight_posting WHERE period_start = $start AND period_end = $end",
        {"start": default[0], "end": default[1]},
    )
    if not n_counted:
        night.report.warnings.append(
            f"no advert counts in the default period {default[0]}..{default[1]}: give --as-of or --period for the time "
            "the postings come from"
        )
    for source, file, n_rows in night.warehouse.rows(SHARED_IDS):
        night.report.warnings.append(
            f"{source}: {file}: {n_rows} rows share an id with a row of other content; of each id the last row counts. "
            "If the id column is no id, take it out of `postings.columns`"
        )


def dependent_period(periods: tuple[Period, ...]) -> Period | None:
    """The first period whose counts follow from those of earlier ones, or None.

    A period is an edge between its first day and the day after its last; counts of edges that close a
    circle add up to each other, as 2024 and its two halves do.
    """
    parent: dict[date, date] = {}

    def root(day: date) -> date:
        while parent.setdefault(day, day) != day:
            day = parent[day]
        return day

    for start, end in periods:
        first, after = root(start), root(end + timedelta(days=1))
        if first == after:
            return start, end
        parent[first] = after
    return None


def _fill_periods(night: Night, as_of: date) -> tuple[Period, ...]:
    default = default_period(as_of, months=night.configuration.method["default_months"])
    periods = (default, *(period for period in sorted(set(night.request.periods)) if period != default))
    dependent = dependent_period(periods)
    if dependent:
        start, end = dependent
        raise InputFault(
            [
                f"the period {start}..{end} follows from the other periods by adding and subtracting, so a count "
                "withheld in one could be told from the others; leave it out, or move --as-of"
            ]
        )
    rows = [{"period_start": s, "period_end": e, "is_default": (s, e) == default} for s, e in periods]
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()["core_period"]))
    replace_partition(night.warehouse, "core_period", frame, where={})
    return periods
