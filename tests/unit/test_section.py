from itertools import pairwise

import pytest

from transforms.section import Section, sections


def part_of(text: str, phrase: str) -> tuple[str, str]:
    at = text.index(phrase)
    found = next(item for item in sections(text) if item.start <= at < item.end)
    return found.section, found.requirement


def test_sections_cover_the_text_without_gap() -> None:
    text = "Intro line.\nBenefits:\n- Lunch\n\nRequirements\n- Go. And C."
    found = sections(text)
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(left.end == right.start for left, right in pairwise(found))


def test_an_empty_text_is_one_body() -> None:
    assert sections("") == [Section(0, 0, "body", "mentioned")]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Requirements\n- Go", "Go", ("requirements", "required")),
        ("**WHAT YOU'LL NEED:**\nGo", "Go", ("requirements", "required")),
        ("## Minimum Qualifications\nGo", "Go", ("requirements", "required")),
        ("What you’ll need\nGo", "Go", ("requirements", "required")),
        ("Our tech stack:\nGo", "Go", ("body", "mentioned")),
        ("Nice to have:\n* Rust", "Rust", ("nice_to_have", "preferred")),
        ("Preferred qualifications\nRust", "Rust", ("nice_to_have", "preferred")),
        ("Additional preferred qualifications\nRust", "Rust", ("nice_to_have", "preferred")),
        ("Must have\n- Go\nShould have\n- C\nCould have\n- Rust", "Rust", ("nice_to_have", "preferred")),
        ("Must have\n- Go\nShould have\n- C\nCould have\n- Rust", "C", ("requirements", "required")),
        ("Minimum\n- Go", "Go", ("requirements", "required")),
        ("Responsibilities\n- Run Docker", "Docker", ("duties", "mentioned")),
        ("Benefits\n- Yoga and Slack", "Slack", ("benefits", "mentioned")),
        ("Benefits: dental, pension.\nWe use Go.", "We use Go", ("body", "mentioned")),
        ("Perks:\n- Lunch\n- Java beans", "Java", ("benefits", "mentioned")),
        ("About us\nWe sell maps made with Oracle.", "Oracle", ("company", "mentioned")),
        ("About us\nWe sell maps.\nOur stack: Go and Redis", "Redis", ("body", "mentioned")),
        ("About Harbor Labs:\nWe sell maps made with Oracle.", "Oracle", ("company", "mentioned")),
        ("About the role:\nYou will look after Oracle.", "Oracle", ("duties", "mentioned")),
        ("About our stack:\nWe run Oracle.", "Oracle", ("body", "mentioned")),
        ("Contact\nAccess Road 5\nWe write Scala", "Scala", ("body", "mentioned")),
        ("An equal opportunity employer, pregnancy or not.", "pregnancy", ("equal_opportunity", "mentioned")),
        ("We write Go. We do not discriminate on age. We test with Jest.", "Go", ("body", "mentioned")),
        ("We write Go. We do not discriminate on age. We test with Jest.", "Jest", ("body", "mentioned")),
        ("We pay medical, dental and give stock options.", "medical", ("benefits", "mentioned")),
        ("A background check follows, done in Excel.", "Excel", ("legal", "mentioned")),
        ("You must have Kafka.", "Kafka", ("body", "required")),
        ("Kafka is a plus.", "Kafka", ("body", "preferred")),
        ("Requirements:\nGo\nTerraform would be nice", "Terraform", ("requirements", "preferred")),
        ("Must: Go. Bonus points for Elm.", "Elm", ("requirements", "preferred")),
        ("We built it with Python and Django.", "Django", ("body", "mentioned")),
        ("Must: C and Go. Nice: Rust.", "Go", ("requirements", "required")),
        ("Must: C and Go. Nice: Rust.", "Rust", ("nice_to_have", "preferred")),
        ("Requirements\nC\nMust: Go\nZig", "Zig", ("requirements", "required")),
        ("Benefits\nLunch\nMust: Go\nZig", "Zig", ("body", "mentioned")),
        ("You know Go. Rust is optional.", "Rust", ("body", "preferred")),
        ("Requirements\n- Go\nOur clients include Oracle.", "Oracle", ("company", "mentioned")),
        ("Requirements\n- Go, used with investors and customers", "Go", ("requirements", "required")),
        ("Salary: 50k plus equity. You know Go.", "Go", ("body", "required")),
        ("Hourly pay: 20. Location: Lyon. We use Go.", "Go", ("body", "mentioned")),
        ("Compensation: 50k. On-site. Docker.", "Docker", ("body", "mentioned")),
        ("Compensation: 50k and a Slack shirt.", "Slack", ("benefits", "mentioned")),
        ("Compensation:\n50k. A Slack shirt.", "Slack", ("benefits", "mentioned")),
        ("Benefits: lunch. A Slack shirt.", "Slack", ("benefits", "mentioned")),
        ("Benefits\n- Lunch\nHow we work:\nWe pair in Vim", "Vim", ("body", "mentioned")),
        ("Benefits\n- Lunch\n\nExperience with Vim helps you.", "Vim", ("body", "required")),
        ("Benefits\n- Lunch\n- Work with Vim", "Vim", ("benefits", "mentioned")),
        ("Benefits\nLunch\nExperience with Vim for all", "Vim", ("benefits", "mentioned")),
        ("Requirements\n- C\nEven better\n- Go", "Go", ("nice_to_have", "preferred")),
        ("You'll thrive here if you have:\n- Go", "Go", ("requirements", "required")),
        ("This role is for you if\n- you write Go", "Go", ("requirements", "required")),
        ("We expect: C. We'd appreciate: Go.", "Go", ("nice_to_have", "preferred")),
        ("Must: C. Should: Zig. Could: Go.", "Go", ("nice_to_have", "preferred")),
        ("Must: C. Should: Zig. Could: Go.", "Zig", ("requirements", "required")),
        ("Requirements\n- C\n- Nice to have: Zig\n- Go", "Go", ("requirements", "required")),
        ("Requirements\n- C\n- Nice to have: Zig\n- Go", "Zig", ("nice_to_have", "preferred")),
        ("Essential functions:\n- Run Docker", "Docker", ("duties", "mentioned")),
    ],
)  # fmt: skip
def test_part_and_requirement(text: str, phrase: str, expected: tuple[str, str]) -> None:
    assert part_of(text, phrase) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("Experience with one or more of the following is required:", ("requirements", "required")),
        ("We are small. The successful candidate must have worked with:", ("requirements", "required")),
        ("We hire people who have experience with:", ("requirements", "required")),
        ("It would be great if you also know some of these languages:", ("nice_to_have", "preferred")),
        ("Some of the things we'd love you to know:", ("nice_to_have", "preferred")),
        ("Other useful skills include:", ("nice_to_have", "preferred")),
        ("None of these is required, but a plus:", ("nice_to_have", "preferred")),
        ("The tools we use, not required if you're willing to learn:", ("body", "mentioned")),
        ("You must have sold before, and these are your duties:", ("body", "mentioned")),
        ("With us you will work on and be expected to touch:", ("body", "mentioned")),
        ("You are going to learn:", ("body", "mentioned")),
        ("What is inside:", ("body", "mentioned")),
        ("- Experience is required with:", ("body", "mentioned")),
    ],
)
def test_a_sentence_speaks_for_the_list_it_leads_to(lead: str, expected: tuple[str, str]) -> None:
    text = f"We sell maps.\n{lead}\n- Go\n\n- Kafka\nOur office has Vim"
    assert part_of(text, "Go") == expected
    assert part_of(text, "Kafka") == expected
    assert part_of(text, "Vim") == ("body", "mentioned")


def test_after_such_a_list_the_part_around_it_goes_on() -> None:
    text = "Requirements\n- C\nIt would be great if you know:\n- Go\nZig"
    assert [part_of(text, word) for word in ("C", "Go", "Zig")] == [
        ("requirements", "required"),
        ("nice_to_have", "preferred"),
        ("requirements", "required"),
    ]
    text = "Benefits\n- Lunch\nYou must have written:\n- Go\nVim"
    assert [part_of(text, word) for word in ("Go", "Vim")] == [
        ("requirements", "required"),
        ("body", "mentioned"),
    ]
    assert part_of("You must know:\nGo", "Go") == ("body", "mentioned")


def test_a_sentence_speaks_for_forty_items_at_most() -> None:
    text = "You must know:\n" + "- Go\n" * 40 + "- Zig"
    assert part_of(text, "Go") == ("requirements", "required")
    assert part_of(text, "Zig") == ("body", "mentioned")


def test_one_benefit_word_may_be_the_trade_of_the_company() -> None:
    assert part_of("We build pension software in Kotlin.", "Kotlin") == ("body", "mentioned")


def test_a_cue_does_not_judge_a_whole_advert_without_full_stops() -> None:
    text = (
        "experience with Kafka and more " + "of this and that " * 60 + "we are an equal opportunity employer"
    )
    assert part_of(text, "Kafka")[0] == "body"
    assert part_of(text, "equal opp")[0] == "equal_opportunity"


def test_of_the_places_asked_for_the_stretches_say_what_those_of_the_whole_text_say() -> None:
    text = (
        "Example Ltd builds bridges. We offer lunches.\nRequirements:\nKnowledge of SQL is required, Go a plus."
        "\nAbout us\nWe are kind. You will write code.\nNice to have: Rust"
    )
    whole = sections(text)
    for place in range(len(text)):
        own = sections(text, [place])
        covering = next(part for part in whole if part.start <= place < part.end)
        named = [part for part in own if part.start <= place < part.end]
        assert text[place].isspace() or [part[2:] for part in named] == [covering[2:]], place
    assert sections(text, []) == [(0, len(text), "body", "mentioned", "asked")]
    assert sections(text, range(len(text))) == whole
