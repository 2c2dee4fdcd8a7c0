"""One key for the many ways an employer's name is written."""

import re
import unicodedata
from functools import lru_cache


def _words(text: str, separator: str) -> frozenset[str]:
    return frozenset(text.split(separator))


_LEGAL = _words(
    "inc incorporated llc llp ltd limited plc corp corporation co company gmbh mbh ag kg ug se sa sas sarl "
    "srl spa bv nv ab oy oyj as asa aps pty pte pvt private kk sro doo oü ou lp pbc lda ltda sl",
    " ",
)
_UNKNOWN = _words(
    "1|na|n a|none|null|nan|unknown|confidential|company confidential|undisclosed|anonymous|stealth|"
    "stealth startup|stealth mode|unnamed|employer|client|various|not specified|not available",
    "|",
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BATCH = re.compile(r"\b(?:yc|yc backed|y combinator)[\s-]*[swf]?'?\d{2,4}\b")
_DOMAIN_END = re.compile(r"\.(?:com|io|net|org|ai|co|dev|app)(?:\.[a-z]{2})?$")
_NOT_WORD = re.compile(r"[^\w+#&]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")


@lru_cache(maxsize=1 << 14)
def employer_key(name: str | None) -> str:
    """Returns the name in lower case without accents, legal form, brackets, addresses or a rating line.

    Empty for an unknown employer: nothing, `-1` and words such as `confidential`. Remembered, as employers come again.
    """
    if not name:
        return ""
    lines = name.strip().split("\n")
    text = lines[0].casefold() if lines[0].isascii() else _without_accents(lines[0])
    text = _BRACKETS.sub(" ", _ADDRESS.sub(" ", text))
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), _BATCH.sub(" ", text)).strip(" \t,;:|-–—.")
    words = _NOT_WORD.sub(" ", _DOMAIN_END.sub("", text).replace("'", "").replace("’", "")).split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = " ".join(words).strip("_")
    return "" if key in _UNKNOWN or not any(char.isalnum() for char in key) else key


def _without_accents(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in text if not unicodedata.combining(char))
