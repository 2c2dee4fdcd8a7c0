"""Tables that are what config/ declares: labelled samples, links to O*NET elements, rules of labels."""

import pyarrow as pa

from flows.night import Night
from transforms.declared.double_sample import double_sample_table
from transforms.declared.label_rule import label_rule_table
from transforms.declared.onet_element import onet_element_table
from warehouse.load import replace_partition


def fill_declared(night: Night) -> None:
    """Fill the core tables that hold reviewed files of config/ as they are."""
    configuration = night.configuration
    tables: dict[str, pa.Table] = {
        "core_double_sample": double_sample_table(configuration.double_samples),
        "core_label_rule": label_rule_table(configuration.label_rules),
        "core_onet_element": onet_element_table(configuration.onet_elements),
    }
    for name, table in tables.items():
        replace_partition(night.warehouse, name, table, where={})
