"""A linear text model of titles, trained on the project's own labelled rows."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from registry.classify.words import text_of

LABELLED_FILE = Path(__file__).parent.parent / "reference" / "labelled_titles.csv"

# Weak regularisation: there are few rows and each word of a title matters.
STRENGTH = 20.0
FOLDS = 5
SEED = 0


@dataclass(frozen=True, slots=True, order=True)
class LabelledTitle:
    title: str
    label: str


class TitleModel:
    """Says how likely each category is from the words of a title alone."""

    def __init__(self, rows: Sequence[LabelledTitle]) -> None:
        pipeline = _pipeline()
        pipeline.fit([_words(r.title) for r in rows], [r.label for r in rows])
        each = pipeline[-1].estimators_
        self._vectors = pipeline[0]
        self._codes = [str(code) for code in pipeline.classes_]
        self._weights = np.vstack([e.coef_[0] for e in each]).T
        self._bias = np.array([e.intercept_[0] for e in each])

    def likelihoods(self, titles: Sequence[str]) -> list[dict[str, float]]:
        """For each title: category -> likelihood, together 1. One product of matrices for all."""
        if not titles:
            return []
        scores = self._vectors.transform([_words(t) for t in titles]) @ self._weights + self._bias
        table = 1 / (1 + np.exp(-scores))
        table /= table.sum(axis=1, keepdims=True)
        return [dict(zip(self._codes, line, strict=True)) for line in table.tolist()]


def labelled_titles() -> list[LabelledTitle]:
    """The project's own rows: synthetic, written for it."""
    with LABELLED_FILE.open(encoding="utf-8", newline="") as lines:
        return [LabelledTitle(row["title"], row["label"]) for row in csv.DictReader(lines)]


@cache
def default_model() -> TitleModel:
    """Trained once, when first asked; half a second."""
    return TitleModel(labelled_titles())


def cross_validated(rows: Sequence[LabelledTitle]) -> list[str]:
    """Each row's category as predicted by a model trained without its fold."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    words = [_words(r.title) for r in rows]
    return [
        str(c) for c in cross_val_predict(_pipeline(), words, [r.label for r in rows], cv=folds)
    ]


def _pipeline() -> Pipeline:
    vectors = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, min_df=2),
    )
    each = LogisticRegression(
        C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=SEED
    )
    return make_pipeline(vectors, OneVsRestClassifier(each))


def _words(title: str) -> str:
    return " ".join(text_of(title).words)


def with_decisions(
    rows: Iterable[LabelledTitle], decided: Iterable[LabelledTitle]
) -> list[LabelledTitle]:
    """The own rows and what people decided since; a person's label replaces the row's."""
    by_words = {_words(r.title): r for r in rows}
    by_words.update({_words(d.title): d for d in decided})
    return list(by_words.values())
