"""What a firm sells, what its users do with it, what it goes with: named, and not asked for."""

import pytest

from transforms.product import is_connected_to, is_for_product, is_of_users, is_own_kind, is_with_ours


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("Northwind is a collaborative SQL editor for your team.", "SQL", True),
        ("Northwind, a Kafka-compatible event streaming platform.", "event streaming", True),
        ("Northwind (YC S19) is the Internet of Things powerhouse.", "Internet of Things", True),
        ("This is a Django service with 40 endpoints.", "Django", False),
        ("Our product is a Django service.", "Django", False),
        (
            "The Business Intelligence Developer is an expert in Business Intelligence solutions.",
            "Intelligence sol",
            False,
        ),
        ("Northwind is a SQL team of four.", "SQL", False),
        ("Northwind is hiring a SQL platform engineer.", "SQL", False),
    ],
)
def test_a_name_says_what_it_is(text: str, words: str, told: bool) -> None:
    start = text.rindex(words)
    assert is_own_kind(text, start, start + len(words)) is told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("It's integrated with ", True),
        ("The board is integrated with Trello, ", True),
        ("With our real-time ", True),
        ("With our help you build ", True),
        ("It integrates with Trello and ", True),
        ("The app lets developers write ", True),
        ("Most customers use it with ", True),
        ("You live in a timezone that allows you to meet. ", False),
        ("Our team works with ", False),
        ("With your ", False),
        ("Tests are integrated, and with ", False),
        ("With our help, you build ", False),
    ],
)
def test_of_ones_own(before: str, told: bool) -> None:
    assert is_with_ours(f"{before}REST API, calls are told apart.", len(before)) is told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Northwind integrates with ", True),
        ("integrations with other tools like ", True),
        ("It works with most warehouses (", True),
        ("We read data from systems such as ", True),
        ("You integrate services with ", False),
        ("We work with ", False),
        ("It integrates with all. Stack: ", False),
    ],
)
def test_what_the_product_goes_with(before: str, told: bool) -> None:
    assert is_connected_to(f"{before}Jira, Slack", len(before)) is told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Northwind enables teams to deploy ", True),
        ("With it developers can write ", True),
        ("makes it easy for data teams to adopt ", True),
        ("would you like to run ", True),
        ("Our developers can choose ", False),
        ("Our teams are free to use ", False),
        ("Companies use our API, which is written in ", False),
        ("We build in ", False),
    ],
)
def test_what_users_do(before: str, told: bool) -> None:
    assert is_of_users(f"{before}Python", 0, len(before)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("We use machine learning to price homes.", True),
        ("We're using machine learning and statistics to price homes.", True),
        ("We use machine learning.", False),
        ("We use machine learning, Go and Rust. You have to know two.", False),
        ("You use machine learning to price homes.", False),
    ],
)
def test_for_what_the_firm_uses_a_field(text: str, told: bool) -> None:
    start = text.index("machine learning")
    assert is_for_product(text, start, start + len("machine learning")) is told
