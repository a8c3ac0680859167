"""Words one typing slip apart, among all words known."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

# In a shorter word one letter makes another word: CARE and CARS, MATT and MAX.
SHORTEST = 5


class Slips:
    """Finds known words one letter away (left out, added, changed, or two exchanged).

    Each word is stored under itself and under every form with one letter left out; two words one
    slip apart share such a form.
    """

    def __init__(self) -> None:
        self._words: dict[str, str | list[str]] = {}
        self._known: set[str] = set()
        self._found: dict[str, list[str]] = {}  # until another word is known

    def add(self, word: str) -> None:
        if word in self._known or not slippable(word):
            return
        self._known.add(word)
        self._found.clear()
        for form in _forms(word):
            held = self._words.get(form)
            if held is None:
                self._words[form] = word
            elif isinstance(held, str):
                self._words[form] = [held, word]
            else:
                held.append(word)

    def near(self, word: str) -> list[str]:
        """The known words one slip from this one, not the word itself, in alphabetical order."""
        if word not in self._found:
            self._found[word] = self._near(word) if slippable(word) else []
        return self._found[word]

    def _near(self, word: str) -> list[str]:
        found: set[str] = set()
        for form in _forms(word):
            held = self._words.get(form)
            if held is not None:
                found.update((held,) if isinstance(held, str) else held)
        found.discard(word)
        return sorted(w for w in found if one_slip(w, word))


def one_slip(a: str, b: str) -> bool:
    """One letter left out, added or changed, or two neighbours exchanged."""
    return OSA.distance(a, b, score_cutoff=1) == 1


def slippable(word: str) -> bool:
    """Numbers and short words differ on purpose."""
    return len(word) >= SHORTEST and word.isalpha()


def _forms(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
