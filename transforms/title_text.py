"""A job title without what does not tell the job: level, place, contract, gender marks, numbers."""

import re

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_GENDER = re.compile(
    r"(?<![a-z])[mfwhdxi](?: ?[/|] ?(?:[mfwhdxi]|nb|div|gn))+(?![a-z])|\b(?:all genders|male only|female only)\b"
)
_NUMBERED = re.compile(
    r"\b(?:req(?:uisition)?|ref(?:erence)?|job|vacancy|posting|position|id|no|nr)[ .:]*(?:id|no|number|nr|code)?"
    r"[ .:#-]*[a-z]{0,4}[-_/]?\d{2,}[\w/-]*|#\s*\w*\d\w*|\b[a-z]{1,4}[-_]?\d{3,}\b|\b\d+(?:st|nd|rd|th|x|k)?\b"
)
_LEVEL = re.compile(
    r"\b(?:senior|junior|sr|jr|snr|jnr|lead|principal|staff|trainee|intern|internship|graduate|fresh graduate"
    r"|entry level|mid level|i{1,3}|iv|v)\b"
)
_CIRCUMSTANCE = re.compile(
    r"\b(?:remote|hybrid|on ?site|full time|part time|permanent|temporary|fixed term|contract|freelance|urgent|urgently"
    r"|immediate start|now hiring|hiring|vacancy for|vacancies|wanted|re advertised|readvertised|work from home)\b"
)
_ENDING = re.compile(r"(?<=[a-z])(?:/in|\*in(?:nen)?|:in(?:nen)?|_in(?:nen)?)\b")
_SIGN = re.compile(r"[^\w&+#]+|_")
_SEGMENT = re.compile(r"\s+[-–—|@]\s*|\s*[|–—•;]\s*|\s+-|,\s*|\s+@\s*")

_LONGEST = 1000
"""Characters of a title that are looked at: some expressions take the square of the length; no title has as many."""


def normalise_title(title: str) -> str:
    """Returns the title in lower case, signs as single spaces and ``&`` as "and"; nothing taken out yet.

    What the labels of a taxonomy and exact titles are compared by.
    """
    return " ".join(_SIGN.sub(" ", title.lower()).replace("&", " and ").split())


def bare_title(title: str) -> str:
    """Returns the normalised title without brackets, gender marks, numbers, level and circumstances.

    A title that holds nothing else ("Intern", "Lead (m/f/d)") keeps its words.
    """
    text = _ENDING.sub("", _BRACKETED.sub(" ", title[:_LONGEST].lower()))
    text = normalise_title(_NUMBERED.sub(" ", _GENDER.sub(" ", text)))
    bare = " ".join(_CIRCUMSTANCE.sub(" ", _LEVEL.sub(" ", text)).split())
    return bare or text or normalise_title(title[:_LONGEST])


def segments(title: str) -> list[str]:
    """Returns the parts of a title between dashes, bars, commas and "@", brackets aside; at least one.

    Places and project names stand in parts of their own ("Data Engineer - Berlin, Germany"): whoever
    knows which words occur in titles drops the parts without any.
    """
    parts = [part.strip() for part in _SEGMENT.split(_BRACKETED.sub(" ", title[:_LONGEST]))]
    return [part for part in parts if part] or [title[:_LONGEST]]
