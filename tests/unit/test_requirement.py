"""What each clause and sentence asks, on invented sentences."""

import pytest

from transforms.lexicon import compile_lexicon
from transforms.mention import mentions
from transforms.requirement import _PREFERRED
from transforms.section import sections
from transforms.section_words import CUES

NAMES = ("Python", "Redis", "Kafka", "Oracle", "Machine learning", "Blockchain")
LEXICON = compile_lexicon(
    [
        {
            "surface": name.lower(),
            "skill_id": "skl_" + name.lower(),
            "surface_label": name,
            "surface_kind": "alias",
            "evidence": "none",
        }
        for name in NAMES
    ],
    [],
)


def said(text: str) -> dict[str, str]:
    """Requirement by surface; the rule where the mention does not count."""
    found = mentions(text, LEXICON, sections(text))
    return {one.surface: one.requirement if one.accepted else one.rule for one in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python is required, Redis a plus.", {"python": "required", "redis": "preferred"}),
        ("You must know Python; familiarity with Redis is welcome.", {"python": "required", "redis": "preferred"}),
        ("Python, Redis and Kafka are a must, Oracle is a plus.",
         {"python": "required", "redis": "required", "kafka": "required", "oracle": "preferred"}),
        ("Must have: Python, Redis; nice to have: Kafka.",
         {"python": "required", "redis": "required", "kafka": "preferred"}),
        ("At least five years of Python.", {"python": "required"}),
        ("Knowledge of Redis is useful.", {"redis": "preferred"}),
        ("Experience with Kafka would be a strong asset.", {"kafka": "preferred"}),
        ("It is great if you know Python.", {"python": "preferred"}),
        ("Even better if you know Kafka.", {"kafka": "preferred"}),
        ("Three years of experience with Redis.", {"redis": "required"}),
        ("You know Python well.", {"python": "required"}),
        ("It helps if you know Redis.", {"redis": "preferred"}),
        ("Ideally you have used Kafka.", {"kafka": "preferred"}),
        ("You will run our Kafka cluster.", {"kafka": "mentioned"}),
        ("We use Python and Redis.", {"python": "mentioned", "redis": "mentioned"}),
        ("We have ten years of experience in Redis.", {"redis": "mentioned"}),
        ("Nice to have\n- Redis is required here\n", {"redis": "preferred"}),
        ("Requirements\n- Kafka\nResponsibilities\n- Run Redis\n", {"kafka": "required", "redis": "mentioned"}),
        ("Requirements\n- Kafka\n- Redis is a plus\n", {"kafka": "required", "redis": "preferred"}),
        ("Requirements\n- Kafka\n- Nice to have: experience with Redis\n", {"kafka": "required", "redis": "preferred"}),
        ("Requirements\n- Bonus: strong Redis, two years of Kafka\n", {"redis": "preferred", "kafka": "preferred"}),
        ("Requirements\n- Experience with Redis welcome\n- Kafka optional\n- Python\n",
         {"redis": "preferred", "kafka": "preferred", "python": "required"}),
        ("Requirements\n- Experience with Redis would be useful\n", {"redis": "preferred"}),
        ("Requirements\n- Knowledge of Redis is an asset\n", {"redis": "preferred"}),
        ("Requirements\n- Redis: you welcome a challenge\n", {"redis": "required"}),
        ("Requirements\n- Redis is a strong plus\n- Kafka: plus\n- Python (plus)\n",
         {"redis": "preferred", "kafka": "preferred", "python": "preferred"}),
        ("Requirements\n- Python\n\nWe use Redis and Kafka.\n",
         {"python": "required", "redis": "mentioned", "kafka": "mentioned"}),
        ("Requirements\n- Python\n\nWhat we use: Redis and Kafka\n",
         {"python": "required", "redis": "mentioned", "kafka": "mentioned"}),
        ("Requirements\n- We use Redis and you must know it well\n", {"redis": "required"}),
        ("Ideally you bring: Redis, but Kafka is a must.", {"redis": "preferred", "kafka": "required"}),
        ("Redis is a strong advantage.", {"redis": "preferred"}),
        ("The successful candidate will have good Redis skills.", {"redis": "required"}),
        ("Candidates should enjoy our life with Redis.", {"redis": "mentioned"}),
        ("If you've worked with Redis, great; if not, we teach it.", {"redis": "preferred"}),
        ("If you know Redis \N{EN DASH} great, but we teach it.", {"redis": "preferred"}),
        ("We'd love to see Redis experience.", {"redis": "preferred"}),
        ("Requirements\n- Python (required), Redis (optional), Kafka (bonus)",
         {"python": "required", "redis": "preferred", "kafka": "preferred"}),
        ("Kafka certification is highly regarded.", {"kafka": "preferred"}),
        ("Familiarity with Kafka is appreciated.", {"kafka": "preferred"}),
        ("Knowledge of Redis greatly appreciated.", {"redis": "preferred"}),
        ("You are appreciated, and you know Python.", {"python": "required"}),
        ("You write Python here and your work is appreciated.", {"python": "mentioned"}),
        ("Python and Redis. Kafka beneficial.", {"python": "mentioned", "redis": "mentioned", "kafka": "preferred"}),
        ("Knowledge of Kafka would be a benefit.", {"kafka": "preferred"}),
        ("A background in Redis wouldn't hurt.", {"redis": "preferred"}),
        ("Kafka is the icing on the cake.", {"kafka": "preferred"}),
        ("Proficiency in Python; Redis a nice extra.", {"python": "required", "redis": "preferred"}),
        ("We'd be thrilled if you've used Kafka.", {"kafka": "preferred"}),
        ("We'd be delighted if you've used Kafka.", {"kafka": "preferred"}),
        ("Ideally, you have worked with Redis before.", {"redis": "preferred"}),
        ("Ideally, you know Redis, and you must know Kafka.", {"redis": "preferred", "kafka": "required"}),
        ("Python [required], Redis [optional]", {"python": "required", "redis": "preferred"}),
        ("Required: Python | Preferred: Redis", {"python": "required", "redis": "preferred"}),
        ("Candidates without Python will not be considered.", {"python": "required"}),
        ("Candidates without experience in Python will not be considered.", {"python": "required"}),
        ("If you have no experience with Kafka, please do not apply.", {"kafka": "required"}),
        ("Knowledge of Kafka isn't necessary, though helpful.", {"kafka": "preferred"}),
        ("As a plus, you know Kafka.", {"kafka": "preferred"}),
        ("Python required, Kafka appreciated.", {"python": "required", "kafka": "preferred"}),
        ("We prefer Kafka over Redis.", {"kafka": "mentioned", "redis": "mentioned"}),
        ("We'd prefer someone who knows Kafka.", {"kafka": "preferred"}),
        ("Tools of the trade (Kafka, Redis) are considered a plus.", {"kafka": "preferred", "redis": "preferred"}),
        ("Python, Redis (both mandatory), Kafka (nice).",
         {"python": "required", "redis": "required", "kafka": "preferred"}),
        ("Python (must), Kafka (nice), Redis (not needed).",
         {"python": "required", "kafka": "preferred", "redis": "negated"}),
        ("Please do not apply if you have no experience with Kafka.", {"kafka": "required"}),
        ("Candidates with Kafka will be given preference.", {"kafka": "preferred"}),
        ("It'd be awesome if you knew Kafka.", {"kafka": "preferred"}),
        ("We'd love you to know Kafka.", {"kafka": "preferred"}),
        ("Kafka is a useful skill here.", {"kafka": "preferred"}),
        ("What you'll need\n- Python\nWhat would set you apart\n- Kafka\n",
         {"python": "required", "kafka": "preferred"}),
        ("What you'll need\n- Python\nWhat will make you stand out\n- Kafka\n",
         {"python": "required", "kafka": "preferred"}),
    ],
)  # fmt: skip
def test_requirements(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ("Strong Python skills, Redis is a plus", "python required, redis preferred"),
        ("Python, Redis is a plus", "python required, redis preferred"),
        ("Python and preferably Redis", "python required, redis preferred"),
        ("Python, ideally with Redis", "python required, redis preferred"),
        ("Python, Redis and Kafka a plus", "kafka preferred, python preferred, redis preferred"),
        ("Python and Redis a plus", "python preferred, redis preferred"),
        ("You know Python and Redis is a plus", "python required, redis preferred"),
        ("Experience with Kafka, Redis, and Oracle is a plus", "kafka preferred, oracle preferred, redis preferred"),
        ("Three years of Python, Kafka and Redis a plus", "kafka preferred, python required, redis preferred"),
        ("Python or Oracle (Redis is a bonus)", "oracle required, python required, redis preferred"),
        ("Python (Redis preferred) and Kafka", "kafka required, python required, redis preferred"),
        ("Kafka (a plus), Python, Redis", "kafka preferred, python required, redis required"),
        ("Python (3.8+ preferred)", "python required"),
        ("Python: 4 years (preferred)", "python preferred"),
        ("(Nice to have) experience with Kafka", "kafka preferred"),
        ("Experience with Oracle (Python, Redis) or Kafka is a plus",
         "kafka preferred, oracle preferred, python preferred, redis preferred"),
        ("Our stack (not a must): Python, Redis", "python preferred, redis preferred"),
        ("Python is an advantage, as is experience with Kafka", "kafka preferred, python preferred"),
        ("Python - nice to have", "python preferred"),
        ("Python and Redis required, Kafka and Oracle a plus",
         "kafka preferred, oracle preferred, python required, redis required"),
        ("You take advantage of Python, Redis is preferred", "python required, redis preferred"),
        ("The ideal candidate has experience with Python, Redis preferred", "python required, redis preferred"),
        ("Python (unclosed, Redis a plus", "python required, redis preferred"),
        ("It would be great if you know Python, have experience with Redis and strong Kafka",
         "kafka preferred, python preferred, redis preferred"),
    ],
)  # fmt: skip
def test_a_plus_speaks_for_its_own_list(demand: str, expected: str) -> None:
    found = said(f"Requirements\n- {demand}\n")
    assert ", ".join(f"{name} {asked}" for name, asked in sorted(found.items())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Requirements\n- Python (not Oracle)", {"python": "required", "oracle": "negated"}),
        ("Requirements\n- Databases (not limited to Oracle)", {"oracle": "required"}),
        ("We replaced Oracle with Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("We are migrating from Oracle to Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("You have experience migrating from Oracle to Redis.", {"oracle": "required", "redis": "required"}),
        ("There is no Oracle in our stack.", {"oracle": "negated"}),
        ("Oracle developers need not apply.", {"oracle": "negated"}),
        ("It doesn't matter if you know Oracle. You know Python.", {"oracle": "negated", "python": "required"}),
        ("Won't have\n- Oracle\n- Kafka\nMust have\n- Python",
         {"oracle": "negated", "kafka": "negated", "python": "required"}),
        ("What you don't need:\nOracle\nRequirements\nPython", {"oracle": "negated", "python": "required"}),
        ("You don't need\n- Oracle\nPython is what we use here.", {"oracle": "negated", "python": "mentioned"}),
    ],
)  # fmt: skip
def test_what_is_replaced_or_listed_as_not_needed(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No Oracle, but Python.", {"oracle": "negated", "python": "mentioned"}),
        ("No Oracle, please: we like Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("No experience with Oracle or Kafka needed. You know Python.",
         {"oracle": "negated", "kafka": "negated", "python": "required"}),
        ("You won't need Oracle, you need Python.", {"oracle": "negated", "python": "required"}),
        ("You will never touch Oracle here, we run Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("We don't use Oracle.", {"oracle": "negated"}),
        ("Instead of Oracle we use Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("We are migrating away from Oracle to Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("We used to run Oracle; we use Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("You used to write Oracle code.", {"oracle": "mentioned"}),
        ("We have no legacy Oracle code.", {"oracle": "negated"}),
        ("We do not use Oracle, only Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("If you've never used Oracle, this isn't for you.", {"oracle": "required"}),
        ("No degree required: just solid Python and Redis.", {"python": "required", "redis": "required"}),
        ("We are not an Oracle shop: we use Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("We don't use: Oracle, Redis.", {"oracle": "negated", "redis": "negated"}),
        ("Neither Oracle nor Kafka is required.", {"oracle": "negated", "kafka": "negated"}),
        ("We use neither Oracle nor Kafka.", {"oracle": "negated", "kafka": "negated"}),
        ("Requirements\n- Python\n- Redis\n\nOracle is not required.",
         {"python": "required", "redis": "required", "oracle": "negated"}),
        ("Requirements\n- Python\n- Oracle is not needed", {"python": "required", "oracle": "negated"}),
        ("We moved off Oracle last year and now run Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("We are moving off of Oracle to Redis.", {"oracle": "negated", "redis": "mentioned"}),
        ("No experience with Oracle is needed. Do not apply by post.", {"oracle": "negated"}),
        ("Python is required, Kafka is not.", {"python": "required", "kafka": "negated"}),
        ("Neither role needs Oracle.", {"oracle": "negated"}),
        ("We are not just an Oracle shop.", {"oracle": "mentioned"}),
        ("Nobody here is without Python.", {"python": "mentioned"}),
        ("There is no limit to what Python can do here.", {"python": "mentioned"}),
    ],
)  # fmt: skip
def test_negations(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We hire a Machine Learning Engineer.", {"machine learning": "mentioned"}),
        (
            "We have three offices and you will work alongside Machine Learning Engineers.",
            {"machine learning": "role_name"},
        ),
        ("Senior Python Engineer", {"python": "mentioned"}),
        ("We are a blockchain company with a story.", {"blockchain": "told_of_company"}),
        ("Bank alumni run the firm, our database is Redis.", {"redis": "mentioned"}),
        ("Our clients are Oracle and Redis.", {"oracle": "section_company", "redis": "section_company"}),
        ("You have experience with machine learning.", {"machine learning": "required"}),
    ],
)
def test_names_of_jobs_and_talk_of_the_company(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


def test_the_rule_says_what_the_sentence_does() -> None:
    rules = {}
    for text in (
        "You know Python.",
        "We use Python.",
        "This shop in the old part of our town is known for what it made in Python.",
        "Python Engineers",
    ):
        [found] = mentions(text, LEXICON, sections(text))
        rules[text] = found.rule
    assert list(rules.values()) == ["exact", "exact_used", "exact_told", "exact_in_title"]


def test_what_finds_a_wish_in_a_sentence_finds_it_in_a_clause() -> None:
    # "greatly appreciated" is one to the clause, "ly appreciated" to the sentence.
    phrases = [phrase.replace("?", "-").replace("ly app", "greatly app") for phrase in CUES["preferred"]]
    assert [phrase for phrase in phrases if not _PREFERRED.search(f"{phrase} ")] == []
