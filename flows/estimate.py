"""Step 4: counts and estimates, one SELECT a table, in the order in which the tables need each other."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.night import InputFault, Night
from flows.period import Period, default_period
from schemas.derive import arrow_schema
from schemas.table import all_tables
from warehouse.load import build, build_order, replace_partition

SQL_FOLDER = Path(__file__).resolve().parent.parent / "transforms" / "sql"
POSTING_TABLES = ("core_posting", "core_family", "core_posting_role", "core_family_skill")


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
    _fill_source_groups(night)
    replace_partition(night.warehouse, "core_published_cell", previous, where={})
    counts: dict[str, int] = {}
    for name in POSTING_TABLES:
        counts[name] = _build(night, name, sqls[name], parameters)
    as_of = night.request.as_of or _newest_day(night)
    periods = _fill_periods(night, as_of)
    parameters["as_of"] = as_of
    for name in build_order({name: sql for name, sql in sqls.items() if name not in POSTING_TABLES}):
        counts[name] = _build(night, name, sqls[name], parameters)
    [[with_role, several]] = night.warehouse.rows(
        "SELECT count(*) FILTER (NOT list_contains(role_slugs, 'other')), count(*) FILTER (len(role_slugs) > 1) "
        "FROM core_posting"
    )
    night.report.add(
        "estimate",
        as_of=as_of.isoformat(),
        postings_with_role=int(with_role),
        postings_several_roles=int(several),
        **counts,
    )
    return Estimated(as_of, periods, parameters)


def selects() -> dict[str, str]:
    """The SELECT of every table that has one, by the name of the table."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SQL_FOLDER.glob("*.sql"))}


def method_parameters(night: Night) -> dict[str, Any]:
    """The method's parameters under the names the SELECTs use."""
    method = night.configuration.method
    renamed = {
        "gap_days": "family_gap_days",
        "text_characters": "family_text_characters",
        "version": "family_version",
        "level": "ci_level",
        "dominance_max_share": "dominance_max",
    }
    parameters = {
        renamed.get(name, name): value for name, value in method.items() if name != "default_months"
    }
    return parameters | {"method_version": night.configuration.method_version}


def _build(night: Night, name: str, sql: str, parameters: dict[str, Any]) -> int:
    night.progress(f"estimate {name}")
    try:
        return build(night.warehouse, name, sql, parameters)
    except Exception as error:
        error.add_note(f"while filling {name} from transforms/sql/{name}.sql")
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
    [[newest]] = night.warehouse.rows("SELECT max(first_seen_on) FROM core_posting")
    if newest is None:
        raise InputFault(
            [
                "no posting has a first-seen day, so no period can be told: map a date column in `postings.columns` "
                "of the manifest, or give `postings.posted_before` there"
            ]
        )
    day: date = newest
    return day


def _fill_periods(night: Night, as_of: date) -> tuple[Period, ...]:
    default = default_period(as_of, months=night.configuration.method["default_months"])
    periods = (default, *(period for period in sorted(set(night.request.periods)) if period != default))
    rows = [{"period_start": s, "period_end": e, "is_default": (s, e) == default} for s, e in periods]
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()["core_period"]))
    replace_partition(night.warehouse, "core_period", frame, where={})
    return periods
