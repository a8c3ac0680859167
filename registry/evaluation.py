"""How well names and titles are resolved, measured on labelled rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.matching import Candidate, Match, NameIndex, Outcome, SupplierId

# Below this likeness (token-set, 0 to 100) the pairs are renames that no comparison of names finds.
COMPARABLE = 70.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are known to be one supplier."""

    name_a: str
    name_b: str
    same: bool
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """What the cascade made of a pair, without having seen `same`."""

    pair: Pair
    predicted: str  # "link", "review" or "different"
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every name of a registry resolved: its supplier, and the cascade's answer."""

    supplier: Mapping[str, SupplierId]
    answer: Mapping[str, Match]


def resolve_all(names: Iterable[str]) -> Resolution:
    """Put names into an empty registry one by one, in an order that depends on them alone.

    Plain names go before names with notes, trading names or abbreviations, so that a supplier is
    known under its plain name first.
    """
    index = NameIndex()
    supplier: dict[str, SupplierId] = {}
    answers: dict[str, Match] = {}
    for name in sorted(set(names), key=lambda n: (len(n), n)):
        answer = index.match(name)
        answers[name] = answer
        linked = answer.outcome is Outcome.LINK and answer.supplier_id is not None
        supplier[name] = answer.supplier_id if linked and answer.supplier_id else name
        index.add(supplier[name], name)
    return Resolution(supplier, answers)


def judge(pairs: Sequence[Pair]) -> list[PairVerdict]:
    """Predict each pair from a registry that holds all names of all pairs."""
    resolution = resolve_all(n for pair in pairs for n in (pair.name_a, pair.name_b))
    queue = _queue(resolution)
    return [_verdict(pair, resolution, queue) for pair in pairs]


def _queue(resolution: Resolution) -> dict[frozenset[SupplierId], Candidate]:
    """Questions for people: two suppliers that may be one, with the best reason to ask."""
    queue: dict[frozenset[SupplierId], Candidate] = {}
    for name, answer in resolution.answer.items():
        for candidate in answer.candidates:
            question = frozenset({resolution.supplier[name], candidate.supplier_id})
            if question not in queue or queue[question].confidence < candidate.confidence:
                queue[question] = candidate
    return queue


def _verdict(
    pair: Pair, resolution: Resolution, queue: Mapping[frozenset[SupplierId], Candidate]
) -> PairVerdict:
    a, b = resolution.supplier[pair.name_a], resolution.supplier[pair.name_b]
    if a == b:
        later = max((pair.name_a, pair.name_b), key=lambda n: (len(n), n))
        answer = resolution.answer[later]
        return PairVerdict(pair, "link", answer.confidence, answer.reason)
    if asked := queue.get(frozenset({a, b})):
        return PairVerdict(pair, "review", asked.confidence, asked.reason)
    return PairVerdict(pair, "different", 0.9, "Neither name was found from the other.")
