"""Classifying 100,000 titles, all different, after loading: seconds beside the limit."""

import time
from collections.abc import Iterator
from itertools import islice

from registry.classify import Item, classify, classify_many
from registry.classify.model import labelled_titles

TITLES = 100_000


def titles(count: int) -> Iterator[str]:
    """Two of the project's own titles put together: different in words, not in a number alone."""
    own = [row.title for row in labelled_titles()]
    pairs = ((one, other) for other in own for one in own)
    return (f"{one} and {other.lower()}" for one, other in islice(pairs, count))


def run() -> None:
    """Print the figures, each beside its limit."""
    started = time.perf_counter()
    classify("Laptops")
    loading = time.perf_counter() - started
    items = [Item(title) for title in titles(TITLES)]
    started = time.perf_counter()
    classify_many(items)
    seconds = time.perf_counter() - started
    print(f"classifying: {TITLES:,} titles in {seconds:.1f} s (limit 5 s), ", end="")
    print(f"after loading rules and training the model in {loading:.1f} s")


if __name__ == "__main__":
    run()
