"""Categories predicted for labelled titles, and what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from registry.classify import Classification, Item, classify_many
from registry.evaluation.ratios import share

NOT_IT = "NON"
WORST_SHOWN = 15
FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Title:
    """One labelled row; `alt` is a second label that is also right, or ""."""

    item: Item
    label: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class TitleVerdict:
    title: Title
    answer: Classification

    @property
    def exact(self) -> bool:
        return self.answer.code == self.title.label

    @property
    def right(self) -> bool:
        """Counting the second label; an abstention is wrong."""
        return bool(self.answer.code) and self.answer.code in (self.title.label, self.title.alt)


def judge_titles(titles: Sequence[Title]) -> list[TitleVerdict]:
    """Predict each title from what the row says beside its labels."""
    answers = classify_many([t.item for t in titles])
    return [TitleVerdict(t, a) for t, a in zip(titles, answers, strict=True)]


def summary(verdicts: Sequence[TitleVerdict]) -> dict[str, object]:
    """The figures, as the command prints them."""
    it = [v for v in verdicts if v.title.label != NOT_IT]
    non = [v for v in verdicts if v.title.label == NOT_IT]
    taken_for_it = [v for v in non if v.answer.code not in ("", NOT_IT)]
    taken_for_non = [v for v in it if v.answer.code == NOT_IT]
    return {
        "titles": len(verdicts),
        "accuracy_exact": share(sum(v.exact for v in verdicts), len(verdicts)),
        "accuracy_with_alt": share(sum(v.right for v in verdicts), len(verdicts)),
        "it_rows": len(it),
        "it_accuracy_exact": share(sum(v.exact for v in it), len(it)),
        "it_accuracy_with_alt": share(sum(v.right for v in it), len(it)),
        "non_it_rows": len(non),
        "non_it_taken_for_it": share(len(taken_for_it), len(non)),
        "non_it_taken_for_it_not_counting_alt": share(
            sum(not v.right for v in taken_for_it), len(non)
        ),
        "it_taken_for_non_it": share(len(taken_for_non), len(it)),
        "it_taken_for_non_it_not_counting_alt": share(
            sum(not v.right for v in taken_for_non), len(it)
        ),
        "abstained": share(sum(not v.answer.code for v in verdicts), len(verdicts)),
        "abstained_it": share(sum(not v.answer.code for v in it), len(it)),
        "confidence": calibration(verdicts),
        "confusion": confusion(verdicts),
        "worst_pairs": worst_pairs(verdicts),
    }


def confusion(verdicts: Sequence[TitleVerdict]) -> dict[str, dict[str, int]]:
    """Label -> predicted -> rows; "" is an abstention."""
    table: dict[str, Counter[str]] = {}
    for v in verdicts:
        table.setdefault(v.title.label, Counter())[v.answer.code] += 1
    return {label: dict(sorted(row.items())) for label, row in sorted(table.items())}


def worst_pairs(verdicts: Sequence[TitleVerdict]) -> list[dict[str, object]]:
    """The commonest mistakes, not counting second labels."""
    wrong = Counter((v.title.label, v.answer.code) for v in verdicts if not v.right)
    ranked = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:WORST_SHOWN]
    return [{"label": a, "predicted": b, "rows": n} for (a, b), n in ranked]


def calibration(verdicts: Sequence[TitleVerdict]) -> list[dict[str, object]]:
    """For each fifth of the confidence scale: how sure it was, and how often right."""
    bands = [(low, _answered(verdicts, low)) for low in FIFTHS]
    return [
        {
            "from": low,
            "rows": len(inside),
            "said": round(sum(v.answer.confidence for v in inside) / len(inside), 3),
            "right": share(sum(v.right for v in inside), len(inside)),
        }
        for low, inside in bands
        if inside
    ]


def _answered(verdicts: Sequence[TitleVerdict], low: float) -> list[TitleVerdict]:
    """The answers, not abstentions, whose confidence lies in the fifth from here."""
    high = low + 0.2 if low < FIFTHS[-1] else 1.01
    return [v for v in verdicts if v.answer.code and low <= v.answer.confidence < high]


def row(verdict: TitleVerdict) -> dict[str, object]:
    return {
        "label": verdict.title.label,
        "alt": verdict.title.alt,
        "predicted": verdict.answer.code,
        "confidence": verdict.answer.confidence,
        "reason": verdict.answer.reason,
    }
