"""Canonical JSON (RFC 8785) with a trailing newline, and small files that carry their own hash.

`rfc8785` writes 2 MB a second. Python's own encoder differs from it in three points only, the form of
floats, the order of keys beyond the basic plane and the refusal of unsafe numbers, and writes 80 MB a
second. So floats are written by `rfc8785`, one by one and remembered, and all else by the encoder;
texts for which the two could differ go to `rfc8785` whole. A test holds the two ways together.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

import rfc8785

SEAL = "sha256_of_rest"
"""Field of a sealed file: SHA-256 of the canonical bytes of everything else in it."""

LARGEST_INTEGER = 2**53 - 1
_MARK = "\x00"
_MARKED = re.compile(r'"\\u0000([^"]*)"')


def canonical_bytes(value: Any) -> bytes:
    """Canonical bytes of a JSON value and a newline.

    Raises ValueError on NaN, infinity, numbers beyond 2^53 - 1 and what JSON does not know.
    """
    try:
        text = _encode(value)
        if _differs(text):
            return rfc8785.dumps(value) + b"\n"
        marked = json.loads(text, parse_float=_marked, parse_int=_safe_int)
        return _unmark(_encode(marked)).encode() + b"\n"
    except TypeError as error:
        raise ValueError(f"is not a JSON value: {error}") from error


def read_canonical(data: bytes) -> Any:
    """The JSON value of canonical bytes. Raises ValueError saying what is wrong with them."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse, parse_int=_safe_int)
        if _differs(text):
            again = rfc8785.dumps(value).decode() + "\n"
        else:
            again = _unmark(_encode(json.loads(text, parse_float=_marked))) + "\n"
    except RecursionError as error:
        raise ValueError("is not JSON: nested too deeply") from error
    except ValueError as error:  # also UnicodeDecodeError and CanonicalizationError
        raise ValueError(f"is not JSON: {error}") from error
    if again != text:
        raise ValueError("is not in canonical form (RFC 8785 and one newline)")
    return value


def _encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _differs(text: str) -> bool:
    """Whether the two ways could part: keys sort by UTF-16 units, and the mark must be ours alone."""
    return "\\u0000" in text or max(text, default="") > "\uffff"


@lru_cache(maxsize=100_000)
def _marked(number: str) -> str:
    """A float as RFC 8785 writes it, marked, so that it can be told from a text."""
    if abs(float(number)) > LARGEST_INTEGER:  # would be written as an integer that a browser rounds
        raise ValueError(f"number {number} is beyond 2^53 - 1")
    return _MARK + rfc8785.dumps(float(number)).decode()


def _unmark(text: str) -> str:
    return _MARKED.sub(r"\1", text)


def _safe_int(number: str) -> int:
    value = int(number)
    if abs(value) > LARGEST_INTEGER:
        raise ValueError(f"integer {number} is beyond 2^53 - 1")
    return value


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
