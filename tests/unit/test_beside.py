"""Firms that people come from or sell to, and departments one works with, ask for nothing; the work itself does."""

import pytest

from transforms.beside import is_a_firm, is_their_department


def span(text: str, word: str) -> tuple[str, int, int]:
    start = text.rindex(word)
    return text, start, start + len(word)


@pytest.mark.parametrize(
    ("firm", "tool", "name"),
    [
        (
            "Our engineers come from Northwind, Stripe and Contoso.",
            "Our payments come in over Stripe.",
            "Stripe",
        ),
        ("A mix of engineers from large companies (AWS, Contoso).", "Engineers who know AWS, Redis.", "AWS"),
        ("Customers like Contoso, Slack trust us.", "You build bots for Slack.", "Slack"),
        ("Trusted by Contoso, Dropbox and others.", "We trust Dropbox with our files.", "Dropbox"),
        ("He previously led engineering at Okta, Contoso.", "You set up single sign-on with Okta.", "Okta"),
        ("Join the platform group at Oracle.", "You are good at Oracle, and we run at Oracle.", "Oracle"),
        ("Founded by Heroku, Contoso and Fabrikam alumni.", "Deployed to Heroku, Docker and more.", "Heroku"),
        ("Brands like Contoso, Shopify sell here.", "Brands meet expert Shopify developers here.", "Shopify"),
    ],
)
def test_a_name_among_firms_is_the_firm(firm: str, tool: str, name: str) -> None:
    assert is_a_firm(*span(firm, name))
    assert not is_a_firm(*span(tool, name))


@pytest.mark.parametrize(
    ("theirs", "own", "field"),
    [
        (
            "Work closely with product management, data science and legal teams.",
            "You do data science and report to legal teams.",
            "data science",
        ),
        (
            "You collaborate with our product and machine learning teams.",
            "You collaborate with our product team to bring machine learning to farms.",
            "machine learning",
        ),
        (
            "Work with teams such as finance, product design.",
            "Experience with teams in product design.",
            "product design",
        ),
        (
            "You discuss it with Marketing, Legal and product management.",
            "Experience working with product and product management.",
            "product management",
        ),
        (
            "Work closely with Data Engineers, DBA's, Business Analysts, quality assurance and others.",
            "Work closely with engineers on quality assurance and others.",
            "quality assurance",
        ),
        (
            "Liaise with the data engineering department.",
            "Work across projects within the data engineering department.",
            "data engineering",
        ),
        (
            "Partner with product teams (legal, web development) every day.",
            "Collaborate with product teams in an agile shop doing web development.",
            "web development",
        ),
    ],
)
def test_a_department_one_works_with_is_theirs(theirs: str, own: str, field: str) -> None:
    assert is_their_department(*span(theirs, field))
    assert not is_their_department(*span(own, field))


def test_a_long_row_of_capitals_takes_no_longer_per_word() -> None:
    # Two ways to read a word would double the time with each: 2 ** 50 steps never end.
    text = "engineers from " + "Ab " * 50 + "x Stripe"
    assert not is_a_firm(*span(text, "Stripe"))
    text = "work with " + "ab and " * 30 + "x. data science"
    assert not is_their_department(*span(text, "data science"))
