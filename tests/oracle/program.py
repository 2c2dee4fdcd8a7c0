"""A linear program over counts by key: what is known of them, and how far each can still move."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

Key = tuple[Any, ...]
FAR = 1e7


@dataclass
class Program:
    """Counts by key, what is known of them, and their bounds."""

    number: dict[Key, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def of(self, key: Key) -> int:
        """The variable of a key."""
        if key not in self.number:
            self.number[key] = len(self.number)
            self.low.append(0.0)
            self.high.append(FAR)
        return self.number[key]

    def is_(self, key: Key, value: float) -> None:
        """The count is told."""
        at = self.of(key)
        self.low[at] = self.high[at] = value

    def equals(self, terms: Iterable[tuple[Key, float]], total: float = 0.0) -> None:
        """Weighted counts add up to a total."""
        self.equal.append((self._row(terms), total))

    def less(self, terms: Iterable[tuple[Key, float]], total: float = 0.0) -> None:
        """Weighted counts add up to no more than a total."""
        self.at_most.append((self._row(terms), total))

    def _row(self, terms: Iterable[tuple[Key, float]]) -> dict[int, float]:
        row: dict[int, float] = defaultdict(float)
        for key, weight in terms:
            row[self.of(key)] += weight
        return row

    def bounds(self, keys: Iterable[Key], *, wide: float) -> dict[Key, tuple[float, float]]:
        """Least and largest value of each count that can be told within ``wide``; others are left out.

        Raises AssertionError where what is published contradicts itself.
        """
        keys = list(keys)
        for key in keys:
            self.of(key)
        less, equal = self._matrix(self.at_most), self._matrix(self.equal)
        limits = np.column_stack([self.low, self.high])
        found = {}
        # A point already seen shows how far a count can move: most need no program of their own.
        least, most = np.full(len(self.number), np.inf), np.full(len(self.number), -np.inf)
        for key in keys:
            at = self.of(key)
            ends = []
            for sign in (1.0, -1.0):
                if most[at] - least[at] >= wide:
                    break
                cost = np.zeros(len(self.number))
                cost[at] = sign
                done = linprog(cost, *less, *equal, bounds=limits, method="highs")
                assert done.status == 0, f"what the releases say contradicts itself: {done.message}"
                ends.append(sign * float(done.fun))
                least, most = np.minimum(least, done.x), np.maximum(most, done.x)
            if len(ends) == 2 and ends[1] - ends[0] < wide:
                found[key] = (ends[0], ends[1])
        return found

    def _matrix(self, rows: list[tuple[dict[int, float], float]]) -> tuple[Any, Any]:
        if not rows:
            return None, None
        places = [(i, at, value) for i, (row, _) in enumerate(rows) for at, value in row.items()]
        i, at, value = zip(*places, strict=True)
        shape = (len(rows), len(self.number))
        return coo_matrix((value, (i, at)), shape=shape).tocsr(), np.array([total for _, total in rows])
