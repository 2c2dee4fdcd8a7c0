"""Canonical JSON (RFC 8785) with a trailing newline, and small files that carry their own hash.

`rfc8785` writes 2 MB a second, Python's own encoder 80. The two differ in three points only: floats that are whole or
below 0.0001, the order of keys beyond the basic plane and the refusal of unsafe numbers. So the encoder writes, and
`rfc8785` the numbers of that kind, found by the signs around them; where a text holds what looks like one, or one of
the other points could matter, `rfc8785` writes the whole. `orjson` writes 400 MB a second, but NaN as null: pages,
whose numbers are known to be finite, are written by it. A test holds the three ways together.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

import orjson
import rfc8785

SEAL = "sha256_of_rest"
"""Field of a sealed file: SHA-256 of the canonical bytes of everything else in it."""

LARGEST_INTEGER = 2**53 - 1
_LONG_NUMBER = re.compile(r"[:,\[]-?\d{16}|\de\+?\d+[,\]}]")
_LONG = b"0" * 16
_EXPONENT = b"0e0"
_DIGITS = bytes(ord("0") if chr(code) in "0123456789" else code for code in range(256))
_OTHER_FLOAT = re.compile(r"(?:\.0|e-\d+)(?=[,\]}])")
_FIELD = re.compile(r'[^\\:,\[{]":(-?\d+(?:\.\d+)?(?:e-\d+)?)')
"""A number after a key: its quote mark ends a text, for none that opens one stands after another sign than these."""

_PLAIN = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)
"""Dates and classes are refused, as Python's encoder does."""
_LONGEST_FLOAT = 24
_BEYOND_BASIC_PLANE = re.compile("[\U00010000-\U0010ffff]")


def canonical_bytes(value: Any) -> bytes:
    """Canonical bytes of a JSON value and a newline.

    Raises ValueError on NaN, infinity, numbers beyond 2^53 - 1 and what JSON does not know.
    """
    return canonical_of(value, encoded(value))


def encoded(value: Any) -> str:
    """The value as Python's encoder writes it, keys in order: as long as its canonical bytes or little longer.

    Raises ValueError on NaN, infinity and what JSON does not know.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    except TypeError as error:
        raise ValueError(f"is not a JSON value: {error}") from error


def quickly_encoded(value: Any) -> str:
    """As `encoded`, five times as fast, of a value without NaN and infinity: they would be written as null."""
    try:
        return orjson.dumps(value, option=_PLAIN).decode()
    except TypeError as error:
        raise ValueError(f"is not a JSON value: {error}") from error


def canonical_of(value: Any, text: str) -> bytes:
    """As `canonical_bytes`, for a value whose text is known from `encoded` or `quickly_encoded`."""
    quick = isinstance(value, dict | list) and not _differs(text)
    canonical = _respelled(text) if quick else None
    return _by_the_book(value) if canonical is None else canonical.encode() + b"\n"


def read_canonical(data: bytes) -> Any:
    """The JSON value of canonical bytes. Raises ValueError saying what is wrong with them."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse)
        # "1e999" is read as infinity and written as null, which is not what the file says.
        canonical = canonical_of(value, quickly_encoded(value)) == data
    except RecursionError as error:
        raise ValueError("is not JSON: nested too deeply") from error
    except ValueError as error:  # also UnicodeDecodeError and CanonicalizationError
        raise ValueError(f"is not JSON: {error}") from error
    if not canonical:
        raise ValueError("is not in canonical form (RFC 8785 and one newline)")
    return value


def _differs(text: str) -> bool:
    """Whether the two ways could part beyond small and whole floats: order of keys, numbers that are unsafe."""
    # Looked for with all digits alike: a fortieth of the time of the pattern that tells for sure.
    alike = text.encode("utf-8", "surrogatepass").translate(_DIGITS)
    doubtful = "e+" in text or _LONG in alike or _EXPONENT in alike
    if doubtful and _LONG_NUMBER.search(text):
        return True
    return not text.isascii() and bool(_BEYOND_BASIC_PLANE.search(text))


def _respelled(text: str) -> str | None:
    """The text with whole and small floats as RFC 8785 writes them; None where one is in doubt."""
    parts, last = [], 0
    for found in _OTHER_FLOAT.finditer(text):
        start = text.rfind('":', max(last, found.start() - _LONGEST_FLOAT), found.start()) - 1
        field = _FIELD.fullmatch(text, start, found.end()) if start >= 0 else None
        if field is None:
            return None
        parts += [text[last : field.start(1)], _written(field[1])]
        last = found.end()
    return "".join([*parts, text[last:]])


def _by_the_book(value: Any) -> bytes:
    _require_safe(value)
    return rfc8785.dumps(value) + b"\n"


def _require_safe(value: Any) -> None:
    """Raises ValueError on a number that a browser would read as another."""
    if isinstance(value, Mapping):
        for part in value.values():
            _require_safe(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _require_safe(part)
    elif isinstance(value, int | float) and abs(value) > LARGEST_INTEGER:
        raise ValueError(f"number {value!r} is beyond 2^53 - 1")


@lru_cache(maxsize=100_000)
def _written(number: str) -> str:
    return rfc8785.dumps(float(number)).decode()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def sealed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with a hash of all of them, so that a change anywhere in the file shows in the file."""
    rest = {name: value for name, value in fields.items() if name != SEAL}
    return rest | {SEAL: hashlib.sha256(canonical_bytes(rest)).hexdigest()}


def read_sealed(data: bytes) -> dict[str, Any]:
    """The fields of a sealed file. Raises ValueError when it is damaged."""
    value = read_canonical(data)
    if not isinstance(value, dict):
        raise ValueError("is not a JSON object")
    if value.get(SEAL) != sealed(value)[SEAL]:
        raise ValueError(f"does not match its own {SEAL}")
    return value
