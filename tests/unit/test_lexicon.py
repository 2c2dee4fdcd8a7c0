from typing import Any

import pytest

from transforms.lexicon import LexiconFault, compile_lexicon, normalise


def surface(form: str, *, kind: str = "alias", label: str | None = None) -> dict[str, Any]:
    return {
        "surface": normalise(form),
        "skill_id": f"skl_{normalise(form)}",
        "surface_label": label or form,
        "surface_kind": kind,
        "evidence": "none",
    }


def matches(text: str, *forms: str, ambiguous: list[dict[str, str]] | None = None) -> list[str]:
    found = compile_lexicon([surface(form) for form in forms], ambiguous or []).find(text)
    return [text[start:end] for start, end, _ in found]


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("C++ and C#", ("C", "C++", "C#"), ["C++", "C#"]),
        ("C++/C#", ("C", "C++", "C#"), ["C++", "C#"]),
        ("C, C++.", ("C", "C++"), ["C", "C++"]),
        ("we use .NET, ASP.NET and VB.NET.", (".NET", "ASP.NET"), [".NET", "ASP.NET"]),
        ("Node.js/Express", ("Node.js", "Node", "Express"), ["Node.js", "Express"]),
        ("use Node.", ("Node.js", "Node"), ["Node"]),
        ("R&D in R", ("R",), ["R"]),
        ("Objective-C or objective c", ("C", "Objective-C"), ["Objective-C", "objective c"]),
        ("F#, #F and F", ("F#",), ["F#"]),
        ("A/B testing, CI/CD", ("A/B testing", "CI/CD"), ["A/B testing", "CI/CD"]),
        ("back-end, back end", ("back end",), ["back-end", "back end"]),
        ("Salesforce and sales", ("sales",), ["sales"]),
        ("Java Javascript JavaScripts", ("Java", "JavaScript"), ["Java", "Javascript", "JavaScripts"]),
        ("Apache Spark Streaming", ("Spark", "Apache Spark", "Spark Streaming"), ["Apache Spark"]),
        ("Python-based, Python's (Python)", ("Python",), ["Python", "Python", "Python"]),
        ("data structures, data structure", ("data structures",), ["data structures", "data structure"]),
        ("unit tests; libraries", ("unit test", "library"), ["unit tests", "libraries"]),
        ("Java\nScript, Java. Script", ("Java Script",), []),
        ("Go,Rust;C", ("Go", "Rust", "C"), ["Go", "Rust", "C"]),
        ("React/Redux", ("React", "Redux", "React Redux"), ["React", "Redux"]),
        ("“Kafka”…Redis—Go", ("Kafka", "Redis", "Go"), ["Kafka", "Redis", "Go"]),
        ("İ GO Zürich GO", ("Go",), ["GO", "GO"]),
        ("", ("Go",), []),
    ],
)
def test_matches(text: str, forms: tuple[str, ...], expected: list[str]) -> None:
    assert matches(text, *forms) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://acme.example/python/react",
        "www.react.example",
        "acme.io/jobs/python-developer",
        "python-jobs@acme.example",
        "my-python-site.com",
        "see src/python/react.py there",
        "/usr/lib/python/site",
        "(~/python/react)",
        r"c:\python\bin",
        "jobs/python.html",
    ],
)
def test_addresses_and_paths_hold_no_skill(text: str) -> None:
    assert matches(text, "Python", "React") == []


def test_slashes_between_names_are_no_path() -> None:
    assert matches("React/Node.js/Go and Java/Scala", "React", "Node.js", "Go", "Java", "Scala") == [
        "React", "Node.js", "Go", "Java", "Scala",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (" Back-End ", "back end"),
        ("CI/CD", "ci cd"),
        ("C++", "c++"),
        ("C#", "c#"),
        (".NET", ".net"),
        ("Node.js", "node.js"),
        ("R&D", "r&d"),
        ("Go.", "go"),
        ("driver’s license", "driver s license"),
        ("Python (computer programming)", "python computer programming"),
        ("...", ""),
    ],
)
def test_normalise(form: str, expected: str) -> None:
    assert normalise(form) == expected
    assert normalise(expected) == expected


def test_a_plural_that_is_a_form_of_its_own_stays_its_own() -> None:
    lexicon = compile_lexicon([surface("window"), surface("windows")], [])
    assert [entry.surface for _, _, entry in lexicon.find("windows window")] == ["windows", "window"]


def test_a_never_row_without_a_skill_shields_its_words() -> None:
    shield = {
        "surface": "go to market",
        "evidence": "never",
        "case_forms": "",
        "neighbours": "",
        "reason": "x",
    }
    found = compile_lexicon([surface("Go")], [shield]).find("Go-to-market with Go")
    assert [(start, entry.skill_id) for start, _, entry in found] == [(0, None), (18, "skl_go")]


def test_all_faults_are_listed_at_once() -> None:
    rows = [surface("Go"), {**surface("go"), "skill_id": "skl_other"}, {**surface("x"), "surface": "--"}]
    row = {"surface": "rust", "evidence": "guess", "case_forms": "", "neighbours": "", "reason": ""}
    with pytest.raises(LexiconFault) as caught:
        compile_lexicon(rows, [row, row, {**row, "surface": "c", "evidence": "exact_case"}])
    message = str(caught.value)
    for fault in (
        "'go' belongs to",
        "'--'",
        "'guess'",
        "'rust' stands twice",
        "exact_case without case_forms",
    ):
        assert fault in message


def test_half_a_character_hides_no_skill_beside_it() -> None:
    """The automaton takes no lone surrogate; the places of what stands behind it stay."""
    assert matches("Python \ud800 SQL \udfff x", "Python", "SQL") == ["Python", "SQL"]
