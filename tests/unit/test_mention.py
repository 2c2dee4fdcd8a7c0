import pytest

from transforms.lexicon import compile_lexicon, normalise
from transforms.mention import Mention, mentions
from transforms.section import sections

NAMES = (
    "Python|Kotlin|Redis|Go|Rust|C|Swift|Express|React|Docker|Excel|Word|insurance|customer service|Elastic"
)
BOTH = "exact_case_and_list_or_near"
AMBIGUOUS = [
    ("go", BOTH, "Go", ""),
    ("rust", BOTH, "Rust", ""),
    ("c", BOTH, "C", ""),
    ("swift", "in_list", "", ""),
    ("express", "near_skill", "", ""),
    ("react", "exact_case", "React", ""),
    ("word", BOTH, "Word", "excel"),
    ("insurance", "never", "", ""),
    ("go to market", "never", "", ""),
]


def read(text: str, *, employer_key: str = "", header_end: int = 0) -> list[Mention]:
    surfaces = [
        {
            "surface": normalise(name),
            "skill_id": name,
            "surface_label": name,
            "surface_kind": "preferred",
            "evidence": "none",
        }
        for name in NAMES.split("|")
    ]
    ambiguous = [
        {
            "surface": surface,
            "evidence": evidence,
            "case_forms": forms,
            "neighbours": neighbours,
            "reason": "x",
        }
        for surface, evidence, forms, neighbours in AMBIGUOUS
    ]
    lexicon = compile_lexicon(surfaces, ambiguous)
    return mentions(text, lexicon, sections(text), employer_key=employer_key, header_end=header_end)


def verdicts(text: str, *, employer_key: str = "", header_end: int = 0) -> dict[str, str]:
    return {
        mention.surface: mention.rule if mention.accepted else f"not: {mention.rule}"
        for mention in read(text, employer_key=employer_key, header_end=header_end)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use Python.", {"python": "exact_used"}),
        ("You go far with us.", {"go": f"not: no_{BOTH}"}),
        ("Go far with us.", {"go": f"not: no_{BOTH}"}),
        ("Python and Go", {"python": "exact", "go": BOTH}),
        ("Python and go", {"python": "exact", "go": f"not: no_{BOTH}"}),
        ("Go, Rust or C", {"go": BOTH, "rust": BOTH, "c": BOTH}),
        ("A service written in Go.", {"go": f"{BOTH}_used"}),
        ("Senior Rust developers", {"rust": f"{BOTH}_in_title"}),
        ("We raised a Series C round", {"c": f"not: no_{BOTH}"}),
        ("our C-level uses Python", {"c": "not: hyphenated", "python": "exact_used"}),
        ("Go-to-market and Python", {"python": "exact"}),
        ("a swift answer about Python", {"swift": "not: no_in_list", "python": "exact"}),
        ("Swift/Kotlin", {"swift": "in_list", "kotlin": "exact"}),
        ("express, on top of Python", {"express": "near_skill", "python": "exact"}),
        ("express it\nin Python", {"express": "not: no_near_skill", "python": "exact"}),
        ("You react fast", {"react": "not: no_exact_case"}),
        ("All in React", {"react": "exact_case"}),
        ("React fast. Think.", {"react": "not: no_exact_case"}),
        ("React and Python", {"react": "exact_case", "python": "exact"}),
        ("- React\n- Python", {"react": "exact_case", "python": "exact"}),
        ("WHAT WE REACT TO", {"react": "not: no_exact_case"}),
        ("Word and Excel", {"word": BOTH, "excel": "exact"}),
        ("Word and Python", {"word": f"not: no_{BOTH}", "python": "exact"}),
        ("customer service in Go", {"customer service": "exact", "go": BOTH}),
        ("customer service, Go far", {"customer service": "exact", "go": f"not: no_{BOTH}"}),
        ("We sell insurance.", {"insurance": "not: never"}),
        ("Benefits\n- a Python to pet", {"python": "not: section_benefits"}),
        ("About us\nWe sell Docker.", {"docker": "not: section_company"}),
        ("No experience with Docker or C needed.", {"docker": "not: negated", "c": "not: negated"}),
        ("Python and Redis are not required.", {"python": "not: negated", "redis": "not: negated"}),
        ("Docker is not required but a plus.", {"docker": "exact"}),
        ("Go instead of Python, with Redis", {"go": BOTH, "python": "not: negated", "redis": "exact"}),
        ("mail python@acme.example or python.io/redis", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_verdicts(text: str, expected: dict[str, str]) -> None:
    assert verdicts(text) == expected


def test_the_employer_is_no_skill() -> None:
    assert verdicts("Elastic builds search.", employer_key="elastic") == {"elastic": "not: employer_name"}
    assert verdicts("Docker at work", employer_key="docker labs") == {"docker": "not: employer_name"}
    assert verdicts("Python at work", employer_key="python cookbook") == {"python": "exact"}


def test_offsets_section_and_requirement() -> None:
    text = "Acme | Kotlin Engineer\nRequirements:\n- Python\n- Redis is a plus"
    found = [
        (text[item.start : item.end], item.section, item.requirement)
        for item in read(text, header_end=text.index("\n"))
    ]
    assert found == [
        ("Kotlin", "header", "mentioned"),
        ("Python", "requirements", "required"),
        ("Redis", "requirements", "preferred"),
    ]


def test_an_alternative_label_counts_only_where_the_advert_lists_what_it_asks_for() -> None:
    rows = [
        {
            "surface": "be responsible",
            "skill_id": "x",
            "surface_label": "be responsible",
            "surface_kind": "alternative",
            "evidence": "none",
        }
    ]
    lexicon = compile_lexicon(rows, [])
    text = "You will be responsible.\nRequirements:\n- be responsible"
    found = mentions(text, lexicon, sections(text), employer_key="", header_end=0)
    assert [mention.rule for mention in found] == ["alternative_label", "exact"]


def test_an_acronym_in_a_line_of_capitals_says_nothing() -> None:
    rows = [
        {
            "surface": name.lower(),
            "skill_id": name,
            "surface_label": name,
            "surface_kind": "alias",
            "evidence": "none",
        }
        for name in ("CAN", "SQL")
    ]
    can = {
        "surface": "can",
        "evidence": "exact_case",
        "case_forms": "CAN",
        "neighbours": "",
        "reason": "a verb",
    }
    lexicon = compile_lexicon(rows, [can])
    for text, accepted in (
        ("WHAT WE CAN OFFER YOU", False),
        ("over CAN buses", True),
        ("WE LIKE CAN, SQL", True),
    ):
        found = mentions(text, lexicon, sections(text), employer_key="", header_end=0)
        assert found[0].accepted is accepted


def test_a_negated_mention_is_kept_and_not_accepted() -> None:
    (mention,) = read("We do not use Docker")
    assert (mention.negated, mention.accepted, mention.rule) == (True, False, "negated")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("You explain Python to non-Python people.", "hyphenated"),
        ("Work with the Python Research Centre in Oslo.", "employer_name"),
        ("You know Python Center of Excellence rules.", "exact"),
    ],
)
def test_the_name_of_an_institution_and_what_is_not_are_no_skill(text: str, rule: str) -> None:
    assert read(text)[-1].rule == rule


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("From CAD 95,000.", False),
        ("CAD$70-120k and equity", False),
        ("95k CAD", False),
        ("80 - 95 CAD an hour", False),
        ("You know CAD.", True),
        ("CAD 2D and 3D", True),
        ("Draw parts in 3D CAD", True),
        ("Read CAD, 5 days a week", True),
    ],
)
def test_a_currency_beside_an_amount_is_no_skill(text: str, accepted: bool) -> None:
    rows = [
        {
            "surface": "cad",
            "skill_id": "cad",
            "surface_label": "CAD",
            "surface_kind": "preferred",
            "evidence": "none",
        }
    ]
    case = {"surface": "cad", "evidence": "exact_case", "case_forms": "CAD", "neighbours": "", "reason": "x"}
    [mention] = mentions(text, compile_lexicon(rows, [case]), sections(text))
    assert (mention.accepted, mention.rule) == (accepted, "exact_case" if accepted else "no_exact_case")
