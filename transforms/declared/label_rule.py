"""Rules of config/label_rules.toml, which are the only way to a label."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from schemas import vocabulary
from schemas.core_label_rule import CoreLabelRule
from schemas.derive import arrow_schema

TEXTS = ("id", "kind", "label", "rests_on", "text", "source")
MAY_HAVE = ("above", "below", "term", "official_list")


def label_rules(content: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of core_label_rule in the order of the file, and every fault of it."""
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    for order, rule in enumerate(content.get("rule", []), start=1):
        where = f"label_rules.toml rule {rule.get('id', order)!r}"
        faults += [f"{where}: {text}" for text in _faults(rule, {row["label_rule"] for row in rows})]
        rows.append(
            {
                "label_rule": rule.get("id"),
                "rule_order": order,
                "label_kind": rule.get("kind"),
                "rule_label": rule.get("label"),
                "rests_on": rule.get("rests_on"),
                "interval_above": rule.get("above"),
                "interval_below": rule.get("below"),
                "term": rule.get("term"),
                "rule_text": rule.get("text"),
                "rule_source": rule.get("source"),
                "official_list": rule.get("official_list"),
            }
        )
    return rows, faults


def label_rule_table(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as core_label_rule."""
    ordered = sorted(rows, key=lambda row: str(row["label_rule"]))
    return pa.Table.from_pylist(ordered, schema=arrow_schema(CoreLabelRule))


def _faults(rule: Mapping[str, Any], before: set[str]) -> list[str]:
    faults = [f"{name} is missing or empty" for name in TEXTS if not str(rule.get(name, "")).strip()]
    faults += [f"{name} is unknown" for name in sorted(set(rule) - {*TEXTS, *MAY_HAVE})]
    if rule.get("id") in before:
        faults.append("the id came before")
    if rule.get("kind") not in vocabulary.RULED_LABELS:
        faults.append(f"kind must be one of {', '.join(vocabulary.RULED_LABELS)}")
    if rule.get("rests_on") not in vocabulary.LABEL_GROUNDS:
        faults.append(f"rests_on must be one of {', '.join(vocabulary.LABEL_GROUNDS)}")
    bounds = [rule[name] for name in ("above", "below") if name in rule]
    if any(
        not isinstance(bound, int | float) or isinstance(bound, bool) or bound != bound for bound in bounds
    ):
        faults.append("above and below must be numbers")
    if bool(bounds) == ("term" in rule) or ("term" in rule) != (rule.get("rests_on") == "reuse_level"):
        faults.append("a rule on a metric has above or below, a rule on reuse_level has term")
    if "shortage" in str(rule.get("label", "")).casefold() and not rule.get("official_list"):
        faults.append("shortage needs official_list: postings alone show no supply")
    return faults
