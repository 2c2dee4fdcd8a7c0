"""Adverts whose true families are known: edits, reposts, city variants, boilerplate twins, short and empty texts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import pyarrow as pa

from transforms.identity import posting_version

FIRST_DAY = dt.date(2024, 1, 1)
CITIES = ("Arvendale", "Brookmere", "Calder Point", "Dunmore", "Eastwick", "Fairhollow")
ROLES = tuple(
    f"{kind} {role}"
    for kind in ("Backend", "Frontend", "Data", "Platform", "Mobile", "Test", "Network", "Firmware")
    for role in ("Engineer", "Analyst", "Architect")
)
_SYLLABLES = "ba co di fe gu ha ki lo mu ne po ra si to vu wa xe yo za bri cla dro fle gra pli sto tre"


@dataclass(frozen=True)
class FamilyAdvert:
    """One made-up advert; adverts of one ``family`` are one job, ``kind`` says how it came about."""

    name: str
    family: str
    kind: str
    employer: str
    title: str
    place: str
    text: str
    day: dt.date | None


def family_adverts(seed: int, n_jobs: int) -> tuple[FamilyAdvert, ...]:
    """Adverts of ``n_jobs`` jobs, shuffled; about three adverts a job. The same seed gives the same adverts.

    Employers have 1 to 12 jobs and a boilerplate of their own, a third to two thirds of a text.
    """
    rng = Random(f"{seed}:families")
    syllables = _SYLLABLES.split()
    words = tuple("".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(4000))
    found: list[FamilyAdvert] = []
    job = 0
    while job < n_jobs:
        employer = f"employer {job}"
        boilerplate = _lines(rng, words, rng.randint(3, 8))
        for _ in range(rng.randint(1, 12)):
            found += _job(rng, words, employer, boilerplate, f"job-{job:06d}")
            job += 1
    rng.shuffle(found)
    return tuple(replace(advert, name=f"advert-{n:07d}") for n, advert in enumerate(found))


def _job(
    rng: Random, words: tuple[str, ...], employer: str, boilerplate: list[str], family: str
) -> list[FamilyAdvert]:
    """The first advert of a job and its variants."""
    team = rng.choice(words)
    title = rng.choice(ROLES) + (f", {team}" if rng.random() < 0.3 else "")
    own = _lines(rng, words, rng.randint(5, 10))
    day = FIRST_DAY + dt.timedelta(days=rng.randint(0, 300))
    first = FamilyAdvert("", family, "first", employer, title, rng.choice(CITIES), "", day)
    draw = rng.random()
    if draw < 0.04:
        return [replace(first, kind="empty"), replace(first, kind="empty", day=_later(rng, day, 1, 50))]
    if draw < 0.10:
        short = replace(first, kind="short", text=" ".join(rng.choices(words, k=10)))
        return [short, replace(short, day=_later(rng, day, 1, 55))]
    first = replace(first, text="\n".join([*boilerplate, f"Salary {rng.randint(40, 160)}k", *own]))
    found = [first]
    for _ in range(rng.randint(0, 4)):
        found.append(rng.choice(VARIANTS)(rng, words, first))
    if rng.random() < 0.15 and first.day:
        after = max(advert.day for advert in found if advert.day)
        found.append(
            replace(first, kind="new_search", family=f"{family}-again", day=_later(rng, after, 61, 200))
        )
    return found


def _later(rng: Random, day: dt.date | None, low: int, high: int) -> dt.date | None:
    return day and day + dt.timedelta(days=rng.randint(low, high))


def _lines(rng: Random, words: tuple[str, ...], n: int) -> list[str]:
    return [" ".join(rng.choices(words, k=rng.randint(9, 16))) for _ in range(n)]


# Variants ----------------------------------------------------------------------------------------


def _repost(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    return replace(first, kind="repost", day=_later(rng, first.day, 1, 55))


def _typos(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    said = first.text.split(" ")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(said))
        said[at] = said[at][:1] + said[at][2:]
    return replace(first, kind="typos", text=" ".join(said), day=_later(rng, first.day, 1, 55))


def _reordered(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    lines = first.text.split("\n")
    at = rng.randrange(len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return replace(first, kind="reordered", text="\n".join(lines), day=_later(rng, first.day, 1, 55))


def _salary(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    text = first.text.replace("\nSalary ", f"\nSalary now {rng.randint(40, 160)}k or ")
    return replace(first, kind="salary", text=text, day=_later(rng, first.day, 1, 55))


def _paragraph(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    text = first.text + "\n" + _lines(rng, words, 1)[0]
    return replace(first, kind="paragraph", text=text, day=_later(rng, first.day, 1, 55))


def _elsewhere(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    city = rng.choice([city for city in CITIES if city != first.place])
    text = f"{first.text}\nThis job is in {city}."
    title = rng.choice((first.title, f"{first.title} ({city})"))
    return replace(first, kind="city", title=title, place=city, text=text, day=_later(rng, first.day, 0, 20))


def _edited(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    """A repost with a typo, another salary and one line more."""
    edited = _paragraph(rng, words, _salary(rng, words, _typos(rng, words, first)))
    return replace(edited, kind="edited", day=_later(rng, first.day, 1, 55))


def _twin_title(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    """Another job of the employer in the same words but for the title and two lines."""
    lines = first.text.split("\n")
    title = rng.choice([role for role in ROLES if not first.title.startswith(role)])
    family = f"{first.family}-{title}"
    text = "\n".join([*lines[:-2], *_lines(Random(family), words, 2)])
    return replace(first, kind="twin_title", family=family, title=title, text=text)


def _twin_team(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    """The same title and boilerplate in another team: duties and requirements are its own."""
    lines = first.text.split("\n")
    n_shared = next(n for n, line in enumerate(lines) if line.startswith("Salary"))
    text = "\n".join([*lines[: n_shared + 1], *_lines(rng, words, len(lines) - n_shared - 1)])
    return replace(first, kind="twin_team", family=f"{first.family}-team-{rng.getrandbits(32)}", text=text)


def _twin_level(rng: Random, words: tuple[str, ...], first: FamilyAdvert) -> FamilyAdvert:
    """The same words one level up."""
    family = f"{first.family}-senior"
    text = first.text + "\n" + _lines(Random(family), words, 1)[0]
    return replace(first, kind="twin_level", family=family, title=f"Senior {first.title}", text=text)


Variant = Callable[[Random, tuple[str, ...], FamilyAdvert], FamilyAdvert]
VARIANTS: tuple[Variant, ...] = (
    _repost, _repost, _typos, _typos, _reordered, _salary, _paragraph, _elsewhere, _elsewhere, _edited,
    _twin_title, _twin_team, _twin_level,
)  # fmt: skip


def version_of(advert: FamilyAdvert) -> str:
    """Its posting version, as loading a file gives it."""
    return posting_version(advert.title, advert.employer, "plain", advert.text or None)


def posting_rows(adverts: tuple[FamilyAdvert, ...]) -> pa.Table:
    """Each distinct version once, with what is signed: posting_version, text and text_format."""
    texts = {version_of(advert): advert.text for advert in adverts}
    return pa.table(
        {
            "posting_version": list(texts),
            "text": list(texts.values()),
            "text_format": ["plain"] * len(texts),
        }
    )
