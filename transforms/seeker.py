"""Somebody who offers their own work, among adverts."""

import re

SEEKS_WORK = re.compile(r"\bwilling to relocate ?:.*?\b(?:r[eé]sum[eé]|cv)\b", re.IGNORECASE | re.DOTALL)
"""The form in which people offer their own work among the adverts of Hacker News."""
_HEADS_SEEKER = re.compile(r"\W*(?:\w+ \| )?SEEKING (?:FREELANCE |REMOTE |FULL-?TIME )?(?:WORK|JOB)\b")


def seeks(text: str) -> bool:
    """Whether somebody offers their own work here, among the adverts."""
    if "SEEKING " in text[:120] and _HEADS_SEEKER.match(text):
        return True
    return "elocate" in text[:1000] and SEEKS_WORK.search(text[:1000]) is not None
