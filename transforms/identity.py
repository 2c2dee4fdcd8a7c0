"""Ids that depend on what a thing is, never on when it was loaded (contract section 4)."""

import base64
import hashlib
import re
import unicodedata

ID_LENGTH = 16
"""Characters of base32 kept: 80 bits, so 1e6 ids collide with a probability of about 4e-13."""

OWN_SCHEME = "skillweights"

SPELLED_OUT = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at ", "%": " percent "}


def mint(prefix: str, scheme: str, edition: str, code: str) -> str:
    """``prefix_`` and base32 of the SHA-256 of ``scheme|edition|code``, first 16 characters, lower case.

    ``edition`` is the edition of the code list (O*NET-SOC 2010, 2019), empty where codes carry none
    (ESCO, our own slugs): never a data release, or every release would rename everything.
    """
    return f"{prefix}_{_base32(f'{scheme}|{edition}|{code}'.encode())}"


def skill_id_of(scheme: str, code: str) -> str:
    """Id of a skill: own slug, ESCO address or O*NET technology name. None of the three has editions."""
    return mint("skl", scheme, "", code)


def occupation_id_of(slug: str) -> str:
    """Id of one of our own occupations, by slug."""
    return mint("occ", OWN_SCHEME, "", slug)


def posting_version(title: str | None, company: str | None, text_format: str, text: str | None) -> str:
    """32 hexadecimal digits over what the reader reads; null and empty differ."""
    return hashlib.sha256(_length_prefixed(title, company, text_format, text)).hexdigest()[:32]


def slug_of(label: str) -> str:
    """Lower ASCII slug of a label with its symbols spelled out; empty where nothing of it is ASCII.

    "C++" is "c-plus-plus", ".NET" is "dotnet", "Research & development" is "research-and-development".
    """
    folded = unicodedata.normalize("NFKD", label.strip()).encode("ascii", "ignore").decode("ascii").lower()
    spelled = re.sub(r"(^|\s)\.(?=[a-z])", r"\1dot", folded)
    for symbol, word in SPELLED_OUT.items():
        spelled = spelled.replace(symbol, word)
    return re.sub(r"[^a-z0-9]+", "-", spelled.replace("'", "")).strip("-")


def _base32(data: bytes) -> str:
    return base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")[:ID_LENGTH].lower()


def _length_prefixed(*parts: str | None) -> bytes:
    """Parts that cannot run into each other: ("ab", "c") and ("a", "bc") differ."""
    encoded = [None if part is None else part.encode() for part in parts]
    return b"".join(b"-;" if part is None else b"%d:%b;" % (len(part), part) for part in encoded)
