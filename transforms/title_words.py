"""Words most like a word no label has, by character n-grams: misspellings, compounds, other endings."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

LENGTHS = (2, 3, 4)
KEEP = 5
_MAX_SEEN = 100_000


def grams(word: str, lengths: Sequence[int] = LENGTHS) -> Counter[str]:
    """Returns the character n-grams of a word between two spaces, with their counts."""
    padded = f" {word} "
    return Counter(padded[at : at + n] for n in lengths for at in range(len(padded) - n + 1))


@dataclass
class SimilarWords:
    """Known words by their n-grams; ``find`` answers for one word and remembers it."""

    words: Sequence[str]
    least: float
    seen: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        counted = [grams(word) for word in self.words]
        users = Counter(gram for found in counted for gram in found)
        self._idf = {gram: math.log(1 + len(self.words) / n) for gram, n in users.items()}
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, found in enumerate(counted):
            for gram, weight in self._unit(found).items():
                # Pairs of letters are everywhere: they measure likeness of short words, at little cost in long ones.
                if len(gram) > 2 or len(self.words[number]) <= 4:
                    self._postings[gram].append((number, weight))

    def find(self, word: str) -> tuple[tuple[str, float], ...]:
        """Returns the most similar known words with the square of their cosine, best first; none below ``least``."""
        if word not in self.seen:
            if len(self.seen) >= _MAX_SEEN:
                self.seen.clear()
            self.seen[word] = self._find(word)
        return self.seen[word]

    def _find(self, word: str) -> tuple[tuple[str, float], ...]:
        dots: dict[int, float] = {}
        for gram, weight in sorted(self._unit(grams(word)).items()):
            for number, part in self._postings.get(gram, ()):
                dots[number] = dots.get(number, 0.0) + weight * part
        best = sorted(
            ((dot, number) for number, dot in dots.items() if dot >= self.least),
            key=lambda item: (-item[0], item[1]),
        )
        return tuple((self.words[number], dot * dot) for dot, number in best[:KEEP])

    def _unit(self, found: Counter[str]) -> dict[str, float]:
        weights = {
            gram: (1 + math.log(n)) * self._idf[gram] for gram, n in found.items() if gram in self._idf
        }
        length = math.sqrt(math.fsum(weight**2 for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
