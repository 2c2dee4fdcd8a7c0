"""Typed access to the JSON of a drop manifest, gathering every fault instead of stopping at the first."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass
class ManifestReader:
    """Typed access to one JSON object; what is wrong goes to ``faults`` and reads as missing."""

    content: Mapping[str, Any]
    faults: list[str]
    prefix: str = ""

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Text without blanks around it."""
        value = self.content.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.faults.append(f"no `{self.prefix}{key}`: add it")
            return None
        if not isinstance(value, str):
            self.faults.append(
                f"`{self.prefix}{key}` is {value!r}, a {type(value).__name__}: write it as text in quotes"
            )
            return None
        return value.strip()

    def choice(self, key: str, allowed: tuple[str, ...], *, required: bool = False) -> str | None:
        """One of a closed list."""
        value = self.text(key, required=required)
        if value is not None and value not in allowed:
            self.faults.append(f"unknown `{self.prefix}{key}` {value!r}: use one of {', '.join(allowed)}")
            return None
        return value

    def match(self, key: str, pattern: str, example: str) -> str | None:
        """Text that matches a pattern as a whole."""
        value = self.text(key)
        if value is not None and not re.fullmatch(pattern, value):
            self.faults.append(f"`{self.prefix}{key}` {value!r} is not of the form {example}")
            return None
        return value

    def day(self, key: str) -> dt.date | None:
        """A day of the form 2026-11-22."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.faults.append(f"`{self.prefix}{key}` {value!r} is no day of the form 2026-11-22")
            return None

    def flag(self, key: str) -> bool:
        """True or false; false where it is left out."""
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.faults.append(f"`{self.prefix}{key}` is {value!r}: write true or false")
            return False
        return value

    def count(self, key: str) -> int | None:
        """A whole number, 0 or more."""
        value = self.content.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.faults.append(f"`{self.prefix}{key}` is {value!r}: write a whole number, 0 or more")
            return None
        return value
