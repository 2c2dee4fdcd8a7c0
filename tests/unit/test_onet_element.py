"""transforms.declared.onet_element: reviewed links, every fault named with its line."""

import pytest

from flows.configuration import read_configuration
from transforms.declared.onet_element import onet_element_faults, onet_element_table

GOOD = {
    "element_id": "2.B.3.e",
    "element_name": "Programming",
    "skill": "c",
    "relation": "close",
    "reason": "same",
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"element_id": "1.A.1"}, "'1.A.1' is no skill or knowledge element"),
        ({"skill": "C!"}, "skill 'C!' is no slug"),
        ({"relation": "alike"}, "relation must be one of"),
        ({"reason": " "}, "reason is empty"),
    ],
)
def test_each_fault_is_named(changes: dict[str, str], message: str) -> None:
    [fault] = onet_element_faults([GOOD | changes])
    assert fault.startswith("onet_elements.csv line 2: ")
    assert message in fault


def test_an_element_has_one_skill_and_a_skill_one_element() -> None:
    assert len(onet_element_faults([GOOD, GOOD])) == 2


def test_the_links_of_the_project_are_sound() -> None:
    rows = read_configuration().onet_elements
    assert onet_element_table(rows).num_rows == len(rows) == 11
