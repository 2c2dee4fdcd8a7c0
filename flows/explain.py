"""One number taken apart: formula, counts, interval, inputs, and the postings and text offsets behind it."""

from difflib import get_close_matches
from typing import Any

from flows.explain_beside import beside_lines
from flows.explain_formula import formula_lines
from flows.explain_rows import posting_lines, source_lines
from flows.period import Period
from warehouse.connection import Warehouse, open_warehouse
from warehouse.settings import Settings


class NothingToExplain(LookupError):
    """No such occupation, skill or estimate in the warehouse."""


def explain(
    settings: Settings,
    occupation: str,
    skill: str,
    *,
    period: Period | None,
    n_postings: int,
    metric: str | None = None,
    internal: bool = False,
) -> str:
    """Text that takes apart the headline posting share of a skill in an occupation, for one or all periods.

    A withheld number stays withheld, counts and postings with it, and what the release does not tell of a
    shown one (single employers, single sources), unless ``internal``. Raises NothingToExplain naming the
    nearest slugs, NoWarehouse, SecondWriter.
    """
    with open_warehouse(settings, read_only=True) as warehouse:
        _require_known(warehouse, "core_occupation", "occupation", occupation)
        _require_known(warehouse, "core_skill", "skill", skill)
        _require_known(warehouse, "export_metric_value", "metric", metric or "posting_share")
        rows = _metric_rows(warehouse, occupation, skill, period)
        if not rows:
            raise NothingToExplain(_no_estimate(warehouse, occupation, skill, period))
        lines = [f"{skill} for {occupation}", ""]
        for row in rows:
            lines += _metric(row, internal)
            if internal:
                lines += source_lines(warehouse, row)
            if row["status"] in ("ok", "low_reliability") or internal:
                lines += posting_lines(warehouse, row, most=n_postings, internal=internal)
            lines += _parts(warehouse, row, metric, internal) + beside_lines(warehouse, row)
            lines.append("")
        lines += _callback(warehouse, occupation, skill)
        return "\n".join([*lines, *_inputs(warehouse)])


def _no_estimate(warehouse: Warehouse, occupation: str, skill: str, period: Period | None) -> str:
    wanted = f" in {period[0]}..{period[1]}" if period else ""
    known = warehouse.rows("SELECT period_start, period_end FROM core_period ORDER BY ALL")
    periods = ", ".join(f"{start}..{end}" for start, end in known)
    return (
        f"no estimate of {skill} for {occupation}{wanted}: no advert that counts asks for it; "
        f"estimated are the periods {periods}"
    )


def _require_known(warehouse: Warehouse, table: str, column: str, slug: str) -> None:
    known = [str(row[0]) for row in warehouse.rows(f"SELECT DISTINCT {column} FROM {table} ORDER BY ALL")]  # noqa: S608
    if slug in known:
        return
    near = get_close_matches(slug, known, n=5)
    raise NothingToExplain(
        f"no {column} {slug!r} in the warehouse"
        + (f"; did you mean {', '.join(near)}?" if near else "")
        + (f"; there are {', '.join(known)}" if known and not near and len(known) < MOST_NAMED else "")
        + ("" if known else "; fill it with: skillweights nightly")
    )


def _metric_rows(
    warehouse: Warehouse, occupation: str, skill: str, period: Period | None
) -> list[dict[str, Any]]:
    return list(
        warehouse.arrow(
            "SELECT export_metric_value.*, weight_posting_share.* EXCLUDE (occupation, skill_id, source_group, geo, "
            "period_start, period_end, source_ids, n_numerator, n_denominator, n_employers), "
            "weight_posting_share.n_numerator AS counted, weight_posting_share.n_denominator AS base, "
            "weight_posting_share.n_employers AS employers, weight_share_interval.share_n_effective AS size, "
            "weight_share_interval.share_ci_low AS low, weight_share_interval.share_ci_high AS high, "
            "coalesce(export_metric_value.ci_level, 0.95) AS level_of_ends "
            "FROM export_metric_value JOIN weight_posting_share USING "
            "(occupation, skill_id, source_group, geo, period_start, period_end) LEFT JOIN weight_share_interval "
            "ON share_metric = metric AND weight_share_interval.occupation = export_metric_value.occupation "
            "AND weight_share_interval.skill_id = export_metric_value.skill_id "
            "AND weight_share_interval.source_group = export_metric_value.source_group "
            "AND weight_share_interval.geo = export_metric_value.geo "
            "AND weight_share_interval.period_start = export_metric_value.period_start "
            "AND weight_share_interval.period_end = export_metric_value.period_end "
            "WHERE metric = 'posting_share' AND export_metric_value.occupation = $occupation AND skill = $skill "
            "AND export_metric_value.source_group = 'all' AND export_metric_value.geo = 'all' "
            "AND ($start IS NULL OR (export_metric_value.period_start = $start "
            "AND export_metric_value.period_end = $end)) "
            "ORDER BY export_metric_value.period_start, export_metric_value.period_end",
            {
                "occupation": occupation,
                "skill": skill,
                "start": period[0] if period else None,
                "end": period[1] if period else None,
            },
        ).to_pylist()
    )


def _interval(row: dict[str, Any]) -> list[str]:
    if row["low"] is None:
        return ["  no interval is made for counts that no release may show"]
    numbers = row | {
        "value": round(row["counted"] / row["base"], 6),
        "n_numerator": row["counted"],
        "n_denominator": row["base"],
        "n_effective": row["size"],
        "ci_low": row["low"],
        "ci_high": row["high"],
    }
    return [
        f"  interval {row['low']} to {row['high']}: Clopper-Pearson at an effective n of {row['size']:.6f}",
        f"  variance {row['jackknife_variance']} (delete-one-employer jackknife), "
        f"degrees of freedom {max(1.0, row['effective_employers'] - 1):.2f}",
        *formula_lines("posting_share", numbers, level=row["level_of_ends"]),
    ]


def _metric(row: dict[str, Any], internal: bool) -> list[str]:
    published = row["status"] in ("ok", "low_reliability")
    lines = [
        f"posting_share, {row['period_start']} to {row['period_end']}: "
        + (f"{row['value']:.6f}" if published else "no number")
        + f"   status {row['status']}"
        + (f", reason {row['reason']}: {row['reason_detail']}" if row["reason"] else "")
    ]
    if published or internal:
        lines += [
            *(["  INTERNAL: withheld from every release"] if not published else []),
            f"  = {row['counted']} families that ask for it / {row['base']} families of the occupation",
            *_interval(row),
            f"  employers asking for it {row['employers']}",
            *(_of_employers(row) if internal else []),
            f"  effective number of employers in the base {row['effective_employers']:.2f}",
        ]
    return [
        *lines,
        f"  denominator: {row['denominator']}",
        f"  method {row['method_version']}, as of {row['as_of']}, sources {', '.join(row['source_ids']) or 'none'}",
    ]


def _of_employers(row: dict[str, Any]) -> list[str]:
    """What is one employer's own: the release tells of none."""
    return [
        f"  INTERNAL: largest employer holds {row['top_employer_families']} families; "
        f"employers without the skill {row['n_complement_employers']}"
    ]


MOST_NAMED = 30
"""Names an error lists where none is near: there are some twenty metrics, and thousands of skills."""

PARTS = """
    WITH headline AS (
        SELECT skill_id, period_start, period_end, value
        FROM export_metric_value
        WHERE metric = 'posting_share' AND occupation = $occupation AND source_group = 'all' AND geo = 'all'
    )
    SELECT
        export_metric_value.metric, export_metric_value.period_start, export_metric_value.period_end,
        export_metric_value.value, export_metric_value.label, label_rule.rule_text,
        export_metric_value.ci_low, export_metric_value.ci_high,
        export_metric_value.n_numerator, export_metric_value.n_denominator, export_metric_value.n_effective,
        export_metric_value.n, export_metric_value.n_unit, export_metric_value.denominator, export_metric_value.basis,
        export_metric_value.status, export_metric_value.reason, export_metric_value.reason_detail,
        export_metric_value.ci_level,
        weight_trend.n_numerator_before, weight_trend.n_denominator_before,
        weight_trend.change_variance, weight_trend.change_df,
        weight_ladder.slope_variance, weight_ladder.slope_df,
        weight_ladder.n_steps, weight_ladder.n_squared_steps, weight_ladder.n_steps_asking,
        weight_specificity.n_expected_families, weight_specificity.count_variance_ratio,
        weight_specificity.prior_shape_1, weight_specificity.prior_rate_1, weight_specificity.prior_shape_2,
        weight_specificity.prior_rate_2, weight_specificity.prior_weight_1,
        weight_rank.n_ranked, weight_rank.rank_critical, weight_rank.above_error, weight_rank.below_error,
        above_skill.skill AS above_skill, above.value AS above_share,
        below_skill.skill AS below_skill, below.value AS below_share,
        own.value AS own_share,
        weight_pay_premium.premium_df, weight_pay_premium.premium_se, weight_pay_premium.n_with_skill,
        weight_pay_premium.n_with_pay, weight_pay_premium.n_controls,
        weight_pay_premium.premium_cross, weight_pay_premium.premium_squares,
        weight_pay_premium.premium_mean, weight_pay_premium.premium_spread, export_metric_value.value_shrunken,
        weight_salary.pay_variance, weight_salary.pay_effective_employers,
        coalesce(weight_share_part.jackknife_variance, weight_concentration.jackknife_variance) AS jackknife_variance,
        coalesce(weight_share_part.effective_employers, weight_concentration.effective_employers)
            AS effective_employers
    FROM export_metric_value
    LEFT JOIN weight_trend USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN weight_ladder USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN weight_specificity USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN weight_rank USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN weight_pay_premium USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN core_skill AS above_skill ON above_skill.skill_id = weight_rank.above_skill_id
    LEFT JOIN core_skill AS below_skill ON below_skill.skill_id = weight_rank.below_skill_id
    LEFT JOIN headline AS above
      ON above.skill_id = weight_rank.above_skill_id AND above.period_start = weight_rank.period_start
     AND above.period_end = weight_rank.period_end
    LEFT JOIN headline AS below
      ON below.skill_id = weight_rank.below_skill_id AND below.period_start = weight_rank.period_start
     AND below.period_end = weight_rank.period_end
    LEFT JOIN headline AS own
      ON own.skill_id = export_metric_value.skill_id AND own.period_start = export_metric_value.period_start
     AND own.period_end = export_metric_value.period_end
    LEFT JOIN weight_share_part
      ON weight_share_part.share_metric = export_metric_value.metric
     AND weight_share_part.level = ''
     AND weight_share_part.occupation = export_metric_value.occupation
     AND weight_share_part.skill_id = export_metric_value.skill_id
     AND weight_share_part.period_start = export_metric_value.period_start
     AND weight_share_part.period_end = export_metric_value.period_end
    LEFT JOIN weight_concentration
      ON export_metric_value.metric = 'concentration'
     AND weight_concentration.occupation = export_metric_value.occupation
     AND weight_concentration.skill_id = export_metric_value.skill_id
     AND weight_concentration.period_start = export_metric_value.period_start
     AND weight_concentration.period_end = export_metric_value.period_end
    LEFT JOIN weight_salary
      ON export_metric_value.metric = concat('salary_p', CAST(round(100 * weight_salary.quantile) AS INTEGER))
     AND weight_salary.occupation = export_metric_value.occupation
     AND weight_salary.period_start = export_metric_value.period_start
     AND weight_salary.period_end = export_metric_value.period_end
    LEFT JOIN export_label_rule AS label_rule USING (label_rule)
    WHERE export_metric_value.metric NOT IN ('posting_share', 'callback_effect')
      AND export_metric_value.source_group = 'all' AND export_metric_value.geo = 'all'
      AND export_metric_value.occupation = $occupation
      AND (export_metric_value.skill = $skill OR export_metric_value.skill IS NULL)
      AND export_metric_value.period_start = $period_start AND export_metric_value.period_end = $period_end
    ORDER BY export_metric_value.metric
"""


def _parts(warehouse: Warehouse, row: dict[str, Any], metric: str | None, internal: bool) -> list[str]:
    """The metrics beside a share, each with its formula and the numbers in it; withheld ones with their reason."""
    lines = []
    for part in warehouse.arrow(PARTS, row).to_pylist():
        if metric not in (None, part["metric"]):
            continue
        if part["label"] is not None:
            lines.append(
                f"{part['metric']}: {part['label']}   status {part['status']}\n  by rule: {part['rule_text']}"
            )
            continue
        if part["value"] is None:
            lines.append(
                f"{part['metric']}: no number   status {part['status']}, reason {part['reason']}: "
                f"{part['reason_detail']}"
            )
            continue
        lines += [
            f"{part['metric']}: {part['value']:.6f}"
            + (
                f" (interval {part['ci_low']:.6f} to {part['ci_high']:.6f})"
                if part["ci_low"] is not None
                else ""
            )
            + f"   status {part['status']}",
            *_formula(part, internal),
        ]
        if internal and part["metric"] == "pay_premium":
            lines.append(f"  INTERNAL: {part['n_with_skill']} of {part['n_with_pay']} have the skill")
    return lines


def _formula(part: dict[str, Any], internal: bool) -> list[str]:
    if part["basis"] == "quoted_primary":
        quoted = (
            f"quoted as published, not computed here: {part['denominator']}; {part['n']} {part['n_unit']}"
        )
        return [f"  {quoted}"]
    return formula_lines(part["metric"], part, level=part["ci_level"] or 0.95, internal=internal)


def _callback(warehouse: Warehouse, occupation: str, skill: str) -> list[str]:
    """The callback effect of the pair, or why there is none; empty for a skill that is not of our own list."""
    found = warehouse.rows(
        "SELECT value, ci_low, ci_high, status, reason, reason_detail FROM export_metric_value "
        "WHERE metric = 'callback_effect' AND occupation = $occupation AND skill = $skill",
        {"occupation": occupation, "skill": skill},
    )
    lines = []
    for value, low, high, status, reason, detail in found:
        number = "no number" if value is None else f"ratio {value:.6f} (interval {low:.6f} to {high:.6f})"
        lines += [
            f"callback_effect: {number}   status {status}"
            + (f", reason {reason}: {detail}" if reason else ""),
            "",
        ]
    return lines


def _inputs(warehouse: Warehouse) -> list[str]:
    # The newest night is the one in the warehouse; the run that made its release may be an earlier one.
    runs = warehouse.rows(
        "WITH newest AS (SELECT night_key FROM meta_run WHERE run_state = 'completed' "
        "ORDER BY started_at DESC, run_id DESC LIMIT 1) "
        "SELECT run_id, data_version, code_version FROM meta_run SEMI JOIN newest USING (night_key) "
        "WHERE run_state = 'completed' ORDER BY started_at, run_id LIMIT 1"
    )
    lines = [f"release {version}, run {run}, code {code[:16]}" for run, version, code in runs]
    lines.append("inputs:")
    for source, release, n, rows, digest in warehouse.rows(
        "SELECT source_id, release, count(*), CAST(sum(n_rows) AS BIGINT), min(snapshot_sha256) FROM meta_input "
        "WHERE load_state = 'loaded' GROUP BY source_id, release ORDER BY ALL"
    ):
        rest = f" and {n - 1} more" if n > 1 else ""
        lines.append(f"  {source} {release}: {rows} rows, {n} files, sha256 {digest}{rest}")
    return lines
