"""What one sentence of an advert says: its part, how much it asks, and what it does with what it names."""

from functools import lru_cache

from schemas.vocabulary import SECTIONS_WITHOUT_SKILLS
from transforms.section_words import CUES

Verdict = tuple[str, str, str]
"""Section, requirement and stance, see transforms.section.Section."""

BIT = {kind: 1 << number for number, kind in enumerate((*CUES, "benefits"))}
"""A sentence's kinds of cues are one number; `benefits` are two words of kind `benefit`."""
REQUIREMENT_OF = {"requirements": "required", "nice_to_have": "preferred"}
"""What a part asks of all it names."""
LONGEST_LISTED = 60
"""Characters of a line that can do without a verb of asking."""

_ASKED = frozenset(("work", "required", "preferred", "use", "stack"))
_ASKING = frozenset(("ask", "demand", "duty", "required", "preferred"))
_ASKING_ALL_THE_SAME = _ASKING - {"ask"}
"""What asks even in a sentence that tells of the company."""
_USING = frozenset(("use", "stack"))
_TELLING = frozenset(("we", "be"))
_ASIDE = frozenset(("you", "use"))
_ASKING_SECTIONS = frozenset(("duties", "requirements"))


@lru_cache(maxsize=1 << 14)
def decided(current: str, bits: int, is_long: bool) -> Verdict:
    """What a sentence under a heading says; the few thousand sets of cues there are come again and again."""
    cues = frozenset(kind for kind, bit in BIT.items() if bits & bit)
    verdict = _verdict(current, cues)
    if current in _ASKING_SECTIONS and verdict[0] == current and "tells" in cues and not _asks(cues):
        return (*verdict[:2], "told")
    if current == "body" and verdict[0] == "body" and not _asks(cues):
        return _said(cues, is_long=is_long)
    return verdict


def _asks(cues: frozenset[str]) -> bool:
    if "demand" in cues and "we" in cues and cues.isdisjoint(("seek", "you", "ask", "required", "preferred")):
        cues = cues - {"demand"}  # "it took us two years" demands nothing
    if "tells" in cues:
        return bool(cues & _ASKING_ALL_THE_SAME)
    return bool(cues & _ASKING) or ("work" in cues and not cues & _USING)


def _of_themselves(cues: frozenset[str]) -> bool:
    """ "We have ten years of experience in robotics" demands nothing; nor do duties ("you will ...")."""
    return ("we" in cues and "seek" not in cues and "you" not in cues) or "duty" in cues


def _said(cues: frozenset[str], *, is_long: bool) -> Verdict:
    """Body text that asks for nothing: of the company, of its tools, or a list or line without more words."""
    if "stack" in cues:
        stance = "aside" if "tells" in cues else "used"
    elif not is_long and "seek" in cues and "tells" not in cues:
        stance = "asked"  # "We need Python."
    elif "tells" in cues or (is_long and "be" in cues and not cues & _ASIDE):
        stance = "told"
    elif ("use" in cues and cues & _TELLING) or ("we" in cues and "you" not in cues):
        stance = "aside"
    else:
        stance = "plain" if is_long else "asked"
    return "body", "mentioned", stance


def _verdict(current: str, cues: frozenset[str]) -> Verdict:
    for name in ("equal_opportunity", "legal", "benefits"):
        if name in cues:
            return name, "mentioned", "told"
    if "address" in cues and "work" not in cues and current == "body":
        return "address", "mentioned", "told"
    if current in SECTIONS_WITHOUT_SKILLS:
        return current, "mentioned", "told"
    of_others = "others" in cues and not cues & _ASKED
    if of_others and (current == "body" or ("we" in cues and "you" not in cues)):
        return "company", "mentioned", "told"
    if "preferred" in cues:
        return current, "preferred", "asked"
    if "required" in cues or ("demand" in cues and not _of_themselves(cues)):
        return current, "preferred" if current == "nice_to_have" else "required", "asked"
    if (
        current == "requirements"
        and "stack" in cues
        and "we" in cues
        and "you" not in cues
        and not cues & _ASKING
    ):
        return current, "mentioned", "asked"  # "We use Postgres" among demands says what stands beside them
    return current, REQUIREMENT_OF.get(current, "mentioned"), "asked"
