"""One row per rule that gives a label, as published in config/label_rules.toml."""

from schemas import columns
from schemas.table import Table, keys


class ExportLabelRule(Table):
    """One row per rule that gives a label, as published in config/label_rules.toml."""

    label_rule: str = columns.label_rule(nullable=False)
    rule_order: int = columns.rule_order()
    label_kind: str = columns.label_kind()
    rule_label: str = columns.rule_label()
    rests_on: str = columns.rests_on()
    interval_above: float = columns.interval_above()
    interval_below: float = columns.interval_below()
    term: str = columns.term()
    rule_text: str = columns.rule_text()
    rule_source: str = columns.rule_source()
    official_list: str = columns.official_list()
    method_version: str = columns.method_version()

    class Config:
        metadata = keys(
            ["label_rule"],
            shortage_has_a_list=(
                "NOT contains(lower(rule_label), 'shortage') OR official_list IS NOT NULL",
                "shortage is said by an official list or not at all",
            ),
        )
