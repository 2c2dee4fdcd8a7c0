"""Words that are a skill beside one cue and something else beside another."""

import pytest

from transforms.lexicon import Lexicon, compile_lexicon
from transforms.mention import mentions
from transforms.section import sections

_ROWS = (
    ("swift", "exact_case_and_list_or_near", "Swift|swift", ""),
    ("crystal", "exact_case_and_list_or_near", "Crystal", ""),
    ("phoenix", "exact_case_and_list_or_near", "Phoenix", ""),
    ("delphi", "exact_case", "Delphi", ""),
    ("dbt", "exact_case", "dbt", "snowflake"),
    ("accounting", "asked_as_skill", "", ""),
    ("spring", "exact_case_and_list_or_near", "Spring", ""),
)
_PLAIN = ("python", "snowflake", "hadoop")


def _lexicon() -> Lexicon:
    surfaces = [
        {"surface": name, "surface_label": name.title(), "skill_id": name, "surface_kind": "alias"}
        for name in (*_PLAIN, *(row[0] for row in _ROWS))
    ]
    names = ("surface", "evidence", "case_forms", "neighbours")
    return compile_lexicon(surfaces, [dict(zip(names, row, strict=True)) | {"reason": ""} for row in _ROWS])


_LEXICON = _lexicon()


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("You know Python and a swift answer", {"python"}),
        ("You know Python, mostly swift on phones", {"python", "swift"}),
        ("At Crystal & Ash you know Python", {"python"}),
        ("Join Crystal Bank if you know Python", {"python"}),
        ("You know Crystal and Python", {"python", "crystal"}),
        ("Our Swift-powered app", {"swift"}),
        ("Our Swift-witted staff", set()),
        ("Cities we ship to: Phoenix and Delphi.", set()),
        ("You know Phoenix and Delphi.", {"phoenix", "delphi"}),
        ("You know dbt", {"dbt"}),
        ("You know DBT", set()),
        ("You know Snowflake and DBT", {"snowflake", "dbt"}),
        ("Three years of experience in accounting", {"accounting"}),
        ("You support the accounting team", set()),
        ("A degree in finance, accounting or law", {"accounting"}),
        ("Excellent writing, accounting and speaking skills", {"accounting"}),
        ("You keep accounting records", {"accounting"}),
        ("You have a degree; the accounting of others is none of yours", set()),
        ("Join our accounting office", set()),
        ("Our Crystal-based and Python-based site", {"crystal", "python"}),
        ("Our Crystal-bound Python", {"python"}),
        ("Delphi is a strong advantage.", {"delphi"}),
        ("Delphi of old is where we went.", set()),
        ("Swift would be an asset", {"swift"}),
        ("Swift \N{EN DASH} a plus", {"swift"}),
        ("Swift - required", {"swift"}),
        ("Swift - a smile", set()),
        ("You know Python and Spring", {"python", "spring"}),
        ("You know Python. Spring 2031 start.", {"python"}),
        ("You know Python. Spring semester interns welcome.", {"python"}),
    ],
)
def test_what_counts(text: str, counted: set[str]) -> None:
    found = mentions(text, _LEXICON, sections(text))
    assert {mention.skill_id for mention in found if mention.accepted} == counted


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("We run on Snowflake, not Hadoop, and on Python", {"hadoop"}),
        ("You know Python, not only Hadoop", set()),
        ("We have no use for Hadoop and know Python", {"hadoop"}),
        ("We left Hadoop behind and now write Python", {"hadoop"}),
        ("- don't need to know Hadoop\nPython", {"hadoop"}),
        ("No Hadoop here, and you know Python", {"hadoop"}),
    ],
)
def test_what_a_negation_reaches(text: str, negated: set[str]) -> None:
    found = mentions(text, _LEXICON, sections(text))
    assert {mention.skill_id for mention in found if mention.negated} == negated


def test_a_tool_inside_the_employers_name_is_none_where_the_whole_name_stands() -> None:
    text = "Join Example Hadoop Works and use Hadoop with Python. Example Hadoop Works pays."
    found = mentions(text, _LEXICON, sections(text), employer_key="example hadoop works")
    assert [mention.start for mention in found if mention.accepted] == [
        text.index("Hadoop with"),
        text.index("Python"),
    ]
    assert [mention.rule for mention in found if not mention.accepted] == ["employer_name"] * 2
