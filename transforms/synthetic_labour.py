"""Who advertises what and when in the synthetic market: every fact of an advert, before any words.

Known traps are planted here (re-posts, other cities, two roles, other languages, no text) or named
here for the text to play out (negation, boilerplate, an employer named like a tool).
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from transforms.synthetic_roles import RESIDUAL, ROLE_PAIRS, ROLES, TOGETHER

FORUM, BOARD, AGENCY = "synthetic_forum", "synthetic_board", "synthetic_agency"
SOURCE_WEIGHTS = {FORUM: 0.45, BOARD: 0.40, AGENCY: 0.15}

LAST_DAY = dt.date(2026, 6, 30)
MONTHS = tuple(dt.date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 1) for n in range(14))
MONTH_WEIGHTS = (0.5, 0.5, *[1.0] * 12)
"""Fourteen months, 2025-05 to 2026-06; the trailing twelve hold twelve thirteenths of the adverts."""

N_EMPLOYERS = 300
EMPLOYER_CAP = 0.10
"""No employer holds more than this share of a role's adverts."""

SAME_FAMILY_SHARE, NEW_FAMILY_SHARE, OTHER_CITY_SHARE, TWO_ROLES_SHARE = 0.05, 0.025, 0.03, 0.04
SAME_FAMILY_DAYS = (7, 28)
NEW_FAMILY_DAYS = (100, 150)
"""Far enough apart that two adverts known by month only are still more than 60 days apart."""

LEAN = 0.4
"""How much more a skill of TOGETHER is asked for in half of the adverts, and less in the other half."""

CITIES = ("Berlin", "Lisbon", "Austin, TX", "Toronto", "München", "Boston, MA", "Dublin", "Seattle, WA")
LEVELS = ("", "", "Senior ", "Junior ")

NAME_FIRST = (
    *("Harbor", "Pine", "Lantern", "Meadow", "Copper", "Willow", "Granite", "Juniper", "Saffron", "Comet"),
    *("Otter", "Heron", "Maple", "Quarry", "Beacon", "Fjord", "Amber", "Thistle", "Walnut", "Cobalt"),
    *("Marble", "Clover", "Prairie", "Tundra", "Birch", "Lagoon", "Orchard", "Pebble", "Sparrow", "Cedar"),
)
NAME_LAST = ("Labs", "Works", "Freight", "Foods", "Health", "Rail", "Energy", "Studio", "Press", "Games")
EMPLOYERS_NAMED_LIKE_TOOLS = {4: "Flask Ltd", 20: "Jasmine GmbH"}
"""Rank of an employer and its name; no role asks for these tools, so every match of one is wrong."""


@dataclass(frozen=True)
class Advert:
    """One advert of the market with its truth; ``posted_on`` None where the source gives no date.

    ``required``, ``preferred`` and ``mentioned`` divide ``skills``; ``negated`` stands in the text and
    is not asked for. ``wording`` seeds the choice of words: adverts of one family share it.
    """

    source_id: str
    employer: str
    roles: tuple[str, ...]
    title: str
    city: str
    posted_on: dt.date | None
    required: tuple[str, ...]
    preferred: tuple[str, ...]
    mentioned: tuple[str, ...]
    negated: tuple[str, ...]
    family: str
    wording: str
    language: str = "en"
    traps: tuple[str, ...] = ()

    @property
    def skills(self) -> tuple[str, ...]:
        """Every skill the advert asks for, sorted."""
        return tuple(sorted({*self.required, *self.preferred, *self.mentioned}))


def employers() -> tuple[str, ...]:
    """Invented names, largest first."""
    names = [f"Example {first} {last}" for last in NAME_LAST for first in NAME_FIRST][:N_EMPLOYERS]
    for rank, name in EMPLOYERS_NAMED_LIKE_TOOLS.items():
        names[rank] = name
    return tuple(names)


def adverts(seed: int, n_postings: int) -> tuple[Advert, ...]:
    """``n_postings`` adverts in order of source, date and family. The same seed gives the same adverts."""
    rng = Random(f"{seed}:labour")
    n_same, n_late, n_city = (
        int(n_postings * share) for share in (SAME_FAMILY_SHARE, NEW_FAMILY_SHARE, OTHER_CITY_SHARE)
    )
    first = _first_adverts(rng, n_postings - n_same - n_late - n_city)
    plain = [advert for advert in first if not advert.traps]
    chosen = rng.sample(
        [a for a in plain if a.posted_on and a.posted_on < dt.date(2026, 1, 1)], n_same + n_late
    )
    repeats = [_again(rng, a, SAME_FAMILY_DAYS, "repost_same_family", a.family) for a in chosen[:n_same]]
    repeats += [_again(rng, a, NEW_FAMILY_DAYS, "repost_new_family", f"{a.family}b") for a in chosen[n_same:]]
    # A forum advert names its place inside the text, so only the other sources can repeat a text elsewhere.
    taken = {advert.family for advert in chosen}
    listed = [advert for advert in plain if advert.family not in taken]
    movable = [
        a for a in listed if a.source_id != FORUM and a.posted_on and a.posted_on < dt.date(2026, 6, 1)
    ]
    repeats += [_elsewhere(rng, advert) for advert in rng.sample(movable, n_city)]
    return tuple(sorted([*first, *repeats], key=_order))


def _order(advert: Advert) -> tuple[str, dt.date, str, str]:
    return (advert.source_id, advert.posted_on or LAST_DAY, advert.family, advert.city)


def _first_adverts(rng: Random, n: int) -> list[Advert]:
    """One advert per family; each role has its exact number, so its size is no matter of luck."""
    n_two = int(n * TWO_ROLES_SHARE)
    total = sum(role.weight for role in ROLES.values())
    exact = {slug: (n - n_two) * role.weight / total for slug, role in ROLES.items()}
    sizes = {slug: int(size) for slug, size in exact.items()}
    by_remainder = sorted(exact, key=lambda slug: (sizes[slug] - exact[slug], slug))
    for slug in by_remainder[: n - n_two - sum(sizes.values())]:
        sizes[slug] += 1
    found: list[Advert] = []
    for slug, size in sizes.items():
        taken: Counter[str] = Counter()
        for _ in range(size):
            employer = _employer(rng, taken, max(1, int(size * EMPLOYER_CAP)))
            found.append(_advert(rng, employer, (slug,), None, len(found)))
    for number in range(n_two):
        one, other, title = ROLE_PAIRS[number % len(ROLE_PAIRS)]
        employer = _employer(rng, Counter(), n)
        found.append(_advert(rng, employer, tuple(sorted((one, other))), title, len(found)))
    return _with_odd_ones(found)


def _employer(rng: Random, taken: Counter[str], most: int) -> str:
    names = employers()
    weights = [1 / (rank + 12) for rank in range(len(names))]
    while True:
        name = rng.choices(names, weights)[0]
        if taken[name] < most:
            taken[name] += 1
            return name


def _advert(rng: Random, employer: str, roles: tuple[str, ...], title: str | None, number: int) -> Advert:
    lean = rng.choice((1, -1))
    asked = sorted({skill for slug in roles for skill in _skills(rng, ROLES[slug].shares, lean)})
    rng.shuffle(asked)
    parts: Mapping[str, list[str]] = {"required": [], "preferred": [], "mentioned": []}
    for skill in asked:
        parts[rng.choices(list(parts), (0.6, 0.2, 0.2))[0]].append(skill)
    for part in ("preferred", "mentioned"):
        if len(parts[part]) == 1:  # alone, an ambiguous name (Go, C, R) is no evidence of the skill
            parts["required"].append(parts[part].pop())
    unasked = sorted({skill for slug in roles for skill in ROLES[slug].shares} - set(asked))
    negated = (rng.choice(unasked),) if unasked and RESIDUAL not in roles and rng.random() < 0.12 else ()
    month = rng.choices(MONTHS, MONTH_WEIGHTS)[0]
    family = f"family-{number:06d}"
    return Advert(
        source_id=rng.choices(list(SOURCE_WEIGHTS), list(SOURCE_WEIGHTS.values()))[0],
        employer=employer,
        roles=roles,
        title=title or _title(rng, ROLES[roles[0]].titles),
        city=rng.choice(CITIES),
        posted_on=month.replace(day=rng.randint(1, 30 if month.month != 2 else 28)),
        required=tuple(parts["required"]),
        preferred=tuple(parts["preferred"]),
        mentioned=tuple(parts["mentioned"]),
        negated=negated,
        family=family,
        wording=f"{family}:{rng.getrandbits(32)}",
        traps=("two_roles",) if len(roles) > 1 else (),
    )


def _title(rng: Random, titles: Sequence[str]) -> str:
    title = rng.choice(titles)
    return title if title.startswith("Senior") else rng.choice(LEVELS) + title


def _skills(rng: Random, shares: Mapping[str, float], lean: int) -> list[str]:
    """Skills one advert asks for. Averaged over both leans, each has exactly its declared share."""
    asked = []
    for skill, share in shares.items():
        tilt = LEAN * lean * (1 if skill in TOGETHER else -1) if share * (1 + LEAN) < 1 else 0
        if rng.random() < share * (1 + tilt):
            asked.append(skill)
    return asked


def _with_odd_ones(found: list[Advert]) -> list[Advert]:
    """The last board adverts of the largest role, and its neighbours, become the few odd rows."""
    odd = [n for n, advert in enumerate(found) if advert.source_id == BOARD and not advert.traps]
    changed = list(found)
    for n in odd[:8]:
        changed[n] = replace(found[n], language="other", negated=(), traps=("other_language",))
    for n in odd[8:20]:
        changed[n] = replace(
            found[n], language="none", required=(), preferred=(), mentioned=(), negated=(), traps=("no_text",)
        )
    for n in odd[20:21]:
        changed[n] = replace(found[n], posted_on=None, traps=("no_date",))
    return changed


def _again(rng: Random, advert: Advert, days: tuple[int, int], trap: str, family: str) -> Advert:
    assert advert.posted_on is not None
    later = advert.posted_on + dt.timedelta(days=rng.randint(*days))
    return replace(advert, posted_on=min(later, LAST_DAY), family=family, traps=(trap,))


def _elsewhere(rng: Random, advert: Advert) -> Advert:
    assert advert.posted_on is not None
    city = rng.choice([city for city in CITIES if city != advert.city])
    later = advert.posted_on + dt.timedelta(days=rng.randint(0, 20))
    return replace(advert, posted_on=later, city=city, traps=("other_city",))
