"""Canonical JSON (RFC 8785) with a trailing newline, and small files that carry their own hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn

import rfc8785

SEAL = "sha256_of_rest"
"""Field of a sealed file: SHA-256 of the canonical bytes of everything else in it."""


def canonical_bytes(value: Any) -> bytes:
    """Canonical bytes of a JSON value and a newline.

    Raises rfc8785.CanonicalizationError on NaN, infinity and integers beyond 2^53.
    """
    return rfc8785.dumps(value) + b"\n"


def read_canonical(data: bytes) -> Any:
    """The JSON value of canonical bytes. Raises ValueError saying what is wrong with them."""
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_refuse)
        again = canonical_bytes(value)
    except RecursionError as error:
        raise ValueError("is not JSON: nested too deeply") from error
    except ValueError as error:  # also UnicodeDecodeError and CanonicalizationError
        raise ValueError(f"is not JSON: {error}") from error
    if again != data:
        raise ValueError("is not in canonical form (RFC 8785 and one newline)")
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
