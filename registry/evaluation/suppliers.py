"""Supplier pairs judged by the cascade, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from registry.evaluation.baselines import best_baseline
from registry.evaluation.ratios import Ratios, ratios, rounded
from registry.matching import (
    SHOWN,
    WORDS_SHARED,
    Because,
    Mention,
    NameIndex,
    likely,
    partition,
)

# Below this likeness (token-set, 0 to 100) the pairs are renames that no comparison of names finds.
COMPARABLE = 70.0
# The precision at which plain methods are compared.
PRECISION_WANTED = 0.97
BAND = 10.0
BANDS = tuple(float(low) for low in range(0, 101, 10))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are known to be one supplier."""

    name_a: str
    name_b: str
    same: bool
    similarity: float | None = None

    @property
    def band(self) -> float:
        """Likeness from 0 to 100: as given, else token-set over the words in lower case."""
        if self.similarity is not None:
            return self.similarity
        return float(fuzz.token_set_ratio(self.name_a.lower(), self.name_b.lower()))


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """What the cascade made of a pair, without having seen `same`."""

    pair: Pair
    predicted: str  # "link", "review" or "different"
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every name of a registry resolved: its supplier, why, and what is asked."""

    supplier: Mapping[str, int]
    because: Mapping[str, Because]
    queue: Mapping[frozenset[int], Because]


def resolve_all(names: Iterable[str]) -> Resolution:
    """Resolve names as uploads do, whatever the order in which they came."""
    known = sorted(set(names))
    index = NameIndex(known)
    found = partition([Mention(name) for name in known], known=index)
    members = [
        (n, one.name, why) for n, g in enumerate(found.groups) for one, why in g.members.items()
    ]
    supplier = {name: n for n, name, _ in members}
    queue: dict[frozenset[int], Because] = {}
    place = {group: n for n, group in enumerate(found.groups)}
    questions = [
        ({place[q.one], place[q.other]}, Because(q.reason, q.confidence)) for q in found.questions
    ]
    questions += [({supplier[a], supplier[b]}, asked) for a, b, asked in alike(index)]
    for both, asked in questions:
        pair = frozenset(both)
        if len(pair) == 2 and (pair not in queue or queue[pair].confidence < asked.confidence):
            queue[pair] = asked
    return Resolution(supplier, {name: why for _, name, why in members}, queue)


def alike(index: NameIndex) -> Iterator[tuple[str, str, Because]]:
    """What is asked of names that no rule ties but that are alike."""
    for canonical in index.canonical_names:
        for found in index.alike(canonical)[:SHOWN]:
            [one, *_], [other, *_] = index.called(canonical), index.called(found.canonical)
            yield one, other, Because(WORDS_SHARED, likely(found.score))


def judge(pairs: Sequence[Pair]) -> list[PairVerdict]:
    """Predict each pair from a registry that holds all names of all pairs."""
    resolution = resolve_all(n for pair in pairs for n in (pair.name_a, pair.name_b))
    return [_verdict(pair, resolution) for pair in pairs]


def _verdict(pair: Pair, resolution: Resolution) -> PairVerdict:
    a, b = resolution.supplier[pair.name_a], resolution.supplier[pair.name_b]
    if a == b:
        answers = [resolution.because[name] for name in (pair.name_a, pair.name_b)]
        why = min(answers, key=lambda answer: answer.confidence)
        return PairVerdict(pair, "link", why.confidence, why.reason)
    if asked := resolution.queue.get(frozenset({a, b})):
        return PairVerdict(pair, "review", asked.confidence, asked.reason)
    return PairVerdict(pair, "different", 0.9, "Neither name was found from the other.")


def summary(verdicts: Sequence[PairVerdict]) -> dict[str, object]:
    """The figures, as the command prints them."""
    near = [v for v in verdicts if v.pair.band >= COMPARABLE]
    linked = _linked(near)
    queued = [v for v in near if v.predicted == "review"]
    right = sum(v.pair.same for v in queued)
    baseline = best_baseline(
        [(v.pair.name_a, v.pair.name_b) for v in near],
        [v.pair.same for v in near],
        precision=PRECISION_WANTED,
    )
    return {
        "pairs": len(verdicts),
        "comparable_pairs": len(near),
        "comparable_from": COMPARABLE,
        "automatic": linked.as_json(),
        "automatic_and_review": _linked_or_queued(near).as_json(),
        "review": {
            "queued": len(queued),
            "right": right,
            "share_right": rounded(right / len(queued)) if queued else None,
        },
        "baseline": None
        if baseline is None
        else {
            "method": baseline.method,
            "threshold": baseline.threshold,
            "at_precision": PRECISION_WANTED,
            **baseline.ratios.as_json(),
        },
        "all_pairs": {
            "automatic": _linked(verdicts).as_json(),
            "automatic_and_review": _linked_or_queued(verdicts).as_json(),
        },
        "bands": [_band(verdicts, low) for low in BANDS],
    }


def row(verdict: PairVerdict) -> dict[str, object]:
    return {
        "name_a": verdict.pair.name_a,
        "name_b": verdict.pair.name_b,
        "same": int(verdict.pair.same),
        "predicted": verdict.predicted,
        "confidence": verdict.confidence,
        "reason": verdict.reason,
    }


def _linked(verdicts: Sequence[PairVerdict]) -> Ratios:
    return ratios((v.predicted == "link", v.pair.same) for v in verdicts)


def _linked_or_queued(verdicts: Sequence[PairVerdict]) -> Ratios:
    return ratios((v.predicted != "different", v.pair.same) for v in verdicts)


def _band(verdicts: Sequence[PairVerdict], low: float) -> dict[str, object]:
    """Recall among the same pairs of one band of likeness."""
    inside = [v for v in verdicts if low <= v.pair.band < low + BAND]
    if low == BANDS[-1]:
        inside = [v for v in verdicts if v.pair.band >= low]
    return {
        "from": low,
        "same": sum(v.pair.same for v in inside),
        "recall_automatic": rounded(_linked(inside).recall),
        "recall_with_review": rounded(_linked_or_queued(inside).recall),
    }
