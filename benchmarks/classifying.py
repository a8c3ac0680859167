"""Classifying 100,000 titles, all different, after loading: seconds beside the limit."""

import time
from collections.abc import Iterator
from itertools import islice

from registry.classify import Item, classify, classify_many
from registry.classify.model import labelled_titles
from registry.collecting import not_collecting

TITLES = 100_000
_BEGINS = "Ash Brook Castle Dun East Ferry Grange Hart Iver Kirk Long Marl Nether Oak"
_ENDS = "borough bridge bury combe dale field ford ham hurst ley mere minster ton wick"


def titles(count: int) -> Iterator[str]:
    """The project's own titles for one place after another: none differs in a number alone."""
    own = [row.title for row in labelled_titles()]
    places = (f"{one}{other}" for one in _BEGINS.split() for other in _ENDS.split())
    return islice((f"{title} for {place}" for place in places for title in own), count)


def run() -> None:
    """Print the figures, each beside its limit."""
    started = time.perf_counter()
    classify("Laptops")
    loading = time.perf_counter() - started
    items = [Item(title) for title in titles(TITLES)]
    started = time.perf_counter()
    with not_collecting():  # as uploads do
        classify_many(items)
    seconds = time.perf_counter() - started
    print(f"classifying: {TITLES:,} titles in {seconds:.1f} s (limit 5 s), ", end="")
    print(f"after loading rules and training the model in {loading:.1f} s")


if __name__ == "__main__":
    run()
