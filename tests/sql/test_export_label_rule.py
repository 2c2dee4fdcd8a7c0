"""export_label_rule.sql: the rules as configured."""

from flows.configuration import read_configuration
from tests.drawn_tables import DrawnWarehouse
from transforms.declared.label_rule import label_rule_table
from warehouse.load import replace_partition


def test_every_rule_is_published(drawn: DrawnWarehouse) -> None:
    rules = read_configuration().label_rules
    replace_partition(drawn.warehouse, "core_label_rule", label_rule_table(rules), where={})
    drawn.build("export_label_rule")
    assert {row["label_rule"] for row in drawn.read("FROM export_label_rule")} == {
        rule["label_rule"] for rule in rules
    }
